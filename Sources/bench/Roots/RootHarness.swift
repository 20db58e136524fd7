import Arbitrary
import Exact

/// The interleaved run of the benchmark of roots: as ``Harness``, with Separatrix itself as what ratios refer to.
struct RootHarness {
  let own: [any RootEngine]
  let rivals: [any RootEngine]
  let rounds: Int
  /// About how long one engine runs in a round, in seconds.
  let slice: Double

  /// The names under which measurements are kept: times of roots; times in values of the function at the
  /// final precision; numbers of values and slopes.
  static let workload = "w3"
  static let costs = "w3 cost"
  static let counts = "w3 counts"

  /// The rivals: scripts with their arguments.
  static let scripts = [["w3_pari.py"], ["w3_flint.py"], ["w3_mpmath.py"]]

  private struct Able {
    let engine: any RootEngine
    let count: Int
    let evaluations: Int
  }

  /// Measures one task for all engines that can do it.
  ///
  /// - Throws: ``BenchError`` where roots differ or a rival fails.
  func measure(_ task: RootTask) throws -> [Measurement] {
    var able: [Able] = []
    var expected: [Real] = []
    for engine in own + rivals where try engine.prepare(task) {
      let values = try engine.values()
      if expected.isEmpty { expected = values }
      try check(values, expected, task, engine)
      able.append(
        Able(
          engine: engine, count: try fitting { try engine.run($0) },
          evaluations: try fitting { try engine.evaluate($0) }))
    }
    guard !able.isEmpty else { return [] }
    let roots = Double(task.temperatures.count)
    var times = [[Double]](repeating: [], count: able.count)
    var (ratios, costs) = (times, times)
    for round in 0..<rounds {
      let order = round % 2 == 0 ? Array(able.indices) : able.indices.reversed()
      var before = try each(able[0], roots)
      for index in order {
        // What needs many slices for one root needs no median.
        if round > 0, times[index][0] * roots > 20 * slice { continue }
        let engine = able[index]
        let first = try engine.engine.evaluate(engine.evaluations)
        let own = try each(engine, roots)
        let second = try engine.engine.evaluate(engine.evaluations)
        costs[index].append(2 * own * Double(engine.evaluations) / (first + second))
        let after = try each(able[0], roots)
        times[index].append(own)
        ratios[index].append(2 * own / (before + after))
        before = after
      }
    }
    return try able.indices.flatMap { index in
      let engine = able[index].engine
      let (values, slopes) = try engine.counts()
      return [
        Measurement(
          workload: Self.workload, precision: task.title, engine: engine.name,
          times: times[index], ratios: ratios[index]),
        Measurement(
          workload: Self.costs, precision: task.title, engine: engine.name, times: times[index],
          ratios: costs[index]),
        Measurement(
          workload: Self.counts, precision: task.title, engine: engine.name,
          times: [Double(slopes) / roots], ratios: [Double(values) / roots]),
      ]
    }
  }

  /// Roots agree to all digits but the last two.
  private func check(
    _ values: [Real], _ expected: [Real], _ task: RootTask, _ engine: any RootEngine
  ) throws {
    for (index, (value, other)) in zip(values, expected).enumerated() {
      let difference = Real.sub(value, other, precision: 64)
      guard value.isFinite, values.count == expected.count,
        (difference.exponent ?? .min) < 4 - (task.digits - 2) * 33 / 10
      else {
        throw BenchError.disagreement(
          engine: engine.name, workload: "w", precision: task.title, point: [],
          output: "root \(index)", value: "\(value.approximateDouble)",
          expected: "\(other.approximateDouble)")
      }
    }
  }

  /// The seconds for one root in one slice.
  private func each(_ able: Able, _ roots: Double) throws -> Double {
    try able.engine.run(able.count) / Double(able.count) / roots
  }

  /// How often something is repeated to fill a slice.
  private func fitting(_ run: (Int) throws -> Double) throws -> Int {
    var count = 1
    var elapsed = try run(count)
    while elapsed < slice / 4 {
      count *= elapsed > 0 ? min(16, max(2, Int(slice / 2 / elapsed))) : 16
      elapsed = try run(count)
    }
    return max(1, Int(slice / (elapsed / Double(count)) + 0.5))
  }
}
