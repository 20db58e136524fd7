import Arbitrary
import Exact

/// Expressions compiled to a flat list of operations for evaluation at many points.
///
/// Each operation reads results of earlier ones and is listed once: parts that several outputs, or
/// several places of one, have in common are computed once (shared are operations that are equal
/// after sums, differences and quotients are written out, whichever objects they come from).
/// Quotients of a product are merged into one division, and `x*x` is a square.
///
/// Compiled to this form, expressions have values in several arithmetics, by one interpreter:
/// enclosures (``enclose(_:precision:)``), doubles (``evaluate(_:)``) and exact numbers
/// (``exactValues(_:)``).
public struct Program: Sendable {
  /// The symbols whose values a point lists, in this order.
  public let inputs: [Symbol]
  /// The operations; the result of each is known by its place in this list.
  let steps: [Step]
  /// The numbers that operations refer to.
  let constants: [Rational]
  /// The places of the results.
  let outputs: [Int]

  /// One operation. Operands are places of earlier operations.
  enum Step: Hashable, Sendable {
    case input(Int)
    case constant(Int)
    case imaginaryUnit
    case pi
    case add(Int, Int)
    case subtract(Int, Int)
    case multiply(Int, Int)
    case divide(Int, Int)
    case negate(Int)
    /// The integer power.
    case integerPower(Int, Int)
    /// The principal power with a number of the table as exponent.
    case rationalPower(Int, constant: Int)
    /// The principal power.
    case power(Int, Int)
    case apply(Function, Int)
    /// The angle of the point (second, first).
    case atan2(Int, Int)
    /// J_n, first the order n.
    case besselJ(order: Int, Int)
    case minimum(Int, Int)
    case maximum(Int, Int)
    /// A component of a procedure.
    case call(Procedure.Component, [Int])
  }

  /// Compiles expressions.
  ///
  /// - Parameter inputs: the symbols that a point gives values for; more than occur is fine.
  /// - Throws: ``SymbolicError/unboundSymbols(_:)`` where other symbols occur,
  ///   ``SymbolicError/noValue(_:)`` where infinity does.
  /// - Complexity: O(number of distinct parts).
  public init(_ outputs: [Expression], inputs: [Symbol]) throws(SymbolicError) {
    var builder = ProgramBuilder(inputs: inputs)
    var places: [Int] = []
    for output in outputs { places.append(try builder.compile(output)) }
    WorkBudget.charge(builder.steps.count * 8192)
    self.init(
      inputs: inputs, constants: builder.constants, pruning: builder.steps, outputs: places)
  }

  /// The number of operations, inputs and constants included.
  public var operationCount: Int { steps.count }

  /// The number of values that an evaluation gives.
  public var outputCount: Int { outputs.count }

  /// Runs the operations in an arithmetic: the one algorithm behind every kind of evaluation.
  ///
  /// - Precondition: `point` has a value for every input.
  func run<A: ProgramArithmetic>(
    _ arithmetic: A, _ point: [A.Value]
  ) throws(ArithmeticError) -> [A.Value] {
    precondition(point.count == inputs.count, "a point gives each input its value")
    var values: [A.Value] = []
    values.reserveCapacity(steps.count)
    for step in steps {
      let value =
        switch step {
        case .input(let index): point[index]
        case .constant(let index): arithmetic.constant(constants[index])
        case .imaginaryUnit: arithmetic.imaginaryUnit
        case .pi: arithmetic.pi
        case .add(let a, let b): arithmetic.add(values[a], values[b])
        case .subtract(let a, let b): arithmetic.subtract(values[a], values[b])
        case .multiply(let a, let b): arithmetic.multiply(values[a], values[b])
        case .divide(let a, let b): try arithmetic.divide(values[a], values[b])
        case .negate(let a): arithmetic.negate(values[a])
        case .integerPower(let a, let n): try arithmetic.power(values[a], n)
        case .rationalPower(let a, let index):
          try arithmetic.power(values[a], constants[index])
        case .power(let a, let b): try arithmetic.power(values[a], values[b])
        case .apply(let function, let a): try arithmetic.apply(function, values[a])
        case .atan2(let y, let x): try arithmetic.atan2(y: values[y], x: values[x])
        case .besselJ(let order, let a): try arithmetic.besselJ(order: order, values[a])
        case .minimum(let a, let b): try arithmetic.minimum(values[a], values[b])
        case .maximum(let a, let b): try arithmetic.maximum(values[a], values[b])
        case .call(let component, let operands):
          try arithmetic.call(
            component, operands.map { values[$0] },
            exact: operands.map {
              if case .constant(let index) = steps[$0] { constants[index] } else { nil }
            })
        }
      values.append(value)
    }
    return outputs.map { values[$0] }
  }
}

extension Program {
  /// Enclosures of the outputs over a box of real numbers.
  ///
  /// **Guarantee:** at every point of the box at which an output is defined, its value lies in that
  /// output's enclosure; the bounds are computed with `precision` bits and rounded outward. Outputs
  /// that are exactly real by their operations have an imaginary part that is the point 0. A divisor
  /// whose enclosure contains zero gives an unbounded quotient.
  ///
  /// - Precondition: `point` has an interval for every input.
  /// - Throws: ``ArithmeticError/divisionByZero`` where a divisor is exactly zero, and
  ///   ``ArithmeticError/domain(_:)`` where an argument is surely outside its function's domain: then
  ///   some output is nowhere defined.
  public func enclose(
    _ point: [Interval], precision: Int
  ) throws(ArithmeticError) -> [ComplexInterval] {
    try enclose(point.map { ComplexInterval(real: $0) }, precision: precision)
  }

  /// Enclosures of the outputs over a box of complex numbers, with the same guarantee.
  ///
  /// - Precondition: `point` has a rectangle for every input.
  /// - Throws: as for real boxes.
  public func enclose(
    _ point: [ComplexInterval], precision: Int
  ) throws(ArithmeticError) -> [ComplexInterval] {
    try WorkBudget.spend(steps.count * (512 + 4 * min(precision, 1 << 24)))
    return try run(EnclosingArithmetic(precision: precision), point)
  }

  /// The outputs in double precision along the real line: NaN where an intermediate value is not
  /// real or not defined. Rounding errors accumulate; nothing is guaranteed.
  ///
  /// - Precondition: `point` has a value for every input.
  public func evaluate(_ point: [Double]) -> [Double] {
    // The arithmetic of doubles never throws.
    (try? run(DoubleArithmetic(), point)) ?? outputs.map { _ in .nan }
  }

  /// The exact values of the outputs at a rational point, nil where some operation leaves the numbers
  /// a + b·i with rational a and b, or needs more than ``ExactArithmetic``'s limit of memory.
  ///
  /// - Precondition: `point` has a value for every input.
  /// - Returns: exact.
  /// - Throws: ``ArithmeticError/divisionByZero`` where a divisor is exactly zero,
  ///   ``ArithmeticError/domain(_:)`` outside a function's domain.
  public func exactValues(
    _ point: [Rational]
  ) throws(ArithmeticError) -> [Complex<Rational>?] {
    try WorkBudget.spend(steps.count * 512)
    return try run(ExactArithmetic(), point.map { ExactArithmetic.real($0) })
  }
}
