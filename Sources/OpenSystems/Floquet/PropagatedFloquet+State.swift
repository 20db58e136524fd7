import Algebra
import Arbitrary
import Exact

/// What is made of the solution: the steady state, its average and its entanglement.
extension PropagatedFloquet {
  /// Solves for the steady state, after ``solve(_:baths:options:)``.
  ///
  /// - Throws: ``FloquetError/notUnique(dimension:reason:)``, ``FloquetError/uniquenessUndecided(_:)``.
  @specialized(where F == Double)
  @specialized(where F == Real)
  public func findSteadyState(options: FloquetOptions = FloquetOptions()) throws(FloquetError) {
    let scale = F.near(
      options.scale.interval(precision: precision + 8).midpoint, precision: precision)
    try solver.solve(
      products, quasienergies, scale: scale, isSecular: options.generator == .secular)
  }

  /// The steady state in the Floquet basis.
  public var floquetState: Operator<F> {
    Matrix(rows: size, columns: size) { solver.state[$0 * size + $1] }
  }

  /// The steady state averaged over a period.
  public var averagedState: Operator<F> {
    let square = size * size
    var sum = Operator<F>(rows: size, columns: size)
    for j in 0..<pointCount {
      let u = Operator<F>(rows: size, columns: size) { modes[j * square + $0 * size + $1] }
      sum = sum + u * floquetState * u.adjoint()
    }
    let bits = -pointCount.trailingZeroBitCount
    return sum.map {
      Complex(re: $0.re.scaled(byPowerOfTwo: bits), im: $0.im.scaled(byPowerOfTwo: bits))
    }
  }

  /// The modes u_a at the point j of the period, as columns.
  public func modes(at j: Int) -> Operator<F> {
    precondition((0..<pointCount).contains(j), "no such point of the period")
    return Matrix(rows: size, columns: size) { modes[j * size * size + $0 * size + $1] }
  }

  /// The concurrence of the averaged steady state of two qubits.
  ///
  /// - Throws: ``FloquetError/notTwoQubits(dimension:)``.
  @specialized(where F == Double)
  @specialized(where F == Real)
  public func concurrence() throws(FloquetError) -> F {
    guard size == 4 else { throw .notTwoQubits(dimension: size) }
    measure.reset()
    for j in 0..<pointCount { addFactor(j) }
    return measure.concurrence().scaled(byPowerOfTwo: -pointCount.trailingZeroBitCount)
  }

  /// The mean over the period of the concurrence of the steady state at each time: another number than that
  /// of the averaged state, and never below it.
  ///
  /// By the trapezoidal rule on the points; where the concurrence has kinks in time it converges slowly.
  ///
  /// - Throws: ``FloquetError/notTwoQubits(dimension:)``.
  @specialized(where F == Double)
  @specialized(where F == Real)
  public func meanConcurrence() throws(FloquetError) -> F {
    guard size == 4 else { throw .notTwoQubits(dimension: size) }
    var sum = F.zero
    for j in 0..<pointCount {
      measure.reset()
      addFactor(j)
      sum += measure.concurrence()
    }
    return sum.scaled(byPowerOfTwo: -pointCount.trailingZeroBitCount)
  }

  /// U_j B with r = BB†.
  private func addFactor(_ j: Int) {
    let base = j * 16
    let (modes, factor) = (modes, solver.factor)
    measure.add { i, k in
      var sum = Complex<F>.zero
      for a in 0..<4 { sum = sum + modes[base + 4 * i + a] * factor[4 * a + k] }
      return sum
    }
  }
}
