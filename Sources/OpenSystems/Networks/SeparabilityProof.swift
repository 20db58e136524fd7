import Algebra
import Arbitrary
import Exact

/// Finds the certificate of a network: the other half of ``SeparabilityChecker``.
///
/// **Separability.** With X ≥ 0 and M = 0 the ladder covariance is diag(X + ½, X̄ + ½) ≥ ½, and so is σ:
/// σ ≥ ½ ⊕ … ⊕ ½ with a vacuum for each mode makes the state a mixture of displaced vacua (Werner and
/// Wolf 2001), separable for all parties at once. The partial transposes are shown to be positive apart
/// from this, one by one.
///
/// **The least occupation.** With n = min n_k, Y = X - n obeys RY + YR† = -Σ(n_k - n)Γ_k ≤ 0 as
/// R + R† = -ΣΓ_k, so that Y = ∫ e^{Rt}(Σ(n_k - n)Γ_k)e^{R†t} dt ≥ 0. So σ ≥ n + ½; a partial transposition
/// changes signs of momenta and keeps this, and symplectic eigenvalues grow with the matrix (Williamson):
/// every symplectic eigenvalue of every partial transpose is at least n + ½. X ≤ max n_k likewise.
public struct SeparabilityProof: Sendable {
  public let network: SecularNetwork<Rational>
  public let moments: NetworkMoments<Rational>
  /// nil where a state with squeezing was shown to be neither.
  public let certificate: SeparabilityCertificate?

  /// The number of modes up to which every partial transpose, 2^(d-1) - 1 of them, is proved.
  public static var modeLimit: Int { 12 }

  /// The certificate of the network's steady state.
  ///
  /// - Throws: ``NetworkError/darkModes(dimension:witness:)``, ``NetworkError/unstable(_:)``,
  ///   ``NetworkError/input(_:)`` for occupations below zero or dampings that are not positive,
  ///   ``NetworkError/tooLarge(_:)`` beyond 12 modes.
  public init(_ network: SecularNetwork<Rational>) throws(NetworkError) {
    let d = network.modeCount
    guard d <= Self.modeLimit else {
      throw .tooLarge("\(d) modes: every bipartition is proved up to \(Self.modeLimit)")
    }
    self.network = network
    var channels: [SeparabilityCertificate.Channel] = []
    for channel in network.channels {
      guard !(channel.occupation < 0) else {
        throw .input("bath \(channel.bath) has the occupation \(channel.occupation)")
      }
      channels.append(
        .init(
          occupation: channel.occupation.description,
          damping: SeparabilityCertificate.grid(channel.damping),
          proof: try Self.positive(channel.damping) {
            "bath \(channel.bath): its damping is not positive"
          }))
    }
    let moments: NetworkMoments<Rational>
    let stability: SeparabilityCertificate.Stability
    if network.isPassive {
      moments = try network.stationaryMoments()
      stability = try Self.passiveStability(network)
    } else {
      stability = try Self.squeezedStability(network)
      moments = try network.stationaryMoments()
    }
    self.moments = moments
    var statements: [SeparabilityCertificate.Statement] = []
    var conclusion: String? = "separable"
    if network.isPassive {
      statements = try Self.separable(network, moments)
    } else if let found = try Self.witness(moments) {
      statements = [found]
      conclusion = "entangled"
    } else if let product = try Self.product(moments) {
      statements = [product]
      for side in Self.sides(d) {
        let matrix = Self.transposed(moments, side)
        statements.append(
          .init(
            kind: "transpose", modes: side, value: "0",
            proof: try Self.positive(matrix) { "the transpose over \(side)" }))
      }
    } else {
      conclusion = nil
    }
    guard let conclusion else {
      certificate = nil
      return
    }
    var result = SeparabilityCertificate(
      conclusion: conclusion, hamiltonian: SeparabilityCertificate.grid(network.hamiltonian),
      squeezing: SeparabilityCertificate.grid(network.squeezing), channels: channels,
      occupations: SeparabilityCertificate.grid(moments.occupations),
      anomalous: SeparabilityCertificate.grid(moments.anomalous), stability: stability,
      statements: statements)
    result.digest = result.computedDigest
    certificate = result
  }

  // MARK: Inequalities

  /// The proof that a matrix is positive, or an error that says what is not.
  private static func positive(
    _ matrix: Matrix<Complex<Rational>>, isDefinite: Bool = false, _ what: () -> String
  ) throws(NetworkError) -> SeparabilityCertificate.Proof {
    guard let proof = try proof(of: matrix, isDefinite: isDefinite) else { throw .input(what()) }
    return proof
  }

  /// The proof of A ≥ 0, or > 0, with short numbers where A has a margin; nil where it does not hold.
  static func proof(
    of matrix: Matrix<Complex<Rational>>, isDefinite: Bool
  ) throws(NetworkError) -> SeparabilityCertificate.Proof? {
    if let short = ShortProof.find(matrix) { return short }
    let found = try inNetwork { () throws(ArithmeticError) in try HermitianCertificate(matrix) }
    switch found.verdict {
    case .positiveDefinite: return SeparabilityCertificate.proof(found)
    case .positiveSemidefinite where !isDefinite: return SeparabilityCertificate.proof(found)
    default: return nil
    }
  }

  private static func separable(
    _ network: SecularNetwork<Rational>, _ moments: NetworkMoments<Rational>
  ) throws(NetworkError) -> [SeparabilityCertificate.Statement] {
    let d = network.modeCount
    let least = network.channels.map(\.occupation).min() ?? 0
    let raised = moments.occupations - Complex(least) * .identity(d)
    var statements: [SeparabilityCertificate.Statement] = [
      .init(
        kind: "floor", modes: [], value: least.description,
        proof: try positive(raised) { "occupations below \(least)" })
    ]
    guard let product = try product(moments) else {
      throw .input("the covariance is not at least that of the vacuum")
    }
    statements.append(product)
    for side in sides(d) {
      let proof = try positive(transposed(moments, side)) { "the transpose over \(side)" }
      statements.append(.init(kind: "transpose", modes: side, value: "0", proof: proof))
    }
    return statements
  }

  /// The proof of G ≥ ½, or nil where it does not hold.
  private static func product(
    _ moments: NetworkMoments<Rational>
  ) throws(NetworkError) -> SeparabilityCertificate.Statement? {
    let d = moments.modeCount
    let matrix = moments.ladderCovariance - Complex(Rational.half) * .identity(2 * d)
    guard let proof = try proof(of: matrix, isDefinite: false) else { return nil }
    return .init(kind: "product", modes: [], value: "0", proof: proof)
  }

  /// One side of each bipartition: the one without the last mode.
  static func sides(_ d: Int) -> [[Int]] {
    (1..<max(1, 1 << (d - 1))).map { mask in (0..<(d - 1)).filter { mask >> $0 & 1 == 1 } }
  }

  /// G + K_A/2, K_A = diag(s, -s) with s_j = -1 for the modes of A and +1 otherwise: positive exactly if
  /// the partial transpose over A obeys the uncertainty relation.
  ///
  /// The transposition exchanges a_j and a_j† on A in symmetrised moments, G → TGT with a permutation T;
  /// then TGT + K/2 ≥ 0 is G + TKT/2 ≥ 0.
  static func transposed(
    _ moments: NetworkMoments<Rational>, _ side: [Int]
  ) -> Matrix<Complex<Rational>> {
    let d = moments.modeCount
    var matrix = moments.ladderCovariance
    for j in 0..<d {
      let sign = Complex(side.contains(j) ? -Rational.half : Rational.half)
      matrix[j, j] += sign
      matrix[j + d, j + d] -= sign
    }
    return matrix
  }
}
