import Arbitrary
import Exact
import TestSupport
import Testing

@testable import Algebra

/// What FLINT and SymPy answered; see Tests/Oracles/generate_factorizations.py.
private struct Recorded: Decodable {
  struct Factor: Decodable {
    let polynomial: [[Integer]]
    let multiplicity: Int
  }
  struct Factorisation: Decodable {
    let label: String
    let variables: Int
    let polynomial: [[Integer]]
    let factors: [Factor]
  }
  struct Gaussian: Decodable {
    let variables: Int
    let real: [[Integer]]
    let imaginary: [[Integer]]
    let degrees: [Int]
  }
  struct Extension: Decodable {
    let polynomial: [Integer]
    let radicands: [Integer]
    let degrees: [Int]
  }
  struct Resultant: Decodable {
    let variables: Int
    let a: [[Integer]]
    let b: [[Integer]]
    let value: [[Integer]]
  }
  struct Discriminant: Decodable {
    let variables: Int
    let a: [[Integer]]
    let value: [[Integer]]
  }
  let factorisations: [Factorisation]
  let gaussian: [Gaussian]
  let extensions: [Extension]
  let resultants: [Resultant]
  let discriminants: [Discriminant]

  static func load() throws -> Recorded { try Oracle.load("factorizations", as: Recorded.self) }

  static func polynomial(_ terms: [[Integer]], _ ring: PolynomialRing) throws -> Polynomial {
    try Polynomial(
      ring: ring,
      terms: terms.map { ($0.dropFirst().map { $0.word ?? 0 }, $0[0]) })
  }

  static func ring(_ count: Int) throws -> PolynomialRing {
    try PolynomialRing(Array(["x", "y", "z", "u", "v"].prefix(count)))
  }
}

@Suite("Recorded factorisations and resultants")
struct RecordedFactorizationTests {
  @Test("factors over Q are those of FLINT")
  func factors() throws {
    for entry in try Recorded.load().factorisations {
      let ring = try Recorded.ring(entry.variables)
      let f = try Recorded.polynomial(entry.polynomial, ring)
      let found = try f.factorization()
      #expect(found.product == f, "\(entry.label)")
      var theirs: [Polynomial: Int] = [:]
      for factor in entry.factors {
        theirs[try Recorded.polynomial(factor.polynomial, ring).primitivePart] = factor.multiplicity
      }
      let ours = Dictionary(
        found.factors.map { ($0.polynomial, $0.multiplicity) }, uniquingKeysWith: { $0 + $1 })
      #expect(ours == theirs, "\(entry.label)")
    }
  }

  @Test("factors over Q(i) have the degrees recorded and multiply to the polynomial")
  func gaussian() throws {
    for entry in try Recorded.load().gaussian {
      let ring = try Recorded.ring(entry.variables)
      let f = GaussianPolynomial(
        re: try Recorded.polynomial(entry.real, ring),
        im: try Recorded.polynomial(entry.imaginary, ring))
      let found = try f.factorization()
      #expect(found.product == f)
      let degrees = found.factors.flatMap { factor in
        [Int](
          repeating: max(
            factor.polynomial.re.totalDegree, factor.polynomial.im.totalDegree),
          count: factor.multiplicity)
      }
      #expect(degrees.sorted() == entry.degrees, "\(f)")
      #expect(Set(found.factors.map { "\($0.polynomial)" }).count == found.factors.count)
    }
  }

  @Test("degrees of factors over fields of square roots are those of SymPy")
  func extensions() throws {
    for entry in try Recorded.load().extensions {
      var tower = AlgebraicTower.rationalFunctions
      for radicand in entry.radicands {
        tower = try tower.adjoiningRoot(
          of: UnivariatePolynomial([AlgebraicElement(-radicand), .zero, .one]))
      }
      let f = UnivariatePolynomial(entry.polynomial.map { AlgebraicElement($0) })
      let found = try tower.factorization(of: f)
      let degrees = found.factors.flatMap {
        [Int](repeating: $0.polynomial.degree ?? 0, count: $0.multiplicity)
      }
      #expect(degrees.sorted() == entry.degrees, "\(entry.polynomial) over \(entry.radicands)")
      #expect(try tower.isIrreducible(f) == (entry.degrees.count == 1))
    }
  }

  @Test("resultants and discriminants, by both roads")
  func resultants() throws {
    let recorded = try Recorded.load()
    for entry in recorded.resultants {
      let ring = try Recorded.ring(entry.variables)
      let a = try Recorded.polynomial(entry.a, ring)
      let b = try Recorded.polynomial(entry.b, ring)
      let value = try Recorded.polynomial(entry.value, ring)
      #expect(try Polynomial.resultant(a, b, in: 0) == value)
      if a.degree(in: 0) > 0 && b.degree(in: 0) > 0 {
        var sequence = SubresultantSequence(a, b, in: 0, limit: 1_000_000_000)
        #expect(try sequence.resultant() == value)
        let grid = ResultantGrid(a, b, in: 0)
        if let cost = grid.cost, cost < 30_000_000 { #expect(try grid.resultant() == value) }
      }
    }
    for entry in recorded.discriminants {
      let ring = try Recorded.ring(entry.variables)
      let a = try Recorded.polynomial(entry.a, ring)
      #expect(try a.discriminant(in: 0) == Recorded.polynomial(entry.value, ring))
    }
  }
}
