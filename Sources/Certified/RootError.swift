import Exact

/// Why roots or a curve cannot be computed from the input.
public enum RootError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Variables that must not occur.
  case otherVariables([String])
  /// A range or box without interior, or digits that are not positive.
  case badInput(String)
  /// The digits asked are not reached within the precision limit.
  case precisionLimit(digits: Int)
  /// The task was cancelled.
  case cancelled

  public var description: String {
    switch self {
    case .otherVariables(let names): "other variables occur: \(names.joined(separator: ", "))"
    case .badInput(let what): what
    case .precisionLimit(let digits): "\(digits) digits not reached within the precision limit"
    case .cancelled: "cancelled"
    }
  }
}
