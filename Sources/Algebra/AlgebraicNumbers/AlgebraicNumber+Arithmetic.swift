import Exact

// Results are roots of composed polynomials; which factor and which root is decided by enclosures of
// the operands. Every operation throws `limit` where the composed polynomial would have a degree
// above `degreeLimit`, and where its factorisation does.
extension AlgebraicNumber {
  /// The greatest degree of a polynomial that arithmetic composes: the product of the operands'
  /// degrees, or the degree times the index of a root.
  public static let degreeLimit = 64

  /// The sum.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)`` above ``degreeLimit``.
  public static func + (
    a: AlgebraicNumber, b: AlgebraicNumber
  ) throws(ArithmeticError) -> AlgebraicNumber {
    if let x = a.rational, let y = b.rational { return AlgebraicNumber(x + y) }
    if let y = b.rational { return try a.translated(by: y) }
    if let x = a.rational { return try b.translated(by: x) }
    if a == b { return try a.scaled(by: Rational(2)) }
    try checkDegree(a.degree * b.degree, "a sum")
    let composed = try ComposedPolynomials.sum(a.minimalPolynomial, b.minimalPolynomial)
    return try root(of: composed) { a.interval(bits: $0) + b.interval(bits: $0) }
  }

  /// The difference.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)`` above ``degreeLimit``.
  public static func - (
    a: AlgebraicNumber, b: AlgebraicNumber
  ) throws(ArithmeticError) -> AlgebraicNumber {
    if a == b { return AlgebraicNumber(Rational.zero) }
    return try a + b.negated()
  }

  /// The product.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)`` above ``degreeLimit``.
  public static func * (
    a: AlgebraicNumber, b: AlgebraicNumber
  ) throws(ArithmeticError) -> AlgebraicNumber {
    if let x = a.rational { return try b.scaled(by: x) }
    if let y = b.rational { return try a.scaled(by: y) }
    if a == b { return try a.power(2) }
    try checkDegree(a.degree * b.degree, "a product")
    let composed = try ComposedPolynomials.product(a.minimalPolynomial, b.minimalPolynomial)
    return try root(of: composed) { a.interval(bits: $0) * b.interval(bits: $0) }
  }

  /// The quotient.
  ///
  /// - Throws: ``ArithmeticError/divisionByZero``; ``ArithmeticError/limit(_:)`` above
  ///   ``degreeLimit``.
  public static func / (
    a: AlgebraicNumber, b: AlgebraicNumber
  ) throws(ArithmeticError) -> AlgebraicNumber {
    if a == b && b.signum != 0 { return AlgebraicNumber(Rational.one) }
    return try a * b.inverse()
  }

  /// The negative.
  public func negated() throws(ArithmeticError) -> AlgebraicNumber {
    guard case .interval(let i) = location else { return try scaled(by: Rational(-1)) }
    let polynomial = minimalPolynomial.withNegatedArgument.primitivePart
    let count = try RealRootIsolation.count(minimalPolynomial)
    return AlgebraicNumber(
      minimalPolynomial: polynomial, rootIndex: count + 1 - rootIndex,
      location: .interval(i.negated))
  }

  /// One over the number.
  ///
  /// - Throws: ``ArithmeticError/divisionByZero``.
  public func inverse() throws(ArithmeticError) -> AlgebraicNumber {
    if let rational { return AlgebraicNumber(try rational.inverse()) }
    // x → 1/x reverses the order on each side of zero: the negative roots come first on both sides.
    let negative = try RealRootIsolation.count(
      minimalPolynomial, in: RationalRange(upper: .open(.zero)))
    let count = try RealRootIsolation.count(minimalPolynomial)
    let index =
      rootIndex <= negative ? negative + 1 - rootIndex : count + negative + 1 - rootIndex
    return try Self.root(index, ofIrreducible: minimalPolynomial.reversed.primitivePart)
  }

  /// An integer power; the zeroth is 1.
  ///
  /// - Throws: ``ArithmeticError/divisionByZero`` for a negative power of zero;
  ///   ``ArithmeticError/limit(_:)`` for exponents beyond a thousand of irrational numbers.
  public func power(_ exponent: Int) throws(ArithmeticError) -> AlgebraicNumber {
    if let rational { return AlgebraicNumber(try rational.power(exponent)) }
    if exponent == 0 { return AlgebraicNumber(Rational.one) }
    if exponent < -1000 || exponent > 1000 {
      throw .limit("the power \(exponent) of an algebraic number")
    }
    if exponent < 0 { return try inverse().power(-exponent) }
    if exponent == 1 { return self }
    let composed = try ComposedPolynomials.power(minimalPolynomial, exponent)
    // A pure root such as the fourth root of 2 has an equation x^k = c that is quicker than this,
    // but no more exact.
    return try Self.root(of: composed) { bits in
      // The bounds widen by a factor n·|x|^(n-1); asking for more bits each round covers it.
      let base = interval(bits: bits)
      var value = RationalInterval(.one, .one)
      for _ in 0..<exponent { value = value * base }
      return value
    }
  }

  /// The real root of the given degree: the positive one for even degrees.
  ///
  /// - Throws: ``ArithmeticError/domain(_:)`` for degree 0 and for even roots of negative numbers;
  ///   ``ArithmeticError/limit(_:)`` above ``degreeLimit``.
  public func root(_ index: Int) throws(ArithmeticError) -> AlgebraicNumber {
    if index < 1 { throw .domain("the root of degree \(index)") }
    if index == 1 || signum == 0 { return self }
    if signum < 0 {
      if index % 2 == 0 { throw .domain("the root of degree \(index) of a negative number") }
      return try negated().root(index).negated()
    }
    if let exact = rational?.exactRoot(UInt(index)) { return AlgebraicNumber(exact) }
    try Self.checkDegree(degree * index, "a root")
    // x → x^k is increasing for x > 0, so positive roots keep their order.
    let positive = RationalRange(lower: .open(.zero))
    let below = try RealRootIsolation.count(
      minimalPolynomial, in: RationalRange(upper: .closed(.zero)))
    let roots = try Self.roots(of: minimalPolynomial.withArgumentRaised(to: index), in: positive)
    let place = rootIndex - below - 1
    guard roots.indices.contains(place) else {
      throw .domain("the roots of x^\(index) - a and of its minimal polynomial do not match")
    }
    return roots[place].root
  }

  /// The value of a rational polynomial at the number; its degree divides the number's.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)`` as ``IntegerFactorization``.
  public func value(
    of polynomial: UnivariatePolynomial<Rational>
  ) throws(ArithmeticError) -> AlgebraicNumber {
    if let rational { return AlgebraicNumber(polynomial(rational)) }
    let reduced = try remainder(of: polynomial)
    if reduced.degreeOrZero == 0 { return AlgebraicNumber(reduced[0]) }
    let composed = try ComposedPolynomials.image(of: minimalPolynomial, under: reduced)
    return try Self.root(of: composed) { interval(bits: $0).image(under: reduced) }
  }

  /// The sign of a rational polynomial at the number, exact.
  ///
  /// Zero is decided by division by the minimal polynomial; otherwise enclosures tighten until the
  /// sign shows.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)`` where a million bits do not show it.
  public func sign(of polynomial: UnivariatePolynomial<Rational>) throws(ArithmeticError) -> Int {
    if let rational { return polynomial(rational).signum }
    let reduced = try remainder(of: polynomial)
    if reduced.isZero { return 0 }
    var bits = 32
    while bits < 1 << 20 {
      if let sign = interval(bits: bits).image(under: reduced).certainSign { return sign }
      bits *= 2
    }
    throw .limit("the sign of a polynomial at an algebraic number within a million bits")
  }

  // MARK: Parts

  private func remainder(
    of polynomial: UnivariatePolynomial<Rational>
  ) throws(ArithmeticError) -> UnivariatePolynomial<Rational> {
    try polynomial.quotientAndRemainder(by: minimalPolynomial.map { Rational($0) }).remainder
  }

  func interval(bits: Int) -> RationalInterval {
    let (lower, upper) = enclosure(bits: bits)
    return RationalInterval(lower, upper)
  }

  private static func checkDegree(_ degree: Int, _ what: String) throws(ArithmeticError) {
    if degree > degreeLimit {
      throw .limit("\(what) of algebraic numbers that needs degree \(degree) > \(degreeLimit)")
    }
  }

  /// The number plus a rational one: f(x - y) has its roots in the same order.
  private func translated(by offset: Rational) throws(ArithmeticError) -> AlgebraicNumber {
    if offset.isZero { return self }
    // With f(x/q)·q^n the shift by p/q becomes one by p.
    let scaled = minimalPolynomial.withArgumentScaled(
      by: try Rational(offset.denominator).inverse())
    let moved = scaled.shifted(by: -offset.numerator)
    return try Self.root(
      rootIndex,
      ofIrreducible: moved.withArgumentScaled(by: Rational(offset.denominator)).primitivePart)
  }

  /// The number times a rational one: f(x/r) has its roots in the same order, or in reverse for
  /// negative r.
  func scaled(by factor: Rational) throws(ArithmeticError) -> AlgebraicNumber {
    if let rational { return AlgebraicNumber(rational * factor) }
    if factor.isZero { return AlgebraicNumber(Rational.zero) }
    let positive = try Self.root(
      rootIndex,
      ofIrreducible: minimalPolynomial.withArgumentScaled(by: factor.magnitude.inverse())
        .primitivePart)
    return factor.isNegative ? try positive.negated() : positive
  }

  /// The root with this index, from 1 for the least.
  static func root(
    _ index: Int, ofIrreducible polynomial: IntegerPolynomial
  ) throws(ArithmeticError) -> AlgebraicNumber {
    let roots = try realRoots(ofIrreducible: polynomial)
    guard roots.indices.contains(index - 1) else {
      throw .domain("a transformed polynomial does not have the roots of the original")
    }
    return roots[index - 1]
  }
}
