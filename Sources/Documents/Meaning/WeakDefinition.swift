import Algebra
import Arbitrary
import Exact
import OpenSystems
import Symbolic

/// The part of a model that its baths state: what they act on, and what they do.
public struct WeakDefinition: Sendable {
  /// The Hamiltonian that fixes levels and frequencies, without small shifts.
  public let hamiltonian: Matrix<Expression>
  public let baths: [ThermalBath]
  /// What the baths do, as formulas.
  public let coupling: WeakCoupling

  /// The channels that the baths amount to.
  var terms: [ModelDefinition.Term] {
    coupling.terms.map { .correlated($0.operators, rates: $0.rates) }
  }

  /// The channels and the Lamb shift in floats at a point, from the text of the bath lines alone.
  ///
  /// Rates come from J·(coth(ω/2T) ± 1)/2; at zero frequency without a rate of its own, from a
  /// frequency of 2^-64.
  func numeric<F: FloatingField>(
    at point: [Symbol: Expression], _ convert: (Expression) throws(OpenSystemError) -> Complex<F>
  ) throws(OpenSystemError) -> (channels: [Channel<F>], shift: Matrix<Complex<F>>) {
    func field(_ matrix: Matrix<Expression>) throws(OpenSystemError) -> Matrix<Complex<F>> {
      try matrix.map { (element) throws(OpenSystemError) in
        element.isLiteralZero ? .zero : try convert(element.substituting(point))
      }
    }
    var couplings: [[Matrix<Complex<F>>]] = []
    for bath in baths {
      var list: [Matrix<Complex<F>>] = []
      for coupling in bath.couplings { list.append(try field(coupling)) }
      couplings.append(list)
    }
    return try NumericWeakCoupling.terms(
      hamiltonian: try field(hamiltonian), couplings: couplings,
      rates: { (index, omega) throws(OpenSystemError) in
        let bath = baths[index]
        let value = try WeakDefinition.rational(omega)
        if value.isZero, let rates = bath.zeroRates { return try field(rates) }
        let magnitude =
          value.isZero ? WeakDefinition.smallFrequency : value < .zero ? -value : value
        let density = bath.density(at: .rational(magnitude))
        if bath.temperature.isLiteralZero {
          return value < .zero ? density.map { _ in .zero } : try field(density)
        }
        let half = Expression.rational(magnitude) / (2 * bath.temperature)
        let part = Expression.function(cosh: half) / Expression.function(sinh: half)
        let occupied = (value < .zero ? part - 1 : part + 1) / 2
        let ordered = value < .zero ? density.transpose : density
        return try field(ordered.map { $0.isLiteralZero ? .zero : $0 * occupied })
      },
      shift: { (index, omega) throws(OpenSystemError) in
        guard let shift = baths[index].shift else { return nil }
        return try field(shift.value(at: .rational(try WeakDefinition.rational(omega))))
      })
  }

  private static let smallFrequency = (try? Rational(1, Integer(1) << 64)) ?? 0

  private static func rational<F: FloatingField>(_ value: F) throws(OpenSystemError) -> Rational {
    let exact =
      (value as? Real).flatMap { Rational(exactly: $0) }
      ?? (value as? Double).flatMap { Rational(exactly: $0) }
    guard let exact else { throw .domain("the frequency \(value)") }
    return exact
  }
}

extension Expression {
  fileprivate static func function(cosh x: Expression) -> Expression { (exp(x) + exp(-x)) / 2 }
  fileprivate static func function(sinh x: Expression) -> Expression { (exp(x) - exp(-x)) / 2 }
}
