import Algebra
import Exact

/// The signs of polynomials in two variables along a line x = α, exact at every point of it.
///
/// The line is cut at the roots in y of all of them. Between two cuts signs are those at a rational
/// point. At a cut β a polynomial p vanishes exactly where p(α, y) without its multiple roots changes
/// sign: all roots of that are simple. Where it does not change, p has at β the sign that it has
/// beside β.
///
/// Multiple roots are removed by a greatest common divisor over Q(α). The roots are among those of
/// the norm, the resultant in x with the minimal polynomial of α.
struct Fiber {
  /// A point or an open interval of the line.
  struct Cell {
    /// The point; a rational number inside for an interval.
    let y: AlgebraicNumber
    let isPoint: Bool
    /// By polynomial.
    let signs: [Int]
  }

  /// p(α, y) by its coefficients, which are polynomials in α.
  private struct Line {
    let coefficients: [UnivariatePolynomial<Rational>]
    /// Without multiple roots; nil where p(α, y) is zero for all y.
    var simple: [UnivariatePolynomial<Rational>]?
    var roots: Set<AlgebraicNumber> = []
  }

  private let place: AlgebraicNumber
  private let lines: [Line]
  private let range: RationalRange

  /// - Parameters:
  ///   - x: the variable that is fixed; any where the polynomials have y only.
  ///   - range: the values of y.
  init(
    _ polynomials: [Polynomial], x: Int, at place: AlgebraicNumber, y: Int,
    over range: RationalRange,
    limits: SignLimits
  ) throws(ArithmeticError) {
    self.place = place
    self.range = range
    var lines: [Line] = []
    for polynomial in polynomials {
      lines.append(try Fiber.line(polynomial, x, place, y, range, limits))
    }
    self.lines = lines
  }

  private static func line(
    _ polynomial: Polynomial, _ x: Int, _ place: AlgebraicNumber, _ y: Int,
    _ range: RationalRange, _ limits: SignLimits
  ) throws(ArithmeticError) -> Line {
    let full = polynomial.coefficients(in: y).map { part in
      (part.univariate(in: x) ?? .zero).map { Rational($0) }
    }
    var coefficients: [UnivariatePolynomial<Rational>] = []
    if let value = place.rational {
      coefficients = full.map { UnivariatePolynomial([$0(value)]) }
    } else {
      let modulus = try place.minimalPolynomial.map { Rational($0) }.monic()
      for part in full {
        coefficients.append(try part.quotientAndRemainder(by: modulus).remainder)
      }
    }
    while let last = coefficients.last, last.isZero { coefficients.removeLast() }
    var line = Line(coefficients: coefficients)
    if coefficients.isEmpty { return line }
    line.simple = coefficients
    if coefficients.count == 1 { return line }
    let inside = RationalRange(lower: range.lower.opened, upper: range.upper.opened)
    if place.rational != nil {
      let special = UnivariatePolynomial(coefficients.map { $0[0] })
      let integral = IntegerPolynomial(clearingDenominatorsOf: special)
      line.roots = Set(try AlgebraicNumber.roots(of: integral, in: inside).map(\.root))
      line.simple = try integral.squareFreePart().coefficients.map {
        UnivariatePolynomial([Rational($0)])
      }
      return line
    }
    let modulus = try place.minimalPolynomial.map { Rational($0) }.monic()
    var elements: [NumberFieldElement] = []
    for part in coefficients { elements.append(try NumberFieldElement(part, modulus: modulus)) }
    let special = try UnivariatePolynomial(elements).monic()
    let common = try UnivariatePolynomial.gcd(special, special.derivative)
    line.simple = try special.quotientAndRemainder(by: common).quotient.coefficients.map(\.value)
    let norm = try Fiber.norm(polynomial, x, place, y, limits)
    for (root, _) in try AlgebraicNumber.roots(of: norm, in: inside) { line.roots.insert(root) }
    return line
  }

  /// An integer polynomial in y that vanishes where p(α, y) does.
  private static func norm(
    _ polynomial: Polynomial, _ x: Int, _ place: AlgebraicNumber, _ y: Int, _ limits: SignLimits
  ) throws(ArithmeticError) -> IntegerPolynomial {
    if polynomial.degree(in: x) == 0 { return polynomial.univariate(in: y) ?? .one }
    var minimal = Polynomial(0, ring: polynomial.ring)
    for (exponent, coefficient) in place.minimalPolynomial.coefficients.enumerated() {
      let power = try Polynomial.variable(x, of: polynomial.ring).checkedPower(UInt(exponent))
      minimal = minimal + power.scaled(by: coefficient)
    }
    let norm = try Polynomial.resultant(minimal, polynomial, in: x, limit: limits.elimination)
    guard let result = norm.univariate(in: y), !result.isZero else {
      throw .domain("a norm that is no polynomial in one variable")
    }
    return result
  }

  // MARK: Cells

  /// All points and intervals of the line within the range, in order.
  func cells() throws(ArithmeticError) -> [Cell] {
    var cuts: Set<AlgebraicNumber> = []
    for line in lines { cuts.formUnion(line.roots) }
    let sorted = cuts.sorted()
    let gaps = RationalSample.gaps(between: sorted, in: range)
    var result: [Cell] = []
    if case .closed(let end) = range.lower { result.append(try point(end)) }
    for (index, gap) in gaps.enumerated() {
      result.append(
        Cell(y: AlgebraicNumber(gap.sample), isPoint: false, signs: try signs(gap.sample)))
      guard index < sorted.count else { continue }
      let cut = sorted[index]
      if let value = cut.rational {
        result.append(try point(value))
        continue
      }
      guard index + 1 < gaps.count else { throw .domain("a root beyond the range") }
      var signs: [Int] = []
      for (line, below) in zip(lines, result[result.count - 1].signs) {
        guard line.roots.contains(cut) else {
          signs.append(below)
          continue
        }
        let before = try sign(line.simple, gap.sample)
        let after = try sign(line.simple, gaps[index + 1].sample)
        signs.append(before == after ? below : 0)
      }
      result.append(Cell(y: cut, isPoint: true, signs: signs))
    }
    if case .closed(let end) = range.upper, range.lower != range.upper {
      result.append(try point(end))
    }
    return result
  }

  private func point(_ y: Rational) throws(ArithmeticError) -> Cell {
    Cell(y: AlgebraicNumber(y), isPoint: true, signs: try signs(y))
  }

  private func signs(_ y: Rational) throws(ArithmeticError) -> [Int] {
    var signs: [Int] = []
    for line in lines { signs.append(try sign(line.coefficients, y)) }
    return signs
  }

  /// The sign of Σ cₖ(α)·y^k; 0 for none.
  private func sign(
    _ coefficients: [UnivariatePolynomial<Rational>]?, _ y: Rational
  ) throws(ArithmeticError) -> Int {
    var sum = UnivariatePolynomial<Rational>.zero
    let factor = UnivariatePolynomial([y])
    for coefficient in (coefficients ?? []).reversed() { sum = sum * factor + coefficient }
    return try place.sign(of: sum)
  }
}
