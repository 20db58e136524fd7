import Algebra
import Arbitrary
import Exact
import Symbolic

/// The roots of a formula of one real symbol in a closed interval, bounded or not, each isolated, with
/// proof that there is no other.
///
/// Intervals are examined, wide ones first. One is dropped where the values exclude zero, also by the
/// mean value form f(m) + F'(X)·(X - m), or where the formula is nowhere defined. Where the formula is
/// proved continuous and its slopes exclude zero there is at most one root, and the signs at the ends
/// decide, zero among them by ``ZeroTest``. Others are cut in two. What gets narrower than the limit is
/// gathered; there a multiple root is recognised at a rational place: the derivatives below the m-th are
/// zero there, and the m-th excludes zero around it. The rest is undecided.
///
/// **Guarantee:** every point of the interval at which the formula is defined and zero is one of
/// ``roots`` or lies in ``undecided``; each of ``roots`` is such a point.
public struct FunctionRoots: Sendable {
  /// Bounds on the search.
  public struct Limits: Sendable {
    /// The greatest number of intervals that are examined.
    public var boxes = 6000
    /// The greatest number of halvings of an interval, about.
    public var halvings = 48
    public init() {}
  }

  /// A part of which nothing is known; nil for no end.
  public struct Undecided: Sendable, Hashable {
    public let lower: Rational?
    public let upper: Rational?
    public let reason: String
  }

  /// The roots, in increasing order.
  public private(set) var roots: [RootValue] = []
  /// In increasing order.
  public private(set) var undecided: [Undecided] = []

  private let formula: Expression
  private let symbol: Symbol
  private let function: UnivariateFunction
  private let range: Range
  private var signs: [Rational: Int?] = [:]
  private let singular: [Interval]?
  private let ends: EndPiece?
  private var lowerFar: EndPiece?
  private var upperFar: EndPiece?
  private var exact: Set<Rational> = []

  private typealias Range = (lower: Rational?, upper: Rational?)

  private struct Box {
    let lower: Rational?
    let upper: Rational?
    let depth: Int
  }

  /// - Parameters:
  ///   - lower: nil for no bound.
  ///   - singular: enclosures of all places at which the formula may not be real and differentiable
  ///     any number of times, where they are known: then parts next to an end of the range that is one
  ///     of them, or without bound, may be decided too (``EndPiece``).
  /// - Throws: ``CertifiedError`` for a formula that cannot be compiled; ``RootError/cancelled``.
  public init(
    of formula: Expression, in symbol: Symbol, from lower: Rational?, to upper: Rational?,
    limits: Limits = Limits(), singular: [Interval]? = nil
  ) throws {
    self.singular = singular
    ends = singular == nil ? nil : EndPiece(formula, symbol)
    self.formula = formula
    self.symbol = symbol
    range = (lower, upper)
    function = try UnivariateFunction(formula, of: symbol)
    if singular != nil {
      let far = Symbol(symbol.name, .positive)
      let step = Expression.symbol(far).power(-1)
      lowerFar = lower.flatMap {
        EndPiece(formula.substituting([symbol: .rational($0) + step]), far)
      }
      upperFar = upper.flatMap {
        EndPiece(formula.substituting([symbol: .rational($0) - step]), far)
      }
    }
    try search(limits)
  }

  private mutating func search(_ limits: Limits) throws {
    var queue = [Box(lower: range.lower, upper: range.upper, depth: 0)]
    var next = 0
    var left: [Box] = []
    var isolated: [(Rational, Rational)] = []
    while next < queue.count {
      if Task.isCancelled { throw RootError.cancelled }
      let box = queue[next]
      next += 1
      if next > limits.boxes {
        left.append(box)
        continue
      }
      switch try examine(box) {
      case .empty: continue
      case .root(let a, let b):
        isolated.append((a, b))
        continue
      case .roots: continue
      case .open: if isFreeEnd(box) { continue }
      }
      guard box.depth < limits.halvings, let cut = Self.cut(box) else {
        left.append(box)
        continue
      }
      queue.append(Box(lower: box.lower, upper: cut, depth: box.depth + 1))
      queue.append(Box(lower: cut, upper: box.upper, depth: box.depth + 1))
    }
    let isLimited = next > limits.boxes
    for part in Self.merged(left) {
      try settle(
        part,
        reason: isLimited
          ? "not decided with \(limits.boxes) intervals"
          : "a multiple root, a place without derivative or a point outside the domain")
    }
    for (a, b) in isolated {
      let root = RefinableRoot(function, in: UnivariateFunction.box(a, b))
      if let rational = try rational(root) {
        exact.insert(rational)
      } else if let form = angle(root) {
        roots.append(try RootValue(form))
      } else {
        roots.append(RootValue(root))
      }
    }
    roots += exact.map { RootValue(AlgebraicNumber($0)) }
    var order: [(RootValue, Interval)] = []
    for root in roots { order.append((root, try root.interval(precision: 96))) }
    roots = order.sorted { $0.1.midpoint < $1.1.midpoint }.map(\.0)
    undecided.sort {
      guard let a = $0.lower else { return true }
      guard let b = $1.lower else { return false }
      return a < b
    }
  }

  // MARK: One interval

  private enum Finding {
    case empty
    /// One root strictly between.
    case root(Rational, Rational)
    /// Only roots that have been noted as exact.
    case roots
    case open
  }

  private mutating func examine(_ box: Box) throws -> Finding {
    let precision = 64 + box.depth
    let interval = UnivariateFunction.box(box.lower, box.upper, precision: precision)
    let (value, slope) = function.enclose(interval, precision: precision)
    if value.isEmpty || !value.containsZero { return .empty }
    guard slope.isBounded, !slope.isEmpty else { return .open }
    let middle = Interval(interval.midpoint)
    if interval.isBounded {
      let shift = Interval.sub(interval, middle, precision: precision)
      let form = Interval.add(
        function.value(middle, precision: precision),
        Interval.mul(slope, shift, precision: precision), precision: precision)
      if !form.isEmpty, !form.containsZero, function.isContinuous(interval, precision: precision) {
        return .empty
      }
    }
    guard !slope.containsZero, let a = box.lower, let b = box.upper,
      function.isContinuous(interval, precision: precision)
    else { return .open }
    guard let below = sign(at: a), let above = sign(at: b) else { return .open }
    if below == 0 { exact.insert(a) }
    if above == 0 { exact.insert(b) }
    if below == 0 || above == 0 { return .roots }
    return below == above ? .empty : .root(a, b)
  }

  /// Whether a part at an end of the range, without singular places inside, is shown to have no root.
  private func isFreeEnd(_ box: Box) -> Bool {
    guard let ends, let singular else { return false }
    let interval = UnivariateFunction.box(box.lower, box.upper)
    // A singular place may be the end itself, where the range does not go on.
    let inner = singular.filter { place in
      if place.isPoint, let x = Rational(exactly: place.lower) {
        return (box.lower.map { x > $0 } ?? true) && (box.upper.map { x < $0 } ?? true)
      }
      return !place.isDisjoint(from: interval)
    }
    guard inner.isEmpty else { return false }
    let isUpper = box.upper == range.upper && box.lower != range.lower
    guard let start = isUpper ? box.lower : box.upper,
      isUpper || (box.lower == range.lower && box.upper != range.upper)
    else { return false }
    let outer = isUpper ? box.upper : box.lower
    // Elsewhere enclosures do.
    if let outer {
      let place = Interval(outer, precision: 64)
      if function.isContinuous(place, precision: 64),
        function.slope(place, precision: 64).isBounded
      {
        return false
      }
    }
    if ends.hasNoRoot(from: start, to: outer, isUpper: isUpper) { return true }
    // Near a finite end, in the variable s → ∞ with x = end ± 1/s.
    guard let outer, let far = isUpper ? upperFar : lowerFar,
      let inverse = try? (isUpper ? outer - start : start - outer).inverse()
    else { return false }
    return far.hasNoRoot(from: inverse, to: nil, isUpper: true)
  }

  /// The sign at a rational place; nil where there is no value or it stays open.
  private mutating func sign(at x: Rational) -> Int? {
    if let known = signs[x] { return known }
    let sign = function.sign(at: x)
    signs[x] = .some(sign)
    return sign
  }

  private static func cut(_ box: Box) -> Rational? {
    switch (box.lower, box.upper) {
    case (let a?, let b?): return RationalSample.dyadic(a + (b - a) * ratio, width: b - a)
    case (nil, nil): return ratio
    case (let a?, nil): return a.signum >= 0 ? 2 * a + 1 + ratio : ratio
    case (nil, let b?): return b.signum <= 0 ? 2 * b - 1 - ratio : -ratio
    }
  }

  // Halves at simple numbers would meet roots at simple numbers.
  private static let ratio = (try? Rational(493, 1009)) ?? 0

  private static func merged(_ boxes: [Box]) -> [Box] {
    let sorted = boxes.sorted { a, b in
      guard let x = a.lower else { return b.lower != nil }
      guard let y = b.lower else { return false }
      return x < y
    }
    var result: [Box] = []
    for box in sorted {
      if let last = result.last, let end = last.upper, let start = box.lower, end >= start {
        result[result.count - 1] = Box(lower: last.lower, upper: box.upper, depth: last.depth)
      } else {
        result.append(box)
      }
    }
    return result
  }

  // MARK: What is left

  /// A multiple root at a rational place, or an undecided part.
  private mutating func settle(_ part: Box, reason: String) throws {
    if let a = part.lower, let b = part.upper {
      let margin = (b - a)
      let (low, high) = (
        max(range.lower ?? a - margin, a - margin), min(range.upper ?? b + margin, b + margin)
      )
      var candidates: Set<Rational> = [a, b, RationalSample.simplest(between: low, and: high)]
      for end in [range.lower, range.upper] {
        if let end, low <= end, end <= high { candidates.insert(end) }
      }
      for candidate in candidates.sorted() where low <= candidate && candidate <= high {
        if isOnlyRoot(.rational(candidate), low, high) {
          exact.insert(candidate)
          return
        }
      }
      if let angle = Self.angle(between: low, and: high), isOnlyRoot(angle, low, high) {
        roots.append(try RootValue(angle))
        return
      }
    }
    undecided.append(Undecided(lower: part.lower, upper: part.upper, reason: reason))
  }

  /// Whether a root of some order at a place is the only one between two bounds.
  private func isOnlyRoot(_ place: Expression, _ low: Rational, _ high: Rational) -> Bool {
    guard function.sign(at: place) == 0 else { return false }
    var derivative = formula
    for _ in 1...6 {
      guard let next = try? derivative.derivative(by: symbol).simplified(),
        let compiled = try? UnivariateFunction(next, of: symbol)
      else { return false }
      let box = UnivariateFunction.box(low, high, precision: 128)
      // The Taylor remainder f^(m)(ξ)(x - a)^m/m! vanishes at a only; f has m continuous derivatives.
      guard compiled.isContinuous(box, precision: 128),
        function.isContinuous(box, precision: 128)
      else { return false }
      let value = compiled.value(box, precision: 128)
      if !value.isEmpty, !value.containsZero { return true }
      guard compiled.sign(at: place) == 0 else { return false }
      derivative = next
    }
    return false
  }

  /// The root where it is a fraction of small denominator, proved.
  private func rational(_ root: RefinableRoot) throws -> Rational? {
    // Zero has no significant bits.
    if root.box.containsZero, function.sign(at: Rational.zero) == 0 { return 0 }
    guard let box = try? root.interval(bits: 60), let low = Rational(exactly: box.lower),
      let high = Rational(exactly: box.upper)
    else { return nil }
    if low == high { return low }
    let candidate = RationalSample.simplest(between: low, and: high)
    guard candidate.denominator.bitWidth < 20, function.sign(at: candidate) == 0 else { return nil }
    return candidate
  }

  /// The root where it is a simple fraction of π, proved: the formula is zero there, and the root alone
  /// in its interval.
  private func angle(_ root: RefinableRoot) -> Expression? {
    guard let box = try? root.interval(bits: 60), let low = Rational(exactly: box.lower),
      let high = Rational(exactly: box.upper), low < high,
      let place = Self.angle(between: low, and: high), function.sign(at: place) == 0
    else { return nil }
    return place
  }

  /// A fraction of π with a small denominator that certainly lies between two numbers.
  private static func angle(between low: Rational, and high: Rational) -> Expression? {
    let pi = Interval.pi(precision: 128)
    let (a, b) = (
      Interval.div(Interval(low, precision: 128), pi, precision: 128),
      Interval.div(Interval(high, precision: 128), pi, precision: 128)
    )
    guard let least = Rational(exactly: a.upper), let most = Rational(exactly: b.lower),
      least < most
    else { return nil }
    let ratio = RationalSample.simplest(between: least, and: most)
    guard !ratio.isZero, ratio.denominator.bitWidth <= 10, ratio.numerator.bitWidth <= 16 else {
      return nil
    }
    return .rational(ratio) * .pi
  }
}
