import Algebra
import Arbitrary
import Exact
import Foundation

/// All quasienergies and Floquet modes of a driven system, enclosed and proved complete.
///
/// K = H(t) - i d/dt is self-adjoint on the periodic functions, with discrete spectrum: from the d eigenvalues
/// e^{-2πiγ_a/ω} of the propagator over a period come the eigenvalues γ_a + mω, each with the multiplicity
/// that γ_a has. Given real θ_a and finite vectors w_a, the residuals (K - θ_a)w_a are finite vectors,
/// computed without any cut, and K has an eigenvalue within ε_a = ‖(K - θ_a)w_a‖/‖w_a‖ of θ_a. Where the d discs
/// |γ - θ_a| ≤ ε_a are disjoint modulo ω, each has exactly one quasienergy, a simple one, and there is
/// no other. With g_a the distance of θ_a from all other discs and their copies, w_a is within
/// ‖(K - θ_a)w_a‖/g_a of a multiple of the mode. Proofs: Docs/design/floquet.md.
public struct FloquetSpectrum: Sendable {
  /// By increasing quasienergy, in the zone once one is chosen.
  public internal(set) var modes: [FloquetMode]
  /// ω.
  public let frequency: Interval
  /// Whether there is a drive; without one, the modes are eigenstates of H₀, one n each, and nothing is
  /// said modulo ω.
  public let isDriven: Bool

  /// Bits beyond those asked for, in which vectors are refined.
  private static var guardBits: Int { 32 }

  /// - Parameters:
  ///   - system: with Hermitian operators; thin intervals, whose width bounds what can be had.
  ///   - precision: residuals are brought below 2^-precision times the size of the operators, where the
  ///     intervals allow it.
  /// - Throws: ``FloquetError/notSeparated(first:second:distance:precision:)`` where two quasienergies
  ///   are equal modulo ω or too close for this precision, ``FloquetError/limit(_:)``.
  init(_ system: DrivenSystem<Interval>, precision: Int) throws(FloquetError) {
    let working = precision + Self.guardBits
    let isDriven = !system.harmonics.isEmpty
    let middle = system.middle.map { $0.rounded(precision: working) }
    var vectors =
      isDriven
      ? try Self.refined(middle, working) : try Self.eigenstates(middle)
    if system.isReal { vectors = vectors.map(Self.real) }
    try self.init(certifying: vectors, of: system, working: working)
  }

  /// A vector with its θ and the n of its first component.
  struct Approximation {
    var value: Real
    var first: Int
    var components: [[Complex<Real>]]
  }

  private static func eigenstates(
    _ system: DrivenSystem<Real>
  ) throws(FloquetError) -> [Approximation] {
    do throws(OpenSystemError) {
      let eigen = try HermitianEigenvalues(system.hamiltonian)
      return (0..<system.dimension).map { a in
        Approximation(
          value: eigen.values[a], first: 0,
          components: [(0..<system.dimension).map { eigen.vectors[$0, a] }])
      }
    } catch { throw .system(error) }
  }

  /// The vector with the phase that makes its greatest component real, and the real part of it.
  private static func real(_ vector: Approximation) -> Approximation {
    var greatest = Complex<Real>.one
    var size = Real.zero
    for block in vector.components {
      for value in block where value.cheapNorm > size {
        size = value.cheapNorm
        greatest = value
      }
    }
    guard !greatest.im.isZero, let phase = try? greatest.conj / Complex(greatest.modulus) else {
      return vector
    }
    var result = vector
    result.components = vector.components.map { $0.map { Complex((phase * $0).re) } }
    return result
  }

  // MARK: - Certification

  /// Proves approximate modes, whatever they come from.
  init(
    certifying vectors: [Approximation], of system: DrivenSystem<Interval>, working p: Int
  ) throws(FloquetError) {
    frequency = system.frequency
    isDriven = !system.harmonics.isEmpty
    let matrix = FloquetMatrix(system)
    var residuals: [Real] = []
    var errors: [Real] = []
    var norms: [Interval] = []
    for vector in vectors {
      let (residual, norm) = Self.residual(matrix, vector, p)
      let epsilon = Interval.div(Interval(residual), norm, precision: p).upper
      guard epsilon.isFinite, norm.certainSign == 1 else {
        throw .input("the numbers of the driven system are too wide, or not finite")
      }
      residuals.append(residual)
      norms.append(norm)
      errors.append(epsilon)
    }
    let size = system.operatorNorm(precision: p)
    var modes: [FloquetMode] = []
    for (a, vector) in vectors.enumerated() {
      let gap = try Self.gap(a, vectors, errors, system.frequency, isDriven, p)
      // w = c·u + v with v orthogonal to u, ‖v‖ ≤ s‖w‖, and ‖w/‖w‖ - u‖² = 2 - 2c ≤ 2s².
      let s = Interval.div(Interval(errors[a]), Interval(gap), precision: p)
      let angle = Interval.mul(
        Interval.sqrt(Interval(2), precision: p), s, precision: p)
      // w itself is shorter or longer than one.
      let stretch = Interval.abs(norms[a] - Interval.one)
      let error = (angle + stretch).upper
      // (K - θ)δ is (γ - θ)u minus the residual, and ωnδ = (K - θ)δ - (H(t) - θ)δ.
      let reach = size + Interval.abs(Interval(vector.value))
      let slope =
        Interval(errors[a]) + Interval(residuals[a])
        + Interval.mul(reach, Interval(error), precision: p)
      modes.append(
        FloquetMode(
          quasienergy: Interval(vector.value).rounded(precision: p).widened(by: errors[a]),
          first: vector.first, components: vector.components, error: error,
          slopeError: slope.upper, norm: norms[a].upper))
    }
    self.modes = modes.sorted { $0.quasienergy.lower < $1.quasienergy.lower }
  }

  /// Upper bound of ‖(K - θ)w‖, and an enclosure of ‖w‖.
  private static func residual(
    _ matrix: FloquetMatrix<Interval>, _ vector: Approximation, _ p: Int
  ) -> (Real, Interval) {
    let enclosed = vector.components.map {
      $0.map { ComplexInterval(re: Interval($0.re), im: Interval($0.im)) }
    }
    let image = matrix.apply(enclosed, first: vector.first)
    let theta = Interval(vector.value)
    var square = Interval(0, precision: p)
    var norm = Interval(0, precision: p)
    for (index, block) in image.enumerated() {
      for (k, value) in block.enumerated() {
        var rest = value
        let place = index - matrix.reach
        if enclosed.indices.contains(place) {
          rest = rest - theta * enclosed[place][k]
          norm += enclosed[place][k].normSquared
        }
        square += rest.normSquared
      }
    }
    return (
      Interval.sqrt(square, precision: p).upper, Interval.sqrt(norm, precision: p)
    )
  }

  /// A lower bound of the distance of θ_a from every other eigenvalue, with the proof that discs are
  /// disjoint.
  private static func gap(
    _ a: Int, _ vectors: [Approximation], _ errors: [Real], _ frequency: Interval,
    _ isDriven: Bool, _ p: Int
  ) throws(FloquetError) -> Real {
    // The own copies: |γ_a + mω - θ_a| ≥ ω - ε_a.
    var least =
      isDriven
      ? Interval.sub(frequency, Interval(errors[a]), precision: p).lower : Real.infinity
    for b in vectors.indices where b != a {
      var distance = Interval.sub(
        Interval(vectors[a].value), Interval(vectors[b].value), precision: p)
      if isDriven {
        let omega = frequency.midpoint
        let turns = Real.div(distance.midpoint, omega, precision: p).approximateDouble.rounded()
        guard turns.magnitude < 1e15 else { throw .limit("quasienergies 10^15 zones apart") }
        distance = Interval.abs(
          distance - Interval.mul(Interval(Int(turns)), frequency, precision: p))
        // Of all copies the nearest is this one or the next on the other side.
        distance = Interval.minimum(distance, frequency - distance)
      } else {
        distance = Interval.abs(distance)
      }
      let rest = Interval.sub(
        Interval(distance.lower), Interval(errors[a]) + Interval(errors[b]), precision: p
      ).lower
      guard rest.signum > 0 else {
        throw .notSeparated(
          first: min(a, b), second: max(a, b),
          distance: "at most \(distance.upper.approximateDouble)",
          precision: p)
      }
      least = Real.minimum(
        least, Interval.sub(Interval(distance.lower), Interval(errors[b]), precision: p).lower)
    }
    guard least.signum > 0 else {
      throw .input("the numbers of the driven system are too wide for its frequency")
    }
    // One level alone has no other at any distance.
    return least.isFinite ? least : Real.one
  }
}

extension DrivenSystem where F == Interval {
  /// An upper bound of ‖H(t)‖ for every t: Frobenius norms of H₀ and, twice, of the harmonics.
  func operatorNorm(precision p: Int) -> Interval {
    harmonics.reduce(hamiltonian.frobenius(precision: p)) {
      $0 + Interval.scale($1.operation.frobenius(precision: p), byPowerOfTwo: 1, precision: p)
    }
  }
}

extension Matrix where Element == ComplexInterval {
  /// The square root of the sum of squares, as an enclosure; it bounds the operator norm.
  func frobenius(precision p: Int) -> Interval {
    Interval.sqrt(
      elements.reduce(Interval(0, precision: p)) { $0 + $1.normSquared }, precision: p)
  }
}
