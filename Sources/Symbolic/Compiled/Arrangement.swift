import Exact

/// A program as sums and products of any number of operands, in which its operations are rearranged to
/// cost less before they are scheduled (``Tape``).
///
/// Nodes are stored once each and refer to earlier ones. A sum has rational coefficients and no sums
/// with coefficient ±1 among its terms, a product has integer exponents and no products among its
/// factors; a rational factor of a product is the coefficient of a sum of one term.
///
/// What is done, each an identity of real numbers wherever the original has a value:
///
/// - exponentials of arguments that are rational multiples of each other become powers of one;
/// - factors that terms of a sum have in common are drawn out, those of all terms first;
/// - denominators inside a sum that is itself a divisor move to the dividend;
/// - pairs of factors or terms that several products or sums have in common are computed once.
///
/// Where an original divisor no longer divides, the product keeps it as a *guard*: the value is not
/// defined where it is zero, and the schedule says so. The rest changes rounding errors only.
struct Arrangement {
  struct Term: Hashable {
    var coefficient: Rational
    var node: Int
  }

  struct Factor: Hashable {
    var node: Int
    var exponent: Int
  }

  enum Node: Hashable {
    case input(Int)
    case pi
    /// The number 1 is the product without factors.
    case sum([Term])
    case product([Factor], guards: [Int])
    case apply(Function, Int)
    case integerPower(Int, Int)
    case rationalPower(Int, constant: Int)
    case power(Int, Int)
    case atan2(Int, Int)
    case besselJ(order: Int, Int)
    case minimum(Int, Int)
    case maximum(Int, Int)
  }

  private(set) var nodes: [Node] = []
  private var places: [Node: Int] = [:]
  private var facts: [(isNonzero: Bool, isTotal: Bool)] = []
  private(set) var outputs: [Int] = []
  /// What nodes became when pairs of their operands were shared (``sharePairs()``); these may refer to
  /// later nodes.
  var arranged: [Int: Node] = [:]

  /// Exponentials by their argument: e^argument as a power of a shared one.
  private var sharedExponentials: [Int: Factor] = [:]

  /// The largest power that stands for an exponential: a greater one multiplies the error too much.
  private static let largestPower = 32

  /// The arrangement of a program; nil where it needs complex numbers.
  init?(_ program: Program) {
    guard let first = build(program) else { return nil }
    if findSharedExponentials(first) {
      guard let second = build(program) else { return nil }
      outputs = second
    } else {
      outputs = first
    }
    sharePairs()
  }

  /// A node in its final form.
  subscript(_ place: Int) -> Node { arranged[place] ?? nodes[place] }

  mutating func intern(_ node: Node) -> Int {
    if let known = places[node] { return known }
    places[node] = nodes.count
    facts.append(facts(of: node))
    nodes.append(node)
    return nodes.count - 1
  }

  var one: Int { mutating get { intern(.product([], guards: [])) } }

  // MARK: - From a program

  private mutating func build(_ program: Program) -> [Int]? {
    var images: [Int] = []
    for step in program.steps {
      let image: Int
      switch step {
      case .input(let k): image = intern(.input(k))
      case .constant(let k): image = sum([Term(coefficient: program.constants[k], node: one)])
      case .imaginaryUnit: return nil
      case .pi: image = intern(.pi)
      case .add(let a, let b): image = add(images[a], images[b], 1)
      case .subtract(let a, let b): image = add(images[a], images[b], -1)
      case .negate(let a): image = sum([Term(coefficient: -1, node: images[a])])
      case .multiply(let a, let b):
        image = product([
          Factor(node: images[a], exponent: 1), Factor(node: images[b], exponent: 1),
        ])
      case .divide(let a, let b):
        image = product([
          Factor(node: images[a], exponent: 1), Factor(node: images[b], exponent: -1),
        ])
      case .integerPower(let a, let n):
        image =
          n.magnitude <= 64 && (n != 0 || isTotal(images[a]))
          ? product([Factor(node: images[a], exponent: n)]) : intern(.integerPower(images[a], n))
      case .rationalPower(let a, let k): image = intern(.rationalPower(images[a], constant: k))
      case .power(let a, let b): image = intern(.power(images[a], images[b]))
      case .atan2(let y, let x): image = intern(.atan2(images[y], images[x]))
      case .besselJ(let order, let a): image = intern(.besselJ(order: order, images[a]))
      // Its arguments and values go through the program, as rectangles.
      case .call: return nil
      case .minimum(let a, let b): image = intern(.minimum(images[a], images[b]))
      case .maximum(let a, let b): image = intern(.maximum(images[a], images[b]))
      case .apply(let function, let a):
        switch function {
        case .re, .conj: image = images[a]
        case .im: image = isTotal(images[a]) ? sum([]) : intern(.apply(.im, images[a]))
        case .exp where sharedExponentials[images[a]] != nil:
          image = product([sharedExponentials[images[a]] ?? Factor(node: one, exponent: 1)])
        default: image = intern(.apply(function, images[a]))
        }
      }
      images.append(image)
    }
    return program.outputs.map { images[$0] }
  }

  /// Finds arguments of exponentials that are multiples of each other.
  private mutating func findSharedExponentials(_ roots: [Int]) -> Bool {
    var groups: [Int: [(argument: Int, multiple: Rational)]] = [:]
    var order: [Int] = []
    for place in reachable(roots) {
      guard case .apply(.exp, let argument) = nodes[place] else { continue }
      let (content, primitive) = split(argument)
      if content.isZero { continue }
      if groups[primitive] == nil { order.append(primitive) }
      groups[primitive, default: []].append((argument, content))
    }
    for primitive in order {
      guard let group = groups[primitive], group.count > 1 else { continue }
      let unit = group.dropFirst().reduce(group[0].multiple.magnitude) {
        Self.commonMeasure($0, $1.multiple.magnitude)
      }
      var factors: [(Int, Int)] = []
      for (argument, multiple) in group {
        guard let quotient = try? multiple / unit, quotient.isInteger,
          let exponent = quotient.numerator.word, exponent.magnitude <= Self.largestPower
        else {
          factors = []
          break
        }
        factors.append((argument, exponent))
      }
      if factors.isEmpty { continue }
      let base = intern(.apply(.exp, sum([Term(coefficient: unit, node: primitive)])))
      for (argument, exponent) in factors {
        sharedExponentials[argument] = Factor(node: base, exponent: exponent)
      }
    }
    return !sharedExponentials.isEmpty
  }

  /// The greatest rational of which both are whole multiples.
  private static func commonMeasure(_ a: Rational, _ b: Rational) -> Rational {
    let numerator = Integer.gcd(a.numerator * b.denominator, b.numerator * a.denominator)
    return (try? Rational(numerator, a.denominator * b.denominator)) ?? a
  }

  /// The nodes that the roots need, operands first.
  func reachable(_ roots: [Int]) -> [Int] {
    var isNeeded = [Bool](repeating: false, count: nodes.count)
    for root in roots { isNeeded[root] = true }
    for place in nodes.indices.reversed() where isNeeded[place] {
      for operand in operands(of: place) { isNeeded[operand] = true }
    }
    return nodes.indices.filter { isNeeded[$0] }
  }

  func operands(of place: Int) -> [Int] { operands(of: nodes[place]) }

  func operands(of node: Node) -> [Int] {
    switch node {
    case .input, .pi: []
    case .sum(let terms): terms.map(\.node)
    case .product(let factors, let guards): factors.map(\.node) + guards
    case .apply(_, let a), .integerPower(let a, _), .rationalPower(let a, _), .besselJ(_, let a):
      [a]
    case .power(let a, let b), .atan2(let a, let b), .minimum(let a, let b), .maximum(let a, let b):
      [a, b]
    }
  }

  // MARK: - What is known of values

  /// Whether a node is never zero, whatever the inputs.
  func isNonzero(_ place: Int) -> Bool { facts[place].isNonzero }

  /// Whether a node surely has a real value at every point.
  func isTotal(_ place: Int) -> Bool { facts[place].isTotal }

  private func facts(of node: Node) -> (isNonzero: Bool, isTotal: Bool) {
    let areTotal = operands(of: node).allSatisfy { facts[$0].isTotal }
    switch node {
    case .pi: return (true, true)
    case .product(let factors, let guards):
      return (
        factors.allSatisfy { facts[$0.node].isNonzero },
        areTotal && guards.isEmpty
          && factors.allSatisfy { $0.exponent > 0 || facts[$0.node].isNonzero }
      )
    case .apply(let function, _):
      switch function {
      case .exp: return (true, areTotal)
      case .expm1, .sin, .cos, .atan, .sinh, .cosh, .tanh, .asinh, .abs, .sign, .cbrt:
        return (false, areTotal)
      default: return (false, false)
      }
    case .integerPower(_, let n): return (false, n >= 0 && areTotal)
    case .input, .sum, .minimum, .maximum, .besselJ: return (false, areTotal)
    case .rationalPower, .power, .atan2: return (false, false)
    }
  }
}
