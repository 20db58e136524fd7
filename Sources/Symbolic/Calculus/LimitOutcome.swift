import Exact

/// What is known of a two-sided limit.
public enum LimitOutcome: Equatable, Sendable {
  /// The limit, the same from both sides, in normal form.
  case value(Expression)
  /// Beyond every bound on both sides, with this sign.
  case infinite(Int)
  /// Proved: the one-sided limits differ.
  case differs(left: Expression, right: Expression)
  /// Not known, with the reason.
  case undecided(LimitError)
}

extension Limit {
  /// The limit of `f` as `x` goes to a finite value from both sides.
  ///
  /// - Returns: ``LimitOutcome/differs(left:right:)`` only where the difference is proved not to vanish,
  ///   ``LimitOutcome/value(_:)`` only where it is proved to.
  public static func twoSided(_ f: Expression, as x: Symbol, to a: Expression) -> LimitOutcome {
    let right: Expression
    let left: Expression
    do {
      right = try of(f, as: x, to: .fromRight(a))
      left = try of(f, as: x, to: .fromLeft(a))
    } catch { return .undecided(error) }
    let infinities = [Expression.infinity, -.infinity]
    if infinities.contains(left) || infinities.contains(right) {
      guard left == right else { return .differs(left: left, right: right) }
      return .infinite(left == .infinity ? 1 : -1)
    }
    guard let difference = try? NormalForm(left - right) else {
      return .undecided(.undecidedSign(of: left - right))
    }
    if difference.isZero { return .value(right) }
    let prover = SignProver(difference.basis)
    let isNonzero =
      prover.sign(of: difference.value.re)?.isNonzero == true
      || prover.sign(of: difference.value.im)?.isNonzero == true
    if isNonzero { return .differs(left: left, right: right) }
    return .undecided(.undecidedSign(of: difference.expression))
  }

  /// The limits in several variables one after the other, the first in the list first:
  /// `iterated(f, [(x, p), (y, q)])` is lim_{y→q} lim_{x→p} f.
  ///
  /// - Throws: ``LimitError``; after an infinite limit no further one is taken.
  public static func iterated(
    _ f: Expression, _ steps: [(symbol: Symbol, point: LimitPoint)]
  ) throws(LimitError) -> Expression {
    var value = f
    for (symbol, point) in steps {
      if value == .infinity || value == -.infinity { return value }
      value = try of(value, as: symbol, to: point)
    }
    return value
  }
}
