/// What one cell of the tables rests on.
struct Measurement: Codable, Sendable {
  let workload: String
  let precision: String
  let engine: String
  /// Median seconds for one evaluation.
  let seconds: Double
  /// Median over the rounds of the time divided by that of the reference beside it.
  let ratio: Double
  /// The least and greatest of these quotients.
  let lowest: Double
  let highest: Double
  /// How many slices of time.
  let slices: Int

  /// The medians of an engine's times and of their quotients by the reference's, slice by slice.
  init(workload: String, precision: String, engine: String, times: [Double], ratios: [Double]) {
    self.workload = workload
    self.precision = precision
    self.engine = engine
    seconds = Self.median(times)
    ratio = Self.median(ratios)
    lowest = ratios.min() ?? .nan
    highest = ratios.max() ?? .nan
    slices = times.count
  }

  /// The middle value, the mean of the two in the middle of an even number; NaN of none.
  static func median(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return .nan }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
