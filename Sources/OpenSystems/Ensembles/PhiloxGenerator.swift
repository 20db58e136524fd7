/// Philox 4×64 with ten rounds: random words by encrypting a counter.
///
/// The words depend on the key and the counter alone, so that work divided among threads takes the same
/// numbers however it is divided: each piece has its own key and counts from zero. Four words come from
/// each value of the counter, whose least significant word is raised.
///
/// Source: Salmon, Moraes, Dror, Shaw, Parallel random numbers: as easy as 1, 2, 3 (2011).
public struct PhiloxGenerator: RandomNumberGenerator, Sendable {
  private let key: (UInt64, UInt64)
  private var counter: (UInt64, UInt64, UInt64, UInt64)
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  /// How many of the words are left.
  private var left = 0

  /// - Parameters:
  ///   - seed: what the user chose.
  ///   - stream: which of the independent sequences of this seed.
  public init(seed: UInt64, stream: UInt64) {
    key = (seed, stream)
    counter = (0, 0, 0, 0)
  }

  public mutating func next() -> UInt64 {
    if left == 0 {
      words = Self.block(key: key, counter: counter)
      left = 4
      counter.0 &+= 1
      if counter.0 == 0 { counter.1 &+= 1 }
    }
    defer { left -= 1 }
    switch left {
    case 4: return words.0
    case 3: return words.1
    case 2: return words.2
    default: return words.3
    }
  }

  /// The four words of one key and counter.
  public static func block(
    key: (UInt64, UInt64), counter: (UInt64, UInt64, UInt64, UInt64)
  ) -> (UInt64, UInt64, UInt64, UInt64) {
    var (k0, k1) = key
    var (a, b, c, d) = counter
    for round in 0..<10 {
      if round > 0 {
        k0 &+= 0x9E37_79B9_7F4A_7C15
        k1 &+= 0xBB67_AE85_84CA_A73B
      }
      let p = a.multipliedFullWidth(by: 0xD2E7_470E_E14C_6C93)
      let q = c.multipliedFullWidth(by: 0xCA5A_8263_9512_1157)
      (a, b, c, d) = (q.high ^ b ^ k0, q.low, p.high ^ d ^ k1, p.low)
    }
    return (a, b, c, d)
  }

  /// A double in (0, 1], a multiple of 2^-53.
  public mutating func unit() -> Double {
    Double((next() >> 11) + 1) * 0x1p-53
  }

  /// A number below `bound`, each exactly as likely.
  ///
  /// The upper half of bound·word, unless the lower half is among the few values that would make some numbers
  /// more likely than others.
  ///
  /// - Precondition: `bound` is positive.
  /// - Source: Lemire 2019.
  public mutating func below(_ bound: Int) -> Int {
    let count = UInt64(bound)
    var product = next().multipliedFullWidth(by: count)
    if product.low < count {
      let threshold = (0 &- count) % count
      while product.low < threshold { product = next().multipliedFullWidth(by: count) }
    }
    return Int(product.high)
  }
}
