import Algebra
import Exact

/// Real expressions as rational functions of symbols, of square roots and of signs.
///
/// Each square root t = √r of a rational function r of what came before, and each sign t = sgn(v), is
/// one more variable; |v| is v·sgn(v), and max(a, b) is (a + b + |a - b|)/2. Where all ``divisors``
/// are nonzero and all radicands are not negative, the rational function of an expression has its
/// value. Nothing is decided here, and no sign is used.
struct RadicalTower {
  /// A variable that is not a symbol.
  enum Step: Hashable {
    case root(RationalFunction)
    case sign(RationalFunction)
  }

  /// What must hold for the expressions to have real values, in the order in which they compute.
  enum Condition: Hashable {
    case nonzero(RationalFunction)
    case nonnegative(RationalFunction)
  }

  let symbols: [Symbol]
  let ring: PolynomialRing
  private(set) var steps: [Step] = []
  private(set) var conditions: [Condition] = []
  private let limits: SignLimits
  private var values: [ObjectIdentifier: RationalFunction] = [:]
  /// Keeps the parts alive whose identities are keys of `values`.
  private var kept: [Expression] = []

  /// A tower with room for the roots and signs of these expressions.
  init(
    _ expressions: [Expression], symbols: [Symbol], limits: SignLimits
  ) throws(SignFailure) {
    self.symbols = symbols
    self.limits = limits
    var count = 0
    var seen: Set<Expression> = []
    for expression in expressions {
      for part in expression.postorder() where seen.insert(part).inserted {
        switch part.kind {
        case .function(.sqrt, _), .function(.abs, _), .function(.sign, _): count += 2
        case .function(.min, let list), .function(.max, let list): count += list.count - 1
        case .power(_, let exponent):
          if let value = exponent.rationalValue, !value.isInteger { count += 12 }
        default: break
        }
      }
    }
    let room = PolynomialRing.maximumVariableCount - symbols.count
    guard room >= 0 else { throw .unsupported("more than \(symbols.count + room) symbols") }
    let extra = min(count, room)
    ring = try SignFailure.arithmetic { () throws(ArithmeticError) in
      try PolynomialRing(symbols.map(\.name) + (0..<extra).map { "step \($0)" })
    }
  }

  /// The variable of a step.
  func variable(_ step: Int) -> Int { symbols.count + step }

  /// The step that a variable stands for; nil for a symbol.
  func step(of variable: Int) -> Step? {
    variable < symbols.count ? nil : steps[variable - symbols.count]
  }

  // MARK: Expressions

  /// The rational function of an expression.
  mutating func adjoin(_ expression: Expression) throws(SignFailure) -> RationalFunction {
    for part in expression.postorder() where values[part.identity] == nil {
      let operands = part.operands.compactMap { values[$0.identity] }
      let value = try combine(part, operands)
      kept.append(part)
      values[part.identity] = value
    }
    guard let value = values[expression.identity] else { throw .unsupported("\(expression)") }
    return value
  }

  private mutating func combine(
    _ part: Expression, _ operands: [RationalFunction]
  ) throws(SignFailure) -> RationalFunction {
    switch part.kind {
    case .rational(let value): return constant(value)
    case .symbol(let symbol):
      guard let index = symbols.firstIndex(of: symbol) else {
        throw .unsupported("the symbol \(symbol)")
      }
      return RationalFunction(Polynomial.variable(index, of: ring))
    case .sum:
      var sum = constant(0)
      for operand in operands { sum = try add(sum, operand) }
      return sum
    case .product:
      var product = constant(1)
      for operand in operands { product = try multiply(product, operand) }
      return product
    case .power(_, let exponent):
      guard let value = exponent.rationalValue, let n = value.numerator.word,
        n.magnitude <= 200, let degree = value.denominator.word
      else { throw .unsupported("the power \(part)") }
      return try power(operands[0], n, rootOfDegree: degree, part)
    case .function(.sqrt, _): return try squareRoot(operands[0])
    case .function(.abs, _): return try absolute(operands[0])
    case .function(.sign, _): return try sign(operands[0])
    case .function(.max, _), .function(.min, _):
      guard var best = operands.first else { throw .unsupported("\(part)") }
      let isMaximum = if case .function(.max, _) = part.kind { true } else { false }
      for operand in operands.dropFirst() {
        let gap = try absolute(try add(best, -operand))
        let sum = try add(try add(best, operand), isMaximum ? gap : -gap)
        best = try multiply(sum, constant(Rational(reciprocalOf: 2)))
      }
      return best
    default: throw .unsupported("no exact rule for \(part)")
    }
  }

  private func constant(_ value: Rational) -> RationalFunction {
    RationalFunction(value)
  }

  private mutating func power(
    _ base: RationalFunction, _ exponent: Int, rootOfDegree degree: Int, _ part: Expression
  ) throws(SignFailure) -> RationalFunction {
    var root = base
    var rest = degree
    while rest > 1 {
      guard rest % 2 == 0 else { throw .unsupported("no exact rule for \(part)") }
      root = try squareRoot(root)
      rest /= 2
    }
    if exponent < 0 {
      try require(.nonzero(root))
      if root.isZero { throw .arithmetic(.divisionByZero) }
    }
    var result = constant(1)
    for _ in 0..<exponent.magnitude { result = try multiply(result, root) }
    if exponent >= 0 { return result }
    return try SignFailure.arithmetic { () throws(ArithmeticError) in try result.inverse() }
  }

  private mutating func squareRoot(
    _ value: RationalFunction
  ) throws(SignFailure) -> RationalFunction {
    if let root = value.constantValue?.exactRoot(2) { return constant(root) }
    if let root = value.squareRoot() { return try absolute(root) }
    try require(.nonnegative(value))
    return try variable(.root(value))
  }

  private mutating func absolute(
    _ value: RationalFunction
  ) throws(SignFailure) -> RationalFunction {
    if let constant = value.constantValue { return self.constant(constant.magnitude) }
    return try multiply(value, try sign(value))
  }

  private mutating func sign(_ value: RationalFunction) throws(SignFailure) -> RationalFunction {
    if let constant = value.constantValue { return self.constant(Rational(constant.signum)) }
    return try variable(.sign(value))
  }

  private mutating func require(_ condition: Condition) throws(SignFailure) {
    switch condition {
    case .nonzero(let value), .nonnegative(let value):
      if let constant = value.constantValue {
        if case .nonzero = condition, constant.isZero { throw .arithmetic(.divisionByZero) }
        if case .nonnegative = condition, constant.isNegative {
          throw .arithmetic(.domain("the square root of \(constant)"))
        }
        return
      }
    }
    if !conditions.contains(condition) { conditions.append(condition) }
  }

  private mutating func variable(_ step: Step) throws(SignFailure) -> RationalFunction {
    let index: Int
    if let known = steps.firstIndex(of: step) {
      index = known
    } else {
      index = steps.count
      guard symbols.count + index < ring.variables.count else {
        throw .unsupported("more square roots and absolute values than can be held")
      }
      steps.append(step)
    }
    return RationalFunction(Polynomial.variable(variable(index), of: ring))
  }

  // MARK: Arithmetic

  /// The sum, its size checked.
  func add(
    _ a: RationalFunction, _ b: RationalFunction
  ) throws(SignFailure) -> RationalFunction {
    try check(a, b)
    return try reduce(a + b)
  }

  /// The product, its size checked and squares of roots and signs replaced.
  func multiply(
    _ a: RationalFunction, _ b: RationalFunction
  ) throws(SignFailure) -> RationalFunction {
    try check(a, b)
    return try reduce(a * b)
  }

  private func check(_ a: RationalFunction, _ b: RationalFunction) throws(SignFailure) {
    let parts = [a.numerator, a.denominator, b.numerator, b.denominator]
    let degree = parts.reduce(0) { $0 + $1.totalDegree }
    let terms = max(
      a.numerator.termCount * b.numerator.termCount,
      a.numerator.termCount * b.denominator.termCount,
      a.denominator.termCount * b.denominator.termCount)
    guard degree <= min(limits.degree * 2, ring.maximumDegree), terms <= 40 * limits.terms else {
      throw .arithmetic(.limit("an expression of degree \(degree) with up to \(terms) terms"))
    }
  }

  /// The function with squares of roots and signs replaced, from the latest.
  private func reduce(_ value: RationalFunction) throws(SignFailure) -> RationalFunction {
    var result = value
    for index in steps.indices.reversed() {
      let variable = variable(index)
      guard max(result.numerator.degree(in: variable), result.denominator.degree(in: variable)) > 1
      else { continue }
      // sgn(v)² is 1 except where v is 0; the square is kept and decided by cases.
      guard case .root(let radicand) = steps[index] else { continue }
      let top = try linear(result.numerator, variable, radicand)
      let bottom = try linear(result.denominator, variable, radicand)
      try check(top, bottom)
      result = try SignFailure.arithmetic { () throws(ArithmeticError) in try top / bottom }
    }
    return result
  }

  /// The polynomial modulo t² = radicand.
  private func linear(
    _ polynomial: Polynomial, _ variable: Int, _ radicand: RationalFunction
  ) throws(SignFailure) -> RationalFunction {
    let (even, odd, scale) = try RadicalTower.split(polynomial, variable, radicand, limits)
    let t = Polynomial.variable(variable, of: ring)
    return try SignFailure.arithmetic { () throws(ArithmeticError) in
      try RationalFunction(even + odd * t, scale)
    }
  }

  /// a, b and s with s·p = a + b·t for t² = n/d, where s is an even power of d.
  static func split(
    _ polynomial: Polynomial, _ variable: Int, _ radicand: RationalFunction, _ limits: SignLimits
  ) throws(SignFailure) -> (even: Polynomial, odd: Polynomial, scale: Polynomial) {
    let parts = polynomial.coefficients(in: variable)
    let half = (parts.count - 1) / 2
    let count = radicand.denominator.isConstant && radicand.denominator.isOne ? 0 : half + half % 2
    let (n, d) = (radicand.numerator, radicand.denominator)
    let degree = polynomial.totalDegree + (half + count) * max(n.totalDegree, d.totalDegree)
    guard degree <= min(2 * limits.degree, max(polynomial.ring.maximumDegree, 1)) else {
      throw .arithmetic(.limit("a polynomial of degree \(degree)"))
    }
    var sums = [Polynomial(0, ring: polynomial.ring), Polynomial(0, ring: polynomial.ring)]
    for (exponent, part) in parts.enumerated() where !part.isZero {
      let k = exponent / 2
      let factor = n.power(UInt(k)) * (count > 0 ? d.power(UInt(count - k)) : .one)
      sums[exponent % 2] = sums[exponent % 2] + part * factor
    }
    return (sums[0], sums[1], d.power(UInt(count)))
  }
}
