import Algebra
import Certified
import Exact
import Symbolic

extension Document {
  /// The points at which two boundaries with the same axes cross or touch, in the part of the plane that their
  /// rectangles share: all common zeros of the differences of the sides of their conditions.
  ///
  /// - Parameter at: values that replace or add to those the document gives.
  /// - Returns: complete, or with the boxes in which something stayed open.
  /// - Throws: ``DocumentError``.
  public func crossings(
    of first: String, and second: String, at point: [Symbol: Rational], digits: Int
  ) throws(DocumentError) -> SolvedSystem {
    let (one, other) = (try question(of: first, at: point), try question(of: second, at: point))
    guard first != second else {
      throw .question("'\(first)' is named twice; where it crosses itself 'trace' says", hint: nil)
    }
    let (x, y) = (one.definition.horizontal, one.definition.vertical)
    let axes = [other.definition.horizontal, other.definition.vertical]
    var ranges: [RationalRange] = []
    for axis in [x, y] {
      guard let same = axes.first(where: { $0.symbol == axis.symbol }) else {
        throw .question(
          "'\(first)' and '\(second)' have different axes: \(x.symbol.name), \(y.symbol.name) and "
            + axes.map(\.symbol.name).joined(separator: ", "), hint: nil)
      }
      let (lower, upper) = (max(axis.lower, same.lower), min(axis.upper, same.upper))
      guard lower < upper else {
        throw .question(
          "the rectangles of '\(first)' and '\(second)' have no part in common", hint: nil)
      }
      ranges.append(
        try RationalRange(
          sought: AxisDefinition(symbol: axis.symbol, lower: lower, upper: upper)))
    }
    do {
      let solution = try EquationSystem(
        [one.difference, other.difference], in: [x.symbol, y.symbol], over: ranges
      ).solve()
      return try SolvedSystem(
        solution, "\(first), \(second)", [x.symbol.name, y.symbol.name], digits: digits)
    } catch {
      throw .stopped("\(error)")
    }
  }
}
