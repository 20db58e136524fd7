import Algebra
import Arbitrary
import Exact

/// Places of the curve on lines to any number of digits.
///
/// **Guarantee:** what is returned holds exactly one place of the curve on the line between the given
/// bounds, and the interval Newton operator keeps it.
///
/// Source: interval Newton with doubling precision, as in Neumaier 1990, 5.1: the value at the middle at the
/// full precision, the slope over the interval at half of it, as its width enters only at second order.
struct CurveRefinement<Curve: PlaneCurve>: Sendable {
  let curve: Curve
  let frame: CurveFrame
  var control = WorkControl()

  /// A line: the axis whose coordinate is fixed, at a number known to any precision.
  struct Line: Sendable {
    let axis: PlaneAxis
    /// The number itself in the curve's own coordinate, where it is rational.
    var exact: Rational?
    let fixed: @Sendable (Int) -> Interval
  }

  func value(_ line: Line, _ t: Interval, _ precision: Int) throws -> Interval {
    let fixed = line.fixed(precision)
    return line.axis == .x
      ? try curve.value(x: fixed, y: t, precision: precision)
      : try curve.value(x: t, y: fixed, precision: precision)
  }

  func slope(_ line: Line, _ t: Interval, _ precision: Int) throws -> Interval {
    let fixed = line.fixed(precision)
    let all =
      line.axis == .x
      ? try curve.enclose(x: fixed, y: t, precision: precision)
      : try curve.enclose(x: t, y: fixed, precision: precision)
    return line.axis == .x ? all.dy : all.dx
  }

  /// The one place of the curve on a line between two bounds, as the asked coordinate with so many digits.
  ///
  /// - Parameters:
  ///   - sign: the sign of the function at the lower bound and below the place.
  /// - Returns: nil where the digits are not reached.
  func place(
    _ line: Line, from a: Double, to b: Double, signBelow sign: Int, digits: Int
  ) throws -> CertifiedCoordinate? {
    let free = frame.axis(line.axis.other)
    if let place = try refined(line, a, b, digits) { return place }
    var precision = 128
    guard var box = try start(line, a, b, sign) else { return nil }
    let goal = digits * 10 / 3 + 24
    let limit = 4 * goal + 4096
    while precision <= limit {
      try control.throwIfCancelled()
      let before = box.width
      let middle = Interval(box.midpoint)
      let slope = try self.slope(line, box, max(precision / 2, 96))
      if CertifiedRoots.isDefinite(slope) {
        let value = try self.value(line, middle, precision)
        let image = Interval.sub(
          middle, Interval.div(value, slope, precision: precision), precision: precision)
        let next = box.intersection(image)
        if next.isEmpty { return nil }
        box = next
      } else {
        // Flat: halves by signs.
        var isSmaller = false
        for _ in 0..<24 {
          let middle = Interval(box.midpoint)
          guard let side = try value(line, middle, precision).certainSign, side != 0 else { break }
          let half =
            side == sign
            ? try Interval(lower: middle.upper, upper: box.upper)
            : try Interval(lower: box.lower, upper: middle.lower)
          box = half
          isSmaller = true
        }
        if !isSmaller, precision > 1024 { return try exact(line, box, digits) }
      }
      if let found = settled(box, free, digits) { return found }
      if box.containsZero, let zero = try exact(line, box, digits) { return zero }
      // At the end of what this precision tells, more of it; as long as steps are good, twice as much.
      let width = box.width
      let place = box.midpoint.exponent ?? 0
      let reached = place - (width.exponent ?? place)
      if !(Real.scale(width, byPowerOfTwo: 8, precision: 64) < before)
        || reached * 2 > precision - 16
      {
        if let short = try exact(line, box, digits) { return short }
        precision = max(precision + 64, min(2 * precision, goal + 64 + max(0, -place)))
      }
    }
    return nil
  }

  /// The place by the function along the line, where that is to be had and does not meet a multiple root.
  private func refined(
    _ line: Line, _ a: Double, _ b: Double, _ digits: Int
  ) throws -> CertifiedCoordinate? {
    let free = frame.axis(line.axis.other)
    guard a < b, let function = curve.section(fixing: line.axis, at: line.fixed) else { return nil }
    let root = RefinableRoot(function, in: free.interval(a, b, precision: 128))
    var bits = digits * 10 / 3 + 16
    for _ in 0..<3 {
      let box: Interval
      do { box = try root.interval(bits: bits) } catch RootError.cancelled {
        throw RootError.cancelled
      } catch { return nil }
      if let found = settled(box, free, digits) { return found }
      // A rounding tie, a zero or a number with few digits.
      if let found = try exact(line, box, digits) { return found }
      bits += 64
    }
    return nil
  }

  /// A small interval around an approximation of the place.
  private func start(_ line: Line, _ a: Double, _ b: Double, _ sign: Int) throws -> Interval? {
    let free = frame.axis(line.axis.other)
    let whole = free.interval(a, b, precision: 128)
    guard a < b else { return whole }
    let fixed = DoubleInterval(line.fixed(64))
    func rough(_ t: Double) -> Double {
      let t = free.bounds(t)
      let value =
        line.axis == .x ? curve.value(x: fixed, y: t) : curve.value(x: t, y: fixed)
      return value.midpoint * Double(sign)
    }
    var (low, high) = (a, b)
    var (atLow, atHigh) = (rough(a), rough(b))
    guard atLow.isFinite, atHigh.isFinite, atLow > 0, atHigh < 0 else { return whole }
    // False position with the ends' values halved in turn (Illinois).
    var side = 0
    for round in 0..<100 where high - low > 1e-15 * max(low.magnitude, high.magnitude) {
      var t =
        round % 8 == 7 ? low + (high - low) / 2 : low + (high - low) * atLow / (atLow - atHigh)
      if !(t > low && t < high) { t = low + (high - low) / 2 }
      if !(t > low && t < high) { break }
      let value = rough(t)
      if value == 0 || !value.isFinite {
        (low, high) = (t, t)
      } else if value > 0 {
        (low, atLow) = (t, value)
        if side < 0 { atHigh /= 2 }
        side = -1
      } else {
        (high, atHigh) = (t, value)
        if side > 0 { atLow /= 2 }
        side = 1
      }
    }
    let near = low + (high - low) / 2
    for margin in [1e-13, 1e-9, 1e-5] {
      let (p, q) = (near - margin * near.magnitude, near + margin * near.magnitude)
      guard p > a, q < b, p < q else { continue }
      if try value(line, Interval(p), 128).certainSign == sign,
        try value(line, Interval(q), 128).certainSign == -sign
      {
        return try Interval(lower: Real(p), upper: Real(q))
      }
    }
    return whole
  }

  /// The asked coordinate where its digits are certain.
  private func settled(_ box: Interval, _ free: FrameAxis, _ digits: Int) -> CertifiedCoordinate? {
    let precision = max(box.precision, 128)
    let asked = free.map?.inverse(box, precision) ?? box
    return Decimal.digits(of: asked, significant: digits) != nil ? .enclosed(asked) : nil
  }

  /// The simplest number of the interval, where the function vanishes there.
  private func exact(
    _ line: Line, _ box: Interval, _ digits: Int
  ) throws -> CertifiedCoordinate? {
    let free = frame.axis(line.axis.other)
    guard free.map == nil, let a = Rational(exactly: box.lower),
      let b = Rational(exactly: box.upper), a < b
    else { return nil }
    let near = a <= .zero && b >= .zero ? .zero : RationalSample.simplest(between: a, and: b)
    guard let c = line.exact else { return nil }
    let sign =
      line.axis == .x ? curve.exactSign(x: c, y: near) : curve.exactSign(x: near, y: c)
    return sign == 0 ? .exact(near) : nil
  }
}
