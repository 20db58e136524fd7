import Algebra
import Arbitrary
import Exact
import Foundation

/// Qubits with Ising couplings that are put into a standard state at random times, in a gas of spins that
/// move, collide with them, and come back.
///
/// Every pair of qubits has H = g σzσz. Each qubit is reset to (1 + pσx)/2 at the rate ``reset``. Each of the gas's
/// ``spins`` changes its cell at the rate ``hopping``; where it enters the cell of a qubit, the two turn by
/// exp(-i φ/2 σzσz), φ being the ``angle``. Nothing else happens to the spins: a spin that meets a qubit again acts
/// as before, and one that meets two qubits acts on both, so that the noise has memory and is not local.
///
/// All interactions commute with every σz. A spin of the gas, and a qubit that was replaced, therefore is for the
/// qubits that are there a bit that never changes, zero or one with equal probability, whatever state it is in
/// otherwise. For given times of resets and collisions an element of the qubits' state is a phase times a cosine for
/// each of these bits: only times and places are drawn at random, the quantum mean is taken exactly.
public struct SpinGas: Sendable, Equatable {
  /// Where a spin goes when it moves.
  public enum Motion: Sendable, Equatable {
    /// To any of so many cells, each as likely; qubits are in cells of their own.
    case mixed(cells: Int)
    /// To a neighbour on a periodic lattice with these lengths; the qubits' cells are given by coordinates.
    case torus([Int], places: [[Int]])
  }

  public var qubits: Int
  /// g, of each pair of qubits.
  public var coupling: Double
  /// The rate of resets of each qubit.
  public var reset: Double
  /// p of the state (1 + pσx)/2 that qubits are reset to.
  public var polarization: Double
  /// The number of spins of the gas.
  public var spins: Int
  /// The rate at which each spin moves.
  public var hopping: Double
  /// φ of a collision.
  public var angle: Double
  public var motion: Motion

  /// - Throws: ``OpenSystemError/domain(_:)`` for numbers outside their ranges: 1 to 6 qubits, a positive rate of
  ///   resets, other rates of at least 0, |p| ≤ 1, as many different cells as qubits.
  public init(
    qubits: Int, coupling: Double, reset: Double, polarization: Double = 1, spins: Int,
    hopping: Double, angle: Double, motion: Motion
  ) throws(OpenSystemError) {
    guard (1...6).contains(qubits) else { throw .domain("\(qubits) qubits, not 1...6") }
    guard coupling.isFinite, angle.isFinite, reset.isFinite, reset > 0 else {
      throw .domain("couplings must be finite and the rate of resets positive")
    }
    guard hopping >= 0, hopping.isFinite, polarization.magnitude <= 1 else {
      throw .domain("a rate of hops below 0, or a polarization beyond ±1")
    }
    guard (0...1_000_000).contains(spins) else { throw .domain("\(spins) spins") }
    switch motion {
    case .mixed(let cells):
      guard cells >= qubits else { throw .domain("\(cells) cells for \(qubits) qubits") }
    case .torus(let lengths, let places):
      let cells = lengths.reduce(1) { $1 > 0 && $0 < 1 << 30 ? $0 * min($1, 1 << 30) : 0 }
      guard cells > 0, !lengths.isEmpty, cells < 1 << 30 else {
        throw .domain("a lattice of the lengths \(lengths)")
      }
      let isInside = places.allSatisfy { place in
        place.count == lengths.count && zip(place, lengths).allSatisfy { (0..<$1).contains($0) }
      }
      guard places.count == qubits, Set(places).count == qubits, isInside else {
        throw .domain("the qubits' cells: one each, different, on the lattice")
      }
    }
    self.qubits = qubits
    self.coupling = coupling
    self.reset = reset
    self.polarization = polarization
    self.spins = spins
    self.hopping = hopping
    self.angle = angle
    self.motion = motion
  }

  /// The number of cells.
  public var cells: Int {
    switch motion {
    case .mixed(let cells): cells
    case .torus(let lengths, _): lengths.reduce(1, *)
    }
  }

  /// How often a qubit is hit: the spins are in every cell equally often.
  public var collisionRate: Double { Double(spins) * hopping / Double(cells) }

  /// The ensemble that is left without memory, when every collision is with a new spin: dephasing at the rate
  /// ν(1 - cos φ) with the collision rate ν.
  public var withoutMemory: ResetEnsemble<Double> {
    isingEnsemble(field: 0)
  }

  private func isingEnsemble(field: Double) -> ResetEnsemble<Double> {
    ResetEnsemble(
      coupling: .z(coupling), field: .z(field), dephasing: collisionRate * (1 - cos(angle)),
      reset: reset, resetVector: .x(polarization))
  }

  /// The mean state in a well-mixed gas, memory included, without a simulation.
  ///
  /// Given the spins' bits, collisions of qubit i with spin e are a Poisson process of the rate ν/M for each pair,
  /// and a coherence obtains exp((ν/M)(exp(∓iφz_e) - 1)) per unit of time from each spin: together the dephasing
  /// ν(1 - cos φ) and the field h = (ν/2M) sin φ · Σ z_e on every qubit. The gas is a random static field with a
  /// binomial distribution, and the state is the mixture of steady states in it.
  ///
  /// - Throws: ``OpenSystemError/domain(_:)`` for other motions; as
  ///   ``SymmetricEnsemble/steadyState(coherences:limit:)``.
  /// - Complexity: one steady state for each spin and one more.
  public func wellMixedState() throws(OpenSystemError) -> SymmetricState<Double> {
    guard case .mixed = motion else { throw .domain("a gas on a lattice is not well mixed") }
    var parts: [(weight: Double, state: SymmetricState<Double>)] = []
    // Binomial weights by their logarithms, so that none underflows before it must.
    var logarithm = -Double(spins) * log(2)
    for up in 0...spins {
      let sum = Double(2 * up - spins)
      let field = spins == 0 ? 0 : collisionRate * sin(angle) * sum / (2 * Double(spins))
      let state = try isingEnsemble(field: field).ensemble(qubits: qubits).steadyState()
      parts.append((exp(logarithm), state))
      logarithm += log(Double(spins - up)) - log(Double(up + 1))
    }
    return try .mixture(parts)
  }
}
