import Algebra
import Arbitrary
import Exact

/// The density matrix of a driven system with baths in time, in rounded numbers.
///
/// In the Floquet basis of the zone the generator is constant: r(t) = exp(-(iΔ + sL0)t) r(0), and
/// ρ(t) = Σ r_ab(t) |u_a(t)><u_b(t)|. Heuristic, as ``PropagatedFloquet``.
public struct FloquetEvolution<F: PhaseField>: Sendable {
  private let evolution: TimeEvolution<F>
  private let modes: [Operator<F>]
  private let period: F
  private let precision: Int

  /// The number of points of a period at which states can be had.
  public var pointCount: Int { modes.count }

  /// - Parameter solved: after ``PropagatedFloquet/solve(_:baths:options:)``.
  public init(_ solved: PropagatedFloquet<F>, options: FloquetOptions = FloquetOptions()) {
    evolution = TimeEvolution(solved.generator(options: options))
    modes = (0..<solved.pointCount).map(solved.modes(at:))
    period = solved.period
    precision = solved.precision
  }

  /// ρ(t) at t = (periods + point/pointCount)·2π/ω.
  ///
  /// - Parameters:
  ///   - periods: at least 0.
  ///   - point: within 0..<pointCount.
  ///   - initial: ρ(0), in the basis of the system.
  /// - Throws: ``FloquetError/input(_:)`` for a time out of range, and as
  ///   ``TimeEvolution/state(at:from:)``.
  public func state(
    periods: Int, point: Int = 0, from initial: Operator<F>
  ) throws(FloquetError) -> Operator<F> {
    guard periods >= 0, periods < 1 << 40, modes.indices.contains(point) else {
      throw .input("a time of \(periods) periods and the point \(point) of \(modes.count)")
    }
    let part = F.near(Real(point), precision: precision)
      .scaled(byPowerOfTwo: -modes.count.trailingZeroBitCount)
    let time = (F.near(Real(periods), precision: precision) + part) * period
    return try state(at: time, modes[point], from: initial)
  }

  /// ρ(t) at any time t ≥ 0; the modes between the points come from their Fourier series.
  ///
  /// - Throws: as ``state(periods:point:from:)``.
  public func state(
    time: F, from initial: Operator<F>
  ) throws(FloquetError) -> Operator<F> {
    try state(at: time, modes(time: time), from: initial)
  }

  /// Σ r_ab|u_a(t)><u_b(t)| with constant coefficients: the steady state at a time.
  public func turned(_ coefficients: Operator<F>, time: F) throws(FloquetError) -> Operator<F> {
    let modes = try modes(time: time)
    return modes * coefficients * modes.adjoint()
  }

  private func state(
    at time: F, _ now: Operator<F>, from initial: Operator<F>
  ) throws(FloquetError) -> Operator<F> {
    guard initial.rowCount == modes[0].rowCount, initial.isSquare else {
      throw .shape(
        what: "the initial state", expected: modes[0].rowCount, rows: initial.rowCount,
        columns: initial.columnCount)
    }
    do throws(OpenSystemError) {
      let start = modes[0].adjoint() * initial * modes[0]
      let r = try evolution.state(at: time, from: start)
      return now * r * now.adjoint()
    } catch { throw .system(error) }
  }

  /// The sum over the points t_j of u(t_j) D(t - t_j), D(s) = sin(Ns/2)/(N tan(s/2)) for s in units of the
  /// phase: it has the Fourier coefficients of the points.
  @specialized(where F == Double)
  @specialized(where F == Real)
  private func modes(time: F) throws(FloquetError) -> Operator<F> {
    let n = modes.count
    guard time >= .zero, time.isFinite, let ratio = try? time / period else {
      throw .input("an evolution by the time \(time)")
    }
    let whole = ratio.approximateDouble.rounded(.down)
    guard whole < 0x1p40 else { throw .input("a time of \(whole) periods") }
    let turns = ratio - F.near(Real(whole), precision: precision)
    let bits = n.trailingZeroBitCount
    /// The place among the points, with what is left of it.
    let place = turns.scaled(byPowerOfTwo: bits)
    let nearest = place.approximateDouble.rounded()
    let rest = place - F.near(Real(nearest), precision: precision)
    if rest.isZero { return modes[Int(nearest) % n] }
    let pi = F.near(Real.pi(precision: precision + 8), precision: precision)
    // sin(N(t - t_j)/2) is, up to its sign, the same for all points.
    let sine = F.sine(pi * rest)
    var sum = Operator<F>(rows: modes[0].rowCount, columns: modes[0].columnCount)
    for (j, matrix) in modes.enumerated() {
      // The shortest way around the period: near a whole turn the sine below would lose its digits.
      var steps = (Int(nearest) - j) % n
      if steps > n / 2 { steps -= n }
      let angle =
        pi * (F.near(Real(steps), precision: precision) + rest).scaled(byPowerOfTwo: -bits)
      guard let weight = try? sine * F.cosine(angle) / F.sine(angle) else { continue }
      let signed = (steps % 2 == 0 ? weight : -weight).scaled(byPowerOfTwo: -bits)
      sum = sum + Complex(signed) * matrix
    }
    return sum
  }
}

extension PropagatedFloquet {
  /// The generator on row-major r_ab in the Floquet basis.
  func generator(options: FloquetOptions) -> NumericGenerator<F> {
    let scale = F.near(
      options.scale.interval(precision: precision + 8).midpoint, precision: precision)
    return NumericGenerator(
      matrix: solver.generator(
        products, quasienergies, scale: scale, isSecular: options.generator == .secular),
      size: size, precision: precision)
  }
}

extension NumericGenerator {
  /// A generator that was assembled elsewhere.
  init(matrix: Matrix<Complex<F>>, size: Int, precision: Int) {
    self.matrix = matrix
    self.size = size
    self.precision = precision
  }
}
