import Algebra
import Arbitrary
import Exact

/// Any number of qubits that all do the same and all interact alike.
///
/// The generator is the sum of a one-qubit generator over all qubits, a two-qubit generator over all
/// pairs, and a Hamiltonian that depends on the number of ones only:
/// dρ/dt = Σ_i L₁(i)ρ + Σ_{i<j} L₂(i, j)ρ - i[E(n̂), ρ].
/// It commutes with permutations of the qubits, and so acts on the different elements of an invariant
/// state alone: see ``generator(coherences:)``.
public struct SymmetricEnsemble<F: Field>: Sendable {
  public let qubits: Int
  /// What each qubit does by itself: a model of one qubit.
  public let single: Model<F>
  /// What each pair does: a model of two qubits, equal under their exchange.
  public let pair: Model<F>?
  /// The energy of a state with so many ones, for 0, …, N ones.
  public let energies: [F]?

  /// - Parameter validation: whether the pair's symmetry must be known; over rounded and enclosing fields
  ///   the caller may vouch for it.
  /// - Throws: ``OpenSystemError/domain(_:)`` where the numbers of qubits do not fit, or the pair's
  ///   generator is not known to be symmetric.
  public init(
    qubits: Int, single: Model<F>, pair: Model<F>? = nil, energies: [F]? = nil,
    validation: Model<F>.Validation = .required
  ) throws(OpenSystemError) {
    guard qubits >= 1 else { throw .domain("\(qubits) qubits") }
    guard single.space.subsystems.map(\.kind) == [.qubit] else {
      throw .domain("the model of each qubit is one of a single qubit")
    }
    if let pair {
      guard pair.space.subsystems.map(\.kind) == [.qubit, .qubit] else {
        throw .domain("the model of each pair is one of two qubits")
      }
      if validation == .required {
        let elements = Self.pairElements(pair)
        for (key, value) in elements where key.a != key.b || key.c != key.d {
          let other = elements[PairKey(a: key.b, b: key.a, c: key.d, d: key.c)] ?? .zero
          guard (other - value).isZero else {
            throw .domain("the model of each pair is not known to be symmetric under exchange")
          }
        }
      }
    }
    if let energies, energies.count != qubits + 1 {
      throw .domain("\(energies.count) energies; \(qubits + 1) are needed, one a number of ones")
    }
    self.qubits = qubits
    self.single = single
    self.pair = pair
    self.energies = energies
  }

  /// The ensemble with every number mapped into another field, a homomorphism up to rounding.
  public func map<G: Field, E: Error>(
    _ transform: (F) throws(E) -> G
  ) throws(E) -> SymmetricEnsemble<G> {
    var mapped: [G]?
    if let energies {
      var list: [G] = []
      for energy in energies { list.append(try transform(energy)) }
      mapped = list
    }
    return SymmetricEnsemble<G>(
      checkedQubits: qubits, single: try single.map(transform), pair: try pair?.map(transform),
      energies: mapped)
  }

  private init(checkedQubits: Int, single: Model<F>, pair: Model<F>?, energies: [F]?) {
    qubits = checkedQubits
    self.single = single
    self.pair = pair
    self.energies = energies
  }

  // MARK: The generator

  /// The generator on the weights of an invariant state: for each kind of element the sum of all that are
  /// of this kind, so that the trace is the sum of the weights without differing bits.
  ///
  /// A one-qubit element L₁[t, u] carries weight from the numbers n of kinds to those with one u less and
  /// one t more, n_u times, for so many qubits can change. A two-qubit element L₂[tt', uu'] does so for each
  /// pair of qubits of kinds u and u': n_u·n_u' times, or n_u(n_u - 1)/2.
  ///
  /// - Parameter coherences: leaves out elements with more differing bits; by default none.
  /// - Throws: ``OpenSystemError/domain(_:)`` where weights within the limit depend on those beyond;
  ///   as ``SiteCountsBasis/init(qubits:coherences:)``.
  public func generator(
    coherences: Int? = nil
  ) throws(OpenSystemError) -> (basis: SiteCountsBasis, matrix: SparseMatrix<Complex<F>>) {
    let basis = try SiteCountsBasis(qubits: qubits, coherences: coherences)
    var entries: [(row: Int, column: Int, value: Complex<F>)] = []
    func add(_ row: Int, _ source: SiteCounts, _ value: Complex<F>) throws(OpenSystemError) {
      guard let column = basis.index(of: source) else {
        throw .domain(
          "elements with at most \(basis.coherences) differing bits depend on others: for this "
            + "ensemble none can be left out")
      }
      entries.append((row, column, value))
    }
    let ones = Liouvillian(single).superoperator()
    let pairs = pair.map(Self.pairElements) ?? [:]
    for (row, counts) in basis.elements.enumerated() {
      for kind in 0..<4 where counts[kind] > 0 {
        for entry in ones.rows[kind] {
          let source = counts.moving(from: kind, to: entry.column)
          try add(row, source, F(Integer(source[entry.column])) * entry.value)
        }
      }
      for (key, value) in pairs where key.c <= key.d && counts[key.a] > 0 && counts[key.b] > 0 {
        if key.a == key.b && counts[key.a] < 2 { continue }
        let source = counts.moving(from: key.a, to: key.c).moving(from: key.b, to: key.d)
        let number = Integer(source[key.c])
        let pairCount =
          key.c == key.d
          ? (number * (number - 1)).exactQuotient(by: 2) : number * Integer(source[key.d])
        try add(row, source, F(pairCount) * value)
      }
      if let energies, counts.ketOnes != counts.braOnes {
        let difference = energies[counts.ketOnes] - energies[counts.braOnes]
        if !difference.isZero { try add(row, counts, Complex(re: .zero, im: -difference)) }
      }
    }
    return (basis, SparseMatrix(rows: basis.count, columns: basis.count, entries: entries))
  }

  /// Whether elements depend on none with more differing bits than their own: then elements with few of
  /// them can be had alone.
  public var isHierarchical: Bool {
    func coherent(_ kind: Int) -> Int { kind == 1 || kind == 2 ? 1 : 0 }
    for (kind, row) in Liouvillian(single).superoperator().rows.enumerated() {
      if row.contains(where: { coherent($0.column) > coherent(kind) }) { return false }
    }
    return pair.map(Self.pairElements)?.keys.allSatisfy {
      coherent($0.c) + coherent($0.d) <= coherent($0.a) + coherent($0.b)
    } ?? true
  }

  /// The state of some of the qubits in the steady state, by way of no more elements than it needs.
  ///
  /// - Throws: as ``steadyState(coherences:limit:)`` and ``SymmetricState/reduced(to:)``.
  public func reducedState(
    of count: Int, limit: EliminationLimit = .standard
  ) throws(OpenSystemError) -> SymmetricState<F> {
    try steadyState(coherences: isHierarchical ? count : nil, limit: limit).reduced(to: count)
  }

  private struct PairKey: Hashable {
    /// The kinds of the two qubits in the element whose derivative it is, a and b, and in the one on which
    /// that depends, c and d.
    let a, b, c, d: Int
  }

  /// The elements of the pair's superoperator by the kinds of the two qubits.
  private static func pairElements(_ pair: Model<F>) -> [PairKey: Complex<F>] {
    // Row-major: number 4·(2i₁ + i₂) + 2j₁ + j₂ of the ket bits i and the bra bits j.
    func kinds(_ index: Int) -> (Int, Int) {
      let (ket, bra) = (index / 4, index % 4)
      return (ket / 2 * 2 + bra / 2, ket % 2 * 2 + bra % 2)
    }
    var result: [PairKey: Complex<F>] = [:]
    for (row, entries) in Liouvillian(pair).superoperator().rows.enumerated() {
      let (a, b) = kinds(row)
      for entry in entries {
        let (c, d) = kinds(entry.column)
        result[PairKey(a: a, b: b, c: c, d: d)] = entry.value
      }
    }
    return result
  }
}
