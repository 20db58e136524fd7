import Algebra
import Arbitrary
import Exact

/// A Gaussian state of bosonic modes, by its first and second moments.
///
/// Quadratures x = (a + a†)/√2 and p = (a - a†)/(i√2) in the order x₁, p₁, x₂, p₂, …; the covariance
/// is σ_jk = ½⟨{δR_j, δR_k}⟩, so that the vacuum has the variance ½. The means are kept as amplitudes
/// ⟨a_j⟩, which need no √2.
///
/// Nothing is asked of the covariance but that it is symmetric: the partial transpose of a state is a
/// value of this type too. ``bonaFide(sign:)`` decides whether it is a state.
public struct GaussianState<F: Field>: Sendable, Equatable {
  /// ⟨a_j⟩.
  public let amplitudes: [Complex<F>]
  /// σ, 2n×2n.
  public let covariance: Matrix<F>

  /// - Throws: ``GaussianError/system(_:)`` for a covariance that is not of twice the size of the
  ///   amplitudes, ``GaussianError/noModes``.
  public init(amplitudes: [Complex<F>], covariance: Matrix<F>) throws(GaussianError) {
    let n = amplitudes.count
    guard n > 0 else { throw .noModes }
    guard covariance.rowCount == 2 * n, covariance.columnCount == 2 * n else {
      throw .system(
        .shape(
          what: "the covariance of \(n) modes", expected: 2 * n, rows: covariance.rowCount,
          columns: covariance.columnCount))
    }
    self.amplitudes = amplitudes
    self.covariance = covariance
  }

  public var modeCount: Int { amplitudes.count }

  /// The vacuum of n modes: no amplitude, variance ½.
  ///
  /// - Precondition: at least one mode.
  public static func vacuum(_ modes: Int) throws(GaussianError) -> GaussianState {
    let half = F.half
    return try GaussianState(
      amplitudes: Array(repeating: .zero, count: modes),
      covariance: Matrix(rows: 2 * modes, columns: 2 * modes) { $0 == $1 ? half : .zero })
  }

  /// The moments in the ladder operators, for expectations.
  public var moments: LadderMoments<Complex<F>> {
    let n = modeCount
    var ordered = Quadratures.ladder(of: covariance)
    let half = Complex(F.half)
    // ⟨a†a⟩ = ½⟨{a†, a}⟩ - ½ in normal order.
    for j in 0..<n {
      ordered[j, j + n] -= half
      ordered[j + n, j] -= half
    }
    return LadderMoments(means: amplitudes + amplitudes.map(\.conj), covariances: ordered)
  }

  /// ⟨X⟩, by Wick's theorem.
  ///
  /// - Parameter limit: on the degree of X.
  /// - Throws: ``GaussianError/tooHighDegree(_:limit:)``, ``GaussianError/unknownMode(_:count:)``.
  public func expectation(
    of x: ModeOperator<Complex<F>>, limit: Int = LadderMoments<Complex<F>>.defaultLimit
  ) throws(GaussianError) -> Complex<F> {
    try moments.expectation(of: x, limit: limit)
  }

  /// The state of some of the modes, in the order given; the others are traced out.
  ///
  /// - Throws: ``GaussianError/unknownMode(_:count:)`` also for a mode that is listed twice.
  public func restricted(to modes: [Int]) throws(GaussianError) -> GaussianState {
    try check(modes)
    let places = modes.flatMap { [2 * $0, 2 * $0 + 1] }
    return try GaussianState(
      amplitudes: modes.map { amplitudes[$0] },
      covariance: covariance.submatrix(rows: places, columns: places))
  }

  /// The partial transpose: the momenta of the listed modes change their sign.
  ///
  /// - Throws: ``GaussianError/unknownMode(_:count:)``.
  /// - Source: Simon 2000.
  public func partialTranspose(over modes: [Int]) throws(GaussianError) -> GaussianState {
    try check(modes)
    let flipped = Set(modes.map { 2 * $0 + 1 })
    return try GaussianState(
      amplitudes: amplitudes.indices.map {
        modes.contains($0) ? amplitudes[$0].conj : amplitudes[$0]
      },
      covariance: Matrix(rows: 2 * modeCount, columns: 2 * modeCount) { row, column in
        flipped.contains(row) != flipped.contains(column)
          ? -covariance[row, column] : covariance[row, column]
      })
  }

  func check(_ modes: [Int]) throws(GaussianError) {
    for (place, mode) in modes.enumerated()
    where !amplitudes.indices.contains(mode) || modes[..<place].contains(mode) {
      throw .unknownMode(mode, count: modeCount)
    }
  }

  /// σ + iΩ/2 ≥ 0 with a proof, which is the uncertainty relation: the moments are those of a state
  /// exactly if it holds. Ω is the direct sum of [[0, 1], [-1, 0]].
  ///
  /// - Parameter sign: the sign of an element of the field, nil where it is not known.
  /// - Throws: ``GaussianError/arithmetic(_:)``.
  /// - Source: Simon, Mukunda and Dutta 1994.
  public func bonaFide(
    sign: (F) throws(ArithmeticError) -> KnownSign?
  ) throws(GaussianError) -> HermitianCertificate<F> {
    let half = F.half
    let matrix = Matrix<Complex<F>>(rows: 2 * modeCount, columns: 2 * modeCount) { row, column in
      var im = F.zero
      if row / 2 == column / 2, row != column { im = row < column ? half : -half }
      return Complex(re: covariance[row, column], im: im)
    }
    do { return try HermitianCertificate(matrix, sign: sign) } catch { throw .arithmetic(error) }
  }

  /// The state with every number mapped into another field.
  public func map<G: Field, E: Error>(
    _ transform: (F) throws(E) -> G
  ) throws(E) -> GaussianState<G> {
    var mapped: [Complex<G>] = []
    for value in amplitudes {
      mapped.append(Complex(re: try transform(value.re), im: try transform(value.im)))
    }
    return GaussianState<G>(checked: mapped, try covariance.map(transform))
  }

  private init(checked amplitudes: [Complex<F>], _ covariance: Matrix<F>) {
    self.amplitudes = amplitudes
    self.covariance = covariance
  }

  /// A state from amplitudes and the covariance of the quadratures.
  ///
  /// - Precondition: the covariance is of twice the size of the amplitudes.
  public init(means: [Complex<F>], covariance: Matrix<F>) {
    precondition(
      covariance.rowCount == 2 * means.count && covariance.columnCount == 2 * means.count,
      "two quadratures a mode")
    self.init(checked: means, covariance)
  }

  /// A state from amplitudes and the normal-ordered covariances of (a₁, …, aₙ, a₁†, …, aₙ†).
  ///
  /// - Precondition: the covariances are of twice the size of the amplitudes.
  public init(means: [Complex<F>], ordered: Matrix<Complex<F>>) {
    let n = means.count
    var ladder = ordered
    let half = Complex(F.half)
    for j in 0..<n {
      ladder[j, j + n] += half
      ladder[j + n, j] += half
    }
    self.init(means: means, covariance: Quadratures.covariance(of: ladder))
  }
}

extension GaussianState where F: Comparable {
  /// ``bonaFide(sign:)`` in the field's order.
  public func bonaFide() throws(GaussianError) -> HermitianCertificate<F> {
    try bonaFide { (value) throws(ArithmeticError) in
      value < .zero ? .negative : value > .zero ? .positive : .zero
    }
  }
}
