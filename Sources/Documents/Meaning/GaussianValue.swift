import Algebra
import Arbitrary
import Exact
import OpenSystems
import Symbolic

/// A Gaussian state as a document knows it: its moments are formulas.
public struct GaussianValue: Sendable {
  /// The modes of the state by their place among the document's.
  public let modes: [Int]
  /// ⟨ξ⟩ of the ladder operators (a₁, …, aₙ, a₁†, …, aₙ†).
  public let means: [Expression]
  /// Their normal-ordered covariances.
  public let ordered: Matrix<Expression>
  /// The covariance of the quadratures x₁, p₁, x₂, p₂, …; the vacuum has ½ on the diagonal.
  public let covariance: Matrix<Expression>
  /// What has to be positive for this to be a steady state, as far as it is not proved.
  public let conditions: [Expression]

  init(
    modes: [Int], state: GaussianState<RationalFunction>, basis: KernelBasis,
    conditions: [Expression]
  ) {
    let moments = state.moments
    self.modes = modes
    means = moments.means.map { basis.expression($0) }
    ordered = moments.covariances.map { basis.expression($0) }
    covariance = state.covariance.map { basis.expression($0) }
    self.conditions = conditions
  }

  private init(
    modes: [Int], means: [Expression], ordered: Matrix<Expression>,
    covariance: Matrix<Expression>, conditions: [Expression]
  ) {
    self.modes = modes
    self.means = means
    self.ordered = ordered
    self.covariance = covariance
    self.conditions = conditions
  }

  /// Where this is a steady state: what a definition of it is conditional on.
  var stability: [Assumption] {
    conditions.map { Assumption(left: $0, relation: .greater, right: .zero) }
  }

  /// The moments for expectations of operators of the modes of the state, counted from zero.
  var moments: LadderMoments<Expression> { LadderMoments(means: means, covariances: ordered) }

  /// The state over one field of rational functions of its symbols and kernels.
  func symbolic() throws(GaussianError) -> (KernelBasis, GaussianState<RationalFunction>) {
    do throws(OpenSystemError) {
      let size = covariance.rowCount
      // Means and covariances go through one normalizer, as rows of one matrix.
      let joined = Matrix<Expression>(rows: size + 1, columns: size) { row, column in
        row < size ? covariance[row, column] : means[column]
      }
      let (basis, field) = try joined.inField()
      let state = GaussianState(
        means: (0..<modes.count).map { field[size, $0] },
        covariance: Matrix(rows: size, columns: size) { field[$0, $1].re })
      return (basis, state)
    } catch { throw .system(error) }
  }

  /// The state with the relations of its kernels used: what elimination left of square roots as
  /// independent variables falls together.
  ///
  /// - Throws: ``GaussianError``.
  func reduced() throws(GaussianError) -> GaussianValue {
    let (basis, state) = try symbolic()
    return GaussianValue(modes: modes, state: state, basis: basis, conditions: conditions)
  }

  func map<E: Error>(
    _ transform: (Expression) throws(E) -> Expression
  ) throws(E) -> GaussianValue {
    var means: [Expression] = []
    for value in self.means { means.append(try transform(value)) }
    var conditions: [Expression] = []
    for value in self.conditions { conditions.append(try transform(value)) }
    return GaussianValue(
      modes: modes, means: means, ordered: try ordered.map(transform),
      covariance: try covariance.map(transform), conditions: conditions)
  }

  /// The place of a document's mode in this state.
  func place(ofMode mode: Int) -> Int? { modes.firstIndex(of: mode) }

  /// ⟨X⟩ of an operator of the document's modes.
  ///
  /// - Throws: ``GaussianError/unknownMode(_:count:)`` with the document's mode.
  func expectation(of x: ModeOperator<Expression>) throws(GaussianError) -> Expression {
    for mode in x.occurringModes where place(ofMode: mode) == nil {
      throw .unknownMode(mode, count: modes.count)
    }
    let places = Dictionary(uniqueKeysWithValues: zip(modes, modes.indices))
    return try moments.expectation(of: x.renumbered(places))
  }

  /// The same state in other modes, which stand for these operators.
  ///
  /// - Parameter images: annihilation operators of new modes, with canonical commutators, linear in
  ///   the state's ladder operators.
  func transformed(
    _ images: [(mode: Int, image: ModeOperator<Expression>)]
  ) throws(GaussianError) -> GaussianValue {
    let ladder = images.map(\.image) + images.map(\.image.adjoint)
    let n = images.count
    var means: [Expression] = []
    for x in ladder { means.append(try expectation(of: x)) }
    var rows: [[Expression]] = []
    do throws(ArithmeticError) {
      for a in 0..<(2 * n) {
        var row: [Expression] = []
        for b in 0..<(2 * n) {
          // Normal order in the new modes: creation operators first.
          let product =
            a < n && b >= n ? try ladder[b].times(ladder[a]) : try ladder[a].times(ladder[b])
          let second: Expression
          do throws(GaussianError) { second = try expectation(of: product) } catch {
            throw .domain(error.description)
          }
          let disconnected = means[a].isZero || means[b].isZero ? .zero : means[a] * means[b]
          row.append(disconnected.isZero ? second : second - disconnected)
        }
        rows.append(row)
      }
    } catch { throw .arithmetic(error) }
    let joined = Matrix<Expression>(rows: 2 * n + 1, columns: 2 * n) { row, column in
      row < 2 * n ? rows[row][column] : means[column]
    }
    do throws(OpenSystemError) {
      let (basis, field) = try joined.inField()
      let state = GaussianState(
        means: (0..<n).map { field[2 * n, $0] },
        ordered: Matrix(rows: 2 * n, columns: 2 * n) { field[$0, $1] })
      return GaussianValue(
        modes: images.map(\.mode), state: state, basis: basis, conditions: conditions)
    } catch { throw .system(error) }
  }
}
