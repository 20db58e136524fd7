import Algebra
import Arbitrary
import Exact

/// The state of a driven system with baths at one time, enclosed.
public struct FloquetSnapshot: Sendable {
  /// ρ(t), in the basis of the system.
  public let state: Matrix<ComplexInterval>
  /// The eigenstates of H₀; nil where H₀ is degenerate or nearly so.
  public let labels: FloquetLabels?
  /// The bits in which it was computed.
  public let precision: Int

  /// <k|ρ(t)|k> for the eigenstates of H₀, by increasing energy.
  ///
  /// - Throws: ``FloquetError/input(_:)`` where H₀ is degenerate.
  public func populations() throws(FloquetError) -> [Interval] {
    guard let labels else { throw .input("the Hamiltonian without drive is degenerate, or nearly") }
    return labels.populations(of: state)
  }

  /// The concurrence of two qubits.
  ///
  /// - Throws: ``FloquetError/system(_:)``.
  public func concurrence() throws(FloquetError) -> Interval {
    do throws(OpenSystemError) {
      return try Entanglement.concurrence(enclosing: state, precision: precision)
    } catch { throw .system(error) }
  }
}

extension FloquetModel {
  /// Which of the states at a time is meant.
  public enum Course: Sendable {
    /// The state into which an eigenstate of H₀ at t = 0, by increasing energy from 0, has evolved.
    case eigenstate(Int)
    /// The state into which this one has evolved, in intervals of about so many bits.
    case state(@Sendable (Int) throws(FloquetError) -> Matrix<ComplexInterval>)
    /// The steady state, which turns with the drive.
    case steady
  }

  /// The state at a time t ≥ 0, in a given number of bits: with r(t) = exp(-(iΔ + sL)t) r(0) in the Floquet basis,
  /// ρ(t) = Σ r_ab(t)|u_a(t)><u_b(t)|.
  ///
  /// The drive is at its phase 0 at t = 0. The generator is the one of ``options``; of the secular one populations
  /// mix, and coherences decay each by itself.
  ///
  /// - Parameter time: in intervals of about so many bits.
  /// - Throws: ``FloquetError``.
  public func snapshot(
    _ course: Course, time: @Sendable (Int) throws(FloquetError) -> Interval,
    workingPrecision p: Int
  ) throws(FloquetError) -> FloquetSnapshot {
    let working = p + 64
    let t = try self.time(time, working)
    let solved: Solved
    let start: Matrix<ComplexInterval>
    let labels: FloquetLabels?
    switch course {
    case .steady:
      let steady = try steadyStates(workingPrecision: p)
      return try Self.snapshot(
        steady.inFloquetBasis(), steady.spectrum, t, labels: steady.labels, precision: working)
    case .eigenstate(let k):
      solved = try self.solved(workingPrecision: p)
      labels = try? FloquetLabels(solved.system, solved.spectrum, precision: p)
      guard let labels else {
        throw .input("the Hamiltonian without drive is degenerate, or nearly")
      }
      guard labels.states.indices.contains(k) else {
        throw .input("the eigenstate \(k + 1) of \(labels.states.count)")
      }
      let mode = labels.states[k]
      let vector = mode.components[0].map {
        ComplexInterval(re: Interval($0.re), im: Interval($0.im)).widened(by: mode.error)
      }
      start = Matrix(rows: vector.count, columns: vector.count) {
        vector[$0] * vector[$1].conj
      }
    case .state(let matrix):
      solved = try self.solved(workingPrecision: p)
      labels = try? FloquetLabels(solved.system, solved.spectrum, precision: p)
      start = try matrix(working)
    }
    let coefficients = try evolved(start, t, solved)
    return Self.snapshot(coefficients, solved.spectrum, t, labels: labels, precision: working)
  }

  /// Σ r_ab |u_a(t)><u_b(t)|.
  private static func snapshot(
    _ coefficients: Matrix<ComplexInterval>, _ spectrum: FloquetSpectrum, _ t: Interval,
    labels: FloquetLabels?, precision p: Int
  ) -> FloquetSnapshot {
    let phase = Interval.mul(t, spectrum.frequency, precision: p)
    let columns = spectrum.modeMatrix(atPhase: phase, precision: p)
    let state = columns * coefficients * columns.adjoint()
    return FloquetSnapshot(state: hermitian(state), labels: labels, precision: p)
  }

  /// What is made of the state at a time, within 2^-precision.
  ///
  /// - Parameter values: of a snapshot: populations, the concurrence, the elements.
  /// - Throws: ``FloquetError``; ``FloquetError/limit(_:)`` where that precision is not reached.
  public func snapshot(
    _ course: Course, time: @Sendable (Int) throws(FloquetError) -> Interval, precision: Int,
    _ values: (FloquetSnapshot) throws(FloquetError) -> [ComplexInterval]
  ) throws(FloquetError) -> [ComplexInterval] {
    var lost = 48
    if case .steady = course {
    } else {
      let system = try system(64)
      let reach = Interval.mul(
        try self.time(time, 64), system.frequency, precision: 64
      ).upper.approximateDouble
      guard reach < Self.longestPhase else {
        throw .limit("evolutions over less than 10^36 periods: long before the state is steady")
      }
      lost += MatrixExponential.lostBits(
        norm: 4 * reach, size: system.dimension * system.dimension)
    }
    return try refined(precision, losing: lost) { bits throws(FloquetError) in
      let found = try values(snapshot(course, time: time, workingPrecision: bits))
      return (found, found.flatMap { [$0.re, $0.im] })
    }
  }

  /// ωt beyond which no evolution is computed: each doubling costs six bits or so.
  static var longestPhase: Double { 0x1p122 }

  private func time(
    _ time: (Int) throws(FloquetError) -> Interval, _ bits: Int
  ) throws(FloquetError) -> Interval {
    let t = try time(bits)
    guard t.isBounded, t.lower.signum >= 0 else {
      throw .input("the time \(t); an evolution goes forward, from t = 0")
    }
    return t
  }

  /// r(t) from ρ(0).
  private func evolved(
    _ start: Matrix<ComplexInterval>, _ t: Interval, _ solved: Solved
  ) throws(FloquetError) -> Matrix<ComplexInterval> {
    let n = solved.system.dimension
    guard start.rowCount == n, start.columnCount == n else {
      throw .shape(
        what: "the initial state", expected: n, rows: start.rowCount, columns: start.columnCount)
    }
    for i in 0..<n {
      for j in i..<n where start[i, j].intersection(start[j, i].conj).isEmpty {
        throw .notHermitian(what: "the initial state", row: i, column: j)
      }
    }
    let trace = (0..<n).reduce(ComplexInterval.zero) { $0 + start[$1, $1] }
    guard trace.re.contains(Real.one) else {
      throw .input("the initial state has the trace \(trace.re); that of a state is 1")
    }
    let working = solved.precision + 64
    let columns = solved.spectrum.modeMatrix(atPhase: .zero, precision: working)
    let r = columns.adjoint() * start * columns
    if t.isZero { return r }
    let tensor = try solved.tensor(sectors: solved.whole)
    let scale = Interval.scale(
      options.scale.interval(precision: working), byPowerOfTwo: -1, precision: working)
    let isSecular = options.generator == .secular
    let exponent = Matrix<ComplexInterval>(rows: n * n, columns: n * n) { row, column in
      let (to, from) = ((row / n, row % n), (column / n, column % n))
      if isSecular, row != column, to.0 != to.1 || from.0 != from.1 { return .zero }
      let value = FloquetStationarity.coefficient(tensor, solved.spectrum, to, from, scale)
      return ComplexInterval(re: -(value.re * t), im: -(value.im * t))
    }
    do throws(OpenSystemError) {
      let propagator = try MatrixExponential.enclosing(exponent, precision: working)
      var result = Matrix<ComplexInterval>(rows: n, columns: n)
      for row in 0..<(n * n) {
        var sum = ComplexInterval.zero
        for column in 0..<(n * n) { sum = sum + propagator[row, column] * r.elements[column] }
        result.elements[row] = sum
      }
      return result
    } catch { throw .system(error) }
  }

  /// The state is Hermitian: each element meets the conjugate of its mirror image.
  private static func hermitian(_ state: Matrix<ComplexInterval>) -> Matrix<ComplexInterval> {
    Matrix(rows: state.rowCount, columns: state.columnCount) { i, j in
      let met = state[i, j].intersection(state[j, i].conj)
      return i == j ? ComplexInterval(real: met.re) : met
    }
  }
}

extension FloquetSpectrum {
  /// The modes u_a at a phase ωt of the drive, as columns.
  func modeMatrix(atPhase phase: Interval, precision p: Int) -> Matrix<ComplexInterval> {
    let columns = modes.map { $0.value(atPhase: phase, frequency: frequency, precision: p) }
    return Matrix(rows: columns.count, columns: columns.count) { columns[$1][$0] }
  }
}
