import Algebra
import Arbitrary
import Exact

/// Which modes a bath is taken to act on.
public enum NetworkApproach: String, Sendable, Codable, CaseIterable {
  /// The normal modes of the whole Hamiltonian, with equal frequencies taken together.
  case global
  /// Those of the bath's own party, the coupling between parties left out.
  case local
}

extension BosonicNetwork {
  /// A frequency at which some baths act, and the projector on its modes.
  struct Sector {
    let frequency: F
    let projector: Matrix<Complex<F>>
    let baths: [Int]
  }

  /// The frequencies and normal modes of an approach; where no bath acts none are asked for.
  func sectors(
    _ approach: NetworkApproach,
    _ levels: (Matrix<Complex<F>>) throws(NetworkError) -> EnergyLevels<F>,
    _ sign: (F) throws(ArithmeticError) -> KnownSign?
  ) throws(NetworkError) -> [Sector] {
    let domains = approach == .global ? [Array(0..<modeCount)] : parties
    var result: [Sector] = []
    for modes in domains {
      let acting = baths.indices.filter { Set(baths[$0].modes).isSubset(of: modes) }
      if acting.isEmpty { continue }
      let spectrum = try levels(hamiltonian.submatrix(rows: modes, columns: modes))
      for (energy, projector) in zip(spectrum.energies, spectrum.projectors) {
        let known = try inNetwork { () throws(ArithmeticError) in try sign(energy) }
        guard known == .positive else { throw .energyNotPositive("\(energy)") }
        result.append(
          Sector(frequency: energy, projector: embedded(projector, modes), baths: acting))
      }
    }
    return result
  }

  /// A matrix on some of the modes as one on all.
  func embedded(_ matrix: Matrix<Complex<F>>, _ modes: [Int]) -> Matrix<Complex<F>> {
    var result = Matrix<Complex<F>>(rows: modeCount, columns: modeCount)
    for (i, row) in modes.enumerated() {
      for (j, column) in modes.enumerated() { result[row, column] = matrix[i, j] }
    }
    return result
  }

  /// The secular master equation.
  ///
  /// For each bath and each frequency ω with projector Π the damping is 2πD(ω)·ΠWΠ, for spins times
  /// tanh(ω/2T), towards the occupation x/(1-x); the Lamb shift is Π(S(ω)W + S(-ω)W̄_η)Π, where W̄_η
  /// keeps the elements between modes with η = 1. No U is needed: UΓ_λU† = Π_λγΠ_λ.
  ///
  /// - Parameters:
  ///   - levels: the spectral decomposition of a Hermitian matrix.
  ///   - sign: the sign of an element of the field, nil where it is not known.
  /// - Throws: ``NetworkError/energyNotPositive(_:)`` for a normal mode without positive energy, and what
  ///   the baths and `levels` throw.
  public func secular(
    _ approach: NetworkApproach,
    levels: (Matrix<Complex<F>>) throws(NetworkError) -> EnergyLevels<F>,
    sign: (F) throws(ArithmeticError) -> KnownSign?
  ) throws(NetworkError) -> SecularNetwork<F> {
    var channels: [SecularNetwork<F>.Channel] = []
    var hamiltonian = self.hamiltonian
    for sector in try sectors(approach, levels, sign) {
      for index in sector.baths {
        let bath = baths[index]
        let action = try bath.action(at: sector.frequency, sign: sign)
        let weight = embedded(bath.weight, bath.modes)
        channels.append(
          .init(
            bath: bath.name, frequency: sector.frequency, occupation: action.occupation,
            damping: Complex(action.damping) * Self.framed(weight, sector.projector)))
        if let shift = bath.shift {
          let values = try inNetwork { () throws(ArithmeticError) in
            (try shift(sector.frequency), try shift(-sector.frequency))
          }
          hamiltonian =
            hamiltonian
            + Complex(values.0) * Self.framed(weight, sector.projector)
            + Complex(values.1) * Self.framed(counterWeight(bath), sector.projector)
        }
      }
    }
    return try SecularNetwork(parties: parties, hamiltonian: hamiltonian, channels: channels)
  }

  /// ΠWΠ, Hermitian also in rounded numbers.
  private static func framed(
    _ weight: Matrix<Complex<F>>, _ projector: Matrix<Complex<F>>
  ) -> Matrix<Complex<F>> {
    (projector * weight * projector).hermitianPart()
  }

  /// W̄_η.
  private func counterWeight(_ bath: NetworkBath<F>) -> Matrix<Complex<F>> {
    let kept = bath.modes.map { bath.positionLike.contains($0) }
    let size = kept.count
    return embedded(
      Matrix(rows: size, columns: size) {
        kept[$0] && kept[$1] ? bath.weight[$0, $1].conj : .zero
      }, bath.modes)
  }

  /// The Lamb shift in another field than that of the network, such as enclosures.
  ///
  /// - Parameters:
  ///   - embed: the field's image in the other.
  ///   - shift: S of the bath with this number at ±ω.
  /// - Throws: as ``secular(_:levels:sign:)``.
  public func lambShift<G: Field>(
    _ approach: NetworkApproach,
    levels: (Matrix<Complex<F>>) throws(NetworkError) -> EnergyLevels<F>,
    sign: (F) throws(ArithmeticError) -> KnownSign?,
    embed: (F) throws(ArithmeticError) -> G,
    shift: (Int, F) throws(ArithmeticError) -> G
  ) throws(NetworkError) -> Matrix<Complex<G>> {
    var sum = Matrix<Complex<G>>(rows: modeCount, columns: modeCount)
    for sector in try sectors(approach, levels, sign) {
      for index in sector.baths {
        let bath = baths[index]
        let parts = [
          (embedded(bath.weight, bath.modes), sector.frequency),
          (counterWeight(bath), -sector.frequency),
        ]
        for (weight, frequency) in parts {
          let exact = Self.framed(weight, sector.projector)
          sum = try inNetwork { () throws(ArithmeticError) in
            let factor = Complex(try shift(index, frequency))
            let image: Matrix<Complex<G>> = try exact.map { (value) throws(ArithmeticError) in
              Complex(re: try embed(value.re), im: try embed(value.im))
            }
            return sum + factor * image
          }
        }
      }
    }
    return sum
  }
}

extension BosonicNetwork where F == Rational {
  /// The secular master equation where the normal modes have rational energies.
  ///
  /// - Throws: as ``secular(_:levels:sign:)``, and ``NetworkError/irreducible(degree:)``.
  public func secular(
    _ approach: NetworkApproach
  ) throws(NetworkError) -> SecularNetwork<Rational> {
    try secular(
      approach,
      levels: { (matrix) throws(NetworkError) in try EnergyLevels(rationalSpectrumOf: matrix) },
      sign: SignOrder.sign)
  }
}
