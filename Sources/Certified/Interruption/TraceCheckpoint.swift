import Arbitrary
import Exact
import Foundation
import Synchronization

/// What a trace has done so far, in a file that the next run takes up.
///
/// **What is believed.** Nothing that the result rests on. Of the subdivision the file tells which cells were cut, so
/// that their tests, which failed, need not be tried; every cell that was left whole is tested again, and any file
/// leads to a valid subdivision. Of points it tells enclosures; each is proved again by one step of interval
/// Newton (``CurveRefinement``), or computed anew. A sum over the text tells damage, and a digest of the problem a file
/// that belongs to another; such a file is left out with a warning. So a forged file costs time, and nothing else.
///
/// The file is a text, written beside its place and moved there, so that it is whole at any moment.
public final class TraceCheckpoint: Sendable {
  static let format = "separatrix trace checkpoint 1"

  /// A part of the subdivision of one curve.
  struct TreeKey: Hashable, Sendable {
    let curve: Int
    /// Which of the subdivisions, as others may follow with other cuts.
    let attempt: Int
    let round: Int
    let part: Int
  }

  struct PointKey: Hashable, Sendable {
    let curve: Int
    let task: Int
  }

  struct Content: Equatable, Sendable {
    var problem = ""
    /// For each cell in the order in which they are examined, whether it was cut.
    var trees: [TreeKey: [Bool]] = [:]
    var points: [PointKey: Interval] = [:]
  }

  /// The file.
  public let path: String
  private let pause: Duration
  private let warn: @Sendable (String) -> Void

  private struct State {
    var known = Content()
    var content = Content()
    var hasChanged = false
    var nextSave = ContinuousClock.now
    var isSaving = false
    var hasFailed = false
  }
  private let state = Mutex(State())

  /// A checkpoint at a path, which is read when the trace begins.
  ///
  /// - Parameters:
  ///   - pause: the least time between two writings; where writing is slow, twenty times what it takes.
  ///   - warn: told why a file is left out, or cannot be written.
  public init(
    path: String, pause: Duration = .seconds(2),
    warn: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.path = path
    self.pause = pause
    self.warn = warn
  }

  /// Takes up what an earlier run on the same problem left.
  func open(problem: String) {
    var known = Content()
    if FileManager.default.fileExists(atPath: path) {
      let text = (FileManager.default.contents(atPath: path)).map {
        String(decoding: $0, as: UTF8.self)
      }
      if let found = text.flatMap(Content.init(text:)) {
        if found.problem == problem {
          known = found
        } else {
          warn("'\(path)' belongs to another trace; it is left out and will be replaced")
        }
      } else {
        warn("'\(path)' is damaged or no checkpoint; it is left out and will be replaced")
      }
    }
    state.withLock { state in
      state.known = known
      state.content = known
      state.content.problem = problem
      state.nextSave = ContinuousClock.now + pause
    }
  }

  /// How many points were found in the file.
  public var knownPoints: Int { state.withLock { $0.known.points.count } }

  func tree(_ key: TreeKey) -> [Bool] { state.withLock { $0.known.trees[key] ?? [] } }

  func point(_ key: PointKey) -> Interval? { state.withLock { $0.known.points[key] } }

  /// Keeps a tree, unless more of it is kept.
  func store(_ tree: [Bool], _ key: TreeKey) {
    state.withLock {
      if let known = $0.content.trees[key], known.count >= tree.count { return }
      $0.content.trees[key] = tree
      $0.hasChanged = true
    }
  }

  func store(_ point: Interval, _ key: PointKey) {
    state.withLock {
      $0.content.points[key] = point
      $0.hasChanged = true
    }
  }

  // MARK: - The file

  func saveIfDue() {
    let isDue = state.withLock { state in
      guard state.hasChanged, !state.isSaving, ContinuousClock.now >= state.nextSave else {
        return false
      }
      state.isSaving = true
      return true
    }
    if isDue { write() }
  }

  /// Writes what is done, as before the end of an interrupted run.
  ///
  /// - Returns: whether the file holds it.
  @discardableResult
  public func save() -> Bool {
    state.withLock { $0.isSaving = true }
    return write()
  }

  @discardableResult
  private func write() -> Bool {
    let start = ContinuousClock.now
    let content = state.withLock { state in
      state.hasChanged = false
      return state.content
    }
    let isWritten =
      (try? Data(content.text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)) != nil
    let isFirstFailure = state.withLock { state in
      let now = ContinuousClock.now
      state.nextSave = now + Swift.max(pause, (now - start) * 20)
      state.isSaving = false
      let isFirst = !isWritten && !state.hasFailed
      state.hasFailed = !isWritten
      return isFirst
    }
    if isFirstFailure { warn("'\(path)' cannot be written; an interrupted run starts anew") }
    return isWritten
  }

  /// Removes the file, once the result is in its place.
  public func remove() { try? FileManager.default.removeItem(atPath: path) }
}

// MARK: - The text

extension TraceCheckpoint.Content {
  /// A line for each part, in a fixed order, and the sum over them.
  var text: String {
    var lines = [TraceCheckpoint.format, "problem \(problem)"]
    let trees = trees.sorted {
      ($0.key.curve, $0.key.attempt, $0.key.round, $0.key.part)
        < ($1.key.curve, $1.key.attempt, $1.key.round, $1.key.part)
    }
    for (key, cuts) in trees {
      lines.append(
        "cells \(key.curve) \(key.attempt) \(key.round) \(key.part) \(cuts.count) "
          + Self.packed(cuts))
    }
    for (key, place) in points.sorted(by: {
      ($0.key.curve, $0.key.task) < ($1.key.curve, $1.key.task)
    }) {
      guard let lower = Self.text(place.lower), let upper = Self.text(place.upper) else { continue }
      lines.append("point \(key.curve) \(key.task) \(lower) \(upper)")
    }
    let body = lines.joined(separator: "\n") + "\n"
    return body + "sum \(TextDigest.of(body))\n"
  }

  /// - Returns: nil for anything but a whole text as ``text`` writes it.
  init?(text: String) {
    guard text.hasSuffix("\n"), let cut = text.dropLast().lastIndex(of: "\n") else { return nil }
    let body = text[...cut]
    guard text[text.index(after: cut)...] == "sum \(TextDigest.of(body.utf8))\n" else { return nil }
    var lines = body.split(separator: "\n")[...]
    guard lines.popFirst() == TraceCheckpoint.format[...], let second = lines.popFirst(),
      second.hasPrefix("problem ")
    else { return nil }
    problem = String(second.dropFirst("problem ".count))
    for line in lines {
      let fields = line.split(separator: " ")
      if fields.count == 7, fields[0] == "cells" {
        let numbers = fields[1...5].compactMap { Int($0) }
        guard numbers.count == 5, let cuts = Self.unpacked(fields[6], count: numbers[4]) else {
          return nil
        }
        let key = TraceCheckpoint.TreeKey(
          curve: numbers[0], attempt: numbers[1], round: numbers[2], part: numbers[3])
        trees[key] = cuts
      } else if fields.count == 5, fields[0] == "point" {
        guard let curve = Int(fields[1]), let task = Int(fields[2]),
          let lower = Self.real(fields[3]), let upper = Self.real(fields[4]),
          let place = try? Interval(lower: lower, upper: upper)
        else { return nil }
        points[TraceCheckpoint.PointKey(curve: curve, task: task)] = place
      } else {
        return nil
      }
    }
  }

  /// Four at a time as hexadecimal digits.
  private static func packed(_ bits: [Bool]) -> String {
    if bits.isEmpty { return "-" }
    return stride(from: 0, to: bits.count, by: 4).map { start in
      let value = (0..<4).reduce(0) { sum, k in
        sum * 2 + (start + k < bits.count && bits[start + k] ? 1 : 0)
      }
      return String(value, radix: 16)
    }.joined()
  }

  private static func unpacked(_ text: Substring, count: Int) -> [Bool]? {
    if text == "-" { return count == 0 ? [] : nil }
    guard count >= 0, text.utf8.count == count / 4 + (count % 4 == 0 ? 0 : 1) else { return nil }
    var bits: [Bool] = []
    for digit in text {
      guard let value = digit.hexDigitValue else { return nil }
      for k in (0..<4).reversed() { bits.append(value >> k & 1 == 1) }
    }
    return Array(bits.prefix(count))
  }

  /// significand:exponent:precision, exactly.
  private static func text(_ value: Real) -> String? {
    value.significandAndExponent.map { "\($0.significand):\($0.exponent):\(value.precision)" }
  }

  /// The greatest precision that is read, in bits: so much as the most digits that can be asked need.
  private static let precisionLimit = 1 << 28

  private static func real(_ text: Substring) -> Real? {
    let parts = text.split(separator: ":")
    guard parts.count == 3, let significand = Integer(String(parts[0])), let shift = Int(parts[1]),
      let precision = Int(parts[2]), precision > 1, precision <= precisionLimit,
      shift.magnitude <= 1 << 40
    else { return nil }
    let value = Real.scale(
      Real(significand, precision: precision), byPowerOfTwo: shift, precision: precision)
    return value.isFinite ? value : nil
  }
}
