import Algebra
import Arbitrary
import Exact

/// What a bath is made of.
public enum BathStatistics: String, Sendable, Codable {
  case boson, spin
}

/// A heat bath of one party of a network of modes.
///
/// The coupling is Σ_j ∫ g_j(q)(a_j† + η_j a_j) c(q) dq + h.c. over the party's modes, with
/// ∫ g_i ḡ_j δ(ε(q) - ε) dq = W_ij D(ε): a weight matrix W ≥ 0 times a spectral density, ε ≥ 0. Several
/// baths with one party give every other dependence of the weights on the frequency. ħ = k_B = 1.
///
/// At a frequency ω a bath is known by 2πD(ω), by x(ω) = e^{-(ω-μ)/T} and, for the Lamb shift, by
/// S(ω) = P∫ D(ε)((1+ξ)p(ε) - 1)/(ε - ω) dε for ω of either sign, ξ = -1 for bosons and +1 for spins.
/// The three are given as functions, so that any density is possible.
///
/// **A spin bath is a bosonic bath.** With p = 1/(ξ + 1/x), a mode is damped at 2πD(1 - (1+ξ)p) and
/// relaxes to the occupation p/(1 - (1+ξ)p). For ξ = -1 these are 2πD and x/(1-x); for ξ = +1 they are
/// 2πD(1-x)/(1+x) and again x/(1-x). So spins act as bosons of the same temperature whose density is
/// scaled by tanh(ω/2T).
public struct NetworkBath<F: Field>: Sendable {
  public typealias Statistics = BathStatistics

  /// A function of the frequency.
  public typealias Response = @Sendable (F) throws(ArithmeticError) -> F

  public let name: String
  public let statistics: Statistics
  /// The modes that couple, all of one party; W refers to them in this order.
  public let modes: [Int]
  /// W.
  public let weight: Matrix<Complex<F>>
  /// The modes with η = 1.
  public let positionLike: Set<Int>
  /// 2πD(ω) for ω > 0.
  public let density: Response
  /// x(ω).
  public let boltzmann: Response
  /// S(ω); nil for no Lamb shift.
  public let shift: Response?

  public init(
    _ name: String, statistics: Statistics = .boson, modes: [Int], weight: Matrix<Complex<F>>,
    positionLike: Set<Int> = [], density: @escaping Response, boltzmann: @escaping Response,
    shift: Response? = nil
  ) {
    self.name = name
    self.statistics = statistics
    self.modes = modes
    self.weight = weight
    self.positionLike = positionLike
    self.density = density
    self.boltzmann = boltzmann
    self.shift = shift
  }

  /// What the bath does to a mode of frequency ω: the rate of damping for a weight of one, and the
  /// occupation to which it leads.
  ///
  /// - Parameter sign: the sign of an element of the field, nil where it is not known.
  /// - Throws: ``NetworkError/input(_:)`` unless 2πD(ω) ≥ 0 and 0 ≤ x(ω) < 1: a Boltzmann factor of 1 or
  ///   more is a chemical potential that reaches the mode, or an infinite temperature.
  func action(
    at frequency: F, sign: (F) throws(ArithmeticError) -> KnownSign?
  ) throws(NetworkError) -> (damping: F, occupation: F) {
    let values = try inNetwork { () throws(ArithmeticError) in
      (density: try density(frequency), x: try boltzmann(frequency))
    }
    let signs = try inNetwork { () throws(ArithmeticError) in
      (density: try sign(values.density), x: try sign(values.x), gap: try sign(.one - values.x))
    }
    guard signs.density == .positive || signs.density == .zero else {
      throw .input("bath \(name): the density at \(frequency) is \(values.density), not known >= 0")
    }
    guard signs.x == .positive || signs.x == .zero, signs.gap == .positive else {
      throw .input(
        "bath \(name): the Boltzmann factor at \(frequency) is \(values.x), not known to be in 0..<1; "
          + "the temperature is finite and the chemical potential below the frequency")
    }
    return try inNetwork { () throws(ArithmeticError) in
      let occupation = try values.x / (.one - values.x)
      switch statistics {
      case .boson: return (values.density, occupation)
      case .spin:
        return (values.density * (try (.one - values.x) / (.one + values.x)), occupation)
      }
    }
  }
}

extension NetworkBath where F == Rational {
  /// The function x(ω) = z^(ω - μ) of a rational z = e^{-1/T}, exact where ω - μ is an integer.
  ///
  /// - Parameter z: in 0..<1; 0 is the temperature zero.
  /// - Parameter chemicalPotential: μ; for bosons below all energies of the bath, 0 for spins.
  public static func powers(of z: Rational, chemicalPotential: Rational = 0) -> Response {
    { (frequency) throws(ArithmeticError) in
      let exponent = frequency - chemicalPotential
      guard exponent.isInteger, let power = exponent.numerator.word, power.magnitude <= 100_000
      else {
        throw .domain("e^{-(ω-μ)/T} with ω - μ = \(exponent) has no rational value here")
      }
      return try z.power(power)
    }
  }
}

extension NetworkBath {
  /// 2πD(ω) = kω/(ν² + ω²).
  public static func drude(strength k: F, cutoff nu: F) -> Response {
    { (frequency) throws(ArithmeticError) in
      try k * frequency / (nu * nu + frequency * frequency)
    }
  }
}
