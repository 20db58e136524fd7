/// What stops the benchmark.
enum BenchError: Error, CustomStringConvertible {
  /// A rival's process ended or answered what the protocol does not know.
  case rival(String, String)
  /// An engine's value is not that of the closed form.
  case disagreement(
    engine: String, workload: Character, precision: String, point: [String], output: String,
    value: String, expected: String)
  /// The engine that ratios refer to is missing.
  case noReference(String)
  /// The command line or a file of results is wrong.
  case input(String)

  var description: String {
    switch self {
    case .rival(let name, let text): "\(name): \(text)"
    case .disagreement(
      let engine, let workload, let precision, let point, let output, let value, let expected):
      """
      \(engine) disagrees with the certified value: workload \(workload), precision \(precision), \
      \(output) at \(point.joined(separator: " ")): \(value), expected \(expected)
      """
    case .noReference(let name): "\(name) is missing, to which ratios refer; see `make bench`"
    case .input(let text): text
    }
  }
}
