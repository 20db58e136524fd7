import Algebra
import Exact

/// Rational numbers at which parts of an expression change their character.
enum DomainCuts {
  /// The rational zeros, inside the domain of a symbol, of the arguments of roots, logarithms, absolute
  /// values, signs and of divisors, where these are polynomials in that symbol alone.
  static func of(
    _ symbol: Symbol, in expression: Expression
  ) throws(ArithmeticError) -> [Rational] {
    guard let range = symbol.domain.interior else { return [] }
    var cuts: Set<Rational> = []
    for argument in arguments(of: expression) where argument.freeSymbols == [symbol] {
      guard let form = try? NormalForm(argument), form.value.im.isZero,
        let index = form.basis.index(of: .symbol(symbol)),
        let polynomial = form.value.re.numerator.univariate(in: index)
      else { continue }
      for root in try RealRootIsolation.isolate(polynomial, in: range) {
        switch root {
        case .exact(let value): cuts.insert(value)
        case .interval:
          if let value = rational(root, of: polynomial) { cuts.insert(value) }
        }
      }
    }
    return cuts.sorted()
  }

  /// A rational root p/q has q dividing the leading coefficient: the root times that is an integer.
  private static func rational(
    _ root: IsolatedRoot, of polynomial: IntegerPolynomial
  ) -> Rational? {
    let scale = polynomial.leadingCoefficient.magnitude
    guard scale.bitWidth < 64 else { return nil }
    let (low, high) = (root.lower * Rational(scale), root.upper * Rational(scale))
    guard high - low < 64 else { return nil }
    var candidate = low.ceiling
    while Rational(candidate) <= high {
      let value = Rational(candidate) * Rational(reciprocalOf: scale)
      if polynomial.sign(at: value) == 0 { return value }
      candidate = candidate + 1
    }
    return nil
  }

  private static func arguments(of expression: Expression) -> [Expression] {
    var result: [Expression] = []
    for part in expression.postorder() {
      switch part.kind {
      case .power(let base, let exponent):
        if let value = exponent.rationalValue, value.isInteger, value.signum >= 0 { continue }
        result.append(base)
      case .function(let function, let arguments):
        switch function {
        case .sqrt, .cbrt, .log, .abs, .sign: result += arguments
        case .max, .min:
          for other in arguments.dropFirst() { result.append(arguments[0] - other) }
        default: continue
        }
      default: continue
      }
    }
    return result
  }

  /// The open intervals between neighbouring cuts.
  static func pieces(_ domain: Domain, _ cuts: [Rational]) -> [Domain] {
    guard case .interval(let lower, let upper) = domain.shape else { return [] }
    let ends = [lower] + cuts.map { .open($0) }
    let others = cuts.map { .open($0) } + [upper]
    return zip(ends, others).compactMap { try? .interval($0, $1) }
  }
}
