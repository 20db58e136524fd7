import Arbitrary
import Exact

/// The rate function g of a bath, by the energy that the system takes up: x = E_final - E_initial.
///
/// g(x) weighs the transition by |<final|A|initial>|²; g(x) of x < 0 is emission into the bath.
public struct BathFunction: Sendable {
  /// An enclosure of g over the interval, in about so many bits.
  public let value: @Sendable (Interval, Int) throws(FloquetError) -> Interval
  /// A number that |g(x)| - ``slope``·|x| exceeds for no real x: what is used for the tails of sums.
  public let bound: Interval
  /// See ``bound``; 0 for a bounded function.
  public let slope: Interval

  /// - Throws: ``FloquetError/input(_:)`` for bounds that are negative or infinite.
  public init(
    bound: Interval, slope: Interval = .zero,
    value: @escaping @Sendable (Interval, Int) throws(FloquetError) -> Interval
  ) throws(FloquetError) {
    guard bound.isBounded, slope.isBounded, bound.isNonnegative, slope.isNonnegative else {
      throw .input(
        "the bounds of a bath are \(bound) and \(slope); they must be finite, at least 0")
    }
    self.value = value
    self.bound = bound
    self.slope = slope
  }

  /// The Ohmic bath g(x) = κ·x·e^{-|x|/w}/(e^{x/T} - 1), with g(0) = κT; without e^{-|x|/w} where there is no
  /// cutoff.
  ///
  /// f(x) = x/(e^{x/T} - 1) is positive, decreasing in x and increasing in T, so that its range over an
  /// interval is had from its ends; no exponential overflows. |g| ≤ κ(T + w/e), without a
  /// cutoff κ(T + |x|): for x > 0 is f ≤ T, and f(-x) = f(x) + x; y·e^{-y/w} ≤ w/e.
  ///
  /// - Throws: ``FloquetError/input(_:)`` where κ may be negative, or T or w not positive.
  public static func ohmic(
    strength: Interval, cutoff: Interval?, temperature: Interval
  ) throws(FloquetError) -> BathFunction {
    guard strength.isNonnegative, strength.isBounded else {
      throw .input("the strength of a bath is \(strength); it must not be negative")
    }
    guard temperature.certainSign == 1, temperature.isBounded else {
      throw .input("the temperature of a bath is \(temperature); it must be positive")
    }
    if let cutoff {
      guard cutoff.certainSign == 1, cutoff.isBounded else {
        throw .input("the cutoff of a bath is \(cutoff); it must be positive")
      }
      return try BathFunction(bound: strength * (temperature + cutoff)) {
        x, precision throws(FloquetError) in
        let decay = Interval.exp(-(try quotient(Interval.abs(x), cutoff)), precision: precision)
        return strength * thermal(x, temperature, precision) * decay
      }
    }
    return try BathFunction(bound: strength * temperature, slope: strength) { x, precision in
      strength * thermal(x, temperature, precision)
    }
  }

  /// A bath in thermal equilibrium with the spectral density J(w) = w·h(w), w > 0: g(x) = h(|x|)·x/(e^{x/T} - 1).
  ///
  /// - Parameters:
  ///   - greatest: a bound of h.
  ///   - perFrequency: an enclosure of h over an interval of w ≥ 0, in about so many bits.
  /// - Throws: ``FloquetError/input(_:)`` for a temperature that may not be positive.
  public static func thermal(
    greatest: Interval, temperature: Interval,
    perFrequency: @escaping @Sendable (Interval, Int) throws(FloquetError) -> Interval
  ) throws(FloquetError) -> BathFunction {
    guard temperature.certainSign == 1, temperature.isBounded else {
      throw .input("the temperature of a bath is \(temperature); it must be positive")
    }
    return try BathFunction(bound: greatest * temperature, slope: greatest) {
      x, precision throws(FloquetError) in
      try perFrequency(Interval.abs(x), precision) * thermal(x, temperature, precision)
    }
  }

  private static func quotient(_ a: Interval, _ b: Interval) throws(FloquetError) -> Interval {
    do { return try a / b } catch { throw .arithmetic(error) }
  }

  /// The range of x/(e^{x/T} - 1).
  private static func thermal(_ x: Interval, _ temperature: Interval, _ p: Int) -> Interval {
    let low = thermal(x.upper, temperature.lower, p)
    let high = thermal(x.lower, temperature.upper, p)
    return low.union(high)
  }

  private static func thermal(_ x: Real, _ temperature: Real, _ p: Int) -> Interval {
    let t = Interval(temperature)
    if x.isZero { return t.rounded(precision: p) }
    let ratio = Interval.div(Interval(x), t, precision: p)
    return Interval.div(
      Interval(x), Interval.expm1(ratio, precision: p), precision: p)
  }
}
