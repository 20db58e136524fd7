import Algebra
import Arbitrary
import Exact

/// A distribution of the number of qubits, known for finitely many numbers, with a bound on the rest.
public struct NumberDistribution: Sendable, Equatable {
  /// The probabilities of the numbers that are listed, increasing.
  public let weights: [(number: Int, weight: Rational)]
  /// At least 1 minus the sum of the listed probabilities, and at least 0.
  public let tail: Rational

  public static func == (a: NumberDistribution, b: NumberDistribution) -> Bool {
    a.tail == b.tail && a.weights.elementsEqual(b.weights, by: ==)
  }

  /// The listed weights, divided by their sum.
  ///
  /// - Throws: ``OpenSystemError/domain(_:)`` for negative weights, or none that is positive.
  public init(weights: [(number: Int, weight: Rational)]) throws(OpenSystemError) {
    let sum = weights.reduce(Rational.zero) { $0 + $1.weight }
    guard weights.allSatisfy({ !$0.weight.isNegative }), sum > 0 else {
      throw .domain("weights of a distribution are at least 0, and one is positive")
    }
    do {
      var list: [(number: Int, weight: Rational)] = []
      for entry in weights where !entry.weight.isZero {
        list.append((entry.number, try entry.weight / sum))
      }
      self.weights = list.sorted { $0.number < $1.number }
    } catch { throw .arithmetic(error) }
    tail = .zero
  }

  private init(checked weights: [(number: Int, weight: Rational)], tail: Rational) {
    self.weights = weights
    self.tail = tail
  }

  /// A Poisson distribution under the condition that the number lies in a range: weights m^N/N!, whose
  /// factor exp(-m) cancels, so that they are rational.
  ///
  /// - Parameters:
  ///   - mean: of the distribution without the condition.
  ///   - range: both ends included.
  /// - Throws: ``OpenSystemError/domain(_:)`` for a mean that is not positive or numbers below 0.
  public static func poisson(
    mean: Rational, in range: ClosedRange<Int>
  ) throws(OpenSystemError) -> NumberDistribution {
    try NumberDistribution(weights: terms(mean, range))
  }

  /// A Poisson distribution under the condition that the number is at least `first`, with all numbers up to
  /// one beyond which less than `tail` is left.
  ///
  /// The weights are divided by an upper bound of the whole sum, so that together with ``tail`` they are at
  /// least 1 and each is too small by less than the tail: see ``mixtureBound(_:)``. Beyond M the terms fall by at
  /// least m/(M + 2) each, so that they sum to at most t/(1 - m/(M + 2)) with the first of them, t.
  ///
  /// - Throws: ``OpenSystemError/domain(_:)`` for a mean that is not positive, a number below 0, or a tail that
  ///   is not positive; ``OpenSystemError/arithmetic(_:)`` where more than 2000 numbers are needed.
  public static func poisson(
    mean: Rational, from first: Int, tail: Rational
  ) throws(OpenSystemError) -> NumberDistribution {
    guard tail > 0 else { throw .domain("a tail of \(tail)") }
    var list = try terms(mean, first...first)
    var sum = list[0].weight
    do {
      while list.count <= 2000 {
        let last = list[list.count - 1]
        let next = try last.weight * mean / Rational(last.number + 1)
        let ratio = try mean / Rational(last.number + 2)
        if ratio < 1 {
          let rest = try next / (1 - ratio)
          let whole = sum + rest
          let share = try rest / whole
          if share <= tail {
            var weights: [(number: Int, weight: Rational)] = []
            for entry in list { weights.append((entry.number, try entry.weight / whole)) }
            return NumberDistribution(checked: weights, tail: share)
          }
        }
        list.append((last.number + 1, next))
        sum += next
      }
    } catch { throw .arithmetic(error) }
    throw .arithmetic(.limit("2000 numbers of a Poisson distribution with the mean \(mean)"))
  }

  private static func terms(
    _ mean: Rational, _ range: ClosedRange<Int>
  ) throws(OpenSystemError) -> [(number: Int, weight: Rational)] {
    guard mean > 0, range.lowerBound >= 0, range.upperBound <= 100_000 else {
      throw .domain("a Poisson distribution with the mean \(mean) on \(range)")
    }
    do {
      var factorial = Integer.one
      for k in 1..<max(range.lowerBound + 1, 1) where k > 1 { factorial *= Integer(k) }
      var term = try mean.power(range.lowerBound) / Rational(factorial)
      var list: [(number: Int, weight: Rational)] = []
      for number in range {
        list.append((number, term))
        term = try term * mean / Rational(number + 1)
      }
      return list
    } catch { throw .arithmetic(error) }
  }

  /// What the negativity of the whole mixture of two-qubit states can be, given that of the listed part.
  ///
  /// The mixture is ρ = σ + τ with the listed part σ, of weights not above the true ones, and a positive τ of
  /// trace at most t. The sum n(X) of the negative parts of the eigenvalues of X's partial transpose is
  /// subadditive and positively homogeneous. For a state of two qubits n ≤ 1/2, so that n(τ) ≤ t/2 and
  /// n(-τ) = tr τ + n(τ) ≤ 3t/2, and n(σ) - 3t/2 ≤ n(ρ) ≤ n(σ) + t/2.
  public func mixtureBound(_ listed: Interval) -> Interval {
    if tail.isZero { return listed }
    let precision = max(listed.precision, 64)
    let rest = Interval(tail, precision: precision)
    let below = Interval.mul(rest, Interval(-1.5), precision: precision)
    let above = Interval.mul(rest, Interval(0.5), precision: precision)
    let sum = Interval.add(listed, below.union(above), precision: precision)
    return Interval.maximum(.zero, sum)
  }
}

/// Qubits in a number that fluctuates, each number with its own steady state.
public struct FluctuatingEnsemble: Sendable {
  public let parameters: ResetEnsemble<Rational>
  public let distribution: NumberDistribution

  /// - Throws: ``OpenSystemError/domain(_:)`` where fewer than two qubits have a probability.
  public init(
    _ parameters: ResetEnsemble<Rational>, _ distribution: NumberDistribution
  ) throws(OpenSystemError) {
    guard distribution.weights.allSatisfy({ $0.number >= 2 }) else {
      throw .domain("a pair out of fewer than two qubits")
    }
    self.parameters = parameters
    self.distribution = distribution
  }

  /// Σ_N p_N ρ_AB(N) over the listed numbers, the states of a pair out of N qubits; of trace 1 - tail.
  ///
  /// - Throws: as ``ComputableState/init(reduced:of:)``.
  public func pair() throws(OpenSystemError) -> ComputableState {
    var parts: [(weight: Rational, state: ComputableState)] = []
    for (number, weight) in distribution.weights {
      parts.append(
        (weight, try ComputableState(reduced: 2, of: parameters.ensemble(qubits: number))))
    }
    return try ComputableState(mixture: parts)
  }

  /// The negativity of the pair's state.
  ///
  /// - Parameter precision: in bits, of the listed part.
  /// - Returns: an enclosure, as wide as twice the tail where there is one; exactly zero where the listed part
  ///   is separable by more than the tail.
  /// - Throws: as ``SymmetricEnsemble/steadyState(coherences:limit:)``.
  public func pairNegativity(precision: Int) throws(OpenSystemError) -> Interval {
    let bits = precision + 64
    let spectrum = try pair().enclosure(precision: bits)
      .partialTransposeSpectrum(party: 1, precision: precision)
    // What is not listed adds a positive operator of trace t at most, whose partial transpose has no
    // eigenvalue below -t/2.
    let half = Interval.mul(
      Interval(distribution.tail, precision: 64), Interval(0.5), precision: 64)
    if spectrum.allSatisfy({ $0.eigenvalues.allSatisfy { $0.lower >= half.upper } }) {
      return .zero
    }
    let listed = spectrum.reduce(Interval.zero) {
      Interval.add($0, $1.negativity(precision: bits), precision: bits)
    }
    return distribution.mixtureBound(listed)
  }

  /// The same in doubles, for figures: the listed part alone.
  ///
  /// - Throws: as ``SymmetricEnsemble/steadyState(coherences:limit:)``.
  public func pairNegativityInDoubles() throws(OpenSystemError) -> Double {
    let numbers = parameters.map { $0.approximateDouble }
    var parts: [(weight: Double, state: SymmetricState<Double>)] = []
    for (number, weight) in distribution.weights {
      let pair = try numbers.ensemble(qubits: number).reducedState(of: 2)
      parts.append((weight.approximateDouble, pair))
    }
    return try SymmetricState.mixture(parts).negativity(party: 1)
  }
}
