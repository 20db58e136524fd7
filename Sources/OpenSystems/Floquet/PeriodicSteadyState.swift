import Algebra
import Arbitrary
import Exact

/// The steady state of the Floquet–Born–Markov generator with all its harmonics, in rounded numbers.
///
/// Without the average over a period the generator is periodic in time. In the Floquet basis
///
///     dr/dt = -i[γ, r] + s/2 Σ (Λ r A - A Λ r + h.c.),   Λ(t)_ab = Σ_K g(γ_a - γ_b + Kω) A^K_ab e^{iKωt},
///
/// and its steady state is periodic: r = r_0 + x with the mean r_0. For n ≠ 0 the coefficients obey
/// x_n = -(i(nω + γ_a - γ_b))⁻¹ [L(r_0 + x)]_n, which converges as long as relaxation is slow against the drive; x is found
/// for each matrix unit in the place of r_0, and what is left is a system for r_0 with the trace one.
/// Where the rates are small, it differs from the state of the averaged generator by their order.
///
/// **Guarantee:** none, as for ``PropagatedFloquet``.
/// - Source: Blümel et al. 1991; Kohler, Dittrich and Hänggi 1997 for the generator before the average.
public struct PeriodicSteadyState<F: PhaseField>: Sendable {
  /// ρ(t_j) in the basis of the system, at the points of the period.
  public let states: [Operator<F>]

  /// The average over a period.
  public var averaged: Operator<F> {
    let bits = -states.count.trailingZeroBitCount
    return states.dropFirst().reduce(states[0], +).map {
      Complex(re: $0.re.scaled(byPowerOfTwo: bits), im: $0.im.scaled(byPowerOfTwo: bits))
    }
  }

  /// The steps after which the iteration for x is given up.
  static var largestStepCount: Int { 200 }

  /// - Parameters:
  ///   - solved: after ``PropagatedFloquet/solve(_:baths:options:)`` with this system and these baths.
  ///   - options: their scale counts; the generator is the one with all harmonics.
  /// - Throws: ``FloquetError/limit(_:)`` where relaxation is too fast, ``FloquetError/input(_:)`` for rates that are not
  ///   finite, ``FloquetError/uniquenessUndecided(_:)``.
  @specialized(where F == Double)
  @specialized(where F == Real)
  public init(
    _ solved: PropagatedFloquet<F>, _ system: DrivenSystem<F>, baths: [(F) -> F],
    options: FloquetOptions = FloquetOptions()
  ) throws(FloquetError) {
    guard !baths.isEmpty, baths.count == system.couplings.count, system.dimension == solved.size
    else {
      throw .input("\(system.couplings.count) couplings and \(baths.count) baths")
    }
    let n = solved.size
    let points = (0..<solved.pointCount).map(solved.modes(at:))
    let half = F.near(
      options.scale.interval(precision: solved.precision + 8).midpoint, precision: solved.precision
    ).scaled(byPowerOfTwo: -1)
    let terms = zip(system.couplings, baths).map { coupling, bath in
      Term(solved, system, coupling, bath, points)
    }
    let equations = ComplexBuffer<F>(n * n * n * n, precision: solved.precision)
    let right = ComplexBuffer<F>(n * n, precision: solved.precision)
    var swings: [[Operator<F>]] = []
    for c in 0..<(n * n) {
      var unit = Operator<F>(rows: n, columns: n)
      unit.elements[c] = Complex(F.one.atPrecision(solved.precision))
      let (swing, mean) = try Self.swing(of: unit, terms, solved, system.frequency, half)
      swings.append(swing)
      for row in 0..<(n * n) { equations[row * n * n + c] = mean.elements[row] }
      let turn = solved.quasienergies[c / n] - solved.quasienergies[c % n]
      let diagonal = equations[c * n * n + c]
      equations[c * n * n + c] = Complex(re: diagonal.re, im: diagonal.im + turn)
    }
    for c in 0..<(n * n) { equations[c] = c % (n + 1) == 0 ? .one : .zero }
    right[0] = Complex(F.one.atPrecision(solved.precision))
    guard DenseBuffers.solve(equations, n * n, right, 1) else {
      throw .uniquenessUndecided("the equations of the mean are singular, as computed")
    }
    states = points.enumerated().map { j, modes in
      var r = Operator<F>(rows: n, columns: n)
      for c in 0..<(n * n) {
        r.elements[c] = r.elements[c] + right[c]
        r = r + right[c] * swings[c][j]
      }
      return modes * r * modes.adjoint()
    }
  }

  /// A and Λ of one bath in the Floquet basis, at the points of the period.
  private struct Term {
    let coupling: [Operator<F>]
    let weighted: [Operator<F>]

    init(
      _ solved: PropagatedFloquet<F>, _ system: DrivenSystem<F>, _ operation: Operator<F>,
      _ bath: (F) -> F, _ points: [Operator<F>]
    ) {
      let n = solved.size
      let count = points.count
      let elements = points.map { $0.adjoint() * operation * $0 }
      var weighted = elements
      let series = ComplexBuffer<F>(count, precision: solved.precision)
      for a in 0..<n {
        for b in 0..<n {
          for j in 0..<count { series[j] = elements[j][a, b] }
          solved.grid.transform(series.re, series.im)
          for k in 0..<count {
            let turns = k < count / 2 ? k : k - count
            let x =
              a == b && turns == 0
              ? F.zero
              : solved.quasienergies[a] - solved.quasienergies[b]
                + F.near(Real(turns), precision: solved.precision) * system.frequency
            series[k] = bath(x) * series[k]
          }
          solved.grid.resum(series)
          for j in 0..<count { weighted[j][a, b] = series[j] }
        }
      }
      coupling = elements
      self.weighted = weighted
    }

    /// A Λ r - Λ r A and the same of the other side, at a point.
    func loss(_ r: Operator<F>, at j: Int) -> Operator<F> {
      let (a, la) = (coupling[j], weighted[j])
      let left = la * r
      let right = r * la.adjoint()
      return a * left - left * a + right * a - a * right
    }
  }

  /// x at the points for a mean, and the mean of L(mean + x).
  private static func swing(
    of mean: Operator<F>, _ terms: [Term], _ solved: PropagatedFloquet<F>, _ frequency: F, _ half: F
  ) throws(FloquetError) -> ([Operator<F>], Operator<F>) {
    let n = solved.size
    let count = solved.pointCount
    var swing = [Operator<F>](repeating: Operator(rows: n, columns: n), count: count)
    var average = Operator<F>(rows: n, columns: n)
    let series = ComplexBuffer<F>(count, precision: solved.precision)
    let least = F.one.scaled(byPowerOfTwo: 6 - solved.precision)
    var last = F.zero
    for step in 0..<largestStepCount {
      let losses = swing.indices.map { j in
        let r = mean + swing[j]
        return Complex(half)
          * terms.dropFirst().reduce(terms[0].loss(r, at: j)) { $0 + $1.loss(r, at: j) }
      }
      var change = F.zero
      for place in 0..<(n * n) {
        for j in 0..<count { series[j] = losses[j].elements[place] }
        solved.grid.transform(series.re, series.im)
        average.elements[place] = series[0]
        let turn = solved.quasienergies[place / n] - solved.quasienergies[place % n]
        series[0] = .zero
        series[count / 2] = .zero
        for k in 1..<count where k != count / 2 {
          let turns = k < count / 2 ? k : k - count
          let energy = turn + F.near(Real(turns), precision: solved.precision) * frequency
          // -y/(iE) = (-Im y + i Re y)/E.
          let value = series[k]
          guard let re = try? -value.im / energy, let im = try? value.re / energy else {
            throw .zoneUndecided("two quasienergies a whole frequency apart")
          }
          series[k] = Complex(re: re, im: im)
        }
        solved.grid.resum(series)
        for j in 0..<count {
          change = max(change, (series[j] - swing[j].elements[place]).cheapNorm)
          swing[j].elements[place] = series[j]
        }
      }
      guard average.elements.allSatisfy({ $0.re.isFinite && $0.im.isFinite }) else {
        throw .input("a rate of a bath that is not finite")
      }
      if !(change > least) { return (swing, average) }
      guard step < 3 || change < last + last else { break }
      last = change
    }
    throw .limit("relaxation that is slow against the drive, for a generator with all harmonics")
  }
}

extension PeriodGrid {
  /// f_j = Σ_k c_k e^{2πijk/count}, in place: the inverse of ``transform(_:_:)``.
  func resum(_ series: ComplexBuffer<F>) {
    for j in 0..<count { series[j] = series[j].conj }
    transform(series.re, series.im)
    let bits = count.trailingZeroBitCount
    for j in 0..<count {
      series[j] = Complex(
        re: series.re[j].scaled(byPowerOfTwo: bits), im: -series.im[j].scaled(byPowerOfTwo: bits))
    }
  }
}
