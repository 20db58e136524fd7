import Algebra
import Arbitrary
import Exact
import Symbolic

/// The secular master equation of second order of a system coupled weakly to baths:
///
///     dρ/dt = -i[H + H_LS, ρ] + Σ_ω Σ_ij γ_ij(ω) (S_j(ω) ρ S_i(ω)† - ½{S_i(ω)†S_j(ω), ρ})
///
/// over all Bohr frequencies ω of H, of which equal ones are taken together. Populations and the
/// coherences of degenerate levels are therefore coupled to one another; the steady state is that of
/// the weakly coupled system to zeroth order in the coupling, and all other coherences vanish.
///
/// The Lamb shift H_LS is included only where a bath gives a function for it: principal values are not
/// worked out here. Couplings that appear in several baths add up their rates.
///
/// - Source: Davies 1974; Breuer and Petruccione 2002, Sec. 3.3.
public struct WeakCoupling: Sendable {
  /// One term Σ_ij Γ_ij (L_j ρ L_i† - ½{L_i†L_j, ρ}).
  public struct Term: Sendable {
    public let operators: [Matrix<Expression>]
    public let rates: Matrix<Expression>
  }

  /// Emission and absorption at each frequency, and what happens within levels of equal energy.
  public let terms: [Term]
  /// H_LS; zero where no bath has a shift.
  public let shift: Matrix<Expression>

  /// - Parameters:
  ///   - hamiltonian: H, whose levels and frequencies decide; diagonal, or with eigenvalues that are
  ///     rational or solve quadratic factors.
  ///   - sign: the sign of a real formula for all parameters; nil where it is not known.
  /// - Throws: ``OpenSystemError/undecidedFrequency(levels:quantity:)``, ``OpenSystemError/bath(_:)``,
  ///   ``OpenSystemError/domain(_:)`` for energies without a closed form,
  ///   ``OpenSystemError/arithmetic(_:)``.
  public init(
    hamiltonian: Matrix<Expression>, baths: [ThermalBath],
    sign: @escaping (Expression) -> SignFact?
  ) throws(OpenSystemError) {
    var couplings: [Matrix<Expression>] = []
    var places: [[Int]] = []
    for bath in baths {
      places.append(
        bath.couplings.map { coupling in
          if let known = couplings.firstIndex(of: coupling) { return known }
          couplings.append(coupling)
          return couplings.count - 1
        })
    }
    let (basis, operators) = try WeakCoupling.split(hamiltonian, couplings, sign)
    let n = hamiltonian.rowCount
    var terms: [Term] = []
    var shift = Matrix<Expression>(rows: n, columns: n)
    for frequency in operators.frequencies {
      let active = couplings.indices.filter { index in
        !frequency.operators[index].elements.allSatisfy(\.isZero)
      }
      let omega = basis.expression(frequency.value)
      let lower = active.map { frequency.operators[$0].map { basis.expression($0) } }
      let raise = active.map { frequency.operators[$0].adjoint().map { basis.expression($0) } }
      func gathered(
        _ values: (ThermalBath) throws(OpenSystemError) -> Matrix<Expression>?
      ) throws(OpenSystemError) -> Matrix<Expression> {
        var sums = [[Expression]](repeating: [], count: active.count * active.count)
        for (bath, map) in zip(baths, places) {
          guard map.contains(where: active.contains), let matrix = try values(bath) else {
            continue
          }
          for (i, p) in map.enumerated() {
            guard let row = active.firstIndex(of: p) else { continue }
            for (j, q) in map.enumerated() {
              guard let column = active.firstIndex(of: q), !matrix[i, j].isLiteralZero else {
                continue
              }
              sums[row * active.count + column].append(matrix[i, j])
            }
          }
        }
        return Matrix(rows: active.count, columns: active.count) {
          let list = sums[$0 * active.count + $1]
          return list.isEmpty ? .zero : list.count == 1 ? list[0] : .sum(list)
        }
      }
      func add(_ operators: [Matrix<Expression>], _ rates: Matrix<Expression>) {
        if rates.elements.allSatisfy(\.isLiteralZero) { return }
        terms.append(Term(operators: operators, rates: rates))
      }
      func addShift(
        _ left: [Matrix<Expression>], _ right: [Matrix<Expression>], _ omega: Expression
      ) throws(OpenSystemError) {
        let values = try gathered { $0.shift?.value(at: omega) }
        for (i, a) in left.enumerated() {
          for (j, b) in right.enumerated() where !values[i, j].isLiteralZero {
            let product = a * b
            shift = shift + product.map { $0.isLiteralZero ? .zero : values[i, j] * $0 }
          }
        }
      }
      if frequency.isZero {
        add(lower, try gathered { (bath) throws(OpenSystemError) in try bath.ratesAtZero() })
        try addShift(raise, lower, .zero)
      } else {
        add(lower, try gathered { $0.rates(at: omega).emission })
        add(raise, try gathered { $0.rates(at: omega).absorption })
        try addShift(raise, lower, omega)
        try addShift(lower, raise, -omega)
      }
    }
    self.terms = terms
    self.shift = shift
  }

  /// The eigenoperators of all couplings over one field.
  private static func split(
    _ hamiltonian: Matrix<Expression>, _ couplings: [Matrix<Expression>],
    _ sign: @escaping (Expression) -> SignFact?
  ) throws(OpenSystemError) -> (KernelBasis, Eigenoperators<RationalFunction>) {
    var field: LevelField
    do throws(ArithmeticError) {
      field = try LevelField(hamiltonian, couplings)
    } catch {
      throw .arithmetic(error)
    }
    let levels: EnergyLevels<RationalFunction>
    if field.isDiagonal {
      levels = try EnergyLevels(diagonal: field.hamiltonian)
    } else {
      try field.findEnergies()
      let reduction = field.normalizer
      levels = try EnergyLevels(field.hamiltonian, energies: field.energies) {
        (value) throws(ArithmeticError) in
        var copy = reduction
        return try copy.multiply(value, .one)
      }
    }
    let final = field.normalizer
    let basis = final.basis
    let operators = try Eigenoperators(
      field.couplings, levels: levels,
      sign: { value in
        switch sign(basis.expression(value)) {
        case .positive: .positive
        case .negative: .negative
        case .zero: .zero
        default: nil
        }
      },
      describe: { basis.expression($0).description },
      reduce: { (value) throws(ArithmeticError) in
        var copy = final
        return try copy.multiply(value, .one)
      })
    return (basis, operators)
  }
}

/// A Hamiltonian and couplings over the rational functions of their symbols and kernels, and, where
/// the energies need square roots, of those.
private struct LevelField {
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
