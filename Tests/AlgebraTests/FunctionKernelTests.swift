import Exact
import TestSupport
import Testing

@testable import Algebra

/// Null spaces over rational functions by evaluation and interpolation.
@Suite struct FunctionKernelTests {
  /// The road of elimination, which shares nothing with interpolation.
  private func isSameSpace(
    _ matrix: SparseMatrix<RationalFunction>, _ vectors: [[RationalFunction]]
  ) throws -> Bool {
    let other = try Elimination(matrix)
    guard other.freeColumns.count == vectors.count else { return false }
    for vector in vectors where !(matrix * vector).allSatisfy({ $0.isZero }) { return false }
    return true
  }

  @Test(arguments: 1...3) func agreesWithElimination(seed: UInt64) throws {
    var random = try RandomAlgebra(seed: seed, ["x", "y", "z"])
    let size = 3
    var entries: [(row: Int, column: Int, value: RationalFunction)] = []
    for row in 0..<size {
      for column in 0...size where (row + column) % 2 == Int(seed % 2) || row == column {
        entries.append(
          (row, column, try random.function(terms: 2, degree: 1)))
      }
    }
    let matrix = SparseMatrix(rows: size, columns: size + 1, entries: entries)
    let vectors = try matrix.nullSpace()
    #expect(try isSameSpace(matrix, vectors))
    for value in vectors.joined() {
      #expect(Polynomial.gcd(value.numerator, value.denominator).isOne)
      #expect(!value.denominator.leadingCoefficient.isNegative)
    }
    var moved = vectors
    if let place = moved[0].firstIndex(where: { !$0.isZero && !$0.isOne }) {
      moved[0][place] += .one
      #expect(try !isSameSpace(matrix, moved))
    }
  }

  /// Rates: every element is homogeneous of degree one, so one variable is set to 1 and restored.
  @Test(arguments: 1...6) func homogeneousMatrices(seed: UInt64) throws {
    var random = try RandomAlgebra(seed: seed, ["a", "b", "c"])
    func linear() throws -> RationalFunction {
      RationalFunction(
        try Polynomial(
          ring: random.ring,
          terms: [
            ([1, 0, 0], random.integer(-3...3)), ([0, 1, 0], random.integer(-3...3)),
            ([0, 0, 1], random.integer(-3...3)),
          ]))
    }
    // Columns that add up to zero, as of a generator.
    let size = 4
    var dense = Matrix<RationalFunction>(rows: size, columns: size)
    for row in 0..<size {
      for column in 0..<size where row != column {
        dense[row, column] = try linear()
        dense[column, column] -= dense[row, column]
      }
    }
    let matrix = SparseMatrix(dense)
    let vectors = try matrix.nullSpace()
    #expect(vectors.count >= 1)
    #expect(try isSameSpace(matrix, vectors))
  }

  /// A zero or pole at the origin for every choice of chart: the lines start elsewhere.
  @Test func shiftedOrigins() throws {
    let ring = try PolynomialRing(["x", "y"])
    let (x, y) = (
      RationalFunction(Polynomial.variable(0, of: ring)),
      RationalFunction(Polynomial.variable(1, of: ring))
    )
    let values = [
      try (x + y * y) / (x - y), try (x * x * x - y) / (y + y * x * x), try (x + y) / (x * x - y),
      try (.one + x) / y, x,
    ]
    var entries: [(row: Int, column: Int, value: RationalFunction)] = []
    for (row, value) in values.enumerated() {
      entries.append((row, row, .one))
      entries.append((row, values.count, -value))
    }
    let matrix = SparseMatrix(rows: values.count, columns: values.count + 1, entries: entries)
    #expect(try matrix.nullSpace() == [values + [.one]])
  }

  /// Coefficients that no single prime holds.
  @Test func severalPrimes() throws {
    let ring = try PolynomialRing(["x"])
    let x = RationalFunction(Polynomial.variable(0, of: ring))
    let big = RationalFunction(Integer(7).power(200))
    let other = RationalFunction(Integer(3).power(150) + 1)
    let value = try (big * x * x + other) / (other * x + big * big)
    let matrix = SparseMatrix(
      rows: 1, columns: 2, entries: [(0, 0, .one), (0, 1, -value)])
    #expect(try matrix.nullSpace() == [[value, .one]])
  }

  @Test func constantsAndEmptyRows() throws {
    let half = RationalFunction(try Rational(1, 2))
    let matrix = SparseMatrix<RationalFunction>(
      rows: 3, columns: 3, entries: [(0, 0, .one), (0, 2, half), (2, 0, half)])
    let vectors = try matrix.nullSpace()
    #expect(vectors == [[.zero, .one, .zero]])
  }

  // MARK: The proof

  @Test func theProofRefusesWhatIsWrong() throws {
    let ring = try PolynomialRing(["x", "y"])
    let x = Polynomial.variable(0, of: ring)
    let y = Polynomial.variable(1, of: ring)
    // (x + y)·f - (x² - y²) = 0 for f = x - y.
    func proof(_ numerator: Polynomial) throws -> Bool {
      var budget = 1_000_000
      return try SubstitutionProof(
        ring: ring, variables: [0, 1], inputs: [x + y, x * x - y * y],
        fractions: [.init(numerator: numerator, denominator: .one)],
        rows: [
          [
            .init(input: 0, function: 0, isNegative: false),
            .init(input: 1, function: nil, isNegative: true),
          ]
        ]
      ).holds(budget: &budget)
    }
    #expect(try proof(x - y))
    #expect(try !proof(x - y + .one))
    #expect(try !proof(x + y))
    var none = 10
    #expect(throws: ArithmeticError.self) {
      try SubstitutionProof(
        ring: ring, variables: [0, 1], inputs: [x * x], fractions: [],
        rows: [[.init(input: 0, function: nil, isNegative: false)]]
      ).holds(budget: &none)
    }
  }

  @Test func latticesAreComplete() {
    let lattice = Lattice(dimension: 3, bound: 4)
    var indices = [0, 0, 0]
    var seen: Set<[Int]> = [indices]
    while lattice.advance(&indices) { seen.insert(indices) }
    #expect(seen.count == 35 && seen.allSatisfy { $0.reduce(0, +) <= 4 })
  }

  // MARK: Words

  @Test func wideResidues() {
    var random = SeededGenerator(seed: 3)
    for prime in WidePrime.Descending().prefix(3) {
      for _ in 0..<200 {
        let (a, b) = (random.next() % prime.value, random.next() % prime.value)
        let expected = prime.value.dividingFullWidth(a.multipliedFullWidth(by: b)).remainder
        let (x, y) = (prime.encode(a), prime.encode(b))
        #expect(prime.decode(prime.multiply(x, y)) == expected)
        #expect(prime.decode(prime.subtract(prime.add(x, y), y)) == a)
        if a != 0 { #expect(prime.multiply(x, prime.inverse(x)) == prime.one) }
      }
      let p = Integer(prime.value)
      #expect(prime.encode(p + 5) == prime.encode(UInt64(5)))
      #expect(prime.encode(-p - 5) == prime.negate(prime.encode(UInt64(5))))
    }
  }
}
