import Exact

/// The ring Z[x₁, …, xₙ]: the names of its variables and the layout of a packed monomial.
///
/// A monomial is one 128-bit word of `variableCount + 1` fields of equal width. The top field holds
/// the total degree, then come the exponents from the first variable down, so that comparing words
/// compares monomials in graded lexicographic order, adding words multiplies monomials, and the unit
/// monomial is 0 in every ring. The top bit of each field stays clear: it guards subtraction, which
/// makes a divisibility test one subtraction and one mask.
public final class PolynomialRing: Sendable {
  /// The variables in order, the first the greatest.
  public let variables: [String]

  let fieldWidth: Int
  let guardBits: UInt128

  /// The most variables a ring can have: with more, a field would hold exponents below 63 only.
  public static let maximumVariableCount = 17

  /// The ring without variables, to which constants belong; it embeds into every other.
  public static let constants = PolynomialRing(unchecked: [])

  /// - Throws: ``ArithmeticError/limit(_:)`` beyond ``maximumVariableCount`` variables.
  public convenience init(_ variables: [String]) throws(ArithmeticError) {
    guard variables.count <= PolynomialRing.maximumVariableCount else {
      throw .limit(
        "\(variables.count) symbols and kernels in one polynomial; "
          + "at most \(PolynomialRing.maximumVariableCount) are supported")
    }
    self.init(unchecked: variables)
  }

  private init(unchecked variables: [String]) {
    self.variables = variables
    fieldWidth = min(31, 128 / (variables.count + 1))
    var bits: UInt128 = 0
    for field in 0...variables.count {
      bits |= 1 << UInt128(128 - field * fieldWidth - 1)
    }
    guardBits = bits
  }

  /// The greatest total degree that a monomial of this ring can have.
  public var maximumDegree: Int { (1 << (fieldWidth - 1)) - 1 }

  @inline(__always) func shift(_ variable: Int) -> UInt128 {
    UInt128(128 - (variable + 2) * fieldWidth)
  }

  @inline(__always) private var fieldMask: UInt128 { (1 << UInt128(fieldWidth)) - 1 }

  /// The packed monomial with the given exponents.
  func monomial(_ exponents: [Int]) -> UInt128 {
    precondition(exponents.count == variables.count, "one exponent a variable")
    var word = UInt128(exponents.reduce(0, +)) << UInt128(128 - fieldWidth)
    for (variable, exponent) in exponents.enumerated() {
      word |= UInt128(exponent) << shift(variable)
    }
    return word
  }

  /// The packed monomial `variable^exponent`.
  func monomial(variable: Int, exponent: Int) -> UInt128 {
    (UInt128(exponent) << UInt128(128 - fieldWidth)) | (UInt128(exponent) << shift(variable))
  }

  @inline(__always) func exponent(_ monomial: UInt128, of variable: Int) -> Int {
    Int((monomial >> shift(variable)) & fieldMask)
  }

  @inline(__always) func totalDegree(_ monomial: UInt128) -> Int {
    Int(monomial >> UInt128(128 - fieldWidth))
  }

  /// The quotient of monomials, or nil where the divisor has a greater exponent somewhere.
  @inline(__always) func quotient(_ a: UInt128, by b: UInt128) -> UInt128? {
    guard a >= b else { return nil }
    let difference = a &- b
    return difference & guardBits == 0 ? difference : nil
  }

  /// The smallest exponents of two monomials, variable by variable.
  func commonDivisor(_ a: UInt128, _ b: UInt128) -> UInt128 {
    monomial(variables.indices.map { min(exponent(a, of: $0), exponent(b, of: $0)) })
  }

  func exponents(_ monomial: UInt128) -> [Int] {
    variables.indices.map { exponent(monomial, of: $0) }
  }
}

extension PolynomialRing: Hashable {
  public static func == (a: PolynomialRing, b: PolynomialRing) -> Bool {
    a === b || a.variables == b.variables
  }
  public func hash(into hasher: inout Hasher) { hasher.combine(variables) }
}
