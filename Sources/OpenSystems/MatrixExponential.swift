import Algebra
import Arbitrary
import Exact

/// exp(A) for every member A of an enclosed matrix.
///
/// A/2^s of norm at most 1/16 by its Taylor polynomial, with the rest of the series
/// bounded in the norm of row sums, which bounds each element; then s squarings. A squaring can multiply the widths by
/// about 2n, which is why ``lostBits(norm:size:)`` more bits are needed than are wanted.
///
/// **Guarantee:** encloses.
enum MatrixExponential {
  /// The most squarings that are taken.
  static var largestSquarings: Int { 4096 }

  /// The bits by which an exponential of a matrix of this norm is less precise than the matrix, about.
  static func lostBits(norm: Double, size: Int) -> Int {
    guard norm.isFinite, norm > 0 else { return 0 }
    let squarings = max(Int(norm.exponent) + 5, 0)
    return squarings * (2 + Int(Double(max(size, 1)).exponent))
  }

  /// - Throws: ``OpenSystemError/shape(what:expected:rows:columns:)``; ``OpenSystemError/domain(_:)`` for elements
  ///   without bounds and for norms beyond 2^4096.
  /// - Complexity: O((s + m)·n³) for a polynomial of degree m.
  /// - Source: Higham 2005 for scaling and squaring.
  static func enclosing(
    _ matrix: Matrix<ComplexInterval>, precision p: Int
  ) throws(OpenSystemError) -> Matrix<ComplexInterval> {
    let n = matrix.rowCount
    guard matrix.isSquare else {
      throw .shape(what: "an exponent", expected: n, rows: n, columns: matrix.columnCount)
    }
    guard n > 0 else { return matrix }
    var norm = Real.zero
    for row in 0..<n {
      var sum = Interval(0, precision: 64)
      for column in 0..<n {
        let element = matrix[row, column]
        guard element.re.isBounded, element.im.isBounded else {
          throw .domain("the exponential of a matrix with elements that have no bound")
        }
        sum = Interval.add(
          sum, Interval.abs(element.re) + Interval.abs(element.im), precision: 64)
      }
      norm = Real.maximum(norm, sum.upper)
    }
    guard norm.isFinite, let exponent = norm.isZero ? 0 : norm.exponent else {
      throw .domain("the exponential of a matrix without bounds")
    }
    let squarings = norm.isZero ? 0 : max(exponent + 5, 0)
    guard squarings <= largestSquarings else {
      throw .domain("the exponential of a matrix of norm 2^\(exponent)")
    }
    let step = matrix.map { element in
      ComplexInterval(
        re: Interval.scale(element.re, byPowerOfTwo: -squarings, precision: p),
        im: Interval.scale(element.im, byPowerOfTwo: -squarings, precision: p))
    }
    let size = Interval.scale(Interval(norm), byPowerOfTwo: -squarings, precision: 64)
    var sum = Matrix<ComplexInterval>.identity(n)
    var term = sum
    // A bound of the norm of the next term; the ones after it are at most halves of their predecessors.
    var next = size
    var order = 0
    while !next.isZero, (next.upper.exponent ?? Int.min) > -p - 8 {
      order += 1
      let share = Interval.div(Interval.one, Interval(order), precision: p)
      term = (term * step).map { ComplexInterval(re: $0.re * share, im: $0.im * share) }
      sum = sum + term
      next = Interval.div(
        Interval.mul(next, size, precision: 64), Interval(order + 1), precision: 64)
    }
    if !next.isZero {
      let rest = Interval.scale(next, byPowerOfTwo: 1, precision: 64).upper
      sum = sum.map { $0.widened(by: rest) }
    }
    for _ in 0..<squarings {
      sum = (sum * sum).map {
        ComplexInterval(re: $0.re.rounded(precision: p), im: $0.im.rounded(precision: p))
      }
    }
    return sum
  }
}
