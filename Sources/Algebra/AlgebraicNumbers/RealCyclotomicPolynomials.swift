import Exact

extension UnivariatePolynomial where Coefficient == Integer {
  /// The minimal polynomial of 2·cos(2π/n): monic, of degree φ(n)/2 for n > 2, with the real roots
  /// 2·cos(2πk/n) for k prime to n; nil for n < 1.
  ///
  /// - Complexity: O(n·φ(n)) integer operations at most.
  /// - Source: Lehmer 1933: Φ_n(z) = z^m·Ψ_n(z + 1/z), with z^j + z^-j a polynomial in z + 1/z.
  public static func realCyclotomic(_ n: Int) -> Self? {
    switch n {
    case ..<1: return nil
    case 1: return Self([-2, 1])
    case 2: return Self([2, 1])
    default: break
    }
    guard let cyclotomic = cyclotomic(n) else { return nil }
    let m = cyclotomic.degreeOrZero / 2
    var result = Self([cyclotomic[m]])
    for (j, doubled) in doubledCosines(upTo: m).enumerated().dropFirst() {
      result = result + doubled.scaled(by: cyclotomic[m + j])
    }
    return result
  }

  /// The polynomials C_0 … C_count with C_j(2·cos t) = 2·cos(j·t): C_0 = 2, C_1 = x and
  /// C_(j+1) = x·C_j - C_(j-1).
  public static func doubledCosines(upTo count: Int) -> [Self] {
    var list = [Self([2]), .variable]
    while list.count <= count {
      list.append(.variable * list[list.count - 1] - list[list.count - 2])
    }
    return Array(list.prefix(Swift.max(count, 0) + 1))
  }

  /// The polynomial at a polynomial, self(inner(x)), by Horner's rule.
  ///
  /// - Complexity: O(n²·m²) integer operations for degrees n and m.
  public func composed(with inner: Self) -> Self {
    coefficients.reversed().reduce(Self.zero) { $0 * inner + Self([$1]) }
  }
}

/// Numbers of residues prime to n, and which.
public enum Totient {
  /// φ(n) for n > 0.
  public static func value(_ n: Int) -> Int {
    var (rest, result, p) = (n, n, 2)
    while rest > 1 {
      if p * p > rest { p = rest }
      if rest % p == 0 {
        result -= result / p
        while rest % p == 0 { rest /= p }
      }
      p += 1
    }
    return result
  }

  /// The residues 1 ≤ k ≤ n/2 prime to n, in increasing order: one of each pair ±k; 1 for n ≤ 2.
  public static func halfUnits(_ n: Int) -> [Int] {
    n <= 2 ? [1] : (1...(n / 2)).filter { gcd($0, n) == 1 }
  }

  /// The greatest common divisor of two numbers that are not negative; gcd(0, 0) is 0.
  public static func gcd(_ a: Int, _ b: Int) -> Int {
    // No divisor is beyond the arguments, unless one is the least integer.
    Integer.gcd(Integer(a), Integer(b)).word ?? .max
  }
}
