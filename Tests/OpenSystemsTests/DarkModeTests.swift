import Algebra
import Arbitrary
import Exact
import OpenSystems
import Testing

/// Modes that no bath damps, what revives them, and input that a network refuses.
@Suite struct DarkModeTests {
  typealias Entry = Complex<Rational>

  static func matrix(_ rows: [[Entry]]) -> Matrix<Entry> {
    Matrix(rows: rows.count, columns: rows[0].count) { rows[$0][$1] }
  }

  static func real(_ rows: [[Rational]]) -> Matrix<Entry> {
    matrix(rows.map { $0.map { Complex($0) } })
  }

  static let ones = real([[1, 1], [1, 1]])
  static let two = real([[2, 0], [0, 2]])
  static let zero = real([[0, 0], [0, 0]])

  static func bath(
    _ modes: [Int], _ weight: Matrix<Entry>, z: Rational = Rational.oneHalf,
    statistics: NetworkBath<Rational>.Statistics = .boson, mu: Rational = 0,
    positionLike: Set<Int> = [],
    density: @escaping NetworkBath<Rational>.Response = { _ in 1 },
    shift: NetworkBath<Rational>.Response? = nil
  ) -> NetworkBath<Rational> {
    NetworkBath(
      "b", statistics: statistics, modes: modes, weight: weight, positionLike: positionLike,
      density: density, boltzmann: NetworkBath.powers(of: z, chemicalPotential: mu), shift: shift)
  }

  @Test func aCommonBathLeavesADarkMode() throws {
    let network = try BosonicNetwork(
      hamiltonian: Self.two, parties: [[0, 1]], baths: [Self.bath([0, 1], Self.ones)])
    let secular = try network.secular(.global)
    let dark = try secular.darkModes()
    #expect(dark.dimension == 1)
    #expect(dark.momentDimension == 1)
    #expect(dark.isVerified(in: secular))
    let v = try #require(dark.basis.first)
    #expect((v[0] + v[1]).isZero && !v[0].isZero)
    #expect(throws: NetworkError.self) { _ = try secular.stationaryMoments() }
    #expect(throws: NetworkError.self) { _ = try SeparabilityProof(secular) }
    // With either number in the dark mode the moments are stationary.
    let drift = secular.drift
    for number in [Rational(0), 3] {
      let x =
        Complex(Self.third * Rational.oneHalf) * Self.ones
        + Complex(number * Rational.oneHalf) * Self.real([[1, -1], [-1, 1]])
      let rate = drift * x + x * drift.adjoint() + secular.source
      #expect(rate.elements.allSatisfy { $0.isZero })
    }
  }

  @Test func aWitnessThatIsDampedIsNotVerified() throws {
    let network = try BosonicNetwork(
      hamiltonian: Self.two, parties: [[0, 1]], baths: [Self.bath([0, 1], Self.ones)])
    let other = try BosonicNetwork(
      hamiltonian: Self.two, parties: [[0, 1]],
      baths: [Self.bath([0, 1], Self.real([[1, -1], [-1, 1]]))])
    let dark = try network.secular(.global).darkModes()
    let damped = try other.secular(.global)
    #expect(!dark.isVerified(in: damped))
  }

  /// The Hermitian part of R is singular and the steady state is unique all the same.
  @Test func detuningRevivesADarkMode() throws {
    let h = Self.real([[2, 0], [0, 2]])
    let bath = Self.bath([0, 1], Self.ones)
    let secular = try BosonicNetwork(hamiltonian: h, parties: [[0, 1]], baths: [bath])
      .secular(.global).map(adding: Self.real([[1, 0], [0, -1]])) { $0 }
    #expect(try secular.darkModes().dimension == 0)
    #expect(
      try secular.stationaryMoments().occupations
        == Self.real([[Self.third, 0], [0, Self.third]]))
    let certificate = try #require(try SeparabilityProof(secular).certificate)
    #expect(!certificate.stability.matrices.isEmpty)
    #expect(try SeparabilityChecker.check(certificate.encoded()).isSeparable)
  }

  /// e^{-2/T} for e^{-1/T} = 1/2, over one minus that.
  static let third = (try? Rational(1, 3)) ?? 0

  /// A complex weight and its conjugate have different kernels: position-like coupling revives the mode
  /// by its counter-rotating Lamb shift, number-conserving coupling does not.
  @Test func positionLikeCouplingRevivesADarkMode() throws {
    let two = Complex(Rational(2))
    let weight = Self.matrix([[.one, -two.timesI], [two.timesI, two * two]])
    for (positionLike, expected) in [([], 1), ([0, 1], 0), ([0], 0)] as [([Int], Int)] {
      let bath = Self.bath(
        [0, 1], weight, positionLike: Set(positionLike), shift: { w in w > 0 ? 3 : 5 })
      let secular = try BosonicNetwork(
        hamiltonian: Self.two, parties: [[0, 1]], baths: [bath]
      ).secular(.global)
      #expect(try secular.darkModes().dimension == expected, "\(positionLike)")
    }
  }

  /// Two parties with baths of their own whose spectra end between the normal frequencies 1 and 3.
  @Test func aNormalModeAboveAllSpectraIsDark() throws {
    let h = Self.real([[2, 1], [1, 2]])
    let density: NetworkBath<Rational>.Response = { w in w < 2 ? 1 : 0 }
    let baths = [0, 1].map { Self.bath([$0], Self.real([[1]]), density: density) }
    let network = try BosonicNetwork(hamiltonian: h, parties: [[0], [1]], baths: baths)
    let dark = try network.secular(.global).darkModes()
    #expect(dark.dimension == 1)
    let v = try #require(dark.basis.first)
    #expect((v[0] - v[1]).isZero)
    // In the local approach both are damped, as their own frequency, 2, is not below the end.
    let open: NetworkBath<Rational>.Response = { w in w < 3 ? 1 : 0 }
    let wide = [0, 1].map { Self.bath([$0], Self.real([[1]]), density: open) }
    let local = try BosonicNetwork(hamiltonian: h, parties: [[0], [1]], baths: wide)
    #expect(try local.secular(.local).darkModes().dimension == 0)
  }

  @Test func darkModesOfEqualFrequencyShareMoments() throws {
    let n = 3
    let h = Complex(Rational(2)) * Matrix<Entry>.identity(n)
    let weight = Matrix<Entry>(rows: n, columns: n) { _, _ in .one }
    let secular = try BosonicNetwork(
      hamiltonian: h, parties: [[0, 1, 2]], baths: [Self.bath([0, 1, 2], weight)]
    ).secular(.global)
    let dark = try secular.darkModes()
    #expect(dark.dimension == 2)
    #expect(dark.momentDimension == 4)
    // Split in frequency, only populations stay free.
    let split = try secular.map(adding: Self.real([[0, 0, 0], [0, 1, 1], [0, 1, 1]])) { $0 }
    #expect(try split.darkModes().momentDimension <= 4)
  }

  @Test func equalOccupationsGiveThatOccupation() throws {
    let h = Self.real([[2, 1], [1, 2]])
    let baths = [0, 1].map { Self.bath([$0], Self.real([[Rational($0 + 1)]]), z: 0) }
    let cold = try BosonicNetwork(hamiltonian: h, parties: [[0], [1]], baths: baths)
    #expect(try cold.secular(.global).stationaryMoments().occupations == Self.zero)
  }

  @Test func spinsAreBosonsOfAScaledRate() throws {
    let h = Self.real([[2, 1], [1, 2]])
    // tanh(ω/2T) = (1 - x)/(1 + x) with x = 2^-ω.
    let scaled: NetworkBath<Rational>.Response = { (w) throws(ArithmeticError) in
      let x = try Rational(2).power(-(w.numerator.word ?? 0))
      return try (1 - x) / (1 + x)
    }
    func secular(_ isSpin: Bool) throws -> SecularNetwork<Rational> {
      let first =
        isSpin
        ? Self.bath([0], Self.real([[1]]), statistics: .spin)
        : Self.bath([0], Self.real([[1]]), density: scaled)
      return try BosonicNetwork(
        hamiltonian: h, parties: [[0], [1]],
        baths: [first, Self.bath([1], Self.real([[1]]), z: try Rational(1, 3))]
      ).secular(.global)
    }
    let (spin, boson) = (try secular(true), try secular(false))
    #expect(spin.channels == boson.channels)
    #expect(spin.drift == boson.drift)
  }

  // MARK: What is refused

  @Test func inputsThatContradictThemselvesAreRefused() throws {
    let one = Self.real([[1]])
    let good = Self.bath([0], one)
    func build(
      _ baths: [NetworkBath<Rational>], _ h: Matrix<Entry> = Self.two,
      _ parties: [[Int]] = [[0], [1]]
    ) throws {
      _ = try BosonicNetwork(hamiltonian: h, parties: parties, baths: baths)
    }
    try build([good])
    #expect(throws: NetworkError.self) { try build([good], Self.real([[1, 2], [3, 1]])) }
    #expect(throws: NetworkError.self) { try build([good], Self.two, [[0], [0, 1]]) }
    #expect(throws: NetworkError.self) { try build([good], Self.two, [[0], [], [1]]) }
    #expect(throws: NetworkError.self) { try build([Self.bath([0, 1], Self.ones)]) }
    #expect(throws: NetworkError.self) { try build([Self.bath([0, 0], Self.ones)]) }
    #expect(throws: NetworkError.self) { try build([Self.bath([2], one)]) }
    #expect(throws: NetworkError.self) { try build([Self.bath([0], Self.real([[-1]]))]) }
    #expect(throws: NetworkError.self) { try build([Self.bath([0], Self.ones)]) }
    #expect(throws: NetworkError.self) { try build([Self.bath([0], one, positionLike: [1])]) }
  }

  @Test func limitsAreKept() throws {
    let n = 13
    let one = Matrix<Entry>.identity(n)
    let large = try SecularNetwork(
      parties: (0..<n).map { [$0] }, hamiltonian: one,
      channels: [.init(bath: "a", frequency: 1, occupation: 1, damping: one)])
    #expect(try large.stationaryMoments().occupations == one)
    #expect(throws: NetworkError.self) { _ = try large.stationaryMoments(unknowns: 168) }
    #expect(throws: NetworkError.self) { _ = try SeparabilityProof(large) }
    let beyond = Matrix<Entry>.identity(65)
    #expect(throws: NetworkError.self) {
      _ = try BosonicNetwork<Rational>(
        hamiltonian: beyond, parties: (0..<65).map { [$0] }, baths: [])
    }
  }

  @Test func bathsThatAreNoBathsAreRefused() throws {
    func secular(_ bath: NetworkBath<Rational>, _ h: Matrix<Entry> = Self.two) throws {
      _ = try BosonicNetwork(hamiltonian: h, parties: [[0], [1]], baths: [bath]).secular(.global)
    }
    let one = Self.real([[1]])
    try secular(Self.bath([0], one))
    // An infinite temperature, a chemical potential at and above the mode, a negative density.
    #expect(throws: NetworkError.self) { try secular(Self.bath([0], one, z: 1)) }
    #expect(throws: NetworkError.self) { try secular(Self.bath([0], one, mu: 2)) }
    #expect(throws: NetworkError.self) { try secular(Self.bath([0], one, mu: 5)) }
    #expect(throws: NetworkError.self) { try secular(Self.bath([0], one, density: { _ in -1 })) }
    // Energies that are negative, irrational, or not integers over the bath's unit.
    let bath = Self.bath([0], one)
    #expect(throws: NetworkError.self) { try secular(bath, Self.real([[1, 2], [2, 1]])) }
    #expect(throws: NetworkError.irreducible(degree: 2)) {
      try secular(bath, Self.real([[2, 1], [1, 3]]))
    }
    #expect(throws: NetworkError.self) {
      try secular(bath, Self.real([[Rational.oneHalf, 0], [0, 1]]))
    }
  }
}
