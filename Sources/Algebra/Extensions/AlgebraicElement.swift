import Exact

/// An element of an ``AlgebraicTower``: a polynomial in the adjoined roots over the rational
/// functions, reduced by the relations, so that equal elements have equal parts.
///
/// Operations combine elements of one tower, or of a level and one below it.
public struct AlgebraicElement: Sendable, Hashable {
  /// The lowest level to which the element belongs; nil for rational functions.
  let tower: AlgebraicTower?
  /// The coefficients of the powers of the level's generator; one at level 0's place is not used.
  private let parts: [AlgebraicElement]
  private let function: RationalFunction

  /// A rational function.
  public init(_ function: RationalFunction) {
    tower = nil
    parts = []
    self.function = function
  }

  /// The combination of powers of the generator of a level, at most as many as its degree.
  init(_ tower: AlgebraicTower, _ coefficients: [AlgebraicElement]) {
    var kept = coefficients
    while let last = kept.last, last.isZero { kept.removeLast() }
    if kept.count <= 1 {
      self = kept.first ?? .zero
    } else {
      self.tower = tower
      parts = kept
      function = .zero
    }
  }

  /// The coefficients of the powers of the generator of a level, from the zeroth.
  public func coefficients(at level: AlgebraicTower) -> [AlgebraicElement] {
    tower === level ? parts : (isZero ? [] : [self])
  }

  /// The element as a rational function where it is one.
  public var rationalFunction: RationalFunction? { tower == nil ? function : nil }

  public static func == (a: AlgebraicElement, b: AlgebraicElement) -> Bool {
    a.tower === b.tower && (a.tower == nil ? a.function == b.function : a.parts == b.parts)
  }

  public func hash(into hasher: inout Hasher) {
    if tower == nil { hasher.combine(function) } else { hasher.combine(parts) }
  }

  /// The higher of two levels; nil where both are rational functions.
  private static func common(_ a: AlgebraicElement, _ b: AlgebraicElement) -> AlgebraicTower? {
    guard let x = a.tower else { return b.tower }
    guard let y = b.tower else { return x }
    return x.level >= y.level ? x : y
  }

  private func polynomial(at level: AlgebraicTower) -> UnivariatePolynomial<AlgebraicElement> {
    UnivariatePolynomial(coefficients(at: level))
  }
}

extension AlgebraicElement: Field {
  public static var zero: AlgebraicElement { AlgebraicElement(RationalFunction.zero) }
  public static var one: AlgebraicElement { AlgebraicElement(RationalFunction.one) }
  public init(_ value: Integer) { self.init(RationalFunction(value)) }
  public var isZero: Bool { tower == nil && function.isZero }
  public static var isExact: Bool { true }
  public var pivotCost: Double? {
    tower == nil ? function.pivotCost : parts.reduce(1) { $0 + ($1.pivotCost ?? 0) }
  }

  public static func + (a: AlgebraicElement, b: AlgebraicElement) -> AlgebraicElement {
    guard let level = common(a, b) else { return AlgebraicElement(a.function + b.function) }
    return AlgebraicElement(
      level, (a.polynomial(at: level) + b.polynomial(at: level)).coefficients)
  }

  public static func - (a: AlgebraicElement, b: AlgebraicElement) -> AlgebraicElement { a + -b }

  public static prefix func - (a: AlgebraicElement) -> AlgebraicElement {
    guard let tower = a.tower else { return AlgebraicElement(-a.function) }
    return AlgebraicElement(tower, a.parts.map { -$0 })
  }

  public static func * (a: AlgebraicElement, b: AlgebraicElement) -> AlgebraicElement {
    guard let level = common(a, b) else { return AlgebraicElement(a.function * b.function) }
    if a.isZero || b.isZero { return .zero }
    var product = (a.polynomial(at: level) * b.polynomial(at: level)).coefficients
    let relation = level.relation.coefficients
    let degree = relation.count - 1
    while product.count > degree {
      let top = product.removeLast()
      if top.isZero { continue }
      let shift = product.count - degree
      for index in 0..<degree where !relation[index].isZero {
        product[shift + index] -= top * relation[index]
      }
    }
    return AlgebraicElement(level, product)
  }

  /// The quotient.
  ///
  /// - Throws: ``ArithmeticError/divisionByZero``; ``ArithmeticError/domain(_:)`` where a relation of
  ///   the tower turns out to be reducible.
  public static func / (
    a: AlgebraicElement, b: AlgebraicElement
  ) throws(ArithmeticError) -> AlgebraicElement {
    try a * b.reciprocal()
  }

  /// By the extended algorithm of Euclid with the relation of the level.
  private func reciprocal() throws(ArithmeticError) -> AlgebraicElement {
    guard let tower else { return AlgebraicElement(try function.inverse()) }
    var (r0, r1) = (tower.relation, polynomial(at: tower))
    var (t0, t1) = (
      UnivariatePolynomial<AlgebraicElement>.zero, UnivariatePolynomial<AlgebraicElement>.one
    )
    while let degree = r1.degree, degree > 0 {
      let (q, r) = try r0.quotientAndRemainder(by: r1)
      (r0, r1) = (r1, r)
      (t0, t1) = (t1, t0 - q * t1)
    }
    guard !r1.isZero else { throw .domain("a relation of an algebraic field is reducible") }
    let scale = try r1.leadingCoefficient.reciprocal()
    return AlgebraicElement(tower, t1.coefficients.map { $0 * scale })
  }
}

extension AlgebraicElement: CustomStringConvertible {
  public var description: String {
    guard let tower else { return "\(function)" }
    return parts.indices.filter { !parts[$0].isZero }.reversed()
      .map { "(\(parts[$0]))*t\(tower.level)^\($0)" }.joined(separator: " + ")
  }
}
