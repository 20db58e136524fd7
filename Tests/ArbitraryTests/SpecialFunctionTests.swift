import Exact
import TestSupport
import Testing

@testable import Arbitrary

@Suite("Bessel, digamma, dilogarithm")
struct SpecialFunctionTests {
  struct Case: Decodable {
    let function, x, value: String
    let order: String?
  }
  struct Cases: Decodable { let cases: [Case] }

  static func value(_ c: Case, _ x: Interval, _ precision: Int) -> Interval {
    switch c.function {
    case "besselj": Interval.besselJ(order: Int(c.order ?? "") ?? 0, x, precision: precision)
    case "digamma": Interval.digamma(x, precision: precision)
    default: Interval.dilog(x, precision: precision)
    }
  }

  @Test("values recorded from mpmath and Arb lie in the enclosures, which are sharp")
  func recorded() throws {
    let cases = try Oracle.load("special", as: Cases.self).cases
    #expect(cases.count > 200)
    for c in cases {
      let x = try #require(Rational(c.x))
      let sharp = try FunctionOracleTests.enclosure(recorded: c.value)
      for precision in [53, 350] {
        let found = Self.value(c, Interval(x, precision: precision + 300), precision)
        #expect(!found.isDisjoint(from: sharp), "\(c.function) \(c.x): \(found)")
        #expect(
          found.isPoint
            || found.width
              <= Real.scale(
                found.magnitude, byPowerOfTwo: 3 - precision, precision: 53),
          "\(c.function) \(c.order ?? "") \(c.x) at \(precision): \(found)")
      }
    }
  }

  @Test("a wrong value is noticed")
  func canFail() throws {
    let sharp = try FunctionOracleTests.enclosure(recorded: "7.6519768655796655e-1")
    #expect(Interval.besselJ(order: 0, 1, precision: 200).isDisjoint(from: sharp))
  }

  @Test("values at points of a box lie in the range over it", arguments: [24, 53, 113])
  func ranges(precision: Int) {
    var generator = SeededGenerator(seed: UInt64(precision))
    let functions: [(Interval, Int) -> Interval] =
      (-3...6).map { n in { Interval.besselJ(order: n, $0, precision: $1) } }
      + [{ Interval.digamma($0, precision: $1) }, { Interval.dilog($0, precision: $1) }]
    for (index, f) in functions.enumerated() {
      for bound in [1, 3, 12, 300] {
        for _ in 0..<12 {
          let (box, points) = generator.box(below: bound, precision: precision)
          let range = f(box, precision)
          for x in points {
            let value = f(Interval(x, precision: 300), 300)
            if value.isEntire { continue }
            #expect(encloses(range, value), "\(index) of \(x) in \(box): \(value), \(range)")
          }
        }
      }
    }
  }

  @Test("ranges of Bessel functions over boxes with and without extrema")
  func besselRanges() throws {
    // The first extrema of J_1 and J_0: 1.8411…, where it is 0.58186…, and 3.8317…, -0.40275….
    let top = Interval.besselJ(
      order: 1, try .init(lower: "1", upper: "3", precision: 60), precision: 53)
    #expect(top.upper > Real(0.58186) && top.upper < Real(0.5829))
    let low = Interval.besselJ(
      order: 0, try .init(lower: "3", upper: "5", precision: 60), precision: 53)
    #expect(low.lower < Real(-0.40275) && low.lower > Real(-0.4037))
    // Monotone pieces are tight.
    let x = try Interval(lower: "4.5", upper: "4.6", precision: 53)
    let range = Interval.besselJ(order: 0, x, precision: 53)
    let ends = [x.lower, x.upper].map { Interval.besselJ(order: 0, Interval($0), precision: 53) }
    #expect(range == ends[0].union(ends[1]))
    let small = Interval.besselJ(
      order: 9, try .init(lower: "0", upper: "1e-9", precision: 53), precision: 53)
    #expect(small.lower.isZero && small.upper < (Real("1e-86", precision: 53) ?? 0))
    // Wide boxes, and orders and arguments that take too long.
    let unit = try IntervalTests.make(-1, 1)
    #expect(Interval.besselJ(order: 0, .entire, precision: 53) == unit)
    let root = Interval.besselJ(order: 2, try IntervalTests.make(0, 100), precision: 53)
    #expect(root.isSubset(of: unit) && root.upper > Real(0.7071) && root.upper < Real(0.7072))
    #expect(Interval.besselJ(order: 5000, 3, precision: 53) == root)
    #expect(Interval.besselJ(order: .min, 3, precision: 53) == root)
    #expect(Interval.besselJ(order: 900, Interval(400_000), precision: 53) == root)
    #expect(Interval.besselJ(order: 0, 0, precision: 53) == 1)
    #expect(Interval.besselJ(order: -3, 0, precision: 53).isZero)
    #expect(Interval.besselJ(order: 3, .empty, precision: 53).isEmpty)
  }

  @Test("numbers: negative orders, directions and limits")
  func numbers() {
    let x = Real(2.5)
    let three = Real.besselJ(order: 3, x, precision: 53, rounding: .up)
    #expect(Real.besselJ(order: -3, x, precision: 53, rounding: .down) == -three)
    #expect(Real.besselJ(order: -3, x, precision: 53, rounding: .up).nextDown == -three)
    // MPFR's own negative orders exhaust the memory here.
    #expect(Real.besselJ(order: -3, Real(0x1p35), precision: 53).isFinite)
    #expect(Real.besselJ(order: 0, .infinity, precision: 53).isZero)
    #expect(Real.besselJ(order: 2000, x, precision: 53).isNaN)
    let far = Real.scale(1, byPowerOfTwo: 1 << 25, precision: 64)
    #expect(Real.besselJ(order: 0, far, precision: 53).isNaN)
  }

  @Test("digamma and its poles")
  func poles() throws {
    func psi(_ a: Double, _ b: Double) throws -> Interval {
      Interval.digamma(try IntervalTests.make(a, b), precision: 53)
    }
    #expect(try psi(0, 0).isEmpty && psi(-3, -3).isEmpty)
    #expect(try psi(-1, 0).isBounded == false)
    #expect(
      try psi(-0.5, 0.5) == .entire && psi(-3.5, 7) == .entire && psi(-.infinity, -9) == .entire)
    let left = try psi(-3, -2.5)
    #expect(left.lower == .negativeInfinity && left.upper.isFinite)
    let right = try psi(-2.5, -2)
    #expect(right.lower.isFinite && right.upper == .infinity)
    #expect(try psi(0, .infinity) == .entire && psi(1, .infinity).lower < Real(-0.577))
    #expect(Interval.digamma(.empty, precision: 53).isEmpty)
    // Whole numbers beyond the precision: every representable number is a pole.
    let far = Real(-0x1p80)
    #expect(Interval.digamma(Interval(far), precision: 53).isEmpty)
    #expect(Interval.digamma(try Interval(lower: far, upper: far.nextUp), precision: 53) == .entire)
    // One bit of a double apart, no pole between.
    let near = Real(-2.5)
    #expect(
      Interval.digamma(try Interval(lower: near, upper: near.nextUp), precision: 53).isBounded)
    // A number of 200 bits just above a pole, and the pole's double below it.
    let above = Real.add(-2, Real.scale(1, byPowerOfTwo: -150, precision: 64), precision: 200)
    let box = try Interval(lower: above, upper: Real.add(above, above.magnitude, precision: 200))
    #expect(Interval.digamma(box, precision: 53) == .entire)
    #expect(
      Interval.digamma(try Interval(lower: above, upper: Real(-1.5)), precision: 53).isBounded)
  }

  @Test("dilogarithm: its domain and ends")
  func dilogarithm() throws {
    #expect(Interval.dilog(2, precision: 53).isEmpty)
    #expect(Interval.dilog(0, precision: 53).isZero)
    let all = Interval.dilog(.entire, precision: 53)
    // π²/6
    #expect(all.lower == .negativeInfinity && all.upper > Real(1.6449) && all.upper < Real(1.645))
    #expect(Real.dilog(2, precision: 53).isNaN && Real.digamma(0, precision: 53).isNaN)
  }
}
