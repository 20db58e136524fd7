import Arbitrary
import Exact
import Synchronization

/// A function of one real variable that encloses its values and its slopes, for Newton's method.
protocol SlopedFunction: Sendable {
  /// An enclosure of all values over x.
  func value(_ x: Interval, precision: Int) throws -> Interval
  /// An enclosure of all difference quotients within x; the whole line where there may be none.
  func slope(_ x: Interval, precision: Int) throws -> Interval
  /// The value and the slope in doubles, of which nothing is guaranteed; NaN where there is none.
  func estimate(_ x: Double) -> (value: Double, slope: Double)
}

extension SlopedFunction {
  func estimate(_ x: Double) -> (value: Double, slope: Double) { (.nan, .nan) }
}

/// The only root of a function in an interval, a simple one, refined as far as it is asked for.
///
/// What was reached is kept. A step is Newton's over intervals: with m inside X, every root in X lies in
/// m - f(m)/F'(X) (Moore 1966), where F'(X) encloses the difference quotients. The value is needed at
/// twice the bits that the root has so far, the slope at as many; so the last step costs one value at the
/// final precision, and all before it and all slopes a fraction of that.
final class RefinableRoot: Sendable {
  private let function: any SlopedFunction
  private let state: Mutex<(box: Interval, effort: RefinementEffort)>

  /// - Parameter box: holds exactly one root; the function is continuous on it with different signs at
  ///   the ends.
  init(_ function: any SlopedFunction, in box: Interval) {
    self.function = function
    state = Mutex((box, RefinementEffort()))
  }

  /// What was evaluated so far.
  var effort: RefinementEffort { state.withLock { $0.effort } }
  var box: Interval { state.withLock { $0.box } }

  /// The bits of a box that are significant; nil where it holds zero.
  static func significantBits(_ box: Interval) -> Int? {
    if box.isPoint { return .max }
    guard !box.containsZero, let size = box.magnitude.exponent, let width = box.width.exponent
    else { return nil }
    return size - width
  }

  /// An interval around the root with about so many significant bits.
  ///
  /// - Throws: ``RootError/precisionLimit(digits:)`` where the precision does not suffice; what the
  ///   function throws.
  func interval(bits: Int) throws -> Interval {
    var (box, effort) = state.withLock { $0 }
    defer {
      let reached = (box, effort)
      // Another thread may have got farther meanwhile.
      state.withLock { if reached.0.isSubset(of: $0.box) { $0 = reached } }
    }
    if (Self.significantBits(box) ?? 0) < 40, let near = try start(box, &effort) { box = near }
    var extra = 0
    var isNewton = false
    var rounds = 0
    while (Self.significantBits(box) ?? 0) < bits {
      if Task.isCancelled { throw RootError.cancelled }
      rounds += 1
      let have = max(Self.significantBits(box) ?? 0, 0)
      // Counted back from the end, so that the last step is a full doubling.
      var goal = bits
      while goal > 2 * have, goal > 256 { goal = goal / 2 + 8 }
      goal = min(goal, max(2 * have, 40))
      // Cancellation in values near the root costs bits; they are asked for when they are missed.
      let precision = max(64, goal + 24) + extra
      if extra > 64 * bits + 8192 || rounds > 4000 {
        throw RootError.precisionLimit(digits: bits * 3 / 10)
      }
      let slopePrecision = min(precision, max(goal - have, 0) + 40 + extra)
      let slope = try function.slope(box, precision: max(slopePrecision, 53))
      effort.count(slopeAt: max(slopePrecision, 53))
      isNewton = !slope.isEmpty && slope.isBounded && !slope.containsZero
      let next: Interval
      if isNewton {
        let middle = Interval(box.midpoint.rounded(precision: precision))
        guard middle.isSubset(of: box) else {
          extra += 32
          continue
        }
        let value = try function.value(middle, precision: precision)
        effort.count(valueAt: precision)
        let image = Interval.sub(
          middle, Interval.div(value, slope, precision: precision), precision: precision)
        next = value.isEmpty ? box : box.intersection(image)
      } else {
        next = try halved(box, precision: precision, &effort)
      }
      if next.isEmpty { throw RootError.badInput("a root is lost at \(box)") }
      // Nothing is won where rounding errors are as large as the box.
      if !(Real.scale(next.width, byPowerOfTwo: 1, precision: 53) <= box.width) {
        extra = extra == 0 ? 32 : 2 * extra
      }
      box = next
    }
    return box
  }

  /// A narrow interval around the root, from Newton's iteration in doubles.
  ///
  /// The iteration proves nothing; one interval step around its result does: if the image lies inside the
  /// interval that it starts from, there is a root in it (Moore 1977), and the box has only one.
  private func start(_ box: Interval, _ effort: inout RefinementEffort) throws -> Interval? {
    guard box.isBounded else { return nil }
    let (low, high) = (box.lower.approximateDouble, box.upper.approximateDouble)
    var x = (low + high) / 2
    for _ in 0..<40 {
      let (value, slope) = function.estimate(x)
      guard value.isFinite, slope.isFinite, slope != 0 else { return nil }
      effort.doubles += 1
      let next = x - value / slope
      guard next >= low, next <= high else { return nil }
      let step = abs(next - x)
      x = next
      if step <= abs(x) * 0x1p-50 { break }
    }
    guard x.isFinite, x != 0 else { return nil }
    for bits in [48, 34] {
      let width = Real(abs(x) * (bits == 48 ? 0x1p-48 : 0x1p-34))
      let near = Interval(
        between: Real.sub(Real(x), width, precision: 128),
        and: Real.add(Real(x), width, precision: 128))
      guard near.isSubset(of: box) else { return nil }
      let slope = try function.slope(near, precision: 80)
      effort.count(slopeAt: 80)
      guard !slope.isEmpty, slope.isBounded, !slope.containsZero else { return nil }
      let middle = Interval(Real(x))
      let value = try function.value(middle, precision: 2 * bits + 24)
      effort.count(valueAt: 2 * bits + 24)
      let image = Interval.sub(
        middle, Interval.div(value, slope, precision: 128), precision: 128)
      if !value.isEmpty, image.isInterior(to: near) { return image }
    }
    return nil
  }

  /// The half that holds the root, by signs; the box itself where a sign stays open.
  private func halved(
    _ box: Interval, precision: Int, _ effort: inout RefinementEffort
  ) throws -> Interval {
    let below = try sign(box.lower, precision, &effort)
    for fraction in [0.5, 0.46875, 0.5625] {
      let width = Real.sub(box.upper, box.lower, precision: precision, rounding: .nearest)
      let cut = Real.add(
        box.lower, Real.mul(width, Real(fraction), precision: precision), precision: precision)
      guard box.lower < cut, cut < box.upper,
        let sign = try sign(cut, precision, &effort), let below
      else { continue }
      if sign == 0 { return Interval(cut) }
      return sign == below
        ? Interval(between: cut, and: box.upper) : Interval(between: box.lower, and: cut)
    }
    return box
  }

  private func sign(
    _ x: Real, _ precision: Int, _ effort: inout RefinementEffort
  ) throws -> Int? {
    effort.count(valueAt: precision)
    return try function.value(Interval(x), precision: precision).certainSign
  }
}

/// How often a function was evaluated, by precision.
public struct RefinementEffort: Sendable, Hashable {
  /// Evaluations of values, by precision in bits.
  public private(set) var values: [Int: Int] = [:]
  /// Evaluations of slopes, by precision in bits.
  public private(set) var slopes: [Int: Int] = [:]
  /// Evaluations of both in doubles.
  public internal(set) var doubles = 0

  public init() {}

  mutating func count(valueAt precision: Int) { values[precision, default: 0] += 1 }
  mutating func count(slopeAt precision: Int) { slopes[precision, default: 0] += 1 }
}
