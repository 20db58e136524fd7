import Algebra
import Arbitrary
import Exact

/// The stationary Gaussian state of a model, and what its stability rests on.
public struct GaussianSteadyState<F: Field>: Sendable {
  public let state: GaussianState<F>
  /// All conditions of stability, each an element that has to be positive.
  public let conditions: [F]
  /// Those whose sign the oracle did not know: the state is the steady state where they are positive.
  /// Empty where stability is proved.
  public let unproved: [F]
}

extension GaussianModel {
  /// The steady state, with the conditions under which it is one.
  ///
  /// The second moments are solved for in the ladder operators, where symmetries make the equations
  /// fall apart; ``lyapunovCovariance(limit:)`` is another road.
  ///
  /// - Parameter sign: the sign of an element of the field, nil where it is not known.
  /// - Throws: ``GaussianError/unstable(condition:)`` where a condition of stability is known to
  ///   fail (also where an eigenvalue is imaginary), ``GaussianError/notUnique(_:)`` where the
  ///   equations are singular, ``GaussianError/arithmetic(_:)``.
  /// - Complexity: elimination with at most n(2n + 1) real unknowns.
  public func steadyState(
    limit: EliminationLimit = .standard, sign: (F) throws(ArithmeticError) -> KnownSign?
  ) throws(GaussianError) -> GaussianSteadyState<F> {
    let conditions = try stabilityConditions()
    var unproved: [F] = []
    for condition in conditions {
      let known: KnownSign?
      do { known = try sign(condition) } catch { throw .arithmetic(error) }
      switch known {
      case .positive: break
      case .zero, .negative: throw .unstable(condition: "\(condition)")
      case nil: unproved.append(condition)
      }
    }
    let amplitudes = try stationaryAmplitudes(limit)
    let ladder = try stationaryCovariance(limit)
    return GaussianSteadyState(
      state: try GaussianState(
        amplitudes: amplitudes, covariance: Quadratures.covariance(of: ladder)),
      conditions: conditions, unproved: unproved)
  }

  /// The covariance from A·σ + σ·Aᵀ = -D in the quadratures, without asking for stability.
  ///
  /// - Throws: ``GaussianError/notUnique(_:)``, ``GaussianError/arithmetic(_:)``.
  public func lyapunovCovariance(
    limit: EliminationLimit = .standard
  ) throws(GaussianError) -> Matrix<F> {
    do throws(ArithmeticError) {
      let solution = try MatrixEquation.lyapunov(
        quadratureDrift, -quadratureDiffusion, limit: limit)
      guard let covariance = solution.value else {
        throw .domain("two eigenvalues of the drift add up to zero")
      }
      return covariance
    } catch {
      if case .domain(let what) = error { throw .notUnique(what) }
      throw .arithmetic(error)
    }
  }

  private func stationaryAmplitudes(
    _ limit: EliminationLimit
  ) throws(GaussianError) -> [Complex<F>] {
    let n = modeCount
    if drive.allSatisfy(\.isZero) { return Array(repeating: .zero, count: n) }
    // Rows of real and imaginary parts: (A + B)·re and i(A - B)·im.
    let system = Matrix<F>(rows: 2 * n, columns: 2 * n) { row, column in
      let (a, b) = (drift[row % n, column % n], drift[row % n, column % n + n])
      switch (row < n, column < n) {
      case (true, true): return a.re + b.re
      case (true, false): return b.im - a.im
      case (false, true): return a.im + b.im
      case (false, false): return a.re - b.re
      }
    }
    let right = drive.prefix(n).map { -$0.re } + drive.prefix(n).map { -$0.im }
    do throws(ArithmeticError) {
      let values = try system.solve(right, limit: limit)
      return (0..<n).map { Complex(re: values[$0], im: values[$0 + n]) }
    } catch {
      if case .domain(let what) = error { throw .notUnique(what) }
      throw .arithmetic(error)
    }
  }

  /// Σ with WΣ + ΣWᵀ + N = 0, over (a₁, …, aₙ, a₁†, …).
  ///
  /// Real unknowns: ⟨a_j†a_j⟩, and real and imaginary part of one of two conjugate covariances. The
  /// connected parts of the equations are solved apart; a part without a right side vanishes, since
  /// the solution of a stable model is unique.
  private func stationaryCovariance(
    _ limit: EliminationLimit
  ) throws(GaussianError) -> Matrix<Complex<F>> {
    let unknowns = CovarianceUnknowns(modes: modeCount)
    var entries: [(row: Int, column: Int, value: F)] = []
    var right = [F](repeating: .zero, count: unknowns.count)
    for (alpha, beta, row) in unknowns.representatives {
      let isReal = unknowns.isReal(alpha, beta)
      func add(_ coefficient: Complex<F>, _ a: Int, _ b: Int) {
        if coefficient.isZero { return }
        let (index, sign, isSingle) = unknowns.place(a, b)
        func put(_ row: Int, _ column: Int, _ value: F) {
          if !value.isZero { entries.append((row, column, value)) }
        }
        put(row, index, coefficient.re)
        if !isReal { put(row + 1, index, coefficient.im) }
        if isSingle { return }
        put(row, index + 1, sign ? coefficient.im : -coefficient.im)
        if !isReal { put(row + 1, index + 1, sign ? -coefficient.re : coefficient.re) }
      }
      for gamma in 0..<(2 * modeCount) {
        add(drift[alpha, gamma], gamma, beta)
        add(drift[beta, gamma], alpha, gamma)
      }
      right[row] = -diffusion[alpha, beta].re
      if !isReal { right[row + 1] = -diffusion[alpha, beta].im }
    }
    let solution: [F]
    do throws(ArithmeticError) {
      solution = try ConnectedSystem.solve(
        SparseMatrix(rows: unknowns.count, columns: unknowns.count, entries: entries), right,
        limit: limit)
    } catch {
      if case .domain(let what) = error { throw .notUnique(what) }
      throw .arithmetic(error)
    }
    return Matrix(rows: 2 * modeCount, columns: 2 * modeCount) { a, b in
      let (index, isConjugate, isSingle) = unknowns.place(a, b)
      if isSingle { return Complex(solution[index]) }
      let value = Complex(re: solution[index], im: solution[index + 1])
      return isConjugate ? value.conj : value
    }
  }
}

extension GaussianModel where F: Comparable {
  /// The steady state over an ordered field: exactly decided over the rational numbers, to rounding
  /// over floats.
  ///
  /// - Throws: as ``steadyState(limit:sign:)``.
  public func steadyState(
    limit: EliminationLimit = .standard
  ) throws(GaussianError) -> GaussianSteadyState<F> {
    try steadyState(limit: limit) { (value) throws(ArithmeticError) in
      value < .zero ? .negative : value > .zero ? .positive : .zero
    }
  }
}

/// The real unknowns of a symmetric matrix of covariances of ladder operators.
private struct CovarianceUnknowns {
  let modes: Int
  private let index: [Int]
  /// One of each pair of conjugate covariances, and its first unknown.
  let representatives: [(Int, Int, Int)]
  let count: Int

  init(modes: Int) {
    self.modes = modes
    let size = 2 * modes
    var index = [Int](repeating: -1, count: size * size)
    var list: [(Int, Int, Int)] = []
    var next = 0
    for a in 0..<size {
      for b in a..<size where index[a * size + b] < 0 {
        let (c, d) = ((a + modes) % size, (b + modes) % size)
        let isReal = min(c, d) == a && max(c, d) == b
        list.append((a, b, next))
        index[a * size + b] = next
        if !isReal { index[min(c, d) * size + max(c, d)] = next }
        next += isReal ? 1 : 2
      }
    }
    self.index = index
    representatives = list
    count = next
  }

  func isReal(_ a: Int, _ b: Int) -> Bool { a % modes == b % modes && a != b }

  /// Where the covariance of two ladder operators is found: its first unknown, whether it is the
  /// conjugate of what stands there, and whether it has but one.
  func place(_ a: Int, _ b: Int) -> (index: Int, isConjugate: Bool, isSingle: Bool) {
    let size = 2 * modes
    let (low, high) = (min(a, b), max(a, b))
    let (c, d) = ((a + modes) % size, (b + modes) % size)
    let (first, second) = (min(c, d), max(c, d))
    let isConjugate = (first, second) < (low, high)
    return (index[low * size + high], isConjugate, isReal(a, b))
  }
}

/// Square systems whose unknowns fall into parts that have nothing to do with each other.
private enum ConnectedSystem {
  static func solve<F: Field>(
    _ matrix: SparseMatrix<F>, _ right: [F], limit: EliminationLimit
  ) throws(ArithmeticError) -> [F] {
    var parent = Array(0..<matrix.columnCount)
    func root(_ index: Int) -> Int {
      var current = index
      while parent[current] != current { current = parent[current] }
      return current
    }
    for (row, entries) in matrix.rows.enumerated() {
      for entry in entries { parent[root(entry.column)] = root(row) }
    }
    var parts: [Int: [Int]] = [:]
    for index in parent.indices { parts[root(index), default: []].append(index) }
    var solution = [F](repeating: .zero, count: right.count)
    for part in parts.values where part.contains(where: { !right[$0].isZero }) {
      let values = try matrix.block(part).solve(part.map { right[$0] }, limit: limit)
      for (index, value) in zip(part, values) { solution[index] = value }
    }
    return solution
  }
}
