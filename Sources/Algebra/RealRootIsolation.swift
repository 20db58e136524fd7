import Exact

/// One real root, alone in an interval or known exactly.
public enum IsolatedRoot: Sendable, Hashable {
  /// The root is this number.
  case exact(Rational)
  /// Exactly one root lies in the open interval; the polynomial has opposite signs at its ends.
  case interval(DyadicInterval)

  /// A number not above the root.
  public var lower: Rational {
    switch self {
    case .exact(let x): x
    case .interval(let i): i.lower
    }
  }

  /// A number not below the root.
  public var upper: Rational {
    switch self {
    case .exact(let x): x
    case .interval(let i): i.upper
    }
  }
}

/// The real roots of an integer polynomial, one interval each.
///
/// Intervals are halved until Descartes' rule of signs, applied to the polynomial with the interval
/// moved to (0, ∞), counts zero roots or one; both counts are then exact. It ends for square-free
/// polynomials by the theorem of Vincent and Obreshkoff, at a depth that the separation of the
/// roots bounds.
///
/// Source: Collins, Akritas 1976; Obreshkoff 1925; the depth by Davenport and Mahler, see Yap,
/// Fundamental Problems of Algorithmic Algebra, 6.7.
public enum RealRootIsolation {
  /// The distinct real roots in a range, in increasing order.
  ///
  /// Exact values are given for zero and for roots at a point where an interval was halved, and
  /// possibly for other rational roots at an end of the range; no root lies at an end of an interval.
  /// An interval may reach beyond the range, its root does not.
  ///
  /// - Parameter polynomial: not zero; multiple roots are given once.
  /// - Throws: ``ArithmeticError/domain(_:)`` for the zero polynomial.
  /// - Complexity: O(n·(log of bound over separation)) Taylor shifts of degree n at most.
  public static func isolate(
    _ polynomial: IntegerPolynomial, in range: RationalRange = .line
  ) throws(ArithmeticError) -> [IsolatedRoot] {
    if polynomial.isZero { throw .domain("the zero polynomial vanishes everywhere") }
    let f = try polynomial.squareFreePart()
    guard let degree = f.degree, degree > 0 else { return [] }
    var roots: [IsolatedRoot] = []
    if range.lower.value.map({ $0 < .zero }) ?? true {
      let mirror = RationalRange(
        lower: range.upper.negated, upper: range.lower.negated)
      for root in try positiveRoots(f.withNegatedArgument, near: mirror).reversed() {
        switch root {
        case .exact(let x): roots.append(.exact(-x))
        case .interval(let i): roots.append(.interval(i.negated))
        }
      }
    }
    if f[0].isZero { roots.append(.exact(.zero)) }
    if range.upper.value.map({ $0 > .zero }) ?? true {
      roots += try positiveRoots(f, near: range)
    }
    return roots.compactMap { clip($0, of: f, to: range) }
  }

  /// The number of distinct real roots in a range.
  ///
  /// - Throws: as ``isolate(_:in:)``.
  public static func count(
    _ polynomial: IntegerPolynomial, in range: RationalRange = .line
  ) throws(ArithmeticError) -> Int {
    try isolate(polynomial, in: range).count
  }

  // MARK: Ends of the range

  /// The root if it lies in the range, decided by the sign at an end inside the root's interval.
  private static func clip(
    _ root: IsolatedRoot, of f: IntegerPolynomial, to range: RationalRange
  ) -> IsolatedRoot? {
    var root = root
    for (bound, side) in [(range.lower, 1), (range.upper, -1)] {
      guard let end = bound.value else { continue }
      switch position(of: root, of: f, against: end) * side {
      case 1: continue
      case 0:
        root = .exact(end)
        if case .open = bound { return nil }
      default: return nil
      }
    }
    return root
  }

  /// The sign of root - x, exact.
  static func position(of root: IsolatedRoot, of f: IntegerPolynomial, against x: Rational) -> Int {
    switch root {
    case .exact(let value): return value < x ? -1 : (value == x ? 0 : 1)
    case .interval(let i):
      if DyadicInterval.compare(i.numerator, i.exponent, to: x) >= 0 { return 1 }
      if DyadicInterval.compare(i.numerator + 1, i.exponent, to: x) <= 0 { return -1 }
      let sign = f.sign(at: x)
      if sign == 0 { return 0 }
      let atLower = f.homogenizedValue(atDyadic: i.numerator, exponent: i.exponent).signum
      return sign == atLower ? 1 : -1
    }
  }

  // MARK: Bisection

  private enum Task {
    /// The polynomial moved so that the interval becomes (0, 1).
    case search(IntegerPolynomial, DyadicInterval)
    case root(Rational)
  }

  private static func positiveRoots(
    _ f: IntegerPolynomial, near range: RationalRange
  ) throws(ArithmeticError) -> [IsolatedRoot] {
    guard f.signVariations > 0, let bound = f.rootBoundExponent, let degree = f.degree else {
      return []
    }
    let depthLimit = depthBound(f, bound)
    var roots: [IsolatedRoot] = []
    var tasks = [
      Task.search(
        f.withArgumentScaled(byPowerOfTwo: bound), DyadicInterval(numerator: 0, exponent: -bound))
    ]
    while let task = tasks.popLast() {
      guard case .search(let q, let interval) = task else {
        if case .root(let x) = task { roots.append(.exact(x)) }
        continue
      }
      if misses(interval, range) { continue }
      // (0, 1) → (0, ∞): (1 + x)^n·q(1/(1 + x)). Roots at 0 and 1 lower the degree or the order and
      // are not counted.
      let moved = IntegerPolynomial(
        (0...degree).reversed().map { q[$0] }
      ).shiftedByOne()
      let variations = moved.signVariations
      if variations == 0 { continue }
      let atOne = moved[0]
      if variations == 1 && !q[0].isZero && !atOne.isZero {
        roots.append(.interval(interval))
        continue
      }
      if interval.exponent + bound > depthLimit {
        throw .limit("roots of a polynomial of degree \(degree) not apart at depth \(depthLimit)")
      }
      let left = IntegerPolynomial(
        q.coefficients.enumerated().map { $0.element << (degree - $0.offset) })
      let right = left.shiftedByOne()
      let c = interval.numerator + interval.numerator
      let k = interval.exponent + 1
      tasks.append(.search(right, DyadicInterval(numerator: c + 1, exponent: k)))
      if right[0].isZero { tasks.append(.root(DyadicInterval.value(c + 1, k))) }
      tasks.append(.search(left, DyadicInterval(numerator: c, exponent: k)))
    }
    return roots
  }

  private static func misses(_ interval: DyadicInterval, _ range: RationalRange) -> Bool {
    if let low = range.lower.value,
      DyadicInterval.compare(interval.numerator + 1, interval.exponent, to: low) < 0
    {
      return true
    }
    if let high = range.upper.value,
      DyadicInterval.compare(interval.numerator, interval.exponent, to: high) > 0
    {
      return true
    }
    return false
  }

  /// A number of halvings after which every interval is decided.
  ///
  /// The separation of the roots is above √3·n^(-(n+2)/2)·‖f‖₂^(1-n) for a square-free integer
  /// polynomial (Mahler 1964). A rule of signs on an interval of half that width, the other roots
  /// outside the circles of Obreshkoff's theorem, is exact; two halvings more cover their radius.
  private static func depthBound(_ f: IntegerPolynomial, _ bound: Int) -> Int {
    let n = f.degree ?? 0
    let logDegree = Int.bitWidth - n.leadingZeroBitCount
    return max(bound, 0) + (n + 2) * logDegree / 2 + n * f.euclideanNormBits + 8
  }
}

extension RationalRange.Bound {
  fileprivate var negated: Self {
    switch self {
    case .unbounded: .unbounded
    case .open(let x): .open(-x)
    case .closed(let x): .closed(-x)
    }
  }
}
