import Algebra
import Arbitrary
import Exact

/// A Floquet mode u(t) = Σ u(n) e^{inωt} of norm one, enclosed: ψ(t) = e^{-iγt} u(t) solves iψ' = H(t)ψ.
///
/// The true mode, with a suitable phase, is ``components`` plus a δ with ‖δ‖ ≤ ``error`` and
/// ‖ω n δ(n)‖ ≤ ``slopeError``, both over all n; outside the components stored the true mode is δ alone.
public struct FloquetMode: Sendable {
  /// γ.
  public internal(set) var quasienergy: Interval
  /// The n of the first of the ``components``.
  public internal(set) var first: Int
  /// Approximate u(n), n = first, first + 1, …, which are exact binary numbers.
  public let components: [[Complex<Real>]]
  public let error: Real
  public internal(set) var slopeError: Real
  /// An upper bound of ‖components‖.
  public let norm: Real

  public var last: Int { first + components.count - 1 }

  /// A bound of |δ(t)| for every t: Σ|δ(n)| ≤ |δ(0)| + (Σ_{n≠0} 1/n²)^½ (Σ n²|δ(n)|²)^½, and Σ 1/n² = π²/3.
  func pointwiseError(frequency: Interval) -> Real {
    let p = error.precision
    let slope = Interval.div(
      Interval(slopeError), frequency, precision: p)
    // Above π/√3 = 1.8138….
    let root = Interval(Real(1.814))
    return Interval.add(
      Interval(error), Interval.mul(slope, root, precision: p), precision: p
    ).upper
  }

  /// u(t) = Σ u(n) e^{inωt}, for each component, with all that is not stored.
  ///
  /// - Parameter phase: ωt; exactly 0 where it is known to be so.
  func value(
    atPhase phase: Interval, frequency: Interval, precision p: Int
  ) -> [ComplexInterval] {
    let radius = Interval.symmetric(pointwiseError(frequency: frequency))
    let size = components.first?.count ?? 0
    var sums = [ComplexInterval](repeating: .zero, count: size)
    for (index, block) in components.enumerated() {
      let n = first + index
      let turn: ComplexInterval
      if phase.isZero || n == 0 {
        turn = .one
      } else {
        let angle = Interval.mul(Interval(n), phase, precision: p)
        turn = ComplexInterval(
          re: Interval.cos(angle, precision: p), im: Interval.sin(angle, precision: p))
      }
      for k in 0..<size {
        sums[k] =
          sums[k] + turn * ComplexInterval(re: Interval(block[k].re), im: Interval(block[k].im))
      }
    }
    return sums.map { ComplexInterval(re: $0.re + radius, im: $0.im + radius) }
  }
}

extension Interval {
  /// [-r, r] for a number that is not negative; the whole line for NaN and infinity.
  static func symmetric(_ radius: Real) -> Interval {
    radius.isFinite ? Interval(between: -radius, and: radius) : .entire
  }

  /// The set with each point moved by at most r.
  func widened(by radius: Real) -> Interval { self + Interval.symmetric(radius) }
}

extension Complex where F == Interval {
  /// The numbers that differ from one of the rectangle by at most r; real ones stay real only for r = 0.
  func widened(by radius: Real) -> ComplexInterval {
    radius.isZero ? self : ComplexInterval(re: re.widened(by: radius), im: im.widened(by: radius))
  }
}
