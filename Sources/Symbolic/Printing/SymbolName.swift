/// A symbol's name taken apart for typesetting: `lambda_min` is λ with the subscript min, `T1` is T
/// with the subscript 1 as `T₁` is, `a_1_2` has two subscripts.
struct SymbolName {
  /// The letters that carry the subscripts.
  let base: String
  /// The subscripts, from left to right.
  let subscripts: [String]

  init(_ name: String) {
    let parts = name.split(separator: "_").map(String.init)
    guard let first = parts.first else {
      (base, subscripts) = (name, [])
      return
    }
    // Digits at the end of the first part are a subscript, unless they are all there is of it.
    let digits = first.reversed().prefix { RaisedDigits.digit($0) != nil }.count
    let letters = String(first.dropLast(digits))
    if digits > 0, !letters.isEmpty {
      base = letters
      let index = first.suffix(digits).compactMap { RaisedDigits.digit($0) }.joined()
      subscripts = [index] + parts.dropFirst()
    } else {
      base = first
      subscripts = Array(parts.dropFirst())
    }
  }
}

/// Names for the symbols of an expression in a programming language: allowed there, and different.
struct CodeNames {
  private let names: [Symbol: String]

  /// - Parameters:
  ///   - reserved: words of the language, and what the printed code itself uses.
  ///   - respell: turns a name into one that the language allows.
  init(
    for expression: Expression, reserved: Set<String>, respell: (String) -> String = { $0 },
    suffix: String = "_"
  ) {
    var taken = reserved
    var names: [Symbol: String] = [:]
    // In order of the symbols, so that the same expression always prints alike.
    for symbol in expression.freeSymbols.sorted(by: { $0.precedes($1) }) {
      var name = respell(symbol.name)
      while !taken.insert(name).inserted { name += suffix }
      names[symbol] = name
    }
    self.names = names
  }

  subscript(symbol: Symbol) -> String { names[symbol] ?? symbol.name }

  /// As it is if it has only ASCII and the common Greek letters, else in ASCII: Python takes some other
  /// letters for the same, and lowered digits for none.
  static func common(_ name: String) -> String {
    let isCommon = name.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII || (0x0391...0x03C9).contains(scalar.value)
    }
    return isCommon ? name : ascii(name)
  }

  /// Only ASCII letters, digits and `_`: Greek letters by name, other characters by number.
  static func ascii(_ name: String) -> String {
    var result = ""
    for character in name {
      if let greek = GreekLetter.names[character] {
        result += greek
      } else if let digit = RaisedDigits.digit(character) {
        result += digit
      } else {
        for scalar in character.unicodeScalars {
          let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar == "_")
          let isDigit = ("0"..."9").contains(scalar)
          result +=
            isPlain || isDigit ? String(scalar) : "u" + String(scalar.value, radix: 16)
        }
      }
    }
    return result
  }
}
