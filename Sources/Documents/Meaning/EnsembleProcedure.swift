import Algebra
import Arbitrary
import Exact
import OpenSystems
import Symbolic

/// What an ensemble gives at a point: from rational parameters, with certified digits.
struct EnsembleProcedure: ProcedureBody {
  enum Quantity: Sendable, Hashable {
    /// Of two qubits out of all, one against the other.
    case pairNegativity
    /// Of so many against the others.
    case negativity
    /// Averaged over all ways to divide the qubits in two.
    case averageNegativity
    /// Of a pair, where the number has a Poisson distribution from 2 on, up to the second argument if there
    /// is one.
    case fluctuatingPairNegativity
  }

  let quantity: Quantity
  private let program: Program

  /// The arguments are the ensemble's parameters, then the number of qubits (or its mean), then what else
  /// the quantity takes.
  ///
  /// - Throws: ``SymbolicError`` for a formula that is no number.
  init(_ ensemble: EnsembleDefinition, _ quantity: Quantity) throws(SymbolicError) {
    self.quantity = quantity
    program = try Program(ensemble.formulas, inputs: ensemble.symbols)
  }

  func work(precision: Int) -> Int { 30_000_000 * (max(precision, 64) / 64) }

  func enclose(
    _ arguments: [ComplexInterval], exact: [Rational]?, precision: Int
  ) throws(ArithmeticError) -> [ComplexInterval] {
    // Over boxes nothing is said: the number of qubits is one, and eigenvalues may cross.
    guard let exact else { return [.entire] }
    let symbols = program.inputs.count
    let rest = Array(exact.dropFirst(symbols))
    let numbers = try program.exactValues(Array(exact.prefix(symbols))).compactMap { value in
      value.flatMap { $0.im.isZero ? $0.re : nil }
    }
    guard let ensemble = EnsembleDefinition.ensemble(numbers), let first = rest.first else {
      throw .domain("the parameters of the ensemble are not rational at this point")
    }
    do throws(OpenSystemError) {
      return [ComplexInterval(real: try value(ensemble, first, rest.dropFirst().first, precision))]
    } catch {
      switch error {
      case .arithmetic(let inner): throw inner
      case .notConverged(let what): throw .limit(what)
      default: throw .domain(error.description)
      }
    }
  }

  private func value(
    _ parameters: ResetEnsemble<Rational>, _ first: Rational, _ second: Rational?, _ bits: Int
  ) throws(OpenSystemError) -> Interval {
    // Three digits are ten bits, nearly.
    let digits = max(bits * 3 / 10, 5)
    if quantity == .fluctuatingPairNegativity {
      if let second {
        let distribution = try NumberDistribution.poisson(
          mean: first, in: 2...(try Self.count(second, from: 2)))
        return try FluctuatingEnsemble(parameters, distribution).pairNegativity(precision: bits)
      }
      let tail = (try? Rational(1, Integer(1) << min(bits + 8, 1 << 16))) ?? 1
      let distribution = try NumberDistribution.poisson(mean: first, from: 2, tail: tail)
      return try FluctuatingEnsemble(parameters, distribution).pairNegativity(precision: bits)
    }
    let count = try Self.count(first, from: 2)
    // Blocks of the partial transpose have up to (N/4 + 1)² rows: minutes beyond this.
    if quantity != .pairNegativity, count > Self.largestDivided {
      throw .notConverged(
        "negativities of parties of more than \(Self.largestDivided) qubits; that of a pair goes "
          + "further")
    }
    let ensemble = try parameters.ensemble(qubits: count)
    switch quantity {
    case .averageNegativity:
      return try ComputableState(steadyStateOf: ensemble).averageNegativity(digits: digits)
    case .negativity:
      let party = try Self.count(second ?? 1, from: 1)
      guard party < ensemble.qubits else {
        throw .domain("a party of \(party) out of \(ensemble.qubits) qubits")
      }
      return try ComputableState(steadyStateOf: ensemble).negativity(party: party, digits: digits)
    default:
      return try ComputableState(reduced: 2, of: ensemble).negativity(party: 1, digits: digits)
    }
  }

  // MARK: Doubles

  func approximate(_ arguments: [Double]) -> [Double]? {
    let symbols = program.inputs.count
    let numbers = program.evaluate(Array(arguments.prefix(symbols)))
    let rest = Array(arguments.dropFirst(symbols))
    guard let ensemble = EnsembleDefinition.ensemble(numbers), let first = rest.first else {
      return nil
    }
    return (try? value(ensemble, first, rest.dropFirst().first)).map { [$0] }
  }

  private func value(
    _ parameters: ResetEnsemble<Double>, _ first: Double, _ second: Double?
  ) throws -> Double {
    if quantity == .fluctuatingPairNegativity {
      let mean = try Rational(exactly: first).orThrow()
      let distribution =
        try second.map {
          try NumberDistribution.poisson(mean: mean, in: 2...(try Self.count($0)))
        } ?? NumberDistribution.poisson(mean: mean, from: 2, tail: Self.visible)
      var parts: [(weight: Double, state: SymmetricState<Double>)] = []
      for (number, weight) in distribution.weights {
        let state = try parameters.ensemble(qubits: number).reducedState(of: 2)
        parts.append((weight.approximateDouble, state))
      }
      return try SymmetricState.mixture(parts).negativity(party: 1)
    }
    let ensemble = try parameters.ensemble(qubits: try Self.count(first))
    switch quantity {
    case .averageNegativity where ensemble.qubits <= Self.largestDivided:
      return try ensemble.steadyState().averageNegativity()
    case .negativity where ensemble.qubits <= Self.largestDivided:
      let party = try Self.count(second ?? 1, from: 1)
      guard party < ensemble.qubits else { throw OpenSystemError.domain("a party of all") }
      return try ensemble.steadyState().negativity(party: party)
    case .pairNegativity: return try ensemble.reducedState(of: 2).negativity(party: 1)
    default: throw OpenSystemError.domain("no value in doubles")
    }
  }

  /// What is left out of a distribution in pictures.
  private static let visible = Rational("1e-12") ?? 1

  private static func count(_ value: Double, from least: Int = 2) throws -> Int {
    try count(try Rational(exactly: value).orThrow(), from: least)
  }

  private static let largestDivided = 20

  private static func count(_ value: Rational, from least: Int) throws(OpenSystemError) -> Int {
    guard value.isInteger, let n = value.numerator.word, (least...2000).contains(n) else {
      throw .domain("a number of qubits is whole, from \(least) to 2000, not \(value)")
    }
    return n
  }
}

extension Rational? {
  fileprivate func orThrow() throws(OpenSystemError) -> Rational {
    guard let self else { throw .domain("no finite number") }
    return self
  }
}
