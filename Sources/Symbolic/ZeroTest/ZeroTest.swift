import Algebra
import Arbitrary
import Exact

/// Decides whether an expression is zero wherever it is defined, for symbols in their domains.
///
/// *Zero* and *nonzero* are proofs, by roads that share nothing: zero by algebra, nonzero by a
/// rational point at which an enclosure of the value excludes zero. Everything else is *unknown*, with
/// the reason. See `Docs/design/kernels.md` for the method and why it is complete for radicals.
public struct ZeroTest: Sendable {
  /// Bounds on the work, beyond which the answer is unknown.
  public struct Limits: Sendable {
    /// The number of points at which a witness is looked for.
    public var points = 24
    /// The greatest precision, in bits, of an enclosure.
    public var precision = 4096
    /// The number of eliminations in towers of radicals.
    public var eliminations = 4000
    /// The greatest number of terms of a polynomial that an elimination makes.
    public var terms = 20_000
    /// The number of products of terms in all eliminations of one cell.
    public var products = 20_000_000
    /// The greatest number of combinations of values of symbols with finite domains.
    public var finiteCases = 256
    /// The greatest number of cells into which the domain is split.
    public var cells = 64

    public init() {}
  }

  /// The answer.
  public enum Verdict: Sendable {
    /// Zero wherever it is defined.
    case zero(Proof)
    /// Not zero at this point.
    case nonzero(Witness)
    /// Not decided, and why.
    case unknown(String)
  }

  /// How an expression was proved to be zero.
  public enum Proof: Sendable, Hashable {
    /// The normal form is zero.
    case normalForm
    /// The normal form lies in a tower of radicals and vanishes there; the domain was split into so
    /// many cells.
    case algebraic(cells: Int)
    /// Rational combinations of logarithms or angles vanish because a product is one.
    case multiplicative
    /// A constant is below the least magnitude that such a number has unless it is zero.
    case separation
    /// The domain of a symbol was cut into so many parts, and every one was decided.
    case parts(Int)
    /// Every one of so many values of the symbols with finite domains was decided.
    case cases(Int)
  }

  /// A point at which the expression is defined and not zero.
  public struct Witness: Sendable {
    /// The values of the symbols, in their domains.
    public let point: [Symbol: Complex<Rational>]
    /// Encloses the value there; zero is not in it.
    public let value: ComplexInterval
  }

  public var limits: Limits

  public init(limits: Limits = Limits()) { self.limits = limits }

  /// Decides whether an expression is zero at all points of the domain of its symbols at which it is
  /// defined.
  ///
  /// - Returns: a proof, a certified point, or the reason why there is neither. Complete for
  ///   expressions made of radicals of polynomials in one real symbol, or of sums and products of
  ///   radicals whose radicands have constant sign, within the limits.
  public func decide(_ expression: Expression) -> Verdict { decide(expression, depth: 0) }

  /// Decides whether two expressions agree wherever both are defined.
  public func decide(_ left: Expression, equals right: Expression) -> Verdict {
    decide(left - right)
  }

  /// A proof that the expression is zero, without the search for a point where it is not: what a caller
  /// wants that looks for such points itself. Nil decides nothing.
  public func proof(that expression: Expression) -> Proof? {
    let symbols = expression.freeSymbols.sorted { $0.precedes($1) }
    guard symbols.allSatisfy({ $0.domain.finiteValues == nil }),
      let search = try? WitnessSearch(expression, symbols),
      search.search(points: 0..<4, precisions: [64, 192]) == nil
    else { return nil }
    if case .success(let proof) = prove(expression, symbols, depth: 0) { return proof }
    if case .zero(let proof) = decideInParts(expression, symbols, depth: 0) { return proof }
    return nil
  }

  func decide(_ expression: Expression, depth: Int) -> Verdict {
    let symbols = expression.freeSymbols.sorted { $0.precedes($1) }
    if let symbol = symbols.first(where: { $0.domain.finiteValues != nil }),
      let values = symbol.domain.finiteValues
    {
      return decide(expression, symbol, values, depth: depth)
    }
    let search: WitnessSearch
    do {
      search = try WitnessSearch(expression, symbols)
    } catch {
      return .unknown(error.description)
    }
    if let witness = search.search(points: 0..<6, precisions: [64, 192]) {
      return .nonzero(witness)
    }
    let reason: String
    switch prove(expression, symbols, depth: depth) {
    case .success(let proof): return .zero(proof)
    case .failure(let obstacle): reason = obstacle.reason
    }
    if symbols.isEmpty, isBelowSeparation(expression) {
      return .zero(.separation)
    }
    if depth < 2, case .zero(let proof) = decideInParts(expression, symbols, depth: depth) {
      return .zero(proof)
    }
    // Points from the cells reach what random ones miss.
    var precision = 192
    while precision <= limits.precision {
      precision *= 4
      if let witness = search.search(
        points: 0..<limits.points, precisions: [min(precision, limits.precision)])
      {
        return .nonzero(witness)
      }
    }
    for point in cellPoints(expression, symbols).prefix(limits.points) {
      if let witness = search.certify(point, precisions: [192, limits.precision]) {
        return .nonzero(witness)
      }
    }
    for symbol in symbols {
      for cut in (try? DomainCuts.of(symbol, in: expression)) ?? [] {
        var point = DomainPoint.point(symbols, 0)
        point[symbol] = Complex(re: cut, im: 0)
        if let witness = search.certify(point, precisions: [192]) { return .nonzero(witness) }
      }
    }
    return .unknown(reason)
  }

  private func decide(
    _ expression: Expression, _ symbol: Symbol, _ values: [Rational], depth: Int
  ) -> Verdict {
    guard values.count <= limits.finiteCases else {
      return .unknown("\(symbol.name) has more than \(limits.finiteCases) values")
    }
    var inner = self
    inner.limits.finiteCases = limits.finiteCases / max(values.count, 1)
    var unknown: String?
    for value in values {
      switch inner.decide(expression.substituting([symbol: .rational(value)]), depth: depth) {
      case .nonzero(let witness):
        var point = witness.point
        point[symbol] = Complex(re: value, im: 0)
        return .nonzero(Witness(point: point, value: witness.value))
      case .unknown(let reason): unknown = "for \(symbol.name) = \(value): \(reason)"
      case .zero: continue
      }
    }
    return unknown.map { .unknown($0) } ?? .zero(.cases(values.count))
  }

  /// Why there is no proof.
  struct Obstacle: Error {
    let reason: String
  }

  private func isBelowSeparation(_ constant: Expression) -> Bool {
    let sign = try? AlgebraicZeroTest.sign(
      of: constant, precisionLimit: 16 * min(limits.precision, 1 << 20))
    return sign == 0
  }

  // MARK: Parts of the domain

  /// Decides between and at rational numbers at which the arguments of roots, logarithms, absolute
  /// values and quotients vanish: with the narrower domains more signs are known.
  private func decideInParts(
    _ expression: Expression, _ symbols: [Symbol], depth: Int
  ) -> Verdict {
    let open = Verdict.unknown("no rational cuts")
    for symbol in symbols {
      guard let cuts = try? DomainCuts.of(symbol, in: expression), !cuts.isEmpty else { continue }
      for piece in DomainCuts.pieces(symbol.domain, cuts) {
        let narrow = Expression.symbol(symbol.name, piece)
        guard case .zero = decide(expression.substituting([symbol: narrow]), depth: depth + 1)
        else { return open }
      }
      for cut in cuts {
        let there = expression.substituting([symbol: .rational(cut)])
        switch decide(there, depth: depth + 1) {
        case .zero: continue
        case .nonzero: return open
        case .unknown: guard hasNoValue(there, depth: depth + 1) else { return open }
        }
      }
      return .zero(.parts(cuts.count + 1))
    }
    return open
  }

  /// Whether a part of an expression divides by what is proved to be zero, so that the expression has a
  /// value nowhere.
  ///
  /// That a normal form fails for a division by zero is no such proof: a conjugate that a
  /// denominator was multiplied by may be what vanished.
  private func hasNoValue(_ expression: Expression, depth: Int) -> Bool {
    expression.postorder().contains { part in
      guard case .power(let base, let exponent) = part.kind,
        let value = exponent.rationalValue, value.isNegative,
        case .zero = decide(base, depth: depth)
      else { return false }
      return true
    }
  }

  // MARK: Proofs of zero

  private func prove(
    _ expression: Expression, _ symbols: [Symbol], depth: Int
  ) -> Result<Proof, Obstacle> {
    let form: NormalForm
    do {
      form = try NormalForm(expression)
      if form.isZero { return .success(.normalForm) }
    } catch {
      // A conjugate may have vanished that a denominator was multiplied by.
      guard let other = try? NormalForm(expression, rationalizesDenominators: false) else {
        return .failure(Obstacle(reason: "there is no normal form (\(error.description))"))
      }
      form = other
      if form.isZero { return .success(.normalForm) }
    }
    do throws(ArithmeticError) {
      let tower = try AlgebraicZero(form, symbols, limits)
      switch try tower.decide() {
      case .zero(let cells): return .success(.algebraic(cells: cells))
      case .undefined: return .failure(Obstacle(reason: "a denominator is zero everywhere"))
      case .notZero, .open: break
      }
      if depth < 2, try vanishesAsLinearForm(form, symbols, depth: depth) {
        return .success(.multiplicative)
      }
      return .failure(
        Obstacle(
          reason: "the normal form is not zero, and no point was found where the value is not"))
    } catch {
      if depth < 2, (try? vanishesAsLinearForm(form, symbols, depth: depth)) ?? false {
        return .success(.multiplicative)
      }
      return .failure(Obstacle(reason: error.description))
    }
  }

  /// Points of every cell into which the kernels split the domain.
  private func cellPoints(
    _ expression: Expression, _ symbols: [Symbol]
  ) -> [[Symbol: Complex<Rational>]] {
    guard let form = try? NormalForm(expression),
      let tower = try? AlgebraicZero(form, symbols, limits), let cells = try? tower.cells()
    else { return [] }
    return cells.flatMap(\.points).map { $0.mapValues { Complex(re: $0, im: 0) } }
  }
}

extension ZeroTest.Proof: CustomStringConvertible {
  /// A phrase for a report.
  public var description: String {
    switch self {
    case .normalForm: "equal normal forms"
    case .algebraic(let cells):
      cells == 1
        ? "the difference is zero among radicals"
        : "the difference is zero among radicals, in \(cells) cells of the domain"
    case .multiplicative: "a product of arguments is one"
    case .separation: "the difference is below the bound for its height"
    case .parts(let count): "the difference is zero in \(count) parts of the domain"
    case .cases(let count): "the difference is zero in all \(count) cases"
    }
  }
}

extension Domain {
  /// The values of a finite domain; nil for another.
  var finiteValues: [Rational]? {
    if case .finite(let values) = shape { values } else { nil }
  }
}
