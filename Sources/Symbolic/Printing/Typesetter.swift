import Exact

/// Words around and between operands: `["\frac{", "}{", "}"]` stands for a fraction.
typealias Frame = [String]

/// What differs between notations for mathematics on paper.
protocol TypesettingStyle {
  /// A natural number.
  func natural(_ value: Integer) -> String
  /// A symbol's name.
  func name(_ name: SymbolName) -> String
  /// A constant.
  func name(_ constant: Expression.Constant) -> String
  /// The imaginary unit.
  var imaginaryUnit: String { get }
  /// An operator between two operands: `+`, `-`.
  func infix(_ sign: String) -> String
  /// A minus sign in front.
  var minus: String { get }
  /// What stands between two factors: nothing to be seen, or a dot where one is needed.
  func multiplication(needsDot: Bool) -> String
  /// Brackets that grow with what they hold.
  var brackets: Frame { get }
  /// What separates arguments.
  var comma: String { get }
  /// A fraction.
  var fraction: Frame { get }
  /// A base and its exponent.
  var superscript: Frame { get }
  /// An exponential, `e` to the power.
  var exponential: Frame { get }
  /// A square root, and a cube root.
  var squareRoot: Frame { get }
  var cubeRoot: Frame { get }
  /// An absolute value.
  var absolute: Frame { get }
  /// A complex conjugate.
  var overline: Frame { get }
  /// The name of a function as an operator.
  func functionName(_ function: Function) -> String
  /// The name of a function that has a number as subscript.
  func name(_ function: String, subscript number: Int) -> String
  /// What binds a group of words into one, and ends it.
  var group: Frame { get }
}

/// Sets expressions in a two-dimensional notation: fractions for quotients, juxtaposition for
/// products, radicals and raised exponents.
struct Typesetter<Style: TypesettingStyle> {
  let style: Style

  func print(_ expression: Expression) throws(SymbolicError) -> String {
    try [Piece].write(expression) { (part, loosest) throws(SymbolicError) in
      let (pieces, binds) = form(part)
      guard binds < loosest else { return grouped(pieces) }
      return frame(style.brackets, [pieces])
    }
  }

  private func grouped(_ pieces: [Piece]) -> [Piece] {
    pieces.count > 1 ? frame(style.group, [pieces]) : pieces
  }

  private func frame(_ frame: Frame, _ operands: [[Piece]]) -> [Piece] {
    var pieces: [Piece] = [.text(frame[0])]
    for (operand, after) in zip(operands, frame.dropFirst()) { pieces += operand + [.text(after)] }
    return pieces
  }

  /// A fraction needs no brackets as a factor; it does as a base.
  private func form(_ part: Expression) -> (pieces: [Piece], binds: Precedence) {
    switch part.kind {
    case .rational(let value): return number(value)
    case .imaginaryUnit: return ([.text(style.imaginaryUnit)], .postfix)
    case .constant(let constant): return ([.text(style.name(constant))], .postfix)
    case .symbol(let symbol): return ([.text(style.name(SymbolName(symbol.name)))], .postfix)
    case .sum(let terms): return (sum(terms), .sum)
    case .product(let factors): return product(factors)
    case .power(let base, let exponent):
      if let below = part.writtenDenominator {
        let one: [Piece] = [.text(style.natural(1))]
        return (frame(style.fraction, [one, denominator([below])]), .sign)
      }
      return power(base, exponent)
    case .function(let function, let arguments): return call(function, arguments)
    case .procedure(let component, let arguments):
      let label = component.procedure.components[component.index].label
      let indices = label.split(separator: ",").map { "_" + $0.filter { $0 != " " } }.joined()
      let name: [Piece] = [.text(style.name(SymbolName(component.procedure.name + indices)))]
      let changed = component.procedure.changed(arguments)
      return (changed.isEmpty ? name : name + bracketed(changed.map(\.value)), .postfix)
    }
  }

  private func number(_ value: Rational) -> (pieces: [Piece], binds: Precedence) {
    var pieces: [Piece] = [.text(style.natural(value.numerator.magnitude))]
    if !value.isInteger {
      pieces = frame(style.fraction, [pieces, [.text(style.natural(value.denominator))]])
    }
    if value.isNegative { return ([.text(style.minus)] + pieces, .product) }
    return (pieces, value.isInteger ? .postfix : .sign)
  }

  private func sum(_ terms: [Expression]) -> [Piece] {
    var pieces: [Piece] = []
    for (index, term) in terms.enumerated() {
      let isNegative = index > 0 && term.isWrittenNegative
      if index > 0 { pieces.append(.text(style.infix(isNegative ? "-" : "+"))) }
      pieces.append(.part(isNegative ? -term : term, atLeast: .product))
    }
    return pieces
  }

  /// All that is divided by goes below one bar, whatever the order in which the author wrote it.
  private func product(_ factors: [Expression]) -> (pieces: [Piece], binds: Precedence) {
    var above: [Expression] = []
    var below: [(base: Expression, exponent: Rational)] = []
    var isNegative = false
    for (index, factor) in factors.enumerated() {
      if let denominator = factor.writtenDenominator {
        below.append(denominator)
      } else if index == 0, let value = factor.rationalValue {
        isNegative = value.isNegative
        if !value.numerator.magnitude.isOne {
          above.append(.rational(Rational(value.numerator.magnitude)))
        }
        if !value.isInteger { below.append((.rational(Rational(value.denominator)), 1)) }
      } else {
        above.append(factor)
      }
    }
    let sign: [Piece] = isNegative ? [.text(style.minus)] : []
    if below.isEmpty { return (sign + row(above), .product) }
    let numerator: [Piece] =
      switch above.count {
      case 0: [.text(style.natural(1))]
      case 1: [.part(above[0], atLeast: .comparison)]
      default: row(above)
      }
    let fraction = frame(style.fraction, [numerator, denominator(below)])
    return (sign + fraction, isNegative ? .product : .sign)
  }

  /// Factors side by side. One alone stands after a minus sign, where a sum needs its brackets.
  private func row(_ factors: [Expression]) -> [Piece] {
    if factors.count == 1 { return [.part(factors[0], atLeast: .product)] }
    var pieces: [Piece] = []
    for (index, factor) in factors.enumerated() {
      if index > 0 {
        pieces.append(.text(style.multiplication(needsDot: factor.isWrittenWithDigitFirst)))
      }
      pieces.append(.part(factor, atLeast: .sign))
    }
    return pieces
  }

  private func denominator(_ factors: [(base: Expression, exponent: Rational)]) -> [Piece] {
    let whole = factors.map { $0.exponent == 1 ? $0.base : $0.base.power(.rational($0.exponent)) }
    return whole.count == 1 ? [.part(whole[0], atLeast: .comparison)] : row(whole)
  }

  private func power(
    _ base: Expression, _ exponent: Expression
  ) -> (pieces: [Piece], binds: Precedence) {
    let above: [Piece] = [.part(exponent, atLeast: .comparison)]
    // The usual way to write the power of a sine: sin^2 x.
    if case .function(let function, let arguments) = base.kind, function.isTrigonometric,
      let n = exponent.rationalValue, n.isInteger, n > 1
    {
      let raised = frame(style.superscript, [[.text(style.functionName(function))], above])
      return (raised + bracketed(arguments), .postfix)
    }
    return (frame(style.superscript, [[.part(base, atLeast: .postfix)], above]), .power)
  }

  private func call(
    _ function: Function, _ arguments: [Expression]
  ) -> (pieces: [Piece], binds: Precedence) {
    let inside: [Piece] = [.part(arguments[0], atLeast: .comparison)]
    switch function {
    case .sqrt: return (frame(style.squareRoot, [inside]), .postfix)
    case .cbrt: return (frame(style.cubeRoot, [inside]), .postfix)
    case .abs: return (frame(style.absolute, [inside]), .postfix)
    case .conj: return (frame(style.overline, [inside]), .postfix)
    case .exp: return (frame(style.exponential, [inside]), .power)
    case .besselj:
      guard let (order, x) = Function.besselParts(arguments) else { break }
      return ([.text(style.name("J", subscript: order))] + bracketed([x]), .postfix)
    case .dilog: return ([.text(style.name("Li", subscript: 2))] + bracketed(arguments), .postfix)
    // Names for these exist in programs, not on paper.
    case .expm1:
      let exponential = frame(style.exponential, [inside])
      return (exponential + [.text(style.infix("-") + style.natural(1))], .sum)
    case .log1p:
      let added = arguments[0].beginsWithMinus ? frame(style.brackets, [inside]) : inside
      let whole: [Piece] = [.text(style.natural(1) + style.infix("+"))] + added
      return ([.text(style.functionName(.log))] + frame(style.brackets, [whole]), .postfix)
    default: break
    }
    return ([.text(style.functionName(function))] + bracketed(arguments), .postfix)
  }

  private func bracketed(_ arguments: [Expression]) -> [Piece] {
    frame(style.brackets, [.list(arguments, separator: style.comma)])
  }
}

extension Expression {
  /// Whether a minus sign comes first.
  fileprivate var beginsWithMinus: Bool {
    if case .sum(let terms) = kind { return terms.first?.isWrittenNegative ?? false }
    return isWrittenNegative
  }

  /// Whether a digit comes first on paper, so that a number before it would run into it.
  fileprivate var isWrittenWithDigitFirst: Bool {
    switch kind {
    case .rational(let value): !value.isNegative
    case .power(let base, _): writtenDenominator != nil || base.rationalValue != nil
    default: false
    }
  }
}

extension Function {
  /// Whether a power of it is written at its name.
  fileprivate var isTrigonometric: Bool {
    switch self {
    case .sin, .cos, .tan, .sinh, .cosh, .tanh: true
    default: false
    }
  }

  /// The name on paper.
  var nameOnPaper: String {
    switch self {
    case .log: "ln"
    case .asin: "arcsin"
    case .acos: "arccos"
    case .atan: "arctan"
    case .asinh: "arsinh"
    case .acosh: "arcosh"
    case .atanh: "artanh"
    case .sign: "sgn"
    case .digamma: "ψ"
    case .re: "Re"
    case .im: "Im"
    default: name
    }
  }
}
