import Algebra
import Arbitrary
import Exact
import OpenSystems
import TestSupport

/// Q(g, gamma, r), in which the two-qubit model of the tests is written.
enum Symbols {
  static func ring() throws -> PolynomialRing { try PolynomialRing(["g", "gamma", "r"]) }

  static func all() throws -> (g: RationalFunction, gamma: RationalFunction, r: RationalFunction) {
    let ring = try ring()
    func variable(_ index: Int) -> RationalFunction {
      RationalFunction(Polynomial.variable(index, of: ring))
    }
    return (variable(0), variable(1), variable(2))
  }
}

/// Two qubits with the coupling g sz sz, dephasing gamma, and resets to |+> at the rate r.
func isingModel<F: Field>(_ g: F, _ gamma: F, _ r: F) throws -> Model<F> {
  let space = try Space.qubits("A", "B")
  let a = try space.embed(Operators.sz(over: F.self), at: 0)
  let b = try space.embed(Operators.sz(over: F.self), at: 1)
  return try Model(
    space: space, hamiltonian: Complex(g) * (a * b),
    channels: [
      .dephasing(0, of: space, rate: gamma), .dephasing(1, of: space, rate: gamma),
      .reset([0], to: States.plus(), rate: r), .reset([1], to: States.plus(), rate: r),
    ])
}

/// A model with random rational numbers: a Hermitian H, dense and sparse jumps, resets to mixed states
/// of one subsystem and of all, and a thermal bath for a qubit.
func randomModel(seed: UInt64) throws -> Model<Rational> {
  var random = SeededGenerator(seed: seed)
  func number(_ generator: inout SeededGenerator) -> Rational {
    // Denominators and numerators small, so that doubles lose little.
    let top = Int(generator.next() % 17) - 8
    return (try? Rational(Integer(top), Integer(Int(generator.next() % 5) + 1))) ?? 0
  }
  let choices: [[Space.Subsystem]] = [
    [.init("A", .qubit)], [.init("A", .levels(3))], [.init("A", .qubit), .init("B", .qubit)],
    [.init("A", .qubit), .init("B", .levels(3))],
  ]
  let space = try Space(choices[Int(seed % 4)])
  let n = space.dimension
  func matrix(_ size: Int, every: UInt64) -> Matrix<Complex<Rational>> {
    Matrix(rows: size, columns: size) { _, _ in
      random.next() % every == 0
        ? Complex(re: number(&random), im: number(&random)) : Complex<Rational>.zero
    }
  }
  func mixedState(_ size: Int) throws -> Matrix<Complex<Rational>> {
    let factor = matrix(size, every: 1) + .identity(size)
    let square = factor * factor.adjoint()
    return Complex(try square.trace.re.inverse()) * square
  }
  let hamiltonian = matrix(n, every: 2).hermitianPart()
  var channels: [Channel<Rational>] = [
    .jump(matrix(n, every: 1), rate: try Rational(1, 7)),
    .jump(matrix(n, every: 3), rate: 2),
    .reset([0], to: try mixedState(space.dimensions[0]), rate: try Rational(3, 2)),
    .reset(Array(space.subsystems.indices.reversed()), to: try mixedState(n), rate: 1),
  ]
  if space.dimensions[0] == 2 {
    channels += try Channel.thermal(0, of: space, down: 2, up: try Rational(1, 3))
  }
  return try Model(space: space, hamiltonian: hamiltonian, channels: channels)
}

/// A random Hermitian matrix with rational elements and trace one; not positive in general.
func randomHermitian(_ size: Int, seed: UInt64) throws -> Matrix<Complex<Rational>> {
  var random = SeededGenerator(seed: seed)
  func number() throws -> Rational {
    try Rational(random.integer(bits: 6), random.integer(bits: 3).magnitude + 1)
  }
  var matrix = try Matrix(rows: size, columns: size) { _, _ throws in
    Complex(re: try number(), im: try number())
  }.hermitianPart()
  let rest = try (1 - matrix.trace.re) / Rational(size)
  for index in 0..<size { matrix[index, index] += Complex(re: rest, im: 0) }
  return matrix
}

extension Model where F == Rational {
  var inDoubles: Model<Double> { map { $0.approximateDouble } }
  func inReals(_ bits: Int) -> Model<Real> { map { Real($0, precision: bits) } }
}

/// The greatest |re| + |im| of a difference, in doubles.
func distance<F: FloatingField>(_ a: Matrix<Complex<F>>, _ b: Matrix<Complex<F>>) -> Double {
  (a - b).elements.map { ($0.re.magnitude + $0.im.magnitude).approximateDouble }.max() ?? 0
}

func inDoubles(_ matrix: Matrix<Complex<Rational>>) -> Matrix<Complex<Double>> {
  matrix.map { Complex(re: $0.re.approximateDouble, im: $0.im.approximateDouble) }
}
