import Exact

/// Expressions as a ring, so that matrices of them can be multiplied and tensored.
///
/// The laws hold for values, not for shapes: `x*y == y*x` is false. `isZero` is the literal 0 only.
extension Expression: Ring {
  public init(_ value: Integer) { self = .rational(Rational(value)) }
  public var isZero: Bool { isLiteralZero }
}
