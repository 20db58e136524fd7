import CGMP

extension Integer {
  @inlinable public static func + (a: Integer, b: Integer) -> Integer {
    if case .small(let x) = a.storage, case .small(let y) = b.storage {
      let (sum, overflow) = x.addingReportingOverflow(y)
      if !overflow { return Integer(sum) }
    }
    return sumOfLarge(a, b)
  }

  @inlinable public static func - (a: Integer, b: Integer) -> Integer {
    if case .small(let x) = a.storage, case .small(let y) = b.storage {
      let (difference, overflow) = x.subtractingReportingOverflow(y)
      if !overflow { return Integer(difference) }
    }
    return differenceOfLarge(a, b)
  }

  @inlinable public static func * (a: Integer, b: Integer) -> Integer {
    if case .small(let x) = a.storage, case .small(let y) = b.storage {
      let (product, overflow) = x.multipliedReportingOverflow(by: y)
      if !overflow { return Integer(product) }
    }
    return productOfLarge(a, b)
  }

  @inlinable public static prefix func - (a: Integer) -> Integer {
    if case .small(let x) = a.storage, x != Int.min { return Integer(-x) }
    return differenceOfLarge(.zero, a)
  }

  @usableFromInline static func sumOfLarge(_ a: Integer, _ b: Integer) -> Integer {
    combine(a, b, __gmpz_add)
  }
  @usableFromInline static func differenceOfLarge(_ a: Integer, _ b: Integer) -> Integer {
    combine(a, b, __gmpz_sub)
  }
  @usableFromInline static func productOfLarge(_ a: Integer, _ b: Integer) -> Integer {
    let (left, right) = (a.bitWidth, b.bitWidth)
    if min(left, right) > 4096 { WorkBudget.charge(WorkBudget.productCost(bits: left, right)) }
    return combine(a, b, __gmpz_mul)
  }

  static func combine(
    _ a: Integer, _ b: Integer,
    _ operation: (
      UnsafeMutablePointer<__mpz_struct>, UnsafePointer<__mpz_struct>, UnsafePointer<__mpz_struct>
    ) -> Void
  ) -> Integer {
    a.withGMP { x in b.withGMP { y in computed { operation($0, x, y) } } }
  }

  /// The value times 2 to the power `count`.
  public static func << (a: Integer, count: Int) -> Integer {
    guard count >= 0 else { return a >> -count }
    if case .small(let x) = a.storage, count < 62, x.magnitude < 1 << (62 - UInt(count)) {
      return Integer(x << count)
    }
    return a.withGMP { x in computed { __gmpz_mul_2exp($0, x, mp_bitcnt_t(count)) } }
  }

  /// The greatest integer not above the value over 2 to the power `count`.
  public static func >> (a: Integer, count: Int) -> Integer {
    guard count >= 0 else { return a << -count }
    if case .small(let x) = a.storage { return Integer(x >> count) }
    return a.withGMP { x in computed { __gmpz_fdiv_q_2exp($0, x, mp_bitcnt_t(count)) } }
  }
}

extension Integer {
  /// Floor division: `self = quotient * divisor + remainder`, the remainder with the divisor's sign.
  ///
  /// - Throws: ``ArithmeticError/divisionByZero``.
  public func floorQuotientAndRemainder(
    by divisor: Integer
  ) throws(ArithmeticError) -> (quotient: Integer, remainder: Integer) {
    let (quotient, remainder) = try quotientAndRemainder(by: divisor)
    if !remainder.isZero && (remainder.isNegative != divisor.isNegative) {
      return (quotient - 1, remainder + divisor)
    }
    return (quotient, remainder)
  }

  /// Division toward zero, as for Swift's integers: the remainder has the dividend's sign.
  ///
  /// - Throws: ``ArithmeticError/divisionByZero``.
  public func quotientAndRemainder(
    by divisor: Integer
  ) throws(ArithmeticError) -> (quotient: Integer, remainder: Integer) {
    if divisor.isZero { throw .divisionByZero }
    if case .small(let x) = storage, case .small(let y) = divisor.storage,
      !(x == Int.min && y == -1)
    {
      let (q, r) = x.quotientAndRemainder(dividingBy: y)
      return (Integer(q), Integer(r))
    }
    var remainder = Integer.zero
    let quotient = withGMP { x in
      divisor.withGMP { y in
        Integer.computed { q in remainder = Integer.computed { r in __gmpz_tdiv_qr(q, r, x, y) } }
      }
    }
    return (quotient, remainder)
  }

  /// The quotient where `divisor` is known to divide; nil where it does not.
  public func dividedExactly(by divisor: Integer) -> Integer? {
    guard let (quotient, remainder) = try? quotientAndRemainder(by: divisor), remainder.isZero
    else { return nil }
    return quotient
  }

  /// The quotient by a divisor that the caller knows to divide; what comes out otherwise is
  /// unspecified.
  ///
  /// - Precondition: `divisor` is not zero.
  @inlinable public func exactQuotient(by divisor: Integer) -> Integer {
    if case .small(let x) = storage, case .small(let y) = divisor.storage, y != -1 {
      return Integer(x / y)
    }
    return exactQuotientOfLarge(by: divisor)
  }

  @usableFromInline func exactQuotientOfLarge(by divisor: Integer) -> Integer {
    precondition(!divisor.isZero, "exact quotient by zero")
    return Integer.combine(self, divisor, __gmpz_divexact)
  }

  /// The greatest common divisor, never negative; gcd(0, 0) is 0.
  public static func gcd(_ a: Integer, _ b: Integer) -> Integer {
    if case .small(let x) = a.storage, case .small(let y) = b.storage {
      return Integer(Integer.gcd(x.magnitude, y.magnitude))
    }
    return combine(a, b, __gmpz_gcd)
  }

  /// Stein's algorithm on words.
  static func gcd(_ a: UInt, _ b: UInt) -> UInt {
    if a == 0 { return b }
    if b == 0 { return a }
    var x = a >> a.trailingZeroBitCount
    var y = b >> b.trailingZeroBitCount
    let shift = (a | b).trailingZeroBitCount
    while x != y {
      if x > y {
        x -= y
        x >>= x.trailingZeroBitCount
      } else {
        y -= x
        y >>= y.trailingZeroBitCount
      }
    }
    return x << shift
  }

  /// The least common multiple, never negative.
  public static func lcm(_ a: Integer, _ b: Integer) -> Integer {
    if a.isZero || b.isZero { return .zero }
    return (a.exactQuotient(by: gcd(a, b)) * b).magnitude
  }

  /// The greatest integer whose square is not above the value, and whether it is the exact root.
  ///
  /// - Throws: ``ArithmeticError/domain(_:)`` for a negative value.
  public func squareRoot() throws(ArithmeticError) -> (root: Integer, isExact: Bool) {
    if isNegative { throw .domain("square root of the negative integer \(self)") }
    let root = withGMP { x in Integer.computed { __gmpz_sqrt($0, x) } }
    return (root, root * root == self)
  }

  /// The exact root of the given degree, or nil where it is not an integer.
  public func exactRoot(_ degree: UInt) -> Integer? {
    if degree == 0 || (isNegative && degree % 2 == 0) { return nil }
    var isExact = false
    let root = withGMP { x in
      Integer.computed { isExact = __gmpz_root($0, x, degree) != 0 }
    }
    return isExact ? root : nil
  }

  /// The remainder of floor division by a positive word, without allocation.
  @inlinable public func residue(modulo modulus: UInt) -> UInt {
    precondition(modulus > 0, "residue modulo zero")
    if case .small(let x) = storage {
      let r = x.magnitude % modulus
      return x >= 0 || r == 0 ? r : modulus - r
    }
    return residueOfLarge(modulo: modulus)
  }

  @usableFromInline func residueOfLarge(modulo modulus: UInt) -> UInt {
    withGMP { __gmpz_fdiv_ui($0, modulus) }
  }
}

extension Integer {
  /// The inverse modulo `modulus`, in [0, modulus); nil where the two are not coprime.
  public func inverse(modulo modulus: Integer) -> Integer? {
    if modulus.isZero { return nil }
    var exists = false
    let result = withGMP { x in
      modulus.withGMP { m in Integer.computed { exists = __gmpz_invert($0, x, m) != 0 } }
    }
    return exists ? result : nil
  }
}
