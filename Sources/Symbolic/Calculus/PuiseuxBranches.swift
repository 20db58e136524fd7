import Algebra
import Arbitrary
import Exact

/// A real branch y(x) of an algebraic curve next to x = 0 from the right, as a Puiseux series.
public struct PuiseuxBranch: Sendable {
  /// One term, coefficient·x^exponent.
  public struct Term: Sendable {
    public let exponent: Rational
    /// Real algebraic, not zero.
    public let coefficient: AlgebraicNumber
  }

  /// By increasing exponents.
  public let terms: [Term]
  /// The exponent of the next term; nil where the terms are the whole branch.
  public let order: Rational?
  /// How many times the branch counts among the roots y; more than 1 only where F has a square
  /// factor.
  public let multiplicity: Int
}

/// All real branches of F(x, y) = 0 next to x = 0, x > 0, for a polynomial F over the rationals.
public struct PuiseuxBranches: Sendable {
  /// The branches, in the order of the slopes of the Newton polygon and then of the coefficients.
  public let branches: [PuiseuxBranch]
  /// The number of roots y next to x = 0 that are not real, multiplicities counted: the degree of F in y
  /// less that of the branches.
  public let complexCount: Int

  /// The degree up to which polynomials are accepted.
  public static let degreeLimit = 40

  /// The branches with so many terms each.
  ///
  /// Newton's polygon: the exponents γ of leading terms c·x^γ are its slopes, and c are the roots of the
  /// polynomial of the terms on the edge; then y = x^γ(c + z) and again for z, with γ > 0. Once c is a simple
  /// root the rest is determined in Q(c) (R. J. Walker, Algebraic Curves, 1950, IV.3). Distinct real
  /// simple roots give real branches, pairs of complex ones none; so the list is complete.
  ///
  /// - Parameter count: the terms of each branch, those that are the whole branch may have fewer.
  /// - Throws: ``LimitError/unsupported(_:)`` for what is no polynomial over Q, and for an irrational
  ///   coefficient that is a multiple root; ``LimitError/arithmetic(_:)`` for a limit on size.
  public init(
    of f: Expression, x: Symbol, y: Symbol, terms count: Int = 4
  ) throws(LimitError) {
    let points = try Self.points(f, x, y)
    let degree = points.keys.map(\.y).max() ?? 0
    guard degree > 0 else { throw .unsupported("a polynomial without \(y)") }
    guard degree <= Self.degreeLimit else { throw .unsupported("a polynomial of that degree") }
    var search = Search(count: min(max(count, 1), 32))
    do throws(ArithmeticError) {
      try search.follow(
        Curve(points: points, modulus: nil), prefix: [], isFirst: true)
    } catch { throw .arithmetic(error) }
    if let problem = search.problem { throw .unsupported(problem) }
    branches = search.found
    complexCount = degree - search.found.reduce(0) { $0 + $1.multiplicity }
  }

  private static func points(
    _ f: Expression, _ x: Symbol, _ y: Symbol
  ) throws(LimitError) -> [Curve.Place: UnivariatePolynomial<Rational>] {
    try LimitError.arithmetic { () throws(ArithmeticError) in
      var normalizer = try Normalizer(symbols: [x, y])
      let value = try normalizer.normalize(f)
      let numerator = value.re.numerator
      guard value.im.isZero, value.re.denominator.isConstant,
        numerator.occurringVariables.allSatisfy({ $0 < 2 })
      else { throw .domain("\(f) is no polynomial in \(x) and \(y) over the rationals") }
      var points: [Curve.Place: UnivariatePolynomial<Rational>] = [:]
      for (exponents, coefficient) in numerator.terms {
        let place = Curve.Place(
          x: Rational(exponents.first ?? 0), y: exponents.count > 1 ? exponents[1] : 0)
        points[place] = UnivariatePolynomial([Rational(coefficient)])
      }
      return points
    }
  }
}

/// A polynomial in y and fractional powers of x, coefficients in Q or in Q(c) = Q[c]/(modulus).
private struct Curve {
  struct Place: Hashable {
    let x: Rational
    let y: Int
  }

  typealias Element = UnivariatePolynomial<Rational>

  var points: [Place: Element]
  let modulus: Element?

  func reduced(_ a: Element) throws(ArithmeticError) -> Element {
    guard let modulus else { return a }
    return try a.quotientAndRemainder(by: modulus).remainder
  }

  /// a/b in the field, by the extended algorithm of Euclid.
  func quotient(_ a: Element, _ b: Element) throws(ArithmeticError) -> Element {
    guard let modulus else {
      guard let divisor = b.coefficients.first else { throw .divisionByZero }
      return Element([try (a.coefficients.first ?? .zero) / divisor])
    }
    var (r, s) = (modulus, b)
    var (u, v) = (Element.zero, Element.one)
    while !s.isZero {
      let (q, rest) = try r.quotientAndRemainder(by: s)
      (r, s) = (s, rest)
      (u, v) = (v, u - q * v)
    }
    guard r.coefficients.count == 1, let unit = r.coefficients.first else {
      throw .divisionByZero
    }
    let inverse = u * Element([try Rational.one / unit])
    return try reduced(a * inverse)
  }

  /// The edges of the lower hull: the exponent γ = -slope, and the points on the edge.
  func edges() -> [(exponent: Rational, places: [Place])] {
    var lowest: [Int: Rational] = [:]
    for place in points.keys { lowest[place.y] = min(lowest[place.y] ?? place.x, place.x) }
    let columns = lowest.keys.sorted()
    var result: [(Rational, [Place])] = []
    guard var at = columns.first else { return [] }
    while let here = lowest[at] {
      var best: (slope: Rational, end: Int)?
      for column in columns where column > at {
        guard let there = lowest[column] else { continue }
        let slope = (there - here) * Rational(reciprocalOf: Integer(column - at))
        if best == nil || slope <= best?.slope ?? slope { best = (slope, column) }
      }
      guard let (slope, end) = best else { break }
      let places = columns.filter { $0 >= at && $0 <= end }.compactMap { column -> Place? in
        guard let x = lowest[column], x == here + slope * Rational(column - at) else { return nil }
        return Place(x: x, y: column)
      }
      result.append((-slope, places))
      at = end
    }
    return result
  }

  /// F(x, x^γ(c + z)) over the least power of x that divides it.
  func substituting(
    _ exponent: Rational, _ c: Element, modulus: Element?
  ) throws(ArithmeticError) -> Curve {
    var next = Curve(points: [:], modulus: modulus)
    let top = points.keys.map(\.y).max() ?? 0
    var powers = [Element.one]
    for _ in 0..<top { powers.append(try next.reduced(powers[powers.count - 1] * c)) }
    for (place, value) in points {
      let x = place.x + exponent * Rational(place.y)
      var binomial = Rational.one
      for k in 0...place.y {
        let term = try next.reduced(value * powers[place.y - k] * Element([binomial]))
        next.points[Place(x: x, y: k), default: .zero] += term
        binomial =
          binomial * Rational(place.y - k) * Rational(reciprocalOf: Integer(k + 1))
      }
    }
    next.points = next.points.filter { !$0.value.isZero }
    guard let least = next.points.keys.map(\.x).min() else { return next }
    var shifted: [Place: Element] = [:]
    for (place, value) in next.points { shifted[Place(x: place.x - least, y: place.y)] = value }
    next.points = shifted
    return next
  }
}

/// The depth-first search along the polygons.
private struct Search {
  let count: Int
  var found: [PuiseuxBranch] = []
  var problem: String?

  init(count: Int) { self.count = count }

  /// How many terms beyond those asked for may be needed to tell branches apart.
  private static let extraTerms = 24

  mutating func follow(
    _ curve: Curve, prefix: [(exponent: Rational, coefficient: Curve.Element)],
    isFirst: Bool, root: AlgebraicNumber? = nil
  ) throws(ArithmeticError) {
    // y^k divides: the prefix is a branch, k times.
    let low = curve.points.keys.map(\.y).min() ?? 0
    if low > 0 { try record(prefix, order: nil, low, root) }
    var edges = curve.edges()
    if !isFirst { edges = edges.filter { $0.exponent.signum > 0 } }
    if prefix.count >= count + Self.extraTerms, !edges.isEmpty {
      problem = "branches that \(prefix.count) terms do not tell apart"
      return
    }
    for edge in edges {
      // An edge of width 1 is one root, which is then real. A wider one is several, which may be complex.
      if prefix.count >= count, let first = edge.places.first, let last = edge.places.last,
        last.y - first.y == 1
      {
        try record(
          prefix, order: (prefix.last?.exponent ?? .zero) + edge.exponent, 1, root)
        continue
      }
      for (value, c) in try roots(of: edge.places, in: curve) {
        let field = value ?? root
        let modulus =
          field.flatMap { $0.rational == nil ? $0.minimalPolynomial : nil }
          .map { UnivariatePolynomial($0.coefficients.map { Rational($0) }) }
        let next = try curve.substituting(edge.exponent, c, modulus: modulus ?? curve.modulus)
        let base = prefix.last?.exponent ?? .zero
        try follow(
          next, prefix: prefix + [(base + edge.exponent, c)], isFirst: false, root: field)
      }
    }
  }

  /// The nonzero real roots of an edge's polynomial, as elements of the field; with the number that
  /// generates the field where it is new.
  private mutating func roots(
    of places: [Curve.Place], in curve: Curve
  ) throws(ArithmeticError) -> [(AlgebraicNumber?, Curve.Element)] {
    guard let first = places.first, let last = places.last else { return [] }
    if curve.modulus != nil {
      guard last.y - first.y == 1, let a = curve.points[first], let b = curve.points[last] else {
        problem = "an irrational coefficient that is a multiple root"
        return []
      }
      return [(nil, -(try curve.quotient(a, b)))]
    }
    var coefficients = [Rational](repeating: .zero, count: last.y - first.y + 1)
    for place in places {
      coefficients[place.y - first.y] = curve.points[place]?.coefficients.first ?? .zero
    }
    var result: [(AlgebraicNumber?, Curve.Element)] = []
    for (root, times) in try AlgebraicNumber.roots(of: UnivariatePolynomial(coefficients)) {
      if let rational = root.rational {
        if !rational.isZero { result.append((nil, Curve.Element([rational]))) }
      } else if times == 1 {
        result.append((root, Curve.Element([.zero, .one])))
      } else {
        problem = "an irrational coefficient that is a multiple root"
      }
    }
    return result
  }

  private mutating func record(
    _ prefix: [(exponent: Rational, coefficient: Curve.Element)], order: Rational?,
    _ multiplicity: Int, _ root: AlgebraicNumber?
  ) throws(ArithmeticError) {
    var terms: [PuiseuxBranch.Term] = []
    for step in prefix.prefix(count) {
      let value: AlgebraicNumber
      if step.coefficient.coefficients.count <= 1 || root == nil {
        value = AlgebraicNumber(step.coefficient.coefficients.first ?? .zero)
      } else {
        value = try root?.value(of: step.coefficient) ?? AlgebraicNumber(Rational.zero)
      }
      terms.append(.init(exponent: step.exponent, coefficient: value))
    }
    let next = prefix.count > count ? prefix[count].exponent : order
    found.append(PuiseuxBranch(terms: terms, order: next, multiplicity: multiplicity))
  }
}
