import Exact

/// How long a closed form is to a reader: each different root or cosine counts once in full, each
/// place where it stands, each operation and each number a little.
enum FormCost {
  static func of(_ expression: Expression) -> Int {
    var places: [ObjectIdentifier: Int] = [:]
    var kernels: [Expression: Int] = [:]
    for part in expression.postorder() {
      let operands = part.operands.reduce(0) { $0 + (places[$1.identity] ?? 0) }
      switch part.kind {
      case .rational(let value):
        let digits = value.numerator.description.count + value.denominator.description.count - 2
        let base = value == -1 ? 0 : (value.isInteger ? 1 : 3)
        places[part.identity] = base + Swift.max(digits + 1, 0) / 3
      case .imaginaryUnit, .constant, .symbol: places[part.identity] = 1
      case .sum, .product: places[part.identity] = 1 + operands
      case .power(let base, let exponent):
        if exponent.rationalValue?.isInteger ?? false {
          places[part.identity] = operands
        } else {
          kernels[part] = 6 + (places[base.identity] ?? 0)
          places[part.identity] = 1
        }
      case .function(let function, let arguments):
        kernels[part] = weight(function) + argumentCost(arguments, operands)
        places[part.identity] = 1
      case .procedure:
        kernels[part] = 10 + operands
        places[part.identity] = 1
      }
    }
    return (places[expression.identity] ?? 0) + kernels.values.reduce(0, +)
  }

  private static func weight(_ function: Function) -> Int {
    switch function {
    case .sqrt: 3
    case .cbrt: 5
    default: 10
    }
  }

  /// A fraction of π is one thing to read.
  private static func argumentCost(_ arguments: [Expression], _ cost: Int) -> Int {
    guard let argument = arguments.first, let angle = CircularAngle(argument), angle.cosine == nil
    else { return cost }
    return angle.turn.denominator.description.count
  }
}
