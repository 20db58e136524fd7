import Algebra
import Arbitrary
import Exact

/// A density matrix of qubits that is invariant under all their permutations, by its different elements.
///
/// N qubits have (N + 3)(N + 2)(N + 1)/6 of them instead of 4^N. Elements with more than
/// ``SiteCountsBasis/coherences`` differing bits may be left out; what depends on them is then refused.
public struct SymmetricState<F: Field>: Sendable, Equatable {
  public let basis: SiteCountsBasis
  /// One element of each kind, in the order of the basis.
  public let elements: [Complex<F>]

  public var qubits: Int { basis.qubits }

  /// - Throws: ``OpenSystemError/domain(_:)`` for another number of elements than the basis has.
  public init(basis: SiteCountsBasis, elements: [Complex<F>]) throws(OpenSystemError) {
    guard elements.count == basis.count else {
      throw .domain("\(elements.count) elements for \(basis.count) kinds")
    }
    self.basis = basis
    self.elements = elements
  }

  init(uncheckedBasis basis: SiteCountsBasis, elements: [Complex<F>]) {
    self.basis = basis
    self.elements = elements
  }

  /// The element of one kind.
  ///
  /// - Throws: ``OpenSystemError/domain(_:)`` for a kind that is not in the basis.
  public func element(_ counts: SiteCounts) throws(OpenSystemError) -> Complex<F> {
    guard let index = basis.index(of: counts) else {
      throw .domain(
        "an element with \(counts.coherences) differing bits of \(counts.total) qubits; known are "
          + "those of \(qubits) qubits with at most \(basis.coherences)")
    }
    return elements[index]
  }

  /// The sum of the diagonal of the whole matrix.
  public var trace: Complex<F> {
    var sum = Complex<F>.zero
    for (counts, value) in zip(basis.elements, elements) where counts.coherences == 0 {
      sum += F(counts.multiplicity) * value
    }
    return sum
  }

  /// The state of some of the qubits, the others traced out.
  ///
  /// - Throws: ``OpenSystemError/domain(_:)`` where more qubits are asked for than there are, or none, or
  ///   more than there are differing bits known.
  /// - Complexity: as many products as the reduced state has elements, times the qubits traced out.
  public func reduced(to count: Int) throws(OpenSystemError) -> SymmetricState {
    guard count >= 1, count <= qubits else {
      throw .domain("the state of \(count) out of \(qubits) qubits")
    }
    let target = try SiteCountsBasis(qubits: count)
    let traced = qubits - count
    // Traced qubits have equal bits; so many of them are ones in so many ways.
    let weights = (0...traced).map { F(Integer.binomial(traced, $0)) }
    var result: [Complex<F>] = []
    result.reserveCapacity(target.count)
    for counts in target.elements {
      var sum = Complex<F>.zero
      for (ones, weight) in weights.enumerated() {
        sum += weight * (try element(counts + SiteCounts(traced - ones, 0, 0, ones)))
      }
      result.append(sum)
    }
    return SymmetricState(uncheckedBasis: target, elements: result)
  }

  /// The whole matrix, 2^N rows.
  ///
  /// - Throws: ``OpenSystemError/spaceTooLarge(limit:)`` beyond 10 qubits, ``OpenSystemError/domain(_:)``
  ///   where elements are not known.
  public func matrix() throws(OpenSystemError) -> Matrix<Complex<F>> {
    guard qubits <= 10 else { throw .spaceTooLarge(limit: 1 << 10) }
    let size = 1 << qubits
    return try Matrix(rows: size, columns: size) { row, column throws(OpenSystemError) in
      let both = (row & column).nonzeroBitCount
      let (ket, bra) = (row.nonzeroBitCount - both, column.nonzeroBitCount - both)
      return try element(SiteCounts(qubits - both - ket - bra, bra, ket, both))
    }
  }

  /// The state with every element mapped into another field.
  public func map<G: Field, E: Error>(
    _ transform: (F) throws(E) -> G
  ) throws(E) -> SymmetricState<G> {
    var mapped: [Complex<G>] = []
    mapped.reserveCapacity(elements.count)
    for value in elements {
      mapped.append(Complex(re: try transform(value.re), im: try transform(value.im)))
    }
    return SymmetricState<G>(uncheckedBasis: basis, elements: mapped)
  }

  /// Σ w_i ρ_i over states of the same qubits.
  ///
  /// - Throws: ``OpenSystemError/domain(_:)`` for states of different bases, or none.
  public static func mixture(
    _ parts: [(weight: F, state: SymmetricState)]
  ) throws(OpenSystemError) -> SymmetricState {
    guard let basis = parts.first?.state.basis, parts.allSatisfy({ $0.state.basis == basis }) else {
      throw .domain("a mixture of states of different numbers of qubits, or of none")
    }
    var sum = [Complex<F>](repeating: .zero, count: basis.count)
    for part in parts {
      for index in sum.indices { sum[index] += part.weight * part.state.elements[index] }
    }
    return SymmetricState(uncheckedBasis: basis, elements: sum)
  }
}
