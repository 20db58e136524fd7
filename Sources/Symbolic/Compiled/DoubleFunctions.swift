import Arbitrary
import Exact

/// The functions and powers of a ``Tape`` in doubles, lane by lane by ``DoubleArithmetic``.
struct DoubleFunctions {
  private let arithmetic = DoubleArithmetic()
  private let exponents: [Double]
  private let functions = Function.allCases

  init(_ tape: Tape) { exponents = tape.exponents.map(\.approximateDouble) }

  func run(
    _ instruction: Tape.Instruction, _ c: UnsafePointer<DoubleOperand>,
    _ a: UnsafePointer<DoubleOperand>, _ b: UnsafePointer<DoubleOperand>, _ count: Int
  ) {
    let (to, x, y) = (c.pointee.numbers, a.pointee, b.pointee)
    let immediate = Int(instruction.immediate)
    switch instruction.operation {
    case .power:
      for i in 0..<count { to[i] = arithmetic.power(x[i], y[i]) }
    case .atan2:
      for i in 0..<count { to[i] = arithmetic.atan2(y: x[i], x: y[i]) }
    case .besselJ:
      for i in 0..<count { to[i] = arithmetic.besselJ(order: immediate, x[i]) }
    case .integerPower:
      for i in 0..<count { to[i] = arithmetic.power(x[i], immediate) }
    case .rationalPower:
      let exponent = exponents[immediate]
      for i in 0..<count { to[i] = arithmetic.power(x[i], exponent) }
    default:
      let function = functions[immediate]
      for i in 0..<count { to[i] = arithmetic.apply(function, x[i]) }
    }
  }
}
