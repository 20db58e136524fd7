import Algebra
import Arbitrary
import Exact

/// An expression as a rational function, with real and imaginary coefficients, over kernels.
///
/// Two expressions over one basis whose normal forms are equal have equal values wherever both are
/// defined: every step that leads here is an identity over the domains of the symbols. The converse
/// holds for rational functions, and for independent square roots of them; otherwise unequal normal
/// forms decide nothing.
public struct NormalForm: Sendable {
  public let basis: KernelBasis
  public let value: Complex<RationalFunction>
  /// What is known of the kernels besides.
  let facts: KernelFacts

  /// The normal form of one expression.
  ///
  /// - Throws: ``ArithmeticError``: a division by zero, or a limit on size.
  public init(_ expression: Expression) throws(ArithmeticError) {
    try self.init(expression, rationalizesDenominators: true)
  }

  /// The normal form, with denominators kept as they are where `rationalizesDenominators` is false.
  public init(
    _ expression: Expression, rationalizesDenominators: Bool
  ) throws(ArithmeticError) {
    var normalizer = try Normalizer(
      angles: [], symbols: [], rationalizesDenominators: rationalizesDenominators)
    let value: Complex<RationalFunction>
    do {
      let first = try normalizer.normalize(expression)
      let angles = try AngleBasis.choose(normalizer.known.requestedAngles, over: normalizer.basis)
      let factors = try NormalForm.coprimeFactors(normalizer)
      if angles == nil, factors == nil {
        value = first
      } else {
        // A second time, now that all angles and factors are known.
        var second = try Normalizer(
          angles: angles ?? [], factors: factors ?? [],
          symbols: expression.freeSymbols.sorted { $0.precedes($1) },
          rationalizesDenominators: rationalizesDenominators)
        value = try second.normalize(expression)
        normalizer = second
      }
    } catch {
      // Too many kernels for one ring may become fewer once the angles share a basis.
      guard case .limit = error, let angles = try AngleBasis.choose(for: expression) else {
        throw error
      }
      normalizer = try Normalizer(
        angles: angles, symbols: expression.freeSymbols.sorted { $0.precedes($1) },
        rationalizesDenominators: rationalizesDenominators)
      value = try normalizer.normalize(expression)
    }
    basis = normalizer.basis
    self.value = try normalizer.lift(value)
    facts = normalizer.known
  }

  /// Coprime factors of all arguments of logarithms; nil where the arguments are coprime already.
  private static func coprimeFactors(
    _ normalizer: Normalizer
  ) throws(ArithmeticError) -> [Expression]? {
    let requested = normalizer.known.requestedFactors
    guard requested.count > 1 else { return nil }
    var members: [Polynomial] = []
    for factor in requested {
      members.insertCoprime(try normalizer.basis.lift(factor).primitivePart)
    }
    var lifted: Set<Polynomial> = []
    for factor in requested { lifted.insert(try normalizer.basis.lift(factor).primitivePart) }
    if Set(members) == lifted { return nil }
    return members.map { normalizer.basis.expression($0) }
  }

  public init(basis: KernelBasis, value: Complex<RationalFunction>) {
    self.basis = basis
    self.value = value
    facts = KernelFacts()
  }

  /// The value where it is a number of Q(i).
  public var constantValue: Complex<Rational>? {
    guard let re = value.re.constantValue, let im = value.im.constantValue else { return nil }
    return Complex(re: re, im: im)
  }

  /// Whether the expression is identically zero, as far as the normal form shows; false decides
  /// nothing.
  public var isZero: Bool { value.re.isZero && value.im.isZero }

  /// The normal form as an expression.
  public var expression: Expression { basis.expression(value) }
}

extension KernelBasis {
  /// A complex value over this basis as an expression.
  public func expression(_ value: Complex<RationalFunction>) -> Expression {
    let re = expression(value.re)
    if value.im.isZero { return re }
    let im = .i * expression(value.im)
    return value.re.isZero ? im : re + im
  }

  /// A real value over this basis as an expression.
  public func expression(_ value: RationalFunction) -> Expression {
    let numerator = expression(value.numerator)
    if value.denominator.isOne { return numerator }
    if let constant = value.constantValue { return .rational(constant) }
    return numerator / expression(value.denominator)
  }

  /// A polynomial over this basis as an expression.
  public func expression(_ polynomial: Polynomial) -> Expression {
    .sum(
      polynomial.terms.map { exponents, coefficient in
        var factors: [Expression] = []
        for (index, exponent) in exponents.enumerated() where exponent > 0 {
          factors.append(generators[index].kernel.expression.power(exponent))
        }
        if factors.isEmpty { return .rational(Rational(coefficient)) }
        if coefficient.isOne { return .product(factors) }
        return .product([.rational(Rational(coefficient))] + factors)
      })
  }
}
