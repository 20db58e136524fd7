import Algebra
import Arbitrary
import Exact

/// A Lindblad generator in a truncated Fock space, by the rows and columns of its operators:
/// dρ/dt = Gρ + ρG† + Σ LρL† with G = -iH - ½ΣL†L, rates within L.
struct FockGenerator<F: FloatingField> {
  typealias Line = [(index: Int, value: Complex<F>)]

  private let dimension: Int
  private let precision: Int
  /// Row i of G: the columns k with G_ik.
  private let effective: [Line]
  private let effectiveColumns: [[Int]]
  private let jumps: [[Line]]
  private let jumpColumns: [[[Int]]]

  init(
    _ hamiltonian: ModeOperator<Complex<F>>,
    _ channels: [(jump: ModeOperator<Complex<F>>, rate: F)], _ space: Space, _ precision: Int
  ) {
    let n = space.dimension
    var g = [[Int: Complex<F>]](repeating: [:], count: n)
    for entry in FockOperator.entries(hamiltonian, space, precision) {
      g[entry.row][entry.column, default: .zero] -= entry.value.timesI
    }
    var jumps: [[Line]] = []
    let half = Complex(F.half.atPrecision(precision))
    for channel in channels {
      let root = Complex(F.squareRoot(of: channel.rate.atPrecision(precision)))
      var rows = [Line](repeating: [], count: n)
      for entry in FockOperator.entries(channel.jump, space, precision) {
        let value = root * entry.value
        if !value.isZero { rows[entry.row].append((entry.column, value)) }
      }
      for row in rows {
        for left in row {
          for right in row {
            g[left.index][right.index, default: .zero] -= half * left.value.conj * right.value
          }
        }
      }
      jumps.append(rows)
    }
    func columns(_ rows: [Line]) -> [[Int]] {
      var result = [[Int]](repeating: [], count: n)
      for (row, line) in rows.enumerated() { for entry in line { result[entry.index].append(row) } }
      return result
    }
    dimension = n
    self.precision = precision
    effective = g.map { row in
      row.filter { !$0.value.isZero }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
    effectiveColumns = columns(effective)
    self.jumps = jumps
    jumpColumns = jumps.map(columns)
  }

  /// Calls `body` with the element (k, l) and the coefficient of ρ_kl in dρ_ij/dt.
  private func row(_ i: Int, _ j: Int, _ body: (Int, Complex<F>) -> Void) {
    for entry in effective[i] { body(entry.index * dimension + j, entry.value) }
    for entry in effective[j] { body(i * dimension + entry.index, entry.value.conj) }
    for jump in jumps {
      for left in jump[i] {
        for right in jump[j] {
          body(left.index * dimension + right.index, left.value * right.value.conj)
        }
      }
    }
  }

  /// The elements that are connected with the vacuum's population, by their distance from it, and
  /// where each is found. Elements at distances that differ by more than one are in no equation
  /// together, since distances count connections in either direction.
  func layers() -> (layers: [[Int]], place: [Int: (layer: Int, index: Int)]) {
    var place: [Int: (layer: Int, index: Int)] = [0: (0, 0)]
    var layers: [[Int]] = [[0]]
    while let last = layers.last {
      var next: [Int] = []
      func visit(_ element: Int) {
        if place[element] != nil { return }
        place[element] = (layers.count, next.count)
        next.append(element)
      }
      for element in last {
        let (i, j) = (element / dimension, element % dimension)
        row(i, j) { other, _ in visit(other) }
        for k in effectiveColumns[i] { visit(k * dimension + j) }
        for k in effectiveColumns[j] { visit(i * dimension + k) }
        for columns in jumpColumns {
          for k in columns[i] { for l in columns[j] { visit(k * dimension + l) } }
        }
      }
      if next.isEmpty { break }
      layers.append(next)
    }
    return (layers, place)
  }

  /// The stationary elements, with one for the vacuum's population.
  ///
  /// From the farthest layer inwards the equations of layer t give x_t = T_t·x_{t-1}. The equation of
  /// the vacuum's population, which the trace makes dependent on the others, is left out.
  func solve(
    _ layers: [[Int]], _ place: [Int: (layer: Int, index: Int)]
  ) throws(GaussianError) -> [[Complex<F>]] {
    let one = Complex(F.one.atPrecision(precision))
    var transfers: [[Complex<F>]] = Array(repeating: [], count: layers.count)
    var outer: [Complex<F>] = []
    for t in stride(from: layers.count - 1, to: 0, by: -1) {
      let (size, inner) = (layers[t].count, layers[t - 1].count)
      let outerSize = t + 1 < layers.count ? layers[t + 1].count : 0
      let zero = Complex<F>.zero
      var diagonal = [Complex<F>](repeating: zero, count: size * size)
      var lower = [Complex<F>](repeating: zero, count: size * inner)
      for (r, element) in layers[t].enumerated() {
        row(element / dimension, element % dimension) { other, value in
          guard let (layer, index) = place[other] else { return }
          if layer == t {
            diagonal[r * size + index] += value
          } else if layer < t {
            lower[r * inner + index] -= value
          } else {
            // x_{t+1} = T·x_t.
            for c in 0..<size { diagonal[r * size + c] += value * outer[index * size + c] }
          }
        }
      }
      precondition(outer.count == outerSize * size, "the transfer matrix of the next layer")
      try PivotedColumns.solve(&diagonal, size, &lower, inner)
      transfers[t] = lower
      outer = lower
    }
    var values: [[Complex<F>]] = [[one]]
    for t in 1..<max(1, layers.count) {
      let previous = values[t - 1]
      let matrix = transfers[t]
      values.append(
        (0..<layers[t].count).map { r in
          var sum = Complex<F>.zero
          for (c, value) in previous.enumerated() { sum += matrix[r * previous.count + c] * value }
          return sum
        })
    }
    return values
  }
}

/// Dense systems with several right sides, in place.
enum PivotedColumns {
  /// Gaussian elimination with partial pivoting of an n×n matrix, row by row; the right sides
  /// become the solutions.
  ///
  /// - Throws: ``GaussianError/notUnique(_:)`` for a pivot that is zero or not finite.
  @specialized(where F == Double)
  @specialized(where F == Real)
  static func solve<F: FloatingField>(
    _ a: inout [Complex<F>], _ n: Int, _ b: inout [Complex<F>], _ columns: Int
  ) throws(GaussianError) {
    for k in 0..<n {
      var pivot = k
      for row in (k + 1)..<max(n, k + 1)
      where a[row * n + k].cheapNorm > a[pivot * n + k].cheapNorm {
        pivot = row
      }
      let size = a[pivot * n + k].cheapNorm
      guard size.isFinite, !size.isZero else {
        throw .notUnique("the truncated stationary equations are singular")
      }
      if pivot != k {
        for column in k..<n { a.swapAt(k * n + column, pivot * n + column) }
        for column in 0..<columns { b.swapAt(k * columns + column, pivot * columns + column) }
      }
      let inverse: Complex<F>
      do { inverse = try Complex<F>.one / a[k * n + k] } catch { throw .arithmetic(error) }
      for row in (k + 1)..<max(n, k + 1) where !a[row * n + k].isZero {
        let factor = a[row * n + k] * inverse
        for column in (k + 1)..<n {
          let value = a[k * n + column]
          if !value.isZero { a[row * n + column] -= factor * value }
        }
        for column in 0..<columns {
          let value = b[k * columns + column]
          if !value.isZero { b[row * columns + column] -= factor * value }
        }
      }
    }
    for k in stride(from: n - 1, through: 0, by: -1) {
      let inverse: Complex<F>
      do { inverse = try Complex<F>.one / a[k * n + k] } catch { throw .arithmetic(error) }
      for column in 0..<columns {
        var sum = b[k * columns + column]
        for other in (k + 1)..<max(n, k + 1) where !a[k * n + other].isZero {
          sum -= a[k * n + other] * b[other * columns + column]
        }
        b[k * columns + column] = sum * inverse
      }
    }
  }
}
