import Foundation
import TestSupport
import Testing

/// The tool as its users run it: output, errors and exit statuses of `Docs` and the contract.
@Suite struct CommandLineTests {
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  /// The tool that was built with the tests.
  static let tool: URL? = {
    let folders =
      Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
      + [URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()]
      + ["debug", "release"].map { Oracle.packageRoot.appendingPathComponent(".build/\($0)") }
    return folders.map { $0.appendingPathComponent("separatrix-cli") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
      ?? folders.map { $0.appendingPathComponent("separatrix") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }()

  static func run(_ arguments: String...) throws -> Outcome { try run(arguments) }

  static func run(_ arguments: [String]) throws -> Outcome {
    let tool: URL = try #require(Self.tool, "the tool was not built")
    let process = Process()
    process.executableURL = tool
    process.arguments = arguments
    process.currentDirectoryURL = Oracle.packageRoot
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("separatrix-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // Files, not pipes: a pipe that nobody empties would stop a long output.
    let files = ["out", "err"].map { folder.appendingPathComponent($0) }
    for file in files { try Data().write(to: file) }
    let output = try FileHandle(forWritingTo: files[0])
    let errors = try FileHandle(forWritingTo: files[1])
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try output.close()
    try errors.close()
    return Outcome(
      status: process.terminationStatus,
      output: try String(contentsOf: files[0], encoding: .utf8),
      errors: try String(contentsOf: files[1], encoding: .utf8))
  }

  /// The sections on two qubits: the others take minutes in a build that is not optimised.
  static let document: String = {
    let path = Oracle.packageRoot.appendingPathComponent("derivations/reset-qubits.md")
    let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
    let copy = FileManager.default.temporaryDirectory
      .appendingPathComponent("reset-qubits-\(ProcessInfo.processInfo.processIdentifier).md")
    try? text.components(separatedBy: "\n## Another Hamiltonian")[0]
      .write(to: copy, atomically: true, encoding: .utf8)
    return copy.path
  }()

  /// Digits from mpmath 1.3: `mp.dps = 80; nstr(…, 60)`.
  @Test(
    arguments: [
      ("sqrt(2)", "", "50", "1.4142135623730950488016887242096980785696718753769"),
      (
        "exp(x)", "x=3893924827815215/1125899906842624", "60",
        "31.7692868261039258473145514520830323336405598394730339099769"
      ),
      ("sqrt(2) + x", "x=1/3", "30", "1.74754689570642838213502205754"),
      ("sqrt(2)^2 - 2", "", "30", "0"),
      ("1/4", "", "5", "0.25000"),
      ("-x", "x=0.1", "3", "-0.100"),
      ("exp(-230000)", "", "5", "1.8585e-99888"),
    ])
  func expressions(
    _ expression: String, _ point: String, _ digits: String, _ expected: String
  ) throws {
    let outcome =
      point.isEmpty
      ? try Self.run("evaluate", "--expression", expression, "--digits", digits)
      : try Self.run("evaluate", "--expression", expression, "--at", point, "--digits", digits)
    #expect(outcome.output == expected + "\n", "\(outcome.errors)")
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
  }

  /// Numbers with their forms; a digit changed, or a generic number, shows none.
  @Test(
    arguments: [
      (["4.0489173395223053135222144"], "4*cos(2*pi/7)*(1 + cos(2*pi/7))  (guess"),
      (["4.0489173395223053135223144"], ""), (["1.2345678901234567890123"], ""),
      (["sqrt(5 + 2*sqrt(6))"], "sqrt(2) + sqrt(3)  (proved)"),
      (["--", "-1.414213562373095048801688724209698"], "-sqrt(2)  (guess"),
      (
        [
          "2.3025850929940456840179914546843642", "--basis", "log(2)", "--basis", "log(5)",
        ], "log(2) + log(5)  (guess"
      ),
      (["5.568327996831707845284817982118", "--factor", "pi"], "pi^(3/2)  (guess"),
    ])
  func numbersAreRecognised(_ arguments: [String], _ expected: String) throws {
    let outcome = try Self.run(["recognise"] + arguments)
    #expect(outcome.status == (expected.isEmpty ? 1 : 0), "\(outcome.errors)")
    #expect(outcome.output.hasPrefix(expected))
    #expect(outcome.output.isEmpty == expected.isEmpty)
  }

  @Test func whatIsNoNumberIsNotRecognised() throws {
    #expect(try Self.run("recognise", "x + 1").status == 2)
    #expect(try Self.run("recognise", "2.5", "--degree", "99").status == 2)
    #expect(try Self.run("recognise", "i").status != 0)
  }

  @Test func anIntervalGivesAnEnclosure() throws {
    let outcome = try Self.run("evaluate", "--expression", "x^2 - x", "--at", "x=0..1")
    #expect(outcome.status == 0)
    let ends = outcome.output.trimmingCharacters(in: CharacterSet(charactersIn: "[]\n"))
      .components(separatedBy: ", ").compactMap(Double.init)
    try #require(ends.count == 2)
    #expect(ends[0] <= -0.25 && ends[0] > -0.3)
    #expect(ends[1] >= 0 && ends[1] < 0.05)
  }

  @Test func theNegativityOfTheDocument() throws {
    let point = "g=5/2,gamma=1,r=5"
    let text = try Self.run(
      "evaluate", Self.document, "negativity", "--at", point, "--digits", "40")
    #expect(text.output == "0.01327838827838827838827838827838827838828\n")
    let json = try Self.run(
      "evaluate", Self.document, "negativity", "--at", point, "--digits", "40", "--format", "json")
    #expect(json.output.contains("\"exact\" : \"29\\/2184\"") || json.output.contains("29/2184"))
  }

  @Test func whatHasNoInfluenceIsSaid() throws {
    let idle = try Self.run("evaluate", Self.document, "profile", "--at", "s=1/2,r=5")
    #expect(idle.status == 0 && idle.output.hasPrefix("0.08333"))
    #expect(idle.errors.contains("warning: 'profile' does not depend on r"))
    let all = try Self.run("evaluate", Self.document, "profile", "--at", "s=1/2")
    #expect(all.errors.isEmpty && all.output == idle.output)
  }

  @Test func theOnsetToAThousandDigits() throws {
    struct Recorded: Decodable {
      struct Onset: Decodable { let g, gamma, onset: String }
      let onsets: [Onset]
      enum CodingKeys: String, CodingKey { case onsets = "onset_in_r" }
    }
    let recorded = try Oracle.load("reset_qubits", as: Recorded.self).onsets
    let expected = try #require(recorded.first { $0.g == "5/2" && $0.gamma == "1" }).onset
    let outcome = try Self.run(
      "solve", Self.document, "onset", "--at", "g=5/2,gamma=1", "--digits", "1000")
    #expect(outcome.output == expected + "\n")
    let json = try Self.run(
      "solve", Self.document, "onset", "--at", "g=5/2,gamma=1", "--format", "json")
    #expect(json.output.contains("6*r^2 - 19*r - 26"))
  }

  @Test func checkPassesAndFails() throws {
    let good = try Self.run("check", Self.document)
    #expect(good.status == 0)
    #expect(!good.output.contains("undecided"))
    let text = try String(
      contentsOf: URL(fileURLWithPath: Self.document), encoding: .utf8)
    let folder = FileManager.default.temporaryDirectory
    let bad = folder.appendingPathComponent("separatrix-\(UUID().uuidString).md")
    defer { try? FileManager.default.removeItem(at: bad) }
    let changed = text.replacingOccurrences(
      of: "g^2*(r + gamma) - r*g", with: "g^2*(r + gamma) + r*g")
    #expect(changed != text)
    try changed.write(to: bad, atomically: true, encoding: .utf8)
    let refuted = try Self.run("check", bad.path, "--only", "eq3", "--format", "csv")
    #expect(refuted.status == 1)
    #expect(refuted.output.contains("refuted"))
    #expect(refuted.output.contains("left side"))
    try text.replacingOccurrences(of: "\"Eq. (3)\": negativity", with: "\"Eq. (3)\": negativty")
      .write(to: bad, atomically: true, encoding: .utf8)
    let misspelt = try Self.run("check", bad.path)
    #expect(misspelt.status == 2)
    #expect(misspelt.output.isEmpty)
    #expect(misspelt.errors.contains("error: unknown name 'negativty'"))
    #expect(misspelt.errors.contains("^~~~"))
  }

  @Test(
    arguments: [
      (["evaluate", document, "negativity", "--at", "g=1,gamma=1"], "no value is given for r"),
      (["evaluate", document, "negativity", "--at", "g=-1,gamma=1,r=1"], "outside the domain"),
      (["evaluate", document, "negativty", "--at", "g=1"], "did you mean 'negativity'?"),
      (["evaluate", document, "negativity", "--at", "q=1"], "q"),
      (["evaluate", "--expression", "sqrt(", "--digits", "5"], "error"),
      (["evaluate", "--expression", "1/0"], "zero"),
      (["evaluate", "--expression", "x", "--at", "x=1//2"], "x"),
      (["evaluate", "--expression", "2", "--digits", "0"], "digits"),
      (["check", "no-such-file.md"], "no-such-file.md"),
      (["check"], "argument"),
      (["solve", document, "onst"], "onset"),
      (["trace", document, "nothing"], "entangled"),
      (["plot", document, "fig1", "--out", "/tmp/figure.bmp"], "svg"),
      (["frobnicate"], "frobnicate"),
    ])
  func wrongInputExitsWithTwo(_ arguments: [String], _ mention: String) throws {
    let process = try Self.run(arguments)
    #expect(process.status == 2, "\(process.errors)")
    #expect(process.output.isEmpty)
    #expect(process.errors.contains(mention), "\(process.errors)")
  }

  @Test func helpExitsWithZero() throws {
    let help = try Self.run("--help")
    #expect(help.status == 0)
    #expect(help.output.contains("check"))
  }

  @Test func traceTellsExactCurves() throws {
    let outcome = try Self.run(
      "trace", Self.document, "entangled", "--points", "10", "--digits", "6", "--format", "json")
    #expect(outcome.status == 0)
    struct Result: Decodable {
      struct Formula: Decodable { let text, latex: String }
      struct Asymptote: Decodable {
        let direction, unknown, kind, side: String
        let value: Formula
      }
      struct Branch: Decodable { let value: Formula }
      struct Curve: Decodable {
        let components: [Int]
        let asymptotes: [Asymptote]
        let branches: [Branch]
        let asymptotesComplete: Bool
      }
      let exact: [Curve]
    }
    let result = try JSONDecoder().decode(Result.self, from: Data(outcome.output.utf8))
    let curve = try #require(result.exact.first)
    #expect(curve.components == [1] && curve.branches.count == 2 && curve.asymptotesComplete)
    #expect(
      curve.asymptotes.contains {
        $0.direction == "r -> infinity" && $0.unknown == "g" && $0.value.text == "r - 1"
          && $0.kind == "line" && $0.side == "below"
      })
    #expect(curve.branches[0].value.latex.contains("\\sqrt"))
  }

  @Test func traceWritesPointsOnTheCurve() throws {
    let outcome = try Self.run("trace", Self.document, "entangled", "--digits", "12")
    #expect(outcome.status == 0)
    let lines = outcome.output.split(whereSeparator: \.isNewline)
    #expect(lines.first == "component,r,g")
    #expect(lines.count > 100)
    for line in lines.dropFirst() {
      let fields = line.split(separator: ",").compactMap { Double($0) }
      try #require(fields.count == 3)
      let (r, g) = (fields[1], fields[2])
      let value = r * g * (r + 1) - (r + 0.5) * (r + 0.5) - g * g * (r + 1)
      #expect(abs(value) < 1e-7 * (1 + r * r * g))
    }
  }

  @Test func traceSummarisesAsText() throws {
    let outcome = try Self.run(
      "trace", Self.document, "entangled", "--digits", "12", "--points", "20", "--format", "text",
      "--spacing", "curvature")
    #expect(outcome.status == 0, "\(outcome.errors)")
    for part in ["1 component", "open", "on the edge", "it holds", "least at", "area where"] {
      #expect(outcome.output.contains(part), "\(part) in \(outcome.output)")
    }
    let wrong = try Self.run("trace", Self.document, "entangled", "--spacing", "wide")
    #expect(wrong.status == 2 && wrong.errors.contains("curvature"))
  }
}
