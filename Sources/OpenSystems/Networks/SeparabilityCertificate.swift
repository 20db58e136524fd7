import Algebra
import Arbitrary
import Exact
import Foundation

/// Everything that shows the steady state of a network to be separable, or entangled, as data that
/// ``SeparabilityChecker`` proves again from exact rational numbers alone. Coded as JSON.
///
/// A number is `p/q` or `p` in lowest terms, a complex number a list of two, a matrix a list of rows.
public struct SeparabilityCertificate: Codable, Sendable, Equatable {
  public static let currentFormat = "separatrix separability certificate 1"

  public typealias Number = [String]
  public typealias Grid = [[Number]]

  public var format = SeparabilityCertificate.currentFormat
  /// `separable`: the state is a mixture of products of all modes, and the partial transpose over any
  /// modes is positive. `entangled`: one partial transpose is not.
  public var conclusion: String
  /// K and S of ``SecularNetwork``.
  public var hamiltonian: Grid
  public var squeezing: Grid
  public var channels: [Channel]
  /// X and M of the steady state.
  public var occupations: Grid
  public var anomalous: Grid
  public var stability: Stability
  /// What is shown of the state.
  public var statements: [Statement]
  /// A sum over all the rest, so that no change goes unnoticed, even to what would still hold.
  public var digest = ""

  /// A bath at one frequency: n_k ≥ 0 and Γ_k ≥ 0 with a proof.
  public struct Channel: Codable, Sendable, Equatable {
    public var occupation: String
    public var damping: Grid
    public var proof: Proof
  }

  /// A = P(L·D·L† + E)P† with D > 0 and E diagonally dominant, which is nothing for an exact factorisation:
  /// row i of PᵀAP is row `order[i]` of A. E is not written down.
  public struct Proof: Codable, Sendable, Equatable {
    public var order: [Int]
    public var lower: Grid
    public var pivots: [String]
  }

  /// Why there is one steady state. With `matrices` empty Γ > 0 is proved. Otherwise P₁ and P₂ of a
  /// P = [[P₁, P₂], [P̄₂, P̄₁]] with P > 0 and -(WP + PW†) > 0, W the drift of (a, a†), by two proofs.
  public struct Stability: Codable, Sendable, Equatable {
    public var matrices: [Grid]
    public var proofs: [Proof]
  }

  /// One inequality for the steady state.
  public struct Statement: Codable, Sendable, Equatable {
    /// `floor`: X - n ≥ 0 with `value` n, the least occupation of the channels. `product`: the
    /// covariance is at least that of the vacuum. `transpose`: the uncertainty relation of the partial
    /// transpose over `modes`.
    public var kind: String
    public var modes: [Int]
    public var value: String
    public var proof: Proof?
    /// v with v†Av = `value` < 0.
    public var vector: [Number]?
  }

  /// FNV-1a of the sorted JSON without the digest, 64 bits twice. It guards against accidents, not
  /// against a forger; what is said is proved apart from it.
  public var computedDigest: String {
    var plain = self
    plain.digest = ""
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(plain) else { return "" }
    var (a, b): (UInt64, UInt64) = (0xCBF2_9CE4_8422_2325, 0x6C62_272E_07BB_0142)
    for byte in data {
      a = (a ^ UInt64(byte)) &* 0x100_0000_01B3
      b = (b ^ a ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return String(a, radix: 16) + "-" + String(b, radix: 16)
  }

  /// The JSON text.
  ///
  /// - Throws: ``NetworkError/certificate(_:)``, which cannot occur for a certificate made here.
  public func encoded() throws(NetworkError) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do { return try encoder.encode(self) } catch { throw .certificate("\(error)") }
  }
}

extension SeparabilityCertificate {
  static func number(_ value: Complex<Rational>) -> Number {
    [value.re.description, value.im.description]
  }

  static func grid(_ matrix: Matrix<Complex<Rational>>) -> Grid {
    (0..<matrix.rowCount).map { row in
      (0..<matrix.columnCount).map { number(matrix[row, $0]) }
    }
  }

  static func proof(_ certificate: HermitianCertificate<Rational>) -> Proof {
    Proof(
      order: certificate.order, lower: grid(certificate.lower),
      pivots: certificate.pivots.map(\.description))
  }
}
