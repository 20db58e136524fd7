import Arbitrary
import Exact
import TestSupport
import Testing

@testable import Symbolic

@Suite("Derivatives of programs")
struct ProgramDerivativeTests {
  static let x = Symbol("x")
  static let y = Symbol("y")
  static let formulas = [
    "x + y", "x - 2*y", "x*y + x", "x/y", "1/x", "(x + y)/(x*y)", "-x", "x^2", "x^3 - y^7",
    "x^(-3)",
    "x^(3/2)", "x^(-1/2)", "x^(2/3)*y", "x^y", "y^x", "2^x", "x^pi", "sqrt(x + y^2)", "cbrt(x*y)",
    "exp(-x*y)", "expm1(x/y)", "log(x)*log(y)", "log1p(x*y)", "sin(x*y)", "cos(x - y)",
    "tan(x/3)", "asin(x/3)", "acos(y/3)", "atan(x*y)", "atan2(x, y)", "atan2(y^2, x)", "sinh(x)",
    "cosh(x*y)", "tanh(x + y)", "asinh(x*y)", "acosh(1 + x*y)", "atanh(x*y/9)", "abs(x - y)*x",
    "abs(y - x)", "max(x, y)*x", "min(x, y^2, x*y)", "max(1, x, y)", "sign(x - y)*y",
    "besselj(0, x*y)", "besselj(3, x)", "besselj(-2, y)", "dilog(-x*y)", "re(x)*conj(y)",
    "im(x)*y + arg(x)*x", "abs(sqrt(x) - y)", "abs(sqrt(x - 9) + y)", "re(log(-x)*y)",
    "im(log(-x*y)*sqrt(-y))*x", "arg(sqrt(x - 9) + y*x)", "re(conj(sqrt(-x))*sqrt(x - 9*y))",
    "exp(sin(x)*cos(y))/(1 + exp(sin(x)*cos(y)))", "(1 - exp(-x/y))/(1 + exp(-x/y))^2 + x*y*x*y",
    "sqrt((x - y)^2 + 4*x*y*exp(-x)) - x", "x*x*x*x*y*y*y", "3", "y^0*x",
  ]

  /// Points at which all formulas are defined and no corner is.
  static func points(_ count: Int, seed: UInt64) throws -> [[Rational]] {
    var random = SeededGenerator(seed: seed)
    return try (0..<count).map { _ in
      try (0..<2).map { _ in
        try Rational(Integer(Int.random(in: 300...1700, using: &random)), 1009)
      }
    }
  }

  /// Whether two programs have common values at a point: enclosures of 256 bits that overlap and are
  /// narrow.
  static func agree(_ a: Program, _ b: Program, at point: [Rational]) throws -> Bool {
    let box = point.map { Interval($0, precision: 256) }
    let (u, v) = (try a.enclose(box, precision: 256), try b.enclose(box, precision: 256))
    guard u.count == v.count else { return false }
    return zip(u, v).allSatisfy { u, v in
      [u.re, u.im, v.re, v.im].allSatisfy { $0.width <= Real(0x1p-150) }
        && !u.re.isDisjoint(from: v.re) && !u.im.isDisjoint(from: v.im)
    }
  }

  /// The value and the symbolic derivatives, compiled.
  static func symbolic(_ expression: Expression) throws -> Program {
    try Program(
      [expression, expression.derivative(by: x), expression.derivative(by: y)], inputs: [x, y])
  }

  @Test("reverse and forward mode against the symbolic derivative", arguments: formulas)
  func againstSymbolic(_ text: String) throws {
    let expression = try Expression(text, symbols: [Self.x, Self.y])
    let symbolic = try Self.symbolic(expression)
    let program = try Program([expression], inputs: [Self.x, Self.y])
    let gradient = try program.withGradient()
    let byX = try program.withDerivatives(by: Self.x)
    let along = try program.withDirectionalDerivatives(along: [Self.x: 3, Self.y: -2])
    for point in try Self.points(6, seed: 11) {
      #expect(try Self.agree(gradient, symbolic, at: point), "\(text) at \(point)")
      let box = point.map { Interval($0, precision: 256) }
      let (all, one) = (
        try gradient.enclose(box, precision: 256), try byX.enclose(box, precision: 256)
      )
      #expect(!all[1].re.isDisjoint(from: one[1].re) && !all[1].im.isDisjoint(from: one[1].im))
      let slope = try along.enclose(box, precision: 256)[1]
      let (three, two) = (Interval(3), Interval(2))
      let sum = three * all[1] - two * all[2]
      #expect(!slope.re.isDisjoint(from: sum.re) && !slope.im.isDisjoint(from: sum.im), "\(text)")
      #expect(slope.re.width <= Real(0x1p-150))
      for (u, v) in zip(try gradient.exactValues(point), try symbolic.exactValues(point)) {
        if let u, let v { #expect(u == v, "\(text) at \(point)") }
      }
      let doubles = gradient.evaluate(point.map(\.approximateDouble))
      for (double, value) in zip(doubles, all) where !double.isNaN {
        let exact = value.re.midpoint.approximateDouble
        #expect(Swift.abs(double - exact) <= 1e-10 * (1 + Swift.abs(exact)), "\(text)")
      }
    }
  }

  @Test("gradients in batches of balls meet those in intervals, and few are not real on the way")
  func balls() throws {
    let points = try Self.points(5, seed: 23)
    var real = 0
    for text in Self.formulas {
      let expression = try Expression(text, symbols: [Self.x, Self.y])
      let gradient = try Program([expression], inputs: [Self.x, Self.y]).withGradient()
      guard let batch = try? BallBatch(gradient, precision: 256) else { continue }
      let (table, values) = (batch.points(points.count), batch.values(points.count))
      for (row, point) in points.enumerated() {
        for (column, value) in point.enumerated() { table.set(value, row: row, column: column) }
      }
      batch.evaluate(table, values, rows: 0..<points.count)
      for (row, point) in points.enumerated() {
        let box = point.map { Interval($0, precision: 256) }
        for (column, sharp) in try gradient.enclose(box, precision: 256).enumerated() {
          let ball = values.value(row: row, column: column)
          if ball.isEmpty || !sharp.isReal { continue }
          real += 1
          #expect(!ball.interval.isDisjoint(from: sharp.re), "\(text) at \(point)")
          #expect(ball.radius <= .powerOfTwo(-150), "\(text) at \(point): \(ball)")
        }
      }
    }
    #expect(real > 13 * Self.formulas.count)
  }

  struct Recorded: Decodable {
    struct Case: Decodable {
      let text: String
      let at: [String: String]
      let partials: [String: String]
    }
    let cases: [Case]
  }

  @Test("recorded partial derivatives")
  func recorded() throws {
    for c in try Oracle.load("derivatives", as: Recorded.self).cases {
      let inputs = c.at.keys.sorted().map { Symbol($0) }
      let program = try Program([Expression(c.text, symbols: inputs)], inputs: inputs)
      let gradient = try program.withGradient()
      let box = try inputs.map {
        Interval(try #require(Rational(c.at[$0.name] ?? "")), precision: 400)
      }
      let values = try gradient.enclose(box, precision: 400)
      for (index, symbol) in inputs.enumerated() {
        let text = try #require(c.partials[symbol.name])
        let forward = try program.withDerivatives(by: symbol).enclose(box, precision: 400)[1]
        for value in [values[1 + index].re, forward.re] {
          #expect(try ProgramTests.meets(value, text, digits: 60), "\(c.text) by \(symbol.name)")
          #expect(value.width < Real(0x1p-300))
          #expect(try !ProgramTests.meets(-value, text, digits: 60))
        }
      }
    }
  }

  @Test("every wrong sign in the operations of a derivative is noticed")
  func wrongSigns() throws {
    var changes = 0
    for text in Self.formulas {
      let expression = try Expression(text, symbols: [Self.x, Self.y])
      let symbolic = try Self.symbolic(expression)
      let program = try Program([expression], inputs: [Self.x, Self.y])
      let gradient = try program.withGradient()
      for place in gradient.steps.indices where !program.steps.contains(gradient.steps[place]) {
        guard let wrong = gradient.withWrongSign(at: place) else { continue }
        changes += 1
        let isNoticed = try Self.points(6, seed: 5).contains {
          (try? Self.agree(wrong, symbolic, at: $0)) != true
        }
        #expect(isNoticed, "\(text): \(gradient.steps[place])")
      }
    }
    #expect(changes > 250)
  }

  @Test("powers at zero")
  func powersAtZero() throws {
    for (text, expected) in [("x^2", 0), ("x", 1), ("x^0", 0), ("x^3 + 5*x", 5), ("x*y", 0)] {
      let expression = try Expression(text, symbols: [Self.x, Self.y])
      let program = try Program([expression], inputs: [Self.x, Self.y])
      let zero: [Rational] = [0, 0]
      let reverse = try program.withGradient()
      #expect(try reverse.exactValues(zero)[1] == Complex(Rational(expected)), "\(text)")
      #expect(reverse.evaluate([0, 0])[1] == Double(expected))
      let forward = try program.withDerivatives(by: Self.x)
      #expect(try forward.exactValues(zero)[1] == Complex(Rational(expected)), "\(text)")
    }
    let power = try Program([Expression("x^(5/2)")], inputs: [Self.x]).withGradient()
    #expect(try power.enclose([Interval(0)], precision: 64)[1].re.isZero)
    let root = try Program([Expression("sqrt(x)")], inputs: [Self.x]).withGradient()
    #expect(throws: ArithmeticError.divisionByZero) {
      try root.enclose([Interval(0)], precision: 64)
    }
    #expect(root.evaluate([0])[1].isNaN)
  }

  @Test("corners: the mean at the corner, all slopes over an undecided box, one over a decided one")
  func corners() throws {
    let x = Self.x
    for (text, left, right) in [
      ("abs(x)", -1, 1), ("max(x, 3*x)", 1, 3), ("min(0, -2*x)", 0, -2), ("max(0, x)", 0, 1),
    ] {
      let program = try Program([Expression(text)], inputs: [x])
      for slopes in [try program.withGradient(), try program.withDerivatives(by: x)] {
        #expect(slopes.evaluate([0])[1] == Double(left + right) / 2, "\(text)")
        let open = try slopes.enclose(
          [Interval(lower: -1, upper: 2, precision: 53)], precision: 53)[1].re
        #expect(open.contains(Real(left)) && open.contains(Real(right)))
        let above = try slopes.enclose(
          [Interval(lower: 1, upper: 2, precision: 53)], precision: 53)[1].re
        #expect(above == Interval(right))
      }
    }
    // What is not chosen leaves nothing: not even an unbounded slope.
    let program = try Program([Expression("max(5, x*log(x))")], inputs: [x])
    let slope = try program.withGradient().enclose(
      [Interval(lower: 0, upper: 1, precision: 53)], precision: 53)[1]
    #expect(slope.re.isZero)
  }

  @Test("second derivatives, Jacobians, and the same program in balls and floats")
  func again() throws {
    let texts = ["exp(x*y)*sin(x)", "x/(1 + y^2)", "log(x + y)"]
    let expressions = try texts.map { try Expression($0, symbols: [Self.x, Self.y]) }
    let program = try Program(expressions, inputs: [Self.x, Self.y])
    let second = try program.withGradient().withGradient(ofOutput: 3)
    let mixed = try expressions[0].derivative(by: Self.x).derivative(by: Self.y)
    let expected = try Program([mixed], inputs: [Self.x, Self.y])
    let forward = try program.withJacobian()
    let reverse = try Program(Array(expressions.prefix(2)), inputs: [Self.x, Self.y]).withJacobian()
    #expect(forward.outputCount == 9 && reverse.outputCount == 6 && second.outputCount == 7)
    let point = try Self.points(1, seed: 3)[0]
    let box = point.map { Interval($0, precision: 256) }
    let values = try second.enclose(box, precision: 256)
    let sharp = try expected.enclose(box, precision: 256)[0]
    #expect(!values[6].re.isDisjoint(from: sharp.re) && values[6].re.width < Real(0x1p-200))
    let jacobian = try forward.enclose(box, precision: 256)
    for (row, column) in [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)] {
      let symbol = [Self.x, Self.y][column]
      let one = try Program([expressions[row].derivative(by: symbol)], inputs: [Self.x, Self.y])
      let value = try one.enclose(box, precision: 256)[0]
      #expect(!jacobian[3 + 2 * row + column].re.isDisjoint(from: value.re))
      if row < 2 {
        let other = try reverse.enclose(box, precision: 256)[2 + 2 * row + column]
        #expect(!other.re.isDisjoint(from: value.re))
      }
    }
    let balls = try BallBatch(forward, precision: 200)
    let floats = try RealBatch(forward, precision: 200)
    let (p, v, q, w) = (balls.points(1), balls.values(1), floats.points(1), floats.values(1))
    for (column, value) in point.enumerated() {
      p.set(value, row: 0, column: column)
      q.set(value, row: 0, column: column)
    }
    balls.evaluate(p, v, rows: 0..<1)
    floats.evaluate(q, w, rows: 0..<1)
    for column in 0..<9 {
      let ball = v.value(row: 0, column: column).interval
      #expect(!jacobian[column].re.isDisjoint(from: ball) && ball.width < Real(0x1p-190))
      let error = Real.sub(w.value(row: 0, column: column), ball.lower, precision: 64)
      #expect(error.magnitude < Real(0x1p-180))
    }
  }

  @Test("what has no derivative is an error, where it matters")
  func errors() throws {
    let z = Symbol("z", .complex)
    let modulus = try Program([Expression("x*abs(z)", symbols: [Self.x, z])], inputs: [Self.x, z])
    let expected = SymbolicError.notDifferentiable(function: .abs, by: z)
    #expect(throws: expected) { try modulus.withGradient() }
    #expect(throws: expected) { try modulus.withDerivatives(by: z) }
    #expect(try modulus.withDerivatives(by: Self.x).outputCount == 2)
    let digamma = try Program([Expression("digamma(x)*y")], inputs: [Self.x, Self.y])
    #expect(throws: SymbolicError.noDerivative(function: .digamma, by: Self.x)) {
      try digamma.withGradient()
    }
    #expect(try digamma.withDerivatives(by: Self.y).outputCount == 2)
    #expect(throws: SymbolicError.unboundSymbols([z])) { try digamma.withDerivatives(by: z) }
    // Complex at real inputs, through the real part of something complex.
    let mixed = try Program([Expression("sqrt(x - 9)*re(log(-x))")], inputs: [Self.x])
    #expect(throws: SymbolicError.notDifferentiable(function: .re, by: Self.x)) {
      try mixed.withGradient()
    }
    #expect(try mixed.withDerivatives(by: Self.x).outputCount == 2)
    let largest = try Program([Expression("x^(-9223372036854775808)")], inputs: [Self.x])
    #expect(try largest.withGradient().outputCount == 2)
    let order = Function.largestBesselOrder
    let bessel = try Program([Expression("besselj(\(order), x)")], inputs: [Self.x])
    #expect(throws: SymbolicError.noDerivative(function: .besselj, by: Self.x)) {
      try bessel.withGradient()
    }
  }

  @Test("the gradient costs a small multiple of the value, whatever the number of inputs")
  func cost() throws {
    let symbols = (0..<60).map { Symbol("x_\($0)") }
    let factors = symbols.map { 1 + $0.expression * $0.expression }
    let product = Expression.product(factors)
    let formula = exp(-Expression.sum(symbols.map(\.expression))) * product / (1 + product)
    let program = try Program([formula], inputs: symbols)
    let gradient = try program.withGradient()
    #expect(gradient.operationCount <= 5 * program.operationCount)
    var jacobian = 0
    for symbol in symbols {
      jacobian += try program.withDerivatives(by: symbol).operationCount - program.operationCount
    }
    #expect(jacobian > 3 * gradient.operationCount)
  }
}

extension Program {
  /// The program in which the later operations, and outputs, have the result of one with the wrong sign;
  /// nil where that makes no difference: for the number 0, and where all readers are squares.
  fileprivate func withWrongSign(at place: Int) -> Program? {
    if case .constant(let index) = steps[place], constants[index].isZero { return nil }
    let readers = steps.filter { $0.operands.contains(place) }
    let areSquares = readers.allSatisfy { if case .integerPower(_, 2) = $0 { true } else { false } }
    if areSquares && !outputs.contains(place) { return nil }
    func moved(_ operand: Int) -> Int { operand < place ? operand : operand + 1 }
    let later = steps[(place + 1)...].map { $0.mapOperands(moved) }
    return Program(
      inputs: inputs, constants: constants, pruning: steps[...place] + [.negate(place)] + later,
      outputs: outputs.map(moved))
  }
}
