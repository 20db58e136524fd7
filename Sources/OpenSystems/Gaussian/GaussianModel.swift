import Algebra
import Arbitrary
import Exact

/// Bosonic modes with a quadratic Hamiltonian and Lindblad operators linear in the modes:
/// dρ/dt = -i[H, ρ] + Σ rate·(LρL† - ½{L†L, ρ}), ħ = 1.
///
/// Such a generator keeps Gaussian states Gaussian, and its first and second moments obey closed
/// linear equations. With the ladder operators ξ = (a₁, …, aₙ, a₁†, …, aₙ†) they are
/// d⟨ξ⟩/dt = W⟨ξ⟩ + w and, for the symmetrised covariances Σ_αβ = ½⟨{δξ_α, δξ_β}⟩,
/// dΣ/dt = WΣ + ΣWᵀ + N.
///
/// `F` is the real field of the parameters. Rates are meant to be nonnegative.
///
/// - Source: the equations follow from [ξ_α, ξ_β] being numbers; for L = Σ(u_k a_k + v_k a_k†) + c
///   the adjoint generator gives rate/2·(L†[X, L] + [L†, X]L) of a linear X, and
///   D(XY) - D(X)Y - X·D(Y) = rate·[X, L†][L, Y] (Lindblad 1976).
public struct GaussianModel<F: Field>: Sendable {
  /// A Lindblad operator and its rate.
  public struct Jump: Sendable {
    public let jump: ModeOperator<Complex<F>>
    public let rate: F

    public init(_ jump: ModeOperator<Complex<F>>, rate: F) {
      self.jump = jump
      self.rate = rate
    }
  }

  public let modeCount: Int
  public let hamiltonian: ModeOperator<Complex<F>>
  public let jumps: [Jump]

  /// W, on (a₁, …, aₙ, a₁†, …, aₙ†): row α + n is the conjugate of row α with its halves exchanged.
  public let drift: Matrix<Complex<F>>
  /// w.
  public let drive: [Complex<F>]
  /// N, symmetric.
  public let diffusion: Matrix<Complex<F>>

  /// - Parameter modeCount: nil for the modes that occur.
  /// - Throws: ``GaussianError/degree(what:degree:allowed:)``, ``GaussianError/noModes``,
  ///   ``GaussianError/unknownMode(_:count:)`` and, unless the Hamiltonian's Hermiticity is
  ///   asserted, ``GaussianError/notHermitian(what:)``.
  public init(
    modeCount: Int? = nil, hamiltonian: ModeOperator<Complex<F>>, jumps: [Jump],
    validation: Model<F>.Validation = .required
  ) throws(GaussianError) {
    let found = ([hamiltonian] + jumps.map(\.jump)).map(\.modeCount).max() ?? 0
    let n = modeCount ?? found
    guard n > 0 else { throw .noModes }
    guard found <= n else { throw .unknownMode(found - 1, count: n) }
    guard hamiltonian.degree <= 2 else {
      throw .degree(what: "the Hamiltonian", degree: hamiltonian.degree, allowed: 2)
    }
    for (index, jump) in jumps.enumerated() where jump.jump.degree > 1 {
      throw .degree(
        what: "the jump operator of channel \(index)", degree: jump.jump.degree, allowed: 1)
    }
    if validation == .required, !(hamiltonian - hamiltonian.adjoint).isZero {
      throw .notHermitian(what: "the Hamiltonian")
    }
    var bound = DegreeBound()
    for value in hamiltonian.terms.values { bound.add(value) }
    for jump in jumps {
      bound.add(jump.rate)
      for value in jump.jump.terms.values { bound.add(value) }
    }
    do throws(OpenSystemError) {
      // A rate times a coefficient of a jump operator and one of its adjoint.
      try bound.check(products: 3)
    } catch { throw .system(error) }
    self.modeCount = n
    self.hamiltonian = hamiltonian
    self.jumps = jumps
    var drift = Matrix<Complex<F>>(rows: 2 * n, columns: 2 * n)
    var drive = [Complex<F>](repeating: .zero, count: 2 * n)
    var diffusion = Matrix<Complex<F>>(rows: 2 * n, columns: 2 * n)
    // -i[a_j, H]: one coefficient of H a term.
    for j in 0..<n {
      for k in 0..<n {
        drift[j, k] = -hamiltonian[.pair(creating: j, annihilating: k)].timesI
        let pair = hamiltonian[.pair(creating: [j, k])].timesI
        // a_j†² has two factors to commute with.
        drift[j, k + n] = j == k ? -(pair + pair) : -pair
      }
      drive[j] = -hamiltonian[.pair(creating: [j])].timesI
    }
    let half = F.half
    for jump in jumps {
      let u = (0..<n).map { jump.jump[LadderMonomial.pair(creating: [$0]).adjoint] }
      let v = (0..<n).map { jump.jump[.pair(creating: [$0])] }
      let c = jump.jump[.one]
      let factor = half * jump.rate
      for j in 0..<n where !(u[j].isZero && v[j].isZero) {
        for k in 0..<n {
          drift[j, k] += factor * (v[j] * v[k].conj - u[j].conj * u[k])
          drift[j, k + n] += factor * (v[j] * u[k].conj - u[j].conj * v[k])
        }
        drive[j] += factor * (v[j] * c.conj - u[j].conj * c)
      }
      // [ξ_α, L†] and [L, ξ_β].
      let left = u.map(\.conj) + v.map { -$0.conj }
      let right = v.map { -$0 } + u
      for a in 0..<(2 * n) {
        for b in 0..<(2 * n) {
          let product = left[a] * right[b] + left[b] * right[a]
          if !product.isZero { diffusion[a, b] += factor * product }
        }
      }
    }
    for j in 0..<n {
      for k in 0..<n {
        drift[j + n, k + n] = drift[j, k].conj
        drift[j + n, k] = drift[j, k + n].conj
      }
      drive[j + n] = drive[j].conj
    }
    self.drift = drift
    self.drive = drive
    self.diffusion = diffusion
  }

  /// The drift A of the quadratures (x₁, p₁, x₂, p₂, …): d⟨R⟩/dt = A⟨R⟩ + …, and
  /// dσ/dt = Aσ + σAᵀ + D with ``quadratureDiffusion``.
  public var quadratureDrift: Matrix<F> {
    let n = modeCount
    return Matrix(rows: 2 * n, columns: 2 * n) { row, column in
      let (a, b) = (drift[row / 2, column / 2], drift[row / 2, column / 2 + n])
      switch (row % 2, column % 2) {
      case (0, 0): return a.re + b.re
      case (0, _): return b.im - a.im
      case (_, 0): return a.im + b.im
      default: return a.re - b.re
      }
    }
  }

  /// The diffusion D of the quadratures, symmetric.
  public var quadratureDiffusion: Matrix<F> { Quadratures.covariance(of: diffusion) }

  /// The model with every coefficient and rate mapped into another field.
  ///
  /// The transform must be a homomorphism up to rounding.
  ///
  /// - Throws: what the transform throws, and the errors of the initialiser, which cannot occur for a
  ///   homomorphism.
  public func map<G: Field>(
    _ transform: (F) throws(ArithmeticError) -> G
  ) throws(GaussianError) -> GaussianModel<G> {
    func mapped(
      _ operatorValue: ModeOperator<Complex<F>>
    ) throws(ArithmeticError) -> ModeOperator<Complex<G>> {
      try operatorValue.map { (value) throws(ArithmeticError) in
        Complex(re: try transform(value.re), im: try transform(value.im))
      }
    }
    let hamiltonian: ModeOperator<Complex<G>>
    var list: [GaussianModel<G>.Jump] = []
    do throws(ArithmeticError) {
      hamiltonian = try mapped(self.hamiltonian)
      for jump in jumps {
        list.append(.init(try mapped(jump.jump), rate: try transform(jump.rate)))
      }
    } catch { throw .arithmetic(error) }
    return try GaussianModel<G>(
      modeCount: modeCount, hamiltonian: hamiltonian, jumps: list, validation: .asserted)
  }
}

extension LadderMonomial {
  /// The product of creation operators of the listed modes.
  static func pair(creating modes: [Int]) -> LadderMonomial {
    LadderMonomial(creation: powers(modes))
  }

  /// a_j†·a_k.
  static func pair(creating j: Int, annihilating k: Int) -> LadderMonomial {
    LadderMonomial(creation: powers([j]), annihilation: powers([k]))
  }

  private static func powers(_ modes: [Int]) -> [Int] {
    var result = [Int](repeating: 0, count: (modes.max() ?? -1) + 1)
    for mode in modes { result[mode] += 1 }
    return result
  }
}

/// Between ladder operators (a₁, …, aₙ, a₁†, …) and quadratures (x₁, p₁, x₂, p₂, …), with
/// x = (a + a†)/√2 and p = (a - a†)/(i√2).
enum Quadratures {
  /// Symmetrised covariances of quadratures from those of ladder operators.
  static func covariance<F: Field>(of ladder: Matrix<Complex<F>>) -> Matrix<F> {
    let n = ladder.rowCount / 2
    return Matrix(rows: 2 * n, columns: 2 * n) { row, column in
      // ⟨aa⟩ and ⟨aa†⟩; √2 enters squared.
      let (s, t) = (ladder[row / 2, column / 2], ladder[row / 2, column / 2 + n])
      switch (row % 2, column % 2) {
      case (0, 0): return s.re + t.re
      case (0, _): return s.im - t.im
      case (_, 0): return s.im + t.im
      default: return t.re - s.re
      }
    }
  }

  /// Symmetrised covariances of ladder operators from those of quadratures.
  static func ladder<F: Field>(of covariance: Matrix<F>) -> Matrix<Complex<F>> {
    let n = covariance.rowCount / 2
    let half = F.half
    return Matrix(rows: 2 * n, columns: 2 * n) { row, column in
      let (j, k) = (2 * (row % n), 2 * (column % n))
      let (xx, xp) = (covariance[j, k], covariance[j, k + 1])
      let (px, pp) = (covariance[j + 1, k], covariance[j + 1, k + 1])
      switch (row < n, column < n) {
      case (true, true): return Complex(re: half * (xx - pp), im: half * (xp + px))
      case (true, false): return Complex(re: half * (xx + pp), im: half * (px - xp))
      case (false, true): return Complex(re: half * (xx + pp), im: half * (xp - px))
      case (false, false): return Complex(re: half * (xx - pp), im: -(half * (xp + px)))
      }
    }
  }
}
