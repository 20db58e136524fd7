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
}
