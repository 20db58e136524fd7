import Exact
import Foundation
import Testing

@testable import Algebra

/// What FLINT answered; see Tests/Oracles/README.md.
private struct RecordedPolynomials: Decodable {
  struct Factor: Decodable {
    let coefficients: [Integer]
    let multiplicity: Int
  }
  struct Factorisation: Decodable {
    let label: String
    let polynomial: [Integer]
    let content: Integer
    let factors: [Factor]
  }
  struct RealRoots: Decodable {
    let label: String
    let polynomial: [Integer]
    let count: Int
    let roots: [String]
  }
  /// Coefficients; nil for polynomials in several variables, which are recorded as text.
  struct Operand: Decodable {
    let polynomial: IntegerPolynomial?
    init(from decoder: any Decoder) throws {
      polynomial = (try? [Integer](from: decoder)).map { IntegerPolynomial($0) }
    }
  }
  struct Resultant: Decodable {
    let a: Operand
    let b: Operand
    let resultant: String
  }
  struct Discriminant: Decodable {
    let a: Operand
    let discriminant: String
  }
  let factorisations: [Factorisation]
  let realRoots: [RealRoots]
  let resultants: [Resultant]
  let discriminants: [Discriminant]

  static func load() throws -> RecordedPolynomials {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Oracles/recorded/polynomials.json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(RecordedPolynomials.self, from: Data(contentsOf: file))
  }
}

@Suite("Recorded answers of FLINT")
struct RecordedPolynomialTests {
  @Test("factorisations")
  func factorisations() throws {
    for entry in try RecordedPolynomials.load().factorisations {
      let found = try IntegerFactorization(IntegerPolynomial(entry.polynomial))
      #expect(found.content == entry.content, "\(entry.label)")
      let expected = entry.factors.map { (IntegerPolynomial($0.coefficients), $0.multiplicity) }
        .sorted { IntegerFactorization.precedes($0.0, $1.0) }
      #expect(found.factors.map(\.polynomial) == expected.map(\.0), "\(entry.label)")
      #expect(found.factors.map(\.multiplicity) == expected.map(\.1), "\(entry.label)")
    }
  }

  @Test("real roots to the last recorded digit")
  func realRoots() throws {
    for entry in try RecordedPolynomials.load().realRoots {
      let f = IntegerPolynomial(entry.polynomial)
      let found = try RealRootIsolation.isolate(f)
      #expect(found.count == entry.count, "\(entry.label)")
      let part = try f.squareFreePart()
      for (root, text) in zip(found, entry.roots) {
        let recorded = try #require(Rational(text))
        #expect(agrees(root, of: part, with: recorded), "\(entry.label)")
        // Two units of the last digit away, the check must fail.
        let off = recorded + recorded * (try Rational(2, Integer.powerOfTen(38)))
        if !recorded.isZero { #expect(!agrees(root, of: part, with: off), "\(entry.label)") }
      }
    }
  }

  /// Whether forty recorded digits are those of the root, to one unit of the last.
  private func agrees(
    _ root: IsolatedRoot, of f: IntegerPolynomial, with recorded: Rational
  ) -> Bool {
    let fine = RealRootIsolation.refine(root, of: f, toBits: 400)
    let error = max((fine.lower - recorded).magnitude, (fine.upper - recorded).magnitude)
    guard let unit = try? Rational(1, Integer.powerOfTen(39)) else { return false }
    return error <= recorded.magnitude * unit
  }

  @Test("resultants and discriminants")
  func resultants() throws {
    let recorded = try RecordedPolynomials.load()
    var checked = 0
    var noticed = 0
    for entry in recorded.resultants {
      guard let a = entry.a.polynomial, let b = entry.b.polynomial else { continue }
      #expect(try IntegerPolynomial.resultant(a, b) == Integer(entry.resultant))
      checked += 1
    }
    for entry in recorded.discriminants {
      guard let a = entry.a.polynomial else { continue }
      #expect(try a.discriminant() == Integer(entry.discriminant))
      if try (a + poly(1)).discriminant() != Integer(entry.discriminant) { noticed += 1 }
      checked += 1
    }
    // Adding 1 seldom keeps a discriminant.
    #expect(noticed > 10)
    #expect(checked > 20)
  }
}
