import Exact

/// A polynomial in one variable with dense coefficients over a ring.
///
/// Invariant: the last coefficient is not known to be zero; the zero polynomial has none. Over
/// enclosures "not known to be zero" does not mean nonzero, so the degree is an upper bound there.
public struct UnivariatePolynomial<Coefficient: Ring>: Sendable, Equatable {
  /// Coefficients from the constant term upward.
  public private(set) var coefficients: [Coefficient]

  @inlinable public init(_ coefficients: [Coefficient]) {
    self.init(trimming: coefficients)
  }

  @usableFromInline init(trimming coefficients: [Coefficient]) {
    var kept = coefficients
    while let last = kept.last, last.isZero { kept.removeLast() }
    self.coefficients = kept
  }

  /// The variable itself.
  public static var variable: Self { Self([.zero, .one]) }

  /// The monomial `coefficient * x^degree`.
  public static func monomial(_ coefficient: Coefficient, degree: Int) -> Self {
    Self(Array(repeating: .zero, count: degree) + [coefficient])
  }

  /// The degree; nil for the zero polynomial.
  @inlinable public var degree: Int? { coefficients.isEmpty ? nil : coefficients.count - 1 }

  /// The coefficient of the highest power; zero for the zero polynomial.
  @inlinable public var leadingCoefficient: Coefficient { coefficients.last ?? .zero }

  /// The coefficient of `x^index`, zero beyond the degree.
  @inlinable public subscript(index: Int) -> Coefficient {
    index >= 0 && index < coefficients.count ? coefficients[index] : .zero
  }

  /// The value at a point of the ring, by Horner's rule.
  @inlinable public func callAsFunction(_ x: Coefficient) -> Coefficient {
    var value = Coefficient.zero
    for coefficient in coefficients.reversed() { value = value * x + coefficient }
    return value
  }

  /// The derivative.
  public var derivative: Self {
    Self(
      coefficients.enumerated().dropFirst().map { index, value in
        value * Coefficient(Integer(index))
      })
  }

  /// The polynomial with each coefficient mapped into another ring.
  public func map<R: Ring, E: Error>(
    _ transform: (Coefficient) throws(E) -> R
  ) throws(E) -> UnivariatePolynomial<R> {
    var mapped: [R] = []
    mapped.reserveCapacity(coefficients.count)
    for coefficient in coefficients { mapped.append(try transform(coefficient)) }
    return UnivariatePolynomial<R>(mapped)
  }
}

extension UnivariatePolynomial: Ring {
  public static var zero: Self { Self([]) }
  public static var one: Self { Self([.one]) }
  public init(_ value: Integer) { self.init([Coefficient(value)]) }
  public var isZero: Bool { coefficients.isEmpty }

  public static func + (a: Self, b: Self) -> Self {
    let (long, short) = a.coefficients.count >= b.coefficients.count ? (a, b) : (b, a)
    var sum = long.coefficients
    for (index, value) in short.coefficients.enumerated() { sum[index] += value }
    return Self(sum)
  }

  public static func - (a: Self, b: Self) -> Self { a + -b }

  public static prefix func - (a: Self) -> Self { Self(a.coefficients.map { -$0 }) }

  public static func * (a: Self, b: Self) -> Self {
    if a.isZero || b.isZero { return .zero }
    var product = [Coefficient](
      repeating: .zero, count: a.coefficients.count + b.coefficients.count - 1)
    for (i, x) in a.coefficients.enumerated() where !x.isZero {
      for (j, y) in b.coefficients.enumerated() { product[i + j] += x * y }
    }
    return Self(product)
  }
}

extension UnivariatePolynomial where Coefficient: Field {
  /// Euclidean division: `self = quotient * divisor + remainder` with a remainder of lower degree.
  ///
  /// - Throws: ``ArithmeticError/divisionByZero`` for the zero polynomial as divisor.
  /// - Complexity: O(deg quotient · deg divisor) operations of the field.
  public func quotientAndRemainder(
    by divisor: Self
  ) throws(ArithmeticError) -> (quotient: Self, remainder: Self) {
    guard let divisorDegree = divisor.degree else { throw .divisionByZero }
    guard let degree, degree >= divisorDegree else { return (.zero, self) }
    let inverse = try divisor.leadingCoefficient.inverse()
    var rest = coefficients
    var quotient = [Coefficient](repeating: .zero, count: degree - divisorDegree + 1)
    for shift in (0...(degree - divisorDegree)).reversed() {
      try WorkBudget.check()
      let factor = rest[shift + divisorDegree] * inverse
      if factor.isZero { continue }
      quotient[shift] = factor
      for (index, value) in divisor.coefficients.enumerated() {
        rest[shift + index] -= factor * value
      }
    }
    return (Self(quotient), Self(Array(rest.prefix(divisorDegree))))
  }

  /// The polynomial divided by its leading coefficient; zero stays zero.
  public func monic() throws(ArithmeticError) -> Self {
    if isZero { return self }
    let inverse = try leadingCoefficient.inverse()
    return Self(coefficients.map { $0 * inverse })
  }

  /// The monic greatest common divisor, by Euclid's algorithm; meant for exact fields.
  public static func gcd(_ a: Self, _ b: Self) throws(ArithmeticError) -> Self {
    var (x, y) = (a, b)
    while !y.isZero {
      let remainder = try x.quotientAndRemainder(by: y).remainder
      (x, y) = (y, try remainder.monic())
    }
    return try x.monic()
  }

  /// The factors of the square-free decomposition, `self = c · Π factor^multiplicity`, monic and
  /// pairwise coprime.
  ///
  /// Source: Yun 1976, for fields of characteristic zero.
  public func squareFreeFactors() throws(ArithmeticError) -> [(factor: Self, multiplicity: Int)] {
    guard let degree, degree > 0 else { return [] }
    var factors: [(factor: Self, multiplicity: Int)] = []
    let slope = derivative
    let common = try Self.gcd(self, slope)
    var base = try quotientAndRemainder(by: common).quotient.monic()
    var rest = try slope.quotientAndRemainder(by: common).quotient
    // Scale so that `base` stays monic: dividing self by its leading coefficient scales both.
    let scale = try leadingCoefficient.inverse()
    rest = Self(rest.coefficients.map { $0 * scale })
    rest = rest - base.derivative
    var multiplicity = 1
    while let remaining = base.degree, remaining > 0 {
      let factor = try Self.gcd(base, rest)
      if let d = factor.degree, d > 0 { factors.append((factor, multiplicity)) }
      base = try base.quotientAndRemainder(by: factor).quotient
      rest = try rest.quotientAndRemainder(by: factor).quotient - base.derivative
      multiplicity += 1
    }
    return factors
  }
}

extension UnivariatePolynomial: CustomStringConvertible {
  public var description: String {
    if isZero { return "0" }
    return coefficients.indices.reversed().filter { !coefficients[$0].isZero }
      .map { "(\(coefficients[$0]))*x^\($0)" }.joined(separator: " + ")
  }
}
