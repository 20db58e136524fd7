import Foundation

/// A program of the machine that reads files and writes one.
struct ExternalProgram {
  let path: String
  let arguments: [String]
  /// The time in seconds after which it is stopped.
  let timeLimit: Double
  /// Variables of the environment that it must not see.
  var withoutVariables: [String] = []

  enum Failure: Error {
    case timedOut
    /// With another status than 0, and what it said.
    case ended(status: Int, message: String)
    case notWritten(path: String, reason: String)
  }

  /// The program of this name on the `PATH`, or the one given in its place; nil for none.
  static func path(of name: String, at given: String? = nil) -> String? {
    let manager = FileManager.default
    if let given { return manager.isExecutableFile(atPath: given) ? given : nil }
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    return folders.split(separator: ":").map { "\($0)/\(name)" }
      .first { manager.isExecutableFile(atPath: $0) }
      .map { URL(fileURLWithPath: $0).path }
  }

  /// Runs the program in a new folder that holds the files, which is removed afterwards.
  ///
  /// Input goes by files and messages come by a file, so that no pipe can fill up.
  ///
  /// - Parameter output: the file that it is to write.
  func run(
    files: [String: Data], output: String
  ) throws(Failure) -> (output: Data?, message: String) {
    let manager = FileManager.default
    let folder = manager.temporaryDirectory
      .appendingPathComponent("separatrix-\(UUID().uuidString)")
    defer { try? manager.removeItem(at: folder) }
    let messages = folder.appendingPathComponent("messages")
    let process = Process()
    do {
      try manager.createDirectory(at: folder, withIntermediateDirectories: true)
      for (name, data) in files { try data.write(to: folder.appendingPathComponent(name)) }
      try Data().write(to: messages)
      let handle = try FileHandle(forWritingTo: messages)
      defer { try? handle.close() }
      process.executableURL = URL(fileURLWithPath: path)
      process.arguments = arguments
      process.currentDirectoryURL = folder
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = handle
      process.standardError = handle
      var environment = ProcessInfo.processInfo.environment
      environment["LC_ALL"] = "C.UTF-8"
      for name in withoutVariables { environment[name] = nil }
      process.environment = environment
      let ended = DispatchSemaphore(value: 0)
      process.terminationHandler = { _ in ended.signal() }
      try process.run()
      if ended.wait(timeout: .now() + timeLimit) == .timedOut {
        // Not `terminate()`: the child inherits the signal mask, which may block that signal.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        throw Failure.timedOut
      }
    } catch let failure as Failure {
      throw failure
    } catch {
      throw .notWritten(path: folder.path, reason: error.localizedDescription)
    }
    let message = (try? String(contentsOf: messages, encoding: .utf8)) ?? ""
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      throw .ended(
        status: Int(process.terminationStatus),
        message: message.trimmingCharacters(in: .whitespacesAndNewlines))
    }
    return (try? Data(contentsOf: folder.appendingPathComponent(output)), message)
  }
}
