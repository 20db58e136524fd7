import Algebra
import Arbitrary
import Exact

/// A function of one real variable that encloses itself and its derivative.
public protocol DifferentiableFunction: Sendable {
  /// Enclosures of all values and of all derivatives over `x`.
  ///
  /// Where the function is not continuously differentiable on all of `x`, the derivative must be
  /// ``Interval/entire``.
  func enclose(_ x: Interval, precision: Int) throws -> (value: Interval, derivative: Interval)
}

/// A function given by a closure.
public struct ClosureFunction: DifferentiableFunction {
  private let body: @Sendable (Interval, Int) throws -> (value: Interval, derivative: Interval)

  /// - Parameter body: as ``DifferentiableFunction/enclose(_:precision:)``.
  public init(
    _ body: @escaping @Sendable (Interval, Int) throws -> (value: Interval, derivative: Interval)
  ) { self.body = body }

  public func enclose(
    _ x: Interval, precision: Int
  ) throws -> (value: Interval, derivative: Interval) { try body(x, precision) }
}

/// All roots of a function in a bounded interval.
///
/// **Guarantee:** each of ``roots`` encloses exactly one root, a simple one; every root in the interval
/// lies in one of ``roots`` or of ``undecided``. An interval is dropped where the enclosure of the values
/// misses zero; it holds at most one root where that of the derivative does, and then signs at its ends
/// decide.
///
/// Source: Moore 1966; interval Newton as in Neumaier 1990, 5.1.
public struct CertifiedRoots: Sendable {
  /// Enclosures of one root each, in increasing order.
  public let roots: [Interval]
  /// Intervals about which nothing is known, in increasing order: multiple roots, roots at the very
  /// ends, or enclosures too wide.
  public let undecided: [Interval]

  /// - Parameters:
  ///   - digits: significant digits to which the roots can be printed.
  ///   - boxLimit: the greatest number of intervals examined; the rest is left undecided.
  /// - Throws: ``RootError`` for an empty interval, cancellation, or digits out of reach; what the
  ///   function throws.
  public init(
    of function: some DifferentiableFunction, from lower: Rational, to upper: Rational,
    digits: Int = 15, boxLimit: Int = 20_000
  ) throws {
    guard lower < upper else { throw RootError.badInput("an empty interval") }
    guard digits > 0 else { throw RootError.badInput("digits must be positive") }
    let precision = 96
    let least = try (upper - lower) / Rational(Integer.one << 44)
    // Halves at simple numbers would meet roots at simple numbers.
    let cut = try Rational(493, 1009)
    var stack = [(lower, upper)]
    var found: [(Rational, Rational)] = []
    var left: [(Rational, Rational)] = []
    var examined = 0
    while let (a, b) = stack.popLast() {
      if Task.isCancelled { throw RootError.cancelled }
      examined += 1
      if examined > boxLimit {
        left.append((a, b))
        continue
      }
      let box = try Interval(lower: a, upper: b, precision: precision)
      let (value, derivative) = try function.enclose(box, precision: precision)
      if !value.isEmpty, !value.containsZero { continue }
      if Self.isDefinite(derivative) {
        switch try Self.count(function, a, b) {
        case 0?: continue
        case 1?:
          found.append((a, b))
          continue
        default: break
        }
      }
      if b - a <= least {
        left.append((a, b))
        continue
      }
      let middle = RationalSample.dyadic(a + (b - a) * cut, width: b - a)
      stack.append((middle, b))
      stack.append((a, middle))
    }
    // Neighbours left over meet at a cut that may be the root itself.
    left.sort { $0.0 < $1.0 }
    var merged: [(Rational, Rational)] = []
    for box in left {
      if let last = merged.last, last.1 >= box.0 {
        merged[merged.count - 1].1 = max(last.1, box.1)
      } else {
        merged.append(box)
      }
    }
    var undecided: [Interval] = []
    for (a, b) in merged {
      let margin = b - a
      let (low, high) = (max(lower, a - margin), min(upper, b + margin))
      let box = try Interval(lower: low, upper: high, precision: precision)
      if Self.isDefinite(try function.enclose(box, precision: precision).derivative),
        let count = try Self.count(function, low, high)
      {
        if count == 1, !found.contains(where: { $0.0 <= high && low <= $0.1 }) {
          found.append((low, high))
          continue
        }
        if count == 0 { continue }
      }
      undecided.append(try Interval(lower: a, upper: b, precision: precision))
    }
    found.sort { $0.0 < $1.0 }
    // A root at a cut is the end of two intervals, and counts once.
    for index in found.indices.dropFirst().reversed() where found[index - 1].1 == found[index].0 {
      let cut = found[index].0
      let isRoot = try Self.count(function, cut, cut) == 1
      if isRoot { found.remove(at: index) }
    }
    roots = try found.map {
      try Self.refine(
        function, Interval(lower: $0.0, upper: $0.1, precision: precision), digits: digits)
    }
    self.undecided = undecided
  }

  static func isDefinite(_ derivative: Interval) -> Bool {
    !derivative.isEmpty && derivative.isBounded && !derivative.containsZero
  }

  /// The number of roots in [a, b] of a monotone function; nil where a sign at an end stays open.
  static func count(
    _ function: some DifferentiableFunction, _ a: Rational, _ b: Rational
  ) throws -> Int? {
    var signs: [Int] = []
    for end in [a, b] {
      var sign: Int?
      var precision = 96
      while sign == nil, precision <= 1536 {
        let x = Interval(end, precision: precision)
        sign = try function.enclose(x, precision: precision).value.certainSign
        // Zero of an enclosure of the end is zero at the end only where the end is represented.
        if sign == 0, !x.isPoint { sign = nil }
        precision *= 4
      }
      guard let sign else { return nil }
      signs.append(sign)
    }
    return signs[0] * signs[1] <= 0 ? 1 : 0
  }

  /// The enclosure of a simple root so tight that `digits` digits are certain.
  ///
  /// - Parameter start: holds exactly one root, the derivative without zero on it.
  /// - Throws: ``RootError/precisionLimit(digits:)``.
  static func refine(
    _ function: some DifferentiableFunction, _ start: Interval, digits: Int
  ) throws -> Interval {
    var box = start
    let limit = digits * 16 + 4096
    var precision = 96
    while precision <= limit {
      if Task.isCancelled { throw RootError.cancelled }
      // A bounded number of steps, as the width at this precision stops shrinking.
      for _ in 0..<200 {
        let before = box.width
        box = try newton(function, box, precision: precision)
        if !(Real.scale(box.width, byPowerOfTwo: 1, precision: 64) < before) { break }
      }
      if Decimal.digits(of: box, significant: digits) != nil { return box }
      if box.containsZero,
        try function.enclose(Interval.zero, precision: precision).value.certainSign == 0
      {
        return Interval.zero
      }
      // The middle, when short, may be the root itself.
      let near = Interval(box.midpoint.rounded(precision: max(8, precision / 4)))
      if near.isSubset(of: box),
        try function.enclose(near, precision: precision).value.certainSign == 0
      {
        return near
      }
      precision *= 2
    }
    throw RootError.precisionLimit(digits: digits)
  }

  /// One step of the interval Newton iteration: the part of the box that can hold the root.
  static func newton(
    _ function: some DifferentiableFunction, _ box: Interval, precision: Int
  ) throws -> Interval {
    let middle = Interval(box.midpoint)
    let slope = try function.enclose(box, precision: precision).derivative
    let value = try function.enclose(middle, precision: precision).value
    guard isDefinite(slope), !value.isEmpty else { return box }
    let image = Interval.sub(
      middle, Interval.div(value, slope, precision: precision), precision: precision)
    let next = box.intersection(image)
    return next.isEmpty ? box : next
  }
}

extension RationalSample {
  /// A dyadic number within a hundredth of `width` of x.
  static func dyadic(_ x: Rational, width: Rational) -> Rational {
    var places = 7
    if let inverse = try? width.inverse() {
      places += inverse.numerator.bitWidth - inverse.denominator.bitWidth + 1
    }
    if places <= 0 {
      let scale = Integer.one << -places
      guard let q = try? Rational(x.numerator, x.denominator * scale) else { return x }
      return Rational(q.floor * scale)
    }
    let scale = Integer.one << places
    return (try? Rational((x * Rational(scale)).floor, scale)) ?? x
  }
}
