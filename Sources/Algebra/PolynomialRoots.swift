import Exact

/// Roots of a monic polynomial over Q(x₁, …, xₙ) that lie in that field.
///
/// Z[x₁, …, xₙ] is integrally closed, so a root of a monic polynomial with coefficients there is
/// itself a polynomial, of a degree that the coefficients bound. Such a root is found at one integer
/// point, lifted as a power series around it to the degree bound, and verified by substitution.
public enum PolynomialRoots {
  /// All roots in the field, with multiplicities, and the monic cofactor without such roots.
  ///
  /// The cofactor has no root in Q(x₁, …, xₙ) where `isComplete`; otherwise no suitable point was
  /// found within the limit and the cofactor may still have some.
  public struct Result: Sendable {
    public var roots: [(root: RationalFunction, multiplicity: Int)]
    public var cofactors: [(factor: UnivariatePolynomial<RationalFunction>, multiplicity: Int)]
    public var isComplete: Bool
  }

  /// - Parameter polynomial: monic, or any nonzero multiple of a monic polynomial.
  public static func split(
    _ polynomial: UnivariatePolynomial<RationalFunction>
  ) throws(ArithmeticError) -> Result {
    var result = Result(roots: [], cofactors: [], isComplete: true)
    let factors =
      try isSquareFreeAtPoint(polynomial)
      ? [(factor: try polynomial.monic(), multiplicity: 1)] : try polynomial.squareFreeFactors()
    for (factor, multiplicity) in factors {
      var rest = factor
      if rest.degree == 1 {
        result.roots.append((-rest[0], multiplicity))
        continue
      }
      let (found, complete) = try rootsOfSquareFree(factor)
      for root in found {
        result.roots.append((root, multiplicity))
        rest = try rest.quotientAndRemainder(by: UnivariatePolynomial([-root, .one])).quotient
      }
      if !complete { result.isComplete = false }
      if let degree = rest.degree, degree > 0 { result.cofactors.append((rest, multiplicity)) }
    }
    return result
  }

  /// Whether the polynomial has no repeated factor, as far as one point shows.
  ///
  /// At a point at which no denominator of the monic polynomial vanishes its coefficients lie in a
  /// local ring that is integrally closed, and so do those of its monic factors: a repeated factor
  /// would be one at the point too.
  private static func isSquareFreeAtPoint(
    _ polynomial: UnivariatePolynomial<RationalFunction>
  ) throws(ArithmeticError) -> Bool {
    guard (polynomial.degree ?? 0) > 1 else { return false }
    var values: [Rational] = []
    for coefficient in try polynomial.monic().coefficients {
      var parts: [Integer] = []
      for part in [coefficient.numerator, coefficient.denominator] {
        var value = part
        for variable in part.occurringVariables {
          value = value.substituting(variable, Integer(3 + 2 * variable))
        }
        parts.append(value.constantTerm)
      }
      if parts[1].isZero { return false }
      values.append(try Rational(parts[0], parts[1]))
    }
    let special = UnivariatePolynomial(values)
    return try UnivariatePolynomial.gcd(special, special.derivative).degree == 0
  }

  private static func rootsOfSquareFree(
    _ polynomial: UnivariatePolynomial<RationalFunction>
  ) throws(ArithmeticError) -> (roots: [RationalFunction], isComplete: Bool) {
    guard let degree = polynomial.degree else { return ([], true) }
    // With y = d·x the polynomial is monic over Z[x₁, …, xₙ].
    let scale = try integralScale(polynomial, degree: degree)
    var integral: [Polynomial] = []
    for (index, coefficient) in polynomial.coefficients.enumerated() {
      let factor = RationalFunction(try scale.checkedPower(UInt(degree - index)))
      let value = coefficient * factor
      guard let constant = value.denominator.constantValue, constant.isOne else {
        return ([], false)
      }
      integral.append(value.numerator)
    }
    let ring = integral.map(\.ring).first { !$0.variables.isEmpty } ?? .constants
    // deg(root) ≤ max over k of deg(c_{n-k}) / k, as for the Newton polygon at infinity.
    var bound = 0
    for (index, coefficient) in integral.enumerated() where index < degree {
      bound = max(bound, coefficient.totalDegree / (degree - index))
    }
    let active = Array(Set(integral.flatMap(\.occurringVariables))).sorted()
    for attempt in 0..<12 {
      // Small, distinct, coprime coordinates; a further attempt moves each differently.
      let point = active.enumerated().map { Integer(2 + $0.offset + attempt * (2 * $0.offset + 3)) }
      var atPoint = integral
      for (variable, value) in zip(active, point) {
        atPoint = atPoint.map { $0.substituting(variable, value) }
      }
      let special = UnivariatePolynomial(atPoint.map { Rational($0.constantTerm) })
      let common = try UnivariatePolynomial.gcd(special, special.derivative)
      guard common.degree == 0 else { continue }
      let shifted = integral.map { shift($0, active, by: point) }
      var roots: [RationalFunction] = []
      for start in try integerRoots(special) {
        if let lifted = try lift(start, shifted, ring: ring, bound: bound) {
          let root = shift(lifted, active, by: point.map { -$0 })
          let value = integral.reversed().reduce(Polynomial(0, ring: ring)) { $0 * root + $1 }
          if value.isZero { roots.append(try RationalFunction(root, scale)) }
        }
      }
      return (roots, true)
    }
    return ([], false)
  }

  /// A small d for which d^(n-k)·c_k is integral for every coefficient c_k of a monic polynomial of
  /// degree n.
  ///
  /// The least common denominator would do, but where x has the denominator e it is e^n, and the
  /// degrees of everything after would grow with it: d gains one copy of each factor that is missing.
  private static func integralScale(
    _ polynomial: UnivariatePolynomial<RationalFunction>, degree: Int
  ) throws(ArithmeticError) -> Polynomial {
    var scale = Polynomial.one
    for (index, coefficient) in polynomial.coefficients.enumerated().reversed()
    where index < degree {
      while true {
        let power = try scale.checkedPower(UInt(degree - index))
        if power.divided(by: coefficient.denominator) != nil { break }
        let missing = coefficient.denominator.exactQuotient(
          by: Polynomial.gcd(power, coefficient.denominator))
        scale = missing.squareFreeFactors().reduce(scale.scaled(by: missing.content)) {
          $0 * $1.factor
        }
      }
    }
    return scale
  }

  /// Replaces each variable `x` by `x + offset`.
  private static func shift(
    _ polynomial: Polynomial, _ variables: [Int], by offsets: [Integer]
  ) -> Polynomial {
    // A constant may belong to a ring without the variables.
    if polynomial.isConstant { return polynomial }
    var result = polynomial
    for (variable, offset) in zip(variables, offsets) {
      let moved =
        Polynomial.variable(variable, of: polynomial.ring)
        + Polynomial(offset, ring: polynomial.ring)
      var value = Polynomial(0, ring: polynomial.ring)
      for part in result.coefficients(in: variable).reversed() { value = value * moved + part }
      result = value
    }
    return result
  }

  /// The power series root that starts with `start`, up to total degree `bound`; nil where a
  /// coefficient is no integer, so that the root is no polynomial over Z.
  private static func lift(
    _ start: Integer, _ coefficients: [Polynomial], ring: PolynomialRing, bound: Int
  ) throws(ArithmeticError) -> Polynomial? {
    var root = Polynomial(start, ring: ring)
    var slope = Integer.zero
    for (index, coefficient) in coefficients.enumerated().dropFirst().reversed() {
      slope = slope * start + coefficient.constantTerm * Integer(index)
    }
    if slope.isZero { return nil }
    guard bound > 0 else { return root }
    for degree in 1...bound {
      try WorkBudget.check()
      var value = Polynomial(0, ring: ring)
      for coefficient in coefficients.reversed() {
        value = (value * root).truncated(toDegree: degree) + coefficient
      }
      let residue = value.truncated(toDegree: degree)
      if residue.isZero { continue }
      guard let correction = residue.divided(by: Polynomial(slope, ring: ring)) else { return nil }
      root = root - correction
    }
    return root
  }

  /// The integer roots of a monic square-free polynomial with integer coefficients.
  private static func integerRoots(
    _ polynomial: UnivariatePolynomial<Rational>
  ) throws(ArithmeticError) -> [Integer] {
    // A root divides the constant term, but factoring that may be hard. Hensel lifting of the roots
    // modulo a prime needs no factorisation: a root is an integer of at most `bits` bits.
    let coefficients = polynomial.coefficients.map(\.numerator)
    guard coefficients.count > 1 else { return [] }
    let bits = (coefficients.map(\.bitWidth).max() ?? 1) + 2
    for prime in smallPrimes {
      let residues = coefficients.map { $0.residue(modulo: prime) }
      func value(_ x: UInt) -> UInt { residues.reversed().reduce(0) { ($0 * x + $1) % prime } }
      func slope(_ x: UInt) -> UInt {
        var sum: UInt = 0
        for index in residues.indices.dropFirst().reversed() {
          sum = (sum * x + residues[index] * (UInt(index) % prime)) % prime
        }
        return sum
      }
      let candidates = (0..<prime).filter { value($0) == 0 }
      if candidates.contains(where: { slope($0) == 0 }) { continue }
      var roots: [Integer] = []
      for candidate in candidates {
        var root = Integer(Int(candidate))
        var modulus = Integer(Int(prime))
        while modulus.bitWidth <= bits + 1 {
          modulus = modulus * modulus
          let f = coefficients.reversed().reduce(Integer.zero) { $0 * root + $1 }
          var d = Integer.zero
          for index in coefficients.indices.dropFirst().reversed() {
            d = d * root + coefficients[index] * Integer(index)
          }
          guard let inverse = d.inverse(modulo: modulus) else { break }
          root = try (root - f * inverse).floorQuotientAndRemainder(by: modulus).remainder
        }
        let signed = root > (modulus >> 1) ? root - modulus : root
        let check = coefficients.reversed().reduce(Integer.zero) { $0 * signed + $1 }
        if check.isZero { roots.append(signed) }
      }
      return roots
    }
    throw .limit(
      "no small prime separates the roots of a polynomial of degree \(coefficients.count - 1)")
  }

  private static let smallPrimes: [UInt] = [
    101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167, 173, 179, 181, 191, 193,
    197, 199, 211, 223, 227, 229, 233, 239, 241, 251, 257, 263, 269, 271, 277, 281, 283, 293, 307,
  ]
}
