/// The languages that an expression can be printed in.
public enum Notation: String, CaseIterable, Hashable, Sendable {
  case text, unicode, latex, mathml, python, mathematica, julia, c, mpfr
}

extension Expression {
  /// The expression in a notation; see `text`, `latex()` and the others for what each guarantees.
  ///
  /// - Throws: `SymbolicError.notPrintable` when the notation has no words for a part of it, and
  ///   `SymbolicError.tooLarge` when it is larger than `Expression.printableSize`.
  public func printed(as notation: Notation) throws(SymbolicError) -> String {
    switch notation {
    case .text: try text()
    case .unicode: try unicode()
    case .latex: try latex()
    case .mathml: try mathML()
    case .python: try python()
    case .mathematica: try mathematica()
    case .julia: try julia()
    case .c: try cFunction(named: "f")
    case .mpfr: try mpfrFunction(named: "f")
    }
  }

  /// The greatest `treeSize` that is printed: shared parts are written out each time, so a small
  /// expression may have a text that fills the memory.
  public static let printableSize = 5_000_000
}

/// A piece of an expression's text: words, or a part that is still to be printed.
enum Piece {
  case text(String)
  /// A part, in brackets when its outermost operation binds more loosely than `atLeast`.
  case part(Expression, atLeast: Precedence)
}

extension [Piece] {
  /// Writes the pieces one after another, expanding each part when its turn comes. The parts that
  /// wait are in a list, not on the call stack.
  static func write(
    _ expression: Expression,
    expand: (Expression, Precedence) throws(SymbolicError) -> [Piece]
  ) throws(SymbolicError) -> String {
    guard expression.treeSize <= Expression.printableSize else {
      throw .tooLarge("the text of an expression of \(expression.treeSize) parts")
    }
    var output = ""
    var pending: [Piece] = [.part(expression, atLeast: .comparison)]
    while let piece = pending.popLast() {
      switch piece {
      case .text(let text): output += text
      case .part(let part, let precedence):
        pending += try expand(part, precedence).reversed()
      }
    }
    return output
  }

  /// The parts with a separator between them.
  static func list(_ parts: [Expression], separator: String = ", ") -> [Piece] {
    var pieces: [Piece] = []
    for part in parts {
      if !pieces.isEmpty { pieces.append(.text(separator)) }
      pieces.append(.part(part, atLeast: .comparison))
    }
    return pieces
  }
}
