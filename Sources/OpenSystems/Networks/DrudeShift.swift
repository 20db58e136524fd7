import Arbitrary
import Exact

/// The Lamb shift of a bosonic bath with the Drude density D(ε) = (k/2π)ε/(ν² + ε²).
public enum DrudeShift {
  /// S(ω) = -P∫₀^∞ D(ε)/(ε - ω) dε, for ω of either sign, at every temperature:
  ///
  ///     S(ω) = -(k/2π)·(πν/2 - ω·ln(|ω|/ν))/(ν² + ω²).
  ///
  /// Proof: ε/((ν² + ε²)(ε - ω)) = (ω/(ε - ω) + (ν² - ωε)/(ν² + ε²))/(ν² + ω²), whose antiderivative is
  /// ω·ln|ε - ω| + ν·arctan(ε/ν) - (ω/2)·ln(ν² + ε²) over ν² + ω²; it tends to πν/2 at infinity and is
  /// ω·ln|ω| - ω·ln ν at 0, and its ends at ω cancel in the principal value.
  ///
  /// For spins (1+ξ)p - 1 is -tanh(ε/2T), and no such form is given here.
  ///
  /// - Returns: an enclosure; the whole line for ω = 0 or ν = 0.
  public static func boson(
    strength k: Ball, cutoff nu: Ball, at frequency: Ball, precision: Int
  ) throws(ArithmeticError) -> Ball {
    let pi = Ball.pi(precision: precision)
    let two = Ball(Integer(2))
    let magnitude = Ball.log(try Ball.abs(frequency) / nu, precision: precision)
    let numerator = try pi * nu / two - frequency * magnitude
    return -(try k * numerator / (two * pi * (nu * nu + frequency * frequency)))
  }
}
