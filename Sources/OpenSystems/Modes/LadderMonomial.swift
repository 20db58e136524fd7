import Exact

/// A normal-ordered product of ladder operators: creation operators to the left of annihilation
/// operators.
///
/// Modes are counted from zero; a monomial says nothing of modes that it does not contain, so that
/// operators of few and of many modes mix.
public struct LadderMonomial: Sendable, Hashable {
  /// The power of each mode's creation operator; the last is not zero.
  public let creation: [Int]
  /// The power of each mode's annihilation operator; the last is not zero.
  public let annihilation: [Int]

  /// - Precondition: powers are not negative.
  public init(creation: [Int] = [], annihilation: [Int] = []) {
    precondition((creation + annihilation).allSatisfy { $0 >= 0 }, "powers are not negative")
    self.creation = LadderMonomial.trimmed(creation)
    self.annihilation = LadderMonomial.trimmed(annihilation)
  }

  /// The product without ladder operators.
  public static let one = LadderMonomial()

  private static func trimmed(_ powers: [Int]) -> [Int] {
    var result = powers
    while result.last == 0 { result.removeLast() }
    return result
  }

  /// The number of ladder operators.
  public var degree: Int { creation.reduce(0, +) + annihilation.reduce(0, +) }

  /// One more than the greatest mode that occurs.
  public var modeCount: Int { max(creation.count, annihilation.count) }

  /// The adjoint, which is normal-ordered again.
  public var adjoint: LadderMonomial {
    LadderMonomial(creation: annihilation, annihilation: creation)
  }

  /// The power of a mode's creation operator.
  public func creation(_ mode: Int) -> Int {
    creation.indices.contains(mode) ? creation[mode] : 0
  }

  /// The power of a mode's annihilation operator.
  public func annihilation(_ mode: Int) -> Int {
    annihilation.indices.contains(mode) ? annihilation[mode] : 0
  }

  /// The ladder operators one by one, from the left: 2·mode for creation, 2·mode + 1 for
  /// annihilation.
  var factors: [(mode: Int, isCreation: Bool)] {
    var result: [(mode: Int, isCreation: Bool)] = []
    for (mode, power) in creation.enumerated() {
      for _ in 0..<power { result.append((mode, true)) }
    }
    for (mode, power) in annihilation.enumerated() {
      for _ in 0..<power { result.append((mode, false)) }
    }
    return result
  }

  /// The terms of the product of two monomials in normal order, with their whole coefficients.
  ///
  /// For one mode aᵠ·a†ʳ = Σₖ k!·C(q, k)·C(r, k)·a†ʳ⁻ᵏ·aᵠ⁻ᵏ, by induction from [a, a†] = 1; modes
  /// commute with each other.
  static func product(
    _ left: LadderMonomial, _ right: LadderMonomial
  ) -> [(monomial: LadderMonomial, coefficient: Integer)] {
    let count = max(left.modeCount, right.modeCount)
    var terms: [(creation: [Int], annihilation: [Int], coefficient: Integer)] = [([], [], 1)]
    for mode in 0..<count {
      let (q, r) = (left.annihilation(mode), right.creation(mode))
      var next: [(creation: [Int], annihilation: [Int], coefficient: Integer)] = []
      var factor = Integer(1)
      for k in 0...min(q, r) {
        // k!·C(q, k)·C(r, k) from its predecessor: times (q - k + 1)(r - k + 1)/k.
        if k > 0 {
          factor = (factor * Integer(q - k + 1) * Integer(r - k + 1)).exactQuotient(by: Integer(k))
        }
        for term in terms {
          next.append(
            (
              term.creation + [left.creation(mode) + r - k],
              term.annihilation + [q - k + right.annihilation(mode)], term.coefficient * factor
            ))
        }
      }
      terms = next
    }
    return terms.map {
      (LadderMonomial(creation: $0.creation, annihilation: $0.annihilation), $0.coefficient)
    }
  }
}

extension LadderMonomial: Comparable {
  /// By degree, then by the powers of creation and annihilation operators: an order for printing.
  public static func < (a: LadderMonomial, b: LadderMonomial) -> Bool {
    if a.degree != b.degree { return a.degree < b.degree }
    if a.creation != b.creation { return b.creation.lexicographicallyPrecedes(a.creation) }
    return b.annihilation.lexicographicallyPrecedes(a.annihilation)
  }
}
