import Exact
import TestSupport
import Testing

@testable import Arbitrary

/// Divisors with zero inside, infinities, and exponents near the ends of MPFR's range.
@Suite("Domain edges")
struct DomainEdgeTests {
  static func number(_ text: String, precision: Int = 53) throws -> Real {
    try #require(Real(text, precision: precision))
  }

  /// Points and sets at every edge.
  static func sets() throws -> [Interval] {
    let tiny = Real(0, precision: 53).nextUp
    let huge = Real.greatestFinite(precision: 53)
    var points: [Real] = [0, 1, -1, 2, tiny, -tiny, huge, -huge]
    for text in ["1e-100000", "-1e-100000", "1e300000000", "-1e300000000", "1e-300000000", "0.1"] {
      points.append(try number(text))
    }
    var sets = points.map { Interval($0) } + [.empty, .entire]
    for a in points {
      sets.append(Interval(between: a, and: .infinity))
      sets.append(Interval(between: a, and: .negativeInfinity))
      for b in points where a < b { sets.append(try Interval(lower: a, upper: b)) }
    }
    return sets
  }

  private func isSound(_ x: Interval) -> Bool {
    if x.lower.isNaN || x.upper.isNaN { return false }
    if x.isEmpty { return x.lower == .infinity && x.upper == .negativeInfinity }
    return x.lower <= x.upper && x.lower < .infinity && x.upper > .negativeInfinity
      && !(x.lower.isZero && x.lower.hasNegativeSign)
      && !(x.upper.isZero && x.upper.hasNegativeSign)
  }

  /// Bessel functions take time in the thousands of bits, and are bounded anyway.
  static let unary = CampaignFunction.all.filter { $0.arity == 1 }

  @Test(
    "a function of one argument: no NaN, no set out of order, points in ranges", arguments: unary)
  func oneArgument(_ function: CampaignFunction) throws {
    let f = try #require(Interval.operation(named: function.name))
    for x in try Self.sets() {
      let value = f([x], 53)
      #expect(isSound(value), "\(function) of \(x): \(value)")
      if x.isEmpty { #expect(value.isEmpty) }
      for end in [x.lower, x.upper] where end.isFinite && x.contains(end) {
        let point = f([Interval(end)], 100)
        #expect(point.isSubset(of: value), "\(function) of \(x): \(value), \(point)")
      }
    }
  }

  @Test("two arguments", arguments: CampaignFunction.all.filter { $0.arity == 2 })
  func twoArguments(_ function: CampaignFunction) throws {
    let f = try #require(Interval.operation(named: function.name))
    let sets = try Self.sets()
    for (i, x) in sets.enumerated() {
      // Every third pair, so that each set meets sets of every kind.
      for (j, y) in sets.enumerated() where (i + j) % 3 == 0 {
        let value = f([x, y], 53)
        #expect(isSound(value), "\(function) of \(x), \(y): \(value)")
        if x.isEmpty || y.isEmpty { #expect(value.isEmpty) }
        for (a, b) in [(x.lower, y.lower), (x.upper, y.lower), (x.lower, y.upper)]
        where a.isFinite && b.isFinite {
          let point = f([Interval(a), Interval(b)], 100)
          #expect(point.isSubset(of: value), "\(function) of \(x), \(y): \(value), \(point)")
        }
      }
    }
  }

  @Test("complex functions of rectangles at the edges: no NaN")
  func complex() throws {
    let all = try Self.sets()
    let sets = all.enumerated().filter { $0.offset % 4 == 0 || $0.offset < 18 }.map(\.element)
    for function in ComplexCampaignFunction.all {
      let f = try #require(ComplexInterval.operation(named: function.name))
      for (i, x) in sets.enumerated() {
        for (j, y) in sets.enumerated() where (i + 2 * j) % 11 == 0 && !x.isEmpty && !y.isEmpty {
          let z = ComplexInterval(re: x, im: y)
          let w = ComplexInterval(re: y, im: sets[(i + j) % sets.count])
          if w.isEmpty { continue }
          let value = f(function.arity == 1 ? [z] : [z, w], 53)
          #expect(
            isSound(value.re) && isSound(value.im) && value.re.isEmpty == value.im.isEmpty,
            "\(function) of \(z), \(w): \(value)")
        }
      }
    }
  }

  @Test("division by enclosures of zero, and what a number makes of it")
  func division() throws {
    let divisor = try Interval(lower: Self.number("-1e-100000"), upper: Self.number("1e300000000"))
    #expect(Interval.div(1, divisor, precision: 53) == .entire)
    let half = try Interval(lower: 0, upper: Self.number("1e300000000"))
    let quotient = Interval.div(1, half, precision: 53)
    #expect(quotient.lower.signum > 0 && quotient.upper == .infinity)
    #expect(Interval.div(1, Interval(0), precision: 53).isEmpty)
    #expect(throws: ArithmeticError.divisionByZero) { _ = try Interval(1) / Interval(0) }
    // 1e-300000000 over 1e300000000 underflows: between zero and the least number.
    let small = Interval.div(
      Interval(try Self.number("1e-300000000")), Interval(try Self.number("1e300000000")),
      precision: 53)
    #expect(small.lower.isZero && small.upper == Real(0, precision: 53).nextUp)
    let large = Interval.sqr(Interval(try Self.number("1e300000000")), precision: 53)
    #expect(large.lower == Real.greatestFinite(precision: 53) && large.upper == .infinity)
  }

  @Test("tiny and huge arguments keep their precision")
  func extremes() throws {
    let tiny = try Interval(Self.number("1e-100000", precision: 200))
    for f in [Interval.expm1, Interval.log1p, Interval.sin, Interval.tan, Interval.asinh] {
      let ratio = Interval.div(f(tiny, 100), tiny, precision: 90)
      #expect(ratio.contains(Real.one) && ratio.width < Real(0x1p-80))
    }
    let huge = try Interval(Self.number("1e300000000", precision: 200))
    let logarithm = Interval.log10(huge, precision: 53)
    #expect(logarithm.width <= Real(0x1p-23) && logarithm.magnitude > Real(299_999_999))
    #expect(Interval.exp(huge, precision: 53).upper == .infinity)
    #expect(Interval.exp(-huge, precision: 53).lower.isZero)
    #expect(Interval.digamma(tiny, precision: 53).upper.signum < 0)
    #expect(Interval.dilog(-huge, precision: 53).isBounded)
    #expect(Interval.atan2(y: tiny, x: huge, precision: 53).lower.isZero == false)
  }
}
