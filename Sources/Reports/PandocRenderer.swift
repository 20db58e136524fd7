import Foundation

/// Sets pages by the installed pandoc: Markdown with formulas as MathML, in one HTML file that needs no
/// other.
public struct PandocRenderer: Sendable {
  /// The pandoc program; without it, the one on the `PATH`.
  public var executable: String?
  /// The time in seconds after which pandoc is stopped.
  public var timeLimit: Double

  /// A renderer.
  public init(executable: String? = nil, timeLimit: Double = 120) {
    self.executable = executable
    self.timeLimit = timeLimit
  }

  /// Whether there is a pandoc.
  public var isAvailable: Bool { ExternalProgram.path(of: "pandoc", at: executable) != nil }

  /// The page.
  ///
  /// - Throws: `ReportError`.
  public func page(_ markdown: String, title: String) throws(ReportError) -> Data {
    guard let program = ExternalProgram.path(of: "pandoc", at: executable) else {
      throw .pandocMissing
    }
    // The title goes by a file of its own, so that nothing in it is taken for an option.
    let metadata = try? JSONSerialization.data(withJSONObject: ["pagetitle": title])
    do throws(ExternalProgram.Failure) {
      let result = try ExternalProgram(
        path: program,
        arguments: [
          "--from", "gfm+tex_math_dollars+raw_attribute", "--to", "html5", "--standalone",
          "--mathml", "--metadata-file", "metadata.json", "--include-in-header", "style.html",
          "--output", "page.html", "page.md",
        ], timeLimit: timeLimit
      ).run(
        files: [
          "page.md": Data(markdown.utf8), "style.html": Data(Self.style.utf8),
          "metadata.json": metadata ?? Data("{}".utf8),
        ], output: "page.html")
      guard let page = result.output, !page.isEmpty else {
        throw ExternalProgram.Failure.ended(status: 0, message: "it wrote no page")
      }
      return page
    } catch {
      switch error {
      case .timedOut: throw .pandocFailed("it was stopped after \(timeLimit) s")
      case .ended(_, let message): throw .pandocFailed(message)
      case .notWritten(let path, let reason): throw .cannotWrite(path: path, reason: reason)
      }
    }
  }

  private static let style = """
    <style>
    html { font-family: Georgia, serif; line-height: 1.5; color: #1a1a1a; background: #fff; }
    body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
    pre, code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .88em; }
    pre { background: #f5f6f8; border-left: 3px solid #b7bfca; padding: .6rem .9rem; overflow-x: auto; }
    table { border-collapse: collapse; margin: .5rem 0 1.5rem; font-size: .92em; }
    th, td { text-align: left; vertical-align: top; padding: .25rem .8rem .25rem 0;
      border-bottom: 1px solid #dde1e6; white-space: nowrap; }
    td:last-child { white-space: normal; overflow-wrap: anywhere; }
    .holds, .proved { color: #14693a; } .certified, .agrees { color: #1c5b93; }
    .fails, .undecided { color: #a8321f; font-weight: bold; } .refuted { color: #8a4b08; }
    figure { margin: 1rem 0; } figure svg { max-width: 100%; height: auto; }
    figcaption { color: #555; font-size: .9em; }
    </style>
    """
}
