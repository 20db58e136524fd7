import Algebra
import Arbitrary
import Certified
import Exact
import Symbolic

/// A condition brought to the sign of one rational function of the symbols that are sought.
struct SolvableCondition {
  let numerator: Polynomial
  let denominator: Polynomial
  let relation: SignCondition
  /// The place of each sought symbol in the polynomials' ring.
  let places: [Int]
  /// The denominator is proved to have no zero in the symbols' domains.
  let isDenominatorNonzero: Bool

  init(
    _ condition: Condition, bindings: [Symbol: Expression], seeking symbols: [Symbol]
  ) throws(DocumentError) {
    let difference = try Self.difference(condition, bindings: bindings, seeking: symbols)
    let form: NormalForm
    do throws(ArithmeticError) {
      var normalizer = try Normalizer(symbols: symbols)
      let value = try normalizer.normalize(difference)
      form = NormalForm(basis: normalizer.basis, value: try normalizer.lift(value))
    } catch {
      throw .stopped("the condition has no normal form: \(error.description)")
    }
    guard form.value.im.isZero else {
      throw .question("the two sides of '\(condition.text)' are not real", hint: nil)
    }
    guard form.basis.generators.count == symbols.count else {
      let kernels = form.basis.generators.dropFirst(symbols.count)
        .map(\.kernel.expression.description).joined(separator: ", ")
      throw .stopped(
        "undecided: '\(condition.text)' is not rational in "
          + symbols.map(\.name).joined(separator: ", ") + " (it contains \(kernels))")
    }
    numerator = form.value.re.numerator
    denominator = form.value.re.denominator
    places = Array(symbols.indices)
    isDenominatorNonzero = SignProver(form.basis).sign(of: denominator)?.isNonzero ?? false
    relation = SignCondition(condition.relation)
  }

  /// What the condition is on the sign of, in the sought symbols alone.
  static func difference(
    _ condition: Condition, bindings: [Symbol: Expression], seeking symbols: [Symbol]
  ) throws(DocumentError) -> Expression {
    var difference = condition.difference.substituting(bindings)
    if condition.relation == .greater { difference = Self.positivePart(difference) }
    let missing = difference.freeSymbols.subtracting(symbols).map(\.name).sorted()
    guard missing.isEmpty else {
      throw .question(
        "no value is given for " + missing.joined(separator: ", "),
        hint: "add it: --at " + missing.map { "\($0)=…" }.joined(separator: ","))
    }
    return difference
  }

  /// A formula that is positive exactly where the given one is: max(0, f) is positive where f is.
  static func positivePart(_ expression: Expression) -> Expression {
    switch expression.kind {
    case .function(.max, let items):
      let rest = items.filter { item in
        guard let form = try? NormalForm(item), form.value.im.isZero,
          let sign = SignProver(form.basis).sign(of: form.value.re)
        else { return true }
        return !sign.isNonpositive
      }
      return rest.count == 1 ? positivePart(rest[0]) : expression
    default: return expression
    }
  }
}

extension RationalRange {
  /// The real numbers of a domain that lie between two ends.
  init(_ domain: Domain, _ ends: (lower: Rational, upper: Rational)?) {
    var lower = Bound.unbounded
    var upper = Bound.unbounded
    if case .interval(let low, let high) = domain.shape {
      lower = Bound(low)
      upper = Bound(high)
    }
    if let ends {
      // An end of the asked range that the domain excludes stays excluded.
      lower = domain.contains(ends.lower) ? .closed(ends.lower) : .open(ends.lower)
      upper = domain.contains(ends.upper) ? .closed(ends.upper) : .open(ends.upper)
    }
    self.init(lower: lower, upper: upper)
  }
}

extension RationalRange.Bound {
  fileprivate init(_ bound: Domain.Bound) {
    switch bound {
    case .unbounded: self = .unbounded
    case .open(let value): self = .open(value)
    case .closed(let value): self = .closed(value)
    }
  }
}
