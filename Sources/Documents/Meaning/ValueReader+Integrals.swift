import Certified
import Exact
import Symbolic

extension ValueReader {
  /// Calls that name parameters by labels: `integral(f, x = 0..1)`, `leading(f, x = 1, y = -1)`.
  func labelledCall(
    _ name: SyntaxNode.Name, _ arguments: [SyntaxNode.Argument], _ node: SyntaxNode
  ) throws(Diagnostic) -> Expression {
    guard let first = arguments.first, first.label == nil else {
      throw Diagnostic("'\(name.text)' takes a formula first", at: name.range)
    }
    let body = try formula(first.value)
    let rest = Array(arguments.dropFirst())
    switch name.text {
    case "leading", "leading_order": return try scaling(name, body, rest, node)
    default: return try integral(name, body, rest, node)
    }
  }

  private func symbol(_ label: SyntaxNode.Name) throws(Diagnostic) -> Symbol {
    try parameter(SyntaxNode(.name(label.text), at: label.range))
  }

  /// The leading term, or its exponent, where parameters x become x·t^weight and t goes to 0.
  private func scaling(
    _ name: SyntaxNode.Name, _ body: Expression, _ arguments: [SyntaxNode.Argument],
    _ node: SyntaxNode
  ) throws(Diagnostic) -> Expression {
    var weights: [Symbol: Rational] = [:]
    for argument in arguments {
      guard let label = argument.label, let weight = try formula(argument.value).rationalValue
      else {
        throw Diagnostic(
          "expected a parameter and its rational weight", at: argument.value.range,
          hint: "for example '\(name.text)(f, x = 1, y = -1/2)': x as t and y as t^(-1/2), t -> 0")
      }
      weights[try symbol(label)] = weight
    }
    guard !weights.isEmpty else {
      throw Diagnostic(
        "'\(name.text)' needs the weights of parameters", at: name.range,
        hint: "for example '\(name.text)(f, x = 1, y = -1/2)'")
    }
    do throws(LimitError) {
      let scaling = try Scaling(of: body, weights: weights)
      if scaling.logarithms > 0 {
        throw LimitError.unsupported("a leading term with logarithms of the scale")
      }
      return name.text == "leading" ? scaling.coefficient : .rational(scaling.exponent)
    } catch {
      throw unanswered(error.description, node)
    }
  }

  /// A definite integral in closed form; `principal_value` names its poles after the range.
  private func integral(
    _ name: SyntaxNode.Name, _ body: Expression, _ arguments: [SyntaxNode.Argument],
    _ node: SyntaxNode
  ) throws(Diagnostic) -> Expression {
    let integral = try parts(name, body, arguments)
    let outcome = DefiniteIntegral.closedForm(
      of: body, over: integral.variable, from: integral.from, to: integral.to,
      principalValuesAt: integral.poles)
    switch outcome {
    case .value(let value): return value
    case .divergent(let place): throw unanswered("the integral diverges: \(place)", node)
    case .notFound(let reason):
      throw unanswered("no closed form of the integral was found: \(reason)", node)
    }
  }

  /// The integral that a call of `integral` or `principal_value` asks for, to be enclosed; nil for
  /// anything else.
  func quadrature(_ node: SyntaxNode) throws(Diagnostic) -> Quadrature? {
    guard case .call(let name, let arguments) = node.withoutParentheses.kind,
      ["integral", "principal_value"].contains(name.text), let first = arguments.first
    else { return nil }
    return try parts(name, try formula(first.value), Array(arguments.dropFirst()))
  }

  private func parts(
    _ name: SyntaxNode.Name, _ body: Expression, _ arguments: [SyntaxNode.Argument]
  ) throws(Diagnostic) -> Quadrature {
    let isPrincipal = name.text == "principal_value"
    guard let range = arguments.first, let label = range.label,
      case .range(let lower, let upper) = range.value.kind,
      isPrincipal ? arguments.count > 1 : arguments.count == 1
    else {
      throw Diagnostic(
        isPrincipal
          ? "'principal_value' takes a formula, the range of a parameter and the poles"
          : "'integral' takes a formula and the range of a parameter", at: name.range,
        hint: isPrincipal
          ? "for example 'principal_value(1/(x^2 - 1), x = 0..infinity, 1)'"
          : "for example 'integral(exp(-x), x = 0..infinity)'")
    }
    var poles: [Expression] = []
    for argument in arguments.dropFirst() {
      if let label = argument.label {
        throw Diagnostic("'\(name.text)' has no argument named '\(label.text)'", at: label.range)
      }
      poles.append(try formula(argument.value))
    }
    return Quadrature(
      body, over: try symbol(label), from: try formula(lower), to: try formula(upper),
      principalValuesAt: poles)
  }
}
