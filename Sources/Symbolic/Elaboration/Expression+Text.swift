extension Expression {
  /// The expression that a text of the document language says, such as `sqrt(2) + x`. Numbers are
  /// exact: `0.1` is 1/10. Names that are not built in become symbols of the domain `undeclared`.
  ///
  /// - Throws: `SymbolicError.syntax` with all errors of the text.
  public init(_ text: String, undeclared: Domain = .real) throws(SymbolicError) {
    try self.init(SourceText(text), in: Scope(undeclared: undeclared))
  }

  /// The expression that a text says about these symbols and no others.
  ///
  /// - Throws: `SymbolicError.syntax` with all errors of the text.
  public init(_ text: String, symbols: some Sequence<Symbol>) throws(SymbolicError) {
    try self.init(SourceText(text), in: Scope(symbols: symbols))
  }

  /// The expression that a text says where names mean what they mean in `scope`.
  ///
  /// - Throws: `SymbolicError.syntax` with all errors of the text.
  public init(_ source: SourceText, in scope: Scope) throws(SymbolicError) {
    let (syntax, found) = ExpressionParser.parse(source)
    guard let syntax else { throw .syntax(found, rendered: found.rendered(in: source)) }
    var elaborator = Elaborator(scope: scope)
    guard let value = elaborator.elaborate(syntax) else {
      let found = found + elaborator.diagnostics
      throw .syntax(found, rendered: found.rendered(in: source))
    }
    self = value
  }
}
