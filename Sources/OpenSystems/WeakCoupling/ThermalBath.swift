import Algebra
import Arbitrary
import Exact
import Symbolic

/// A stationary bath at a temperature, coupled by Σ_i S_i ⊗ B_i.
///
/// Its correlations enter through γ_ij(ω) = ∫dt exp(iωt) <B_i(t)† B_j>, given by a spectral density J
/// (2π included) and the temperature, ħ = k_B = 1:
///
///     γ_ij(ω)  = J_ij(ω)/(1 - exp(-ω/T))    emission, ω > 0
///     γ_ij(-ω) = exp(-ω/T) γ_ji(ω)          absorption (Kubo, Martin and Schwinger)
///     γ_ij(0)  = the limit of the first for ω → 0 from above, or what is given for it
///
/// At T = 0 exactly, emission is J and absorption is 0.
public struct ThermalBath: Sendable {
  /// S_i, Hermitian operators of the whole space.
  public let couplings: [Matrix<Expression>]
  /// J, a Hermitian matrix with a row and a column for each coupling.
  public let density: Matrix<Expression>
  /// The symbol in `density` that stands for ω > 0; nil where J does not depend on it.
  public let frequency: Symbol?
  /// Positive, or the number 0.
  public let temperature: Expression
  /// γ(0), where the limit is not to be taken.
  public let zeroRates: Matrix<Expression>?
  /// s_ij(ω), and the symbol in it that stands for ω of either sign.
  public let shift: Shift?

  /// The function s of a Lamb shift Σ_ω Σ_ij s_ij(ω) S_i(ω)†S_j(ω) over all ω, negative and zero
  /// included.
  public struct Shift: Sendable {
    public let values: Matrix<Expression>
    public let frequency: Symbol?

    public init(_ values: Matrix<Expression>, frequency: Symbol?) {
      self.values = values
      self.frequency = frequency
    }

    /// s(ω).
    public func value(at omega: Expression) -> Matrix<Expression> {
      guard let frequency else { return values }
      return values.map { $0.substituting([frequency: omega]) }
    }
  }

  /// - Throws: ``OpenSystemError/bath(_:)`` where a matrix has not a row and a column for each
  ///   coupling.
  public init(
    couplings: [Matrix<Expression>], density: Matrix<Expression>, frequency: Symbol? = nil,
    temperature: Expression, zeroRates: Matrix<Expression>? = nil, shift: Shift? = nil
  ) throws(OpenSystemError) {
    let named = [
      ("density", density), ("rates at zero frequency", zeroRates), ("shift", shift?.values),
    ]
    for (what, matrix) in named {
      guard let matrix else { continue }
      if matrix.rowCount == couplings.count, matrix.columnCount == couplings.count { continue }
      throw .bath(
        "the \(what) of a bath with \(couplings.count) coupling operators is a "
          + "\(couplings.count)×\(couplings.count) matrix, not \(matrix.rowCount)×"
          + "\(matrix.columnCount)")
    }
    self.couplings = couplings
    self.density = density
    self.frequency = frequency
    self.temperature = temperature
    self.zeroRates = zeroRates
    self.shift = shift
  }

  /// J(ω).
  public func density(at omega: Expression) -> Matrix<Expression> {
    guard let frequency else { return density }
    return density.map { $0.substituting([frequency: omega]) }
  }

  /// γ(ω) and γ(-ω) for an ω > 0.
  public func rates(
    at omega: Expression
  ) -> (emission: Matrix<Expression>, absorption: Matrix<Expression>) {
    let density = density(at: omega)
    if temperature.isLiteralZero { return (density, density.map { _ in .zero }) }
    let boltzmann = exp(-(omega / temperature))
    let loss = Expression.one - boltzmann
    return (
      density.map { $0.isLiteralZero ? .zero : $0 / loss },
      density.transpose.map { $0.isLiteralZero ? .zero : $0 * boltzmann / loss }
    )
  }

  /// γ(0) between some of the couplings, zero elsewhere.
  ///
  /// - Parameter places: the couplings that have a part at zero frequency; nil for all.
  /// - Throws: ``OpenSystemError/bath(_:)`` where the limit does not exist or is not found.
  public func ratesAtZero(
    among places: [Int]? = nil
  ) throws(OpenSystemError) -> Matrix<Expression> {
    if let zeroRates { return zeroRates }
    let omega = frequency ?? Symbol("frequency", .positive)
    let needed = places ?? Array(couplings.indices)
    return try Matrix(rows: couplings.count, columns: couplings.count) {
      (i, j) throws(OpenSystemError) in
      let element = density[i, j]
      guard !element.isLiteralZero, needed.contains(i), needed.contains(j) else { return .zero }
      let rate =
        temperature.isLiteralZero
        ? element : element / (.one - exp(-(omega.expression / temperature)))
      let reason: String
      do throws(LimitError) {
        let value = try Limit.of(rate, as: omega, to: .fromRight(.zero))
        if value != .infinity, value != -Expression.infinity {
          // At T = 0 emission and absorption meet at ω = 0 only where both vanish.
          if !temperature.isLiteralZero || value.isLiteralZero { return value }
          reason = "its two sides differ at zero temperature"
        } else {
          reason = "it is infinite"
        }
      } catch {
        reason = error.description
      }
      throw .bath(
        "a coupling acts within levels of equal energy, which needs the rate of the bath at zero "
          + "frequency, the limit of J(w)/(1 - exp(-w/T)) for J = \(element): \(reason); give the "
          + "rate itself with 'zero'")
    }
  }
}
