import Exact
import Symbolic

extension ValueReader {
  /// derivative, limit, series, maximum, minimum, supremum, infimum, argmax, argmin.
  func calculus(
    _ name: SyntaxNode.Name, _ nodes: [SyntaxNode], _ node: SyntaxNode
  ) throws(Diagnostic) -> Expression {
    switch name.text {
    case "derivative":
      guard nodes.count == 2 || nodes.count == 3 else {
        throw Diagnostic(
          "'derivative' takes a formula, a parameter and, if not 1, the order",
          at: name.range)
      }
      let body = try formula(nodes[0])
      let variable = try parameter(nodes[1])
      var order = 1
      if nodes.count == 3 {
        guard let value = try formula(nodes[2]).rationalValue, value.isInteger,
          let word = value.numerator.word, (0...64).contains(word)
        else { throw Diagnostic("the order is a whole number from 0 to 64", at: nodes[2].range) }
        order = word
      }
      do throws(SymbolicError) {
        return try body.derivative(by: variable, order: order)
      } catch {
        throw Diagnostic(error.description, at: node.range)
      }
    case "limit": return try limit(name, nodes, node)
    case "series": return try series(name, nodes, node)
    case "supremum", "infimum", "maximum", "minimum":
      return nodes.count > 2
        ? try bound(name, nodes, node) : try extremum(name, nodes, node)
    default: return try extremum(name, nodes, node)
    }
  }

  /// The parameter that an argument names.
  func parameter(_ node: SyntaxNode) throws(Diagnostic) -> Symbol {
    guard let name = node.name, case .symbol(let symbol)? = scope.value(of: name.text)?.kind else {
      throw Diagnostic(
        "expected the name of a parameter, found \(node.phrase)", at: node.range,
        hint: node.name.flatMap { Suggestion.hint(for: $0.text, among: Array(scope.values.keys)) })
    }
    return symbol
  }

  private func limit(
    _ name: SyntaxNode.Name, _ nodes: [SyntaxNode], _ node: SyntaxNode
  ) throws(Diagnostic) -> Expression {
    guard nodes.count == 2, case .arrow(let left, let right) = nodes[1].kind else {
      throw Diagnostic(
        "'limit' takes a formula and where a parameter goes", at: name.range,
        hint: "for example 'limit(N, r -> infinity)'")
    }
    let body = try formula(nodes[0])
    let variable = try parameter(left)
    let point = try approach(of: variable, to: right)
    do throws(LimitError) {
      return try Limit.of(body, as: variable, to: point)
    } catch {
      throw unanswered(error.description, node)
    }
  }

  /// Where a parameter goes, from inside its domain: from the right unless the domain lies to the left.
  private func approach(of variable: Symbol, to node: SyntaxNode) throws(Diagnostic) -> LimitPoint {
    let target = try formula(node)
    if target == .infinity { return .infinity }
    if target == -Expression.infinity { return .negativeInfinity }
    let isUpperEnd: Bool =
      if case .interval(_, let upper) = variable.domain.shape, let end = upper.value {
        target.rationalValue == end
      } else { false }
    return isUpperEnd ? .fromLeft(target) : .fromRight(target)
  }

  /// The first terms of an expansion, without the remainder.
  private func series(
    _ name: SyntaxNode.Name, _ nodes: [SyntaxNode], _ node: SyntaxNode
  ) throws(Diagnostic) -> Expression {
    guard (2...3).contains(nodes.count), case .arrow(let left, let right) = nodes[1].kind else {
      throw Diagnostic(
        "'series' takes a formula, where a parameter goes and, if not 6, the number of terms",
        at: name.range, hint: "for example 'series(N, r -> 0, 3)'")
    }
    let body = try formula(nodes[0])
    let variable = try parameter(left)
    let point = try approach(of: variable, to: right)
    var count = 6
    if nodes.count == 3 {
      guard let value = try formula(nodes[2]).rationalValue, value.isInteger,
        let word = value.numerator.word, (1...64).contains(word)
      else {
        throw Diagnostic("the number of terms is a whole number from 1 to 64", at: nodes[2].range)
      }
      count = word
    }
    do throws(LimitError) {
      return try Series(of: body, in: variable, at: point, terms: count).sum
    } catch {
      throw unanswered(error.description, node)
    }
  }

  /// A bound of a function with exponentials and the like, or its place; nil where there is no answer.
  private func smoothExtremum(
    _ name: SyntaxNode.Name, _ body: Expression, _ variable: Symbol, _ node: SyntaxNode
  ) throws(Diagnostic) -> Expression? {
    let isGreatest = ["maximum", "supremum", "argmax"].contains(name.text)
    guard
      let found = isGreatest
        ? try? SmoothExtremum.maximum(of: body, as: variable)
        : try? SmoothExtremum.minimum(of: body, as: variable)
    else { return nil }
    switch name.text {
    case "supremum", "infimum": return found.value
    case "maximum", "minimum":
      if found.isAttained { return found.value }
      throw unanswered(
        "the bound is approached but not taken", node,
        hint: "ask for '\(isGreatest ? "supremum" : "infimum")'")
    default:
      guard found.places.count == 1 else {
        throw unanswered("the bound is not taken at one place", node)
      }
      return found.places[0]
    }
  }

  /// A bound over the domains of several parameters.
  private func bound(
    _ name: SyntaxNode.Name, _ nodes: [SyntaxNode], _ node: SyntaxNode
  ) throws(Diagnostic) -> Expression {
    let body = try formula(nodes[0])
    var named = Set<Symbol>()
    for argument in nodes.dropFirst() { named.insert(try parameter(argument)) }
    let isGreatest = name.text == "maximum" || name.text == "supremum"
    if let other = body.freeSymbols.subtracting(named).sorted(by: { $0.precedes($1) }).first {
      throw unanswered("the bound depends on \(other.name) too", node)
    }
    return try bound(
      of: body, isGreatest, mustBeTaken: ["maximum", "minimum"].contains(name.text), node)
  }

  private func bound(
    of body: Expression, _ isGreatest: Bool, mustBeTaken: Bool, _ node: SyntaxNode
  ) throws(Diagnostic) -> Expression {
    let result: Supremum
    do throws(LimitError) {
      result = isGreatest ? try .of(body) : try .infimum(of: body)
    } catch {
      throw unanswered(error.description, node)
    }
    if mustBeTaken, result.isAttained != true {
      throw unanswered(
        result.isAttained == false
          ? "the bound is approached but not taken" : "whether the bound is taken is not decided",
        node, hint: "ask for '\(isGreatest ? "supremum" : "infimum")'")
    }
    if let value = result.value ?? result.number.flatMap({ Extremum.radicals($0) }) { return value }
    throw unanswered(
      "the bound is an algebraic number of degree \(result.number?.degree ?? 0), which has no "
        + "closed form here", node)
  }

  /// What was asked is well formed but has no answer here: claims that need it stay undecided.
  func unanswered(
    _ reason: String, _ node: SyntaxNode, hint: String? = nil
  ) -> Diagnostic {
    // A formula in a reason may fill pages, which nobody reads.
    let text = reason.count > 400 ? reason.prefix(250) + " … " + reason.suffix(100) : reason[...]
    return Diagnostic(String(text), at: node.range, severity: .warning, hint: hint)
  }

  /// maximum and minimum are taken, supremum and infimum may only be approached; argmax and argmin
  /// are the one place where they are taken.
  private func extremum(
    _ name: SyntaxNode.Name, _ nodes: [SyntaxNode], _ node: SyntaxNode
  ) throws(Diagnostic) -> Expression {
    try count(nodes, 2, name)
    let body = try formula(nodes[0])
    let variable = try parameter(nodes[1])
    let isGreatest = ["maximum", "supremum", "argmax"].contains(name.text)
    let result: Extremum
    do throws(LimitError) {
      result =
        isGreatest
        ? try .maximum(of: body, as: variable) : try .minimum(of: body, as: variable)
    } catch {
      if let value = try smoothExtremum(name, body, variable, node) { return value }
      // This road takes square roots and absolute values too.
      if !name.text.hasPrefix("arg"), body.freeSymbols == [variable],
        let value = try? bound(
          of: body, isGreatest, mustBeTaken: ["maximum", "minimum"].contains(name.text), node)
      {
        return value
      }
      throw unanswered(error.description, node)
    }
    let wantsPlace = name.text == "argmax" || name.text == "argmin"
    if name.text != "supremum" && name.text != "infimum" && !result.isAttained {
      throw unanswered(
        "the bound is approached but not taken", node,
        hint: wantsPlace ? nil : "ask for '\(isGreatest ? "supremum" : "infimum")'")
    }
    if wantsPlace {
      guard result.places.count == 1, case .at(let place) = result.places[0] else {
        throw unanswered("the bound is taken at more than one place", node)
      }
      guard let expression = Extremum.radicals(place) else {
        throw unanswered("the place is a root of degree \(place.degree)", node)
      }
      return expression
    }
    guard let value = result.value else {
      throw unanswered(
        "the bound is an algebraic number of degree \(result.number?.degree ?? 0), which has no "
          + "closed form here", node)
    }
    return value
  }
}
