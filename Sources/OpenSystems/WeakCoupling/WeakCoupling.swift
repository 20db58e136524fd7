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
    let n = hamiltonian.rowCount
    var terms: [Term] = []
    var shift = Matrix<Expression>(rows: n, columns: n)
    // Operators that no bath correlates need no common frequencies.
    for group in WeakCoupling.correlatedGroups(couplings.count, baths, places) {
      var local: [Int: Int] = [:]
      for (index, coupling) in group.enumerated() { local[coupling] = index }
      let seen = places.map { $0.map { local[$0] } }
      let (basis, operators) = try WeakCoupling.split(
        hamiltonian, group.map { couplings[$0] }, sign)
      for frequency in operators.frequencies {
        let part = FrequencyPart(frequency, basis, baths, seen)
        try part.add(to: &terms, shift: &shift)
      }
    }
    self.terms = terms
    self.shift = shift
  }

  /// The couplings in groups between which every bath has only zeros.
  private static func correlatedGroups(
    _ count: Int, _ baths: [ThermalBath], _ places: [[Int]]
  ) -> [[Int]] {
    var group = Array(0..<count)
    for (bath, map) in zip(baths, places) {
      for matrix in [bath.density] + [bath.zeroRates, bath.shift?.values].compactMap({ $0 }) {
        for (i, p) in map.enumerated() {
          for (j, q) in map.enumerated() where !matrix[i, j].isLiteralZero {
            let (kept, merged) = (group[p], group[q])
            group = group.map { $0 == merged ? kept : $0 }
          }
        }
      }
    }
    var lists: [[Int]] = []
    for label in group.indices where group.contains(label) {
      lists.append(group.indices.filter { group[$0] == label })
    }
    return lists
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
