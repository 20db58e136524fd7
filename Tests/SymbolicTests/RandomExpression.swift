import Exact
import TestSupport

@testable import Symbolic

/// Random expressions over three symbols, of every form, for tests of round trips.
struct RandomExpression {
  var generator: SeededGenerator
  static let symbols = [
    Symbol("x"), Symbol("gamma", .positive), Symbol("z_1", .complex),
  ]

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func next(depth: Int) -> Expression {
    if depth == 0 { return atom() }
    switch Int.random(in: 0..<9, using: &generator) {
    case 0: return atom()
    case 1, 2: return .sum(several(depth))
    case 3, 4: return .product(several(depth))
    case 5: return next(depth: depth - 1).power(next(depth: depth - 1))
    case 6: return next(depth: depth - 1) / next(depth: depth - 1)
    case 7: return -next(depth: depth - 1)
    default:
      let function = Function.allCases.randomElement(using: &generator) ?? .sqrt
      let count = function.arity.most ?? Int.random(in: 1...3, using: &generator)
      var arguments = (0..<count).map { _ in next(depth: depth - 1) }
      if function == .besselj { arguments[0] = .integer(Int.random(in: -3...3, using: &generator)) }
      return (try? .function(function, arguments)) ?? .zero
    }
  }

  private mutating func several(_ depth: Int) -> [Expression] {
    let count = Int.random(in: 0...4, using: &generator)
    return (0..<count).map { _ in next(depth: depth - 1) }
  }

  private mutating func atom() -> Expression {
    switch Int.random(in: 0..<8, using: &generator) {
    case 0, 1, 2:
      return .symbol(Self.symbols.randomElement(using: &generator) ?? Self.symbols[0])
    case 3: return .i
    case 4: return Bool.random(using: &generator) ? .pi : .infinity
    case 5:
      let q = Int.random(in: 1...4, using: &generator)
      let p = Int.random(in: -5...5, using: &generator)
      return .rational((try? Rational(Integer(p), Integer(q))) ?? 0)
    default: return .integer(Int.random(in: -3...3, using: &generator))
    }
  }
}
