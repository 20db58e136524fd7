import Algebra
import Exact

/// A rational point in every open cell of a box on which polynomials have constant signs.
///
/// Variable by variable from the last, what is left is projected (``Eliminant``); the points are then
/// chosen from the first variable up, one between any two neighbouring roots. **Guarantee:** every
/// component of the open set of the box where no polynomial vanishes holds one of the points.
///
/// Source: Strzebonski 2000, solving systems of strict polynomial inequalities.
struct OpenCells {
  /// The variables, the one that is chosen first in front.
  let order: [Int]
  /// By place in `order`: polynomials in the variables up to that place.
  let levels: [[Polynomial]]
  private let ranges: [RationalRange]
  private let variableCount: Int

  /// - Parameters:
  ///   - ranges: by variable.
  ///   - dropping: tells polynomials that have no zero in the box, which need not be followed.
  init(
    _ polynomials: [Polynomial], order: [Int], ranges: [RationalRange], limits: SignLimits,
    dropping: (Polynomial) -> Bool
  ) throws(ArithmeticError) {
    let eliminant = Eliminant(limits: limits)
    self.order = order
    self.ranges = ranges
    variableCount = ranges.count
    var levels: [[Polynomial]] = [try eliminant.basis(polynomials)]
    for variable in order.dropFirst().reversed() {
      let range = ranges[variable]
      let projected = try eliminant.projection(
        of: levels[0], eliminating: variable,
        ends: [range.lower.value, range.upper.value].compactMap { $0 }, dropping: dropping)
      levels.insert(try eliminant.basis(projected), at: 0)
    }
    self.levels = levels
  }

  /// The places on the first variable's axis at which the picture above may change.
  func marks() throws(ArithmeticError) -> [AlgebraicNumber] {
    guard let first = order.first else { return [] }
    return try roots(levels[0], [Rational](repeating: .zero, count: variableCount), first)
  }

  /// Calls `body` with each point until it answers false.
  ///
  /// - Returns: whether all points were visited.
  func visit(
    _ body: ([Rational]) throws(ArithmeticError) -> Bool
  ) throws(ArithmeticError) -> Bool {
    try descend(0, [Rational](repeating: .zero, count: variableCount), body)
  }

  /// Calls `body` with the points whose first coordinate is given, which must be no mark.
  func visit(
    first: Rational, _ body: ([Rational]) throws(ArithmeticError) -> Bool
  ) throws(ArithmeticError) -> Bool {
    var point = [Rational](repeating: .zero, count: variableCount)
    if let variable = order.first { point[variable] = first }
    return try descend(1, point, body)
  }

  private func descend(
    _ place: Int, _ point: [Rational], _ body: ([Rational]) throws(ArithmeticError) -> Bool
  ) throws(ArithmeticError) -> Bool {
    guard place < order.count else { return try body(point) }
    let variable = order[place]
    let marks = try roots(levels[place], point, variable)
    for gap in RationalSample.gaps(between: marks, in: ranges[variable]) {
      var next = point
      next[variable] = gap.sample
      if try !descend(place + 1, next, body) { return false }
    }
    return true
  }

  private func roots(
    _ polynomials: [Polynomial], _ point: [Rational], _ variable: Int
  ) throws(ArithmeticError) -> [AlgebraicNumber] {
    var found: Set<AlgebraicNumber> = []
    let range = RationalRange(
      lower: ranges[variable].lower.opened, upper: ranges[variable].upper.opened)
    for polynomial in polynomials {
      let special = UnivariatePolynomial(
        polynomial.coefficients(in: variable).map { $0.evaluated(at: point) })
      if special.coefficients.count < 2 { continue }
      for (root, _) in try AlgebraicNumber.roots(of: special, in: range) { found.insert(root) }
    }
    return found.sorted()
  }
}

extension RationalRange.Bound {
  /// The same end, not part of the range.
  var opened: Self { value.map { .open($0) } ?? .unbounded }
}
