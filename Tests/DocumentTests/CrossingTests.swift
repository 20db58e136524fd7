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

  @Test(arguments: [("circle", "circle"), ("circle", "other"), ("line", "apart"), ("line", "none")])
  func errors(_ one: String, _ other: String) {
    #expect(throws: DocumentError.self) { try crossings(one, other) }
  }
}
