import Algebra
import Arbitrary
import Exact

/// Brings expressions into normal form over one growing basis of kernels.
///
/// Values made earlier belong to a smaller basis; ``lift(_:)`` brings them up to the present one.
public struct Normalizer: Sendable {
  public private(set) var basis = KernelBasis()
  /// What is known of kernels beyond their relations.
  var known = KernelFacts()
  /// The angles that cosines and sines are expressed by, where they are chosen in advance.
  var angleBasis: [RationalFunction] = []
  /// Coprime polynomials by which arguments of logarithms are split, where they are chosen in advance.
  var factorBasis: [Polynomial] = []

  /// The greatest number of products of terms in one multiplication.
  static let largestProduct = 30_000_000

  /// The greatest product of the lengths in bits of two factors of more than a few terms.
  static let largestBitProduct = 1 << 40

  /// The greatest length in bits of the numbers in an integer power.
  static let largestBits = 1 << 24

  /// The greatest degree of a polynomial in two symbols of which it is decided exactly whether it keeps
  /// its sign.
  static let definiteDegree = 4

  /// The largest integer power that is multiplied out.
  static let largestPower = 1000

  public init() {}

  /// With angles chosen in advance: cosines and sines of their combinations with integer
  /// coefficients are multiplied out by the addition theorems.
  ///
  /// - Parameters:
  ///   - angles: expressions of angles, inner ones first.
  ///   - factors: expressions of polynomials that split the arguments of logarithms, inner ones first.
  init(
    angles: [Expression], factors: [Expression] = [], symbols: [Symbol],
    rationalizesDenominators: Bool = true
  ) throws(ArithmeticError) {
    basis.rationalizesDenominators = rationalizesDenominators
    for symbol in symbols { _ = try insert(symbol) }
    for angle in angles {
      let value = try normalize(angle)
      if value.im.isZero { angleBasis.append(value.re) }
    }
    for factor in factors {
      let value = try normalize(factor)
      if value.im.isZero, value.re.denominator.isConstant {
        factorBasis.append(value.re.numerator.primitivePart)
      }
    }
  }

  /// Declares symbols, so that they come first and in this order.
  public init(symbols: [Symbol]) throws(ArithmeticError) {
    for symbol in symbols { _ = try insert(symbol) }
  }

  /// The value over the present basis.
  public func lift(
    _ value: Complex<RationalFunction>
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    Complex(re: try basis.lift(value.re), im: try basis.lift(value.im))
  }

  /// The normal form over the present basis, which grows by the kernels that it needs.
  ///
  /// - Complexity: of the rational arithmetic; a shared part is worked out once.
  public mutating func normalize(
    _ expression: Expression
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    for symbol in expression.freeSymbols.sorted(by: { $0.precedes($1) }) { _ = try insert(symbol) }
    var values: [ObjectIdentifier: Complex<RationalFunction>] = [:]
    var result = Complex<RationalFunction>.zero
    // The list keeps the parts alive, so that an identity stays that of its part.
    let parts = expression.postorder()
    for part in parts {
      var operands: [Complex<RationalFunction>] = []
      for operand in part.operands {
        guard let value = values[operand.identity] else { continue }
        operands.append(try lift(value))
      }
      result = try combine(part, operands)
      values[part.identity] = result
    }
    return result
  }

  private mutating func combine(
    _ part: Expression, _ operands: [Complex<RationalFunction>]
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    try WorkBudget.spend(1024)
    switch part.kind {
    case .rational(let value): return Complex(RationalFunction(value))
    case .imaginaryUnit: return .i
    case .constant(.infinity): throw .domain("infinity is no number")
    case .constant(.pi): return Complex(try piKernel())
    case .symbol(let symbol): return Complex(basis.variable(try insert(symbol)))
    case .sum:
      // In pairs: one by one, a wide sum would be copied for each of its terms.
      var sums = operands
      while sums.count > 1 {
        var next: [Complex<RationalFunction>] = []
        next.reserveCapacity(sums.count / 2 + 1)
        for index in stride(from: 0, to: sums.count - 1, by: 2) {
          next.append(try add(sums[index], sums[index + 1]))
        }
        if sums.count % 2 == 1 { next.append(sums[sums.count - 1]) }
        sums = next
      }
      return sums.first ?? .zero
    case .product:
      var product = Complex<RationalFunction>.one
      for operand in operands { product = try multiply(product, operand) }
      return product
    case .power: return try power(operands[0], operands[1])
    case .function(let function, _): return try apply(function, operands)
    case .procedure(let component, _):
      let written = Expression(raw: .procedure(component, operands.map { basis.expression($0) }))
      return Complex(try opaque(written, isReal: component.isReal))
    }
  }

  private mutating func insert(_ symbol: Symbol) throws(ArithmeticError) -> Int {
    try basis.insert(
      .init(
        kernel: .symbol(symbol), isReal: symbol.domain.isReal, sign: SignFact(symbol.domain),
        relation: nil, isConstant: false))
  }

  /// Adds a generator and returns its variable.
  mutating func generator(
    _ kernel: Kernel, isReal: Bool, sign: SignFact?, relation: KernelBasis.Relation? = nil
  ) throws(ArithmeticError) -> RationalFunction {
    let index = try basis.insert(
      .init(
        kernel: kernel, isReal: isReal, sign: sign, relation: relation,
        isConstant: kernel.expression.freeSymbols.isEmpty))
    return basis.variable(index)
  }

  /// A kernel of which nothing is used but that it equals itself.
  mutating func opaque(
    _ expression: Expression, isReal: Bool, sign: SignFact? = nil
  ) throws(ArithmeticError) -> RationalFunction {
    try generator(.opaque(expression), isReal: isReal, sign: sign)
  }

  /// The number π.
  mutating func piKernel() throws(ArithmeticError) -> RationalFunction {
    try opaque(.pi, isReal: true, sign: .positive)
  }

  /// The sign of a real value; nil where none is proved or the value is not known to be real.
  func sign(of value: RationalFunction) -> SignFact? {
    guard let value = try? basis.lift(value), basis.isReal(value.numerator),
      basis.isReal(value.denominator)
    else { return nil }
    let prover = SignProver(basis)
    if let sign = prover.sign(of: value) { return sign }
    guard let top = sign(of: value.numerator, prover),
      let bottom = value.denominator.isConstant ? .positive : sign(of: value.denominator, prover),
      bottom.isNonzero
    else { return nil }
    return SignFact.product(top, bottom)
  }

  /// The sign of a product with a radicand of known sign; that of a + b·s with a square root s, where a² - b²·s² has a sign: the greater of |a| and
  /// |b·s| gives the sign of the sum.
  private func sign(of polynomial: Polynomial, _ prover: SignProver) -> SignFact? {
    if let sign = prover.sign(of: polynomial) { return sign }
    let definite = try? DefiniteSign.sign(
      of: polynomial,
      { index in
        if case .symbol(let symbol) = basis.generators[index].kernel { symbol.domain } else { nil }
      }, degree: Normalizer.definiteDegree)
    if let definite { return definite }
    // Radicands that are known to be nonnegative may divide it.
    for generator in basis.generators where generator.isReal {
      guard let relation = generator.relation, relation.isPure, relation.degree % 2 == 0,
        generator.sign?.isNonnegative ?? false, !relation.value.isConstant,
        relation.value.generatorIndex == nil, let radicand = try? basis.lift(relation.value),
        let quotient = polynomial.divided(by: radicand), let rest = prover.sign(of: quotient)
      else { continue }
      return SignFact.product(generator.sign == .positive ? .positive : .nonnegative, rest)
    }
    for index in polynomial.occurringVariables.reversed() {
      guard case .squareRoot = basis.generators[index].kernel,
        let relation = basis.generators[index].relation, relation.isPure, relation.degree == 2
      else { continue }
      let parts = polynomial.coefficients(in: index)
      guard parts.count == 2, let value = try? basis.lift(relation.value),
        let first = try? basis.product(parts[0], parts[0]),
        let square = try? basis.product(parts[1], parts[1]),
        let second = try? basis.product(square, value),
        let norm = try? basis.reduce(first - second), let order = prover.sign(of: norm),
        order.isNonzero
      else { continue }
      return prover.sign(
        of: order == .positive ? parts[0] : parts[1] * Polynomial.variable(index, of: basis.ring))
    }
    return nil
  }

  // MARK: Arithmetic with relations

  mutating func sum(
    _ a: RationalFunction, _ b: RationalFunction
  ) throws(ArithmeticError) -> RationalFunction {
    try add(Complex(try basis.lift(a)), Complex(try basis.lift(b))).re
  }

  mutating func product(
    _ a: RationalFunction, _ b: RationalFunction
  ) throws(ArithmeticError) -> RationalFunction {
    try multiply(Complex(a), Complex(b)).re
  }

  mutating func quotient(
    _ a: RationalFunction, _ b: RationalFunction
  ) throws(ArithmeticError) -> RationalFunction {
    try divide(Complex(a), Complex(b)).re
  }

  /// The product over the present basis, every relation used.
  public mutating func multiply(
    _ a: Complex<RationalFunction>, _ b: Complex<RationalFunction>
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    let (a, b) = (try lift(a), try lift(b))
    try WorkBudget.spend(256)
    try checkDegrees(a, b)
    let product = a * b
    return Complex(re: try basis.reduce(product.re), im: try basis.reduce(product.im))
  }

  mutating func divide(
    _ a: Complex<RationalFunction>, _ b: Complex<RationalFunction>
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    let (a, b) = (try lift(a), try lift(b))
    if b.im.isZero {
      let inverse = Complex(try RationalFunction.one / b.re)
      return try multiply(a, inverse)
    }
    let conjugate = Complex(re: b.re, im: -b.im)
    let norm = try multiply(b, conjugate)
    if norm.re.isZero {
      // Parts that are not real may make it vanish where the denominator does not.
      throw .domain("a denominator vanishes for one sign of the imaginary unit")
    }
    return try multiply(try multiply(a, conjugate), Complex(try RationalFunction.one / norm.re))
  }

  /// The ring's multiplication trusts the degrees; they are checked here, where input arrives.
  private func checkDegrees(
    _ a: Complex<RationalFunction>, _ b: Complex<RationalFunction>
  ) throws(ArithmeticError) {
    func degree(_ value: Complex<RationalFunction>) -> Int {
      [value.re.numerator, value.re.denominator, value.im.numerator, value.im.denominator]
        .map(\.totalDegree).max() ?? 0
    }
    func terms(_ value: Complex<RationalFunction>) -> Int {
      [value.re.numerator, value.re.denominator, value.im.numerator, value.im.denominator]
        .map(\.termCount).max() ?? 0
    }
    if terms(a) * terms(b) >= 256 { try WorkBudget.require(64 * terms(a) * terms(b)) }
    if terms(a) * terms(b) > Normalizer.largestProduct {
      throw .limit("a product of \(terms(a)) by \(terms(b)) terms")
    }
    // Repeated squaring doubles the terms and their lengths at once.
    func width(_ value: Complex<RationalFunction>) -> Int {
      [value.re.numerator, value.re.denominator, value.im.numerator, value.im.denominator]
        .map { $0.termCount > 64 ? $0.terms.map(\.coefficient.bitWidth).max() ?? 0 : 0 }.max() ?? 0
    }
    if terms(a) > 64, terms(b) > 64 {
      let (left, right) = (terms(a) * width(a), terms(b) * width(b))
      if left.multipliedReportingOverflow(by: right).overflow
        || left * right > Normalizer.largestBitProduct
      {
        throw .limit("a product of \(left) by \(right) bits")
      }
    }
    // Sums over two denominators multiply once more.
    if 2 * (degree(a) + degree(b)) > basis.ring.maximumDegree {
      throw .limit("an expression of degree \(degree(a) + degree(b))")
    }
  }

  /// The lengths of numbers, which a power multiplies, bounded before any number is made.
  private func checkPower(
    _ base: Complex<RationalFunction>, _ exponent: Int
  ) throws(ArithmeticError) {
    let width =
      [base.re.numerator, base.re.denominator, base.im.numerator, base.im.denominator]
      .map { $0.terms.map(\.coefficient.bitWidth).max() ?? 0 }.max() ?? 0
    let (bits, overflow) = width.multipliedReportingOverflow(by: Int(clamping: exponent.magnitude))
    if overflow || bits > Normalizer.largestBits {
      throw .limit("a power with more than \(Normalizer.largestBits) bits")
    }
  }

  /// A sum whose degrees the ring can hold: unlike denominators multiply.
  func add(
    _ a: Complex<RationalFunction>, _ b: Complex<RationalFunction>
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    try WorkBudget.check()
    try checkSum(a.re, b.re)
    try checkSum(a.im, b.im)
    return a + b
  }

  private func checkSum(_ a: RationalFunction, _ b: RationalFunction) throws(ArithmeticError) {
    if a.isZero || b.isZero || a.denominator == b.denominator { return }
    let (left, right) = (a.denominator.totalDegree, b.denominator.totalDegree)
    let top = max(a.numerator.totalDegree + right, b.numerator.totalDegree + left)
    let degree = max(top, left + right)
    if degree <= basis.ring.maximumDegree { return }
    let common = Polynomial.gcd(a.denominator, b.denominator).totalDegree
    if degree - common > basis.ring.maximumDegree { throw .limit("a sum of degree \(degree)") }
  }

  /// Whether re and im are the real and imaginary part: every kernel is real.
  func isRealForm(_ value: Complex<RationalFunction>) -> Bool {
    [value.re.numerator, value.re.denominator, value.im.numerator, value.im.denominator]
      .allSatisfy { basis.isReal($0) }
  }

  mutating func integerPower(
    _ base: Complex<RationalFunction>, _ exponent: Int
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    try checkPower(base, exponent)
    var result = Complex<RationalFunction>.one
    var square = exponent < 0 ? try divide(.one, base) : base
    var rest = exponent.magnitude
    while rest > 0 {
      if rest & 1 == 1 { result = try multiply(result, square) }
      rest >>= 1
      if rest > 0 { square = try multiply(square, square) }
    }
    return result
  }
}
