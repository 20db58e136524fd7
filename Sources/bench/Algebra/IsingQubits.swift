import Algebra
import Arbitrary
import Exact
import OpenSystems

/// Qubits that couple pairwise by g ZZ, each with dephasing of rate γ and resets to
/// |+⟩ of rate r: where the tasks on steady states come from. The symbols g, γ, r are x, y, z.
struct IsingQubits {
  let model: Model<RationalFunction>

  init(count: Int) throws {
    let ring = try PolynomialRing(AlgebraTask.variables)
    let symbols = (0..<3).map { RationalFunction(Polynomial.variable($0, of: ring)) }
    let space = try Space((0..<count).map { Space.Subsystem("Q\($0)", .qubit) })
    let spins = try (0..<count).map {
      try space.embed(Operators.sz(over: RationalFunction.self), at: $0)
    }
    var energy = Matrix<Complex<RationalFunction>>(rows: space.dimension, columns: space.dimension)
    for i in 0..<count {
      for j in 0..<i { energy = energy + Complex(symbols[0]) * (spins[i] * spins[j]) }
    }
    let channels: [Channel<RationalFunction>] = try (0..<count).flatMap { index in
      [
        try Channel.dephasing(index, of: space, rate: symbols[1]),
        .reset([index], to: States.plus(), rate: symbols[2]),
      ]
    }
    model = try Model(space: space, hamiltonian: energy, channels: channels)
  }

  /// The coordinates of the steady state, the populations first.
  func solve() throws -> [RationalFunction] {
    let liouvillian = Liouvillian(model)
    guard let state = try liouvillian.steadyState().state else {
      throw BenchError.input("no unique steady state")
    }
    return liouvillian.coordinates.vector(state)
  }

  /// The rows of the generator times an integer that makes all entries polynomials over the integers.
  func rows() throws -> [[Polynomial]] {
    let generator = Liouvillian(model).realGenerator()
    let scale = RationalFunction(Polynomial(8, ring: try PolynomialRing(AlgebraTask.variables)))
    return try generator.rows.map { row in
      var line = [Polynomial](repeating: .zero, count: generator.columnCount)
      for entry in row {
        let multiple = scale * entry.value
        guard multiple.denominator.isOne else {
          throw BenchError.input("an entry has a denominator")
        }
        line[entry.column] = multiple.numerator
      }
      return line
    }
  }

  /// The distinct numerators and denominators, up to signs, of the steady state that are not constant.
  func parts() throws -> [Polynomial] {
    var found: [Polynomial] = []
    for value in try solve() {
      for part in [value.numerator, value.denominator]
      where !part.isConstant && !found.contains(part) && !found.contains(-part) {
        found.append(part)
      }
    }
    return found
  }
}
