import Algebra
import Arbitrary
import Exact

/// The steady state of a Lindblad generator of bosonic modes in a truncated Fock space, in rounded
/// numbers: a road to the same numbers that knows no Gaussian states.
///
/// Every operator is cut to the levels 0, …, d - 1 of each mode and put into the Lindblad form, so that
/// the truncated generator keeps the trace. Only those elements of the density matrix are unknowns
/// that the generator connects with the vacuum's population: a conserved difference of photon numbers
/// leaves few of them.
public struct FockSteadyState<F: FloatingField>: Sendable {
  /// The levels kept, a subsystem a mode; the first mode's is the most significant.
  public let space: Space
  /// The density matrix, of trace one.
  public let state: Matrix<Complex<F>>
  /// The population of the states in which some mode is in its highest level: what truncation
  /// neglects is of its order.
  public let tailWeight: F
  /// The number of unknowns.
  public let unknownCount: Int

  /// The sum of cubes of block sizes up to which the system is solved unless the caller asks for more.
  public static var defaultWork: Double { 4e8 }

  /// - Parameters:
  ///   - levels: how many levels of each mode are kept, at least two.
  ///   - precision: in bits; doubles have 53 whatever is asked for.
  ///   - work: the limit on the sum of cubes of block sizes.
  /// - Throws: ``GaussianError/tooLarge(_:)``, ``GaussianError/notUnique(_:)`` where the equations are
  ///   singular to working precision, ``GaussianError/system(_:)``.
  /// - Complexity: the elements that are connected with the vacuum are sorted by their distance, which
  ///   makes the system block tridiagonal; O(s³) for each distance, with s elements.
  public init(
    hamiltonian: ModeOperator<Complex<F>>,
    jumps: [(jump: ModeOperator<Complex<F>>, rate: F)], levels: [Int], precision: Int = 53,
    work: Double = FockSteadyState.defaultWork
  ) throws(GaussianError) {
    let space: Space
    do throws(OpenSystemError) {
      for (mode, count) in levels.enumerated() where count < 2 {
        throw .invalidDimension("mode \(mode)", count)
      }
      space = try Space(
        levels.enumerated().map { Space.Subsystem("mode \($0.offset)", .levels($0.element)) })
    } catch { throw .system(error) }
    let modes = ([hamiltonian] + jumps.map(\.jump)).map(\.modeCount).max() ?? 0
    guard modes <= levels.count else { throw .unknownMode(modes - 1, count: levels.count) }
    let generator = FockGenerator(hamiltonian, jumps, space, precision)
    let (layers, place) = generator.layers()
    let cost = layers.reduce(0.0) { $0 + Double($1.count * $1.count) * Double($1.count) }
    guard cost <= work else {
      throw .tooLarge(
        "the truncated steady state needs about \(Int(cost / 1e6)) million operations, more than the "
          + "limit of \(Int(work / 1e6)) million; keep fewer levels")
    }
    let values = try generator.solve(layers, place)
    var state = Matrix<Complex<F>>(rows: space.dimension, columns: space.dimension)
    var trace = F.zero
    for (layer, list) in zip(layers, values) {
      for (element, value) in zip(layer, list) {
        state.elements[element] = value
        if element / space.dimension == element % space.dimension { trace += value.re }
      }
    }
    do throws(ArithmeticError) {
      let unit = Complex(try F.one.atPrecision(precision) / trace)
      self.state = unit * state
    } catch { throw .arithmetic(error) }
    var tail = F.zero
    for index in 0..<space.dimension
    where zip(space.levels(of: index), levels).contains(where: { $0 == $1 - 1 }) {
      tail += self.state[index, index].re
    }
    self.space = space
    tailWeight = tail
    unknownCount = layers.reduce(0) { $0 + $1.count }
  }

  /// As ``init(hamiltonian:jumps:levels:precision:work:)``, for a Gaussian model.
  public init(
    _ model: GaussianModel<F>, levels: [Int], precision: Int = 53,
    work: Double = FockSteadyState.defaultWork
  ) throws(GaussianError) {
    try self.init(
      hamiltonian: model.hamiltonian, jumps: model.jumps.map { ($0.jump, $0.rate) },
      levels: levels, precision: precision, work: work)
  }

  /// tr(ρX) with the truncated X.
  ///
  /// - Throws: ``GaussianError/unknownMode(_:count:)``.
  public func expectation(of x: ModeOperator<Complex<F>>) throws(GaussianError) -> Complex<F> {
    guard x.modeCount <= space.subsystems.count else {
      throw .unknownMode(x.modeCount - 1, count: space.subsystems.count)
    }
    let bits = state.elements.reduce(2) { max($0, $1.precision) }
    var sum = Complex<F>.zero
    for entry in FockOperator.entries(x, space, bits) {
      sum += entry.value * state[entry.column, entry.row]
    }
    return sum
  }

  /// Σ max(0, -λ) over the eigenvalues of the partial transpose of the listed modes, block by block.
  ///
  /// - Throws: ``GaussianError/system(_:)``.
  public func negativity(over modes: [Int]) throws(GaussianError) -> F {
    do throws(OpenSystemError) {
      let transposed = SparseMatrix(try space.partialTranspose(of: state, over: modes))
      var sum = F.zero
      for block in transposed.triangularBlocks() {
        for value in try HermitianEigenvalues(transposed.block(block)).values where value < .zero {
          sum -= value
        }
      }
      return sum
    } catch { throw .system(error) }
  }
}

/// Operators of modes in a truncated Fock space.
enum FockOperator {
  typealias Entry<F: FloatingField> = (row: Int, column: Int, value: Complex<F>)

  /// The elements that are not zero: ⟨m|a†ᵖaᵠ|k⟩ = √(k!/(k-q)!)·√(m!/(m-p)!) with m = k - q + p.
  static func entries<F: FloatingField>(
    _ x: ModeOperator<Complex<F>>, _ space: Space, _ bits: Int
  ) -> [Entry<F>] {
    var gathered: [Int: [Int: Complex<F>]] = [:]
    for monomial in x.monomials {
      let coefficient = x[monomial].atPrecision(bits)
      for column in 0..<space.dimension {
        var row = column
        var square = Integer(1)
        var vanishes = false
        for (mode, level) in space.levels(of: column).enumerated() {
          let (p, q) = (monomial.creation(mode), monomial.annihilation(mode))
          let target = level - q + p
          if level < q || target >= space.subsystems[mode].dimension {
            vanishes = true
            break
          }
          for k in 0..<q { square = square * Integer(level - k) }
          for k in 0..<p { square = square * Integer(target - k) }
          row += (target - level) * space.strides[mode]
        }
        if vanishes { continue }
        let root = F.squareRoot(of: F(square).atPrecision(bits))
        gathered[column, default: [:]][row, default: .zero] += root * coefficient
      }
    }
    return gathered.sorted { $0.key < $1.key }.flatMap { column, rows in
      rows.sorted { $0.key < $1.key }.map { ($0.key, column, $0.value) }
    }
  }
}
