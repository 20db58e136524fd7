import Arbitrary
import Exact
import Synchronization

/// A function of one real variable that encloses its values and its slopes, for Newton's method.
protocol SlopedFunction: Sendable {
  /// An enclosure of the value at a number.
  func value(at x: Real, precision: Int) throws -> Ball
  /// An enclosure of all difference quotients within x; the whole line where there may be none.
  func slope(over x: Interval, precision: Int) throws -> Ball
  /// The value and the slope in doubles, of which nothing is guaranteed; NaN where there is none.
  func estimate(_ x: Double) -> (value: Double, slope: Double)
  /// Says up to which precision values will be asked for, so that what stays the same is computed once.
  func prepare(precision: Int)
  /// The same function with nothing known of what stays the same.
  var renewed: Self { get }
  /// How often what stays the same was computed, by precision.
  var constants: [Int: Int] { get }
}

extension SlopedFunction {
  func estimate(_ x: Double) -> (value: Double, slope: Double) { (.nan, .nan) }
  func prepare(precision: Int) {}
}

/// The only root of a function in an interval, a simple one, refined as far as it is asked for.
///
/// What was reached is kept. A step is Newton's over intervals: with m inside X, every root in X lies in
/// m - f(m)/F'(X) (Moore 1966), where F'(X) encloses the difference quotients. A step adds as many bits
/// as F'(X) is known to relatively, which is about as many as X has. So with h bits known, the value is needed
/// at 2h bits and the slope at h; the last step costs one value at the final precision, and all before it
/// and all slopes a fraction of that. A slope over X is one over every part of X too: where few bits are
/// missing, or precision costs nothing, it serves for further steps.
final class RefinableRoot: Sendable {
  private let function: any SlopedFunction
  private let first: Interval
  private let state: Mutex<State>

  private struct State {
    var box: Interval
    var effort = RefinementEffort()
    /// How many bits of precision a value loses on the way to bits of the root, as far as it was seen.
    var loss = 20
    /// Difference quotients over the box.
    var slope: Ball?
    /// By how many bits a doubling falls short, as far as it was seen.
    var missing = 8
  }

  /// - Parameter box: holds exactly one root; the function is continuous on it with different signs at
  ///   the ends.
  init(_ function: any SlopedFunction, in box: Interval) {
    self.function = function
    first = box
    state = Mutex(State(box: box))
  }

  /// The same root as it was before it was refined.
  func renewed() -> RefinableRoot { RefinableRoot(function.renewed, in: first) }

  /// What was evaluated so far.
  var effort: RefinementEffort {
    var effort = state.withLock { $0.effort }
    effort.constants = function.constants
    return effort
  }
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
    var now = state.withLock { $0 }
    defer {
      let reached = now
      // Another thread may have got farther meanwhile.
      state.withLock { if reached.box.isSubset(of: $0.box) { $0 = reached } }
    }
    if (Self.significantBits(now.box) ?? 0) < bits { function.prepare(precision: bits + 48) }
    if (Self.significantBits(now.box) ?? 0) < 40 { try start(&now) }
    var extra = 0
    var rounds = 0
    while (Self.significantBits(now.box) ?? 0) < bits {
      if Task.isCancelled { throw RootError.cancelled }
      rounds += 1
      if extra > 64 * bits + 8192 || rounds > 4000 {
        throw RootError.precisionLimit(digits: bits * 3 / 10)
      }
      let before = now.box
      if (Self.significantBits(before) ?? 0) < 24 {
        try widely(&now, toward: bits, extra: extra)
      } else if try !step(&now, toward: bits + 4) {
        now.slope = nil
        try widely(&now, toward: bits, extra: extra)
      }
      if now.box.isEmpty { throw RootError.badInput("a root is lost at \(before)") }
      // Nothing is won where rounding errors are as large as the box.
      if !(Real.scale(now.box.width, byPowerOfTwo: 1, precision: 53) <= before.width) {
        now.slope = nil
        extra = extra == 0 ? 32 : 2 * extra
      }
    }
    return now.box
  }

  // MARK: Steps that double the digits

  /// Where precision costs next to nothing, in bits.
  private static let cheap = 320

  /// One step of Newton's from a box that is small already.
  ///
  /// - Returns: false where nothing is won.
  private func step(_ now: inout State, toward bits: Int) throws -> Bool {
    let have = Self.significantBits(now.box) ?? 0
    var goal = Self.goal(bits, have: have, missing: now.missing)
    var slope: Ball
    if let known = now.slope, Self.reuses(known.accurateBits, have: have, goal: goal, bits: bits) {
      slope = known
    } else {
      let precision = min(have, bits - have) + 16
      slope = try function.slope(over: now.box, precision: precision)
      now.effort.count(slopeAt: precision)
      now.slope = slope
      now.missing = max(have - slope.accurateBits + 3, 4)
      goal = Self.goal(bits, have: have, missing: now.missing)
    }
    let gain = slope.accurateBits - 2
    guard gain >= 8 else { return false }
    goal = min(goal, have + gain)
    let precision = goal + now.loss + 4
    let middle = now.box.midpoint.rounded(precision: have + 16)
    guard now.box.contains(middle) else { return false }
    let value = try function.value(at: middle, precision: precision)
    now.effort.count(valueAt: precision)
    if value.isEmpty || value.isEntire { return false }
    let shift = Ball.div(value, slope, precision: goal - have + 32)
    if shift.isEmpty || shift.isEntire { return false }
    if let size = middle.exponent, let scale = slope.midpoint.exponent, !value.radius.isZero {
      // The error of the root that the value's own error makes, about.
      let error = value.radius.exponent + Int(value.radius.coefficient.exponent) + 2 - scale
      now.loss = min(max(precision - (size - error), 2), 4096)
    }
    let image = Ball.sub(Ball(middle), shift, precision: goal + 12).interval
    now.box = now.box.intersection(image)
    return true
  }

  /// Whether a slope known to some bits serves once more.
  private static func reuses(_ known: Int, have: Int, goal: Int, bits: Int) -> Bool {
    if goal - have <= known - 2 { return true }
    guard bits <= cheap, known > 10 else { return false }
    func steps(_ gain: Int) -> Int { (bits - have + gain - 1) / max(gain, 1) }
    // A new slope costs about as much as one and a half values.
    return 2 * steps(known - 2) <= 3 + 2 * steps(max(have - 6, 1))
  }

  /// The bits to reach next, counted back from the end, so that the last step is a full doubling; less
  /// than that where the plan begins, which costs little there.
  private static func goal(_ bits: Int, have: Int, missing: Int) -> Int {
    let reach = 2 * have - missing
    if bits <= max(cheap, reach) { return min(bits, max(reach, have + 8)) }
    var goal = bits
    while goal > reach, goal > have { goal = (goal + missing) / 2 + 4 }
    return max(goal, have + 8)
  }

  // MARK: Steps from wide boxes

  /// Newton's step where the slopes exclude zero, else a half by signs.
  private func widely(_ now: inout State, toward bits: Int, extra: Int) throws {
    let box = now.box
    let have = max(Self.significantBits(box) ?? 0, 0)
    let goal = min(bits, max(2 * have, 40))
    let precision = max(64, goal + 24) + extra
    let slopePrecision = max(min(precision, max(goal - have, 0) + 40 + extra), 53)
    let slope = try function.slope(over: box, precision: slopePrecision)
    now.effort.count(slopeAt: slopePrecision)
    guard !slope.isEmpty, !slope.isEntire, !slope.containsZero else {
      now.box = try halved(box, precision: precision, &now.effort)
      return
    }
    let middle = box.midpoint.rounded(precision: precision)
    var next = box
    if box.contains(middle) {
      let value = try function.value(at: middle, precision: precision)
      now.effort.count(valueAt: precision)
      if !value.isEmpty, !value.isEntire {
        let shift = Interval.div(value.interval, slope.interval, precision: precision)
        next = box.intersection(Interval.sub(Interval(middle), shift, precision: precision))
      }
    }
    // Slopes that differ much over the box move little.
    if !next.isEmpty, !(Real.scale(next.width, byPowerOfTwo: 1, precision: 53) <= box.width) {
      next = try halved(next, precision: precision, &now.effort)
    }
    now.box = next
  }

  /// A narrow interval around the root, from Newton's iteration in doubles.
  ///
  /// The iteration proves nothing; one interval step around its result does: if the image lies inside the
  /// interval that it starts from, there is a root in it (Moore 1977), and the box has only one.
  private func start(_ now: inout State) throws {
    let box = now.box
    guard box.isBounded else { return }
    let (low, high) = (box.lower.approximateDouble, box.upper.approximateDouble)
    var x = low + (high - low) / 2
    for _ in 0..<40 {
      let (value, slope) = function.estimate(x)
      guard value.isFinite, slope.isFinite, slope != 0 else { return }
      now.effort.doubles += 1
      let next = x - value / slope
      guard next >= low, next <= high else { return }
      let step = abs(next - x)
      x = next
      // The next step would be below the rounding errors.
      if step <= abs(x) * 0x1p-28 {
        let last = function.estimate(x)
        now.effort.doubles += 1
        let better = x - last.value / last.slope
        if better >= low, better <= high { x = better }
        break
      }
    }
    guard x.isFinite, x != 0 else { return }
    var middle = Real(x)
    var radius = Real(abs(x) * 0x1p-50)
    for _ in 0..<3 {
      let near = Interval(
        between: Real.sub(middle, radius, precision: 128),
        and: Real.add(middle, radius, precision: 128))
      guard near.isSubset(of: box) else { return }
      let slope = try function.slope(over: near, precision: 59)
      now.effort.count(slopeAt: 59)
      guard !slope.isEmpty, !slope.isEntire, !slope.containsZero else { return }
      let precision = 123
      let value = try function.value(at: middle, precision: precision)
      now.effort.count(valueAt: precision)
      if value.isEmpty || value.isEntire { return }
      let shift = Ball.div(value, slope, precision: 64)
      let image = Ball.sub(Ball(middle), shift, precision: 160).interval
      if image.isInterior(to: near) {
        now.box = image
        now.slope = slope
        return
      }
      // Not near enough: around the image, as far as that moved.
      middle = image.midpoint.rounded(precision: 100)
      radius = Real.scale(shift.interval.magnitude, byPowerOfTwo: -3, precision: 53)
      guard radius.isFinite, radius.signum > 0 else { return }
    }
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
        let below, let sign = try sign(cut, precision, &effort)
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
    return try function.value(at: x, precision: precision).certainSign
  }
}

/// How often a function was evaluated, by precision.
///
/// Of a root that is found as the place at which a kernel takes some value, ``values`` and ``slopes`` are those
/// of the polynomial of which that value is a root.
public struct RefinementEffort: Sendable, Hashable {
  /// Evaluations of values, by precision in bits.
  public private(set) var values: [Int: Int] = [:]
  /// Evaluations of slopes, by precision in bits.
  public private(set) var slopes: [Int: Int] = [:]
  /// Evaluations of both in doubles.
  public internal(set) var doubles = 0
  /// Evaluations of the function's constants, by precision in bits.
  public internal(set) var constants: [Int: Int] = [:]
  /// Evaluations of the inverse of the kernel, by precision in bits.
  public internal(set) var inverses: [Int: Int] = [:]

  public init() {}

  mutating func count(valueAt precision: Int) { values[precision, default: 0] += 1 }
  mutating func count(slopeAt precision: Int) { slopes[precision, default: 0] += 1 }
}
