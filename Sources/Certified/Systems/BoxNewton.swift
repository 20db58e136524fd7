import Arbitrary

/// Newton's method over boxes of doubles: what a system of equations with enclosed slopes leaves of a box.
///
/// For points x, m of a box X the difference f(x) - f(m) is A·(x - m) with some matrix A in the enclosure J: going
/// from m to x along one axis after the other, each step is a difference quotient along its axis times the step.
/// No derivative need exist. With a matrix Y every zero x of f in X satisfies
///
///     (Y·A)(x - m) = -Y·f(m)                                      (1)
///     x = m - Y·f(m) + (I - Y·A)(x - m)                           (2)
///
/// - (1), solved for one coordinate after the other, narrows X (Hansen, Sengupta 1981).
/// - If |I - Y·J|·r < r in each component, r > 0 the radii of X, then the spectral radius of |I - Y·J| is less than one, so
///   Y and every A in J are regular: X has at most one zero, as f(x) = f(y) means A(x - y) = 0.
/// - If the right side K(X) of (2) lies in the interior of X, there is exactly one zero in X, and it is in K(X): x - Y·f(x) is
///   continuous and maps X into K(X), so it has a fixed point (Brouwer), which is a zero as Y is regular; and K(X) is
///   at least as wide as |I - Y·J|·r, so the other condition holds too (Krawczyk 1969; Moore 1977).
struct BoxNewton {
  let box: [DoubleInterval]
  let middle: [Double]
  /// Y·J.
  let matrix: [[DoubleInterval]]
  /// Y·f(m).
  let residual: [DoubleInterval]

  /// - Parameters:
  ///   - value: an enclosure of f at `middle`, a point of the box.
  /// - Returns: nil where the middle of the slopes has no inverse.
  init?(
    box: [DoubleInterval], middle: [Double], value: [DoubleInterval],
    slopes: [[DoubleInterval]]
  ) {
    guard let inverse = Self.inverse(slopes.map { $0.map(\.midpoint) }) else { return nil }
    self.box = box
    self.middle = middle
    let all = box.indices
    matrix = all.map { row in
      all.map { column in
        all.reduce(DoubleInterval.zero) {
          $0 + DoubleInterval(point: inverse[row][$1]) * slopes[$1][column]
        }
      }
    }
    residual = all.map { row in
      all.reduce(DoubleInterval.zero) { $0 + DoubleInterval(point: inverse[row][$1]) * value[$1] }
    }
  }

  private func step(_ index: Int) -> DoubleInterval {
    box[index] - DoubleInterval(point: middle[index])
  }

  /// Whether the box has at most one zero.
  var isRegular: Bool {
    box.indices.allSatisfy { row in
      let radius = box[row].width / 2
      var sum = DoubleInterval.zero
      for column in box.indices {
        let entry = defect(row, column)
        sum =
          sum + DoubleInterval(point: entry.magnitude)
          * DoubleInterval(point: box[column].width / 2)
      }
      // Any vector of positive numbers will do for r, so that their rounding does not matter.
      return sum.upper < radius
    }
  }

  private func defect(_ row: Int, _ column: Int) -> DoubleInterval {
    row == column ? DoubleInterval(point: 1) - matrix[row][column] : -matrix[row][column]
  }

  /// K(X).
  var image: [DoubleInterval] {
    box.indices.map { row in
      box.indices.reduce(DoubleInterval(point: middle[row]) - residual[row]) {
        $0 + defect(row, $1) * step($1)
      }
    }
  }

  /// K(X) where it lies in the interior of the box: then it holds the only zero in the box.
  var provedImage: [DoubleInterval]? {
    let image = image
    return zip(image, box).allSatisfy { $0.lower > $1.lower && $0.upper < $1.upper } ? image : nil
  }

  /// A box around all zeros in the box; nil where there are none.
  func narrowed() -> [DoubleInterval]? {
    var steps = box.indices.map { step($0) }
    var result = box
    for row in box.indices {
      var sum = residual[row]
      for column in box.indices where column != row {
        sum = sum + matrix[row][column] * steps[column]
      }
      let pivot = matrix[row][row]
      let part: DoubleInterval
      if !pivot.containsZero {
        guard
          let cut = (DoubleInterval(point: middle[row]) - sum / pivot).intersection(result[row])
        else { return nil }
        part = cut
      } else if sum.containsZero {
        continue
      } else {
        guard let cut = Self.outside(sum, pivot, middle[row], result[row]) else { return nil }
        part = cut
      }
      result[row] = part
      steps[row] = part - DoubleInterval(point: middle[row])
    }
    return result
  }

  /// What is left of an interval by pivot·(x - m) = -sum, where the pivot may be zero and the sum is not: x lies on one
  /// side of a gap around m or on the other.
  private static func outside(
    _ sum: DoubleInterval, _ pivot: DoubleInterval, _ middle: Double, _ box: DoubleInterval
  ) -> DoubleInterval? {
    let size = DoubleInterval(point: sum.mignitude)
    let m = DoubleInterval(point: middle)
    // The sign of x - m is that of -sum·pivot; |x - m| is at least |sum| over the greatest pivot of that sign.
    let (up, down) = sum.upper < 0 ? (pivot.upper, -pivot.lower) : (-pivot.lower, pivot.upper)
    var above: DoubleInterval?
    var below: DoubleInterval?
    if up > 0 {
      let edge = (m + size / DoubleInterval(point: up)).lower
      if edge <= box.upper { above = DoubleInterval(max(edge, box.lower), box.upper) }
    }
    if down > 0 {
      let edge = (m - size / DoubleInterval(point: down)).upper
      if edge >= box.lower { below = DoubleInterval(box.lower, min(edge, box.upper)) }
    }
    guard let above else { return below }
    return below.map { $0.union(above) } ?? above
  }

  /// The inverse by elimination with pivots of greatest size, not certified; nil where there is none.
  static func inverse(_ matrix: [[Double]]) -> [[Double]]? {
    let count = matrix.count
    var work = matrix
    var result = (0..<count).map { row in (0..<count).map { $0 == row ? 1.0 : 0 } }
    // Rows of one size, so that pivots can be compared.
    for row in 0..<count {
      let size = work[row].map(\.magnitude).max() ?? 0
      guard size > 0, size.isFinite else { return nil }
      for column in 0..<count {
        work[row][column] /= size
        result[row][column] /= size
      }
    }
    for column in 0..<count {
      guard
        let pivot = (column..<count).max(by: {
          work[$0][column].magnitude < work[$1][column].magnitude
        }), work[pivot][column].magnitude > 1e-300
      else { return nil }
      work.swapAt(pivot, column)
      result.swapAt(pivot, column)
      let scale = 1 / work[column][column]
      for k in 0..<count {
        work[column][k] *= scale
        result[column][k] *= scale
      }
      for row in 0..<count where row != column {
        let factor = work[row][column]
        if factor == 0 { continue }
        for k in 0..<count {
          work[row][k] -= factor * work[column][k]
          result[row][k] -= factor * result[column][k]
        }
      }
    }
    return result.allSatisfy { $0.allSatisfy(\.isFinite) } ? result : nil
  }
}
