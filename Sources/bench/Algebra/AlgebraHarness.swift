import Exact
import Foundation

/// The interleaved run of the tasks of exact algebra: as ``Harness``, with Separatrix itself as what
/// ratios refer to, for it is always there.
struct AlgebraHarness {
  let own: any AlgebraEngine
  let rivals: [any AlgebraEngine]
  let rounds: Int
  /// About how long one engine runs in a round, in seconds.
  let slice: Double

  /// The name under which measurements are kept.
  static let workload = "w2"

  /// The rivals: programs that `make bench` compiles, and scripts with their arguments.
  static let compiled = ["w2_flint"]
  static let scripts = [
    ["w2_flint.py"], ["w2_pari.py"], ["w2_sympy.py", "heuristic"], ["w2_sympy.py", "modular"],
  ]

  /// Measures one task for all engines that can do it.
  ///
  /// - Throws: ``BenchError`` where results differ or a rival fails.
  func measure(_ task: AlgebraTask) throws -> [Measurement] {
    guard try own.prepare(task) else { return [] }
    let expected = task.normalized(try own.values())
    var able: [(engine: any AlgebraEngine, count: Int)] = [(own, try fitting(own))]
    for rival in rivals where try rival.prepare(task) {
      let values = task.normalized(try rival.values())
      guard values == expected else {
        let place = zip(values, expected).enumerated().first { $0.element.0 != $0.element.1 }
        throw BenchError.disagreement(
          engine: rival.name, workload: "w", precision: task.title, point: [],
          output: "result \(place?.offset ?? values.count)",
          value: "\(place?.element.0 ?? [])", expected: "\(place?.element.1 ?? [])")
      }
      able.append((rival, try fitting(rival)))
    }
    var times = [[Double]](repeating: [], count: able.count)
    var ratios = times
    for round in 0..<rounds {
      let order = round % 2 == 0 ? Array(able.indices) : able.indices.reversed()
      var before = try each(able[0])
      for index in order where index != 0 {
        // What needs many slices for one solution needs no median.
        if round > 0, times[index][0] > 20 * slice { continue }
        let own = try each(able[index])
        let after = try each(able[0])
        times[index].append(own)
        ratios[index].append(2 * own / (before + after))
        times[0].append(after)
        ratios[0].append(1)
        before = after
      }
      if able.count == 1 {
        times[0].append(before)
        ratios[0].append(1)
      }
    }
    return able.indices.map { index in
      Measurement(
        workload: Self.workload, precision: task.title, engine: able[index].engine.name,
        times: times[index], ratios: ratios[index])
    }
  }

  private func each(_ able: (engine: any AlgebraEngine, count: Int)) throws -> Double {
    try able.engine.run(able.count) / Double(able.count)
  }

  /// The number of solutions that fill a slice.
  private func fitting(_ engine: any AlgebraEngine) throws -> Int {
    var count = 1
    var elapsed = try engine.run(count)
    while elapsed < slice / 4 {
      count *= elapsed > 0 ? min(16, max(2, Int(slice / 2 / elapsed))) : 16
      elapsed = try engine.run(count)
    }
    return max(1, Int(slice / (elapsed / Double(count)) + 0.5))
  }
}
