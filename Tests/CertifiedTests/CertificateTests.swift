import Algebra
import Arbitrary
import Exact
import Symbolic
import Testing

@testable import Certified

@Suite("Certificates of boundaries")
struct CertificateTests {
  /// A circle, a line through a corner of the box, and a curve with a singular point.
  private func certificate() throws -> CurveCertificate {
    let ring = try PolynomialRing(["x", "y"])
    let (x, y) = (Polynomial.variable(0, of: ring), Polynomial.variable(1, of: ring))
    let curves = try [
      x * x + y * y - .one, x - y, y * y - x * x * x,
    ].map { try PolynomialCurve($0) }
    let trace = try BoundaryTrace(curves, in: PlaneBox(x: -2, 2, y: -2, 2), points: 40)
    return CurveCertificate(
      condition: "test", horizontal: "x", vertical: "y", x: ["-2", "2"], y: ["-2", "2"],
      curves: try trace.certified().curves)
  }

  @Test("a certificate proves itself, also after coding")
  func proves() throws {
    let certificate = try certificate()
    let summary = try CertificateChecker.check(certificate)
    #expect(summary.curves == 3 && summary.components == 4 && summary.points > 20)
    #expect(summary.unknownCells > 0)
  }

  @Test("transcendental curves and kernels prove themselves")
  func kernels() throws {
    let (x, y) = (Symbol("x"), Symbol("y"))
    let formula = try FormulaCurve(
      Expression("y - x^2*sin(1/x)", symbols: [x, y]), x: x, y: y)
    let box = PlaneBox(x: try Rational(1, 10), 1, y: -1, 1)
    let first = try BoundaryTrace(formula, in: box, points: 20).certified().curves
    var certificate = CurveCertificate(
      condition: "test", horizontal: "x", vertical: "y", x: ["1/10", "1"], y: ["-1", "1"],
      curves: first)
    #expect(try CertificateChecker.check(certificate).components == 1)
    // exp(-1/x) = 2·exp(-1/y) from the corner on.
    let ring = try PolynomialRing(["x", "y"])
    let line = try PolynomialCurve(
      Polynomial.variable(0, of: ring) - Polynomial.variable(1, of: ring).scaled(by: 2))
    let map = CoordinateMap.exponential(0, -1, 1, 0)
    let second = try BoundaryTrace(
      line, in: PlaneBox(x: 0, 3, y: 0, 3), points: 20, xMap: map, yMap: map
    ).certified()
    #expect(second.boundary.uncertain.isEmpty && second.boundary.components.count == 1)
    certificate = CurveCertificate(
      condition: "test", horizontal: "x", vertical: "y", x: ["0", "3"], y: ["0", "3"],
      curves: second.curves)
    #expect(try CertificateChecker.check(certificate).components == 1)
  }

  private static let changes: [(String, @Sendable (inout CurveCertificate) -> Void)] = [
    ("rectangle", { $0.x[1] = "3" }),
    ("function", { $0.curves[0].function += " + 1/1000" }),
    ("cell bound", { $0.curves[0].cells[5].box[0] = "0.123" }),
    ("cell missing", { $0.curves[0].cells.removeLast() }),
    ("cell twice", { $0.curves[0].cells.append($0.curves[0].cells[0]) }),
    (
      "sign",
      { certificate in
        for index in certificate.curves[0].cells.indices
        where certificate.curves[0].cells[index].test == "positive" {
          certificate.curves[0].cells[index].test = "negative"
          return
        }
      }
    ),
    (
      "slope",
      { certificate in
        for index in certificate.curves[0].cells.indices
        where certificate.curves[0].cells[index].dy != 0 {
          certificate.curves[0].cells[index].dy *= -1
          return
        }
      }
    ),
    (
      "monotone for excluded",
      { certificate in
        for index in certificate.curves[0].cells.indices
        where certificate.curves[0].cells[index].test == "monotone" {
          certificate.curves[0].cells[index].test = "positive"
          certificate.curves[0].cells[index].dx = 0
          certificate.curves[0].cells[index].dy = 0
          return
        }
      }
    ),
    ("place", { $0.curves[0].places[0].between = ["1.9", "1.95"] }),
    ("place line", { $0.curves[0].places[0].at = "0.777" }),
    ("place missing", { $0.curves[0].places.removeLast() }),
    ("arc", { $0.curves[0].arcs[0].to = $0.curves[0].arcs[1].to }),
    ("arc cell", { $0.curves[0].arcs[0].cell += 1 }),
    ("arc missing", { $0.curves[0].arcs.removeLast() }),
    ("component order", { $0.curves[0].components[0].arcs.swapAt(0, 2) }),
    ("component closed", { $0.curves[0].components[0].closed = false }),
    ("component missing", { $0.curves[0].components.removeAll() }),
    ("point", { $0.curves[0].points[3].x = ["1/3"] }),
    ("point bound", { $0.curves[0].points[3].arc += 3 }),
    ("component index", { $0.curves[1].components[0].arcs[0] = 10_000 }),
    ("arc index", { $0.curves[1].arcs[0].from = -1 }),
  ]

  @Test("what was altered does not prove itself", arguments: changes.indices)
  func altered(index: Int) throws {
    var certificate = try certificate()
    Self.changes[index].1(&certificate)
    #expect(throws: (any Error).self) { try CertificateChecker.check(certificate) }
    // Not by the digest alone.
    certificate.digest = certificate.computedDigest
    #expect(throws: (any Error).self, "\(Self.changes[index].0)") {
      try CertificateChecker.check(certificate)
    }
  }
}
