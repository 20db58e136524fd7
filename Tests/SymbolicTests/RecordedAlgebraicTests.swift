import Algebra
import Arbitrary
import Exact
import TestSupport
import Testing

@testable import Symbolic

/// Numbers and fields that SymPy, PARI, FLINT and mpmath know.
@Suite("Algebraic numbers against other systems")
struct RecordedAlgebraicTests {
  struct Recorded: Decodable {
    struct Minimal: Decodable {
      let expression: String
      let polynomial: [Integer]
      let value: String
    }
    struct Field: Decodable {
      let polynomial: [Integer]
      let conductor: Int?
      let degree: Int
    }
    struct Relation: Decodable {
      let expression: String
      let value: String
      let basis: [String]
      let relation: [Integer]
    }
    let minimal: [Minimal]
    let abelian: [Field]
    let nonabelian: [Field]
    let relations: [Relation]
  }

  private static let recorded = Result { try Oracle.load("algebraic", as: Recorded.self) }

  @Test("minimal polynomials of formulas, and formulas of numbers")
  func minimal() throws {
    for row in try Self.recorded.get().minimal {
      let number = try AlgebraicNumber(Expression(row.expression))
      #expect(number.minimalPolynomial == IntegerPolynomial(row.polynomial), "\(row.expression)")
      let value = try #require(Rational(row.value))
      let unit = try value.magnitude / Rational(Integer.powerOfTen(58))
      #expect(number.compare(to: value - unit) > 0 && number.compare(to: value + unit) < 0)
      if number.degree <= (isCampaign ? 12 : 4) {
        let form = try #require(try number.closedForm(), "\(row.expression)")
        #expect(try AlgebraicNumber(form.expression) == number)
      }
    }
  }

  @Test("abelian fields and their conductors")
  func abelian() throws {
    for row in try Self.recorded.get().abelian.prefix(isCampaign ? 100 : 8) {
      let f = IntegerPolynomial(row.polynomial)
      let number = try #require(try AlgebraicNumber.roots(of: f).last).root
      let forms = try number.cyclotomicForms()
      #expect(forms.first?.order == row.conductor, "\(row.polynomial)")
      let form = try #require(try number.closedForm())
      // The degree of the field of cosines may be beyond what the other road can do.
      if RealCyclotomicField.degree(order: row.conductor ?? 1) <= 12 {
        #expect(try AlgebraicNumber(form.expression) == number)
      }
    }
  }

  @Test("fields that are not abelian have no form in cosines")
  func nonabelian() throws {
    for row in try Self.recorded.get().nonabelian {
      let f = IntegerPolynomial(row.polynomial)
      for (number, _) in try AlgebraicNumber.roots(of: f) {
        #expect(try number.cyclotomicForms().isEmpty, "\(row.polynomial)")
      }
    }
  }

  @Test("integer relations among recorded digits")
  func relations() throws {
    for row in try Self.recorded.get().relations {
      let ball = try #require(Ball(row.value, precision: 560))
      let value = try #require(Rational(row.value))
      let rounded = try Interval(
        lower: value - value.magnitude * Self.unit, upper: value + value.magnitude * Self.unit,
        precision: 560)
      #expect(ball.interval.union(rounded).isBounded)
      let source = RealSource(Ball(rounded, precision: 560))
      let basis = try row.basis.map { try Expression($0) }
      let found = try #require(
        try Recognition(source).combination(of: basis), "\(row.expression)")
      #expect(found.evidence.relation == row.relation)
      #expect(found.status == .guess)
    }
  }

  private static let unit = (try? Rational(1, Integer.powerOfTen(149))) ?? .zero
}
