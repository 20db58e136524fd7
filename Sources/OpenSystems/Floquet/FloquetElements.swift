import Algebra
import Arbitrary
import Exact

/// The matrix elements A^K_ac = Σ_L <u_a(L)|A|u_c(L+K)> of a coupling between Floquet modes, enclosed.
///
/// They are the Fourier coefficients of <u_a(t)|A|u_c(t)>. The products of stored vectors are summed in
/// rounded numbers with an a-priori bound of the rounding; the errors of the modes enter by the
/// inequality of Cauchy and Schwarz.
struct FloquetElements {
  /// Row by row of pairs (a, c): the K of the first stored value.
  let first: [Int]
  let values: [[ComplexInterval]]
  /// For each pair a bound of the l2 norm of A^K over all K that are not stored; 0 where there are none.
  let tails: [Real]
  /// A bound of the l2 norm of A^K over all K, and of that of ωK A^K.
  let norm: Real
  let slopeNorm: Real

  /// The products of numbers in the sums, at most.
  static var workLimit: Double { 1e9 }

  /// - Parameters:
  ///   - sectors: elements between modes of different sectors are zero.
  ///   - size: a bound of ‖H(t)‖ for every t.
  /// - Throws: ``FloquetError/limit(_:)`` where the sums are too long.
  init(
    _ coupling: Operator<Interval>, _ spectrum: FloquetSpectrum, isReal: Bool, sectors: [Int],
    size: Interval, precision p: Int
  ) throws(FloquetError) {
    let modes = spectrum.modes
    let n = modes.count
    let longest = Double(modes.map(\.components.count).max() ?? 0)
    let work = Double(n * n * n) * longest * (longest + Double(n))
    guard work <= Self.workLimit else {
      throw .limit("matrix elements between modes of \(Int(longest)) components: \(work) products")
    }
    let middle = coupling.map { element in
      Complex(
        re: element.re.midpoint.rounded(precision: p), im: element.im.midpoint.rounded(precision: p)
      )
    }
    let deviation = Matrix(rows: n, columns: n) { i, j in
      coupling[i, j]
        - ComplexInterval(re: Interval(middle[i, j].re), im: Interval(middle[i, j].im))
    }.frobenius(precision: p)
    let length = coupling.frobenius(precision: p) + deviation
    let isReal = isReal && coupling.elements.allSatisfy { $0.im.isZero }
    let images = modes.map { mode in
      mode.components.map { block in DenseColumns.multiply(middle, block) }
    }
    var first = [Int](repeating: 0, count: n * n)
    var values = [[ComplexInterval]](repeating: [], count: n * n)
    var tails = [Real](repeating: .zero, count: n * n)
    for a in 0..<n {
      for c in a..<n {
        let (u, v) = (modes[a], modes[c])
        let low = v.first - u.last
        let high = v.last - u.first
        first[a * n + c] = low
        first[c * n + a] = -high
        let count = high - low + 1
        guard sectors[a] == sectors[c] else {
          values[a * n + c] = [ComplexInterval](repeating: .zero, count: count)
          values[c * n + a] = values[a * n + c]
          continue
        }
        // Sums of N·d products of three factors and d terms: fewer than 4(Nd + 4d + 16) relative roundings,
        // with a factor 4 for the parts of complex products, of what Cauchy and Schwarz bound.
        let terms = u.components.count * n + 4 * n + 16
        let rounding = Interval.scale(
          Interval(16 * terms, precision: p), byPowerOfTwo: -p, precision: p)
        let (x, y) = (Interval(u.norm), Interval(v.norm))
        let errors =
          Interval(u.error) * y + x * Interval(v.error) + Interval(u.error) * Interval(v.error)
        let radius = (length * errors + (deviation + rounding * length) * x * y).upper
        var row: [ComplexInterval] = []
        row.reserveCapacity(count)
        for k in low...high {
          if a == c, k > 0 {
            // Hermitian: A^{-K}_aa is the conjugate of A^K_aa.
            row.append(row[-k - low].conj)
            continue
          }
          let sum = Self.sum(u, images[c], v.first, k, n, p)
          let value = ComplexInterval(re: Interval(sum.re), im: Interval(sum.im))
          row.append(
            isReal ? ComplexInterval(real: value.re.widened(by: radius)) : value.widened(by: radius)
          )
        }
        values[a * n + c] = row
        values[c * n + a] = row.reversed().map(\.conj)
        if spectrum.isDriven {
          // <u_a|A|u_c> - <w_a|A|w_c> = <δ_a|A|u_c> + <w_a|A|δ_c>, with |u_c(t)| = 1 and
          // |w_a(t)| ≤ Σ|w_a(n)| ≤ √N ‖w_a‖, at every t.
          let peak = Interval.sqrt(
            Interval(max(u.components.count, v.components.count)), precision: p)
          let tail =
            length * (Interval(u.error) + peak * Interval.maximum(x, y) * Interval(v.error))
          tails[a * n + c] = tail.upper
          tails[c * n + a] = tail.upper
        }
      }
    }
    self.first = first
    self.values = values
    self.tails = tails
    norm = length.upper
    // d/dt <u_a|A|u_c> is at most ‖A‖(|u̇_a| + |u̇_c|), and |u̇| = |(H - γ)u|.
    let energies = modes.reduce(Interval.zero) {
      Interval.maximum($0, Interval.abs($1.quasienergy))
    }
    slopeNorm = (Interval(2) * length * (size + energies)).upper
  }

  private static func sum(
    _ mode: FloquetMode, _ image: [[Complex<Real>]], _ imageFirst: Int, _ k: Int, _ n: Int, _ p: Int
  ) -> Complex<Real> {
    // L runs over the mode's components, L + K over those of the image.
    let low = max(mode.first, imageFirst - k)
    let high = min(mode.last, imageFirst + image.count - 1 - k)
    var re = Real(0, precision: p)
    var im = Real(0, precision: p)
    guard low <= high else { return Complex(re: re, im: im) }
    for l in low...high {
      let left = mode.components[l - mode.first]
      let right = image[l + k - imageFirst]
      for i in 0..<n {
        let (x, y) = (left[i], right[i])
        re = Real.fma(x.re, y.re, re, precision: p)
        if x.im.isZero, y.im.isZero { continue }
        re = Real.fma(x.im, y.im, re, precision: p)
        im = Real.fma(x.re, y.im, im, precision: p)
        im = Real.fma(-x.im, y.re, im, precision: p)
      }
    }
    return Complex(re: re, im: im)
  }
}
