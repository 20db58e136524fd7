/// What can go wrong in `Symbolic`.
public enum SymbolicError: Error, Hashable, Sendable {
  /// A text is not an expression; the diagnostics say why, rendered with their source.
  case syntax([Diagnostic], rendered: String)
  /// No number lies in the domain.
  case emptyDomain(String)
  /// The expression has no derivative by the symbol that this library can state.
  case notDifferentiable(function: Function, by: Symbol)
  /// The derivative of the function is no function of this library.
  case noDerivative(function: Function, by: Symbol)
  /// The language of a printer has no words for a part of the expression.
  case notPrintable(notation: String, what: String)
  /// The result would be too large.
  case tooLarge(String)
  /// A function was given a number of arguments that it does not take.
  case wrongArity(function: Function, given: Int)
  /// A function was given an argument that it cannot take.
  case unsuitableArgument(function: Function, problem: String)
  /// Symbols occur that no value is given for.
  case unboundSymbols([Symbol])
  /// A procedure is applied, of which algebra and calculus know nothing.
  case noFormula(String)
  /// A part of the expression is no number.
  case noValue(String)
}

extension SymbolicError: CustomStringConvertible {
  /// A sentence for the user.
  public var description: String {
    switch self {
    case .syntax(_, let rendered): rendered
    case .emptyDomain(let domain): "no number lies in \(domain)"
    case .notDifferentiable(let function, let symbol):
      "\(function.name) of something complex is not differentiable by \(symbol)"
    case .noDerivative(let function, let symbol):
      "the derivative of \(function.name) by \(symbol) is no function of this language"
    case .notPrintable(let notation, let what): "\(notation) cannot express \(what)"
    case .tooLarge(let what): "\(what) is too large"
    case .wrongArity(let function, let given):
      "\(function.name) takes \(function.arity), not \(given)"
    case .unsuitableArgument(_, let problem): problem
    case .unboundSymbols(let symbols):
      "no value is given for " + symbols.map(\.name).joined(separator: ", ")
    case .noFormula(let what):
      "\(what) is computed point by point; no formula for it is known"
    case .noValue(let what): "\(what) is not a number"
    }
  }
}
