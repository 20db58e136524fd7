import Foundation

/// Draws figures by the installed gnuplot and writes them to files.
public struct GnuplotRenderer: Sendable {
  /// The formats in which a figure can be written, named by the extension of the file.
  public enum Format: String, Sendable, Hashable, CaseIterable {
    /// Scalable Vector Graphics.
    case svg
    /// Portable Document Format.
    case pdf
    /// Portable Network Graphics.
    case png
    /// The gnuplot script itself, for which gnuplot need not be installed.
    case gp

    /// The format that the extension of a path names, in upper or lower case.
    ///
    /// - Throws: `ReportError.unknownFormat`.
    public init(path: String) throws(ReportError) {
      let pathExtension = URL(fileURLWithPath: path).pathExtension.lowercased()
      guard let format = Self(rawValue: pathExtension) else {
        throw .unknownFormat(path: path, known: Self.allCases.map(\.rawValue))
      }
      self = format
    }
  }

  /// The gnuplot program; without it, the one on the `PATH`.
  public var executable: String?
  /// The time after which gnuplot is stopped.
  public var timeLimit: Double

  /// A renderer.
  public init(executable: String? = nil, timeLimit: Double = 120) {
    self.executable = executable
    self.timeLimit = timeLimit
  }

  /// Writes a figure to a file in the format that its extension names.
  ///
  /// The file is replaced as a whole when everything went well, and is otherwise left as it was.
  ///
  /// - Throws: `ReportError`.
  public func write(_ figure: Figure, to path: String) throws(ReportError) {
    let data = try render(figure, as: Format(path: path))
    do {
      try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw .cannotWrite(path: path, reason: error.localizedDescription)
    }
  }

  /// The bytes of a figure in a format, the same for the same figure and the same gnuplot.
  ///
  /// - Throws: `ReportError`.
  public func render(_ figure: Figure, as format: Format) throws(ReportError) -> Data {
    let script = try GnuplotScript(figure)
    if format == .gp { return Data(script.text.utf8) }
    let program = try findProgram()
    let available = try terminals(of: program)
    let wanted = Self.terminals(for: format)
    guard let terminal = wanted.first(where: { available.contains($0) }) else {
      throw .terminalMissing(format: format.rawValue, terminals: wanted)
    }
    let setting = Self.setting(of: terminal, proportion: script.proportion)
    let head = "set terminal \(setting)\nset output 'figure'\n"
    let data = try run(program, script: head + script.text + "unset output\n").output
    guard let data, !data.isEmpty else {
      throw .gnuplotFailed(status: 0, message: "it wrote no figure")
    }
    return format == .pdf ? Self.withoutDate(data) : data
  }

  /// A PDF with the digits of its creation date replaced by a fixed date of the same length.
  private static func withoutDate(_ data: Data) -> Data {
    let fixed = Data("/CreationDate (D:20000101000000".utf8)
    let mark = Data("/CreationDate (D:".utf8)
    guard let place = data.range(of: mark, options: .backwards),
      data.distance(from: place.lowerBound, to: data.endIndex) >= fixed.count
    else { return data }
    var result = data
    result.replaceSubrange(place.lowerBound..<place.lowerBound + fixed.count, with: fixed)
    return result
  }

  // MARK: - Terminals

  private static func terminals(for format: Format) -> [String] {
    switch format {
    case .svg: ["svg"]
    case .pdf: ["pdfcairo"]
    case .png: ["pngcairo", "png"]
    case .gp: []
    }
  }

  private static func setting(of terminal: String, proportion: Double) -> String {
    let height = 520
    let width = Int((Double(height) * proportion).rounded())
    switch terminal {
    case "svg":
      return "svg size \(width),\(height) enhanced font 'sans-serif,12' background '#ffffff'"
    case "pdfcairo":
      // This terminal halves fonts and lines; these give the proportions of the SVG.
      return "pdfcairo size \(Double(width) / 100)in,\(Double(height) / 100)in enhanced "
        + "font 'Sans,14' linewidth 1.5 dashlength 1.5 background '#ffffff'"
    case "pngcairo":
      return "pngcairo size \(2 * width),\(2 * height) enhanced font 'Sans,9' fontscale 2 "
        + "linewidth 2 background '#ffffff'"
    default:
      return "\(terminal) size \(2 * width),\(2 * height) enhanced font 'sans,18' linewidth 2 "
        + "background '#ffffff'"
    }
  }

  private func terminals(of program: String) throws(ReportError) -> [String] {
    let message = try run(program, script: "print GPVAL_TERMINALS\n").message
    return message.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  // MARK: - The program

  private func findProgram() throws(ReportError) -> String {
    guard let program = ExternalProgram.path(of: "gnuplot", at: executable) else {
      throw .gnuplotMissing
    }
    return program
  }

  private func run(
    _ program: String, script: String
  ) throws(ReportError) -> (output: Data?, message: String) {
    do throws(ExternalProgram.Failure) {
      return try ExternalProgram(
        path: program, arguments: ["--default-settings", "script"], timeLimit: timeLimit,
        withoutVariables: ["GNUPLOT_LIB", "GNUPLOT_FONTPATH", "GNUTERM"]
      ).run(files: ["script": Data(script.utf8)], output: "figure")
    } catch {
      switch error {
      case .timedOut: throw .gnuplotTimedOut(seconds: timeLimit)
      case .ended(let status, let message): throw .gnuplotFailed(status: status, message: message)
      case .notWritten(let path, let reason): throw .cannotWrite(path: path, reason: reason)
      }
    }
  }
}
