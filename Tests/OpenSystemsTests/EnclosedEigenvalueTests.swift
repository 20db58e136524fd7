import Algebra
import Arbitrary
import Exact
import OpenSystems
import TestSupport
import Testing

@Suite struct EnclosedEigenvalueTests {
  /// U·D·U† with a rational unitary U: the Cayley transform (1 - iK)/(1 + iK) of a Hermitian K.
  private func matrix(
    _ eigenvalues: [Rational], seed: UInt64
  ) throws -> Matrix<Complex<Rational>> {
    let n = eigenvalues.count
    let k = Complex<Rational>.i * (try randomHermitian(n, seed: seed))
    let one = Matrix<Complex<Rational>>.identity(n)
    let unitary = try (one + k).inverse() * (one - k)
    let diagonal = Matrix<Complex<Rational>>(rows: n, columns: n) {
      $0 == $1 ? Complex(eigenvalues[$0]) : .zero
    }
    return unitary * diagonal * unitary.adjoint()
  }

  private func balls(
    _ matrix: Matrix<Complex<Rational>>, _ precision: Int
  ) -> Matrix<Complex<Ball>> {
    matrix.map {
      Complex(re: Ball($0.re, precision: precision), im: Ball($0.im, precision: precision))
    }
  }

  /// Simple, multiple, nearly equal, zero, and of very different sizes.
  static let spectra: [[Rational]] = {
    let tiny = (try? Rational(1, Integer(10).power(25))) ?? 0
    let small = (try? Rational(1, Integer(10).power(12))) ?? 0
    return [
      [-3, -1, 0, 2, 7], [1, 1, 1, -2, -2, 5], [1, 1 + tiny, 1 + small, -1, -1 - tiny, 3],
      [0, 0, 0, tiny, -tiny], [1_000_000, tiny, -small, 0], [5], [0, 0],
      [2, 2 - small, 2 + small, 2 + small, -small, small, tiny],
    ]
  }()

  /// Beyond a thousand bits the units of fixed-point numbers are no doubles.
  @Test func moreBitsThanDoublesReach() throws {
    let exact = try matrix([-3, -1, 0, 2, 7], seed: 3)
    let found = try EnclosedEigenvalues(balls(exact, 2032), precision: 2000)
    for (value, enclosure) in zip([-3, -1, 0, 2, 7] as [Rational], found.values) {
      #expect(enclosure.contains(value))
      #expect(enclosure.width < Real(1e-200))
    }
  }

  @Test(arguments: spectra.indices, [64, 400]) func knownSpectra(
    _ index: Int, _ precision: Int
  ) throws {
    let spectrum = Self.spectra[index].sorted()
    let exact = try matrix(Self.spectra[index], seed: UInt64(index))
    let found = try EnclosedEigenvalues(balls(exact, precision + 32), precision: precision)
    #expect(found.values.count == spectrum.count)
    let greatest = spectrum.map(\.magnitude).max() ?? 1
    // 2^(20 - precision) of the greatest: n² roundings and the matrix's own radius.
    let width =
      try Interval(greatest, precision: 64).magnitude
      * Real(Rational(2).power(20 - precision), precision: 64)
    for (value, enclosure) in zip(spectrum, found.values) {
      #expect(enclosure.contains(value), "\(value) \(enclosure)")
      #expect(enclosure.width <= width, "\(enclosure)")
      // A value that is off by more than the width is not enclosed.
      if !greatest.isZero {
        #expect(!enclosure.contains(value + greatest * (try Rational(2).power(21 - precision))))
      }
    }
  }

  /// Matrices inside the balls have their eigenvalues inside the enclosures.
  @Test(arguments: 0..<6) func enclosedMatrices(_ seed: Int) throws {
    let n = 3 + seed % 3
    let center = try randomHermitian(n, seed: UInt64(seed))
    let radius = try Rational(1, 1000)
    let box = center.map { (value: Complex<Rational>) -> Complex<Ball> in
      let bound = Magnitude.powerOfTwo(-9)
      return Complex(
        re: Ball(midpoint: Real(value.re, precision: 64), radius: bound),
        im: Ball(midpoint: Real(value.im, precision: 64), radius: bound))
    }
    let found = try EnclosedEigenvalues(box, precision: 64)
    for other in 0..<8 {
      let shift = try randomHermitian(n, seed: UInt64(100 + other))
      let size = shift.elements.flatMap { [$0.re.magnitude, $0.im.magnitude] }.max() ?? 1
      let inside = center + Complex(try radius / size) * shift
      let sharp = try EnclosedEigenvalues(balls(inside, 128), precision: 100)
      for (a, b) in zip(sharp.values, found.values) { #expect(a.isSubset(of: b)) }
      let outside = center + Complex(try 3000 * radius / size) * shift
      let far = try EnclosedEigenvalues(balls(outside, 128), precision: 100)
      #expect(!zip(far.values, found.values).allSatisfy { $0.isSubset(of: $1) })
    }
  }

  @Test func whatHasNoEigenvalues() throws {
    let unbounded = Matrix<Complex<Ball>>(rows: 2, columns: 2) { _, _ in Complex(.entire) }
    #expect(throws: OpenSystemError.self) { try EnclosedEigenvalues(unbounded, precision: 64) }
    #expect(throws: OpenSystemError.self) {
      try EnclosedEigenvalues(Matrix<Complex<Ball>>(rows: 2, columns: 3), precision: 64)
    }
    #expect(
      try EnclosedEigenvalues(Matrix<Complex<Ball>>(rows: 0, columns: 0), precision: 64)
        .values.isEmpty)
  }
}
