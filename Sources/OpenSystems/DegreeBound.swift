import Algebra
import Arbitrary
import Exact

/// A check, before algorithms that cannot throw, that degrees stay within what monomials hold.
///
/// Sums of rational functions multiply unlike denominators; where many elements are added, as in a
/// trace or a generator, the degrees of single elements bound nothing. All sums of elements have
/// denominators that divide the common one, the degree of which is at most the sum over different
/// denominators. A sum of products of three elements then has parts of degree at most
/// 3·(denominators + greatest numerator), and one addition or product more at most doubles that.
struct DegreeBound {
  private var denominators: Set<Polynomial> = []
  private var numerator = 0
  private var greatest = Int.max

  init() {}

  mutating func add<F: Field>(_ value: F) {
    guard let value = value as? RationalFunction else { return }
    numerator = max(numerator, value.numerator.totalDegree)
    for part in [value.numerator, value.denominator] where !part.isConstant {
      greatest = min(greatest, part.ring.maximumDegree)
    }
    if !value.denominator.isConstant { denominators.insert(value.denominator.primitivePart) }
  }

  mutating func add<F: Field>(_ value: Complex<F>) {
    add(value.re)
    add(value.im)
  }

  mutating func add<F: Field>(_ matrix: Matrix<Complex<F>>) {
    guard F.self == RationalFunction.self else { return }
    for element in matrix.elements where !element.isZero { add(element) }
  }

  /// - Parameter factor: how many elements are multiplied, at most.
  /// - Throws: ``OpenSystemError/arithmetic(_:)`` where degrees may exceed 16 times what input may have
  ///   in a polynomial.
  func check(products factor: Int) throws(OpenSystemError) {
    let degree = denominators.reduce(0) { $0 + $1.totalDegree } + numerator
    let (bound, overflow) = degree.multipliedReportingOverflow(by: factor)
    if degree > 0, overflow || bound / 16 > greatest {
      throw .arithmetic(.overflow("sums and products of degree up to \(degree) × \(factor)"))
    }
  }
}
