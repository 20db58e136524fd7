import Arbitrary
import Certified
import Documents
import Exact
import Symbolic
import Testing

/// Names that are defined only where a `where` of theirs holds.
@Suite struct DefinitionDomainTests {
  static let names = """
    parameter x real
    parameter y > 0
    let f = sqrt(x^2 - 1) where x > 1
    let g = 1/f + y
    let h(u) = log(u - 2) where u > 2
    let k = h(x + y) + (g with x = 2*x)

    """

  /// What is claimed of such a name is claimed where it is defined, and nowhere else.
  @Test(
    arguments: [
      ("f > 0", Status.proved), ("f > 1", .refuted), ("g > y", .proved), ("x > 1", .refuted),
      ("x > 1 where f > 0", .proved), ("f*0 + x > 1", .proved),
      ("f ≈ 1.732 at x = 2", .certified), ("f ≈ 1.732 at x = 1/2", .undecided),
      ("f^2 == -3/4 at x = 1/2", .undecided), ("f < 2 over x = 1.1..2", .proved),
      ("(g with x = 3) == 1/sqrt(8) + y", .proved), ("h(x) >= log(x - 2)", .proved),
      ("h(2*x) < 0", .refuted),
    ])
  func claims(claim: String, expected: Status) throws {
    #expect(try ClaimTests.status(Self.names + "claim c: \(claim)") == expected)
  }

  /// A counterexample lies where the names are defined.
  @Test func counterexamples() throws {
    let results = try ClaimTests.results(Self.names + "erratum c: f > 1")
    let point = try #require(results.last?.counterexample?.point.first { $0.name == "x" })
    #expect(point.value > 1)
  }

  @Test(
    arguments: [
      ("f", ["x": "2"], true), ("f", ["x": "1/2"], false), ("f", ["x": "1"], false),
      ("g", ["x": "2", "y": "1"], true), ("k", ["x": "1/10", "y": "1"], false),
      ("k", ["x": "2", "y": "1"], true), ("k", ["x": "1/2", "y": "2"], false),
    ])
  func values(name: String, point: [String: String], isDefined: Bool) throws {
    let document = try ClaimTests.document(Self.names)
    let place = try document.point(point.compactMapValues { Rational($0) })
    if isDefined {
      #expect(try document.evaluate(name, at: place, digits: 10).count == 1)
    } else {
      let error = #expect(throws: DocumentError.self) {
        try document.evaluate(name, at: place, digits: 10)
      }
      #expect(error?.description.contains("outside the domain of '\(name)'") == true)
    }
  }

  @Test func ranges() throws {
    let document = try ClaimTests.document(Self.names)
    let x = try #require(document.parameter(named: "x")?.symbol)
    let inside = try Interval(lower: 2, upper: 3, precision: 64)
    let across = try Interval(lower: 1, upper: 3, precision: 64)
    try document.requireDefined("f", over: [x: inside])
    #expect(throws: DocumentError.self) { try document.requireDefined("f", over: [x: across]) }
  }

  @Test func tables() throws {
    let document = try ClaimTests.document(Self.names)
    guard case .scalar(let value)? = document.value(named: "f") else {
      Issue.record("no value")
      return
    }
    let stream = PointStream(
      try PointEvaluator(value, digits: 5), domain: document.pointDomain(of: "f", at: [:]))
    var lines: [String] = []
    let error = #expect(throws: CertifiedError.self) {
      try stream.run(["x", "2", "1/2", "3"]) { lines.append($0) }
    }
    #expect(lines == ["x,value", "2,1.7321"])
    guard case .line(3, .notDefined)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  /// A bound parameter in a condition leaves the value without a meaning.
  @Test(arguments: ["limit(f, x -> infinity)", "supremum(f, x)", "integral(f^2, x = 0..3)"])
  func boundParameters(call: String) {
    let error = #expect(throws: DocumentError.self) {
      try ClaimTests.document(Self.names + "let z = \(call)")
    }
    #expect(error?.description.contains("stands in a condition") == true)
  }
}
