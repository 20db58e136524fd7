import Exact

/// A sparse polynomial in several variables over the residues modulo a word-sized prime.
///
/// The order of the terms is that of their making; monomials are distinct, residues nonzero.
struct SparseResidues: Sendable {
  let ring: PolynomialRing
  private(set) var monomials: [Monomial]
  private(set) var residues: [UInt64]

  init(_ polynomial: Polynomial, _ modulus: WordModulus) {
    ring = polynomial.ring
    monomials = []
    residues = []
    monomials.reserveCapacity(polynomial.termCount)
    residues.reserveCapacity(polynomial.termCount)
    for (monomial, coefficient) in zip(polynomial.monomials, polynomial.coefficients) {
      let residue = modulus.residue(of: coefficient)
      if residue == 0 { continue }
      monomials.append(monomial)
      residues.append(residue)
    }
  }

  /// Equal monomials are added.
  init(ring: PolynomialRing, merging terms: [(Monomial, UInt64)], _ modulus: WordModulus) {
    self.ring = ring
    monomials = []
    residues = []
    monomials.reserveCapacity(terms.count)
    residues.reserveCapacity(terms.count)
    var place: [Monomial: Int] = [:]
    place.reserveCapacity(terms.count)
    for (monomial, residue) in terms {
      if let index = place[monomial] {
        residues[index] = modulus.add(residues[index], residue)
      } else {
        place[monomial] = monomials.count
        monomials.append(monomial)
        residues.append(residue)
      }
    }
    if residues.contains(0) {
      let kept = residues.indices.filter { residues[$0] != 0 }
      monomials = kept.map { monomials[$0] }
      residues = kept.map { residues[$0] }
    }
  }

  var count: Int { monomials.count }

  func degree(in variable: Int) -> Int {
    monomials.reduce(0) { max($0, ring.exponent($1, of: variable)) }
  }

  /// Every residue times one.
  func scaled(by factor: UInt64, _ modulus: WordModulus) -> SparseResidues {
    var result = self
    for index in residues.indices {
      result.residues[index] = modulus.multiply(residues[index], factor)
    }
    return result
  }

  /// One variable replaced by a residue.
  func substituting(_ variable: Int, _ value: UInt64, _ modulus: WordModulus) -> SparseResidues {
    let powers = modulus.powers(of: value, through: degree(in: variable))
    var terms: [(Monomial, UInt64)] = []
    terms.reserveCapacity(count)
    for (monomial, residue) in zip(monomials, residues) {
      let exponent = ring.exponent(monomial, of: variable)
      terms.append(
        (
          monomial / ring.monomial(variable: variable, exponent: exponent),
          modulus.multiply(residue, powers[exponent])
        ))
    }
    return SparseResidues(ring: ring, merging: terms, modulus)
  }
}

/// The values of a sparse polynomial at β, β², β³, … in some of its variables, where β^t has the
/// t-th power in each place, gathered in dense form in the others.
///
/// - Complexity: one product a term and a point.
struct GeometricImages {
  private let places: [Int]
  private let ratios: [UInt64]
  private var current: [UInt64]
  private let size: Int
  private let modulus: WordModulus

  /// - Parameters:
  ///   - powers: for each variable of the ring its table of powers of β, empty for those that stay.
  ///   - size: the number of dense places.
  ///   - place: the dense place of a monomial.
  init(
    _ terms: SparseResidues, powers: [[UInt64]], size: Int, _ modulus: WordModulus,
    place: (Monomial) -> Int
  ) {
    self.size = size
    self.modulus = modulus
    let moving = powers.indices.filter { !powers[$0].isEmpty }
    places = terms.monomials.map(place)
    ratios = terms.monomials.map { monomial in
      var product: UInt64 = 1
      for variable in moving {
        let exponent = terms.ring.exponent(monomial, of: variable)
        if exponent > 0 { product = modulus.multiply(product, powers[variable][exponent]) }
      }
      return product
    }
    current = terms.residues
  }

  /// The dense values at the next power.
  mutating func next() -> [UInt64] {
    var values = [UInt64](repeating: 0, count: size)
    for index in current.indices {
      current[index] = modulus.multiply(current[index], ratios[index])
      values[places[index]] = modulus.add(values[places[index]], current[index])
    }
    return values
  }
}

extension WordModulus {
  /// The powers of a residue from the zeroth up to `highest`.
  func powers(of base: UInt64, through highest: Int) -> [UInt64] {
    var table: [UInt64] = [1]
    table.reserveCapacity(highest + 1)
    for _ in 0..<highest { table.append(multiply(table[table.count - 1], base)) }
    return table
  }

  /// The coefficients c_k with Σ c_k·v_k^t = `sums`[t - 1] for t = 1, 2, …, for each row of sums;
  /// nil where the nodes are not distinct and nonzero.
  ///
  /// - Complexity: O(n²) products for the nodes and for each row.
  /// - Source: Zippel 1990: the rows of the inverse are the coefficients of Π_{l ≠ k} (z - v_l).
  func transposedVandermonde(_ nodes: [UInt64], _ rows: [[UInt64]]) -> [[UInt64]]? {
    let n = nodes.count
    if nodes.contains(0) { return nil }
    var master: [UInt64] = [1]
    for node in nodes {
      master.append(0)
      for index in (0..<master.count).reversed() {
        let lower = index > 0 ? master[index - 1] : 0
        master[index] = subtract(lower, multiply(master[index], node))
      }
    }
    var result = rows.map { _ in [UInt64](repeating: 0, count: n) }
    var basis = [UInt64](repeating: 0, count: n)
    for (k, node) in nodes.enumerated() {
      // Synthetic division of the master polynomial by z - v_k, and the quotient's value at v_k.
      var carry = master[n]
      var value: UInt64 = 0
      for index in (0..<n).reversed() {
        basis[index] = carry
        value = add(multiply(value, node), carry)
        carry = add(master[index], multiply(carry, node))
      }
      if value == 0 { return nil }
      let scale = inverse(multiply(value, node))
      for (place, row) in rows.enumerated() {
        var sum: UInt64 = 0
        for index in 0..<n { sum = accumulate(sum, basis[index], row[index]) }
        result[place][k] = multiply(reduce(sum), scale)
      }
    }
    return result
  }
}
