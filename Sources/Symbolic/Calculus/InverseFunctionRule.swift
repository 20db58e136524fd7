import Algebra
import Arbitrary
import Exact

/// The Taylor coefficients of the derivative of an inverse circular or hyperbolic function, by its
/// differential equation, so that no derivative is ever written out.
///
/// With s = ±1 and w = 1 + s·x²: g = 1/w has w·g = 1, which gives
///
///     w(c)·gₖ + 2sc·gₖ₋₁ + s·gₖ₋₂ = 0                     for k ≥ 1,
///
/// and g = w^(-1/2) has w·g' + s·x·g = 0, which gives
///
///     w(c)·(k + 1)·gₖ₊₁ + s(2k + 1)c·gₖ + s·k·gₖ₋₁ = 0       for k ≥ 0.
struct InverseFunctionRule {
  private let sign: Int
  private let isRoot: Bool
  private let isNegated: Bool

  /// Nil for another function.
  init?(_ function: Function) {
    switch function {
    case .atan: (sign, isRoot, isNegated) = (1, false, false)
    case .atanh: (sign, isRoot, isNegated) = (-1, false, false)
    case .asinh: (sign, isRoot, isNegated) = (1, true, false)
    case .asin: (sign, isRoot, isNegated) = (-1, true, false)
    case .acos: (sign, isRoot, isNegated) = (-1, true, true)
    default: return nil
    }
  }

  /// The coefficient after those given, about the centre c.
  func next(
    _ known: [Complex<RationalFunction>], centre c: Complex<RationalFunction>,
    _ normalizer: inout Normalizer
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    func scaled(
      _ value: Complex<RationalFunction>, _ factor: Int
    ) throws(ArithmeticError) -> Complex<RationalFunction> {
      try normalizer.multiply(value, Complex(RationalFunction(Rational(factor))))
    }
    let square = try scaled(try normalizer.multiply(c, c), sign)
    let w = try normalizer.add(try normalizer.lift(square), try normalizer.lift(.one))
    let k = known.count
    guard k > 0 else {
      if !isRoot { return try normalizer.divide(.one, w) }
      let root = try normalizer.squareRoot(w)
      let value = try normalizer.divide(.one, root)
      return isNegated ? -value : value
    }
    // The coefficient of index k from those of k - 1 and k - 2.
    let first = isRoot ? sign * (2 * k - 1) : 2 * sign
    let second = isRoot ? sign * (k - 1) : sign
    var sum = try scaled(try normalizer.multiply(c, known[k - 1]), first)
    if k > 1 {
      let other = try scaled(known[k - 2], second)
      sum = try normalizer.add(try normalizer.lift(sum), try normalizer.lift(other))
    }
    let divisor = isRoot ? try scaled(w, k) : w
    return -(try normalizer.divide(sum, divisor))
  }
}
