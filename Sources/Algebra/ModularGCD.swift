import Exact

/// The greatest common divisor of polynomials without integer or monomial content, by images modulo
/// word-sized primes.
///
/// One image in each variable, the others replaced by random residues, bounds the degrees of the
/// divisor; nearly always the bounds are the degrees. They prove that polynomials are coprime, tell
/// which variables the divisor is free of, and how many values an interpolation needs. What the images
/// of ``ModularGCDImage`` join to is accepted only when it divides both sides: a common divisor whose
/// degrees no common divisor exceeds, and primitive, is the greatest.
///
/// The primes go down from 2^31 and all choices are drawn from a fixed seed. Only finitely many primes
/// and few points are unlucky; each attempt succeeds with a probability above 1/2, mostly near 1.
enum ModularGCD {
  typealias Reduction = (gcd: Polynomial, a: Polynomial, b: Polynomial)

  /// The gcd, with a positive leading coefficient, and the quotients.
  static func reduce(_ f: Polynomial, _ g: Polynomial) -> Reduction {
    let ring = Polynomial.commonRing(f, g)
    let one = Polynomial(1, ring: ring)
    if f.isConstant || g.isConstant { return (one, f, g) }
    if f == g { return signed((f, one, one)) }
    let inF = f.degrees(ring)
    let inG = g.degrees(ring)
    // A variable that only one side has cannot occur in the divisor.
    for variable in inF.indices where (inF[variable] == 0) != (inG[variable] == 0) {
      let divisor =
        inF[variable] > 0
        ? Polynomial.gcd(f.coefficients(in: variable), with: g)
        : Polynomial.gcd(g.coefficients(in: variable), with: f)
      return divided(f, g, by: divisor)
    }
    let active = inF.indices.filter { inF[$0] > 0 }
    var random = RandomWords()
    WorkBudget.charge(8 * active.count * (f.termCount + g.termCount))
    let bounds = degreeBounds(f, g, inF, inG, active, &random)
    if bounds.allSatisfy({ $0 == 0 }) { return (one, f, g) }
    for (place, variable) in active.enumerated() where bounds[place] == 0 {
      let parts = f.coefficients(in: variable) + g.coefficients(in: variable)
      return divided(f, g, by: Polynomial.gcd(parts, with: Polynomial(0, ring: ring)))
    }
    if zip(active, bounds).allSatisfy({ inF[$0] == $1 }), let quotient = g.divided(by: f) {
      return signed((f, one, quotient))
    }
    if zip(active, bounds).allSatisfy({ inG[$0] == $1 }), let quotient = f.divided(by: g) {
      return signed((g, quotient, one))
    }
    return interpolated(f, g, inF, inG, active, bounds, &random)
  }

  private static func divided(
    _ f: Polynomial, _ g: Polynomial, by divisor: Polynomial
  ) -> Reduction {
    if divisor.isOne { return (divisor, f, g) }
    return (divisor, f.exactQuotient(by: divisor), g.exactQuotient(by: divisor))
  }

  /// The same with the sign of the divisor made positive.
  private static func signed(_ reduction: Reduction) -> Reduction {
    guard reduction.gcd.leadingCoefficient.isNegative else { return reduction }
    return (-reduction.gcd, -reduction.a, -reduction.b)
  }

  // MARK: Degrees

  /// Bounds on the degrees of the divisor in the given variables.
  ///
  /// The image of the divisor divides the gcd of the images, and keeps its degree where a leading
  /// coefficient of f or g is not zero, which the divisor's leading coefficient divides.
  private static func degreeBounds(
    _ f: Polynomial, _ g: Polynomial, _ degreesF: [Int], _ degreesG: [Int], _ active: [Int],
    _ random: inout RandomWords
  ) -> [Int] {
    var bounds: [Int] = []
    var primes = WordPrimes.Descending()
    var modulus = WordModulus((1 << 31) - 1)
    var attempts = 0
    while bounds.count < active.count {
      let points = active.map { _ in 1 + random.next() % (modulus.value - 1) }
      let images = [f, g].map { Images($0, active, points, modulus) }
      bounds = []
      for (place, variable) in active.enumerated() {
        let left = images[0].polynomial(in: place, degree: degreesF[variable])
        let right = images[1].polynomial(in: place, degree: degreesG[variable])
        guard left.degree == degreesF[variable] || right.degree == degreesG[variable] else { break }
        bounds.append(ModularPolynomial.gcd(left, right).degree)
      }
      attempts += 1
      // The leading coefficients may vanish modulo a prime as a whole.
      if attempts % 4 == 0, let prime = primes.next() { modulus = WordModulus(prime) }
    }
    return bounds
  }

  /// The terms of a polynomial at a point, and the inverse powers that give back a variable.
  private struct Images {
    private let exponents: [[Int]]
    private let values: [UInt64]
    private let inverses: [[UInt64]]
    private let modulus: WordModulus

    init(_ f: Polynomial, _ active: [Int], _ points: [UInt64], _ modulus: WordModulus) {
      self.modulus = modulus
      var values = f.coefficients.map { modulus.residue(of: $0) }
      var exponents: [[Int]] = []
      var inverses: [[UInt64]] = []
      for (variable, point) in zip(active, points) {
        var degree = 0
        let own = f.monomials.map { monomial in
          let exponent = f.ring.exponent(monomial, of: variable)
          degree = max(degree, exponent)
          return exponent
        }
        let powers = Self.powers(of: point, degree, modulus)
        values.withUnsafeMutableBufferPointer { values in
          powers.withUnsafeBufferPointer { powers in
            for (index, exponent) in own.enumerated() {
              values[index] = modulus.multiply(values[index], powers[exponent])
            }
          }
        }
        exponents.append(own)
        inverses.append(Self.powers(of: modulus.inverse(point), degree, modulus))
      }
      self.values = values
      self.exponents = exponents
      self.inverses = inverses
    }

    private static func powers(
      of point: UInt64, _ degree: Int, _ modulus: WordModulus
    ) -> [UInt64] {
      var table: [UInt64] = [1]
      for _ in 0..<degree { table.append(modulus.multiply(table[table.count - 1], point)) }
      return table
    }

    func polynomial(in place: Int, degree: Int) -> ModularPolynomial {
      var sums = [UInt64](repeating: 0, count: degree + 1)
      for (index, exponent) in exponents[place].enumerated() {
        sums[exponent] = modulus.accumulate(
          sums[exponent], values[index], inverses[place][exponent])
      }
      return ModularPolynomial(sums.map { modulus.reduce($0) }, modulus)
    }
  }

  // MARK: Interpolation

  private static func interpolated(
    _ f: Polynomial, _ g: Polynomial, _ inF: [Int], _ inG: [Int], _ active: [Int],
    _ bounds: [Int], _ random: inout RandomWords
  ) -> Reduction {
    let ring = f.ring
    let plan = Plan(f, g, inF, inG, active, bounds)
    // What is free of the main variable and common to both would be invisible in the images.
    let main = active[plan.main]
    let parts = f.coefficients(in: main) + g.coefficients(in: main)
    let content = Polynomial.gcd(parts, with: Polynomial(0, ring: ring))
    if !content.isOne {
      let rest = reduce(f.exactQuotient(by: content), g.exactQuotient(by: content))
      return (rest.gcd * content, rest.a, rest.b)
    }
    let scale = Polynomial.gcd(f.leadingCoefficient(in: main), g.leadingCoefficient(in: main))
    let order = [plan.main] + active.indices.filter { $0 != plan.main }
    let variables = order.map { active[$0] }
    var counts = order.map { bounds[$0] + scale.degree(in: active[$0]) + 1 }
    let trees = [f, g, scale].map { EvaluationTree($0, variables) }

    var support: [[Int32]]?
    var joined = ChineseRemainder(count: 0)
    for prime in WordPrimes.Descending() {
      let modulus = WordModulus(prime)
      let points = counts.dropFirst().reduce(1) { min($0 * $1, 1 << 16) }
      let degree = max(inF[main], inG[main])
      WorkBudget.charge(points * (4 * (f.termCount + g.termCount) + degree * degree))
      let image = ModularGCDImage(trees[0], trees[1], scale: trees[2], counts: counts, modulus)
      do throws(ModularGCDFailure) {
        let residues: [UInt64]
        if let known = support {
          var source = random
          residues = try image.sparse(known, depth: counts.count) { source.next() }
          random = source
        } else {
          let terms = try first(image, counts, &random)
          if terms.exponents.isEmpty { continue }
          support = terms.exponents
          residues = terms.residues
          joined = ChineseRemainder(count: residues.count)
        }
        let changed = joined.join(residues, modulus)
        // Residues far below the prime are the coefficients themselves, but for a rare accident.
        let isSmall = joined.values.allSatisfy { $0.bitWidth < 28 }
        if changed && !(isSmall && joined.modulus.bitWidth < 32) { continue }
        if let known = support,
          let found = verified(joined.values, known, variables, f, g, bounds, main)
        {
          return signed(found)
        }
        // Terms may be missing; only a first image tells.
        if !changed { support = nil }
      } catch {
        if case .lowerDegree(let degree) = error {
          counts[0] = degree + 1
          if degree == 0 { return (Polynomial(1, ring: ring), f, g) }
        }
        support = nil
      }
    }
    preconditionFailure("a hundred million primes cannot all be unlucky")
  }

  /// Beyond this many values of the other variables terms are interpolated one by one.
  private static let gridLimit = 4096

  private static func first(
    _ image: ModularGCDImage, _ counts: [Int], _ random: inout RandomWords
  ) throws(ModularGCDFailure) -> ModularTerms {
    var source = random
    defer { random = source }
    var points = 1
    for count in counts.dropFirst() {
      let (next, overflow) = points.multipliedReportingOverflow(by: count)
      if overflow || next > gridLimit { return try image.byVariables { source.next() } }
      points = next
    }
    return try image.onGrid(offsets: counts.map { _ in source.next() >> 34 })
  }

  /// The reduction where the joined images are a multiple, free of the main variable, of the divisor.
  private static func verified(
    _ values: [Integer], _ support: [[Int32]], _ variables: [Int], _ f: Polynomial, _ g: Polynomial,
    _ bounds: [Int], _ main: Int
  ) -> Reduction? {
    let ring = f.ring
    var terms: [(Monomial, Integer)] = []
    terms.reserveCapacity(values.count)
    for (exponents, value) in zip(support, values) where !value.isZero {
      var monomial = Monomial.one
      for (variable, exponent) in zip(variables, exponents) where exponent > 0 {
        monomial = monomial * ring.monomial(variable: variable, exponent: Int(exponent))
      }
      terms.append((monomial, value))
    }
    var candidate = Polynomial(ring: ring, unsorted: terms).primitivePart
    if candidate.isZero { return nil }
    if let found = quotients(f, g, candidate) { return found }
    let content = Polynomial.gcd(
      candidate.coefficients(in: main), with: Polynomial(0, ring: ring))
    if content.isConstant { return nil }
    candidate = candidate.exactQuotient(by: content).primitivePart
    return quotients(f, g, candidate)
  }

  private static func quotients(
    _ f: Polynomial, _ g: Polynomial, _ candidate: Polynomial
  ) -> Reduction? {
    let (short, long) = f.termCount <= g.termCount ? (f, g) : (g, f)
    guard let first = short.divided(by: candidate), let second = long.divided(by: candidate) else {
      return nil
    }
    return f.termCount <= g.termCount ? (candidate, first, second) : (candidate, second, first)
  }

  /// Which variable is the main one: that whose choice needs the fewest values of the others.
  private struct Plan {
    let main: Int

    init(
      _ f: Polynomial, _ g: Polynomial, _ inF: [Int], _ inG: [Int], _ active: [Int],
      _ bounds: [Int]
    ) {
      var best = (cost: Double.infinity, main: 0)
      for (place, variable) in active.enumerated() {
        let leftDegrees = f.leadingCoefficientDegrees(in: variable, degree: inF[variable])
        let rightDegrees = g.leadingCoefficientDegrees(in: variable, degree: inG[variable])
        var cost = 1.0
        for (other, index) in active.enumerated() where other != place {
          cost *= Double(bounds[other] + min(leftDegrees[index], rightDegrees[index]) + 1)
        }
        if cost < best.cost { best = (cost, place) }
      }
      main = best.main
    }
  }
}

/// SplitMix64 from a fixed seed (Steele, Lea, Flood 2014).
struct RandomWords {
  private var state: UInt64 = 0x5EED_0F_5E9A_12A7

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
