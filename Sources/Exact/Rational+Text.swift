extension Rational: LosslessStringConvertible, CustomStringConvertible {
  /// The longest run of digits that an exponent of a decimal may have; beyond it the number would
  /// fill the memory.
  static let largestDecimalExponent = 1_000_000

  /// An integer, a fraction `p/q`, or a decimal such as `-0.1`, `.5`, `1e-3`; each exactly.
  ///
  /// Nil for other text, for a zero denominator, and for exponents beyond a million.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count == 2 {
      guard let n = Integer(String(parts[0])), let d = Integer(String(parts[1])), !d.isZero else {
        return nil
      }
      self.init(reducing: n, d)
      return
    }
    guard parts.count == 1 else { return nil }
    self.init(decimal: text)
  }

  private init?(decimal text: String) {
    var mantissa = Substring(text)
    var exponent = 0
    if let mark = text.firstIndex(where: { $0 == "e" || $0 == "E" }) {
      guard let value = Int(text[text.index(after: mark)...]),
        value.magnitude <= Rational.largestDecimalExponent.magnitude
      else { return nil }
      exponent = value
      mantissa = text[..<mark]
    }
    let pieces = mantissa.split(separator: ".", omittingEmptySubsequences: false)
    guard pieces.count <= 2 else { return nil }
    let fraction = pieces.count == 2 ? pieces[1] : ""
    let digits = String(pieces[0] + fraction)
    // "-.5" is a number, "-", "." and "" are not.
    guard fraction.utf8.allSatisfy({ (48...57).contains($0) }), let value = Integer(digits) else {
      return nil
    }
    exponent -= fraction.count
    let scale = Integer.powerOfTen(exponent.magnitude)
    self = exponent >= 0 ? Rational(value * scale) : Rational(reducing: value, scale)
  }

  /// `p` or `p/q`.
  public var description: String {
    isInteger ? numerator.description : "\(numerator)/\(denominator)"
  }
}

extension Rational: Codable {
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let value = Rational(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a rational: \(text)"))
    }
    self = value
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
