import Arbitrary
import Exact

/// A function near u = 0 as u^valuation·φ(u) with φ analytic on a segment that holds 0: the Taylor
/// coefficients of φ at 0, and enclosures of those at all points of the segment.
struct Jet: Sendable {
  var valuation: Int
  /// φ_j(0).
  var point: [ComplexInterval]
  /// Of φ_j(ξ) for every ξ of the segment; as many as of `point`.
  var range: [ComplexInterval]
  var isReal: Bool

  /// The number of coefficients.
  var count: Int { point.count }
}

/// Programs in u over a segment around 0, by jets that let exact zeros cancel: the quotient of two
/// functions that vanish at 0 is one that need not.
///
/// Where g(0) = 0, the coefficients of g(u)/u at ξ are (j + 1)∫₀¹ tʲ g_{j+1}(tξ) dt, which lie in the hull
/// of g_{j+1} over the segment. The coefficients of everything else follow from the differential
/// equations of the functions (Moore, Methods and Applications of Interval Analysis, 1979, ch. 3),
/// which hold at 0 and over the segment alike.
struct JetArithmetic: ProgramArithmetic {
  /// The segment.
  let segment: Interval
  /// The number of coefficients.
  let count: Int
  let precision: Int
  private let plain: EnclosingArithmetic
  private let analytic: AnalyticArithmetic

  init(segment: Interval, count: Int, precision: Int) {
    self.segment = segment
    self.count = max(count, 1)
    self.precision = precision
    plain = EnclosingArithmetic(precision: precision)
    analytic = AnalyticArithmetic(precision: precision, isOnLine: false)
  }

  typealias Coefficients = [ComplexInterval]

  // MARK: Construction

  func constant(_ box: ComplexInterval, isReal: Bool) -> Jet {
    let rest = Coefficients(repeating: .zero, count: count - 1)
    return Jet(valuation: 0, point: [box] + rest, range: [box] + rest, isReal: isReal)
  }

  func constant(_ value: Rational) -> Jet { constant(plain.constant(value), isReal: true) }
  var imaginaryUnit: Jet { constant(plain.imaginaryUnit, isReal: false) }
  var pi: Jet { constant(plain.pi, isReal: true) }

  /// u itself.
  var variable: Jet {
    var result = constant(1)
    result.valuation = 1
    return result
  }

  /// Takes out factors u for as long as φ vanishes exactly at 0.
  private func normalised(_ jet: Jet) -> Jet {
    var result = jet
    while result.count > 1, result.point[0].isZero {
      // Nothing left that could be other than zero: leave it as it is.
      if result.point.allSatisfy(\.isZero) && result.range.allSatisfy(\.isZero) { return jet }
      result.point.removeFirst()
      result.range.removeFirst()
      result.valuation += 1
    }
    return result
  }

  private func isZero(_ jet: Jet) -> Bool {
    jet.point.allSatisfy(\.isZero) && jet.range.allSatisfy(\.isZero)
  }

  /// The same function with a factor u^k put back, k > 0.
  private func lowered(_ jet: Jet, by k: Int) -> Jet {
    if k == 0 { return jet }
    let n = jet.count
    let zeros = Coefficients(repeating: .zero, count: min(k, n))
    let point = Array((zeros + jet.point).prefix(n))
    // u^k has the coefficients binomial(k, j)·ξ^(k - j).
    var power: Coefficients = []
    var binomial = Rational.one
    for j in 0..<n {
      if j > k {
        power.append(.zero)
        continue
      }
      let base = Interval.powInt(segment, k - j, precision: precision)
      power.append(
        plain.multiply(plain.constant(binomial), ComplexInterval(real: base)))
      binomial = binomial * Rational(k - j) * Rational(reciprocalOf: Integer(j + 1))
    }
    return Jet(
      valuation: jet.valuation - k, point: point, range: product(power, jet.range),
      isReal: jet.isReal)
  }

  /// Without a factor of u: what a function is applied to.
  private func regular(_ jet: Jet) throws(ArithmeticError) -> Jet {
    if jet.valuation < 0 { throw .domain("a function of something unbounded") }
    return lowered(jet, by: jet.valuation)
  }

  // MARK: Arithmetic

  func add(_ a: Jet, _ b: Jet) -> Jet {
    if isZero(a) { return b }
    if isZero(b) { return a }
    let least = min(a.valuation, b.valuation)
    let (x, y) = (lowered(a, by: a.valuation - least), lowered(b, by: b.valuation - least))
    func sum(_ f: Coefficients, _ g: Coefficients) -> Coefficients {
      zip(f, g).map { plain.add($0, $1) }
    }
    return normalised(
      Jet(
        valuation: least, point: sum(x.point, y.point), range: sum(x.range, y.range),
        isReal: a.isReal && b.isReal))
  }

  func subtract(_ a: Jet, _ b: Jet) -> Jet { add(a, negate(b)) }

  func negate(_ a: Jet) -> Jet {
    var result = a
    result.point = a.point.map { -$0 }
    result.range = a.range.map { -$0 }
    return result
  }

  private func product(_ f: Coefficients, _ g: Coefficients) -> Coefficients {
    (0..<min(f.count, g.count)).map { k in
      var sum = ComplexInterval.zero
      for j in 0...k where !f[j].isZero && !g[k - j].isZero {
        sum = plain.add(sum, plain.multiply(f[j], g[k - j]))
      }
      return sum
    }
  }

  func multiply(_ a: Jet, _ b: Jet) -> Jet {
    Jet(
      valuation: a.valuation + b.valuation, point: product(a.point, b.point),
      range: product(a.range, b.range), isReal: a.isReal && b.isReal)
  }

  func divide(_ a: Jet, _ b: Jet) throws(ArithmeticError) -> Jet {
    Jet(
      valuation: a.valuation - b.valuation, point: try quotient(a.point, b.point),
      range: try quotient(a.range, b.range), isReal: a.isReal && b.isReal)
  }

  private func quotient(
    _ f: Coefficients, _ g: Coefficients
  ) throws(ArithmeticError) -> Coefficients {
    if g[0].containsZero { throw .domain("a divisor that may vanish") }
    var result: Coefficients = []
    for k in 0..<min(f.count, g.count) {
      var sum = f[k]
      for j in 0..<k where !result[j].isZero && !g[k - j].isZero {
        sum = plain.subtract(sum, plain.multiply(result[j], g[k - j]))
      }
      result.append(try plain.divide(sum, g[0]))
    }
    return result
  }

  func power(_ base: Jet, _ n: Int) throws(ArithmeticError) -> Jet {
    guard n.magnitude <= 1024 else { throw .limit("the power \(n)") }
    var result = constant(1)
    var square = n < 0 ? try divide(result, base) : base
    var rest = n.magnitude
    while rest > 0 {
      if rest & 1 == 1 { result = multiply(result, square) }
      rest >>= 1
      if rest > 0 { square = multiply(square, square) }
    }
    return result
  }

  func power(_ base: Jet, _ r: Rational) throws(ArithmeticError) -> Jet {
    let x = try regular(base)
    func image(_ a: Coefficients) throws(ArithmeticError) -> (Coefficients, Bool) {
      let first = try analytic.power(AnalyticValue(box: a[0], isReal: base.isReal), r)
      if a[0].containsZero { throw .domain("a branch point") }
      var p = [first.box]
      for k in 1..<max(a.count, 1) where k < a.count {
        var sum = ComplexInterval.zero
        for j in 1...k where !a[j].isZero {
          let factor = plain.constant(r * Rational(j) - Rational(k - j))
          sum = plain.add(sum, plain.multiply(factor, plain.multiply(a[j], p[k - j])))
        }
        let divisor = plain.multiply(plain.constant(Rational(k)), a[0])
        p.append(try plain.divide(sum, divisor))
      }
      return (p, first.isReal)
    }
    let (point, isReal) = try image(x.point)
    return Jet(valuation: 0, point: point, range: try image(x.range).0, isReal: isReal)
  }

  func power(_ base: Jet, _ exponent: Jet) throws(ArithmeticError) -> Jet {
    try apply(.exp, multiply(exponent, try apply(.log, base)))
  }

  // MARK: Functions

  func apply(_ function: Function, _ x: Jet) throws(ArithmeticError) -> Jet {
    switch function {
    case .sqrt: return try power(x, Rational(reciprocalOf: 2))
    case .expm1: return subtract(try apply(.exp, x), constant(1))
    case .log1p: return try apply(.log, add(x, constant(1)))
    case .tan: return try divide(try apply(.sin, x), try apply(.cos, x))
    case .tanh: return try divide(try apply(.sinh, x), try apply(.cosh, x))
    case .exp, .sin, .cos, .sinh, .cosh, .log:
      let a = try regular(x)
      let first = try analytic.apply(function, AnalyticValue(box: a.range[0], isReal: x.isReal))
      return normalised(
        Jet(
          valuation: 0, point: try coefficients(function, a.point),
          range: try coefficients(function, a.range), isReal: first.isReal))
    case .atan, .asinh, .atanh, .asin: return try inverse(function, x)
    case .abs:
      let a = try regular(x)
      guard x.isReal, let sign = a.range[0].re.certainSign, sign != 0 else {
        throw .domain("abs of something that may vanish")
      }
      return sign > 0 ? x : negate(x)
    default: throw .domain("the expansion of \(function.name)")
    }
  }

  /// The coefficients of exp, log and the circular and hyperbolic functions by their equations.
  private func coefficients(
    _ function: Function, _ a: Coefficients
  ) throws(ArithmeticError) -> Coefficients {
    let partner: Function? =
      switch function {
      case .sin: .cos
      case .cos: .sin
      case .sinh: .cosh
      case .cosh: .sinh
      default: nil
      }
    var f = [try plain.apply(function, a[0])]
    var g = f
    if let partner { g = [try plain.apply(partner, a[0])] }
    for k in 1..<max(a.count, 1) where k < a.count {
      var sum = ComplexInterval.zero
      var other = ComplexInterval.zero
      for j in 1...k {
        let rate = plain.multiply(plain.constant(Rational(j)), a[j])
        switch function {
        case .log:
          let part = plain.multiply(plain.constant(Rational(j)), j < k ? f[j] : .zero)
          if j < k { sum = plain.subtract(sum, plain.multiply(part, a[k - j])) }
        case .exp: sum = plain.add(sum, plain.multiply(rate, f[k - j]))
        default:
          sum = plain.add(sum, plain.multiply(rate, g[k - j]))
          other = plain.add(other, plain.multiply(rate, f[k - j]))
        }
      }
      let order = plain.constant(Rational(k))
      switch function {
      case .log:
        sum = plain.add(sum, plain.multiply(order, a[k]))
        f.append(try plain.divide(sum, plain.multiply(order, a[0])))
      case .exp: f.append(try plain.divide(sum, order))
      default:
        // sin' = cos, cos' = -sin; sinh' = cosh, cosh' = sinh.
        f.append(try plain.divide(function == .cos ? -sum : sum, order))
        g.append(try plain.divide(function == .sin ? -other : other, order))
      }
    }
    return f
  }

  /// By the derivative: atan' = 1/(1 + x²), asinh' = (1 + x²)^(-1/2), atanh' = 1/(1 - x²),
  /// asin' = (1 - x²)^(-1/2).
  private func inverse(_ function: Function, _ x: Jet) throws(ArithmeticError) -> Jet {
    let a = try regular(x)
    let isPlus = function == .atan || function == .asinh
    let square = multiply(a, a)
    let inner = add(constant(1), isPlus ? square : negate(square))
    let isRoot = function == .asinh || function == .asin
    let slope = isRoot ? try power(inner, Rational(-1, 2)) : try divide(constant(1), inner)
    func integrated(
      _ a: Coefficients, _ slope: Coefficients
    ) throws(ArithmeticError) -> Coefficients {
      let first = try analytic.apply(function, AnalyticValue(box: a[0], isReal: x.isReal))
      var result = [first.box]
      let n = min(a.count, slope.count)
      for k in 1..<max(n, 1) where k < n {
        var sum = ComplexInterval.zero
        for j in 1...k {
          let rate = plain.multiply(plain.constant(Rational(j)), a[j])
          sum = plain.add(sum, plain.multiply(rate, slope[k - j]))
        }
        result.append(try plain.divide(sum, plain.constant(Rational(k))))
      }
      return result
    }
    let s = try regular(slope)
    return normalised(
      Jet(
        valuation: 0, point: try integrated(a.point, s.point),
        range: try integrated(a.range, s.range), isReal: x.isReal))
  }

  func atan2(y: Jet, x: Jet) throws(ArithmeticError) -> Jet {
    guard try regular(x).range[0].re.lower.signum > 0, x.isReal, y.isReal else {
      throw .domain("atan2 near its branch cut")
    }
    return try apply(.atan, try divide(y, x))
  }

  func besselJ(order: Int, _ x: Jet) throws(ArithmeticError) -> Jet {
    throw .domain("the expansion of besselj")
  }

  func call(
    _ component: Procedure.Component, _ x: [Jet], exact: [Rational?]
  ) throws(ArithmeticError) -> Jet {
    throw .domain(SymbolicError.noFormula(component.name).description)
  }

  func minimum(_ a: Jet, _ b: Jet) throws(ArithmeticError) -> Jet {
    throw .domain("the expansion of min")
  }

  func maximum(_ a: Jet, _ b: Jet) throws(ArithmeticError) -> Jet {
    throw .domain("the expansion of max")
  }
}
