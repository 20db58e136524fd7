import Exact

// A polynomial with small coefficients is one large integer: its value at a power of two. GMP then
// works on long runs of words instead of many short numbers, and its fast multiplication becomes a
// fast multiplication of polynomials.
//
// Source: Kronecker 1882; the signed digits as in Harvey 2009.

/// The value at 2^`width` of the polynomial with these coefficients.
func packed(_ coefficients: ArraySlice<Integer>, width: Int) -> Integer {
  switch coefficients.count {
  case 0: return .zero
  case 1: return coefficients[coefficients.startIndex]
  default:
    let half = coefficients.count / 2
    let middle = coefficients.startIndex + half
    return packed(coefficients[..<middle], width: width)
      + (packed(coefficients[middle...], width: width) << (width * half))
  }
}

/// The `count` coefficients, each in (-2^(width-1), 2^(width-1)), of the polynomial whose value at
/// 2^`width` is `value`.
func unpacked(_ value: Integer, count: Int, width: Int) -> [Integer] {
  var result: [Integer] = []
  result.reserveCapacity(count)
  unpack(value, count: count, width: width, into: &result)
  return result
}

private func unpack(_ value: Integer, count: Int, width: Int, into result: inout [Integer]) {
  if count == 1 || value.isZero {
    result.append(value)
    for _ in 1..<max(count, 1) { result.append(.zero) }
    return
  }
  let half = count / 2
  let bits = width * half
  var high = value >> bits
  var low = value - (high << bits)
  // The low part is the signed residue: its magnitude is below half of 2^bits.
  if low.bitWidth == bits {
    low -= Integer.one << bits
    high += 1
  }
  unpack(low, count: half, width: width, into: &result)
  unpack(high, count: count - half, width: width, into: &result)
}

extension UnivariatePolynomial where Coefficient == Integer {
  /// The product; the same value as `*`, by one multiplication of long integers where that pays.
  ///
  /// - Complexity: O(M(n·b)) bit operations for degree n and coefficients of b bits.
  public func multiplied(by other: Self) -> Self {
    let shorter = min(coefficients.count, other.coefficients.count)
    if shorter < 4 { return self * other }
    let width =
      coefficientBits + other.coefficientBits + (Int.bitWidth - shorter.leadingZeroBitCount) + 2
    let count = coefficients.count + other.coefficients.count - 1
    let product =
      packed(coefficients[...], width: width) * packed(other.coefficients[...], width: width)
    return Self(unpacked(product, count: count, width: width))
  }
}
