import Algebra
import Arbitrary
import Dispatch
import Exact
import Synchronization

/// Driven systems one after the other in rounded numbers, as for maps: memory is kept between them, and the
/// number of points of the period is found by itself.
///
/// **Guarantee:** none, as for ``PropagatedFloquet``; an object belongs to one thread at a time.
public final class FloquetWorkspace<F: PhaseField> {
  private var solvers: [Int: PropagatedFloquet<F>] = [:]
  public var options: FloquetOptions
  private let size: Int
  private let precision: Int

  /// What is left of the Fourier series of matrix elements at the highest frequencies of the grid.
  private let tolerance: Double

  /// - Parameter precision: in bits, of numbers that have any; at most 1000.
  public init(size: Int, options: FloquetOptions = FloquetOptions(), precision: Int = 53) {
    self.size = size
    self.options = options
    self.precision = min(max(precision, 53), 1000)
    tolerance = Double(sign: .plus, exponent: 7 - self.precision, significand: 1)
  }

  /// The solved system with its steady state.
  ///
  /// - Throws: as ``PropagatedFloquet/solve(_:baths:options:)``; ``FloquetError/limit(_:)`` where 16384
  ///   points do not resolve the period.
  public func solve(
    _ system: DrivenSystem<F>, baths: [(F) -> F]
  ) throws(FloquetError) -> PropagatedFloquet<F> {
    var strength = 0.0
    for harmonic in system.harmonics {
      var greatest = 0.0
      for row in 0..<size {
        var sum = 0.0
        for column in 0..<size {
          sum += harmonic.operation[row, column].cheapNorm.approximateDouble
        }
        greatest = max(greatest, sum)
      }
      strength += 2 * Double(harmonic.order) * greatest
    }
    strength /= system.frequency.approximateDouble
    guard strength < 2000 else { throw .limit("a drive of \(strength) times its frequency") }
    var points = 32
    let needed = (24 + 8 * strength) * (Double(precision) / 53).squareRoot()
    while Double(points) < needed, points < 16384 { points *= 2 }
    while true {
      let solver: PropagatedFloquet<F>
      if let known = solvers[points] {
        solver = known
      } else {
        solver = try PropagatedFloquet(size: size, points: points, precision: precision)
        solvers[points] = solver
      }
      try solver.solve(system, baths: baths, options: options)
      if solver.resolution < tolerance {
        try solver.findSteadyState(options: options)
        return solver
      }
      points *= 2
    }
  }
}

/// Tables of numbers over two parameters of driven systems, in doubles and on several threads.
public enum FloquetMap {
  /// - Parameters:
  ///   - threads: at least one; each has a workspace of its own.
  ///   - value: of a place (column of x, row of y), with the workspace of the thread.
  /// - Returns: row by row; NaN where an error was thrown.
  public static func table(
    columns: Int, rows: Int, size: Int, options: FloquetOptions = FloquetOptions(), threads: Int,
    value: @Sendable (Int, Int, FloquetWorkspace<Double>) throws -> Double
  ) -> [Double] {
    let next = Mutex(0)
    let table = Mutex([Double](repeating: .nan, count: max(columns * rows, 0)))
    DispatchQueue.concurrentPerform(iterations: max(threads, 1)) { _ in
      let workspace = FloquetWorkspace<Double>(size: size, options: options)
      while true {
        let row = next.withLock { next in
          defer { next += 1 }
          return next
        }
        if row >= rows { break }
        let line = (0..<columns).map { (try? value($0, row, workspace)) ?? .nan }
        table.withLock { table in
          for (column, number) in line.enumerated() { table[row * columns + column] = number }
        }
      }
    }
    return table.withLock { $0 }
  }
}

extension BathFunction {
  /// The Ohmic bath of ``ohmic(strength:cutoff:temperature:)`` in doubles: what underflows is zero.
  public static func ohmicInDoubles(
    strength: Double, cutoff: Double?, temperature: Double
  ) -> (Double) -> Double {
    { x in
      if x == 0 { return strength * temperature }
      let decay = cutoff.map { Double.exponential(-x.magnitude / $0) } ?? 1
      return strength * x * decay / Double.exponentialMinusOne(x / temperature)
    }
  }
}
