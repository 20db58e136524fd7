import Exact

/// Gives the syntax of a scalar expression its meaning, and reports everything that has none.
///
/// `Documents` passes a `reader` for what it alone understands (`rho[1, 2]`, `negativity(rho, A)`).
public struct Elaborator {
  /// Reads a call, index or other form that is no arithmetic: gives its value, or nil to leave it
  /// to the elaborator (which then knows its own functions or reports an error), or throws what is
  /// wrong with it.
  public typealias Reader = (SyntaxNode) throws(Diagnostic) -> Expression?

  /// What names mean.
  public let scope: Scope
  /// What was found wrong so far, in the order of the text.
  public private(set) var diagnostics: [Diagnostic] = []

  private let reader: Reader

  /// An elaborator of one or more expressions in a scope.
  public init(
    scope: Scope, reader: @escaping Reader = { (_) throws(Diagnostic) in nil }
  ) {
    self.scope = scope
    self.reader = reader
  }

  /// The meaning of an expression; nil when something in it has none, with all its errors added to
  /// `diagnostics`.
  ///
  /// - Complexity: O(size), plus the size of what `with` and formulas substitute into.
  public mutating func elaborate(_ node: SyntaxNode) -> Expression? {
    switch node.kind {
    case .number(let value): return .rational(value)
    case .name(let name): return self.name(name, node)
    case .parenthesised(let inner): return elaborate(inner)
    case .prefix(let sign, let inner):
      let value = elaborate(inner)
      return sign == .minus ? value.map { -$0 } : value
    case .chain(let first, let links): return chain(first, links)
    case .power(let base, let exponent):
      let (base, exponent) = (elaborate(base), elaborate(exponent))
      if let base, let exponent { return base.power(exponent) }
      return nil
    case .call(let name, let arguments): return call(node, name, arguments)
    case .with(let body, let bindings): return substitution(body, bindings)
    default: return read(node)
    }
  }

  // MARK: - Forms

  private mutating func name(_ name: String, _ node: SyntaxNode) -> Expression? {
    if let value = scope.value(of: name) { return value }
    let isCallable = scope.formulas[name] != nil || Function(named: name) != nil
    // The reader may know names that are no scalars, and say so better.
    guard !isCallable, let value = read(node, otherwise: unknown(name, node.range)) else {
      if isCallable {
        report("'\(name)' is a function", node.range, hint: "write '\(name)(…)'")
      }
      return nil
    }
    return value
  }

  private func unknown(_ name: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "unknown name '\(name)'", at: range,
      hint: Suggestion.hint(for: name, among: scope.valueNames))
  }

  private mutating func chain(_ first: SyntaxNode, _ links: [SyntaxNode.Link]) -> Expression? {
    var parts: [Expression?] = [elaborate(first)]
    var isSum = false
    for link in links {
      let operand = elaborate(link.operand)
      switch link.symbol {
      case .plus, .times: parts.append(operand)
      case .minus: parts.append(operand.map { -$0 })
      case .divide: parts.append(operand.map { $0.power(-1) })
      }
      isSum = link.symbol == .plus || link.symbol == .minus
    }
    let values = parts.compactMap { $0 }
    guard values.count == parts.count else { return nil }
    return isSum ? .sum(values) : .product(values)
  }

  private mutating func call(
    _ node: SyntaxNode, _ name: SyntaxNode.Name, _ arguments: [SyntaxNode.Argument]
  ) -> Expression? {
    if let formula = scope.formulas[name.text] {
      let count = formula.parameters.count
      let arity = Function.Arity(least: count, most: count)
      guard let values = values(of: arguments, for: name, arity) else { return nil }
      return formula.body.substituting(
        Dictionary(zip(formula.parameters, values)) { first, _ in first })
    }
    if let function = Function(named: name.text) {
      guard let values = values(of: arguments, for: name, function.arity) else { return nil }
      if let problem = function.problem(with: values) {
        report(problem, arguments.first?.value.range ?? name.range)
        return nil
      }
      return Expression(raw: .function(function, values))
    }
    let isValue = scope.values[name.text] != nil || Scope.constants[name.text] != nil
    let problem = Diagnostic(
      isValue ? "'\(name.text)' is not a function" : "unknown function '\(name.text)'",
      at: name.range,
      hint: isValue
        ? "write '\(name.text)*(…)' for a product"
        : Suggestion.hint(for: name.text, among: scope.callableNames))
    return read(node, otherwise: problem)
  }

  /// The arguments' values, when there are as many as the function takes and all have a meaning.
  private mutating func values(
    of arguments: [SyntaxNode.Argument], for name: SyntaxNode.Name, _ arity: Function.Arity
  ) -> [Expression]? {
    var values: [Expression?] = []
    for argument in arguments {
      if let label = argument.label {
        report("'\(name.text)' has no argument named '\(label.text)'", label.range)
        values.append(nil)
      } else {
        values.append(elaborate(argument.value))
      }
    }
    guard arity.contains(arguments.count) else {
      report("'\(name.text)' takes \(arity), not \(arguments.count)", name.range)
      return nil
    }
    let found = values.compactMap { $0 }
    return found.count == values.count ? found : nil
  }

  private mutating func substitution(
    _ body: SyntaxNode, _ bindings: [SyntaxNode.Binding]
  ) -> Expression? {
    let value = elaborate(body)
    var table: [Symbol: Expression] = [:]
    var isComplete = true
    for binding in bindings {
      let replacement = elaborate(binding.value)
      let name = binding.name
      if let target = scope.value(of: name.text) {
        if case .symbol(let symbol) = target.kind, let replacement {
          table[symbol] = replacement
        } else if replacement != nil {
          report("'\(name.text)' is not a parameter and cannot be given a value", name.range)
          isComplete = false
        } else {
          isComplete = false
        }
      } else {
        diagnostics.append(unknown(name.text, name.range))
        isComplete = false
      }
    }
    return isComplete ? value?.substituting(table) : nil
  }

  // MARK: - Errors

  /// What the reader makes of a form, or else an error.
  private mutating func read(_ node: SyntaxNode, otherwise problem: Diagnostic? = nil)
    -> Expression?
  {
    do throws(Diagnostic) {
      if let value = try reader(node) { return value }
      diagnostics.append(
        problem ?? Diagnostic("expected a number, found \(node.phrase)", at: node.range))
    } catch {
      diagnostics.append(error)
    }
    return nil
  }

  private mutating func report(_ message: String, _ range: SourceRange, hint: String? = nil) {
    diagnostics.append(Diagnostic(message, at: range, hint: hint))
  }
}

extension SyntaxNode {
  /// The form as an error message names it.
  public var phrase: String {
    switch kind {
    case .number: "a number"
    case .name(let text): "'\(text)'"
    case .string: "a text in quotes"
    case .prefix, .chain, .power, .parenthesised, .with: "an expression"
    case .adjoint: "an adjoint"
    case .call(let name, _): "a call of '\(name.text)'"
    case .index: "an element of a matrix or list"
    case .list: "a list"
    case .tuple: "a tuple"
    case .set: "a set"
    case .range: "a range"
    case .arrow: "an arrow"
    case .comparison: "a comparison"
    }
  }
}
