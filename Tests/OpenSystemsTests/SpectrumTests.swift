import Algebra
import Arbitrary
import Exact
import OpenSystems
import Testing

@Suite struct SpectrumTests {
  /// {0, -r, -2r, -2(r + c), and the pair of x² + (2c + 3r)x + 4g² + c² + 3cr + 2r²} with the
  /// multiplicities 1, 2, 1, 4, 4.
  @Test func liouvillianOfTheIsingModel() throws {
    let (g, c, r) = try Symbols.all()
    let spectrum = try Spectrum(of: Liouvillian(isingModel(g, c, r)).realGenerator())
    #expect(spectrum.count == 16 && spectrum.isComplete)
    let roots = Dictionary(
      uniqueKeysWithValues: spectrum.rationalRoots.map { ($0.value, $0.multiplicity) })
    let two = RationalFunction(Rational(2))
    let three = RationalFunction(Rational(3))
    let four = RationalFunction(Rational(4))
    #expect(roots == [.zero: 1, -r: 2, -(two * r): 1, -(two * (r + c)): 4])
    let quadratic = UnivariatePolynomial<RationalFunction>([
      four * g * g + c * c + three * c * r + two * r * r, two * c + three * r, .one,
    ])
    #expect(spectrum.cofactors == [.init(polynomial: quadratic, multiplicity: 4)])
  }

  @Test func partialTransposeOfTheIsingState() throws {
    let (g, c, r) = try Symbols.all()
    let model = try isingModel(g, c, r)
    let state = try #require(try Liouvillian(model).steadyState().state)
    let transposed = try model.space.partialTranspose(of: state, over: [0])
    let spectrum = try Spectrum(ofHermitian: transposed)
    #expect(spectrum.cofactors.isEmpty && spectrum.count == 4)
    // Eq. (3) of the reset-qubits paper, with the sign of the eigenvalue.
    let half = RationalFunction(try Rational(1, 2))
    let d = g * g + g * g + (r + half * c) * (r + c)
    let shift = r + half * c
    let top = c * shift * shift + g * g * (r + c) - r * g * (r + c)
    let lowest = try top / ((r + c + r + c) * d)
    #expect(spectrum.rationalRoots.contains { $0.value == lowest && $0.multiplicity == 1 })
    #expect(!spectrum.rationalRoots.contains { $0.value == -lowest })
    #expect(
      spectrum.rationalRoots.reduce(RationalFunction.zero) { $0 + $1.value } == .one)
    // The road of the certified points: the exact characteristic polynomial vanishes at the value.
    let point: [Rational] = [10, 1, 27]
    let exact = try transposed.map { element throws(ArithmeticError) in
      Complex(
        re: try element.re.evaluated(at: point), im: try element.im.evaluated(at: point))
    }
    let polynomial = try exact.hermitianCharacteristicPolynomial()
    #expect(polynomial.degree == 4)
    #expect(polynomial(try lowest.evaluated(at: point)).isZero)
    #expect(!polynomial(try lowest.evaluated(at: point) + 1).isZero)
  }

  /// Denominators and a shared factor: diag(1/g, [[0, 2], [1, 0]] twice) has 1/g and ±√2 twice.
  @Test func cofactorsMergeAcrossBlocks() throws {
    let (g, _, _) = try Symbols.all()
    let two = RationalFunction(Rational(2))
    let inverse = try g.inverse()
    let spectrum = try Spectrum(
      of: SparseMatrix(
        rows: 5, columns: 5,
        entries: [
          (0, 0, inverse), (1, 2, two), (2, 1, .one), (3, 4, .one), (4, 3, two),
        ]))
    #expect(spectrum.rationalRoots == [.init(value: inverse, multiplicity: 1)])
    let square = UnivariatePolynomial<RationalFunction>([-two, .zero, .one])
    #expect(spectrum.cofactors == [.init(polynomial: square, multiplicity: 2)])
  }

  @Test func onlyHermitianMatricesAreAccepted() throws {
    let raising: Operator<RationalFunction> = Operators.sp()
    #expect(throws: OpenSystemError.notHermitian(what: "the matrix", row: 0, column: 1)) {
      try Spectrum(ofHermitian: raising)
    }
    let y: Operator<Rational> = Operators.sy()
    #expect(try y.hermitianCharacteristicPolynomial() == UnivariatePolynomial([-1, 0, 1]))
  }
}
