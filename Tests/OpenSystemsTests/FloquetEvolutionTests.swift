import Algebra
import Arbitrary
import Exact
import TestSupport
import Testing

@testable import OpenSystems

/// Driven systems in time against `Tests/Oracles/generate_floquet_evolution.py` and the rounded road.
@Suite struct FloquetEvolutionTests {
  struct Recorded: Decodable {
    struct Moment: Decodable {
      let time: String
      let full, secular: [[[Double]]]
      let populationsFull, populationsSecular: [Double]

      enum CodingKeys: String, CodingKey {
        case time, full, secular
        case populationsFull = "populations_full"
        case populationsSecular = "populations_secular"
      }
    }
    let name: String
    let moments: [Moment]
    let meanConcurrence: Double?
    let periodicAverage, periodicStart: [[[Double]]]

    enum CodingKeys: String, CodingKey {
      case name, moments
      case meanConcurrence = "mean_concurrence"
      case periodicAverage = "periodic_average"
      case periodicStart = "periodic_start"
    }
  }
  struct File: Decodable { let cases: [Recorded] }
  static let all = Result { try Oracle.load("floquet_evolution", as: File.self).cases }

  static func elapsed(_ time: Rational) -> @Sendable (Int) throws(FloquetError) -> Interval {
    { Interval(time, precision: $0) }
  }

  /// Every matrix element and population, from the lowest eigenstate, with both generators.
  @Test(
    arguments: FloquetTests.isCampaign
      ? ["off resonance", "hot", "three levels"] : ["hot", "three levels"])
  func statesAreTheRecordedOnesCampaign(_ name: String) throws {
    let recorded = try #require(Self.all.get().first { $0.name == name })
    let system = try RecordedFloquet.named(name)
    // The long times, which take longer, are left to the campaign.
    let moments = FloquetTests.isCampaign ? recorded.moments : Array(recorded.moments.prefix(1))
    for moment in moments {
      for generator in [FloquetOptions.Generator.averaged, .secular] {
        let model = try system.model(FloquetOptions(generator: generator))
        let isFull = generator == .averaged
        let found = try model.snapshot(
          .eigenstate(0), time: Self.elapsed(fraction(moment.time)), precision: 50
        ) { snapshot throws(FloquetError) in
          try snapshot.state.elements
            + snapshot.populations().map { ComplexInterval(real: $0) }
        }
        let state = isFull ? moment.full : moment.secular
        let populations = isFull ? moment.populationsFull : moment.populationsSecular
        let known = state.flatMap { $0.map { ($0[0], $0[1]) } } + populations.map { ($0, 0) }
        #expect(known.count == found.count)
        for ((re, im), value) in zip(known, found) {
          #expect((value.re.midpoint.approximateDouble - re).magnitude < 1e-9)
          #expect((value.im.midpoint.approximateDouble - im).magnitude < 1e-9)
          #expect(value.re.width < Real(1e-15))
        }
      }
    }
  }

  /// Enclosures hold what propagation gives in many more digits, between the points of its grid too.
  @Test func enclosuresHoldThePropagatedStates() throws {
    let recorded = try RecordedFloquet.named("three levels")
    let bits = 130
    let exact = try recorded.system()
    let system = exact.map { Interval($0, precision: bits).midpoint }
    let baths: [(Real) -> Real] = try recorded.parameters().map { strength, cutoff, temperature in
      let function = try BathFunction.ohmic(
        strength: Interval(strength, precision: bits), cutoff: Interval(cutoff, precision: bits),
        temperature: Interval(temperature, precision: bits))
      return { (try? function.value(Interval($0), bits).midpoint) ?? .nan }
    }
    let workspace = FloquetWorkspace<Real>(size: 3, precision: bits)
    let evolution = FloquetEvolution(try workspace.solve(system, baths: baths))
    let start = Operator<Rational>(rows: 3, columns: 3) {
      $0 == 1 && $1 == 1 ? .one : .zero
    }
    let model = try recorded.model()
    for time in [fraction("1/7"), fraction("123/10")] {
      let known = try evolution.state(
        time: Interval(time, precision: bits).midpoint,
        from: start.map { Complex(re: Real($0.re.approximateDouble), im: .zero) })
      let found = try model.snapshot(
        .state { _ in start.map { Complex(re: Interval($0.re, precision: 64), im: .zero) } },
        time: Self.elapsed(time), precision: 90
      ) { $0.state.elements }
      for (a, b) in zip(found, known.elements) {
        #expect((a.re.midpoint - b.re).magnitude < Real(1e-30))
        #expect((a.im.midpoint - b.im).magnitude < Real(1e-30))
        // Another time is told apart.
        #expect(a.re.width < Real(1e-26))
      }
    }
  }

  /// The generator with all harmonics, by coefficients here and by integration over time there.
  @Test(arguments: ["off resonance", "hot", "three levels"])
  func allHarmonicsAreTheRecordedOnes(_ name: String) throws {
    let recorded = try #require(Self.all.get().first { $0.name == name })
    let instance = try RecordedFloquet.named(name)
    let system = try instance.system().map(\.approximateDouble)
    let baths = try instance.functions()
    let solved = try FloquetWorkspace<Double>(size: system.dimension)
      .solve(system, baths: baths)
    let periodic = try PeriodicSteadyState(solved, system, baths: baths)
    func distance(_ a: Operator<Double>, _ b: [[[Double]]]) -> Double {
      zip(a.elements, b.flatMap { $0 }).reduce(0) {
        max($0, ($1.0.re - $1.1[0]).magnitude, ($1.0.im - $1.1[1]).magnitude)
      }
    }
    #expect(distance(periodic.averaged, recorded.periodicAverage) < 1e-9)
    #expect(distance(periodic.states[0], recorded.periodicStart) < 1e-9)
    // The averaged generator is another one, also by what the road finds.
    let difference = distance(solved.averagedState, recorded.periodicAverage)
    #expect(difference > 1e-8 && difference < 0.02, "\(difference)")
    #expect(distance(periodic.states[1], recorded.periodicStart) > 1e-6)
  }

  @Test func relaxationFasterThanTheDriveIsAnError() throws {
    let recorded = try RecordedFloquet.named("three levels")
    let system = try recorded.system().map(\.approximateDouble)
    let baths = try recorded.functions().map { function in { (x: Double) in 1e4 * function(x) } }
    let solved = try FloquetWorkspace<Double>(size: 3).solve(system, baths: baths)
    #expect(throws: FloquetError.self) {
      try PeriodicSteadyState(solved, system, baths: baths)
    }
    #expect(throws: FloquetError.self) { try PeriodicSteadyState(solved, system, baths: []) }
    // A rate that is not a number is no rate of zero.
    let broken = try recorded.functions().map { _ in { (_: Double) in Double.nan } }
    #expect(throws: FloquetError.self) {
      try PeriodicSteadyState(solved, system, baths: broken)
    }
  }

  @Test func longTimesEndInTheTurningSteadyState() throws {
    let model = try RecordedFloquet.named("three levels").model()
    let time = Self.elapsed(20001)
    let late = try model.snapshot(.eigenstate(2), time: time, precision: 40) { $0.state.elements }
    let steady = try model.snapshot(.steady, time: time, precision: 40) { $0.state.elements }
    for (a, b) in zip(late, steady) {
      #expect((a.re.midpoint - b.re.midpoint).magnitude < Real(1e-11))
      #expect((a.im.midpoint - b.im.midpoint).magnitude < Real(1e-11))
    }
    let average = try model.steady(precision: 40).averaged()
    #expect(
      zip(steady, average.elements).contains {
        ($0.re.midpoint - $1.re.midpoint).magnitude > Real(1e-3)
      })
  }

  @Test func whatIsNoStateOrTimeIsAnError() throws {
    let model = try RecordedFloquet.named("three levels").model()
    func snapshot(_ course: FloquetModel.Course, _ time: Rational) throws -> [ComplexInterval] {
      try model.snapshot(course, time: Self.elapsed(time), precision: 40) { $0.state.elements }
    }
    let two = Matrix<ComplexInterval>(rows: 3, columns: 3) { $0 == $1 ? .one : .zero }
    #expect(throws: FloquetError.self) { try snapshot(.eigenstate(0), -1) }
    #expect(throws: FloquetError.self) { try snapshot(.eigenstate(0), fraction("1e300")) }
    #expect(throws: FloquetError.self) { try snapshot(.eigenstate(3), 1) }
    #expect(throws: FloquetError.self) { try snapshot(.state { _ in two }, 1) }
    #expect(throws: FloquetError.self) {
      try snapshot(.state { _ in Matrix<ComplexInterval>.identity(2) }, 1)
    }
    #expect(throws: FloquetError.self) {
      let unbounded: @Sendable (Int) throws(FloquetError) -> Interval = { _ in .entire }
      return try model.snapshot(.eigenstate(0), time: unbounded, precision: 40) {
        $0.state.elements
      }
    }
  }

  /// A whole number of periods, reached by a rounded time, is next to a point of the grid.
  @Test(arguments: [1, 11, 15, 63])
  func interpolationHoldsNextToThePoints(_ periods: Int) throws {
    let recorded = try RecordedFloquet.named("off resonance")
    let solved = try FloquetWorkspace<Double>(size: 4)
      .solve(recorded.system().map(\.approximateDouble), baths: recorded.functions())
    let evolution = FloquetEvolution(solved)
    let start = Operator<Double>(rows: 4, columns: 4) { $0 == 0 && $1 == 0 ? .one : .zero }
    let expected = try evolution.state(periods: periods, from: start)
    for shift in [0, 1e-15, -1e-15, 1e-12] {
      let found = try evolution.state(
        time: Double(periods) * 2 * Double.pi * (1 + shift), from: start)
      for (a, b) in zip(found.elements, expected.elements) {
        #expect((a.re - b.re).magnitude < 1e-8 && (a.im - b.im).magnitude < 1e-8)
      }
    }
  }

  /// Bits of the mean are costly in a build that is not optimised: a few here, more in the campaign.
  @Test func meanConcurrenceCampaign() throws {
    let name = "off resonance"
    let known = try #require(
      Self.all.get().first { $0.name == name }?.meanConcurrence)
    let model = try RecordedFloquet.named(name).model()
    let bits = FloquetTests.isCampaign ? 16 : 5
    let mean = try model.meanConcurrence(precision: bits)
    #expect(mean.contains(Real(known)))
    #expect(mean.width < Real(1).scaled(byPowerOfTwo: -bits))
    if FloquetTests.isCampaign {
      // That of the averaged state is another number.
      #expect(!mean.contains(Real(0.98660879)))
    }
    let three = try RecordedFloquet.named("three levels").model()
    #expect(throws: FloquetError.self) { try three.meanConcurrence(precision: 5) }
  }

  // MARK: The exponential

  @Test func exponentialsEncloseKnownOnes() throws {
    for (scale, precision) in [(1, 80), (1000, 200), (1 << 20, 400)] {
      let t = Interval(scale)
      let turn = Matrix<ComplexInterval>(rows: 2, columns: 2) { i, j in
        i == j ? .zero : ComplexInterval(real: i < j ? t : -t)
      }
      let found = try MatrixExponential.enclosing(turn, precision: precision)
      let exact = Interval.cos(t, precision: 500)
      #expect(found[0, 0].re.contains(exact.midpoint))
      #expect(found[1, 0].re.contains((-Interval.sin(t, precision: 500)).midpoint))
      #expect(found[0, 0].re.width < Real(1e-15))
      #expect(!found[0, 0].re.contains(exact.midpoint + Real(1e-12)))
    }
    // Nilpotent: 1 + A + A²/2 exactly.
    let steps = Matrix<ComplexInterval>(rows: 3, columns: 3) { $1 == $0 + 1 ? .one : .zero }
    let found = try MatrixExponential.enclosing(steps, precision: 100)
    #expect(found[0, 2].re.contains(Real(0.5)) && found[0, 2].re.width < Real(1e-25))
    #expect(found[2, 0].re.contains(Real.zero))
    #expect(
      try MatrixExponential.enclosing(Matrix(rows: 0, columns: 0), precision: 64).rowCount == 0)
    let wide = Matrix<ComplexInterval>(rows: 1, columns: 1) { _, _ in .entire }
    #expect(throws: OpenSystemError.self) {
      try MatrixExponential.enclosing(wide, precision: 64)
    }
  }

  /// Every member's exponential, by the Taylor series of points in the box.
  @Test func boxesHoldTheirMembers() throws {
    var generator = SeededGenerator(seed: 11)
    func draw() -> Double { Double(Int64(bitPattern: generator.next()) >> 44) / 0x1p18 }
    for _ in 0..<20 {
      let centre = (0..<4).map { _ in draw() }
      let box = Matrix<ComplexInterval>(rows: 2, columns: 2) { i, j in
        ComplexInterval(real: Interval(Real(centre[2 * i + j])).widened(by: Real(0x1p-20)))
      }
      let enclosed = try MatrixExponential.enclosing(box, precision: 100)
      let member = Matrix<ComplexInterval>(rows: 2, columns: 2) { i, j in
        ComplexInterval(real: Interval(Real(centre[2 * i + j] + (i == j ? 0x1p-21 : -0x1p-21))))
      }
      let point = try MatrixExponential.enclosing(member, precision: 160)
      for (a, b) in zip(enclosed.elements, point.elements) {
        #expect(a.re.contains(b.re.midpoint))
      }
    }
  }
}
