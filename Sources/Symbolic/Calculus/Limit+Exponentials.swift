import Algebra
import Arbitrary
import Exact

/// Limits of functions that grow at different exponential rates.
///
/// Functions of x made by rational operations, real powers, exp and log are totally ordered next to
/// infinity (Hardy). Of the exponentials in one, those with the fastest exponent are powers of one
/// ω → 0+ times slower functions; expanded in ω, the first term decides, and its coefficient, which is slower
/// than any power of ω, is a smaller problem of the same kind (D. Gruntz, On Computing Limits in a
/// Symbolic Manipulation System, 1996).
enum ExponentialLimit {
  /// How deep exponentials of different rates may be nested.
  private static let depthLimit = 10
  /// x is larger than this: what is true next to infinity may be proved for large x only.
  private static let largest = 1 << 20

  /// The limit as `x` goes to `point`, for functions of the class.
  ///
  /// - Throws: ``LimitError/unsupported(_:)`` outside the class.
  static func of(
    _ f: Expression, as x: Symbol, to point: LimitPoint
  ) throws(LimitError) -> Expression {
    guard let domain = try? Domain.interval(.open(Rational(largest)), .unbounded) else {
      throw .unsupported("a large variable")
    }
    let large = Symbol("large variable", domain)
    let image: Expression
    switch point {
    case .infinity: image = large.expression
    case .negativeInfinity: image = -large.expression
    case .fromRight(let end): image = end + large.expression.power(-1)
    case .fromLeft(let end): image = end - large.expression.power(-1)
    }
    let written = f.substituting([x: image])
    guard isInClass(written, large) else { throw .unsupported("a limit outside exp-log functions") }
    return try value(plain(written, large), large, depth: 0)
  }

  /// Whether only functions whose combinations are totally ordered are applied to the variable.
  private static func isInClass(_ f: Expression, _ x: Symbol) -> Bool {
    f.postorder().allSatisfy { part in
      if case .imaginaryUnit = part.kind { return false }
      if case .procedure = part.kind { return !part.contains(x) }
      guard case .function(let function, _) = part.kind, part.contains(x) else { return true }
      // On the real line only: there the functions are ordered.
      switch function {
      case .exp, .expm1, .log, .log1p, .sinh, .cosh, .tanh, .sqrt, .cbrt, .abs: return true
      default: return false
      }
    }
  }

  /// Hyperbolic functions and powers written with exp.
  private static func plain(_ f: Expression, _ x: Symbol) -> Expression {
    f.map { part in
      switch part.kind {
      case .power(let base, let exponent) where exponent.contains(x):
        return exp(exponent * log(base))
      case .function(.sinh, let a): return (exp(a[0]) - exp(-a[0])) / 2
      case .function(.cosh, let a): return (exp(a[0]) + exp(-a[0])) / 2
      case .function(.tanh, let a):
        return (exp(a[0]) - exp(-a[0])) / (exp(a[0]) + exp(-a[0]))
      case .function(.expm1, let a): return exp(a[0]) - 1
      case .function(.log1p, let a): return log(1 + a[0])
      default: return part
      }
    }
  }

  private static func value(
    _ f: Expression, _ x: Symbol, depth: Int
  ) throws(LimitError) -> Expression {
    guard depth < depthLimit else { throw .limitOfTerms(depthLimit) }
    guard f.treeSize < 20_000 else { throw .unsupported("a limit of that size") }
    let exponents = try unbounded(f, x, depth: depth)
    guard let (fastest, others) = try leading(exponents, x, depth: depth) else {
      return try Limit.bySeries(f, as: x, to: .infinity)
    }
    // ω = exp(±g) → 0+, with g the simplest of the class: no other exponential of the class is in it.
    let isRising = try sign(fastest, x, depth: depth) > 0
    let rate = isRising ? -fastest : fastest
    let omega = Symbol("omega", .positive)
    // From the inside out: an exponent that has others of the class in it is rewritten first.
    var images: [Expression: Expression] = [:]
    // An exponential of a sum with exponentials in it stays in one piece: in normal form it would be a product
    // of faster ones.
    var whole: [Symbol: Expression] = [:]
    for exponent in others {
      let ratio = try value(exponent / rate, x, depth: depth + 1)
      guard let power = ratio.rationalValue else {
        throw .unsupported("exponential rates with the ratio \(ratio)")
      }
      let inner = rewriting(exponent, images)
      let rest = try normal(inner - .rational(power) * rate)
      var factor = exp(rest)
      let isNested = rest.postorder().contains { part in
        if case .function(.exp, _) = part.kind { return part.contains(x) }
        return false
      }
      if isNested, !rest.contains(omega) {
        let name = Symbol("slower exponential \(depth).\(whole.count)", .positive)
        whole[name] = factor
        factor = name.expression
      }
      images[inner] = factor * omega.expression.power(.rational(power))
    }
    let rewritten = rewriting(f, images)
    try checkSlower(
      rewritten.substituting(whole), omega, than: rate, x, depth: depth)
    let series = try Self.series(rewritten, omega)
    guard let lead = series.terms.first else {
      if let order = series.order, order.signum <= 0 { throw .limitOfTerms(0) }
      return .zero
    }
    if lead.exponent.signum > 0 { return .zero }
    // log ω = rate.
    let found = lead.coefficient.substituting(whole)
    let coefficient = lead.logarithms == 0 ? found : found * rate.power(lead.logarithms)
    let isSingle = series.terms.dropFirst().first?.exponent != lead.exponent
    guard isSingle else { throw .unsupported("powers of logarithms of exponentials") }
    if lead.exponent.isZero { return try value(coefficient, x, depth: depth + 1) }
    return try sign(coefficient, x, depth: depth + 1) > 0 ? .infinity : -.infinity
  }

  /// The exponentials whose exponents have an image replaced, the innermost first.
  private static func rewriting(
    _ f: Expression, _ images: [Expression: Expression]
  ) -> Expression {
    f.map { part in
      guard case .function(.exp, let arguments) = part.kind else { return part }
      return images[arguments[0]] ?? part
    }
  }

  /// Whether all exponentials that are left are slower than ω, as the expansion supposes of its
  /// coefficients.
  private static func checkSlower(
    _ f: Expression, _ omega: Symbol, than rate: Expression, _ x: Symbol, depth: Int
  ) throws(LimitError) {
    for part in f.postorder() {
      guard case .function(.exp, let arguments) = part.kind, arguments[0].contains(x) else {
        continue
      }
      let exponent = arguments[0].substituting([omega: .zero])
      guard exponent.contains(x) else { continue }
      let ratio = try value(exponent / rate, x, depth: depth + 1)
      guard ratio.isLiteralZero else { throw .unsupported("exponentials of one rate") }
    }
  }

  private static func series(
    _ f: Expression, _ omega: Symbol
  ) throws(LimitError) -> Series {
    do { return try Series(of: f, in: omega, at: .fromRight(.zero), terms: 2) } catch {
      guard let simpler = try? NormalForm(f).expression else { throw error }
      return try Series(of: simpler, in: omega, at: .fromRight(.zero), terms: 2)
    }
  }

  private static func normal(_ f: Expression) throws(LimitError) -> Expression {
    try LimitError.arithmetic { () throws(ArithmeticError) in try NormalForm(f).expression }
  }

  /// The sign of f next to infinity, not zero.
  private static func sign(
    _ f: Expression, _ x: Symbol, depth: Int
  ) throws(LimitError) -> Int {
    var limit = try value(f, x, depth: depth + 1)
    if limit.isLiteralZero { limit = try value(f.power(-1), x, depth: depth + 1) }
    if limit == .infinity { return 1 }
    if limit == -.infinity { return -1 }
    let form = try LimitError.arithmetic { () throws(ArithmeticError) in try NormalForm(limit) }
    guard form.value.im.isZero, let sign = SignProver(form.basis).sign(of: form.value.re),
      sign.isNonzero
    else { throw .undecidedSign(of: limit) }
    return sign == .positive ? 1 : -1
  }

  /// The exponents of exp in f that leave every bound faster than log x.
  private static func unbounded(
    _ f: Expression, _ x: Symbol, depth: Int
  ) throws(LimitError) -> [Expression] {
    var found: [Expression] = []
    for part in f.postorder() {
      guard case .function(.exp, let arguments) = part.kind, arguments[0].contains(x),
        !found.contains(arguments[0])
      else { continue }
      let ratio = try value(arguments[0] / log(x.expression), x, depth: depth + 1)
      if ratio == .infinity || ratio == -.infinity {
        found.append(arguments[0])
      } else if ratio.isLiteralZero {
        let limit = try value(arguments[0], x, depth: depth + 1)
        if limit == .infinity || limit == -.infinity {
          throw .unsupported("exp of something slower than a logarithm")
        }
      }
    }
    if found.count > 16 { throw .unsupported("more than 16 exponentials") }
    return found
  }

  /// The simplest of the fastest exponents, and all that go at its rate, parts before wholes.
  private static func leading(
    _ exponents: [Expression], _ x: Symbol, depth: Int
  ) throws(LimitError) -> (Expression, [Expression])? {
    let sorted = exponents.sorted { $0.treeSize < $1.treeSize }
    guard var best = sorted.first else { return nil }
    var group = [best]
    for other in sorted.dropFirst() {
      let ratio = try value(other / best, x, depth: depth + 1)
      if ratio == .infinity || ratio == -.infinity {
        best = other
        group = [other]
      } else if !ratio.isLiteralZero {
        group.append(other)
      }
    }
    return (best, group)
  }
}
