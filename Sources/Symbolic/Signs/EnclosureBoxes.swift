import Algebra
import Arbitrary
import Exact

/// Decides the sign of any expression by enclosures over boxes that cover the domain.
///
/// A box is done where an assumption surely fails on it, or where the relation is shown on it: by the
/// enclosure of the values, or by monotony. Where a partial derivative is not negative on a box, the
/// values are not below those on the lower face, which are looked at in turn; the derivative is
/// treated in the same way, so that zeros of higher order at an end of the domain, as that of
/// exp(x) - 1 - x at 0, are dealt with. A box whose centre surely fails refutes the relation, others
/// are cut in two.
struct EnclosureBoxes {
  /// A product of closed intervals between rational numbers, nil for no end, and whether the end faces
  /// belong to the set in question.
  struct Box: Sendable {
    var lower: [Rational?]
    var upper: [Rational?]
    var hasLower: [Bool]
    var hasUpper: [Bool]

    /// The range of a symbol.
    func range(_ index: Int) -> RationalRange {
      let low = lower[index].map { hasLower[index] ? RationalRange.Bound.closed($0) : .open($0) }
      let high = upper[index].map { hasUpper[index] ? RationalRange.Bound.closed($0) : .open($0) }
      return RationalRange(lower: low ?? .unbounded, upper: high ?? .unbounded)
    }
  }

  enum Result {
    case proved(boxes: Int)
    case refuted([Rational], Interval)
    case open([Box], reason: String)
  }

  private let expression: Expression
  /// Whether ``expression`` is minus the one asked about.
  private let isNegated: Bool
  private let symbols: [Symbol]
  private let relation: SignRelation
  private let assumptions: [(program: Program, relation: SignRelation)]
  private let limits: SignLimits
  private let precision = 64

  /// - Throws: ``SymbolicError`` where an expression cannot be compiled.
  init(
    _ expression: Expression, _ relation: SignRelation, assuming list: [SignAssumption],
    symbols: [Symbol], limits: SignLimits
  ) throws(SymbolicError) {
    self.symbols = symbols
    self.limits = limits
    // f < 0 is -f > 0.
    isNegated = relation == .negative || relation == .nonpositive
    self.expression = isNegated ? -expression : expression
    switch relation {
    case .negative: self.relation = .positive
    case .nonpositive: self.relation = .nonnegative
    default: self.relation = relation
    }
    var assumptions: [(program: Program, relation: SignRelation)] = []
    for assumption in list {
      assumptions.append(
        (try Program([assumption.expression], inputs: symbols), assumption.relation))
    }
    self.assumptions = assumptions
  }

  // MARK: Search

  func run() throws(SymbolicError) -> Result {
    let program = try Program([expression], inputs: symbols)
    guard let start = start() else {
      return .open([], reason: "a domain is no interval")
    }
    var queue = [start]
    var next = 0
    var effort = 4000
    while next < queue.count {
      let box = queue[next]
      next += 1
      if next > min(limits.boxes, 20_000) {
        return .open(Array(queue[(next - 1)...]), reason: "not decided with \(next - 1) boxes")
      }
      if WorkBudget.isExhausted {
        return .open(
          Array(queue[(next - 1)...]), reason: "the work allowed for one question is done")
      }
      if isOutside(box) { continue }
      let isStrict = relation.isOpen
      if relation == .nonzero {
        if let value = enclose(program, box), !value.containsZero { continue }
      } else if relation != .zero {
        if holds(program, box, isStrict) { continue }
        if effort > 0, next <= 64 || touchesEnd(box),
          shows(expression, box, isStrict, depth: 3, &effort)
        {
          continue
        }
      }
      if let (point, value) = counterexample(program, box) { return .refuted(point, value) }
      guard let halves = halves(box) else {
        return .open(Array(queue[(next - 1)...]), reason: "not decided with boxes this small")
      }
      queue += halves
    }
    return .proved(boxes: next)
  }

  private func start() -> Box? {
    var box = Box(lower: [], upper: [], hasLower: [], hasUpper: [])
    for symbol in symbols {
      guard case .interval(let lower, let upper) = symbol.domain.shape else { return nil }
      box.lower.append(lower.value)
      box.upper.append(upper.value)
      box.hasLower.append(lower.value.map { lower == .closed($0) } ?? false)
      box.hasUpper.append(upper.value.map { upper == .closed($0) } ?? false)
    }
    return box
  }

  /// Whether a face of the box is an end of the domain, where a strict relation may become an equality.
  private func touchesEnd(_ box: Box) -> Bool {
    symbols.indices.contains { index in
      (box.lower[index] != nil && !box.hasLower[index])
        || (box.upper[index] != nil && !box.hasUpper[index])
        || symbols[index].domain.isEnd(box.lower[index])
        || symbols[index].domain.isEnd(box.upper[index])
    }
  }

  // MARK: Values

  private func intervals(_ box: Box) -> [Interval] {
    zip(box.lower, box.upper).map { low, high in
      let a = low.map { Interval($0, precision: precision).lower } ?? .negativeInfinity
      let b = high.map { Interval($0, precision: precision).upper } ?? .infinity
      return Interval(between: a, and: b)
    }
  }

  /// Real bounds over a box; nil where there are none.
  private func enclose(_ program: Program, _ box: Box) -> Interval? {
    guard let value = try? program.enclose(intervals(box), precision: precision).first,
      value.im.isZero, !value.re.isEmpty
    else { return nil }
    return value.re
  }

  private func holds(_ program: Program, _ box: Box, _ isStrict: Bool) -> Bool {
    guard let value = enclose(program, box) else { return false }
    return isStrict ? value.lower.signum > 0 : value.lower.signum >= 0
  }

  private func isOutside(_ box: Box) -> Bool {
    assumptions.contains { assumption in
      guard let value = enclose(assumption.program, box) else { return false }
      switch assumption.relation {
      case .positive: return value.upper.signum <= 0
      case .nonnegative: return value.upper.signum < 0
      case .negative: return value.lower.signum >= 0
      case .nonpositive: return value.lower.signum > 0
      case .zero: return !value.containsZero
      case .nonzero: return value.isZero
      }
    }
  }

  private func counterexample(_ program: Program, _ box: Box) -> ([Rational], Interval)? {
    let point = symbols.indices.map { index in
      RationalSample.between(
        box.lower[index].map { AlgebraicNumber($0) }, box.upper[index].map { AlgebraicNumber($0) })
    }
    let values = point.map { Interval($0, precision: 256) }
    for assumption in assumptions {
      guard let value = try? assumption.program.enclose(values, precision: 256).first,
        value.im.isZero, let sign = value.re.certainSign, assumption.relation.holds(forSign: sign)
      else { return nil }
    }
    guard let value = try? program.enclose(values, precision: 256).first, value.im.isZero,
      let sign = value.re.certainSign, !relation.holds(forSign: sign)
    else { return nil }
    return (point, isNegated ? -value.re : value.re)
  }

  // MARK: Monotony

  /// Whether f ≥ 0 on the box, or f > 0 on the box without the faces left out.
  private func shows(
    _ f: Expression, _ box: Box, _ isStrict: Bool, depth: Int, _ effort: inout Int
  ) -> Bool {
    effort -= 1
    guard effort > 0, f.nodeCount < 400 else { return false }
    let occurring = symbols.filter { f.contains($0) }
    if occurring.isEmpty {
      guard let form = try? NormalForm(f), form.value.im.isZero,
        let sign = SignProver(form.basis).sign(of: form.value.re)
      else { return false }
      return isStrict ? sign == .positive : sign.isNonnegative
    }
    guard let program = try? Program([f], inputs: symbols) else { return false }
    if holds(program, box, isStrict) { return true }
    guard depth > 0, isRegular(f, box) else { return false }
    for (index, symbol) in symbols.enumerated() where occurring.contains(symbol) {
      guard let slope = try? f.derivative(by: symbol) else { continue }
      for isRising in [true, false] {
        guard let end = isRising ? box.lower[index] : box.upper[index] else { continue }
        let oriented = isRising ? slope : -slope
        guard shows(oriented, box, false, depth: depth - 1, &effort) else { continue }
        let face = f.substituting([symbol: .rational(end)])
        if shows(face, box, isStrict, depth: depth, &effort) { return true }
        let isIncluded = isRising ? box.hasLower[index] : box.hasUpper[index]
        if isStrict, !isIncluded, shows(face, box, false, depth: depth, &effort),
          shows(oriented, box, true, depth: depth - 1, &effort)
        {
          return true
        }
      }
    }
    return false
  }

  /// Whether the function is surely continuous on the box and, up to a set of measure zero on every
  /// line, differentiable: then it is the integral of its derivative.
  private func isRegular(_ f: Expression, _ box: Box) -> Bool {
    for part in f.postorder() {
      switch part.kind {
      case .rational, .symbol, .sum, .product, .constant(.pi): continue
      case .power(let base, let exponent):
        guard let value = exponent.rationalValue else { return false }
        if value.isInteger && value.signum > 0 { continue }
        guard let range = range(base, box) else { return false }
        if value.isInteger ? range.containsZero : range.lower.signum <= 0 { return false }
      case .function(let function, let arguments):
        switch function {
        case .exp, .expm1, .sin, .cos, .sinh, .cosh, .tanh, .atan, .asinh, .abs, .min, .max:
          continue
        case .sqrt, .log:
          guard let argument = arguments.first, let range = range(argument, box),
            range.lower.signum > 0 || (function == .sqrt && range.lower.signum == 0)
          else { return false }
        case .log1p:
          guard let argument = arguments.first, let range = range(1 + argument, box),
            range.lower.signum > 0
          else { return false }
        default: return false
        }
      default: return false
      }
    }
    return true
  }

  private func range(_ f: Expression, _ box: Box) -> Interval? {
    guard let program = try? Program([f], inputs: symbols) else { return nil }
    return enclose(program, box)
  }

  // MARK: Cuts

  private func halves(_ box: Box) -> [Box]? {
    var best: (index: Int, size: Double)?
    for index in symbols.indices {
      let size: Double
      if let low = box.lower[index], let high = box.upper[index] {
        let scale = max(1, max(abs(low.approximateDouble), abs(high.approximateDouble)))
        size = (high - low).approximateDouble / scale
      } else {
        size = 3
      }
      if size > best?.size ?? 1e-12 { best = (index, size) }
    }
    guard let index = best?.index else { return nil }
    let middle: Rational
    switch (box.lower[index], box.upper[index]) {
    case (let low?, let high?): middle = (low + high) * Rational(reciprocalOf: 2)
    case (let low?, nil): middle = max(low + 1, low * 2)
    case (nil, let high?): middle = min(high - 1, high * 2)
    case (nil, nil): middle = .zero
    }
    if let low = box.lower[index], let large = low.magnitude.numerator.word,
      box.upper[index] == nil, large > 1 << 60
    {
      return nil
    }
    var (first, second) = (box, box)
    first.upper[index] = middle
    first.hasUpper[index] = true
    second.lower[index] = middle
    second.hasLower[index] = true
    return [first, second]
  }
}

extension Domain {
  /// Whether a number is an end of the interval.
  fileprivate func isEnd(_ number: Rational?) -> Bool {
    guard let number, case .interval(let lower, let upper) = shape else { return false }
    return lower.value == number || upper.value == number
  }
}
