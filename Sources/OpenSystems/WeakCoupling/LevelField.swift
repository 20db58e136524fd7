import Algebra
import Arbitrary
import Exact
import Symbolic

/// A Hamiltonian and couplings over the rational functions of their symbols and kernels, and, where
/// the energies need square roots, of those.
struct LevelField {
  var normalizer: Normalizer
  var hamiltonian: Matrix<Complex<RationalFunction>>
  var couplings: [Matrix<Complex<RationalFunction>>]
  var energies: [RationalFunction] = []

  init(
    _ hamiltonian: Matrix<Expression>, _ couplings: [Matrix<Expression>]
  ) throws(ArithmeticError) {
    var symbols = Set<Symbol>()
    for matrix in [hamiltonian] + couplings {
      for element in matrix.elements { symbols.formUnion(element.freeSymbols) }
    }
    var normalizer = try Normalizer(symbols: symbols.sorted { $0.precedes($1) })
    func field(
      _ matrix: Matrix<Expression>
    ) throws(ArithmeticError) -> Matrix<Complex<RationalFunction>> {
      try matrix.map { (element) throws(ArithmeticError) in
        element.isLiteralZero ? .zero : try normalizer.normalize(element)
      }
    }
    self.hamiltonian = try field(hamiltonian)
    var list: [Matrix<Complex<RationalFunction>>] = []
    for coupling in couplings { list.append(try field(coupling)) }
    self.couplings = list
    self.normalizer = normalizer
    try lift()
  }

  /// Brings all values over the present basis, which grows at its end only.
  private mutating func lift() throws(ArithmeticError) {
    let present = normalizer
    func lifted(
      _ matrix: Matrix<Complex<RationalFunction>>
    ) throws(ArithmeticError) -> Matrix<Complex<RationalFunction>> {
      try matrix.map { (value) throws(ArithmeticError) in try present.lift(value) }
    }
    hamiltonian = try lifted(hamiltonian)
    var list: [Matrix<Complex<RationalFunction>>] = []
    for coupling in couplings { list.append(try lifted(coupling)) }
    couplings = list
    var values: [RationalFunction] = []
    for energy in energies { values.append(try present.lift(Complex(energy)).re) }
    energies = values
  }

  var isDiagonal: Bool {
    for i in 0..<hamiltonian.rowCount {
      for j in 0..<hamiltonian.columnCount where i != j && !hamiltonian[i, j].isZero {
        return false
      }
    }
    return true
  }

  mutating func findEnergies() throws(OpenSystemError) {
    let spectrum = try Spectrum(ofHermitian: hamiltonian)
    let forms = try spectrum.closedForms(normalizer.basis)
    do throws(ArithmeticError) {
      for form in forms {
        let value = try normalizer.normalize(form.value)
        guard value.im.isZero else { throw .domain("the energy \(form.value) is not proved real") }
        energies.append(value.re)
      }
      try lift()
    } catch {
      throw .arithmetic(error)
    }
  }
}
