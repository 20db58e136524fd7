import ArgumentParser
import Separatrix

/// `separatrix plot DOC FIGURE --out FILE`.
struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot", abstract: "Draws a figure of a document.")

  @Argument(help: "The document.") var document: String
  @Argument(help: "The figure's name.") var figure: String
  @Option(help: "The file to write; its name ends in .svg, .pdf, .png or .gp.") var out: String

  func run() throws {
    // A wrong extension is found before the work, not after it.
    _ = try GnuplotRenderer.Format(path: out)
    let figure = try Document(path: document).figure(figure)
    try GnuplotRenderer().write(figure, to: out)
  }
}
