import Algebra
import OpenSystems
import Symbolic

/// A periodically driven model as a document states it: H₀ + Σ V cos(ωt) + …, weakly coupled to baths.
public struct DrivenModelDefinition: Sendable {
  public let name: String
  public let space: Space
  public let hamiltonian: Matrix<Expression>
  public let drives: [Drive]
  public let baths: [Bath]

  /// V·cos(ωt), or V·sin(ωt).
  public struct Drive: Sendable {
    public let operation: Matrix<Expression>
    public let wave: ModelSyntax.Wave
    public let frequency: Expression
    /// The frequency in units of the model's.
    public let order: Int
  }

  /// One bath of the model.
  public struct Bath: Sendable {
    public let coupling: Matrix<Expression>
    /// J(w)/w, as far as algebra simplifies it, in the bath's own symbol.
    public let densityPerFrequency: Expression
    public let frequency: Symbol
    public let temperature: Expression
  }

  /// ω, of which all frequencies are multiples.
  public let frequency: Expression

  /// The parameters that the model depends on, in order.
  public var symbols: [Symbol] {
    var found = frequency.freeSymbols
    func add(_ matrix: Matrix<Expression>) {
      for element in matrix.elements { found.formUnion(element.freeSymbols) }
    }
    add(hamiltonian)
    for drive in drives { add(drive.operation) }
    for bath in baths {
      add(bath.coupling)
      found.formUnion(bath.temperature.freeSymbols)
      found.formUnion(bath.densityPerFrequency.freeSymbols.subtracting([bath.frequency]))
    }
    return found.sorted { $0.precedes($1) }
  }
}
