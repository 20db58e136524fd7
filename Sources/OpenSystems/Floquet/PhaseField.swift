import Arbitrary
import Exact
import Foundation

/// A floating field with angles: what propagation over a period needs.
public protocol PhaseField: FloatingField {
  /// A number near a real one, of so many bits.
  static func near(_ value: Real, precision: Int) -> Self
  static func cosine(_ angle: Self) -> Self
  static func sine(_ angle: Self) -> Self
  /// In (-π/2, π/2).
  static func arcTangent(_ value: Self) -> Self
  /// The value as a number of any precision, exactly.
  var real: Real { get }
}

extension Double: PhaseField {
  public static func near(_ value: Real, precision: Int) -> Double { value.approximateDouble }
  public static func cosine(_ angle: Double) -> Double { cos(angle) }
  public static func sine(_ angle: Double) -> Double { sin(angle) }
  public static func arcTangent(_ value: Double) -> Double { atan(value) }
  public var real: Real { Real(self) }
}

extension Real: PhaseField {
  public static func near(_ value: Real, precision: Int) -> Real {
    value.rounded(precision: precision)
  }
  public static func cosine(_ angle: Real) -> Real { cos(angle, precision: angle.precision) }
  public static func sine(_ angle: Real) -> Real { sin(angle, precision: angle.precision) }
  public static func arcTangent(_ value: Real) -> Real { atan(value, precision: value.precision) }
  public var real: Real { self }
}

extension Double {
  static func exponential(_ x: Double) -> Double { exp(x) }
  static func exponentialMinusOne(_ x: Double) -> Double { expm1(x) }
}
