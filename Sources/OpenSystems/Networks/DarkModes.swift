import Algebra
import Arbitrary
import Exact

/// The modes of a passive network that no bath damps.
///
/// A mode c = Σ v̄_i a_i is undamped if v lies in the greatest subspace of ker Γ that K maps into itself:
/// then d⟨c⟩/dt is imaginary-diagonal there, every state of these modes that commutes with their
/// Hamiltonian is stationary, and the steady state is not unique. Conversely, an eigenvector of R† with
/// imaginary eigenvalue has v†Γv = 0, so Γv = 0 and Kv ∝ v: without such a subspace all eigenvalues of R
/// have negative real parts and the steady state is unique. That Γ > 0 is sufficient for this, and not
/// necessary: a coupling or a Lamb shift may turn an undamped mode into a damped one.
///
/// - Source: the test for unobservable modes (Popov 1966; Belevitch 1968; Hautus 1969).
public struct DarkModes<F: Field>: Sendable {
  /// Independent v.
  public let basis: [[Complex<F>]]
  /// The real dimension of the family of stationary second moments.
  public let momentDimension: Int

  public init(basis: [[Complex<F>]], momentDimension: Int) {
    self.basis = basis
    self.momentDimension = momentDimension
  }

  /// The number of independent undamped modes.
  public var dimension: Int { basis.count }

  /// Whether the modes are undamped, by substitution: Γv = 0, and KV = Vk for some k.
  public func isVerified(in network: SecularNetwork<F>) -> Bool {
    let d = network.modeCount
    guard !basis.isEmpty, basis.allSatisfy({ $0.count == d }) else { return basis.isEmpty }
    let v = Matrix<Complex<F>>(rows: d, columns: basis.count) { basis[$1][$0] }
    guard (network.damping * v).elements.allSatisfy(\.isZero),
      let inverse = try? (v.adjoint() * v).inverse()
    else { return false }
    let image = network.hamiltonian * v
    let inside = v * (inverse * (v.adjoint() * image))
    return (image - inside).elements.allSatisfy(\.isZero)
  }

  /// A mode in words: Σ v̄_i a_i.
  static func text(_ v: [Complex<F>]) -> String {
    v.enumerated().filter { !$0.element.isZero }
      .map { "(\($0.element.conj))*a\($0.offset)" }.joined(separator: " + ")
  }
}

extension SecularNetwork {
  /// The undamped modes of a passive network over an exact field.
  ///
  /// - Throws: ``NetworkError/input(_:)`` with squeezing or over rounded numbers;
  ///   ``NetworkError/arithmetic(_:)``.
  /// - Complexity: at most d null spaces of d columns.
  public func darkModes(
    limit: EliminationLimit = .standard
  ) throws(NetworkError) -> DarkModes<F> {
    guard isPassive, F.isExact else {
      throw .input("undamped modes are found for passive networks over exact fields")
    }
    // Rows of Γ, ΓK, ΓK², …: their common kernel is the subspace, reached when it stops shrinking.
    var rows = damping
    var stack = rows.elements
    var basis: [[Complex<F>]] = []
    var known = Int.max
    let d = modeCount
    return try inNetwork { () throws(ArithmeticError) in
      while known > 0 {
        var matrix = Matrix<Complex<F>>(rows: stack.count / d, columns: d)
        matrix.elements = stack
        basis = try matrix.nullSpace(limit: limit)
        if basis.count == known { break }
        known = basis.count
        rows = rows * hamiltonian
        stack += rows.elements
      }
      return DarkModes(
        basis: basis, momentDimension: try self.momentDimension(of: basis, limit))
    }
  }

  /// Σ m_j² over the multiplicities of K on the subspace: the dimension of the matrices there that
  /// commute with it, as K is diagonalisable.
  private func momentDimension(
    of basis: [[Complex<F>]], _ limit: EliminationLimit
  ) throws(ArithmeticError) -> Int {
    let m = basis.count
    if m == 0 { return 0 }
    let d = modeCount
    let v = Matrix<Complex<F>>(rows: d, columns: m) { basis[$1][$0] }
    // K·V = V·k, solved by the normal equations.
    let gram = v.adjoint() * v
    let k = try gram.inverse(limit: limit) * (v.adjoint() * hamiltonian * v)
    let one = Matrix<Complex<F>>.identity(m)
    let commutator = k.kronecker(one) - one.kronecker(k.transpose)
    return try commutator.nullSpace(limit: limit).count
  }
}
