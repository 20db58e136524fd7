import Foundation
import Testing

/// `solve` of systems and `trace --slices` as users run them.
@Suite struct SystemCommandTests {
  private static let text = """
    # T

    ```separatrix
    parameter x, y, z real
    system tip: y == x^3 - 3*x, derivative(x^3 - 3*x, x) == 0 in x = 0..2, y = -5..5
    system open: exp(x) == 1 + x + y, y == -x^2*sin(x)/9 in x = -1..2, y = -1..1
    surface ball: x^2 + y^2 + z^2 < 1 in x = -2..2, y = -2..2 for z = -2..2
    ```
    """

  private func run(_ arguments: String...) throws -> CommandLineTests.Outcome {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("separatrix-\(UUID().uuidString).md")
    defer { try? FileManager.default.removeItem(at: file) }
    try Self.text.write(to: file, atomically: true, encoding: .utf8)
    return try CommandLineTests.run(arguments.map { $0 == "DOC" ? file.path : $0 })
  }

  @Test func solutionsALine() throws {
    let outcome = try run("solve", "DOC", "tip", "--digits", "6")
    #expect(outcome.status == 0)
    #expect(outcome.output == "x = 1.00000, y = -2.00000\n")
    let json = try run("solve", "DOC", "tip", "--format", "json")
    #expect(json.output.contains(#""exact" : "-2""#) && json.output.contains(#""complete" : true"#))
  }

  @Test func whatStaysOpenExitsWithOne() throws {
    let outcome = try run("solve", "DOC", "open")
    #expect(outcome.status == 1)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.errors.contains("undecided in x = ") && outcome.errors.contains("multiple root"))
  }

  @Test func unknownNames() throws {
    let outcome = try run("solve", "DOC", "tipp")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("did you mean 'tip'?"))
    #expect(try run("trace", "DOC", "tip", "--slices", "3").status == 2)
    #expect(try run("trace", "DOC", "ball", "--slices", "0").status == 2)
  }

  @Test func slices() throws {
    let outcome = try run("trace", "DOC", "ball", "--slices", "5", "--points", "8", "--digits", "8")
    #expect(outcome.status == 0)
    let lines = outcome.output.split(whereSeparator: \.isNewline)
    #expect(lines.first == "z,component,x,y")
    #expect(
      Set(lines.dropFirst().compactMap { $0.split(separator: ",").first }) == ["-0.8", "0", "0.8"])
    #expect(outcome.errors.contains("z = -1.0000000: critical"))
    #expect(outcome.errors.contains("below: 1 closed and 0 open, above: 0 closed and 0 open"))
    let json = try run(
      "trace", "DOC", "ball", "--slices", "2", "--points", "8", "--format", "json")
    #expect(json.output.contains(#""changes_count" : true"#))
  }

  @Test func listed() throws {
    let outcome = try run("list", "DOC")
    #expect(outcome.output.contains("tip") && outcome.output.contains("system"))
    #expect(outcome.output.contains("in x, y for z"))
  }
}
