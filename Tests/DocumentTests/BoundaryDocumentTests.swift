import Certified
import Exact
import Symbolic
import Testing

@testable import Documents
@testable import Reports

@Suite("Boundaries of conditions")
struct BoundaryDocumentTests {
  private func document() throws -> Document {
    try Document(
      SourceText(
        """
        ```separatrix
        parameter x, y real
        parameter s, t > 0
        boundary kernel: exp(-1/s)*(1 + exp(-1/t)) < 2*exp(-1/t) in s = 0..3, t = 0..3
        boundary corner: max(x, y^2) > 1/2 in x = -1..1, y = -1..1
        boundary root: sqrt(x^2 + y^2) - x > 1/2 in x = -1..1, y = -1..1
        boundary node: sin(x*y) > 0 in x = -1..1, y = -1..1
        boundary wave: y > x^2*sin(1/x) in x = 0..1, y = -1..1
        figure picture: outline corner "max", root "root" in x = -1..1, y = -1..1
        ```
        """))
  }

  @Test("kernels as coordinates: a branch from the corner where they are flat to all orders")
  func kernel() throws {
    let boundary = try document().trace("kernel", at: [:], digits: 30, points: 40)
    #expect(boundary.uncertain.isEmpty && boundary.components.count == 1)
    let component = try #require(boundary.components.first)
    #expect(component.points.first?.x == "0" && component.points.first?.y == "0")
    #expect(
      [component.holdsOnLeft, component.holdsOnRight].compactMap { $0 }.sorted { !$0 && $1 } == [
        false, true,
      ])
    #expect(try CertificateChecker.check(boundary.certificate).unknownCells == 0)
  }

  @Test("pieces of curves that cross: only those at which the condition changes")
  func corner() throws {
    let boundary = try document().trace("corner", at: [:], digits: 20, points: 60)
    #expect(boundary.uncertain.isEmpty && boundary.components.count == 3)
    for component in boundary.components {
      #expect(component.holdsOnLeft != component.holdsOnRight)
      for point in component.points {
        let (x, y) = try (#require(Double(point.x)), #require(Double(point.y)))
        #expect(abs(max(x, y * y) - 0.5) < 1e-5)
      }
    }
  }

  @Test("crossings and areas of a condition whose curves cross")
  func features() throws {
    let details = try document().trace("corner", at: [:], digits: 20, points: 30).details
    // 4 less the part x < 1/2, |y| < √(1/2).
    let area = 4 - 1.5 * 2.0.squareRoot()
    let holds = try #require(details.areas?.holds)
    let (low, high) = try (#require(Double(holds.lower)), #require(Double(holds.upper)))
    #expect(low <= area + 1e-14 && area - 1e-14 <= high && high - low < 1e-9)
    #expect(details.crossings.count == 2 && details.tips.isEmpty)
    #expect(details.crossings.allSatisfy { $0.x.digits == "0.50000000000000000000" })
    #expect(
      details.crossings.compactMap(\.y.digits).sorted() == [
        "-0.70710678118654752440", "0.70710678118654752440",
      ])
    #expect(details.crossings.allSatisfy { $0.y.exact?.minimalPolynomial == [-1, 0, 2] })
  }

  @Test("points by curvature: as many, nearer where the curve bends")
  func spacing() throws {
    let document = try Document(
      SourceText(
        """
        ```separatrix
        parameter x, y real
        boundary bend: y > 1/(1 + 400*x^2) in x = -1..1, y = -1..2
        ```
        """))
    func near(_ spacing: BoundarySpacing) throws -> (near: Int, all: Int) {
      let points = try document.trace(
        "bend", at: [:], digits: 12, points: 100, spacing: spacing, details: []
      ).components.flatMap(\.points)
      return (points.count { abs(Double($0.x) ?? 9) < 0.2 }, points.count)
    }
    let (even, curved) = (try near(.even), try near(.curvature))
    #expect(abs(even.all - curved.all) < 12)
    #expect(curved.near > even.near + 10)
  }

  @Test("a norm's other half is dropped")
  func root() throws {
    let boundary = try document().trace("root", at: [:], digits: 20, points: 60)
    #expect(!boundary.components.isEmpty)
    for component in boundary.components {
      for point in component.points {
        let (x, y) = try (#require(Double(point.x)), #require(Double(point.y)))
        #expect(abs((x * x + y * y).squareRoot() - x - 0.5) < 1e-9)
      }
    }
  }

  @Test("formulas that are not algebraic: crossings are proved, what stays open is named")
  func formulas() throws {
    let node = try document().trace("node", at: [:], digits: 15, points: 40)
    #expect(node.uncertain.isEmpty && node.components.count == 4)
    let wave = try document().trace("wave", at: [:], digits: 15, points: 40)
    #expect(wave.components.count == 1 && wave.uncertain.count == 1)
    #expect(try CertificateChecker.check(wave.certificate).components == 1)
  }

  @Test("a figure of outlines")
  func outline() throws {
    let figure = try document().figure("picture")
    #expect(figure.curves.map(\.label) == ["max", "root"])
    #expect(figure.map == nil && figure.curves.allSatisfy { $0.points.count > 100 })
  }
}
