import CMPFR
import Exact

/// Operations on balls, lane by lane, at the speed of the midpoints' arithmetic.
///
/// **The radius in ulps.** A ball of precision p whose midpoint has MPFR exponent e is *anchored* if its
/// radius is u·2^(e-p), u units in the last place of the midpoint. For anchored operands the formulas
/// of ``BallArithmetic`` need no exponents but the differences of the midpoints' own: with m ∈ [1/2, 1)
/// for significands and E for exponents, a product has
///
///     u_c = 2^(E_a+E_b-E_c)·(m_a·u_b + m_b·u_a + u_a·u_b·2^-p) + ε,
///
/// a sum u_c = u_a·2^(E_a-E_c) + u_b·2^(E_b-E_c) + ε, a quotient
///
///     u_c = (u_a·2^(E_a-E_b-E_c) + m_q·u_b)/(m_b - u_b·2^-p) + ε,   m_q ≥ |a/b|·2^-E_c,
///
/// and a square root u_c = u_a·2^(E_a-2E_c)/(m_c·(2-t)) + ε, m_c ≤ √a·2^-E_c, t = u_a·2^-p/m_a. Here ε
/// is the error of the midpoint in ulps: 0 where it is exact, 1/2 where MPFR rounded it to nearest, 1
/// where it was truncated. The doubles are computed to nearest and inflated
/// (``Magnitude/inflation``); factors 2^k with k < -1000 are taken as 2^-1000 and 2^-p as at least
/// 2^-900, both on the safe side, and u is 0 or at least 2^-20, so that no product is subnormal.
///
/// What is not anchored, has a zero midpoint, leaves the exponents' range, cancels by more than 900
/// bits, or has u > 2^900, takes the general road.
package struct BallLanes: LaneArithmetic {
  /// Bits of the midpoints, p.
  package let precision: Int
  /// Limbs of the midpoints.
  let limbCount: Int

  /// Which road sums and products take.
  let width: SignificandWidth
  /// The error of a truncated midpoint of one or two limbs, in ulps: at most one for the bits beyond
  /// the precision, and less than four units of the word before.
  let truncation: Double
  let kernels: Kernels

  package init(precision: Int, evaluations: Int = .max) {
    self.precision = precision
    limbCount = (precision + 63) / 64
    width = SignificandWidth(precision: precision)
    truncation = 1 + 4 * Magnitude.scale(max(precision - 64 * limbCount, -60))
    kernels = Kernels(precision: precision, evaluations: evaluations)
  }

  typealias Number = UnsafeMutablePointer<__mpfr_struct>
  typealias Radius = UnsafeMutablePointer<Magnitude>

  static let greatestUlps = 0x1p900
  static let leastUlps = 0x1p-20

  /// u if the radius counts ulps of a midpoint of exponent e at precision p, else a negative number.
  @inline(__always)
  func ulps(_ r: Magnitude, _ e: Int, _ p: Int) -> Double {
    r.coefficient == 0 || r.exponent == e &- p ? r.coefficient : -1
  }

  @inline(__always)
  func anchored(_ u: Double, _ e: Int, _ p: Int) -> Magnitude {
    Magnitude(uncheckedCoefficient: u > 0 ? max(u, Self.leastUlps) : u, exponent: e &- p)
  }

  /// A radius found by the general road, in ulps of its midpoint where that is possible.
  func settle(_ r: Magnitude, _ c: Number) -> Magnitude {
    let e = c.pointee._mpfr_exp
    let n = r.normalised
    if n.isInfinite || n.isNone { mpfr_set_zero(c, 1) }
    guard e > Lane.leastRegularExponent, n.coefficient > 0, n.coefficient < .infinity else {
      return n
    }
    let shift = n.exponent - (e - c.pointee._mpfr_prec)
    if shift > 890 { return n }
    let u = shift < -20 ? Self.leastUlps : n.coefficient * Magnitude.scale(shift)
    return anchored(u, e, c.pointee._mpfr_prec)
  }

  /// The significand in [1/2, 1] from its top limb, with an error below 2^-52 of it.
  @inline(__always)
  func significand(_ top: UInt) -> Double {
    Double(Int(bitPattern: top >> 1)) * 0x1p-63
  }

  /// 2^-p, or 2^-900 for greater p.
  func ulp(_ precision: Int) -> Double { Magnitude.scale(-min(precision, 900)) }

  @inline(__always)
  func productUlps(
    _ ua: Double, _ ub: Double, _ la: UInt, _ lb: UInt, _ shift: Int, _ ulp: Double, _ error: Double
  ) -> Double {
    if ua == 0 && ub == 0 { return error }
    let spread = significand(la) * ub + significand(lb) * ua + ua * ub * ulp
    return (spread * Magnitude.scale(shift) + error) * Magnitude.inflation
  }

  @inline(__always)
  func sumUlps(
    _ ua: Double, _ ub: Double, _ da: Int, _ db: Int, _ error: Double
  ) -> Double {
    if ua == 0 && ub == 0 { return error }
    return (ua * Magnitude.scale(da) + ub * Magnitude.scale(db) + error) * Magnitude.inflation
  }
}
