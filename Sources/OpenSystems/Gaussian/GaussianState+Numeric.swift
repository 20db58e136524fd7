import Algebra
import Arbitrary
import Exact

extension GaussianState where F: FloatingField {
  /// The symplectic eigenvalues in rounded numbers, increasing: the positive eigenvalues of the
  /// Hermitian matrix iσ^½Ωσ^½.
  ///
  /// - Returns: a heuristic result, errors of some units of the last place of the norm of σ.
  /// - Throws: ``GaussianError/system(_:)`` for a covariance that is not positive.
  public func symplecticEigenvalues() throws(GaussianError) -> [F] {
    let size = 2 * modeCount
    do throws(OpenSystemError) {
      let spectrum = try HermitianEigenvalues(covariance.map { Complex($0) })
      guard let least = spectrum.values.first, least > .zero else {
        throw .notPositive(what: "the covariance", eigenvalue: "\(spectrum.values[0])")
      }
      let vectors = spectrum.vectors
      let roots = spectrum.values.map { Complex(F.squareRoot(of: $0)) }
      let half = Matrix<Complex<F>>(rows: size, columns: size) { row, column in
        var sum = Complex<F>.zero
        for k in 0..<size { sum += vectors[row, k] * roots[k] * vectors[column, k].conj }
        return sum
      }
      let form = Matrix<Complex<F>>(rows: size, columns: size) { row, column in
        guard row / 2 == column / 2, row != column else { return .zero }
        return row < column ? .i : -.i
      }
      let values = try HermitianEigenvalues(half * form * half).values
      return Array(values.suffix(modeCount))
    } catch { throw .system(error) }
  }

  /// (‖ρ^T‖₁ - 1)/2 for the partial transpose of the listed modes: half of Π max(1, 1/(2ν)) - 1 over
  /// its symplectic eigenvalues ν.
  ///
  /// - Throws: ``GaussianError``.
  /// - Source: Vidal and Werner 2002.
  public func negativity(over modes: [Int]) throws(GaussianError) -> F {
    let values = try partialTranspose(over: modes).symplecticEigenvalues()
    do throws(ArithmeticError) {
      var norm = F.one
      for value in values where value < F.half { norm = try norm / (value + value) }
      return (norm - .one) * F.half
    } catch { throw .arithmetic(error) }
  }
}

extension GaussianState where F: LogarithmicField {
  /// ln ‖ρ^T‖₁ = Σ max(0, -ln 2ν), the natural logarithm.
  ///
  /// - Throws: ``GaussianError``.
  public func logarithmicNegativity(over modes: [Int]) throws(GaussianError) -> F {
    let negativity = try negativity(over: modes)
    return F.naturalLogarithm(of: F.one + negativity + negativity)
  }
}

extension LogarithmicField {
  /// ln of a positive value, at its precision.
  static func naturalLogarithm(of value: Self) -> Self {
    binaryLogarithm(of: value) * logarithmOfTwo(precision: value.precision)
  }

  private static func logarithmOfTwo(precision: Int) -> Self {
    if let exact = Real.log2(precision: precision) as? Self { return exact }
    return (Real.log2(precision: 64).approximateDouble as? Self) ?? .one
  }
}
