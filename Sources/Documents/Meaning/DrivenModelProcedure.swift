import Algebra
import Arbitrary
import Exact
import OpenSystems
import Symbolic

/// What a driven model gives at a point, by ``FloquetModel``: certified enclosures of any width.
struct DrivenModelProcedure: ProcedureBody {
  /// What is asked for.
  enum Quantity: Sendable, Hashable {
    /// The steady state averaged over a period, or the state at a moment, row by row.
    case state
    /// Of that state.
    case concurrence
    /// The mean over a period of the concurrence of the steady state at each time.
    case meanConcurrence
    /// Populations of the eigenstates of H₀ in that state, by increasing energy.
    case populations
    case quasienergies
    /// The rate from Floquet state b to a, row a and column b, without the scale of the generator. State k
    /// is the one that has most of the k-th eigenstate of H₀.
    case rates
    /// The golden-rule rate between eigenstates of H₀.
    case goldenRule
    /// The rates between eigenstates of H₀ that those between Floquet states amount to.
    case effectiveRates
  }

  let model: DrivenModelDefinition
  let quantity: Quantity
  let options: FloquetOptions
  /// When; nil for the average over a period.
  let moment: DrivenMoment?
  /// What it is a function of, in order.
  let symbols: [Symbol]
  let momentProgram: DrivenMomentProgram?
  let hamiltonian: Program
  let harmonics: [(order: Int, operation: Program)]
  let frequency: Program
  let couplings: [Program]
  let baths: [(perFrequency: Program, temperature: Program)]
  let workspaces: FloquetWorkspaces

  /// - Throws: ``SymbolicError`` for a formula that is no number.
  init(
    _ model: DrivenModelDefinition, _ quantity: Quantity, _ options: FloquetOptions,
    at moment: DrivenMoment? = nil
  ) throws(SymbolicError) {
    self.model = model
    self.quantity = quantity
    self.options = options
    self.moment = moment
    workspaces = FloquetWorkspaces(size: model.space.dimension, options: options)
    let symbols = Set(model.symbols).union(moment?.symbols ?? []).sorted { $0.precedes($1) }
    self.symbols = symbols
    momentProgram = try moment.map { (value) throws(SymbolicError) in
      try DrivenMomentProgram(value, inputs: symbols)
    }
    func program(_ matrix: Matrix<Expression>) throws(SymbolicError) -> Program {
      try Program(matrix.elements, inputs: symbols)
    }
    hamiltonian = try program(model.hamiltonian)
    // V cos(kωt) and V sin(kωt) have the coefficients V/2 and -iV/2 of e^{ikωt}.
    var sums: [Int: Matrix<Expression>] = [:]
    for drive in model.drives {
      let half: Expression =
        drive.wave == .cos ? .rational(Self.half) : -(.i * .rational(Self.half))
      let part = drive.operation.map { $0.isLiteralZero ? $0 : half * $0 }
      sums[drive.order] = sums[drive.order].map { $0 + part } ?? part
    }
    var list: [(order: Int, operation: Program)] = []
    for (order, matrix) in sums.sorted(by: { $0.key < $1.key }) {
      list.append((order, try program(matrix)))
    }
    harmonics = list
    frequency = try Program([model.frequency], inputs: symbols)
    var couplings: [Program] = []
    var baths: [(perFrequency: Program, temperature: Program)] = []
    for bath in model.baths {
      couplings.append(try program(bath.coupling))
      baths.append(
        (
          try Program([bath.densityPerFrequency], inputs: symbols + [bath.frequency]),
          try Program([bath.temperature], inputs: symbols)
        ))
    }
    self.couplings = couplings
    self.baths = baths
  }

  private static let half = (try? Rational(1, 2)) ?? 0

  /// For each component its label, and whether it is real.
  var components: [(label: String, isReal: Bool)] {
    let n = model.space.dimension
    func square(_ isReal: (Int, Int) -> Bool) -> [(label: String, isReal: Bool)] {
      (1...n).flatMap { row in (1...n).map { ("\(row),\($0)", isReal(row, $0)) } }
    }
    switch quantity {
    case .state: return square { $0 == $1 }
    case .rates, .goldenRule, .effectiveRates: return square { _, _ in true }
    case .populations, .quasienergies: return (1...n).map { ("\($0)", true) }
    case .concurrence, .meanConcurrence: return [("", true)]
    }
  }

  /// Some tenths of a second for a hundred digits.
  func work(precision: Int) -> Int {
    let scale = max(precision, 64) / 64
    return (quantity == .meanConcurrence ? 120_000_000 : 20_000_000) * scale
  }

  func enclose(
    _ arguments: [ComplexInterval], exact: [Rational]?, precision: Int
  ) throws(ArithmeticError) -> [ComplexInterval] {
    if exact == nil, arguments.contains(where: { !($0.re.isBounded && $0.im.isBounded) }) {
      return components.map { _ in .entire }
    }
    do throws(FloquetError) {
      let point = point(arguments, exact)
      let floquet = floquet(point, exact)
      if let momentProgram {
        return try values(of: floquet, at: momentProgram, point, precision: precision)
      }
      return try values(of: floquet, precision: precision)
    } catch {
      switch error {
      case .arithmetic(let error): throw error
      case .limit, .notSeparated, .zoneUndecided, .cutTooClose, .uniquenessUndecided:
        // A box that is too wide for an answer; a point has one in more bits or none.
        if exact == nil { return components.map { _ in .entire } }
        throw .limit(error.description)
      default: throw .domain(error.description)
      }
    }
  }

  private func values(
    of floquet: FloquetModel, precision: Int
  ) throws(FloquetError) -> [ComplexInterval] {
    switch quantity {
    case .state: return try floquet.steady(precision: precision).averaged().elements
    case .concurrence:
      return [ComplexInterval(real: try floquet.concurrence(precision: precision))]
    case .meanConcurrence:
      // Each further bit costs half as much again: digits are asked for with the steps of the precision.
      return [ComplexInterval(real: try floquet.meanConcurrence(precision: precision / 5))]
    case .populations:
      return try floquet.steady(precision: precision).populations()
        .map { ComplexInterval(real: $0) }
    case .quasienergies:
      return try floquet.spectrum(precision: precision).modes
        .map { ComplexInterval(real: $0.quasienergy) }
    case .rates:
      let state = try floquet.steady(precision: precision)
      guard let labels = state.labels, labels.isUnambiguous else {
        throw .input(
          "the Floquet states have no unambiguous labels: two of them have most of one eigenstate of "
            + "the Hamiltonian without drive, or it is degenerate")
      }
      let n = model.space.dimension
      let places = (0..<n).compactMap { label in labels.labels.firstIndex { $0 == label } }
      return places.flatMap { a in
        places.map { b in ComplexInterval(real: state.rates[a, b]) }
      }
    case .effectiveRates:
      return try floquet.steady(precision: precision).eigenstateRates().elements
        .map { ComplexInterval(real: $0) }
    case .goldenRule:
      return try floquet.goldenRule(precision: precision).rates.elements
        .map { ComplexInterval(real: $0) }
    }
  }

  private func values(
    of floquet: FloquetModel, at moment: DrivenMomentProgram, _ point: @escaping Point,
    precision: Int
  ) throws(FloquetError) -> [ComplexInterval] {
    let n = model.space.dimension
    let course: FloquetModel.Course
    switch moment.start {
    case .eigenstate(let k): course = .eigenstate(k)
    case .steady: course = .steady
    case .state(let program):
      course = .state { bits throws(FloquetError) in
        try Self.matrix(program, point, n, bits)
      }
    }
    let program = moment.time
    let quantity = self.quantity
    // Exactly, where an enclosure of zero would never get digits.
    if case .eigenstate(let k) = course, quantity == .populations,
      try Self.values(program, point, 64)[0].isZero
    {
      return (0..<n).map { $0 == k ? .one : .zero }
    }
    @Sendable func time(_ bits: Int) throws(FloquetError) -> Interval {
      let value = try Self.values(program, point, bits)[0]
      guard value.im.contains(Real.zero) else {
        throw .input("a time that is not real: \(value)")
      }
      return value.re
    }
    return try floquet.snapshot(course, time: time, precision: precision) {
      snapshot throws(FloquetError) in
      switch quantity {
      case .concurrence: [ComplexInterval(real: try snapshot.concurrence())]
      case .populations: try snapshot.populations().map { ComplexInterval(real: $0) }
      default: snapshot.state.elements
      }
    }
  }

  // MARK: The model at a point

  /// The arguments in about so many bits.
  typealias Point = @Sendable (Int) -> [ComplexInterval]

  /// As many bits as asked for where the arguments are known exactly.
  private func point(_ arguments: [ComplexInterval], _ exact: [Rational]?) -> Point {
    { bits in exact?.map { ComplexInterval(real: Interval($0, precision: bits)) } ?? arguments }
  }

  private static func values(
    _ program: Program, _ point: Point, _ bits: Int
  ) throws(FloquetError) -> [ComplexInterval] {
    do throws(ArithmeticError) {
      return try program.enclose(point(bits), precision: bits)
    } catch { throw .arithmetic(error) }
  }

  private static func matrix(
    _ program: Program, _ point: Point, _ size: Int, _ bits: Int
  ) throws(FloquetError) -> OpenSystems.Operator<Interval> {
    var result = OpenSystems.Operator<Interval>(rows: size, columns: size)
    result.elements = try values(program, point, bits).map { Complex(re: $0.re, im: $0.im) }
    return result
  }

  private func floquet(_ point: @escaping Point, _ exact: [Rational]?) -> FloquetModel {
    let n = model.space.dimension
    @Sendable func matrix(
      _ program: Program, _ bits: Int
    ) throws(FloquetError) -> OpenSystems.Operator<Interval> {
      try Self.matrix(program, point, n, bits)
    }
    @Sendable func real(_ program: Program, _ bits: Int) throws(FloquetError) -> Interval {
      try Self.values(program, point, bits).first?.re ?? .entire
    }
    let (hamiltonian, harmonics, frequency) = (self.hamiltonian, self.harmonics, self.frequency)
    let (couplings, baths) = (self.couplings, self.baths)
    return FloquetModel(
      exact: exact.flatMap(exactSystem), options: options,
      baths: { bits throws(FloquetError) in
        var list: [BathFunction] = []
        for bath in baths {
          let symbols = point(bits)
          let perFrequency = bath.perFrequency
          @Sendable func density(
            _ w: Interval, _ bits: Int
          ) throws(FloquetError) -> Interval {
            do throws(ArithmeticError) {
              return try perFrequency.enclose(
                symbols + [ComplexInterval(real: w)], precision: bits)[0].re
            } catch { throw .arithmetic(error) }
          }
          let greatest = try Self.greatest { (w) throws(FloquetError) in try density(w, 64) }
          list.append(
            try .thermal(
              greatest: greatest, temperature: try real(bath.temperature, bits),
              perFrequency: density))
        }
        return list
      },
      system: { bits throws(FloquetError) in
        var parts: [Int: OpenSystems.Operator<Interval>] = [:]
        for harmonic in harmonics { parts[harmonic.order] = try matrix(harmonic.operation, bits) }
        var operators: [OpenSystems.Operator<Interval>] = []
        for coupling in couplings { operators.append(try matrix(coupling, bits)) }
        return try DrivenSystem(
          hamiltonian: try matrix(hamiltonian, bits), harmonics: parts,
          frequency: try real(frequency, bits), couplings: operators)
      })
  }

  /// A bound of the density over the frequency, for all frequencies.
  private static func greatest(
    _ density: (Interval) throws(FloquetError) -> Interval
  ) throws(FloquetError) -> Interval {
    var all = try density(Interval(between: .zero, and: .infinity))
    if !all.isBounded {
      // In parts less is overestimated.
      let ends = [0.0, 0.0625, 0.25, 1, 4, 16, 64, 256].map { Real($0) } + [Real.infinity]
      all = .zero
      for (low, high) in zip(ends, ends.dropFirst()) {
        all = all.union(try density(Interval(between: low, and: high)))
      }
    }
    guard all.isBounded, all.lower.signum >= 0 else {
      throw .input(
        "the spectral density of a bath, divided by the frequency, is not seen to be bounded and "
          + "nonnegative: it lies in \(all)")
    }
    return Interval(all.upper)
  }

  /// The system exactly, where all its numbers are rational at the point.
  private func exactSystem(_ point: [Rational]) -> DrivenSystem<Rational>? {
    let n = model.space.dimension
    func matrix(_ program: Program) -> OpenSystems.Operator<Rational>? {
      guard let values = try? program.exactValues(point) else { return nil }
      let known = values.compactMap { $0 }
      guard known.count == n * n else { return nil }
      var result = OpenSystems.Operator<Rational>(rows: n, columns: n)
      result.elements = known
      return result
    }
    return assembled(frequency: (try? frequency.exactValues(point))?[0]?.re, matrix)
  }

  /// The system, from what makes matrices of its programs; nil where one of them has no value.
  func assembled<F: Ring>(
    frequency: F?, _ matrix: (Program) -> OpenSystems.Operator<F>?
  ) -> DrivenSystem<F>? {
    guard let frequency, let hamiltonian = matrix(hamiltonian) else { return nil }
    var parts: [Int: OpenSystems.Operator<F>] = [:]
    for harmonic in harmonics {
      guard let operation = matrix(harmonic.operation) else { return nil }
      parts[harmonic.order] = operation
    }
    let operators = couplings.compactMap(matrix)
    guard operators.count == couplings.count else { return nil }
    return try? DrivenSystem(
      hamiltonian: hamiltonian, harmonics: parts, frequency: frequency, couplings: operators)
  }
}
