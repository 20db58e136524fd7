import Algebra
import Arbitrary
import Exact

/// A driven system with baths, solved with proof: Floquet–Born–Markov in enclosures of any precision.
///
/// The numbers of the system are given as intervals at any precision that is asked for, or exactly. All
/// results hold for every system enclosed.
public struct FloquetModel: Sendable {
  /// The system in intervals of about so many bits.
  public let system: @Sendable (Int) throws(FloquetError) -> DrivenSystem<Interval>
  /// The system exactly, where it is known so: symmetries are looked for in it.
  public let exact: DrivenSystem<Rational>?
  /// The bath functions of each coupling; nonnegative, in intervals of about so many bits.
  public let baths: @Sendable (Int) throws(FloquetError) -> [BathFunction]
  public var options: FloquetOptions

  /// The bits beyond which no result is sought.
  public static var largestPrecision: Int { 1 << 17 }

  /// The levels up to which the full generator, with d² unknowns, is solved.
  public static var largestFullDimension: Int { 14 }

  public init(
    exact: DrivenSystem<Rational>? = nil, options: FloquetOptions = FloquetOptions(),
    baths: @escaping @Sendable (Int) throws(FloquetError) -> [BathFunction],
    system: @escaping @Sendable (Int) throws(FloquetError) -> DrivenSystem<Interval>
  ) {
    self.exact = exact
    self.options = options
    self.baths = baths
    self.system = system
  }

  /// - Throws: ``FloquetError/notHermitian(what:row:column:)``, ``FloquetError/input(_:)``.
  public init(
    _ system: DrivenSystem<Rational>, options: FloquetOptions = FloquetOptions(),
    baths: @escaping @Sendable (Int) throws(FloquetError) -> [BathFunction]
  ) throws(FloquetError) {
    try system.checkHermitian()
    self.init(exact: system, options: options, baths: baths) { bits in
      system.enclosed(precision: bits)
    }
  }

  /// Quasienergies and modes, with residuals of about 2^-precision.
  ///
  /// - Throws: ``FloquetError``.
  public func spectrum(precision: Int) throws(FloquetError) -> FloquetSpectrum {
    try FloquetSpectrum(system(precision + 64).hermitian(), precision: precision)
      .folded(options.zone, precision: precision + 64)
  }

  /// The system with its baths, quasienergies and modes, in a given number of bits.
  struct Solved {
    let system: DrivenSystem<Interval>
    let baths: [BathFunction]
    let spectrum: FloquetSpectrum
    let precision: Int

    /// The rates between its modes.
    ///
    /// - Parameter sectors: a number for each mode; nothing connects modes of different numbers.
    func tensor(sectors: [Int]) throws(FloquetError) -> FloquetTensor {
      let working = precision + 64
      let size = system.operatorNorm(precision: working)
      var elements: [FloquetElements] = []
      for coupling in system.couplings {
        elements.append(
          try FloquetElements(
            coupling, spectrum, isReal: system.isReal, sectors: sectors, size: size,
            precision: working))
      }
      return try FloquetTensor(spectrum, elements, baths, precision: working)
    }

    /// One sector for all modes.
    var whole: [Int] { [Int](repeating: 0, count: system.dimension) }
  }

  /// - Throws: ``FloquetError``.
  func solved(workingPrecision p: Int) throws(FloquetError) -> Solved {
    guard p <= Self.largestPrecision else {
      throw .limit("\(Self.largestPrecision) bits for a driven system")
    }
    let system = try system(p + 64).hermitian()
    guard options.generator == .secular || system.dimension <= Self.largestFullDimension else {
      throw .limit(
        "the full generator of at most \(Self.largestFullDimension) levels; the secular one takes more"
      )
    }
    let baths = try baths(p + 64)
    guard baths.count == system.couplings.count else {
      throw .input("\(system.couplings.count) couplings and \(baths.count) baths")
    }
    var spectrum = try FloquetSpectrum(system, precision: p)
    do throws(FloquetError) {
      spectrum = try spectrum.folded(options.zone, precision: p + 64)
    } catch {
      // The zone is without influence on the secular steady state.
      guard options.generator == .secular, case .zoneUndecided = error else { throw error }
    }
    return Solved(system: system, baths: baths, spectrum: spectrum, precision: p)
  }

  /// The steady states in a given number of bits; how wide the enclosures come out is what it is.
  ///
  /// - Throws: ``FloquetError``.
  public func steadyStates(workingPrecision p: Int) throws(FloquetError) -> FloquetSteadyState {
    let solved = try solved(workingPrecision: p)
    do throws(FloquetError) {
      return try steadyStates(solved, sectors: solved.whole, count: 1)
    } catch {
      guard case .uniquenessUndecided = error, let exact else { throw error }
      let symmetries = try FloquetSectors(exact)
      guard symmetries.commutant.count > 1,
        let sectors = symmetries.sectors(solved.spectrum, precision: p)
      else { throw error }
      return try steadyStates(solved, sectors: sectors, count: symmetries.commutant.count)
    }
  }

  /// The steady states with elements of the averaged ones enclosed within 2^-precision.
  ///
  /// Working precision is raised until that is so, or results stop getting narrower for what the system's
  /// own numbers leave open.
  ///
  /// - Throws: ``FloquetError``; ``FloquetError/limit(_:)`` where that precision is not reached.
  public func steady(precision: Int) throws(FloquetError) -> FloquetSteadyState {
    try refined(precision) { bits throws(FloquetError) in
      let state = try steadyStates(workingPrecision: bits)
      return (state, state.averagedStates.flatMap(\.elements).flatMap { [$0.re, $0.im] })
    }
  }

  /// The concurrence of the averaged steady state of two qubits, within 2^-precision.
  ///
  /// - Throws: as ``steady(precision:)``; ``FloquetError/notUnique(dimension:reason:)``.
  public func concurrence(precision: Int) throws(FloquetError) -> Interval {
    try refined(precision) { bits throws(FloquetError) in
      let value = try steadyStates(workingPrecision: bits).concurrence()
      return (value, [value])
    }
  }

  /// Raises the working precision until what `attempt` gives beside its result is within 2^-precision.
  ///
  /// - Parameter lost: the bits that are known to be lost on the way.
  func refined<Result>(
    _ precision: Int, losing lost: Int = 48,
    _ attempt: (Int) throws(FloquetError) -> (Result, [Interval])
  ) throws(FloquetError) -> Result {
    guard precision > 0, precision <= Self.largestPrecision / 2, lost <= Self.largestPrecision / 2
    else { throw .limit("results of 1 to \(Self.largestPrecision / 2) bits") }
    var working = precision + lost
    var last: FloquetError?
    var reached = Int.max
    for _ in 0..<8 where working <= Self.largestPrecision {
      do throws(FloquetError) {
        let (result, values) = try attempt(working)
        let widest = values.reduce(Real.zero) { Real.maximum($0, $1.width) }
        if widest.isZero { return result }
        guard let exponent = widest.exponent else {
          throw FloquetError.limit("an enclosure without bounds in \(working) bits")
        }
        if exponent < -precision { return result }
        // More bits do not mend what the numbers of the system leave open.
        guard exponent < reached - 4 else {
          throw FloquetError.limit(
            "an enclosure of width 2^\(exponent), where 2^-\(precision) was asked for: more bits than "
              + "\(working) do not make it narrower")
        }
        reached = exponent
        // Of small eigenvalues the square root is taken: twice what is missing.
        working += 2 * (exponent + precision) + 32
      } catch {
        switch error {
        case .notSeparated, .uniquenessUndecided, .zoneUndecided, .cutTooClose:
          guard working < 4 * (precision + lost) else { throw error }
          last = error
          working *= 2
        default: throw error
        }
      }
    }
    throw last ?? .limit("\(Self.largestPrecision) bits for a driven system")
  }

  private func steadyStates(
    _ solved: Solved, sectors: [Int], count: Int
  ) throws(FloquetError) -> FloquetSteadyState {
    let (system, spectrum) = (solved.system, solved.spectrum)
    let working = solved.precision + 64
    let tensor = try solved.tensor(sectors: sectors)
    let stationarity = try FloquetStationarity(
      tensor, spectrum, sectors: sectors, count: count, options: options, precision: working)
    let projections = FloquetAverages(spectrum, isReal: system.isReal, precision: working)
    let n = system.dimension
    return FloquetSteadyState(
      quasienergies: spectrum.modes.map(\.quasienergy),
      rates: Matrix(rows: n, columns: n) { tensor.rate(to: $0, from: $1) },
      dimension: count, sectors: sectors, floquetStates: stationarity.states,
      averagedStates: stationarity.states.map(projections.average),
      labels: try? FloquetLabels(system, spectrum, precision: solved.precision),
      spectrum: spectrum, precision: working)
  }

  /// The golden-rule rates g(E_i - E_j)|<i|A|j>|² from j to i between eigenstates of H₀, summed over baths,
  /// without a scale; on the diagonal what dephases.
  ///
  /// - Returns: the energies, increasing, and the rates.
  /// - Throws: ``FloquetError``; ``FloquetError/notSeparated(first:second:distance:precision:)`` where H₀ is
  ///   degenerate.
  public func goldenRule(
    precision p: Int
  ) throws(FloquetError) -> (energies: [Interval], rates: Matrix<Interval>) {
    let system = try system(p + 64).hermitian().undriven
    let spectrum = try FloquetSpectrum(system, precision: p)
    let solved = Solved(
      system: system, baths: try baths(p + 64), spectrum: spectrum, precision: p)
    let tensor = try solved.tensor(sectors: solved.whole)
    let n = system.dimension
    return (
      spectrum.modes.map(\.quasienergy),
      Matrix(rows: n, columns: n) { tensor.rate(to: $0, from: $1) }
    )
  }
}

/// The averages over a period of |u_a(t)><u_b(t)|, enclosed.
struct FloquetAverages {
  private let size: Int
  /// Row by row of pairs.
  private let matrices: [Matrix<ComplexInterval>]

  init(_ spectrum: FloquetSpectrum, isReal: Bool, precision p: Int) {
    let modes = spectrum.modes
    let n = modes.count
    size = n
    var matrices = [Matrix<ComplexInterval>](
      repeating: Matrix(rows: n, columns: n), count: n * n)
    for a in 0..<n {
      for b in a..<n {
        let (u, v) = (modes[a], modes[b])
        let low = max(u.first, v.first)
        let high = min(u.last, v.last)
        let (e, f) = (Interval(u.error), Interval(v.error))
        let radius = (e * (Interval(v.norm) + f) + Interval(u.norm) * f).upper
        let separate = low > high
        let product = Matrix<ComplexInterval>(rows: n, columns: n) { i, j in
          var sum = ComplexInterval.zero
          if !separate {
            for k in low...high {
              let x = u.components[k - u.first][i]
              let y = v.components[k - v.first][j]
              sum =
                sum
                + ComplexInterval(re: Interval(x.re), im: Interval(x.im))
                * ComplexInterval(re: Interval(y.re), im: -Interval(y.im))
            }
          } else if !spectrum.isDriven {
            // One n each, and different ones.
            return .zero
          }
          return isReal
            ? ComplexInterval(real: sum.re.widened(by: radius)) : sum.widened(by: radius)
        }
        matrices[a * n + b] = product
        matrices[b * n + a] = product.adjoint()
      }
    }
    self.matrices = matrices
  }

  /// Σ_ab r_ab of the averages.
  func average(_ state: Matrix<ComplexInterval>) -> Matrix<ComplexInterval> {
    var sum = Matrix<ComplexInterval>(rows: size, columns: size)
    for a in 0..<size {
      for b in 0..<size where !state[a, b].isZero {
        sum = sum + state[a, b] * matrices[a * size + b]
      }
    }
    // Hermitian, as every member of interest is.
    return Matrix(rows: size, columns: size) { i, j in
      let met = sum[i, j].intersection(sum[j, i].conj)
      return i == j ? ComplexInterval(real: met.re) : met
    }
  }
}
