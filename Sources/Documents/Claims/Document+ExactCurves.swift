import Certified
import Exact
import Symbolic

extension Document {
  /// What is known exactly of a boundary: of each irreducible curve on which it may lie, explicit branches, a rational
  /// parametrisation and asymptotes, as far as they are found; all of it is proved.
  ///
  /// The curves are counted as in ``TracedBoundary/Component/curve``. Some may be no boundary: where the condition has square
  /// roots or absolute values, curves of other signs of them are among these.
  ///
  /// - Returns: empty where the condition is not algebraic in the unknowns or one kernel of each.
  /// - Throws: ``DocumentError``.
  public func exactCurves(
    of id: String, at point: [Symbol: Rational] = [:]
  ) throws(DocumentError) -> [ExactCurve] {
    let question = try question(of: id, at: point)
    let (x, y) = (question.definition.horizontal, question.definition.vertical)
    do {
      let problem = try BoundaryProblem(question.difference, x, y)
      guard case .polynomial(let curves) = problem.curves else { return [] }
      return try ExactCurve.curves(
        curves, xMap: problem.xMap, yMap: problem.yMap, unknowns: (x.symbol, y.symbol))
    } catch {
      throw .stopped("\(error)")
    }
  }
}
