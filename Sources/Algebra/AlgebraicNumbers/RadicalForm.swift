import Exact

/// A number a + b·√d with rational a and b and a square-free positive integer d; b = 0 and d = 1
/// for rational numbers.
public struct RadicalForm: Sendable, Hashable {
  /// The a of a + b·√d.
  public let rationalPart: Rational
  /// The b of a + b·√d.
  public let coefficient: Rational
  /// The d of a + b·√d: positive and square-free.
  public let radicand: Integer
}

extension AlgebraicNumber {
  /// The number as a + b·√d, for degrees 1 and 2; nil for others.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)`` where the discriminant, freed of the primes below a
  ///   million, may still hide a square: above 10^18 and itself no square.
  /// - Complexity: O(10^6) word divisions at most.
  public func radicalForm() throws(ArithmeticError) -> RadicalForm? {
    if let rational {
      return RadicalForm(rationalPart: rational, coefficient: .zero, radicand: 1)
    }
    guard degree == 2 else { return nil }
    let (a, b, c) = (minimalPolynomial[2], minimalPolynomial[1], minimalPolynomial[0])
    let (square, radicand) = try (b * b - 4 * a * c).squarePart()
    // a > 0, so the greater root takes the positive square root.
    let slope = try Rational(square, 2 * a)
    return RadicalForm(
      rationalPart: try Rational(-b, 2 * a), coefficient: rootIndex == 2 ? slope : -slope,
      radicand: radicand)
  }
}

extension Integer {
  /// s and d with self = s²·d and d square-free, for a positive value.
  func squarePart() throws(ArithmeticError) -> (root: Integer, squareFree: Integer) {
    var rest = self
    var root = Integer.one
    var squareFree = Integer.one
    var p: UInt = 2
    let limit: UInt = 1_000_000
    while p < limit {
      if let word = rest.word, word < Int(p * p * p) { break }
      if rest.residue(modulo: p) == 0 {
        let prime = Integer(Int(p))
        var count = 0
        while let quotient = rest.dividedExactly(by: prime) {
          rest = quotient
          count += 1
        }
        root *= prime.power(UInt(count / 2))
        if count % 2 == 1 { squareFree *= prime }
      }
      p += p == 2 ? 1 : 2
    }
    // No prime below p divides what is left. Below p³ it is 1, a prime, a prime's square, or a
    // product of two different primes.
    let (half, isSquare) = try rest.squareRoot()
    if isSquare { return (root * half, squareFree) }
    if p >= limit, rest > Integer(Int(limit)).power(3) {
      throw .limit("the square part of \(self)")
    }
    return (root, squareFree * rest)
  }
}
