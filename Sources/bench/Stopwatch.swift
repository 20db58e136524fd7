import Foundation

/// The clock of the engines in this process: the processor time of the process, as the rivals measure
/// theirs, in which other work on the machine does not count.
enum Stopwatch {
  /// The seconds that `body` takes, all threads added up.
  static func time(_ body: () throws -> Void) rethrows -> Double {
    let start = now()
    try body()
    return now() - start
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// The seconds that `count` evaluations take, point after point and again from the first.
  static func cycle<Point>(
    _ points: [Point], _ count: Int, _ evaluate: (Point) throws -> Void
  ) rethrows -> Double {
    try time {
      var next = 0
      for _ in 0..<count {
        try evaluate(points[next])
        next += 1
        if next == points.count { next = 0 }
      }
    }
  }

  /// The seconds that `count` evaluations take in slices of a table: whole, or row after row.
  static func slices(
    _ rows: Int, _ count: Int, isBatch: Bool, _ evaluate: (Range<Int>) -> Void
  ) -> Double {
    time {
      var next = 0
      var left = count
      while left > 0 {
        let size = isBatch ? min(rows, left) : 1
        evaluate(next..<next + size)
        left -= size
        next = isBatch || next + 1 == rows ? 0 : next + 1
      }
    }
  }
}
