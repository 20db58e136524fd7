import Algebra
import Exact
import Testing

@testable import Symbolic

struct ExtremumTests {
  private let s = Symbol("s", .positive)

  private func areEqual(_ a: Expression?, _ text: String) throws -> Bool {
    guard let a else { return false }
    return try NormalForm(a - Expression(text)).isZero
  }

  /// The largest negativity along rays: (√3 - 1)/8 at s = 1/(1 + √3).
  @Test(arguments: ["(s - s^2)/(2*(2*s^2 + 1))", "max(0, (s - s^2)/(2*(2*s^2 + 1)))"])
  func alongRays(_ text: String) throws {
    let f = try Expression(text, undeclared: .positive)
    let found = try Extremum.maximum(of: f, as: s)
    #expect(found.isAttained)
    #expect(try areEqual(found.value, "(sqrt(3) - 1)/8"))
    #expect(try !areEqual(found.value, "(sqrt(3) - 1)/7"))
    #expect(found.number?.minimalPolynomial == IntegerPolynomial([-1, 8, 32]))
    guard case .at(let place)? = found.places.first, found.places.count == 1 else {
      Issue.record("\(found.places)")
      return
    }
    #expect(try areEqual(Extremum.radicals(place), "(sqrt(3) - 1)/2"))
    #expect(try areEqual(Extremum.radicals(place), "1/(1 + sqrt(3))"))
    #expect(try !areEqual(Extremum.radicals(place), "1/2"))
  }

  /// Suprema by hand over a domain of x: value, and whether it is taken.
  @Test(arguments: [
    ("x - x^2", Domain.real, "1/4", true), ("x/(1 + x)", .positive, "1", false),
    ("-x", .positive, "0", false), ("-x", .nonnegative, "0", true),
    ("x^2 - x^4", .real, "1/4", true), ("min(x, 1 - x)", .real, "1/2", true),
    ("abs(x)/(1 + x^2)", .real, "1/2", true), ("-abs(x - 1/3)", .real, "0", true),
    ("(x^2 - 1)/(x - 1)", .negative, "1", false), ("max(0, -x)", .positive, "0", true),
    ("min(1, 1/x)", .positive, "1", true), ("x/(x^2 + 2)", .real, "sqrt(2)/4", true),
    ("x - x", .real, "0", true), ("7", .positive, "7", true), ("-1/x^2", .real, "0", false),
    ("max(x, -x^2)*(2 - x)", .negative, "0", false),
  ])
  func byHand(_ text: String, _ domain: Domain, _ value: String, _ isAttained: Bool) throws {
    let found = try Extremum.maximum(of: Expression(text), as: Symbol("x"), over: domain)
    #expect(try areEqual(found.value, value), "\(String(describing: found.value))")
    #expect(try !areEqual(found.value, "\(value) + 1/100"))
    #expect(found.isAttained == isAttained, "\(found.places)")
    let below = try Extremum.minimum(of: -Expression(text), as: Symbol("x"), over: domain)
    #expect(try areEqual(below.value, "-(\(value))"))
  }

  @Test func places() throws {
    let x = Symbol("x")
    let w = try Extremum.maximum(of: Expression("x^2 - x^4"), as: x)
    #expect(w.places.count == 2)
    let flat = try Extremum.maximum(of: Expression("min(1, max(x, 0))"), as: x)
    #expect(flat.places.contains(.between(1, nil)))
    let pole = try Extremum.maximum(of: Expression("1/x^2 + 1/(x - 3)"), as: x)
    #expect(pole.number == nil && pole.value == .infinity && !pole.isAttained)
    #expect(pole.places == [.near(0), .near(3)])
    #expect(try Extremum.maximum(of: Expression("x^3"), as: x).places == [.infinity])
    #expect(try Extremum.minimum(of: Expression("x^3"), as: x).value == -.infinity)
    let hole = try Extremum.maximum(of: Expression("(x - x^3)/x"), as: x)
    #expect(hole.number == 1 && hole.places == [.near(0)] && !hole.isAttained)
    let unit = try Domain.interval(.closed(0), .open(1))
    let end = try Extremum.maximum(of: Expression("x^2"), as: x, over: unit)
    #expect(end.places == [.near(1)] && end.number == 1)
    let least = try Extremum.minimum(of: Expression("x^2"), as: x, over: unit)
    #expect(least.places == [.at(0)] && least.isAttained)
    let few = try Domain.finite([1, 2, 5])
    #expect(try Extremum.maximum(of: Expression("x*(4 - x)"), as: x, over: few).places == [.at(2)])
  }

  /// A maximum of degree above 2 is exact: of x - x^4 it is 3/4·(1/4)^(1/3), a root of 256·m³ - 27,
  /// and has a closed form where one is found.
  @Test func higherDegree() throws {
    let found = try Extremum.maximum(of: Expression("x - x^4"), as: Symbol("x"))
    #expect(found.value == (try Expression("3*cbrt(2)/8")))
    #expect(found.number?.minimalPolynomial == IntegerPolynomial([-27, 0, 0, 256]))
  }

  @Test(arguments: ["sqrt(x)", "x*y", "exp(x)", "sqrt(2)*x", "1/(x - x)", "x^x", "sign(x)"])
  func unsupported(_ text: String) throws {
    let f = try Expression(text)
    #expect(throws: LimitError.self) { try Extremum.maximum(of: f, as: Symbol("x")) }
    #expect(throws: LimitError.self) {
      try Extremum.maximum(of: Expression("x"), as: Symbol("x"), over: .complex)
    }
  }
}
