import Arbitrary
import Exact

/// Conditions on parts of a program under which all of it is defined, real and continuous.
///
/// An enclosure of values says nothing of points at which there is no value: that of
/// 1/(1 + exp(-1/x)) around 0 is bounded, although the function jumps there. Every operation of a program
/// is continuous and real where its operands are real and satisfy what is asked here of them: divisors are
/// not zero, arguments of logarithms are positive, arguments of `sign` are not zero, and so on. By
/// induction over the operations, a box over which enclosures of those operands satisfy all of it is one
/// on which the whole program is defined, real and continuous; and there no `sign` changes.
public struct ContinuityConditions: Sendable {
  /// What is asked of an operand.
  enum Requirement: Hashable, Sendable {
    case nonzero
    /// The operation itself has a bounded enclosure: that is, no pole.
    case bounded
    case atLeast(Int)
    case above(Int)
    case atMost(Int)
    case below(Int)
    /// The second coordinate of an angle, whose first is the next operand: off the cut.
    case angle
    case none
  }

  /// The operands, one output each, over the inputs of the program itself.
  public let program: Program
  let requirements: [Requirement]

  /// Whether enclosures of the outputs of ``program`` over a box show that all of the program that the
  /// conditions are of is defined, real and continuous on the box.
  ///
  /// - Precondition: one value for each output.
  public func hold(for values: [Interval]) -> Bool {
    precondition(values.count == requirements.count)
    for (index, requirement) in requirements.enumerated() {
      let value = values[index]
      if value.isEmpty { return false }
      let holds =
        switch requirement {
        case .nonzero: !value.containsZero
        case .bounded: value.isBounded
        case .atLeast(let bound): value.lower >= Real(bound)
        case .above(let bound): value.lower > Real(bound)
        case .atMost(let bound): value.upper <= Real(bound)
        case .below(let bound): value.upper < Real(bound)
        case .angle: !value.containsZero || values[index + 1].lower.signum > 0
        case .none: true
        }
      if !holds { return false }
    }
    return true
  }
}

extension Program {
  /// Conditions under which the program is defined, real and continuous on a box; nil where it has
  /// operations on complex numbers or inputs that are not real, of which nothing is said.
  public var continuityConditions: ContinuityConditions? {
    guard inputs.allSatisfy({ $0.domain.isReal }) else { return nil }
    var asked: [(place: Int, requirement: ContinuityConditions.Requirement)] = []
    func ask(_ place: Int, _ requirement: ContinuityConditions.Requirement) {
      if asked.contains(where: { $0 == (place, requirement) && requirement != .angle }) { return }
      asked.append((place, requirement))
    }
    for (place, step) in steps.enumerated() {
      switch step {
      case .input, .constant, .pi, .add, .subtract, .multiply, .negate, .besselJ, .minimum,
        .maximum:
        break
      case .imaginaryUnit, .call: return nil
      case .divide(_, let b): ask(b, .nonzero)
      case .integerPower(let a, let n): if n < 0 { ask(a, .nonzero) }
      case .rationalPower(let a, let index):
        ask(a, constants[index].signum > 0 ? .atLeast(0) : .above(0))
      case .power(let a, _): ask(a, .above(0))
      case .atan2(let y, let x):
        ask(y, .angle)
        asked.append((x, .none))
      case .apply(let function, let a):
        switch function {
        case .cbrt, .exp, .expm1, .sin, .cos, .atan, .sinh, .cosh, .tanh, .asinh, .abs, .re, .conj,
          .im, .min, .max:
          break
        case .sqrt: ask(a, .atLeast(0))
        case .log, .arg, .digamma: ask(a, .above(0))
        case .log1p: ask(a, .above(-1))
        case .tan: ask(place, .bounded)
        case .asin, .acos:
          ask(a, .atLeast(-1))
          ask(a, .atMost(1))
        case .acosh: ask(a, .atLeast(1))
        case .atanh:
          ask(a, .above(-1))
          ask(a, .below(1))
        case .sign: ask(a, .nonzero)
        case .dilog: ask(a, .atMost(1))
        case .atan2, .besselj: return nil
        }
      }
    }
    // A number of the program's own table satisfies what it satisfies everywhere.
    asked.removeAll { item in
      if case .constant(let index) = steps[item.place], item.requirement == .nonzero {
        return !constants[index].isZero
      }
      return false
    }
    let program = Program(
      inputs: inputs, constants: constants, pruning: steps, outputs: asked.map(\.place))
    return ContinuityConditions(program: program, requirements: asked.map(\.requirement))
  }
}
