import Algebra
import Arbitrary
import Exact
import Symbolic

/// Where a formula of one symbol is positive (or not negative, …) on a range: all of it, exact where it
/// can be.
///
/// The formula is brought to a quotient N/D over kernels. Its sign can only change, and the formula only
/// begin or cease to have a value, at *critical* places: zeros of N and D, and of the arguments inside
/// kernels at which those stop being real or continuous (radicands, arguments of logarithms, divisors).
/// All critical places are found (``FactorRoots``); between two neighbours the sign is constant, and one
/// rational sample decides it. So what is found at each place, a simple root, a multiple one, a pole, a
/// kink or nothing, needs no case of its own.
///
/// **Guarantee:** outside ``ConditionSolution/undecided`` the set is right and no threshold is missing. The
/// formula counts as the element of its field, not as its spelling: `x/x` is 1 everywhere.
public struct ConditionSolver: Sendable {
  public let formula: Expression
  public let condition: SignCondition
  public let unknown: Symbol
  public let range: RationalRange
  public var limits = FunctionRoots.Limits()

  /// The greatest number of combinations of signs of absolute values.
  private static let patternLimit = 64

  /// - Parameters:
  ///   - formula: real, with no symbol but the unknown.
  public init(
    _ formula: Expression, _ condition: SignCondition, in unknown: Symbol, over range: RationalRange
  ) {
    self.condition = condition
    // Within the range more is known of signs than in the symbol's own domain.
    let narrowed = Symbol(unknown.name, Domain(range) ?? unknown.domain)
    self.unknown = narrowed
    self.formula = formula.substituting([unknown: .symbol(narrowed)])
    self.range = range
  }

  /// - Throws: ``CertifiedError`` for a formula that cannot be compiled, ``RootError/cancelled``,
  ///   ``RootError/badInput(_:)`` for a formula that is not real.
  public func solve() throws -> ConditionSolution {
    if formula.hasProcedures {
      guard let lower = range.lower.value, let upper = range.upper.value else {
        throw RootError.badInput(
          "a condition on values that are computed point by point needs a range: in "
            + "\(unknown.name) = LOWER..UPPER")
      }
      return try SampledThreshold(
        formula: formula, condition: condition, unknown: unknown, lower: lower, upper: upper
      ).solve()
    }
    let (cells, identical) = try solvedCells(depth: 0)
    return ConditionSolution(
      cells: cells, lower: range.lower.value, upper: range.upper.value, identicalParts: identical)
  }

  private typealias Cells = (cells: [ConditionSolution.Cell], identical: Int)

  /// The range in parts, where arguments of kernels vanish at rational places: on each of them more is
  /// known of signs, and what is singular there is at an end.
  private func solvedCells(depth: Int) throws -> Cells {
    let function = try UnivariateFunction(formula, of: unknown)
    let critical = try Critical(self)
    // Between places where arguments vanish the formula is defined throughout or nowhere.
    if depth > 0, critical.guards.undecided.isEmpty,
      !critical.guards.points.contains(where: { $0.value.rational.map { isInside($0) } ?? true }),
      let sample = try sample(after: nil, before: nil), function.isUndefined(at: sample)
    {
      return ([.gap(false)], 0)
    }
    let splits = Set(
      critical.guards.points.compactMap(\.value.rational).filter { isInside($0) }
    ).sorted()
    guard !splits.isEmpty, depth < Self.depthLimit else {
      return try wholeCells(function, critical)
    }
    var result: Cells = ([], 0)
    let bounds = [range.lower] + splits.map { .open($0) } + [range.upper]
    for (index, (lower, upper)) in zip(bounds, bounds.dropFirst()).enumerated() {
      let part = RationalRange(lower: lower, upper: upper)
      if index > 0 {
        // Filled in when the signs on both sides are known.
        result.cells.append(.point(RootValue(AlgebraicNumber(splits[index - 1])), nil))
      }
      let solver = ConditionSolver(formula, condition, in: unknown, over: part)
      let (cells, identical) = try solver.solvedCells(depth: depth + 1)
      result.cells += cells
      result.identical += identical
    }
    result.cells = try result.cells.map { cell in
      guard case .point(let value, nil) = cell, let rational = value.rational,
        splits.contains(rational)
      else { return cell }
      return .point(
        value, try membership(Place(value: value, kind: .guarded), nil, nil, function))
    }
    return result
  }

  private func isInside(_ x: Rational) -> Bool {
    if let lower = range.lower.value, x <= lower { return false }
    if let upper = range.upper.value, x >= upper { return false }
    return true
  }

  private func wholeCells(
    _ function: UnivariateFunction, _ critical: Critical
  ) throws -> Cells {
    var places = try critical.places(self)
    for end in [range.lower, range.upper] {
      if case .closed(let value) = end, range.contains(value) {
        places.points.append(.init(value: RootValue(AlgebraicNumber(value)), kind: .end))
      }
    }
    return try cells(try Self.arranged(places), function)
  }

  // MARK: Critical places

  private enum Kind { case zero, radicalZero, pole, guarded, end }

  private struct Place {
    let value: RootValue
    var kind: Kind
  }

  private struct Places {
    var points: [Place] = []
    var undecided: [FunctionRoots.Undecided] = []
  }

  /// The formula as a quotient, and where arguments of its kernels vanish.
  private struct Critical {
    /// Nil where the formula has no normal form.
    let form: NormalForm?
    /// Zeros of arguments.
    var guards = Places()

    init(_ solver: ConditionSolver) throws {
      let found = try? NormalForm(solver.formula, rationalizesDenominators: false)
      // Not real in parts of the range, it is looked at as it is.
      form = found?.value.im.isZero == true ? found : nil
      var parts: [Expression] = []
      if let form {
        let moving =
          form.basis.moving(form.value.re.numerator)
          + form.basis.moving(form.value.re.denominator)
        for index in Set(moving).sorted() {
          for part in ConditionSolver.guards(form.basis.generators[index].kernel.expression)
          where !parts.contains(part) {
            parts.append(part)
          }
        }
      } else {
        parts = ConditionSolver.guards(solver.formula)
        if let found, parts.isEmpty, !found.value.im.isZero {
          throw RootError.badInput("the formula is not real")
        }
      }
      for part in parts { try solver.add(zerosOf: part, .guarded, to: &guards, depth: 1) }
    }

    /// All critical places.
    func places(_ solver: ConditionSolver) throws -> Places {
      var places = guards
      let singular = try guards.points.map { try $0.value.interval(precision: 64) }
      let isKnown = guards.undecided.isEmpty
      guard let form else {
        let found = try FunctionRoots(
          of: solver.formula, in: solver.unknown, from: solver.range.lower.value,
          to: solver.range.upper.value, limits: solver.limits,
          singular: isKnown ? singular : nil)
        places.points += found.roots.filter { solver.lies($0) }
          .map { Place(value: $0, kind: .radicalZero) }
        places.undecided += found.undecided
        return places
      }
      for (polynomial, kind) in [
        (form.value.re.numerator, Kind.zero), (form.value.re.denominator, .pole),
      ] {
        try solver.add(
          polynomial, form.basis, kind, to: &places, singular: isKnown ? singular : nil)
      }
      return places
    }
  }

  private func lies(_ root: RootValue) -> Bool { root.rational.map { range.contains($0) } ?? true }

  /// The parts of a formula at whose zeros it may cease to be real, defined or continuous.
  private static func guards(_ formula: Expression) -> [Expression] {
    var result: [Expression] = []
    func add(_ part: Expression) {
      if !part.freeSymbols.isEmpty, !result.contains(part) { result.append(part) }
    }
    for part in formula.postorder() {
      switch part.kind {
      case .power(let base, let exponent):
        guard let value = exponent.rationalValue else {
          add(base)
          continue
        }
        if value.isNegative || !value.isInteger { add(base) }
      case .function(let function, let arguments):
        guard let first = arguments.first else { continue }
        switch function {
        case .sqrt, .log, .sign, .arg, .digamma: add(first)
        case .log1p: add(first + 1)
        case .asin, .acos, .atanh: add(first.power(2) - 1)
        case .acosh, .dilog: add(first - 1)
        case .tan: add(cos(first))
        case .atan2:
          add(first)
          if arguments.count > 1 { add(arguments[1]) }
        default: break
        }
      default: break
      }
    }
    return result
  }

  /// How deep arguments of kernels in arguments of kernels are looked into.
  private static let depthLimit = 6

  private func add(
    zerosOf formula: Expression, _ kind: Kind, to places: inout Places, depth: Int
  ) throws {
    guard depth <= Self.depthLimit, let form = try? NormalForm(formula) else {
      places.undecided.append(
        .init(
          lower: range.lower.value, upper: range.upper.value,
          reason: "the domain of \(formula) is not worked out"))
      return
    }
    // A complex argument leaves the real line, or meets a branch cut, where its imaginary part vanishes.
    let parts = [form.value.re, form.value.im].filter { !$0.isZero }
    for part in parts {
      try add(part.numerator, form.basis, kind, to: &places)
      try add(part.denominator, form.basis, kind, to: &places)
    }
  }

  private func add(
    _ polynomial: Polynomial, _ basis: KernelBasis, _ kind: Kind, to places: inout Places,
    singular: [Interval]? = nil
  ) throws {
    if basis.moving(polynomial).isEmpty { return }
    let factors =
      (try? polynomial.factorization(limit: 200_000_000).factors.map(\.polynomial))
      ?? polynomial.squareFreeFactors().map(\.factor)
    let prover = SignProver(basis)
    for factor in factors where !basis.moving(factor).isEmpty {
      if prover.sign(of: factor)?.isNonzero == true { continue }
      try addFactor(factor, basis, kind, to: &places, patterns: 1, singular)
    }
  }

  private func addFactor(
    _ factor: Polynomial, _ basis: KernelBasis, _ kind: Kind, to places: inout Places,
    patterns: Int,
    _ singular: [Interval]?
  ) throws {
    do {
      let found = try FactorRoots(
        of: factor, over: basis, in: unknown, over: range, limits: limits, singular: singular)
      let hasRadicals = factor.occurringVariables.contains {
        basis.generators[$0].relation != nil
      }
      // With radicals a conjugate may vanish instead.
      let sure: Kind =
        switch kind {
        case .zero where hasRadicals: .radicalZero
        case .pole where hasRadicals: .guarded
        default: kind
        }
      places.points += found.points.map { Place(value: $0, kind: sure) }
      places.undecided += found.undecided
    } catch FactorRoots.Failure.conjugateVanishes {
      // |P| is P or -P: both are looked at, and where P changes its sign.
      guard patterns < Self.patternLimit,
        let index = factor.occurringVariables.first(where: {
          basis.argument(ofAbsolute: $0) != nil
        }), let argument = basis.argument(ofAbsolute: index)
      else {
        places.undecided.append(
          .init(
            lower: range.lower.value, upper: range.upper.value,
            reason: "\(basis.expression(factor)) may vanish identically"))
        return
      }
      try add(argument, basis, .guarded, to: &places)
      for value in [argument, -argument] {
        let sum = try basis.replacing(index, by: value, in: factor)
        if sum.isZero { continue }
        try addFactor(sum, basis, kind, to: &places, patterns: 2 * patterns, singular)
      }
    }
  }

  // MARK: Order

  private enum Item {
    case point(Place)
    case unknown(FunctionRoots.Undecided)
  }

  /// Points and undecided parts in increasing order, apart from each other.
  private static func arranged(_ places: Places) throws -> [Item] {
    var located: [(place: Place, middle: Real)] = []
    for point in places.points {
      located.append((point, try point.value.interval(precision: 128).midpoint))
    }
    located.sort { $0.middle < $1.middle }
    var points: [Place] = []
    var undecided = places.undecided
    for (place, _) in located {
      var current: Place? = place
      // Middles that nearly agree may be in the wrong order.
      var index = points.count
      while let this = current, index > 0 {
        let other = points[index - 1]
        switch try this.value.compare(to: other.value) {
        case 1?:
          points.insert(this, at: index)
          current = nil
        case 0?:
          points[index - 1] = merged(other, this)
          current = nil
        case nil:
          let box = try this.value.interval(precision: 256)
            .union(try other.value.interval(precision: 256))
          points.remove(at: index - 1)
          undecided.append(
            .init(
              lower: Rational(exactly: box.lower), upper: Rational(exactly: box.upper),
              reason: "two critical places are not told apart"))
          current = nil
        default: index -= 1
        }
      }
      if let this = current { points.insert(this, at: 0) }
    }
    return try interleaved(points, joined(undecided))
  }

  private static func merged(_ a: Place, _ b: Place) -> Place {
    let value = a.value.algebraic != nil || b.value.algebraic == nil ? a.value : b.value
    let order: [Kind] = [.pole, .zero, .radicalZero, .guarded, .end]
    let kind = order.first { $0 == a.kind || $0 == b.kind } ?? a.kind
    return Place(value: value, kind: kind)
  }

  private static func joined(
    _ parts: [FunctionRoots.Undecided]
  ) -> [FunctionRoots.Undecided] {
    let sorted = parts.sorted { a, b in
      guard let x = a.lower else { return b.lower != nil }
      guard let y = b.lower else { return false }
      return x < y
    }
    var result: [FunctionRoots.Undecided] = []
    for part in sorted {
      guard let last = result.last else {
        result.append(part)
        continue
      }
      let meets: Bool =
        if let end = last.upper, let start = part.lower { start <= end } else {
          last.upper == nil || part.lower == nil
        }
      if meets {
        let upper: Rational? =
          if let a = last.upper, let b = part.upper { max(a, b) } else { nil }
        let reason =
          last.reason == part.reason ? last.reason : last.reason + "; " + part.reason
        result[result.count - 1] = .init(lower: last.lower, upper: upper, reason: reason)
      } else {
        result.append(part)
      }
    }
    return result
  }

  private static func interleaved(
    _ points: [Place], _ parts: [FunctionRoots.Undecided]
  ) throws -> [Item] {
    var items: [Item] = []
    var rest = parts[...]
    for point in points {
      // A point inside an undecided part belongs to what is not known.
      var isInside = false
      while let part = rest.first {
        let above =
          try part.upper.map {
            try point.value.compare(to: RootValue(AlgebraicNumber($0)))
          } ?? -1
        if above == 1 {
          items.append(.unknown(part))
          rest.removeFirst()
          continue
        }
        let below =
          try part.lower.map {
            try point.value.compare(to: RootValue(AlgebraicNumber($0)))
          } ?? 1
        isInside = below != -1
        break
      }
      if !isInside { items.append(.point(point)) }
    }
    return items + rest.map { .unknown($0) }
  }

  // MARK: Signs between and at the places

  private func cells(_ items: [Item], _ function: UnivariateFunction) throws -> Cells {
    var cells: [ConditionSolution.Cell] = []
    var signs: [Int?] = []
    var identical = 0
    // Signs of gaps first: gap k lies before item k.
    for index in 0...items.count {
      let low = index == 0 ? nil : items[index - 1]
      let high = index == items.count ? nil : items[index]
      guard let sample = try sample(after: low, before: high) else {
        signs.append(nil)
        continue
      }
      signs.append(sign(function, at: sample))
    }
    func gap(_ index: Int) throws {
      let low = index == 0 ? nil : items[index - 1]
      let high = index == items.count ? nil : items[index]
      guard let sample = try sample(after: low, before: high) else { return }
      switch signs[index] {
      case Self.undefined?: cells.append(.gap(false))
      case let sign?:
        if sign == 0 { identical += 1 }
        cells.append(.gap(condition.holds(forSign: sign)))
      case nil:
        cells.append(
          .unknown(
            .init(
              lower: try bound(low, isUpper: true) ?? range.lower.value,
              upper: try bound(high, isUpper: false) ?? range.upper.value,
              reason: "the sign at \(unknown.name) = \(sample) stays open")))
      }
    }
    for (index, item) in items.enumerated() {
      try gap(index)
      switch item {
      case .unknown(let part): cells.append(.unknown(part))
      case .point(let place):
        cells.append(
          .point(
            place.value,
            try membership(place, signs[index], signs[index + 1], function)))
      }
    }
    try gap(items.count)
    return (cells, identical)
  }

  /// Stands for a sample at which the formula surely has no real value.
  private static let undefined = 2

  private func sign(_ function: UnivariateFunction, at sample: Rational) -> Int? {
    if let sign = function.sign(at: sample, precisionLimit: 8192) { return sign }
    return function.isUndefined(at: sample) ? Self.undefined : nil
  }

  /// A rational number between two items; nil where they meet.
  private func sample(after low: Item?, before high: Item?) throws -> Rational? {
    if case .unknown(let part)? = low, part.upper == nil { return nil }
    if case .unknown(let part)? = high, part.lower == nil { return nil }
    var precision = 64
    while precision <= 1 << 15 {
      let a = try bound(low, isUpper: true, precision: precision) ?? range.lower.value
      let b = try bound(high, isUpper: false, precision: precision) ?? range.upper.value
      switch (a, b) {
      case (nil, nil): return 0
      case (let a?, nil): return max(Rational((a + 1).floor), 0) + 1
      case (nil, let b?): return min(Rational(b.floor), 0) - 1
      case (let a?, let b?):
        if a < b { return RationalSample.simplest(between: a, and: b) }
        let isExact = [low, high].allSatisfy { item in
          switch item {
          case .point(let place)?: place.value.rational != nil
          default: true
          }
        }
        if isExact { return nil }
      }
      precision *= 2
    }
    return nil
  }

  private func bound(_ item: Item?, isUpper: Bool, precision: Int = 128) throws -> Rational? {
    switch item {
    case nil: return nil
    case .unknown(let part)?: return isUpper ? part.upper : part.lower
    case .point(let place)?:
      if let rational = place.value.rational { return rational }
      let interval = try place.value.interval(precision: precision)
      return Rational(exactly: isUpper ? interval.upper : interval.lower)
    }
  }

  /// Whether the condition holds at a place; nil where that is not decided.
  private func membership(
    _ place: Place, _ before: Int?, _ after: Int?, _ function: UnivariateFunction
  ) throws -> Bool? {
    if let rational = place.value.rational {
      if let sign = function.sign(at: rational) { return condition.holds(forSign: sign) }
      if function.isUndefined(at: rational) { return false }
    }
    var isContinuous = false
    for precision in [64, 256, 1024] {
      let box = try place.value.interval(precision: precision)
      let value = function.value(box, precision: precision + 32)
      if value.isEmpty { return false }
      isContinuous = function.isContinuous(box, precision: precision + 32)
      if isContinuous, let sign = value.certainSign, sign != 0 {
        return condition.holds(forSign: sign)
      }
    }
    // A continuous function with different signs on both sides is zero; so is a quotient with the
    // numerator zero and a continuous value.
    if isContinuous {
      let isCrossing =
        if let before, let after { before * after == -1 } else { false }
      if isCrossing || place.kind == .zero { return !condition.isStrict }
      if let form = place.value.closedForm(),
        ZeroTest().proof(that: formula.substituting([unknown: form])) != nil
      {
        return !condition.isStrict
      }
    }
    if place.kind == .pole { return false }
    return nil
  }
}

extension Domain {
  /// The numbers of a range; nil where it is empty.
  init?(_ range: RationalRange) {
    func bound(_ end: RationalRange.Bound) -> Bound {
      switch end {
      case .unbounded: .unbounded
      case .open(let value): .open(value)
      case .closed(let value): .closed(value)
      }
    }
    guard let domain = try? Domain.interval(bound(range.lower), bound(range.upper)) else {
      return nil
    }
    self = domain
  }
}

extension UnivariateFunction {
  /// Whether it is certain that there is no real value at a rational place.
  func isUndefined(at x: Rational) -> Bool {
    let value = formula.substituting([symbol: .rational(x)])
    do {
      if let exact = try value.exactValue() { return !exact.isReal }
    } catch {
      return error.saysThatThereIsNoValue
    }
    guard let program = try? Program([value], inputs: []) else { return false }
    for precision in [64, 256, 1024] {
      let enclosure: [ComplexInterval]
      do { enclosure = try program.enclose([Interval](), precision: precision) } catch {
        return error.saysThatThereIsNoValue
      }
      if !enclosure[0].im.containsZero { return true }
    }
    return false
  }
}

extension ArithmeticError {
  /// Whether it is about the value, and not about the effort.
  fileprivate var saysThatThereIsNoValue: Bool {
    switch self {
    case .divisionByZero, .domain: true
    case .overflow, .limit: false
    }
  }
}
