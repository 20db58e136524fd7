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
}
