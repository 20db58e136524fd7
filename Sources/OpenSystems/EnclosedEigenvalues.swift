import Algebra
import Arbitrary
import Exact

/// Enclosures of all eigenvalues of a Hermitian matrix that is itself enclosed.
///
/// An approximate eigenbasis X in fixed-point numbers gives S = X†AX and G = X†X. With D the diagonal of S, the
/// eigenvalues μ₁ ≤ μ₂ ≤ … of S are within ‖S - D‖ of the ordered diagonal (Weyl), and by Ostrowski's theorem
/// μ_k = θ_k·λ_k(A) with θ_k between the least and the greatest eigenvalue of G, so within 1 ± ‖G - 1‖. Norms
/// are bounded by the greatest sum of a row's magnitudes, with all roundings of the products in it. What the
/// elements of A are uncertain by moves each λ_k by no more than the norm of the uncertainties.
///
/// The basis starts from rotations in doubles and is refined by first-order steps, which gain the digits of
/// a double each; where eigenvalues lie too close together for them, by rotations in the full precision.
/// Whatever the basis, the enclosures are right.
///
/// Source: Weyl 1912; Ostrowski 1959; the steps by Ogita and Aishima 2018.
public struct EnclosedEigenvalues: Sendable {
  /// The enclosures, in the order of the eigenvalues.
  public let values: [Interval]

  /// - Parameters:
  ///   - matrix: its upper triangle is read; the diagonal's imaginary parts are not.
  ///   - precision: bits of the greatest eigenvalue that are wanted; more are used inside.
  /// - Throws: ``OpenSystemError/domain(_:)`` for elements without bounds, and a matrix that is not square.
  ///   ``OpenSystemError/notConverged(_:)`` where no basis was found that is nearly orthonormal.
  /// - Complexity: O(n³) operations a step; one step for each 50 bits.
  public init(_ matrix: Matrix<Complex<Ball>>, precision: Int) throws(OpenSystemError) {
    let n = matrix.rowCount
    guard matrix.isSquare else {
      throw .shape(
        what: "a Hermitian matrix", expected: n, rows: n, columns: matrix.columnCount)
    }
    guard
      matrix.elements.allSatisfy({
        !$0.re.isEntire && !$0.im.isEntire && !$0.re.isEmpty && !$0.im.isEmpty
      })
    else { throw .domain("eigenvalues of a matrix with elements that have no bound") }
    if n == 0 {
      values = []
      return
    }
    let limbs = 1 + (precision + 32 + 2 * (Int.bitWidth - n.leadingZeroBitCount) + 63) / 64
    let scaled = ScaledMatrix(matrix, limbs: limbs)
    guard let scaled else {
      values = Array(repeating: .zero, count: n)
      return
    }
    var basis = try Eigenbasis(scaled)
    var best = basis.radius
    // Each step about squares the error until a double's digits are gained.
    for _ in 0..<(3 + precision / 40) where best > basis.goal {
      let next = basis.refined()
      guard next.radius.isFinite, next.radius < best * 0x1p-6 else { break }
      basis = next
      best = next.radius
    }
    if best > basis.goal * 0x1p8 {
      for candidate in try basis.rotated(steps: 3 + precision / 40) where candidate.radius < best {
        basis = candidate
        best = candidate.radius
      }
    }
    values = try basis.enclosures()
  }
}

/// A Hermitian matrix divided by a power of two so that its elements are at most 1, in fixed point, with a
/// bound of what is lost.
private struct ScaledMatrix {
  let size: Int
  /// The elements are those of the matrix divided by 2^exponent.
  let exponent: Int
  let matrix: FixedPointMatrix
  /// At least the greatest row sum of the uncertainties, in units.
  let uncertainty: Real

  /// nil for a matrix that is exactly zero.
  init?(_ matrix: Matrix<Complex<Ball>>, limbs: Int) {
    let n = matrix.rowCount
    var greatest: Int?
    for row in 0..<n {
      for column in row..<n {
        for part in [matrix[row, column].re, matrix[row, column].im] {
          let size = part.interval.magnitude
          // With an exponent e a number is below 2^e.
          if let e = size.exponent { greatest = max(greatest ?? e, e) }
        }
      }
    }
    guard let exponent = greatest else { return nil }
    let fraction = 64 * (limbs - 1)
    var fixed = FixedPointMatrix(rows: n, columns: n, limbs: limbs)
    var sums = [Real](repeating: .zero, count: n)
    func place(_ row: Int, _ column: Int, _ part: Int, _ value: Ball) -> Real {
      let scaled = Interval.scale(
        value.interval, byPowerOfTwo: fraction - exponent, precision: value.precision + 64)
      let units = scaled.midpoint.floor ?? .zero
      fixed.set(row, column, part: part, units: units)
      let lower = Real.sub(scaled.lower, Real(units), precision: 64, rounding: .down).magnitude
      let upper = Real.sub(scaled.upper, Real(units), precision: 64, rounding: .up).magnitude
      return Real.maximum(lower, upper)
    }
    for row in 0..<n {
      for column in row..<n {
        let value = matrix[row, column]
        var radius = place(row, column, 0, value.re)
        if row != column {
          radius = Real.add(
            radius, place(row, column, 1, value.im), precision: 64, rounding: .up)
          fixed.set(column, row, part: 0, units: fixed.units(row, column, part: 0))
          fixed.set(column, row, part: 1, units: -fixed.units(row, column, part: 1))
          sums[column] = Real.add(sums[column], radius, precision: 64, rounding: .up)
        }
        sums[row] = Real.add(sums[row], radius, precision: 64, rounding: .up)
      }
    }
    size = n
    self.exponent = exponent
    self.matrix = fixed
    uncertainty = sums.reduce(.zero, Real.maximum)
  }
}

/// A basis, what it makes of the matrix, and how far that is from diagonal.
private struct Eigenbasis {
  let problem: ScaledMatrix
  let vectors: FixedPointMatrix
  /// The upper triangles of X†AX and X†X, each part within `slack` units.
  let transformed: FixedPointMatrix
  let gram: FixedPointMatrix
  /// Bounds of ‖S - D‖ and ‖G - 1‖ by rows, roundings included, in units.
  let offDiagonal: Real
  let defect: Real

  private var unit: Real { Real.scale(1, byPowerOfTwo: -vectors.fractionBits, precision: 64) }

  /// About how far the eigenvalues are known, relative to the greatest element.
  var radius: Double {
    let sum = (offDiagonal + defect) * unit
    return sum.approximateDouble
  }

  /// What roundings allow at best, or the uncertainty of the matrix.
  var goal: Double {
    let n = Real(problem.size)
    return ((problem.uncertainty * 4 + n * (n * 16 + 16)) * unit).approximateDouble
  }

  /// From rotations in doubles.
  init(_ problem: ScaledMatrix) throws(OpenSystemError) {
    let n = problem.size
    let doubles = Matrix(rows: n, columns: n) {
      Complex(
        re: problem.matrix.double($0, $1, part: 0), im: problem.matrix.double($0, $1, part: 1))
    }
    let found = try HermitianEigenvalues(doubles)
    var vectors = FixedPointMatrix(rows: n, columns: n, limbs: problem.matrix.limbs)
    for row in 0..<n {
      for column in 0..<n {
        vectors.set(row, column, part: 0, to: found.vectors[row, column].re)
        vectors.set(row, column, part: 1, to: found.vectors[row, column].im)
      }
    }
    self.init(problem, vectors)
  }

  init(_ problem: ScaledMatrix, _ vectors: FixedPointMatrix) {
    let n = problem.size
    self.problem = problem
    self.vectors = vectors
    gram = vectors.adjointTimes(vectors, upperOnly: true)
    transformed = vectors.adjointTimes(problem.matrix.times(vectors), upperOnly: true)
    // AX is within one unit in each part, and a part of X†(error) within 2·√n·‖column of X‖ ≤ 4n, if no
    // column is longer than 2 (that is checked by the defect); one more for the last product.
    let slack = Real(4 * n + 2)
    var off = [Real](repeating: .zero, count: n)
    var defect = off
    func magnitude(_ matrix: FixedPointMatrix, _ i: Int, _ j: Int, _ offset: Integer) -> Real {
      let re = Real(
        (matrix.units(i, j, part: 0) - offset).magnitude, precision: 64, rounding: .up)
      let im = Real(matrix.units(i, j, part: 1).magnitude, precision: 64, rounding: .up)
      return Real.add(re, im, precision: 64, rounding: .up)
    }
    let one = Integer.one << vectors.fractionBits
    for i in 0..<n {
      for j in i..<n {
        let s = Real.add(
          i == j ? .zero : magnitude(transformed, i, j, .zero), slack + slack, precision: 64,
          rounding: .up)
        let g = Real.add(
          magnitude(gram, i, j, i == j ? one : .zero), 2, precision: 64, rounding: .up)
        off[i] = Real.add(off[i], s, precision: 64, rounding: .up)
        defect[i] = Real.add(defect[i], g, precision: 64, rounding: .up)
        if i == j { continue }
        off[j] = Real.add(off[j], s, precision: 64, rounding: .up)
        defect[j] = Real.add(defect[j], g, precision: 64, rounding: .up)
      }
    }
    offDiagonal = off.reduce(.zero, Real.maximum)
    self.defect = defect.reduce(.zero, Real.maximum)
  }

  /// X(1 + E) with the E that would make S diagonal and G one to first order.
  ///
  /// With G = 1 - R that is E_ij + conj(E_ji) = R_ij for all elements and S_ij + λ_i·E_ij + conj(E_ji)·λ_j = 0 off
  /// the diagonal, so E_ij = (S_ij + λ_j·R_ij)/(λ_j - λ_i). Where eigenvalues are closer than what is known of
  /// them, only the part that makes columns orthonormal is taken.
  ///
  /// - Parameter orthonormalOnly: takes that part everywhere.
  func refined(orthonormalOnly: Bool = false) -> Eigenbasis {
    let n = problem.size
    var eigenvalues = [Double](repeating: 0, count: n)
    var exact = [Integer](repeating: .zero, count: n)
    let one = Integer.one << vectors.fractionBits
    for i in 0..<n {
      exact[i] = transformed.units(i, i, part: 0)
      eigenvalues[i] = transformed.double(i, i, part: 0)
    }
    // Scaled before it becomes a double: beyond a thousand bits neither the number of units nor the
    // unit is one.
    let bits = vectors.fractionBits
    func double(_ units: Integer) -> Double {
      Real.scale(Real(units, precision: 64), byPowerOfTwo: -bits, precision: 64).approximateDouble
    }
    let near = orthonormalOnly ? .infinity : 2 * radius
    var step = FixedPointMatrix(rows: n, columns: n, limbs: vectors.limbs)
    for i in 0..<n {
      for j in 0..<n {
        let (a, b) = (min(i, j), max(i, j))
        let sign: Double = i <= j ? 1 : -1
        let r =
          i == j
          ? (
            re: double(one - gram.units(i, i, part: 0)), im: 0.0
          )
          : (re: -gram.double(a, b, part: 0), im: -sign * gram.double(a, b, part: 1))
        let gap =
          i == j ? 0 : double(exact[j] - exact[i])
        var e = (re: r.re / 2, im: r.im / 2)
        if gap.magnitude > near {
          let s = (
            re: transformed.double(a, b, part: 0), im: sign * transformed.double(a, b, part: 1)
          )
          e = (
            (s.re + eigenvalues[j] * r.re) / gap, (s.im + eigenvalues[j] * r.im) / gap
          )
        }
        step.set(i, j, part: 0, to: e.re)
        step.set(i, j, part: 1, to: e.im)
      }
    }
    return Eigenbasis(problem, vectors.plus(vectors.times(step)))
  }

  /// X, made orthonormal, times the eigenvectors of S by rotations in the full precision; and the same made
  /// orthonormal again, for the rotations' roundings.
  func rotated(steps: Int) throws(OpenSystemError) -> [Eigenbasis] {
    let straight = orthonormalised(steps)
    let n = problem.size
    let bits = vectors.fractionBits
    func real(_ units: Integer) -> Real {
      Real.scale(Real(units, precision: bits + 64), byPowerOfTwo: -bits, precision: bits + 64)
    }
    let s = Matrix(rows: n, columns: n) { i, j in
      let (a, b) = (min(i, j), max(i, j))
      let im = real(straight.transformed.units(a, b, part: 1))
      return Complex(re: real(straight.transformed.units(a, b, part: 0)), im: i <= j ? im : -im)
    }
    let found = try HermitianEigenvalues(s)
    var rotation = FixedPointMatrix(rows: n, columns: n, limbs: vectors.limbs)
    for i in 0..<n {
      for j in 0..<n {
        for part in 0..<2 {
          let value = part == 0 ? found.vectors[i, j].re : found.vectors[i, j].im
          let units = Real.scale(value, byPowerOfTwo: bits, precision: bits + 64)
          rotation.set(i, j, part: part, units: units.floor ?? .zero)
        }
      }
    }
    let turned = Eigenbasis(problem, straight.vectors.times(rotation))
    return [turned, turned.orthonormalised(1)]
  }

  private func orthonormalised(_ steps: Int) -> Eigenbasis {
    var basis = self
    for _ in 0..<steps {
      let next = basis.refined(orthonormalOnly: true)
      guard next.defect < basis.defect else { break }
      basis = next
    }
    return basis
  }

  func enclosures() throws(OpenSystemError) -> [Interval] {
    let bits = vectors.fractionBits + 64
    let e = Real.mul(defect, unit, precision: 64, rounding: .up)
    guard e < Real(0.5) else {
      throw .notConverged("no nearly orthonormal basis of eigenvectors was found")
    }
    // Columns are then shorter than 2, as the bound of roundings supposes.
    let diagonal = (0..<problem.size).map { transformed.units($0, $0, part: 0) }.sorted()
    let theta = Interval(
      between: Real.sub(1, e, precision: bits, rounding: .down),
      and: Real.add(1, e, precision: bits, rounding: .up))
    var values: [Interval] = []
    for units in diagonal {
      let mu = Interval(
        between: Real.sub(Real(units), offDiagonal, precision: bits, rounding: .down),
        and: Real.add(Real(units), offDiagonal, precision: bits, rounding: .up))
      let lambda = Interval.div(mu, theta, precision: bits)
      let value = Interval(
        between: Real.sub(lambda.lower, problem.uncertainty, precision: bits, rounding: .down),
        and: Real.add(lambda.upper, problem.uncertainty, precision: bits, rounding: .up))
      values.append(
        Interval.scale(
          value, byPowerOfTwo: problem.exponent - vectors.fractionBits, precision: bits))
    }
    return values
  }
}
