import Algebra
import Exact

/// Means and normal-ordered covariances of the ladder operators ξ = (a₁, …, aₙ, a₁†, …, aₙ†) of a
/// Gaussian state, over numbers or formulas.
public struct LadderMoments<Coefficient: StarRing>: Sendable {
  /// ⟨ξ_α⟩.
  public let means: [Coefficient]
  /// ⟨:δξ_α δξ_β:⟩, symmetric.
  public let covariances: Matrix<Coefficient>

  /// The degree up to which expectations are found unless the caller asks for more.
  public static var defaultLimit: Int { 12 }

  /// - Precondition: as many rows and columns as means, two a mode.
  public init(means: [Coefficient], covariances: Matrix<Coefficient>) {
    precondition(
      means.count % 2 == 0 && covariances.rowCount == means.count
        && covariances.columnCount == means.count, "two ladder operators a mode")
    self.means = means
    self.covariances = covariances
  }

  /// The number of modes.
  public var modeCount: Int { means.count / 2 }

  /// ⟨X⟩ by Wick's theorem: in normal order the first factor contracts with nothing, which gives its
  /// mean, or with one of the others.
  ///
  /// - Throws: ``GaussianError/tooHighDegree(_:limit:)``, ``GaussianError/unknownMode(_:count:)``.
  /// - Complexity: a step for each monomial that divides one of X and each of its factors.
  /// - Source: Wick 1950; Isserlis 1918.
  public func expectation(
    of x: ModeOperator<Coefficient>, limit: Int = defaultLimit
  ) throws(GaussianError) -> Coefficient {
    guard x.degree <= limit else { throw .tooHighDegree(x.degree, limit: limit) }
    guard x.modeCount <= modeCount else { throw .unknownMode(x.modeCount - 1, count: modeCount) }
    var known: [[Int]: Coefficient] = [[Int](repeating: 0, count: 2 * modeCount): .one]
    var sum = Coefficient.zero
    for monomial in x.monomials {
      let powers =
        (0..<modeCount).map { monomial.annihilation($0) }
        + (0..<modeCount).map { monomial.creation($0) }
      let value = moment(powers, &known)
      if value.isZero { continue }
      let coefficient = x[monomial]
      sum = sum.isZero ? coefficient * value : sum + coefficient * value
    }
    return sum
  }

  private func moment(_ powers: [Int], _ known: inout [[Int]: Coefficient]) -> Coefficient {
    if let value = known[powers] { return value }
    guard let first = powers.firstIndex(where: { $0 > 0 }) else { return .one }
    var rest = powers
    rest[first] -= 1
    var sum = Coefficient.zero
    if !means[first].isZero { sum = means[first] * moment(rest, &known) }
    for other in rest.indices where rest[other] > 0 && !covariances[first, other].isZero {
      var remaining = rest
      remaining[other] -= 1
      let inner = moment(remaining, &known)
      if inner.isZero { continue }
      let term = covariances[first, other] * inner
      let multiple = rest[other] == 1 ? term : Coefficient(Integer(rest[other])) * term
      sum = sum.isZero ? multiple : sum + multiple
    }
    known[powers] = sum
    return sum
  }

  /// The exponent of the normal-ordered characteristic function
  /// ⟨exp(Σ η_j a_j†)·exp(-Σ η̄_j a_j)⟩ = exp(exponent).
  ///
  /// - Parameter arguments: η, one a mode.
  /// - Parameter half: ½ in the ring of the coefficients.
  /// - Returns: Σ(η_j⟨a_j†⟩ - η̄_j⟨a_j⟩) + ½Σ(η_jη_k⟨a_j†a_k†⟩ + η̄_jη̄_k⟨a_ja_k⟩) - Ση_jη̄_k⟨a_j†a_k⟩
  ///   with covariances in place of second moments.
  /// - Precondition: as many arguments as modes.
  public func normalCharacteristicExponent(
    at arguments: [Coefficient], half: Coefficient
  ) -> Coefficient {
    precondition(arguments.count == modeCount, "an argument a mode")
    // exp(v·ξ) in normal order has the exponent v·⟨ξ⟩ + ½v·C·v.
    let v = arguments.map { -$0.conjugate } + arguments
    var sum = Coefficient.zero
    func add(_ value: Coefficient) { sum = sum.isZero ? value : sum + value }
    for a in v.indices where !v[a].isZero {
      if !means[a].isZero { add(v[a] * means[a]) }
      for b in a..<v.count where !v[b].isZero && !covariances[a, b].isZero {
        let value = v[a] * v[b] * covariances[a, b]
        add(a == b ? half * value : value)
      }
    }
    return sum
  }
}
