import Exact

extension Program {
  /// For each operation whether its value depends, by its form, on one of the inputs named.
  func dependence(on isNamed: (Int) -> Bool) -> [Bool] {
    var result: [Bool] = []
    result.reserveCapacity(steps.count)
    for step in steps {
      if case .input(let index) = step {
        result.append(isNamed(index))
      } else {
        result.append(step.operands.contains { result[$0] })
      }
    }
    return result
  }

  /// For each operation whether its value may be off the real line where all inputs with real domains are
  /// real, by its form alone: a root, a logarithm or a fractional power of a real number may be.
  var mayBeComplex: [Bool] {
    var result: [Bool] = []
    result.reserveCapacity(steps.count)
    for step in steps {
      let isAnyOperand = step.operands.contains { result[$0] }
      switch step {
      case .imaginaryUnit: result.append(true)
      case .input(let index): result.append(!inputs[index].domain.isReal)
      case .rationalPower, .power: result.append(true)
      case .atan2, .besselJ, .minimum, .maximum: result.append(false)
      case .call(let component, _): result.append(!component.isReal)
      case .apply(let function, _):
        switch function {
        case .sqrt, .log, .log1p, .asin, .acos, .acosh, .atanh: result.append(true)
        case .conj: result.append(isAnyOperand)
        default: result.append(function.isHolomorphic && isAnyOperand)
        }
      default: result.append(isAnyOperand)
      }
    }
    return result
  }
}

extension Program.Step {
  /// The function applied, if it is one that is not complex differentiable.
  var functionOfRealNumbers: Function? {
    switch self {
    case .apply(let function, _): function.isHolomorphic ? nil : function
    case .atan2: .atan2
    case .besselJ: .besselj
    case .minimum: .min
    case .maximum: .max
    default: nil
    }
  }
}
