import Exact

/// Arithmetic modulo a prime between 2^59 and 2^60, on residues in Montgomery's form: the number a is
/// kept as a·2^64 mod p, so that a product costs three word multiplications and no division.
///
/// The four free bits let 256 products be added in 128 bits before a reduction.
///
/// - Source: Montgomery 1985.
struct WidePrime: Sendable {
  let value: UInt64
  /// -1/p modulo 2^64.
  private let negativeInverse: UInt64
  /// The residue 1.
  let one: UInt64
  /// 2^128 mod p, which turns a word into its residue.
  private let square: UInt64

  /// - Precondition: an odd prime between 2^59 and 2^60.
  init(_ value: UInt64) {
    precondition(value >> 59 == 1 && value & 1 == 1, "a prime between 2^59 and 2^60")
    self.value = value
    // Newton's iteration for 1/p doubles the number of right bits; p·p = 1 mod 8 starts with three.
    var inverse = value
    for _ in 0..<5 { inverse = inverse &* (2 &- value &* inverse) }
    negativeInverse = 0 &- inverse
    one = value.dividingFullWidth((1, 0)).remainder
    square = value.dividingFullWidth(one.multipliedFullWidth(by: one)).remainder
  }

  /// T/2^64 mod p for T = high·2^64 + low with high < p.
  @inline(__always) func reduce(_ high: UInt64, _ low: UInt64) -> UInt64 {
    let factor = low &* negativeInverse
    let carried = factor.multipliedFullWidth(by: value).high
    // The low words cancel; they carry unless both are zero. The sum is below 2p.
    let sum = high &+ carried &+ (low == 0 ? 0 : 1)
    return sum >= value ? sum &- value : sum
  }

  @inline(__always) func multiply(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return reduce(product.high, product.low)
  }

  @inline(__always) func add(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let sum = a &+ b
    return sum >= value ? sum &- value : sum
  }

  @inline(__always) func subtract(_ a: UInt64, _ b: UInt64) -> UInt64 {
    a >= b ? a &- b : a &+ value &- b
  }

  @inline(__always) func negate(_ a: UInt64) -> UInt64 { a == 0 ? 0 : value &- a }

  /// The residue of a sum of at most 256 products of residues.
  @inline(__always) func reduce(_ sum: UInt128) -> UInt64 {
    reduce(UInt64(truncatingIfNeeded: sum >> 64) % value, UInt64(truncatingIfNeeded: sum))
  }

  func power(_ base: UInt64, _ exponent: UInt64) -> UInt64 {
    var result = one
    var square = base
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result = multiply(result, square) }
      square = multiply(square, square)
      rest >>= 1
    }
    return result
  }

  /// The inverse of a nonzero residue, by Fermat's theorem.
  func inverse(_ a: UInt64) -> UInt64 { power(a, value - 2) }

  /// The residue of a word.
  @inline(__always) func encode(_ word: UInt64) -> UInt64 { multiply(word % value, square) }

  /// The residue of an integer of any size.
  func encode(_ integer: Integer) -> UInt64 {
    multiply(UInt64(integer.residue(modulo: UInt(value))), square)
  }

  /// The number in 0..<p that a residue stands for.
  @inline(__always) func decode(_ residue: UInt64) -> UInt64 { reduce(0, residue) }

  /// Inverts residues in place with one inversion; a zero stays zero.
  ///
  /// - Source: Montgomery 1987.
  func invert(_ values: inout [UInt64]) {
    var prefix: [UInt64] = []
    prefix.reserveCapacity(values.count)
    var product = one
    for value in values {
      prefix.append(product)
      if value != 0 { product = multiply(product, value) }
    }
    var inverse = inverse(product)
    for index in values.indices.reversed() where values[index] != 0 {
      let own = multiply(inverse, prefix[index])
      inverse = multiply(inverse, values[index])
      values[index] = own
    }
  }
}

extension WidePrime {
  /// Whether an odd number above 37 is prime.
  ///
  /// - Source: Sorenson and Webster 2015: the first twelve primes as bases decide every word.
  static func isPrime(_ n: UInt64) -> Bool {
    func product(_ a: UInt64, _ b: UInt64) -> UInt64 {
      n.dividingFullWidth(a.multipliedFullWidth(by: b)).remainder
    }
    let bases: [UInt64] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]
    if bases.contains(where: { n % $0 == 0 }) { return false }
    let twos = (n - 1).trailingZeroBitCount
    for base in bases {
      var x: UInt64 = 1
      var square = base
      var rest = (n - 1) >> UInt64(twos)
      while rest > 0 {
        if rest & 1 == 1 { x = product(x, square) }
        square = product(square, square)
        rest >>= 1
      }
      if x == 1 || x == n - 1 { continue }
      var isComposite = true
      for _ in 1..<max(twos, 1) {
        x = product(x, x)
        if x == n - 1 {
          isComposite = false
          break
        }
      }
      if isComposite { return false }
    }
    return true
  }

  /// The greatest primes below 2^60, which most computations never leave.
  static let greatest: [WidePrime] = {
    var found: [WidePrime] = []
    var candidate: UInt64 = (1 << 60) - 1
    while found.count < 64 {
      if isPrime(candidate) { found.append(WidePrime(candidate)) }
      candidate -= 2
    }
    return found
  }()

  /// The primes below 2^60 from the greatest downward; there are more than 10^16 above 2^59.
  struct Descending: Sequence, IteratorProtocol {
    private var index = 0
    private var last: UInt64 = 0

    mutating func next() -> WidePrime? {
      if index < WidePrime.greatest.count {
        let prime = WidePrime.greatest[index]
        index += 1
        last = prime.value
        return prime
      }
      while last > (1 << 59) + 2 {
        last -= 2
        if WidePrime.isPrime(last) { return WidePrime(last) }
      }
      return nil
    }
  }
}

/// A reproducible stream of words for evaluation points.
///
/// - Source: Steele, Lea, Flood 2014 (SplitMix64).
struct PointStream64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }

  /// A random nonzero residue.
  mutating func residue(_ prime: WidePrime) -> UInt64 {
    while true {
      let word = next() >> 4
      if word > 0 && word < prime.value { return word }
    }
  }
}
