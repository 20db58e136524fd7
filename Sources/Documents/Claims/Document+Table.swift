import Certified
import Exact
import Symbolic

/// A table of a document with its values.
public struct EvaluatedTable: Sendable {
  public let id: String
  /// The name of the parameter that runs, then the labels of the columns.
  public let header: [String]
  /// The parameter's value and the columns' values, all digits right; empty where a column has no
  /// value there.
  public let rows: [[String]]
}

extension Document {
  /// The values of a table.
  ///
  /// - Throws: ``DocumentError`` for an unknown table, parameters without a value, or digits that the
  ///   precision limit does not reach.
  public func evaluateTable(_ id: String, digits: Int) throws(DocumentError) -> EvaluatedTable {
    guard let table = tables.first(where: { $0.id == id }) else {
      throw unanswered[id].map { .stopped($0) }
        ?? .unknown(what: "table", name: id, known: tables.map(\.id))
    }
    let hook: PointEvaluator.ExactForm = { (try? NormalForm($0))?.expression }
    let prover = RelationProver(digits: digits)
    var rows: [[String]] = []
    for value in table.rowValues {
      var row = ["\(value)"]
      for column in table.columns {
        let formula = column.value.substituting(table.bindings)
        let point = [table.row: Expression.rational(value)]
        let isDefined = column.conditions.allSatisfy {
          let condition = $0.substituting(table.bindings).substituting(point)
          return prover.holdsExactly(condition, at: [:])
        }
        guard isDefined else {
          row.append("")
          continue
        }
        do {
          row.append(
            try formula.value(at: [table.row: value], digits: digits, exactForm: hook).description)
        } catch {
          throw .question(
            "the column '\(column.label)' of '\(id)' has no value at \(table.row.name) = \(value): \(error)",
            hint: nil)
        }
      }
      rows.append(row)
    }
    return EvaluatedTable(
      id: id, header: [table.row.name] + table.columns.map(\.label), rows: rows)
  }
}
