import Algebra
import Arbitrary
import Exact
import OpenSystems
import Symbolic

extension ValueReader {
  /// Functions of ensembles whose values are numbers, with what they take after the ensemble.
  static let ensembleCalls: [String: (EnsembleProcedure.Quantity, arguments: [String])] = [
    "pair_negativity": (.pairNegativity, ["the number of qubits"]),
    "party_negativity": (.negativity, ["the number of qubits", "the number in one party"]),
    "average_negativity": (.averageNegativity, ["the number of qubits"]),
    "fluctuating_pair_negativity": (.fluctuatingPairNegativity, ["the mean number of qubits"]),
  ]

  private func ensemble(
    _ node: SyntaxNode?, _ name: SyntaxNode.Name
  ) throws(Diagnostic) -> EnsembleDefinition {
    guard let argument = node?.name, case .ensemble(let ensemble)? = values[argument.text] else {
      throw Diagnostic(
        "'\(name.text)' takes an ensemble", at: node?.range ?? name.range,
        hint: "declare one with 'ensemble E { coupling [0, 0, g] … }'")
    }
    return ensemble
  }

  /// A number that an ensemble gives, computed point by point; nil for other calls.
  func ensembleCall(
    _ name: SyntaxNode.Name, _ nodes: [SyntaxNode], _ node: SyntaxNode
  ) throws(Diagnostic) -> Expression? {
    guard let (quantity, words) = Self.ensembleCalls[name.text] else { return nil }
    // The range of numbers may have an upper end.
    let most = quantity == .fluctuatingPairNegativity ? words + ["the greatest number"] : words
    guard (words.count...most.count).contains(nodes.count - 1) else {
      throw Diagnostic(
        "'\(name.text)' takes an ensemble and " + most.joined(separator: " and "),
        at: name.range)
    }
    let definition = try ensemble(nodes[0], name)
    var arguments = definition.symbols.map(\.expression)
    var names = definition.symbols.map(\.name)
    for (node, word) in zip(nodes.dropFirst(), most) {
      arguments.append(try formula(node))
      names.append(word)
    }
    do throws(SymbolicError) {
      let body = try EnsembleProcedure(definition, quantity)
      let procedure = Procedure(
        "\(name.text)(\(definition.name))", parameters: names, components: [("", true)], body: body)
      guard let component = procedure.component(0),
        let value = Expression.applying(component, to: arguments)
      else { throw .noValue(name.text) }
      return value
    } catch {
      throw Diagnostic(error.description, at: node.range)
    }
  }

  /// `reduced(E, N, k)`: the steady state of k out of N qubits as formulas; N and k are numbers.
  func reducedEnsemble(
    _ name: SyntaxNode.Name, _ nodes: [SyntaxNode], _ node: SyntaxNode
  ) throws(Diagnostic) -> Matrix<Expression> {
    guard nodes.count == 3 else {
      throw Diagnostic(
        "'\(name.text)' takes an ensemble, the number of qubits and how many of them",
        at: name.range)
    }
    let definition = try ensemble(nodes[0], name)
    func number(_ node: SyntaxNode, _ range: ClosedRange<Int>) throws(Diagnostic) -> Int {
      guard let value = try formula(node).rationalValue, value.isInteger,
        let n = value.numerator.word, range.contains(n)
      else {
        throw Diagnostic(
          "expected a whole number from \(range.lowerBound) to \(range.upperBound)", at: node.range)
      }
      return n
    }
    let count = try number(nodes[1], 1...2000)
    let part = try number(nodes[2], 1...min(count, 5))
    do throws(OpenSystemError) {
      return try WorkBudget.limited(to: Self.ensembleLimit) {
        Result { () throws(OpenSystemError) in
          try definition.reducedState(of: part, outOf: count)
        }
      }.value.get()
    } catch {
      throw Diagnostic(error.description, at: node.range)
    }
  }

  private static var ensembleLimit: Int { 4_000_000_000 }
}

extension EnsembleDefinition {
  /// The state of some qubits in the steady state, as formulas.
  fileprivate func reducedState(
    of part: Int, outOf count: Int
  ) throws(OpenSystemError) -> Matrix<Expression> {
    do throws(ArithmeticError) {
      var normalizer = try Normalizer(symbols: symbols)
      for formula in formulas { _ = try normalizer.normalize(formula) }
      var values: [RationalFunction] = []
      for formula in formulas { values.append(try normalizer.normalize(formula).re) }
      let basis = normalizer.basis
      guard let ensemble = EnsembleDefinition.ensemble(values) else { throw .domain("no ensemble") }
      let state: Matrix<Complex<RationalFunction>>
      do throws(OpenSystemError) {
        state = try ensemble.ensemble(qubits: count).reducedState(of: part).matrix()
      } catch {
        if case .arithmetic(let inner) = error { throw inner }
        throw .domain(error.description)
      }
      return state.map { basis.expression($0) }
    } catch {
      throw .arithmetic(error)
    }
  }
}
