import Exact

/// Why a limit or extremum is not known. None of these says anything of its value, except
/// ``noLimit(_:)``.
public enum LimitError: Error, Equatable, Sendable {
  /// The answer depends on the sign of this quantity, which is not proved over the domains.
  case undecidedSign(of: Expression)
  /// Proved: there is no limit, and it is no signed infinity.
  case noLimit(String)
  /// The terms that were worked out all cancel.
  case limitOfTerms(Int)
  /// A part that the method has no rule for.
  case unsupported(String)
  /// The point or the function is undefined, or a limit on size was reached.
  case arithmetic(ArithmeticError)

  /// Runs exact arithmetic, its errors wrapped.
  static func arithmetic<T>(
    _ body: () throws(ArithmeticError) -> T
  ) throws(LimitError) -> T {
    do { return try body() } catch { throw .arithmetic(error) }
  }
}

extension LimitError: CustomStringConvertible {
  /// A sentence for the user.
  public var description: String {
    switch self {
    case .undecidedSign(let quantity): "the sign of \(quantity) is not known"
    case .noLimit(let why): "there is no limit: \(why)"
    case .limitOfTerms(let count): "all terms cancel up to the limit of \(count)"
    case .unsupported(let what): "no rule for \(what)"
    case .arithmetic(let error): error.description
    }
  }
}
