import Arbitrary
import Foundation
import TestSupport
import Testing

@testable import bench

/// The benchmark notices wrong values and rivals that fail, and its medians are medians.
@Suite struct HarnessTests {
  static let cells: [(Workload, Precision)] = Workload.all.flatMap { workload in
    [Precision.double, .bits(53), .bits(256)].map { (workload, $0) }
  }

  @Test(arguments: cells) func ownEnginesPass(_ workload: Workload, _ precision: Precision) throws {
    let points = workload.points(8)
    let certified = try CertifiedValues(workload, precision, points)
    for engine in SeparatrixEngines.all() where try engine.prepare(workload, precision, points) {
      let values = try engine.values(8)
      #expect(values.count == 8)
      try certified.check(values, of: engine.name)
      let seconds = try engine.run(engine.batch)
      #expect(seconds >= 0)
    }
  }

  /// An error of 2^-12 of a value is far above rounding at every point, and is reported.
  @Test(arguments: cells) func wrongValuesAreNoticed(
    _ workload: Workload, _ precision: Precision
  ) throws {
    let points = workload.points(8)
    let certified = try CertifiedValues(workload, precision, points)
    let engine = try #require(
      SeparatrixEngines.all().first { (try? $0.prepare(workload, precision, points)) == true })
    for output in workload.outputs.indices {
      var values = try engine.values(8)
      // Not where the value is exactly zero.
      guard let row = values.firstIndex(where: { !$0[output].isZero }) else { continue }
      let value = values[row][output]
      values[row][output] = Real.add(
        value, Real.scale(value, byPowerOfTwo: -12, precision: 300), precision: 300)
      #expect(throws: BenchError.self) { try certified.check(values, of: "perturbed") }
    }
    #expect(throws: BenchError.self) {
      try certified.check([workload.outputs.map { _ in Real.nan }], of: "NaN")
    }
    #expect(throws: BenchError.self) { try certified.check([[]], of: "nothing") }
  }

  @Test func medianIsTheMiddle() {
    #expect(Measurement.median([3, 1, 2]) == 2)
    #expect(Measurement.median([4, 1, 3, 2]) == 2.5)
    #expect(Measurement.median([]).isNaN)
    let cell = Measurement(
      workload: "a", precision: "53", engine: "x", times: [2, 9, 6], ratios: [2, 3, 1.5])
    #expect(cell.ratio == 2)
    #expect(cell.lowest == 1.5)
    #expect(cell.highest == 3)
    #expect(cell.seconds == 6)
  }

  @Test func rivalsSpeakTheProtocol() throws {
    let rival = try RivalEngine([
      "sh", "-c",
      """
      echo 'a rival'; read request; read point; echo ready
      read request; echo '0.25'; read request; echo 1500
      """,
    ])
    #expect(rival.name == "a rival")
    let isReady = try rival.prepare(.resetQubits, .bits(53), [["1", "1", "1"]])
    #expect(isReady)
    let values = try rival.values(1)
    #expect(values == [[Real(0.25)]])
    let seconds = try rival.run(10)
    #expect(seconds == 1.5e-6)
    // The script is at its end.
    #expect(throws: BenchError.self) { try rival.run(10) }
  }

  @Test func rivalsThatCannotRunAreNamed() {
    #expect(throws: BenchError.self) { try RivalEngine(["sh", "-c", "echo absent gp: not found"]) }
    #expect(throws: BenchError.self) { try RivalEngine(["sh", "-c", "exit 1"]) }
    #expect(throws: BenchError.self) { try RivalEngine(["a program that nobody has"]) }
  }

  @Test func tablesArePrintedBothWays() {
    let reference = Measurement(
      workload: "a", precision: "53", engine: "C with MPFR 4", times: [1e-6], ratios: [1])
    let other = Measurement(
      workload: "a", precision: "53", engine: "other", times: [2e-6], ratios: [2])
    let results = Results(machine: "one core", measurements: [other, reference])
    #expect(
      results.markdown == """
        Machine: one core.

        ### (a) Eq. (3) of the reset qubits

        |  | 53 |
        | --- | ---: |
        | C with MPFR 4 (= 1), µs | 1.00 |
        | other | 2.00 |
        """)
    #expect(results.text.contains("other                    2.00"))
  }
}
