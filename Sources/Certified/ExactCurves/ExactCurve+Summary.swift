import Algebra
import Arbitrary
import Exact
import Symbolic

extension ExactCurve {
  /// What is known, to read: the equation, then branches, parametrisation and asymptotes, a line each.
  public var summary: String {
    var lines = ["\(equation) = 0"]
    if let solved = branches {
      let name = unknown(solved.unknown).name
      let other = (solved.unknown.other == .x ? curve.x : curve.y).name
      for branch in solved.branches where !branch.domain.isEmpty {
        let domain = branch.domain.map { Self.interval($0.lower, $0.upper) }
        lines.append(
          "  \(name) = \(value(of: branch)) for \(other) in " + domain.joined(separator: " and "))
      }
    }
    if let found = parametrisation, let point = parametrisedPoint {
      lines.append(
        "  \(unknowns.x.name) = \(point.x), \(unknowns.y.name) = \(point.y), every \(found.parameter.name)"
      )
    }
    for asymptote in asymptotes?.asymptotes ?? [] {
      let far = unknown(asymptote.direction.unknown.other).name
      let near = unknown(asymptote.direction.unknown).name
      let sign = asymptote.direction.sign > 0 ? "" : "-"
      let side = ["from below", "", "from above"][asymptote.side + 1]
      lines.append(
        "  \(far) -> \(sign)infinity: \(near) "
          + (asymptote.isLeadingTermOnly
            ? "grows as \(asymptote.value)" : "comes near to \(asymptote.value) \(side)"))
    }
    return lines.joined(separator: "\n")
  }

  private static func interval(_ lower: AlgebraicNumber?, _ upper: AlgebraicNumber?) -> String {
    func text(_ end: AlgebraicNumber) -> String {
      end.rational?.description
        ?? Decimal.digits(of: end.interval(precision: 64), significant: 6) ?? "\(end)"
    }
    return "\(lower.map(text) ?? "-infinity")..\(upper.map(text) ?? "infinity")"
  }
}
