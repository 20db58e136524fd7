import Algebra
import Arbitrary
import Exact

/// A steady state in rounded numbers, with what it leaves over.
public struct NumericSteadyState<F: FloatingField>: Sendable {
  /// The density matrix, of trace one up to rounding.
  public let state: Matrix<Complex<F>>
  /// The greatest |re| + |im| of an element of dρ/dt, over the greatest of the generator.
  public let residual: F
  /// The ratio of the smallest to the greatest pivot: near 2^(-precision) the state is not unique, or
  /// the precision does not tell.
  public let pivotRatio: F

  /// Solves Lρ = 0 with the first equation replaced by tr ρ = 1, by Gaussian elimination with partial
  /// pivoting on the dense superoperator.
  ///
  /// - Returns: a heuristic result: rounded, its residual measured, no bound proved.
  /// - Throws: ``OpenSystemError/singular(_:)`` where the ratio of pivots is below 2^8 units of the
  ///   last place; ``OpenSystemError/spaceTooLarge(limit:)``.
  /// - Complexity: O(n⁶) operations for dimension n.
  public init(_ model: Model<F>, precision: Int? = nil) throws(OpenSystemError) {
    try self.init(NumericGenerator(model, precision: precision))
  }

  /// As ``init(_:precision:)``, for a generator that is at hand.
  public init(_ generator: NumericGenerator<F>) throws(OpenSystemError) {
    let size = generator.matrix.rowCount
    let one = Complex(F.one.atPrecision(generator.precision))
    let scale = generator.matrix.elements.reduce(F.zero) { max($0, $1.cheapNorm) }
    // The condition is scaled to the size of the equations, for the pivots' sake.
    let unit = scale.isZero ? one : Complex(scale)
    var system = generator.matrix
    for column in 0..<size { system[0, column] = .zero }
    for level in 0..<generator.size { system[0, level * generator.size + level] = unit }
    var right = [Complex<F>](repeating: .zero, count: size)
    right[0] = unit
    let (solution, ratio) = try PartialPivoting.solve(system, right)
    guard ratio >= one.re.ulpOfOne.scaled(byPowerOfTwo: 8) else {
      throw .singular(
        "the stationary equations with trace one are singular to working precision; the steady "
          + "state is not unique, or needs more digits")
    }
    let n = generator.size
    let state = Matrix(rows: n, columns: n) { solution[$0 * n + $1] }
    let left = generator.derivative(of: state).elements.reduce(F.zero) { max($0, $1.cheapNorm) }
    self.state = state
    do {
      residual = scale.isZero ? left : try left / scale
    } catch { throw .arithmetic(error) }
    pivotRatio = ratio
  }
}

/// Gaussian elimination with partial pivoting, dense, in rounded complex numbers.
enum PartialPivoting {
  /// - Returns: the solution, and the ratio of the smallest to the greatest pivot.
  @specialized(where F == Double)
  static func solve<F: FloatingField>(
    _ matrix: Matrix<Complex<F>>, _ right: [Complex<F>]
  ) throws(OpenSystemError) -> (solution: [Complex<F>], pivotRatio: F) {
    let n = matrix.rowCount
    var a = matrix.elements
    var b = right
    var smallest: F?
    var greatest = F.zero
    do {
      for k in 0..<n {
        var pivot = k
        for row in k..<n where a[row * n + k].cheapNorm > a[pivot * n + k].cheapNorm {
          pivot = row
        }
        let size = a[pivot * n + k].cheapNorm
        guard size.isFinite, !size.isZero else {
          throw OpenSystemError.singular("a column without a pivot at step \(k) of \(n)")
        }
        smallest = smallest.map { min($0, size) } ?? size
        greatest = max(greatest, size)
        if pivot != k {
          for column in k..<n { a.swapAt(k * n + column, pivot * n + column) }
          b.swapAt(k, pivot)
        }
        let inverse = try Complex<F>.one / a[k * n + k]
        for row in (k + 1)..<n where !a[row * n + k].isZero {
          let factor = a[row * n + k] * inverse
          for column in (k + 1)..<n where !a[k * n + column].isZero {
            a[row * n + column] -= factor * a[k * n + column]
          }
          b[row] -= factor * b[k]
        }
      }
      var solution = [Complex<F>](repeating: .zero, count: n)
      for row in (0..<n).reversed() {
        var sum = b[row]
        for column in (row + 1)..<n where !a[row * n + column].isZero {
          sum -= a[row * n + column] * solution[column]
        }
        solution[row] = try sum / a[row * n + row]
      }
      let ratio = try (smallest ?? .one) / (greatest.isZero ? .one : greatest)
      return (solution, ratio)
    } catch let error as OpenSystemError {
      throw error
    } catch let error as ArithmeticError {
      throw .arithmetic(error)
    } catch {
      throw .singular("\(error)")
    }
  }
}
