import Exact

/// A rectangle of complex numbers whose parts are balls.
///
/// **Guarantee:** f(z) lies in the result for every z of the rectangle; where f is not defined at some of
/// them, a part may be the whole line, and where at none, both are empty. Principal values throughout, with
/// the branch cuts of ``ComplexInterval``. Exactly real arguments (`im` is the point 0) give exactly real
/// results where the function is real there.
///
/// The ring operations are those of the parts. Functions of real numbers are those of ``Ball``; all others
/// are had from the rectangle of intervals around the balls, so that there is one algorithm for each.
public typealias ComplexBall = Complex<Ball>

extension Complex where F == Ball {
  /// The greater precision of the two midpoints.
  public var precision: Int { Swift.max(re.precision, im.precision) }

  /// Whether no number is enclosed.
  public var isEmpty: Bool { re.isEmpty || im.isEmpty }
  /// Whether zero is enclosed.
  public var containsZero: Bool { re.containsZero && im.containsZero }

  /// The empty rectangle.
  public static var empty: ComplexBall { ComplexBall(re: .empty, im: .empty) }
  /// The whole plane.
  public static var entire: ComplexBall { ComplexBall(re: .entire, im: .entire) }

  /// An exactly real enclosure; empty in both parts where `real` is empty.
  public init(real: Ball) { self.init(re: real, im: real.isEmpty ? .empty : .zero) }

  /// Balls around the parts of a rectangle.
  public init(_ box: ComplexInterval, precision: Int) {
    self =
      box.isEmpty
      ? .empty
      : ComplexBall(re: Ball(box.re, precision: precision), im: Ball(box.im, precision: precision))
  }

  /// The rectangle of intervals around the balls.
  public var box: ComplexInterval {
    isEmpty ? .empty : ComplexInterval(re: re.interval, im: im.interval)
  }

  /// The same numbers with midpoints of another precision.
  public func rounded(precision: Int) -> ComplexBall {
    ComplexBall(re: re.rounded(precision: precision), im: im.rounded(precision: precision))
  }

  /// Whether the number re + i·im is enclosed, decided exactly as by ``Ball``.
  public func contains(re x: Rational, im y: Rational) -> Bool {
    re.contains(x) && im.contains(y)
  }

  /// A function by that of rectangles of intervals.
  private static func image(
    _ z: ComplexBall, _ p: Int, _ f: (ComplexInterval, Int) -> ComplexInterval
  ) -> ComplexBall {
    if z.isEmpty { return .empty }
    let box = ComplexInterval(re: z.re.ends(precision: p), im: z.im.ends(precision: p))
    return ComplexBall(f(box, p + 32), precision: p)
  }

  /// A function that is real at real numbers, all of them or those where `isReal` holds.
  private static func image(
    _ z: ComplexBall, _ p: Int, _ real: (Ball, Int) -> Ball,
    _ f: (ComplexInterval, Int) -> ComplexInterval, where isReal: (Ball) -> Bool = { _ in true }
  ) -> ComplexBall {
    if z.isReal, isReal(z.re) { return ComplexBall(real: real(z.re, p)) }
    return image(z, p, f)
  }
}

// MARK: - Arithmetic

extension Complex where F == Ball {
  /// z + w.
  public static func add(_ z: ComplexBall, _ w: ComplexBall, precision p: Int) -> ComplexBall {
    ComplexBall(re: Ball.add(z.re, w.re, precision: p), im: Ball.add(z.im, w.im, precision: p))
  }

  /// z - w, of points that are independent of each other.
  public static func sub(_ z: ComplexBall, _ w: ComplexBall, precision p: Int) -> ComplexBall {
    ComplexBall(re: Ball.sub(z.re, w.re, precision: p), im: Ball.sub(z.im, w.im, precision: p))
  }

  /// z·w, of points that are independent of each other.
  public static func mul(_ z: ComplexBall, _ w: ComplexBall, precision p: Int) -> ComplexBall {
    (z.rounded(precision: p + 16) * w.rounded(precision: p + 16)).rounded(precision: p)
  }

  /// z/w: the whole plane where `w` may be zero, empty where it is the point 0.
  public static func div(_ z: ComplexBall, _ w: ComplexBall, precision p: Int) -> ComplexBall {
    if z.isEmpty || w.isEmpty || w.isZero { return .empty }
    if w.containsZero { return .entire }
    guard let quotient = try? z.rounded(precision: p + 16) / w.rounded(precision: p + 16) else {
      return .entire
    }
    return quotient.rounded(precision: p)
  }

  /// z^n; 1 for n = 0, and for negative n with the conventions of ``div(_:_:precision:)``.
  public static func powInt(_ z: ComplexBall, _ n: Int, precision p: Int) -> ComplexBall {
    image(z, p, { Ball.powInt($0, n, precision: $1) }, { .powInt($0, n, precision: $1) })
  }

  /// The principal power e^(w log z), and 0^w = 0 where Re w > 0.
  public static func pow(_ z: ComplexBall, _ w: ComplexBall, precision p: Int) -> ComplexBall {
    if w.isReal, let n = w.re.exactValue, n.isInteger, let word = n.floor?.word {
      return powInt(z, word, precision: p)
    }
    if z.isEmpty || w.isEmpty { return .empty }
    let exponent = ComplexInterval(re: w.re.ends(precision: p), im: w.im.ends(precision: p))
    return image(z, p) { .pow($0, exponent, precision: $1) }
  }

  /// The principal power z^r.
  public static func pow(_ z: ComplexBall, _ r: Rational, precision p: Int) -> ComplexBall {
    image(
      z, p, { Ball.pow($0, r, precision: $1) }, { .pow($0, r, precision: $1) },
      where: { $0.certainSign == 1 })
  }
}

// MARK: - Functions

extension Complex where F == Ball {
  /// |z|.
  public static func abs(_ z: ComplexBall, precision p: Int) -> Ball {
    if z.isReal { return Ball.abs(z.re).rounded(precision: p) }
    return image(z, p) { ComplexInterval(real: ComplexInterval.abs($0, precision: $1)) }.re
  }

  /// The principal angle in (-π, π]; empty for the point 0.
  public static func arg(_ z: ComplexBall, precision p: Int) -> Ball {
    Ball.atan2(y: z.im, x: z.re, precision: p)
  }

  /// The principal square root, with the conventions of rectangles of intervals.
  public static func sqrt(_ z: ComplexBall, precision p: Int) -> ComplexBall {
    image(
      z, p, { Ball.sqrt($0, precision: $1) }, { .sqrt($0, precision: $1) },
      where: { $0.certainSign == 1 })
  }

  /// e^z.
  public static func exp(_ z: ComplexBall, precision p: Int) -> ComplexBall {
    image(z, p, { Ball.exp($0, precision: $1) }, { .exp($0, precision: $1) })
  }

  /// The principal logarithm; empty for the point 0.
  public static func log(_ z: ComplexBall, precision p: Int) -> ComplexBall {
    image(
      z, p, { Ball.log($0, precision: $1) }, { .log($0, precision: $1) },
      where: { $0.certainSign == 1 })
  }

  public static func sin(_ z: ComplexBall, precision p: Int) -> ComplexBall {
    image(z, p, { Ball.sin($0, precision: $1) }, { .sin($0, precision: $1) })
  }

  public static func cos(_ z: ComplexBall, precision p: Int) -> ComplexBall {
    image(z, p, { Ball.cos($0, precision: $1) }, { .cos($0, precision: $1) })
  }

  public static func tan(_ z: ComplexBall, precision p: Int) -> ComplexBall {
    image(z, p, { Ball.tan($0, precision: $1) }, { .tan($0, precision: $1) })
  }

  public static func sinh(_ z: ComplexBall, precision p: Int) -> ComplexBall {
    image(z, p, { Ball.sinh($0, precision: $1) }, { .sinh($0, precision: $1) })
  }

  public static func cosh(_ z: ComplexBall, precision p: Int) -> ComplexBall {
    image(z, p, { Ball.cosh($0, precision: $1) }, { .cosh($0, precision: $1) })
  }

  public static func tanh(_ z: ComplexBall, precision p: Int) -> ComplexBall {
    image(z, p, { Ball.tanh($0, precision: $1) }, { .tanh($0, precision: $1) })
  }

  private static func isUnit(_ x: Ball) -> Bool {
    !x.isEmpty && x.interval.isSubset(of: Interval(between: Real(-1), and: Real.one))
  }

  /// Real on [-1, 1].
  public static func asin(_ z: ComplexBall, precision p: Int) -> ComplexBall {
    image(z, p, { Ball.asin($0, precision: $1) }, { .asin($0, precision: $1) }, where: isUnit)
  }

  /// Real on [-1, 1].
  public static func acos(_ z: ComplexBall, precision p: Int) -> ComplexBall {
    image(z, p, { Ball.acos($0, precision: $1) }, { .acos($0, precision: $1) }, where: isUnit)
  }

  public static func atan(_ z: ComplexBall, precision p: Int) -> ComplexBall {
    image(z, p, { Ball.atan($0, precision: $1) }, { .atan($0, precision: $1) })
  }

  public static func asinh(_ z: ComplexBall, precision p: Int) -> ComplexBall {
    image(z, p, { Ball.asinh($0, precision: $1) }, { .asinh($0, precision: $1) })
  }

  /// Real on [1, ∞).
  public static func acosh(_ z: ComplexBall, precision p: Int) -> ComplexBall {
    image(
      z, p, { Ball.acosh($0, precision: $1) }, { .acosh($0, precision: $1) },
      where: { $0.interval.lower >= Real.one })
  }

  /// Real on (-1, 1).
  public static func atanh(_ z: ComplexBall, precision p: Int) -> ComplexBall {
    image(z, p, { Ball.atanh($0, precision: $1) }, { .atanh($0, precision: $1) }, where: isUnit)
  }
}
