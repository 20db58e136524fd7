import Algebra
import Arbitrary
import Exact
import Foundation

/// H(t) as Hermitian matrices times real functions: H₀ + Σ_k (P_k cos kωt + Q_k sin kωt) with
/// P = V + V†, Q = i(V - V†).
struct DriveTerms<F: PhaseField> {
  /// An element of a sparse matrix.
  struct Entry {
    let row: Int
    let column: Int
    let re: F
    let im: F
  }

  struct Term {
    let order: Int
    let isSine: Bool
    let entries: [Entry]
    /// The greatest sum of magnitudes in a row, which bounds the norm.
    let norm: Double
  }

  let size: Int
  let constant: Term
  let terms: [Term]

  init(_ system: DrivenSystem<F>) {
    size = system.dimension
    constant = DriveTerms.term(0, false, system.hamiltonian)
    var terms: [Term] = []
    for harmonic in system.harmonics {
      let v = harmonic.operation
      let adjoint = v.adjoint()
      for (isSine, matrix) in [(false, v + adjoint), (true, (v - adjoint).map(\.timesI))] {
        let term = DriveTerms.term(harmonic.order, isSine, matrix)
        if !term.entries.isEmpty { terms.append(term) }
      }
    }
    self.terms = terms
  }

  private static func term(_ order: Int, _ isSine: Bool, _ matrix: Operator<F>) -> Term {
    var entries: [Entry] = []
    var norm = 0.0
    for row in 0..<matrix.rowCount {
      var sum = 0.0
      for column in 0..<matrix.columnCount where !matrix[row, column].isZero {
        let element = matrix[row, column]
        entries.append(Entry(row: row, column: column, re: element.re, im: element.im))
        sum += element.cheapNorm.approximateDouble
      }
      norm = max(norm, sum)
    }
    return Term(order: order, isSine: isSine, entries: entries, norm: norm)
  }
}

/// The points of a period at which the propagator is kept, and the tables that depend on their number
/// only.
///
/// Memory is taken once and used again for every system of the same size.
final class PeriodGrid<F: PhaseField> {
  let size: Int
  /// A power of two.
  let count: Int
  let precision: Int
  /// e^{2πij/count}.
  let roots: ComplexBuffer<F>
  /// The propagators U(t_j), j = 0...count, each row by row.
  let path: ComplexBuffer<F>
  /// The Taylor terms of one step.
  private let terms: ComplexBuffer<F>
  private let sum: ComplexBuffer<F>
  /// x^i/i! with x = 2πk/count, for each function of time.
  private var powers: ComplexBuffer<F>
  /// The Taylor coefficients of the functions of time in one step.
  private var coefficients: ComplexBuffer<F>
  private let inverses: ComplexBuffer<F>

  static var largestOrder: Int { 400 }

  init(size: Int, count: Int, precision: Int) {
    self.size = size
    self.count = count
    self.precision = precision
    let square = size * size
    let rows = Self.largestOrder + 1
    func buffer(_ n: Int) -> ComplexBuffer<F> { ComplexBuffer(n, precision: precision) }
    roots = buffer(count)
    path = buffer((count + 1) * square)
    terms = buffer(rows * square)
    sum = buffer(square)
    powers = buffer(rows)
    coefficients = buffer(rows)
    inverses = buffer(rows + 1)
    let p = precision + 16
    let turn = Real.scale(Real.pi(precision: p), byPowerOfTwo: 1, precision: p)
    for j in 0..<count {
      let angle = Real.div(Real(j) * turn, Real(count), precision: p)
      roots.re[j] = F.near(Real.cos(angle, precision: p), precision: precision)
      roots.im[j] = F.near(Real.sin(angle, precision: p), precision: precision)
    }
    for j in 1...rows {
      inverses.re[j] = F.near(
        Real.div(1, Real(j), precision: precision), precision: precision)
    }
  }

  /// The order at which the Taylor series of a step is cut: the first whose majorant x^m/m!, with x = h‖H‖
  /// and the growth of the drive's own series, is below a unit of the last place.
  private func order(_ drive: DriveTerms<F>, _ step: Double) throws(FloquetError) -> Int {
    let angle = 2 * Double.pi / Double(count)
    var x = drive.constant.norm * step
    for term in drive.terms { x += step * term.norm * exp(Double(term.order) * angle) }
    // The logarithm of the term, so that thousands of bits do not underflow.
    var size = 0.0
    let limit = -Double(precision + 4) * log(2.0)
    for m in 1...Self.largestOrder {
      size += log(max(x, 1e-300) / Double(m))
      if m >= 4, size < limit, x < Double(m) / 2 { return m }
    }
    throw .limit(
      "a Taylor series of \(Self.largestOrder) terms in one of \(count) steps of a period")
  }

  /// Fills the path with the propagators U(t_j) of iU' = H(t)U, U(0) = 1, by Taylor series.
  ///
  /// Rounded, with the remainder of each step below a unit of the last place; nothing is proved.
  ///
  /// - Parameter period: 2π/ω.
  /// - Complexity: O(count·(m²·d²·r + m·d·z)) for order m, r functions of time and z elements of matrices.
  func propagate(_ drive: DriveTerms<F>, period: F) throws(FloquetError) {
    let square = size * size
    let step = period.scaled(byPowerOfTwo: -count.trailingZeroBitCount)
    let order = try order(drive, step.approximateDouble)
    let width = order + 1
    if powers.count < width * drive.terms.count {
      powers = ComplexBuffer(width * drive.terms.count, precision: precision)
      coefficients = ComplexBuffer(width * drive.terms.count, precision: precision)
    }
    let one = F.one.atPrecision(precision)
    let zero = F.zero.atPrecision(precision)
    let p = precision + 16
    let turn = Real.scale(Real.pi(precision: p), byPowerOfTwo: 1, precision: p)
    for (index, term) in drive.terms.enumerated() {
      let x = F.near(
        Real.div(Real(term.order) * turn, Real(count), precision: p), precision: precision)
      powers.re[index * width] = one
      for i in 1...order {
        powers.re[index * width + i] = powers.re[index * width + i - 1] * x * inverses.re[i]
      }
    }
    for k in 0..<square {
      path.re[k] = k % (size + 1) == 0 ? one : zero
      path.im[k] = zero
    }
    for j in 0..<count {
      expand(drive, j, width)
      advance(drive, j, step, width)
    }
  }

  /// The Taylor coefficients of the functions of time about t_j: the i-th derivative of a cosine is the
  /// cosine shifted by i quarters of a turn.
  private func expand(_ drive: DriveTerms<F>, _ j: Int, _ width: Int) {
    for (index, term) in drive.terms.enumerated() {
      let place = (term.order * j) % count
      let c = roots.re[place]
      let s = roots.im[place]
      let from = powers.re + index * width
      let to = coefficients.re + index * width
      for i in 0..<width {
        switch (i + (term.isSine ? 3 : 0)) % 4 {
        case 0: to[i] = c * from[i]
        case 1: to[i] = -(s * from[i])
        case 2: to[i] = -(c * from[i])
        default: to[i] = s * from[i]
        }
      }
    }
  }

  private func advance(_ drive: DriveTerms<F>, _ j: Int, _ step: F, _ width: Int) {
    let square = size * size
    let zero = F.zero.atPrecision(precision)
    let startRe = path.re + j * square
    let startIm = path.im + j * square
    let endRe = startRe + square
    let endIm = startIm + square
    for k in 0..<square {
      terms.re[k] = startRe[k]
      terms.im[k] = startIm[k]
      endRe[k] = startRe[k]
      endIm[k] = startIm[k]
    }
    let sumRe = sum.re
    let sumIm = sum.im
    for m in 0..<(width - 1) {
      let nextRe = terms.re + (m + 1) * square
      let nextIm = terms.im + (m + 1) * square
      for k in 0..<square {
        nextRe[k] = zero
        nextIm[k] = zero
      }
      add(drive.constant, terms.re + m * square, terms.im + m * square, nextRe, nextIm)
      for (index, term) in drive.terms.enumerated() {
        let coefficient = coefficients.re + index * width
        for k in 0..<square {
          sumRe[k] = zero
          sumIm[k] = zero
        }
        for i in 0...m {
          let c = coefficient[i]
          let re = terms.re + (m - i) * square
          let im = terms.im + (m - i) * square
          for k in 0..<square {
            sumRe[k] += c * re[k]
            sumIm[k] += c * im[k]
          }
        }
        add(term, sumRe, sumIm, nextRe, nextIm)
      }
      // The next term is -i·h/(m + 1) times the sum.
      let factor = step * inverses.re[m + 1]
      for k in 0..<square {
        let re = nextRe[k]
        nextRe[k] = factor * nextIm[k]
        nextIm[k] = -(factor * re)
        endRe[k] += nextRe[k]
        endIm[k] += nextIm[k]
      }
    }
  }

  /// Adds matrix times source to the target.
  private func add(
    _ term: DriveTerms<F>.Term, _ re: UnsafeMutablePointer<F>, _ im: UnsafeMutablePointer<F>,
    _ toRe: UnsafeMutablePointer<F>, _ toIm: UnsafeMutablePointer<F>
  ) {
    for entry in term.entries {
      let a = re + entry.column * size
      let b = im + entry.column * size
      let x = toRe + entry.row * size
      let y = toIm + entry.row * size
      if entry.im.isZero {
        for k in 0..<size {
          x[k] += entry.re * a[k]
          y[k] += entry.re * b[k]
        }
      } else {
        for k in 0..<size {
          x[k] += entry.re * a[k] - entry.im * b[k]
          y[k] += entry.re * b[k] + entry.im * a[k]
        }
      }
    }
  }

  /// In place, f_j ↦ (1/count) Σ_j f_j e^{-2πijk/count}: the Fourier
  /// coefficients, by k modulo the count.
  ///
  /// - Source: Cooley and Tukey 1965.
  func transform(_ re: UnsafeMutablePointer<F>, _ im: UnsafeMutablePointer<F>) {
    let bits = count.trailingZeroBitCount
    guard bits > 0 else { return }
    for j in 0..<count {
      let k = Int(truncatingIfNeeded: UInt(j).bitReversed(bits))
      if j < k {
        (re[j], re[k]) = (re[k], re[j])
        (im[j], im[k]) = (im[k], im[j])
      }
    }
    var half = 1
    while half < count {
      let stride = count / (2 * half)
      var start = 0
      while start < count {
        for k in 0..<half {
          let c = roots.re[k * stride]
          let s = roots.im[k * stride]
          let (i, j) = (start + k, start + k + half)
          let x = c * re[j] + s * im[j]
          let y = c * im[j] - s * re[j]
          re[j] = re[i] - x
          im[j] = im[i] - y
          re[i] += x
          im[i] += y
        }
        start += 2 * half
      }
      half *= 2
    }
    for j in 0..<count {
      re[j] = re[j].scaled(byPowerOfTwo: -bits)
      im[j] = im[j].scaled(byPowerOfTwo: -bits)
    }
  }
}

extension UInt {
  /// The lowest `bits` bits in reverse order.
  fileprivate func bitReversed(_ bits: Int) -> UInt {
    var result: UInt = 0
    for bit in 0..<bits where self & (1 << UInt(bit)) != 0 { result |= 1 << UInt(bits - 1 - bit) }
    return result
  }
}
