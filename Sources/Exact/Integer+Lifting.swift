import CGMP

// What p-adic lifting does with large integers many times over, without an allocation a step.
extension Integer {
  /// The number Σ digits[k]·base^k.
  ///
  /// - Complexity: O(count²) word operations.
  public init(digits: some BidirectionalCollection<UInt64>, base: UInt64) {
    self = .fromGMP { number in
      for digit in digits.reversed() {
        __gmpz_mul_ui(number, number, UInt(base))
        __gmpz_add_ui(number, number, UInt(digit))
      }
    }
  }

  /// Writes the value modulo 2^(64·words.count) in two's complement, the lowest word first.
  public func write(twosComplement words: UnsafeMutableBufferPointer<UInt64>) {
    for index in words.indices { words[index] = 0 }
    withGMP { number in
      let count = Int(__gmpz_size(number))
      if let limbs = __gmpz_limbs_read(number) {
        for index in 0..<min(count, words.count) { words[index] = UInt64(limbs[index]) }
      }
    }
    if !isNegative { return }
    var carry = true
    for index in words.indices {
      let flipped = ~words[index]
      words[index] = carry ? flipped &+ 1 : flipped
      carry = carry && flipped == .max
    }
  }

  /// The n/d with n ≡ d·residue modulo `modulus`, |n| below 2^numeratorBits and |n|·d shorter than the
  /// modulus by `slack` bits at least; nil where there is none.
  ///
  /// There is at most one such fraction in lowest terms, since 2|n|d is below the modulus.
  ///
  /// - Source: Wang, Guy, Davenport 1982.
  public static func shortFraction(
    _ residue: Integer, modulus: Integer, numeratorBits: Int, slack: Int
  ) -> (numerator: Integer, denominator: Integer)? {
    var denominator = Integer.zero
    var isNegative = false
    let numerator = fromGMP { r1 in
      residue.withGMP { __gmpz_set(r1, $0) }
      denominator = fromGMP { t1 in
        var r0 = __mpz_struct()
        var t0 = __mpz_struct()
        var quotient = __mpz_struct()
        modulus.withGMP { __gmpz_init_set(&r0, $0) }
        __gmpz_init(&t0)
        __gmpz_init(&quotient)
        __gmpz_set_ui(t1, 1)
        if sx_mpz_sgn(r1) < 0 { __gmpz_add(r1, r1, &r0) }
        while sx_mpz_sgn(r1) != 0 && __gmpz_sizeinbase(r1, 2) > numeratorBits {
          withUnsafeMutablePointer(to: &r0) { __gmpz_tdiv_qr(&quotient, $0, $0, r1) }
          __gmpz_submul(&t0, &quotient, t1)
          __gmpz_swap(&r0, r1)
          __gmpz_swap(&t0, t1)
        }
        isNegative = sx_mpz_sgn(t1) < 0
        __gmpz_clear(&r0)
        __gmpz_clear(&t0)
        __gmpz_clear(&quotient)
      }
    }
    if isNegative { denominator = -denominator }
    let signed = isNegative ? -numerator : numerator
    guard !denominator.isZero,
      numerator.bitWidth + denominator.bitWidth + slack <= modulus.bitWidth,
      Integer.gcd(signed, denominator).isOne
    else { return nil }
    return (signed, denominator)
  }
}
