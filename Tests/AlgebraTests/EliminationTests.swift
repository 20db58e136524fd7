import Exact
import TestSupport
import Testing

@testable import Algebra

@Suite struct EliminationTests {
  // MARK: Null spaces

  /// A product of an n×r and an r×m matrix with invertible corners has rank r exactly.
  @Test(arguments: 1...12) func rationalNullSpaces(seed: UInt64) throws {
    var random = try RandomAlgebra(seed: seed)
    let rank = 1 + Int(seed % 4)
    var (left, right) = (try random.matrix(6, rank), try random.matrix(rank, 7))
    for i in 0..<rank {
      for j in 0..<rank where i != j {
        left[i, j] = 0
        right[i, j] = 0
      }
      left[i, i] = 1
      right[i, i] = 1
    }
    let dense = left * right
    let matrix = SparseMatrix(dense)
    let elimination = try Elimination(matrix)
    #expect(elimination.rank == rank && elimination.isRankDecided)
    let basis = try matrix.nullSpace()
    #expect(basis.count == 7 - rank)
    for vector in basis {
      #expect((matrix * vector).allSatisfy { $0.isZero })
      #expect(!vector.allSatisfy { $0.isZero })
    }
    // Independent: a 1 at its own free column, 0 at the others.
    for (vector, own) in zip(basis, elimination.freeColumns) {
      for free in elimination.freeColumns { #expect(vector[free] == (free == own ? 1 : 0)) }
    }
    // Shown to fail: a moved element of a column that a null vector uses.
    var moved = dense
    moved[0, elimination.freeColumns[0]] += 1
    #expect(!(SparseMatrix(moved) * basis[0]).allSatisfy { $0.isZero })
  }

  @Test(arguments: 1...6) func functionNullSpaces(seed: UInt64) throws {
    var random = try RandomAlgebra(seed: seed, ["x", "y"])
    var dense = Matrix<RationalFunction>(rows: 4, columns: 4)
    for row in 0..<3 {
      for column in 0..<4 {
        dense[row, column] = RationalFunction(try random.polynomial(terms: 2, degree: 1))
      }
      dense[row, row] += .one + RationalFunction(Polynomial.variable(0, of: random.ring).power(5))
    }
    let factor = try random.function(terms: 2, degree: 1)
    for column in 0..<4 { dense[3, column] = dense[0, column] * factor + dense[1, column] }
    let matrix = SparseMatrix(dense)
    let basis = try matrix.nullSpace()
    #expect(basis.count == 1)
    #expect((matrix * basis[0]).allSatisfy { $0.isZero })
    dense[3, try Elimination(matrix).freeColumns[0]] += .one
    #expect(try SparseMatrix(dense).nullSpace().isEmpty)
    #expect(!(SparseMatrix(dense) * basis[0]).allSatisfy { $0.isZero })
  }

  @Test(arguments: 1...6) func roundedNullSpaces(seed: UInt64) throws {
    var random = try RandomAlgebra(seed: seed)
    // Two rows of full rank and no third: the last column of three is free.
    var matrix = Matrix<Double>(rows: 2, columns: 3)
    for index in matrix.elements.indices {
      matrix.elements[index] = Double.random(in: -1...1, using: &random.generator)
    }
    let sparse = SparseMatrix(matrix)
    let basis = try sparse.nullSpace()
    #expect(basis.count == 1)
    for value in sparse * basis[0] { #expect(abs(value) < 1e-12) }
    #expect(!(sparse * basis[0].map { $0 + 1 }).allSatisfy { abs($0) < 1e-12 })
  }

  // MARK: Linear systems

  @Test(arguments: 1...12) func solutions(seed: UInt64) throws {
    var random = try RandomAlgebra(seed: seed)
    var dense = try random.matrix(5, 5)
    for i in 0..<5 { dense[i, i] += 100 }
    let matrix = SparseMatrix(dense)
    var x: [Rational] = []
    for _ in 0..<5 { x.append(try random.rational()) }
    #expect(try matrix.solve(matrix * x) == x)
    var right = matrix * x
    right[2] += 1
    #expect(try matrix.solve(right) != x)
    // A repeated row makes it singular, whether or not the right side fits.
    for column in 0..<5 { dense[4, column] = dense[0, column] }
    let singular = SparseMatrix(dense)
    #expect(throws: ArithmeticError.self) { try singular.solve(singular * x) }
    #expect(throws: ArithmeticError.self) { try singular.solve([1, 2, 3, 4, 5]) }
    #expect(dense.determinant().isZero)
  }

  @Test(arguments: 1...4) func solutionsOfFunctions(seed: UInt64) throws {
    var random = try RandomAlgebra(seed: seed, ["x", "y"])
    let lead = RationalFunction(Polynomial.variable(0, of: random.ring).power(4))
    var entries: [(row: Int, column: Int, value: RationalFunction)] = []
    var x: [RationalFunction] = []
    for row in 0..<3 {
      for column in 0..<3 {
        let value = RationalFunction(try random.polynomial(terms: 2, degree: 1))
        entries.append((row, column, row == column ? value + lead : value))
      }
      x.append(try random.function(terms: 2, degree: 1))
    }
    let matrix = SparseMatrix(rows: 3, columns: 3, entries: entries)
    #expect(try matrix.solve(matrix * x) == x)
    #expect(try matrix.solve(matrix * [x[0] + .one, x[1], x[2]]) != x)
  }

  // MARK: Characteristic polynomials

  @Test func handCases() throws {
    let a = Matrix<Rational>(rows: 2, columns: 2) { [[1, 2], [3, 4]][$0][$1] }
    #expect(a.characteristicPolynomial().coefficients == [-2, -5, 1])
    #expect(a.determinant() == -2)
    let b = Matrix<Rational>(rows: 3, columns: 3) { [[2, 0, 1], [1, 3, 2], [0, 1, 1]][$0][$1] }
    // 2·(3 - 2) - 0 + 1·(1 - 0)
    #expect(b.determinant() == 3)
    #expect(b.characteristicPolynomial().coefficients == [-3, 9, -6, 1])
    #expect(try b.boundedCharacteristicPolynomial().coefficients == [-3, 9, -6, 1])
    let outcome = WorkBudget.limited(to: 10) {
      WorkBudget.charge(10)
      return Result { () throws(ArithmeticError) in try b.boundedCharacteristicPolynomial() }
    }
    #expect(throws: ArithmeticError.self) { try outcome.value.get() }
    #expect(
      Matrix<Rational>.identity(5).characteristicPolynomial().coefficients
        == [-1, 5, -10, 10, -5, 1])
    var moved = b
    moved[0, 0] += 1
    #expect(moved.determinant() != 3)
  }

  @Test(arguments: 1...10) func cayleyHamilton(seed: UInt64) throws {
    var random = try RandomAlgebra(seed: seed)
    let size = 2 + Int(seed % 4)
    let (a, b) = (try random.matrix(size, size), try random.matrix(size, size))
    func value(_ coefficients: [Rational]) -> Matrix<Rational> {
      coefficients.reversed().reduce(Matrix(rows: size, columns: size)) {
        $0 * a + $1 * Matrix.identity(size)
      }
    }
    var coefficients = a.characteristicPolynomial().coefficients
    #expect(coefficients.count == size + 1 && coefficients[size] == 1)
    #expect(coefficients[size - 1] == -a.trace)
    #expect(value(coefficients).elements.allSatisfy { $0.isZero })
    #expect((a * b).determinant() == a.determinant() * b.determinant())
    #expect(a.transpose.determinant() == a.determinant())
    coefficients[0] += 1
    #expect(!value(coefficients).elements.allSatisfy { $0.isZero })
  }

  // MARK: Blocks

  /// Full diagonal blocks, coupled one way, their indices shuffled.
  @Test(arguments: 1...10) func constructedBlocks(seed: UInt64) throws {
    var random = try RandomAlgebra(seed: seed)
    let places = Array(0..<9).shuffled(using: &random.generator)
    let blocks = [Array(places[0..<3]), Array(places[3..<4]), Array(places[4..<9])]
    var dense = Matrix<Rational>(rows: 9, columns: 9)
    for (index, block) in blocks.enumerated() {
      for row in block {
        for column in block { dense[row, column] = Rational(random.integer(1...9)) }
        for later in blocks[(index + 1)...] {
          for column in later { dense[row, column] = try random.rational() }
        }
      }
    }
    let matrix = SparseMatrix(dense)
    let found = matrix.triangularBlocks()
    #expect(Set(found) == Set(blocks.map { $0.sorted() }))
    let whole = dense.characteristicPolynomial()
    #expect(matrix.characteristicFactors().reduce(.one) { $0 * $1 } == whole)
    // Block triangular in the order given: no row of an earlier block reaches a later one.
    for (index, block) in found.enumerated() {
      for row in block {
        for later in found[(index + 1)...] {
          for column in later { #expect(dense[row, column].isZero) }
        }
      }
    }
    // One element against the coupling joins the first and the last block.
    var joined = dense
    joined[blocks[2][0], blocks[0][0]] = 1
    joined[blocks[0][0], blocks[2][0]] = 1
    #expect(SparseMatrix(joined).triangularBlocks().count < 3)
  }

  // MARK: Roots in the field

  @Test(arguments: 1...8) func linearFactors(seed: UInt64) throws {
    typealias Poly = UnivariatePolynomial<RationalFunction>
    var random = try RandomAlgebra(seed: seed, ["x", "y"])
    var roots: [RationalFunction: Int] = [:]
    for index in 0..<3 {
      let root = RationalFunction(try random.polynomial(terms: 2, degree: 1))
      roots[root, default: 0] += index == 0 ? 2 : 1
    }
    var product = Poly.one
    for (root, multiplicity) in roots {
      for _ in 0..<multiplicity { product = product * Poly([-root, .one]) }
    }
    let found = try PolynomialRoots.split(product)
    #expect(found.isComplete && found.cofactors.isEmpty)
    #expect(
      Dictionary(uniqueKeysWithValues: found.roots.map { ($0.root, $0.multiplicity) }) == roots)
    // T² - x has no root in the field.
    let x = RationalFunction(Polynomial.variable(0, of: random.ring))
    let rest = Poly([-x, .zero, .one])
    let mixed = try PolynomialRoots.split(product * rest)
    #expect(Set(mixed.roots.map(\.root)) == Set(roots.keys))
    #expect(mixed.cofactors.map(\.factor) == [rest])
  }
}
