import Algebra
import Exact

// x³ + h₂x² + h₁x + h₀ with y = x + h₂/3: y³ + py + q, whose coefficients may lie in a field that is
// written already.
extension ClosedFormSearch {
  /// Cardano: y = ∛(-q/2 + √D) + ∛(-q/2 - √D), D = q²/4 + p³/27, for D ≥ 0; also with -p/3 over the
  /// first root in place of the second.
  func cubicByRoots(
    _ h2: AlgebraicNumber, _ h1: AlgebraicNumber, _ h0: AlgebraicNumber
  ) throws -> [Expression] {
    let (p, q, shift) = try depressed(h2, h1, h0)
    let discriminant =
      try (q * q) / Rational(4) + ((p * p) * p) / Rational(27)
    if discriminant.signum < 0 { return [] }
    guard let shifted = write(shift) else { return [] }
    if p.signum == 0 {
      return try root(q.negated(), 3).map { both(shifted, [(.one, $0)]) } ?? []
    }
    var forms: [Expression] = []
    // Scaled by k, denominators may vanish from under the roots.
    for k in scales(q, shift) {
      let k3 = k * k * k
      let center = try q.negated() / Rational(2) * k3
      let d = try discriminant * (k3 * k3)
      guard let (plus, minus) = try conjugates(center, squareOfSide: d) else { continue }
      let inverse = try k.inverse()
      let first = cbrt(plus)
      let second = cbrt(minus)
      forms += both(shifted, [(inverse, first), (inverse, second)])
      if let quotient = write(try p / Rational(-3) * (k * k)) {
        forms += both(shifted, [(inverse, first), (inverse, quotient / first)])
        forms += both(shifted, [(inverse, second), (inverse, quotient / second)])
      }
    }
    return forms
  }

  /// Viète: y = 2·√(-p/3)·cos(acos(u)/3 + 2πk/3), u = 3q/(2p)·√(-3/p), for three real roots.
  func cubicByAngle(
    _ h2: AlgebraicNumber, _ h1: AlgebraicNumber, _ h0: AlgebraicNumber
  ) throws -> [Expression] {
    let (p, q, shift) = try depressed(h2, h1, h0)
    let discriminant =
      try (q * q) / Rational(4) + ((p * p) * p) / Rational(27)
    if p.signum >= 0 || discriminant.signum > 0 { return [] }
    let ratio = try p / Rational(-3)
    let u = try (q / (p * Rational(2)) * Rational(3)) / ratio.root(2)
    guard let shifted = write(shift), let size = try root(ratio, 2) else { return [] }
    // u is ± the root of a number of a smaller field.
    guard let square = try root(u.power(2), 2) else { return [] }
    let argument = u.signum < 0 ? -square : square
    let third = acos(argument) / 3
    let turn: Expression = 2 * .pi / 3
    return [third, third + turn, third - turn].flatMap { angle in
      both(shifted, [(Rational(2), .product([size, cos(angle)]))])
    }
  }

  private func both(_ shift: Expression, _ terms: [(Rational, Expression)]) -> [Expression] {
    if let value = shift.rationalValue { return Self.sums([(value, .one)] + terms) }
    return Self.sums([(.one, shift)] + terms)
  }

  /// center + √d and center - √d.
  private func conjugates(
    _ center: AlgebraicNumber, squareOfSide d: AlgebraicNumber
  ) throws -> (Expression, Expression)? {
    if let middle = center.rational, let square = d.rational,
      let form = try? AlgebraicNumber(square).root(2).radicalForm()
    {
      let part =
        form.radicand.isOne ? Expression.one : sqrt(.rational(Rational(form.radicand)))
      let side = form.radicand.isOne ? form.rationalPart : form.coefficient
      return (
        Self.sum([(middle, .one), (side, part)]), Self.sum([(middle, .one), (-side, part)])
      )
    }
    guard let middle = write(center), let side = try root(d, 2) else { return nil }
    return (middle + side, middle - side)
  }

  private func scales(_ q: AlgebraicNumber, _ shift: AlgebraicNumber) -> [Rational] {
    guard let q = q.rational, let shift = shift.rational else { return [1] }
    let k = Rational(shift.denominator)
    let list: [Rational] = [1, k, k * 2, Rational(q.denominator), Rational(2), Rational(3)]
    return Set(list).sorted()
  }

  /// p, q and the shift -h₂/3.
  private func depressed(
    _ h2: AlgebraicNumber, _ h1: AlgebraicNumber, _ h0: AlgebraicNumber
  ) throws -> (p: AlgebraicNumber, q: AlgebraicNumber, shift: AlgebraicNumber) {
    let third = try h2 / Rational(3)
    let square = try third * third
    let p = try h1 - square * Rational(3)
    let q = try (square * third) * Rational(2) - third * h1 + h0
    return (p, q, try third.negated())
  }
}

/// The inverse cosine.
private func acos(_ x: Expression) -> Expression { .apply(.acos, x) }
