import Exact
import Symbolic

/// Rational points of the domains of some symbols, the same every time: plain ones first, then a
/// spread over several orders of magnitude.
struct SamplePoints: Sequence {
  let symbols: [Symbol]
  let count: Int
  let seed: UInt64
  /// Where some symbols are drawn from, instead of their whole domains.
  let ranges: [Symbol: ClosedRange<Rational>]

  init(
    _ symbols: [Symbol], count: Int, seed: UInt64 = 1,
    within ranges: [Symbol: ClosedRange<Rational>] = [:]
  ) {
    self.symbols = symbols
    self.count = count
    self.seed = seed
    self.ranges = ranges
  }

  func makeIterator() -> AnyIterator<[Symbol: Rational]> {
    var index = 0
    var state = seed &* 0x9E37_79B9_7F4A_7C15
    let pools = symbols.map { symbol in
      ranges[symbol].map { range in
        SamplePoints.values(range.lowerBound, range.upperBound).filter(symbol.domain.contains)
      } ?? SamplePoints.pool(symbol.domain)
    }
    return AnyIterator {
      guard index < count else { return nil }
      var point: [Symbol: Rational] = [:]
      for (place, symbol) in symbols.enumerated() {
        let pool = pools[place]
        guard !pool.isEmpty else { return nil }
        // xorshift64*, Vigna 2016.
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        let draw = Int((state &* 0x2545_F491_4F6C_DD1D) >> 33)
        // The first few points walk through the plain values, each symbol from another start.
        point[symbol] = index < 4 ? pool[(index + place) % pool.count] : pool[draw % pool.count]
      }
      index += 1
      return point
    }
  }

  private static let magnitudes: [Rational] = [
    "1", "2", "1/2", "3", "5", "1/3", "7/5", "10", "1/10", "5/2", "4", "20", "1/7", "13/11", "50",
    "1/50", "100", "1/100", "1000", "1/1000", "17/3", "29/8",
  ].compactMap { Rational($0) }

  private static func values(_ low: Rational, _ high: Rational) -> [Rational] {
    [low, high]
      + ["1/2", "1/3", "2/3", "1/7", "6/7", "1/50", "49/50", "3/8", "5/8", "1/1000"]
      .compactMap { Rational($0) }.map { low + (high - low) * $0 }
  }

  /// Values of a domain to try.
  private static func pool(_ domain: Domain) -> [Rational] {
    switch domain.shape {
    case .finite(let values): return values
    case .complex: return magnitudes + magnitudes.map { -$0 }
    case .interval(let lower, let upper):
      let candidates: [Rational] =
        switch (lower.value, upper.value) {
        case (nil, nil): magnitudes + magnitudes.map { -$0 } + [0]
        case (let low?, nil): [low] + magnitudes.map { low + $0 }
        case (nil, let high?): [high] + magnitudes.map { high - $0 }
        case (let low?, let high?): values(low, high)
        }
      return candidates.filter { domain.contains($0) }
    }
  }
}
