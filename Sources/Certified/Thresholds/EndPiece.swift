import Algebra
import Arbitrary
import Exact
import Symbolic
import Synchronization

/// Shows that a formula has no root on a part of the line that goes to infinity or to a singular place.
///
/// Enclosures are of no use there: exp(x) - x^3 over [8, ∞) is ∞ - ∞. But where some derivative has a known
/// sign throughout, the one below is monotone, and has a known sign too if its values at the inner end, or
/// its limit at the outer one, are on the right side of zero; and so on down to the formula itself.
/// exp(x) - 6 is positive beyond 8, so exp(x) - 6x rises there from a positive value, and so do
/// exp(x) - 3x² and exp(x) - x³.
///
/// Between two levels factors of known sign are left out: powers of kernels such as exp(x), and
/// denominators. So a sum of products of powers and exponentials comes down to one of them, as each
/// derivative lowers the degree of what stands with the least exponential.
///
/// Used where the formula is differentiable any number of times on the open part and at the inner end.
final class EndPiece: Sendable {
  /// The greatest order of a derivative, and the size of its formula.
  private static let orderLimit = 16
  private static let sizeLimit = 1500

  private let symbol: Symbol
  private let state: Mutex<Levels>

  private struct Levels {
    var made: [Level] = []
    /// The formula of the level after those.
    var next: Expression?
  }

  private struct Level {
    let function: UnivariateFunction
    let program: Program
    /// Limits at the ends, where they were asked for.
    var limits: [Bool: Outcome] = [:]
  }

  /// The sign of a limit; ±1 for infinite ones too, nil where it is not known.
  private struct Outcome { let sign: Int? }

  /// - Returns: nil for formulas with corners or jumps, and where a procedure is applied.
  init?(_ formula: Expression, _ symbol: Symbol) {
    if formula.hasProcedures { return nil }
    for part in formula.postorder() {
      guard case .function(let function, _) = part.kind else { continue }
      switch function {
      case .abs, .sign, .min, .max, .re, .im, .conj, .arg, .atan2, .digamma: return nil
      default: break
      }
    }
    self.symbol = symbol
    state = Mutex(Levels(next: Self.stripped(formula) ?? formula))
  }

  /// The level of an order, made when it is first asked for; nil beyond the limits.
  private func level(_ order: Int) -> Level? {
    state.withLock { levels in
      while levels.made.count <= order {
        guard let part = levels.next, levels.made.count <= Self.orderLimit,
          part.treeSize <= Self.sizeLimit, let function = try? UnivariateFunction(part, of: symbol),
          let program = try? Program([part], inputs: [symbol])
        else { return nil }
        levels.made.append(Level(function: function, program: program))
        levels.next = (try? part.derivative(by: symbol)).map {
          Self.stripped($0) ?? $0.simplified()
        }
      }
      return levels.made[order]
    }
  }

  /// A polynomial over kernels with the sign of the formula everywhere; nil where there is none.
  private static func stripped(_ formula: Expression) -> Expression? {
    guard let form = try? NormalForm(formula), form.value.im.isZero, !form.value.re.isZero else {
      return nil
    }
    let prover = SignProver(form.basis)
    guard let below = prover.sign(of: form.value.re.denominator), below.isNonzero else {
      return nil
    }
    var top = form.value.re.numerator.primitivePart
    // The primitive part has a positive leading coefficient.
    var isNegative = form.value.re.numerator.leadingCoefficient.isNegative
    if below == .negative { isNegative.toggle() }
    for (index, generator) in form.basis.generators.enumerated() {
      guard generator.sign?.isNonzero == true else { continue }
      let variable = Polynomial.variable(index, of: form.basis.ring)
      while top.degree(in: index) > 0, let quotient = top.divided(by: variable) {
        top = quotient
        if generator.sign == .negative { isNegative.toggle() }
      }
    }
    let expression = form.basis.expression(top)
    return isNegative ? -expression : expression
  }

  /// Whether there is no root between an inner end and an outer one, which is not looked at itself.
  ///
  /// - Parameters:
  ///   - start: the inner end.
  ///   - outer: the other end; nil for infinity.
  ///   - isUpper: whether the outer end is the greater one.
  func hasNoRoot(from start: Rational, to outer: Rational?, isUpper: Bool) -> Bool {
    let box =
      isUpper ? UnivariateFunction.box(start, outer) : UnivariateFunction.box(outer, start)
    for order in 0...Self.orderLimit {
      guard let top = self.level(order) else { return false }
      guard var sign = signThroughout(top, box) else { continue }
      // Down again: each sign makes the level below monotone.
      for level in stride(from: order - 1, through: 0, by: -1) {
        // Rising toward the outer end?
        let rises = isUpper ? sign > 0 : sign < 0
        let atStart = self.level(level)?.function.sign(at: start, precisionLimit: 256)
        if let atStart, rises ? atStart >= 0 : atStart <= 0 {
          sign = rises ? 1 : -1
          continue
        }
        guard let limit = limitSign(level, outer, isUpper), rises ? limit <= 0 : limit >= 0 else {
          return false
        }
        sign = rises ? -1 : 1
      }
      return true
    }
    return false
  }

  /// The sign that all values on the part have; nil where the enclosure does not say.
  private func signThroughout(_ level: Level, _ box: Interval) -> Int? {
    // As sets: points outside the domain, of which the outer end may be one, are left out.
    guard let value = try? level.program.enclose([box], precision: 64)[0], value.isReal,
      !value.re.isEmpty
    else { return nil }
    if value.re.lower.signum > 0 { return 1 }
    return value.re.upper.signum < 0 ? -1 : nil
  }

  private func limitSign(_ level: Int, _ outer: Rational?, _ isUpper: Bool) -> Int? {
    guard let made = self.level(level) else { return nil }
    if let known = made.limits[isUpper] { return known.sign }
    let formula = made.function.formula
    let point: LimitPoint =
      switch (outer, isUpper) {
      case (nil, true): .infinity
      case (nil, false): .negativeInfinity
      case (let end?, true): .fromLeft(.rational(end))
      case (let end?, false): .fromRight(.rational(end))
      }
    var sign: Int?
    if formula.treeSize < 400, let limit = try? Limit.of(formula, as: symbol, to: point) {
      if limit == .infinity {
        sign = 1
      } else if limit == -.infinity {
        sign = -1
      } else if limit.freeSymbols.isEmpty, let function = try? UnivariateFunction(limit, of: symbol)
      {
        sign = function.sign(at: Rational.zero, precisionLimit: 512)
      }
    }
    let outcome = Outcome(sign: sign)
    state.withLock { $0.made[level].limits[isUpper] = outcome }
    return sign
  }
}
