import Documents
import Symbolic

/// A formula of a figure compiled for doubles, together with where it is defined.
struct DefinedProgram {
  private let program: Program
  private let relations: [SyntaxNode.Relation]

  /// - Throws: ``DocumentError/question(_:hint:)`` for a formula that depends on more than the axes.
  init(_ shown: FigureDefinition.Labelled, _ figure: FigureDefinition, _ axes: [Symbol]) throws {
    let conditions = shown.conditions.map { $0.substituting(figure.bindings) }
    let formulas =
      ([shown.value.substituting(figure.bindings)]
      + conditions.map { $0.left - $0.right }).map(DefinedProgram.realForm)
    let missing = formulas.reduce(into: Set<Symbol>()) { $0.formUnion($1.freeSymbols) }
      .subtracting(axes).map(\.name).sorted()
    guard missing.isEmpty else {
      throw DocumentError.question(
        "figure '\(figure.id)' depends on " + missing.joined(separator: ", "),
        hint: "give a value: with " + missing.map { "\($0) = …" }.joined(separator: ", "))
    }
    program = try Program(formulas, inputs: axes)
    relations = conditions.map(\.relation)
  }

  /// A real formula that is written with the imaginary unit, without it: doubles have no values for what
  /// is complex on the way.
  private static func realForm(_ formula: Expression) -> Expression {
    func isComplex(_ part: Expression) -> Bool {
      part == .i || part.operands.contains(where: isComplex)
    }
    guard isComplex(formula), let form = try? NormalForm(formula), form.value.im.isZero else {
      return formula
    }
    return form.expression
  }

  /// The values in columns of points; not a number where the formula is not defined.
  func values(_ columns: [[Double]]) -> [Double] {
    let all = program.evaluate(columns: columns)
    var values = all[0]
    for (relation, differences) in zip(relations, all.dropFirst()) {
      for (index, difference) in differences.enumerated()
      where !DefinedProgram.holds(difference, relation) {
        values[index] = .nan
      }
    }
    return values
  }

  private static func holds(_ difference: Double, _ relation: SyntaxNode.Relation) -> Bool {
    switch relation {
    case .equal, .approximately: difference == 0
    case .notEqual: difference != 0
    case .less: difference < 0
    case .lessOrEqual: difference <= 0
    case .greater: difference > 0
    case .greaterOrEqual: difference >= 0
    }
  }
}
