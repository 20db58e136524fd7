import Algebra
import Arbitrary
import Exact

/// The stationary density matrix of a Floquet–Born–Markov generator in rounded numbers, and a factor of it.
///
/// With r_c the coherences and r_p the populations, the equations of the former give
/// r_c = -(iΔ + sL_cc)⁻¹ sL_cp r_p; what is left is a system of rates W_ab between populations,
/// whose columns sum to zero since the trace is conserved. It is solved without subtractions (Grassmann,
/// Taksar and Heyman 1985), so that populations are right relative to themselves however
/// small they are.
final class FloquetKinetics<F: PhaseField> {
  let size: Int
  let precision: Int
  /// r, row by row.
  let state: ComplexBuffer<F>
  /// A square matrix B with r = B B†.
  let factor: ComplexBuffer<F>
  private let coherences: ComplexBuffer<F>
  private let sources: ComplexBuffer<F>
  private let sums: ComplexBuffer<F>
  private var rates: [F]
  private var populations: [F]
  private var order: [Int]
  private let places: [(Int, Int)]

  init(size: Int, precision: Int) {
    self.size = size
    self.precision = precision
    let square = size * size
    let count = square - size
    state = ComplexBuffer(square, precision: precision)
    factor = ComplexBuffer(square, precision: precision)
    coherences = ComplexBuffer(count * count, precision: precision)
    sources = ComplexBuffer(count * size, precision: precision)
    sums = ComplexBuffer(square, precision: precision)
    rates = [F](repeating: .zero, count: square)
    populations = [F](repeating: .zero, count: size)
    order = Array(0..<size)
    places = (0..<square).map { ($0 / size, $0 % size) }.filter { $0.0 != $0.1 }
  }

  /// L0_{ab,cd} without the scale, from T_{PQ} = Σ_K g_P A_P conj(A_Q):
  /// δ_bd S_ca + δ_ac conj(S_db) - T_(ac)(bd) - conj(T_(bd)(ac)), S_ca = Σ_e T_(ec)(ea).
  private func element(
    _ t: ComplexBuffer<F>, _ a: Int, _ b: Int, _ c: Int, _ d: Int
  ) -> Complex<F> {
    let n = size
    let p = a * n + c
    let q = b * n + d
    var value = -(t[p * n * n + q] + t[q * n * n + p].conj)
    if b == d { value = value + sums[c * n + a] }
    if a == c { value = value + sums[d * n + b].conj }
    return value
  }

  /// - Parameter scale: the rate between populations over R_{aa,bb}.
  /// - Throws: ``FloquetError/notUnique(dimension:reason:)`` where rates vanish and more than one
  ///   class of states stays occupied, ``FloquetError/uniquenessUndecided(_:)``.
  func solve(
    _ t: ComplexBuffer<F>, _ quasienergies: [F], scale: F, isSecular: Bool
  ) throws(FloquetError) {
    let n = size
    let half = scale.scaled(byPowerOfTwo: -1)
    for a in 0..<n {
      for b in 0..<n {
        // The rate from b to a.
        let pair = a * n + b
        rates[pair] = a == b ? .zero : scale * t.re[pair * n * n + pair]
      }
    }
    if !isSecular, n > 1 { try addCoherences(t, quasienergies, half) }
    try solvePopulations()
    for k in 0..<(n * n) { state[k] = .zero }
    for a in 0..<n { state[a * n + a] = Complex(populations[a]) }
    if !isSecular {
      for (row, (a, b)) in places.enumerated() {
        var sum = Complex<F>.zero
        for c in 0..<n { sum = sum + populations[c] * sources[row * n + c] }
        state[a * n + b] = sum
      }
      for a in 0..<n {
        for b in (a + 1)..<max(n, a + 1) {
          let mean = state[a * n + b] + state[b * n + a].conj
          state[a * n + b] = Complex(
            re: mean.re.scaled(byPowerOfTwo: -1), im: mean.im.scaled(byPowerOfTwo: -1))
          state[b * n + a] = state[a * n + b].conj
        }
      }
    }
    factorise()
  }

  /// -(iΔ + sL0) on row-major r; of the secular generator populations, and the decay of each coherence.
  func generator(
    _ t: ComplexBuffer<F>, _ quasienergies: [F], scale: F, isSecular: Bool
  ) -> Operator<F> {
    let n = size
    let half = scale.scaled(byPowerOfTwo: -1)
    addSums(t)
    return Matrix(rows: n * n, columns: n * n) { row, column in
      let (a, b, c, d) = (row / n, row % n, column / n, column % n)
      if isSecular, row != column, a != b || c != d { return .zero }
      let value = -(half * element(t, a, b, c, d))
      guard row == column else { return value }
      return Complex(re: value.re, im: value.im - (quasienergies[a] - quasienergies[b]))
    }
  }

  private func addSums(_ t: ComplexBuffer<F>) {
    let n = size
    for c in 0..<n {
      for a in 0..<n {
        var sum = Complex<F>.zero
        for e in 0..<n { sum = sum + t[(e * n + c) * n * n + e * n + a] }
        sums[c * n + a] = sum
      }
    }
  }

  private func addCoherences(
    _ t: ComplexBuffer<F>, _ quasienergies: [F], _ half: F
  ) throws(FloquetError) {
    let n = size
    addSums(t)
    let count = places.count
    for (row, (a, b)) in places.enumerated() {
      for (column, (c, d)) in places.enumerated() {
        var value = half * element(t, a, b, c, d)
        if row == column {
          value = Complex(re: value.re, im: value.im + (quasienergies[a] - quasienergies[b]))
        }
        coherences[row * count + column] = value
      }
      for c in 0..<n { sources[row * n + c] = -(half * element(t, a, b, c, c)) }
    }
    guard DenseBuffers.solve(coherences, count, sources, n) else {
      throw .uniquenessUndecided("a coherence that neither turns nor decays")
    }
    for a in 0..<n {
      for b in 0..<n where a != b {
        var sum = F.zero
        for (row, (c, d)) in places.enumerated() {
          sum += (element(t, a, a, c, d) * sources[row * n + b]).re
        }
        rates[a * n + b] -= half * sum
      }
    }
  }

  /// The stationary populations of the rates, states with the greatest outflow eliminated first.
  private func solvePopulations() throws(FloquetError) {
    let n = size
    var left = n
    for k in 0..<n { order[k] = k }
    while left > 1 {
      var best = 0
      var most = F.zero
      for i in 0..<left {
        var flow = F.zero
        for j in 0..<left where j != i { flow += rates[order[j] * n + order[i]] }
        if i == 0 || flow > most {
          best = i
          most = flow
        }
      }
      guard most > .zero, most.isFinite else {
        throw .notUnique(
          dimension: left,
          reason: "no rate, as computed, leads out of \(left) states or classes of them")
      }
      order.swapAt(best, left - 1)
      left -= 1
      let k = order[left]
      for j in 0..<left {
        guard let share = try? rates[order[j] * n + k] / most else { continue }
        // What flows into k from i goes on to j.
        for i in 0..<left where i != j {
          rates[order[j] * n + order[i]] += share * rates[k * n + order[i]]
        }
      }
      populations[k] = most
    }
    populations[order[0]] = F.one.atPrecision(precision)
    var total = populations[order[0]]
    for m in 1..<max(n, 1) {
      let k = order[m]
      var inflow = F.zero
      for j in 0..<m { inflow += rates[k * n + order[j]] * populations[order[j]] }
      guard let value = try? inflow / populations[k] else { continue }
      populations[k] = value
      total += value
    }
    for k in 0..<n { if let value = try? populations[k] / total { populations[k] = value } }
  }

  /// Cholesky's factor with pivots; what rounding makes of vanishing remainders is left out.
  private func factorise() {
    let n = size
    let r = coherences
    let work = r.count >= n * n ? r : sums
    for k in 0..<(n * n) {
      work[k] = state[k]
      factor[k] = .zero
    }
    for k in 0..<n { order[k] = k }
    for step in 0..<n {
      var pivot = step
      for i in step..<n
      where work.re[order[i] * (n + 1)] > work.re[order[pivot] * (n + 1)] { pivot = i }
      order.swapAt(step, pivot)
      let p = order[step]
      let top = work.re[p * (n + 1)]
      guard top > .zero else { return }
      let root = F.squareRoot(of: top)
      factor[p * n + step] = Complex(root)
      for i in (step + 1)..<max(n, step + 1) {
        let row = order[i]
        guard let re = try? work.re[row * n + p] / root, let im = try? work.im[row * n + p] / root
        else { continue }
        factor[row * n + step] = Complex(re: re, im: im)
      }
      for i in (step + 1)..<max(n, step + 1) {
        for j in (step + 1)..<max(n, step + 1) {
          let (row, column) = (order[i], order[j])
          work[row * n + column] =
            work[row * n + column] - factor[row * n + step] * factor[column * n + step].conj
        }
      }
    }
  }
}
