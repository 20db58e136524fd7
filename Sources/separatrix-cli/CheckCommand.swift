import ArgumentParser
import Foundation
import Separatrix

/// `separatrix check DOC…`.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Replays all claims and prints the verification table.")

  @Argument(help: "The documents.") var documents: [String]
  @Option(parsing: .upToNextOption, help: "Only the claims of these names.") var only: [String] = []
  @Option(help: "text, markdown, latex, json or csv.", transform: word)
  var format: Table.Format = .text
  @OptionGroup var digits: DigitsOption
  @Option(parsing: .unconditional, help: "How many claims are checked at a time.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  func validate() throws {
    guard jobs >= 1 else { throw ValidationError("--jobs must be 1 or more, not \(jobs)") }
  }

  func run() throws {
    let loaded = try load()
    try requireKnown(in: loaded.map(\.document))
    var checked: [CheckedDocument] = []
    for (path, document) in loaded {
      let ids = Set(document.checks.map(\.id))
      let chosen = only.isEmpty ? nil : ids.intersection(only)
      // A document without any of the chosen claims is left out.
      if let chosen, chosen.isEmpty { continue }
      let results = try document.check(
        only: chosen, digits: digits.count, jobs: jobs, control: Interruption.control(path))
      Console.clearProgress()
      checked.append(CheckedDocument(file: path, title: document.title, results: results))
    }
    try write(checked)
    if !checked.allSatisfy(\.holds) { throw CommandFailure(.fails) }
  }

  /// Reads all documents, so that the errors of all of them are reported.
  private func load() throws -> [(path: String, document: Document)] {
    var loaded: [(path: String, document: Document)] = []
    var failures: [CommandFailure] = []
    for path in documents {
      do {
        loaded.append((path, try Document(path: path)))
      } catch {
        guard let failure = CommandFailure(error) else { throw error }
        failures.append(failure)
      }
    }
    guard let first = failures.first else { return loaded }
    throw CommandFailure(
      failures.contains { $0.status == .wrongInput } ? .wrongInput : first.status,
      failures.map(\.message).joined(separator: "\n"))
  }

  private func requireKnown(in documents: [Document]) throws(CommandFailure) {
    let known = documents.flatMap { $0.checks.map(\.id) }
    for id in only where !known.contains(id) {
      throw .input(
        "no claim is named '\(id)'",
        hint: Suggestion.hint(for: id, among: known)
          ?? (known.isEmpty ? "there are no claims" : "one of " + known.joined(separator: ", ")))
    }
  }

  private func write(_ checked: [CheckedDocument]) throws {
    switch format {
    case .json:
      let value = JSONValue.object([
        "documents": .list(checked.map(\.json)), "holds": .flag(checked.allSatisfy(\.holds)),
        "conventions": .conventions,
      ])
      try Console.write(value.rendered(), to: nil)
    case .csv:
      // One table, so that the result has one header.
      var table = Table(columns: CheckedDocument.columns + [.init("document")])
      for document in checked {
        for row in document.rows { table.append(row + [document.file]) }
      }
      try Console.write(table.rendered(as: .csv), to: nil)
    case .text, .markdown, .latex:
      let texts = checked.map { $0.table.rendered(as: format) }
      try Console.write(texts.joined(separator: "\n"), to: nil)
    }
  }
}

/// What the checking of a document gave.
struct CheckedDocument {
  let file: String
  let title: String?
  let results: [CheckResult]

  /// Whether the document's author was right in everything.
  var holds: Bool { results.allSatisfy(\.holds) }

  static let columns: [Table.Column] = [
    .init("id"), .init("kind"), .init("status"), .init("source"), .init("claim"), .init("detail"),
  ]

  var rows: [[String]] {
    results.map { result in
      [
        result.id, result.kind.rawValue, result.status.rawValue, result.source ?? "", result.text,
        Self.detail(of: result),
      ]
    }
  }

  private static func detail(of result: CheckResult) -> String {
    var parts = result.detail.isEmpty ? [] : [result.detail]
    if let counterexample = result.counterexample { parts.append(counterexample.description) }
    if !result.fallen.isEmpty {
      parts.append("builds on what does not hold: " + result.fallen.joined(separator: ", "))
    }
    if let correction = result.correctedBy { parts.append("corrected by \(correction)") }
    return parts.joined(separator: "; ")
  }

  var table: Table {
    Table(title: title ?? file, columns: Self.columns, rows: rows, summary: summary)
  }

  /// `18 checks: 17 proved, 1 certified`, and how many do not hold.
  var summary: String {
    let counts = Status.allCases.compactMap { status -> String? in
      let count = results.count { $0.status == status }
      return count == 0 ? nil : "\(count) \(status.rawValue)"
    }
    let failing = results.count { !$0.holds }
    return "\(results.count) check\(results.count == 1 ? "" : "s")"
      + (counts.isEmpty ? "" : ": " + counts.joined(separator: ", "))
      + (failing == 0
        ? "; all as the document says" : "; \(failing) not as the document says")
  }

  var json: JSONValue {
    var counts: [String: JSONValue] = ["total": .number(results.count)]
    for status in Status.allCases {
      counts[status.rawValue] = .number(results.count { $0.status == status })
    }
    return .object([
      "title": JSONValue(title), "file": .text(file), "holds": .flag(holds),
      "results": .list(results.map(Self.json)), "summary": .object(counts),
    ])
  }

  private static func json(_ result: CheckResult) -> JSONValue {
    var counterexample = JSONValue.null
    if let found = result.counterexample {
      let point = found.point.map { ($0.name, JSONValue.text($0.value.description)) }
      counterexample = .object([
        "point": .object(Dictionary(point) { first, _ in first }),
        "left": .text(found.left), "right": .text(found.right),
      ])
    }
    var counts = JSONValue.null
    if let found = result.counts {
      counts = .list(
        found.rows.map { row in
          .object(Dictionary(zip(found.header, row.map { .number($0) })) { first, _ in first })
        })
    }
    return .object([
      "counts": counts, "id": .text(result.id), "kind": .text(result.kind.rawValue),
      "source": JSONValue(result.source), "claim": .text(result.text),
      "status": .text(result.status.rawValue), "holds": .flag(result.holds),
      "detail": .text(result.detail), "counterexample": counterexample,
      "fallen": .list(result.fallen.map { .text($0) }),
      "correctedBy": JSONValue(result.correctedBy),
    ])
  }
}
