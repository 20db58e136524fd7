import Algebra
import Arbitrary
import Exact

/// Random exact networks, the same for the same seed on every machine (SplitMix64; Steele, Lea and Flood
/// 2014).
struct NetworkRandom {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// The generator of one instance of a campaign, so that it can be named and repeated alone.
  init(seed: UInt64, size: Int, instance: Int) {
    self.init(seed: seed)
    state ^= next() &+ UInt64(truncatingIfNeeded: size) &* 0xD1B5_4A32_D192_ED03
    state ^= next() &+ UInt64(truncatingIfNeeded: instance) &* 0x8CB9_2BA7_2F3D_8DD7
  }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number in 0..<count.
  ///
  /// - Precondition: count > 0.
  mutating func index(_ count: Int) -> Int { Int(next() % UInt64(count)) }

  mutating func choice<T>(_ list: [T]) -> T { list[index(list.count)] }

  /// Whether an event of the probability 1/n happens.
  mutating func oneIn(_ n: Int) -> Bool { index(n) == 0 }

  private mutating func quarter(_ limit: Int) -> Rational {
    Rational(index(2 * limit + 1) - limit) * Rational.half * Rational.half
  }

  private mutating func complexQuarter(_ limit: Int) -> Complex<Rational> {
    Complex(re: quarter(limit), im: quarter(limit))
  }

  /// A partition of the modes into at least two parties.
  mutating func parties(_ d: Int) -> [[Int]] {
    let count = 2 + index(d - 1)
    var order = Array(0..<d)
    for i in order.indices { order.swapAt(i, i + index(d - i)) }
    var parties = (0..<count).map { [order[$0]] }
    for mode in order.dropFirst(count) { parties[index(count)].append(mode) }
    return parties.map { $0.sorted() }
  }

  /// A product of plane rotations through Pythagorean angles with phases out of {1, i, -1, -i}.
  mutating func unitary(_ d: Int) throws(ArithmeticError) -> Matrix<Complex<Rational>> {
    var u = Matrix<Complex<Rational>>.identity(d)
    if d == 1 { return u }
    for step in 0..<d {
      let i = step
      let j = (i + 1 + index(d - 1)) % d
      let (c, s) = choice([(3, 4), (4, 3), (5, 12), (0, 1)])
      let norm = Rational(c == 5 ? 13 : c == 0 ? 1 : 5)
      let cosine = Complex(try Rational(c) / norm)
      let sine = try Rational(s) / norm
      let phased = choice([
        Complex(sine), Complex(-sine), Complex(re: 0, im: sine), Complex(re: 0, im: -sine),
      ])
      var g = Matrix<Complex<Rational>>.identity(d)
      (g[i, i], g[j, j], g[i, j], g[j, i]) = (cosine, cosine, phased, -phased.conj)
      u = u * g
    }
    return u
  }

  /// A Hermitian matrix with energies out of 1, 2, 3, so that equal ones are frequent.
  mutating func hamiltonian(_ d: Int) throws(ArithmeticError) -> Matrix<Complex<Rational>> {
    let energies = (0..<d).map { _ in Complex(Rational(1 + index(3))) }
    let u = try unitary(d)
    let diagonal = Matrix<Complex<Rational>>(rows: d, columns: d) {
      $0 == $1 ? energies[$0] : .zero
    }
    return u * diagonal * u.adjoint()
  }

  /// The parties' own Hamiltonians with random couplings between them.
  mutating func coupled(
    _ d: Int, _ parties: [[Int]]
  ) throws(ArithmeticError) -> Matrix<Complex<Rational>> {
    var h = Matrix<Complex<Rational>>(rows: d, columns: d)
    for (place, party) in parties.enumerated() {
      let own = try hamiltonian(party.count)
      for (i, row) in party.enumerated() {
        for (j, column) in party.enumerated() { h[row, column] = own[i, j] }
      }
      for other in parties.dropFirst(place + 1) {
        for row in party {
          for column in other {
            h[row, column] = complexQuarter(3)
            h[column, row] = h[row, column].conj
          }
        }
      }
    }
    return h
  }

  /// A bath of either kind on a party; one in four has a weight of rank one, one in twelve a density that
  /// vanishes at one of the energies.
  ///
  /// - Parameter isCold: temperatures near zero, without weights of low rank.
  mutating func bath(
    _ name: String, _ modes: [Int], isCold: Bool
  ) throws(ArithmeticError) -> NetworkBath<Rational> {
    let size = modes.count
    let rank = !isCold && oneIn(4) ? 1 : size
    let f = Matrix<Complex<Rational>>(rows: size, columns: rank) { _, _ in complexQuarter(4) }
    var weight = f * f.adjoint()
    if rank == size {
      for j in 0..<size { weight[j, j] += .one }
    }
    let statistics: NetworkBath<Rational>.Statistics = oneIn(2) ? .boson : .spin
    let z = try Rational(Integer(1), Integer(isCold ? 10 + index(20) : 2 + index(4)))
    let factor = oneIn(8) ? Rational.zero : z
    let mu = statistics == .boson && oneIn(3) ? Rational(-1) : 0
    let drude = NetworkBath.drude(
      strength: choice([1, 2, Rational.half]), cutoff: Rational(1 + index(3)))
    let gap = !isCold && oneIn(12) ? Rational(1 + index(3)) : 0
    let height = quarter(2)
    let density: NetworkBath<Rational>.Response = { (w) throws(ArithmeticError) in
      w == gap ? 0 : try drude(w)
    }
    let shift: NetworkBath<Rational>.Response = { (w) throws(ArithmeticError) in
      try height / (Rational.one + w * w)
    }
    let positionLike = Set(modes.filter { _ in oneIn(2) })
    let isShifted = oneIn(2)
    return NetworkBath(
      name, statistics: statistics, modes: modes, weight: weight, positionLike: positionLike,
      density: density, boltzmann: NetworkBath.powers(of: factor, chemicalPotential: mu),
      shift: isShifted ? shift : nil)
  }

  mutating func network(
    _ d: Int, _ approach: NetworkApproach, isCold: Bool
  ) throws(NetworkError) -> BosonicNetwork<Rational> {
    let parties = parties(d)
    var baths: [NetworkBath<Rational>] = []
    let h: Matrix<Complex<Rational>>
    do throws(ArithmeticError) {
      h = approach == .global ? try hamiltonian(d) : try coupled(d, parties)
      for (index, party) in parties.enumerated() {
        baths.append(try bath("\(index)", party, isCold: isCold))
        if oneIn(4) { baths.append(try bath("\(index)b", party, isCold: isCold)) }
      }
    } catch { throw .arithmetic(error) }
    return try BosonicNetwork(hamiltonian: h, parties: parties, baths: baths)
  }

  /// Squeezing between two modes, κ(ab + a†b†) with a random phase.
  mutating func squeezing(_ d: Int, strength: Rational) -> Matrix<Complex<Rational>> {
    var s = Matrix<Complex<Rational>>(rows: d, columns: d)
    let i = index(d)
    let j = (i + 1 + index(d - 1)) % d
    let value = choice([
      Complex(strength), Complex(-strength), Complex(re: 0, im: strength),
      Complex(re: 0, im: -strength),
    ])
    s[i, j] = value
    s[j, i] = value
    return s
  }
}
