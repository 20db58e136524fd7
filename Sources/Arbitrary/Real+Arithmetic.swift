import CMPFR
import Exact

/// An MPFR function of one argument: result, argument, direction; it returns the sign of the error.
typealias UnaryMPFR = (
  UnsafeMutablePointer<__mpfr_struct>?, UnsafePointer<__mpfr_struct>?, mpfr_rnd_t
) -> Int32

/// An MPFR function of two arguments.
typealias BinaryMPFR = (
  UnsafeMutablePointer<__mpfr_struct>?, UnsafePointer<__mpfr_struct>?,
  UnsafePointer<__mpfr_struct>?, mpfr_rnd_t
) -> Int32

/// The one place where MPFR functions meet values; every named function below and in
/// `Real+Elementary.swift` is one of these with a C function put in.
extension Real {
  @inline(__always)
  static func apply(
    _ function: UnaryMPFR, _ x: Real, _ precision: Int, _ rounding: Rounding
  ) -> Real {
    x.withMPFR { a in computed(precision: precision) { _ = function($0, a, rounding.mode) } }
  }

  @inline(__always)
  static func apply(
    _ function: BinaryMPFR, _ x: Real, _ y: Real, _ precision: Int, _ rounding: Rounding
  ) -> Real {
    x.withMPFR { a in
      y.withMPFR { b in computed(precision: precision) { _ = function($0, a, b, rounding.mode) } }
    }
  }
}

extension Real {
  /// x + y, correctly rounded.
  public static func add(
    _ x: Real, _ y: Real, precision: Int, rounding: Rounding = .nearest
  ) -> Real { apply(mpfr_add, x, y, precision, rounding) }

  /// x - y, correctly rounded.
  public static func sub(
    _ x: Real, _ y: Real, precision: Int, rounding: Rounding = .nearest
  ) -> Real { apply(mpfr_sub, x, y, precision, rounding) }

  /// x·y, correctly rounded.
  public static func mul(
    _ x: Real, _ y: Real, precision: Int, rounding: Rounding = .nearest
  ) -> Real { apply(mpfr_mul, x, y, precision, rounding) }

  /// x/y, correctly rounded; an infinity for x/0 and NaN for 0/0, as in IEEE 754.
  public static func div(
    _ x: Real, _ y: Real, precision: Int, rounding: Rounding = .nearest
  ) -> Real { apply(mpfr_div, x, y, precision, rounding) }

  /// x·y + z with one rounding.
  public static func fma(
    _ x: Real, _ y: Real, _ z: Real, precision: Int, rounding: Rounding = .nearest
  ) -> Real {
    x.withMPFR { a in
      y.withMPFR { b in
        z.withMPFR { c in computed(precision: precision) { mpfr_fma($0, a, b, c, rounding.mode) } }
      }
    }
  }

  /// x·2^n, correctly rounded.
  public static func scale(
    _ x: Real, byPowerOfTwo n: Int, precision: Int, rounding: Rounding = .nearest
  ) -> Real {
    x.withMPFR { a in computed(precision: precision) { mpfr_mul_2si($0, a, n, rounding.mode) } }
  }

  /// The magnitude, exactly.
  public var magnitude: Real { hasNegativeSign ? -self : self }

  public static func + (a: Real, b: Real) -> Real {
    apply(mpfr_add, a, b, max(a.precision, b.precision), .nearest)
  }

  public static func - (a: Real, b: Real) -> Real {
    apply(mpfr_sub, a, b, max(a.precision, b.precision), .nearest)
  }

  public static func * (a: Real, b: Real) -> Real {
    apply(mpfr_mul, a, b, max(a.precision, b.precision), .nearest)
  }

  /// The quotient to nearest at the greater precision; division by zero gives an infinity or NaN, as
  /// IEEE 754 says, and never throws.
  public static func / (a: Real, b: Real) -> Real {
    apply(mpfr_div, a, b, max(a.precision, b.precision), .nearest)
  }

  public static prefix func - (a: Real) -> Real { apply(mpfr_neg, a, a.precision, .nearest) }
}

extension Real: Field {
  /// 0, at ``defaultPrecision``.
  public static let zero = Real(0)
  /// 1, at ``defaultPrecision``.
  public static let one = Real(1)
  /// False: results are rounded.
  public static var isExact: Bool { false }
  /// Whether the value is 0 or -0.
  public var isZero: Bool { withMPFR { mpfr_zero_p($0) != 0 } }
  /// Minus the binary exponent; nil for zeros, infinities and NaN.
  public var pivotCost: Double? { exponent.map { -Double($0) } }
}

extension Real: ExpressibleByIntegerLiteral {
  public init(integerLiteral value: StaticBigInt) { self.init(Integer(integerLiteral: value)) }
}
