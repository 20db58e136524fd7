import Algebra
import Arbitrary
import Exact

/// Proposes forms of a number; what it proposes agrees with the number in a hundred bits and is proved
/// elsewhere. Methods that reach a limit propose nothing.
struct ClosedFormSearch {
  struct Candidate {
    let expression: Expression
    let method: ClosedForm.Method
  }

  let limit: ClosedFormLimit
  /// How many numbers within numbers may be written.
  let depth: Int

  init(_ limit: ClosedFormLimit, depth: Int = 3) {
    self.limit = limit
    self.depth = depth
  }

  /// The forms that agree with the number in its first digits, the most compact first.
  func candidates(for number: AlgebraicNumber) -> [Candidate] {
    if let rational = number.rational {
      return [Candidate(expression: .rational(rational), method: .rational)]
    }
    var found: [Candidate] = []
    var seen: Set<Expression> = []
    func offer(_ method: ClosedForm.Method, _ forms: () throws -> [Expression]) {
      for form in (try? forms()) ?? [] where seen.insert(form).inserted {
        if agrees(form, number) { found.append(Candidate(expression: form, method: method)) }
      }
    }
    if number.degree == 2 {
      offer(.quadratic) { try quadratic(number) }
    } else {
      offer(.root) { try shiftedRoot(number) }
      offer(.squareRoots) { try squareRoots(number) }
      offer(.cyclotomic) { try cyclotomic(number) }
      if depth > 0 {
        offer(.decomposition) { try decompositions(number) }
        offer(.quadraticSubfield) { try overQuadraticFields(number) }
        if number.degree == 4 { offer(.quartic) { try quartic(number) } }
      }
      if number.degree == 3 {
        let cubic = number.minimalPolynomial
        let a = try? Rational(cubic[3]).inverse()
        let h = (0..<3).map { AlgebraicNumber(Rational(cubic[$0]) * (a ?? .zero)) }
        offer(.cubeRoots) { try cubicByRoots(h[2], h[1], h[0]) }
        offer(.thirdOfAngle) { try cubicByAngle(h[2], h[1], h[0]) }
      }
    }
    let costs = found.map { ($0, FormCost.of($0.expression)) }
    // What is many times longer than the shortest is no form that anyone wants.
    let most = 2 * (costs.map(\.1).min() ?? 0) + 10
    return costs.filter { $0.1 <= most }.sorted { $0.1 < $1.1 }.map(\.0)
  }

  /// The most compact form of a number that is part of another; nil where none is found.
  func write(_ number: AlgebraicNumber) -> Expression? {
    if depth <= 0 && number.degree > 2 { return nil }
    return ClosedFormSearch(limit, depth: depth - 1).candidates(for: number).first?.expression
  }

  private func agrees(_ form: Expression, _ number: AlgebraicNumber) -> Bool {
    guard let value = try? AlgebraicZeroTest.enclosure(of: form, precision: 160),
      value.im.containsZero
    else { return false }
    return value.re.isBounded && !value.re.isDisjoint(from: number.interval(precision: 128))
  }

  // MARK: Parts of forms

  /// The ways to write a combination of expressions: term by term, over a common denominator, and with
  /// the common factor in front. Positive terms come first, and among them the number.
  static func sums(_ terms: [(Rational, Expression)]) -> [Expression] {
    var kept = terms.filter { !$0.0.isZero }
    func rank(_ term: (Rational, Expression)) -> Int {
      let isNumber = term.1.rationalValue != nil
      return term.0.isNegative ? (isNumber ? 3 : 2) : (isNumber ? 0 : 1)
    }
    kept = (0..<4).flatMap { r in kept.filter { rank($0) == r } }
    func sum(_ factor: Rational) -> Expression {
      .sum(kept.map { multiple($0.1, $0.0 * factor) })
    }
    let denominator = kept.reduce(Integer.one) { Integer.lcm($0, $1.0.denominator) }
    let numerator = kept.reduce(Integer.zero) {
      Integer.gcd($0, $1.0.numerator * denominator.exactQuotient(by: $1.0.denominator))
    }
    var forms = [sum(.one)]
    if kept.count < 2 || numerator.isZero { return forms }
    if !denominator.isOne, let part = try? Rational(1, denominator) {
      forms.append(multiple(sum(Rational(denominator)), part))
    }
    if !numerator.isOne, let content = try? Rational(numerator, denominator),
      let inverse = try? content.inverse()
    {
      forms.append(multiple(sum(inverse), content))
    }
    return forms
  }

  /// p·part/q, with the numbers that stand in `part` as factors.
  static func multiple(_ part: Expression, _ factor: Rational) -> Expression {
    var factor = factor
    var others = [part]
    if case .product(let factors) = part.kind {
      others = factors.filter { $0.rationalValue == nil }
      for value in factors.compactMap(\.rationalValue) { factor = factor * value }
    } else if let value = part.rationalValue {
      return .rational(factor * value)
    }
    if others.isEmpty || factor.isZero { return .rational(factor) }
    let product: Expression =
      factor.numerator.isOne
      ? .product(others) : .product([.rational(Rational(factor.numerator))] + others)
    return factor.isInteger ? product : product / .rational(Rational(factor.denominator))
  }

  /// The most compact way to write a combination.
  static func sum(_ terms: [(Rational, Expression)]) -> Expression {
    sums(terms).min { FormCost.of($0) < FormCost.of($1) } ?? .zero
  }

  /// The k-th root of a number that is not negative, or the real root of odd degree.
  func root(_ number: AlgebraicNumber, _ k: Int) throws -> Expression? {
    if number.signum < 0 {
      if k % 2 == 0 { return nil }
      return try root(number.negated(), k).map { -$0 }
    }
    if let rational = number.rational { return try Self.root(rational, k) }
    // A root that lies in the field of the number, or near it, is written without the root.
    if number.degree * k <= 8 {
      let value = try number.root(k)
      if value.degree < number.degree * k, let form = write(value) { return form }
    }
    guard let form = write(number) else { return nil }
    return Self.root(form, k)
  }

  /// The k-th root of a positive rational number with what is a perfect power in front.
  static func root(_ value: Rational, _ k: Int) throws -> Expression {
    if let exact = value.exactRoot(UInt(k)) { return .rational(exact) }
    // p/q = p·q^(k-1)/q^k.
    var rest = value.numerator * value.denominator.power(UInt(k - 1))
    var front = Integer.one
    var p = 2
    while p < 1000 {
      let power = Integer(p).power(UInt(k))
      if rest < power { break }
      while let quotient = rest.dividedExactly(by: power) {
        rest = quotient
        front *= Integer(p)
      }
      p += 1
    }
    return multiple(
      root(Expression.rational(Rational(rest)), k), try Rational(front, value.denominator))
  }

  static func root(_ form: Expression, _ k: Int) -> Expression {
    switch k {
    case 2: sqrt(form)
    case 3: cbrt(form)
    default: form.power(.rational((try? Rational(1, Integer(k))) ?? .zero))
    }
  }

  // MARK: Simple methods

  private func quadratic(_ number: AlgebraicNumber) throws -> [Expression] {
    guard let form = try? number.radicalForm() else {
      // A discriminant too long to free of squares stays as it is.
      let (a, b, c) = (
        number.minimalPolynomial[2], number.minimalPolynomial[1], number.minimalPolynomial[0]
      )
      let side = try Self.root(Rational(b * b - 4 * a * c, 4 * a * a), 2)
      let middle = try Rational(-b, 2 * a)
      return Self.sums([(middle, .one), (.one, side)]) + Self.sums([(middle, .one), (-.one, side)])
    }
    let root = sqrt(.rational(Rational(form.radicand)))
    return Self.sums([(form.rationalPart, .one), (form.coefficient, root)])
  }

  /// s + t^(1/n) where the polynomial is c·((x - s)^n - t).
  private func shiftedRoot(_ number: AlgebraicNumber) throws -> [Expression] {
    let f = number.minimalPolynomial
    let n = number.degree
    let shift = try Rational(-f[n - 1], Integer(n) * f[n])
    let moved = try number - shift
    let g = moved.minimalPolynomial
    guard (1..<n).allSatisfy({ g[$0].isZero }) else { return [] }
    let t = try Rational(-g[0], g[n])
    guard let root = try root(AlgebraicNumber(t.isNegative && n % 2 == 0 ? -t : t), n) else {
      return []
    }
    return Self.sums([(.one, root), (shift, .one)]) + Self.sums([(-.one, root), (shift, .one)])
  }

  /// A rational combination of 1 and square roots, where the field is generated by some.
  private func squareRoots(_ number: AlgebraicNumber) throws -> [Expression] {
    guard number.degree.nonzeroBitCount == 1 else { return [] }
    let radicands = try number.quadraticSubfields()
    guard radicands.count == number.degree - 1 else { return [] }
    let found = try IntegerRelations.combination(
      count: radicands.count + 2, limit: limit.relationBits
    ) { (precision) throws(ArithmeticError) in
      [number.interval(precision: precision), Interval(1)]
        + radicands.map {
          Interval.sqrt(Interval($0, precision: precision), precision: precision)
        }
    }
    guard let found else { return [] }
    var terms: [(Rational, Expression)] = []
    for (coefficient, d) in zip(found.dropFirst(), radicands) {
      terms.append((coefficient, sqrt(.rational(Rational(d)))))
    }
    return Self.sums([(found[0], .one)] + terms)
  }
}
