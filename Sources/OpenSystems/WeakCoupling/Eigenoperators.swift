import Algebra
import Arbitrary
import Exact

/// The parts of coupling operators that take one quantum of energy out of a system.
///
/// S(ω) = Σ Π_a S Π_b over the levels with E_b - E_a = ω, so that S = Σ_ω S(ω), [H, S(ω)] = -ωS(ω)
/// and, for a Hermitian S, S(-ω) = S(ω)†. Only ω ≥ 0 are kept.
///
/// - Source: Davies 1974; Breuer and Petruccione 2002, Sec. 3.3.
public struct Eigenoperators<F: Field>: Sendable {
  /// One Bohr frequency.
  public struct Frequency: Sendable {
    /// ω, known to be positive or zero.
    public let value: F
    public let isZero: Bool
    /// S_i(ω) in the order of the couplings, zero where a coupling has no such part.
    public internal(set) var operators: [Matrix<Complex<F>>]
    /// The first levels (lower, upper) that were found with this difference.
    let levels: (lower: Int, upper: Int)
  }

  /// The frequencies at which some coupling has a part, in the order in which they were met.
  public private(set) var frequencies: [Frequency]

  /// Splits couplings by the differences of energies.
  ///
  /// Two differences are the same frequency only where that is proved, and different only where that is
  /// proved for all parameters: where two frequencies meet for some, the secular generator is another
  /// one there.
  ///
  /// - Parameters:
  ///   - couplings: Hermitian operators.
  ///   - sign: the sign of a real element for all parameters; nil where it is not known.
  ///   - describe: how an element is written in an error.
  /// - Throws: ``OpenSystemError/undecidedFrequency(levels:quantity:)``;
  ///   ``OpenSystemError/notHermitian(what:row:column:)``.
  /// - Complexity: for a diagonal Hamiltonian the nonzero elements of the couplings; otherwise d²
  ///   products of n×n matrices for d levels and each coupling.
  public init(
    _ couplings: [Matrix<Complex<F>>], levels: EnergyLevels<F>,
    sign: @escaping (F) throws(OpenSystemError) -> KnownSign?,
    describe: @escaping (F) -> String = { "\($0)" },
    reduce: (Complex<F>) throws(ArithmeticError) -> Complex<F> = { $0 }
  ) throws(OpenSystemError) {
    frequencies = []
    var search = FrequencySearch(levels: levels, sign: sign, describe: describe)
    let n = levels.projectors.first?.rowCount ?? 0
    let empty = Matrix<Complex<F>>(rows: n, columns: n)
    func add(_ part: Matrix<Complex<F>>, of coupling: Int, at place: Int) {
      frequencies[place].operators[coupling] = frequencies[place].operators[coupling] + part
    }
    for (index, coupling) in couplings.enumerated() {
      guard coupling.rowCount == n, coupling.columnCount == n else {
        throw .shape(
          what: "coupling operator \(index + 1)", expected: n, rows: coupling.rowCount,
          columns: coupling.columnCount)
      }
      if let (row, column) = coupling.hermitianDefect() {
        throw .notHermitian(what: "coupling operator \(index + 1)", row: row, column: column)
      }
      func place(_ a: Int, _ b: Int) throws(OpenSystemError) -> Int? {
        guard let (place, isNew) = try search.place(lower: a, upper: b) else { return nil }
        if isNew {
          frequencies.append(
            Frequency(
              value: search.values[place], isZero: search.isZero[place],
              operators: couplings.map { _ in empty }, levels: (a, b)))
        }
        return place
      }
      if let levelOfState = levels.levelOfState {
        for entry in SparseOperator(coupling).entries {
          let (a, b) = (levelOfState[entry.row], levelOfState[entry.column])
          guard let place = try place(a, b) else { continue }
          frequencies[place].operators[index][entry.row, entry.column] = entry.value
        }
        continue
      }
      do {
        for a in levels.energies.indices {
          let left = try (levels.projectors[a] * coupling).map(reduce)
          if left.elements.allSatisfy(\.isZero) { continue }
          for b in levels.energies.indices {
            let part = try (left * levels.projectors[b]).map(reduce)
            if part.elements.allSatisfy(\.isZero) { continue }
            guard let place = try place(a, b) else { continue }
            add(part, of: index, at: place)
          }
        }
      } catch let error as ArithmeticError {
        throw .arithmetic(error)
      } catch let error as OpenSystemError {
        throw error
      } catch {
        throw .domain("\(error)")
      }
    }
  }
}

/// Finds the frequency that two levels belong to, proving each comparison.
private struct FrequencySearch<F: Field> {
  let levels: EnergyLevels<F>
  let sign: (F) throws(OpenSystemError) -> KnownSign?
  let describe: (F) -> String
  var values: [F] = []
  var isZero: [Bool] = []
  private var pairs: [(Int, Int)] = []
  private var found: [Int: Int] = [:]

  init(
    levels: EnergyLevels<F>, sign: @escaping (F) throws(OpenSystemError) -> KnownSign?,
    describe: @escaping (F) -> String
  ) {
    self.levels = levels
    self.sign = sign
    self.describe = describe
  }

  /// The place of E_upper - E_lower; nil where it is negative: its adjoint is met elsewhere.
  mutating func place(
    lower: Int, upper: Int
  ) throws(OpenSystemError) -> (Int, isNew: Bool)? {
    let key = lower * levels.energies.count + upper
    if let known = found[key] { return known < 0 ? nil : (known, false) }
    let value =
      lower == upper ? F.zero : levels.energies[upper] - levels.energies[lower]
    let own = try decide(value, "\(name(lower)) and \(name(upper))")
    if own == .negative {
      found[key] = -1
      return nil
    }
    for (index, other) in values.enumerated() where isZero[index] == (own == .zero) {
      let (a, b) = pairs[index]
      let difference =
        try own == .zero
        ? KnownSign.zero
        : decide(
          value - other,
          "\(name(lower)) and \(name(upper)), as far apart or not as \(name(a)) and \(name(b))")
      if difference == .zero {
        found[key] = index
        return (index, false)
      }
    }
    found[key] = values.count
    values.append(value)
    isZero.append(own == .zero)
    pairs.append((lower, upper))
    return (values.count - 1, true)
  }

  private func decide(_ value: F, _ who: String) throws(OpenSystemError) -> KnownSign {
    if value.isZero { return .zero }
    if let sign = try sign(value) { return sign }
    throw .undecidedFrequency(levels: who, quantity: describe(value))
  }

  private func name(_ level: Int) -> String {
    "\(level + 1) (energy \(describe(levels.energies[level])))"
  }
}
