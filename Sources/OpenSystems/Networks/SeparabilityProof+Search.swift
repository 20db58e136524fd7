import Algebra
import Arbitrary
import Exact

/// What is found in doubles and proved in rational numbers.
extension SeparabilityProof {
  /// The drift of (a, a†).
  static func ladderDrift(
    _ network: SecularNetwork<Rational>
  ) -> Matrix<Complex<Rational>> {
    let d = network.modeCount
    let drift = network.drift
    return Matrix(rows: 2 * d, columns: 2 * d) { row, column in
      let (i, j) = (row % d, column % d)
      let value = (row < d) == (column < d) ? drift[i, j] : -network.squeezing[i, j].timesI
      return row < d ? value : value.conj
    }
  }

  /// The block matrix [[P₁, P₂], [P̄₂, P̄₁]].
  static func ladder(
    _ first: Matrix<Complex<Rational>>, _ second: Matrix<Complex<Rational>>
  ) -> Matrix<Complex<Rational>> {
    let d = first.rowCount
    return Matrix(rows: 2 * d, columns: 2 * d) { row, column in
      let (i, j) = (row % d, column % d)
      let value = (row < d) == (column < d) ? first[i, j] : second[i, j]
      return row < d ? value : value.conj
    }
  }

  /// Γ > 0 where it is so, otherwise a P.
  static func passiveStability(
    _ network: SecularNetwork<Rational>
  ) throws(NetworkError) -> SeparabilityCertificate.Stability {
    if let found = try proof(of: network.damping, isDefinite: true) {
      return .init(matrices: [], proofs: [found])
    }
    return try squeezedStability(network)
  }

  /// A P that shows all eigenvalues of the drift to have negative real parts.
  ///
  /// - Throws: ``NetworkError/unstable(_:)`` where the exact solution of WP + PW† = -1 is not positive.
  static func squeezedStability(
    _ network: SecularNetwork<Rational>
  ) throws(NetworkError) -> SeparabilityCertificate.Stability {
    let drift = ladderDrift(network)
    func proofs(
      _ p: NetworkMoments<Rational>
    ) throws(NetworkError) -> [SeparabilityCertificate.Proof]? {
      let matrix = ladder(p.occupations, p.anomalous)
      var result: [SeparabilityCertificate.Proof] = []
      for part in [matrix, -(drift * matrix + matrix * drift.adjoint())] {
        guard let found = try proof(of: part, isDefinite: true) else { return nil }
        result.append(found)
      }
      return result
    }
    // A rounded P proves as much as the exact one, and its numbers are short.
    if let rounded = roundedLyapunov(network), let found = try proofs(rounded) {
      return .init(
        matrices: [rounded.occupations, rounded.anomalous].map(SeparabilityCertificate.grid),
        proofs: found)
    }
    let exact: NetworkMoments<Rational>
    do { exact = try network.lyapunovSolution() } catch .arithmetic(.domain) {
      throw .unstable("two eigenvalues of the drift add up to zero")
    } catch { throw error }
    guard let found = try proofs(exact) else {
      throw .unstable("the solution of the Lyapunov equation is not positive")
    }
    return .init(
      matrices: [exact.occupations, exact.anomalous].map(SeparabilityCertificate.grid),
      proofs: found)
  }

  private static func roundedLyapunov(
    _ network: SecularNetwork<Rational>
  ) -> NetworkMoments<Rational>? {
    guard
      let doubles = try? network.map({ (value) throws(ArithmeticError) in
        value.approximateDouble
      }), let p = try? doubles.lyapunovSolution()
    else { return nil }
    var images: [Matrix<Complex<Rational>>] = []
    for matrix in [p.occupations, p.anomalous] {
      var image = Matrix<Complex<Rational>>(rows: matrix.rowCount, columns: matrix.columnCount)
      for (index, value) in matrix.elements.enumerated() {
        guard let re = rounded(value.re), let im = rounded(value.im) else { return nil }
        image.elements[index] = Complex(re: re, im: im)
      }
      images.append(image)
    }
    return NetworkMoments(occupations: images[0], anomalous: images[1])
  }

  /// A multiple of 2⁻²⁴ near a double; nil beyond 2³⁰.
  private static func rounded(_ value: Double) -> Rational? {
    guard value.magnitude < 1e9 else { return nil }
    return try? Rational(Integer(Int((value * 16_777_216).rounded())), 16_777_216)
  }

  /// A partial transpose that is not positive, with a vector that shows it; nil where there is none.
  static func witness(
    _ moments: NetworkMoments<Rational>
  ) throws(NetworkError) -> SeparabilityCertificate.Statement? {
    for side in sides(moments.modeCount) {
      let matrix = transposed(moments, side)
      let doubles = matrix.map {
        Complex(re: $0.re.approximateDouble, im: $0.im.approximateDouble)
      }
      let numeric: HermitianEigenvalues<Double>
      do { numeric = try HermitianEigenvalues(doubles) } catch { throw .system(error) }
      guard let least = numeric.values.first, least < 1e-6 else { continue }
      var vector: [Complex<Rational>] = []
      for index in 0..<matrix.rowCount {
        let value = numeric.vectors[index, 0]
        vector.append(Complex(re: rounded(value.re) ?? 0, im: rounded(value.im) ?? 0))
      }
      var value = form(matrix, vector)
      if !(value < 0) {
        // Too near to zero for doubles.
        let exact = try inNetwork { () throws(ArithmeticError) in
          try HermitianCertificate(matrix)
        }
        guard case .indefinite(let found, let negative) = exact.verdict else { continue }
        (vector, value) = (found, negative)
      }
      return .init(
        kind: "transpose", modes: side, value: value.description, proof: nil,
        vector: vector.map(SeparabilityCertificate.number))
    }
    return nil
  }

  /// v†Av.
  private static func form(
    _ matrix: Matrix<Complex<Rational>>, _ vector: [Complex<Rational>]
  ) -> Rational {
    var sum = Complex<Rational>.zero
    for i in vector.indices {
      for j in vector.indices { sum += vector[i].conj * matrix[i, j] * vector[j] }
    }
    return sum.re
  }
}
