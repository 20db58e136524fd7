import Exact

/// Translates expressions to the operations of a ``Program``; equal operations are listed once.
struct ProgramBuilder {
  private(set) var steps: [Program.Step] = []
  private(set) var constants: [Rational] = []
  private var places: [Program.Step: Int] = [:]
  private var constantPlaces: [Rational: Int] = [:]
  private let inputs: [Symbol: Int]
  /// Where the result of a part is, by structure: equal parts of different outputs share.
  private var images: [Expression: Int] = [:]
  /// For powers with a negative number as exponent, where the power is that they are one over: as
  /// factors they are divided by.
  private var divisors: [Expression: Int] = [:]

  /// For each part that was compiled the one that stands for all of its structure: its operands are
  /// one object where they are equal, so that comparing it costs no more than their number.
  private var representatives: [ObjectIdentifier: Expression] = [:]
  private var structures: Set<Expression> = []
  /// Keeps the parts alive whose identities are keys.
  private var outputs: [Expression] = []

  init(inputs: [Symbol]) {
    self.inputs = Dictionary(
      zip(inputs, inputs.indices), uniquingKeysWith: { first, _ in first })
  }

  /// The place of the expression's result.
  ///
  /// - Complexity: O(number of distinct parts that no earlier output had).
  mutating func compile(_ expression: Expression) throws(SymbolicError) -> Int {
    outputs.append(expression)
    let parts = expression.postorder { representatives[$0] != nil }
    var unbound: Set<Symbol> = []
    for part in parts {
      if case .symbol(let symbol) = part.kind, inputs[symbol] == nil { unbound.insert(symbol) }
    }
    guard unbound.isEmpty else {
      throw .unboundSymbols(unbound.sorted { $0.precedes($1) })
    }
    if parts.contains(where: { if case .constant(.infinity) = $0.kind { true } else { false } }) {
      throw .noValue("infinity")
    }
    for original in parts {
      let part = structures.insert(
        original.replacingOperands { representatives[$0.identity] ?? $0 }
      ).memberAfterInsert
      representatives[original.identity] = part
      if images[part] != nil || divisors[part] != nil { continue }
      // Coefficients and exponents are numbers that need no place; they get one where used as values.
      if case .rational = part.kind { continue }
      if case .power(let base, let exponent) = part.kind, let value = exponent.rationalValue,
        value.isNegative
      {
        divisors[part] = power(base, -value)
      } else {
        images[part] = emit(part)
      }
    }
    return place(representatives[expression.identity] ?? expression)
  }

  /// The place of the value of a part that the loop above has been at.
  private mutating func place(_ part: Expression) -> Int {
    if let known = images[part] { return known }
    let place =
      if let divisor = divisors[part] { divide(nil, divisor) } else { emit(part) }
    images[part] = place
    return place
  }

  private mutating func emit(_ part: Expression) -> Int {
    switch part.kind {
    case .rational(let value): return number(value)
    case .imaginaryUnit: return step(.imaginaryUnit)
    case .constant: return step(.pi)
    case .symbol(let symbol): return step(.input(inputs[symbol] ?? 0))
    case .sum(let terms): return sum(terms)
    case .product(let factors): return product(factors)
    case .power(let base, let exponent):
      guard let value = exponent.rationalValue else {
        return step(.power(place(base), place(exponent)))
      }
      return power(base, value)
    case .function(let function, let arguments): return apply(function, arguments)
    case .procedure(let component, let arguments):
      return step(.call(component, arguments.map { place($0) }))
    }
  }

  private mutating func step(_ step: Program.Step) -> Int {
    if let known = places[step] { return known }
    places[step] = steps.count
    steps.append(step)
    return steps.count - 1
  }

  private mutating func entry(_ value: Rational) -> Int {
    if let known = constantPlaces[value] { return known }
    constantPlaces[value] = constants.count
    constants.append(value)
    return constants.count - 1
  }

  private mutating func number(_ value: Rational) -> Int { step(.constant(entry(value))) }
}

// MARK: - Sums, products, powers

extension ProgramBuilder {
  private mutating func sum(_ terms: [Expression]) -> Int {
    var total: Int?
    for term in terms {
      if let positive = Self.negated(term), let sum = total {
        total = step(.subtract(sum, product(positive)))
      } else if let value = term.rationalValue, value.isNegative, let sum = total {
        total = step(.subtract(sum, number(-value)))
      } else {
        let next = place(term)
        total = total.map { step(.add(min($0, next), max($0, next))) } ?? next
      }
    }
    return total ?? number(0)
  }

  /// The factors of -term, for a product that begins with a negative number.
  private static func negated(_ term: Expression) -> [Expression]? {
    guard case .product(let factors) = term.kind, let value = factors.first?.rationalValue,
      value.isNegative
    else { return nil }
    let rest = Array(factors.dropFirst())
    return value == -1 ? rest : [.rational(-value)] + rest
  }

  /// The product of the factors with nonnegative exponents over that of the others.
  private mutating func product(_ factors: [Expression]) -> Int {
    var numerator: Int?
    var denominator: Int?
    var isNegative = false
    for factor in factors {
      if factor.rationalValue == -1 {
        isNegative.toggle()
      } else if let divisor = divisors[factor] {
        denominator = multiply(denominator, divisor)
      } else {
        numerator = multiply(numerator, place(factor))
      }
    }
    let result = denominator.map { divide(numerator, $0) } ?? numerator ?? number(1)
    return isNegative ? step(.negate(result)) : result
  }

  private mutating func multiply(_ a: Int?, _ b: Int) -> Int {
    guard let a else { return b }
    if a == b { return step(.integerPower(a, 2)) }
    return step(.multiply(min(a, b), max(a, b)))
  }

  private mutating func divide(_ a: Int?, _ b: Int) -> Int { step(.divide(a ?? number(1), b)) }

  /// A power with a nonnegative number as exponent.
  private mutating func power(_ base: Expression, _ exponent: Rational) -> Int {
    let place = place(base)
    if exponent == 1 { return place }
    if exponent.isInteger, let n = exponent.numerator.word { return step(.integerPower(place, n)) }
    if exponent.numerator == 1, exponent.denominator == 2 { return step(.apply(.sqrt, place)) }
    return step(.rationalPower(place, constant: entry(exponent)))
  }

  private mutating func apply(_ function: Function, _ arguments: [Expression]) -> Int {
    let operands = arguments.map { place($0) }
    guard let first = operands.first else { return number(0) }
    switch function {
    case .min:
      if operands.count == 1 { return step(.minimum(first, first)) }
      return operands.dropFirst().reduce(first) { step(.minimum($0, $1)) }
    case .max:
      if operands.count == 1 { return step(.maximum(first, first)) }
      return operands.dropFirst().reduce(first) { step(.maximum($0, $1)) }
    case .atan2: return step(.atan2(first, operands.last ?? first))
    case .besselj:
      let order = Function.besselParts(arguments)?.order ?? 0
      return step(.besselJ(order: order, operands.last ?? first))
    default: return step(.apply(function, first))
    }
  }
}

// MARK: - Leaving out what is not used

extension Program {
  /// From operations of which each stands before its readers: those that the outputs need, renumbered.
  init(inputs: [Symbol], constants: [Rational], pruning steps: [Step], outputs: [Int]) {
    var isUsed = [Bool](repeating: false, count: steps.count)
    for output in outputs { isUsed[output] = true }
    for index in steps.indices.reversed() where isUsed[index] {
      for operand in steps[index].operands { isUsed[operand] = true }
    }
    var places = [Int](repeating: 0, count: steps.count)
    var result: [Step] = []
    for index in steps.indices where isUsed[index] {
      places[index] = result.count
      result.append(steps[index].mapOperands { places[$0] })
    }
    self.inputs = inputs
    self.constants = constants
    self.steps = result
    self.outputs = outputs.map { places[$0] }
  }
}

extension Program.Step {
  /// The places of the operands.
  var operands: [Int] {
    switch self {
    case .input, .constant, .imaginaryUnit, .pi: []
    case .negate(let a), .integerPower(let a, _), .rationalPower(let a, _), .apply(_, let a),
      .besselJ(_, let a):
      [a]
    case .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b),
      .divide(let a, let b), .power(let a, let b), .atan2(let a, let b), .minimum(let a, let b),
      .maximum(let a, let b):
      [a, b]
    case .call(_, let all): all
    }
  }

  /// The same operation on other operands.
  func mapOperands(_ f: (Int) -> Int) -> Program.Step {
    switch self {
    case .input, .constant, .imaginaryUnit, .pi: self
    case .negate(let a): .negate(f(a))
    case .integerPower(let a, let n): .integerPower(f(a), n)
    case .rationalPower(let a, let constant): .rationalPower(f(a), constant: constant)
    case .apply(let function, let a): .apply(function, f(a))
    case .add(let a, let b): .add(f(a), f(b))
    case .subtract(let a, let b): .subtract(f(a), f(b))
    case .multiply(let a, let b): .multiply(f(a), f(b))
    case .divide(let a, let b): .divide(f(a), f(b))
    case .power(let a, let b): .power(f(a), f(b))
    case .atan2(let a, let b): .atan2(f(a), f(b))
    case .besselJ(let order, let a): .besselJ(order: order, f(a))
    case .minimum(let a, let b): .minimum(f(a), f(b))
    case .maximum(let a, let b): .maximum(f(a), f(b))
    case .call(let component, let all): .call(component, all.map(f))
    }
  }
}
