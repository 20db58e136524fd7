import Exact
import Symbolic
import TestSupport

/// Random pairs of expressions that are equal, or that differ, by construction.
///
/// A pair is made of identities A = B with random arguments, put into one random context on both
/// sides; the context of the right side may be multiplied out. An unequal pair has a right side moved
/// by a quantity that vanishes nowhere, so that no numerical judgement is needed to know the answer.
struct RandomIdentity {
  enum Kind: String, CaseIterable {
    case algebraic, exponential, circular, mixed
  }

  struct Pair {
    let left: Expression
    let right: Expression
    let isEqual: Bool
  }

  private var random: SeededGenerator
  private let symbols: [Expression]
  private let isPositive: Bool
  private let kind: Kind

  init(seed: UInt64, kind: Kind) {
    random = SeededGenerator(seed: seed)
    self.kind = kind
    isPositive = Int.random(in: 0..<3, using: &random) > 0
    let domain: Domain = isPositive ? .positive : .real
    symbols = ["x", "y"].map { .symbol(Symbol($0, domain)) }
  }

  mutating func pair(isEqual: Bool) -> Pair {
    let (a, b) = identity()
    var (left, right) = (a, b)
    switch roll(5) {
    case 0:
      let (c, d) = identity()
      (left, right) = (a + c, b + d)
    case 1:
      let (c, d) = identity()
      (left, right) = (a * c, b * d)
    case 2:
      let p = positive()
      // (u + p)² against its three terms.
      (left, right) = ((a + p).power(2), b.power(2) + 2 * b * p + p.power(2))
    case 3:
      let p = real()
      (left, right) = (p * a + 1, 1 + b * p)
    default: break
    }
    if isEqual { return Pair(left: left, right: right, isEqual: true) }
    let size = Expression.rational(
      Rational(1 + roll(9)) * ((try? Rational(1, Integer.powerOfTen(UInt(roll(12))))) ?? 1))
    let shift = roll(2) == 0 ? size : size * (1 + symbols[roll(2)].power(2))
    return Pair(left: left, right: roll(2) == 0 ? right + shift : right - shift, isEqual: false)
  }

  private mutating func roll(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

  private mutating func number() -> Expression { .integer(1 + roll(7)) }

  private mutating func fraction() -> Expression {
    .rational((try? Rational(Integer(1 + roll(7)), Integer(1 + roll(4)))) ?? 1)
  }

  /// A real quantity.
  private mutating func real() -> Expression {
    let (x, y) = (symbols[0], symbols[1])
    switch roll(7) {
    case 0: return x
    case 1: return y
    case 2: return number() * x - fraction()
    case 3: return x + number() * y
    case 4: return x - y
    case 5: return x * y
    default: return x.power(2) - number()
    }
  }

  /// A quantity that is positive over the domain.
  private mutating func positive() -> Expression {
    let (x, y) = (symbols[0], symbols[1])
    guard isPositive else {
      switch roll(4) {
      case 0: return x.power(2) + number()
      case 1: return x.power(2) + y.power(2) + 1
      case 2: return fraction()
      default: return 1 + (x - y).power(2)
      }
    }
    switch roll(8) {
    case 0: return x
    case 1: return y
    case 2: return x + number()
    case 3: return x + number() * y
    case 4: return x * y
    case 5: return x / y
    case 6: return x.power(2) + 1
    default: return fraction()
    }
  }

  private mutating func identity() -> (Expression, Expression) {
    switch kind {
    case .algebraic: return algebraic()
    case .exponential: return exponential()
    case .circular: return circular()
    case .mixed:
      switch roll(3) {
      case 0: return algebraic()
      case 1: return exponential()
      default: return circular()
      }
    }
  }

  // MARK: Identities

  private func root(_ x: Expression, _ n: Int) -> Expression {
    x.power(.rational((try? Rational(1, Integer(n))) ?? 1))
  }

  private mutating func algebraic() -> (Expression, Expression) {
    let (p, q, a) = (positive(), positive(), real())
    let s = sqrt(p)
    switch roll(16) {
    case 0: return (s * sqrt(q), sqrt(p * q))
    case 1: return (sqrt(p / q), s / sqrt(q))
    case 2: return (sqrt(p + q + 2 * sqrt(p * q)), s + sqrt(q))
    case 3: return (sqrt(a.power(2)), abs(a))
    case 4: return (1 / (s + sqrt(p + 1)), sqrt(p + 1) - s)
    case 5: return (root(p, 2) * root(p, 3), root(p.power(5), 6))
    case 6: return (root(p.power(6), 3), p.power(2))
    case 7:
      let inner = p.power(3) + 3 * p * q + (3 * p.power(2) + q) * sqrt(q)
      return (root(inner, 3), p + sqrt(q))
    case 8: return (max(a, p), (a + p + abs(a - p)) / 2)
    case 9: return ((s + 1).power(3), p * s + 3 * p + 3 * s + 1)
    case 10:
      // √(p + √(p² - 1)) for p > 1, by p = 1 + q.
      let big = 1 + q
      return (
        sqrt(big + sqrt(big.power(2) - 1)), sqrt((big + 1) / 2) + sqrt((big - 1) / 2)
      )
    case 11: return (cbrt(a.power(3) * p), a * cbrt(p))
    case 12: return (sqrt(p + 1 - 2 * s), abs(s - 1))
    case 13:
      let t = root(p, 3)
      return (1 / (t + 2), (t.power(2) - 2 * t + 4) / (p + 8))
    case 14: return (sqrt(s), root(p, 4))
    default:
      return (sqrt(p + sqrt(p.power(2) + 1)) * sqrt(sqrt(p.power(2) + 1) - p), .one)
    }
  }

  private mutating func exponential() -> (Expression, Expression) {
    let (p, q, a, b) = (positive(), positive(), real(), real())
    switch roll(14) {
    case 0: return (exp(a) * exp(b), exp(a + b))
    case 1: return (log(exp(a)), a)
    case 2: return (exp(log(p) * 2), p.power(2))
    case 3: return (log(p * q), log(p) + log(q))
    case 4: return (log(p.power(3) / q), 3 * log(p) - log(q))
    case 5: return (p.power(a) * p.power(b), p.power(a + b))
    case 6: return (cosh(a).power(2) - sinh(a).power(2), .one)
    case 7: return (tanh(a), (exp(2 * a) - 1) / (exp(2 * a) + 1))
    case 8: return (cosh(a + b), cosh(a) * cosh(b) + sinh(a) * sinh(b))
    case 9: return (tanh(a / 2), sinh(a) / (1 + cosh(a)))
    case 10: return (log(sqrt(p)), log(p) / 2)
    case 11: return (sqrt(exp(a)), exp(a / 2))
    case 12: return (p.power(a).power(b), p.power(a * b))
    default: return (log(1 + exp(a)), a + log(1 + exp(-a)))
    }
  }

  private mutating func circular() -> (Expression, Expression) {
    let (a, b) = (real(), real())
    switch roll(14) {
    case 0: return (sin(a + b), sin(a) * cos(b) + cos(a) * sin(b))
    case 1: return (cos(2 * a), 1 - 2 * sin(a).power(2))
    case 2: return (sin(3 * a), 3 * sin(a) - 4 * sin(a).power(3))
    case 3: return (sin(a) * cos(b), (sin(a + b) + sin(a - b)) / 2)
    case 4: return (cos(a), (exp(.i * a) + exp(-.i * a)) / 2)
    case 5: return (sin(a).power(2) + cos(a).power(2), .one)
    case 6: return (cos(a / 2).power(2), (1 + cos(a)) / 2)
    case 7: return (tan(a), sin(2 * a) / (1 + cos(2 * a)))
    case 8: return (cos(a + .pi / 3), cos(a) / 2 - sqrt(3) * sin(a) / 2)
    case 9: return (sin(.pi / 12), (sqrt(6) - sqrt(2)) / 4)
    case 10: return (sin(a + .pi / 2), cos(a))
    case 11: return (1 + tan(a).power(2), 1 / cos(a).power(2))
    case 12: return (abs(cos(a) + .i * sin(a)), .one)
    default:
      let n = Expression.integer(2 + roll(3))
      return (exp(.i * n * a), (cos(a) + .i * sin(a)).power(n))
    }
  }
}
