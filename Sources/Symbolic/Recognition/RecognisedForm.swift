import Algebra
import Exact

/// An exact form proposed for a number, with what speaks for it.
public struct RecognisedForm: Sendable, Hashable {
  /// Whether the form is known to be the number.
  public enum Status: Sendable, Hashable {
    /// The form and the number are equal.
    case proved(Proof)
    /// They agree in the digits of the evidence; nothing more is known.
    case guess
  }

  /// Why a form is the number.
  public enum Proof: Sendable, Hashable {
    /// The polynomial that defines the number has been found again: it divides the one proposed, and
    /// the places of the roots are the same.
    case minimalPolynomial
    /// The difference lies below the bound that separates it from zero.
    case separation(SeparationBound)
  }

  /// The form; nil for a root of a polynomial that has no closed form here.
  public let expression: Expression?
  /// The root of the polynomial proposed, where that is what was sought.
  public let number: AlgebraicNumber?
  /// The relation among the digits that proposed it.
  public let evidence: RelationEvidence
  public let status: Status

  /// Whether the form is known to be the number.
  public var isProved: Bool { if case .proved = status { true } else { false } }
}
