import Exact

/// Finds which sets of factors modulo p^k multiply to factors over the integers.
///
/// Subsets are tried by size. A subset that belongs to a factor g has small power sums: lc^j times
/// the sum of the j-th powers of the roots of g is an integer far below p^k. Each modular factor
/// carries a weighted sum of such residues as a fraction of p^k in 64 bits, so that a subset costs
/// one addition and one comparison; those that pass are multiplied out and tried by division.
///
/// Large sets are found by meeting in the middle: the sums of the subsets of one half of the factors
/// are sorted and searched for the negatives of those of the other half.
///
/// Source: Zassenhaus 1969; Abbott, Shoup, Zimmermann 2000 for the search.
struct FactorRecombination {
  private var polynomial: IntegerPolynomial
  private var factors: [IntegerPolynomial]
  private var fractions: [UInt64]
  private let modulus: Integer
  private let possibleDegrees: [Bool]
  private let subsetLimit: Int
  private var examined = 0

  /// - Parameters:
  ///   - polynomial: square-free, primitive, with a positive leading coefficient.
  ///   - factors: its monic factors modulo `modulus`, which is above twice Mignotte's bound.
  ///   - powerSums: the exponents j of the power sums to test and their weights.
  ///   - possibleDegrees: for each degree whether a factor over the integers may have it.
  init(
    _ polynomial: IntegerPolynomial, factors: [IntegerPolynomial], modulus: Integer,
    powerSums: [Int], possibleDegrees: [Bool], subsetLimit: Int
  ) {
    self.polynomial = polynomial
    self.factors = factors
    self.modulus = modulus
    self.possibleDegrees = possibleDegrees
    self.subsetLimit = subsetLimit
    let lead = polynomial.leadingCoefficient
    fractions = factors.map { factor in
      let sums = factor.powerSumsOfMonic(upTo: powerSums.last ?? 0, modulo: modulus)
      var total = Integer.zero
      for (index, j) in powerSums.enumerated() {
        total += lead.power(UInt(j)) * sums[j - 1] * Integer(Self.weight(index))
      }
      let scaled = total.reduced(modulo: modulus) << 64
      let fraction = (try? scaled.quotientAndRemainder(by: modulus).quotient) ?? .zero
      let high = UInt64((fraction >> 32).word ?? 0)
      let low = UInt64((fraction - ((fraction >> 32) << 32)).word ?? 0)
      return high << 32 | low
    }
  }

  /// The weight of the power sum at a place of the list.
  static func weight(_ index: Int) -> Int { 1 + index * (index + 3) }

  /// The irreducible factors.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)`` after more subsets than the limit.
  mutating func irreducibleFactors() throws(ArithmeticError) -> [IntegerPolynomial] {
    var found: [IntegerPolynomial] = []
    var size = 1
    while 2 * size <= factors.count {
      if size > 4 && factors.count <= Self.meetingLimit, let hits = try meetInTheMiddle() {
        var factor: IntegerPolynomial?
        for hit in hits {
          factor = trial(hit)
          if factor != nil { break }
        }
        // Every factor over the integers is among the hits, so without one nothing is left to find.
        guard let factor else { break }
        found.append(factor)
        continue
      }
      if let factor = try nextFactor(ofSize: size) {
        found.append(factor)
      } else {
        size += 1
      }
    }
    if let degree = polynomial.degree, degree > 0 { found.append(polynomial) }
    return found
  }

  /// A factor made of `size` modular ones, taken out of ``polynomial``; nil where there is none.
  private mutating func nextFactor(ofSize size: Int) throws(ArithmeticError) -> IntegerPolynomial? {
    // Where a set and its complement have one size, only those with the first factor are tried.
    let firstEnd = 2 * size == factors.count ? 1 : factors.count - size + 1
    var chosen = Array(0..<size)
    while true {
      let last = size - 1
      let partial = chosen.dropLast().reduce(UInt64(0)) { $0 &+ fractions[$1] }
      // With `size` truncations the sum is at most that many units low, and the true value is below
      // one unit in magnitude.
      let slack = UInt64(size) + 2
      let start = last == 0 ? 0 : chosen[last - 1] + 1
      let end = last == 0 ? firstEnd : factors.count
      examined += end - start
      if examined > subsetLimit {
        throw limitError
      }
      var candidate = start
      while let hit = nextHit(from: candidate, to: end, partial &+ slack, slack &+ 4) {
        chosen[last] = hit
        // A trial costs as much as thousands of comparisons; the limit is one on work.
        examined += 4000
        if let factor = trial(chosen) { return factor }
        candidate = hit + 1
      }
      // Advance the places before the last.
      var place = last - 1
      while place >= 0 {
        let bound = place == 0 ? firstEnd : factors.count - (last - place)
        chosen[place] += 1
        if chosen[place] < bound { break }
        place -= 1
      }
      if place < 0 { return nil }
      for later in (place + 1)..<max(last, place + 1) { chosen[later] = chosen[later - 1] + 1 }
    }
  }

  /// Beyond this many factors the sums of a half would fill too much memory.
  private static let meetingLimit = 44
  /// More hits than these are left to the search by size.
  private static let hitLimit = 1 << 16

  /// The sets of at most half the factors that pass the test of fractions, by size; nil where they
  /// are too many.
  private mutating func meetInTheMiddle() throws(ArithmeticError) -> [[Int]]? {
    let count = factors.count
    let half = count / 2
    examined += 32 << (count - half)
    if examined > subsetLimit { throw limitError }
    let left = subsetSums(fractions[..<half])
    let right = subsetSums(fractions[half...])
    let order = right.indices.sorted { right[$0] < right[$1] }
    let sorted = order.map { right[$0] }
    let slack = UInt64(count) + 2
    var hits: [[Int]] = []
    for (mask, sum) in left.enumerated() {
      // Right sums in [-sum - slack, -sum + 4], around the end of the words where it wraps.
      let low = 0 &- sum &- slack
      var place = firstIndex(in: sorted, atLeast: low)
      for _ in sorted.indices {
        if place == sorted.count { place = 0 }
        if sorted[place] &- low > slack + 4 { break }
        let chosen =
          (0..<half).filter { mask >> $0 & 1 == 1 }
          + (half..<count).filter { order[place] >> ($0 - half) & 1 == 1 }
        if !chosen.isEmpty && 2 * chosen.count <= count { hits.append(chosen) }
        if hits.count > Self.hitLimit { return nil }
        place += 1
      }
    }
    return hits.sorted {
      $0.count != $1.count ? $0.count < $1.count : $0.lexicographicallyPrecedes($1)
    }
  }

  /// The sums of all subsets, the bits of the index telling which.
  private func subsetSums(_ values: ArraySlice<UInt64>) -> [UInt64] {
    var sums: [UInt64] = [0]
    sums.reserveCapacity(1 << values.count)
    for value in values {
      for index in sums.indices { sums.append(sums[index] &+ value) }
    }
    return sums
  }

  private func firstIndex(in sorted: [UInt64], atLeast value: UInt64) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private var limitError: ArithmeticError {
    .limit(
      "more than \(subsetLimit) sets of \(factors.count) factors modulo a prime power for a "
        + "polynomial of degree \(polynomial.degree ?? 0)")
  }

  private func nextHit(from start: Int, to end: Int, _ offset: UInt64, _ bound: UInt64) -> Int? {
    fractions.withUnsafeBufferPointer { fractions in
      var index = start
      while index < end {
        if fractions[index] &+ offset <= bound { return index }
        index += 1
      }
      return nil
    }
  }

  private mutating func trial(_ chosen: [Int]) -> IntegerPolynomial? {
    let degree = chosen.reduce(0) { $0 + (factors[$1].degree ?? 0) }
    if degree < possibleDegrees.count && !possibleDegrees[degree] { return nil }
    let lead = polynomial.leadingCoefficient
    let constant = chosen.reduce(lead) { ($0 * factors[$1][0]).reduced(modulo: modulus) }
      .signedResidue(modulo: modulus)
    // lc·g / lc(g) divides lc·f over the integers; so do the constant terms.
    if !constant.isZero, (lead * polynomial[0]).dividedExactly(by: constant) == nil { return nil }
    var product = IntegerPolynomial([lead])
    for index in chosen {
      product = product.multiplied(by: factors[index]).reduced(modulo: modulus)
    }
    let candidate = IntegerPolynomial(
      product.coefficients.map { $0.signedResidue(modulo: modulus) }
    ).primitivePart
    guard let quotient = polynomial.dividedExactly(by: candidate) else { return nil }
    polynomial = quotient
    for index in chosen.reversed() {
      factors.remove(at: index)
      fractions.remove(at: index)
    }
    return candidate
  }
}

extension UnivariatePolynomial where Coefficient == Integer {
  /// The sums of the first to the `count`-th powers of the roots of a monic polynomial, modulo an
  /// integer.
  ///
  /// - Source: Newton's identities.
  func powerSumsOfMonic(upTo count: Int, modulo modulus: Integer) -> [Integer] {
    let n = coefficients.count - 1
    var sums: [Integer] = []
    for k in stride(from: 1, through: count, by: 1) {
      var sum = k <= n ? coefficients[n - k] * Integer(k) : .zero
      for i in 1..<max(k, 1) where i <= n { sum += coefficients[n - i] * sums[k - i - 1] }
      sums.append((-sum).reduced(modulo: modulus))
    }
    return sums
  }
}
