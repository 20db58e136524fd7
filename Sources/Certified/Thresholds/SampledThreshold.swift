import Algebra
import Arbitrary
import Dispatch
import Exact
import Symbolic
import Synchronization

/// Where a condition on numbers that are computed point by point changes, as far as samples tell.
///
/// The range is sampled; between two neighbours at which the condition is certainly true and certainly
/// false it changes, and that place is closed in by certified signs on both sides, to any number of
/// digits.
///
/// **Guarantee:** between the ends of each enclosure the condition changes. Nothing is known of places
/// between samples that agree: ``undecided`` is the whole range.
struct SampledThreshold {
  let formula: Expression
  let condition: SignCondition
  let unknown: Symbol
  let lower: Rational
  let upper: Rational

  /// Samples of the range, ends included.
  static let sampleCount = 33

  func solve() throws -> ConditionSolution {
    let count = Self.sampleCount
    let step = try (upper - lower) / Rational(count - 1)
    let places = (0..<count).map { lower + Rational($0) * step }
    let results = Mutex<[Bool?]>(Array(repeating: nil, count: count))
    let sampler = ConditionSampler(formula: formula, unknown: unknown, condition: condition)
    DispatchQueue.concurrentPerform(iterations: count) { index in
      // Ends often lie where something is singular; a place without an answer is passed over.
      let holds = (try? sampler.value(at: places[index]))??.holds
      results.withLock { $0[index] = holds }
    }
    var thresholds: [ConditionSolution.Threshold] = []
    var last: (place: Rational, holds: Bool)?
    for (place, holds) in zip(places, results.withLock { $0 }) {
      guard let holds else { continue }
      if let before = last, before.holds != holds {
        let change = ClosedInChange(sampler, from: before.place, to: place, holdsAbove: holds)
        thresholds.append(
          .init(
            value: RootValue(isolated: { try change.interval(precision: $0) }),
            side: holds ? .above : .below, isIncluded: nil))
      }
      last = (place, holds)
    }
    return ConditionSolution(
      thresholds: thresholds,
      undecided: [
        .init(
          lower: lower, upper: upper,
          reason: "the values are computed point by point; the condition was compared at \(count) "
            + "places, and changes between other places are not excluded")
      ])
  }
}

/// A condition at rational places, by enclosures.
private struct ConditionSampler: Sendable {
  let formula: Expression
  let unknown: Symbol
  let condition: SignCondition
  private static let precisions = [64, 128, 256, 512]

  /// Whether the condition holds, and an estimate of the value; nil where no precision decides.
  func value(
    at x: Rational, from precision: Int = 64
  ) throws -> (holds: Bool, value: Real)? {
    // With the number in place of the symbol procedures have exact arguments.
    let program = try Program([formula.substituting([unknown: .rational(x)])], inputs: [])
    for bits in Self.precisions.map({ max($0, $0 + precision - 64) }) {
      let box = try program.enclose([ComplexInterval](), precision: bits)[0]
      guard box.im.containsZero else { return nil }
      if let sign = box.re.certainSign {
        return (condition.holds(forSign: sign), box.re.midpoint)
      }
    }
    return nil
  }
}

/// A change between two places, closed in by false position and certified answers on both sides.
private final class ClosedInChange: Sendable {
  private struct State {
    var lower: Rational
    var upper: Rational
  }

  private let sampler: ConditionSampler
  private let holdsAbove: Bool
  private let state: Mutex<State>

  init(
    _ sampler: ConditionSampler, from lower: Rational, to upper: Rational, holdsAbove: Bool
  ) {
    self.sampler = sampler
    self.holdsAbove = holdsAbove
    state = Mutex(State(lower: lower, upper: upper))
  }

  /// An interval with about so many bits; from both sides, by the method of Illinois (Dowell and Jarratt
  /// 1971) and halvings where it is slow.
  func interval(precision: Int) throws -> Interval {
    var (a, b) = state.withLock { ($0.lower, $0.upper) }
    let bits = precision + 8
    var (fa, fb) = (try weight(a), try weight(b))
    var sideOfLast = 0
    for round in 0..<(4 * bits) {
      if isNarrow(a, b, precision) { break }
      let middle: Rational
      if let left = fa, let right = fb, round % 3 != 2,
        let share = try? left / (left - right),
        share > 0, share < 1
      {
        // Not closer to an end than this part of the width: beyond a change that lies there, the
        // other end moves up to it.
        let inner = min(max(share, Self.margin), 1 - Self.margin)
        middle = Self.rounded(a + (b - a) * inner, in: b - a)
      } else {
        middle = Self.rounded(a + (b - a) * Self.offCentre, in: b - a)
      }
      guard a < middle, middle < b, let found = try sampler.value(at: middle, from: bits) else {
        throw RootError.precisionLimit(digits: precision * 3 / 10)
      }
      let value = Rational(exactly: found.value)
      if found.holds == holdsAbove {
        (b, fb) = (middle, value)
        if sideOfLast == 1, let weight = fa { fa = weight * Self.half }
        sideOfLast = 1
      } else {
        (a, fa) = (middle, value)
        if sideOfLast == -1, let weight = fb { fb = weight * Self.half }
        sideOfLast = -1
      }
    }
    let reached = State(lower: a, upper: b)
    state.withLock { if reached.upper - reached.lower < $0.upper - $0.lower { $0 = reached } }
    return Interval(
      between: Real(a, precision: bits + 64, rounding: .down),
      and: Real(b, precision: bits + 64, rounding: .up))
  }

  private static let margin = Rational(reciprocal: 1 << 12)
  private static let half = Rational(reciprocal: 2)
  private static let offCentre = (try? Rational(493, 1009)) ?? 0

  private func weight(_ x: Rational) throws -> Rational? {
    try sampler.value(at: x).flatMap { Rational(exactly: $0.value) }
  }

  private func isNarrow(_ a: Rational, _ b: Rational, _ precision: Int) -> Bool {
    let size = max(a.magnitude, b.magnitude)
    let scale = Rational(Integer(1) << min(precision, 1 << 20))
    return (b - a) * scale < size || (b - a) * scale < Rational(reciprocal: 1 << 40)
  }

  /// A short number near x: kept to a small part of the width.
  private static func rounded(_ x: Rational, in width: Rational) -> Rational {
    RationalSample.dyadic(x, width: width * Rational(reciprocal: 1 << 20))
  }
}

extension Rational {
  fileprivate init(reciprocal n: Int) { self = (try? Rational(1, Integer(n))) ?? .zero }
}
