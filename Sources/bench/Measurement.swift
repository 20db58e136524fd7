/// What one cell of the tables rests on.
struct Measurement: Codable, Sendable {
  let workload: String
  let precision: String
  let engine: String
  /// Median seconds for one evaluation.
  let seconds: Double
  /// Median over the rounds of the time divided by the reference's in the same round.
  let ratio: Double
  /// The least and greatest of these quotients.
  let lowest: Double
  let highest: Double
  let rounds: Int

  /// The medians of an engine's times and of their quotients by the reference's, round by round.
  init(
    workload: String, precision: String, engine: String, times: [Double], reference: [Double]
  ) {
    let ratios = zip(times, reference).map { $0 / $1 }
    self.workload = workload
    self.precision = precision
    self.engine = engine
    seconds = Self.median(times)
    ratio = Self.median(ratios)
    lowest = ratios.min() ?? .nan
    highest = ratios.max() ?? .nan
    rounds = times.count
  }

  /// The middle value, the mean of the two in the middle of an even number; NaN of none.
  static func median(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return .nan }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
