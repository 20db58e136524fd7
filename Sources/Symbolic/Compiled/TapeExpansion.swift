import Arbitrary
import Exact

/// The operations of an ``Arrangement`` in terms of the few that a ``Tape`` has, equal ones shared.
struct TapeExpansion {
  struct Node: Hashable {
    enum Kind: Hashable {
      case input(Int)
      case constant(Int)
      case operation(Tape.Operation, immediate: Int32)
    }
    let kind: Kind
    var first = 0
    var second: Int?

    var isComputed: Bool { if case .operation = kind { true } else { false } }
    var operands: [Int] { isComputed ? [first] + (second.map { [$0] } ?? []) : [] }
  }

  private let arrangement: Arrangement
  private let exponents: [Rational]
  private(set) var constants: [Tape.Constant] = []
  private(set) var outputs: [Int] = []
  private(set) var nodes: [Node] = []
  private var places: [Node: Int] = [:]
  private var constantPlaces: [Tape.Constant: Int] = [:]
  /// Where the value of a node of the arrangement is, up to a sign that costs nothing until a function
  /// needs the value itself.
  private var images: [Int: Signed] = [:]

  private struct Signed {
    var place: Int
    var isNegative = false
  }

  /// - Parameter exponents: the numbers to which rational powers refer.
  init?(_ arrangement: Arrangement, exponents: [Rational]) {
    self.arrangement = arrangement
    self.exponents = exponents
    guard expandAll() else { return nil }
    outputs = arrangement.outputs.map { image($0) }
  }

  /// Operands before the nodes that need them, without recursion: formulas may be deep.
  private mutating func expandAll() -> Bool {
    var pending = Array(arrangement.outputs.reversed())
    while let place = pending.last {
      if images[place] != nil {
        pending.removeLast()
        continue
      }
      let missing = arrangement.operands(of: arrangement[place]).filter { images[$0] == nil }
      if missing.isEmpty {
        guard let image = expand(arrangement[place]) else { return false }
        images[place] = image
        pending.removeLast()
      } else {
        pending += missing.reversed()
      }
    }
    return true
  }

  /// Where the value of a node is, its sign put in.
  private mutating func image(_ place: Int) -> Int {
    guard let image = images[place] else { return 0 }
    guard image.isNegative else { return image.place }
    let negative: Int
    if case .operation(.scale, let k) = nodes[image.place].kind {
      negative = operation(.scaleNegated, nodes[image.place].first, nil, k)
    } else {
      negative = operation(.negate, image.place)
    }
    images[place] = Signed(place: negative)
    return negative
  }

  private mutating func node(_ kind: Node.Kind, _ first: Int = 0, _ second: Int? = nil) -> Int {
    let node = Node(kind: kind, first: first, second: second)
    if let known = places[node] { return known }
    places[node] = nodes.count
    nodes.append(node)
    return nodes.count - 1
  }

  private mutating func operation(
    _ operation: Tape.Operation, _ first: Int, _ second: Int? = nil, _ immediate: Int32 = 0
  ) -> Int {
    node(.operation(operation, immediate: immediate), first, second)
  }

  private mutating func constant(_ value: Tape.Constant) -> Int {
    let place = constantPlaces[value] ?? constants.count
    if place == constants.count {
      constantPlaces[value] = place
      constants.append(value)
    }
    return node(.constant(place))
  }

  private mutating func number(_ value: Rational) -> Int { constant(.number(value)) }

  private mutating func expand(_ node: Arrangement.Node) -> Signed? {
    switch node {
    case .sum(let terms): return sum(terms)
    case .product(let factors, let guards): return product(factors, guards)
    default: return expandFunction(node).map { Signed(place: $0) }
    }
  }

  private mutating func expandFunction(_ node: Arrangement.Node) -> Int? {
    switch node {
    case .input(let k): return self.node(.input(k))
    case .pi: return constant(.pi)
    case .sum, .product: return nil
    case .integerPower(let a, let n):
      guard let exponent = Int32(exactly: n) else { return nil }
      return operation(.integerPower, image(a), nil, exponent)
    case .rationalPower(let a, let index): return power(image(a), exponent: index)
    case .power(let a, let b): return operation(.power, image(a), image(b))
    case .atan2(let y, let x): return operation(.atan2, image(y), image(x))
    case .besselJ(let order, let a):
      guard let order = Int32(exactly: order) else { return nil }
      return operation(.besselJ, image(a), nil, order)
    case .minimum(let a, let b): return operation(.minimum, image(a), image(b))
    case .maximum(let a, let b): return operation(.maximum, image(a), image(b))
    case .apply(let function, let a):
      switch function {
      case .sqrt: return operation(.squareRoot, image(a))
      case .exp: return operation(.exponential, image(a))
      case .log: return operation(.logarithm, image(a))
      case .abs: return operation(.absolute, images[a]?.place ?? 0)
      default:
        guard let index = Function.allCases.firstIndex(of: function) else { return nil }
        return operation(.function, image(a), nil, Int32(index))
      }
    }
  }

  // MARK: - Sums

  /// Terms with the same coefficient up to its sign are added before they are multiplied with it, those
  /// with powers of two are scaled.
  private mutating func sum(_ terms: [Arrangement.Term]) -> Signed {
    var groups: [Rational: [Signed]] = [:]
    var order: [Rational] = []
    var constantTerm: Rational?
    for term in terms {
      if case .product([], guards: []) = arrangement[term.node] {
        constantTerm = term.coefficient
        continue
      }
      let size = term.coefficient.magnitude
      if groups[size] == nil { order.append(size) }
      guard var part = images[term.node] else { continue }
      if term.coefficient.isNegative { part.isNegative.toggle() }
      groups[size, default: []].append(part)
    }
    var parts: [Signed] = []
    for size in order {
      guard let group = groups[size] else { continue }
      if size == 1 {
        parts += group
      } else {
        let inner = accumulate(group)
        parts.append(Signed(place: multiple(inner.place, size), isNegative: inner.isNegative))
      }
    }
    if let constantTerm {
      parts.append(
        Signed(place: number(constantTerm.magnitude), isNegative: constantTerm.isNegative))
    }
    return accumulate(parts)
  }

  /// The sum of parts up to its sign, begun with a positive one where there is any.
  private mutating func accumulate(_ parts: [Signed]) -> Signed {
    guard let start = parts.firstIndex(where: { !$0.isNegative }) ?? parts.indices.first else {
      return Signed(place: number(0))
    }
    var total = parts[start]
    for (index, part) in parts.enumerated() where index != start {
      total.place = operation(
        part.isNegative == total.isNegative ? .add : .subtract, total.place, part.place)
    }
    return total
  }

  private mutating func multiple(_ place: Int, _ coefficient: Rational) -> Int {
    if let k = Self.logarithm(coefficient) { return operation(.scale, place, nil, k) }
    return operation(.multiply, place, number(coefficient))
  }

  /// The k with value = 2^k, for k of moderate size.
  private static func logarithm(_ value: Rational) -> Int32? {
    guard !value.isNegative, !value.isZero else { return nil }
    let (p, q) = (value.numerator, value.denominator)
    guard p.bitWidth < 1000, q.bitWidth < 1000 else { return nil }
    if p == 1, q == Integer(1) << (q.bitWidth - 1) { return -Int32(q.bitWidth - 1) }
    if q == 1, p == Integer(1) << (p.bitWidth - 1) { return Int32(p.bitWidth - 1) }
    return nil
  }

  // MARK: - Products

  private mutating func product(
    _ factors: [Arrangement.Factor], _ guards: [Int]
  ) -> Signed {
    var numerator: Int?
    var denominator: Int?
    var isNegative = false
    for factor in factors {
      guard let base = images[factor.node] else { continue }
      if base.isNegative, factor.exponent % 2 != 0 { isNegative.toggle() }
      let power = power(base.place, factor.exponent.magnitude)
      if factor.exponent > 0 {
        numerator = numerator.map { multiply($0, power) } ?? power
      } else {
        denominator = denominator.map { multiply($0, power) } ?? power
      }
    }
    var result = numerator ?? number(1)
    if let denominator { result = operation(.divide, result, denominator) }
    for divisor in guards {
      result = operation(.guardNonzero, result, images[divisor]?.place ?? 0)
    }
    return Signed(place: result, isNegative: isNegative)
  }

  private mutating func multiply(_ a: Int, _ b: Int) -> Int {
    a == b ? operation(.square, a) : operation(.multiply, min(a, b), max(a, b))
  }

  /// Products by repeated squaring.
  private mutating func power(_ a: Int, _ n: UInt) -> Int {
    var result: Int?
    var square = a
    var rest = n
    while rest > 0 {
      if rest & 1 != 0 { result = result.map { multiply($0, square) } ?? square }
      rest >>= 1
      if rest > 0 { square = operation(.square, square) }
    }
    return result ?? number(1)
  }

  /// Halves of integers by a square root of the base, the general road for others.
  private mutating func power(_ a: Int, exponent index: Int) -> Int? {
    let exponent = exponents[index]
    if exponent.denominator == 2, let n = exponent.numerator.word, n.magnitude < 64 {
      let power = power(operation(.squareRoot, a), n.magnitude)
      return n > 0 ? power : operation(.divide, number(1), power)
    }
    guard let place = Int32(exactly: index) else { return nil }
    return operation(.rationalPower, a, nil, place)
  }
}
