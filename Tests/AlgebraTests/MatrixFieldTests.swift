import Arbitrary
import Exact
import TestSupport
import Testing

@testable import Algebra

@Suite struct MatrixFieldTests {
  // MARK: Laws

  @Test(arguments: 1...8) func inversesAndDeterminants(seed: UInt64) throws {
    var random = try RandomAlgebra(seed: seed)
    let size = 2 + Int(seed % 6)
    var (a, b) = (try random.matrix(size, size), try random.matrix(size, size))
    for i in 0..<size { a[i, i] += 50 }
    let inverse = try a.inverse()
    #expect(a * inverse == .identity(size) && inverse * a == .identity(size))
    #expect((a * b).determinant() == a.determinant() * b.determinant())
    #expect(inverse.determinant() * a.determinant() == 1)
    // The modular determinant and the division-free one are different roads.
    let polynomial = a.characteristicPolynomial()
    #expect(a.determinant() == (size % 2 == 0 ? polynomial[0] : -polynomial[0]))
    #expect(a.value(of: polynomial).elements.allSatisfy { $0.isZero })
    b = inverse
    b[0, size - 1] += 1
    #expect(a * b != .identity(size))
    for j in 0..<size { a[size - 1, j] = a[0, j] + a[1 % size, j] }
    if size == 2 { for j in 0..<size { a[1, j] = a[0, j] } }
    #expect(a.determinant().isZero)
    #expect(throws: ArithmeticError.self) { try a.inverse() }
  }

  @Test(arguments: 1...4) func inversesOfFunctions(seed: UInt64) throws {
    var random = try RandomAlgebra(seed: seed, ["x", "y"])
    let size = 2 + Int(seed % 2)
    var a = Matrix<RationalFunction>(rows: size, columns: size)
    for index in a.elements.indices {
      a.elements[index] = RationalFunction(try random.polynomial(terms: 2, degree: 2))
    }
    let x = RationalFunction(Polynomial.variable(0, of: random.ring))
    for i in 0..<size { a[i, i] += x * x * x + .one }
    let inverse = try a.inverse()
    #expect(a * inverse == .identity(size))
    #expect(inverse.determinant() == (try a.determinant().inverse()))
    for value in inverse.elements {
      #expect(Polynomial.gcd(value.numerator, value.denominator).isOne)
    }
    var moved = inverse
    moved[0, 0] += x
    #expect(a * moved != .identity(size))
    for j in 0..<size { a[size - 1, j] = a[0, j] * x }
    #expect(throws: ArithmeticError.self) { try a.inverse() }
    #expect(try a.rank() == size - 1)
  }

  @Test(arguments: 1...10) func triangularFactors(seed: UInt64) throws {
    var random = try RandomAlgebra(seed: seed)
    let (m, n, rank) = (3 + Int(seed % 4), 2 + Int(seed % 5), 1 + Int(seed % 3))
    let a = try random.matrix(m, min(rank, n)) * (try random.matrix(min(rank, n), n))
    let factors = try TriangularFactors(a)
    let reordered = a.submatrix(rows: factors.rowOrder, columns: factors.columnOrder)
    #expect(factors.lower * factors.upper == reordered)
    #expect(factors.rank == (try a.rank()))
    #expect(try a.nullSpace().count == n - factors.rank)
    for i in 0..<m {
      for j in 0..<m where j >= i { #expect(factors.lower[i, j] == (i == j ? 1 : 0)) }
      for j in 0..<min(i, n) { #expect(factors.upper[i, j].isZero) }
    }
    var moved = factors.lower
    moved[m - 1, 0] += 1
    #expect(moved * factors.upper != reordered)
  }

  // MARK: General systems

  @Test(arguments: 1...10) func allSolutions(seed: UInt64) throws {
    var random = try RandomAlgebra(seed: seed)
    let rank = 1 + Int(seed % 3)
    let a = try random.matrix(5, rank) * (try random.matrix(rank, 4))
    let x = (0..<4).map { _ in Rational(random.integer()) }
    let sparse = SparseMatrix(a)
    let solutions = try sparse.solutions(of: sparse * x)
    guard case .affine(let particular, let basis) = solutions else {
      Issue.record("a singular system that has solutions")
      return
    }
    #expect(sparse * particular == sparse * x)
    #expect(basis.count == 4 - (try a.rank()))
    for vector in basis { #expect((sparse * vector).allSatisfy { $0.isZero }) }
    // Random right sides are outside a space of dimension three at most.
    let other = (0..<5).map { _ in Rational(random.integer(1...1000)) }
    #expect(try sparse.solutions(of: other) == .inconsistent)
    // The same over functions, by interpolation.
    let ring = random.ring
    let y = RationalFunction(Polynomial.variable(1, of: ring))
    let functions = sparse.map { RationalFunction($0) * y }
    let right = (sparse * x).map { RationalFunction($0) }
    guard case .affine(let found, let kernel) = try functions.solutions(of: right) else {
      Issue.record("a singular system of functions that has solutions")
      return
    }
    #expect(functions * found == right && kernel.count == basis.count)
    #expect(try functions.solutions(of: other.map { RationalFunction($0) }) == .inconsistent)
  }

  // MARK: p-adic lifting

  @Test(arguments: 1...6) func liftedSolutions(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let n = 10 + Int(seed) * 3
    let bits = [3, 20, 60, 61, 130, 300][Int(seed) - 1]
    func number() throws -> Rational {
      try Rational(
        random.integer(bits: bits), seed % 2 == 0 ? 1 : random.integer(bits: 4).magnitude + 1)
    }
    var a = Matrix<Rational>(rows: n, columns: n)
    for index in a.elements.indices { a.elements[index] = try number() }
    var right: [Rational] = []
    for _ in 0..<n { right.append(try number()) }
    let sparse = SparseMatrix(a)
    #expect(RationalLifting.isWorthwhile(sparse))
    let x = try sparse.solve(right)
    #expect(sparse * x == right)
    // A small solution is found from few digits, a huge right side fits.
    let small = (0..<n).map { Rational($0 - 4) }
    #expect(try sparse.solve(sparse * small) == small)
    let huge = small.map { $0 * Rational(Integer(1) << 3000) }
    #expect(try sparse.solve(sparse * huge) == huge)
    var moved = x
    moved[n / 2] += 1
    #expect(sparse * moved != right)
    for j in 0..<n { a[n - 1, j] = a[0, j] + a[1, j] }
    #expect(throws: ArithmeticError.self) { try SparseMatrix(a).solve(right) }
    #expect(a.determinant().isZero)
  }

  /// A determinant that the first prime divides must not stop anything.
  @Test func determinantsDivisibleByThePrime() throws {
    let p = Rational(Integer(WidePrime.greatest[0].value))
    let n = 12
    var a = Matrix<Rational>(rows: n, columns: n) { i, j in
      Rational((i * 7 + j * 3 + i * j) % 11) + (i == j ? 20 : 0)
    }
    for j in 0..<n { a[3, j] = a[3, j] * p }
    let x = (0..<n).map { Rational($0) }
    let sparse = SparseMatrix(a)
    #expect(try sparse.solve(sparse * x) == x)
    #expect(!a.determinant().isZero)
  }

  // MARK: Enclosures

  @Test(arguments: 1...4) func enclosuresContainTheSolution(seed: UInt64) throws {
    var random = try RandomAlgebra(seed: seed)
    var a = try random.matrix(4, 4)
    for i in 0..<4 { a[i, i] += 30 }
    let x = (0..<4).map { _ in Rational(random.integer()) }
    let right = SparseMatrix(a) * x
    let balls = a.map { Ball($0, precision: 100) }
    let enclosed = try balls.solve(right.map { Ball($0, precision: 100) })
    let boxes = try a.map { Interval($0, precision: 100) }.solve(
      right.map { Interval($0, precision: 100) })
    for (index, value) in x.enumerated() {
      #expect(enclosed[index].contains(value) && boxes[index].contains(value))
      #expect(!boxes[index].contains(value + 1))
    }
    #expect(try balls.rank() == 4)
    for j in 0..<4 { a[3, j] = a[0, j] }
    // A remainder that contains zero, though it is not exactly zero, leaves the rank open.
    let third = try Rational(1, 3)
    let singular = a.map { Ball($0 * third, precision: 100) }
    #expect(throws: ArithmeticError.self) { try singular.rank() }
    #expect(throws: ArithmeticError.self) {
      try singular.solve(right.map { Ball($0, precision: 100) })
    }
    #expect(throws: ArithmeticError.self) { try TriangularFactors(singular) }
  }

  // MARK: Limits

  @Test func theLimitStops() throws {
    let ring = try PolynomialRing(["a", "b", "c", "d", "e"])
    let variables = (0..<5).map { RationalFunction(Polynomial.variable($0, of: ring)) }
    var random = SeededGenerator(seed: 5)
    let a = Matrix<RationalFunction>(rows: 5, columns: 5) { _, _ in
      variables[Int(random.next() % 5)] * variables[Int(random.next() % 5)]
        + variables[Int(random.next() % 5)]
    }
    let right = [RationalFunction](repeating: .one, count: 5)
    #expect(throws: ArithmeticError.self) {
      try a.solve(right, limit: EliminationLimit(terms: 200, operations: 300_000))
    }
    #expect(throws: ArithmeticError.self) {
      try Elimination(SparseMatrix(a), limit: EliminationLimit(terms: 20))
    }
    #expect(throws: ArithmeticError.self) {
      try TriangularFactors(a, limit: EliminationLimit(terms: 20))
    }
  }
}
