import Algebra
import Exact

/// The rational functions of one symbol that an expression can coincide with, and its exact values.
struct RationalPieces: Sendable {
  let symbol: Symbol
  let ring: PolynomialRing
  /// The functions of which the signs decide between the pieces.
  private(set) var switches: Set<RationalFunction> = []

  /// The most pieces of one part.
  static let limit = 64

  init(_ symbol: Symbol) throws(LimitError) {
    self.symbol = symbol
    ring = try LimitError.arithmetic { () throws(ArithmeticError) in
      try PolynomialRing([symbol.name])
    }
  }

  /// All pieces: wherever the expression is defined and no switch or denominator vanishes, it equals
  /// one of them in a neighbourhood. Denominators met on the way count as switches.
  mutating func pieces(of expression: Expression) throws(LimitError) -> Set<RationalFunction> {
    var values: [ObjectIdentifier: Set<RationalFunction>] = [:]
    let parts = expression.postorder()
    for part in parts {
      let operands = part.operands.compactMap { values[$0.identity] }
      let found = try combine(part, operands)
      if found.count > Self.limit { throw .unsupported("a function with so many pieces") }
      values[part.identity] = found
    }
    return values[expression.identity] ?? []
  }

  private mutating func combine(
    _ part: Expression, _ operands: [Set<RationalFunction>]
  ) throws(LimitError) -> Set<RationalFunction> {
    switch part.kind {
    case .rational(let value): return [RationalFunction(value)]
    case .symbol(symbol): return [RationalFunction(Polynomial.variable(0, of: ring))]
    case .sum:
      return try fold(operands) { (a, b) throws(ArithmeticError) in
        let degree = a.denominator.totalDegree + b.denominator.totalDegree
        if degree > 1000 { throw .limit("a function of degree \(degree)") }
        return a + b
      }
    case .product:
      return try fold(operands) { (a, b) throws(ArithmeticError) in
        let degree = [a.numerator, a.denominator, b.numerator, b.denominator]
          .map(\.totalDegree).reduce(0, +)
        if degree > 1000 { throw .limit("a function of degree \(degree)") }
        return a * b
      }
    case .power(_, let exponent):
      guard let value = exponent.rationalValue, value.isInteger, let n = value.numerator.word,
        n.magnitude <= 1000
      else { throw .unsupported("the extremum of \(part)") }
      var results: Set<RationalFunction> = []
      for base in operands[0] {
        if n < 0 {
          switches.insert(base)
          // Where a piece vanishes identically the power is defined nowhere on it.
          if base.isZero { continue }
        }
        results.insert(
          try LimitError.arithmetic { () throws(ArithmeticError) in
            let degree = max(base.numerator.totalDegree, base.denominator.totalDegree)
            if degree * abs(n) > 1000 { throw .limit("a function of degree \(degree * abs(n))") }
            return try base.power(n)
          })
      }
      return results
    case .function(.abs, _):
      switches.formUnion(operands[0])
      return operands[0].union(operands[0].map { -$0 })
    case .function(.max, _), .function(.min, _):
      var all: Set<RationalFunction> = []
      for operand in operands {
        for a in all { for b in operand { switches.insert(a - b) } }
        all.formUnion(operand)
      }
      return all
    default: throw .unsupported("the extremum of \(part)")
    }
  }

  private func fold(
    _ operands: [Set<RationalFunction>],
    _ operation: (RationalFunction, RationalFunction) throws(ArithmeticError) -> RationalFunction
  ) throws(LimitError) -> Set<RationalFunction> {
    guard var result = operands.first else { return [] }
    for operand in operands.dropFirst() {
      if result.count * operand.count > Self.limit * Self.limit {
        throw .unsupported("a function with so many pieces")
      }
      var next: Set<RationalFunction> = []
      for a in result {
        for b in operand {
          next.insert(
            try LimitError.arithmetic { () throws(ArithmeticError) in try operation(a, b) })
        }
      }
      result = next
    }
    return result
  }

  // MARK: Values

  /// The expression with every abs, max and min replaced by the operand that it equals near a point
  /// at which no switch vanishes; nil where a divisor vanishes at the point.
  func piece(
    of expression: Expression, at point: Rational
  ) throws(LimitError) -> RationalFunction? {
    var values: [ObjectIdentifier: (piece: RationalFunction, value: Rational)] = [:]
    let parts = expression.postorder()
    for part in parts {
      let operands = part.operands.compactMap { values[$0.identity] }
      guard operands.count == part.operands.count else { return nil }
      var chosen: RationalFunction?
      switch part.kind {
      case .function(.abs, _):
        chosen = operands[0].value.isNegative ? -operands[0].piece : operands[0].piece
      case .function(.max, _): chosen = operands.max { $0.value < $1.value }?.piece
      case .function(.min, _): chosen = operands.min { $0.value < $1.value }?.piece
      default:
        var single = self
        chosen = try single.combine(part, operands.map { [$0.piece] }).first
      }
      guard let chosen,
        let value: Rational = try? chosen.evaluated(at: [point])
      else { return nil }
      values[part.identity] = (chosen, value)
    }
    return values[expression.identity]?.piece
  }

  /// The value at a real algebraic number; nil where a divisor vanishes there.
  func value(
    of expression: Expression, at point: AlgebraicNumber
  ) throws(LimitError) -> AlgebraicNumber? {
    var values: [ObjectIdentifier: AlgebraicNumber] = [:]
    let parts = expression.postorder()
    do {
      for part in parts {
        let operands = part.operands.compactMap { values[$0.identity] }
        values[part.identity] = try evaluate(part, operands, point)
      }
    } catch {
      if error == .divisionByZero { return nil }
      throw .arithmetic(error)
    }
    return values[expression.identity]
  }

  private func evaluate(
    _ part: Expression, _ operands: [AlgebraicNumber], _ point: AlgebraicNumber
  ) throws(ArithmeticError) -> AlgebraicNumber {
    switch part.kind {
    case .rational(let value): return AlgebraicNumber(value)
    case .symbol: return point
    case .sum:
      var sum = AlgebraicNumber(Rational.zero)
      for operand in operands { sum = try sum + operand }
      return sum
    case .product:
      var product = AlgebraicNumber(Rational.one)
      for operand in operands { product = try product * operand }
      return product
    case .power(_, let exponent):
      let n = exponent.rationalValue?.numerator.word ?? 1
      // Normal forms take 0^0 for 1, as the power of a polynomial.
      if n < 0 && operands[0].signum == 0 { throw .divisionByZero }
      return try operands[0].power(n)
    case .function(.abs, _): return operands[0].signum < 0 ? try operands[0].negated() : operands[0]
    case .function(.max, _): return operands.max() ?? operands[0]
    case .function(.min, _): return operands.min() ?? operands[0]
    default: throw .domain("\(part) at an algebraic number")
    }
  }
}
