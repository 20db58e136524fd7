import Arbitrary
import Exact

/// The integral of the coordinate across an arc over the coordinate along it, in the asked coordinates, as an enclosure.
///
/// On a piece from A to B, of which m is a point and the slopes dS/dT are in D,
/// ∫ S dT = S(m)(B - A) + ∫ (S(T) - S(m)) dT lies in S(m)(B - A) + D(B - m)²/2 - D(m - A)²/2,
/// by the mean value theorem on either side of m; with m about the middle that is of third order in the length, as the
/// width of D is of first. The bounds of S from its own range over the piece are used where they are better, such as where
/// there are no slopes. Pieces are halved until their widths are as small as asked, or the number of pieces is used up.
struct ArcIntegral<Curve: PlaneCurve> {
  let curve: Curve
  let frame: CurveFrame
  let arc: CurveArc

  private var along: FrameAxis { frame.axis(arc.axis) }
  private var across: FrameAxis { frame.axis(arc.axis.other) }

  /// Bounds of the curve across over a part of the arc, in its own coordinates, by the interval Newton operator until
  /// it gains nothing.
  func tube(_ u: DoubleInterval, from start: DoubleInterval) -> (
    across: DoubleInterval, slope: DoubleInterval
  ) {
    var v = start
    var slope = DoubleInterval.entire
    for _ in 0..<16 {
      let c = DoubleInterval(point: v.midpoint)
      let all = arc.axis == .x ? curve.enclose(x: u, y: v) : curve.enclose(x: v, y: u)
      slope = -(all.slope(arc.axis) / all.slope(arc.axis.other))
      let value = arc.axis == .x ? curve.value(x: u, y: c) : curve.value(x: c, y: u)
      guard let next = v.intersection(c - value / all.slope(arc.axis.other)) else { break }
      let isGood = next.width < 0.7 * v.width
      v = next
      if !isGood { break }
    }
    return (v, slope)
  }

  var wholeAcross: DoubleInterval {
    across.bounds(arc.cell.low(arc.axis.other), arc.cell.high(arc.axis.other))
  }

  /// A bound of ∫ |dY| over a part of the arc, Y being the vertical of the asked coordinates.
  func variation(_ a: Double, _ b: Double, isMonotone: Bool) -> Double {
    let u = along.bounds(a, b)
    let length = asked(a, b).width
    if arc.axis == .y { return length }
    let (v, slope) = tube(u, from: wholeAcross)
    if isMonotone { return across.asked(v).width }
    return askedSlope(slope, u, v).magnitude * length
  }

  private struct Piece {
    let lower: Double
    let upper: Double
    let across: DoubleInterval
    let integral: DoubleInterval
  }

  /// The integral of the asked coordinate across, less an origin, over the asked coordinate along, from one own coordinate
  /// along to a greater one; its sign is that of the asked direction.
  ///
  /// - Parameters:
  ///   - tolerance: the width that is asked of the whole.
  ///   - limit: the number of pieces.
  func over(
    _ a: Double, _ b: Double, origin: DoubleInterval, tolerance: Double, limit: Int
  ) -> DoubleInterval {
    guard a < b else { return .zero }
    var done = DoubleInterval.zero
    var open = [piece(a, b, wholeAcross, origin)]
    var count = 1
    let length = asked(a, b).width
    // All that are too wide are halved together, so that the limit leaves no part of the arc coarse.
    while !open.isEmpty {
      var next: [Piece] = []
      for piece in open {
        let share = length > 0 ? asked(piece.lower, piece.upper).width / length : 0
        let middle = self.middle(piece.lower, piece.upper)
        guard piece.integral.width > tolerance * max(share, 1e-9), count < limit,
          middle > piece.lower, middle < piece.upper
        else {
          done = done + piece.integral
          continue
        }
        next.append(self.piece(piece.lower, middle, piece.across, origin))
        next.append(self.piece(middle, piece.upper, piece.across, origin))
      }
      count += next.count / 2
      open = next
    }
    return done
  }

  private func piece(
    _ a: Double, _ b: Double, _ start: DoubleInterval, _ origin: DoubleInterval
  ) -> Piece {
    let u = along.bounds(a, b)
    let (v, slope) = tube(u, from: start)
    if let integral = expansion(a, b, u, v, origin) {
      return Piece(lower: a, upper: b, across: v, integral: integral)
    }
    let (low, high) = (along.asked(bounds: a), along.asked(bounds: b))
    let range = across.asked(v) - origin
    let length = high - low
    var integral = range * length
    let m = middle(a, b)
    if m > a, m < b, v.isBounded {
      let at = along.asked(bounds: m)
      let (before, after) = (at - low, high - at)
      let value = across.asked(tube(along.bounds(m), from: v).across) - origin
      let derivative = askedSlope(slope, u, v)
      let half = DoubleInterval(point: 0.5)
      let better =
        value * length + derivative * (after * after * half) - derivative * (before * before * half)
      if let both = integral.intersection(better) { integral = both }
    }
    return Piece(lower: a, upper: b, across: v, integral: integral)
  }

  // MARK: Taylor's formula

  /// The terms that are used; an even number, so that the weight of the remainder has one sign.
  private static var order: Int { 8 }

  /// The integral by Taylor's formula about the middle: the coefficients there, and the next one at every point of the
  /// piece as remainder. Nil where the function has no series.
  private func expansion(
    _ a: Double, _ b: Double, _ u: DoubleInterval, _ v: DoubleInterval, _ origin: DoubleInterval
  ) -> DoubleInterval? {
    let m = middle(a, b)
    guard m > a, m < b else { return nil }
    let at = along.bounds(m)
    guard let remainder = integrand(u, v, origin, count: Self.order + 1)?.coefficients[Self.order],
      remainder.isBounded,
      let terms = integrand(at, tube(at, from: v).across, origin, count: Self.order)
    else { return nil }
    let (p, q) = (along.bounds(a) - at, along.bounds(b) - at)
    var total = DoubleInterval.zero
    var (left, right) = (p, q)
    for (k, term) in (terms.coefficients + [remainder]).enumerated() {
      total = total + term * ((right - left) / DoubleInterval(point: Double(k + 1)))
      (left, right) = (left * p, right * q)
    }
    return total
  }

  /// (S - origin)·dT/dt as a series in the own coordinate along.
  private func integrand(
    _ u: DoubleInterval, _ v: DoubleInterval, _ origin: DoubleInterval, count: Int
  ) -> TaylorSeries? {
    let t = TaylorSeries(coordinate: u, count: count + 1)
    guard let s = graph(t.prefix(count), v), var value = across.asked(s) else { return nil }
    value.coefficients[0] = value.coefficients[0] - origin
    guard along.map != nil else { return value }
    return along.asked(t).map { value * $0.derivative }
  }

  /// The series of s(t), by Newton's iteration: where the first k coefficients are right, F of them begins with τᵏ, and the next k
  /// are those of -F/F_s.
  private func graph(_ t: TaylorSeries, _ v: DoubleInterval) -> TaylorSeries? {
    var s = TaylorSeries([v])
    while s.count < t.count {
      let (known, next) = (s.count, min(2 * s.count, t.count))
      let (u, w) = (t.prefix(next), s.prefix(next))
      guard
        let all = arc.axis == .x
          ? curve.series(x: u, y: w, slope: .y) : curve.series(x: w, y: u, slope: .x),
        !all.slope.coefficients[0].containsZero
      else { return nil }
      let rest = TaylorSeries(Array(all.value.coefficients[known...]))
      let step = rest / all.slope.prefix(rest.count)
      s.coefficients += step.coefficients.map { -$0 }
    }
    return s
  }

  /// dS/dT from ds/dt by the chain rule.
  private func askedSlope(
    _ slope: DoubleInterval, _ u: DoubleInterval, _ v: DoubleInterval
  ) -> DoubleInterval {
    var result = slope
    if let map = along.map { result = result * map.slope(u, asked: along.asked(u)) }
    if let map = across.map { result = result / map.slope(v, asked: across.asked(v)) }
    return result
  }

  private func asked(_ a: Double, _ b: Double) -> DoubleInterval {
    along.asked(bounds: a).union(along.asked(bounds: b))
  }

  /// A place between, about in the middle as the asked coordinate measures.
  private func middle(_ a: Double, _ b: Double) -> Double {
    guard let map = along.map else { return a + (b - a) / 2 }
    let (p, q) = (along.asked(bounds: a).midpoint, along.asked(bounds: b).midpoint)
    let image = map.forward(Interval(p + (q - p) / 2), 64).midpoint.approximateDouble
    return image > a && image < b ? image : a + (b - a) / 2
  }
}

extension FrameAxis {
  /// The asked coordinate of a double that stands for a cut or an end.
  func asked(bounds c: Double) -> DoubleInterval {
    if let end = asked(c) { return DoubleInterval(end) }
    guard let map else { return DoubleInterval(point: c) }
    return DoubleInterval(map.inverse(Interval(c), 64))
  }

  /// The asked coordinates of a range of own ones, as far as they are in the asked range.
  func asked(_ own: DoubleInterval) -> DoubleInterval {
    let whole = DoubleInterval(range.lower).union(DoubleInterval(range.upper))
    guard let map else { return own.intersection(whole) ?? own }
    let image = DoubleInterval(map.inverse(own.interval(precision: 53), 64))
    return image.intersection(whole) ?? image
  }
}

extension CoordinateMap {
  /// The derivative of the own coordinate by the asked one: k(ad - bc)/(ct + d)².
  func slope(_ own: DoubleInterval, asked t: DoubleInterval) -> DoubleInterval {
    guard let kernel else { return .entire }
    let numbers = kernel.map { DoubleInterval(Interval($0, precision: 53)) }
    let base = numbers[2] * t + numbers[3]
    let determinant = DoubleInterval(
      Interval(kernel[0] * kernel[3] - kernel[1] * kernel[2], precision: 53))
    return own * determinant / (base * base)
  }
}
