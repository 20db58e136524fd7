import Exact

/// Sequences s_k = Σ c_i z_i^k modulo a prime: from their first values to the z_i and c_i. The values of
/// a sparse polynomial at the powers of a point are such a sequence, its monomials there the z_i.
enum GeometricSums {
  /// The shortest linear recurrence Σ λ_j s_{k-j} = 0 with λ_0 = 1, and its length.
  ///
  /// - Source: Berlekamp 1968; Massey 1969.
  static func recurrence(_ values: [UInt64], _ prime: WidePrime) -> (lambda: [UInt64], length: Int)
  {
    var current = [prime.one]
    var previous = [prime.one]
    var length = 0
    var gap = 1
    var lastDefect = prime.one
    for n in values.indices {
      var defect = values[n]
      for j in 1..<max(min(current.count, length + 1), 1) {
        defect = prime.add(defect, prime.multiply(current[j], values[n - j]))
      }
      if defect == 0 {
        gap += 1
        continue
      }
      let factor = prime.multiply(defect, prime.inverse(lastDefect))
      let old = current
      if current.count < previous.count + gap {
        current += [UInt64](repeating: 0, count: previous.count + gap - current.count)
      }
      for j in previous.indices {
        current[j + gap] = prime.subtract(current[j + gap], prime.multiply(factor, previous[j]))
      }
      if 2 * length <= n {
        length = n + 1 - length
        previous = old
        lastDefect = defect
        gap = 1
      } else {
        gap += 1
      }
    }
    return (current, length)
  }

  /// The sequence's z_i among candidates, where exactly as many of them are roots as its recurrence
  /// asks for.
  ///
  /// - Source: Ben-Or and Tiwari 1988.
  static func roots(
    of lambda: [UInt64], length: Int, among candidates: [UInt64], _ prime: WidePrime
  ) -> [Int]? {
    var found: [Int] = []
    for (index, candidate) in candidates.enumerated() {
      // z^L + λ_1 z^(L-1) + … + λ_L.
      var value: UInt64 = 0
      for j in 0...length {
        value = prime.add(
          prime.multiply(value, candidate), j < lambda.count ? lambda[j] : 0)
      }
      if value == 0 {
        if found.count == length { return nil }
        found.append(index)
      }
    }
    return found.count == length ? found : nil
  }

  /// The c_i for given different z_i, from the first values: a transposed Vandermonde system.
  ///
  /// With M(z) = Π (z - z_i) and M/(z - z_i) = Σ m_k z^k, Σ m_k s_k = c_i·(M/(z - z_i))(z_i).
  static func coefficients(
    _ values: [UInt64], at nodes: [UInt64], _ prime: WidePrime
  ) -> [UInt64] {
    let count = nodes.count
    var master = [prime.one]
    for node in nodes {
      master.append(0)
      for k in (0..<master.count).reversed() {
        let below = k > 0 ? master[k - 1] : 0
        master[k] = prime.subtract(below, prime.multiply(node, master[k]))
      }
    }
    var tops: [UInt64] = []
    var bottoms: [UInt64] = []
    for node in nodes {
      // Synthetic division from the highest coefficient down, and Horner's rule along with it.
      var quotient = prime.one
      var dot = count > 0 ? values[count - 1] : 0
      var horner = prime.one
      for k in (0..<max(count - 1, 0)).reversed() {
        quotient = prime.add(master[k + 1], prime.multiply(quotient, node))
        dot = prime.add(dot, prime.multiply(quotient, values[k]))
        horner = prime.add(prime.multiply(horner, node), quotient)
      }
      tops.append(dot)
      bottoms.append(horner)
    }
    prime.invert(&bottoms)
    return tops.indices.map { prime.multiply(tops[$0], bottoms[$0]) }
  }
}
