/// Doubles as a rounded field; division by zero gives an infinity or NaN, as IEEE 754 says.
extension Double: Field {
  @inlinable public static var zero: Double { 0 }
  @inlinable public static var one: Double { 1 }
  @inlinable public init(_ value: Integer) { self = value.approximateDouble }
  @inlinable public static var isExact: Bool { false }
  @inlinable public var pivotCost: Double? {
    self == 0 || !isFinite ? nil : -Double(exponent)
  }
}
