import Algebra
import Arbitrary
import Exact
import Foundation
import OpenSystems
import TestSupport
import Testing

/// Networks of modes against `Tests/Oracles/generate_networks.py`, and against the solvers of Gaussian models.
@Suite struct NetworkTests {
  typealias Entry = Complex<Rational>

  struct Recorded: Decodable {
    struct Bath: Decodable {
      let statistics: String
      let modes: [Int]
      let weight: [[[String]]]
      let position: [Int]
      let z: String
      let mu: Int
      let k: String
      let nu: String
    }
    struct Network: Decodable, CustomTestStringConvertible {
      let hamiltonian: [[[String]]]
      let parties: [[Int]]
      let approach: String
      let baths: [Bath]
      let occupations: [[[String]]]
      let shift: [[[String]]]?
      let shifted: [[[String]]]?
      let symplectic: [Symplectic]?
      var testDescription: String { "\(parties) \(approach)" }
    }
    struct Symplectic: Decodable {
      let side: [Int]
      let value: Double
      init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        side = try list.decode([Int].self)
        value = try #require(Double(try list.decode(String.self)))
      }
    }
    let networks: [Network]
    let fock: [Network]
    let squeezed: [[String]]
  }

  static let recorded = Result { try Oracle.load("networks", as: Recorded.self) }
  static var networks: [Recorded.Network] { (try? recorded.get().networks) ?? [] }

  static func matrix(_ grid: [[[String]]]) throws -> Matrix<Entry> {
    try Matrix(rows: grid.count, columns: grid.count) { i, j throws in
      Complex(
        re: try #require(Rational(grid[i][j][0]) as Rational?),
        im: try #require(Rational(grid[i][j][1]) as Rational?))
    }
  }

  static func network(
    _ recorded: Recorded.Network, conjugateWeights: Bool = false
  ) throws -> BosonicNetwork<Rational> {
    let baths = try recorded.baths.enumerated().map { index, bath in
      let weight = try matrix(bath.weight)
      return NetworkBath(
        "\(index)", statistics: bath.statistics == "spin" ? .spin : .boson, modes: bath.modes,
        weight: conjugateWeights ? weight.conjugate() : weight, positionLike: Set(bath.position),
        density: NetworkBath.drude(
          strength: try #require(Rational(bath.k) as Rational?),
          cutoff: try #require(Rational(bath.nu) as Rational?)),
        boltzmann: NetworkBath.powers(
          of: try #require(Rational(bath.z) as Rational?), chemicalPotential: Rational(bath.mu)))
    }
    return try BosonicNetwork(
      hamiltonian: matrix(recorded.hamiltonian), parties: recorded.parties, baths: baths)
  }

  static func secular(
    _ recorded: Recorded.Network, conjugateWeights: Bool = false
  ) throws -> SecularNetwork<Rational> {
    let approach = try #require(NetworkApproach(rawValue: recorded.approach))
    return try network(recorded, conjugateWeights: conjugateWeights).secular(approach)
  }

  /// The greatest difference of two matrices, as a power of ten.
  static func isNear(
    _ a: Matrix<Entry>, _ b: Matrix<Entry>, digits: Int
  ) throws -> Bool {
    let tolerance = try Rational(10).power(-digits)
    return (a - b).elements.allSatisfy {
      $0.re.magnitude < tolerance && $0.im.magnitude < tolerance
    }
  }

  // MARK: Recorded values

  @Test func theRecordIsThere() { #expect(Self.networks.count >= 8) }

  @Test(arguments: networks)
  func occupationsAreTheRecordedOnes(_ recorded: Recorded.Network) throws {
    let moments = try Self.secular(recorded).stationaryMoments()
    #expect(
      try Self.isNear(moments.occupations, Self.matrix(recorded.occupations), digits: 28))
    #expect(moments.anomalous.elements.allSatisfy { $0.isZero })
  }

  /// Rates with the wrong conjugate, as Eq. (37) prints them, are noticed where weights are complex.
  @Test func conjugateWeightsAreNoticed() throws {
    let wrong = try Self.networks.filter {
      let moments = try Self.secular($0, conjugateWeights: true).stationaryMoments()
      return try !Self.isNear(moments.occupations, Self.matrix($0.occupations), digits: 6)
    }
    #expect(wrong.count >= 3)
  }

  @Test(arguments: networks)
  func theGaussianModelHasTheSameSteadyState(_ recorded: Recorded.Network) throws {
    let secular = try Self.secular(recorded)
    if secular.modeCount > 3 { return }
    let sign: (Rational) throws(ArithmeticError) -> KnownSign? = {
      $0 < 0 ? .negative : $0.isZero ? .zero : .positive
    }
    let steady = try secular.gaussianModel(sign: sign).steadyState(sign: sign)
    let state = try secular.stationaryMoments().state()
    #expect(steady.state == state)
    #expect(steady.unproved.isEmpty)
  }

  @Test(arguments: networks)
  func symplecticEigenvaluesAreTheRecordedOnes(_ recorded: Recorded.Network) throws {
    let secular = try Self.secular(recorded)
    let state = try secular.stationaryMoments().state().map { $0.approximateDouble }
    let least = try #require(secular.channels.map(\.occupation).min()).approximateDouble
    for expected in try #require(recorded.symplectic) {
      let value = try #require(
        try state.partialTranspose(over: expected.side).symplecticEigenvalues().min())
      #expect(abs(value - expected.value) < 1e-9)
      #expect(value >= least + 0.5 - 1e-12)
    }
  }

  /// The Lamb shift of bosonic baths in enclosures, and the steady state with it.
  @Test(arguments: networks)
  func lambShiftsAreTheRecordedOnes(_ recorded: Recorded.Network) throws {
    let network = try Self.network(recorded)
    let approach = try #require(NetworkApproach(rawValue: recorded.approach))
    let bits = 160
    let expected = try Self.matrix(try #require(recorded.shift))
    let sign: (Rational) throws(ArithmeticError) -> KnownSign? = {
      $0 < 0 ? .negative : $0.isZero ? .zero : .positive
    }
    // The record's last digit is rounded.
    func isInside(_ value: Complex<Ball>, _ recorded: Entry, _ digits: Int) throws -> Bool {
      let slack = try Rational(10).power(-digits)
      let bound = Ball(slack, precision: bits)
      for (part, number) in [(value.re, recorded.re), (value.im, recorded.im)] {
        let distance = Ball.abs(part - Ball(number, precision: bits))
        if distance.isLess(than: bound) != true { return false }
      }
      return true
    }
    let isBosonic = recorded.baths.allSatisfy { $0.statistics == "boson" }
    if isBosonic {
      let shift = try network.lambShift(
        approach,
        levels: { (matrix) throws(NetworkError) in
          try EnergyLevels(rationalSpectrumOf: matrix)
        }, sign: sign,
        embed: { (value) throws(ArithmeticError) in Ball(value, precision: bits) },
        shift: { (index, frequency) throws(ArithmeticError) in
          let bath = recorded.baths[index]
          return try DrudeShift.boson(
            strength: Ball(Rational(bath.k) ?? 0, precision: bits),
            cutoff: Ball(Rational(bath.nu) ?? 0, precision: bits),
            at: Ball(frequency, precision: bits), precision: bits)
        })
      for (value, number) in zip(shift.elements, expected.elements) {
        #expect(try isInside(value, number, 28))
      }
    }
    let rounded = expected.hermitianPart()
    let shifted = try network.secular(approach).map(adding: rounded) { $0 }.stationaryMoments()
    #expect(
      try Self.isNear(
        shifted.occupations, Self.matrix(try #require(recorded.shifted)), digits: 26))
  }

  /// The road in doubles, which takes any energies, on networks whose energies happen to be rational.
  @Test(arguments: networks)
  func doublesAgree(_ recorded: Recorded.Network) throws {
    let exact = try Self.network(recorded)
    let approach = try #require(NetworkApproach(rawValue: recorded.approach))
    func double(_ matrix: Matrix<Entry>) -> Matrix<Complex<Double>> {
      matrix.map { Complex(re: $0.re.approximateDouble, im: $0.im.approximateDouble) }
    }
    var baths: [NetworkBath<Double>] = []
    for (bath, original) in zip(recorded.baths, exact.baths) {
      let z = try #require(Rational(bath.z) as Rational?).approximateDouble
      let mu = Double(bath.mu)
      let k = try #require(Rational(bath.k) as Rational?).approximateDouble
      let nu = try #require(Rational(bath.nu) as Rational?).approximateDouble
      // Rounded weights are Hermitian to the last bit, and far from singular.
      baths.append(
        NetworkBath<Double>(
          original.name, statistics: original.statistics, modes: original.modes,
          weight: double(original.weight),
          density: NetworkBath<Double>.drude(strength: k, cutoff: nu),
          boltzmann: { (w) throws(ArithmeticError) in
            exp((w - mu) * log(z))
          }))
    }
    let network = try BosonicNetwork(
      hamiltonian: double(exact.hamiltonian).hermitianPart(), parties: recorded.parties,
      baths: baths)
    let secular = try network.secular(
      approach,
      levels: { (matrix) throws(NetworkError) in
        try EnergyLevels(roundedSpectrumOf: matrix, tolerance: 1e-9)
      },
      sign: { (value) throws(ArithmeticError) in
        value < 0 ? .negative : value > 0 ? .positive : .zero
      })
    let moments = try secular.stationaryMoments()
    let difference = moments.occupations - double(try Self.matrix(recorded.occupations))
    #expect(difference.elements.allSatisfy { abs($0.re) < 1e-10 && abs($0.im) < 1e-10 })
  }

  @Test func truncatedFockSpacesAgree() throws {
    for recorded in try Self.recorded.get().fock {
      let moments = try Self.secular(recorded).stationaryMoments()
      #expect(try Self.isNear(moments.occupations, Self.matrix(recorded.occupations), digits: 4))
    }
  }

  /// The closed forms of where squeezing entangles and where stability ends.
  @Test func squeezingEntanglesWhereTheRecordSays() throws {
    for row in try Self.recorded.get().squeezed {
      let numbers = try row.prefix(5).map { try #require(Rational($0) as Rational?) }
      let (ka, kb, na, nb, delta) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])
      let end = try #require(Double(row[6]))
      func conclusion(_ kappa: Double) throws -> Bool? {
        let network = try Self.pair(ka, kb, na, nb, delta).squeezed(
          by: Self.pairing(try #require(Rational("\(kappa)") as Rational?)))
        guard let certificate = try SeparabilityProof(network).certificate else { return nil }
        return try SeparabilityChecker.check(certificate.encoded()).isSeparable
      }
      #expect(throws: NetworkError.self) { _ = try conclusion(end * 1.000001) }
      if let onset = Double(row[5]) {
        #expect(try conclusion(onset * 1.000001) == false)
        #expect(try conclusion(onset * 0.999999) != false)
      } else {
        #expect(try conclusion(end * 0.999999) != false)
      }
      // κ² ≤ κ_aκ_b n_a n_b is enough for a mixture of products of vacua.
      let safe = (ka * kb * na * nb).approximateDouble.squareRoot()
      if safe < end { #expect(try conclusion(safe * 0.9999) == true) }
    }
  }

  /// Noise that outweighs the pairs keeps a network separable; a little less does not have to.
  @Test(arguments: networks)
  func noiseAgainstPairsKeepsSeparable(_ recorded: Recorded.Network) throws {
    let secular = try Self.secular(recorded)
    let d = secular.modeCount
    if d > 3 { return }
    let direction = Matrix<Entry>(rows: d, columns: d) { $0 == $1 ? .zero : .i }
    var strength = Rational.one
    var isShown = false
    for _ in 0..<30 where !isShown {
      strength *= Rational.oneHalf
      let network = try secular.squeezed(by: Complex(strength) * direction)
      switch try HermitianCertificate(network.pairBalance).verdict {
      case .positiveDefinite, .positiveSemidefinite: isShown = true
      default: continue
      }
      let certificate = try #require(try SeparabilityProof(network).certificate)
      #expect(try SeparabilityChecker.check(certificate.encoded()).isSeparable)
    }
    #expect(isShown)
  }

  /// Two modes with local baths and no exchange.
  static func pair(
    _ ka: Rational, _ kb: Rational, _ na: Rational, _ nb: Rational, _ delta: Rational
  ) throws -> SecularNetwork<Rational> {
    func diagonal(_ x: Rational, _ y: Rational) -> Matrix<Entry> {
      Matrix(rows: 2, columns: 2) { $0 == $1 ? Complex($0 == 0 ? x : y) : .zero }
    }
    return try SecularNetwork(
      parties: [[0], [1]], hamiltonian: diagonal(delta, 0),
      channels: [
        .init(bath: "a", frequency: 1, occupation: na, damping: diagonal(ka, 0)),
        .init(bath: "b", frequency: 1, occupation: nb, damping: diagonal(0, kb)),
      ])
  }

  static func pairing(_ kappa: Rational) -> Matrix<Entry> {
    Matrix(rows: 2, columns: 2) { $0 == $1 ? .zero : Complex(kappa) }
  }
}

extension Rational {
  /// 1/2.
  static let oneHalf: Rational = (try? Rational(1, 2)) ?? 0
}
