import Algebra
import Arbitrary
import Exact

/// The second moments of modes with zero means: X_ij = ⟨a_j†a_i⟩ and M_ij = ⟨a_ia_j⟩.
public struct NetworkMoments<F: Field>: Sendable, Equatable {
  /// X, Hermitian.
  public let occupations: Matrix<Complex<F>>
  /// M, symmetric; zero without squeezing.
  public let anomalous: Matrix<Complex<F>>

  public init(occupations: Matrix<Complex<F>>, anomalous: Matrix<Complex<F>>) {
    self.occupations = occupations
    self.anomalous = anomalous
  }

  public var modeCount: Int { occupations.rowCount }

  /// G_αβ = ½⟨{ξ_α, ξ_β†}⟩ of ξ = (a₁, …, a_d, a₁†, …, a_d†): [[X + ½, M], [M̄, X̄ + ½]].
  public var ladderCovariance: Matrix<Complex<F>> {
    let d = modeCount
    let half = Complex(F.half)
    return Matrix(rows: 2 * d, columns: 2 * d) { row, column in
      let (i, j) = (row % d, column % d)
      let value = (row < d) == (column < d) ? occupations[i, j] : anomalous[i, j]
      let placed = row < d ? value : value.conj
      return row == column ? placed + half : placed
    }
  }

  /// The Gaussian state with these moments: σ of the quadratures, vacuum variance ½.
  ///
  /// - Throws: ``NetworkError/input(_:)`` without modes.
  public func state() throws(NetworkError) -> GaussianState<F> {
    let d = modeCount
    // Quadratures take ⟨{ξ_α, ξ_β}⟩/2, whose second index is not adjoint.
    let g = ladderCovariance
    let symmetric = Matrix<Complex<F>>(rows: 2 * d, columns: 2 * d) { g[$0, ($1 + d) % (2 * d)] }
    do {
      return try GaussianState(
        amplitudes: Array(repeating: .zero, count: d),
        covariance: Quadratures.covariance(of: symmetric))
    } catch { throw .input("\(error)") }
  }
}

extension SecularNetwork {
  /// The stationary second moments, where the equations have one solution.
  ///
  /// - Parameter unknowns: how many real unknowns are accepted; 400 are 20 passive modes.
  /// - Throws: ``NetworkError/darkModes(dimension:witness:)`` for a passive network that has some,
  ///   over exact fields; ``NetworkError/tooLarge(_:)``; ``NetworkError/arithmetic(_:)`` where the
  ///   equations are singular.
  /// - Complexity: elimination with d² real unknowns, 2d² + d with squeezing.
  public func stationaryMoments(
    limit: EliminationLimit = .standard, unknowns: Int = 400
  ) throws(NetworkError) -> NetworkMoments<F> {
    if isPassive, F.isExact {
      let dark = try darkModes(limit: limit)
      if let witness = dark.basis.first {
        throw .darkModes(dimension: dark.dimension, witness: DarkModes<F>.text(witness))
      }
    }
    return try solve(source, -squeezing.map(\.timesI), limit, unknowns)
  }

  /// P = [[P₁, P₂], [P̄₂, P̄₁]] with WP + PW† = -1 for the drift W of (a, a†): positive definite exactly
  /// if all eigenvalues of W have negative real parts (Lyapunov 1892).
  ///
  /// - Throws: ``NetworkError/arithmetic(_:)`` where two eigenvalues λ, μ have λ + μ̄ = 0.
  func lyapunovSolution(
    _ limit: EliminationLimit = .standard
  ) throws(NetworkError) -> NetworkMoments<F> {
    try solve(.identity(modeCount), Matrix(rows: modeCount, columns: modeCount), limit, 400)
  }

  /// The homogeneous part of the equations of motion.
  private func rate(
    _ drift: Matrix<Complex<F>>, _ x: Matrix<Complex<F>>, _ m: Matrix<Complex<F>>
  ) -> (Matrix<Complex<F>>, Matrix<Complex<F>>) {
    let s = squeezing.map(\.timesI)
    let left = drift * x - s * m.conjugate()
    let lower = drift * m - s * x.conjugate()
    // i(M·S̄) is the adjoint of -i(S·M̄), and -iXS the transpose of -iSX̄.
    return (left + left.adjoint(), lower + lower.transpose)
  }

  /// X and M with homogeneous part -(a, b), in the real coordinates of Hermitian and symmetric matrices.
  private func solve(
    _ a: Matrix<Complex<F>>, _ b: Matrix<Complex<F>>, _ limit: EliminationLimit, _ unknowns: Int
  ) throws(NetworkError) -> NetworkMoments<F> {
    let d = modeCount
    let hermitian = HermitianCoordinates(size: d)
    let pairs = isPassive ? [] : (0..<d).flatMap { i in (i..<d).map { (i, $0) } }
    let count = hermitian.count + 2 * pairs.count
    guard count <= unknowns else {
      throw .tooLarge("\(count) unknown moments are beyond the limit of \(unknowns)")
    }
    func vector(_ x: Matrix<Complex<F>>, _ m: Matrix<Complex<F>>) -> [F] {
      hermitian.vector(x) + pairs.flatMap { [m[$0.0, $0.1].re, m[$0.0, $0.1].im] }
    }
    func matrices(_ v: [F]) -> (Matrix<Complex<F>>, Matrix<Complex<F>>) {
      var m = Matrix<Complex<F>>(rows: d, columns: d)
      for (place, (i, j)) in pairs.enumerated() {
        let value = Complex(
          re: v[hermitian.count + 2 * place], im: v[hermitian.count + 2 * place + 1])
        m[i, j] = value
        m[j, i] = value
      }
      return (hermitian.matrix(Array(v.prefix(hermitian.count))), m)
    }
    let drift = drift
    var entries: [(row: Int, column: Int, value: F)] = []
    for column in 0..<count {
      var unit = [F](repeating: .zero, count: count)
      unit[column] = .one
      let (x, m) = matrices(unit)
      let (dx, dm) = rate(drift, x, m)
      for (row, value) in vector(dx, dm).enumerated() where !value.isZero {
        entries.append((row, column, value))
      }
    }
    let system = SparseMatrix(rows: count, columns: count, entries: entries)
    let solution = try inNetwork { () throws(ArithmeticError) in
      try system.solve(vector(-a, -b), limit: limit)
    }
    let (x, m) = matrices(solution)
    return NetworkMoments(occupations: x, anomalous: m)
  }
}
