import Algebra
import Arbitrary
import Exact
import Testing

@testable import Certified

@Suite("Certified roots")
struct CertifiedRootsThresholdTests {
  @Test("the roots of the sine are the multiples of π, to 60 digits")
  func sine() throws {
    let sine = ClosureFunction { x, p in
      (Interval.sin(x, precision: p), Interval.cos(x, precision: p))
    }
    let result = try CertifiedRoots(of: sine, from: -1, to: 32, digits: 60)
    #expect(result.undecided.isEmpty)
    #expect(result.roots.count == 11)
    for (k, root) in result.roots.enumerated() {
      let pi = Interval(
        between: Real.pi(precision: 300, rounding: .down),
        and: Real.pi(precision: 300, rounding: .up))
      let multiple = Interval.mul(Interval(k), pi, precision: 300)
      #expect(!multiple.isDisjoint(from: root))
      #expect(Decimal.digits(of: root, significant: 60) != nil)
    }
  }

  @Test("a root at the first cut counts once")
  func cut() throws {
    let cut = RationalSample.dyadic(try rational(493, 1009), width: 1)
    let parabola = ClosureFunction { x, p in
      let c = Interval(cut, precision: p)
      let t = Interval.sub(x, c, precision: p)
      let s = Interval.add(x, Interval(1), precision: p)
      return (
        Interval.mul(
          t, Interval.mul(s, Interval.sub(x, Interval(2), precision: p), precision: p), precision: p
        ),
        Interval.sub(
          Interval.mul(Interval.mul(Interval(3), x, precision: p), x, precision: p),
          Interval.add(
            Interval.mul(
              Interval.mul(Interval(2), x, precision: p),
              Interval.add(c, Interval(1), precision: p), precision: p),
            Interval.sub(Interval(2), c, precision: p), precision: p), precision: p)
      )
    }
    let result = try CertifiedRoots(of: parabola, from: 0, to: 1)
    #expect(result.roots.count == 1)
  }

  @Test("a double root is left undecided, a miss is not reported")
  func double() throws {
    let square = ClosureFunction { x, p in
      let t = Interval.sub(x, Interval(1), precision: p)
      return (Interval.sqr(t, precision: p), Interval.mul(Interval(2), t, precision: p))
    }
    let result = try CertifiedRoots(of: square, from: 0, to: 3)
    #expect(result.roots.isEmpty)
    #expect(result.undecided.contains { $0.contains(Real(1)) })
    let above = try CertifiedRoots(of: square, from: 2, to: 3)
    #expect(above.roots.isEmpty && above.undecided.isEmpty)
    #expect(throws: RootError.self) { try CertifiedRoots(of: square, from: 3, to: 2) }
  }
}
