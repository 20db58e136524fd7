import Algebra
import Arbitrary
import Exact

/// What commutes with a driven system and all its couplings, exactly.
///
/// An operator X with [X, H₀] = [X, V_k] = [X, V_k†] = [X, A] = 0 is conserved by the system and its baths
/// together. Where no two quasienergies are equal it acts on each Floquet mode as a number, and modes on
/// which some X differs exchange nothing: each such sector keeps its own steady state.
struct FloquetSectors {
  /// A basis of the commutant over Q(i); the identity is among its combinations.
  let commutant: [Operator<Rational>]

  /// The levels up to which the commutant is looked for: d² unknowns.
  static var largestDimension: Int { 12 }

  /// - Throws: ``FloquetError/arithmetic(_:)``, ``FloquetError/limit(_:)``.
  init(_ system: DrivenSystem<Rational>) throws(FloquetError) {
    let n = system.dimension
    guard n <= Self.largestDimension else {
      throw .limit("symmetries of driven systems up to \(Self.largestDimension) levels")
    }
    var operators = [system.hamiltonian] + system.couplings
    for harmonic in system.harmonics {
      operators += [harmonic.operation, harmonic.operation.adjoint()]
    }
    // Σ_k X_ik M_kj - M_ik X_kj = 0.
    var entries: [(row: Int, column: Int, value: Complex<Rational>)] = []
    for (index, matrix) in operators.enumerated() {
      for i in 0..<n {
        for j in 0..<n {
          let row = (index * n + i) * n + j
          for k in 0..<n {
            entries.append((row, i * n + k, matrix[k, j]))
            entries.append((row, k * n + j, -matrix[i, k]))
          }
        }
      }
    }
    let equations = SparseMatrix(rows: operators.count * n * n, columns: n * n, entries: entries)
    do throws(ArithmeticError) {
      commutant = try equations.nullSpace().map { vector in
        Matrix(rows: n, columns: n) { vector[$0 * n + $1] }
      }
    } catch { throw .arithmetic(error) }
  }

  /// The sector of each mode, numbered from 0.
  ///
  /// Quasienergies are different, so that the commutant is commutative, and has as many joint eigenvalues
  /// as dimensions. Modes whose values <u|X|u> are known to differ for some X are in different sectors;
  /// where that makes as many sectors as dimensions, the others are in the same.
  ///
  /// - Returns: nil where values are not told apart with this precision.
  func sectors(_ spectrum: FloquetSpectrum, precision p: Int) -> [Int]? {
    let n = spectrum.modes.count
    var values = [[ComplexInterval]](repeating: [], count: n)
    for matrix in commutant {
      let enclosed = matrix.map { element in
        ComplexInterval(
          re: Interval(element.re, precision: p), im: Interval(element.im, precision: p))
      }
      let norm = enclosed.frobenius(precision: p)
      for (a, mode) in spectrum.modes.enumerated() {
        var sum = ComplexInterval.zero
        for block in mode.components {
          let boxes = block.map { ComplexInterval(re: Interval($0.re), im: Interval($0.im)) }
          for i in 0..<n {
            for j in 0..<n where !enclosed[i, j].isZero {
              sum = sum + boxes[i].conj * enclosed[i, j] * boxes[j]
            }
          }
        }
        let (e, length) = (Interval(mode.error), Interval(mode.norm))
        values[a].append(sum.widened(by: (norm * e * (length + length + e)).upper))
      }
    }
    func differ(_ a: Int, _ b: Int) -> Bool {
      zip(values[a], values[b]).contains { $0.intersection($1).isEmpty }
    }
    var sectors = [Int](repeating: 0, count: n)
    var representatives: [Int] = []
    for a in 0..<n {
      let same = representatives.indices.filter { !differ(representatives[$0], a) }
      if same.count > 1 { return nil }
      if let sector = same.first {
        sectors[a] = sector
      } else {
        sectors[a] = representatives.count
        representatives.append(a)
      }
    }
    return representatives.count == commutant.count ? sectors : nil
  }
}
