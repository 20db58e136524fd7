import Algebra
import Arbitrary
import Exact

extension SecularNetwork {
  /// The same master equation as a Gaussian model with jumps, for the solvers of those.
  ///
  /// Γ_k = Σ_c D_c l_c l_c† gives the jumps Σ_i l_i a_i† at the rate n_kD_c and Σ_i l̄_i a_i at (n_k + 1)D_c.
  ///
  /// - Throws: ``NetworkError/input(_:)`` for a damping that is not known to be ≥ 0.
  public func gaussianModel(
    sign: (F) throws(ArithmeticError) -> KnownSign?
  ) throws(NetworkError) -> GaussianModel<F> {
    let d = modeCount
    typealias Mode = ModeOperator<Complex<F>>
    var h = Mode()
    let half = Complex(F.half)
    for i in 0..<d {
      for j in 0..<d {
        let number = LadderMonomial.pair(creating: i, annihilating: j)
        h = h + Mode([number: hamiltonian[i, j]])
        let pair = LadderMonomial.pair(creating: [i, j])
        let value = half * squeezing[i, j]
        h = h + Mode([pair: value]) + Mode([pair.adjoint: value.conj])
      }
    }
    var jumps: [GaussianModel<F>.Jump] = []
    for channel in channels {
      let certificate = try inNetwork { () throws(ArithmeticError) in
        try HermitianCertificate(channel.damping, sign: sign)
      }
      switch certificate.verdict {
      case .positiveDefinite, .positiveSemidefinite: break
      default: throw .input("bath \(channel.bath): its damping is not known to be positive")
      }
      for (c, pivot) in certificate.pivots.enumerated() {
        var up = Mode()
        for i in 0..<d where !certificate.lower[i, c].isZero {
          let creator = LadderMonomial.pair(creating: [certificate.order[i]])
          up = up + Mode([creator: certificate.lower[i, c]])
        }
        jumps.append(.init(up, rate: channel.occupation * pivot))
        jumps.append(.init(up.adjoint, rate: (channel.occupation + .one) * pivot))
      }
    }
    do {
      return try GaussianModel(modeCount: d, hamiltonian: h, jumps: jumps, validation: .asserted)
    } catch { throw .input("\(error)") }
  }
}
