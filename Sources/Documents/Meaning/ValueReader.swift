import Algebra
import Arbitrary
import Exact
import OpenSystems
import Symbolic

/// Gives the syntax of an expression its meaning: a formula, or an operator, a state, a spectrum.
///
/// Scalar arithmetic is `Symbolic`'s; what is read here are the names and calls that only a document
/// knows, and the arithmetic of matrices.
struct ValueReader {
  var scope: Scope
  /// What the names that are no scalars stand for.
  let values: [String: Value]
  /// The system of all subsystems declared so far.
  let space: Space?
  /// The bosonic modes declared so far.
  var modes: [String] = []
  /// Names that are defined but whose value could not be found, and why.
  var unavailable: [String: String] = [:]
  /// Where the names that are not defined everywhere are.
  var conditions: [String: [Assumption]] = [:]
  private(set) var diagnostics: [Diagnostic] = []

  init(
    scope: Scope, values: [String: Value], space: Space?, modes: [String] = [],
    unavailable: [String: String] = [:], conditions: [String: [Assumption]] = [:]
  ) {
    self.scope = scope
    self.values = values
    self.space = space
    self.modes = modes
    self.unavailable = unavailable
    self.conditions = conditions
  }

  /// Calls whose value is a matrix, a spectrum, a space or a list.
  static let structuredCalls: Set<String> = [
    "steady", "steady_space", "spectrum", "eigenvalues", "partial_transpose", "partial_trace",
    "identity", "diag", "adjoint", "sx", "sy", "sz", "sp", "sm", "commutator", "covariance",
    "symplectic_eigenvalues", "stability", "populations", "quasienergies", "floquet_rates",
    "golden_rule", "effective_rates", "evolution", "reduced", "occupations", "dark_modes",
    "damping",
    "drift",
  ]

  /// Calls whose value is a number but whose arguments are not only numbers.
  static let scalarCalls: Set<String> = [
    "negativity", "concurrence", "mean_concurrence", "pair_negativity", "party_negativity",
    "average_negativity",
    "fluctuating_pair_negativity", "smallest_eigenvalue", "trace", "dimension", "derivative",
    "limit",
    "maximum",
    "minimum", "supremum", "infimum", "argmax", "argmin", "series", "leading", "leading_order",
    "integral", "principal_value", "simplify", "factor", "partial_fractions", "expectation",
    "coefficient", "smallest_symplectic_eigenvalue", "characteristic", "logarithmic_negativity",
  ]

  /// Those that act on each element where their first argument is a matrix or a list.
  static let elementwiseCalls: Set<String> = ["derivative", "simplify", "limit"]

  /// Those among them whose arguments may be labelled, as in `integral(f, x = 0..1)`.
  static let labelledCalls: Set<String> = [
    "integral", "principal_value", "leading", "leading_order",
  ]

  /// Functions whose names a definition may carry: what it holds is often called so.
  static let reusableNames: Set<String> = [
    "negativity", "spectrum", "eigenvalues", "covariance", "symplectic_eigenvalues", "stability",
    "expectation", "coefficient", "characteristic", "logarithmic_negativity", "commutator",
    "concurrence", "mean_concurrence", "populations", "quasienergies", "occupations", "damping",
    "drift",
  ]

  /// States and operators that are names.
  static let stateNames: Set<String> = ["plus", "minus", "plus_i", "minus_i", "mixed"]

  /// The reader of formulas in which a name stands for a symbol of its own, as that of a frequency in a bath.
  func with(_ symbol: Symbol?) -> ValueReader {
    guard let symbol else { return self }
    var scope = scope
    scope.values[symbol.name] = symbol.expression
    scope.formulas[symbol.name] = nil
    return ValueReader(scope: scope, values: values, space: space, unavailable: unavailable)
  }

  // MARK: Entry points

  /// The meaning of an expression; nil with its errors added to ``diagnostics``.
  mutating func value(_ node: SyntaxNode) -> Value? {
    if isStructured(node) {
      do throws(Diagnostic) {
        return try structured(node)
      } catch {
        diagnostics.append(error)
        return nil
      }
    }
    return scalar(node).map { .scalar($0) }
  }

  /// The meaning of a scalar expression; nil with its errors added to ``diagnostics``.
  mutating func scalar(_ node: SyntaxNode) -> Expression? {
    var elaborator = elaborator()
    let result = elaborator.elaborate(node)
    diagnostics += elaborator.diagnostics
    return result
  }

  /// The meaning of a scalar expression, or its first error.
  func formula(_ node: SyntaxNode) throws(Diagnostic) -> Expression {
    if isStructured(node) {
      let value = try structured(node)
      throw Diagnostic("expected a number, found \(value.phrase)", at: node.range)
    }
    var elaborator = elaborator()
    let result = elaborator.elaborate(node)
    if let result { return result }
    throw elaborator.diagnostics.first
      ?? Diagnostic("expected a number, found \(node.phrase)", at: node.range)
  }

  private func elaborator() -> Elaborator {
    Elaborator(scope: scope) { (node) throws(Diagnostic) in try self.scalarForm(node) }
  }

  // MARK: Kinds

  /// Whether the value is something else than a number, as far as its shape and names tell.
  func isStructured(_ node: SyntaxNode) -> Bool {
    switch node.kind {
    case .number, .string, .index, .range, .arrow, .comparison: return false
    case .name(let name):
      if scope.value(of: name) != nil { return false }
      return values[name] != nil || ValueReader.stateNames.contains(name)
    case .list, .tuple, .set, .adjoint: return true
    case .parenthesised(let inner), .prefix(_, let inner): return isStructured(inner)
    case .chain(let first, let links):
      return isStructured(first) || links.contains { isStructured($0.operand) }
    case .power(let base, _): return isStructured(base)
    case .with(let body, _): return isStructured(body)
    case .call(let name, let arguments):
      guard scope.formulas[name.text] == nil else { return false }
      if ValueReader.elementwiseCalls.contains(name.text), let first = arguments.first?.value {
        return isStructured(first)
      }
      return ValueReader.structuredCalls.contains(name.text)
    }
  }

  /// Whether an expression is read as a matrix rather than a number.
  func isMatrix(_ node: SyntaxNode) -> Bool { isStructured(node) }

  // MARK: Structured values

  private func structured(_ node: SyntaxNode) throws(Diagnostic) -> Value {
    if isModal(node) { return .modeOperator(try modeOperator(node)) }
    switch node.kind {
    case .name(let name): return try named(name, node)
    case .parenthesised(let inner): return try structured(inner)
    case .prefix(let sign, let inner):
      let value = try structured(inner)
      return sign == .minus ? .matrix(-(try matrix(value, inner))) : value
    case .adjoint(let inner): return .matrix(adjoint(try matrix(try structured(inner), inner)))
    case .chain(let first, let links): return .matrix(try chain(first, links))
    case .power(let base, let exponent): return .matrix(try power(base, exponent))
    case .list(let items): return try list(items, node)
    case .tuple(let items):
      var parts: [Expression] = []
      for item in items { parts.append(try formula(item)) }
      return .list(parts)
    case .set(let elements): return try multiset(elements)
    case .with(let body, let bindings) where bindsModes(bindings):
      return try transformed(body, bindings, node)
    case .with(let body, let bindings):
      let table = try self.bindings(bindings)
      return try structured(body).map { $0.substituting(table) }
    case .call(let name, let arguments): return try call(name, arguments, node)
    default: throw Diagnostic("expected a value, found \(node.phrase)", at: node.range)
    }
  }

  private func named(_ name: String, _ node: SyntaxNode) throws(Diagnostic) -> Value {
    if let value = values[name] { return value }
    switch name {
    case "plus": return .matrix(States.plus(over: Rational.self).expressions)
    case "minus": return .matrix(States.minus(over: Rational.self).expressions)
    case "plus_i": return .matrix(States.plusI(over: Rational.self).expressions)
    case "minus_i": return .matrix(States.minusI(over: Rational.self).expressions)
    default: return .matrix(States.mixed(2, over: Rational.self).expressions)
    }
  }

  /// What `with` gives to symbols.
  func bindings(_ list: [SyntaxNode.Binding]) throws(Diagnostic) -> [Symbol: Expression] {
    var table: [Symbol: Expression] = [:]
    for binding in list {
      guard let target = scope.value(of: binding.name.text) else {
        throw Diagnostic(
          "unknown name '\(binding.name.text)'", at: binding.name.range,
          hint: Suggestion.hint(for: binding.name.text, among: Array(scope.values.keys)))
      }
      guard case .symbol(let symbol) = target.kind else {
        throw Diagnostic(
          "'\(binding.name.text)' is not a parameter and cannot be given a value",
          at: binding.name.range)
      }
      let value = try formula(binding.value)
      if let number = value.rationalValue, !symbol.domain.contains(number) {
        throw Diagnostic(
          "\(number) is outside the domain of '\(symbol.name)' (\(symbol.domain))",
          at: binding.value.range)
      }
      table[symbol] = value
    }
    return table
  }

  // MARK: Matrix arithmetic

  func matrix(_ node: SyntaxNode) throws(Diagnostic) -> Matrix<Expression> {
    guard isStructured(node) else {
      let value = try formula(node)
      throw Diagnostic("expected a matrix, found the number \(value)", at: node.range)
    }
    return try matrix(try structured(node), node)
  }

  private func matrix(_ value: Value, _ node: SyntaxNode) throws(Diagnostic) -> Matrix<Expression> {
    guard case .matrix(let matrix) = value else {
      throw Diagnostic("expected a matrix, found \(value.phrase)", at: node.range)
    }
    return matrix
  }

  private enum Operand {
    case scalar(Expression)
    case matrix(Matrix<Expression>)
  }

  private func operand(_ node: SyntaxNode) throws(Diagnostic) -> Operand {
    isStructured(node) ? .matrix(try matrix(node)) : .scalar(try formula(node))
  }

  private func chain(
    _ first: SyntaxNode, _ links: [SyntaxNode.Link]
  ) throws(Diagnostic) -> Matrix<Expression> {
    var result = try operand(first)
    for link in links {
      let other = try operand(link.operand)
      switch (link.symbol, result, other) {
      case (.times, .scalar(let x), .scalar(let y)): result = .scalar(x * y)
      case (.times, .scalar(let x), .matrix(let m)), (.times, .matrix(let m), .scalar(let x)):
        result = .matrix(scaled(m, by: x))
      case (.times, .matrix(let a), .matrix(let b)):
        guard a.columnCount == b.rowCount else { throw shapes(a, b, link) }
        result = .matrix(a * b)
      case (.divide, .scalar(let x), .scalar(let y)): result = .scalar(x / y)
      case (.divide, .matrix(let m), .scalar(let x)): result = .matrix(scaled(m, by: x.power(-1)))
      case (.divide, _, .matrix):
        throw Diagnostic("a matrix cannot be divided by", at: link.operand.range)
      case (.plus, .matrix(let a), .matrix(let b)), (.minus, .matrix(let a), .matrix(let b)):
        guard a.rowCount == b.rowCount, a.columnCount == b.columnCount else {
          throw shapes(a, b, link)
        }
        result = .matrix(link.symbol == .plus ? a + b : a - b)
      case (.plus, .scalar(let x), .scalar(let y)): result = .scalar(x + y)
      case (.minus, .scalar(let x), .scalar(let y)): result = .scalar(x - y)
      default:
        throw Diagnostic(
          "a number and a matrix cannot be added", at: link.operand.range,
          hint: "write the number times 'identity'")
      }
    }
    guard case .matrix(let matrix) = result else {
      throw Diagnostic("expected a matrix, found a number", at: first.range)
    }
    return matrix
  }

  private func shapes(
    _ a: Matrix<Expression>, _ b: Matrix<Expression>, _ link: SyntaxNode.Link
  ) -> Diagnostic {
    Diagnostic(
      "a \(a.rowCount)×\(a.columnCount) and a \(b.rowCount)×\(b.columnCount) matrix do not fit",
      at: link.operand.range)
  }

  private func scaled(_ matrix: Matrix<Expression>, by factor: Expression) -> Matrix<Expression> {
    matrix.map { $0.isLiteralZero ? $0 : ($0.rationalValue == 1 ? factor : factor * $0) }
  }

  private func power(
    _ base: SyntaxNode, _ exponent: SyntaxNode
  ) throws(Diagnostic) -> Matrix<Expression> {
    let matrix = try self.matrix(base)
    guard matrix.isSquare, let value = try formula(exponent).rationalValue, value.isInteger,
      let n = value.numerator.word, (1...16).contains(n)
    else {
      throw Diagnostic(
        "a power of a matrix has a square base and an exponent from 1 to 16", at: exponent.range)
    }
    var result = matrix
    for _ in 1..<n { result = result * matrix }
    return result
  }

  func adjoint(_ matrix: Matrix<Expression>) -> Matrix<Expression> {
    matrix.transpose.map { element in
      if element.freeSymbols.isEmpty, element.rationalValue != nil { return element }
      guard let conjugate = try? Expression.function(.conj, [element]) else { return element }
      return (try? NormalForm(conjugate))?.expression ?? conjugate
    }
  }

  // MARK: Literals

  private func list(_ items: [SyntaxNode], _ node: SyntaxNode) throws(Diagnostic) -> Value {
    guard let first = items.first, case .list(let head) = first.kind else {
      var parts: [Expression] = []
      for item in items { parts.append(try formula(item)) }
      return .list(parts)
    }
    var elements: [Expression] = []
    for row in items {
      guard case .list(let cells) = row.kind, cells.count == head.count, !cells.isEmpty else {
        throw Diagnostic(
          "every row of a matrix is a list of \(head.count) numbers", at: row.range)
      }
      for cell in cells { elements.append(try formula(cell)) }
    }
    var matrix = Matrix<Expression>(rows: items.count, columns: head.count)
    matrix.elements = elements
    return .matrix(matrix)
  }

  private func multiset(_ elements: [SyntaxNode.Element]) throws(Diagnostic) -> Value {
    var result: [Value.Eigenvalue] = []
    for element in elements {
      var multiplicity = 1
      if let node = element.multiplicity {
        guard let count = try formula(node).rationalValue, count.isInteger,
          let word = count.numerator.word, (1...10_000).contains(word)
        else {
          throw Diagnostic("a multiplicity is a whole number from 1 to 10000", at: node.range)
        }
        multiplicity = word
      }
      result.append(.init(value: try formula(element.value), multiplicity: multiplicity))
    }
    return .spectrum(result)
  }
}

extension Matrix where Element == Complex<Rational> {
  /// The elements as formulas.
  var expressions: Matrix<Expression> {
    map { element in
      if element.im.isZero { return .rational(element.re) }
      let im = element.im == 1 ? Expression.i : .rational(element.im) * .i
      return element.re.isZero ? im : .rational(element.re) + im
    }
  }
}
