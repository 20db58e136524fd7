/// What can keep a table or figure from being written.
///
/// Each description says what is wrong, where, and what would mend it.
public enum ReportError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The program that draws figures is not installed.
  case gnuplotMissing
  /// The installed gnuplot was built without the terminals that could write a format.
  case terminalMissing(format: String, terminals: [String])
  /// The output file has an extension that names no format.
  case unknownFormat(path: String, known: [String])
  /// The figure cannot be drawn; the text says why.
  case invalidFigure(String)
  /// gnuplot ended with an error; the message is its own.
  case gnuplotFailed(status: Int, message: String)
  /// gnuplot did not end in time and was stopped.
  case gnuplotTimedOut(seconds: Double)
  /// The program that sets pages is not installed.
  case pandocMissing
  /// pandoc ended with an error; the message is its own.
  case pandocFailed(String)
  /// The output file or a temporary file cannot be written.
  case cannotWrite(path: String, reason: String)

  /// What is wrong and what would mend it.
  public var description: String {
    switch self {
    case .gnuplotMissing:
      "gnuplot is not found on the PATH; install it (apt install gnuplot, brew install gnuplot) "
        + "or write the figure as .gp and draw it elsewhere"
    case .terminalMissing(let format, let terminals):
      "this gnuplot cannot write \(format): it has none of the terminals "
        + "\(terminals.joined(separator: ", ")); install a gnuplot built with cairo "
        + "(apt install gnuplot-nox) or choose .svg"
    case .unknownFormat(let path, let known):
      "the format of '\(path)' is unknown; its name must end in one of "
        + known.map { "." + $0 }.joined(separator: ", ")
    case .invalidFigure(let reason): "the figure cannot be drawn: \(reason)"
    case .gnuplotFailed(let status, let message):
      "gnuplot ended with status \(status)" + (message.isEmpty ? "" : ": \(message)")
    case .gnuplotTimedOut(let seconds):
      "gnuplot was stopped after \(seconds) s; draw fewer points or write the figure as .gp"
    case .pandocMissing:
      "pandoc is not found on the PATH; install it (apt install pandoc, brew install pandoc)"
    case .pandocFailed(let message):
      "pandoc could not set the page" + (message.isEmpty ? "" : ": \(message)")
    case .cannotWrite(let path, let reason): "cannot write '\(path)': \(reason)"
    }
  }
}
