import Arbitrary
import Foundation

/// A rival in a process of its own that answers requests on its standard input, as
/// `Tests/Oracles/rivals/protocol.h` says. It measures its own time, so that neither its start nor the
/// exchange of lines is counted.
final class RivalEngine: Engine {
  private(set) var name = ""
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var received = Data()
  private var precision = Precision.double

  /// Once for the whole process: a rival that ends early is an error of its own, and not the end of
  /// whoever writes to it.
  private static let survivesBrokenPipes: Bool = {
    signal(SIGPIPE, SIG_IGN)
    return true
  }()

  /// Starts a rival.
  ///
  /// - Throws: ``BenchError`` where the process does not start, or says that it is absent (what it needs
  ///   is not installed).
  init(_ command: [String]) throws {
    let label = command.map { ($0 as NSString).lastPathComponent }.joined(separator: " ")
    name = label
    _ = Self.survivesBrokenPipes
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardInput = input
    process.standardOutput = output
    do { try process.run() } catch { throw BenchError.rival(label, error.localizedDescription) }
    guard let greeting = try? line() else {
      throw BenchError.rival(label, "cannot be run here")
    }
    if greeting.hasPrefix("absent ") {
      throw BenchError.rival(label, String(greeting.dropFirst("absent ".count)))
    }
    name = greeting
  }

  /// Ends the process.
  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  func prepare(_ workload: Workload, _ precision: Precision, _ points: [[String]]) throws -> Bool {
    self.precision = precision
    var text = "prepare \(workload.letter) \(precision.code) \(points.count) "
    text += "\(workload.inputs.count)\n"
    for point in points { text += point.joined(separator: " ") + "\n" }
    try send(text)
    switch try line() {
    case "ready": return true
    case "unsupported": return false
    case let answer: throw BenchError.rival(name, "answered '\(answer)' to prepare")
    }
  }

  func values(_ count: Int) throws -> [[Real]] {
    // The decimals of a rival have more digits than its precision; reading them loses nothing.
    let bits = max(precision.code, 53) + 32
    try send("values \(count)\n")
    return try (0..<count).map { _ in
      try line().split(separator: " ").map { word in
        guard let value = Real(String(word), precision: bits) else {
          throw BenchError.rival(name, "printed '\(word)'")
        }
        return value
      }
    }
  }

  func run(_ count: Int) throws -> Double {
    try send("run \(count)\n")
    let answer = try line()
    guard let nanoseconds = Double(answer) else {
      throw BenchError.rival(name, "answered '\(answer)' to run")
    }
    return nanoseconds * 1e-9
  }

  func send(_ text: String) throws {
    do { try input.fileHandleForWriting.write(contentsOf: Data(text.utf8)) } catch {
      throw BenchError.rival(name, "ended before it was asked")
    }
  }

  /// The next line that the rival prints, without its end.
  func line() throws -> String {
    while true {
      if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: received[received.startIndex..<end], as: UTF8.self)
        received = Data(received[received.index(after: end)...])
        return line
      }
      let chunk = output.fileHandleForReading.availableData
      if chunk.isEmpty { throw BenchError.rival(name, "ended without an answer") }
      received.append(chunk)
    }
  }
}
