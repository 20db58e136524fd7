import ArgumentParser
import Separatrix

/// `--digits`, checked.
struct DigitsOption: ParsableArguments {
  @Option(
    name: .customLong("digits"), parsing: .unconditional,
    help: "Significant digits, all correct, the last one rounded.")
  var count = 20

  func validate() throws {
    guard count >= 1 else { throw ValidationError("--digits must be 1 or more, not \(count)") }
    guard count <= PointEvaluator.largestDigits else {
      throw ValidationError(
        "--digits must be at most \(PointEvaluator.largestDigits), not \(count)")
    }
  }
}

/// `--at`, which may be repeated.
struct AtOption: ParsableArguments {
  @Option(
    name: .customLong("at"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Exact values of parameters, such as g=5/2,r=2; may be repeated.", valueName: "point"))
  var texts: [String] = []

  /// The values and ranges.
  func point() throws(CommandFailure) -> PointArgument { try PointArgument(texts) }
}

/// Plain text or JSON.
enum ResultFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// CSV, JSON or plain text.
enum CurveFormat: String, ExpressibleByArgument, CaseIterable {
  case csv, json, text
}

extension BoundarySpacing: ExpressibleByArgument {}

/// Reads one of the words of an enumeration of the library.
@Sendable func word<T: RawRepresentable & CaseIterable>(_ text: String) throws -> T
where T.RawValue == String {
  if let value = T(rawValue: text) { return value }
  let known = T.allCases.map(\.rawValue)
  let hint =
    Suggestion.hint(for: text, among: known) ?? "one of " + known.joined(separator: ", ")
  throw ValidationError("'\(text)' is none of the words known here: \(hint)")
}

extension Document {
  /// Reads a document from a file.
  init(path: String) throws {
    try self.init(SourceText(try Console.read(path), file: path))
  }
}
