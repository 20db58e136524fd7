import Foundation
import Separatrix

/// The progress of a table, by the share of the file that was read.
final class RowProgress {
  private let name: String
  private let handle: FileHandle
  private let size: UInt64
  private let start = ContinuousClock.now
  private var last = ContinuousClock.now
  private(set) var rows = 0

  /// Of a file; of what has no size, such as a pipe, only the rows are counted.
  init(_ name: String, _ handle: FileHandle) {
    self.name = name
    self.handle = handle
    let attributes = try? FileManager.default.attributesOfItem(atPath: name)
    size = (attributes?[.size] as? NSNumber)?.uint64Value ?? 0
  }

  /// Counts a row that was written.
  func advance() {
    rows += 1
    let now = ContinuousClock.now
    guard Console.isInteractive, now - last >= .milliseconds(100) else { return }
    last = now
    var total = 0
    if size > 0, let offset = try? handle.offset(), offset > 0, offset <= size {
      total = Int(Double(rows) * Double(size) / Double(offset))
    }
    let progress = WorkProgress(stage: .rows, done: rows, total: total, elapsed: now - start)
    Console.show(progress: "\(name): \(progress)")
  }
}
