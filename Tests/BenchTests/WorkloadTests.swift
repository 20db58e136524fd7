import Arbitrary
import Exact
import Symbolic
import TestSupport
import Testing

@testable import bench

/// The texts of the benchmark's workloads mean what the papers print.
@Suite struct WorkloadTests {
  struct Recorded: Decodable {
    struct Case: Decodable, CustomTestStringConvertible {
      let letter: String
      let point: [String]
      let values: [String]
      var testDescription: String { "(\(letter)) at \(point.joined(separator: " "))" }
    }
    let workloads: [Case]
  }

  static let recorded = (try? Oracle.load("workloads", as: Recorded.self))?.workloads ?? []

  @Test func threePointsAreRecordedForEach() {
    for workload in Workload.all {
      #expect(Self.recorded.filter { $0.letter == String(workload.letter) }.count == 3)
    }
  }

  @Test(arguments: recorded) func valuesAgreeToSixtyDigits(_ item: Recorded.Case) throws {
    let workload = try #require(Workload.all.first { String($0.letter) == item.letter })
    let program = try Program(workload.expressions(), inputs: workload.symbols)
    let point = try item.point.map { try #require(Interval($0, precision: 320)) }
    let values = try program.enclose(point, precision: 320)
    #expect(values.count == item.values.count)
    for (value, text) in zip(values, item.values) {
      let expected = try #require(Rational(text))
      #expect(value.isReal)
      if expected == 0 {
        #expect(value.re.contains(expected))
        continue
      }
      // Rounding to 60 digits moves a number by less than 2^-196 of itself.
      let difference = Interval.sub(value.re, Interval(expected, precision: 320), precision: 320)
      let bound = Real.scale(value.re.magnitude, byPowerOfTwo: -196, precision: 64)
      #expect(difference.magnitude <= bound, "\(value.re) and \(text)")
    }
  }

  /// Every point of every column has values: divisors, roots and logarithms stay inside their domains.
  @Test func pointsAreInTheDomain() throws {
    for workload in Workload.all {
      let program = try Program(workload.expressions(), inputs: workload.symbols)
      for point in workload.points(Precision.double.pointCount) {
        let values = program.evaluate(point.compactMap { Double($0) })
        #expect(values.allSatisfy { $0.isFinite }, "(\(workload.letter)) at \(point)")
      }
    }
  }

  @Test func pointsAreDistinctAndInTheirRanges() {
    for workload in Workload.all {
      let points = workload.points(1024)
      #expect(Set(points).count == points.count)
      for (index, input) in workload.inputs.enumerated() {
        let values = points.compactMap { Double($0[index]) }
        let scale = (0..<input.places).reduce(1.0) { scale, _ in scale * 10 }
        #expect(values.count == points.count)
        #expect(values.allSatisfy { $0 * scale > Double(input.first) - 0.5 })
        #expect(values.allSatisfy { $0 * scale < Double(input.last) + 0.5 })
      }
    }
  }
}
