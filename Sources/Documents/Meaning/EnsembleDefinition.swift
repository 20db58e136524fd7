import Algebra
import Exact
import OpenSystems
import Symbolic

/// Qubits that are all alike as a document states them: formulas in place of numbers.
public struct EnsembleDefinition: Sendable {
  public let name: String
  /// Of each pair: x, y, z.
  public internal(set) var coupling: [Expression] = [.zero, .zero, .zero]
  /// On each qubit: x, y, z.
  public internal(set) var field: [Expression] = [.zero, .zero, .zero]
  public internal(set) var down = Expression.zero
  public internal(set) var up = Expression.zero
  public internal(set) var dephasing = Expression.zero
  public internal(set) var reset = Expression.zero
  /// The Bloch vector of the state that qubits are reset to.
  public internal(set) var resetVector: [Expression] = [.one, .zero, .zero]

  /// All numbers, in the order of ``ensemble(_:)``.
  var formulas: [Expression] {
    coupling + field + [down, up, dephasing, reset] + resetVector
  }

  /// The parameters that the ensemble depends on, in order.
  public var symbols: [Symbol] {
    formulas.reduce(into: Set<Symbol>()) { $0.formUnion($1.freeSymbols) }
      .sorted { $0.precedes($1) }
  }

  /// The ensemble over a field, from the values of ``formulas``.
  static func ensemble<F: Field>(_ values: [F]) -> ResetEnsemble<F>? {
    guard values.count == 13 else { return nil }
    func vector(_ first: Int) -> ResetEnsemble<F>.Vector {
      .init(values[first], values[first + 1], values[first + 2])
    }
    return ResetEnsemble(
      coupling: vector(0), field: vector(3), down: values[6], up: values[7],
      dephasing: values[8], reset: values[9], resetVector: vector(10))
  }
}
