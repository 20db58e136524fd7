import Algebra
import Arbitrary
import Exact
import OpenSystems
import Symbolic

/// Values of driven models again in numbers: by propagation over a period, in floats.
extension NumericRoad {
  /// The elements of a value, each of which a driven model gives.
  ///
  /// - Throws: ``DocumentError/question(_:hint:)`` for a value without this road.
  func propagatedRows(of value: Value, _ node: SyntaxNode) throws(DocumentError)
    -> [[Complex<Real>]]
  {
    var known: [ObjectIdentifier: (arguments: [Expression], values: [Complex<Real>])] = [:]
    var rows: [[Complex<Real>]] = []
    for row in value.rows {
      var line: [Complex<Real>] = []
      for element in row {
        guard case .procedure(let component, let arguments) = element.kind,
          let body = component.procedure.body as? DrivenModelProcedure
        else {
          throw .question(
            "\(node.phrase) has no road of propagation",
            hint: "it is there for the numbers that a driven model gives, not for formulas of them")
        }
        let key = ObjectIdentifier(component.procedure)
        if let last = known[key], last.arguments == arguments {
          line.append(last.values[component.index])
          continue
        }
        let values = try propagated(body, arguments, node)
        known[key] = (arguments, values)
        line.append(values[component.index])
      }
      rows.append(line)
    }
    return rows
  }

  private func propagated(
    _ body: DrivenModelProcedure, _ arguments: [Expression], _ node: SyntaxNode
  ) throws(DocumentError) -> [Complex<Real>] {
    var numbers: [Real] = []
    for argument in arguments {
      do throws(OpenSystemError) {
        numbers.append(
          try real(argument.substituting(point.mapValues { Expression.rational($0) })).re)
      } catch { throw .question("the numeric road failed: \(error.description)", hint: nil) }
    }
    guard let values = propagated(body, numbers), values.count == body.components.count
    else {
      throw .question("propagation has no answer for \(node.phrase) here", hint: nil)
    }
    return values
  }

  private func propagated(_ body: DrivenModelProcedure, _ numbers: [Real]) -> [Complex<Real>]? {
    let size = body.model.space.dimension
    switch method {
    case .harmonics:
      // How far the average carries is seen in doubles.
      let workspace = FloquetWorkspace<Double>(size: size, options: body.options)
      return body.propagated(
        numbers.map(\.approximateDouble), workspace, precision: 53, harmonics: true)?
        .map { Complex(re: Real($0.re), im: Real($0.im)) }
    default:
      let workspace = FloquetWorkspace<Real>(
        size: size, options: body.options, precision: precision)
      return body.propagated(numbers, workspace, precision: precision)
    }
  }
}
