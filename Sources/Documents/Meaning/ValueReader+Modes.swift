import Algebra
import Exact
import OpenSystems
import Symbolic

/// Operators of bosonic modes: sums, products and adjoints of the modes' names, in normal order.
extension ValueReader {
  /// Whether the value is an operator of modes, as far as its shape and names tell.
  func isModal(_ node: SyntaxNode) -> Bool {
    switch node.kind {
    case .name(let name):
      guard scope.value(of: name) == nil, case .modeOperator? = values[name] else { return false }
      return true
    case .parenthesised(let inner), .prefix(_, let inner), .adjoint(let inner):
      return isModal(inner)
    case .chain(let first, let links):
      return isModal(first) || links.contains { isModal($0.operand) }
    case .power(let base, _): return isModal(base)
    case .with(let body, _): return isModal(body)
    case .call(let name, let arguments):
      return ["commutator", "adjoint"].contains(name.text) && scope.formulas[name.text] == nil
        && arguments.contains { isModal($0.value) }
    default: return false
    }
  }

  /// The operator that an expression stands for; a number is that number times the identity.
  func modeOperator(_ node: SyntaxNode) throws(Diagnostic) -> ModeOperator<Expression> {
    try unreducedOperator(node).withoutVanishing
  }

  private func unreducedOperator(_ node: SyntaxNode) throws(Diagnostic) -> ModeOperator<Expression>
  {
    guard isModal(node) else { return try number(node) }
    switch node.kind {
    case .parenthesised(let inner): return try unreducedOperator(inner)
    case .prefix(let sign, let inner):
      let value = try unreducedOperator(inner)
      return sign == .minus ? -value : value
    case .adjoint(let inner): return try unreducedOperator(inner).adjoint
    case .chain(let first, let links): return try chain(first, links)
    case .power(let base, let exponent):
      guard let value = try formula(exponent).rationalValue, value.isInteger,
        let n = value.numerator.word, (0...16).contains(n)
      else {
        throw Diagnostic(
          "a power of an operator has an exponent from 0 to 16", at: exponent.range)
      }
      let operatorValue = try modeOperator(base)
      return try ordered(node) { () throws(ArithmeticError) in try operatorValue.power(n) }
    case .with(let body, let bindings): return try substituted(body, bindings)
    case .call(let name, let arguments):
      let nodes = arguments.map(\.value)
      if name.text == "adjoint" {
        try count(nodes, 1, name)
        return try modeOperator(nodes[0]).adjoint
      }
      try count(nodes, 2, name)
      let (x, y) = (try modeOperator(nodes[0]), try modeOperator(nodes[1]))
      return try ordered(node) { () throws(ArithmeticError) in
        try ModeOperator.commutator(x, y)
      }
    default:
      guard let name = node.name, case .modeOperator(let value)? = values[name.text] else {
        throw Diagnostic("expected an operator, found \(node.phrase)", at: node.range)
      }
      return value
    }
  }

  private func number(_ node: SyntaxNode) throws(Diagnostic) -> ModeOperator<Expression> {
    // The adjoint of a number is its conjugate.
    if case .adjoint(let inner) = node.withoutParentheses.kind {
      return ModeOperator(try formula(inner).conjugate)
    }
    return ModeOperator(try formula(node))
  }

  private func chain(
    _ first: SyntaxNode, _ links: [SyntaxNode.Link]
  ) throws(Diagnostic) -> ModeOperator<Expression> {
    var result = try unreducedOperator(first)
    for link in links {
      if link.symbol == .divide {
        guard !isModal(link.operand) else {
          throw Diagnostic("an operator cannot be divided by", at: link.operand.range)
        }
        let divisor = try formula(link.operand)
        result = result.map { $0 / divisor }
        continue
      }
      let other = try unreducedOperator(link.operand)
      let left = result
      switch link.symbol {
      case .plus: result = left + other
      case .minus: result = left - other
      default:
        result = try ordered(link.operand) { () throws(ArithmeticError) in try left.times(other) }
      }
    }
    return result
  }

  func ordered<R>(
    _ node: SyntaxNode, _ body: () throws(ArithmeticError) -> R
  ) throws(Diagnostic) -> R {
    do throws(ArithmeticError) {
      return try body()
    } catch {
      throw Diagnostic(error.description, at: node.range)
    }
  }

  // MARK: Substitution

  /// Whether one of the names that a `with` binds is a mode.
  func bindsModes(_ bindings: [SyntaxNode.Binding]) -> Bool {
    bindings.contains { mode(named: $0.name.text) != nil }
  }

  /// The place of a mode that a name stands for.
  func mode(named name: String) -> Int? {
    guard case .modeOperator(let value)? = values[name] else { return nil }
    return value.annihilatedMode
  }

  /// The place of a mode that an argument names.
  func mode(_ node: SyntaxNode) throws(Diagnostic) -> Int {
    if let name = node.name, let place = mode(named: name.text) { return place }
    throw Diagnostic(
      "expected a mode, found \(node.phrase)", at: node.range,
      hint: node.name.flatMap { Suggestion.hint(for: $0.text, among: modes) }
        ?? (modes.isEmpty ? "declare modes with 'mode a, b'" : nil))
  }

  /// What the bindings of modes say, checked to be annihilation operators, and the other bindings.
  func images(
    _ bindings: [SyntaxNode.Binding]
  ) throws(Diagnostic) -> (
    images: [(mode: Int, image: ModeOperator<Expression>)], others: [Symbol: Expression]
  ) {
    var images: [(mode: Int, image: ModeOperator<Expression>)] = []
    var others: [SyntaxNode.Binding] = []
    var range: SourceRange?
    for binding in bindings {
      guard let mode = mode(named: binding.name.text) else {
        others.append(binding)
        continue
      }
      range = range?.union(binding.value.range) ?? binding.value.range
      images.append((mode, try modeOperator(binding.value)))
    }
    let list = images.map(\.image)
    if let range {
      let defects: [ModeOperator<Expression>]
      do throws(ArithmeticError) {
        defects = try ModeOperator.canonicalDefect(of: list)
      } catch { throw Diagnostic(error.description, at: range) }
      let known = try ConditionReader(values: self)
        .conditions(of: SyntaxNode(.list(bindings.map(\.value)), at: range))
      let prover = RelationProver(digits: 6)
      for defect in defects {
        let isZero = defect.monomials.allSatisfy {
          prover.decide(defect[$0], .equal, .zero, assuming: known).status == .proved
        }
        if isZero { continue }
        guard let monomial = defect.withoutVanishing.monomials.first else { continue }
        let text = (try? NormalForm(defect[monomial]))?.expression ?? defect[monomial]
        throw Diagnostic(
          "these are no annihilation operators of different modes: a commutator is off by \(text)",
          at: range, hint: "[a, a'] = 1 and all other commutators vanish")
      }
    }
    return (images, try self.bindings(others))
  }

  private func substituted(
    _ body: SyntaxNode, _ bindings: [SyntaxNode.Binding]
  ) throws(Diagnostic) -> ModeOperator<Expression> {
    let (images, table) = try images(bindings)
    let value = try modeOperator(body).map { $0.substituting(table) }
    let occurring = Set(value.occurringModes)
    // A mode that stays must commute with the images of the others.
    for (mode, image) in images where occurring.contains(mode) {
      let clash = image.occurringModes.first { other in
        occurring.contains(other) && !images.contains { $0.mode == other }
      }
      if let clash, modes.indices.contains(clash) {
        throw Diagnostic(
          "'\(modes[clash])' stays in the operator and occurs in what '\(modes[mode])' stands for",
          at: body.range, hint: "say what '\(modes[clash])' stands for")
      }
    }
    let map = Dictionary(uniqueKeysWithValues: images.map { ($0.mode, $0.image) })
    return try ordered(body) { () throws(ArithmeticError) in try value.substituting(map) }
  }

  /// A normal-ordered monomial as a document writes it: `a'^2*b`.
  func text(of monomial: LadderMonomial) -> String {
    var factors: [String] = []
    func add(_ mode: Int, _ power: Int, _ mark: String) {
      guard power > 0 else { return }
      let name = modes.indices.contains(mode) ? modes[mode] : "mode \(mode + 1)"
      factors.append(name + mark + (power > 1 ? "^\(power)" : ""))
    }
    for mode in 0..<monomial.modeCount { add(mode, monomial.creation(mode), "'") }
    for mode in 0..<monomial.modeCount { add(mode, monomial.annihilation(mode), "") }
    return factors.isEmpty ? "1" : factors.joined(separator: "*")
  }
}

extension Value {
  /// The coefficients to compare where one of two values is an operator of modes and the other one
  /// too, or a number; nil otherwise.
  func modePairs(with other: Value) -> [(Expression, Expression)]? {
    func operatorValue(_ value: Value) -> ModeOperator<Expression>? {
      switch value {
      case .modeOperator(let x): x
      case .scalar(let x): ModeOperator(x)
      default: nil
      }
    }
    if case .scalar = self, case .scalar = other { return nil }
    guard let left = operatorValue(self), let right = operatorValue(other) else { return nil }
    let monomials = Set(left.monomials).union(right.monomials).sorted()
    return monomials.map { (left[$0], right[$0]) }
  }
}

extension ValueReader {
  /// xy - yx of matrices.
  func commutator(
    _ x: Matrix<Expression>, _ y: Matrix<Expression>, _ node: SyntaxNode
  ) throws(Diagnostic) -> Matrix<Expression> {
    guard x.isSquare, y.isSquare, x.rowCount == y.rowCount else {
      throw Diagnostic("a commutator takes square matrices of the same size", at: node.range)
    }
    return x * y - y * x
  }
}
