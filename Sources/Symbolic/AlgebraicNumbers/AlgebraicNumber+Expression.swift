import Algebra
import Arbitrary
import Exact

extension AlgebraicNumber {
  /// The number that a formula without symbols is.
  ///
  /// Rational operations, rational powers, `sqrt`, `cbrt`, `abs`, `sign`, `min`, `max`, cosines, sines
  /// and tangents of rational multiples of `pi`, and cosines and sines of (acos(w) + π·r)/q. Cosines
  /// are added and multiplied in one cyclotomic field, so that formulas of many of them do not
  /// multiply their degrees.
  ///
  /// Where an operation on the way would need a degree above ``AlgebraicNumber/degreeLimit``, a
  /// polynomial of degree up to ``recognisedDegree`` is recognised from the digits and proved by the
  /// zero test: nested roots may have a value that is simpler than its parts.
  ///
  /// - Throws: ``ArithmeticError/domain(_:)`` for other formulas, and where a value is not real or not
  ///   defined; ``ArithmeticError/divisionByZero``; ``ArithmeticError/limit(_:)`` above
  ///   ``AlgebraicNumber/degreeLimit`` otherwise.
  /// - Complexity: an operation of numbers for each distinct part.
  public init(_ expression: Expression) throws(ArithmeticError) {
    do {
      self = try Self.composed(expression)
    } catch .limit(let what) {
      let found = try? Recognition(RealSource(expression)).algebraic(degree: Self.recognisedDegree)
      guard let form = found, form.isProved, let number = form.number else { throw .limit(what) }
      self = number
    }
  }

  /// The greatest degree that is recognised where operations lead beyond the limit.
  public static let recognisedDegree = 8

  private static func composed(_ expression: Expression) throws(ArithmeticError) -> AlgebraicNumber
  {
    var values: [ObjectIdentifier: ConstantValue] = [:]
    for part in expression.postorder() {
      if let value = try ConstantValue(part, { values[$0.identity] }) {
        values[part.identity] = value
      }
    }
    guard let value = values[expression.identity] else {
      throw .domain("no algebraic number: \(expression)")
    }
    return try value.number()
  }
}

/// A value on the way: rational, of a real cyclotomic field, or any real algebraic number.
private enum ConstantValue {
  case rational(Rational)
  case cyclotomic(RealCyclotomicField, RealCyclotomicField.Element)
  case number(AlgebraicNumber)

  /// The value of an operation; nil where an operand has none, as an angle's has not.
  init?(
    _ part: Expression, _ known: (Expression) -> ConstantValue?
  ) throws(ArithmeticError) {
    switch part.kind {
    case .rational(let value): self = .rational(value)
    case .imaginaryUnit, .constant, .symbol, .procedure: return nil
    case .sum(let terms):
      var total = ConstantValue.rational(.zero)
      for term in terms {
        guard let value = known(term) else { return nil }
        total = try Self.add(total, value)
      }
      self = total
    case .product(let factors):
      var total = ConstantValue.rational(.one)
      for factor in factors {
        guard let value = known(factor) else { return nil }
        total = try Self.multiply(total, value)
      }
      self = total
    case .power(let base, let exponent):
      guard let value = known(base), let exponent = exponent.rationalValue else { return nil }
      self = try value.power(exponent)
    case .function(let function, let arguments):
      let values = arguments.compactMap(known)
      guard let argument = arguments.first else { return nil }
      switch function {
      case .cos: try self.init(cosine: argument, quarterTurn: false, known)
      case .sin: try self.init(cosine: argument, quarterTurn: true, known)
      case .tan:
        guard let angle = CircularAngle(argument), angle.cosine == nil else { return nil }
        self = .number(try AlgebraicNumber.tangent(piTimes: angle.turn))
      default:
        guard values.count == arguments.count, let value = values.first else { return nil }
        let number = try value.number()
        switch function {
        case .sqrt: self = .number(try number.root(2))
        case .cbrt: self = .number(try number.root(3))
        case .abs: self = .number(try number.magnitude())
        case .sign: self = .rational(Rational(number.signum))
        case .min, .max:
          var best = number
          for other in values.dropFirst() {
            let other = try other.number()
            if (other < best) == (function == .min) { best = other }
          }
          self = .number(best)
        default: return nil
        }
      }
    }
  }

  private init?(
    cosine argument: Expression, quarterTurn: Bool, _ known: (Expression) -> ConstantValue?
  ) throws(ArithmeticError) {
    guard var angle = CircularAngle(argument) else { return nil }
    if quarterTurn {
      angle.turn = .half - angle.turn
      angle.ratio = -angle.ratio
    }
    guard let inner = angle.cosine else {
      let turn = angle.turn * .half
      guard let n = turn.denominator.word, let k = turn.numerator.word,
        n <= RealCyclotomicField.largestOrder
      else { throw .limit("the cosine of \(angle.turn)·pi") }
      let field = try RealCyclotomicField(order: n)
      let value = try field.doubledCosine(k % n)
      self = .cyclotomic(field, Self.scaled(value, by: .half))
      return
    }
    guard let w = try known(inner)?.number(), let q = angle.ratio.denominator.word,
      angle.ratio.numerator.magnitude.isOne, (angle.turn * Rational(q)).isInteger,
      let turns = (angle.turn * Rational(q)).numerator.word
    else { return nil }
    self = .number(try Self.multisected(w, parts: q, halfTurns: turns, ratio: angle.ratio))
  }

  /// cos(ratio·acos(w) + π·halfTurns/q) for ratio = ±1/q: a root of g(±T_q(x)) for the minimal
  /// polynomial g of w, the one within the enclosures.
  private static func multisected(
    _ w: AlgebraicNumber, parts q: Int, halfTurns: Int, ratio: Rational
  ) throws(ArithmeticError) -> AlgebraicNumber {
    let one = AlgebraicNumber(1)
    let minusOne = try one.negated()
    if w > one || w < minusOne { throw .domain("acos(\(w))") }
    if w.degree * q > AlgebraicNumber.degreeLimit {
      throw .limit("a part of an angle whose cosine has degree \(w.degree * q)")
    }
    // 2·T_q(x) = C_q(2x).
    let doubled = IntegerPolynomial.doubledCosines(upTo: q)[q]
      .withArgumentScaled(by: Rational(2))
    let sign = Integer(halfTurns % 2 == 0 ? 1 : -1)
    let polynomial = w.minimalPolynomial.withArgumentScaled(by: .half)
      .composed(with: doubled.scaled(by: sign))
    let roots = try AlgebraicNumber.roots(of: polynomial).map(\.root)
    var candidates = roots
    var precision = 64
    while candidates.count > 1 && precision < 1 << 20 {
      let inner = w.interval(precision: precision).intersection(
        Interval(between: Real(-1), and: Real(1)))
      let angle = Interval.add(
        Interval.mul(
          Interval.acos(inner, precision: precision), Interval(ratio, precision: precision),
          precision: precision),
        Interval.mul(
          Interval.pi(precision: precision),
          Interval(try Rational(Integer(halfTurns), Integer(q)), precision: precision),
          precision: precision),
        precision: precision)
      let value = Interval.cos(angle, precision: precision)
      candidates = candidates.filter {
        !$0.interval(precision: precision).isDisjoint(from: value)
      }
      precision *= 2
    }
    guard candidates.count == 1, let found = candidates.first else {
      throw .limit("roots that agree in a million bits")
    }
    return found
  }

  func number() throws(ArithmeticError) -> AlgebraicNumber {
    switch self {
    case .rational(let value): AlgebraicNumber(value)
    case .cyclotomic(let field, let element): try field.number(element)
    case .number(let number): number
    }
  }

  private static func scaled(
    _ element: RealCyclotomicField.Element, by factor: Rational
  ) -> RealCyclotomicField.Element {
    RealCyclotomicField.Element(element.coefficients.map { $0 * factor })
  }

  /// Both in one field where that is of a degree to compute in.
  private static func common(
    _ a: ConstantValue, _ b: ConstantValue
  ) throws(ArithmeticError) -> (
    RealCyclotomicField, RealCyclotomicField.Element, RealCyclotomicField.Element
  )? {
    guard case .cyclotomic(let f, let x) = a, case .cyclotomic(let g, let y) = b else {
      return nil
    }
    if f.order == g.order { return (f, x, y) }
    let order = f.order / Totient.gcd(f.order, g.order) * g.order
    if RealCyclotomicField.degree(order: order) > AlgebraicNumber.degreeLimit { return nil }
    let field = try RealCyclotomicField(order: order)
    return (field, try f.embed(x, in: field), try g.embed(y, in: field))
  }

  private static func simplified(
    _ field: RealCyclotomicField, _ element: RealCyclotomicField.Element
  ) -> ConstantValue {
    element.coefficients.count <= 1 ? .rational(element[0]) : .cyclotomic(field, element)
  }

  private static func add(
    _ a: ConstantValue, _ b: ConstantValue
  ) throws(ArithmeticError) -> ConstantValue {
    switch (a, b) {
    case (.rational(let x), .rational(let y)): return .rational(x + y)
    case (.rational(let x), .cyclotomic(let field, let y)),
      (.cyclotomic(let field, let y), .rational(let x)):
      return .cyclotomic(field, y + RealCyclotomicField.Element([x]))
    default:
      if let (field, x, y) = try common(a, b) { return simplified(field, x + y) }
      return .number(try a.number() + b.number())
    }
  }

  private static func multiply(
    _ a: ConstantValue, _ b: ConstantValue
  ) throws(ArithmeticError) -> ConstantValue {
    switch (a, b) {
    case (.rational(let x), .rational(let y)): return .rational(x * y)
    case (.rational(let x), .cyclotomic(let field, let y)),
      (.cyclotomic(let field, let y), .rational(let x)):
      return simplified(field, scaled(y, by: x))
    default:
      if let (field, x, y) = try common(a, b) {
        return simplified(field, try field.multiply(x, y))
      }
      return .number(try a.number() * b.number())
    }
  }

  private func power(_ exponent: Rational) throws(ArithmeticError) -> ConstantValue {
    switch self {
    case .rational(let value):
      if exponent.isInteger, let n = exponent.numerator.word {
        if n.magnitude > 100_000 { throw .limit("the power \(n)") }
        return .rational(try value.power(n))
      }
    case .cyclotomic(let field, let element):
      if let n = exponent.numerator.word, exponent.isInteger {
        if n.magnitude > 1000 { throw .limit("the power \(n) of an algebraic number") }
        let base = n < 0 ? try field.inverse(element) : element
        var result = RealCyclotomicField.Element.one
        for _ in 0..<n.magnitude { result = try field.multiply(result, base) }
        return Self.simplified(field, result)
      }
    case .number: break
    }
    return .number(try number().power(exponent))
  }
}
