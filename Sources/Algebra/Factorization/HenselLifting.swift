import Exact

/// Lifts a factorisation modulo a prime to one modulo a power of it.
///
/// The factors are the leaves of a binary tree; each inner node knows its two halves g, h and
/// cofactors with s·g + t·h = 1, and a step takes all of them from a modulus m to one that divides
/// m².
///
/// Source: von zur Gathen, Gerhard, Modern Computer Algebra, Algorithms 15.10 and 15.17.
struct HenselTree {
  private struct Node {
    var polynomial: IntegerPolynomial
    var left: Int
    var right: Int
    var s: IntegerPolynomial
    var t: IntegerPolynomial
  }

  private var nodes: [Node] = []
  private var root = 0
  private var leaves: [Int] = []
  private let prime: WordModulus

  /// - Parameter factors: monic, pairwise coprime; at least one.
  init(_ factors: [ModularPolynomial], _ prime: WordModulus) throws(ArithmeticError) {
    self.prime = prime
    // Halves of similar degree keep the tree shallow in cost, not only in depth.
    root = try build(factors.sorted { $0.degree < $1.degree }[...]).node
  }

  private mutating func build(
    _ factors: ArraySlice<ModularPolynomial>
  ) throws(ArithmeticError) -> (node: Int, product: ModularPolynomial) {
    if factors.count == 1, let factor = factors.first {
      nodes.append(
        Node(polynomial: lift(factor), left: -1, right: -1, s: .zero, t: .zero))
      leaves.append(nodes.count - 1)
      return (nodes.count - 1, factor)
    }
    let total = factors.reduce(0) { $0 + $1.degree }
    var split = factors.startIndex
    var degree = 0
    while split < factors.endIndex - 1, split == factors.startIndex || 2 * degree < total {
      degree += factors[split].degree
      split += 1
    }
    let left = try build(factors[..<split])
    let right = try build(factors[split...])
    guard let (s, t) = ModularPolynomial.bezout(left.product, right.product) else {
      throw .domain("factors to lift are not coprime modulo \(prime.value)")
    }
    let product = left.product * right.product
    nodes.append(
      Node(
        polynomial: lift(product), left: left.node, right: right.node, s: lift(s), t: lift(t)))
    return (nodes.count - 1, product)
  }

  private func lift(_ polynomial: ModularPolynomial) -> IntegerPolynomial {
    IntegerPolynomial(polynomial.coefficients.map { Integer(Int($0)) })
  }

  /// The monic factors modulo p^`exponent`, coefficients in [0, p^exponent).
  ///
  /// - Parameter polynomial: the polynomial whose factors modulo p the tree holds, up to a unit.
  /// - Throws: ``ArithmeticError/domain(_:)`` where p divides the leading coefficient.
  mutating func factors(
    of polynomial: IntegerPolynomial, exponent: Int
  ) throws(ArithmeticError) -> (factors: [IntegerPolynomial], modulus: Integer) {
    // The exponents on the way: each at most twice the one before, the last as asked.
    var exponents = [exponent]
    while let last = exponents.last, last > 1 { exponents.append((last + 1) / 2) }
    let base = Integer(Int(prime.value))
    var modulus = base
    for (step, target) in exponents.reversed().dropFirst().enumerated() {
      modulus = base.power(UInt(target))
      let isLast = step == exponents.count - 2
      guard let inverse = polynomial.leadingCoefficient.inverse(modulo: modulus) else {
        throw .domain("the leading coefficient is not invertible modulo \(prime.value)")
      }
      nodes[root].polynomial = polynomial.scaled(by: inverse).reduced(modulo: modulus)
      liftChildren(of: root, modulus, isLast)
    }
    return (leaves.map { nodes[$0].polynomial }, modulus)
  }

  private mutating func liftChildren(of index: Int, _ modulus: Integer, _ isLast: Bool) {
    let node = nodes[index]
    if node.left < 0 { return }
    let g = nodes[node.left].polynomial
    let h = nodes[node.right].polynomial
    let error = (node.polynomial - g.multiplied(by: h)).reduced(modulo: modulus)
    let (q, r) = node.s.multiplied(by: error).divided(byMonic: h, modulo: modulus)
    let lifted = (g + node.t.multiplied(by: error) + q.multiplied(by: g)).reduced(modulo: modulus)
    let other = (h + r).reduced(modulo: modulus)
    nodes[node.left].polynomial = lifted
    nodes[node.right].polynomial = other
    if !isLast {
      let defect =
        (node.s.multiplied(by: lifted) + node.t.multiplied(by: other) - .one)
        .reduced(modulo: modulus)
      let (c, d) = node.s.multiplied(by: defect).divided(byMonic: other, modulo: modulus)
      nodes[index].s = (node.s - d).reduced(modulo: modulus)
      nodes[index].t =
        (node.t - node.t.multiplied(by: defect) - c.multiplied(by: lifted))
        .reduced(modulo: modulus)
    }
    liftChildren(of: node.left, modulus, isLast)
    liftChildren(of: node.right, modulus, isLast)
  }
}

extension Integer {
  /// The remainder in [0, modulus) for a positive modulus.
  func reduced(modulo modulus: Integer) -> Integer {
    if !isNegative && self < modulus { return self }
    let remainder = (try? floorQuotientAndRemainder(by: modulus).remainder) ?? self
    return remainder
  }

  /// The remainder in (-modulus/2, modulus/2] for a positive modulus.
  func signedResidue(modulo modulus: Integer) -> Integer {
    let remainder = reduced(modulo: modulus)
    return remainder + remainder > modulus ? remainder - modulus : remainder
  }
}

extension UnivariatePolynomial where Coefficient == Integer {
  /// Each coefficient reduced to [0, modulus).
  func reduced(modulo modulus: Integer) -> Self {
    Self(coefficients.map { $0.reduced(modulo: modulus) })
  }

  /// Division by a monic polynomial over the residues, coefficients in [0, modulus).
  func divided(byMonic divisor: Self, modulo modulus: Integer) -> (quotient: Self, remainder: Self)
  {
    let m = divisor.coefficients.count - 1
    if coefficients.count <= m { return (.zero, reduced(modulo: modulus)) }
    var rest = coefficients
    var quotient = [Integer](repeating: .zero, count: rest.count - m)
    for shift in quotient.indices.reversed() {
      let factor = rest[shift + m].reduced(modulo: modulus)
      if factor.isZero { continue }
      quotient[shift] = factor
      for index in 0..<m { rest[shift + index] -= factor * divisor.coefficients[index] }
    }
    return (Self(quotient), Self(Array(rest.prefix(m))).reduced(modulo: modulus))
  }
}
