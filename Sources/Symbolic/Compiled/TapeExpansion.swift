import Arbitrary
import Exact

/// The operations of a program in terms of the few that a ``Tape`` has, with equal ones shared.
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

  private let program: Program
  private(set) var constants: [Tape.Constant] = []
  private(set) var outputs: [Int] = []
  private var nodes: [Node] = []
  private var places: [Node: Int] = [:]
  private var constantPlaces: [Tape.Constant: Int] = [:]

  init(_ program: Program) { self.program = program }

  /// The nodes, operands before their readers; nil where the program needs complex numbers.
  mutating func run() -> [Node]? {
    var images: [Int] = []
    for step in program.steps {
      guard let image = expand(step, images) else { return nil }
      images.append(image)
    }
    return prune(program.outputs.map { images[$0] })
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

  private func number(_ place: Int) -> Rational? {
    guard case .constant(let k) = nodes[place].kind, case .number(let value) = constants[k] else {
      return nil
    }
    return value
  }

  private mutating func expand(_ step: Program.Step, _ images: [Int]) -> Int? {
    switch step {
    case .input(let k): return node(.input(k))
    case .constant(let k): return constant(.number(program.constants[k]))
    case .imaginaryUnit: return nil
    case .pi: return constant(.pi)
    case .add(let a, let b): return operation(.add, images[a], images[b])
    case .subtract(let a, let b): return operation(.subtract, images[a], images[b])
    case .multiply(let a, let b): return multiply(images[a], images[b])
    case .divide(let a, let b):
      if let value = number(images[b]), let k = Self.logarithm(value) {
        return scale(images[a], -k)
      }
      return operation(.divide, images[a], images[b])
    case .negate(let a): return operation(.negate, images[a])
    case .integerPower(let a, let n): return power(images[a], n)
    case .rationalPower(let a, let index): return power(images[a], exponent: index)
    case .power(let a, let b): return operation(.power, images[a], images[b])
    case .atan2(let y, let x): return operation(.atan2, images[y], images[x])
    case .besselJ(let order, let a):
      guard let order = Int32(exactly: order) else { return nil }
      return operation(.besselJ, images[a], nil, order)
    case .minimum(let a, let b): return operation(.minimum, images[a], images[b])
    case .maximum(let a, let b): return operation(.maximum, images[a], images[b])
    case .apply(let function, let a): return apply(function, images[a])
    }
  }

  private mutating func apply(_ function: Function, _ a: Int) -> Int? {
    switch function {
    case .sqrt: return operation(.squareRoot, a)
    case .exp: return operation(.exponential, a)
    case .log: return operation(.logarithm, a)
    case .abs: return operation(.absolute, a)
    case .re, .conj: return a
    case .im: return constant(.number(0))
    default:
      guard let index = Function.allCases.firstIndex(of: function) else { return nil }
      return operation(.function, a, nil, Int32(index))
    }
  }

  private mutating func multiply(_ a: Int, _ b: Int) -> Int {
    if let value = number(a), let k = Self.logarithm(value) { return scale(b, k) }
    if let value = number(b), let k = Self.logarithm(value) { return scale(a, k) }
    return a == b ? operation(.square, a) : operation(.multiply, a, b)
  }

  private mutating func scale(_ a: Int, _ k: Int32) -> Int {
    k == 0 ? a : operation(.scale, a, nil, k)
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

  /// Products by repeated squaring for exponents of one to six bits, the general road for others.
  private mutating func power(_ a: Int, _ n: Int) -> Int? {
    if n == 0 { return constant(.number(1)) }
    if n == 1 { return a }
    guard n.magnitude < 64 else {
      guard let exponent = Int32(exactly: n) else { return nil }
      return operation(.integerPower, a, nil, exponent)
    }
    var result: Int?
    var square = a
    var rest = n.magnitude
    while true {
      if rest & 1 != 0 { result = result.map { multiply($0, square) } ?? square }
      rest >>= 1
      if rest == 0 { break }
      square = operation(.square, square)
    }
    let power = result ?? a
    return n > 0 ? power : operation(.divide, constant(.number(1)), power)
  }

  /// Halves of integers by a square root of the base, the general road for others.
  private mutating func power(_ a: Int, exponent index: Int) -> Int? {
    let exponent = program.constants[index]
    if exponent.denominator == 2, let n = exponent.numerator.word {
      return power(operation(.squareRoot, a), n)
    }
    guard let place = Int32(exactly: index) else { return nil }
    return operation(.rationalPower, a, nil, place)
  }

  /// Leaves out what no output needs.
  private mutating func prune(_ roots: [Int]) -> [Node] {
    var isUsed = [Bool](repeating: false, count: nodes.count)
    for root in roots { isUsed[root] = true }
    for index in nodes.indices.reversed() where isUsed[index] {
      for operand in nodes[index].operands { isUsed[operand] = true }
    }
    var images = [Int](repeating: 0, count: nodes.count)
    var result: [Node] = []
    for (index, node) in nodes.enumerated() where isUsed[index] {
      images[index] = result.count
      var moved = node
      moved.first = node.isComputed ? images[node.first] : 0
      moved.second = node.second.map { images[$0] }
      result.append(moved)
    }
    outputs = roots.map { images[$0] }
    return result
  }
}
