import Algebra
import Arbitrary
import Exact

/// The sign of a polynomial in one or two symbols that keeps it over their domains.
enum DefiniteSign {
  /// Word operations for one discriminant, about.
  private static let eliminationLimit = 100_000_000

  /// The sign over the domain: strict in one symbol without a zero at a closed end, otherwise up to
  /// zeros; nil where it changes, or where no answer comes within the limits.
  ///
  /// In two symbols x, y the line of x is cut at the real zeros of the leading coefficient and the
  /// discriminant in y, and of the polynomial on the ends of the domain of y: between two cuts the
  /// number of zeros in y is constant (delineability, Collins 1975), and counted at one x. Without
  /// zeros in any strip the polynomial has one sign off finitely many lines, and by continuity
  /// everywhere up to zeros on them.
  static func sign(
    of polynomial: Polynomial, _ domain: (Int) -> Domain?, degree limit: Int
  ) throws(ArithmeticError) -> SignFact? {
    let variables = polynomial.occurringVariables
    guard (1...2).contains(variables.count), polynomial.totalDegree <= limit,
      polynomial.termCount <= 100
    else { return nil }
    var ranges: [Int: (range: RationalRange, domain: Domain)] = [:]
    for variable in variables {
      guard let domain = domain(variable), let range = domain.interior else { return nil }
      ranges[variable] = (range, domain)
    }
    // A change of sign among a few points ends it at once.
    let symbols = variables.map { Symbol("v\($0)", ranges[$0]?.domain ?? .real) }
    var signs: Set<Int> = []
    for index in 0..<16 {
      let draw = DomainPoint.point(symbols, index)
      var point = [Rational](repeating: .zero, count: polynomial.ring.variables.count)
      for (symbol, variable) in zip(symbols, variables) { point[variable] = draw[symbol]?.re ?? 0 }
      signs.insert(polynomial.evaluated(at: point).signum)
    }
    guard signs.count == 1, let sign = signs.first, sign != 0 else { return nil }
    if variables.count == 1, let range = ranges[variables[0]]?.range,
      let single = polynomial.univariate(in: variables[0])
    {
      guard try RealRootIsolation.count(single, in: range) == 0 else { return nil }
      let isZeroAtEnd = [range.lower.value, range.upper.value].contains { end in
        end.map { single.sign(at: $0) == 0 } ?? false
      }
      return isZeroAtEnd ? (sign > 0 ? .nonnegative : .nonpositive) : SignFact(signum: sign)
    }
    let isDefinite = try hasNoCurve(polynomial, variables, ranges.mapValues(\.range), sign)
    return isDefinite ? (sign > 0 ? .nonnegative : .nonpositive) : nil
  }

  private static func hasNoCurve(
    _ polynomial: Polynomial, _ variables: [Int], _ ranges: [Int: RationalRange], _ sign: Int
  ) throws(ArithmeticError) -> Bool {
    let ordered = variables.sorted { polynomial.degree(in: $0) > polynomial.degree(in: $1) }
    let (x, y) = (ordered[0], ordered[1])
    guard let xs = ranges[x], let ys = ranges[y] else { return false }
    let parts = polynomial.coefficients(in: y)
    guard let lead = parts.last else { return false }
    let discriminant = try polynomial.discriminant(in: y, limit: eliminationLimit)
    if discriminant.isZero { return false }
    var cuts = IntegerPolynomial.one
    for factor in [lead, discriminant] {
      guard let single = factor.univariate(in: x) else { return false }
      cuts = cuts * single
    }
    for end in [ys.lower.value, ys.upper.value] {
      guard let end else { continue }
      let edge = restricted(polynomial, x, y, at: end)
      if edge.isZero { return false }
      cuts = cuts * edge
    }
    for place in try DomainCell.samples(cuts, in: xs) {
      let fiber = restricted(polynomial, y, x, at: place)
      guard !fiber.isZero, try RealRootIsolation.count(fiber, in: ys) == 0,
        let inner = try DomainCell.samples(.one, in: ys).first, fiber.sign(at: inner) == sign
      else { return false }
    }
    return true
  }

  /// The polynomial in one variable where the other has a value, times a positive number.
  private static func restricted(
    _ polynomial: Polynomial, _ variable: Int, _ other: Int, at value: Rational
  ) -> IntegerPolynomial {
    var point = [UnivariatePolynomial<Rational>](
      repeating: .zero, count: polynomial.ring.variables.count)
    point[variable] = .variable
    point[other] = UnivariatePolynomial([value])
    return IntegerPolynomial(clearingDenominatorsOf: polynomial.evaluated(at: point))
  }
}

extension Domain {
  /// The open interval between the ends; nil for another domain.
  var interior: RationalRange? {
    guard case .interval(let lower, let upper) = shape else { return nil }
    return RationalRange(
      lower: lower.value.map { .open($0) } ?? .unbounded,
      upper: upper.value.map { .open($0) } ?? .unbounded)
  }
}
