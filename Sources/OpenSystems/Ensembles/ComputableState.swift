import Algebra
import Arbitrary
import Exact

/// A permutation-invariant state with rational elements that can be had exactly and, which is far cheaper,
/// enclosed to any precision; and its negativities to any number of digits.
public struct ComputableState: Sendable {
  private let enclosing: @Sendable (Int) throws(OpenSystemError) -> SymmetricState<Ball>
  private let exactly: @Sendable () throws(OpenSystemError) -> SymmetricState<Rational>
  public let qubits: Int

  /// The steady state of an ensemble.
  public init(steadyStateOf ensemble: SymmetricEnsemble<Rational>) {
    qubits = ensemble.qubits
    enclosing = { precision throws(OpenSystemError) in
      try ensemble.map { Ball($0, precision: precision) }.steadyState()
    }
    exactly = { () throws(OpenSystemError) in try ensemble.steadyState() }
  }

  /// The state of some qubits of an ensemble in its steady state.
  ///
  /// A pair out of fifty qubits takes no longer than a state of a few: see
  /// ``SymmetricEnsemble/reducedState(of:limit:)``.
  ///
  /// - Throws: ``OpenSystemError/domain(_:)`` where there are not so many qubits.
  public init(
    reduced count: Int, of ensemble: SymmetricEnsemble<Rational>
  ) throws(OpenSystemError) {
    guard count >= 1, count <= ensemble.qubits else {
      throw .domain("the state of \(count) out of \(ensemble.qubits) qubits")
    }
    qubits = count
    enclosing = { precision throws(OpenSystemError) in
      try ensemble.map { Ball($0, precision: precision) }.reducedState(of: count)
    }
    exactly = { () throws(OpenSystemError) in try ensemble.reducedState(of: count) }
  }

  /// Σ w_i ρ_i of states of equally many qubits.
  ///
  /// - Throws: ``OpenSystemError/domain(_:)`` for different numbers of qubits, or no state.
  public init(mixture parts: [(weight: Rational, state: ComputableState)]) throws(OpenSystemError) {
    guard let count = parts.first?.state.qubits, parts.allSatisfy({ $0.state.qubits == count })
    else { throw .domain("a mixture of states of different numbers of qubits, or of none") }
    qubits = count
    enclosing = { precision throws(OpenSystemError) in
      var list: [(weight: Ball, state: SymmetricState<Ball>)] = []
      for part in parts {
        list.append(
          (Ball(part.weight, precision: precision), try part.state.enclosure(precision: precision)))
      }
      return try .mixture(list)
    }
    exactly = { () throws(OpenSystemError) in
      var list: [(weight: Rational, state: SymmetricState<Rational>)] = []
      for part in parts { list.append((part.weight, try part.state.exact())) }
      return try .mixture(list)
    }
  }

  /// A state that is given.
  public init(_ state: SymmetricState<Rational>) {
    qubits = state.qubits
    enclosing = { precision throws(OpenSystemError) in
      state.map { Ball($0, precision: precision) }
    }
    exactly = { () throws(OpenSystemError) in state }
  }

  /// The state with elements enclosed by computation in so many bits.
  ///
  /// - Throws: as ``SymmetricEnsemble/steadyState(coherences:limit:)``.
  public func enclosure(precision: Int) throws(OpenSystemError) -> SymmetricState<Ball> {
    try enclosing(precision)
  }

  /// The state with its rational elements.
  ///
  /// - Throws: as ``SymmetricEnsemble/steadyState(coherences:limit:)``.
  public func exact() throws(OpenSystemError) -> SymmetricState<Rational> { try exactly() }

  // MARK: Digits

  /// The negativity of a party of so many qubits against the others.
  ///
  /// - Parameter digits: how many significant digits are wanted.
  /// - Returns: an enclosure of which both ends round to the same `digits` digits, or exactly zero: where
  ///   enclosures leave open whether an eigenvalue is negative, the exact state and an LDL† factorisation of
  ///   the block decide whether any is.
  /// - Throws: ``OpenSystemError/notConverged(_:)`` where the precision that is allowed does not suffice;
  ///   as ``SymmetricEnsemble/steadyState(coherences:limit:)``.
  public func negativity(party: Int, digits: Int) throws(OpenSystemError) -> Interval {
    try decided(parties: [(party, 1)], digits)
  }

  /// The negativity averaged over all 2^(N-1) - 1 ways to divide the qubits into two parties.
  ///
  /// - Returns: as ``negativity(party:digits:)``.
  /// - Throws: as ``negativity(party:digits:)``; ``OpenSystemError/domain(_:)`` for a single qubit.
  public func averageNegativity(digits: Int) throws(OpenSystemError) -> Interval {
    try decided(parties: try Bipartitions.weights(qubits: qubits), digits)
  }

  /// Whether the partial transpose over `party` qubits has a negative eigenvalue, decided exactly.
  ///
  /// - Throws: as ``SymmetricEnsemble/steadyState(coherences:limit:)``; ``OpenSystemError/arithmetic(_:)``.
  public func isEntangled(party: Int) throws(OpenSystemError) -> Bool {
    let spectrum = try enclosing(128).partialTransposeSpectrum(party: party, precision: 96)
    if spectrum.contains(where: { $0.eigenvalues.contains { $0.certainSign == -1 } }) {
      return true
    }
    if spectrum.allSatisfy({ $0.eigenvalues.allSatisfy { $0.isNonnegative } }) { return false }
    let open = Set(
      spectrum.indices.filter { index in
        spectrum[index].eigenvalues.contains { !$0.isNonnegative }
      })
    return try !isPositive(party: party, blocks: open)
  }

  private func isPositive(party: Int, blocks: Set<Int>) throws(OpenSystemError) -> Bool {
    let all = try exactly().partialTransposeBlocks(party: party)
    do {
      // The form is congruent to the block: signs of eigenvalues agree (Sylvester).
      for index in blocks.sorted() {
        switch try HermitianCertificate(all[index].form).verdict {
        case .positiveDefinite, .positiveSemidefinite: continue
        case .indefinite, .undecided: return false
        }
      }
      return true
    } catch { throw .arithmetic(error) }
  }

  private func decided(
    parties: [(party: Int, weight: Rational)], _ digits: Int
  ) throws(OpenSystemError) -> Interval {
    guard digits >= 1, digits <= 100_000 else { throw .domain("\(digits) digits") }
    // 3322/1000 is just above the binary logarithm of ten.
    let wanted = digits * 3322 / 1000 + 24
    var precision = wanted + 16
    var isKnownEntangled = false
    while precision <= 8 * wanted + 4096 {
      let bits = precision + 2 * qubits + 48
      let state = try enclosing(bits)
      var sum = Interval.zero
      for (party, weight) in parties {
        let value = try state.negativity(party: party, precision: precision)
        sum = Interval.add(
          sum, Interval.mul(Interval(weight, precision: bits), value, precision: bits),
          precision: bits)
      }
      if sum.isPoint || Decimal.digits(of: sum, significant: digits) != nil { return sum }
      if sum.lower.signum <= 0 && !isKnownEntangled {
        for (party, _) in parties where !isKnownEntangled {
          isKnownEntangled = try isEntangled(party: party)
        }
        if !isKnownEntangled { return .zero }
      }
      precision += precision / 2
    }
    throw .notConverged("\(digits) digits at \(precision) bits")
  }
}
