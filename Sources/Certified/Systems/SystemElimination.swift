import Algebra
import Exact
import Symbolic

/// The numbers that a coordinate of a solution may be, where the equations are algebraic.
///
/// Each equation is brought to the numerator of a quotient over kernels, radicals are removed by their norms, and all
/// unknowns but one by resultants of all pairs. All that keeps every zero: a resultant lies in the ideal of its two
/// polynomials, and vanishes where both do. So a coordinate of a solution is one of the real roots of the
/// last polynomial, whatever else those are.
struct SystemElimination {
  /// For each unknown the numbers in its range, in increasing order; nil where they are not known.
  let candidates: [[AlgebraicNumber]?]

  /// Bounds on the work, in word operations, and on the degree of a resultant.
  private static let work = 400_000_000
  private static let degreeLimit = 80
  private static let termLimit = 3000

  init(_ equations: [Expression], of unknowns: [Symbol], in ranges: [RationalRange]) {
    let none: [[AlgebraicNumber]?] = unknowns.map { _ in nil }
    candidates =
      WorkBudget.limited(to: Self.work) { () -> [[AlgebraicNumber]?] in
        guard let polynomials = try? Self.polynomials(equations, unknowns) else { return none }
        return unknowns.indices.map { target in
          guard
            let last = try? Self.eliminated(polynomials, keeping: target, count: unknowns.count)
          else { return nil }
          return try? AlgebraicNumber.roots(of: last, in: ranges[target]).map(\.root)
        }
      }.value
  }

  /// Polynomials in the unknowns alone, which are the first variables of their ring.
  private static func polynomials(
    _ equations: [Expression], _ unknowns: [Symbol]
  ) throws -> [Polynomial] {
    var normalizer = try Normalizer(symbols: unknowns)
    let forms = try equations.map { try normalizer.normalize($0) }
    var result: [Polynomial] = []
    for form in forms {
      let value = try normalizer.lift(form)
      guard value.im.isZero else { throw ArithmeticError.limit("not real") }
      let norm = try RadicalNorm(of: value.re.numerator, over: normalizer.basis)
      guard !norm.norm.isZero,
        norm.norm.occurringVariables.allSatisfy({ $0 < unknowns.count })
      else { throw ArithmeticError.limit("not algebraic") }
      result.append(try squareFree(norm.norm))
    }
    return result
  }

  /// The product of the different irreducible factors, which has the same zeros, or the polynomial itself where that is
  /// not found.
  private static func squareFree(_ polynomial: Polynomial) throws(ArithmeticError) -> Polynomial {
    var result = Polynomial(1, ring: polynomial.ring)
    for part in polynomial.squareFreeFactors() where !part.factor.isConstant {
      result = try result.multiplied(by: part.factor)
    }
    return result
  }

  private static func eliminated(
    _ polynomials: [Polynomial], keeping target: Int, count: Int
  ) throws -> IntegerPolynomial? {
    var list = polynomials
    for variable in 0..<count where variable != target {
      let with = list.filter { $0.degree(in: variable) > 0 }
        .sorted { $0.degree(in: variable) < $1.degree(in: variable) }
      var next = list.filter { $0.degree(in: variable) == 0 }
      // All pairs: one polynomial may have factors in common with every other.
      for (number, first) in with.enumerated() {
        for second in with.dropFirst(number + 1) {
          let resultant = try Polynomial.resultant(first, second, in: variable, limit: work)
          if resultant.isZero { continue }
          guard resultant.totalDegree <= degreeLimit, resultant.termCount <= termLimit else {
            continue
          }
          let part = try squareFree(resultant.primitivePart)
          if !next.contains(part) { next.append(part) }
        }
      }
      if next.count > 12 { next = Array(next.sorted { $0.termCount < $1.termCount }.prefix(12)) }
      list = next
    }
    var result: IntegerPolynomial?
    for polynomial in list {
      guard let univariate = polynomial.univariate(in: target), !univariate.isZero else { continue }
      result = try result.map { try IntegerPolynomial.gcd($0, univariate) } ?? univariate
    }
    return result
  }
}
