import Exact

/// Steps of a program to which more are appended, each operation listed once.
///
/// What is appended is simplified where an operand is a number and the result does not depend on the
/// arithmetic: sums with 0, products and quotients with ±1 and 0, and operations on two numbers.
struct StepList {
  private(set) var steps: [Program.Step]
  private(set) var constants: [Rational]
  private var places: [Program.Step: Int] = [:]
  private var constantPlaces: [Rational: Int] = [:]

  /// Begins with the operations of a program, at the places that they have there.
  init(_ program: Program) {
    steps = program.steps
    constants = program.constants
    for (place, step) in steps.enumerated() { places[step] = place }
    for (place, value) in constants.enumerated() { constantPlaces[value] = place }
  }

  /// The place of the step's result.
  mutating func append(_ step: Program.Step) -> Int {
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

  mutating func number(_ value: Rational) -> Int { append(.constant(entry(value))) }

  /// The program of the steps that the outputs need.
  func program(inputs: [Symbol], outputs: [Int]) -> Program {
    Program(inputs: inputs, constants: constants, pruning: steps, outputs: outputs)
  }

  /// The number at a place, if it is one.
  func value(at place: Int) -> Rational? {
    if case .constant(let index) = steps[place] { constants[index] } else { nil }
  }
}

// MARK: - Operations

extension StepList {
  mutating func add(_ a: Int, _ b: Int) -> Int {
    let (x, y) = (value(at: a), value(at: b))
    if let x, let y { return number(x + y) }
    if let x, x.isZero { return b }
    if let y, y.isZero { return a }
    if case .negate(let c) = steps[b] { return subtract(a, c) }
    if case .negate(let c) = steps[a] { return subtract(b, c) }
    return append(.add(min(a, b), max(a, b)))
  }

  mutating func subtract(_ a: Int, _ b: Int) -> Int {
    let (x, y) = (value(at: a), value(at: b))
    if let x, let y { return number(x - y) }
    if let y, y.isZero { return a }
    if let x, x.isZero { return negate(b) }
    if case .negate(let c) = steps[b] { return add(a, c) }
    return append(.subtract(a, b))
  }

  mutating func negate(_ a: Int) -> Int {
    if let x = value(at: a) { return number(-x) }
    if case .negate(let b) = steps[a] { return b }
    return append(.negate(a))
  }

  mutating func multiply(_ a: Int, _ b: Int) -> Int {
    let (x, y) = (value(at: a), value(at: b))
    if let x, let y { return number(x * y) }
    if let x { return scale(b, by: x) }
    if let y { return scale(a, by: y) }
    // Signs move outward, where sums take them in.
    if case .negate(let c) = steps[a] {
      let product = multiply(c, b)
      return negate(product)
    }
    if case .negate(let c) = steps[b] {
      let product = multiply(a, c)
      return negate(product)
    }
    return a == b ? square(a) : append(.multiply(min(a, b), max(a, b)))
  }

  mutating func scale(_ a: Int, by factor: Rational) -> Int {
    if let x = value(at: a) { return number(x * factor) }
    if factor.isZero { return number(0) }
    if factor == 1 { return a }
    if factor == -1 { return negate(a) }
    let place = number(factor)
    return append(.multiply(min(a, place), max(a, place)))
  }

  /// The quotient; of two numbers too it stays a step, which throws where the divisor is 0.
  mutating func divide(_ a: Int, _ b: Int) -> Int {
    if value(at: b) == 1 { return a }
    if case .negate(let c) = steps[a] {
      let quotient = divide(c, b)
      return negate(quotient)
    }
    return append(.divide(a, b))
  }

  mutating func square(_ a: Int) -> Int { append(.integerPower(a, 2)) }

  mutating func apply(_ function: Function, _ a: Int) -> Int { append(.apply(function, a)) }

  /// x^n; the number 1 for n = 0.
  mutating func power(_ a: Int, _ n: Int) -> Int {
    if n == 0 { return number(1) }
    return n == 1 ? a : append(.integerPower(a, n))
  }

  /// x^r, in the form that a compiled expression gives it.
  mutating func power(_ a: Int, _ r: Rational) -> Int {
    if r.isInteger, let n = r.numerator.word { return power(a, n) }
    if r.numerator == 1, r.denominator == 2 { return apply(.sqrt, a) }
    return append(.rationalPower(a, constant: entry(r)))
  }
}
