import Algebra
import Arbitrary
import Exact
import Symbolic
import Testing

@testable import Certified

@Suite("Where slices of a surface change")
struct SurfaceTopologyTests {
  private static func topology(
    _ formula: String, _ x: (Rational, Rational), _ y: (Rational, Rational),
    _ z: (Rational, Rational), boxLimit: Int = 60_000
  ) throws -> SurfaceTopology {
    let symbols = ["x", "y", "z"].map { Symbol($0, .real) }
    return try SurfaceTopology(
      of: Expression(formula, symbols: symbols), x: .init(symbols[0], x.0, x.1),
      y: .init(symbols[1], y.0, y.1), sweep: .init(symbols[2], z.0, z.1), boxLimit: boxLimit)
  }

  @Test("a sphere: at its poles and nowhere else")
  func sphere() throws {
    let found = try Self.topology("x^2 + y^2 + z^2 - 1", (-2, 2), (-2, 2), (-2, 2))
    #expect(found.undecided.isEmpty)
    #expect(found.changes.map { $0.map(\.z.rational) } == [[-1], [1]])
    #expect(found.changes.allSatisfy { $0[0].kind == .critical && $0[0].isSimple })
    #expect(try found.samples(from: -2, to: 2).map(\.groupsBelow) == [0, 1, 2])
  }

  @Test("a sphere through the sides of the box: corners, edges, poles")
  func cutSphere() throws {
    let found = try Self.topology("x^2 + y^2 + z^2 - 4", (-1, 1), (-1, 1), (0, 3))
    #expect(found.undecided.isEmpty)
    #expect(found.changes.map(\.count) == [4, 4, 1])
    #expect(found.changes.map(\.[0].kind) == [.corner, .edge, .critical])
    let squares = found.changes.compactMap { $0[0].z.algebraic?.minimalPolynomial.coefficients }
    #expect(squares == [[-2, 0, 1], [-3, 0, 1], [-2, 1]])
  }

  @Test("a torus on its side: four critical values; upright, a circle of them stays open")
  func torus() throws {
    let side = try Self.topology(
      "(x^2 + y^2 + z^2 + 3)^2 - 16*(x^2 + z^2)", (-4, 4), (-2, 2), (-4, 4))
    #expect(side.undecided.isEmpty)
    #expect(side.changes.map { $0.map(\.z.rational) } == [[-3], [-1], [1], [3]])
    let upright = try Self.topology(
      "(x^2 + y^2 + z^2 + 3)^2 - 16*(x^2 + y^2)", (-4, 4), (-4, 4), (-2, 2), boxLimit: 4000)
    #expect(!upright.undecided.isEmpty)
    for value: Rational in [-1, 1] {
      #expect(upright.undecided.contains { $0.lower <= value && value <= $0.upper })
    }
  }

  @Test("an edge on which the formula has no value is named, not passed over")
  func noValueOnAnEdge() throws {
    let found = try Self.topology(
      "x + exp(-1/y)*sin(x) - z", (-1, 1), (0, 1), (-1, 1), boxLimit: 400)
    #expect(found.undecided.contains { $0.kind == .edge && $0.reason.contains("no value") })
    let inside = try Self.topology(
      "x + exp(-1/y)*sin(x) - z", (-1, 1), (1, 2), (-3, 3), boxLimit: 4000)
    #expect(!inside.undecided.contains { $0.reason.contains("no value") })
  }

  @Test("a degenerate critical point is exact by elimination")
  func monkeySaddle() throws {
    let found = try Self.topology(
      "x^3 - 3*x*y^2 + z", (-1, 1), (-1, 1), (Rational("-1/2") ?? 0, Rational("1/3") ?? 0))
    #expect(found.undecided.isEmpty)
    #expect(found.changes.map { $0.map(\.z.rational) } == [[0]])
    #expect(found.changes[0][0].isSimple == false)
  }

  @Test("a surface that ends where its formula does is not called complete")
  func ends() throws {
    for formula in ["sqrt(x) - z", "abs(x) + y/2 - z", "x*log(x) + y/3 - z"] {
      let found = try Self.topology(formula, (-1, 1), (-1, 1), (-1, 1), boxLimit: 3000)
      #expect(found.undecided.contains { $0.lower <= 0 && 0 <= $0.upper })
    }
  }

  @Test("a perturbed formula has other values")
  func perturbed() throws {
    let found = try Self.topology("x^2 + y^2 + z^2 - 1 + x/10^9", (-2, 2), (-2, 2), (-2, 2))
    #expect(found.undecided.isEmpty && found.changes.count == 2)
    #expect(found.changes.allSatisfy { $0[0].z.rational == nil })
  }
}
