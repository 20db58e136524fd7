import Exact

/// Recovers univariate rational functions modulo a prime from their values at t = 1, 2, 3, ….
struct LineFunction {
  /// Coefficients from the constant term upward, coprime, the denominator monic at no place in
  /// particular.
  var numerator: [UInt64]
  var denominator: [UInt64]

  /// What all functions on lines share: the inverses of small integers and the products of t - k.
  struct Nodes {
    let prime: WidePrime
    /// The residues of 0, 1, 2, ….
    private(set) var integers: [UInt64] = [0]
    private(set) var inverses: [UInt64] = [0]

    init(prime: WidePrime) { self.prime = prime }

    mutating func extend(to count: Int) {
      let known = integers.count
      if known > count { return }
      var added: [UInt64] = []
      for _ in known...count {
        let next = prime.add(integers[integers.count - 1], prime.one)
        integers.append(next)
        added.append(next)
      }
      prime.invert(&added)
      inverses += added
    }
  }

  /// The coefficients of the polynomial of degree below `count` through the values at 1, …, count.
  static func interpolate(_ values: [UInt64], _ nodes: Nodes) -> [UInt64] {
    let prime = nodes.prime
    let count = values.count
    // Divided differences; the nodes differ by small integers.
    var newton = values
    newton.withUnsafeMutableBufferPointer { newton in
      for level in 1..<max(count, 1) {
        let inverse = nodes.inverses[level]
        for index in (level..<count).reversed() {
          newton[index] = prime.multiply(
            prime.subtract(newton[index], newton[index - 1]), inverse)
        }
      }
    }
    // Horner's rule in the basis (t - 1)(t - 2)….
    var result = [UInt64](repeating: 0, count: count)
    result.withUnsafeMutableBufferPointer { result in
      for level in (0..<count).reversed() {
        let node = nodes.integers[level + 1]
        for index in (1..<max(count - level, 1)).reversed() {
          result[index] = prime.subtract(result[index - 1], prime.multiply(node, result[index]))
        }
        if count > 0 {
          result[0] = prime.subtract(newton[level], prime.multiply(node, result[0]))
        }
      }
    }
    return result
  }

  /// (t - 1)(t - 2)…(t - count).
  static func vanishing(_ count: Int, _ nodes: Nodes) -> [UInt64] {
    let prime = nodes.prime
    var product = [prime.one]
    for level in 0..<count {
      product.append(0)
      for index in (0..<product.count).reversed() {
        let below = index > 0 ? product[index - 1] : 0
        product[index] = prime.subtract(
          below, prime.multiply(nodes.integers[level + 1], product[index]))
      }
    }
    return product
  }

  /// The function with the given values, of which at least one more is given than determines it.
  ///
  /// Euclid's algorithm on the interpolating polynomial runs through all candidates; the right one
  /// stands before a quotient of degree two or more, which chance produces once in about 2^60/count.
  ///
  /// - Returns: nil where the values are too few.
  /// - Source: Monagan 2004 (maximal quotient rational reconstruction).
  init?(values: [UInt64], _ nodes: Nodes) {
    self.init(values: values, nodes, atDegree: nil)
  }

  /// The function with the given values whose numerator has the given degree.
  init?(values: [UInt64], numeratorDegree: Int, _ nodes: Nodes) {
    self.init(values: values, nodes, atDegree: numeratorDegree)
  }

  private init?(values: [UInt64], _ nodes: Nodes, atDegree: Int?) {
    let prime = nodes.prime
    var r0 = LineFunction.vanishing(values.count, nodes)
    var r1 = LineFunction.interpolate(values, nodes)
    LineFunction.trim(&r1)
    var t0: [UInt64] = []
    var t1 = [prime.one]
    if r1.isEmpty {
      numerator = []
      denominator = t1
      return
    }
    while true {
      let quotientDegree = r0.count - r1.count
      if let atDegree {
        if r1.count - 1 <= atDegree { break }
      } else if quotientDegree >= 2 {
        break
      }
      if r1.count == 1 { return nil }
      // r0, t0 -= quotient · (r1, t1), one term of the quotient after the other.
      let inverse = prime.inverse(r1[r1.count - 1])
      var shift = quotientDegree
      if t0.count < t1.count + shift {
        t0 += [UInt64](repeating: 0, count: t1.count + shift - t0.count)
      }
      while shift >= 0 {
        let factor = prime.multiply(r0[r1.count - 1 + shift], inverse)
        if factor != 0 {
          LineFunction.subtract(r1, times: factor, shifted: shift, from: &r0, prime)
          LineFunction.subtract(t1, times: factor, shifted: shift, from: &t0, prime)
        }
        shift -= 1
      }
      LineFunction.trim(&r0)
      LineFunction.trim(&t0)
      swap(&r0, &r1)
      swap(&t0, &t1)
      if r1.isEmpty { return nil }
    }
    numerator = r1
    denominator = t1
  }

  @inline(__always)
  private static func subtract(
    _ a: [UInt64], times factor: UInt64, shifted: Int, from b: inout [UInt64], _ prime: WidePrime
  ) {
    b.withUnsafeMutableBufferPointer { b in
      a.withUnsafeBufferPointer { a in
        for index in a.indices {
          b[index + shifted] = prime.subtract(
            b[index + shifted], prime.multiply(factor, a[index]))
        }
      }
    }
  }

  private static func trim(_ values: inout [UInt64]) {
    while let last = values.last, last == 0 { values.removeLast() }
  }

  /// Scales both parts so that one coefficient is 1.
  mutating func scale(by factor: UInt64, _ prime: WidePrime) {
    for index in numerator.indices { numerator[index] = prime.multiply(numerator[index], factor) }
    for index in denominator.indices {
      denominator[index] = prime.multiply(denominator[index], factor)
    }
  }
}
