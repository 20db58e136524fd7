import Algebra
import Arbitrary
import Exact
import Foundation
import TestSupport
import Testing

@testable import OpenSystems

/// Driven systems against `Tests/Oracles/generate_floquet.py`, which has them by two roads of its own.
@Suite struct FloquetTests {
  static let names = [
    "off resonance", "equal couplings", "no entanglement", "hot", "rotating field", "three levels",
  ]

  /// Enclosures of four driven levels take seconds each in a debug build: most are for the campaign.
  static let isCampaign = ProcessInfo.processInfo.environment["SEPARATRIX_CAMPAIGN"] != nil
  static let enclosedNames = isCampaign ? names : ["hot", "rotating field", "three levels"]

  /// Whether the number recorded, with its last digit uncertain, meets the enclosure, and that is narrow.
  static func agrees(_ value: Interval, _ text: String, within bits: Int = -30) -> Bool {
    guard let recorded = Interval(text, precision: 200) else { return false }
    let spread = Interval.abs(recorded) * (Interval("1e-34", precision: 64) ?? .zero)
    let exponent = value.width.exponent ?? .min
    return exponent < bits && !value.isDisjoint(from: recorded.widened(by: spread.upper))
  }

  static func agree(_ state: Matrix<ComplexInterval>, _ recorded: [[[String]]]) -> Bool {
    (0..<state.rowCount).allSatisfy { i in
      (0..<state.columnCount).allSatisfy { j in
        let floor = Interval.symmetric(Real("1e-59", precision: 64) ?? .one)
        return agrees(state[i, j].re + floor, recorded[i][j][0])
          && agrees(state[i, j].im + floor, recorded[i][j][1])
      }
    }
  }

  @Test(arguments: enclosedNames) func enclosuresHoldWhatIsRecordedCampaign(_ name: String) throws {
    let recorded = try RecordedFloquet.named(name)
    var model = try recorded.model()
    let full = try model.steadyStates(workingPrecision: 60)
    #expect(full.dimension == 1)
    #expect(zip(full.quasienergies, recorded.quasienergies).allSatisfy { Self.agrees($0, $1) })
    for (a, row) in recorded.rates.enumerated() {
      for (b, text) in row.enumerated() { #expect(Self.agrees(full.rates[a, b], text)) }
    }
    #expect(Self.agree(try full.averaged(), recorded.rhoFull))
    #expect(zip(try full.populations(), recorded.populations).allSatisfy { Self.agrees($0, $1) })
    let labels = try #require(full.labels)
    #expect(zip(labels.labels, recorded.labels).allSatisfy { $0 == nil || $0 == $1 })
    if let text = recorded.concurrenceFull {
      #expect(Self.agrees(try full.concurrence(), text, within: -15))
    }
    if name == "hot", !Self.isCampaign { return }
    model.options.generator = .secular
    let secular = try model.steadyStates(workingPrecision: 60)
    #expect(Self.agree(try secular.averaged(), recorded.rhoSecular))
    if let text = recorded.concurrenceSecular {
      #expect(Self.agrees(try secular.concurrence(), text, within: -15))
    }
  }

  @Test(arguments: names) func propagationInDoublesAgrees(_ name: String) throws {
    let recorded = try RecordedFloquet.named(name)
    let system = try recorded.system().map(\.approximateDouble)
    let workspace = FloquetWorkspace<Double>(size: system.dimension)
    let solver = try workspace.solve(system, baths: recorded.functions())
    func near(_ x: Double, _ text: String, _ bound: Double) -> Bool {
      (x - (Double(text) ?? .nan)).magnitude < bound
    }
    for (a, text) in recorded.quasienergies.enumerated() {
      #expect(near(solver.quasienergies[a], text, 1e-13))
    }
    for (a, row) in recorded.rates.enumerated() {
      for (b, text) in row.enumerated() { #expect(near(solver.rate(to: a, from: b), text, 1e-15)) }
    }
    let average = solver.averagedState
    for i in 0..<average.rowCount {
      for j in 0..<average.columnCount {
        #expect(near(average[i, j].re, recorded.rhoFull[i][j][0], 1e-11))
        #expect(near(average[i, j].im, recorded.rhoFull[i][j][1], 1e-11))
      }
    }
    if let text = recorded.concurrenceFull {
      let value = try solver.concurrence()
      #expect(near(value, text, 1e-11))
      // Entanglement is convex: of an average it is at most the average.
      #expect(try solver.meanConcurrence() >= value - 1e-12)
    }
    workspace.options.generator = .secular
    let secular = try workspace.solve(system, baths: recorded.functions())
    if let text = recorded.concurrenceSecular {
      #expect(near(try secular.concurrence(), text, 1e-11))
    }
  }

  /// The concurrence of two driven qubits off resonance to 30 digits.
  @Test func thirtyDigits() throws {
    let recorded = try RecordedFloquet.named("off resonance")
    let text = try #require(recorded.concurrenceFull)
    let value = try recorded.model().concurrence(precision: 102)
    #expect(Self.agrees(value, text, within: -101))
    #expect(Decimal.digits(of: value, significant: 30) == "0.986608789981709298673230613171")
  }

  /// The same digits by propagation, in the precision that they need.
  @Test func thirtyDigitsByPropagationCampaign() throws {
    let recorded = try RecordedFloquet.named(Self.isCampaign ? "off resonance" : "rotating field")
    let bits = 128
    let (strength, cutoff, temperature) = try #require(try recorded.parameters().first)
    let bath = try BathFunction.ohmic(
      strength: Interval(strength, precision: 200), cutoff: Interval(cutoff, precision: 200),
      temperature: Interval(temperature, precision: 200))
    let system = try recorded.system().map { Real($0, precision: bits) }
    let solver = try PropagatedFloquet<Real>(
      size: system.dimension, points: Self.isCampaign ? 128 : 64, precision: bits)
    try solver.solve(
      system,
      baths: [
        { ((try? bath.value(Interval($0), 160)) ?? .empty).midpoint.rounded(precision: bits) }
      ])
    try solver.findSteadyState()
    let state = solver.averagedState
    for i in 0..<system.dimension {
      for j in 0..<system.dimension {
        let box = ComplexInterval(re: Interval(state[i, j].re), im: Interval(state[i, j].im))
        let radius = Real("1e-32", precision: 64) ?? .zero
        #expect(Self.agrees(box.re.widened(by: radius), recorded.rhoFull[i][j][0], within: -100))
        #expect(Self.agrees(box.im.widened(by: radius), recorded.rhoFull[i][j][1], within: -100))
      }
    }
    if let text = recorded.concurrenceFull {
      let value = Interval(try solver.concurrence()).widened(
        by: Real("1e-31", precision: 64) ?? .zero)
      #expect(Self.agrees(value, text, within: -100))
    }
  }

  /// sz·Δ + B(cos ωt sx + sin ωt sy) is constant in a rotating frame: γ = 1/2 ± √((Δ - 1/2)² + B²).
  @Test func rotatingFieldIsSolvedExactly() throws {
    let model = try RecordedFloquet.named("rotating field").model()
    let spectrum = try model.spectrum(precision: 150)
    // In the zone from 1/2 on: the root with the minus sign is one frequency higher.
    for (mode, centre) in zip(spectrum.modes, ["1/2", "3/2"]) {
      let distance = mode.quasienergy - Interval(fraction(centre), precision: 200)
      #expect(Interval.sqr(distance, precision: 200).contains(fraction("1/5")))
      #expect(mode.quasienergy.width < Real("1e-44", precision: 64) ?? .zero)
    }
  }

  enum Mistake: CaseIterable { case none, fourierSign, temperature, harmonic, coupling }

  /// Each mistake is one that the recorded values would show.
  @Test(arguments: Mistake.allCases) func mistakesAreSeen(_ mistake: Mistake) throws {
    let recorded = try RecordedFloquet.named("three levels")
    let right = try recorded.system()
    var harmonics = Dictionary(
      uniqueKeysWithValues: right.harmonics.map { ($0.order, $0.operation) })
    var couplings = right.couplings
    var parameters = try recorded.parameters()
    switch mistake {
    case .none: break
    case .fourierSign: harmonics = harmonics.mapValues { $0.adjoint() }
    case .temperature: parameters[0].2 = parameters[0].2 * fraction("1000001/1000000")
    case .harmonic:
      harmonics[2] = Complex(fraction("1000001/1000000")) * (harmonics[2] ?? couplings[0])
    case .coupling: couplings[1] = couplings[1].transpose
    }
    let system = try DrivenSystem(
      hamiltonian: right.hamiltonian, harmonics: harmonics, frequency: 1, couplings: couplings)
    let state = try DrivenQubits.model(system, parameters).steadyStates(workingPrecision: 60)
    #expect(Self.agree(try state.averaged(), recorded.rhoFull) == (mistake == .none))
  }

  /// A mode that is cut too early keeps a residual that says so; its enclosure stays right, and wide.
  @Test func earlyTruncationWidensTheEnclosure() throws {
    let recorded = try RecordedFloquet.named("three levels")
    let system = try recorded.system().enclosed(precision: 120).hermitian()
    let approximations = try FloquetSpectrum.refined(system.middle, 100)
    let whole = try FloquetSpectrum(certifying: approximations, of: system, working: 120)
    let cut = approximations.map { vector in
      let kept = vector.components.indices.filter { (vector.first + $0).magnitude <= 9 }
      return FloquetSpectrum.Approximation(
        value: vector.value, first: vector.first + (kept.first ?? 0),
        components: kept.map { vector.components[$0] })
    }
    let short = try FloquetSpectrum(certifying: cut, of: system, working: 120)
    for (exact, wide) in zip(whole.modes, short.modes) {
      #expect(exact.error < Real(1e-25))
      #expect(wide.error > Real(1e-12))
      #expect(!exact.quasienergy.isDisjoint(from: wide.quasienergy))
    }
    // Without most of the vector nothing is separated, and that is said.
    let stump = approximations.map { vector in
      FloquetSpectrum.Approximation(
        value: vector.value, first: 0, components: [vector.components[-vector.first]])
    }
    #expect(throws: FloquetError.self) {
      try FloquetSpectrum(certifying: stump, of: system, working: 120)
    }
  }

  /// Without a drive: rates upward as small as e^{-1600}, relative to themselves, by the golden rule.
  @Test func undrivenRatesBelowTheRangeOfDoubles() throws {
    let system = try DrivenQubits.system(
      amplitude: 0, detuning: fraction("37/10"), asymmetry: fraction("1/10"))
    var model = try DrivenQubits.model(system)
    let golden = try model.goldenRule(precision: 100)
    let up = golden.rates[3, 0]
    let down = golden.rates[0, 3]
    // Detailed balance: up = down·e^{-ΔE/T}.
    let gap = golden.energies[3] - golden.energies[0]
    let temperature = Interval(fraction("467/100000"), precision: 160)
    let ratio = Interval.exp(
      -Interval.div(gap, temperature, precision: 160), precision: 160)
    #expect(up.certainSign == 1)
    #expect((up.upper.exponent ?? 0) < -1600)
    #expect(!(down * ratio).isDisjoint(from: up))
    #expect(Interval.div(up, up, precision: 160).width < Real("1e-25", precision: 64) ?? .zero)

    let value = try model.concurrence(precision: 60)
    let workspace = FloquetWorkspace<Double>(size: 4)
    let bath = BathFunction.ohmicInDoubles(strength: 0.001, cutoff: 10, temperature: 0.00467)
    let solver = try workspace.solve(system.map(\.approximateDouble), baths: [bath])
    #expect((try solver.concurrence() - value.midpoint.approximateDouble).magnitude < 1e-14)
    // At that temperature the populations are those of the ground state, to less than any double.
    model.options.generator = .secular
    let state = try model.steadyStates(workingPrecision: 80)
    let lowest = try #require(try state.populations().first)
    #expect(lowest.contains(Real(1)) || lowest.lower > Real(0.999))
  }

  @Test func darkSingletHasItsOwnSteadyState() throws {
    let system = try DrivenQubits.system(
      amplitude: 2, detuning: fraction("37/10"), asymmetry: 1,
      gaps: (fraction("1/10"), fraction("1/10")))
    let model = try DrivenQubits.model(system)
    let state = try model.steadyStates(workingPrecision: 60)
    #expect(state.dimension == 2)
    #expect(state.sectors.sorted() == [0, 0, 0, 1] || state.sectors.sorted() == [0, 1, 1, 1])
    #expect(throws: FloquetError.self) { try state.averaged() }
    let alone = try #require((0...1).first { s in state.sectors.count { $0 == s } == 1 })
    // (|01> - |10>)/√2: half on each, and the coherence -1/2.
    let singlet = state.averagedStates[alone]
    #expect(singlet[1, 1].re.contains(fraction("1/2")))
    #expect(singlet[1, 2].re.contains(fraction("-1/2")))
    #expect(singlet[0, 0].re.contains(Rational(0)))
    // Nothing but the exact symmetry makes it so.
    let near = try DrivenQubits.system(
      amplitude: 2, detuning: fraction("37/10"), asymmetry: fraction("99/100"),
      gaps: (fraction("1/10"), fraction("1/10")))
    #expect(try DrivenQubits.model(near).steadyStates(workingPrecision: 60).dimension == 1)
  }

  /// Quasienergies 10^-12 apart, which doubles do not separate: 0 and 1 + 10^-12 with a drive that commutes.
  @Test func nearlyEqualQuasienergiesAreSeparated() throws {
    let small = fraction("1/1000000000000")
    func diagonal(_ a: Rational, _ b: Rational) -> Operator<Rational> {
      Operator(rows: 2, columns: 2) { i, j in i != j ? .zero : Complex(i == 0 ? a : b) }
    }
    let system = try DrivenSystem(
      hamiltonian: diagonal(0, 1 + small),
      harmonics: [1: diagonal(fraction("1/2"), fraction("-1/2"))],
      frequency: 1, couplings: [])
    let modes = try FloquetModel(system) { _ in [] }.spectrum(precision: 80).modes
    let difference = modes[1].quasienergy - modes[0].quasienergy
    #expect(difference.contains(small) || (Interval(1) - difference).contains(small))
    #expect(modes.allSatisfy { $0.error < Real(1e-9) })
    // Equal ones are said to be undecided, in bounded time.
    let equal = try DrivenSystem(
      hamiltonian: diagonal(0, 1), harmonics: [1: diagonal(fraction("1/2"), fraction("-1/2"))],
      frequency: 1, couplings: [])
    #expect(throws: FloquetError.self) {
      try FloquetModel(equal) { _ in [] }.spectrum(precision: 60)
    }
  }

  @Test func whatIsNotDecidedIsSaid() throws {
    func levels(_ values: [Rational]) throws -> DrivenSystem<Rational> {
      try DrivenSystem(
        hamiltonian: Operator(rows: values.count, columns: values.count) {
          $0 == $1 ? Complex(values[$0]) : .zero
        }, harmonics: [:], frequency: 1,
        couplings: [Operator(rows: values.count, columns: values.count) { _, _ in .one }])
    }
    // Equal levels.
    #expect {
      try DrivenQubits.model(levels([0, 0, 1])).steadyStates(workingPrecision: 60)
    } throws: {
      if case FloquetError.notSeparated = $0 { true } else { false }
    }
    // Two equal gaps: the zone is open for the full generator, and without influence on the secular one.
    var model = try DrivenQubits.model(levels([0, fraction("1/2")]))
    #expect {
      try model.steadyStates(workingPrecision: 60)
    } throws: {
      if case FloquetError.zoneUndecided = $0 { true } else { false }
    }
    model.options.zone = .at(fraction("-1/4"))
    #expect(try model.steadyStates(workingPrecision: 60).dimension == 1)
    model.options = FloquetOptions(generator: .secular)
    #expect(try model.steadyStates(workingPrecision: 60).dimension == 1)
    #expect(throws: FloquetError.self) {
      try BathFunction.ohmic(strength: 1, cutoff: nil, temperature: 0)
    }
    #expect(throws: FloquetError.self) {
      try DrivenSystem<Rational>(
        hamiltonian: .identity(2), harmonics: [0: .identity(2)], frequency: 1, couplings: [])
    }
  }

  /// Intervals that are not points: the enclosure holds the values at points inside.
  @Test func thickParametersAreEnclosed() throws {
    let parameters = DrivenQubits.bath
    func system(_ detuning: Rational) throws -> DrivenSystem<Rational> {
      try DrivenQubits.system(
        amplitude: fraction("19/5"), detuning: detuning, asymmetry: fraction("1/10"))
    }
    let thin = try system(fraction("37/10"))
    let step = fraction("1/1000000000000")
    let thick = FloquetModel(baths: try DrivenQubits.model(thin, parameters).baths) {
      bits throws(FloquetError) in
      var hull = thin.enclosed(precision: bits)
      for k in [0, 3] {
        let sign: Rational = k == 0 ? -1 : 1
        let centre = hull.hamiltonian[k, k].re
        var matrix = hull.hamiltonian
        matrix[k, k] = Complex(
          real: centre.union(centre + Interval(sign * step, precision: bits)))
        hull = try DrivenSystem(
          hamiltonian: matrix,
          harmonics: Dictionary(
            uniqueKeysWithValues: hull.harmonics.map { ($0.order, $0.operation) }),
          frequency: hull.frequency, couplings: hull.couplings)
      }
      return hull
    }
    let wide = try thick.steadyStates(workingPrecision: 60).averaged()
    for detuning in [fraction("37/10"), fraction("37/10") + step] {
      let narrow = try DrivenQubits.model(system(detuning), parameters)
        .steadyStates(workingPrecision: 60).averaged()
      for (a, b) in zip(wide.elements, narrow.elements) {
        #expect(!a.re.isDisjoint(from: b.re) && a.re.width >= b.re.width)
      }
    }
    #expect(throws: FloquetError.self) { try thick.steady(precision: 100) }
  }

  /// After long times what is evolved is the steady state; at first, what was put in.
  @Test(arguments: [FloquetOptions.Generator.full, .secular])
  func evolutionEndsInTheSteadyState(_ generator: FloquetOptions.Generator) throws {
    let recorded = try RecordedFloquet.named("three levels")
    let system = try recorded.system().map(\.approximateDouble)
    let options = FloquetOptions(generator: generator)
    let solver = try FloquetWorkspace<Double>(size: 3, options: options)
      .solve(system, baths: recorded.functions())
    let evolution = FloquetEvolution(solver, options: options)
    let start = Operator<Double>(rows: 3, columns: 3) { $0 == 0 && $1 == 0 ? .one : .zero }
    #expect(distance(try evolution.state(periods: 0, from: start), start) < 1e-12)
    let modes = solver.modes(at: 3)
    let steady = modes * solver.floquetState * modes.adjoint()
    let late = try evolution.state(periods: 2000, point: 3, from: start)
    #expect(distance(late, steady) < 1e-9)
    #expect(throws: FloquetError.self) { try evolution.state(periods: -1, from: start) }
  }

  /// Pixels of a map in doubles against enclosures, most of them in the campaign.
  @Test func pixelsOfMapsCampaign() throws {
    var generator = SeededGenerator(seed: 20)
    let bath = BathFunction.ohmicInDoubles(strength: 0.001, cutoff: 10, temperature: 0.00467)
    let workspace = FloquetWorkspace<Double>(size: 4)
    for _ in 0..<(Self.isCampaign ? 200 : 1) {
      let system = try DrivenQubits.system(
        amplitude: fraction("\(generator.next() % 800)/100"),
        detuning: fraction("\(generator.next() % 800)/100"), asymmetry: fraction("1/10"))
      let value = try DrivenQubits.model(system).concurrence(precision: 34)
      let pixel = try workspace.solve(system.map(\.approximateDouble), baths: [bath]).concurrence()
      #expect((value.midpoint.approximateDouble - pixel).magnitude < 1e-9)
    }
  }
}
