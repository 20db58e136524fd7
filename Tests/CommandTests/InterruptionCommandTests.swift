import Foundation
import TestSupport
import Testing

/// Signals to the tool, and what is there afterwards.
@Suite struct InterruptionCommandTests {
  private func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("separatrix-stop-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// Runs the tool and interrupts it after some time, if it is not done before.
  private func run(
    _ arguments: [String], signal number: Int32, after seconds: Double
  ) throws -> (status: Int32, errors: String) {
    let tool: URL = try #require(CommandLineTests.tool, "the tool was not built")
    let process = Process()
    process.executableURL = tool
    process.arguments = arguments
    process.currentDirectoryURL = Oracle.packageRoot
    let file = try folder().appendingPathComponent("err")
    defer { try? FileManager.default.removeItem(at: file.deletingLastPathComponent()) }
    try Data().write(to: file)
    process.standardError = try FileHandle(forWritingTo: file)
    process.standardOutput = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let end = Date(timeIntervalSinceNow: seconds)
    while process.isRunning, Date() < end { Thread.sleep(forTimeInterval: 0.01) }
    if process.isRunning { kill(process.processIdentifier, number) }
    process.waitUntilExit()
    return (process.terminationStatus, try String(contentsOf: file, encoding: .utf8))
  }

  /// Curves that take some seconds at so many digits.
  private static let document = """
    ```separatrix
    parameter s, t > 0
    boundary many: exp(-1/s)^2*(1 + exp(-1/t)) < 2*exp(-3/t) + exp(-1/s)/7 in s = 0..3, t = 0..3
    ```
    """

  @Test("a trace that is interrupted twice and taken up gives what one run gives")
  func trace() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let document = folder.appendingPathComponent("curve.md")
    try Self.document.write(to: document, atomically: true, encoding: .utf8)
    let (whole, result) = ("whole.json", "result.json")
    let partial = folder.appendingPathComponent(result + ".partial")
    func arguments(_ out: String) -> [String] {
      [
        "trace", document.path, "many", "--digits", "700", "--points", "300", "--format", "json",
        "--out", folder.appendingPathComponent(out).path,
      ]
    }
    #expect(try CommandLineTests.run(arguments(whole)).status == 0)
    // Soon after the start nothing is written yet, later less is left to do.
    var interruptions = 0
    for delay in [0.15, 0.3, 0.45, 0.6, 0.8, 1.2, 2.4] where interruptions < 2 {
      let outcome = try run(
        arguments(result), signal: interruptions == 0 ? SIGINT : SIGTERM, after: delay)
      let isKept = FileManager.default.fileExists(atPath: partial.path)
      if outcome.status == 0 { break }
      #expect(outcome.status == 3)
      #expect(outcome.errors.hasPrefix("interrupted"))
      #expect(!outcome.errors.contains("\u{1B}"), "no progress on what is no terminal")
      #expect(outcome.errors.contains(partial.path) == isKept)
      if isKept { interruptions += 1 }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(Set(names).isSubset(of: ["curve.md", whole, result + ".partial"]))
    }
    #expect(interruptions > 0)
    let last = try CommandLineTests.run(arguments(result))
    #expect(last.status == 0 && last.errors.isEmpty && last.output.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: partial.path))
    #expect(
      try Data(contentsOf: folder.appendingPathComponent(whole))
        == Data(contentsOf: folder.appendingPathComponent(result)))
  }

  @Test("a damaged checkpoint is named, left out and replaced")
  func damaged() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let out = folder.appendingPathComponent("curve.csv")
    let partial = URL(fileURLWithPath: out.path + ".partial")
    try "separatrix trace checkpoint 1\nproblem 1-1\nsum 0-0\n".write(
      to: partial, atomically: true, encoding: .utf8)
    let outcome = try CommandLineTests.run(
      "trace", CommandLineTests.document, "entangled", "--digits", "8", "--points", "20", "--out",
      out.path)
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("warning: ") && outcome.errors.contains("damaged"))
    #expect(!FileManager.default.fileExists(atPath: partial.path))
    #expect(FileManager.default.fileExists(atPath: out.path))
  }

  @Test("other commands end with status 3 and say so", arguments: [SIGINT, SIGTERM])
  func others(_ number: Int32) throws {
    let outcome = try run(
      ["check", "derivations/two-bath-qubits.md"], signal: number, after: 0.3)
    #expect(outcome.status == 3)
    #expect(outcome.errors == "interrupted\n")
  }

  @Test("rows that are written are whole when a table is interrupted")
  func rows() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let table = folder.appendingPathComponent("points.csv")
    let rows = (1...3000).map { "\($0)/7" }
    try ("x\n" + rows.joined(separator: "\n") + "\n").write(
      to: table, atomically: true, encoding: .utf8)
    let outcome = try run(
      ["evaluate", "--expression", "exp(x) + sin(x)", "--points", table.path, "--digits", "2000"],
      signal: SIGINT, after: 0.4)
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("interrupted after"))
  }
}
