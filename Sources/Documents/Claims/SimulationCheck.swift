import Arbitrary
import Exact
import OpenSystems
import Symbolic

/// Decides a simulation: draws histories and compares their mean with a formula, in standard errors.
///
/// Nothing is certain about the result. With K standard errors it errs with the probability of a normal deviate
/// beyond K, 6·10⁻⁵ for 4, slightly more because the error itself is estimated from 64 blocks.
struct SimulationCheck {
  let simulation: SimulationDefinition
  let digits: Int

  func verdict() -> RelationVerdict {
    let verdicts = simulation.points.map(verdict)
    var whole = RelationVerdict.all(verdicts)
    // One table line tells of all points.
    if whole.status == .agrees { whole.detail = verdicts.map(\.detail).joined(separator: "; ") }
    whole.detail += "; \(simulation.samples) histories\(verdicts.count > 1 ? " a point" : ""), "
    whole.detail += "seed \(simulation.seed)"
    return whole
  }

  private func verdict(at point: [Symbol: Rational]) -> RelationVerdict {
    let values = point.mapValues { Expression.rational($0) }
    let prover = RelationProver(digits: digits)
    guard simulation.conditions.allSatisfy({ prover.holdsExactly($0, at: point) }) else {
      return .undecided("the point is not known to lie where the names are defined")
    }
    do {
      let expected = try number(simulation.expected.substituting(values))
      let gas = try gas(values)
      let estimate = try SpinGasEstimate(
        gas, samples: simulation.samples, seed: UInt64(simulation.seed.magnitude),
        limit: Self.limit)
      return decide(estimate, expected, point)
    } catch {
      return .undecided("\(error)")
    }
  }

  /// Events that are drawn, each some nanoseconds.
  private static let limit = 5e9

  private func number(_ formula: Expression) throws -> Double {
    let value = try Program([formula], inputs: []).enclose([Interval](), precision: 96)[0]
    guard value.re.isBounded, value.im.containsZero else {
      throw OpenSystemError.domain("\(formula) is no real number")
    }
    return value.re.midpoint.approximateDouble
  }

  private func gas(_ values: [Symbol: Expression]) throws -> SpinGas {
    let gas = simulation.gas
    func value(_ formula: Expression) throws -> Double { try number(formula.substituting(values)) }
    return try SpinGas(
      qubits: gas.qubits, coupling: value(gas.coupling), reset: value(gas.reset),
      polarization: value(gas.polarization), spins: gas.spins, hopping: value(gas.hopping),
      angle: value(gas.angle), motion: gas.motion)
  }

  private func measured(_ estimate: SpinGasEstimate) -> (value: Double, error: Double) {
    switch simulation.quantity {
    case .negativity: (estimate.negativity, estimate.negativityError)
    case .smallestEigenvalue: (estimate.smallestEigenvalue, estimate.smallestEigenvalueError)
    case .realPart(let row, let column):
      (estimate.state[row, column].re, estimate.errors[row, column].re)
    case .imaginaryPart(let row, let column):
      (estimate.state[row, column].im, estimate.errors[row, column].im)
    }
  }

  private func decide(
    _ estimate: SpinGasEstimate, _ expected: Double, _ point: [Symbol: Rational]
  ) -> RelationVerdict {
    let (value, error) = measured(estimate)
    let distance = value - expected
    let margin = Double(simulation.errors) * error
    let place = RelationProver.sorted(point).map { "\($0.name) = \($0.value)" }
      .joined(separator: ", ")
    let away = error > 0 ? Self.short(Swift.abs(distance) / error, 2) : "no"
    let told =
      "\(Self.short(value, 5)) ± \(Self.short(error, 2))" + (place.isEmpty ? "" : " at \(place)")
      + ", \(away) standard errors from \(Self.short(expected, 5))"
    func result(_ status: Status) -> RelationVerdict {
      RelationVerdict(
        status: status, detail: told,
        counterexample: status == .refuted
          ? Counterexample(
            point: RelationProver.sorted(point),
            left: "\(Self.short(value, 5)) ± \(Self.short(error, 2))",
            right: Self.short(expected, 5)) : nil)
    }
    guard error.isFinite, distance.isFinite else { return .undecided(told) }
    let isFar = Swift.abs(distance) > margin
    switch simulation.relation {
    case .equal:
      if isFar { return result(.refuted) }
      // Error bars that reach to zero would agree with many values.
      return margin < Swift.abs(expected)
        ? result(.agrees)
        : .undecided("\(told); the error is too large to tell the value from zero")
    case .notEqual: return isFar ? result(.agrees) : .undecided(told)
    case .less, .lessOrEqual:
      return isFar ? result(distance < 0 ? .agrees : .refuted) : .undecided(told)
    case .greater, .greaterOrEqual:
      return isFar ? result(distance > 0 ? .agrees : .refuted) : .undecided(told)
    case .approximately: return .undecided("'≈' is for printed digits")
    }
  }

  private static func short(_ value: Double, _ digits: Int) -> String {
    guard value != 0, let exact = Rational(exactly: value) else { return "\(value)" }
    return Arbitrary.Decimal.digits(of: exact, significant: digits)
  }
}
