import Arbitrary
import Exact
import TestSupport
import Testing

@testable import Algebra

@Suite struct MatrixStructureTests {
  struct Recorded: Decodable {
    struct Part: Decodable {
      let polynomial: [String]
      let sizes: [Int]
    }
    struct Jordan: Decodable {
      let matrix: [[String]]
      let parts: [Part]
      let charpoly, minimal: [String]
    }
    struct Linear: Decodable {
      let matrix: [[String]]
      let right, solution: [String]
      let determinant: String
    }
    struct Lyapunov: Decodable {
      let a, c, x: [[String]]
    }
    let jordan: [Jordan]
    let linear: [Linear]
    let lyapunov: [Lyapunov]
  }

  private static func recorded() throws -> Recorded {
    try Oracle.load("matrices", as: Recorded.self)
  }

  private func numbers(_ texts: [String]) throws -> [Rational] {
    try texts.map { try #require(Rational($0)) }
  }

  private func matrix(_ texts: [[String]]) throws -> Matrix<Rational> {
    let rows = try texts.map { try numbers($0) }
    return Matrix(rows: rows.count, columns: rows[0].count) { rows[$0][$1] }
  }

  // MARK: Recorded

  @Test func recordedJordanForms() throws {
    let cases = try Self.recorded().jordan
    #expect(cases.count >= 8)
    for item in cases {
      let a = try matrix(item.matrix)
      #expect(a.characteristicPolynomial().coefficients == (try numbers(item.charpoly)))
      let minimal = try a.minimalPolynomial()
      #expect(minimal.coefficients == (try numbers(item.minimal)))
      let structure = try JordanStructure(of: a)
      #expect(structure.parts.count == item.parts.count)
      for part in item.parts {
        let polynomial = UnivariatePolynomial(try numbers(part.polynomial))
        let found = try #require(structure.parts.first { $0.polynomial == polynomial })
        #expect(found.blockSizesOfEachRoot == part.sizes)
        #expect(found.isDefective == (part.sizes[0] > 1))
      }
      #expect(structure.annihilatingPolynomial == minimal)
      #expect(try a.isDiagonalizable() == !structure.isDefective)
      // A shift moves the eigenvalues; the factors of the old matrix do not fit the new one.
      let factors = structure.parts.map {
        ($0.polynomial, $0.blockSizes.reduce(0, +) / ($0.polynomial.degree ?? 1), true)
      }
      #expect(throws: ArithmeticError.self) {
        try JordanStructure(of: a + 100 * .identity(a.rowCount), factors: factors)
      }
    }
  }

  @Test func recordedSolutions() throws {
    for item in try Self.recorded().linear {
      let a = try matrix(item.matrix)
      let right = try numbers(item.right)
      let x = try a.solve(right)
      #expect(x == (try numbers(item.solution)))
      #expect(a.determinant() == (try #require(Rational(item.determinant))))
      var moved = right
      moved[0] += 1
      #expect(try a.solve(moved) != x)
    }
  }

  @Test func recordedLyapunovSolutions() throws {
    for item in try Self.recorded().lyapunov {
      let (a, c, x) = (try matrix(item.a), try matrix(item.c), try matrix(item.x))
      #expect(try MatrixEquation.lyapunov(a, c).value == x)
      var moved = c
      moved[0, 0] += 1
      #expect(try MatrixEquation.lyapunov(a, moved).value != x)
    }
  }

  // MARK: Functions

  /// A defect that only special parameters have: [[0, 1], [x, 0]] at x = 0.
  @Test func structuresOfFunctions() throws {
    let ring = try PolynomialRing(["x", "y"])
    let x = RationalFunction(Polynomial.variable(0, of: ring))
    let y = RationalFunction(Polynomial.variable(1, of: ring))
    let generic = Matrix<RationalFunction>(rows: 2, columns: 2) {
      [[.zero, .one], [x, .zero]][$0][$1]
    }
    let structure = try JordanStructure(of: generic)
    #expect(!structure.isDefective && structure.parts.count == 1)
    #expect(structure.parts[0].blockSizesOfEachRoot == [1])
    #expect(try generic.isDiagonalizable())
    let special = Matrix<RationalFunction>(rows: 3, columns: 3) {
      [[y, .one, .zero], [.zero, y, .zero], [.zero, x, y * y]][$0][$1]
    }
    let defective = try JordanStructure(of: special)
    #expect(defective.isDefective)
    #expect(defective.parts.first { $0.eigenvalue == y }?.blockSizes == [2])
    #expect(defective.parts.first { $0.eigenvalue == y * y }?.blockSizes == [1])
    #expect(try !special.isDiagonalizable())
    #expect(try special.minimalPolynomial() == defective.annihilatingPolynomial)
  }

  // MARK: Certificates

  private func hermitian(
    _ random: inout RandomAlgebra, _ size: Int, rank: Int
  ) throws -> Matrix<Complex<Rational>> {
    let factor = try Matrix<Complex<Rational>>(rows: size, columns: rank) { _, _ throws in
      Complex(re: try random.rational(), im: try random.rational())
    }
    return factor * factor.transpose.map(\.conj)
  }

  @Test(arguments: 1...10) func certificates(seed: UInt64) throws {
    var random = try RandomAlgebra(seed: seed)
    let size = 2 + Int(seed % 4)
    let rank = 1 + Int(seed) % size
    let positive = try hermitian(&random, size, rank: rank)
    let found = try HermitianCertificate(positive)
    #expect(try found.verify())
    #expect(
      found.verdict
        == (rank == size ? .positiveDefinite : .positiveSemidefinite(nullity: size - rank)))
    // One eigenvalue is pushed below zero.
    var lowered = positive
    lowered[0, 0] -= Complex(positive.trace.re + 1)
    let indefinite = try HermitianCertificate(lowered)
    #expect(try indefinite.verify())
    guard case .indefinite(_, let value) = indefinite.verdict else {
      Issue.record("a negative diagonal element")
      return
    }
    #expect(value < 0)
    #expect(throws: ArithmeticError.self) {
      var skew = positive
      skew[0, 1] += .one
      _ = try HermitianCertificate(skew)
    }
  }

  @Test func zeroDiagonals() throws {
    typealias C = Complex<Rational>
    let flip = Matrix<C>(rows: 3, columns: 3) { i, j in
      i == j ? (i == 2 ? .one : .zero) : i + j == 1 ? (i < j ? C.i : -C.i) : .zero
    }
    let found = try HermitianCertificate(flip)
    guard case .indefinite(let vector, let value) = found.verdict else {
      Issue.record("[[0, i], [-i, 0]] is indefinite")
      return
    }
    #expect(value == -2 && vector.count == 3)
    #expect(try found.verify())
    let zero = try HermitianCertificate(Matrix<C>(rows: 3, columns: 3))
    #expect(zero.verdict == .positiveSemidefinite(nullity: 3))
    #expect(try zero.verify())
  }

  /// Signs of functions come from outside; what rests on an unknown one is undecided.
  @Test func certificatesOfFunctions() throws {
    let ring = try PolynomialRing(["x"])
    let x = RationalFunction(Polynomial.variable(0, of: ring))
    typealias C = Complex<RationalFunction>
    func matrix(_ corner: RationalFunction) -> Matrix<C> {
      Matrix(rows: 2, columns: 2) { [[C(x), C.i], [-C.i, C(corner)]][$0][$1] }
    }
    // For x > 2: positive where the value at 2, and all coefficients in x - 2, are positive.
    func sign(_ value: RationalFunction) throws(ArithmeticError) -> KnownSign? {
      if value.isZero { return .zero }
      func side(_ p: Polynomial) throws(ArithmeticError) -> Int? {
        let shifted = p.evaluated(at: [UnivariatePolynomial<Integer>([2, 1])]).coefficients
        if shifted.allSatisfy({ !$0.isNegative }) { return 1 }
        return shifted.allSatisfy { $0.signum <= 0 } ? -1 : nil
      }
      guard let n = try side(value.numerator), let d = try side(value.denominator) else {
        return nil
      }
      return n * d > 0 ? .positive : .negative
    }
    let positive = try HermitianCertificate(matrix(x), sign: sign)
    #expect(positive.verdict == .positiveDefinite)
    #expect(try positive.verify(sign: sign))
    let lowered = try HermitianCertificate(matrix(try x.inverse() - x), sign: sign)
    #expect(try lowered.verify(sign: sign))
    if case .indefinite = lowered.verdict {} else { Issue.record("a negative pivot") }
    let open = try HermitianCertificate(matrix(x - RationalFunction(Integer(3))), sign: sign)
    guard case .undecided = open.verdict else {
      Issue.record("x - 3 has no sign for x > 2")
      return
    }
    #expect(try !open.verify(sign: sign))
  }

  // MARK: Equations

  @Test(arguments: 1...6) func matrixEquations(seed: UInt64) throws {
    var random = try RandomAlgebra(seed: seed)
    let (m, n) = (2 + Int(seed % 2), 1 + Int(seed % 3))
    var (a, b) = (try random.matrix(m, m), try random.matrix(n, n))
    for i in 0..<m { a[i, i] += 40 }
    for i in 0..<n { b[i, i] += 40 }
    let x = try random.matrix(m, n)
    #expect(try MatrixEquation.sylvester(a, b, a * x + x * b).value == x)
    let stein = x - a * x * b
    #expect(try MatrixEquation.stein(a, b, stein).value == x)
    #expect(try MatrixEquation.stein(a, b, -stein).value != x)
    // A and -(-A) have all eigenvalues in common.
    let commuting = try MatrixEquation.sylvester(a, -a, Matrix(rows: m, columns: m))
    guard case .affine(_, let family) = commuting else {
      Issue.record("everything that commutes with A solves AX - XA = 0")
      return
    }
    #expect(family.count >= m)
    for y in family { #expect(a * y == y * a) }
    #expect(try MatrixEquation.sylvester(a, -a, .identity(m)) == .inconsistent)
    // Enclosures: the solution is inside, and a singular equation is refused.
    func balls(_ matrix: Matrix<Rational>) -> Matrix<Ball> {
      matrix.map { Ball($0, precision: 120) }
    }
    let enclosed = try #require(
      try MatrixEquation.sylvester(balls(a), balls(b), balls(a * x + x * b)).value)
    for (ball, value) in zip(enclosed.elements, x.elements) { #expect(ball.contains(value)) }
    #expect(throws: ArithmeticError.self) {
      try MatrixEquation.sylvester(balls(a), -balls(a), balls(.identity(m)))
    }
  }

  @Test func lyapunovOverFunctions() throws {
    let ring = try PolynomialRing(["w", "k"])
    let w = RationalFunction(Polynomial.variable(0, of: ring))
    let k = RationalFunction(Polynomial.variable(1, of: ring))
    // A damped oscillator: the covariance is the same in both quadratures.
    let a = Matrix<RationalFunction>(rows: 2, columns: 2) { [[-k, w], [-w, -k]][$0][$1] }
    let c = Matrix<RationalFunction>(rows: 2, columns: 2) { [[-k, .zero], [.zero, -k]][$0][$1] }
    let half = RationalFunction(try Rational(1, 2))
    #expect(try MatrixEquation.lyapunov(a, c).value == half * .identity(2))
    let complex = a.map { Complex($0) }
    #expect(
      try MatrixEquation.hermitianLyapunov(complex, c.map { Complex($0) }).value
        == (half * .identity(2)).map { Complex($0) })
    let free = Matrix<RationalFunction>(rows: 2, columns: 2) {
      [[.zero, w], [-w, .zero]][$0][$1]
    }
    #expect(try MatrixEquation.lyapunov(free, c) == .inconsistent)
  }
}
