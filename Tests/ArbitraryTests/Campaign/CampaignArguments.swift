import Arbitrary
import CMPFR
import Exact
import TestSupport

/// Where the arguments of a function are drawn from.
struct ArgumentRange: Sendable {
  /// Binary exponents of most arguments go up to this magnitude.
  var usual = 10
  /// And those of some to this one.
  var extreme = 1_000_000_000
  /// Numbers near which the function changes: every tenth argument is near one of them.
  var landmarks: [Double] = [0, 1, -1, 2, 0.5, -0.5]
  /// Whether a range may be a half-line or the whole line.
  var isUnbounded = true
}

/// Random numbers and ranges of every kind that arithmetic finds hard.
struct CampaignArguments {
  var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func below(_ count: Int) -> Int { Int(generator.next() % UInt64(count)) }

  /// 2 to 300 bits, small ones as often as large ones.
  mutating func precision() -> Int {
    switch below(4) {
    case 0: 2 + below(10)
    case 1: [24, 53, 64, 65, 113, 128][below(6)]
    default: 2 + below(299)
    }
  }

  /// A significand of random bits times 2^exponent.
  mutating func number(exponent: Int, precision: Int) -> Real {
    var words: [UInt] = []
    for _ in 0...(precision / 64) { words.append(UInt(generator.next())) }
    let isNegative = generator.next() & 1 == 0
    return Real.computed(precision: precision) { x in
      mpfr_set_ui(x, 1, MPFR_RNDZ)
      for word in words {
        mpfr_mul_2ui(x, x, 64, MPFR_RNDZ)
        mpfr_add_ui(x, x, word, MPFR_RNDZ)
      }
      mpfr_mul_2si(x, x, exponent - 64 * words.count, MPFR_RNDZ)
      if isNegative { mpfr_neg(x, x, MPFR_RNDZ) }
    }
  }

  mutating func number(_ range: ArgumentRange, precision: Int) -> Real {
    func exponent(_ bound: Int, _ self: inout CampaignArguments) -> Int {
      self.below(2 * bound + 1) - bound
    }
    switch below(20) {
    case 0: return Real(0, precision: precision)
    case 1, 2:
      let landmark = Real(range.landmarks[below(range.landmarks.count)], precision: precision)
      switch below(3) {
      case 0: return landmark
      case 1: return generator.next() & 1 == 0 ? landmark.nextUp : landmark.nextDown
      default:
        let offset = number(exponent: -below(precision + 20), precision: precision)
        return Real.add(landmark, offset, precision: precision)
      }
    case 3: return Real(below(41) - 20, precision: precision)
    case 4, 5:
      return number(exponent: exponent(min(400, range.extreme), &self), precision: precision)
    case 6: return number(exponent: exponent(range.extreme, &self), precision: precision)
    case 7...10: return number(exponent: exponent(2, &self), precision: precision)
    default: return number(exponent: exponent(range.usual, &self), precision: precision)
    }
  }

  /// A range with one or two of its points.
  mutating func range(
    _ range: ArgumentRange, precision: Int
  ) -> (lower: Real, upper: Real, point: Real) {
    let a = number(range, precision: precision)
    let b: Real
    switch below(10) {
    case 0...3: return (a, a, a)
    case 4: b = generator.next() & 1 == 0 ? a.nextUp : a.nextDown
    case 5, 6:
      let offset = number(exponent: (a.exponent ?? 0) - below(precision + 10), precision: precision)
      b = Real.add(a, offset, precision: precision)
    case 7 where range.isUnbounded && below(3) == 0:
      b = generator.next() & 1 == 0 ? .infinity : .negativeInfinity
    default: b = number(range, precision: precision)
    }
    // A step at the end of the exponent range may leave the numbers.
    let (low, high) = a <= b ? (a, b) : (b, a)
    return (low, high, point(between: low, high, range, precision: precision))
  }

  private mutating func point(
    between low: Real, _ high: Real, _ range: ArgumentRange, precision: Int
  ) -> Real {
    let inside: Real
    switch below(4) {
    case 0: inside = low
    case 1: inside = high
    case 2: inside = number(range, precision: precision)
    default:
      let share = Real(Double(generator.next() >> 11) * 0x1p-53)
      let width = Real.sub(high, low, precision: precision)
      inside = Real.add(low, Real.mul(width, share, precision: precision), precision: precision)
    }
    if inside.isNaN || inside < low { return low.isFinite ? low : high }
    let bounded = inside > high ? high : inside
    if bounded.isFinite { return bounded }
    return low.isFinite ? low : high.isFinite ? high : Real(0, precision: precision)
  }
}
