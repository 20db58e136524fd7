import Exact

/// What differs between notations that write sums, products and quotients on a line.
protocol InfixStyle {
  /// The notation's name for error messages.
  var notation: String { get }
  /// A natural number.
  func natural(_ value: Integer) -> String
  /// What stands between the two parts of a fraction of numbers.
  var fractionBar: String { get }
  /// What stands between factors.
  var times: String { get }
  /// The sign in front of what is negative, and between what is subtracted.
  var minus: String { get }
  /// How tightly a function and its arguments bind.
  func binding(_ function: Function) -> Precedence
  /// A symbol.
  func name(_ symbol: Symbol) throws(SymbolicError) -> String
  /// A constant.
  func name(_ constant: Expression.Constant) throws(SymbolicError) -> String
  /// The imaginary unit.
  func imaginaryUnit() throws(SymbolicError) -> String
  /// A function and its arguments.
  func call(_ function: Function, _ arguments: [Expression]) throws(SymbolicError) -> [Piece]
  /// A component of a procedure and its arguments.
  func call(
    _ component: Procedure.Component, _ arguments: [Expression]
  ) throws(SymbolicError) -> [Piece]
  /// A power; the exponent is no negative number.
  func power(_ base: Expression, _ exponent: Expression) -> (pieces: [Piece], binds: Precedence)
}

extension InfixStyle {
  var fractionBar: String { "/" }
  var times: String { "*" }
  var minus: String { "-" }
  func binding(_ function: Function) -> Precedence { .postfix }

  /// Languages other than our own cannot run our procedures.
  func call(
    _ component: Procedure.Component, _ arguments: [Expression]
  ) throws(SymbolicError) -> [Piece] {
    throw .notPrintable(
      notation: notation, what: "\(component.name), which is computed point by point")
  }

  /// `base ^ exponent` with the notation's sign; exponents group to the right.
  func infixPower(
    _ base: Expression, _ sign: String, _ exponent: Expression
  ) -> (pieces: [Piece], binds: Precedence) {
    let above: Piece =
      if let n = exponent.rationalValue, n.isInteger, !n.isNegative {
        .text(n.description)
      } else {
        .part(exponent, atLeast: .power)
      }
    return ([.part(base, atLeast: .postfix), .text(sign), above], .power)
  }

  /// The expression on a line.
  func print(_ expression: Expression) throws(SymbolicError) -> String {
    try [Piece].write(expression) { (part, loosest) throws(SymbolicError) in
      let (pieces, binds) = try form(part)
      return binds < loosest ? [.text("(")] + pieces + [.text(")")] : pieces
    }
  }

  private func form(
    _ part: Expression
  ) throws(SymbolicError) -> (pieces: [Piece], binds: Precedence) {
    switch part.kind {
    case .rational(let value): return number(value)
    case .imaginaryUnit: return ([.text(try imaginaryUnit())], .postfix)
    case .constant(let constant): return ([.text(try name(constant))], .postfix)
    case .symbol(let symbol): return ([.text(try name(symbol))], .postfix)
    case .sum(let terms): return (sum(terms), .sum)
    case .product(let factors): return (product(factors), .product)
    case .power(let base, let exponent):
      guard let below = part.writtenDenominator else { return power(base, exponent) }
      return ([.text(natural(1) + "/")] + denominator(below), .product)
    case .function(let function, let arguments):
      return (try call(function, arguments), binding(function))
    case .procedure(let component, let arguments):
      return (try call(component, arguments), .postfix)
    }
  }

  private func number(_ value: Rational) -> (pieces: [Piece], binds: Precedence) {
    let sign = value.isNegative ? minus : ""
    let above = sign + natural(value.numerator.magnitude)
    if value.isInteger { return ([.text(above)], value.isNegative ? .sign : .postfix) }
    return ([.text(above + fractionBar + natural(value.denominator))], .product)
  }

  private func sum(_ terms: [Expression]) -> [Piece] {
    var pieces: [Piece] = []
    for (index, term) in terms.enumerated() {
      if index == 0 {
        pieces.append(.part(term, atLeast: .product))
      } else if term.isWrittenNegative {
        pieces += [.text(" \(minus) "), .part(-term, atLeast: .product)]
      } else {
        pieces += [.text(" + "), .part(term, atLeast: .product)]
      }
    }
    return pieces
  }

  private func product(_ factors: [Expression]) -> [Piece] {
    var pieces: [Piece] = []
    var isFirst = true
    for factor in factors {
      if isFirst, factor.rationalValue == -1 {
        pieces.append(.text(minus))
        continue
      }
      if isFirst {
        pieces.append(.part(factor, atLeast: .product))
      } else if let below = factor.writtenDenominator {
        pieces += [.text("/")] + denominator(below)
      } else {
        pieces += [.text(times), .part(factor, atLeast: .power)]
      }
      isFirst = false
    }
    return pieces
  }

  /// What stands after a `/`, in brackets unless it is a power or tighter.
  private func denominator(_ below: (base: Expression, exponent: Rational)) -> [Piece] {
    if below.exponent == 1 { return [.part(below.base, atLeast: .power)] }
    return power(below.base, .rational(below.exponent)).pieces
  }
}
