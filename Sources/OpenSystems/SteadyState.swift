import Algebra
import Arbitrary
import Exact

/// All Hermitian matrices that a generator sends to zero.
public struct SteadySpace<F: Field>: Sendable {
  /// A basis over the real field. Over an exact field its size is the proved dimension of the null
  /// space; over rational functions, the dimension for generic parameters.
  public let basis: [Matrix<Complex<F>>]

  /// A matrix of the space with trace one, where there is one. It need not be positive: which of the
  /// affine family are states is a further question.
  public let normalized: Matrix<Complex<F>>?

  /// A basis of the traceless matrices of the space: ``normalized`` plus any combination of them has
  /// trace one.
  public let traceless: [Matrix<Complex<F>>]

  /// The number of independent stationary matrices.
  public var dimension: Int { basis.count }

  init(basis: [Matrix<Complex<F>>]) throws(ArithmeticError) {
    self.basis = basis
    let traces = basis.map(\.trace.re)
    guard let pivot = traces.firstIndex(where: { !$0.isZero }) else {
      normalized = nil
      traceless = basis
      return
    }
    let unit = Complex(try traces[pivot].inverse()) * basis[pivot]
    normalized = unit
    traceless = basis.indices.filter { $0 != pivot }.map { index in
      traces[index].isZero ? basis[index] : basis[index] - Complex(traces[index]) * unit
    }
  }
}

/// What the long times of a model lead to.
public enum SteadyState<F: Field>: Sendable {
  /// The only stationary matrix of trace one.
  case unique(Matrix<Complex<F>>)
  /// Several stationary matrices of trace one: the state that is reached depends on the initial one.
  /// The whole space comes back, never one state out of it.
  case notUnique(SteadySpace<F>)
  /// No stationary matrix has a trace other than zero. With rates ≥ 0 this cannot happen.
  case none(SteadySpace<F>)

  /// The state where it is unique.
  public var state: Matrix<Complex<F>>? {
    if case .unique(let state) = self { state } else { nil }
  }
}

extension Liouvillian {
  /// The whole null space of the generator.
  ///
  /// Over rational functions it is found by evaluation and interpolation and proved by substitution.
  ///
  /// - Throws: ``OpenSystemError/singular(_:)`` over rounded and enclosing fields, which cannot tell a
  ///   small pivot from zero; ``OpenSystemError/arithmetic(_:)``, also where the limit is reached.
  public func steadySpace(
    limit: EliminationLimit = .standard
  ) throws(OpenSystemError) -> SteadySpace<F> {
    guard F.isExact else {
      throw .singular(
        "the dimension of a null space is not decided by rounded numbers; use an exact field")
    }
    do {
      let place = coordinates
      return try SteadySpace(
        basis: realGenerator().nullSpace(limit: limit).map { place.matrix($0) })
    } catch { throw .arithmetic(error) }
  }

  /// The steady state, or the proof that there is not exactly one.
  ///
  /// Over an exact field the null space decides. Over floats and enclosures one population equation,
  /// which the others imply, gives way to the condition of trace one, and the linear system is solved:
  /// over enclosures a result encloses the state and proves it unique.
  ///
  /// - Returns: over rational functions, the state for generic parameters: at special points, where a
  ///   denominator vanishes, the null space can be larger.
  /// - Throws: ``OpenSystemError/singular(_:)`` over inexact fields where the system is singular or
  ///   not known to be regular; ``OpenSystemError/arithmetic(_:)``.
  public func steadyState(
    limit: EliminationLimit = .standard
  ) throws(OpenSystemError) -> SteadyState<F> {
    guard F.isExact else { return .unique(try borderedSolution(limit)) }
    // From some size on the solution of a regular system is cheaper than a null space, and as good: two
    // stationary matrices, or a traceless one, would make the system with trace one singular.
    if F.self == Rational.self, coordinates.count >= 200,
      let state = try? borderedSolution(limit)
    {
      return .unique(state)
    }
    let space = try steadySpace(limit: limit)
    guard let state = space.normalized else { return .none(space) }
    return space.dimension == 1 ? .unique(state) : .notUnique(space)
  }

  private func borderedSolution(
    _ limit: EliminationLimit
  ) throws(OpenSystemError) -> Matrix<Complex<F>> {
    let generator = realGenerator()
    let place = coordinates
    var entries: [(row: Int, column: Int, value: F)] = []
    for (row, list) in generator.rows.enumerated() where row > 0 {
      for entry in list { entries.append((row, entry.column, entry.value)) }
    }
    for index in 0..<place.size { entries.append((0, index, .one)) }
    var right = [F](repeating: .zero, count: place.count)
    right[0] = .one
    do {
      let matrix = SparseMatrix(rows: place.count, columns: place.count, entries: entries)
      return place.matrix(try matrix.solve(right, limit: limit))
    } catch ArithmeticError.domain {
      throw .singular(
        "the stationary equations with trace one are singular, or not known to be regular at this "
          + "precision; solve exactly, or raise the precision")
    } catch { throw .arithmetic(error) }
  }
}
