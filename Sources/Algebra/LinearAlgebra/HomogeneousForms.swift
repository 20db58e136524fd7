import Exact

/// Finds polynomials modulo a prime, degree by degree, from the coefficients that they have in t on the
/// lines s + t·a, a = (u₁w₁^k, …, u_nw_n^k) with w_n = 1.
struct HomogeneousForms {
  /// One polynomial and what is known of it.
  struct Target {
    let degree: Int
    /// Whether the polynomial is 1 at the origin of the lines.
    let isAnchor: Bool
    /// For each power of t its coefficient on the lines so far.
    var values: [[UInt64]]
    var part = FunctionImage.Part()
    /// For each degree, on how many lines its form was subtracted from lower ones; nil before it is
    /// known.
    fileprivate var applied: [Int?]

    init(degree: Int, isAnchor: Bool) {
      self.degree = degree
      self.isAnchor = isAnchor
      values = [[UInt64]](repeating: [], count: degree + 1)
      applied = [Int?](repeating: nil, count: degree + 1)
    }
  }

  /// The monomials of one degree.
  private struct Candidates {
    var monomials: [Monomial] = []
    /// Their values at w and at u.
    var ratios: [UInt64] = []
    var starts: [UInt64] = []
  }

  let ring: PolynomialRing
  /// The ring's indices of the n variables.
  let variables: [Int]
  let starts: [UInt64]
  let ratios: [UInt64]
  let shift: [UInt64]
  let prime: WidePrime
  private let isShifted: Bool
  private var candidates: [Int: Candidates] = [:]

  init(
    ring: PolynomialRing, variables: [Int], starts: [UInt64], ratios: [UInt64], shift: [UInt64],
    prime: WidePrime
  ) {
    self.ring = ring
    self.variables = variables
    self.starts = starts
    self.ratios = ratios
    self.shift = shift
    self.prime = prime
    isShifted = shift.contains { $0 != 0 }
  }

  /// Finds the forms that the lines so far determine.
  ///
  /// A form of degree d is found from as many lines as there are monomials of degree d, or from two
  /// more than twice the number of its terms, if that is less.
  ///
  /// - Returns: how many lines are needed next; nil when all forms are found.
  mutating func solve(
    _ targets: inout [Target], lineCount: Int, termLimit: Int, budget: inout Int
  ) throws(FunctionImage.Failure) -> Int? {
    var missing = 0
    for index in targets.indices {
      for degree in (0...targets[index].degree).reversed() {
        if isShifted { correct(&targets[index], from: degree + 1, lineCount: lineCount) }
        if targets[index].applied[degree] != nil { continue }
        let list = try candidateList(degree)
        let sequence = targets[index].values[degree]
        guard let chosen = try places(sequence, list, budget: &budget) else {
          missing = max(missing, list.monomials.count)
          if isShifted { break }
          continue
        }
        let nodes = chosen.map { list.ratios[$0] }
        var weights = chosen.map { list.starts[$0] }
        prime.invert(&weights)
        let sums = GeometricSums.coefficients(sequence, at: nodes, prime)
        for (place, k) in zip(chosen, chosen.indices) where sums[k] != 0 {
          targets[index].part.monomials.append(list.monomials[place])
          targets[index].part.coefficients.append(prime.multiply(sums[k], weights[k]))
        }
        if targets[index].part.monomials.count > termLimit {
          throw .limit("a solution with more than \(termLimit) terms")
        }
        targets[index].applied[degree] = 0
      }
    }
    if missing == 0 { return nil }
    return missing <= 32 ? missing : min(missing, max(16, 2 * lineCount))
  }

  /// The places among the candidates of the monomials that may occur.
  private func places(
    _ sequence: [UInt64], _ list: Candidates, budget: inout Int
  ) throws(FunctionImage.Failure) -> [Int]? {
    if list.monomials.count <= sequence.count { return Array(list.monomials.indices) }
    if sequence.count < 4 { return nil }
    let (lambda, length) = GeometricSums.recurrence(sequence, prime)
    budget -= 4 * sequence.count * sequence.count
    if 2 * length + 2 > sequence.count { return nil }
    budget -= 4 * length * list.monomials.count
    if budget < 0 { throw .limit("sparse interpolation with \(length) terms of one degree") }
    guard
      let found = GeometricSums.roots(of: lambda, length: length, among: list.ratios, prime)
    else { throw .unlucky }
    return found
  }

  /// All monomials of a degree with their values.
  private mutating func candidateList(
    _ degree: Int
  ) throws(FunctionImage.Failure) -> Candidates {
    if let known = candidates[degree] { return known }
    var list = Candidates()
    var count = 1
    for index in 1..<max(variables.count, 1) {
      count = count * (degree + index) / index
      if count > 1_000_000 { throw .limit("a solution of degree \(degree)") }
    }
    if variables.isEmpty || degree > ring.maximumDegree {
      if degree > 0 { throw .limit("a solution of degree \(degree)") }
      list = Candidates(monomials: [.one], ratios: [prime.one], starts: [prime.one])
    } else {
      extend(
        &list, variable: 0, rest: degree, monomial: .one, ratio: prime.one, start: prime.one)
    }
    candidates[degree] = list
    return list
  }

  private func extend(
    _ list: inout Candidates, variable: Int, rest: Int, monomial: Monomial, ratio: UInt64,
    start: UInt64
  ) {
    if variable == variables.count - 1 {
      list.monomials.append(
        monomial * ring.monomial(variable: variables[variable], exponent: rest))
      list.ratios.append(ratio)
      list.starts.append(
        prime.multiply(start, prime.power(starts[variable], UInt64(rest))))
      return
    }
    var (ratio, start) = (ratio, start)
    for exponent in 0...rest {
      extend(
        &list, variable: variable + 1, rest: rest - exponent,
        monomial: monomial
          * ring.monomial(variable: variables[variable], exponent: exponent),
        ratio: ratio, start: start)
      ratio = prime.multiply(ratio, ratios[variable])
      start = prime.multiply(start, starts[variable])
    }
  }

  /// Takes away from the lower powers of t what the form of one degree adds to them by the shift.
  private func correct(_ target: inout Target, from degree: Int, lineCount: Int) {
    guard degree <= target.degree, let done = target.applied[degree], done < lineCount else {
      return
    }
    var slopes = starts.indices.map {
      prime.multiply(starts[$0], prime.power(ratios[$0], UInt64(done)))
    }
    for line in done..<lineCount {
      for (monomial, coefficient) in zip(target.part.monomials, target.part.coefficients)
      where ring.totalDegree(monomial) == degree {
        var product = [coefficient]
        for (index, variable) in variables.enumerated() {
          for _ in 0..<ring.exponent(monomial, of: variable) {
            product.append(0)
            for k in (0..<product.count).reversed() {
              let below = k > 0 ? prime.multiply(product[k - 1], slopes[index]) : 0
              product[k] = prime.add(prime.multiply(product[k], shift[index]), below)
            }
          }
        }
        for k in 0..<degree {
          target.values[k][line] = prime.subtract(target.values[k][line], product[k])
        }
      }
      for index in slopes.indices { slopes[index] = prime.multiply(slopes[index], ratios[index]) }
    }
    target.applied[degree] = lineCount
  }
}
