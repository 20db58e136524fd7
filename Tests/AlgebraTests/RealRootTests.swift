import Exact
import TestSupport
import Testing

@testable import Algebra

private let x = IntegerPolynomial.variable

func chebyshev(_ n: Int) -> IntegerPolynomial {
  var (a, b) = (IntegerPolynomial.one, x)
  for _ in 0..<n { (a, b) = (b, (x * b).scaled(by: 2) - a) }
  return a
}

func wilkinson(_ n: Int) -> IntegerPolynomial {
  (1...n).reduce(IntegerPolynomial.one) { $0.multiplied(by: poly(1, Integer(-$1))) }
}

/// Checks that the roots are ordered, disjoint, each alone in its interval, and as many as Sturm says.
func checkIsolation(_ f: IntegerPolynomial, _ roots: [IsolatedRoot]) throws {
  let sturm = try SturmSequence(f)
  #expect(roots.count == sturm.count())
  let part = try f.squareFreePart()
  for (a, b) in zip(roots, roots.dropFirst()) { #expect(a.upper <= b.lower) }
  for root in roots {
    switch root {
    case .exact(let value): #expect(f.sign(at: value) == 0)
    case .interval(let i):
      #expect(part.sign(at: i.lower) * part.sign(at: i.upper) == -1)
      #expect(sturm.count(in: RationalRange(lower: .open(i.lower), upper: .open(i.upper))) == 1)
    }
  }
}

@Suite("Isolation of real roots")
struct RealRootTests {
  @Test("named families against Sturm's count")
  func families() throws {
    var cases: [(IntegerPolynomial, Int)] = [
      (wilkinson(20), 20), (wilkinson(50), 50), (chebyshev(30), 30), (chebyshev(31), 31),
      (x.power(12) - poly(1), 2), (x.power(9) - poly(1), 1), (x.power(4) + poly(1), 0),
      (poly(5), 0), (x, 1), (x.power(5), 1), (wilkinson(3).power(3) * x.power(2), 4),
      (swinnertonDyer(4), 16),
    ]
    // Mignotte: two roots near 1/a, about a^(-(n+2)/2) apart.
    cases.append((x.power(20) - poly(1000, -1).power(2).scaled(by: 2), 4))
    // 1/3 and 1/3 + 1e-12, and irrational ones as near.
    cases.append((poly(3, -1) * poly(3_000_000_000_000, -1_000_000_000_003), 2))
    cases.append((poly(1, 0, -2) * poly(1_000_000_000_000, 0, -2_000_000_000_001), 4))
    for (f, count) in cases {
      let roots = try RealRootIsolation.isolate(f)
      #expect(roots.count == count)
      try checkIsolation(f, roots)
    }
    #expect(throws: ArithmeticError.self) { try RealRootIsolation.isolate(.zero) }
  }

  @Test("many roots close together")
  func chebyshevHundred() throws {
    let roots = try RealRootIsolation.isolate(chebyshev(100))
    #expect(roots.count == 100)
    for (a, b) in zip(roots, roots.reversed()) { #expect(a.lower == -b.upper) }
  }

  @Test("random polynomials, whole line and ranges", arguments: 0..<40 as Range<UInt64>)
  func random(seed: UInt64) throws {
    var g = SeededGenerator(seed: seed)
    let degree = 1 + Int(g.next() % 12)
    let bits = 1 + Int(g.next() % 30)
    var coefficients = (0...degree).map { _ in g.integer(bits: bits) }
    if coefficients[degree].isZero { coefficients[degree] = 1 }
    // A few rational roots, so that ends of ranges can be roots.
    let f = IntegerPolynomial(coefficients) * poly(2, -1) * poly(3, 2) * poly(1, 1)
    try checkIsolation(f, RealRootIsolation.isolate(f))
    let sturm = try SturmSequence(f)
    let ends: [Rational] = try [-1, Rational(-2, 3), 0, Rational(1, 2), 1, Rational(7, 3)]
    for a in ends {
      for b in ends {
        for lower in [RationalRange.Bound.open(a), .closed(a), .unbounded] {
          for upper in [RationalRange.Bound.open(b), .closed(b), .unbounded] {
            let range = RationalRange(lower: lower, upper: upper)
            let count = try RealRootIsolation.count(f, in: range)
            #expect(count == sturm.count(in: range), "\(f) in \(range)")
          }
        }
      }
    }
  }

  @Test("no root lies at an end of an interval, also beside exact roots")
  func exactNeighbours() throws {
    // 1/2 is found by halving; the roots beside it share no end with it.
    let f = poly(2, -1) * poly(16, -16, 3) * poly(64, -64, 15) * poly(1, 0, -2)
    let roots = try RealRootIsolation.isolate(f)
    try checkIsolation(f, roots)
    #expect(roots.count == 7)
  }

  @Test("refinement keeps the root and reaches the width", arguments: [0, 1, 5, 64, 1000])
  func refinement(bits: Int) throws {
    for f in [chebyshev(9), swinnertonDyer(3), poly(1, -3, -4, -1), poly(1_000_003, 0, 0, -2)] {
      for root in try RealRootIsolation.isolate(f) {
        let fine = RealRootIsolation.refine(root, of: f, toBits: bits)
        guard case .interval(let i) = fine else {
          #expect(f.sign(at: fine.lower) == 0)
          continue
        }
        #expect(i.exponent >= bits)
        #expect(f.sign(at: i.lower) * f.sign(at: i.upper) == -1)
        #expect(root.lower <= i.lower && i.upper <= root.upper)
        // The neighbouring interval has no change of sign: a shifted answer would be noticed.
        let shifted = DyadicInterval(numerator: i.numerator + 1, exponent: i.exponent)
        if i.exponent > 64 {
          #expect(f.sign(at: shifted.lower) * f.sign(at: shifted.upper) == 1)
        }
      }
    }
  }
}
