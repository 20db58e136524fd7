import Algebra
import Arbitrary
import Exact

extension Channel {
  static func mapCorrelated<G: Field, E: Error>(
    _ jumps: [Matrix<Complex<F>>], _ rates: Matrix<Complex<F>>,
    _ transform: (F) throws(E) -> G
  ) throws(E) -> Channel<G> {
    var mapped: [Matrix<Complex<G>>] = []
    for jump in jumps { mapped.append(try mapParts(jump, transform)) }
    return .correlated(mapped, rates: try mapParts(rates, transform))
  }
}

extension Model where F: Comparable {
  /// Refuses rates below zero, and matrices of rates that are not positive semidefinite, where the
  /// field has an order.
  ///
  /// For matrices over exact fields the answer is a proof, by a decomposition LDL†. Over floats a
  /// pivot within rounding of zero passes or fails by chance.
  ///
  /// - Throws: ``OpenSystemError/negativeRate(channel:rate:)``,
  ///   ``OpenSystemError/ratesNotPositive(channel:reason:)``.
  public func requireNonnegativeRates() throws(OpenSystemError) {
    for (index, channel) in channels.enumerated() {
      guard case .correlated(_, let rates) = channel else {
        if channel.rate < .zero { throw .negativeRate(channel: index, rate: "\(channel.rate)") }
        continue
      }
      if let reason = rates.defectOfPositivity() {
        throw .ratesNotPositive(channel: index, reason: reason)
      }
    }
  }
}

extension Matrix {
  /// Why a Hermitian matrix is not positive semidefinite; nil where it is.
  func defectOfPositivity<F: Field & Comparable>() -> String? where Element == Complex<F> {
    do {
      let certificate = try HermitianCertificate(self) { (value) throws(ArithmeticError) in
        value < .zero ? .negative : value.isZero ? .zero : .positive
      }
      switch certificate.verdict {
      case .positiveDefinite, .positiveSemidefinite: return nil
      case .indefinite(_, let value): return "v†Γv is \(value) for some v"
      case .undecided(let value): return "the sign of \(value) is not known"
      }
    } catch {
      return error.description
    }
  }
}
