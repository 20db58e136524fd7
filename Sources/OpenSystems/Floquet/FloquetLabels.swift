import Algebra
import Arbitrary
import Exact

/// The eigenstates of H₀ and what Floquet modes have of them.
public struct FloquetLabels: Sendable {
  /// The energies of H₀, increasing.
  public let energies: [Interval]
  /// Σ_n |<k|u_a(n)>|², the weight of eigenstate k in mode a on average over a period: row a, column k.
  public let overlaps: Matrix<Interval>
  /// For each mode the eigenstate of the greatest weight; nil where weights are not told apart.
  public let labels: [Int?]
  /// Whether every mode has a label, and each another one.
  public let isUnambiguous: Bool

  let states: [FloquetMode]

  /// - Throws: ``FloquetError/notSeparated(first:second:distance:precision:)`` where H₀ is degenerate.
  init(
    _ system: DrivenSystem<Interval>, _ spectrum: FloquetSpectrum, precision p: Int
  ) throws(FloquetError) {
    states = try FloquetSpectrum(system.undriven, precision: p).modes
    energies = states.map(\.quasienergy)
    let n = states.count
    var overlaps = Matrix<Interval>(rows: n, columns: n)
    for (a, mode) in spectrum.modes.enumerated() {
      for (k, state) in states.enumerated() {
        let bra = state.components[0]
        var sum = Interval(0, precision: p)
        for block in mode.components {
          var product = ComplexInterval.zero
          for i in 0..<n {
            let left = ComplexInterval(re: Interval(bra[i].re), im: -Interval(bra[i].im))
            let right = ComplexInterval(re: Interval(block[i].re), im: Interval(block[i].im))
            product = product + left * right
          }
          sum += product.normSquared
        }
        // The root of the sum is the norm of <k| on the mode: it moves by at most the errors of both.
        let (e, f) = (Interval(state.error), Interval(mode.error))
        let error = (e * (Interval(mode.norm) + f) + Interval(state.norm) * f).upper
        let length = Interval.sqrt(sum, precision: p).widened(by: error)
        overlaps[a, k] = Interval.sqr(
          length.intersection(Interval(between: .zero, and: .infinity)), precision: p)
      }
    }
    self.overlaps = overlaps
    labels = (0..<n).map { a in
      (0..<n).first { k in
        (0..<n).allSatisfy { $0 == k || overlaps[a, $0].isCertainlyLess(than: overlaps[a, k]) }
      }
    }
    isUnambiguous = Set(labels.compactMap(\.self)).count == n
  }

  /// <k|ρ|k> for each eigenstate of H₀.
  func populations(of state: Matrix<ComplexInterval>) -> [Interval] {
    states.map { eigenstate in
      let vector = eigenstate.components[0].map {
        ComplexInterval(re: Interval($0.re), im: Interval($0.im))
      }
      var sum = ComplexInterval.zero
      var size = Interval.zero
      for i in vector.indices {
        for j in vector.indices {
          sum = sum + vector[i].conj * state[i, j] * vector[j]
          size += state[i, j].normSquared
        }
      }
      // |<k|ρ|k> - <k̃|ρ|k̃>| ≤ ‖ρ‖ e (2‖k̃‖ + e).
      let e = Interval(eigenstate.error)
      let length = Interval(eigenstate.norm)
      let error = Interval.sqrt(size, precision: sum.precision) * e * (length + length + e)
      return sum.re.widened(by: error.upper)
    }
  }
}
