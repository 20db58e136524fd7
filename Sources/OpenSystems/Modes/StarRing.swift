import Arbitrary
import Exact

/// A commutative ring with complex conjugation: what the coefficients of mode operators are from.
public protocol StarRing: Ring {
  /// The complex conjugate.
  var conjugate: Self { get }
}

extension Complex: StarRing {
  @inlinable public var conjugate: Complex { conj }
}
