import Exact

/// Arithmetic modulo a word-sized prime.
///
/// Invariant: 2 ≤ value < 2^31, so that a product of residues leaves room for sums in 64 bits.
struct WordModulus: Sendable, Equatable {
  let value: UInt64
  /// ⌊(2^64 - 1) / value⌋.
  private let reciprocal: UInt64
  /// The greatest multiple of the modulus that is not above 2^63.
  let fold: UInt64

  init(_ value: UInt64) {
    precondition(value >= 2 && value < 1 << 31, "a modulus in [2, 2^31)")
    self.value = value
    reciprocal = UInt64.max / value
    fold = (1 << 63) - (1 << 63) % value
  }

  /// The residue of any word.
  ///
  /// With m = ⌊(2^64 - 1)/p⌋ > 2^64/p - 1 the quotient ⌊x·m/2^64⌋ is above x/p - 2, so one
  /// subtraction completes the remainder (Barrett 1986).
  @inline(__always) func reduce(_ x: UInt64) -> UInt64 {
    let quotient = x.multipliedFullWidth(by: reciprocal).high
    let remainder = x &- quotient &* value
    return remainder >= value ? remainder &- value : remainder
  }

  /// A sum of products, one product more, kept below 2^63 + 2^62.
  @inline(__always) func accumulate(_ sum: UInt64, _ a: UInt64, _ b: UInt64) -> UInt64 {
    let next = sum &+ a &* b
    return next >= 1 << 63 ? next &- fold : next
  }

  @inline(__always) func multiply(_ a: UInt64, _ b: UInt64) -> UInt64 { reduce(a &* b) }
  @inline(__always) func negate(_ a: UInt64) -> UInt64 { a == 0 ? 0 : value &- a }
  @inline(__always) func add(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let sum = a &+ b
    return sum >= value ? sum &- value : sum
  }
  @inline(__always) func subtract(_ a: UInt64, _ b: UInt64) -> UInt64 {
    a >= b ? a &- b : a &+ value &- b
  }

  func power(_ base: UInt64, _ exponent: UInt64) -> UInt64 {
    var result = reduce(1)
    var square = reduce(base)
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result = multiply(result, square) }
      square = multiply(square, square)
      rest >>= 1
    }
    return result
  }

  /// The inverse of a nonzero residue of a prime modulus, by Fermat's theorem.
  func inverse(_ a: UInt64) -> UInt64 { power(a, value - 2) }

  /// Inverts nonzero residues of a prime modulus with one inverse and three products a residue.
  ///
  /// - Source: Montgomery 1987, section 10.3.1.
  func invert(_ residues: inout [UInt64]) {
    var products: [UInt64] = []
    products.reserveCapacity(residues.count)
    var product = reduce(1)
    for residue in residues {
      products.append(product)
      product = multiply(product, residue)
    }
    var inverse = inverse(product)
    for index in residues.indices.reversed() {
      let residue = residues[index]
      residues[index] = multiply(inverse, products[index])
      inverse = multiply(inverse, residue)
    }
  }

  /// The residue of an integer of any size, in [0, value).
  func residue(of integer: Integer) -> UInt64 {
    UInt64(integer.residue(modulo: UInt(value)))
  }
}

/// Word-sized primes, in order.
enum WordPrimes {
  /// Whether `n` is prime.
  ///
  /// - Source: Jaeschke 1993: the bases 2, 7 and 61 decide every n below 4 759 123 141.
  static func isPrime(_ n: UInt64) -> Bool {
    precondition(n < 1 << 31, "a number below 2^31")
    if n < 2 { return false }
    for small: UInt64 in [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61] {
      if n == small { return true }
      if n % small == 0 { return false }
    }
    let modulus = WordModulus(n)
    let twos = (n - 1).trailingZeroBitCount
    for base: UInt64 in [2, 7, 61] {
      var x = modulus.power(base, (n - 1) >> UInt64(twos))
      if x == 1 || x == n - 1 { continue }
      var isComposite = true
      for _ in 1..<max(twos, 1) {
        x = modulus.multiply(x, x)
        if x == n - 1 {
          isComposite = false
          break
        }
      }
      if isComposite { return false }
    }
    return true
  }

  /// The primes below 2^31 from the greatest downward; there are more than a hundred million.
  struct Descending: Sequence, IteratorProtocol {
    private var upcoming: UInt64 = (1 << 31) - 1

    mutating func next() -> UInt64? {
      while upcoming > 2 {
        let candidate = upcoming
        upcoming -= 2
        if WordPrimes.isPrime(candidate) { return candidate }
      }
      return nil
    }
  }

  /// The odd primes from 3 upward, below `limit`.
  static func odd(below limit: UInt64) -> some Sequence<UInt64> {
    stride(from: UInt64(3), to: limit, by: 2).lazy.filter(isPrime)
  }
}
