import Symbolic

/// A line `bath S, … density J [in w] temperature T [zero G] [lamb s]`.
public struct BathSyntax: Hashable, Sendable {
  /// The coupling operators.
  public let couplings: [SyntaxNode]
  /// The spectral density.
  public let density: SyntaxNode
  /// What the frequency is called in the density and the shift.
  public let frequency: SyntaxNode.Name?
  public let temperature: SyntaxNode
  /// The rates at zero frequency.
  public let zero: SyntaxNode?
  /// The function of the Lamb shift.
  public let lamb: SyntaxNode?
}

extension StatementParser {
  static let bathClauses = ["density", "in", "temperature", "zero", "lamb"]

  /// After `bath`.
  mutating func bath() throws(Diagnostic) -> BathSyntax {
    var couplings = [try tokens.expression(.sum)]
    while tokens.isNext(.comma), !isBathClause(tokens.peek(1)) {
      tokens.advance()
      couplings.append(try tokens.expression(.sum))
    }
    var values: [String: SyntaxNode] = [:]
    var frequency: SyntaxNode.Name?
    while true {
      if tokens.isNext(.comma), isBathClause(tokens.peek(1)) { tokens.advance() }
      let word = tokens.peek
      guard isBathClause(word) else { break }
      guard values[word.text] == nil, word.text != "in" || frequency == nil else {
        throw Diagnostic("'\(word.text)' is given twice", at: word.range)
      }
      tokens.advance()
      if word.text == "in" {
        frequency = try name("after 'in'")
      } else {
        values[word.text] = try tokens.expression(.sum)
      }
    }
    guard let density = values["density"] else {
      throw tokens.unexpected(
        "'density'", "after the operators of the bath",
        hint: "a bath is written 'bath S density J temperature T'")
    }
    guard let temperature = values["temperature"] else {
      throw tokens.unexpected("'temperature'", hint: "write 'temperature 0' for a cold bath")
    }
    return BathSyntax(
      couplings: couplings, density: density, frequency: frequency, temperature: temperature,
      zero: values["zero"], lamb: values["lamb"])
  }

  private func isBathClause(_ token: Token) -> Bool {
    token.kind == .name && Self.bathClauses.contains(token.text)
  }
}
