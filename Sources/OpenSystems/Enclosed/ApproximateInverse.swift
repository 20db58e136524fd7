import Foundation

/// A matrix in doubles, row after row, and its approximate inverse.
enum ApproximateInverse {
  /// The inverse by elimination in place with row exchanges (Gauss and Jordan), about 2n³ operations.
  ///
  /// - Returns: rounded numbers about which nothing is promised; nil where a column has no pivot.
  static func of(_ matrix: [Double], size n: Int) -> [Double]? {
    var a = matrix
    var exchanges: [(Int, Int)] = []
    let isDone = a.withUnsafeMutableBufferPointer { buffer -> Bool in
      guard let base = buffer.baseAddress else { return n == 0 }
      var pivotRow = [Double](repeating: 0, count: n)
      return pivotRow.withUnsafeMutableBufferPointer { copy -> Bool in
        for k in 0..<n {
          var pivot = k
          for row in k..<n where Swift.abs(base[row * n + k]) > Swift.abs(base[pivot * n + k]) {
            pivot = row
          }
          let value = base[pivot * n + k]
          guard value.isFinite, value != 0 else { return false }
          if pivot != k {
            for column in 0..<n {
              let held = base[k * n + column]
              base[k * n + column] = base[pivot * n + column]
              base[pivot * n + column] = held
            }
            exchanges.append((k, pivot))
          }
          base[k * n + k] = 1
          for column in 0..<n {
            base[k * n + column] /= value
            copy[column] = base[k * n + column]
          }
          for row in 0..<n where row != k {
            let line = base + row * n
            let factor = line[k]
            if factor == 0 { continue }
            line[k] = 0
            for column in 0..<n { line[column] -= factor * copy[column] }
          }
        }
        // Exchanges of rows are exchanges of the inverse's columns, the last one first.
        for (k, pivot) in exchanges.reversed() {
          for row in 0..<n {
            let held = base[row * n + k]
            base[row * n + k] = base[row * n + pivot]
            base[row * n + pivot] = held
          }
        }
        return true
      }
    }
    return isDone && a.allSatisfy(\.isFinite) ? a : nil
  }
}
