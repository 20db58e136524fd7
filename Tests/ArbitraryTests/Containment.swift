import Arbitrary
import Exact
import TestSupport

/// What a test of an enclosure asks: is a value, itself known only as a much tighter enclosure, inside?
///
/// An undefined value (empty) is inside anything.
func encloses(_ result: Interval, _ sharp: Interval) -> Bool { sharp.isSubset(of: result) }

func encloses(_ result: ComplexInterval, _ sharp: ComplexInterval) -> Bool {
  sharp.isEmpty || (encloses(result.re, sharp.re) && encloses(result.im, sharp.im))
}

/// Where sharp values do not fit into one point: the two must have a point in common, or the sharp one
/// lies on the other side of a cut.
func overlaps(_ a: ComplexInterval, _ b: ComplexInterval) -> Bool {
  !a.re.isDisjoint(from: b.re) && !a.im.isDisjoint(from: b.im)
}

extension SeededGenerator {
  /// A fraction k/2^20 or k/3^12, of magnitude below about `bound`.
  mutating func rational(below bound: Int) -> Rational {
    let denominators: [Int] = [1 << 20, 531_441, 1, 8]
    let d = denominators[Int(next() % 4)]
    let n = Int(next() % UInt64(bound * d + 1))
    let value = (try? Rational(Integer(n), Integer(d))) ?? 0
    return next() & 1 == 0 ? value : -value
  }

  /// A box of random place and width, sometimes a point, and points inside it.
  mutating func box(below bound: Int, precision: Int) -> (box: Interval, points: [Rational]) {
    let a = rational(below: bound)
    let scales: [Rational] = [0, Rational("1e-9") ?? 0, Rational("1/16") ?? 0, 1, 5]
    let b = a + rational(below: bound) * scales[Int(next() % 5)]
    let (low, high) = a < b ? (a, b) : (b, a)
    var points = [low, high]
    for _ in 0..<4 {
      let t = (try? Rational(Integer(Int(next() % 1025)), 1024)) ?? 0
      points.append(low + (high - low) * t)
    }
    if low <= 0 && 0 <= high { points.append(0) }
    let box = try? Interval(lower: low, upper: high, precision: precision)
    return (box ?? .entire, points)
  }
}
