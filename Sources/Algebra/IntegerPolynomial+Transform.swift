import Exact

extension UnivariatePolynomial where Coefficient == Integer {
  /// f(x + 1).
  ///
  /// - Complexity: O(n²·b / 64) word operations for degree n and results of b bits.
  public func shiftedByOne() -> Self {
    let count = coefficients.count
    if count < 2 { return self }
    if count <= 6 {
      var shifted = coefficients
      for start in 0..<(count - 1) {
        for index in (start..<(count - 1)).reversed() { shifted[index] += shifted[index + 1] }
      }
      return Self(shifted)
    }
    // Horner's rule on the packed form: multiplying by x + 1 is one long shift and one addition.
    // Coefficients grow by a binomial, less than 2^n.
    let width = coefficientBits + count + 2
    var value = Integer.zero
    for coefficient in coefficients.reversed() {
      value = (value << width) + (value + coefficient)
    }
    return Self(unpacked(value, count: count, width: width))
  }

  /// f(x + a) for an integer a.
  public func shifted(by offset: Integer) -> Self {
    var shifted = coefficients
    for start in 0..<max(coefficients.count - 1, 0) {
      for index in (start..<(coefficients.count - 1)).reversed() {
        shifted[index] += shifted[index + 1] * offset
      }
    }
    return Self(shifted)
  }

  /// f(-x).
  public var withNegatedArgument: Self {
    Self(coefficients.enumerated().map { $0.offset % 2 == 0 ? $0.element : -$0.element })
  }

  /// x^n·f(1/x): the coefficients in reverse order. A factor x of `self` lowers the degree.
  public var reversed: Self { Self(coefficients.reversed()) }

  /// f(2^k·x) for k ≥ 0, and 2^(-kn)·f(2^k·x) for k < 0, where n is the degree.
  public func withArgumentScaled(byPowerOfTwo k: Int) -> Self {
    let top = coefficients.count - 1
    return Self(
      coefficients.enumerated().map { index, value in
        value << (k >= 0 ? k * index : -k * (top - index))
      })
  }

  /// f(p·x/q)·q^n for a rational p/q: an integer polynomial whose roots are those of `self` times
  /// q/p.
  public func withArgumentScaled(by factor: Rational) -> Self {
    var scaled = coefficients
    var power = Integer.one
    for index in scaled.indices {
      scaled[index] *= power
      power *= factor.numerator
    }
    power = .one
    for index in scaled.indices.reversed() {
      scaled[index] *= power
      power *= factor.denominator
    }
    return Self(scaled)
  }

  /// f(x^k).
  ///
  /// - Precondition: `k` is positive.
  public func withArgumentRaised(to k: Int) -> Self {
    precondition(k > 0, "a positive power of the variable")
    guard let degree else { return self }
    var raised = [Integer](repeating: .zero, count: degree * k + 1)
    for (index, value) in coefficients.enumerated() { raised[index * k] = value }
    return Self(raised)
  }

  /// The number of sign changes in the sequence of coefficients, zeros left out.
  public var signVariations: Int {
    var count = 0
    var last = 0
    for coefficient in coefficients {
      let sign = coefficient.signum
      if sign == 0 { continue }
      if last * sign < 0 { count += 1 }
      last = sign
    }
    return count
  }

  /// An integer b such that every complex root has a magnitude below 2^b; nil for constants and for
  /// c·x^n.
  ///
  /// - Source: Fujiwara 1916: |root| ≤ 2·max |a_{n-i}/a_n|^(1/i).
  public var rootBoundExponent: Int? {
    guard let n = degree, n > 0 else { return nil }
    let lead = leadingCoefficient.bitWidth
    var bound: Int?
    for i in 1...n where !self[n - i].isZero {
      // |a_{n-i}/a_n| < 2^(bits - lead + 1); the ceiling of the exponent over i.
      let excess = self[n - i].bitWidth - lead + 1
      let quotient = excess >= 0 ? (excess + i - 1) / i : -(-excess / i)
      bound = max(bound ?? quotient, quotient)
    }
    return bound.map { $0 + 1 }
  }
}
