/// A commutative ring with one, in an arithmetic that may be exact, rounded or enclosing.
///
/// Algorithms of the higher modules are written once over this protocol and ``Field``. What differs
/// between arithmetics is expressed by two questions with three-valued answers folded in:
/// ``isZero`` is *known to be exactly zero*, and ``Field/pivotCost`` is nil where the value may be
/// zero. An enclosure such as [-1, 1] answers no to both.
public protocol Ring: Sendable, Equatable {
  static var zero: Self { get }
  static var one: Self { get }
  /// The image of an integer; exact in every conforming type.
  init(_ value: Integer)
  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  static prefix func - (a: Self) -> Self
  /// Whether the value is known to be exactly zero. False does not mean that it is nonzero.
  var isZero: Bool { get }
}

extension Ring {
  @inlinable public static func += (a: inout Self, b: Self) { a = a + b }
  @inlinable public static func -= (a: inout Self, b: Self) { a = a - b }
  @inlinable public static func *= (a: inout Self, b: Self) { a = a * b }

  /// `self` raised to `exponent`, by repeated squaring.
  ///
  /// - Complexity: O(log `exponent`) multiplications.
  @inlinable public func power(_ exponent: UInt) -> Self {
    var result = Self.one
    var square = self
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result = result * square }
      rest >>= 1
      if rest > 0 { square = square * square }
    }
    return result
  }
}
