import Exact
import Testing

@testable import Symbolic

struct ExpressionTests {
  let x = Symbol("x")
  let y = Symbol("y", .positive)

  @Test func swiftOperatorsSayWhatTheTextSays() throws {
    let built = 2 * x.power(2) / 3 - sqrt(y.expression) * (x + 1) + max(0, -x)
    let text = try Expression("2*x^2/3 - sqrt(y)*(x + 1) + max(0, -x)", symbols: [x, y])
    #expect(built == text)
    #expect(built.hashValue == text.hashValue)
  }

  @Test func aSymbolIsItsNameAndItsDomain() {
    #expect(Symbol("x", .real) != Symbol("x", .positive))
    #expect(Expression.symbol("x", .real) != .symbol("x", .positive))
    #expect(Symbol.isName("λ_1") && !Symbol.isName("1x") && !Symbol.isName("with"))
    #expect(!Symbol.isName("a b") && !Symbol.isName("") && !Symbol.isName("a "))
  }

  @Test func substitutionIsSimultaneous() throws {
    let expression = try Expression("x*y^2 + sin(x)", symbols: [x, y])
    let swapped = expression.substituting([x: y.expression, y: x.expression])
    #expect(swapped.description == "y*x^2 + sin(y)")
    let numbers = try Expression("x*2 + x^2", symbols: [x]).substituting([x: 3])
    #expect(numbers == 15)
  }

  @Test func unchangedPartsStayShared() throws {
    let expression = try Expression("sin(y) + x", symbols: [x, y])
    let changed = expression.substituting([x: 5])
    #expect(changed.operands[0].node === expression.operands[0].node)
    #expect(expression.substituting([Symbol("z"): 5]).node === expression.node)
  }

  @Test func symbolsAndParts() throws {
    let expression = try Expression("x*y + sin(x)", symbols: [x, y])
    #expect(expression.freeSymbols == [x, y])
    #expect(expression.contains(x) && !expression.contains(Symbol("z")))
    #expect(expression.contains(sin(x.expression)))
  }

  /// The order is total and the same in each run, so a sorted list has one form.
  @Test func order() {
    var expressions: [Expression] = []
    for seed in 0..<200 {
      var random = RandomExpression(seed: UInt64(seed))
      expressions.append(random.next(depth: 3))
    }
    let sorted = expressions.sorted { $0.precedes($1) }
    #expect(sorted == expressions.reversed().sorted { $0.precedes($1) })
    for (a, b) in zip(sorted, sorted.dropFirst()) {
      #expect(a.precedes(b) || a == b)
      #expect(!b.precedes(a))
    }
    let ladder: [Expression] = [2, .i, .pi, x.expression, x + 1, 2 * x.expression, sqrt(2)]
    #expect(zip(ladder, ladder.dropFirst()).allSatisfy { $0.precedes($1) })
  }

  @Test func sharedPartsAreVisitedOnce() throws {
    // Written out, this has 2^200 parts.
    var a = x.expression
    var b = x.expression
    for _ in 0..<200 {
      a = sin(a) * cos(a)
      b = sin(b) * cos(b)
    }
    #expect(a.treeSize == .max)
    #expect(a.nodeCount == 601)
    #expect(a == b)
    #expect(!a.precedes(b))
    #expect(a.substituting([x: y.expression]).freeSymbols == [y])
    #expect(try a.derivative(by: x).nodeCount < 5_000)
    #expect(throws: SymbolicError.self) { try a.text() }
    #expect(a.description.hasPrefix("<an expression of"))
  }

  @Test func aDeepTreeIsNoStackOverflow() throws {
    let depth = 50_000
    var a = x.expression
    var b = x.expression
    for _ in 0..<depth {
      a = sqrt(1 + a)
      b = sqrt(1 + b)
    }
    #expect(a.depth == 2 * depth + 1)
    #expect(a == b)
    #expect(a.freeSymbols == [x])
    #expect(a.substituting([x: 1]).freeSymbols.isEmpty)
    #expect(try a.text().utf8.count == depth * "sqrt(1 + )".utf8.count + 1)
    #expect(try a.latex().utf8.count > depth)
    _ = try a.derivative(by: x)
  }

  @Test func aLongSumIsRead() throws {
    let text = (0..<100_000).map { "\($0 % 7 + 1)*x^\($0 % 50 + 2)" }.joined(separator: " - ")
    let sum = try Expression(text)
    #expect(sum.operands.count == 100_000)
    #expect(try sum.text() == text.replacing("1*", with: ""))
    _ = try sum.derivative(by: x)
  }

  @Test func wrongArity() {
    #expect(throws: SymbolicError.wrongArity(function: .sqrt, given: 2)) {
      try Expression.function(.sqrt, [1, 2])
    }
  }
}

struct DomainTests {
  @Test(
    arguments: [
      (Domain.positive, "positive", [1], [0, -1]), (.nonnegative, "nonnegative", [0, 1], [-1]),
      (.negative, "negative", [-1], [0, 1]), (.real, "real", [-1, 0, 1], []),
      (.complex, "complex", [-1, 0, 1], []), (.nonpositive, "nonpositive", [-1, 0], [1]),
    ] as [(Domain, String, [Rational], [Rational])])
  func named(_ domain: Domain, _ name: String, _ inside: [Rational], _ outside: [Rational]) {
    #expect(domain.description == name)
    #expect(inside.allSatisfy(domain.contains))
    #expect(!outside.contains(where: domain.contains))
  }

  @Test func intervals() throws {
    let domain = try Domain.interval(.open(0), .closed(1))
    #expect(domain.description == "(0, 1]")
    #expect(domain.contains(1) && !domain.contains(0) && !domain.contains(2))
    #expect(domain.isPositive && domain.isNonnegative && domain.excludesZero)
    let point = try Domain.interval(.closed(2), .closed(2))
    #expect(point.contains(2) && !point.contains(3) && !point.contains(1))
    let closed = try Domain.interval(.closed(0), .closed(1))
    #expect(closed.contains(0) && closed.contains(1) && !closed.isPositive)
    #expect(try Domain.interval(.open(0), .unbounded) == .positive)
    #expect(throws: SymbolicError.emptyDomain("(1, 1]")) {
      try Domain.interval(.open(1), .closed(1))
    }
    #expect(throws: SymbolicError.self) { try Domain.interval(.closed(1), .closed(0)) }
  }

  @Test func finiteSets() throws {
    let domain = try Domain.finite([1, 0, 1])
    #expect(domain.description == "{0, 1}")
    #expect(try domain == Domain.finite([0, 1]))
    #expect(domain.contains(0) && !domain.contains(2) && domain.isNonnegative)
    #expect(throws: SymbolicError.self) { try Domain.finite([]) }
  }
}
