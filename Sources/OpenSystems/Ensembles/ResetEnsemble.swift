import Algebra
import Arbitrary
import Exact

/// The parameters of qubits that all couple alike, decay, dephase, and are put into a standard state at random
/// times:
///
/// H = Σ_{i<j} (x σx σx + y σy σy + z σz σz) + Σ_i (h · σ), decay and excitation by σ- and σ+ at the rates ``down`` and
/// ``up``, loss of coherence at the rate ``dephasing`` (σz at half of it), and resets of each qubit at the rate
/// ``reset`` to the state (1 + b·σ)/2. Couplings are not divided by N.
public struct ResetEnsemble<F: Field>: Sendable, Equatable {
  /// A vector of three numbers, for the directions x, y, z.
  public struct Vector: Sendable, Equatable {
    public var x, y, z: F

    public init(_ x: F, _ y: F, _ z: F) {
      self.x = x
      self.y = y
      self.z = z
    }

    /// The unit vector of z with this factor.
    public static func z(_ value: F) -> Vector { Vector(.zero, .zero, value) }
    /// The unit vector of x with this factor.
    public static func x(_ value: F) -> Vector { Vector(value, .zero, .zero) }
    public static var zero: Vector { Vector(.zero, .zero, .zero) }

    func map<G: Field, E: Error>(
      _ transform: (F) throws(E) -> G
    ) throws(E) -> ResetEnsemble<G>.Vector {
      ResetEnsemble<G>.Vector(try transform(x), try transform(y), try transform(z))
    }
  }

  /// The coupling of each pair.
  public var coupling: Vector
  /// The field that acts on each qubit.
  public var field: Vector
  /// The rate |0> → |1>.
  public var down: F
  /// The rate |1> → |0>.
  public var up: F
  /// The rate at which coherences of a qubit decay by pure dephasing.
  public var dephasing: F
  /// How often each qubit is reset.
  public var reset: F
  /// The Bloch vector of the state that it is reset to; (1, 0, 0) is |+>, (p, 0, 0) the mixture (1 + pσx)/2.
  public var resetVector: Vector

  public init(
    coupling: Vector, field: Vector = .zero, down: F = .zero, up: F = .zero,
    dephasing: F = .zero, reset: F = .zero, resetVector: Vector = .x(.one)
  ) {
    self.coupling = coupling
    self.field = field
    self.down = down
    self.up = up
    self.dephasing = dephasing
    self.reset = reset
    self.resetVector = resetVector
  }

  /// The same parameters in another field.
  public func map<G: Field, E: Error>(_ transform: (F) throws(E) -> G) throws(E) -> ResetEnsemble<G>
  {
    ResetEnsemble<G>(
      coupling: try coupling.map(transform), field: try field.map(transform),
      down: try transform(down), up: try transform(up), dephasing: try transform(dephasing),
      reset: try transform(reset), resetVector: try resetVector.map(transform))
  }

  /// The ensemble of so many qubits.
  ///
  /// - Throws: ``OpenSystemError/domain(_:)`` for fewer than one, and what ``Model`` throws.
  public func ensemble(qubits: Int) throws(OpenSystemError) -> SymmetricEnsemble<F> {
    try SymmetricEnsemble(
      qubits: qubits, single: try singleModel(), pair: try pairModel(), validation: .asserted)
  }

  /// The state that qubits are reset to.
  public var resetState: Matrix<Complex<F>> {
    Complex(F.half) * (.identity(2) + pauli(resetVector))
  }

  private func pauli(_ vector: Vector) -> Matrix<Complex<F>> {
    Complex(vector.x) * Operators.sx() + Complex(vector.y) * Operators.sy()
      + Complex(vector.z) * Operators.sz()
  }

  private func singleModel() throws(OpenSystemError) -> Model<F> {
    let space = try Space.qubits("A")
    var channels: [Channel<F>] = []
    if !down.isZero || !up.isZero {
      channels += try Channel.thermal(0, of: space, down: down, up: up)
    }
    if !dephasing.isZero { channels.append(try .dephasing(0, of: space, rate: dephasing)) }
    if !reset.isZero { channels.append(.reset([0], to: resetState, rate: reset)) }
    // Hermitian with trace one by construction, whatever the arithmetic makes of it.
    return try Model(
      space: space, hamiltonian: pauli(field), channels: channels, validation: .asserted)
  }

  private func pairModel() throws(OpenSystemError) -> Model<F>? {
    if coupling.x.isZero && coupling.y.isZero && coupling.z.isZero { return nil }
    func square(_ a: Matrix<Complex<F>>, _ factor: F) -> Matrix<Complex<F>> {
      Complex(factor) * a.kronecker(a)
    }
    let hamiltonian =
      square(Operators.sx(), coupling.x) + square(Operators.sy(), coupling.y)
      + square(Operators.sz(), coupling.z)
    return try Model(
      space: try .qubits("A", "B"), hamiltonian: hamiltonian, channels: [], validation: .asserted)
  }

  // MARK: The same qubits one by one

  /// The model of so many qubits without use of their symmetry, for comparisons.
  ///
  /// - Throws: as ``Space/init(_:limit:)`` and ``Model``.
  public func model(qubits: Int) throws(OpenSystemError) -> Model<F> {
    let space = try Space((0..<qubits).map { Space.Subsystem("Q\($0)", .qubit) })
    let size = space.dimension
    var hamiltonian = Matrix<Complex<F>>(rows: size, columns: size)
    var channels: [Channel<F>] = []
    let pair = try pairModel()
    for i in 0..<qubits {
      hamiltonian = hamiltonian + (try space.embed(pauli(field), at: i))
      if let pair {
        for j in 0..<i {
          hamiltonian = hamiltonian + (try space.embed(pair.hamiltonian, at: [j, i]))
        }
      }
      if !down.isZero || !up.isZero {
        channels += try Channel.thermal(i, of: space, down: down, up: up)
      }
      if !dephasing.isZero { channels.append(try .dephasing(i, of: space, rate: dephasing)) }
      if !reset.isZero { channels.append(.reset([i], to: resetState, rate: reset)) }
    }
    return try Model(
      space: space, hamiltonian: hamiltonian, channels: channels, validation: .asserted)
  }
}
