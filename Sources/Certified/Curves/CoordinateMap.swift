import Arbitrary
import Exact
import Symbolic

/// A strictly monotone continuous change of one coordinate: the curve lives over k = f(t), boxes and points are
/// asked and given in t.
///
/// Where every unknown enters a function through one such kernel only, the curve in kernel coordinates
/// is a polynomial one, and monotony carries its topology over.
public struct CoordinateMap: Sendable {
  /// An enclosure of f over an interval of t; the limit at an end of the domain included.
  public let forward: @Sendable (Interval, Int) -> Interval
  /// An enclosure of the inverse over an interval of k.
  public let inverse: @Sendable (Interval, Int) -> Interval
  /// Whether f decreases.
  public let isDecreasing: Bool

  /// The numbers a, b, c, d of ``exponential(_:_:_:_:)``.
  let kernel: [Integer]?

  private init(
    isDecreasing: Bool, kernel: [Integer]?,
    forward: @escaping @Sendable (Interval, Int) -> Interval,
    inverse: @escaping @Sendable (Interval, Int) -> Interval
  ) {
    self.isDecreasing = isDecreasing
    self.kernel = kernel
    self.forward = forward
    self.inverse = inverse
  }

  /// exp((a·t + b)/(c·t + d)), on a range inside which c·t + d has no zero; at a zero of it, which must be an
  /// end where the fraction goes to minus infinity, the limit 0.
  ///
  /// - Returns: nil where the function is constant.
  public static func exponential(
    _ a: Integer, _ b: Integer, _ c: Integer, _ d: Integer
  ) -> CoordinateMap? {
    let determinant = (a * d - b * c).signum
    if determinant == 0 { return nil }
    let limit = c.isZero ? nil : try? Rational(-d, c)
    @Sendable func linear(_ m: Integer, _ t: Interval, _ n: Integer, _ precision: Int) -> Interval {
      Interval.add(
        Interval.mul(Interval(m, precision: precision), t, precision: precision),
        Interval(n, precision: precision), precision: precision)
    }
    let form = MapForm(a, b, c, d)
    @Sendable func image(_ t: Real, _ precision: Int) -> Interval {
      if let limit, t.compare(limit) == 0 { return .zero }
      if let image = form?.forward.value(at: t, precision: precision), image.isUseful {
        return image.interval
      }
      let (t, p) = (Interval(t), precision + 32)
      let fraction = Interval.div(linear(a, t, b, p), linear(c, t, d, p), precision: p)
      return Interval.exp(fraction, precision: precision)
    }
    @Sendable func preimage(_ k: Real, _ precision: Int) -> Interval {
      if k.signum <= 0 {
        return limit.map { Interval($0, precision: precision) } ?? .entire
      }
      let p = precision + 32
      let log = Interval.log(Interval(k), precision: p)
      return Interval.div(linear(d, log, -b, p), linear(-c, log, a, p), precision: precision)
    }
    return CoordinateMap(
      isDecreasing: determinant < 0, kernel: [a, b, c, d],
      forward: { t, precision in
        image(t.lower, precision).union(t.isPoint ? .empty : image(t.upper, precision))
      },
      inverse: { k, precision in
        // Of narrow intervals, as coordinates of points are, a ball loses nothing.
        if let form, (RefinableRoot.significantBits(k) ?? 0) >= min(precision - 64, 40) {
          let image = form.inverse.value(
            over: Ball(k, precision: precision), precision: precision)
          if image.isUseful { return image.interval }
        }
        return preimage(k.lower, precision).union(k.isPoint ? .empty : preimage(k.upper, precision))
      })
  }
}

extension CoordinateMap {
  /// The kernel as a formula in a name.
  public func formula(in name: String) -> String? {
    guard let kernel else { return nil }
    func linear(_ m: Integer, _ n: Integer) -> String {
      var text = m.isZero ? "" : m == 1 ? name : m == -1 ? "-\(name)" : "\(m)*\(name)"
      if !n.isZero || text.isEmpty {
        text += text.isEmpty ? "\(n)" : n.isNegative ? " - \(-n)" : " + \(n)"
      }
      return text
    }
    let (top, bottom) = (linear(kernel[0], kernel[1]), linear(kernel[2], kernel[3]))
    func grouped(_ text: String) -> String { text.contains(" ") ? "(\(text))" : text }
    if bottom == "1" { return "exp(\(top))" }
    let isPlain = kernel[3].isZero && kernel[2] == 1 || kernel[2].isZero
    return "exp(\(grouped(top))/\(isPlain ? bottom : "(\(bottom))"))"
  }
}

/// An exponential map and its inverse in balls.
private struct MapForm: Sendable {
  let forward: FormulaSection
  let inverse: FormulaSection

  init?(_ a: Integer, _ b: Integer, _ c: Integer, _ d: Integer) {
    let symbol = Symbol("t", .real)
    let t = Expression.symbol(symbol)
    func number(_ n: Integer) -> Expression { .rational(Rational(n)) }
    func section(_ formula: Expression) -> FormulaSection? {
      guard let program = try? Program([formula], inputs: [symbol]),
        let form = SectionForm(program, moving: 0)
      else { return nil }
      return FormulaSection(form) { _ in [] }
    }
    guard let forward = section(exp((number(a) * t + number(b)) / (number(c) * t + number(d)))),
      let inverse = section(
        (number(d) * log(t) - number(b)) / (number(a) - number(c) * log(t)))
    else { return nil }
    self.forward = forward
    self.inverse = inverse
  }
}

extension Ball {
  /// Whether it is bounded and not empty.
  fileprivate var isUseful: Bool { !isEmpty && !isEntire }
}

/// One side of the rectangle that is traced, in the curve's own coordinate.
///
/// Cuts are doubles, so exact; the two ends may be any real numbers. A double stands for an end where it
/// is equal to the end's own double, which no cut is.
struct FrameAxis: Sendable {
  /// The ends as asked, in increasing order.
  let range: (lower: Rational, upper: Rational)
  let map: CoordinateMap?
  /// The doubles that stand for the ends, in increasing order of the curve's coordinate.
  let low: Double
  let high: Double
  private let lowBounds: DoubleInterval
  private let highBounds: DoubleInterval

  /// - Throws: ``RootError/badInput(_:)`` where doubles do not tell the ends apart.
  init(_ lower: Rational, _ upper: Rational, map: CoordinateMap?) throws {
    range = (lower, upper)
    self.map = map
    let ends = map?.isDecreasing == true ? (upper, lower) : (lower, upper)
    let (a, b) = (Self.image(ends.0, map, 96), Self.image(ends.1, map, 96))
    lowBounds = DoubleInterval(a)
    highBounds = DoubleInterval(b)
    low = a.midpoint.approximateDouble
    high = b.midpoint.approximateDouble
    guard low.isFinite, high.isFinite, low < high,
      highBounds.lower - lowBounds.upper > 1e-9 * (high - low)
    else {
      throw RootError.badInput("the ends of an axis are too near or too far for doubles")
    }
  }

  private static func image(_ t: Rational, _ map: CoordinateMap?, _ precision: Int) -> Interval {
    let point = Interval(t, precision: precision)
    return map?.forward(point, precision) ?? point
  }

  var size: Double { high - low }

  func isEnd(_ c: Double) -> Bool { c == low || c == high }

  /// The end of the asked range that a double stands for.
  func asked(_ c: Double) -> Rational? {
    let isLow = c == low
    guard isLow || c == high else { return nil }
    return isLow == (map?.isDecreasing == true) ? range.upper : range.lower
  }

  func bounds(_ c: Double) -> DoubleInterval {
    c == low ? lowBounds : c == high ? highBounds : DoubleInterval(point: c)
  }

  func bounds(_ a: Double, _ b: Double) -> DoubleInterval {
    DoubleInterval(bounds(a).lower, bounds(b).upper)
  }

  func interval(_ c: Double, precision: Int) -> Interval {
    asked(c).map { Self.image($0, map, precision) } ?? Interval(c, precision: max(precision, 53))
  }

  func interval(_ a: Double, _ b: Double, precision: Int) -> Interval {
    interval(a, precision: precision).union(interval(b, precision: precision))
  }

  /// The number that a double stands for; nil for the image of an end.
  func exact(_ c: Double) -> Rational? {
    if let end = asked(c), map == nil { return end }
    let bounds = bounds(c)
    return bounds.lower == bounds.upper ? Rational(exactly: bounds.lower) : nil
  }
}

/// The rectangle that is traced.
struct CurveFrame: Sendable {
  let x: FrameAxis
  let y: FrameAxis

  func axis(_ a: PlaneAxis) -> FrameAxis { a == .x ? x : y }
}

/// A part of the rectangle, between doubles that stand for cuts or ends.
struct CurveCell: Sendable, Hashable {
  var x0: Double
  var x1: Double
  var y0: Double
  var y1: Double

  func low(_ a: PlaneAxis) -> Double { a == .x ? x0 : y0 }
  func high(_ a: PlaneAxis) -> Double { a == .x ? x1 : y1 }

  func meets(_ other: CurveCell) -> Bool {
    x0 <= other.x1 && other.x0 <= x1 && y0 <= other.y1 && other.y0 <= y1
  }

  func parts(at cut: Double, _ axis: PlaneAxis) -> (CurveCell, CurveCell) {
    axis == .x
      ? (CurveCell(x0: x0, x1: cut, y0: y0, y1: y1), CurveCell(x0: cut, x1: x1, y0: y0, y1: y1))
      : (CurveCell(x0: x0, x1: x1, y0: y0, y1: cut), CurveCell(x0: x0, x1: x1, y0: cut, y1: y1))
  }
}
