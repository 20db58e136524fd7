import Arbitrary
import Exact
import Symbolic

/// A definite integral, in an enclosure that is proved to hold it.
public struct CertifiedIntegral: Sendable {
  /// Encloses the value; exactly real where the integrand is by its operations.
  public let enclosure: ComplexInterval
  /// The number of evaluations of the integrand at nodes.
  public let evaluations: Int
  /// The number of segments that the path was cut into.
  public let segments: Int

  /// The real part as a ball.
  public var ball: Ball { Ball(enclosure.re, precision: max(enclosure.re.precision, 2)) }

  /// The digits of the real part, correctly rounded; nil where the enclosure leaves them open.
  public func digits(_ significant: Int) -> String? {
    Decimal.digits(of: enclosure.re, significant: significant)
  }
}

/// Definite integrals with certified digits: ∫ f dx along the real line from a to b, either of which
/// may be infinite, with principal values at simple poles that are named.
///
/// The path is cut near its special points: infinite ends, named poles, and ends at which the
/// integrand has no bound. Between them works ``AdaptiveGauss``. Near a pole c, f(c + u) is expanded in u
/// with enclosed remainder, so that odd powers drop out of the integral from -h to h; near an end f is
/// bounded by u^p·log^k(1/u)·exp(-d/u) for u in (0, h], where x = a + u, b - u or ±1/u. Both can prove that
/// the integral diverges. See ``Program/principalIntegral(halfWidth:others:terms:precision:)`` and
/// ``Program/endIntegral(halvings:others:precision:)``.
///
/// **Guarantee:** the enclosure holds the integral. A pole or cut on the path that is not named is an
/// error, never a number.
public struct Quadrature: Sendable {
  public let integrand: Expression
  public let variable: Symbol
  public let from: Expression
  public let to: Expression
  public let poles: [Expression]

  /// - Parameters:
  ///   - from: the lower end, ``Expression/infinity`` or its negative for none.
  ///   - to: the upper end. Below `from`, the integral is minus that from `to` to `from`.
  ///   - poles: where principal values are taken, between the ends, in any order.
  public init(
    _ integrand: Expression, over variable: Symbol, from: Expression, to: Expression,
    principalValuesAt poles: [Expression] = []
  ) {
    self.integrand = integrand
    self.variable = variable
    self.from = from
    self.to = to
    self.poles = poles
  }

  /// The integral to a number of significant digits of its real part, and of its imaginary part where
  /// there is one.
  ///
  /// - Throws: ``QuadratureError``; ``QuadratureError/undecidedDigits(_:bits:)`` for an integral that is
  ///   exactly zero, as no enclosure can tell.
  public func value(
    at point: [Symbol: Rational] = [:], digits: Int, limit: QuadratureLimit = .init()
  ) throws(QuadratureError) -> CertifiedIntegral {
    let wanted = min(max(digits, 1), 100_000) * 10 / 3 + 8
    var tolerance = wanted
    while true {
      let result = try enclose(at: point, tolerance: tolerance, limit: limit)
      let isDecided = result.digits(digits) != nil
      let box = result.enclosure
      let isImaginaryDecided =
        box.im.isZero || Decimal.digits(of: box.im, significant: digits) != nil
      if isDecided && isImaginaryDecided { return result }
      var next = 2 * tolerance
      let parts = [box.re] + (box.im.isZero ? [] : [box.im])
      let sizes = parts.compactMap { $0.containsZero ? nil : $0.mignitude.exponent }
      if sizes.count == parts.count, let least = sizes.min() {
        next = max(tolerance + 16, wanted + 8 - least)
      }
      if tolerance >= limit.bits { throw .undecidedDigits(box, bits: tolerance) }
      tolerance = min(next, limit.bits)
    }
  }

  /// The integral to an error of about 2^-tolerance.
  ///
  /// - Parameter point: values of the symbols other than the variable.
  /// - Returns: an enclosure, which may be a little wider than was asked for.
  public func enclose(
    at point: [Symbol: Rational] = [:], tolerance: Int, limit: QuadratureLimit = .init()
  ) throws(QuadratureError) -> CertifiedIntegral {
    var values: [Symbol: Expression] = [:]
    for (symbol, value) in point where symbol != variable { values[symbol] = .rational(value) }
    let precision = tolerance + 48
    var path = try QuadraturePath(
      self, values: values, precision: precision, tolerance: tolerance + 10, limit: limit)
    return try path.integral()
  }
}
