import ArgumentParser
import Foundation
import Separatrix

/// `separatrix report DOC… --out DIR`.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes one self-contained HTML page a document, with its tables and figures.")

  @Argument(help: "The documents.") var documents: [String]
  @Option(help: "The folder for the pages; it is made if it is not there.") var out: String
  @OptionGroup var digits: DigitsOption
  @Option(parsing: .unconditional, help: "How many claims are checked at a time.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  func validate() throws {
    guard jobs >= 1 else { throw ValidationError("--jobs must be 1 or more, not \(jobs)") }
  }

  func run() throws {
    let renderer = PandocRenderer()
    // Before the work, not after it.
    guard renderer.isAvailable else { throw ReportError.pandocMissing }
    let names = documents.map { URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent }
    for (index, name) in names.enumerated() where names[..<index].contains(name) {
      throw CommandFailure.input("two documents would both become '\(name).html'")
    }
    let loaded = try documents.map { try Document(path: $0) }
    do {
      try FileManager.default.createDirectory(
        atPath: out, withIntermediateDirectories: true)
    } catch {
      throw CommandFailure.input("cannot make the folder '\(out)': \(error.localizedDescription)")
    }
    var allHold = true
    for (name, document) in zip(names, loaded) {
      let results = try document.check(
        digits: digits.count, jobs: jobs, control: Interruption.control(name))
      Console.clearProgress()
      allHold = allHold && results.allSatisfy(\.holds)
      let page = try ReportPage(document, results: results, digits: digits.count)
        .markdown { figure in
          String(decoding: try GnuplotRenderer().render(figure, as: .svg), as: UTF8.self)
        }
      let path = URL(fileURLWithPath: out).appendingPathComponent("\(name).html")
      let data = try renderer.page(page, title: document.title ?? name)
      do {
        try data.write(to: path, options: .atomic)
      } catch {
        throw CommandFailure.input(
          "cannot write '\(path.path)': \(error.localizedDescription)")
      }
      print(path.relativePath)
    }
    if !allHold { throw CommandFailure(.fails) }
  }
}
