import Foundation
import Testing

/// Runs what is installed on this machine.
enum ForeignPrograms {
  /// What a Python script prints that needs a module; nil, with a note, where that is not installed. A script
  /// that fails where it is is an issue.
  static func python(_ script: String, needs module: String, for what: String) throws -> String? {
    guard try run(python, ["-c", "import \(module)"]).status == 0 else {
      print("note: Python with \(module) is not here; \(what) was not checked")
      return nil
    }
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "script.py")
    try script.write(to: file, atomically: true, encoding: .utf8)
    let result = try run(python, [file.path])
    if result.status != 0 {
      Issue.record("a script for \(what) fails: \(result.errors.suffix(2000))")
    }
    return result.status == 0 ? result.output : nil
  }

  /// What a C program prints; nil, with a note, where no compiler is that finds the libraries. A program
  /// that does not compile where one is is an issue.
  static func compiled(
    _ source: String, libraries: [String], for what: String
  ) throws -> String? {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (file, binary) = (folder.appending(path: "f.c"), folder.appending(path: "f").path)
    let flags = ["-Wall", "-Werror", "-Wno-unused", "-O0", file.path, "-o", binary]
    let linked = flags + libraries.map { "-l\($0)" }
    try "int main(void) { return 0; }\n".write(to: file, atomically: true, encoding: .utf8)
    guard try run("cc", linked).status == 0 else {
      print("note: no C compiler with \(libraries) here; \(what) was not run")
      return nil
    }
    try source.write(to: file, atomically: true, encoding: .utf8)
    let result = try run("cc", linked)
    guard result.status == 0 else {
      Issue.record("\(what) does not compile: \(result.errors.prefix(2000))")
      return nil
    }
    return try run(binary, []).output
  }

  /// The Python of the environment variable PYTHON, else `python3`.
  private static let python = ProcessInfo.processInfo.environment["PYTHON"] ?? "python3"

  private static func run(
    _ program: String, _ arguments: [String]
  ) throws -> (status: Int32, output: String, errors: String) {
    let errors = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data().write(to: errors)
    defer { try? FileManager.default.removeItem(at: errors) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: data, as: UTF8.self),
      (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
    )
  }
}
