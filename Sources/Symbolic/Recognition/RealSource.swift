import Algebra
import Arbitrary
import Exact

/// A real number whose exact form is sought: how its digits are had, and what is known of it exactly.
public struct RealSource: Sendable {
  /// What a proof about the number can start from.
  public enum Definition: Sendable {
    /// The root of a polynomial.
    case number(AlgebraicNumber)
    /// A formula without symbols.
    case formula(Expression)
    /// Digits only: nothing about the number can be proved.
    case digits
  }

  public let definition: Definition
  /// The binary digits that are known; nil where there are as many as one asks for.
  public let knownBits: Int?
  private let enclose: @Sendable (Int) throws(ArithmeticError) -> Interval

  /// An algebraic number, given by its polynomial and place.
  public init(_ number: AlgebraicNumber) {
    definition = .number(number)
    knownBits = nil
    enclose = { (precision) throws(ArithmeticError) in number.interval(precision: precision) }
  }

  /// The real value of a formula without symbols.
  public init(_ formula: Expression) {
    definition = .formula(formula)
    knownBits = nil
    enclose = { (precision) throws(ArithmeticError) in
      let value = try AlgebraicZeroTest.enclosure(of: formula, precision: precision)
      if !value.im.containsZero { throw .domain("the value of \(formula) is not real") }
      return value.re
    }
  }

  /// A number of which an enclosure is had at any precision in bits.
  public init(digits: @escaping @Sendable (Int) throws(ArithmeticError) -> Interval) {
    definition = .digits
    knownBits = nil
    enclose = digits
  }

  /// A number of which this much is known.
  public init(_ ball: Ball) {
    let interval = ball.interval
    definition = .digits
    knownBits = Swift.max(0, -1 - (interval.width.exponent ?? -1 - ball.precision))
    enclose = { (_) throws(ArithmeticError) in interval }
  }

  /// An enclosure of the number.
  public func interval(precision: Int) throws(ArithmeticError) -> Interval {
    try enclose(precision)
  }
}
