import Algebra
import Exact
import Symbolic

/// A polynomial over kernels without its radicals: multiplied with its conjugates.
///
/// Where the polynomial is zero, so is the norm; the converse holds for one of the conjugates only.
struct RadicalNorm {
  let basis: KernelBasis
  /// The norm; free of square roots, absolute values and roots that have a relation.
  let norm: Polynomial
  /// The generators that were eliminated, in order, latest first.
  let eliminated: [Int]

  /// The number of terms beyond which there is none.
  static let termLimit = 4000
  /// The greatest product of the degrees of what is eliminated.
  static let degreeLimit = 64

  /// - Throws: ``ArithmeticError/limit(_:)`` where the norm is too large.
  init(of polynomial: Polynomial, over basis: KernelBasis) throws(ArithmeticError) {
    self.basis = basis
    var result = try basis.raised(polynomial)
    var eliminated: [Int] = []
    var degree = 1
    for index in basis.generators.indices.reversed() {
      guard result.degree(in: index) > 0, let relation = basis.generators[index].relation else {
        continue
      }
      degree *= relation.degree
      if degree > Self.degreeLimit { throw .limit("a norm of degree \(degree)") }
      let variable = Polynomial.variable(index, of: basis.ring)
      var minimal = try variable.checkedPower(UInt(relation.degree))
      if let lead = relation.lead {
        minimal = try basis.checkedProduct(minimal, basis.raised(lead))
      }
      minimal = minimal - (try basis.raised(relation.value))
      for (k, coefficient) in relation.lower.enumerated() where !coefficient.isZero {
        minimal = minimal - (try variable.checkedPower(UInt(k))).scaled(by: coefficient)
      }
      result = try Polynomial.resultant(result, minimal, in: index)
      if result.termCount > Self.termLimit {
        throw .limit("a norm of \(result.termCount) terms")
      }
      eliminated.append(index)
      if result.isZero { break }
      result = result.primitivePart
    }
    norm = result
    self.eliminated = eliminated
  }
}

extension KernelBasis {
  /// A polynomial of an earlier state of the basis in its present ring.
  func raised(_ polynomial: Polynomial) throws(ArithmeticError) -> Polynomial {
    if polynomial.ring === ring { return polynomial }
    return try polynomial.embedded(in: ring) { $0 }
  }
}
