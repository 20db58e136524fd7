import Arbitrary
import CMPFR
import Exact

/// A real function of the campaign, its values straight from MPFR, which rounds all of them correctly.
struct CampaignFunction: Sendable, CustomStringConvertible {
  typealias Pointer = UnsafeMutablePointer<__mpfr_struct>
  typealias Value = @Sendable ([Real], Pointer, mpfr_rnd_t) -> Void

  let name: String
  let arity: Int
  var range = ArgumentRange()
  /// Writes f(arguments), rounded in the direction; NaN or an exact infinity where f is not defined.
  let value: Value

  var description: String { name }

  /// f at a point: bounds with `precision` bits; nil where f is not defined.
  func bounds(_ point: [Real], precision: Int) -> Interval? {
    let low = Real.computed(precision: precision) { value(point, $0, MPFR_RNDD) }
    let high = Real.computed(precision: precision) { value(point, $0, MPFR_RNDU) }
    if low.isNaN || high.isNaN || (low.isInfinite && low == high) { return nil }
    return Interval(between: low, and: high)
  }
}

extension CampaignFunction {
  typealias C1 =
    @Sendable (Pointer?, UnsafePointer<__mpfr_struct>?, mpfr_rnd_t) -> Int32
  typealias C2 =
    @Sendable (
      Pointer?, UnsafePointer<__mpfr_struct>?, UnsafePointer<__mpfr_struct>?, mpfr_rnd_t
    ) -> Int32

  static func one(
    _ name: String, over range: ArgumentRange = .init(), _ f: @escaping C1
  ) -> CampaignFunction {
    .init(name: name, arity: 1, range: range) { x, result, mode in
      x[0].withMPFR { _ = f(result, $0, mode) }
    }
  }

  static func two(
    _ name: String, over range: ArgumentRange = .init(), _ f: @escaping C2
  ) -> CampaignFunction {
    .init(name: name, arity: 2, range: range) { x, result, mode in
      x[0].withMPFR { a in x[1].withMPFR { b in _ = f(result, a, b, mode) } }
    }
  }

  /// f where the condition on the arguments holds.
  func only(where condition: @escaping @Sendable ([Real]) -> Bool) -> CampaignFunction {
    let value = self.value
    return .init(name: name, arity: arity, range: range) { x, result, mode in
      if condition(x) { value(x, result, mode) } else { mpfr_set_nan(result) }
    }
  }

  /// Numbers next to the multiples of π/2, as doubles, and beyond.
  private static let circular = ArgumentRange(
    usual: 10, extreme: 3000, landmarks: [0, .pi / 2, -.pi / 2, .pi, -.pi, 3 * .pi, 1e6 * .pi])
  /// Intermediate powers must not leave the exponents.
  private static let moderate = ArgumentRange(extreme: 50_000_000)
  private static let unit = ArgumentRange(usual: 4)
  private static let bessel = ArgumentRange(
    usual: 6, extreme: 2000,
    landmarks: [0, 3.8317059702075125, 2.404825557695773, 1.8411837813406593, -7.015586669815619])
  private static let poles = ArgumentRange(
    usual: 6, landmarks: [0, -1, -2, -5, 1.4616321449683622, -0.5040830082644554, 1])

  static let all: [CampaignFunction] =
    [
      two("add", mpfr_add), two("sub", mpfr_sub), two("mul", mpfr_mul), two("div", mpfr_div),
      CampaignFunction(name: "fma", arity: 3) { x, result, mode in
        x[0].withMPFR { a in
          x[1].withMPFR { b in x[2].withMPFR { c in _ = mpfr_fma(result, a, b, c, mode) } }
        }
      },
      one("recip") { mpfr_ui_div($0, 1, $1, $2) },
      one("neg", mpfr_neg), one("abs", mpfr_abs), one("sqr", mpfr_sqr), one("sqrt", mpfr_sqrt),
      two("min", mpfr_min), two("max", mpfr_max),
      one("cbrt", mpfr_cbrt), one("exp", mpfr_exp), one("expm1", mpfr_expm1),
      one("exp2", mpfr_exp2),
      one("exp10", mpfr_exp10), one("log", mpfr_log), one("log1p", mpfr_log1p),
      one("log2", mpfr_log2), one("log10", mpfr_log10), one("sin", over: circular, mpfr_sin),
      one("cos", over: circular, mpfr_cos), one("tan", over: circular, mpfr_tan),
      one("asin", over: unit, mpfr_asin),
      one("acos", over: unit, mpfr_acos), one("atan", mpfr_atan),
      two("atan2", mpfr_atan2).only { !($0[0].isZero && $0[1].isZero) },
      one("sinh", mpfr_sinh), one("cosh", mpfr_cosh), one("tanh", mpfr_tanh),
      one("asinh", mpfr_asinh), one("acosh", mpfr_acosh), one("atanh", over: unit, mpfr_atanh),
      one("sign") { x, y, _ in mpfr_set_si(x, Int(sx_mpfr_sgn(y)), MPFR_RNDN) },
      one("floor", mpfr_rint_floor), one("ceil", mpfr_rint_ceil), one("trunc", mpfr_rint_trunc),
      one("roundTiesToEven", mpfr_rint_roundeven), one("roundTiesToAway", mpfr_rint_round),
      // 1788's power: of a positive base, and of zero to positive powers.
      two("pow", mpfr_pow).only { $0[0].signum > 0 || ($0[0].isZero && $0[1].signum > 0) },
      one("dilog", mpfr_li2).only { $0[0] <= 1 },
      one("digamma", over: poles, mpfr_digamma).only { !$0[0].isZero },
    ]
    + [-3, -2, -1, 0, 1, 2, 3, 17, 64].map { n in
      one("x^\(n)", over: moderate) { mpfr_pow_si($0, $1, n, $2) }.only {
        n > 0 || !$0[0].isZero || n == 0
      }
    }
    + [-5, -2, 2, 3, 7, 10].map { n in
      one("root \(n)") { mpfr_rootn_si($0, $1, n, $2) }.only { n > 0 || !$0[0].isZero }
    }
    + [(5, 7), (-1, 2), (2, 3), (-7, 4)].map { (n, d) in rationalPower(n, d) }
    + [-3, 0, 1, 2, 5, 12].map { n in
      // MPFR's negative orders do not end for large arguments: by J_{-3}(x) = J_3(-x).
      one("J_\(n)", over: bessel) { result, x, mode in
        let size = Swift.abs(n)
        let flipped = Real.computed(precision: Int(mpfr_get_prec(x))) {
          _ = n < 0 ? mpfr_neg($0, x, mode) : mpfr_set($0, x, mode)
        }
        return flipped.withMPFR { mpfr_jn(result, size, $0, mode) }
      }
    }

  /// x^(n/d) over x ≥ 0 (x > 0 for negative n): the root of the exact power.
  private static func rationalPower(_ n: Int, _ d: UInt) -> CampaignFunction {
    one("x^(\(n)/\(d))", over: ArgumentRange(extreme: 50_000_000)) { result, x, mode in
      let exact = Int(mpfr_get_prec(x)) * n.magnitude.nextPowerOfTwo + 64
      return Real.powInt(
        Real.computed(precision: Int(mpfr_get_prec(x))) { mpfr_set($0, x, mode) },
        Int(n.magnitude), precision: exact
      ).withMPFR { mpfr_rootn_si(result, $0, n < 0 ? -Int(d) : Int(d), mode) }
    }.only { $0[0].signum > 0 || ($0[0].isZero && n > 0) }
  }
}

extension UInt {
  fileprivate var nextPowerOfTwo: Int { 1 << (UInt.bitWidth - leadingZeroBitCount) }
}
