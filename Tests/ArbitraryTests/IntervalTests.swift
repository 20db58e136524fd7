import Arbitrary
import Exact
import TestSupport
import Testing

@Suite("Interval")
struct IntervalTests {
  static func make(_ lower: Double, _ upper: Double) throws -> Interval {
    try Interval(lower: Real(lower), upper: Real(upper))
  }

  static let functions: [(name: String, f: @Sendable (Interval, Int) -> Interval)] = [
    ("sqr", { Interval.sqr($0, precision: $1) }), ("sqrt", { Interval.sqrt($0, precision: $1) }),
    ("cbrt", { Interval.cbrt($0, precision: $1) }), ("exp", { Interval.exp($0, precision: $1) }),
    ("expm1", { Interval.expm1($0, precision: $1) }), ("log", { Interval.log($0, precision: $1) }),
    ("exp2", { Interval.exp2($0, precision: $1) }),
    ("exp10", { Interval.exp10($0, precision: $1) }),
    ("log2", { Interval.log2($0, precision: $1) }),
    ("log10", { Interval.log10($0, precision: $1) }),
    ("log1p", { Interval.log1p($0, precision: $1) }), ("sin", { Interval.sin($0, precision: $1) }),
    ("cos", { Interval.cos($0, precision: $1) }), ("tan", { Interval.tan($0, precision: $1) }),
    ("asin", { Interval.asin($0, precision: $1) }), ("acos", { Interval.acos($0, precision: $1) }),
    ("atan", { Interval.atan($0, precision: $1) }), ("sinh", { Interval.sinh($0, precision: $1) }),
    ("cosh", { Interval.cosh($0, precision: $1) }), ("tanh", { Interval.tanh($0, precision: $1) }),
    ("asinh", { Interval.asinh($0, precision: $1) }),
    ("acosh", { Interval.acosh($0, precision: $1) }),
    ("atanh", { Interval.atanh($0, precision: $1) }),
    ("abs", { Interval.abs($0).rounded(precision: $1) }),
    ("x^-3", { Interval.powInt($0, -3, precision: $1) }),
    ("x^4", { Interval.powInt($0, 4, precision: $1) }),
    ("x^5", { Interval.powInt($0, 5, precision: $1) }),
    ("x^-2", { Interval.powInt($0, -2, precision: $1) }),
    ("root 4", { Interval.rootn($0, 4, precision: $1) }),
    ("root -3", { Interval.rootn($0, -3, precision: $1) }),
    ("x^(5/7)", { Interval.pow($0, Rational("5/7") ?? 0, precision: $1) }),
    ("floor", { Interval.floor($0, precision: $1) }),
    ("recip", { Interval.recip($0, precision: $1) }),
    ("sign", { x, _ in Interval.sign(x) }),
    ("dilog", { Interval.dilog($0, precision: $1) }),
    ("digamma", { Interval.digamma($0, precision: $1) }),
  ]

  @Test("values at points lie in the range over a box", arguments: [24, 53, 113])
  func ranges(precision: Int) {
    var generator = SeededGenerator(seed: UInt64(precision))
    var count = 0
    for (name, f) in Self.functions {
      for bound in [1, 2, 40, 100_000] {
        for _ in 0..<25 {
          let (box, points) = generator.box(below: bound, precision: precision)
          let range = f(box, precision)
          #expect(!range.lower.isNaN && !range.upper.isNaN)
          for x in points {
            let value = f(Interval(x, precision: 400), 400)
            // A point that is not exactly representable may enclose values of both sides of a pole.
            if value.isEntire { continue }
            count += 1
            #expect(encloses(range, value), "\(name) of \(x) in \(box): \(value) not in \(range)")
          }
        }
      }
    }
    #expect(count > 10_000)
  }

  @Test("ranges are no wider than the function asks: a point gives at most two neighbours")
  func tightness() {
    var generator = SeededGenerator(seed: 5)
    for (name, f) in Self.functions where name != "x^(5/7)" {
      for _ in 0..<30 {
        let x = Interval(Real(generator.rational(below: 3), precision: 53))
        let value = f(x, 53)
        if value.isEmpty || value.isEntire { continue }
        #expect(value.isPoint || value.lower.nextUp == value.upper, "\(name) of \(x): \(value)")
      }
    }
  }

  @Test("sums, products and quotients of points lie in those of boxes", arguments: [2, 53, 200])
  func arithmetic(precision: Int) throws {
    var generator = SeededGenerator(seed: 6)
    for _ in 0..<400 {
      let (a, xs) = generator.box(below: 3, precision: precision)
      let (b, ys) = generator.box(below: 3, precision: precision)
      let sum = Interval.add(a, b, precision: precision)
      let difference = Interval.sub(a, b, precision: precision)
      let product = Interval.mul(a, b, precision: precision)
      let quotient = Interval.div(a, b, precision: precision)
      let fused = Interval.fma(a, b, a, precision: precision)
      for (x, y) in zip(xs, ys) {
        #expect(sum.contains(x + y))
        #expect(difference.contains(x - y))
        #expect(product.contains(x * y), "\(a)·\(b)")
        #expect(fused.contains(x * y + x))
        if !y.isZero { #expect(quotient.contains(try x / y), "\(a)/\(b)") }
        #expect(Interval.minimum(a, b).contains(min(x, y)))
        #expect(Interval.maximum(a, b).contains(max(x, y)))
      }
    }
  }

  @Test("powers and angles of points lie in those of boxes")
  func twoArguments() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<300 {
      let (a, xs) = generator.box(below: 3, precision: 53)
      let (b, ys) = generator.box(below: 3, precision: 53)
      let power = Interval.pow(a, b, precision: 53)
      let angle = Interval.atan2(y: b, x: a, precision: 53)
      for x in xs {
        for y in ys {
          let sharpX = Interval(x, precision: 300)
          let sharpY = Interval(y, precision: 300)
          if !x.isNegative {
            #expect(encloses(power, Interval.pow(sharpX, sharpY, precision: 300)), "\(a)^\(b)")
          }
          let sharpAngle = Interval.atan2(y: sharpY, x: sharpX, precision: 300)
          #expect(encloses(angle, sharpAngle), "atan2 \(b) \(a)")
        }
      }
    }
  }

  @Test("the helper notices a wrong enclosure")
  func helperCanFail() throws {
    let wrong = try Self.make(2.71828, 2.71829).intersection(Self.make(2.71828182, 2.718281828))
    #expect(!encloses(wrong, Interval.exp(1, precision: 200)))
    #expect(!encloses(Interval.empty, Interval(1)))
    #expect(encloses(Interval.empty, Interval.empty))
    let z = ComplexInterval(re: Interval(1), im: try Self.make(0, 1))
    #expect(!encloses(ComplexInterval(Interval(1)), z))
  }

  @Test("division by enclosures of zero, by 1788")
  func division() throws {
    let half = try Self.make(1, 2)
    #expect(Interval.div(half, try Self.make(0, 1), precision: 53) == (try Self.make(1, .infinity)))
    #expect(
      Interval.div(half, try Self.make(-1, 0), precision: 53) == (try Self.make(-.infinity, -1)))
    #expect(Interval.div(half, try Self.make(-1, 1), precision: 53) == .entire)
    #expect(Interval.div(half, .zero, precision: 53).isEmpty)
    #expect(Interval.div(.zero, try Self.make(-1, 1), precision: 53).isZero)
    #expect(Interval.div(try Self.make(-1, 1), try Self.make(0, 1), precision: 53) == .entire)
    #expect(throws: ArithmeticError.divisionByZero) { _ = try half / .zero }
    #expect(try (half / Self.make(-1, 1)).isEntire)
  }

  @Test("unbounded and empty sets: no NaN comes out")
  func special() throws {
    let boxes = [
      Interval.empty, .entire, .zero, 1, try Self.make(0, .infinity), try Self.make(-.infinity, 0),
      try Self.make(-.infinity, -2), try Self.make(3, .infinity), try Self.make(-1, 1),
    ]
    for (name, f) in Self.functions {
      for x in boxes {
        let y = f(x, 53)
        #expect(!y.lower.isNaN && !y.upper.isNaN, "\(name) of \(x)")
        if x.isEmpty { #expect(y.isEmpty, "\(name)") }
        #expect(y.isEmpty || (y.lower <= y.upper && y.lower < .infinity), "\(name) of \(x): \(y)")
      }
    }
    for x in boxes {
      for y in boxes {
        let all = [
          x + y, x - y, x * y, Interval.div(x, y, precision: 53), Interval.pow(x, y, precision: 53),
          Interval.atan2(y: x, x: y, precision: 53), x.union(y), x.intersection(y),
        ]
        for z in all {
          #expect(z.isEmpty || z.lower <= z.upper)
          if x.isEmpty && y.isEmpty { #expect(z.isEmpty) }
        }
      }
    }
    #expect((Interval.entire * .zero).isZero)
    #expect(Interval(Real.nan) == .entire && Interval(Double.infinity) == .entire)
    #expect(Interval.exp(.entire, precision: 53) == (try Self.make(0, .infinity)))
    #expect(Interval.log(try Self.make(-3, 1), precision: 53) == (try Self.make(-.infinity, 0)))
    #expect(Interval.sqrt(try Self.make(-1, 4), precision: 53) == (try Self.make(0, 2)))
    #expect(Interval.sqrt(try Self.make(-2, -1), precision: 53).isEmpty)
  }

  @Test("circular functions: extrema, poles, and arguments that cannot be reduced")
  func circular() throws {
    let unit = try Self.make(-1, 1)
    #expect(Interval.sin(try Self.make(0, 100), precision: 53) == unit)
    #expect(Interval.sin(try Self.make(1, 2), precision: 53).upper == 1)
    #expect(Interval.sin(try Self.make(1, 1.5), precision: 53).upper < 1)
    #expect(Interval.cos(try Self.make(-1, 1), precision: 53).upper == 1)
    #expect(Interval.cos(try Self.make(3, 4), precision: 53).lower == -1)
    #expect(Interval.cos(.zero, precision: 53) == 1)
    #expect(Interval.tan(try Self.make(1, 2), precision: 53) == .entire)
    #expect(Interval.tan(try Self.make(-1.5, 1.5), precision: 53).isBounded)
    // The doubles on both sides of π/2: the pole is between them, and each is on its side.
    let below = Real.scale(
      Real.pi(precision: 53, rounding: .down), byPowerOfTwo: -1, precision: 53)
    let pole = try Interval(lower: below, upper: below.nextUp)
    #expect(Interval.tan(pole, precision: 53) == .entire)
    #expect(Interval.tan(Interval(below), precision: 53).certainSign == 1)
    #expect(Interval.tan(Interval(below.nextUp), precision: 53).certainSign == -1)
    #expect(Interval.sin(pole, precision: 53).upper == 1)
    // 2^1000 is reduced; 2^(2^29) is not.
    let large = Interval(Real.scale(1, byPowerOfTwo: 1000, precision: 64))
    #expect(Interval.sin(large, precision: 53).width < Real(0x1p-50))
    let far = Interval(Real.scale(1, byPowerOfTwo: 1 << 29, precision: 64))
    #expect(Interval.sin(far, precision: 53) == unit)
    #expect(Interval.tan(far, precision: 53) == .entire)
    #expect(Interval.sin(.entire, precision: 53) == unit)
  }

  @Test("integer and rational powers")
  func powers() throws {
    let x = try Self.make(-2, 3)
    #expect(Interval.sqr(x, precision: 53) == (try Self.make(0, 9)))
    #expect(x * x == (try Self.make(-6, 9)))
    #expect(Interval.powInt(x, 3, precision: 53) == (try Self.make(-8, 27)))
    #expect(Interval.powInt(x, 0, precision: 53) == 1)
    #expect(Interval.powInt(x, -1, precision: 53) == .entire)
    #expect(Interval.powInt(x, -2, precision: 53).lower.compare(try Rational(1, 9)) == -1)
    #expect(Interval.powInt(try Self.make(-2, 0), -1, precision: 53).upper == Real(-0.5))
    #expect(Interval.powInt(.zero, -2, precision: 53).isEmpty)
    #expect(Interval.pow(Interval(4), try Rational(3, 2), precision: 53) == 8)
    #expect(Interval.pow(Interval(4), try Rational(-1, 2), precision: 53) == Interval(0.5))
    #expect(Interval.pow(Interval(-8), try Rational(1, 3), precision: 53).isEmpty)
    #expect(Interval.rootn(Interval(-8), 3, precision: 53) == -2)
    #expect(Interval.pow(.zero, Interval.zero, precision: 53).isEmpty)
    #expect(Interval.pow(.zero, Interval(2), precision: 53).isZero)
  }

  @Test("queries")
  func queries() throws {
    let x = try Self.make(-1, 3)
    #expect(x.certainSign == nil && Interval.zero.certainSign == 0 && Interval.one.certainSign == 1)
    #expect(Interval(-2).certainSign == -1 && Interval.empty.certainSign == nil)
    #expect(x.midpoint == 1 && x.radius == 2 && x.width == 4)
    #expect(x.mignitude == 0 && x.magnitude == 3)
    #expect(Interval.entire.midpoint == 0 && Interval.empty.midpoint.isNaN)
    #expect(x.contains(Rational(3)) && !x.contains(Rational("3.0000000000000000000001") ?? 0))
    #expect(!Interval.entire.contains(Real.infinity) && !x.contains(Real.nan))
    #expect(try Self.make(0, 1).isInterior(to: x) && !x.isInterior(to: x) && x.isSubset(of: x))
    #expect(Interval.entire.isInterior(to: .entire) && Interval.empty.isSubset(of: .empty))
    #expect(Interval(4).isDisjoint(from: x) && x.isCertainlyLess(than: 4))
    #expect(x.pivotCost == nil && (Interval(8).pivotCost ?? 0) < (Interval(2).pivotCost ?? 0))
    #expect(!x.isZero && Interval(Real(-0.0)).isZero)
    #expect(throws: ArithmeticError.self) { _ = try Self.make(2, 1) }
    #expect(throws: ArithmeticError.self) { _ = try Self.make(.nan, 1) }
    #expect(throws: ArithmeticError.self) { _ = try Self.make(.infinity, .infinity) }
    #expect(Interval(between: 2, and: 1) == (try Self.make(1, 2)))
    #expect(Interval(between: .nan, and: 1) == .entire)
    #expect(Interval("0.1", precision: 53)?.contains(Rational("0.1") ?? 0) == true)
    #expect(Interval("0.5", precision: 53)?.isPoint == true && Interval("x", precision: 53) == nil)
    #expect(try Interval(lower: "0.1", upper: "0.2", precision: 53).contains(Rational("0.2") ?? 0))
    let third = Interval(try Rational(1, 3), precision: 53)
    #expect(try !third.isPoint && third.contains(Rational(1, 3)))
  }

  @Test("enclosures obey the ring laws up to overlap, and subdistributivity as sets")
  func laws() {
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<200 {
      let a = generator.box(below: 4, precision: 100).box
      let b = generator.box(below: 4, precision: 100).box
      let c = generator.box(below: 4, precision: 100).box
      #expect(a + b == b + a && a * b == b * a)
      #expect(!((a + b) + c).isDisjoint(from: a + (b + c)))
      #expect(!(a * (b + c)).isDisjoint(from: a * b + a * c))
      #expect((a - a).containsZero)
      #expect(a.intersection(b).isSubset(of: a) && a.isSubset(of: a.union(b)))
    }
  }
}
