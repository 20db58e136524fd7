import Exact

/// A decimal number as it is printed, whose last digit says how far it was rounded.
public enum PrintedDecimal {
  /// The value of one unit in the last printed digit: 0.001 for `0.092`, 1 for `17`, 100 for `1.2e3`.
  /// Nil for other text.
  public static func unit(_ text: String) -> Rational? {
    var mantissa = text.filter { !$0.isWhitespace }[...]
    if mantissa.hasPrefix("-") || mantissa.hasPrefix("+") { mantissa.removeFirst() }
    var exponent = 0
    if let mark = mantissa.firstIndex(where: { $0 == "e" || $0 == "E" }) {
      guard let value = Int(mantissa[mantissa.index(after: mark)...]), value.magnitude <= 10_000
      else { return nil }
      exponent = value
      mantissa = mantissa[..<mark]
    }
    let parts = mantissa.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      parts.contains(where: { !$0.isEmpty })
    else { return nil }
    let power = exponent - (parts.count == 2 ? parts[1].count : 0)
    let scale = Integer.powerOfTen(power.magnitude)
    return power >= 0 ? Rational(scale) : try? Rational(1, scale)
  }
}
