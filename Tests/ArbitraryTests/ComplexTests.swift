import Arbitrary
import Exact
import TestSupport
import Testing

@Suite("Complex")
struct ComplexTests {
  static let functions: [(name: String, f: @Sendable (ComplexInterval, Int) -> ComplexInterval)] = [
    ("sqrt", { ComplexInterval.sqrt($0, precision: $1) }),
    ("exp", { ComplexInterval.exp($0, precision: $1) }),
    ("log", { ComplexInterval.log($0, precision: $1) }),
    ("sin", { ComplexInterval.sin($0, precision: $1) }),
    ("cos", { ComplexInterval.cos($0, precision: $1) }),
    ("tan", { ComplexInterval.tan($0, precision: $1) }),
    ("sinh", { ComplexInterval.sinh($0, precision: $1) }),
    ("cosh", { ComplexInterval.cosh($0, precision: $1) }),
    ("tanh", { ComplexInterval.tanh($0, precision: $1) }),
    ("asin", { ComplexInterval.asin($0, precision: $1) }),
    ("acos", { ComplexInterval.acos($0, precision: $1) }),
    ("atan", { ComplexInterval.atan($0, precision: $1) }),
    ("asinh", { ComplexInterval.asinh($0, precision: $1) }),
    ("acosh", { ComplexInterval.acosh($0, precision: $1) }),
    ("atanh", { ComplexInterval.atanh($0, precision: $1) }),
    ("z^3", { ComplexInterval.powInt($0, 3, precision: $1) }),
    ("z^-2", { ComplexInterval.powInt($0, -2, precision: $1) }),
    ("z^(2/3)", { ComplexInterval.pow($0, Rational("2/3") ?? 0, precision: $1) }),
    ("z^(3/2)", { ComplexInterval.pow($0, Rational("3/2") ?? 0, precision: $1) }),
  ]

  @Test("values at points lie in the range over a rectangle", arguments: [53, 120])
  func ranges(precision: Int) {
    var generator = SeededGenerator(seed: UInt64(precision) + 100)
    var count = 0
    for (name, f) in Self.functions {
      for _ in 0..<60 {
        let (a, xs) = generator.box(below: 2, precision: precision)
        let (b, ys) = generator.box(below: 2, precision: precision)
        let range = f(ComplexInterval(re: a, im: b), precision)
        for (x, y) in zip(xs, ys) {
          // Exact points, so that no enclosure of the point itself reaches over a cut.
          let re = Interval(Real(x, precision: 400))
          let im = Interval(Real(y, precision: 400))
          guard re.isSubset(of: a), im.isSubset(of: b) else { continue }
          let value = f(ComplexInterval(re: re, im: im), 400)
          if value.re.isEntire || value.im.isEntire { continue }
          count += 1
          #expect(
            encloses(range, value),
            "\(name) of \(x) + \(y)i in \(a), \(b): \(value) not in \(range)")
        }
      }
    }
    #expect(count > 1000)
  }

  @Test("inverse functions are inverse")
  func inverses() {
    var generator = SeededGenerator(seed: 9)
    let pairs: [(Int, Int)] = [(9, 3), (10, 4), (11, 5), (12, 6), (13, 7), (14, 8), (2, 1)]
    for _ in 0..<40 {
      let z = ComplexInterval(
        re: Interval(generator.rational(below: 2), precision: 200),
        im: Interval(generator.rational(below: 2), precision: 200))
      for (inverse, direct) in pairs {
        let w = Self.functions[inverse].f(z, 200)
        if w.isEmpty || w.re.isEntire || w.im.isEntire { continue }
        #expect(
          overlaps(Self.functions[direct].f(w, 200), z), "\(Self.functions[inverse].name) \(z)")
      }
      let root = ComplexInterval.sqrt(z, precision: 200)
      #expect(overlaps(root * root, z))
      #expect(root.re.upper.signum >= 0)
    }
  }

  @Test("square root of real enclosures and across the cut")
  func squareRoot() throws {
    let p = 53
    let four = ComplexInterval.sqrt(ComplexInterval(Interval(4)), precision: p)
    #expect(four.re == 2 && four.isReal)
    let negative = ComplexInterval.sqrt(ComplexInterval(Interval(-4)), precision: p)
    #expect(negative.re.isZero && negative.im == 2)
    let open = try Interval(lower: -4, upper: 9)
    let box = ComplexInterval.sqrt(ComplexInterval(open), precision: p)
    #expect(box.re == (try Interval(lower: 0, upper: 3)))
    #expect(box.im == (try Interval(lower: 0, upper: 2)))
    let tiny = try Interval(lower: Real(-0x1p-100), upper: Real(0x1p-100))
    let straddling = ComplexInterval.sqrt(
      ComplexInterval(re: Interval(-4), im: tiny), precision: p)
    #expect(straddling.im.contains(Rational(2)) && straddling.im.contains(Rational(-2)))
    // From below the axis up to it: the axis' own value, from above, is inside.
    let closed = ComplexInterval.sqrt(
      ComplexInterval(re: Interval(-4), im: try Interval(lower: -1, upper: 0)), precision: p)
    #expect(closed.im.contains(Rational(2)) && closed.im.contains(Rational(-2)))
    let above = ComplexInterval.sqrt(
      ComplexInterval(re: Interval(-4), im: try Interval(lower: 0, upper: 1)), precision: p)
    #expect(above.im.certainSign == 1)
  }

  @Test("exactly real arguments stay exactly real where the function is")
  func realness() {
    let p = 53
    let x = ComplexInterval(Interval(Rational("1/3") ?? 0, precision: p))
    for (name, f) in Self.functions where name != "acosh" {
      #expect(f(x, p).isReal, "\(name)")
    }
    #expect(ComplexInterval.acosh(ComplexInterval(Interval(3)), precision: p).isReal)
    let minus = ComplexInterval.log(ComplexInterval(Interval(-1)), precision: p)
    #expect(minus.re.isZero && minus.im == Interval.pi(precision: p))
    let i = ComplexInterval.i
    #expect((i * i).isReal && (i * i).re == -1)
    #expect(ComplexInterval.powInt(i, 2, precision: p).isReal)
    #expect(ComplexInterval.powInt(i, -3, precision: p).re.isZero)
    #expect(ComplexInterval.pow(.zero, ComplexInterval(Interval(2)), precision: p).isZero)
    #expect(ComplexInterval.log(.zero, precision: p).isEmpty)
  }

  @Test("field laws over the rationals")
  func fieldLaws() throws {
    var generator = SeededGenerator(seed: 10)
    for _ in 0..<100 {
      let z = (0..<3).map { _ in
        Complex<Rational>(re: generator.rational(below: 9), im: generator.rational(below: 9))
      }
      #expect((z[0] + z[1]) * z[2] == z[0] * z[2] + z[1] * z[2])
      #expect(z[0] * z[1] == z[1] * z[0])
      if !z[1].isZero { #expect(try z[0] / z[1] * z[1] == z[0]) }
      #expect((z[0] * z[0].conj).re == z[0].normSquared && (z[0] * z[0].conj).isReal)
      #expect(z[0].timesI == Complex.i * z[0])
    }
    #expect(throws: ArithmeticError.divisionByZero) {
      _ = try Complex<Rational>.one / .zero
    }
  }

  @Test("quotients of rectangles enclose, and the norm is never negative")
  func division() throws {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<200 {
      let (a, xs) = generator.box(below: 2, precision: 53)
      let (b, ys) = generator.box(below: 2, precision: 53)
      let z = ComplexInterval(re: a, im: b)
      #expect(z.normSquared.isNonnegative)
      guard let quotient = try? ComplexInterval(re: b, im: a) / z else { continue }
      for (x, y) in zip(xs, ys) where !(x.isZero && y.isZero) {
        let sharp = try Complex(re: y, im: x) / Complex(re: x, im: y)
        #expect(quotient.contains(re: sharp.re, im: sharp.im))
      }
    }
  }
}
