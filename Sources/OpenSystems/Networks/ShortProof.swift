import Algebra
import Arbitrary
import Exact

/// Proofs of A > 0 by numbers of some thirty bits, whatever the size of A's own.
///
/// L and D of A - ε are computed in doubles and rounded to multiples of 2⁻³²; what is left of A, about ε on the
/// diagonal and roundings elsewhere, is diagonally dominant, which is checked exactly. Where A has no
/// margin of about ε, relative to its greatest diagonal element, there is no such proof.
enum ShortProof {
  static func find(_ matrix: Matrix<Complex<Rational>>) -> SeparabilityCertificate.Proof? {
    let n = matrix.rowCount
    let a = matrix.map { Complex(re: $0.re.approximateDouble, im: $0.im.approximateDouble) }
    let scale = (0..<n).reduce(1.0) { max($0, a[$1, $1].re) }
    guard scale < 1e6 else { return nil }
    var rest = a
    for i in 0..<n { rest[i, i] -= Complex(scale / 1_048_576) }
    var lower = Matrix<Complex<Rational>>(rows: n, columns: n)
    var pivots: [Rational] = []
    for k in 0..<n {
      let pivot = rest[k, k].re
      guard pivot > 0, let exact = rounded(pivot), exact > 0 else { return nil }
      pivots.append(exact)
      lower[k, k] = .one
      for i in (k + 1)..<max(n, k + 1) {
        let value = Complex(1 / pivot) * rest[i, k]
        guard let re = rounded(value.re), let im = rounded(value.im) else { return nil }
        lower[i, k] = Complex(re: re, im: im)
      }
      for i in (k + 1)..<max(n, k + 1) {
        for j in (k + 1)..<n {
          rest[i, j] -= Complex(1 / pivot) * rest[i, k] * rest[j, k].conj
        }
      }
    }
    guard isBelow(lower, pivots, matrix) else { return nil }
    return SeparabilityCertificate.Proof(
      order: Array(0..<n), lower: SeparabilityCertificate.grid(lower),
      pivots: pivots.map(\.description))
  }

  /// Whether A - L·D·L† is diagonally dominant.
  private static func isBelow(
    _ lower: Matrix<Complex<Rational>>, _ pivots: [Rational],
    _ matrix: Matrix<Complex<Rational>>
  ) -> Bool {
    let n = matrix.rowCount
    let scaled = Matrix<Complex<Rational>>(rows: n, columns: n) { pivots[$1] * lower[$0, $1] }
    let rest = matrix - scaled * lower.adjoint()
    return (0..<n).allSatisfy { i in
      // Rounded to the side of doubt, as the checker does.
      let others = (0..<n).filter { $0 != i }.reduce(Integer(0)) {
        $0 - units(-rest[i, $1].re.magnitude) - units(-rest[i, $1].im.magnitude)
      }
      return !(units(rest[i, i].re) < others)
    }
  }

  /// The greatest multiple of 2⁻⁶⁴ that is not above a number, in these units.
  private static func units(_ value: Rational) -> Integer {
    (Rational(Integer(1) << 64) * value).floor
  }

  private static func rounded(_ value: Double) -> Rational? {
    guard value.magnitude < 1e9 else { return nil }
    return try? Rational(Integer(Int((value * 4_294_967_296).rounded())), 4_294_967_296)
  }
}
