import Algebra
import Arbitrary
import Exact

/// ρ(t) = exp(Lt) ρ(0) in rounded numbers: a road to long times that solves no linear system.
public struct TimeEvolution<F: FloatingField>: Sendable {
  public let generator: NumericGenerator<F>

  /// - Throws: as ``NumericGenerator/init(_:precision:)``.
  public init(_ model: Model<F>, precision: Int? = nil) throws(OpenSystemError) {
    generator = try NumericGenerator(model, precision: precision)
  }

  public init(_ generator: NumericGenerator<F>) { self.generator = generator }

  /// exp(Lt) on row-major vec(ρ), by scaling and squaring of a Taylor polynomial.
  ///
  /// With ‖Lt‖₁/2^s ≤ ½ the polynomial of degree m leaves less than (½)^(m+1)·2/(m+1)!, which is
  /// brought below a unit of the last place. The s squarings can each double the error; over `Real`
  /// they are done with that many bits more, over doubles they cost them.
  ///
  /// - Parameter time: in units of 1/rate; at least 0.
  /// - Throws: ``OpenSystemError/domain(_:)`` for a time below zero or not finite, or so long that more
  ///   than 1000 squarings are needed.
  /// - Complexity: O((s + m)·n⁶) operations for dimension n.
  /// - Source: Higham 2005 for scaling and squaring.
  @specialized(where F == Double)
  @specialized(where F == Real)
  public func propagator(time: F) throws(OpenSystemError) -> Matrix<Complex<F>> {
    guard time >= .zero, time.isFinite else { throw .domain("evolution by the time \(time)") }
    let bits = generator.precision
    let norm = (columnSumNorm(generator.matrix) * time).approximateDouble
    guard norm.isFinite else { throw .domain("evolution by the time \(time): too long") }
    let squarings = norm > 0.5 ? Int(norm.exponent) + 2 : 0
    guard squarings <= 1000 else { throw .domain("evolution by the time \(time): too long") }
    let working = bits + 2 * squarings + 16
    let scaledTime = time.atPrecision(working).scaled(byPowerOfTwo: -squarings)
    let step = Complex(scaledTime) * generator.matrix.map { $0.atPrecision(working) }
    var sum = Matrix<Complex<F>>.identity(step.rowCount).map { $0.atPrecision(working) }
    var term = sum
    var bound = 1.0
    var order = 0
    // Twice the next term bounds the rest; log2 so that thousands of digits do not underflow.
    while bound > -Double(min(working, sum.elements[0].precision)) - 2 || order < 2 {
      order += 1
      term = Complex(F.inverse(of: order, precision: working)) * (term * step)
      sum = sum + term
      bound = order == 1 ? -1 : bound - 1 - Double(order).binaryLogarithm
    }
    for _ in 0..<squarings { sum = sum * sum }
    return sum.map { $0.atPrecision(bits) }
  }

  /// The state at a time.
  ///
  /// - Throws: as ``propagator(time:)``; ``OpenSystemError/shape(what:expected:rows:columns:)``.
  public func state(
    at time: F, from initial: Matrix<Complex<F>>
  ) throws(OpenSystemError) -> Matrix<Complex<F>> {
    try checkShape(initial)
    return apply(try propagator(time: time), to: initial)
  }

  /// The state that a long evolution reaches, and the time that was enough.
  public struct Limit: Sendable {
    public let state: Matrix<Complex<F>>
    /// The time after which a doubling changed no element by more than the tolerance.
    public let time: F
    public let squarings: Int
  }

  /// The propagator of the time 1/‖L‖ squared until doubling the time moves the state by no more than
  /// a tolerance.
  ///
  /// Where the steady state is not unique the result depends on the initial state, as it should.
  ///
  /// - Parameters:
  ///   - tolerance: of |re| + |im| of each element; above the rounding of the arithmetic. A mode slower
  ///     than the tolerance times ‖L‖ is not seen.
  ///   - limit: the most squarings; persistent oscillations never settle.
  /// - Returns: a heuristic result, correct to about the tolerance.
  /// - Throws: ``OpenSystemError/notConverged(_:)`` at the limit, ``OpenSystemError/domain(_:)``.
  public func stationaryLimit(
    from initial: Matrix<Complex<F>>, tolerance: F, limit: Int = 60
  ) throws(OpenSystemError) -> Limit {
    try checkShape(initial)
    guard tolerance > .zero else { throw .domain("the tolerance \(tolerance)") }
    let norm = columnSumNorm(generator.matrix)
    if norm.isZero { return Limit(state: initial, time: .zero, squarings: 0) }
    var time: F
    do { time = try F.one.atPrecision(generator.precision) / norm } catch {
      throw .arithmetic(error)
    }
    var step = try propagator(time: time)
    var current = apply(step, to: initial)
    var movement = F.zero
    for squarings in 0..<max(limit, 1) {
      // ρ(2t) = P(t) ρ(t), so that one product with a vector tests before the square is formed.
      let next = apply(step, to: current)
      movement = (next - current).elements.reduce(F.zero) { max($0, $1.cheapNorm) }
      time = time + time
      current = next
      if movement <= tolerance { return Limit(state: current, time: time, squarings: squarings) }
      step = restoringTrace(step * step)
    }
    throw .notConverged(
      "after \(limit) doublings, at the time \(time.approximateDouble), the state still moves by "
        + "\(movement.approximateDouble)")
  }

  /// The propagator with the rounding errors of the trace taken out of its population rows.
  ///
  /// The conserved trace is the eigenvalue one. Rounded to 1 + ε it becomes (1 + ε)^(2^k) after k
  /// squarings and carries the state away to zero or infinity.
  private func restoringTrace(_ propagator: Matrix<Complex<F>>) -> Matrix<Complex<F>> {
    let n = generator.size
    let share = Complex(F.inverse(of: n, precision: generator.precision))
    var result = propagator
    for column in 0..<(n * n) {
      var defect = column % (n + 1) == 0 ? Complex<F>.one : .zero
      for level in 0..<n { defect -= result[level * (n + 1), column] }
      let correction = share * defect
      for level in 0..<n { result[level * (n + 1), column] += correction }
    }
    return result
  }

  private func checkShape(_ state: Matrix<Complex<F>>) throws(OpenSystemError) {
    guard state.rowCount == generator.size, state.columnCount == generator.size else {
      throw .shape(
        what: "the initial state", expected: generator.size, rows: state.rowCount,
        columns: state.columnCount)
    }
  }

  private func apply(
    _ propagator: Matrix<Complex<F>>, to state: Matrix<Complex<F>>
  ) -> Matrix<Complex<F>> {
    let column = DenseColumns.multiply(propagator, state.elements)
    let n = generator.size
    return Matrix(rows: n, columns: n) { column[$0 * n + $1] }
  }

  /// The greatest sum of |re| + |im| over a column: at least the norm that the 1-norm induces.
  private func columnSumNorm(_ matrix: Matrix<Complex<F>>) -> F {
    var greatest = F.zero
    for column in 0..<matrix.columnCount {
      var sum = F.zero
      for row in 0..<matrix.rowCount { sum += matrix[row, column].cheapNorm }
      greatest = max(greatest, sum)
    }
    return greatest
  }
}

extension FloatingField {
  static func inverse(of n: Int, precision: Int) -> Self {
    guard let value = try? Self.one.atPrecision(precision) / Self(Integer(n)) else {
      preconditionFailure("a positive integer is invertible in characteristic zero")
    }
    return value
  }
}

extension Double {
  /// log2 of a positive value, from its exponent and rounded down to it: a bound below.
  fileprivate var binaryLogarithm: Double { Double(exponent) }
}
