import Algebra
import Exact

/// The generators of a field of normal forms, in order, with what is known of each.
///
/// A basis only grows at its end: a value over a basis is a value over every extension of it, with
/// the same variable indices.
public struct KernelBasis: Sendable {
  /// One generator.
  public struct Generator: Sendable {
    public let kernel: Kernel
    /// Whether every value is real.
    public let isReal: Bool
    /// What is known of the sign; nil for nothing, or where the value is not real.
    public let sign: SignFact?
    /// What a power of the kernel equals.
    public let relation: Relation?
    /// Whether the value depends on no symbol.
    public let isConstant: Bool
  }

  /// `lead · kernel^degree = value + Σ lower[k]·kernel^k`, all but the kernel made of earlier
  /// generators. The polynomial has no multiple roots, as one in the kernel.
  public struct Relation: Sendable {
    public let degree: Int
    public let value: Polynomial
    /// Coefficients of lower powers of the kernel, none for a pure root.
    public let lower: [Integer]
    /// The factor of the power; nil for 1. With another the power is not replaced.
    public let lead: Polynomial?

    init(degree: Int, value: Polynomial, lower: [Integer] = [], lead: Polynomial? = nil) {
      self.degree = degree
      self.value = value
      self.lower = lower
      self.lead = lead
    }

    /// Whether it says no more than `kernel^degree = value`.
    var isPure: Bool { lower.isEmpty && lead == nil }
  }

  /// Whether square roots are moved out of denominators; without it a denominator is kept as it is,
  /// which never fails where a conjugate happens to vanish.
  var rationalizesDenominators = true

  public private(set) var generators: [Generator] = []
  /// The ring of the numerators and denominators.
  public private(set) var ring: PolynomialRing = .constants
  private var indices: [Kernel: Int] = [:]

  public init() {}

  /// The index of a kernel that the basis has.
  public func index(of kernel: Kernel) -> Int? { indices[kernel] }

  /// The indices of generators with a relation, the latest first: reducing in this order leaves no
  /// power that a relation could still lower.
  var relatedIndices: [Int] {
    generators.indices.reversed().filter {
      if let relation = generators[$0].relation { relation.lead == nil } else { false }
    }
  }

  /// Adds a generator, or finds it.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)`` where the ring cannot hold another.
  mutating func insert(_ generator: Generator) throws(ArithmeticError) -> Int {
    if let index = indices[generator.kernel] { return index }
    let names = ring.variables + [generator.kernel.expression.description]
    ring = try PolynomialRing(names)
    indices[generator.kernel] = generators.count
    generators.append(generator)
    return generators.count - 1
  }

  /// The same polynomial over this basis, which extends the polynomial's own.
  func lift(_ polynomial: Polynomial) throws(ArithmeticError) -> Polynomial {
    // Constants too: one of an older ring does not meet a polynomial of this one.
    if polynomial.ring === ring { return polynomial }
    return try polynomial.embedded(in: ring) { $0 }
  }

  /// The same rational function over this basis, which extends the function's own.
  public func lift(_ value: RationalFunction) throws(ArithmeticError) -> RationalFunction {
    if value.numerator.ring === ring && value.denominator.ring === ring { return value }
    // New variables come last with exponent 0: the parts stay coprime and the lead stays the lead.
    return try RationalFunction(
      coprime: try lift(value.numerator), try lift(value.denominator))
  }

  /// The variable of a generator.
  func variable(_ index: Int) -> RationalFunction {
    RationalFunction(Polynomial.variable(index, of: ring))
  }

  /// Whether every generator that occurs in the polynomial is real.
  func isReal(_ polynomial: Polynomial) -> Bool {
    polynomial.occurringVariables.allSatisfy { generators[$0].isReal }
  }

  /// Whether no generator that occurs depends on a symbol.
  func isConstant(_ polynomial: Polynomial) -> Bool {
    polynomial.occurringVariables.allSatisfy { generators[$0].isConstant }
  }

  // MARK: Reduction by relations

  /// The polynomial with every power that a relation lowers replaced.
  func reduce(_ polynomial: Polynomial) throws(ArithmeticError) -> Polynomial {
    var result = polynomial
    for index in relatedIndices {
      guard let relation = generators[index].relation,
        result.degree(in: index) >= relation.degree
      else { continue }
      let value = try lift(relation.value)
      if !relation.lower.isEmpty {
        result = try lowered(result, index, relation, value)
        continue
      }
      var powers = [Polynomial(1, ring: ring)]
      var sum = Polynomial(0, ring: ring)
      for (exponent, part) in result.coefficients(in: index).enumerated() {
        let (quotient, rest) = exponent.quotientAndRemainder(dividingBy: relation.degree)
        while powers.count <= quotient {
          powers.append(try product(powers[powers.count - 1], value))
        }
        let variable = Polynomial.variable(index, of: ring).power(UInt(rest))
        sum = sum + (try product(try product(part, powers[quotient]), variable))
      }
      result = sum
    }
    return result
  }

  /// The polynomial with the powers of one generator lowered by a relation that is no pure root.
  private func lowered(
    _ polynomial: Polynomial, _ index: Int, _ relation: Relation, _ value: Polynomial
  ) throws(ArithmeticError) -> Polynomial {
    var parts = polynomial.coefficients(in: index)
    for exponent in stride(from: parts.count - 1, through: relation.degree, by: -1) {
      let part = parts.removeLast()
      let place = exponent - relation.degree
      parts[place] = parts[place] + (try product(part, value))
      for (k, coefficient) in relation.lower.enumerated() where !coefficient.isZero {
        parts[place + k] = parts[place + k] + part.scaled(by: coefficient)
      }
    }
    var result = Polynomial(0, ring: ring)
    let variable = Polynomial.variable(index, of: ring)
    for part in parts.reversed() { result = (try product(result, variable)) + part }
    return result
  }

  /// A product whose degree is checked against the ring, since the factors come from input.
  func product(_ a: Polynomial, _ b: Polynomial) throws(ArithmeticError) -> Polynomial {
    if a.totalDegree + b.totalDegree > ring.maximumDegree {
      throw .overflow("a product of degree \(a.totalDegree + b.totalDegree)")
    }
    if a.termCount * b.termCount < 256 {
      try WorkBudget.check()
    } else {
      try WorkBudget.require(Polynomial.productCost(a, b))
    }
    return a * b
  }

  /// A product whose degree the ring can hold.
  ///
  /// - Throws: ``ArithmeticError/overflow(_:)``.
  public func checkedProduct(
    _ a: Polynomial, _ b: Polynomial
  ) throws(ArithmeticError) -> Polynomial { try product(a, b) }

  /// The polynomial of which a generator is the absolute value; nil for another generator.
  public func argument(ofAbsolute index: Int) -> Polynomial? {
    guard case .absolute = generators[index].kernel,
      let square = generators[index].relation?.value, let root = square.squareRoot()
    else { return nil }
    return try? lift(root)
  }

  /// The rational function with powers lowered and with square roots moved out of the denominator.
  func reduce(_ value: RationalFunction) throws(ArithmeticError) -> RationalFunction {
    let related = relatedIndices
    if related.isEmpty { return value }
    var numerator = try reduce(value.numerator)
    var denominator = try reduce(value.denominator)
    for index in related where rationalizesDenominators {
      guard let relation = generators[index].relation, relation.degree == 2, relation.isPure,
        denominator.degree(in: index) == 1
      else { continue }
      let parts = denominator.coefficients(in: index)
      let variable = Polynomial.variable(index, of: ring)
      let conjugate = parts[0] - (try product(parts[1], variable))
      numerator = try reduce(try product(numerator, conjugate))
      denominator = try reduce(try product(denominator, conjugate))
      if denominator.isZero {
        throw .domain(
          "a denominator vanishes for one sign of \(generators[index].kernel.expression)")
      }
    }
    return try RationalFunction(numerator, denominator)
  }
}
