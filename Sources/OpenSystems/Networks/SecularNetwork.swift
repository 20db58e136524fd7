import Algebra
import Arbitrary
import Exact

/// The secular master equation of a network of modes, by what it does to the ladder operators.
///
/// With H = Σ K_ij a_i†a_j + ½Σ (S_ij a_i†a_j† + h.c.) and channels of damping Γ_k ≥ 0 towards the
/// occupations n_k,
///
///     d⟨a⟩/dt = R⟨a⟩ - iS⟨a†⟩,   R = -iK - Γ/2,  Γ = Σ Γ_k,
///     dX/dt = RX + XR† - iSM̄ + iMS̄ + Σ n_kΓ_k,
///     dM/dt = RM + MRᵀ - iSX̄ - iXS - iS,
///
/// X_ij = ⟨a_j†a_i⟩ and M_ij = ⟨a_ia_j⟩. Secular equations of passive networks have S = 0; squeezing is
/// there to see what it takes to entangle.
///
/// - Source: Γ_k and n_kΓ_k are U(Γ⁽²⁾ᵀ - Γ⁽¹⁾)U† and UΓ⁽¹⁾U† of a bath and a frequency, the first
///   from D(a_j) = ½(Σ_k γ⁽¹⁾_jk a_k - Σ_k γ⁽²⁾_kj a_k).
public struct SecularNetwork<F: Field>: Sendable {
  /// What one bath does at one frequency.
  public struct Channel: Sendable, Equatable {
    public let bath: String
    public let frequency: F
    /// n_k.
    public let occupation: F
    /// Γ_k.
    public let damping: Matrix<Complex<F>>

    public init(bath: String, frequency: F, occupation: F, damping: Matrix<Complex<F>>) {
      self.bath = bath
      self.frequency = frequency
      self.occupation = occupation
      self.damping = damping
    }
  }

  public let parties: [[Int]]
  /// K, the Lamb shift included.
  public let hamiltonian: Matrix<Complex<F>>
  /// S, symmetric.
  public let squeezing: Matrix<Complex<F>>
  public let channels: [Channel]

  /// - Throws: ``NetworkError/input(_:)`` for shapes that do not fit, a Hamiltonian or damping that is
  ///   not Hermitian, or squeezing that is not symmetric.
  public init(
    parties: [[Int]], hamiltonian: Matrix<Complex<F>>, squeezing: Matrix<Complex<F>>? = nil,
    channels: [Channel]
  ) throws(NetworkError) {
    let n = hamiltonian.rowCount
    let squeezing = squeezing ?? Matrix(rows: n, columns: n)
    guard n > 0, hamiltonian.isSquare, parties.flatMap({ $0 }).sorted() == Array(0..<n) else {
      throw .input("the parties \(parties) do not hold each of the modes 0..<\(n) once")
    }
    guard n <= BosonicNetwork<F>.modeLimit else {
      throw .tooLarge("\(n) modes are beyond the limit of \(BosonicNetwork<F>.modeLimit)")
    }
    for matrix in channels.map(\.damping) + [hamiltonian] {
      guard matrix.rowCount == n, matrix.columnCount == n, matrix.hermitianDefect() == nil else {
        throw .input("a Hamiltonian or a damping that is not a Hermitian \(n)×\(n) matrix")
      }
    }
    guard squeezing.rowCount == n, squeezing.columnCount == n,
      (squeezing - squeezing.transpose).elements.allSatisfy(\.isZero)
    else { throw .input("squeezing that is not a symmetric \(n)×\(n) matrix") }
    self.parties = parties
    self.hamiltonian = hamiltonian
    self.squeezing = squeezing
    self.channels = channels
  }

  public var modeCount: Int { hamiltonian.rowCount }

  /// Whether S = 0.
  public var isPassive: Bool { squeezing.elements.allSatisfy(\.isZero) }

  /// Γ.
  public var damping: Matrix<Complex<F>> {
    channels.reduce(Matrix(rows: modeCount, columns: modeCount)) { $0 + $1.damping }
  }

  /// Σ n_kΓ_k.
  public var source: Matrix<Complex<F>> {
    channels.reduce(Matrix(rows: modeCount, columns: modeCount)) {
      $0 + Complex($1.occupation) * $1.damping
    }
  }

  /// R.
  public var drift: Matrix<Complex<F>> {
    let half = Complex(F.half)
    return -hamiltonian.map(\.timesI) - half * damping
  }

  /// B = [[Σ n_kΓ_k, -iS], [iS̄, Σ n_kΓ̄_k]], the noise of the baths against the pairs that S creates:
  /// where B ≥ 0, S entangles nothing.
  ///
  /// Proof: with the drift W of (a, a†) and noise N, Z = G - ½ obeys WZ + ZW† = -(N + (W + W†)/2) = -B,
  /// so that Z ≥ 0 for a stable W, and the state is a mixture of displaced vacua. For two modes with
  /// local baths the condition is κ² ≤ κ_aκ_b n_an_b.
  public var pairBalance: Matrix<Complex<F>> {
    let d = modeCount
    let source = source
    return Matrix(rows: 2 * d, columns: 2 * d) { row, column in
      let (i, j) = (row % d, column % d)
      let value = (row < d) == (column < d) ? source[i, j] : -squeezing[i, j].timesI
      return row < d ? value : value.conj
    }
  }

  /// The same network with S added.
  ///
  /// - Throws: ``NetworkError/input(_:)``.
  public func squeezed(
    by squeezing: Matrix<Complex<F>>
  ) throws(NetworkError) -> SecularNetwork {
    guard squeezing.rowCount == modeCount, squeezing.columnCount == modeCount else {
      throw .input("squeezing that is not a symmetric \(modeCount)×\(modeCount) matrix")
    }
    return try SecularNetwork(
      parties: parties, hamiltonian: hamiltonian, squeezing: self.squeezing + squeezing,
      channels: channels)
  }

  /// The network with every number mapped into another field, and a Hamiltonian added there: how a
  /// Lamb shift that has no exact value enters.
  ///
  /// - Throws: ``NetworkError/arithmetic(_:)``, ``NetworkError/input(_:)``.
  public func map<G: Field>(
    adding shift: Matrix<Complex<G>>? = nil, _ transform: (F) throws(ArithmeticError) -> G
  ) throws(NetworkError) -> SecularNetwork<G> {
    func mapped(_ matrix: Matrix<Complex<F>>) throws(ArithmeticError) -> Matrix<Complex<G>> {
      try matrix.map { (value) throws(ArithmeticError) in
        Complex(re: try transform(value.re), im: try transform(value.im))
      }
    }
    var list: [SecularNetwork<G>.Channel] = []
    var images: [Matrix<Complex<G>>] = []
    do throws(ArithmeticError) {
      for channel in channels {
        list.append(
          .init(
            bath: channel.bath, frequency: try transform(channel.frequency),
            occupation: try transform(channel.occupation), damping: try mapped(channel.damping)))
      }
      images = [try mapped(hamiltonian), try mapped(squeezing)]
    } catch { throw .arithmetic(error) }
    let kept = shift.map { images[0] + $0 } ?? images[0]
    return try SecularNetwork<G>(
      parties: parties, hamiltonian: kept, squeezing: images[1], channels: list)
  }
}
