import Algebra
import Exact

/// How the signs of expressions follow from the signs of polynomials in the symbols.
///
/// The sign of a product is the product of signs. That of a polynomial in t = sgn(v) follows from the
/// sign of v and the polynomial at that t. That of a + b·√r follows from those of a, b, r and
/// a² - b²r. That of v - V for a root V of an irreducible m, alone in [p, q], follows from those of
/// v - p, v - q and m(v): the one simple root between p and q is a change of sign. In this way every
/// sign question over the tower becomes one about finitely many polynomials over Q, its ``base``.
struct SignProgram {
  enum Node: Hashable {
    case constant(Int)
    case base(Int)
    case product(sign: Int, [Factor])
    /// Nodes for t = -1, 0, 1 where t is the sign of another node.
    case cases(of: Int, [Int])
    case radical(even: Int, odd: Int, radicand: Int, norm: Int)
    /// Nodes of v - p, v - q and m(v), and the sign of m beyond its root.
    case threshold(low: Int, high: Int, value: Int, slope: Int)
  }

  struct Factor: Hashable {
    let node: Int
    let isEven: Bool
  }

  /// The symbols of the tower only.
  let ring: PolynomialRing
  /// Square-free primitive polynomials in the symbols.
  private(set) var base: [Polynomial] = []
  private var nodes: [Node] = []
  private var tower: RadicalTower
  private let limits: SignLimits
  private var indices: [Polynomial: Int] = [:]
  private var places: [Polynomial: Int] = [:]
  private var conditions: [(node: Int, isRadicand: Bool)] = []
  private var knownConditions = 0

  init(_ tower: RadicalTower, limits: SignLimits) throws(SignFailure) {
    self.tower = tower
    self.limits = limits
    ring = try SignFailure.arithmetic { () throws(ArithmeticError) in
      try PolynomialRing(tower.symbols.map(\.name))
    }
  }

  // MARK: Building

  /// A node for the sign of an expression, or of its difference from an algebraic number.
  mutating func add(
    _ expression: Expression, minus threshold: AlgebraicNumber? = nil
  ) throws(SignFailure) -> Int {
    let value = try tower.adjoin(expression)
    let node = try self.node(value, minus: threshold)
    try addConditions()
    return node
  }

  private mutating func addConditions() throws(SignFailure) {
    while knownConditions < tower.conditions.count {
      switch tower.conditions[knownConditions] {
      case .nonzero(let value): conditions.append((try node(value, minus: nil), false))
      case .nonnegative(let value): conditions.append((try node(value, minus: nil), true))
      }
      knownConditions += 1
    }
  }

  private mutating func node(
    _ value: RationalFunction, minus threshold: AlgebraicNumber?
  ) throws(SignFailure) -> Int {
    guard let threshold else {
      let top = try node(value.numerator)
      let bottom = try node(value.denominator)
      return insert(
        .product(
          sign: 1, [Factor(node: top, isEven: false), Factor(node: bottom, isEven: false)]))
    }
    if let rational = threshold.rational {
      return try node(try tower.add(value, RationalFunction(-rational)), minus: nil)
    }
    let (low, high) = (threshold.location.lower, threshold.location.upper)
    let minimal = threshold.minimalPolynomial
    var image = RationalFunction(Rational.zero)
    for coefficient in minimal.coefficients.reversed() {
      image = try tower.add(
        try tower.multiply(image, value), RationalFunction(Rational(coefficient)))
    }
    return insert(
      .threshold(
        low: try node(try tower.add(value, RationalFunction(-low)), minus: nil),
        high: try node(try tower.add(value, RationalFunction(-high)), minus: nil),
        value: try node(image, minus: nil), slope: minimal.sign(at: high)))
  }

  private mutating func node(_ polynomial: Polynomial) throws(SignFailure) -> Int {
    if let constant = polynomial.constantValue { return insert(.constant(constant.signum)) }
    if let known = indices[polynomial] { return known }
    guard nodes.count < limits.cells, polynomial.termCount <= limits.terms else {
      throw .arithmetic(.limit("a formula of \(nodes.count) signs"))
    }
    let factors = polynomial.squareFreeFactors()
    var product: [Factor] = []
    for (factor, multiplicity) in factors {
      product.append(
        Factor(node: try irreducibleNode(factor), isEven: multiplicity % 2 == 0))
    }
    let node = insert(.product(sign: polynomial.leadingCoefficient.signum, product))
    indices[polynomial] = node
    return node
  }

  /// A node for a square-free factor.
  private mutating func irreducibleNode(_ factor: Polynomial) throws(SignFailure) -> Int {
    if let known = places[factor] { return known }
    let node: Int
    let occurring = factor.occurringVariables
    if let variable = occurring.last, let step = tower.step(of: variable) {
      switch step {
      case .sign(let argument):
        let of = try self.node(argument, minus: nil)
        let parts = factor.coefficients(in: variable)
        let zero = parts.first ?? factor
        var even = Polynomial(0, ring: factor.ring)
        var odd = even
        for (exponent, part) in parts.enumerated() {
          if exponent % 2 == 0 { even = even + part } else { odd = odd + part }
        }
        node = insert(
          .cases(
            of: of,
            [try self.node(even - odd), try self.node(zero), try self.node(even + odd)]))
      case .root(let radicand):
        let (even, odd, _) = try RadicalTower.split(factor, variable, radicand, limits)
        let (n, d) = (radicand.numerator, radicand.denominator)
        let degree = 2 * max(even.totalDegree, odd.totalDegree) + n.totalDegree + 2 * d.totalDegree
        guard degree <= min(2 * limits.degree, tower.ring.maximumDegree) else {
          throw .arithmetic(.limit("the norm of a radical of degree \(degree)"))
        }
        let norm = (even * even * d - odd * odd * n) * d
        node = insert(
          .radical(
            even: try self.node(even), odd: try self.node(odd),
            radicand: try self.node(radicand, minus: nil), norm: try self.node(norm)))
      }
    } else {
      let own = try SignFailure.arithmetic { () throws(ArithmeticError) in
        try factor.embedded(in: ring) { $0 < ring.variables.count ? $0 : 0 }
      }
      base.append(own)
      node = insert(.base(base.count - 1))
    }
    places[factor] = node
    return node
  }

  private mutating func insert(_ node: Node) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  // MARK: Evaluating

  /// What a node has at a cell.
  enum Outcome: Equatable {
    case sign(Int)
    /// A divisor vanishes.
    case undefined
    /// A radicand is negative.
    case notReal
  }

  /// The outcome of nodes at a cell where the base has these signs.
  ///
  /// The conditions come first, in the order of computing, so that no node is asked where a part of
  /// an expression has no value.
  func outcomes(of list: [Int], signs: [Int]) -> [Outcome] {
    var memo = [Int8](repeating: 9, count: nodes.count)
    for (node, isRadicand) in conditions {
      let sign = evaluate(node, signs, &memo)
      if isRadicand && sign < 0 { return list.map { _ in .notReal } }
      if !isRadicand && sign == 0 { return list.map { _ in .undefined } }
    }
    return list.map { .sign(evaluate($0, signs, &memo)) }
  }

  private func evaluate(_ index: Int, _ signs: [Int], _ memo: inout [Int8]) -> Int {
    if memo[index] != 9 { return Int(memo[index]) }
    let result: Int
    switch nodes[index] {
    case .constant(let sign): result = sign
    case .base(let place): result = signs[place]
    case .product(let sign, let factors):
      var product = sign
      for factor in factors where product != 0 {
        let sign = evaluate(factor.node, signs, &memo)
        product *= factor.isEven ? sign * sign : sign
      }
      result = product
    case .cases(let of, let list):
      result = evaluate(list[evaluate(of, signs, &memo) + 1], signs, &memo)
    case .radical(let even, let odd, let radicand, let norm):
      let a = evaluate(even, signs, &memo)
      let b = evaluate(radicand, signs, &memo) == 0 ? 0 : evaluate(odd, signs, &memo)
      if b == 0 || a == b {
        result = a
      } else if a == 0 {
        result = b
      } else {
        result = a * evaluate(norm, signs, &memo)
      }
    case .threshold(let low, let high, let value, let slope):
      if evaluate(low, signs, &memo) <= 0 {
        result = -1
      } else if evaluate(high, signs, &memo) >= 0 {
        result = 1
      } else {
        result = slope * evaluate(value, signs, &memo)
      }
    }
    memo[index] = Int8(result)
    return result
  }
}
