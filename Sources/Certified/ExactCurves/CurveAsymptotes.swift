import Algebra
import Exact
import Symbolic

/// What the unbounded branches of an algebraic curve come near to.
///
/// Every real branch with x → ±∞ is a Puiseux series y = Σ c_k·|x|^(-e_k) with increasing e_k, the real branches of
/// F(±1/w, y) next to w = 0 (``PuiseuxBranches``, complete). Its terms with e_k ≤ 0 are the asymptote: what is left of
/// y goes to zero. Branches with y → ±∞ and bounded x are those of F(x, ±1/w), and x tends to a number.
public struct CurveAsymptotes: Sendable {
  /// Where a branch goes.
  public enum Direction: String, Sendable, CaseIterable {
    case right = "x -> infinity"
    case left = "x -> -infinity"
    case up = "y -> infinity"
    case down = "y -> -infinity"

    public var sign: Int { self == .right || self == .up ? 1 : -1 }
    /// The coordinate that is a function of the other one.
    public var unknown: PlaneAxis { self == .right || self == .left ? .y : .x }
  }

  public struct Asymptote: Sendable {
    public let direction: Direction
    /// y of the asymptote as a formula in x; for vertical ones x as a number.
    public let value: Expression
    /// Whether it is a straight line.
    public let isLine: Bool
    /// The leading term of what the branch differs from it, in the coordinate that goes to infinity; nil where they are equal.
    public let difference: Expression?
    /// The sign of the difference; 0 where there is none.
    public let side: Int
    /// Whether only the leading term is given, as more terms than were computed grow.
    public let isLeadingTermOnly: Bool
  }

  public let asymptotes: [Asymptote]
  /// Directions in which branches could not be followed, with the reason; in the others the list is complete.
  public let open: [(direction: Direction, reason: String)]

  private static let termCount = 8

  /// All asymptotes of a curve.
  public init(_ curve: PlanePolynomial) {
    var asymptotes: [Asymptote] = []
    var open: [(direction: Direction, reason: String)] = []
    for direction in Direction.allCases {
      // No branch over a coordinate that does not occur, nor of one that does not.
      let result = WorkBudget.limited(to: 10 * CurveProof.work) {
        () -> Result<[Asymptote], LimitError> in
        do throws(LimitError) { return .success(try Self.asymptotes(curve, direction)) } catch {
          return .failure(error)
        }
      }.value
      switch result {
      case .success(let list): asymptotes += list
      case .failure(let error): open.append((direction, "\(error)"))
      }
    }
    self.asymptotes = asymptotes
    self.open = open
  }

  private static func asymptotes(
    _ curve: PlanePolynomial, _ direction: Direction
  ) throws(LimitError) -> [Asymptote] {
    let unknown = direction.unknown
    guard curve.degree(unknown) > 0 else { return [] }
    let far = curve.symbol(unknown.other)
    let w = Symbol("w_\(far.name)", .positive)
    let top = curve.degree(unknown.other)
    let moved = curve.expression.substituting([
      far: Expression.integer(direction.sign) / .symbol(w)
    ])
    let near = Symbol("v_\(curve.symbol(unknown).name)", .real)
    let equation = (moved * Expression.symbol(w).power(top)).substituting([
      curve.symbol(unknown): .symbol(near)
    ])
    let found = try PuiseuxBranches(of: equation, x: w, y: near, terms: termCount)
    var list: [Asymptote] = []
    for branch in found.branches {
      let isVertical = unknown == .x
      let kept = branch.terms.prefix { $0.exponent.signum <= 0 }
      // Vertical asymptotes: the others are seen from the left and right.
      if isVertical, kept.contains(where: { $0.exponent.signum < 0 }) { continue }
      let rest = branch.terms.dropFirst(kept.count).first
      // All terms that were computed grow, and there may be more that do.
      let isShort = rest == nil && (branch.order.map { $0.signum <= 0 } ?? false)
      let used = isShort ? kept.prefix(1) : kept
      let size =
        direction.sign > 0 ? Expression.symbol(far) : -Expression.symbol(far)
      func term(_ term: PuiseuxBranch.Term) throws(LimitError) -> Expression {
        let coefficient = try Self.closedForm(term.coefficient)
        if term.exponent.isZero { return coefficient }
        // |x|^e with whole e is a power of x.
        if term.exponent.denominator.isOne, let e = (-term.exponent).numerator.word {
          let isOdd = direction.sign < 0 && e % 2 != 0
          let power = e == 1 ? Expression.symbol(far) : Expression.symbol(far).power(e)
          let factor: Expression = isOdd ? -coefficient : coefficient
          return factor.isLiteralOne ? power : Expression.product([factor, power])
        }
        if term.exponent * 2 == 1 { return coefficient / sqrt(size) }
        let power =
          -term.exponent * 2 == 1 ? sqrt(size) : size.power(.rational(-term.exponent))
        return coefficient.isLiteralOne ? power : Expression.product([coefficient, power])
      }
      var parts: [Expression] = []
      for part in used { parts.append(try term(part)) }
      let next = isShort ? nil : rest
      list.append(
        Asymptote(
          direction: direction, value: .sum(parts).simplified(),
          isLine: !isShort
            && used.allSatisfy { $0.exponent.isZero || $0.exponent == Rational(-1) },
          difference: try next.map { (value) throws(LimitError) in try term(value) },
          side: next?.coefficient.signum ?? 0, isLeadingTermOnly: isShort))
    }
    return list
  }

  /// The number as a formula.
  static func closedForm(_ number: AlgebraicNumber) throws(LimitError) -> Expression {
    if let rational = number.rational { return .rational(rational) }
    guard let form = try? number.closedForm() else {
      throw .unsupported(
        "a coefficient without closed form, root \(number.rootIndex) of "
          + "\(number.minimalPolynomial)")
    }
    return form.expression
  }
}

extension Expression {
  fileprivate var isLiteralOne: Bool { rationalValue == 1 }
}
