import Certified
import Exact
import Symbolic

extension Document {
  /// A point from names and values.
  ///
  /// - Throws: ``DocumentError/unknown(what:name:known:)``, or ``DocumentError/question(_:hint:)``
  ///   for a value outside its parameter's domain.
  public func point(_ values: [String: Rational]) throws(DocumentError) -> [Symbol: Rational] {
    var point: [Symbol: Rational] = [:]
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      guard let symbol = parameter(named: name)?.symbol else {
        throw .unknown(what: "parameter", name: name, known: parameters.map(\.symbol.name))
      }
      guard symbol.domain.contains(value) else {
        throw .question(
          "\(name) = \(value) is outside the domain of '\(name)' (\(symbol.domain))", hint: nil)
      }
      point[symbol] = value
    }
    return point
  }

  /// The values of a name at a point, row by row; a scalar is one row of one.
  ///
  /// - Throws: ``DocumentError``: an unknown name, a missing parameter, a point where the value is not
  ///   defined, or digits that the precision limit does not reach.
  public func evaluate(
    _ name: String, at point: [Symbol: Rational], digits: Int
  ) throws(DocumentError) -> [[PointValue]] {
    guard let value = value(named: name) else {
      throw .unknown(what: "value", name: name, known: definedNames)
    }
    if case .model = value {
      throw .question(
        "'\(name)' is a model and has no value", hint: "evaluate a steady state of it")
    }
    let hook: PointEvaluator.ExactForm = { (try? NormalForm($0))?.expression }
    do throws(CertifiedError) {
      var rows: [[PointValue]] = []
      for row in value.rows {
        var cells: [PointValue] = []
        for cell in row { cells.append(try cell.value(at: point, digits: digits, exactForm: hook)) }
        rows.append(cells)
      }
      return rows
    } catch {
      switch error {
      case .undecided, .tooManyDigits: throw .stopped(error.description)
      case .missingParameters(let names):
        throw .question(
          "\(error.description)",
          hint: "add it to the point: --at " + names.map { "\($0)=…" }.joined(separator: ","))
      default: throw .question(error.description, hint: nil)
      }
    }
  }
}
