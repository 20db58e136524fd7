import Algebra
import Arbitrary
import Exact
import Symbolic

/// An inverse of a formula of one symbol, as a formula.
///
/// A formula is taken apart from the outside: f(u) for a function f that takes no value twice, u^n, b^u,
/// or (a·g + b)/(c·g + d) with numbers a, b, c, d, a·d - b·c ≠ 0, of a part g. Each step is solved for its
/// inside; of even powers there are two solutions. A number κ is a value of the formula exactly where one
/// of the inverses is defined at κ by real numbers.
public struct KernelInverse: Sendable, Hashable {
  /// The formula, and the symbol in it.
  public let kernel: Expression
  public let unknown: Symbol
  /// The inverse as a formula in ``parameter``.
  public let inverse: Expression
  /// Formulas in ``parameter`` that must be positive for it to be a value.
  let conditions: [Expression]
  public static let parameter = Symbol("κ", .real)

  /// The greatest number of steps.
  private static let depthLimit = 12

  /// All inverses: one for each way to choose the sign of an even root. A value is taken at the places
  /// that those give which are defined there, and nowhere else; two may give the same place.
  ///
  /// - Returns: nil where the formula is not of the form above.
  static func branches(of kernel: Expression, in unknown: Symbol) -> [KernelInverse]? {
    var open: [(rest: Expression, target: Expression, conditions: [Expression])] = [
      (kernel, .symbol(parameter), [])
    ]
    var result: [KernelInverse] = []
    for _ in 0..<depthLimit {
      var next: [(rest: Expression, target: Expression, conditions: [Expression])] = []
      for (rest, target, conditions) in open {
        if case .symbol(let symbol) = rest.kind, symbol == unknown {
          result.append(
            KernelInverse(
              kernel: kernel, unknown: unknown, inverse: target, conditions: conditions))
          continue
        }
        guard let steps = solved(rest, target, unknown) else { return nil }
        next += steps.map { ($0.rest, $0.target, conditions + $0.conditions) }
      }
      if next.isEmpty { return result }
      guard next.count <= 8 else { return nil }
      open = next
    }
    return nil
  }

  /// The equation rest = target solved for the outermost part of the left side.
  private static func solved(
    _ rest: Expression, _ target: Expression, _ unknown: Symbol
  ) -> [(rest: Expression, target: Expression, conditions: [Expression])]? {
    func function(_ function: Function) -> Expression? {
      try? Expression.function(function, [target])
    }
    switch rest.kind {
    case .function(let name, let arguments):
      guard arguments.count == 1, let inside = arguments.first else { return nil }
      switch name {
      case .exp: return [(inside, log(target), [target])]
      case .expm1: return [(inside, log1p(target), [target + 1])]
      case .log: return [(inside, exp(target), [])]
      case .log1p: return [(inside, expm1(target), [])]
      case .sinh: return function(.asinh).map { [(inside, $0, [])] }
      case .asinh: return [(inside, sinh(target), [])]
      case .tanh: return function(.atanh).map { [(inside, $0, [1 - target.power(2)])] }
      case .atanh: return [(inside, tanh(target), [])]
      case .atan:
        return [(inside, tan(target), [Expression.pi.power(2) / 4 - target.power(2)])]
      case .cbrt: return [(inside, target.power(3), [])]
      default: return nil
      }
    case .power(let base, let exponent):
      if let n = exponent.rationalValue {
        if n.isNegative { return [(base.power(.rational(-n)), target.power(-1), [])] }
        guard n.isInteger, n > 1, let count = n.numerator.word, count <= 64 else { return nil }
        if count % 2 == 1 {
          // The real root keeps the sign of its argument.
          let root = abs(target).power(.rational((try? Rational(1, Integer(count))) ?? 1))
          guard let sign = try? Expression.function(.sign, [target]) else { return nil }
          return [(base, sign * root, [])]
        }
        let root = target.power(.rational((try? Rational(1, Integer(count))) ?? 1))
        return [(base, root, []), (base, -root, [])]
      }
      guard base.freeSymbols.isEmpty, let size = try? base.value(digits: 3), size.im == nil,
        size.enclosure.re.certainSign == 1
      else { return nil }
      // b^u = exp(u·log b); b = 1 gives no inverse, which the enclosure of log b says.
      return [(exponent, log(target) / log(base), [target])]
    default:
      guard let step = fractionalLinear(rest, unknown) else { return nil }
      // κ = (a·g + b)/(c·g + d) for g = (d·κ - b)/(a - c·κ).
      let inside =
        step.c.isLiteralZero
        ? (target * step.d - step.b) / step.a
        : (step.d * target - step.b) / (step.a - step.c * target)
      return [(step.part, inside, [])]
    }
  }

  /// A formula as (a·g + b)/(c·g + d), with a·d - b·c proved not zero.
  private static func fractionalLinear(
    _ formula: Expression, _ unknown: Symbol
  ) -> (a: Expression, b: Expression, c: Expression, d: Expression, part: Expression)? {
    guard let form = try? NormalForm(formula), form.value.im.isZero else { return nil }
    let basis = form.basis
    let moving = form.value.re.occurringVariables.filter { !basis.generators[$0].isConstant }
    guard moving.count == 1, let index = moving.first else { return nil }
    var part = basis.generators[index].kernel.expression
    // A power of one part.
    let degree = max(
      form.value.re.numerator.degree(in: index), form.value.re.denominator.degree(in: index))
    let exponents = form.value.re.numerator.exponents(in: index)
      .union(form.value.re.denominator.exponents(in: index))
    guard part != formula, exponents.isSubset(of: [0, degree]) else { return nil }
    if degree > 1 { part = part.power(degree) }
    let top = form.value.re.numerator.coefficients(in: index)
    let bottom = form.value.re.denominator.coefficients(in: index)
    func coefficient(_ list: [Polynomial], _ k: Int) -> Expression {
      k * degree < list.count ? basis.expression(list[k * degree]) : .zero
    }
    let (a, b) = (coefficient(top, 1), coefficient(top, 0))
    let (c, d) = (coefficient(bottom, 1), coefficient(bottom, 0))
    guard let determinant = try? (a * d - b * c).value(digits: 3), determinant.re != "0" else {
      return nil
    }
    return (a, b, c, d, part)
  }
}

/// The place at which a formula takes an algebraic value, for one of its inverses.
public struct KernelPreimage: Sendable, Hashable {
  /// The formula, its unknown and its inverse.
  public let map: KernelInverse
  /// The value there.
  public let value: AlgebraicNumber
  public var kernel: Expression { map.kernel }

  init(_ map: KernelInverse, at value: AlgebraicNumber) {
    self.map = map
    self.value = value
  }

  /// The place, to be enclosed.
  func place() throws -> KernelPlace {
    try KernelPlace(map) { [value] in value.interval(precision: $0) }
  }

  /// The inverse at a closed form of the value.
  func closedForm(limit: ClosedFormLimit) -> Expression? {
    guard let form = (try? value.closedForm(limit: limit))?.expression else { return nil }
    return map.inverse.substituting([KernelInverse.parameter: form]).simplified()
  }
}

extension Polynomial {
  /// The powers of a variable that occur.
  fileprivate func exponents(in variable: Int) -> Set<Int> {
    Set(
      coefficients(in: variable).enumerated().filter { !$0.element.isZero }.map(\.offset))
  }
}
