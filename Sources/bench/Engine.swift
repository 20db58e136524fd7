import Arbitrary

/// Something that evaluates workloads and is timed: a row of the tables.
///
/// The harness prepares an engine for one workload, precision and list of points, checks its values,
/// and then asks for slices of evaluations in turn with other engines.
protocol Engine: AnyObject {
  /// The name of the row.
  var name: String { get }

  /// How many evaluations belong together: the size of a batch, or 1.
  var batch: Int { get }

  /// Takes over the points, converted once to the precision and not timed later.
  ///
  /// - Returns: whether the engine can do this; otherwise the cell stays empty.
  func prepare(_ workload: Workload, _ precision: Precision, _ points: [[String]]) throws -> Bool

  /// The outputs at the first points, for the comparison with certified values; at most `count` points.
  func values(_ count: Int) throws -> [[Real]]

  /// Evaluates point after point, from the first again after the last, and forgets the results.
  ///
  /// - Parameter count: the number of evaluations, a multiple of ``batch``.
  /// - Returns: the time that this took, in seconds, as the engine's own process measures it.
  func run(_ count: Int) throws -> Double
}

extension Engine {
  var batch: Int { 1 }
}

/// The arithmetic of a column.
enum Precision: Hashable, Sendable {
  /// IEEE 754 double precision of the processor.
  case double
  /// Binary floating point with so many bits.
  case bits(Int)

  /// What the protocol of the rivals calls it: 0 for doubles.
  var code: Int { if case .bits(let bits) = self { bits } else { 0 } }

  /// The head of the column.
  var title: String { if case .bits(let bits) = self { "\(bits)" } else { "double" } }

  /// How many points an engine cycles through: enough to defeat a lucky branch predictor and to fill
  /// batches, and at high precision few enough for one round in one slice of time.
  var pointCount: Int {
    switch self {
    case .double: 1024
    case .bits(let bits): bits <= 256 ? 256 : bits <= 2048 ? 64 : 16
    }
  }
}
