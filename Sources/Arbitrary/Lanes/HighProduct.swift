import CGMP

/// The leading half of a product of significands of n limbs, for numbers whose error is counted: about
/// half of the work of the full product.
///
/// With B = 2^64, of the terms a_i·b_j·B^(i+j) those with i + j ≥ n - 2 are added up, row after row. What
/// is left out of row j ≤ n - 3 is less than B^(n-2-j)·b_j·B^j < B^(n-1), so all of it is less than n - 2
/// units of limb n - 1, which is kept as a guard below the leading n limbs.
enum HighProduct {
  typealias Limbs = UnsafeMutablePointer<UInt>

  /// Beyond, MPFR's truncated product, which divides and conquers, is as fast.
  static let largestLimbCount = 44

  /// Beyond, MPFR's squares are faster.
  static let largestSquare = 20

  /// The error of ``multiply(_:_:_:_:_:)``, in units in the last place of its result: half of one for
  /// rounding. Before that it is less than n - 1 units of the guard limb (one for what lies below it),
  /// twice as many after the shift, which is less than 2^-57 units in the last place.
  static let error = 0.5 + 0x1p-50

  /// Whether the product of two significands surely has more bits than n limbs hold, so that no exact
  /// product is missed: numbers of full length. What ends in a limb of zeros is left to MPFR, which
  /// multiplies only what is there.
  @inline(__always)
  static func applies(_ a: Limbs, _ b: Limbs, _ n: Int) -> Bool {
    n > 2 && n <= largestLimbCount && a[0] != 0 && b[0] != 0
  }

  /// Writes the product of two normalised significands of n ≥ 3 limbs, rounded to n limbs less `spare`
  /// bits, 0...63, to `c`. Returns what is added to the sum of the exponents: 0, -1, or 1.
  ///
  /// - Parameter product: room for 2n limbs.
  @inline(__always)
  static func multiply(
    _ c: Limbs, _ product: Limbs, _ a: Limbs, _ b: Limbs, _ n: Int, spare: UInt
  ) -> Int {
    // Limb n - 2 of the product and those above.
    let rows = product
    rows[2] = __gmpn_mul_1(rows, a + (n &- 2), 2, b[0])
    for j in 1..<n &- 1 {
      rows[j &+ 2] = __gmpn_addmul_1(rows, a + (n &- 2 &- j), j &+ 2, b[j])
    }
    rows[n &+ 1] = __gmpn_addmul_1(rows + 1, a, n, b[n &- 1])
    // The guard limb is the one below those that stay.
    let shift = WideProduct.shiftedUp(c, rows + 2, n)
    let next = rows[1] &<< UInt(truncatingIfNeeded: shift)
    return carry(c, n, up: spare == 0 ? next &>> 63 : 1 &<< (spare &- 1), spare: spare) &- shift
  }

  /// Adds `up` to n limbs and cuts the spare bits off; returns 1 where they became the next power of two,
  /// else 0.
  @inline(__always)
  private static func carry(_ c: Limbs, _ n: Int, up: UInt, spare: UInt) -> Int {
    var (sum, isCarried) = c[0].addingReportingOverflow(up)
    c[0] = sum & (UInt.max &<< spare)
    guard isCarried else { return 0 }
    for k in 1..<n {
      (sum, isCarried) = c[k].addingReportingOverflow(1)
      c[k] = sum
      if !isCarried { return 0 }
    }
    c[n &- 1] = 1 << 63
    return 1
  }
}
