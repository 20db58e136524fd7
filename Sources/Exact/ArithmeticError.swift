/// What exact and enclosing arithmetic cannot answer.
///
/// Three outcomes exist for an operation, as in FLINT: a value, a point outside the domain, and
/// "unable" (a limit was reached). The first is the return value, the others are these errors.
public enum ArithmeticError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The divisor is exactly zero.
  case divisionByZero
  /// The argument lies outside the function's domain; the text says which function and why.
  case domain(String)
  /// The result cannot be represented (an exponent or a size beyond what the types hold).
  case overflow(String)
  /// A stated limit on work or size was reached before an answer.
  case limit(String)

  public var description: String {
    switch self {
    case .divisionByZero: "division by zero"
    case .domain(let what): "outside the domain: \(what)"
    case .overflow(let what): "too large: \(what)"
    case .limit(let what): "limit reached: \(what)"
    }
  }
}
