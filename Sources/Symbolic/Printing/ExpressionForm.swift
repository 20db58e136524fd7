import Exact

/// What every printer asks about the shape of an expression.
extension Expression {
  /// Whether it is written with a minus sign in front: a negative number, or a product that begins
  /// with one.
  var isWrittenNegative: Bool {
    switch kind {
    case .rational(let value): value.isNegative
    case .product(let factors): factors.first?.rationalValue?.isNegative ?? false
    default: false
    }
  }

  /// For what is written below a fraction bar, `b^n` with a number n < 0 or a number 1/q: what stands
  /// there (b to the -n, or q).
  var writtenDenominator: (base: Expression, exponent: Rational)? {
    switch kind {
    case .rational(let value) where value.numerator.isOne && !value.denominator.isOne:
      (.rational(Rational(value.denominator)), 1)
    case .power(let base, let exponent):
      if let n = exponent.rationalValue, n.isNegative { (base, -n) } else { nil }
    default: nil
    }
  }
}
