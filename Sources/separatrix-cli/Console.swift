import Foundation

/// What goes to standard error, and files that come and go.
enum Console {
  /// Whether standard error is a terminal, where progress is shown.
  static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes a line to standard error.
  static func complain(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
  }

  /// Writes a warning to standard error, in the place of a line of progress.
  static func warn(_ text: String) {
    clearProgress()
    complain("warning: " + text)
  }

  /// Shows progress on one line of the terminal, which the next call overwrites.
  static func show(progress text: String) {
    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(text)".utf8))
  }

  /// Removes the line of progress.
  static func clearProgress() {
    if isInteractive { show(progress: "") }
  }

  /// Writes a text to standard output, or to a file that is replaced as a whole.
  static func write(_ text: String, to path: String?) throws(CommandFailure) {
    guard let path else {
      print(text, terminator: "")
      return
    }
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw .input("cannot write '\(path)': \(error.localizedDescription)")
    }
  }

  /// Opens a file for reading; `-` is standard input.
  static func open(_ path: String) throws(CommandFailure) -> FileHandle {
    if path == "-" { return .standardInput }
    try requireFile(path)
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw .input("cannot read '\(path)': permission denied")
    }
    return handle
  }

  /// The text of a file.
  static func read(_ path: String) throws(CommandFailure) -> String {
    let data: Data?
    do {
      data = try open(path).readToEnd()
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw .input("cannot read '\(path)': \(error.localizedDescription)")
    }
    guard let text = String(data: data ?? Data(), encoding: .utf8) else {
      throw .input("cannot read '\(path)': it is not a text in UTF-8")
    }
    return text
  }

  private static func requireFile(_ path: String) throws(CommandFailure) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .input("cannot read '\(path)': no such file")
    }
    if isFolder.boolValue { throw .input("cannot read '\(path)': it is a folder") }
  }
}
