import Algebra
import Exact
import OpenSystems
import Symbolic

/// Gives a derivation document its meaning, statement by statement, and reports everything that has
/// none in one run.
struct DocumentReader {
  var document: Document
  var diagnostics: [Diagnostic]
  var scope = Scope()
  var values: [String: Value] = [:]
  var space: Space?
  var unavailable: [String: String] = [:]
  /// Where the names with a `where` of their own, or made of such names, are defined.
  var conditions: [String: [Assumption]] = [:]
  var subsystems: [Space.Subsystem] = []
  var modes: [String] = []
  /// Where each name and each identifier was declared.
  var declared: [String: SourceRange] = [:]
  var identifiers: [String: SourceRange] = [:]

  init(_ syntax: DocumentSyntax) {
    document = Document(source: syntax.source, title: syntax.title)
    diagnostics = syntax.diagnostics
    for statement in syntax.statements { read(statement) }
    checkReferences(syntax)
    document.scope = scope
    document.values = values
    document.modes = modes
  }

  // MARK: Statements

  mutating func read(_ statement: Statement) {
    do throws(Diagnostic) {
      switch statement.kind {
      case .parameter(let syntax): try parameter(syntax)
      case .subsystems(let syntax): try subsystems(syntax)
      case .modes(let names): try modes(names)
      case .model(let syntax): try model(syntax)
      case .ensemble(let syntax): try ensemble(syntax)
      case .definition(let syntax): try definition(syntax)
      case .claim(let syntax): try claim(syntax, statement.range)
      case .threshold(let syntax): try threshold(syntax)
      case .boundary(let syntax): try boundary(syntax)
      case .system(let syntax): try system(syntax)
      case .surface(let syntax): try surface(syntax)
      case .figure(let syntax): try figure(syntax)
      case .table(let syntax): try table(syntax)
      case .crosscheck(let syntax): try crosscheck(syntax)
      case .network(let syntax): try network(syntax)
      case .campaign(let syntax): try campaign(syntax)
      case .certificate(let syntax): try certificate(syntax)
      case .simulation(let syntax): try simulation(syntax)
      }
    } catch {
      if !isRepeated(error) { diagnostics.append(error) }
      if error.severity == .warning, let id = statement.identifier {
        document.unanswered[id] = error.message
      }
    }
  }

  /// A definition that failed leaves a name without a value; its uses are not errors of their own.
  func isRepeated(_ error: Diagnostic) -> Bool {
    diagnostics.contains { $0.range == error.range && $0.message == error.message }
  }

  func reader() -> ValueReader {
    ValueReader(
      scope: scope, values: values, space: space, modes: modes, unavailable: unavailable,
      conditions: conditions)
  }

  /// Where an expression is defined.
  func conditions(of nodes: [SyntaxNode]) throws(Diagnostic) -> [Assumption] {
    let reader = ConditionReader(values: reader())
    var found: [Assumption] = []
    for node in nodes {
      for item in try reader.conditions(of: node) where !found.contains(item) {
        found.append(item)
      }
    }
    return found
  }

  /// What `where` says, relation by relation.
  func assumptions(
    _ nodes: [SyntaxNode], _ reader: ValueReader
  ) throws(Diagnostic) -> [Assumption] {
    var assumptions: [Assumption] = []
    for node in nodes {
      guard case .comparison(let left, let links) = node.kind else {
        throw Diagnostic("expected a relation after 'where'", at: node.range)
      }
      var previous = try reader.formula(left)
      var previousNode = left
      for link in links {
        let next = try reader.formula(link.operand)
        let range = SourceRange(
          previousNode.range.start, link.operand.range.end)
        assumptions.append(
          .init(left: previous, relation: link.relation, right: next, written: text(range)))
        (previous, previousNode) = (next, link.operand)
      }
    }
    return assumptions
  }

  mutating func declare(_ name: SyntaxNode.Name) throws(Diagnostic) {
    if let earlier = declared[name.text] {
      let line = document.source.position(at: earlier.start).line
      throw Diagnostic(
        "'\(name.text)' is declared already, in line \(line)", at: name.range,
        hint: "choose another name")
    }
    if Function(named: name.text) != nil || ValueReader.scalarCalls.contains(name.text)
      || ValueReader.structuredCalls.contains(name.text)
    {
      // A definition may carry the name of what it holds: 'let negativity = negativity(rho, A)'.
      if !ValueReader.reusableNames.contains(name.text) {
        throw Diagnostic("'\(name.text)' is the name of a function", at: name.range)
      }
    }
    declared[name.text] = name.range
  }

  /// - Parameter kind: pictures may carry the name of the boundary that they show.
  mutating func identify(
    _ id: SyntaxNode.Name, as kind: String = ""
  ) throws(Diagnostic) {
    if let earlier = identifiers[kind + id.text] {
      let line = document.source.position(at: earlier.start).line
      throw Diagnostic(
        "the identifier '\(id.text)' is used already, in line \(line)", at: id.range)
    }
    identifiers[kind + id.text] = id.range
  }

  func number(_ node: SyntaxNode) throws(Diagnostic) -> Rational {
    let value = try reader().formula(node)
    if let number = value.rationalValue { return number }
    if let exact = try? value.exactValue(), exact.im.isZero { return exact.re }
    throw Diagnostic("expected an exact number, found \(node.phrase)", at: node.range)
  }

  func text(_ range: SourceRange) -> String {
    document.source[range].split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// What is claimed, with where it is claimed, as written.
  func statementText(_ syntax: ClaimSyntax) -> String {
    var words = text(syntax.relation.range)
    if !syntax.assumptions.isEmpty {
      words += " where " + syntax.assumptions.map { text($0.range) }.joined(separator: ", ")
    }
    func written(_ bindings: [SyntaxNode.Binding]) -> String {
      bindings.map { "\($0.name.text) = \(text($0.value.range))" }.joined(separator: ", ")
    }
    if !syntax.bindings.isEmpty { words += " with " + written(syntax.bindings) }
    switch syntax.place {
    case .domain: break
    case .point(let bindings): words += " at " + written(bindings)
    case .box(let axes):
      words += " over " + axes.map { text($0.range) }.joined(separator: ", ")
    }
    return words
  }

  // MARK: Declarations

  mutating func parameter(_ syntax: ParameterSyntax) throws(Diagnostic) {
    let domain: Domain
    switch syntax.domain {
    case nil, .real: domain = .real
    case .complex: domain = .complex
    case .interval(let lower, let upper):
      func bound(_ syntax: ParameterSyntax.Bound?) throws(Diagnostic) -> Domain.Bound {
        guard let syntax else { return .unbounded }
        let formula = try reader().formula(syntax.value)
        if formula == .infinity || formula == -Expression.infinity { return .unbounded }
        let value = try number(syntax.value)
        return syntax.isIncluded ? .closed(value) : .open(value)
      }
      let (low, high) = (try bound(lower), try bound(upper))
      do throws(SymbolicError) {
        domain = try .interval(low, high)
      } catch {
        throw Diagnostic(
          error.description, at: (lower ?? upper)?.value.range ?? syntax.names[0].range)
      }
    case .values(let nodes):
      var list: [Rational] = []
      for node in nodes { list.append(try number(node)) }
      do throws(SymbolicError) {
        domain = try .finite(list)
      } catch {
        throw Diagnostic(error.description, at: syntax.names[0].range)
      }
    }
    for name in syntax.names {
      try declare(name)
      let symbol = Symbol(name.text, domain)
      scope.values[name.text] = symbol.expression
      document.parameters.append(.init(symbol: symbol, meaning: syntax.description))
    }
  }

  mutating func subsystems(_ syntax: SubsystemsSyntax) throws(Diagnostic) {
    var kind = Space.Kind.qubit
    if let node = syntax.dimension {
      let value = try number(node)
      guard value.isInteger, let levels = value.numerator.word, levels >= 2 else {
        throw Diagnostic("the number of levels is a whole number from 2", at: node.range)
      }
      kind = .levels(levels)
    }
    for name in syntax.names {
      try declare(name)
      subsystems.append(.init(name.text, kind))
    }
    do throws(OpenSystemError) {
      space = try Space(subsystems)
    } catch {
      throw Diagnostic(error.description, at: syntax.names[0].range)
    }
  }

  mutating func definition(_ syntax: DefinitionSyntax) throws(Diagnostic) {
    try declare(syntax.name)
    if let arguments = syntax.arguments {
      var inner = scope
      var symbols: [Symbol] = []
      for argument in arguments {
        let symbol = Symbol(argument.text, .real)
        symbols.append(symbol)
        inner.values[argument.text] = symbol.expression
      }
      let reader = ValueReader(
        scope: inner, values: values, space: space, modes: modes, unavailable: unavailable,
        conditions: conditions)
      scope.formulas[syntax.name.text] = .init(symbols, try reader.formula(syntax.value))
      let own =
        try ConditionReader(values: reader).conditions(of: syntax.value)
        + (try assumptions(syntax.conditions, reader))
      if !own.isEmpty { conditions[syntax.name.text] = own }
      return
    }
    var reader = reader()
    guard let value = reader.value(syntax.value) else {
      diagnostics += reader.diagnostics
      let errors = reader.diagnostics.filter { $0.severity == .error }
      if errors.isEmpty {
        unavailable[syntax.name.text] = reader.diagnostics.first?.message ?? "no value"
      } else {
        // The name is known from here on; what it holds is not, and its uses stay silent.
        scope.values[syntax.name.text] = .symbol(syntax.name.text, .complex)
      }
      return
    }
    if case .scalar(let formula) = value {
      scope.values[syntax.name.text] = formula
    } else {
      values[syntax.name.text] = value
    }
    var own =
      try conditions(of: [syntax.value] + syntax.conditions)
      + (try assumptions(syntax.conditions, self.reader()))
    if case .gaussian(let state) = value {
      own += state.stability.filter { !own.contains($0) }
    }
    if !own.isEmpty { conditions[syntax.name.text] = own }
    document.definitions.append(
      .init(name: syntax.name.text, value: value, syntax: syntax.value, conditions: own))
  }

  mutating func modes(_ names: [SyntaxNode.Name]) throws(Diagnostic) {
    for name in names {
      try declare(name)
      values[name.text] = .modeOperator(.annihilation(modes.count))
      modes.append(name.text)
    }
  }

  mutating func model(_ syntax: ModelSyntax) throws(Diagnostic) {
    try declare(syntax.name)
    if GaussianModelReader.isModal(syntax, reader()) {
      var reader = GaussianModelReader(values: reader())
      if let model = reader.read(syntax) { try define(syntax, .gaussianModel(model)) }
      diagnostics += reader.diagnostics
      return
    }
    guard let space else {
      throw Diagnostic(
        "a model needs a system", at: syntax.name.range,
        hint: "declare it before the model, for example with 'qubit A, B'")
    }
    if DrivenModelReader.isDriven(syntax) {
      var reader = DrivenModelReader(values: self.reader(), space: space)
      if let model = reader.read(syntax) { try define(syntax, .drivenModel(model)) }
      diagnostics += reader.diagnostics
      return
    }
    var reader = ModelReader(values: self.reader(), space: space)
    let model = reader.read(syntax)
    diagnostics += reader.diagnostics
    if let model { try define(syntax, .model(model)) }
  }

  mutating func ensemble(_ syntax: EnsembleSyntax) throws(Diagnostic) {
    try declare(syntax.name)
    var reader = EnsembleReader(values: reader())
    if let ensemble = reader.read(syntax) {
      try define(syntax.name, .ensemble(ensemble), syntax.items.flatMap(\.formulas))
    }
    diagnostics += reader.diagnostics
  }

  mutating func define(_ syntax: ModelSyntax, _ model: Value) throws(Diagnostic) {
    try define(syntax.name, model, syntax.items.flatMap(\.formulas))
  }

  mutating func define(
    _ name: SyntaxNode.Name, _ model: Value, _ formulas: [SyntaxNode]
  ) throws(Diagnostic) {
    values[name.text] = model
    let own = try conditions(of: formulas)
    if !own.isEmpty { conditions[name.text] = own }
    document.definitions.append(
      .init(
        name: name.text, value: model, syntax: SyntaxNode(.name(name.text), at: name.range),
        conditions: own))
  }

  // MARK: References between statements

  /// Identifiers may be used before the statement that they name, so they are checked at the end.
  private mutating func checkReferences(_ syntax: DocumentSyntax) {
    let checks = document.checks.map(\.id)
    let boundaries = document.boundaries.map(\.id)
    func require(_ name: SyntaxNode.Name, among known: [String], _ what: String) -> Diagnostic? {
      if known.contains(name.text) || identifiers[name.text] != nil && diagnostics.isEmpty == false
      {
        return nil
      }
      return Diagnostic(
        "no \(what) is named '\(name.text)'", at: name.range,
        hint: Suggestion.hint(for: name.text, among: known))
    }
    var found: [Diagnostic] = []
    for statement in syntax.statements {
      switch statement.kind {
      case .claim(let claim):
        for name in claim.uses + [claim.correction].compactMap({ $0 }) {
          if let problem = require(name, among: checks, "claim") { found.append(problem) }
        }
      case .figure(let figure):
        for name in figure.overlays + figure.content.outlined {
          if let problem = require(name, among: boundaries, "boundary") { found.append(problem) }
        }
      default: break
      }
    }
    diagnostics += found
  }
}

extension Statement {
  /// The identifier of what is solved, traced or drawn.
  fileprivate var identifier: String? {
    switch kind {
    case .threshold(let syntax): syntax.id.text
    case .boundary(let syntax): syntax.id.text
    case .system(let syntax): syntax.id.text
    case .surface(let syntax): syntax.id.text
    case .figure(let syntax): syntax.id.text
    case .table(let syntax): syntax.id.text
    default: nil
    }
  }
}

extension ModelSyntax.Item {
  /// The formulas of the line.
  fileprivate var formulas: [SyntaxNode] {
    switch kind {
    case .hamiltonian(let node), .shift(let node): [node]
    case .drive(let node, _, let frequency): [node, frequency]
    case .jump(let node, let rate): [node, rate]
    case .dephasing(_, let rate): [rate]
    case .thermal(_, let down, let up): [down, up]
    case .reset(_, let state, let rate): [state, rate]
    case .bath(let bath):
      bath.couplings + [bath.density, bath.temperature] + [bath.zero, bath.lamb].compactMap { $0 }
    }
  }
}

extension EnsembleSyntax.Item {
  /// The formulas of the line.
  fileprivate var formulas: [SyntaxNode] {
    switch kind {
    case .coupling(let node), .field(let node), .dephasing(let node): [node]
    case .thermal(let down, let up): [down, up]
    case .reset(let state, let rate): [state, rate]
    }
  }
}

extension Domain {
  /// Whether everything between two numbers belongs to the domain, the numbers themselves perhaps
  /// not.
  func reaches(_ low: Rational, _ high: Rational) -> Bool {
    guard case .interval(let lower, let upper) = shape else { return false }
    return (lower.value.map { $0 <= low } ?? true) && (upper.value.map { high <= $0 } ?? true)
  }
}

extension Document {
  /// Reads a document.
  ///
  /// - Throws: ``DocumentError/invalid(_:rendered:)`` with all errors of the document.
  public init(_ source: SourceText) throws(DocumentError) {
    let syntax = DocumentParser.parse(source)
    let reader = DocumentReader(syntax)
    let errors = reader.diagnostics.filter { $0.severity == .error }
    if !errors.isEmpty {
      throw .invalid(errors, rendered: errors.rendered(in: source))
    }
    self = reader.document
    warnings = reader.diagnostics.filter { $0.severity == .warning }
  }
}
