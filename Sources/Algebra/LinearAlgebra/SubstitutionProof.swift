import Exact

/// Proves that functions solve a linear system: Σ a_j·N_j/D_j = 0 in every row.
///
/// Multiplied by a common multiple of the row's denominators this says that a polynomial R with integer
/// coefficients vanishes. Its total degree is at most B, and its coefficients are at most H, the sum
/// of the products of the 1-norms. A polynomial of degree at most B in m variables that vanishes at all
/// points (x_{1,i₁}, …, x_{m,i_m}) with i₁ + … + i_m ≤ B, for distinct x_{v,0}, x_{v,1}, … in each
/// variable v, is zero over a field (by induction: on x_m = x_{m,0} it vanishes, so it is
/// (x_m - x_{m,0}) times a polynomial of degree B - 1, which vanishes at the rest of the points). So R
/// is zero modulo each prime, and zero itself when the product of the primes exceeds 2H.
struct SubstitutionProof {
  /// A function as a quotient of polynomials in the ring of the matrix.
  struct Fraction {
    let numerator: Polynomial
    let denominator: Polynomial
  }

  /// One term of a row: an element of the matrix and a function; nil is the constant 1.
  struct Term {
    let input: Int
    let function: Int?
    let isNegative: Bool
  }

  let ring: PolynomialRing
  /// The ring's variables that occur.
  let variables: [Int]
  let inputs: [Polynomial]
  let fractions: [Fraction]
  /// The rows, for each null vector.
  let rows: [[Term]]

  /// - Returns: whether all rows vanish.
  /// - Throws: ``ArithmeticError/limit(_:)`` where the proof would take too long.
  func holds(budget: inout Int) throws(ArithmeticError) -> Bool {
    var denominators: [Polynomial] = []
    var denominatorOf: [Int] = []
    var known: [Polynomial: Int] = [:]
    for fraction in fractions {
      if let place = known[fraction.denominator] {
        denominatorOf.append(place)
      } else {
        known[fraction.denominator] = denominators.count
        denominatorOf.append(denominators.count)
        denominators.append(fraction.denominator)
      }
    }
    let polynomials = inputs + fractions.map(\.numerator) + denominators
    let termCount = polynomials.reduce(0) { $0 + $1.termCount } + rows.reduce(0) { $0 + $1.count }
    var bounds = Bounds(self, denominators, denominatorOf, usingDivisors: false)
    if bounds.cost(variables.count, termCount) > 1e6 {
      bounds = Bounds(self, denominators, denominatorOf, usingDivisors: true)
    }
    let cost = bounds.cost(variables.count, termCount)
    if cost > Double(budget) {
      throw .limit(
        "a proof by substitution: degree \(bounds.degree), \(variables.count) variables, "
          + "\(termCount) terms")
    }
    budget -= Int(cost)
    let primeCount = bounds.primeCount

    var table = MonomialTable(variableCount: variables.count)
    let places = polynomials.map { polynomial in
      polynomial.monomials.map { monomial in
        table.place(of: variables.map { ring.exponent(monomial, of: $0) })
      }
    }
    let flat = rows.map { row in
      row.map { term in
        FlatTerm(
          input: term.input, fraction: term.function ?? -1, isNegative: term.isNegative)
      }
    }
    let lattice = Lattice(dimension: variables.count, bound: bounds.degree)
    var seed: UInt64 = 11
    for prime in WidePrime.Descending().prefix(primeCount) {
      let tabled = zip(polynomials, places).map { polynomial, places in
        TabledPolynomial(
          places: places, coefficients: polynomial.coefficients.map { prime.encode($0) })
      }
      var attempts = 0
      while true {
        seed += 1
        let outcome = check(
          tabled, table, flat, denominatorOf, lattice, prime, seed: seed)
        if outcome == .vanishes { break }
        if outcome == .fails { return false }
        attempts += 1
        if attempts > 8 { throw .limit("denominators vanish at too many points") }
      }
    }
    return true
  }

  /// Bounds of R, over all rows.
  private struct Bounds {
    private(set) var degree = 0
    /// 2^bits > H.
    private(set) var bits = 0

    /// Each prime has more than 59 bits; one bit is for the sign.
    var primeCount: Int { (bits + 1) / 59 + 1 }

    /// - Parameter usingDivisors: multiply rows by a common multiple of their denominators that leaves
    ///   out those that divide others, instead of by the product of all.
    init(
      _ proof: SubstitutionProof, _ denominators: [Polynomial], _ denominatorOf: [Int],
      usingDivisors: Bool
    ) {
      let inputs = proof.inputs.map { ($0.totalDegree, $0.normBits) }
      let numerators = proof.fractions.map { ($0.numerator.totalDegree, $0.numerator.normBits) }
      var known: [Set<Int>: [Int: (degree: Int, bits: Int)]] = [:]
      for row in proof.rows {
        let own = Set(row.compactMap { $0.function.map { denominatorOf[$0] } })
        let factors =
          known[own]
          ?? (usingDivisors
            ? Bounds.sharedCofactors(own, denominators) : Bounds.cofactors(own, denominators))
        known[own] = factors
        let whole = factors[-1] ?? (0, 0)
        for term in row {
          var (termDegree, termBits) = inputs[term.input]
          if let f = term.function {
            let cofactor = factors[denominatorOf[f]] ?? whole
            termDegree += numerators[f].0 + cofactor.degree
            termBits += numerators[f].1 + cofactor.bits
          } else {
            termDegree += whole.degree
            termBits += whole.bits
          }
          degree = max(degree, termDegree)
          bits = max(bits, termBits + Int.bitWidth - row.count.leadingZeroBitCount)
        }
      }
    }

    /// For each denominator the degree and norm of the product of the others; at -1 those of the whole.
    private static func cofactors(
      _ own: Set<Int>, _ denominators: [Polynomial]
    ) -> [Int: (degree: Int, bits: Int)] {
      var result: [Int: (degree: Int, bits: Int)] = [:]
      let sizes = own.map { ($0, denominators[$0].totalDegree, denominators[$0].normBits) }
      let whole = sizes.reduce((0, 0)) { ($0.0 + $1.1, $0.1 + $1.2) }
      result[-1] = whole
      for (index, degree, _) in sizes {
        result[index] = (whole.0 - degree, sizes.reduce(0) { $1.0 == index ? $0 : $0 + $1.2 })
      }
      return result
    }

    /// The same for a common multiple: the product of those that divide no other.
    private static func sharedCofactors(
      _ own: Set<Int>, _ denominators: [Polynomial]
    ) -> [Int: (degree: Int, bits: Int)] {
      var maximal: [Int] = []
      // For each denominator a maximal one and the quotient.
      var quotients: [Int: (parent: Int, quotient: Polynomial)] = [:]
      let order = own.sorted {
        (denominators[$0].totalDegree, denominators[$0].normBits, $0)
          > (denominators[$1].totalDegree, denominators[$1].normBits, $1)
      }
      for index in order {
        var found: (parent: Int, quotient: Polynomial)?
        for parent in maximal where found == nil {
          if let quotient = denominators[parent].divided(by: denominators[index]) {
            found = (parent, quotient)
          }
        }
        if found == nil { maximal.append(index) }
        quotients[index] = found ?? (index, .one)
      }
      var result: [Int: (degree: Int, bits: Int)] = [:]
      func product(without left: Int) -> (degree: Int, bits: Int) {
        maximal.reduce((0, 0)) {
          $1 == left
            ? $0
            : ($0.0 + denominators[$1].totalDegree, $0.1 + denominators[$1].normBits)
        }
      }
      result[-1] = product(without: -1)
      for (index, (parent, quotient)) in quotients {
        let others = product(without: parent)
        result[index] = (
          others.degree + quotient.totalDegree, others.bits + quotient.normBits
        )
      }
      return result
    }

    /// The number of points of the lattice times that of primes and terms.
    func cost(_ variableCount: Int, _ termCount: Int) -> Double {
      var points = 1.0
      for index in 0..<variableCount {
        points *= Double(degree + index + 1) / Double(index + 1)
      }
      return points * Double(primeCount) * Double(termCount)
    }
  }

  private struct FlatTerm {
    let input: Int
    let fraction: Int
    let isNegative: Bool
  }

  private enum Outcome { case vanishes, fails, pole }

  /// Evaluates the rows at all points of the lattice; where no denominator vanishes R is zero exactly
  /// if the sum of the fractions is.
  private func check(
    _ tabled: [TabledPolynomial], _ table: MonomialTable, _ rows: [[FlatTerm]],
    _ denominatorOf: [Int], _ lattice: Lattice, _ prime: WidePrime, seed: UInt64
  ) -> Outcome {
    var random = PointStream64(seed: seed)
    let nodes = lattice.nodes(prime, &random)
    let width = 16
    var monomials = [UInt64](repeating: 0, count: table.count * width)
    var values = [UInt64](repeating: 0, count: tabled.count * width)
    let firstDenominator = inputs.count + fractions.count
    var indices = [Int](repeating: 0, count: variables.count)
    var isDone = false
    while !isDone {
      var points: [[UInt64]] = []
      while points.count < width && !isDone {
        points.append(indices.indices.map { nodes[$0][indices[$0]] })
        isDone = !lattice.advance(&indices)
      }
      let lanes = points.count
      var coordinates = [UInt64](repeating: 0, count: variables.count * lanes)
      for (lane, point) in points.enumerated() {
        for (variable, value) in point.enumerated() {
          coordinates[variable * lanes + lane] = value
        }
      }
      monomials.withUnsafeMutableBufferPointer { monomials in
        values.withUnsafeMutableBufferPointer { values in
          guard let m = monomials.baseAddress, let v = values.baseAddress else { return }
          table.evaluate(coordinates, lanes: lanes, into: m, prime)
          for (index, polynomial) in tabled.enumerated() {
            polynomial.evaluate(m, lanes: lanes, into: v + index * lanes, prime)
          }
        }
      }
      var inverses = Array(values[(firstDenominator * lanes)..<(tabled.count * lanes)])
      if inverses.contains(0) { return .pole }
      prime.invert(&inverses)
      for index in fractions.indices {
        for lane in 0..<lanes {
          let place = (inputs.count + index) * lanes + lane
          values[place] = prime.multiply(
            values[place], inverses[denominatorOf[index] * lanes + lane])
        }
      }
      for row in rows {
        for lane in 0..<lanes {
          var sum: UInt64 = 0
          for term in row {
            let input = values[term.input * lanes + lane]
            let value =
              term.fraction < 0
              ? input
              : prime.multiply(input, values[(inputs.count + term.fraction) * lanes + lane])
            sum = term.isNegative ? prime.subtract(sum, value) : prime.add(sum, value)
          }
          if sum != 0 { return .fails }
        }
      }
    }
    return .vanishes
  }
}

/// The index vectors with a bounded sum.
struct Lattice {
  let dimension: Int
  let bound: Int

  /// The next index vector; false after the last.
  func advance(_ indices: inout [Int]) -> Bool {
    var sum = indices.reduce(0, +)
    for place in indices.indices.reversed() {
      if sum < bound {
        indices[place] += 1
        return true
      }
      sum -= indices[place]
      indices[place] = 0
    }
    return false
  }

  /// Distinct random residues for each coordinate.
  func nodes(_ prime: WidePrime, _ random: inout PointStream64) -> [[UInt64]] {
    (0..<dimension).map { _ in
      var seen = Set<UInt64>()
      var list: [UInt64] = []
      while list.count <= bound {
        let value = random.residue(prime)
        if seen.insert(value).inserted { list.append(value) }
      }
      return list
    }
  }
}

extension Polynomial {
  /// An upper bound of the binary logarithm of the sum of the coefficients' magnitudes, rounded up.
  var normBits: Int {
    let sum = coefficients.reduce(Integer.zero) { $0 + $1.magnitude }
    return sum.bitWidth
  }
}
