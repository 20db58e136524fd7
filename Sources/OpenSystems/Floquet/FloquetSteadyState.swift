import Algebra
import Arbitrary
import Exact

/// The steady states of a driven system with baths, enclosed.
public struct FloquetSteadyState: Sendable {
  /// γ_a in the zone, increasing.
  public let quasienergies: [Interval]
  /// R_{aa,bb}, the rate from Floquet state b to a without the scale of the generator; on the diagonal
  /// what dephases.
  public let rates: Matrix<Interval>
  /// The dimension of the null space of the generator: how many independent steady states there are.
  public let dimension: Int
  /// For each mode the number of its sector: modes of different sectors exchange nothing, for a symmetry of
  /// the system and its couplings. All 0 where the steady state is unique.
  public let sectors: [Int]
  /// For each sector its steady state r_ab in the Floquet basis, of trace one.
  public let floquetStates: [Matrix<ComplexInterval>]
  /// For each sector its steady state averaged over a period.
  public let averagedStates: [Matrix<ComplexInterval>]
  /// The eigenstates of H₀ as labels; nil where H₀ is degenerate or nearly so.
  public let labels: FloquetLabels?
  /// The modes in the zone.
  public let spectrum: FloquetSpectrum
  /// The bits in which it was computed.
  public let precision: Int

  /// Why there is more than one steady state.
  public var reason: String? {
    guard dimension > 1 else { return nil }
    let sizes = (0..<dimension).map { sector in sectors.count { $0 == sector } }
    return
      "\(dimension - 1) operator\(dimension > 2 ? "s" : "") besides the identity commute\(dimension > 2 ? "" : "s") "
      + "with the Hamiltonian at all times and with every coupling; the sectors have the dimensions "
      + sizes.map(String.init).joined(separator: ", ")
  }

  /// The steady state averaged over a period.
  ///
  /// - Throws: ``FloquetError/notUnique(dimension:reason:)``.
  public func averaged() throws(FloquetError) -> Matrix<ComplexInterval> {
    try unique(averagedStates)
  }

  /// The steady state in the Floquet basis.
  ///
  /// - Throws: ``FloquetError/notUnique(dimension:reason:)``.
  public func inFloquetBasis() throws(FloquetError) -> Matrix<ComplexInterval> {
    try unique(floquetStates)
  }

  /// The populations of the eigenstates of H₀ in the averaged steady state.
  ///
  /// - Throws: ``FloquetError/notUnique(dimension:reason:)``; ``FloquetError/input(_:)`` where H₀ is degenerate.
  public func populations() throws(FloquetError) -> [Interval] {
    let state = try averaged()
    guard let labels else { throw .input("the Hamiltonian without drive is degenerate, or nearly") }
    return labels.populations(of: state)
  }

  /// The concurrence of the averaged steady state of two qubits.
  ///
  /// - Throws: ``FloquetError/notUnique(dimension:reason:)``, ``FloquetError/system(_:)``.
  public func concurrence() throws(FloquetError) -> Interval {
    let state = try averaged()
    do throws(OpenSystemError) {
      return try Entanglement.concurrence(enclosing: state, precision: precision)
    } catch { throw .system(error) }
  }

  private func unique(
    _ states: [Matrix<ComplexInterval>]
  ) throws(FloquetError) -> Matrix<ComplexInterval> {
    guard dimension == 1, let state = states.first else {
      throw .notUnique(dimension: dimension, reason: reason ?? "of its sectors")
    }
    return state
  }

  /// The rates between eigenstates of H₀ that those between Floquet states amount to at t = 0:
  /// Σ_ab |<i|u_a(0)>|² |<u_b(0)|j>|² R_{aa,bb} from j to i.
  ///
  /// - Throws: ``FloquetError/input(_:)`` where H₀ is degenerate.
  public func eigenstateRates() throws(FloquetError) -> Matrix<Interval> {
    guard let labels else { throw .input("the Hamiltonian without drive is degenerate, or nearly") }
    let n = rates.rowCount
    let p = precision
    let starts = spectrum.modeMatrix(atPhase: .zero, precision: p)
    let weights = Matrix<Interval>(rows: n, columns: n) { i, a in
      let state = labels.states[i]
      var sum = ComplexInterval.zero
      for (k, value) in state.components[0].enumerated() {
        let bra = ComplexInterval(re: Interval(value.re), im: -Interval(value.im))
          .widened(by: state.error)
        sum = sum + bra * starts[k, a]
      }
      return sum.normSquared
    }
    return weights * rates * weights.transpose
  }
}
