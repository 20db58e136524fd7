import Exact
import OpenSystems
import Symbolic

/// Simulations.
extension DocumentReader {
  mutating func simulation(_ syntax: SimulationSyntax) throws(Diagnostic) {
    try identify(syntax.id)
    guard case .comparison(let left, let links) = syntax.relation.kind, links.count == 1,
      links[0].relation != .approximately
    else {
      throw Diagnostic(
        "expected one relation '==', '!=', '<' or '>'", at: syntax.relation.range)
    }
    let table = try reader().bindings(syntax.bindings)
    let gas = try gas(syntax.road).map { $0.substituting(table) }
    let right = links[0].operand
    let expected = try reader().formula(right).substituting(table)
    guard case .points(var points) = try place(syntax.place).pointed else {
      throw Diagnostic("a simulation is made at points", at: syntax.relation.range)
    }
    if points.isEmpty { points = [[:]] }
    let given = Set(points.first.map { Array($0.keys) } ?? [])
    let free = (gas.formulas + [expected]).reduce(into: Set<Symbol>()) {
      $0.formUnion($1.freeSymbols)
    }.subtracting(given).sorted { $0.precedes($1) }
    if let symbol = free.first {
      throw Diagnostic(
        "the parameter '\(symbol.name)' has no value", at: syntax.relation.range,
        hint: "a simulation is made with numbers: write 'at \(symbol.name) = …'")
    }
    document.checks.append(
      .simulation(
        .init(
          id: syntax.id.text, source: syntax.source?.text,
          text: text(syntax.relation.range), quantity: try quantity(left, qubits: gas.qubits),
          relation: links[0].relation, expected: expected,
          conditions: try conditions(of: [right]).map { $0.substituting(table) }, gas: gas,
          points: points, samples: syntax.samples, seed: syntax.seed ?? 1,
          errors: syntax.errors ?? 4)))
  }

  /// What the left side of the relation names.
  private func quantity(
    _ node: SyntaxNode, qubits: Int
  ) throws(Diagnostic) -> SimulationDefinition.Quantity {
    let error = Diagnostic(
      "no quantity that is simulated: \(node.phrase)", at: node.range,
      hint: "'negativity', 'smallest_eigenvalue', 're(state[1, 2])' or 'im(state[1, 2])'")
    switch node.withoutParentheses.kind {
    case .name("negativity"), .name("smallest_eigenvalue"):
      guard qubits > 1 else {
        throw Diagnostic("a single qubit has no entanglement", at: node.range)
      }
      return node.withoutParentheses.name?.text == "negativity" ? .negativity : .smallestEigenvalue
    case .call(let part, let arguments):
      guard part.text == "re" || part.text == "im", arguments.count == 1,
        case .index(let base, let indices) = arguments[0].value.withoutParentheses.kind,
        base.name?.text == "state", indices.count == 2
      else { throw error }
      var places: [Int] = []
      for index in indices { places.append(try wholeNumber(index, 1...(1 << qubits)) - 1) }
      return part.text == "re"
        ? .realPart(places[0], places[1]) : .imaginaryPart(places[0], places[1])
    default: throw error
    }
  }

  private func gas(_ node: SyntaxNode) throws(Diagnostic) -> SimulationDefinition.Gas {
    guard case .call(let name, let arguments) = node.kind, name.text == "collisions" else {
      throw Diagnostic(
        "no such simulation; there is 'collisions(…)'", at: node.range)
    }
    let known = [
      "qubits", "coupling", "reset", "polarization", "spins", "hopping", "angle", "cells",
      "lattice", "places",
    ]
    var gas = SimulationDefinition.Gas()
    var cells: Int?
    var lattice: [Int]?
    var places: [[Int]] = []
    var seen: Set<String> = []
    for argument in arguments {
      guard let label = argument.label else {
        throw Diagnostic(
          "the numbers of a simulation have names", at: argument.value.range,
          hint: "for example 'spins = 100'")
      }
      guard seen.insert(label.text).inserted else {
        throw Diagnostic("'\(label.text)' is given twice", at: label.range)
      }
      let value = argument.value
      switch label.text {
      case "qubits": gas.qubits = try wholeNumber(value, 1...6)
      case "spins": gas.spins = try wholeNumber(value, 0...1_000_000)
      case "coupling": gas.coupling = try reader().formula(value)
      case "reset": gas.reset = try reader().formula(value)
      case "polarization": gas.polarization = try reader().formula(value)
      case "hopping": gas.hopping = try reader().formula(value)
      case "angle": gas.angle = try reader().formula(value)
      case "cells": cells = try wholeNumber(value, 1...(1 << 30))
      case "lattice": lattice = try wholeNumbers(value, 1...(1 << 20))
      case "places":
        guard case .list(let items) = value.kind else {
          throw Diagnostic(
            "expected the cells of the qubits", at: value.range, hint: "write [[0, 0], [1, 0]]")
        }
        for item in items { places.append(try wholeNumbers(item, 0...(1 << 20))) }
      default:
        throw Diagnostic(
          "'collisions' has no number named '\(label.text)'", at: label.range,
          hint: Suggestion.hint(for: label.text, among: known)
            ?? "there are " + known.joined(separator: ", "))
      }
    }
    for required in ["coupling", "reset", "spins", "hopping", "angle"]
    where !seen.contains(required) {
      throw Diagnostic("'collisions' needs '\(required) = …'", at: node.range)
    }
    switch (cells, lattice) {
    case (let cells?, nil) where places.isEmpty: gas.motion = .mixed(cells: cells)
    case (nil, let lattice?) where !places.isEmpty:
      gas.motion = .torus(lattice, places: places)
    default:
      throw Diagnostic(
        "'collisions' needs 'cells = …' for a well-mixed gas, or 'lattice = [20, 20]' and "
          + "'places = [[0, 0], [1, 0]]'", at: node.range)
    }
    return gas
  }

  private func wholeNumbers(
    _ node: SyntaxNode, _ range: ClosedRange<Int>
  ) throws(Diagnostic) -> [Int] {
    guard case .list(let items) = node.kind else {
      throw Diagnostic("expected a list of whole numbers", at: node.range)
    }
    var result: [Int] = []
    for item in items { result.append(try wholeNumber(item, range)) }
    return result
  }

  private func wholeNumber(
    _ node: SyntaxNode, _ range: ClosedRange<Int>
  ) throws(Diagnostic) -> Int {
    let value = try number(node)
    guard value.isInteger, let word = value.numerator.word, range.contains(word) else {
      throw Diagnostic(
        "expected a whole number from \(range.lowerBound) to \(range.upperBound)", at: node.range)
    }
    return word
  }
}

extension ClaimDefinition.Place {
  /// Where nothing is said, the one point without values.
  fileprivate var pointed: ClaimDefinition.Place {
    if case .domain = self { .points([[:]]) } else { self }
  }
}
