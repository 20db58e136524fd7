import Exact
import OpenSystems
import Symbolic

/// A relation between what random histories of a gas of spins give and a formula.
public struct SimulationDefinition: Sendable {
  public let id: String
  public let source: String?
  /// The relation and where it is claimed, as written.
  public let text: String
  let quantity: Quantity
  let relation: SyntaxNode.Relation
  /// What the simulated quantity is compared with.
  let expected: Expression
  /// Where the names in the formula are defined.
  let conditions: [Assumption]
  let gas: Gas
  let points: [[Symbol: Rational]]
  public let samples: Int
  public let seed: Int
  /// How many standard errors decide.
  public let errors: Int

  /// What is estimated.
  enum Quantity: Sendable, Equatable {
    /// Of the first qubit against the others.
    case negativity
    /// Of the partial transpose over the first qubit.
    case smallestEigenvalue
    /// Counted from 0.
    case realPart(Int, Int)
    case imaginaryPart(Int, Int)
  }

  /// A ``SpinGas`` with formulas in place of numbers.
  struct Gas: Sendable {
    var qubits = 2
    var spins = 0
    var coupling = Expression.zero
    var reset = Expression.zero
    var polarization = Expression.one
    var hopping = Expression.zero
    var angle = Expression.zero
    var motion = SpinGas.Motion.mixed(cells: 0)

    var formulas: [Expression] { [coupling, reset, polarization, hopping, angle] }

    func map(_ transform: (Expression) -> Expression) -> Gas {
      var result = self
      result.coupling = transform(coupling)
      result.reset = transform(reset)
      result.polarization = transform(polarization)
      result.hopping = transform(hopping)
      result.angle = transform(angle)
      return result
    }
  }
}
