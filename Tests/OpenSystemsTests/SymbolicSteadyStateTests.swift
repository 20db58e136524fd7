import Algebra
import Arbitrary
import Exact
import OpenSystems
import TestSupport
import Testing

/// Steady states with every parameter a symbol, each checked by the definition of the dynamics, which
/// shares no code with the solver.
@Suite struct SymbolicSteadyStateTests {
  typealias F = RationalFunction

  private static func symbols(_ names: [String]) throws -> [F] {
    let ring = try PolynomialRing(names)
    return names.indices.map { F(Polynomial.variable($0, of: ring)) }
  }

  /// Σ_{i<j} (jx XX + jy YY + jz ZZ) + h Σ Z.
  private static func hamiltonian(
    _ space: Space, _ couplings: [F], field: F
  ) throws -> Operator<F> {
    let axes = [Operators.sx(over: F.self), Operators.sy(over: F.self), Operators.sz(over: F.self)]
    let n = space.subsystems.count
    var sum = Operator<F>(rows: space.dimension, columns: space.dimension)
    for i in 0..<n {
      sum = sum + Complex(field) * (try space.embed(axes[2], at: i))
      for j in 0..<i {
        for (axis, coupling) in zip(axes, couplings) {
          sum = sum + Complex(coupling) * (try space.embed(axis, at: i) * space.embed(axis, at: j))
        }
      }
    }
    return sum
  }

  private static func resets(_ space: Space, _ gamma: F, _ r: F) throws -> [Channel<F>] {
    try space.subsystems.indices.flatMap { index in
      [
        try Channel.dephasing(index, of: space, rate: gamma),
        .reset([index], to: States.plus(), rate: r),
      ]
    }
  }

  private func check(_ model: Model<F>) throws {
    let state = try #require(try Liouvillian(model).steadyState().state)
    #expect(state.trace == .one)
    #expect(state.hermitianDefect() == nil)
    #expect(try model.isStationary(state))
    for element in state.elements {
      for part in [element.re, element.im] {
        #expect(Polynomial.gcd(part.numerator, part.denominator).isOne)
      }
    }
    var moved = state
    moved[0, 1] += Complex(try F(Rational(1, 7)))
    moved[1, 0] += Complex(try F(Rational(1, 7)))
    #expect(try !model.isStationary(moved))
  }

  @Test func heisenberg() throws {
    let v = try Self.symbols(["g", "h", "gamma", "r"])
    let space = try Space.qubits("A", "B")
    try check(
      Model(
        space: space, hamiltonian: Self.hamiltonian(space, [v[0], v[0], v[0]], field: v[1]),
        channels: Self.resets(space, v[2], v[3])))
  }

  @Test func xyz() throws {
    let v = try Self.symbols(["jx", "jy", "jz", "gamma", "r"])
    let space = try Space.qubits("A", "B")
    try check(
      Model(
        space: space, hamiltonian: Self.hamiltonian(space, [v[0], v[1], v[2]], field: .zero),
        channels: Self.resets(space, v[3], v[4])))
  }

  /// All six parameters of two qubits in a field with XYZ coupling and thermal baths.
  @Test func xyzWithFieldAndBaths() throws {
    let v = try Self.symbols(["jx", "jy", "jz", "h", "down", "up"])
    let space = try Space.qubits("A", "B")
    let baths = try (0..<2).flatMap {
      try Channel.thermal($0, of: space, down: v[4], up: v[5])
    }
    try check(
      Model(
        space: space, hamiltonian: Self.hamiltonian(space, [v[0], v[1], v[2]], field: v[3]),
        channels: baths))
  }

  /// 64 unknowns over Q(g, gamma, r).
  @Test func threeQubits() throws {
    let v = try Self.symbols(["g", "gamma", "r"])
    let space = try Space.qubits("A", "B", "C")
    try check(
      Model(
        space: space, hamiltonian: Self.hamiltonian(space, [.zero, .zero, v[0]], field: .zero),
        channels: Self.resets(space, v[1], v[2])))
  }

  // MARK: Jordan structure

  /// The eigenvalues -(3r/2 + γ) ± 2i√(g² - r²/16) meet at g = r/4, where the generator is defective.
  @Test func theGeneratorOfTheResetQubitsIsDefective() throws {
    func structure(_ g: Rational, _ gamma: Rational, _ r: Rational) throws
      -> JordanStructure<Rational>
    {
      try JordanStructure(of: Liouvillian(isingModel(g, gamma, r)).realGenerator().dense)
    }
    let meeting = try structure(1, 3, 4)
    #expect(meeting.isDefective)
    let part = try #require(meeting.parts.first { $0.isDefective })
    #expect(part.eigenvalue == -9 && part.blockSizes.reduce(0, +) == 8 && part.index == 2)
    #expect(meeting.parts.filter { $0.isDefective }.count == 1)
    let apart = try structure(1, 3, 5)
    #expect(!apart.isDefective)
    let generator = try Liouvillian(isingModel(Rational(1), 3, 4)).realGenerator().dense
    #expect(try !generator.isDiagonalizable())
    #expect(try generator.minimalPolynomial() == meeting.annihilatingPolynomial)
  }
}
