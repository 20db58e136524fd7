import Arbitrary
import Dispatch
import Foundation
import Synchronization

/// Rows of tables divided among threads: in blocks whose size does not depend on the number of threads,
/// each taken by the next thread that is free.
///
/// Threads share nothing but the counter of blocks and write to rows of their own. The caller's thread
/// takes part, and the others run at its priority.
enum ConcurrentRows {
  /// So many threads as there are processors at work.
  static var defaultThreads: Int { max(ProcessInfo.processInfo.activeProcessorCount, 1) }

  /// Evaluates all blocks of the rows.
  ///
  /// - Parameters:
  ///   - make: makes what one thread works with; called on that thread.
  ///   - isCancelled: asked before every block; rows of blocks not begun keep what they have.
  /// - Returns: whether all rows were evaluated.
  static func run<Worker>(
    _ rows: Range<Int>, block: Int, threads: Int, isCancelled: @Sendable () -> Bool,
    make: @Sendable () -> Worker, evaluate: @Sendable (Worker, Range<Int>) -> Void
  ) -> Bool {
    let blockCount = (rows.count + block - 1) / block
    let next = Mutex(0)
    let isComplete = Mutex(true)
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, blockCount))) { _ in
      var worker: Worker?
      // MPFR's constants belong to the thread and are lost with it.
      defer { ThreadCaches.release() }
      while true {
        let index = next.withLock { next in
          defer { if next < blockCount { next += 1 } }
          return next
        }
        if index >= blockCount { break }
        if isCancelled() {
          isComplete.withLock { $0 = false }
          break
        }
        let current = worker ?? make()
        worker = current
        let first = rows.lowerBound + index * block
        evaluate(current, first..<min(first + block, rows.upperBound))
      }
    }
    return isComplete.withLock { $0 }
  }
}

extension TapeRunner {
  /// Rows that one thread takes at a time: enough to make the counter of blocks cheap.
  var blockSize: Int { max(8 * laneCount, 64) }
}
