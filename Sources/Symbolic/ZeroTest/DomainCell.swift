import Algebra
import Arbitrary
import Exact

/// A connected open part of the domain of some symbols, known by points in it.
struct DomainCell {
  let points: [[Symbol: Rational]]

  /// How many points a cell gets.
  private static let pointCount = 4

  /// The parts of the interior of the domain off the zeros of some polynomials.
  ///
  /// A domain is a product of intervals, convex. Zeros of polynomials in one symbol cut it into slabs
  /// between neighbouring roots, zeros of affine polynomials into convex pieces; every piece is
  /// connected. The slabs are all found; of convex pieces every pattern of signs must turn up among
  /// the points, or be impossible.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)`` for other polynomials, and where there are too many cells.
  static func split(
    _ symbols: [Symbol], by factors: [Expression], _ limits: ZeroTest.Limits
  ) throws(ArithmeticError) -> [DomainCell] {
    var normalizer = try Normalizer(symbols: symbols)
    var polynomials: [Polynomial] = []
    for factor in factors {
      polynomials.insertCoprime(try normalizer.normalize(factor).re.numerator.primitivePart)
    }
    // A polynomial without square factors that keeps its sign vanishes on a set of codimension two at
    // least, as an irreducible polynomial changes sign where it vanishes on a hypersurface (Bochnak,
    // Coste, Roy 1998, theorem 4.5.1): such zeros separate nothing.
    let prover = SignProver(normalizer.basis)
    var separating: [Polynomial] = []
    for polynomial in polynomials where prover.sign(of: polynomial) == nil {
      let sign = try DefiniteSign.sign(of: polynomial, { symbols[$0].domain }, degree: 12)
      if sign == nil { separating.append(polynomial) }
    }
    polynomials = separating
    if polynomials.isEmpty {
      return [DomainCell(points: (0..<pointCount).map { real(DomainPoint.point(symbols, $0)) })]
    }
    // Polynomials in one symbol each: a grid of slabs. Affine ones in several: patterns of signs.
    var slabs: [Int: IntegerPolynomial] = [:]
    var planes: [Polynomial] = []
    for polynomial in polynomials {
      let variables = polynomial.occurringVariables
      if variables.count == 1, let variable = variables.first,
        let single = polynomial.univariate(in: variable)
      {
        slabs[variable] = (slabs[variable] ?? .one) * single
      } else if polynomial.totalDegree == 1 {
        planes.append(polynomial)
      } else {
        throw .limit("the zeros of \(polynomial) split the domain")
      }
    }
    var grid: [[(variable: Int, between: (Rational?, Rational?))]] = [[]]
    for (variable, polynomial) in slabs.sorted(by: { $0.key < $1.key }) {
      let pieces = try intervals(symbols[variable].domain, polynomial)
      grid = grid.flatMap { cell in pieces.map { cell + [(variable, $0)] } }
      if grid.count > limits.cells { throw .limit("\(grid.count) cells") }
    }
    var result: [DomainCell] = []
    for cell in grid {
      var narrowed = symbols
      for (variable, ends) in cell {
        guard let domain = interval(ends) else { throw .limit("an empty cell") }
        narrowed[variable] = Symbol(symbols[variable].name, domain)
      }
      let pieces = try pieces(symbols, narrowed, planes, limits)
      result += pieces
      if result.count > limits.cells { throw .limit("\(result.count) cells") }
    }
    return result
  }

  private static func real(_ point: [Symbol: Complex<Rational>]) -> [Symbol: Rational] {
    point.mapValues(\.re)
  }

  // MARK: One symbol

  /// The open intervals between neighbouring roots inside a domain, by rational ends that may lie on
  /// the inner side of an irrational root: such an interval only serves to take points from.
  private static func intervals(
    _ domain: Domain, _ polynomial: IntegerPolynomial
  ) throws(ArithmeticError) -> [(Rational?, Rational?)] {
    guard let range = domain.interior else { throw .limit("a domain that is no interval") }
    return try intervals(polynomial, in: range)
  }

  private static func intervals(
    _ polynomial: IntegerPolynomial, in range: RationalRange
  ) throws(ArithmeticError) -> [(Rational?, Rational?)] {
    var result: [(Rational?, Rational?)] = []
    var left = range.lower.value
    for root in try RealRootIsolation.isolate(polynomial, in: range) {
      // Neighbouring isolating intervals may touch, or reach beyond an end of the domain.
      let refined = try separated(root, of: polynomial, from: left, and: range.upper.value)
      result.append((left, refined.lower))
      left = refined.upper
    }
    result.append((left, range.upper.value))
    return result
  }

  /// A rational number in each of the open intervals into which the roots of a polynomial cut a range.
  static func samples(
    _ polynomial: IntegerPolynomial, in range: RationalRange
  ) throws(ArithmeticError) -> [Rational] {
    let half = Rational(reciprocalOf: 2)
    return try intervals(polynomial, in: range).map { left, right in
      switch (left, right) {
      case (let a?, let b?): (a + b) * half
      case (let a?, nil): a + 1
      case (nil, let b?): b - 1
      case (nil, nil): .zero
      }
    }
  }

  /// The root's interval, halved until it begins beyond `left` and ends before `right`.
  private static func separated(
    _ root: IsolatedRoot, of polynomial: IntegerPolynomial, from left: Rational?,
    and right: Rational?
  ) throws(ArithmeticError) -> (lower: Rational, upper: Rational) {
    var (lower, upper) = (root.lower, root.upper)
    if lower == upper { return (lower, upper) }
    let half = Rational(reciprocalOf: 2)
    let square = try polynomial.squareFreePart()
    var steps = 0
    let sign = square.sign(at: upper)
    while left.map({ lower <= $0 }) ?? false || right.map({ upper >= $0 }) ?? false || steps < 4 {
      let middle = (lower + upper) * half
      let there = square.sign(at: middle)
      if there == 0 { return (middle, middle) }
      if there == sign { upper = middle } else { lower = middle }
      steps += 1
      if steps > 4000 { throw .limit("the separation of roots") }
    }
    return (lower, upper)
  }

  private static func interval(_ ends: (Rational?, Rational?)) -> Domain? {
    try? .interval(
      ends.0.map { .open($0) } ?? .unbounded, ends.1.map { .open($0) } ?? .unbounded)
  }

  // MARK: Several symbols

  /// The pieces of a box cut by planes: one cell a pattern of signs that some point shows.
  private static func pieces(
    _ symbols: [Symbol], _ narrowed: [Symbol], _ planes: [Polynomial], _ limits: ZeroTest.Limits
  ) throws(ArithmeticError) -> [DomainCell] {
    var patterns: [[Int]: [[Symbol: Rational]]] = [:]
    let count = planes.isEmpty ? pointCount : 40 << min(planes.count, 4)
    for index in 0..<count {
      let draw = DomainPoint.point(narrowed, index)
      var point: [Symbol: Rational] = [:]
      var values: [Rational] = []
      for (symbol, narrow) in zip(symbols, narrowed) {
        let value = draw[narrow]?.re ?? .zero
        point[symbol] = value
        values.append(value)
      }
      let signs = planes.map { $0.evaluated(at: values).signum }
      if signs.contains(0) { continue }
      if patterns[signs]?.count ?? 0 < pointCount { patterns[signs, default: []].append(point) }
    }
    for pattern in 0..<(1 << planes.count) {
      let signs = planes.indices.map { pattern >> $0 & 1 == 1 ? -1 : 1 }
      if patterns[signs] == nil,
        !(try LinearCell.isEmpty(narrowed.map(\.domain), zip(planes, signs).map { $0 }))
      {
        throw .limit("no point was found in a cell")
      }
    }
    return patterns.values.map { DomainCell(points: $0) }
  }
}

/// Open convex sets given by affine inequalities.
enum LinearCell {
  /// Whether no point of a box satisfies sign·plane > 0 for all planes, by Fourier's and Motzkin's
  /// elimination over the rationals.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)`` beyond a few hundred inequalities.
  static func isEmpty(
    _ domains: [Domain], _ planes: [(Polynomial, Int)]
  ) throws(ArithmeticError) -> Bool {
    // a·x + b > 0 as [b, a…].
    var rows: [[Rational]] = []
    for (place, domain) in domains.enumerated() {
      guard case .interval(let lower, let upper) = domain.shape else { return false }
      for (end, side) in [(lower.value, 1), (upper.value, -1)] {
        guard let end else { continue }
        var row = [Rational](repeating: .zero, count: domains.count + 1)
        row[place + 1] = Rational(side)
        row[0] = Rational(-side) * end
        rows.append(row)
      }
    }
    for (plane, sign) in planes {
      var row = [Rational](repeating: .zero, count: domains.count + 1)
      for (exponents, coefficient) in plane.terms {
        let place = exponents.firstIndex(of: 1).map { $0 + 1 } ?? 0
        row[place] = Rational(coefficient) * Rational(sign)
      }
      rows.append(row)
    }
    for place in 1..<(domains.count + 1) {
      let positive = rows.filter { $0[place].signum > 0 }
      let negative = rows.filter { $0[place].signum < 0 }
      var next = rows.filter { $0[place].isZero }
      for p in positive {
        for n in negative {
          next.append(zip(p, n).map { $0 * n[place].magnitude + $1 * p[place] })
        }
      }
      if next.count > 400 { throw .limit("\(next.count) inequalities") }
      rows = next
    }
    return rows.contains { $0[0].signum <= 0 }
  }
}
