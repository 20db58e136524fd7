import Exact
import Foundation
import Symbolic
import Testing

@testable import Documents

/// Systems of equations and surfaces in documents.
@Suite("Systems and surfaces of documents")
struct SystemDocumentTests {
  private static func document(_ statements: String) throws -> Document {
    try Document(SourceText("# T\n\n```separatrix\n\(statements)\n```\n", file: "t.md"))
  }

  /// The entangled region of the reset qubits, Eq. (3).
  private static let reset = """
    parameter g, r, gamma > 0
    let f3 = -(gamma*(r + gamma/2)^2 + g^2*(r + gamma) - r*g*(r + gamma))
    """

  @Test("the least reset rate at which two qubits are entangled, exact")
  func tip() throws {
    let document = try Self.document(
      """
      \(Self.reset)
      system tip: f3 == 0, derivative(f3, g) == 0 in r = 0..20, g = 0..20 with gamma = 1
      threshold least: f3 > 0 in r for some g with gamma = 1
      """)
    let solved = try document.solveSystem("tip", at: [:], digits: 30)
    #expect(solved.isComplete && solved.points.count == 1 && solved.unknowns == ["r", "g"])
    let point = try #require(solved.points.first)
    #expect(point.coordinates[0].closedForm == "4*cos(2*pi/7)*(1 + cos(2*pi/7))")
    #expect(point.coordinates[1].minimalPolynomial == [-1, -8, -12, 8])
    // An independent road: the projection of the region.
    let least = try document.solve("least", at: [:], digits: 30)
    #expect(least.roots.map(\.digits) == [point.coordinates[0].digits])
  }

  @Test(
    "the two-bath qubits: the highest T2 of the boundary, and T1 at one T2 as the threshold has it")
  func twoBaths() throws {
    let document = try Self.document(
      """
      parameter T1, T2, J > 0
      let x1 = exp(-1/T1)
      let x2 = exp(-1/T2)
      let down = 1/(1 - x1) + J/(1 - x2)
      let up = x1/(1 - x1) + J*x2/(1 - x2)
      let b = J/(1 - x2)
      let bu = J*x2/(1 - x2)
      let eta = up/down
      let bracket = 4*(bu - eta*b)^2 + down^2*(1 + eta)^4 - (b + bu)*(b*(1 + 3*eta^2) + bu*(3 + eta^2))
      let c = down*(bu - eta*b)*(1 - eta^2)/bracket
      let p1 = (1 + c/down*((2 + eta)*b - bu))/(1 + eta)^2
      let p4 = (eta^2 + c/down*((1 + 2*eta)*bu - eta*b))/(1 + eta)^2
      system top: p1*p4 == c^2, derivative(p1*p4 - c^2, T1) == 0 in T1 = 1/2..8, T2 = 1/10..3/5 with J = 10
      system t1max: p1*p4 == c^2, T2 == 1/10 in T1 = 1..20, T2 = 1/20..1/2 with J = 50
      threshold T1max: p1*p4 < c^2 in T1 with T2 = 1/10, J = 50
      """)
    let top = try document.solveSystem("top", at: [:], digits: 25)
    #expect(top.isComplete && top.points.count == 1)
    // mpmath's findroot on the two equations.
    #expect(
      top.points[0].coordinates.map(\.digits) == [
        "0.8589715505183859146637805", "0.3137669500100668912866567",
      ])
    let system = try document.solveSystem("t1max", at: [:], digits: 25)
    let threshold = try document.solve("T1max", at: [:], digits: 25)
    #expect(system.isComplete && system.points.count == 1)
    #expect(system.points[0].coordinates[0].digits == threshold.roots.last?.digits)
    #expect(system.points[0].coordinates[1].exact == Rational("1/10"))
  }

  @Test("conditions after 'where', and where names are defined, drop solutions")
  func conditions() throws {
    let document = try Self.document(
      """
      parameter x, y real
      let half = x where y > 0
      system all: x == y, x^2 + y^2 == 2 in x = -3..3, y = -3..3
      system some: x == y, x^2 + y^2 == 2 in x = -3..3, y = -3..3 where x < 0
      system defined: half == y, x^2 + y^2 == 2 in x = -3..3, y = -3..3
      system none: x == y, x^2 + y^2 == 2 in x = -3..3, y = -3..3 where x != 1, x > 0
      """)
    func values(_ id: String) throws -> [Rational?] {
      let solved = try document.solveSystem(id, at: [:], digits: 10)
      #expect(solved.isComplete)
      return solved.points.map { $0.coordinates[0].exact }
    }
    #expect(try values("all") == [-1, 1])
    #expect(try values("some") == [-1])
    #expect(try values("defined") == [1])
    #expect(try values("none") == [])
  }

  @Test("the maximum of a negativity with its corner, where it is positive")
  func maximum() throws {
    let document = try Self.document(
      """
      parameter x, y real
      let N = max(0, 1 - x^2 - 2*(y - x/2)^2 + x/3)
      system top: derivative(N, x) == 0, derivative(N, y) == 0 in x = -3..3, y = -3..3 where N > 0
      """)
    let solved = try document.solveSystem("top", at: [:], digits: 10)
    #expect(solved.isComplete)
    #expect(
      solved.points.map { $0.coordinates.map(\.exact) } == [[Rational("1/6"), Rational("1/12")]])
  }

  @Test("values from outside, and what they may not be")
  func values() throws {
    let document = try Self.document(
      """
      parameter x, y, a real
      parameter s > 0
      system t: x + y == a, x == y in x = -3..3, y = -3..3
      system u: s^2 == 4, y == s in s = -5..5, y = -5..5
      """)
    let a = try #require(document.parameter(named: "a")).symbol
    let x = try #require(document.parameter(named: "x")).symbol
    #expect(
      try document.solveSystem("t", at: [a: 1], digits: 5).points[0].coordinates[0].exact
        == Rational("1/2"))
    #expect(throws: DocumentError.self) { try document.solveSystem("t", at: [:], digits: 5) }
    #expect(throws: DocumentError.self) {
      try document.solveSystem("t", at: [a: 1, x: 1], digits: 5)
    }
    #expect(throws: DocumentError.self) { try document.solveSystem("v", at: [:], digits: 5) }
    // Within the domain of s.
    #expect(
      try document.solveSystem("u", at: [:], digits: 5).points.map { $0.coordinates[0].exact } == [
        2
      ])
  }

  @Test("errors of the statements, each at its place")
  func errors() {
    for (statement, expected) in [
      ("system t: x + y == 0, x == y in x = 0..1", "2 equations in 1 unknown"),
      ("system t: x + y == 0 in x = 0..1, y = 0..1", "1 equation in 2 unknowns"),
      ("system t: x + y > 0, x == y in x = 0..1, y = 0..1", "expected one equation"),
      ("system t: x == y == 0, x == 1 in x = 0..1, y = 0..1", "expected one equation"),
      ("system t: x == u, x == y in x = 0..1, y = 0..1", "unknown name 'u'"),
      ("system t: x == 1, x^2 == 1 in x = 0..1, y = 0..1", "'y' does not occur"),
      ("system t: x == y, x^2 == 1 in x = 1..1, y = 0..1", "the range is empty"),
      ("system t: x == y, x^2 == 1 in x = 0..1, x = 0..1", "'x' is given twice"),
      ("system t: x == y, x^2 == 1 in x = 0..1, y = 0..1 with x = 1", "'x' is sought"),
      ("system t: x == y, x^2 == 1", "expected 'in' after the equations"),
      ("surface t: x > y in x = 0..1, y = 0..1", "expected 'for'"),
      ("surface t: x > y in x = 0..1, y = 0..1 for x = 0..1", "'x' is given twice"),
      ("surface t: x == y in x = 0..1, y = 0..1 for z = 0..1", "expected one inequality"),
      ("surface t: x > y in x = 0..1, y = 0..1 for z = 0..1, w = 0..1", "expected one range"),
    ] {
      do {
        _ = try Self.document("parameter x, y, z real\n" + statement)
        Issue.record("no error: \(statement)")
      } catch {
        #expect("\(error)".contains(expected), "\(error)")
        #expect("\(error)".contains("^"))
      }
    }
  }

  @Test("slices of a sphere: circles, and points at the poles")
  func sphere() throws {
    let document = try Self.document(
      """
      parameter x, y, z, w real
      surface ball: x^2 + y^2 + w^2 < 1 in x = -2..2, y = -2..2 for z = -2..2 with w = z
      """)
    let surface = try document.slices("ball", at: [:], digits: 15, slices: 5, points: 12)
    #expect(surface.isComplete)
    #expect(surface.slices.map(\.value) == ["-1.6", "-0.8", "0", "0.8", "1.6"])
    #expect(surface.slices.map(\.boundary.components.count) == [0, 1, 1, 1, 0])
    for slice in surface.slices {
      let z = try #require(Double(slice.value))
      for component in slice.boundary.components {
        for point in component.points {
          let (x, y) = try (#require(Double(point.x)), #require(Double(point.y)))
          #expect(abs(x * x + y * y + z * z - 1) < 1e-12)
        }
      }
    }
    #expect(surface.changes.map(\.value.exact) == [-1, 1])
    #expect(surface.changes.map(\.changesCount) == [true, true])
    #expect(surface.changes[0].before == .init(closed: 0, open: 0))
    #expect(surface.changes[0].after == .init(closed: 1, open: 0))
  }

  @Test("kernels as coordinates: complete down to temperature zero")
  func kernels() throws {
    let document = try Self.document(
      """
      parameter s, t, c > 0
      surface cold: exp(-1/s) + exp(-1/t) + c < 1 in s = 0..3, t = 0..3 for c = 1/10..2
      surface hot: exp(-1/s) + c^2 + t < 1 in c = 0..1/2, t = 0..1/2 for s = 0..3
      """)
    let surface = try document.slices("cold", at: [:], digits: 12, slices: 2, points: 8)
    #expect(surface.isComplete)
    #expect(surface.changes.map { $0.events.map(\.kind) } == [["corner", "corner"], ["corner"]])
    // 1 - exp(-1/3) and 1.
    #expect(surface.changes.map(\.value.digits) == ["0.283468689426", "1.00000000000"])
    #expect(surface.changes.map(\.before?.open) == [1, 1])
    #expect(surface.changes.map(\.after?.open) == [1, 0])
    // The swept parameter through a kernel: exp(-1/s) = 1/4, 1/2, 3/4 at corners and the tangency on c = 0.
    let hot = try document.slices("hot", at: [:], digits: 12, slices: 2, points: 8)
    #expect(hot.isComplete)
    for change in hot.changes {
      let s = try #require(Double(change.value.digits ?? ""))
      #expect([0.25, 0.5, 0.75].contains { abs(exp(-1 / s) - $0) < 1e-9 })
    }
  }

  @Test("reciprocal kernels: the changes of a cone, and an apex that stays on the corner")
  func reciprocalKernels() throws {
    let document = try Self.document(
      """
      parameter s, t, z > 0
      surface cone: exp(-1/s) < z*exp(-1/t) in s = 1..3, t = 1..3 for z = 9/10..2
      surface apex: exp(-1/s) < z*exp(-1/t) in s = 0..3, t = 0..3 for z = 11/10..6/5
      """)
    let cone = try document.slices("cone", at: [:], digits: 12, slices: 1, points: 8)
    #expect(cone.isComplete)
    #expect(cone.changes.map { $0.events.map(\.kind) } == [["corner", "corner"], ["corner"]])
    // 1 and exp(2/3).
    #expect(cone.changes.map(\.value.digits) == ["1.00000000000", "1.94773404105"])
    let apex = try document.slices("apex", at: [:], digits: 12, slices: 1, points: 8)
    #expect(!apex.isComplete && apex.undecided.contains { $0.kind == "corner" })
  }

  @Test("the reset qubits in three parameters: where the region leaves the rectangle")
  func resetQubits() throws {
    let document = try Self.document(
      """
      \(Self.reset)
      surface skin: f3 > 0 in r = 0..20, g = 0..20 for gamma = 1/10..10
      """)
    let surface = try document.slices("skin", at: [:], digits: 12, slices: 2, points: 12)
    #expect(surface.isComplete && !surface.changes.isEmpty)
    // At r = 20 the region shrinks to one g: f3 = 0 has a double zero in g.
    let last = try #require(surface.changes.last)
    #expect(last.events.map(\.kind) == ["edge"] && last.events[0].x.exact == 20)
    #expect(last.before?.open == 1 && last.after == .init(closed: 0, open: 0))
    let gamma = try #require(Double(last.value.digits ?? ""))
    let (r, g) = (20.0, try #require(Double(last.events[0].y.digits ?? "")))
    #expect(abs(g - r / 2) < 1e-9)
    #expect(abs(gamma * (r + gamma / 2) * (r + gamma / 2) - r * r / 4 * (r + gamma)) < 1e-6)
  }
}
