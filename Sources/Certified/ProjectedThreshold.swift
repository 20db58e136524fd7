import Algebra
import Exact

/// The solutions in x of "there is a y in a range with f(x, y) > 0" (or ≥, <, ≤), for a rational function f.
///
/// With P the product of the distinct irreducible parts of numerator, denominator and of y - e for the
/// finite ends e of the range, the real roots of P in y neither meet nor leave while x avoids the roots
/// of the leading coefficients, the discriminants and the pairwise resultants in y, and of the factors
/// free of y. On an open interval between those candidates the signs of f along y are those at one
/// rational sample, and there they are decided exactly.
///
/// **Guarantee:** every threshold in the range is found and the open parts of the set are exact. Whether
/// a threshold itself belongs to the set is decided where the threshold is rational or the condition
/// decides it (the projection of a strict condition is open), and is nil elsewhere.
///
/// Source: Collins 1975 (cylindrical algebraic decomposition, two variables).
public struct ProjectedThreshold: Sendable {
  public let condition: SignCondition
  /// The numbers at which the picture over x may change, in increasing order.
  public let candidates: [AlgebraicNumber]
  /// The set of x.
  public let solutions: AlgebraicSolutionSet

  /// All thresholds in the range, in increasing order.
  public var thresholds: [AlgebraicSolutionSet.Threshold] { solutions.thresholds }

  /// - Parameters:
  ///   - numerator: a polynomial in the two variables only.
  ///   - denominator: not zero; points at which it vanishes satisfy no condition.
  ///   - x: the index of the variable whose thresholds are asked.
  ///   - y: the index of the variable that is chosen.
  /// - Throws: ``RootError/otherVariables(_:)``; ``ArithmeticError`` as the factorization.
  public init(
    numerator: Polynomial, denominator: Polynomial = .one, _ condition: SignCondition,
    in x: Int, over range: RationalRange = .line, existsIn y: Int,
    over choices: RationalRange = .line
  ) throws {
    if denominator.isZero { throw ArithmeticError.divisionByZero }
    for polynomial in [numerator, denominator] {
      if let other = polynomial.occurringVariables.first(where: { $0 != x && $0 != y }) {
        throw RootError.otherVariables([polynomial.ring.variables[other]])
      }
    }
    self.condition = condition
    let top = numerator.coefficients(in: y).map { $0.univariate(in: x) ?? .zero }
    let bottom = denominator.coefficients(in: y).map { $0.univariate(in: x) ?? .zero }
    let candidates = try Self.candidates([numerator, denominator], x, y, range, choices)
    self.candidates = candidates

    var witnesses: [Rational] = []
    func holds(at value: Rational) throws -> Bool {
      let d = try Self.specialized(bottom, at: value)
      if d.isZero { return false }
      let n = try Self.specialized(top, at: value)
      let regions = try SignRegions(n, d, choices, cancels: false)
      let open = regions.pieces.filter { condition.holds(forSign: $0.sign) }
      witnesses += open.map(\.sample)
      if !open.isEmpty { return true }
      if !condition.isStrict, regions.points.contains(where: { $0.kind != .pole }) { return true }
      for case .closed(let end) in [choices.lower, choices.upper] where choices.contains(end) {
        let below = d.sign(at: end)
        if below != 0, condition.holds(forSign: below * n.sign(at: end)) { return true }
      }
      return false
    }

    let gaps = RationalSample.gaps(between: candidates, in: range)
    let truths = try gaps.map { try holds(at: $0.sample) }
    let places = AlgebraicSolutionSet.places(candidates, in: range)
    var cells: [AlgebraicSolutionSet.Cell] = []
    var next = 0
    for place in places {
      if next < gaps.count, let upper = gaps[next].upper, upper <= place {
        cells.append(.piece(truths[next]))
        next += 1
      }
      let before: Bool? =
        if case .piece(let isMember)? = cells.last { isMember } else { nil }
      let after = next < gaps.count ? truths[next] : nil
      let isMember: Bool?
      if let value = place.rational {
        isMember = try holds(at: value)
      } else if condition.isStrict, before == false || after == false {
        // f(x, y) > 0 at one point of the set implies it for the same y and all near x.
        isMember = false
      } else if try Self.hasWitness(witnesses, top, bottom, condition, at: place) {
        isMember = true
      } else if !condition.isStrict, before == true || after == true, bottom.count == 1,
        bottom[0].degree == 0, choices.isClosedAtItsEnds, let lead = top.last, top.count > 1,
        try place.sign(of: lead.rational) != 0
      {
        // Near a place where the leading coefficient stays nonzero, the roots in y are bounded: some
        // witness is a root, an end or arbitrary, and witnesses have a limit in the closed set.
        isMember = true
      } else {
        isMember = nil
      }
      // A strict condition cannot hold at a point alone, and has been decided above.
      cells.append(.point(place, isMember))
    }
    for truth in truths[next...] { cells.append(.piece(truth)) }
    solutions = AlgebraicSolutionSet(range: range, cells: cells)
  }

  /// Whether the condition holds at (place, y) for one of the tried y, decided exactly.
  private static func hasWitness(
    _ witnesses: [Rational], _ top: [IntegerPolynomial], _ bottom: [IntegerPolynomial],
    _ condition: SignCondition, at place: AlgebraicNumber
  ) throws -> Bool {
    for y in Set(witnesses) {
      let below = try place.sign(of: value(bottom, at: y))
      if below == 0 { continue }
      if condition.holds(forSign: below * (try place.sign(of: value(top, at: y)))) { return true }
    }
    return false
  }

  /// Σ cₖ(x)·y^k for a rational y, as a polynomial in x.
  private static func value(
    _ coefficients: [IntegerPolynomial], at y: Rational
  ) -> UnivariatePolynomial<Rational> {
    coefficients.reversed().reduce(UnivariatePolynomial<Rational>.zero) { sum, coefficient in
      sum * UnivariatePolynomial([y]) + coefficient.rational
    }
  }

  /// A positive multiple of Σ cₖ(x)·y^k for a rational x, as a polynomial in y.
  private static func specialized(
    _ coefficients: [IntegerPolynomial], at x: Rational
  ) throws -> IntegerPolynomial {
    let values = try coefficients.map { try $0.value(at: x) }
    let common = values.reduce(Integer.one) { Integer.lcm($0, $1.denominator) }
    let cleared = try values.map {
      try $0.numerator * common.quotientAndRemainder(by: $0.denominator).quotient
    }
    return IntegerPolynomial(cleared)
  }

  // MARK: Projection

  private static func candidates(
    _ polynomials: [Polynomial], _ x: Int, _ y: Int, _ range: RationalRange,
    _ choices: RationalRange
  ) throws -> [AlgebraicNumber] {
    var free: [IntegerPolynomial] = []
    var factors: [Polynomial] = []
    func add(_ polynomial: Polynomial) {
      // The basis stays square-free and pairwise coprime: a common part is split off.
      var rest = polynomial
      for index in factors.indices {
        let common = Polynomial.gcd(rest, factors[index])
        if common.isConstant { continue }
        if let a = rest.divided(by: common) { rest = a }
        if let b = factors[index].divided(by: common), !b.isConstant {
          factors[index] = b
          factors.append(common)
        }
      }
      if !rest.isConstant { factors.append(rest) }
    }
    for polynomial in polynomials where !polynomial.isZero {
      for (factor, _) in polynomial.squareFreeFactors() {
        let content = factor.coefficients(in: y).reduce(Polynomial(0, ring: factor.ring)) {
          Polynomial.gcd($0, $1)
        }
        if let part = content.univariate(in: x) { free.append(part) }
        if let primitive = factor.divided(by: content) { add(primitive) }
      }
    }
    if let ring = polynomials.map(\.ring).first(where: { $0.variables.count > max(x, y) }) {
      for end in [choices.lower.number, choices.upper.number].compactMap({ $0 }) {
        add(
          Polynomial.variable(y, of: ring).scaled(by: end.denominator)
            - Polynomial(end.numerator, ring: ring))
      }
    }
    let parts = factors.map { $0.coefficients(in: y).map { $0.univariate(in: x) ?? .zero } }
      .filter { $0.count > 1 }
    for (index, part) in parts.enumerated() {
      if let lead = part.last { free.append(lead) }
      let derivative = part.enumerated().dropFirst().map { $1.scaled(by: Integer($0)) }
      if part.count > 2 { free.append(try BivariateResultant.resultant(part, derivative)) }
      for other in parts[(index + 1)...] {
        free.append(try BivariateResultant.resultant(part, other))
      }
    }
    var found: Set<AlgebraicNumber> = []
    for polynomial in free where !polynomial.isZero {
      for (root, _) in try AlgebraicNumber.roots(of: polynomial, in: range) { found.insert(root) }
    }
    return found.sorted()
  }
}

/// Resultants in y of polynomials in x and y.
enum BivariateResultant {
  /// res_y(Σ aₖ(x)·y^k, Σ bₖ(x)·y^k) as a polynomial in x, up to a positive rational factor.
  ///
  /// Values at more integers than its degree can be, interpolated by divided differences.
  static func resultant(
    _ a: [IntegerPolynomial], _ b: [IntegerPolynomial]
  ) throws -> IntegerPolynomial {
    func degree(_ p: [IntegerPolynomial]) -> Int { p.compactMap(\.degree).max() ?? 0 }
    guard let leadA = a.last, let leadB = b.last, !leadA.isZero, !leadB.isZero else { return .zero }
    let bound = degree(a) * (b.count - 1) + degree(b) * (a.count - 1)
    if bound > 2000 { throw ArithmeticError.limit("a resultant of degree up to \(bound)") }
    var nodes: [Rational] = []
    var differences: [Rational] = []
    var k = 0
    while nodes.count <= bound {
      let node = Integer(k % 2 == 0 ? k / 2 : -(k + 1) / 2)
      k += 1
      // Where a leading coefficient vanishes the resultant of the values is another one.
      if leadA(node).isZero || leadB(node).isZero { continue }
      let value = try IntegerPolynomial.resultant(
        IntegerPolynomial(a.map { $0(node) }), IntegerPolynomial(b.map { $0(node) }))
      var entry = Rational(value)
      let place = Rational(node)
      for (earlier, difference) in zip(nodes, differences) {
        entry = try (entry - difference) / (place - earlier)
      }
      nodes.append(place)
      differences.append(entry)
    }
    var sum = UnivariatePolynomial<Rational>.zero
    for (node, difference) in zip(nodes, differences).reversed() {
      sum = sum * UnivariatePolynomial([-node, .one]) + UnivariatePolynomial([difference])
    }
    return IntegerPolynomial(clearingDenominatorsOf: sum)
  }
}

extension RationalRange {
  /// Whether every finite end belongs to the range.
  var isClosedAtItsEnds: Bool {
    if case .open = lower { return false }
    if case .open = upper { return false }
    return true
  }
}

extension UnivariatePolynomial where Coefficient == Integer {
  /// The same polynomial over the rationals.
  var rational: UnivariatePolynomial<Rational> { map { Rational($0) } }
}
