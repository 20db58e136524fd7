import Exact

/// Proves that functions solve a linear system: Σ a_j·N_j/D_j = 0 in every row.
///
/// Multiplied by the row's different denominators this says that a polynomial R with integer
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
    let degrees = polynomials.map(\.totalDegree)
    let norms = polynomials.map(\.normBits)
    let firstDenominator = inputs.count + fractions.count

    var degreeBound = 0
    var bitBound = 0
    for row in rows {
      var own = Set<Int>()
      for term in row { if let f = term.function { own.insert(denominatorOf[f]) } }
      let allDegrees = own.reduce(0) { $0 + degrees[firstDenominator + $1] }
      let allBits = own.reduce(0) { $0 + norms[firstDenominator + $1] }
      for term in row {
        var degree = degrees[term.input] + allDegrees
        var bits = norms[term.input] + allBits
        if let f = term.function {
          let place = firstDenominator + denominatorOf[f]
          degree += degrees[inputs.count + f] - degrees[place]
          bits += norms[inputs.count + f] - norms[place]
        }
        degreeBound = max(degreeBound, degree)
        bitBound = max(bitBound, bits + row.count.bitWidth - row.count.leadingZeroBitCount)
      }
    }
    // Each prime has more than 59 bits; one bit for the sign.
    let primeCount = (bitBound + 1) / 59 + 1
    var pointCount = 1
    for index in variables.indices {
      pointCount = pointCount * (degreeBound + index + 1) / (index + 1)
      if pointCount > 1 << 40 { throw .limit("a proof of degree \(degreeBound)") }
    }
    let termCount = polynomials.reduce(0) { $0 + $1.termCount } + rows.reduce(0) { $0 + $1.count }
    let cost = Double(termCount) * Double(pointCount) * Double(primeCount)
    if cost > Double(budget) {
      throw .limit("a proof by substitution at \(pointCount) points with \(termCount) terms")
    }
    budget -= Int(cost)

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
    let lattice = Lattice(dimension: variables.count, bound: degreeBound)
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
