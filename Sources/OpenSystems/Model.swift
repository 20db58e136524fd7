import Algebra
import Arbitrary
import Exact

/// One term of the noise that acts on a system.
public enum Channel<F: Field>: Sendable, Equatable {
  /// rate·(LρL† - ½{L†L, ρ}) with an operator L of the whole space.
  case jump(Matrix<Complex<F>>, rate: F)

  /// rate·(χ ⊗ tr_S ρ - ρ): the listed subsystems S are put into the state χ at random times.
  ///
  /// χ counts the levels of the subsystems in the order of the list, the first the most significant.
  case reset([Int], to: Matrix<Complex<F>>, rate: F)

  /// Σ_ij Γ_ij (L_j ρ L_i† - ½{L_i†L_j, ρ}): jumps that one environment drives together.
  ///
  /// The operators L belong to the whole space; the matrix Γ of rates is Hermitian. The generator is
  /// that of a dynamics of states where Γ is positive semidefinite.
  case correlated([Matrix<Complex<F>>], rates: Matrix<Complex<F>>)

  /// How often the channel acts: a number per unit of time; for correlated jumps the trace of Γ.
  public var rate: F {
    switch self {
    case .jump(_, let rate), .reset(_, _, let rate): rate
    case .correlated(_, let rates): rates.trace.re
    }
  }

  /// The channel with every element and rate mapped into another field.
  public func map<G: Field, E: Error>(_ transform: (F) throws(E) -> G) throws(E) -> Channel<G> {
    switch self {
    case .jump(let jump, let rate):
      .jump(try mapParts(jump, transform), rate: try transform(rate))
    case .reset(let places, let state, let rate):
      .reset(places, to: try mapParts(state, transform), rate: try transform(rate))
    case .correlated(let jumps, let rates):
      try Channel.mapCorrelated(jumps, rates, transform)
    }
  }
}

/// Applies a map of the real field to both parts of every element.
func mapParts<F: Ring, G: Ring, E: Error>(
  _ matrix: Matrix<Complex<F>>, _ transform: (F) throws(E) -> G
) throws(E) -> Matrix<Complex<G>> {
  try matrix.map { (element: Complex<F>) throws(E) -> Complex<G> in
    Complex(re: try transform(element.re), im: try transform(element.im))
  }
}

/// An open quantum system with a time-independent generator:
/// dρ/dt = -i[H, ρ] + the sum of its channels, ħ = 1.
///
/// `F` is the real field of the parameters: rational functions for symbols, rationals for exact
/// points, floats or enclosures for numbers. Rates are meant to be nonnegative; over a field without
/// order that cannot be checked here, and with a negative rate the results are still what the linear
/// algebra says, but no states.
public struct Model<F: Field>: Sendable {
  /// What a model may take on trust.
  public enum Validation: Sendable {
    /// The Hamiltonian must be known to be Hermitian, reset states Hermitian with trace one.
    case required
    /// The caller vouches for both: for rounded or enclosing numbers where, say, a trace of
    /// 1/3 + 2/3 is only nearly one.
    case asserted
  }

  public let space: Space
  public let hamiltonian: Matrix<Complex<F>>
  public let channels: [Channel<F>]

  /// - Throws: ``OpenSystemError/shape(what:expected:rows:columns:)``,
  ///   ``OpenSystemError/invalidSubsystems(_:count:)``, and unless asserted
  ///   ``OpenSystemError/notHermitian(what:row:column:)`` or ``OpenSystemError/traceNotOne(what:trace:)``
  ///   over exact fields, ``OpenSystemError/hermiticityUnknown(what:row:column:)`` or
  ///   ``OpenSystemError/traceUnknown(what:trace:)`` over others.
  public init(
    space: Space, hamiltonian: Matrix<Complex<F>>, channels: [Channel<F>],
    validation: Validation = .required
  ) throws(OpenSystemError) {
    try space.checkShape(hamiltonian, "the Hamiltonian")
    try Model.checkDegrees(hamiltonian, channels)
    if validation == .required { try Model.requireHermitian(hamiltonian, "the Hamiltonian") }
    for (index, channel) in channels.enumerated() {
      switch channel {
      case .jump(let jump, _):
        try space.checkShape(jump, "the jump operator of channel \(index)")
      case .reset(let places, let state, _):
        let what = "the reset state of channel \(index)"
        try space.restricted(to: places).checkShape(state, what)
        if validation == .required {
          try Model.requireHermitian(state, what)
          try Model.requireUnitTrace(state, what)
        }
      case .correlated(let jumps, let rates):
        for jump in jumps { try space.checkShape(jump, "a jump operator of channel \(index)") }
        let what = "the matrix of rates of channel \(index)"
        guard rates.rowCount == jumps.count, rates.columnCount == jumps.count else {
          throw .shape(
            what: what, expected: jumps.count, rows: rates.rowCount, columns: rates.columnCount)
        }
        if validation == .required { try Model.requireHermitian(rates, what) }
      }
    }
    self.space = space
    self.hamiltonian = hamiltonian
    self.channels = channels
  }

  private static func checkDegrees(
    _ hamiltonian: Matrix<Complex<F>>, _ channels: [Channel<F>]
  ) throws(OpenSystemError) {
    var bound = DegreeBound()
    bound.add(hamiltonian)
    for channel in channels {
      switch channel {
      case .jump(let matrix, let rate), .reset(_, let matrix, let rate):
        bound.add(matrix)
        bound.add(rate)
      case .correlated(let jumps, let rates):
        for jump in jumps { bound.add(jump) }
        bound.add(rates)
      }
    }
    // A rate times an element of a jump operator and one of its adjoint.
    try bound.check(products: 3)
  }

  private static func requireHermitian(
    _ matrix: Matrix<Complex<F>>, _ what: String
  ) throws(OpenSystemError) {
    guard let (row, column) = matrix.hermitianDefect() else { return }
    if F.isExact { throw .notHermitian(what: what, row: row, column: column) }
    throw .hermiticityUnknown(what: what, row: row, column: column)
  }

  private static func requireUnitTrace(
    _ state: Matrix<Complex<F>>, _ what: String
  ) throws(OpenSystemError) {
    let trace = state.trace
    if (trace - .one).isZero { return }
    if F.isExact { throw .traceNotOne(what: what, trace: "\(trace)") }
    throw .traceUnknown(what: what, trace: "\(trace)")
  }

  /// The model with every element and rate mapped into another field: a symbolic model becomes exact
  /// or numeric at a point.
  ///
  /// The transform must be a homomorphism up to rounding; Hermiticity and traces were checked before
  /// and are not checked again.
  public func map<G: Field, E: Error>(_ transform: (F) throws(E) -> G) throws(E) -> Model<G> {
    var mapped: [Channel<G>] = []
    for channel in channels { mapped.append(try channel.map(transform)) }
    return Model<G>(
      checkedSpace: space, hamiltonian: try mapParts(hamiltonian, transform), channels: mapped)
  }

  /// The model with other operators and rates of the same shapes, checked before in another form.
  func replacing(hamiltonian: Matrix<Complex<F>>, channels: [Channel<F>]) -> Model {
    Model(checkedSpace: space, hamiltonian: hamiltonian, channels: channels)
  }

  private init(checkedSpace: Space, hamiltonian: Matrix<Complex<F>>, channels: [Channel<F>]) {
    space = checkedSpace
    self.hamiltonian = hamiltonian
    self.channels = channels
  }

  /// dρ/dt, by matrix products and partial traces as in the definition.
  ///
  /// This is the check of what the solvers find: it shares no code with the assembly of the
  /// ``Liouvillian``.
  ///
  /// - Throws: ``OpenSystemError/shape(what:expected:rows:columns:)``.
  public func derivative(of state: Matrix<Complex<F>>) throws(OpenSystemError) -> Matrix<
    Complex<F>
  > {
    try space.checkShape(state, "the density matrix")
    let half = Complex(F.half)
    var sum = -Complex<F>.i * Matrix.commutator(hamiltonian, state)
    for channel in channels {
      switch channel {
      case .jump(let jump, let rate):
        let adjoint = jump.adjoint()
        let gain = jump * state * adjoint
        let loss = Matrix.anticommutator(adjoint * jump, state)
        sum = sum + Complex(rate) * (gain - half * loss)
      case .reset(let places, let chi, let rate):
        let rest = try space.complement(of: places)
        let remaining = try space.partialTrace(of: state, over: places)
        let renewed = try space.product([(places, chi), (rest, remaining)])
        sum = sum + Complex(rate) * (renewed - state)
      case .correlated(let jumps, let rates):
        for (i, left) in jumps.enumerated() {
          for (j, right) in jumps.enumerated() where !rates[i, j].isZero {
            let adjoint = left.adjoint()
            let loss = Matrix.anticommutator(adjoint * right, state)
            sum = sum + rates[i, j] * (right * state * adjoint - half * loss)
          }
        }
      }
    }
    return sum
  }

  /// Whether dρ/dt is known to vanish exactly.
  ///
  /// Over an exact field this decides stationarity; over others false only means "not known".
  ///
  /// - Throws: ``OpenSystemError/shape(what:expected:rows:columns:)``.
  public func isStationary(_ state: Matrix<Complex<F>>) throws(OpenSystemError) -> Bool {
    try derivative(of: state).elements.allSatisfy(\.isZero)
  }
}
