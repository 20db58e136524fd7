import Algebra
import Arbitrary
import Exact

/// Decides whether polynomials in symbols and radicals vanish identically on a connected open set on
/// which all kernels are real and analytic.
///
/// The method is dynamic evaluation (Duval 1989). Let t be the last radical in f, m(t) = 0 its
/// relation, without multiple roots. The greatest common divisor g of f and m as polynomials in t is
/// computed with coefficients whose vanishing is decided by the same method, one radical less. If g is
/// constant, f and m have no common root and f is not zero. Otherwise c·m = g·k, so that g(t)·k(t) is
/// zero everywhere. A product of analytic functions on a connected set is zero only if one factor is;
/// m has no multiple roots, so exactly one is, and an enclosure that excludes zero at one point tells
/// which: f vanishes if k(t) does not, and is not zero if g(t) is not.
///
/// The answer *zero* is proved whatever the kernels are: it uses nothing but identities between them
/// and enclosures that exclude zero. The answer *not zero* takes kernels without a relation as
/// independent.
struct KernelTower {
  let basis: KernelBasis
  /// The relations on this set, which may differ from those of the basis by signs.
  let relations: [KernelBasis.Relation?]
  /// The values of the generators at points of the set.
  let points: [KernelPoint]
  let limits: ZeroTest.Limits
  private var eliminations = 0
  private var products = 0
  private var memory: [Polynomial: Bool] = [:]

  init(
    _ basis: KernelBasis, _ relations: [KernelBasis.Relation?], _ points: [KernelPoint],
    _ limits: ZeroTest.Limits
  ) {
    self.basis = basis
    self.relations = relations
    self.points = points
    self.limits = limits
  }

  /// Whether a polynomial over the basis vanishes identically.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)``.
  mutating func vanishes(_ polynomial: Polynomial) throws(ArithmeticError) -> Bool {
    let f = try reduce(try basis.lift(polynomial)).primitivePart
    if f.isZero { return true }
    if let known = memory[f] { return known }
    let result = try decide(f)
    memory[f] = result
    return result
  }

  private mutating func decide(_ f: Polynomial) throws(ArithmeticError) -> Bool {
    guard let top = f.occurringVariables.last(where: { relations[$0] != nil }),
      let relation = relations[top]
    else { return false }
    if points.prefix(2).contains(where: { $0.excludesZero(f, precision: 128) }) { return false }
    var previous = try relationPolynomial(relation)
    let modulus = previous
    var current = try trimmed(f.coefficients(in: top))
    if current.isEmpty { return true }
    var leads: [Polynomial] = []
    while true {
      if let lead = current.last { leads.append(lead) }
      if current.count == 1 { return false }
      let rest = try trimmed(try remainder(previous, current).rest)
      if rest.isEmpty { break }
      (previous, current) = (current, rest)
    }
    // current is the divisor, nonzero multiples aside, of f and of the relation.
    let cofactor = try remainder(modulus, current).quotient
    let variable = Polynomial.variable(top, of: basis.ring)
    let divisor = try value(current, at: variable)
    let other = try value(cofactor, at: variable)
    if other.isConstant, !other.isZero {
      // The whole relation divides f.
      return try certify(leads)
    }
    var precision = 128
    while precision <= limits.precision {
      for point in points {
        if point.excludesZero(other, precision: precision) { return try certify(leads) }
        if point.excludesZero(divisor, precision: precision) { return false }
      }
      precision *= 2
    }
    throw .limit("two conjugates could not be told apart")
  }

  /// The factors that were divided by are not zero everywhere: an enclosure says so for each.
  private func certify(_ leads: [Polynomial]) throws(ArithmeticError) -> Bool {
    for lead in leads where !lead.isConstant {
      var precision = 128
      while !points.contains(where: { $0.excludesZero(lead, precision: precision) }) {
        precision *= 2
        if precision > limits.precision { throw .limit("a pivot could not be told from zero") }
      }
    }
    return true
  }

  // MARK: Polynomials in the last radical

  private func relationPolynomial(
    _ relation: KernelBasis.Relation
  ) throws(ArithmeticError) -> [Polynomial] {
    var result = [Polynomial](
      repeating: Polynomial(0, ring: basis.ring), count: relation.degree + 1)
    result[0] = -(try basis.lift(relation.value))
    for (k, coefficient) in relation.lower.enumerated() {
      result[k] = result[k] - Polynomial(coefficient, ring: basis.ring)
    }
    result[relation.degree] = try basis.lift(relation.lead ?? Polynomial(1, ring: basis.ring))
    return result
  }

  /// The coefficients without leading ones that vanish.
  private mutating func trimmed(
    _ coefficients: [Polynomial]
  ) throws(ArithmeticError) -> [Polynomial] {
    var result = coefficients
    while let lead = result.last, try vanishes(lead) { result.removeLast() }
    return result
  }

  /// c·a = quotient·b + rest for a power c of the leading coefficient of b.
  private mutating func remainder(
    _ a: [Polynomial], _ b: [Polynomial]
  ) throws(ArithmeticError) -> (quotient: [Polynomial], rest: [Polynomial]) {
    guard let lead = b.last else { throw .divisionByZero }
    eliminations += 1
    if eliminations > limits.eliminations { throw .limit("\(eliminations) eliminations") }
    var rest = a
    let zero = Polynomial(0, ring: basis.ring)
    var quotient = [Polynomial](repeating: zero, count: max(a.count - b.count + 1, 0))
    while rest.count >= b.count, let top = rest.last {
      let shift = rest.count - b.count
      rest.removeLast()
      for place in rest.indices { rest[place] = try multiply(rest[place], lead) }
      for place in quotient.indices { quotient[place] = try multiply(quotient[place], lead) }
      quotient[shift] = quotient[shift] + top
      for (place, coefficient) in b.dropLast().enumerated() {
        rest[place + shift] = rest[place + shift] - (try multiply(top, coefficient))
      }
    }
    return (quotient, primitive(rest))
  }

  /// The coefficients without a common factor, unless that might vanish itself.
  private func primitive(_ coefficients: [Polynomial]) -> [Polynomial] {
    if coefficients.count < 2 || coefficients.contains(where: { $0.termCount > 1000 }) {
      return coefficients
    }
    var common = Polynomial(0, ring: basis.ring)
    for coefficient in coefficients {
      common = Polynomial.gcd(common, coefficient)
      if common.isOne { return coefficients }
    }
    if common.isZero || common.occurringVariables.contains(where: { relations[$0] != nil }) {
      return coefficients
    }
    return coefficients.map { $0.divided(by: common) ?? $0 }
  }

  private mutating func multiply(
    _ a: Polynomial, _ b: Polynomial
  ) throws(ArithmeticError) -> Polynomial {
    products += a.termCount * b.termCount
    if products > limits.products { throw .limit("\(products) products of terms") }
    let result = try reduce(try basis.product(a, b))
    if result.termCount > limits.terms { throw .limit("a polynomial of \(result.termCount) terms") }
    return result
  }

  private func value(
    _ coefficients: [Polynomial], at variable: Polynomial
  ) throws(ArithmeticError) -> Polynomial {
    var result = Polynomial(0, ring: basis.ring)
    for coefficient in coefficients.reversed() {
      result = try basis.product(result, variable) + coefficient
    }
    return result
  }

  // MARK: Relations

  /// The polynomial with powers lowered by the relations of this set.
  func reduce(_ polynomial: Polynomial) throws(ArithmeticError) -> Polynomial {
    var result = polynomial
    for index in relations.indices.reversed() {
      guard let relation = relations[index], relation.lead == nil,
        result.degree(in: index) >= relation.degree
      else { continue }
      let value = try basis.lift(relation.value)
      var parts = result.coefficients(in: index)
      while parts.count > relation.degree, let part = parts.popLast() {
        let place = parts.count - relation.degree
        parts[place] = parts[place] + (try basis.product(part, value))
        for (k, coefficient) in relation.lower.enumerated() where !coefficient.isZero {
          parts[place + k] = parts[place + k] + part.scaled(by: coefficient)
        }
      }
      result = try self.value(parts, at: Polynomial.variable(index, of: basis.ring))
      if result.termCount > limits.terms {
        throw .limit("a polynomial of \(result.termCount) terms")
      }
    }
    return result
  }
}

/// The generators of a basis at a point, to any precision.
struct KernelPoint {
  private let program: Program
  private let point: [Rational]
  /// Generators that stand for their imaginary part there.
  private let imaginary: Set<Int>
  private let cache = Cache()

  /// Values by precision. Used by one decision only.
  private final class Cache {
    var values: [Int: [Interval]] = [:]
  }

  init(_ program: Program, _ point: [Rational], imaginary: Set<Int>) {
    self.program = program
    self.point = point
    self.imaginary = imaginary
  }

  /// Enclosures of the generators; nil where one is not defined.
  func values(precision: Int) -> [Interval]? {
    if let known = cache.values[precision] { return known }
    guard
      let enclosures = try? program.enclose(
        point.map { Interval($0, precision: precision) }, precision: precision)
    else { return nil }
    let values = enclosures.enumerated().map { imaginary.contains($0) ? $1.im : $1.re }
    guard values.allSatisfy({ !$0.isEmpty }) else { return nil }
    cache.values[precision] = values
    return values
  }

  /// Encloses the polynomial at the point.
  func value(_ polynomial: Polynomial, precision: Int) -> Interval? {
    guard let values = values(precision: precision) else { return nil }
    var powers: [Int: [Interval]] = [:]
    var sum = Interval(0, precision: precision)
    for (exponents, coefficient) in polynomial.terms {
      var term = Interval(coefficient, precision: precision)
      for (index, exponent) in exponents.enumerated() where exponent > 0 {
        guard index < values.count else { return nil }
        var table = powers[index] ?? [values[index]]
        while table.count < exponent {
          table.append(Interval.mul(table[table.count - 1], values[index], precision: precision))
        }
        powers[index] = table
        term = Interval.mul(term, table[exponent - 1], precision: precision)
      }
      sum = Interval.add(sum, term, precision: precision)
    }
    return sum
  }

  /// Whether the polynomial is certainly not zero there.
  func excludesZero(_ polynomial: Polynomial, precision: Int) -> Bool {
    guard let value = value(polynomial, precision: precision) else { return false }
    return value.isBounded && !value.isEmpty && !value.containsZero
  }
}
