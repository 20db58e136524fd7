import Arbitrary
import Exact
import Symbolic

/// Enclosures of a workload's outputs, against which every engine's values are held before it is timed.
struct CertifiedValues {
  private let workload: Workload
  private let precision: Precision
  private let points: [[String]]
  /// For every point and output: the value to more bits than the precision, and what rounding errors
  /// of the size of the precision may do to it.
  private let expected: [[(value: Interval, tolerance: Real)]]

  /// Encloses the outputs at points.
  ///
  /// A value counts as right when it is no farther from the true one than 64 times the width of the
  /// enclosure that plain interval arithmetic gives at the engine's precision. That width follows from
  /// the conditioning of the formula at the point; an engine that sums in another order stays within
  /// a small multiple of it, and an error in a formula does not.
  init(_ workload: Workload, _ precision: Precision, _ points: [[String]]) throws {
    self.workload = workload
    self.precision = precision
    self.points = points
    let bits = if case .bits(let bits) = precision { bits } else { 53 }
    let program = try Program(workload.expressions(), inputs: workload.symbols)
    var expected: [[(value: Interval, tolerance: Real)]] = []
    for point in points {
      let exact = try point.map { text in
        guard let value = Rational(text) else { throw BenchError.input("no number: \(text)") }
        return value
      }
      let fine = try program.enclose(
        exact.map { Interval($0, precision: bits + 128) }, precision: bits + 128)
      let coarse = try program.enclose(
        exact.map { Interval($0, precision: bits) }, precision: bits)
      expected.append(
        zip(fine, coarse).map { fine, coarse in
          (fine.re, Real.scale(coarse.re.width, byPowerOfTwo: 6, precision: 64, rounding: .up))
        })
    }
    self.expected = expected
  }

  /// Checks an engine's values at the first points.
  ///
  /// - Throws: ``BenchError/disagreement(engine:workload:precision:point:output:value:expected:)``.
  func check(_ values: [[Real]], of engine: String) throws {
    for (index, row) in values.enumerated() {
      guard row.count == workload.outputs.count, index < points.count else {
        throw BenchError.rival(engine, "\(row.count) values for \(workload.outputs.count) outputs")
      }
      for (output, value) in row.enumerated() {
        let (truth, tolerance) = expected[index][output]
        let error = Interval.sub(Interval(value), truth, precision: 64).magnitude
        guard value.isFinite, error <= tolerance else {
          throw BenchError.disagreement(
            engine: engine, workload: workload.letter, precision: precision.title,
            point: points[index], output: workload.outputs[output], value: value.description,
            expected: truth.description)
        }
      }
    }
  }
}
