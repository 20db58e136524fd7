import Exact

/// A polynomial in several variables over Z, sparse, its terms in decreasing graded lexicographic
/// order.
///
/// Invariants: monomials strictly decrease; no coefficient is zero; the zero polynomial has no term.
/// A constant combines with any ring; otherwise both
/// operands of an operation must belong to equal rings.
public struct Polynomial: Sendable {
  public internal(set) var ring: PolynomialRing
  var monomials: [Monomial]
  var coefficients: [Integer]

  init(ring: PolynomialRing, monomials: [Monomial], coefficients: [Integer]) {
    self.ring = ring
    self.monomials = monomials
    self.coefficients = coefficients
  }

  /// The constant `value` of the given ring.
  public init(_ value: Integer, ring: PolynomialRing) {
    self.init(
      ring: ring, monomials: value.isZero ? [] : [.one], coefficients: value.isZero ? [] : [value])
  }

  /// The variable with the given index.
  public static func variable(_ index: Int, of ring: PolynomialRing) -> Polynomial {
    Polynomial(
      ring: ring, monomials: [ring.monomial(variable: index, exponent: 1)], coefficients: [1])
  }

  /// A polynomial from terms in any order, equal monomials added.
  ///
  /// - Throws: ``ArithmeticError/overflow(_:)`` for a degree that the ring cannot hold.
  public init(
    ring: PolynomialRing, terms: [(exponents: [Int], coefficient: Integer)]
  ) throws(ArithmeticError) {
    var packed: [(Monomial, Integer)] = []
    for term in terms {
      guard term.exponents.allSatisfy({ $0 >= 0 }),
        term.exponents.reduce(0, { $0 > ring.maximumDegree ? $0 : $0 + min($1, 1 << 32) })
          <= ring.maximumDegree
      else { throw .overflow("degree beyond \(ring.maximumDegree)") }
      packed.append((ring.monomial(term.exponents), term.coefficient))
    }
    self.init(ring: ring, unsorted: packed)
  }

  /// Sorts and merges terms.
  init(ring: PolynomialRing, unsorted terms: [(Monomial, Integer)]) {
    var monomials: [Monomial] = []
    var coefficients: [Integer] = []
    monomials.reserveCapacity(terms.count)
    coefficients.reserveCapacity(terms.count)
    for (monomial, coefficient) in terms.sorted(by: { $0.0 > $1.0 }) {
      if let last = monomials.indices.last, monomials[last] == monomial {
        coefficients[last] += coefficient
        continue
      }
      if let last = coefficients.last, last.isZero {
        monomials.removeLast()
        coefficients.removeLast()
      }
      monomials.append(monomial)
      coefficients.append(coefficient)
    }
    if let last = coefficients.last, last.isZero {
      monomials.removeLast()
      coefficients.removeLast()
    }
    self.init(ring: ring, monomials: monomials, coefficients: coefficients)
  }

  /// The number of terms.
  public var termCount: Int { monomials.count }

  /// The terms from the greatest monomial down.
  public var terms: [(exponents: [Int], coefficient: Integer)] {
    zip(monomials, coefficients).map { (ring.exponents($0), $1) }
  }

  /// The coefficient of the greatest monomial; zero for the zero polynomial.
  public var leadingCoefficient: Integer { coefficients.first ?? 0 }

  public var isConstant: Bool { monomials.isEmpty || monomials[0].isOne }

  /// The value where the polynomial is constant.
  public var constantValue: Integer? {
    isConstant ? (coefficients.first ?? 0) : nil
  }

  /// The coefficient of the unit monomial.
  public var constantTerm: Integer {
    guard let last = monomials.last, last.isOne else { return 0 }
    return coefficients[coefficients.count - 1]
  }

  /// The greatest total degree of a term; 0 for constants and for zero.
  public var totalDegree: Int { monomials.first.map { ring.totalDegree($0) } ?? 0 }

  /// The greatest exponent of a variable.
  public func degree(in variable: Int) -> Int {
    guard variable < ring.variables.count else { return 0 }
    var degree = 0
    for monomial in monomials { degree = max(degree, ring.exponent(monomial, of: variable)) }
    return degree
  }

  /// The indices of the variables that occur.
  public var occurringVariables: [Int] {
    let union = monomials.reduce(.one, |)
    return ring.variables.indices.filter { ring.exponent(union, of: $0) != 0 }
  }

  /// The same polynomial in another ring; `position` gives each variable's new index.
  ///
  /// - Throws: ``ArithmeticError/overflow(_:)`` where the new ring cannot hold the degree.
  public func embedded(
    in target: PolynomialRing, position: (Int) -> Int
  ) throws(ArithmeticError) -> Polynomial {
    if isConstant { return Polynomial(constantTerm, ring: target) }
    guard totalDegree <= target.maximumDegree else {
      throw .overflow("degree \(totalDegree) in a ring that holds \(target.maximumDegree)")
    }
    let places = ring.variables.indices.map(position)
    var moved: [(Monomial, Integer)] = []
    moved.reserveCapacity(termCount)
    for (monomial, coefficient) in zip(monomials, coefficients) {
      var exponents = [Int](repeating: 0, count: target.variables.count)
      for (variable, place) in places.enumerated() {
        let exponent = ring.exponent(monomial, of: variable)
        if exponent != 0 { exponents[place] += exponent }
      }
      moved.append((target.monomial(exponents), coefficient))
    }
    return Polynomial(ring: target, unsorted: moved)
  }

  /// The ring of a result: constants adopt the other operand's.
  @inline(__always) static func commonRing(_ a: Polynomial, _ b: Polynomial) -> PolynomialRing {
    if a.ring === b.ring { return a.ring }
    if a.ring.variables.isEmpty { return b.ring }
    if b.ring.variables.isEmpty { return a.ring }
    // The unit monomial is 0 in every ring, so that a constant fits any.
    if a.isConstant { return b.ring }
    if b.isConstant { return a.ring }
    precondition(a.ring == b.ring, "polynomials of different rings")
    return a.ring
  }
}

extension Polynomial: Hashable {
  public static func == (a: Polynomial, b: Polynomial) -> Bool {
    a.monomials == b.monomials && a.coefficients == b.coefficients
      && (a.isConstant || a.ring == b.ring)
  }
  public func hash(into hasher: inout Hasher) {
    hasher.combine(monomials)
    hasher.combine(coefficients)
  }
}

extension Polynomial: CustomStringConvertible {
  public var description: String {
    if isZero { return "0" }
    var text = ""
    for (exponents, coefficient) in terms {
      var factors = zip(ring.variables, exponents).filter { $0.1 > 0 }
        .map { $0.1 == 1 ? $0.0 : "\($0.0)^\($0.1)" }
      if factors.isEmpty || !coefficient.magnitude.isOne {
        factors.insert(coefficient.magnitude.description, at: 0)
      }
      let sign = coefficient.isNegative ? "-" : "+"
      text += text.isEmpty ? (sign == "-" ? "-" : "") : " \(sign) "
      text += factors.joined(separator: "*")
    }
    return text
  }
}

extension Polynomial {
  /// The terms, each as a polynomial.
  public var singleTerms: [Polynomial] {
    zip(monomials, coefficients).map {
      Polynomial(ring: ring, monomials: [$0], coefficients: [$1])
    }
  }
}
