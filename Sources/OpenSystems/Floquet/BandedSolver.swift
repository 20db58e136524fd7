import Exact

/// The factors of a banded complex matrix in doubles, by elimination with row pivots.
///
/// Row i holds the columns i - b ... i + 2b for the half bandwidth b, which is what pivots fill.
struct BandedSolver {
  let size: Int
  let band: Int
  private let width: Int
  private let re: [Double]
  private let im: [Double]
  private let pivots: [Int]

  /// The numbers stored at most: 2^25 complex ones.
  static var limit: Int { 1 << 25 }

  /// - Parameter fill: called once with a function that adds a number at (row, column) within the band.
  /// - Throws: ``FloquetError/limit(_:)``.
  init(
    size: Int, band: Int, _ fill: ((Int, Int, Double, Double) -> Void) -> Void
  ) throws(FloquetError) {
    self.size = size
    self.band = band
    width = 3 * band + 1
    guard size.multipliedReportingOverflow(by: width).partialValue <= Self.limit else {
      throw .limit("a Floquet matrix of \(size) rows with a band of \(band)")
    }
    var a = [Double](repeating: 0, count: size * width)
    var b = a
    fill { row, column, x, y in
      a[row * (3 * band + 1) + column - row + band] += x
      b[row * (3 * band + 1) + column - row + band] += y
    }
    pivots = Self.factor(&a, &b, size, band)
    re = a
    im = b
  }

  /// Eliminates in place; reciprocals of the pivots are on the diagonal.
  private static func factor(
    _ re: inout [Double], _ im: inout [Double], _ n: Int, _ b: Int
  ) -> [Int] {
    let w = 3 * b + 1
    var pivots = Array(0..<n)
    re.withUnsafeMutableBufferPointer { x in
      im.withUnsafeMutableBufferPointer { y in
        for k in 0..<n {
          let last = min(k + b, n - 1)
          let right = min(k + 2 * b, n - 1)
          var pivot = k
          var best = -1.0
          for i in k...last {
            let place = i * w + k - i + b
            let size = x[place] * x[place] + y[place] * y[place]
            if size > best {
              best = size
              pivot = i
            }
          }
          pivots[k] = pivot
          if pivot != k {
            for j in k...right {
              x.swapAt(k * w + j - k + b, pivot * w + j - pivot + b)
              y.swapAt(k * w + j - k + b, pivot * w + j - pivot + b)
            }
          }
          let place = k * w + b
          // Singular to working precision: of the solution the direction is wanted, not the length.
          if best == 0 { x[place] = 1e-100 }
          let (u, v) = reciprocal(x[place], y[place])
          x[place] = u
          y[place] = v
          for i in (k + 1)..<max(last + 1, k + 1) {
            let start = i * w + k - i + b
            let (p, q) = (x[start] * u - y[start] * v, x[start] * v + y[start] * u)
            x[start] = p
            y[start] = q
            if p == 0 && q == 0 { continue }
            for j in (k + 1)..<max(right + 1, k + 1) {
              let to = start + j - k
              let from = place + j - k
              x[to] -= p * x[from] - q * y[from]
              y[to] -= p * y[from] + q * x[from]
            }
          }
        }
      }
    }
    return pivots
  }

  private static func reciprocal(_ x: Double, _ y: Double) -> (Double, Double) {
    let scale = max(x.magnitude, y.magnitude)
    let (a, b) = (x / scale, y / scale)
    let square = (a * a + b * b) * scale
    return (a / square, -b / square)
  }

  /// Overwrites the right-hand side with the solution.
  func solve(_ x: inout [Double], _ y: inout [Double]) {
    let (n, b, w) = (size, band, width)
    for k in 0..<n {
      let p = pivots[k]
      if p != k {
        x.swapAt(k, p)
        y.swapAt(k, p)
      }
      for i in (k + 1)..<max(min(k + b, n - 1) + 1, k + 1) {
        let place = i * w + k - i + b
        x[i] -= re[place] * x[k] - im[place] * y[k]
        y[i] -= re[place] * y[k] + im[place] * x[k]
      }
    }
    for k in (0..<n).reversed() {
      let place = k * w + b
      var (s, t) = (x[k], y[k])
      for j in (k + 1)..<max(min(k + 2 * b, n - 1) + 1, k + 1) {
        let from = place + j - k
        s -= re[from] * x[j] - im[from] * y[j]
        t -= re[from] * y[j] + im[from] * x[j]
      }
      x[k] = s * re[place] - t * im[place]
      y[k] = s * im[place] + t * re[place]
    }
  }
}
