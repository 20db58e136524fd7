import CGMP

extension Integer: LosslessStringConvertible, CustomStringConvertible {
  /// Decimal digits with an optional sign; nil for anything else.
  public init?(_ text: String) {
    if let word = Int(text) {
      self.init(word)
      return
    }
    var digits = Substring(text)
    if let sign = digits.first, sign == "-" || sign == "+" { digits.removeFirst() }
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    let value = Integer.computed { _ = __gmpz_set_str($0, String(digits), 10) }
    self = text.hasPrefix("-") ? -value : value
  }

  public var description: String {
    switch storage {
    case .small(let value): return String(value)
    case .large(let value):
      return value.withPointer { x in
        let capacity = Int(__gmpz_sizeinbase(x, 10)) + 2
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
          guard let start = buffer.baseAddress, __gmpz_get_str(start, 10, x) != nil else {
            return ""
          }
          return String(cString: start)
        }
      }
    }
  }

  /// 10 to the power `exponent`.
  public static func powerOfTen(_ exponent: UInt) -> Integer {
    Integer.computed { __gmpz_ui_pow_ui($0, 10, exponent) }
  }
}

extension Integer: Codable {
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let value = Integer(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not an integer: \(text)"))
    }
    self = value
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
