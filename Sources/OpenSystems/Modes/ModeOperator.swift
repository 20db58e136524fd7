import Exact

/// A polynomial in the creation and annihilation operators of bosonic modes, in normal order:
/// [a_j, a_k†] = δ_jk, all other commutators vanish.
///
/// The normal form is unique, so that equality of operators is equality of coefficients. Coefficients
/// may be complex numbers over any ring (rational functions, floats, enclosures) or formulas; those
/// known to be zero are not stored.
public struct ModeOperator<Coefficient: StarRing>: Sendable, Equatable {
  /// The coefficients of the normal-ordered monomials.
  public private(set) var terms: [LadderMonomial: Coefficient]

  /// Beyond this many terms a product is refused unless the caller asks for more.
  public static var defaultLimit: Int { 20_000 }

  /// The operator with the given coefficients.
  public init(_ terms: [LadderMonomial: Coefficient] = [:]) {
    self.terms = terms.filter { !$0.value.isZero }
  }

  /// The number times the identity.
  public init(_ value: Coefficient) { self.init([.one: value]) }

  /// The annihilation operator of a mode, counted from zero.
  public static func annihilation(_ mode: Int) -> ModeOperator {
    ModeOperator([LadderMonomial(annihilation: unit(mode)): .one])
  }

  /// The creation operator of a mode, counted from zero.
  public static func creation(_ mode: Int) -> ModeOperator {
    ModeOperator([LadderMonomial(creation: unit(mode)): .one])
  }

  private static func unit(_ mode: Int) -> [Int] {
    precondition(mode >= 0, "modes count from zero")
    return Array(repeating: 0, count: mode) + [1]
  }

  /// The zero operator.
  public static var zero: ModeOperator { ModeOperator() }

  /// Whether all coefficients are known to vanish.
  public var isZero: Bool { terms.isEmpty }

  /// The greatest number of ladder operators in a term; 0 for numbers.
  public var degree: Int { terms.keys.map(\.degree).max() ?? 0 }

  /// One more than the greatest mode that occurs.
  public var modeCount: Int { terms.keys.map(\.modeCount).max() ?? 0 }

  /// The coefficient of a normal-ordered monomial.
  public subscript(monomial: LadderMonomial) -> Coefficient { terms[monomial] ?? .zero }

  /// The monomials that occur, in the order of their degrees.
  public var monomials: [LadderMonomial] { terms.keys.sorted() }

  /// The coefficients mapped into another ring.
  public func map<R: StarRing, E: Error>(
    _ transform: (Coefficient) throws(E) -> R
  ) throws(E) -> ModeOperator<R> {
    var result: [LadderMonomial: R] = [:]
    for (monomial, value) in terms { result[monomial] = try transform(value) }
    return ModeOperator<R>(result)
  }

  // MARK: Arithmetic

  public static func + (a: ModeOperator, b: ModeOperator) -> ModeOperator {
    var sum = a.terms
    for (monomial, value) in b.terms { sum[monomial] = sum[monomial].map { $0 + value } ?? value }
    return ModeOperator(sum)
  }

  public static prefix func - (a: ModeOperator) -> ModeOperator { a.map { -$0 } }

  public static func - (a: ModeOperator, b: ModeOperator) -> ModeOperator {
    var difference = a.terms
    for (monomial, value) in b.terms {
      difference[monomial] = difference[monomial].map { $0 - value } ?? -value
    }
    return ModeOperator(difference)
  }

  public static func * (factor: Coefficient, a: ModeOperator) -> ModeOperator {
    a.map { factor * $0 }
  }

  /// The product, brought into normal order by the commutation relations.
  ///
  /// - Parameter limit: on the number of terms, before equal ones are collected.
  /// - Throws: ``ArithmeticError/limit(_:)``.
  /// - Complexity: a term of the product for each pair of terms and each way to contract them.
  public func times(
    _ other: ModeOperator, limit: Int = defaultLimit
  ) throws(ArithmeticError) -> ModeOperator {
    var product: [LadderMonomial: Coefficient] = [:]
    var count = 0
    for left in monomials {
      for right in other.monomials {
        // What the contraction makes is counted before it is made.
        var made = 1
        for mode in 0..<min(left.modeCount, right.modeCount) {
          let (multiple, overflow) = made.multipliedReportingOverflow(
            by: 1 + min(left.annihilation(mode), right.creation(mode)))
          made = overflow ? Int.max / 2 : min(multiple, Int.max / 2)
        }
        count += made
        guard count <= limit else {
          throw .limit("normal order needs more than \(limit) terms")
        }
        guard let a = terms[left], let b = other.terms[right] else { continue }
        let coefficient = a * b
        for (monomial, whole) in LadderMonomial.product(left, right) {
          let value = whole.isOne ? coefficient : Coefficient(whole) * coefficient
          product[monomial] = product[monomial].map { $0 + value } ?? value
        }
      }
    }
    return ModeOperator(product)
  }

  /// A power from 0 on, by repeated products.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)``.
  public func power(
    _ exponent: Int, limit: Int = defaultLimit
  ) throws(ArithmeticError) -> ModeOperator {
    precondition(exponent >= 0, "a power from zero on")
    var result = ModeOperator(.one)
    for _ in 0..<exponent { result = try result.times(self, limit: limit) }
    return result
  }

  /// The adjoint.
  public var adjoint: ModeOperator {
    var result: [LadderMonomial: Coefficient] = [:]
    for (monomial, value) in terms { result[monomial.adjoint] = value.conjugate }
    return ModeOperator(result)
  }

  /// xy - yx.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)``.
  public static func commutator(
    _ x: ModeOperator, _ y: ModeOperator, limit: Int = defaultLimit
  ) throws(ArithmeticError) -> ModeOperator {
    try x.times(y, limit: limit) - (try y.times(x, limit: limit))
  }

  // MARK: Substitution

  /// The operator with annihilation operators replaced by others, and creation operators by their
  /// adjoints.
  ///
  /// This is a homomorphism where the images satisfy the commutation relations of what they replace
  /// (a Bogoliubov transformation); ``canonicalDefect(of:)`` tells. Otherwise it is the image of the
  /// normal-ordered form only.
  ///
  /// - Parameter images: by mode; modes without an image stay.
  /// - Throws: ``ArithmeticError/limit(_:)``.
  public func substituting(
    _ images: [Int: ModeOperator], limit: Int = defaultLimit
  ) throws(ArithmeticError) -> ModeOperator {
    var sum = ModeOperator.zero
    for monomial in monomials {
      var product = ModeOperator(self[monomial])
      for (mode, isCreation) in monomial.factors {
        let factor: ModeOperator
        if let image = images[mode] {
          factor = isCreation ? image.adjoint : image
        } else {
          factor = isCreation ? .creation(mode) : .annihilation(mode)
        }
        product = try product.times(factor, limit: limit)
      }
      sum = sum + product
      guard sum.terms.count <= limit else { throw .limit("more than \(limit) terms") }
    }
    return sum
  }

  /// How far operators are from annihilation operators of different modes: [x_j, x_k†] - δ_jk and
  /// [x_j, x_k] for all pairs of them. All vanish exactly if they are.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)``.
  public static func canonicalDefect(
    of operators: [ModeOperator]
  ) throws(ArithmeticError) -> [ModeOperator] {
    var defects: [ModeOperator] = []
    for (j, x) in operators.enumerated() {
      for (k, y) in operators.enumerated() where k >= j {
        let mixed = try commutator(x, y.adjoint)
        defects.append(j == k ? mixed - ModeOperator(.one) : mixed)
        if k > j { defects.append(try commutator(x, y)) }
      }
    }
    return defects
  }
}
