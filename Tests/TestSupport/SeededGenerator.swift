import Exact

/// SplitMix64 (Steele, Lea, Flood 2014): small, seedable, and the same on every platform, so that a
/// failing random case can be named by its seed.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// An integer of up to `bits` binary digits, of either sign.
  public mutating func integer(bits: Int) -> Integer {
    var value = Integer(0)
    for _ in 0..<(bits + 31) / 32 { value = (value << 32) + Integer(Int(next() >> 32)) }
    let excess = value.bitWidth - Int(next() % UInt64(bits + 1))
    if excess > 0 { value = value >> excess }
    return next() & 1 == 0 ? value : -value
  }
}
