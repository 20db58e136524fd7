import Arbitrary
import Exact
import TestSupport
import Testing

@testable import Symbolic

@Suite("Programs")
struct ProgramTests {
  struct Recorded: Decodable {
    struct Case: Decodable {
      let text: String
      let at: [String: String]
      let value: String
    }
    let expressions: [Case]
  }
  struct Functions: Decodable {
    struct Real: Decodable {
      let function, x, value: String
      let y: String?
    }
    struct Complex: Decodable {
      let function, re, im, valueRe, valueIm: String

      enum CodingKeys: String, CodingKey {
        case function, re, im
        case valueRe = "value_re"
        case valueIm = "value_im"
      }
    }
    let real: [Real]
    let complex: [Complex]
  }

  /// Whether an enclosure meets a recorded decimal of `digits` digits, within a few units of the last.
  static func meets(_ box: Interval, _ text: String, digits: Int) throws -> Bool {
    let value = try #require(Rational(text))
    let slack = value.magnitude * (try Rational(10).power(2 - digits))
    let sharp = try Interval(lower: value - slack, upper: value + slack, precision: 2000)
    return !box.isDisjoint(from: sharp)
  }

  @Test("recorded expressions: enclosures, sharp ones, and doubles")
  func recorded() throws {
    let cases = try Oracle.load("expressions", as: Recorded.self).expressions
    #expect(cases.count == 150)
    var refuted = 0
    for c in cases {
      let expression = try Expression(c.text)
      let inputs = expression.freeSymbols.sorted { $0.precedes($1) }
      let point = try inputs.map { try #require(Rational(c.at[$0.name] ?? "")) }
      let program = try Program([expression], inputs: inputs)
      for precision in [53, 300] {
        let box = try program.enclose(
          point.map { Interval($0, precision: precision) }, precision: precision)[0]
        #expect(try Self.meets(box.re, c.value, digits: 50), "\(c.text) at \(precision): \(box)")
        #expect(box.im.containsZero, "\(c.text)")
        if precision == 300 {
          #expect(
            box.re.width
              < Real.scale(
                Real(1) + box.re.magnitude, byPowerOfTwo: -200,
                precision: 53), "\(c.text): \(box)")
          // A wrong last digit but few is told apart.
          let wrong = c.value.hasPrefix("0") ? "1" : c.value.replacing(".", with: ".1")
          if try !Self.meets(box.re, wrong, digits: 50) { refuted += 1 }
        }
      }
      let double = program.evaluate(point.map(\.approximateDouble))[0]
      let value = try #require(Rational(c.value)).approximateDouble
      #expect(
        double.isNaN || Swift.abs(double - value) <= 1e-6 * (1 + Swift.abs(value)),
        "\(c.text): \(double)")
    }
    #expect(refuted > 100)
  }

  @Test("recorded functions, real and complex")
  func functions() throws {
    let recorded = try Oracle.load("functions", as: Functions.self)
    let x = Symbol("x", .complex)
    for c in recorded.real {
      let f =
        if c.function == "pow" {
          x.power(.rational(try #require(Rational(c.y ?? ""))))
        } else {
          try Expression.function(
            try #require(Function(named: c.function)), [x.expression])
        }
      let program = try Program([f], inputs: [x])
      let argument = Interval(try #require(Rational(c.x)), precision: 800)
      let box = try program.enclose([argument], precision: 500)[0]
      #expect(try Self.meets(box.re, c.value, digits: 120), "\(c.function) \(c.x): \(box)")
    }
    for c in recorded.complex {
      guard let function = Function(named: c.function) else { continue }
      let program = try Program([.function(function, [x.expression])], inputs: [x])
      let argument = ComplexInterval(
        re: Interval(try #require(Rational(c.re)), precision: 800),
        im: Interval(try #require(Rational(c.im)), precision: 800))
      let box = try program.enclose([argument], precision: 500)[0]
      #expect(try Self.meets(box.re, c.valueRe, digits: 120), "\(c.function) \(c.re) \(c.im)")
      #expect(try Self.meets(box.im, c.valueIm, digits: 120), "\(c.function) \(c.re) \(c.im)")
    }
  }

  @Test("random points of random boxes lie in the enclosure")
  func containment() throws {
    var random = RandomExpression(seed: 7)
    let symbols = RandomExpression.symbols
    var tested = 0
    for _ in 0..<1500 {
      let expression = random.next(depth: 4)
      guard let program = try? Program([expression], inputs: symbols) else { continue }
      let sides = try symbols.map { _ in
        let n = Int.random(in: -6...6, using: &random.generator)
        let low = try Rational(Integer(n), 2)
        let width = try Rational(Integer(Int.random(in: 0...3, using: &random.generator)), 3)
        return (low, low + width)
      }
      let box = try sides.map { try Interval(lower: $0.0, upper: $0.1, precision: 60) }
      // What surely has no value over the box has none at a point; what has, lies inside.
      let whole = try? program.enclose(box, precision: 60)[0]
      let point = try sides.map { try ($0.0 * 2 + $0.1) * Rational(1, 3) }
      guard
        let sharp = try? program.enclose(
          point.map { Interval($0, precision: 200) }, precision: 200)[0]
      else { continue }
      tested += 1
      if sharp.re.width < Real(1), sharp.im.width < Real(1) {
        let outer = try #require(whole, "\(expression)")
        #expect(!outer.re.isDisjoint(from: sharp.re), "\(expression) over \(box)")
        #expect(!outer.im.isDisjoint(from: sharp.im), "\(expression) over \(box)")
      }
      if let exact = (try? program.exactValues(point))?[0] {
        #expect(sharp.contains(re: exact.re, im: exact.im), "\(expression) at \(point): \(exact)")
      }
    }
    #expect(tested > 300)
  }

  @Test("common parts are computed once, quotients merged, squares kept")
  func sharing() throws {
    let x = Symbol("x")
    let y = Symbol("y")
    let e = exp(x + y)
    let program = try Program([e + 1, e * exp(y + x), 1 / (x * e)], inputs: [x, y])
    // x, y, x + y, exp, 1, e + 1, e^2, x*e, 1/(x*e)
    #expect(program.operationCount == 9)
    let square = try Program([x * x], inputs: [x])
    let box = try square.enclose([Interval(lower: -1, upper: 2, precision: 60)], precision: 60)[0]
    #expect(box.re == (try Interval(lower: 0, upper: 4, precision: 60)))
    let quotient = try Program([x / y / (x + y)], inputs: [x, y])
    #expect(quotient.steps.filter { if case .divide = $0 { true } else { false } }.count == 1)
    let difference = try Program([x - 2 * y], inputs: [x, y])
    #expect(difference.operationCount == 5)
  }

  @Test("exactly real stays exactly real")
  func realness() throws {
    let x = Symbol("x")
    let formulas = ["x/3 - exp(x)*pi", "sqrt(x)^3", "abs(sqrt(-x) + i)", "re(log(-x))", "i*i"]
    for text in formulas {
      let program = try Program([Expression(text)], inputs: [x])
      let box = try program.enclose([Interval(2)], precision: 80)[0]
      #expect(box.isReal, "\(text): \(box)")
    }
    let complex = try Program([sqrt(-x.expression)], inputs: [x])
    #expect(try complex.enclose([Interval(2)], precision: 80)[0].re.isZero)
  }

  @Test("equal parts of separate origin are compiled once, all parts of a formula in linear time")
  func separateOrigins() throws {
    let x = Symbol("x")
    func tower(_ height: Int) -> Expression {
      (1...height).reduce(x.expression) { sin($0 * $0 + .rational(Rational($1))) - $0 }
    }
    let (first, second) = (tower(400), tower(400))
    let single = try Program([first], inputs: [x])
    let both = try Program([first, second], inputs: [x])
    #expect(both.operationCount == single.operationCount)
    let parts = try Program(first.postorder() + second.postorder(), inputs: [x])
    #expect(parts.outputCount == first.nodeCount + second.nodeCount)
    let low = tower(6)
    let all = try Program(low.postorder(), inputs: [x]).enclose([Interval(2)], precision: 80)
    let one = try Program([low], inputs: [x]).enclose([Interval(2)], precision: 80)
    #expect(all.last?.re.lower == one[0].re.lower && all.last?.re.upper == one[0].re.upper)
    // A symbol without a value is found in whatever output it first occurs.
    #expect(throws: SymbolicError.unboundSymbols([Symbol("y")])) {
      try Program([first, first + Symbol("y").expression], inputs: [x])
    }
  }

  @Test("what has no value throws")
  func errors() throws {
    let x = Symbol("x")
    #expect(throws: SymbolicError.unboundSymbols([x])) { try Program([x.expression], inputs: []) }
    #expect(throws: SymbolicError.noValue("infinity")) {
      try Program([.infinity + 1], inputs: [])
    }
    for text in ["1/x", "x^(-2)", "0/x", "x^(-1/2)", "x^(-3)*x^4", "1/(x*x)"] {
      let program = try Program([Expression(text)], inputs: [x])
      #expect(throws: ArithmeticError.divisionByZero, "\(text)") {
        try program.enclose([Interval(0)], precision: 53)
      }
      #expect(throws: ArithmeticError.divisionByZero, "\(text)") { try program.exactValues([0]) }
      #expect(program.evaluate([0])[0].isNaN, "\(text)")
    }
    for text in ["log(x)", "arg(x)", "atan2(x, x)", "min(x + i, 1)", "sign(i + x)", "atanh(1 + x)"]
    {
      let program = try Program([Expression(text)], inputs: [x])
      #expect(throws: ArithmeticError.self, "\(text)") {
        try program.enclose([Interval(0)], precision: 53)
      }
      #expect(throws: ArithmeticError.self, "\(text)") { try program.exactValues([0]) }
      #expect(program.evaluate([0])[0].isNaN, "\(text)")
    }
    let inverse = try Program([Expression("1/x")], inputs: [x])
    let wide = try inverse.enclose(
      [Interval(lower: -1, upper: 1, precision: 53)], precision: 53)[0]
    #expect(wide.re.isEntire && wide.isReal)
  }

  @Test("depth is no limit")
  func depth() throws {
    let x = Symbol("x")
    var e = x.expression
    var p = x.expression
    for _ in 0..<20_000 {
      e = sin(e) + 1
      p = p.power(.rational(try Rational(-1, 2))).power(-2)
    }
    let program = try Program([e, p], inputs: [x])
    #expect(program.evaluate([1])[0].isFinite)
    #expect(program.evaluate([1])[1] == 1)
  }

  @Test(
    "exact values",
    arguments: [
      ("sqrt(9/4)", "3/2"), ("(-4)^(1/2)/(2*i)", "1"), ("8^(2/3) + exp(0)", "5"),
      ("abs(3 + 4*i)", "5"), ("sqrt(3 + 4*i)", "(2) + (1)i"), ("sqrt(3 - 4*i)", "(2) + (-1)i"),
      ("sqrt(-9)", "(0) + (3)i"), ("(-3 - 4*i)^(3/2)", "(-11) + (2)i"),
      ("max(1, 2, log(1)) - min(1/2)", "3/2"),
      ("(1 + i)^8", "16"), ("cbrt(-8) + sign(-3)", "-3"), ("conj(1 + i)*re(i + 2)", "(2) + (-2)i"),
      ("(1e-50 + 1) - 1", "1/1\(String(repeating: "0", count: 50))"), ("i^(-3)", "(0) + (1)i"),
    ])
  func exact(text: String, value: String) throws {
    #expect(try Expression(text).exactValue()?.description == value)
  }

  @Test(
    "no exact value", arguments: ["sqrt(2)^2", "pi - pi", "x", "0*exp(1)", "(-8)^(1/3)", "7^(7^9)"])
  func inexact(text: String) throws {
    #expect(try Expression(text).exactValue() == nil)
    #expect(throws: ArithmeticError.divisionByZero) { try Expression("pi/(1 - 1*1)").exactValue() }
  }
}
