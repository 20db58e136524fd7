/// The interleaved run: every engine evaluates the same points for a slice of time, in turn, in several
/// rounds. Each slice lies between two slices of the reference, and its ratio refers to the mean of
/// these two, so that a machine that becomes slower or is shared changes both.
struct Harness {
  let engines: [any Engine]
  /// How many rounds.
  let rounds: Int
  /// About how long one engine runs in a round, in seconds.
  let slice: Double

  /// The name of the engine to which the ratios of a column refer.
  static func isReference(_ name: String, _ precision: Precision) -> Bool {
    name.hasPrefix(precision == .double ? "C, doubles" : "C with MPFR ")
  }

  /// Measures one cell column: a workload at a precision, for all engines that can do it.
  ///
  /// - Throws: ``BenchError`` where an engine's values are wrong, a rival fails, or the reference is missing.
  func measure(_ workload: Workload, _ precision: Precision) throws -> [Measurement] {
    let points = workload.points(precision.pointCount)
    let certified = try CertifiedValues(workload, precision, points)
    var able: [(engine: any Engine, count: Int)] = []
    for engine in engines where try engine.prepare(workload, precision, points) {
      let count = try checked(engine, certified, points.count)
      able.append((engine, count))
    }
    guard let place = able.firstIndex(where: { Self.isReference($0.engine.name, precision) })
    else { throw BenchError.noReference(precision == .double ? "C, doubles" : "C with MPFR") }
    let reference = able[place]

    var times = [[Double]](repeating: [], count: able.count)
    var ratios = times
    for round in 0..<rounds {
      // Back and forth, so that no engine always follows the same one.
      let order = round % 2 == 0 ? Array(able.indices) : able.indices.reversed()
      var before = try perEvaluation(reference)
      for index in order where index != place {
        // What needs many slices for one evaluation needs no median.
        if round > 0, times[index][0] > 20 * slice { continue }
        let own = try perEvaluation(able[index])
        let after = try perEvaluation(reference)
        times[index].append(own)
        ratios[index].append(2 * own / (before + after))
        times[place].append(after)
        ratios[place].append(1)
        before = after
      }
      if able.count == 1 {
        times[place].append(before)
        ratios[place].append(1)
      }
    }
    return able.indices.map { index in
      Measurement(
        workload: String(workload.letter), precision: precision.title,
        engine: able[index].engine.name, times: times[index], ratios: ratios[index])
    }
  }

  /// The seconds for one evaluation in one slice.
  private func perEvaluation(_ able: (engine: any Engine, count: Int)) throws -> Double {
    try able.engine.run(able.count) / Double(able.count)
  }

  /// Checks an engine's values and finds the number of evaluations that fill a slice.
  ///
  /// Slow engines are checked at as many points as take them about half a second, fast ones at all.
  private func checked(
    _ engine: any Engine, _ certified: CertifiedValues, _ points: Int
  ) throws -> Int {
    try certified.check(engine.values(1), of: engine.name)
    var count = engine.batch
    var elapsed = try engine.run(count)
    while elapsed < slice / 4 {
      let factor = elapsed > 0 ? slice / 2 / elapsed : 16
      count = Self.rounded(Double(count) * min(max(factor, 2), 16), to: engine.batch)
      elapsed = try engine.run(count)
    }
    let each = elapsed / Double(count)
    let affordable = min(points, Int(0.5 / each))
    if affordable > 1 { try certified.check(engine.values(affordable), of: engine.name) }
    let fitting = slice / each
    // Whole rounds of the points where they fit, for points differ in what they cost.
    let unit = fitting >= Double(points) ? points : engine.batch
    return Self.rounded(fitting, to: unit)
  }

  /// The multiple of `unit` nearest to `count`, and at least one.
  private static func rounded(_ count: Double, to unit: Int) -> Int {
    max(1, Int(min(count, 1e9) / Double(unit) + 0.5)) * unit
  }
}
