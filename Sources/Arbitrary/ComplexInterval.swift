import Exact

/// A rectangle of complex numbers: an enclosure of the real part and one of the imaginary part.
///
/// **Guarantee:** as for ``Interval``, f(z) lies in the result for every z of the rectangle at which f
/// is defined; where the result is empty, both parts are. Principal values throughout; a rectangle that
/// meets a branch cut and one side of it gives an enclosure of the values on both. Exactly real
/// arguments (`im` is the point 0) give exactly real results where the function is real there.
///
/// The branch points follow the real logarithm and root: cuts are on the negative axis for `sqrt`,
/// `log`, `arg`, where the value on the cut is that from above.
public typealias ComplexInterval = Complex<Interval>

extension Complex where F == Interval {
  /// The greatest precision of the four bounds.
  public var precision: Int { Swift.max(re.precision, im.precision) }

  /// Whether no number is enclosed.
  public var isEmpty: Bool { re.isEmpty || im.isEmpty }

  /// The empty rectangle.
  public static var empty: ComplexInterval { ComplexInterval(re: .empty, im: .empty) }
  /// The whole plane.
  public static var entire: ComplexInterval { ComplexInterval(re: .entire, im: .entire) }

  /// Whether zero is enclosed.
  public var containsZero: Bool { re.containsZero && im.containsZero }

  /// Whether the number re + i·im is enclosed, decided exactly.
  public func contains(re x: Rational, im y: Rational) -> Bool {
    re.contains(x) && im.contains(y)
  }

  /// The smallest rectangle that has the points of both.
  public func union(_ other: ComplexInterval) -> ComplexInterval {
    ComplexInterval(re: re.union(other.re), im: im.union(other.im))
  }

  /// The points that are in both.
  public func intersection(_ other: ComplexInterval) -> ComplexInterval {
    ComplexInterval(re: re.intersection(other.re), im: im.intersection(other.im))
  }

  /// Whether every point is also in `other`.
  public func isSubset(of other: ComplexInterval) -> Bool {
    isEmpty || (re.isSubset(of: other.re) && im.isSubset(of: other.im))
  }

  /// The tightest enclosure at another precision.
  public func rounded(precision: Int) -> ComplexInterval {
    ComplexInterval(re: re.rounded(precision: precision), im: im.rounded(precision: precision))
  }

  @usableFromInline var sumOfSquares: Interval {
    let p = precision
    return Interval.sqr(re, precision: p) + Interval.sqr(im, precision: p)
  }

  /// An exactly real enclosure; empty in both parts where `real` is empty.
  public init(real: Interval) {
    self.init(re: real, im: real.isEmpty ? .empty : Interval(0, precision: real.precision))
  }

  /// An exactly imaginary enclosure; empty in both parts where `imaginary` is empty.
  public init(imaginary: Interval) {
    self.init(
      re: imaginary.isEmpty ? .empty : Interval(0, precision: imaginary.precision), im: imaginary)
  }
}

// MARK: - Magnitude and angle

extension Complex where F == Interval {
  /// |z|: tight, by the nearest and the farthest corner.
  public static func abs(_ z: ComplexInterval, precision p: Int) -> Interval {
    if z.isEmpty { return .empty }
    if z.im.isZero { return Interval.abs(z.re).rounded(precision: p) }
    if z.re.isZero { return Interval.abs(z.im).rounded(precision: p) }
    return Interval(
      uncheckedLower: Real.hypot(z.re.mignitude, z.im.mignitude, precision: p, rounding: .down),
      upper: Real.hypot(z.re.magnitude, z.im.magnitude, precision: p, rounding: .up))
  }

  /// The principal angle in (-π, π]; [-π, π] for a rectangle across the negative axis; empty for the
  /// point 0.
  public static func arg(_ z: ComplexInterval, precision p: Int) -> Interval {
    Interval.atan2(y: z.im, x: z.re, precision: p)
  }

  /// Componentwise quotient, with the conventions of ``Interval/div(_:_:precision:)``: the whole plane
  /// where zero may be the divisor, empty where it is.
  static func div(_ a: ComplexInterval, _ b: ComplexInterval, precision p: Int) -> ComplexInterval {
    let guarded = p + 16
    if b.isZero { return .empty }
    guard let quotient = try? a.rounded(precision: guarded) / b.rounded(precision: guarded) else {
      return .entire
    }
    return quotient.rounded(precision: p)
  }
}
