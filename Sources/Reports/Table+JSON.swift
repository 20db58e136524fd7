extension Table {
  /// The rows as a JSON array of objects whose members are in the order of the columns.
  ///
  /// A member is named by the key of its column; a key that occurs again gets a number.
  ///
  /// - Returns: One object a line, the same bytes for the same table, ending in a line break.
  public func json() -> String {
    var used: Set<String> = []
    let keys = columns.map { column in
      var key = column.key
      var number = 2
      while !used.insert(key).inserted {
        key = "\(column.key)\(number)"
        number += 1
      }
      return Self.jsonString(key)
    }
    guard !rows.isEmpty else { return "[]\n" }
    let objects = rows.map { row in
      let members = zip(keys, row).map { "\($0): \(Self.jsonString($1))" }
      return "  {" + members.joined(separator: ", ") + "}"
    }
    return "[\n" + objects.joined(separator: ",\n") + "\n]\n"
  }

  /// A JSON string literal.
  static func jsonString(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
