import Exact

extension AlgebraicNumber {
  /// The distinct real roots of an integer polynomial with their multiplicities, in increasing
  /// order; complete.
  ///
  /// - Throws: ``ArithmeticError/domain(_:)`` for the zero polynomial; ``ArithmeticError/limit(_:)``
  ///   as ``IntegerFactorization``.
  public static func roots(
    of polynomial: IntegerPolynomial, in range: RationalRange = .line
  ) throws(ArithmeticError) -> [(root: AlgebraicNumber, multiplicity: Int)] {
    var roots: [(root: AlgebraicNumber, multiplicity: Int)] = []
    for factor in try IntegerFactorization(polynomial).factors {
      for root in try realRoots(ofIrreducible: factor.polynomial, in: range) {
        roots.append((root, factor.multiplicity))
      }
    }
    return roots.sorted { $0.root < $1.root }
  }

  /// The distinct real roots of a rational polynomial with their multiplicities, in increasing
  /// order.
  ///
  /// - Throws: as for integer polynomials.
  public static func roots(
    of polynomial: UnivariatePolynomial<Rational>, in range: RationalRange = .line
  ) throws(ArithmeticError) -> [(root: AlgebraicNumber, multiplicity: Int)] {
    try roots(of: IntegerPolynomial(clearingDenominatorsOf: polynomial), in: range)
  }

  /// The real roots of an irreducible primitive polynomial with a positive leading coefficient.
  static func realRoots(
    ofIrreducible polynomial: IntegerPolynomial, in range: RationalRange = .line
  ) throws(ArithmeticError) -> [AlgebraicNumber] {
    if polynomial.degree == 1 {
      let value = try Rational(-polynomial[0], polynomial[1])
      return range.contains(value) ? [AlgebraicNumber(value)] : []
    }
    let all = try RealRootIsolation.isolate(polynomial)
    var roots: [AlgebraicNumber] = []
    for (index, root) in all.enumerated() {
      guard case .interval = root else {
        throw .domain("a polynomial with the rational root \(root.lower) taken for irreducible")
      }
      let number = AlgebraicNumber(
        minimalPolynomial: polynomial, rootIndex: index + 1, location: root)
      if number.lies(in: range) { roots.append(number) }
    }
    return roots
  }

  /// Whether the number lies in the range, exact.
  public func lies(in range: RationalRange) -> Bool {
    switch range.lower {
    case .unbounded: break
    case .open(let x): if compare(to: x) <= 0 { return false }
    case .closed(let x): if compare(to: x) < 0 { return false }
    }
    switch range.upper {
    case .unbounded: return true
    case .open(let x): return compare(to: x) < 0
    case .closed(let x): return compare(to: x) <= 0
    }
  }

  /// The root of `polynomial` that `enclosure` closes in on: the factor and the root are those that
  /// stay when the bounds tighten.
  ///
  /// - Parameter enclosure: rational bounds of one root of the polynomial, which tighten with the
  ///   bits asked.
  /// - Throws: ``ArithmeticError/limit(_:)`` where two roots are not told apart with a million bits.
  static func root(
    of polynomial: IntegerPolynomial,
    in enclosure: (Int) throws(ArithmeticError) -> RationalInterval
  ) throws(ArithmeticError) -> AlgebraicNumber {
    var candidates: [AlgebraicNumber] = []
    for factor in try IntegerFactorization(polynomial).factors {
      candidates += try realRoots(ofIrreducible: factor.polynomial)
    }
    var bits = 32
    while candidates.count > 1 && bits < 1 << 20 {
      let bounds = try enclosure(bits)
      candidates = candidates.filter {
        $0.compare(to: bounds.lower) >= 0 && $0.compare(to: bounds.upper) <= 0
      }
      bits *= 2
    }
    guard let root = candidates.first else {
      throw .domain("no root of the polynomial lies within the bounds of the result")
    }
    if candidates.count > 1 { throw .limit("roots that agree in a million bits") }
    return root
  }
}
