import Exact

/// The ring Z[x₁, …, xₙ]: the names of its variables and the layout of a packed monomial.
///
/// A monomial is one 256-bit word of `variableCount + 1` fields of equal width. The top field holds
/// the total degree, then come the exponents from the first variable down, so that comparing words
/// compares monomials in graded lexicographic order, adding words multiplies monomials, and the unit
/// monomial is 0 in every ring. The top bit of each field stays clear: it guards subtraction, which
/// makes a divisibility test one subtraction and one mask.
public final class PolynomialRing: Sendable {
  /// The variables in order, the first the greatest.
  public let variables: [String]

  let fieldWidth: Int
  let guardBits: Monomial

  /// The most variables a ring can have: with more, the degrees of input
  /// would have to stay below 63.
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
    fieldWidth = min(62, 256 / (variables.count + 1))
    var bits = Monomial.one
    for field in 0...variables.count {
      bits = bits | Monomial(1, shift: 256 - field * fieldWidth - 1)
    }
    guardBits = bits
  }

  /// The greatest total degree that a field of a monomial can hold.
  var capacity: Int { (1 << (fieldWidth - 1)) - 1 }

  /// The greatest total degree that input may have: what reads or builds polynomials from a document
  /// refuses more (``Polynomial/multiplied(by:)``, ``Polynomial/checkedPower(_:)``).
  ///
  /// A monomial holds at least 128 times as much: room for what algorithms make in between.
  public var maximumDegree: Int { min((1 << 30) - 1, capacity >> 7) }

  @inline(__always) func shift(_ variable: Int) -> Int { 256 - (variable + 2) * fieldWidth }

  /// The packed monomial with the given exponents.
  func monomial(_ exponents: [Int]) -> Monomial {
    precondition(exponents.count == variables.count, "one exponent a variable")
    var word = Monomial(exponents.reduce(0, +), shift: 256 - fieldWidth)
    for (variable, exponent) in exponents.enumerated() where exponent != 0 {
      word = word | Monomial(exponent, shift: shift(variable))
    }
    return word
  }

  /// The packed monomial `variable^exponent`.
  @inline(__always) func monomial(variable: Int, exponent: Int) -> Monomial {
    Monomial(exponent, shift: 256 - fieldWidth) | Monomial(exponent, shift: shift(variable))
  }

  @inline(__always) func exponent(_ monomial: Monomial, of variable: Int) -> Int {
    monomial.field(shift(variable), fieldWidth)
  }

  @inline(__always) func totalDegree(_ monomial: Monomial) -> Int {
    monomial.field(256 - fieldWidth, fieldWidth)
  }

  /// The quotient of monomials, or nil where the divisor has a greater exponent somewhere.
  @inline(__always) func quotient(_ a: Monomial, by b: Monomial) -> Monomial? {
    guard a >= b else { return nil }
    let difference = a / b
    return (difference & guardBits).isOne ? difference : nil
  }

  /// The smallest exponents of two monomials, variable by variable.
  func commonDivisor(_ a: Monomial, _ b: Monomial) -> Monomial {
    monomial(variables.indices.map { min(exponent(a, of: $0), exponent(b, of: $0)) })
  }

  func exponents(_ monomial: Monomial) -> [Int] {
    variables.indices.map { exponent(monomial, of: $0) }
  }
}

extension PolynomialRing: Hashable {
  public static func == (a: PolynomialRing, b: PolynomialRing) -> Bool {
    a === b || a.variables == b.variables
  }
  public func hash(into hasher: inout Hasher) { hasher.combine(variables) }
}
