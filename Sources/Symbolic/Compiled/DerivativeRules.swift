import Exact

/// The partial derivatives of the operations of a program, as operations that are appended to it.
///
/// Where the same number comes up twice it is one step: in `exp` the value serves as its own
/// derivative, in `tan` its square does.
struct DerivativeRules {
  let inputs: [Symbol]
  var list: StepList
  /// The number of operations of the program itself.
  let count: Int
  /// Whether the value of an operation may be off the real line at real inputs, by its form alone.
  let mayBeComplex: [Bool]

  /// What the derivative of an operation by one operand multiplies with: ±multiplier/divisor.
  struct Factor {
    var multiplier: Int?
    var divisor: Int?
    var isNegative = false
  }

  typealias Partial = (operand: Int, factor: Factor)

  init(_ program: Program) {
    inputs = program.inputs
    list = StepList(program)
    count = program.steps.count
    mayBeComplex = program.mayBeComplex
  }

  /// The factor times x, the quotient first: so that both operands of a division, or of an angle, share
  /// it.
  mutating func apply(_ factor: Factor, to x: Int) -> Int {
    var result = x
    if let divisor = factor.divisor {
      if let multiplier = factor.multiplier, list.value(at: x) == 1 {
        result = list.divide(multiplier, divisor)
      } else {
        result = list.divide(x, divisor)
        if let multiplier = factor.multiplier { result = list.multiply(result, multiplier) }
      }
    } else if let multiplier = factor.multiplier {
      result = list.multiply(x, multiplier)
    }
    return factor.isNegative ? list.negate(result) : result
  }

  /// The partial derivatives, by the operands that depend on what is differentiated by, of an operation
  /// that is complex differentiable, or whose operands are real.
  ///
  /// - Throws: ``SymbolicError/noDerivative(function:by:)``, ``SymbolicError/tooLarge(_:)``.
  mutating func partials(
    at place: Int, by symbol: Symbol, _ depends: (Int) -> Bool
  ) throws(SymbolicError) -> [Partial] {
    let step = list.steps[place]
    guard step.operands.contains(where: depends) else { return [] }
    let all: [Partial]
    switch step {
    case .input, .constant, .imaginaryUnit, .pi: all = []
    case .add(let a, let b): all = [(a, Factor()), (b, Factor())]
    case .subtract(let a, let b): all = [(a, Factor()), (b, Factor(isNegative: true))]
    case .multiply(let a, let b): all = [(a, Factor(multiplier: b)), (b, Factor(multiplier: a))]
    case .divide(let a, let b):
      all = [
        (a, Factor(divisor: b)), (b, Factor(multiplier: place, divisor: b, isNegative: true)),
      ]
    case .negate(let a): all = [(a, Factor(isNegative: true))]
    case .integerPower(let a, let n): all = [(a, power(a, n, place))]
    case .rationalPower(let a, let index): all = [(a, power(a, list.constants[index], place))]
    case .power(let a, let b): all = power(a, b, place, depends)
    case .apply(let function, let a):
      all = try factor(of: function, a, place, by: symbol).map { [(a, $0)] } ?? []
    case .atan2(let y, let x):
      let (ySquare, xSquare) = (list.square(y), list.square(x))
      let size = list.add(xSquare, ySquare)
      all = [
        (y, Factor(multiplier: x, divisor: size)),
        (x, Factor(multiplier: y, divisor: size, isNegative: true)),
      ]
    case .besselJ(let order, let a): all = [(a, try bessel(order, a, by: symbol))]
    case .minimum(let a, let b): all = choice(a, b, greater: false)
    case .maximum(let a, let b): all = choice(a, b, greater: true)
    case .call(let component, _): throw .noFormula(component.name)
    }
    return all.filter { depends($0.operand) }
  }
}

// MARK: - Powers, greater and lesser

extension DerivativeRules {
  /// n x^(n-1); for n < 0, where x is not 0, n x^n/x.
  private mutating func power(_ a: Int, _ n: Int, _ place: Int) -> Factor {
    if n < 0 { return Factor(multiplier: list.scale(place, by: Rational(n)), divisor: a) }
    if n == 0 { return Factor(multiplier: list.number(0)) }
    let power = list.power(a, n - 1)
    return Factor(multiplier: list.scale(power, by: Rational(n)))
  }

  /// r x^(r-1); for r < 1, where there is no derivative at 0, r x^r/x.
  private mutating func power(_ a: Int, _ r: Rational, _ place: Int) -> Factor {
    if r < 1 { return Factor(multiplier: list.scale(place, by: r), divisor: a) }
    let power = list.power(a, r - 1)
    return Factor(multiplier: list.scale(power, by: r))
  }

  /// By the base b a^(b-1), by the exponent a^b log a.
  private mutating func power(
    _ a: Int, _ b: Int, _ place: Int, _ depends: (Int) -> Bool
  ) -> [Partial] {
    var result: [Partial] = []
    if depends(a) {
      let one = list.number(1)
      let lesser = list.subtract(b, one)
      let power = list.append(.power(a, lesser))
      result.append((a, Factor(multiplier: list.multiply(b, power))))
    }
    if depends(b) {
      let logarithm = list.apply(.log, a)
      result.append((b, Factor(multiplier: list.multiply(place, logarithm))))
    }
    return result
  }

  /// The derivative of the chosen operand, with weights (1 ± sign(a - b))/2: 1 and 0 where it is decided
  /// which is chosen, both 1/2 where they are equal. Weights rather than the mean with half the
  /// difference: a weight 0 leaves nothing of the other enclosure, if that is bounded.
  private mutating func choice(_ a: Int, _ b: Int, greater: Bool) -> [Partial] {
    if a == b { return [(a, Factor())] }
    let difference = list.subtract(a, b)
    let sign = list.apply(.sign, difference)
    let one = list.number(1)
    let (sum, rest) = (list.add(one, sign), list.subtract(one, sign))
    let (above, below) = (list.scale(sum, by: Self.half), list.scale(rest, by: Self.half))
    return [
      (a, Factor(multiplier: greater ? above : below)),
      (b, Factor(multiplier: greater ? below : above)),
    ]
  }

  private static let half = Rational("1/2") ?? 0

  /// (J_{n-1} - J_{n+1})/2 (DLMF 10.6.1), and -J_1 for n = 0.
  private mutating func bessel(
    _ order: Int, _ a: Int, by symbol: Symbol
  ) throws(SymbolicError) -> Factor {
    if order == 0 {
      return Factor(multiplier: list.append(.besselJ(order: 1, a)), isNegative: true)
    }
    if abs(order) >= Function.largestBesselOrder {
      throw .noDerivative(function: .besselj, by: symbol)
    }
    let below = list.append(.besselJ(order: order - 1, a))
    let above = list.append(.besselJ(order: order + 1, a))
    let difference = list.subtract(below, above)
    return Factor(multiplier: list.scale(difference, by: Self.half))
  }
}

// MARK: - Functions of one argument

extension DerivativeRules {
  /// f'(u), for u at `a` and f(u) at `v`; nil for 0 throughout. DLMF 4, and 25.12 for the dilogarithm.
  private mutating func factor(
    of function: Function, _ a: Int, _ v: Int, by symbol: Symbol
  ) throws(SymbolicError) -> Factor? {
    let one = list.number(1)
    switch function {
    case .sqrt: return Factor(divisor: list.scale(v, by: 2))
    case .cbrt:
      let square = list.square(v)
      return Factor(divisor: list.scale(square, by: 3))
    case .exp: return Factor(multiplier: v)
    // Not 1 + expm1(u), which cancels for u far below 0.
    case .expm1: return Factor(multiplier: list.apply(.exp, a))
    case .log: return Factor(divisor: a)
    case .log1p: return Factor(divisor: list.add(one, a))
    case .sin: return Factor(multiplier: list.apply(.cos, a))
    case .cos: return Factor(multiplier: list.apply(.sin, a), isNegative: true)
    case .tan:
      let square = list.square(v)
      return Factor(multiplier: list.add(one, square))
    case .asin: return Factor(divisor: rootOfOneMinusSquare(a))
    case .acos: return Factor(divisor: rootOfOneMinusSquare(a), isNegative: true)
    case .atan:
      let square = list.square(a)
      return Factor(divisor: list.add(one, square))
    case .sinh: return Factor(multiplier: list.apply(.cosh, a))
    case .cosh: return Factor(multiplier: list.apply(.sinh, a))
    // Not 1 - tanh(u)², which cancels.
    case .tanh:
      let cosine = list.apply(.cosh, a)
      return Factor(divisor: list.square(cosine))
    case .asinh:
      let square = list.square(a)
      let sum = list.add(one, square)
      return Factor(divisor: list.apply(.sqrt, sum))
    // Two roots, not that of u² - 1: the principal branch has its cut up to 1.
    case .acosh:
      let (below, above) = (list.subtract(a, one), list.add(a, one))
      let (first, second) = (list.apply(.sqrt, below), list.apply(.sqrt, above))
      return Factor(divisor: list.multiply(first, second))
    case .atanh: return Factor(divisor: oneMinusSquare(a))
    case .abs: return Factor(multiplier: list.apply(.sign, a))
    case .dilog:
      let minus = list.negate(a)
      return Factor(multiplier: list.apply(.log1p, minus), divisor: a, isNegative: true)
    case .sign, .im, .arg: return nil
    case .re, .conj: return Factor()
    case .digamma: throw .noDerivative(function: .digamma, by: symbol)
    // These have operations of their own; with one argument they are that argument.
    case .min, .max: return Factor()
    case .atan2, .besselj: throw .noDerivative(function: function, by: symbol)
    }
  }

  /// (1 - u)(1 + u), which has no cancellation but that of its factors.
  private mutating func oneMinusSquare(_ a: Int) -> Int {
    let one = list.number(1)
    let (below, above) = (list.subtract(one, a), list.add(one, a))
    return list.multiply(below, above)
  }

  private mutating func rootOfOneMinusSquare(_ a: Int) -> Int {
    let product = oneMinusSquare(a)
    return list.apply(.sqrt, product)
  }
}
