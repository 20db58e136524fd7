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
    guard initial.rowCount == modes[0].rowCount, initial.isSquare else {
      throw .shape(
        what: "the initial state", expected: modes[0].rowCount, rows: initial.rowCount,
        columns: initial.columnCount)
    }
    let part = F.near(Real(point), precision: precision)
      .scaled(byPowerOfTwo: -modes.count.trailingZeroBitCount)
    let time = (F.near(Real(periods), precision: precision) + part) * period
    do throws(OpenSystemError) {
      let start = modes[0].adjoint() * initial * modes[0]
      let r = try evolution.state(at: time, from: start)
      return modes[point] * r * modes[point].adjoint()
    } catch { throw .system(error) }
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
