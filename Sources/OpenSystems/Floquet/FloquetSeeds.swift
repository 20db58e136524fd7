import Algebra
import Arbitrary
import Exact
import Foundation

/// Approximate quasienergies and modes from which the certified ones start.
struct FloquetSeeds {
  struct Seed {
    var quasienergy: Real
    /// w(n) for |n| ≤ reach of the vector: count 2·reach + 1.
    var components: [[Complex<Real>]]
  }

  var seeds: [Seed]
  /// The least distance of two quasienergies on the circle, or of two levels without a drive.
  var gap: Double

  /// The modes by propagation, with the Fourier coefficients |n| ≤ reach.
  ///
  /// - Parameter F: doubles, or numbers of the precision given.
  /// - Throws: ``FloquetError/limit(_:)`` where the harmonics that matter exceed the grid.
  static func propagated<F: PhaseField>(
    _ system: DrivenSystem<Real>, over _: F.Type, precision: Int
  ) throws(FloquetError) -> FloquetSeeds {
    let rounded = system.map { F.near($0, precision: precision) }
    let free = try DrivenSystem(
      hamiltonian: rounded.hamiltonian,
      harmonics: Dictionary(
        uniqueKeysWithValues: rounded.harmonics.map { ($0.order, $0.operation) }),
      frequency: rounded.frequency, couplings: [])
    let strength = system.driveNorm / max(system.frequency.approximateDouble, 1e-300)
    guard strength < 4000 else {
      throw .limit("a drive of \(Int(min(strength, 1e15))) times its frequency")
    }
    // The tails fall faster than exponentially beyond the strength of the drive.
    var points = Int(4 * strength) + 64 + precision / 2
    while true {
      let propagated = try PropagatedFloquet<F>(
        size: system.dimension, points: points, precision: precision)
      try propagated.solve(free, baths: [])
      let (seeds, tail) = propagated.coefficients()
      if tail < -Double(precision) + 12 {
        let values = seeds.map(\.quasienergy.approximateDouble)
        return FloquetSeeds(
          seeds: seeds, gap: circularGap(values, system.frequency.approximateDouble))
      }
      guard points < 16384 else {
        throw .limit("16384 points of a period do not resolve the modes")
      }
      points = propagated.pointCount * 2
    }
  }

  private static func circularGap(_ values: [Double], _ frequency: Double) -> Double {
    var least = frequency
    for (i, a) in values.enumerated() {
      for b in values[(i + 1)...] {
        let x = (a - b) / frequency
        least = min(least, (x - x.rounded()).magnitude * frequency)
      }
    }
    return least
  }
}

extension DrivenSystem where F == Real {
  /// Σ_k 2‖V_k‖ by the sums of magnitudes: a bound of the drive, about.
  var driveNorm: Double {
    harmonics.reduce(0) { $0 + 2 * $1.operation.rowNorm }
  }
}

extension Matrix where Element == Complex<Real> {
  /// The greatest sum of magnitudes in a row, about.
  var rowNorm: Double {
    (0..<rowCount).map { row in
      (0..<columnCount).reduce(0.0) {
        $0 + hypot(self[row, $1].re.approximateDouble, self[row, $1].im.approximateDouble)
      }
    }.max() ?? 0
  }
}

extension PropagatedFloquet {
  /// The Fourier coefficients of the modes, |n| < count/2, and log₂ of the greatest magnitude among the
  /// highest quarter of frequencies.
  func coefficients() -> (seeds: [FloquetSeeds.Seed], tail: Double) {
    let n = pointCount
    let reach = n / 2 - 1
    let buffer = ComplexBuffer<F>(n, precision: precision)
    var tail = -1e9
    var seeds: [FloquetSeeds.Seed] = []
    for a in 0..<size {
      var components = [[Complex<Real>]](
        repeating: [Complex<Real>](repeating: .zero, count: size), count: 2 * reach + 1)
      for i in 0..<size {
        for j in 0..<n { buffer[j] = modes[j * size * size + i * size + a] }
        grid.transform(buffer.re, buffer.im)
        for m in -reach...reach {
          let value = buffer[(m + n) % n]
          components[m + reach][i] = Complex(re: value.re.real, im: value.im.real)
          if m.magnitude > n / 4, let exponent = value.cheapNorm.real.exponent {
            tail = max(tail, Double(exponent))
          }
        }
      }
      seeds.append(.init(quasienergy: quasienergies[a].real, components: components))
    }
    return (seeds, tail)
  }
}
