import ArgumentParser
import Foundation

/// `bench`: evaluates the closed forms with Separatrix and with its rivals in one interleaved run, and
/// prints medians and ratios. `Docs/performance.md` says how to read them.
@main
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Times closed forms and exact algebra against other systems, in interleaved runs.")

  @Option(
    help: """
      The workloads: the letters a, b, c of closed forms, w2 for exact algebra, w3 for roots.
      """)
  var only = "a,b,c,w2,w3"

  @Option(help: "Precisions in bits, separated by commas; 0 or 'double' for doubles.")
  var precisions = "53,113,256,1024,10000,double"

  @Option(help: "Rounds; medians are taken over them.")
  var rounds = 9

  @Option(help: "Milliseconds that an engine runs in a round.")
  var slice = 30

  @Option(help: "Only engines whose name contains this (and those that ratios refer to).")
  var engine: String?

  @Option(help: "Only tasks of exact algebra and of roots whose title contains this.")
  var tasks: String?

  @Flag(help: "Three short rounds: a look, and a check of all values, in less than a minute.")
  var quick = false

  @Flag(help: "Print the tables as Markdown.")
  var markdown = false

  @Option(help: "Print the tables of these results and run nothing.")
  var from: String?

  @Option(help: "Where the results are written, as JSON.")
  var output = ".build/bench/results.json"

  @Option(help: "The folder with the compiled rivals.")
  var programs = ".build/bench"

  @Option(help: "The folder with the rivals' sources.")
  var scripts = "Tests/Oracles/rivals"

  @Option(help: "The Python that runs the rivals in Python.")
  var python = ProcessInfo.processInfo.environment["PYTHON"] ?? "python3"

  mutating func run() throws {
    if let from {
      guard let data = try? Data(contentsOf: URL(fileURLWithPath: from)),
        let results = try? JSONDecoder().decode(Results.self, from: data)
      else { throw BenchError.input("no results of this program in '\(from)'") }
      show(results)
      return
    }
    let workloads = Workload.all.filter { only.contains($0.letter) }
    let columns = try columns()
    let hasAlgebra = only.contains("w2")
    let hasRoots = only.contains("w3")
    guard !workloads.isEmpty || hasAlgebra || hasRoots, rounds > 0, slice > 0 else {
      throw ValidationError(
        "nothing to do: choose among the workloads a, b, c, w2, w3, and some rounds")
    }
    var results = Results(machine: Results.describeMachine())
    if !workloads.isEmpty { try evaluate(workloads, columns, into: &results) }
    if hasAlgebra { try solve(into: &results) }
    if hasRoots { try findRoots(into: &results) }
    show(results)
  }

  /// The closed forms.
  private func evaluate(
    _ workloads: [Workload], _ columns: [Precision], into results: inout Results
  ) throws {
    let own = SeparatrixEngines.all().filter { candidate in
      engine.map { candidate.name.range(of: $0, options: .caseInsensitive) != nil } ?? true
    }
    let rivals = Rivals.start(
      programs: URL(fileURLWithPath: programs), scripts: URL(fileURLWithPath: scripts),
      python: python, matching: engine, isQuick: quick, skipped: Self.tell)
    let harness = Harness(
      engines: own + rivals, rounds: quick ? 3 : rounds,
      slice: Double(quick ? 4 : slice) / 1000)
    for workload in workloads {
      for column in columns {
        Self.tell("(\(workload.letter)) \(column.title)")
        results.measurements += try harness.measure(workload, column)
        // After every column, so that an interrupted run leaves what it has.
        try results.write(to: URL(fileURLWithPath: output))
      }
    }
  }

  /// The tasks of exact algebra.
  private func solve(into results: inout Results) throws {
    let harness = AlgebraHarness(
      own: SeparatrixAlgebra(),
      rivals: Rivals.startAlgebra(
        programs: URL(fileURLWithPath: programs), scripts: URL(fileURLWithPath: scripts),
        python: python, matching: engine, skipped: Self.tell),
      rounds: quick ? 3 : rounds, slice: Double(quick ? 20 : max(slice, 100)) / 1000)
    for task in try AlgebraTask.all()
    where tasks.map({ task.title.localizedStandardContains($0) }) ?? true {
      Self.tell("(w2) \(task.title)")
      results.measurements += try harness.measure(task)
      try results.write(to: URL(fileURLWithPath: output))
    }
  }

  /// Roots to many digits.
  private func findRoots(into results: inout Results) throws {
    let harness = RootHarness(
      own: [SeparatrixRoot(.kernel), SeparatrixRoot(.formula), SeparatrixCurve()],
      rivals: Rivals.startRoots(
        scripts: URL(fileURLWithPath: scripts), python: python, matching: engine,
        skipped: Self.tell),
      rounds: quick ? 3 : rounds, slice: Double(quick ? 20 : slice) / 1000)
    for task in RootTask.all
    where tasks.map({ task.title.localizedStandardContains($0) }) ?? true {
      Self.tell("(w3) \(task.title)")
      results.measurements += try harness.measure(task)
      try results.write(to: URL(fileURLWithPath: output))
    }
  }

  private func columns() throws -> [Precision] {
    let all: [Precision] = try precisions.split(separator: ",").map { word in
      if word == "double" || word == "0" { return .double }
      guard let bits = Int(word), (2...1_000_000).contains(bits) else {
        throw ValidationError("no precision: \(word)")
      }
      return .bits(bits)
    }
    return all
  }

  private func show(_ results: Results) { print(markdown ? results.markdown : results.text) }

  private static func tell(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
  }
}
