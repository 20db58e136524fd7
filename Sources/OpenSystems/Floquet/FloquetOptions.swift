import Arbitrary
import Exact

/// What a Floquet–Born–Markov generator leaves open.
///
/// To second order in the coupling many generators are equally right; they differ in their steady
/// states by that order.
public struct FloquetOptions: Sendable, Hashable {
  /// Which elements of the density matrix in the Floquet basis are coupled.
  public enum Generator: Sendable, Hashable {
    /// All of them, by the generator averaged over a period (Q = 0); ``PeriodicSteadyState`` is of the one that is not.
    case averaged
    /// Populations only.
    case secular
  }

  /// Where the band of quasienergies begins that represents them. The averaged generator depends on it:
  /// it keeps the products of those elements that oscillate alike in this zone. The secular one does not.
  public enum Zone: Sendable, Hashable {
    /// In the middle of the largest gap between the quasienergies on the circle.
    case largestGap
    /// At this energy.
    case at(Rational)
  }

  /// The rate from b to a over R_{aa,bb}. Without influence on the secular steady state.
  public enum Scale: Sendable, Hashable {
    case one
    /// As in a generator that is written with R and its conjugate.
    case two
    /// The golden rule.
    case twoPi
  }

  public var generator: Generator
  public var zone: Zone
  public var scale: Scale

  public init(
    generator: Generator = .averaged, zone: Zone = .largestGap, scale: Scale = .two
  ) {
    self.generator = generator
    self.zone = zone
    self.scale = scale
  }
}

extension FloquetOptions.Scale {
  func interval(precision: Int) -> Interval {
    switch self {
    case .one: Interval(1, precision: precision)
    case .two: Interval(2, precision: precision)
    case .twoPi:
      Interval.scale(Interval.pi(precision: precision), byPowerOfTwo: 1, precision: precision)
    }
  }
}
