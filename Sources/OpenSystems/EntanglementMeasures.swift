import Algebra
import Arbitrary
import Exact

/// Measures of entanglement of a density matrix in rounded numbers.
///
/// All are heuristic in the last digits and for cross-checks; a verdict on entanglement rests on exact
/// or enclosed values.
public enum Entanglement {
  /// Σ max(0, -λ) over the eigenvalues λ of the partial transpose: (‖ρ^T‖₁ - 1)/2 for a state.
  ///
  /// - Parameter places: the subsystems of one party; the others are the other party.
  /// - Throws: as ``Space/partialTranspose(of:over:)`` and ``HermitianEigenvalues/init(_:)``.
  /// - Source: Vidal and Werner 2002.
  public static func negativity<F: FloatingField>(
    of state: Matrix<Complex<F>>, in space: Space, party places: [Int]
  ) throws(OpenSystemError) -> F {
    let transposed = try space.partialTranspose(of: state, over: places)
    return try HermitianEigenvalues(transposed).values.reduce(F.zero) {
      $1 < .zero ? $0 - $1 : $0
    }
  }

  /// ‖ρ^T‖₁ = 1 + 2·negativity, whose logarithm to base 2 is the logarithmic negativity.
  ///
  /// - Throws: as ``negativity(of:in:party:)``.
  public static func partialTransposeNorm<F: FloatingField>(
    of state: Matrix<Complex<F>>, in space: Space, party places: [Int]
  ) throws(OpenSystemError) -> F {
    let negativity = try negativity(of: state, in: space, party: places)
    return F.one + negativity + negativity
  }

  /// log₂(1 + 2·negativity).
  ///
  /// - Throws: as ``negativity(of:in:party:)``.
  public static func logarithmicNegativity<F: LogarithmicField>(
    of state: Matrix<Complex<F>>, in space: Space, party places: [Int]
  ) throws(OpenSystemError) -> F {
    F.binaryLogarithm(of: try partialTransposeNorm(of: state, in: space, party: places))
  }

  /// The concurrence of two qubits: max(0, l₁ - l₂ - l₃ - l₄) with the decreasing singular values l of
  /// WᵀYW, ρ = WW†, Y = sy ⊗ sy.
  ///
  /// The l are the square roots of the eigenvalues of ρYρ̄Y; as singular values they come without the
  /// square root, and its loss of half the digits, at zero.
  ///
  /// - Parameter state: 4×4. Eigenvalues below zero by no more than rounding count as zero.
  /// - Throws: ``OpenSystemError/notTwoQubits(dimensions:)``,
  ///   ``OpenSystemError/notPositive(what:eigenvalue:)``, and as ``HermitianEigenvalues/init(_:)``.
  /// - Source: Wootters 1998.
  public static func concurrence<F: FloatingField>(
    of state: Matrix<Complex<F>>
  ) throws(OpenSystemError) -> F {
    guard state.rowCount == 4, state.columnCount == 4 else {
      throw .notTwoQubits(dimensions: [state.rowCount, state.columnCount])
    }
    let spectrum = try HermitianEigenvalues(state)
    let greatest = spectrum.values.map(\.magnitude).max() ?? .zero
    let allowance = greatest * spectrum.values[0].ulpOfOne.scaled(byPowerOfTwo: 12)
    if let lowest = spectrum.values.first, lowest < -allowance {
      throw .notPositive(what: "the matrix", eigenvalue: "\(lowest)")
    }
    let roots = spectrum.values.map { $0 > .zero ? F.squareRoot(of: $0) : F.zero }
    let w = Matrix(rows: 4, columns: 4) { Complex(roots[$1]) * spectrum.vectors[$0, $1] }
    let y: Matrix<Complex<F>> = Operators.sy()
    let symmetric = w.transpose * y.kronecker(y) * w
    let values = try SingularValues.of(symmetric)
    let difference = values.dropFirst().reduce(values[0]) { $0 - $1 }
    return difference > .zero ? difference : .zero
  }
}

/// A floating field with logarithms.
public protocol LogarithmicField: FloatingField {
  /// log₂ of a positive value, at its precision.
  static func binaryLogarithm(of value: Self) -> Self
}

extension Real: LogarithmicField {
  public static func binaryLogarithm(of value: Real) -> Real {
    let working = value.precision + 8
    return
      (Real.log(value, precision: working) / Real.log2(precision: working))
      .rounded(precision: value.precision)
  }
}

extension Double: LogarithmicField {
  // By MPFR, so that the module needs no C library of the platform.
  public static func binaryLogarithm(of value: Double) -> Double {
    Real.binaryLogarithm(of: Real(value, precision: 64)).approximateDouble
  }
}

/// Singular values by one-sided Jacobi rotations of the columns, which keep small ones accurate.
enum SingularValues {
  /// The singular values, decreasing.
  static func of<F: FloatingField>(
    _ matrix: Matrix<Complex<F>>
  ) throws(OpenSystemError) -> [F] {
    var a = matrix
    let n = a.columnCount
    let bits = matrix.elements.reduce(2) { max($0, $1.precision) }
    let threshold = F.one.atPrecision(bits).ulpOfOne
    do {
      for sweep in 0... {
        if sweep > 60 { throw OpenSystemError.notConverged("60 sweeps of one-sided rotations") }
        var rotated = false
        for p in 0..<n {
          for q in (p + 1)..<n {
            if try rotate(&a, p, q, threshold) { rotated = true }
          }
        }
        if !rotated { break }
      }
    } catch let error as OpenSystemError {
      throw error
    } catch let error as ArithmeticError {
      throw .arithmetic(error)
    } catch {
      throw .notConverged("\(error)")
    }
    return (0..<n).map { column in
      F.squareRoot(
        of: (0..<a.rowCount).reduce(F.zero) { $0 + a[$1, column].normSquared })
    }.sorted(by: >)
  }

  /// Makes two columns orthogonal; false where they are so to working precision.
  private static func rotate<F: FloatingField>(
    _ a: inout Matrix<Complex<F>>, _ p: Int, _ q: Int, _ threshold: F
  ) throws(ArithmeticError) -> Bool {
    var first = F.zero
    var second = F.zero
    var product = Complex<F>.zero
    for k in 0..<a.rowCount {
      first += a[k, p].normSquared
      second += a[k, q].normSquared
      product += a[k, p].conj * a[k, q]
    }
    let modulus = product.modulus
    if modulus <= threshold * F.squareRoot(of: first * second) || modulus.isZero { return false }
    // As for the 2×2 Hermitian matrix of the columns' inner products.
    let back = Complex(re: try product.re / modulus, im: -(try product.im / modulus))
    let tau = try (second - first) / (modulus + modulus)
    let root = F.squareRoot(of: F.one + tau * tau)
    let t = try tau < .zero ? -(F.one / (root - tau)) : F.one / (root + tau)
    let c = try F.one / F.squareRoot(of: F.one + t * t)
    let cosine = Complex(c)
    let sine = Complex(t * c)
    for k in 0..<a.rowCount {
      let x = a[k, p]
      let y = back * a[k, q]
      a[k, p] = cosine * x - sine * y
      a[k, q] = sine * x + cosine * y
    }
    return true
  }
}
