import Algebra
import Arbitrary
import Exact

/// Roots of sums of roots.
extension Normalizer {
  /// √(a + b·s) = |√A ± √B| with A, B = (a ± n)/2 and n² = a² - b²·s², where n is a polynomial and A
  /// and B are not negative; nil where that is not so for any square root s in the radicand.
  ///
  /// (√A ± √B)² = A + B ± 2√(AB) = a ± √(a² - n²) = a ± |b·s|, so that the sign between the roots is
  /// that of b·s.
  ///
  /// - Source: Borodin, Fagin, Hopcroft, Tompa 1985, for one level of nesting.
  mutating func denestedRoot(
    of radicand: Polynomial
  ) throws(ArithmeticError) -> RationalFunction? {
    let radicand = try basis.lift(radicand)
    guard basis.isReal(radicand) else { return nil }
    for index in radicand.occurringVariables.reversed() {
      guard let relation = basis.generators[index].relation, relation.isPure,
        relation.degree == 2, basis.generators[index].sign?.isNonnegative ?? false,
        case .squareRoot = basis.generators[index].kernel
      else { continue }
      let parts = radicand.coefficients(in: index)
      guard parts.count == 2, let side = sign(of: RationalFunction(parts[1])), side != .zero
      else { continue }
      let square = try basis.product(parts[1], parts[1])
      let norm = try basis.reduce(
        try basis.product(parts[0], parts[0])
          - (try basis.product(square, try basis.lift(relation.value))))
      guard let n = norm.squareRoot() else { continue }
      let half = RationalFunction(Rational(reciprocalOf: 2))
      let large = try product(half, RationalFunction(parts[0] + n))
      let small = try product(half, RationalFunction(parts[0] - n))
      guard sign(of: large)?.isNonnegative ?? false, sign(of: small)?.isNonnegative ?? false
      else { continue }
      let first = try squareRoot(Complex(large))
      let second = try squareRoot(Complex(small))
      guard first.im.isZero, second.im.isZero else { continue }
      if side.isNonnegative { return try sum(first.re, second.re) }
      let difference = try sum(first.re, -second.re)
      // A - B = n.
      if let order = sign(of: RationalFunction(n)) {
        return order.isNonnegative ? difference : -difference
      }
      return try absolute(difference)
    }
    return nil
  }

  /// √(a + i·b) = √((m + a)/2) ± i·√((m - a)/2) with m = |a + i·b|, for a known sign of b; nil without
  /// it. Both radicands are not negative, as |a| ≤ m.
  mutating func complexRoot(
    of value: Complex<RationalFunction>
  ) throws(ArithmeticError) -> Complex<RationalFunction>? {
    guard isRealForm(value), let side = sign(of: value.im), side != .zero else { return nil }
    let size = try squareRoot(try multiply(value, value.conj))
    guard size.im.isZero else { return nil }
    let half = RationalFunction(Rational(reciprocalOf: 2))
    let up = try positivePower(try product(half, try sum(size.re, value.re)), 1, 2)
    let down = try positivePower(try product(half, try sum(size.re, -value.re)), 1, 2)
    return try lift(Complex(re: up, im: side.isNonnegative ? down : -down))
  }
}
