/// A ring in which every value that is not zero has an inverse.
public protocol Field: Ring {
  /// The quotient.
  ///
  /// - Throws: ``ArithmeticError/divisionByZero`` where `b` is exactly zero. Enclosures of zero do
  ///   not throw; their quotient is the whole line.
  static func / (a: Self, b: Self) throws(ArithmeticError) -> Self

  /// Whether operations are exact: then pivots are chosen for sparsity and size, otherwise for
  /// magnitude.
  static var isExact: Bool { get }

  /// How well the value serves as a pivot of an elimination: smaller is better, nil where the
  /// value may be zero and must not be divided by.
  ///
  /// Exact fields answer with the size of the value, rounded ones with minus the binary logarithm of
  /// its magnitude, so that one elimination is sparse and small over the former and stable over the
  /// latter.
  var pivotCost: Double? { get }
}

extension Field {
  /// One over the value.
  @inlinable public func inverse() throws(ArithmeticError) -> Self { try Self.one / self }

  /// The image of a rational number; exact in exact fields.
  @inlinable public init(exactly value: Rational) throws(ArithmeticError) {
    self = try Self(value.numerator) / Self(value.denominator)
  }
}
