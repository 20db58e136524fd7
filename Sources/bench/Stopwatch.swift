/// The clock of the engines in this process.
enum Stopwatch {
  /// The seconds that `body` takes.
  static func time(_ body: () throws -> Void) rethrows -> Double {
    let duration = try ContinuousClock().measure(body)
    let (seconds, attoseconds) = duration.components
    return Double(seconds) + Double(attoseconds) * 1e-18
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
