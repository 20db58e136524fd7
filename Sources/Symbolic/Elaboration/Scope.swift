/// What the names in a scalar expression mean.
///
/// Names of the scope come before the built-in ones: where `i` is declared it is not the imaginary
/// unit.
public struct Scope: Sendable {
  /// The names that stand for a value: a parameter, or a formula under a name.
  public var values: [String: Expression]
  /// The names that stand for a formula with arguments.
  public var formulas: [String: Formula]
  /// What a name becomes that is not declared: a symbol of this domain, or, when nil, an error.
  public var undeclared: Domain?

  /// A scope with these meanings.
  public init(
    values: [String: Expression] = [:], formulas: [String: Formula] = [:],
    undeclared: Domain? = nil
  ) {
    self.values = values
    self.formulas = formulas
    self.undeclared = undeclared
  }

  /// A scope in which each symbol stands for itself, under its name.
  public init(symbols: some Sequence<Symbol>) {
    self.init(values: Dictionary(symbols.map { ($0.name, $0.expression) }) { first, _ in first })
  }

  /// A formula with arguments: `f(x, y) = x^2 + y`.
  public struct Formula: Hashable, Sendable {
    /// The symbols that stand for the arguments, in their order.
    public let parameters: [Symbol]
    /// The formula.
    public let body: Expression

    /// A formula with arguments.
    public init(_ parameters: [Symbol], _ body: Expression) {
      self.parameters = parameters
      self.body = body
    }
  }

  /// The meaning of the names that every scope has.
  public static let constants: [String: Expression] = [
    "i": .i, "pi": .pi, "π": .pi, "infinity": .infinity, "∞": .infinity,
  ]

  /// The value of a name; nil for one that means nothing here.
  ///
  /// Where nothing has exactly this name, it may be that of the only value that looks alike: `γ` for
  /// `gamma`, `T₁` for `T1`, or the other way round.
  public func value(of name: String) -> Expression? {
    if let value = values[name] ?? Self.constants[name] { return value }
    if formulas[name] != nil || Function(named: name) != nil { return nil }
    if let value = lookalike(of: name) { return value }
    return undeclared.map { .symbol(name, $0) }
  }

  private func lookalike(of name: String) -> Expression? {
    let plain = LetterNames.plain(name)
    let found = values.keys.filter { LetterNames.plain($0) == plain }
    return found.count == 1 ? found.first.flatMap { values[$0] } : nil
  }

  /// All names that mean a value, for suggestions.
  var valueNames: [String] { Array(values.keys) + Self.constants.keys }

  /// All names that can be called, for suggestions.
  var callableNames: [String] { Array(formulas.keys) + Function.allNames }
}
