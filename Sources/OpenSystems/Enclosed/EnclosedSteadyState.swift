import Algebra
import Arbitrary
import Exact

/// The steady state of a model whose numbers are enclosed, to any precision, proved to be the only one.
///
/// One population equation, which the others imply, gives way to the condition of trace one. Where the system that
/// remains is proved regular, there is exactly one stationary matrix of trace one: ``EnclosedLinearSystem``.
public struct EnclosedSteadyState: Sendable {
  private let system: EnclosedLinearSystem
  private let coordinates: HermitianCoordinates

  /// Prepares the solution for all models enclosed.
  ///
  /// - Parameter model: to 53 bits or more; its enclosures should not be much wider than that.
  /// - Throws: ``OpenSystemError/singular(_:)`` where it is not proved that the steady state is unique;
  ///   ``OpenSystemError/spaceTooLarge(limit:)`` beyond ``largestDimension``.
  /// - Complexity: O(n⁶) operations in doubles for dimension n: seconds for five qubits.
  public init(_ model: Model<Interval>) throws(OpenSystemError) {
    guard model.space.dimension <= Self.largestDimension else {
      throw .spaceTooLarge(limit: Self.largestDimension)
    }
    let liouvillian = Liouvillian(model)
    coordinates = liouvillian.coordinates
    do throws(OpenSystemError) {
      system = try EnclosedLinearSystem(Self.bordered(liouvillian))
    } catch {
      guard case .singular(let reason) = error else { throw error }
      throw .singular(
        "it is not proved that the steady state is the only one, and it is not or nearly not (\(reason))"
      )
    }
  }

  /// The greatest dimension of the space of states: its fourth power is the number of doubles that are kept.
  public static var largestDimension: Int { 45 }

  /// A bound, below 1, of the distance of the doubles' inverse from a true one.
  public var defect: Double { system.defect }

  /// The steady state.
  ///
  /// - Parameter model: the same model, in as many bits as the precision or more.
  /// - Returns: **Guarantee:** the steady state of every model enclosed by both, element by element.
  public func state(of model: Model<Interval>, precision: Int) -> Matrix<ComplexInterval> {
    let right = (0..<coordinates.count).map { Interval($0 == 0 ? 1 : 0) }
    let vector = system.solve(
      Self.bordered(Liouvillian(model)), right, precision: precision)
    return coordinates.matrix(vector).map { ComplexInterval(re: $0.re, im: $0.im) }
  }

  /// The generator with the trace in its first row.
  private static func bordered(_ liouvillian: Liouvillian<Interval>) -> SparseMatrix<Interval> {
    let place = liouvillian.coordinates
    var entries: [(row: Int, column: Int, value: Interval)] = []
    for (row, list) in liouvillian.realGenerator().rows.enumerated() where row > 0 {
      for entry in list { entries.append((row, entry.column, entry.value)) }
    }
    for index in 0..<place.size { entries.append((0, index, .one)) }
    return SparseMatrix(rows: place.count, columns: place.count, entries: entries)
  }
}
