import Algebra
import Arbitrary
import Exact

/// A truncated series in t → 0+ with rational exponents, Σ cₖ·t^eₖ plus a remainder.
///
/// The remainder is O(t^m) for every m below ``order``; none where that is nil. Coefficients are free
/// of t except for a symbol that stands for log(1/t), so each is O(t^-ε) for every ε > 0, and the
/// remainder of a product or sum is again what is claimed. The claims hold for every value of the
/// parameters on its own, not uniformly.
struct LaurentSeries: Sendable {
  struct Term: Sendable {
    var exponent: Rational
    var coefficient: Complex<RationalFunction>
  }

  /// By increasing exponents, all below the order; no coefficient is zero as a normal form, though
  /// one may vanish for some values of the parameters.
  var terms: [Term]
  var order: Rational?
  /// Whether the function, with its remainder, is real for small t.
  var isReal: Bool

  init(terms: [Term], order: Rational? = nil, isReal: Bool) {
    self.terms = terms.filter { term in
      (order.map { term.exponent < $0 } ?? true) && term.coefficient != .zero
    }
    self.order = order
    self.isReal = isReal
  }

  /// The remainder alone.
  static func remainder(_ order: Rational, isReal: Bool) -> LaurentSeries {
    LaurentSeries(terms: [], order: order, isReal: isReal)
  }

  static let zero = LaurentSeries(terms: [], isReal: true)

  /// A rational multiple of a power of t.
  static func monomial(_ coefficient: Rational, _ exponent: Rational) -> LaurentSeries {
    LaurentSeries(
      terms: [Term(exponent: exponent, coefficient: Complex(RationalFunction(coefficient)))],
      isReal: true)
  }

  /// Whether the function is zero without remainder.
  var isExactlyZero: Bool { terms.isEmpty && order == nil }

  /// An exponent with which the function is O(t^m) for every m below it; nil for zero.
  var valuation: Rational? { terms.first?.exponent ?? order }

  /// The exponent of what follows the leading term; nil where nothing does.
  var secondExponent: Rational? { terms.count > 1 ? terms[1].exponent : order }

  /// With the remainder at this exponent or below.
  func truncated(to limit: Rational) -> LaurentSeries {
    LaurentSeries(terms: terms, order: Swift.min(order ?? limit, limit), isReal: isReal)
  }

  /// Times a power of t.
  func shifted(by exponent: Rational) -> LaurentSeries {
    LaurentSeries(
      terms: terms.map {
        Term(exponent: $0.exponent + exponent, coefficient: $0.coefficient)
      }, order: order.map { $0 + exponent }, isReal: isReal)
  }

  /// With each coefficient replaced by a linear image of it.
  func mapped(
    isReal: Bool, _ transform: (Complex<RationalFunction>) -> Complex<RationalFunction>
  ) -> LaurentSeries {
    LaurentSeries(
      terms: terms.map {
        Term(exponent: $0.exponent, coefficient: transform($0.coefficient))
      }, order: order, isReal: isReal)
  }

  static prefix func - (a: LaurentSeries) -> LaurentSeries { a.mapped(isReal: a.isReal) { -$0 } }
}

/// Arithmetic of series whose coefficients are normal forms over one growing basis.
struct SeriesArithmetic: Sendable {
  var normalizer = Normalizer()
  /// By how much the exponents of an infinite series may exceed its leading one.
  let depth: Rational
  /// The most terms that a series may have.
  static let termLimit = 256

  init(depth: Int) { self.depth = Rational(depth) }

  mutating func add(_ a: LaurentSeries, _ b: LaurentSeries) throws(LimitError) -> LaurentSeries {
    let order = [a.order, b.order].compactMap { $0 }.min()
    return try collect(a.terms + b.terms, order: order, isReal: a.isReal && b.isReal)
  }

  mutating func multiply(
    _ a: LaurentSeries, _ b: LaurentSeries
  ) throws(LimitError) -> LaurentSeries {
    let isReal = a.isReal && b.isReal
    guard let first = a.valuation, let second = b.valuation else { return .zero }
    let order = [a.order.map { $0 + second }, b.order.map { $0 + first }].compactMap { $0 }.min()
    var terms: [LaurentSeries.Term] = []
    for left in a.terms {
      for right in b.terms {
        let exponent = left.exponent + right.exponent
        if let order, exponent >= order { continue }
        terms.append(
          .init(
            exponent: exponent,
            coefficient: try LimitError.arithmetic { () throws(ArithmeticError) in
              try normalizer.multiply(left.coefficient, right.coefficient)
            }))
      }
    }
    return try collect(terms, order: order, isReal: isReal)
  }

  /// Adds up the terms of each exponent.
  private func collect(
    _ terms: [LaurentSeries.Term], order: Rational?, isReal: Bool
  ) throws(LimitError) -> LaurentSeries {
    var sums: [Rational: Complex<RationalFunction>] = [:]
    for term in terms {
      let previous = sums[term.exponent] ?? .zero
      sums[term.exponent] = try LimitError.arithmetic { () throws(ArithmeticError) in
        try normalizer.lift(previous) + normalizer.lift(term.coefficient)
      }
    }
    if sums.count > Self.termLimit { throw .limitOfTerms(Self.termLimit) }
    let sorted = sums.sorted { $0.key < $1.key }
      .map { LaurentSeries.Term(exponent: $0.key, coefficient: $0.value) }
    return LaurentSeries(terms: sorted, order: order, isReal: isReal)
  }

  mutating func scale(
    _ a: LaurentSeries, by factor: Complex<RationalFunction>, isReal: Bool
  ) throws(LimitError) -> LaurentSeries {
    let constant = LaurentSeries(
      terms: [.init(exponent: .zero, coefficient: factor)], isReal: isReal)
    return try multiply(a, constant)
  }

  // MARK: Composition

  /// Σ aₖ·δᵏ for a series δ of positive valuation, to the depth.
  mutating func compose(
    _ delta: LaurentSeries, isReal: Bool,
    _ coefficient: (Int, inout Normalizer) throws(LimitError) -> Complex<RationalFunction>
  ) throws(LimitError) -> LaurentSeries {
    let constant = LaurentSeries(
      terms: [.init(exponent: .zero, coefficient: try coefficient(0, &normalizer))],
      isReal: isReal)
    guard let valuation = delta.valuation else { return constant }
    var sum = constant
    var power = LaurentSeries.monomial(1, 0)
    let short = delta.truncated(to: depth)
    var k = 1
    // What is left out is O(δᵏ), with an exponent not below the depth.
    while valuation * Rational(k) < depth {
      if k > Self.termLimit { throw .limitOfTerms(Self.termLimit) }
      power = try multiply(power, short).truncated(to: depth)
      sum = try add(sum, try scale(power, by: try coefficient(k, &normalizer), isReal: true))
      k += 1
    }
    sum = sum.truncated(to: Swift.min(delta.order ?? depth, depth))
    sum.isReal = isReal && delta.isReal
    return sum
  }

  /// The leading term and δ with series = lead·(1 + δ), where the lead is proved not to vanish.
  mutating func leading(
    _ a: LaurentSeries, of what: String
  ) throws(LimitError) -> (term: LaurentSeries.Term, sign: SignFact?, delta: LaurentSeries) {
    guard let lead = a.terms.first else {
      throw a.order == nil ? .arithmetic(.domain("\(what) zero")) : .limitOfTerms(0)
    }
    let sign = eventualSign(lead.coefficient)
    guard sign?.isNonzero == true || (sign == nil && isNonzero(lead.coefficient)) else {
      throw .undecidedSign(of: expression(lead.coefficient))
    }
    let rest = LaurentSeries(terms: Array(a.terms.dropFirst()), order: a.order, isReal: a.isReal)
    let inverse = try LimitError.arithmetic { () throws(ArithmeticError) in
      try normalizer.divide(.one, lead.coefficient)
    }
    let delta = try scale(rest.shifted(by: -lead.exponent), by: inverse, isReal: a.isReal)
    return (lead, sign, delta)
  }

  /// (1 + δ)^p.
  mutating func binomial(
    _ delta: LaurentSeries, _ exponent: Rational
  ) throws(LimitError) -> LaurentSeries {
    var binomials = [Rational.one]
    return try compose(delta, isReal: true) { (k, _) throws(LimitError) in
      while binomials.count <= k {
        let n = binomials.count
        let factor = (exponent - Rational(n - 1)) * Rational(reciprocalOf: Integer(n))
        binomials.append(binomials[n - 1] * factor)
      }
      return Complex(RationalFunction(binomials[k]))
    }
  }

  // MARK: Signs

  /// The sign of a coefficient for all small t, with log(1/t) beyond every bound; nil where it is
  /// not known.
  func eventualSign(_ value: Complex<RationalFunction>) -> SignFact? {
    guard value.im.isZero, let lifted = try? normalizer.lift(value),
      normalizer.isRealForm(lifted)
    else { return nil }
    let prover = SignProver(normalizer.basis)
    guard let log = normalizer.basis.index(of: .symbol(Self.logarithm)),
      lifted.re.occurringVariables.contains(log)
    else { return prover.sign(of: lifted.re) }
    if hidesLogarithm(lifted.re) { return nil }
    guard let above = prover.sign(of: lifted.re.numerator.leading(in: log).coefficient),
      let below = prover.sign(of: lifted.re.denominator.leading(in: log).coefficient),
      above.isNonzero, below.isNonzero
    else { return nil }
    return SignFact.product(above, below)
  }

  private func isNonzero(_ value: Complex<RationalFunction>) -> Bool {
    guard normalizer.isRealForm(value) else { return false }
    return eventualSign(Complex(value.re))?.isNonzero == true
      || eventualSign(Complex(value.im))?.isNonzero == true
  }

  /// Whether log(1/t) occurs inside another kernel.
  func hidesLogarithm(_ value: RationalFunction) -> Bool {
    value.occurringVariables.contains { index in
      let kernel = normalizer.basis.generators[index].kernel
      return kernel != .symbol(Self.logarithm) && kernel.expression.contains(Self.logarithm)
    }
  }

  /// Stands for log(1/t); the name is none that a document can write.
  static let logarithm = Symbol("log(1/t)", .positive)

  func expression(_ value: Complex<RationalFunction>) -> Expression {
    (try? normalizer.lift(value)).map { normalizer.basis.expression($0) }
      ?? normalizer.basis.expression(value)
  }
}

extension Polynomial {
  /// The degree and leading coefficient in one variable, of a ring that may lack it where the
  /// polynomial is constant.
  func leading(in variable: Int) -> (degree: Int, coefficient: Polynomial) {
    if isConstant { return (0, self) }
    let parts = coefficients(in: variable)
    return (parts.count - 1, parts.last ?? self)
  }
}
