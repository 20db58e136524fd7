import Algebra
import Arbitrary
import Exact

/// The mean over a period of the concurrence of the steady state of two qubits at each time, enclosed.
///
/// With r = BB† in the Floquet basis and the modes M(θ) as columns, ρ(θ) = WW†, W = MB, and C = max(b, 2a) - b where
/// a and b are the greatest and the sum of the singular values of τ = WᵀYW. Both f₁ = max(b, 2a) and f₂ = b are
/// convex functions of τ. So on steps of the length δ
///
/// - the trapezoidal rule is above the mean of f, but for what τ differs from its chords: Sδ²/12,
/// - the midpoint rule is below it, but for what τ differs from the mean of two symmetric points: Sδ²/24,
///
/// with S a bound of ‖τ''‖ in the trace norm, doubled for f₁. This is used for a trigonometric polynomial W̃ near W:
/// S = 2‖W̃''‖‖W̃‖ + 2‖W̃'‖² in Frobenius norms, from the sums of its coefficients; and f moves by no more than
/// 2‖τ - τ̃‖ ≤ 2‖W - W̃‖(‖W‖ + ‖W̃‖). A common phase e^{inθ} of W changes no singular value, which
/// allows to count n from the greatest coefficient. Kinks of the concurrence, where it vanishes, do no harm.
struct FloquetMeanConcurrence {
  /// The most points of a period.
  static var largestCount: Int { 1 << 14 }

  /// Of e^{inθ}, n = 0, 1, …, but for a common phase.
  private var coefficients: [Matrix<ComplexInterval>] = []
  /// A bound of ‖W - W̃‖ at each θ.
  private let distance: Interval
  /// S.
  private let curvature: Interval
  private let precision: Int

  /// - Parameters:
  ///   - state: the steady state in the Floquet basis.
  ///   - p: bits of the rule, some dozens.
  init(
    _ spectrum: FloquetSpectrum, _ state: Matrix<ComplexInterval>, precision p: Int
  ) throws(OpenSystemError) {
    precision = p
    let columns = try PositiveFactor(state, precision: max(state[0, 0].precision, p)).columns
    let factor = Matrix<ComplexInterval>(rows: state.rowCount, columns: columns.count) {
      columns[$1][$0].rounded(precision: p)
    }
    let modes = spectrum.modes
    let low = modes.map(\.first).min() ?? 0
    let high = modes.map(\.last).max() ?? 0
    var norms: [Interval] = []
    for n in low...high {
      let blocks = Matrix<ComplexInterval>(rows: state.rowCount, columns: modes.count) { i, a in
        guard (modes[a].first...modes[a].last).contains(n) else { return .zero }
        let value = modes[a].components[n - modes[a].first][i]
        return ComplexInterval(
          re: Interval(value.re).rounded(precision: p), im: Interval(value.im).rounded(precision: p)
        )
      }
      coefficients.append(blocks * factor)
      norms.append(coefficients[coefficients.count - 1].frobenius(precision: 64))
    }
    // ‖ΔB‖ ≤ ‖Δ‖ in Frobenius norms, as ‖B‖ ≤ 1 for the operator norm.
    var distance = modes.reduce(Interval.zero) {
      $0 + Interval($1.pointwiseError(frequency: spectrum.frequency))
    }
    // Coefficients too small to matter.
    let least = Real.one.scaled(byPowerOfTwo: -p / 2 - 16)
    func drop(_ norm: Interval) -> Bool {
      guard norm.upper < least else { return false }
      distance = distance + norm
      return true
    }
    while let last = norms.last, norms.count > 1, drop(last) {
      norms.removeLast()
      coefficients.removeLast()
    }
    var skipped = 0
    while norms.count - skipped > 1, drop(norms[skipped]) { skipped += 1 }
    norms.removeFirst(skipped)
    coefficients.removeFirst(skipped)
    let centre = norms.indices.max { norms[$0].upper < norms[$1].upper } ?? 0
    var first = Interval.zero
    var second = Interval.zero
    for (n, norm) in norms.enumerated() {
      let k = Interval(n - centre)
      first = first + Interval.abs(k) * norm
      second = second + Interval.sqr(k, precision: 64) * norm
    }
    let size = Interval.one + distance
    curvature = Interval(2) * (second * size + Interval.sqr(first, precision: 64))
    self.distance = distance
  }

  /// The mean within about 2^-bits, or as narrow as ``largestCount`` points make it.
  func value(bits: Int) throws(OpenSystemError) -> Interval {
    let p = precision
    let turn = Interval.scale(Interval.pi(precision: p), byPowerOfTwo: 1, precision: p)
    let shift = Interval(4) * distance * (Interval.one + distance)
    var count = 32
    var ends = try sums(count, turn, offset: false)
    while true {
      let middles = try sums(count, turn, offset: true)
      let step = Interval.div(turn, Interval(count), precision: p)
      let square = curvature * Interval.sqr(step, precision: p)
      let above = Interval.div(square, Interval(12), precision: p)
      let below = Interval.div(square, Interval(24), precision: p)
      let n = Interval(count)
      func mean(_ sum: Interval) -> Interval { Interval.div(sum, n, precision: p) }
      let upper = mean(ends.first) + above + above - (mean(middles.second) - below)
      let lower = mean(middles.first) - below - below - (mean(ends.second) + above)
      let low = Real.maximum((lower - shift).lower, .zero)
      let value = Interval(between: low, and: Real.maximum((upper + shift).upper, low))
      let isNarrow = (value.width.exponent ?? Int.min) < -bits
      if isNarrow || 4 * count > Self.largestCount { return value }
      ends = (ends.first + middles.first, ends.second + middles.second)
      count *= 2
    }
  }

  /// Σ max(b, 2a) and Σ b over the points jδ, or over those between them.
  private func sums(
    _ count: Int, _ turn: Interval, offset: Bool
  ) throws(OpenSystemError) -> (first: Interval, second: Interval) {
    var first = Interval(0, precision: precision)
    var second = Interval(0, precision: precision)
    for j in 0..<count {
      let place = Interval(2 * j + (offset ? 1 : 0))
      let phase = Interval.div(place * turn, Interval(2 * count), precision: precision)
      let z = ComplexInterval(
        re: Interval.cos(phase, precision: precision), im: Interval.sin(phase, precision: precision)
      )
      var w = Matrix<ComplexInterval>(rows: 4, columns: coefficients[0].columnCount)
      for coefficient in coefficients.reversed() {
        w = w.map { z * $0 } + coefficient
      }
      let values = try SpectralEnclosure.singularValues(
        Matrix<ComplexInterval>(rows: w.columnCount, columns: w.columnCount) { i, k in
          w[1, i] * w[2, k] + w[2, i] * w[1, k] - w[0, i] * w[3, k] - w[3, i] * w[0, k]
        }, precision: precision)
      guard let greatest = values.first else { continue }
      let sum = values.dropFirst().reduce(greatest, +)
      first += Interval.maximum(sum, greatest + greatest)
      second += sum
    }
    return (first, second)
  }
}

extension FloquetModel {
  /// The mean over a period of the concurrence of the steady state of two qubits at each time: another number than
  /// ``concurrence(precision:)``, that of the averaged state, and never below it.
  ///
  /// - Returns: an enclosure within about 2^-precision, or the narrowest that 16384 points of the period give, which has
  ///   three to five digits.
  /// - Throws: as ``steady(precision:)``; ``FloquetError/notTwoQubits(dimension:)``.
  public func meanConcurrence(precision: Int) throws(FloquetError) -> Interval {
    // The rule has no use for more.
    let bits = min(max(precision, 1), 40)
    return try refined(bits) { working throws(FloquetError) in
      let steady = try steadyStates(workingPrecision: working)
      let state = try steady.inFloquetBasis()
      guard state.rowCount == 4 else { throw .notTwoQubits(dimension: state.rowCount) }
      do throws(OpenSystemError) {
        let rule = try FloquetMeanConcurrence(steady.spectrum, state, precision: 80)
        return (try rule.value(bits: bits), [])
      } catch { throw .system(error) }
    }
  }
}
