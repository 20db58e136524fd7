import Arbitrary
import Exact

/// The value of an expression at a point, to a number of significant digits that are all right.
///
/// **Guarantee:** the digits of each part are those of the true value, correctly rounded (ties to
/// even), in the notation of ``Decimal``: always `significant` digits, `0` for exactly zero only. The
/// value lies in `enclosure`, if the expression has a value at the point; functions of real numbers
/// (`min`, `sign`, …) take an argument whose enclosure meets the real line to be real.
public struct PointValue: Sendable, Equatable {
  /// The exact value, where it is a + b·i with rational a and b and was recognised as such.
  public let exact: Complex<Rational>?
  /// An enclosure of the value.
  public let enclosure: ComplexInterval
  /// The digits of the real part.
  public let re: String
  /// The digits of the imaginary part; nil where it is exactly zero.
  public let im: String?
  /// The number of significant digits.
  public let significant: Int

  /// An exact value.
  public init(_ exact: Complex<Rational>, significant: Int) {
    let count = max(significant, 1)
    let bits = Self.bits(digits: count)
    self.exact = exact
    enclosure = ComplexInterval(
      re: Interval(exact.re, precision: bits), im: Interval(exact.im, precision: bits))
    re = Decimal.digits(of: exact.re, significant: count)
    im = exact.im.isZero ? nil : Decimal.digits(of: exact.im, significant: count)
    self.significant = count
  }

  /// The value that an enclosure decides, exactly where it is a point; nil where it leaves a digit of either part open.
  public init?(_ enclosure: ComplexInterval, significant: Int) {
    let count = max(significant, 1)
    guard let re = Decimal.digits(of: enclosure.re, significant: count),
      let im = Decimal.digits(of: enclosure.im, significant: count)
    else { return nil }
    exact = enclosure.re.isPoint && enclosure.im.isPoint ? Self.rational(enclosure) : nil
    self.enclosure = enclosure
    self.re = re
    self.im = enclosure.isReal ? nil : im
    self.significant = count
  }

  /// A point as a number a + b·i; nil where its fractions would be long.
  private static func rational(_ point: ComplexInterval) -> Complex<Rational>? {
    guard let re = Rational(exactly: point.re.lower), let im = Rational(exactly: point.im.lower)
    else { return nil }
    return Complex(re: re, im: im)
  }

  /// The precision to begin with for so many decimal digits, guard bits included.
  static func bits(digits: Int) -> Int {
    // 10/3 is above log2 10 = 3.3219….
    let count = min(max(digits, 1), 1 << 28)
    return count * 10 / 3 + 32
  }
}

extension PointValue: CustomStringConvertible {
  /// `1.2340` for a real value; `1.20 + 3.40*i` or `1.20 - 3.40*i` for a complex one, and `3.40*i`
  /// where the real part is exactly zero. It reads back as an expression of the document language.
  public var description: String {
    guard let im else { return re }
    if re == "0" { return "\(im)*i" }
    return im.hasPrefix("-") ? "\(re) - \(im.dropFirst())*i" : "\(re) + \(im)*i"
  }
}
