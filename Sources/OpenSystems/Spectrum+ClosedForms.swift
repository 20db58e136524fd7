import Algebra
import Exact
import Symbolic

extension Spectrum {
  /// Whether all eigenvalues are rational in the kernels or roots of quadratic equations.
  public var hasClosedForms: Bool { cofactors.allSatisfy { $0.polynomial.degree == 2 } }

  /// An eigenvalue as a formula.
  public struct ClosedForm: Sendable {
    public let value: Expression
    public let multiplicity: Int
  }

  /// The eigenvalues as formulas over the basis of the matrix: those in the field, and the roots of
  /// quadratic factors.
  ///
  /// - Throws: ``OpenSystemError/domain(_:)`` for an irreducible factor of a higher degree.
  public func closedForms(_ basis: KernelBasis) throws(OpenSystemError) -> [ClosedForm] {
    var result = rationalRoots.map {
      ClosedForm(value: basis.expression($0.value), multiplicity: $0.multiplicity)
    }
    for cofactor in cofactors {
      let p = cofactor.polynomial
      guard p.degree == 2 else {
        throw .domain(
          "some of these eigenvalues solve an irreducible equation of degree \(p.degree ?? 0), which "
            + "has no closed form here")
      }
      let half = Expression.rational(Rational(-1)) * basis.expression(p[1]) / 2
      let inner = p[1] * p[1] - RationalFunction(Rational(4)) * p[0]
      let root = sqrt(basis.expression(inner))
      let distance = ((try? NormalForm(root))?.expression ?? root) / 2
      for value in [half + distance, half - distance] {
        result.append(ClosedForm(value: value, multiplicity: cofactor.multiplicity))
      }
    }
    return result
  }
}
