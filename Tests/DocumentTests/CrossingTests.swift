import Documents
import Exact
import Symbolic
import Testing

/// The points at which two boundaries cross.
struct CrossingTests {
  private static let text = """
    ```separatrix
    parameter x, y, z real
    parameter a > 0
    boundary circle: x^2 + y^2 < a^2 in x = -2..2, y = -2..2 with a = 1
    boundary line:   y > x in x = -2..2, y = -2..2
    boundary half:   max(0, y - x) > 0 in x = 0..2, y = -2..2
    boundary wave:   y > cos(x) in x = -2..2, y = -2..2
    boundary far:    y > x + 5 in x = -2..2, y = -2..2
    boundary other:  z > x in x = -2..2, z = -2..2
    boundary apart:  y > x in x = 3..4, y = 3..4
    ```
    """

  private func crossings(_ one: String, _ other: String) throws -> SolvedSystem {
    try Document(SourceText(Self.text, file: "c.md"))
      .crossings(of: one, and: other, at: [:], digits: 20)
  }

  @Test(
    arguments: [
      ("circle", "line", [["-sqrt(2)/2", "-sqrt(2)/2"], ["sqrt(2)/2", "sqrt(2)/2"]]),
      ("circle", "half", [["sqrt(2)/2", "sqrt(2)/2"]]), ("far", "line", []),
    ])
  func exact(_ one: String, _ other: String, expected: [[String]]) throws {
    let found = try crossings(one, other)
    #expect(found.isComplete)
    let places = found.points.map { $0.coordinates.map { $0.closedForm ?? "" } }
    #expect(places.sorted { $0[0] < $1[0] } == expected.sorted { $0[0] < $1[0] })
  }

  /// The fixed point of the cosine, from mpmath: `findroot(lambda x: cos(x) - x, 1)`.
  @Test func ofAFormula() throws {
    let found = try crossings("wave", "line")
    #expect(found.isComplete)
    #expect(found.points.map { $0.coordinates[0].digits } == ["0.73908513321516064166"])
  }

  /// Nodes at places that are not rational: (±√2, 0), by the formula itself.
  @Test func irrationalNodesAreProved() throws {
    let document = try Document(
      SourceText(
        """
        ```separatrix
        parameter x, y real
        boundary nodes: y^2 > (x^2 - 2)^2*(x + 3) in x = -7/2..2, y = -5..5
        boundary crossed: y^2 > (x^2 - 2)^2*(x + 3) + 1/1000 in x = -7/2..2, y = -5..5
        ```
        """, file: "n.md"))
    let nodes = try document.trace("nodes", at: [:], digits: 12, points: 20, details: .all)
    #expect(nodes.uncertain.isEmpty)
    let found = nodes.details.singularPoints
    #expect(found.map(\.branches) == [4, 4] && found.allSatisfy(\.isProved))
    let root = "1.41421356237"
    #expect(Set(found.map { $0.point.x.digits }) == [root, "-" + root])
    let crossed = try document.trace("crossed", at: [:], digits: 12, points: 20, details: .all)
    #expect(crossed.details.singularPoints.isEmpty && crossed.uncertain.isEmpty)
  }

  @Test(arguments: [("circle", "circle"), ("circle", "other"), ("line", "apart"), ("line", "none")])
  func errors(_ one: String, _ other: String) {
    #expect(throws: DocumentError.self) { try crossings(one, other) }
  }
}
