import Algebra
import Arbitrary
import Exact
import Foundation

/// Approximate modes to any precision: corrections by factors in doubles of the Floquet matrix.
///
/// With r = (K - θ)w and θ the Rayleigh quotient, w - P(K - σ)⁻¹r is nearer to the mode by a factor of about
/// |σ - θ|/gap, P the projector on the complement of w: a shift σ close to θ makes the solution large along
/// w only, and that part, with its error, is left out. Each correction gains 20 to 30 bits for one product
/// in full precision; nothing of size n³ is done there.
extension FloquetSpectrum {
  /// The greatest n kept.
  static var largestReach: Int { 100_000 }

  static func refined(
    _ system: DrivenSystem<Real>, _ working: Int
  ) throws(FloquetError) -> [Approximation] {
    var seeds = try FloquetSeeds.propagated(system, over: Double.self, precision: 53)
    let scale = max(system.hamiltonian.rowNorm + system.driveNorm, 1e-300)
    // What doubles do not separate is propagated in full precision.
    if seeds.gap < 1e-9 * scale {
      let bits = working + 32
      let size = Double(system.dimension)
      let work = Double(64 + bits) * size * size * Double(bits) * Double(bits)
      guard work < 4e8 else {
        throw .limit(
          "quasienergies that differ by about \(seeds.gap): \(working) bits of all modes would be "
            + "needed to tell them apart")
      }
      seeds = try FloquetSeeds.propagated(
        system.map { $0.rounded(precision: bits) }, over: Real.self, precision: bits)
      return seeds.seeds.map { seed in
        normalised(
          Approximation(
            value: seed.quasienergy, first: -(seed.components.count / 2),
            components: seed.components), working)
      }
    }
    let reach = try reach(system, bits: working)
    let doubles = FloquetMatrix(system.map(\.approximateDouble))
    let full = FloquetMatrix(system)
    var result: [Approximation] = []
    for seed in seeds.seeds {
      result.append(try refine(seed, seeds.gap, reach, doubles, full, working))
    }
    return result
  }

  /// The n up to which components matter: beyond |n|ω > ‖H₀ - θ‖ a component is at most
  /// Σ‖V_k‖/(|n|ω - ‖H₀ - θ‖) times the greatest within reach of the harmonics.
  ///
  /// An estimate: what is cut off is part of the residual, which is computed.
  private static func reach(_ system: DrivenSystem<Real>, bits: Int) throws(FloquetError) -> Int {
    let omega = system.frequency.approximateDouble
    let drive = system.driveNorm
    let energy = 2 * system.hamiltonian.rowNorm + omega
    let harmonics = system.harmonics.last?.order ?? 1
    var n = Int(min((energy + 2 * drive) / omega, 1e6)) + 1
    var size = 0.0
    while size > -Double(bits) - 16 {
      guard n <= largestReach else {
        throw .limit("Fourier components up to \(largestReach) times the frequency")
      }
      size += log2(max(drive, 1e-300) / (Double(n) * omega - energy))
      n += harmonics
    }
    return n
  }

  private static func refine(
    _ seed: FloquetSeeds.Seed, _ gap: Double, _ reach: Int, _ doubles: FloquetMatrix<Double>,
    _ full: FloquetMatrix<Real>, _ working: Int
  ) throws(FloquetError) -> Approximation {
    let size = full.size
    let count = 2 * reach + 1
    let offset = reach - seed.components.count / 2
    var vector = Approximation(
      value: seed.quasienergy.rounded(precision: working), first: -reach,
      components: (0..<count).map { index in
        let place = index - offset
        return seed.components.indices.contains(place)
          ? seed.components[place].map { $0.atPrecision(working) }
          : [Complex<Real>](
            repeating: Complex(Real(0, precision: working)), count: size)
      })
    vector = normalised(vector, working)
    let theta = seed.quasienergy.approximateDouble
    let shift = max(gap * 1e-8, 1e-12 * max(theta.magnitude, 1))
    let factors = try doubles.factors(first: -reach, last: reach, shift: theta + shift)
    var last = Real.infinity
    for _ in 0..<(working / 4 + 20) {
      let image = full.apply(vector.components, first: vector.first)
      vector.value = quotient(vector, image, full.reach)
      let residual = rest(vector, image, full.reach)
      let length = norm(residual)
      guard let exponent = length.exponent else { return trimmed(vector, working) }
      // Rounding is reached, or nothing is gained any more.
      if exponent < -working + 4 || !(length.scaled(byPowerOfTwo: 1) < last) {
        return trimmed(vector, working)
      }
      last = length
      vector = normalised(
        corrected(vector, residual, exponent, factors, full.reach, working), working)
    }
    return vector
  }

  /// w - 2^e·P(K - σ)⁻¹(2^-e r).
  private static func corrected(
    _ vector: Approximation, _ residual: [[Complex<Real>]], _ exponent: Int,
    _ factors: BandedSolver, _ reach: Int, _ working: Int
  ) -> Approximation {
    let size = vector.components[0].count
    let count = vector.components.count
    var x = [Double](repeating: 0, count: count * size)
    var y = x
    var u = x
    var v = x
    for index in 0..<count {
      for k in 0..<size {
        let value = residual[index + reach][k]
        x[index * size + k] = value.re.scaled(byPowerOfTwo: -exponent).approximateDouble
        y[index * size + k] = value.im.scaled(byPowerOfTwo: -exponent).approximateDouble
        u[index * size + k] = vector.components[index][k].re.approximateDouble
        v[index * size + k] = vector.components[index][k].im.approximateDouble
      }
    }
    factors.solve(&x, &y)
    var (a, b) = (0.0, 0.0)
    for k in x.indices {
      a += u[k] * x[k] + v[k] * y[k]
      b += u[k] * y[k] - v[k] * x[k]
    }
    var result = vector
    for index in 0..<count {
      for k in 0..<size {
        let place = index * size + k
        let re = x[place] - (a * u[place] - b * v[place])
        let im = y[place] - (a * v[place] + b * u[place])
        let old = vector.components[index][k]
        result.components[index][k] = Complex(
          re: old.re - correction(re, exponent, working),
          im: im == 0 ? old.im : old.im - correction(im, exponent, working))
      }
    }
    return result
  }

  private static func correction(_ value: Double, _ exponent: Int, _ working: Int) -> Real {
    Real.scale(
      Real(value.isFinite ? value : 0), byPowerOfTwo: exponent, precision: working)
  }

  /// Without the outer components that are below the rounding of the rest: every sum gets shorter by them.
  private static func trimmed(_ vector: Approximation, _ working: Int) -> Approximation {
    func matters(_ block: [Complex<Real>]) -> Bool {
      block.contains { ($0.cheapNorm.exponent ?? .min) > -working - 8 }
    }
    guard let low = vector.components.firstIndex(where: matters),
      let high = vector.components.lastIndex(where: matters)
    else { return vector }
    return Approximation(
      value: vector.value, first: vector.first + low,
      components: Array(vector.components[low...high]))
  }

  private static func normalised(_ vector: Approximation, _ working: Int) -> Approximation {
    let length = norm(vector.components)
    guard length.isFinite, !length.isZero else { return vector }
    var result = vector
    let inverse = Real.div(Real.one, length, precision: working)
    result.components = vector.components.map {
      $0.map {
        Complex(
          re: Real.mul(inverse, $0.re, precision: working),
          im: Real.mul(inverse, $0.im, precision: working))
      }
    }
    return result
  }

  private static func norm(_ components: [[Complex<Real>]]) -> Real {
    Real.squareRoot(
      of: components.reduce(Real.zero) { sum, block in block.reduce(sum) { $0 + $1.normSquared } })
  }

  /// The Rayleigh quotient of a vector of norm one.
  private static func quotient(
    _ vector: Approximation, _ image: [[Complex<Real>]], _ reach: Int
  ) -> Real {
    var sum = Real.zero
    for (index, block) in vector.components.enumerated() {
      for (k, value) in block.enumerated() {
        let other = image[index + reach][k]
        sum += value.re * other.re + value.im * other.im
      }
    }
    return sum
  }

  private static func rest(
    _ vector: Approximation, _ image: [[Complex<Real>]], _ reach: Int
  ) -> [[Complex<Real>]] {
    var result = image
    for (index, block) in vector.components.enumerated() {
      for (k, value) in block.enumerated() {
        result[index + reach][k] -= vector.value * value
      }
    }
    return result
  }
}
