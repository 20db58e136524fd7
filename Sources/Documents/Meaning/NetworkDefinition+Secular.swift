import Algebra
import Arbitrary
import Exact
import OpenSystems
import Symbolic

/// A network's parts before its secular equation is known.
struct NetworkParts {
  let name: String
  let modes: [Int]
  let modeNames: [String]
  let parties: [[Int]]
  let hamiltonian: Matrix<Expression>
  let squeezing: Matrix<Expression>?
  let baths: [NetworkDefinition.Bath]
  let approach: NetworkApproach
}

/// The secular equation of a network of formulas: the library's construction over rational functions.
///
/// All numbers that it asks for are brought into one field first: the energies, and the values of each bath
/// at each of them. Which energies are positive and which are equal has to be decided by the domains of
/// the parameters, for all of them.
struct NetworkSecularReader {
  let parts: NetworkParts
  /// The proved sign of a formula.
  let sign: (Expression) -> SignFact?

  typealias Field = RationalFunction

  /// The work on one network, in the units of ``WorkBudget``.
  private static let workLimit = 4_000_000_000

  /// Modes that one part of the Hamiltonian acts on, and the energies there.
  private struct Domain {
    let modes: [Int]
    let baths: [Int]
    let energies: [Expression]
  }

  /// - Throws: ``NetworkError``.
  func read() throws(NetworkError) -> NetworkDefinition {
    try WorkBudget.limited(to: Self.workLimit) {
      Result { () throws(NetworkError) in try build() }
    }.value.get()
  }

  private func build() throws(NetworkError) -> NetworkDefinition {
    let domains = try self.domains()
    // Twice: the second pass meets every kernel, so that all values share one ring.
    var normalizer: Normalizer
    var table: Table
    do throws(ArithmeticError) {
      normalizer = try Normalizer(symbols: symbols.sorted { $0.precedes($1) })
      _ = try values(domains, &normalizer)
      table = try values(domains, &normalizer)
    } catch { throw .arithmetic(error) }
    let final = normalizer
    let prover = CaseProver(final.basis)
    let facts = table.facts
    let known: (Field) -> KnownSign? = { value in
      facts.first(where: { $0.value == value })?.sign ?? Self.sign(of: value, final, prover)
    }
    let reduce: (Complex<Field>) throws(ArithmeticError) -> Complex<Field> = {
      (value) throws(ArithmeticError) in
      var copy = final
      return try copy.multiply(value, .one)
    }
    let network = try BosonicNetwork<Field>(
      hamiltonian: table.hamiltonian, parties: parts.parties, baths: table.baths(of: parts),
      sign: { (value) throws(ArithmeticError) in known(value) })
    let prepared = table.levels
    let equation = try network.secular(
      parts.approach,
      levels: { (matrix) throws(NetworkError) in
        guard let level = prepared.first(where: { $0.block == matrix }) else {
          throw .input("the energies of a part of the Hamiltonian are missing")
        }
        do throws(OpenSystemError) {
          return try EnergyLevels(matrix, energies: level.energies, reduce: reduce)
        } catch { throw .system(error) }
      }, sign: { (value) throws(ArithmeticError) in known(value) })
    let reduced = try reducedEquation(equation, table.squeezing, reduce)
    return NetworkDefinition(
      name: parts.name, modes: parts.modes, modeNames: parts.modeNames, parties: parts.parties,
      hamiltonian: parts.hamiltonian, squeezing: parts.squeezing, baths: parts.baths,
      approach: parts.approach,
      secular: .init(
        normalizer: final, equation: reduced, model: try model(of: reduced, final.basis, known)))
  }

  /// The proved sign of a number once the relations of its kernels are used.
  static func sign(
    of value: Field, _ normalizer: Normalizer, _ prover: CaseProver
  ) -> KnownSign? {
    var copy = normalizer
    guard let reduced = try? copy.multiply(Complex(value), .one) else { return nil }
    if reduced.isZero { return .zero }
    return switch prover.sign(of: reduced.re) {
    case .positive: .positive
    case .negative: .negative
    case .zero: .zero
    default: nil
    }
  }

  /// The equation with the relations of its kernels used, and squeezing added.
  private func reducedEquation(
    _ equation: SecularNetwork<Field>, _ squeezing: Matrix<Complex<Field>>?,
    _ reduce: (Complex<Field>) throws(ArithmeticError) -> Complex<Field>
  ) throws(NetworkError) -> SecularNetwork<Field> {
    var channels: [SecularNetwork<Field>.Channel] = []
    let hamiltonian: Matrix<Complex<Field>>
    do throws(ArithmeticError) {
      hamiltonian = try equation.hamiltonian.map(reduce)
      for channel in equation.channels {
        let damping = try channel.damping.map(reduce)
        if damping.elements.allSatisfy(\.isZero) { continue }
        channels.append(
          .init(
            bath: channel.bath, frequency: channel.frequency,
            occupation: try reduce(Complex(channel.occupation)).re, damping: damping))
      }
    } catch { throw .arithmetic(error) }
    return try SecularNetwork(
      parties: equation.parties, hamiltonian: hamiltonian, squeezing: squeezing,
      channels: channels)
  }

  /// The equation as a model with jumps, over the document's modes.
  private func model(
    of equation: SecularNetwork<Field>, _ basis: KernelBasis, _ known: (Field) -> KnownSign?
  ) throws(NetworkError) -> GaussianModelDefinition {
    let gaussian = try equation.gaussianModel { (value) throws(ArithmeticError) in known(value) }
    let places = Dictionary(uniqueKeysWithValues: parts.modes.enumerated().map { ($0, $1) })
    func written(_ x: ModeOperator<Complex<Field>>) -> ModeOperator<Expression> {
      x.map { basis.expression($0) }.renumbered(places)
    }
    return GaussianModelDefinition(
      name: parts.name, hamiltonian: written(gaussian.hamiltonian).withoutVanishing,
      jumps: gaussian.jumps.filter { !$0.rate.isZero }
        .map { (written($0.jump), basis.expression($0.rate)) })
  }

  // MARK: Energies

  private func domains() throws(NetworkError) -> [Domain] {
    let all = parts.approach == .global ? [Array(parts.modes.indices)] : parts.parties
    var domains: [Domain] = []
    for modes in all {
      let baths = parts.baths.indices.filter {
        Set(parts.baths[$0].modes).isSubset(of: modes)
      }
      if baths.isEmpty { continue }
      let energies = try energies(parts.hamiltonian.submatrix(rows: modes, columns: modes))
      for (index, energy) in energies.enumerated() {
        guard sign(energy) == .positive else { throw .energyNotPositive("\(energy)") }
        for other in energies.prefix(index) {
          guard sign(energy - other)?.isNonzero == true else {
            throw .input(
              "whether the energies \(other) and \(energy) are equal is not decided by the domains of "
                + "the parameters; the secular equation is another one where they are")
          }
        }
      }
      domains.append(Domain(modes: modes, baths: baths, energies: energies))
    }
    return domains
  }

  /// All different eigenvalues.
  private func energies(_ block: Matrix<Expression>) throws(NetworkError) -> [Expression] {
    do throws(OpenSystemError) {
      let (basis, field) = try block.inField()
      var rational: Matrix<Complex<Rational>>? = Matrix(
        rows: block.rowCount, columns: block.columnCount)
      for (index, element) in field.elements.enumerated() {
        guard let re = element.re.constantValue, let im = element.im.constantValue else {
          rational = nil
          break
        }
        rational?.elements[index] = Complex(re: re, im: im)
      }
      if let rational, let levels = try? EnergyLevels(rationalSpectrumOf: rational) {
        return levels.energies.map { .rational($0) }
      }
      if let levels = try? EnergyLevels(diagonal: field) {
        return levels.energies.map { basis.expression($0) }
      }
      return try Spectrum(ofHermitian: field).closedForms(basis).map(\.value)
    } catch { throw .system(error) }
  }

  // MARK: Numbers

  private var symbols: Set<Symbol> {
    var formulas = parts.hamiltonian.elements + (parts.squeezing?.elements ?? [])
    for bath in parts.baths {
      formulas += bath.weight.elements + [bath.density(at: .one), bath.potential]
      formulas.append(bath.shift(at: .one) ?? .zero)
      switch bath.heat {
      case .temperature(let value), .boltzmann(let value): formulas.append(value)
      }
    }
    return formulas.reduce(into: []) { $0.formUnion($1.freeSymbols) }
  }

  /// Every number that the construction asks for.
  private struct Table {
    var hamiltonian: Matrix<Complex<Field>>
    var squeezing: Matrix<Complex<Field>>?
    var weights: [Matrix<Complex<Field>>] = []
    var levels: [(block: Matrix<Complex<Field>>, energies: [Field])] = []
    /// For each bath what it does at each frequency.
    var responses: [[Response]] = []
    /// Signs that are known otherwise than from the formulas.
    var facts: [(value: Field, sign: KnownSign)] = []

    struct Response: Sendable {
      let frequency, density, boltzmann: Field
      let shifts: (plus: Field, minus: Field)?
    }

    func baths(of parts: NetworkParts) -> [NetworkBath<Field>] {
      zip(parts.baths, zip(weights, responses)).map { bath, numbers in
        let list = numbers.1
        let read: @Sendable (Field) throws(ArithmeticError) -> Response = {
          (w) throws(ArithmeticError) in
          if let response = list.first(where: { $0.frequency == w }) { return response }
          throw .domain("a frequency that no mode has")
        }
        var shift: NetworkBath<Field>.Response?
        if bath.shift != nil {
          shift = { (w) throws(ArithmeticError) in
            if let response = list.first(where: { $0.frequency == -w }) {
              return response.shifts?.minus ?? .zero
            }
            return try read(w).shifts?.plus ?? .zero
          }
        }
        return NetworkBath(
          bath.name, statistics: bath.statistics, modes: bath.modes, weight: numbers.0,
          positionLike: bath.positionLike,
          density: { (w) throws(ArithmeticError) in try read(w).density },
          boltzmann: { (w) throws(ArithmeticError) in try read(w).boltzmann }, shift: shift)
      }
    }
  }

  private func values(
    _ domains: [Domain], _ normalizer: inout Normalizer
  ) throws(ArithmeticError) -> Table {
    func field(_ expression: Expression) throws(ArithmeticError) -> Complex<Field> {
      // In two steps: the basis to lift to is the one that normalising leaves behind.
      let value = try normalizer.normalize(expression)
      return try normalizer.lift(value)
    }
    func real(_ expression: Expression, _ what: String) throws(ArithmeticError) -> Field {
      let value = try field(expression)
      guard value.im.isZero else { throw .domain("\(what) \(expression) is not known to be real") }
      return value.re
    }
    func matrix(
      _ formulas: Matrix<Expression>
    ) throws(ArithmeticError) -> Matrix<Complex<Field>> {
      try formulas.map { (element) throws(ArithmeticError) in
        element.isLiteralZero ? .zero : try field(element)
      }
    }
    var table = Table(hamiltonian: try matrix(parts.hamiltonian))
    if let squeezing = parts.squeezing { table.squeezing = try matrix(squeezing) }
    table.responses = parts.baths.map { _ in [] }
    for bath in parts.baths { table.weights.append(try matrix(bath.weight)) }
    for domain in domains {
      var energies: [Field] = []
      for energy in domain.energies { energies.append(try real(energy, "the energy")) }
      table.levels.append(
        (table.hamiltonian.submatrix(rows: domain.modes, columns: domain.modes), energies))
      for (energy, number) in zip(domain.energies, energies) {
        table.facts.append((number, .positive))
        for index in domain.baths {
          let bath = parts.baths[index]
          let x = try real(bath.boltzmann(at: energy), "the Boltzmann factor")
          if let fact = boltzmannSigns(bath, energy) {
            table.facts += [(x, fact), (.one - x, .positive)]
          }
          var shifts: (plus: Field, minus: Field)?
          if let plus = bath.shift(at: energy), let minus = bath.shift(at: -energy) {
            shifts = (try real(plus, "the shift"), try real(minus, "the shift"))
          }
          table.responses[index].append(
            .init(
              frequency: number, density: try real(bath.density(at: energy), "the density"),
              boltzmann: x, shifts: shifts))
        }
      }
    }
    return table
  }

  /// The sign of x(ω) where x < 1 is proved: nil where it is not.
  private func boltzmannSigns(
    _ bath: NetworkDefinition.Bath, _ energy: Expression
  ) -> KnownSign? {
    guard sign(energy - bath.potential) == .positive else { return nil }
    switch bath.heat {
    case .temperature(let t):
      if t.isLiteralZero { return .zero }
      return sign(t) == .positive ? .positive : nil
    case .boltzmann(let z):
      if z.isLiteralZero { return .zero }
      return sign(z) == .positive && sign(1 - z) == .positive ? .positive : nil
    }
  }
}

extension NetworkDefinition.Secular {
  /// The stationary moments where each frequency has one mode: every normal mode goes to the mean of the
  /// occupations of its baths, weighted by their dampings, X = Σ_ω Σ_k n_kΓ_k/Σ_k tr Γ_k. Nil where that is not
  /// proved, by substitution, to be stationary.
  ///
  /// Elimination would not use the relations of square roots, and its degrees grow out of bounds.
  func levelMoments() -> NetworkMoments<RationalFunction>? {
    var normalizer = normalizer
    func reduced(
      _ matrix: Matrix<Complex<RationalFunction>>
    ) throws(ArithmeticError) -> Matrix<Complex<RationalFunction>> {
      try matrix.map { (value) throws(ArithmeticError) in try normalizer.multiply(value, .one) }
    }
    do throws(ArithmeticError) {
      var groups: [(frequency: RationalFunction, channels: [Int])] = []
      for (index, channel) in equation.channels.enumerated() {
        if let place = groups.firstIndex(where: { $0.frequency == channel.frequency }) {
          groups[place].channels.append(index)
        } else {
          groups.append((channel.frequency, [index]))
        }
      }
      let d = equation.modeCount
      var x = Matrix<Complex<RationalFunction>>(rows: d, columns: d)
      for group in groups {
        let channels = group.channels.map { equation.channels[$0] }
        let total = try normalizer.multiply(
          channels.reduce(.zero) { $0 + $1.damping.trace }, .one)
        let inverse = try Complex.one / total
        for channel in channels {
          x = x + (Complex(channel.occupation) * inverse) * channel.damping
        }
      }
      x = try reduced(x)
      let drift = equation.drift
      let rest = try reduced(drift * x + x * drift.adjoint() + equation.source)
      guard rest.elements.allSatisfy(\.isZero) else { return nil }
      return NetworkMoments(
        occupations: x, anomalous: Matrix<Complex<RationalFunction>>(rows: d, columns: d))
    } catch {
      return nil
    }
  }
}
