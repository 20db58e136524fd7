import Algebra
import Arbitrary
import Exact

/// Decides whether a normal form vanishes, cell by cell.
///
/// The domain is split where a kernel may fail to be analytic (see ``Breakers``) into connected cells.
/// In a cell every absolute value is its argument or the opposite, and the root of a quantity of
/// changing sign is real or imaginary; what remains is a ``KernelTower``.
struct AlgebraicZero {
  enum Outcome {
    case zero(cells: Int)
    /// Not zero, if the kernels without relations are independent.
    case notZero
    /// A denominator vanishes identically.
    case undefined
    /// The method does not apply.
    case open
  }

  private let form: NormalForm
  private let symbols: [Symbol]
  private let limits: ZeroTest.Limits
  private let basis: KernelBasis
  /// The generators that the form needs, with those in their relations.
  private let relevant: Set<Int>
  private let program: Program

  init(
    _ form: NormalForm, _ symbols: [Symbol], _ limits: ZeroTest.Limits
  ) throws(ArithmeticError) {
    self.form = form
    self.symbols = symbols
    self.limits = limits
    basis = form.basis
    var relevant: Set<Int> = []
    let parts = [
      form.value.re.numerator, form.value.im.numerator, form.value.re.denominator,
      form.value.im.denominator,
    ]
    var pending = parts.flatMap(\.occurringVariables)
    while let index = pending.popLast() {
      guard relevant.insert(index).inserted else { continue }
      let relation = basis.generators[index].relation
      pending += relation?.value.occurringVariables ?? []
      pending += relation?.lead?.occurringVariables ?? []
    }
    self.relevant = relevant
    let kernels = form.basis.generators.enumerated().map { index, generator in
      relevant.contains(index) ? generator.kernel.expression : .zero
    }
    do {
      program = try Program(kernels, inputs: symbols)
    } catch {
      throw .domain(error.description)
    }
  }

  func decide() throws(ArithmeticError) -> Outcome {
    guard symbols.allSatisfy(\.domain.isReal) else { return .open }
    let cells: [DomainCell]
    do {
      cells = try self.cells()
    } catch {
      guard let outcome = try decideBySigns() else { throw error }
      return outcome
    }
    return try decide(in: cells, signs: [:])
  }

  /// More absolute values than this would make too many cases.
  private static let absoluteLimit = 5

  /// Where absolute values cut the domain along curves: with each replaced by its argument or the
  /// opposite, what remains is analytic across the curves. If all of these functions vanish, so does
  /// the form; nil where one does not, as its combination of signs may be impossible.
  private func decideBySigns() throws(ArithmeticError) -> Outcome? {
    let absolutes = relevant.sorted().filter {
      if case .absolute = basis.generators[$0].kernel { true } else { false }
    }
    guard (1...Self.absoluteLimit).contains(absolutes.count) else { return nil }
    let cells = try cells(without: Set(absolutes))
    for pattern in 0..<(1 << absolutes.count) {
      var signs: [Int: Int] = [:]
      for (bit, index) in absolutes.enumerated() { signs[index] = pattern >> bit & 1 == 1 ? -1 : 1 }
      guard case .zero = try decide(in: cells, signs: signs) else { return nil }
    }
    return .zero(cells: cells.count << absolutes.count)
  }

  private func decide(
    in cells: [DomainCell], signs: [Int: Int]
  ) throws(ArithmeticError) -> Outcome {
    let polynomials = [form.value.re.numerator, form.value.im.numerator]
    let denominators = [form.value.re.denominator, form.value.im.denominator]
    for cell in cells {
      guard let scene = try scene(of: cell, signs) else { return .open }
      var tower = KernelTower(basis, scene.relations, scene.points, limits)
      for denominator in denominators where !denominator.isConstant {
        let (re, im) = try scene.transform(denominator)
        if try tower.vanishes(re), try tower.vanishes(im) { return .undefined }
      }
      // re + i·im with each part brought to its real and imaginary part in the cell.
      let re = try scene.transform(polynomials[0])
      let im = try scene.transform(polynomials[1])
      let (p, q) = (form.value.re.denominator, form.value.im.denominator)
      if re.im.isZero, im.im.isZero {
        guard try tower.vanishes(re.re), try tower.vanishes(im.re) else { return .notZero }
        continue
      }
      // With imaginary roots the two quotients mix: (a + i·b)/p + i·(c + i·d)/q.
      let (top, bottom) = (try scene.transform(p), try scene.transform(q))
      let left = try scene.multiply(re, bottom, basis)
      let right = try scene.multiply(im, top, basis)
      guard try tower.vanishes(left.re - right.im), try tower.vanishes(left.im + right.re) else {
        return .notZero
      }
    }
    return .zero(cells: cells.count)
  }

  /// The cells of the domain.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)`` where they cannot be found.
  func cells(without excluded: Set<Int> = []) throws(ArithmeticError) -> [DomainCell] {
    var breakers: Set<Expression> = []
    for index in relevant where !excluded.contains(index) {
      guard let found = Breakers.of(basis.generators[index]) else {
        throw .limit(
          "\(basis.generators[index].kernel.expression) is not known to be analytic")
      }
      breakers.formUnion(found)
    }
    var factors: [Expression] = []
    for breaker in breakers where !breaker.freeSymbols.isEmpty {
      factors += try Breakers.polynomials(breaker, limits)
    }
    return try DomainCell.split(symbols, by: factors, limits)
  }

  // MARK: One cell

  /// What the kernels are in a cell.
  private struct Scene {
    var relations: [KernelBasis.Relation?]
    var points: [KernelPoint]
    /// What absolute values are replaced by.
    var replaced: [Int: Polynomial]
    /// Roots of negative quantities, which stand for their imaginary part.
    var imaginary: Set<Int>
    let basis: KernelBasis

    /// The real and imaginary part of a polynomial over the basis.
    func transform(_ polynomial: Polynomial) throws(ArithmeticError) -> (
      re: Polynomial, im: Polynomial
    ) {
      var result = try basis.lift(polynomial)
      for (index, argument) in replaced.sorted(by: { $0.key > $1.key }) {
        var sum = Polynomial(0, ring: basis.ring)
        for part in result.coefficients(in: index).reversed() {
          sum = try basis.product(sum, argument) + part
        }
        result = sum
      }
      var (re, im) = (Polynomial(0, ring: basis.ring), Polynomial(0, ring: basis.ring))
      if imaginary.isEmpty { return (result, im) }
      for term in result.singleTerms {
        let turns = imaginary.reduce(0) { $0 + term.degree(in: $1) } % 4
        switch turns {
        case 0: re = re + term
        case 1: im = im + term
        case 2: re = re - term
        default: im = im - term
        }
      }
      return (re, im)
    }

    func multiply(
      _ a: (re: Polynomial, im: Polynomial), _ b: (re: Polynomial, im: Polynomial),
      _ basis: KernelBasis
    ) throws(ArithmeticError) -> (re: Polynomial, im: Polynomial) {
      (
        try basis.product(a.re, b.re) - (try basis.product(a.im, b.im)),
        try basis.product(a.re, b.im) + (try basis.product(a.im, b.re))
      )
    }
  }

  /// Signs at a point of the cell hold all over it: it does not meet the zeros of any breaker.
  private func scene(
    of cell: DomainCell, _ signs: [Int: Int]
  ) throws(ArithmeticError) -> Scene? {
    var scene = Scene(
      relations: basis.generators.indices.map {
        relevant.contains($0) ? basis.generators[$0].relation : nil
      }, points: [], replaced: [:], imaginary: [], basis: basis)
    guard let first = cell.points.first else { return nil }
    let sample = KernelPoint(program, symbols.map { first[$0] ?? .zero }, imaginary: [])
    var real: Set<Int> = []
    for index in relevant.sorted() {
      let generator = basis.generators[index]
      switch generator.kernel {
      case .symbol where !generator.isReal: return nil
      case .absolute:
        guard let argument = basis.argument(ofAbsolute: index),
          let sign = signs[index] ?? certainSign(argument, sample)
        else { return nil }
        scene.replaced[index] = sign < 0 ? -argument : argument
        scene.relations[index] = nil
      case .squareRoot where !generator.isReal:
        guard let relation = generator.relation,
          relation.value.occurringVariables.allSatisfy(real.contains),
          let sign = certainSign(relation.value, sample)
        else { return nil }
        if sign < 0 {
          // √p = i·√(-p); a kernel that is made of it is out of reach.
          let kernel = generator.kernel.expression
          let isInside = relevant.contains { other in
            other != index && basis.generators[other].kernel.expression.contains(kernel)
          }
          if isInside { return nil }
          scene.imaginary.insert(index)
          scene.relations[index] = .init(degree: 2, value: -relation.value)
          continue
        }
      default: if !generator.isReal, !isReal(index, sample, real) { return nil }
      }
      real.insert(index)
    }
    // Relations may hold absolute values too.
    for (index, relation) in scene.relations.enumerated() {
      guard let relation else { continue }
      let value = try scene.transform(relation.value)
      let lead = try relation.lead.map { lead throws(ArithmeticError) in try scene.transform(lead) }
      guard value.im.isZero, lead?.im.isZero ?? true else { return nil }
      scene.relations[index] = .init(
        degree: relation.degree, value: value.re, lower: relation.lower, lead: lead?.re)
    }
    scene.points = cell.points.map { point in
      KernelPoint(program, symbols.map { point[$0] ?? .zero }, imaginary: scene.imaginary)
    }
    return scene
  }

  /// Whether a kernel that is not real everywhere is real in the cell: an exponential of what is, a
  /// logarithm or root of what is positive there.
  private func isReal(_ index: Int, _ sample: KernelPoint, _ real: Set<Int>) -> Bool {
    func isReal(_ value: RationalFunction) -> Bool {
      value.occurringVariables.allSatisfy(real.contains)
    }
    func sign(_ value: RationalFunction) -> Int {
      (certainSign(value.numerator, sample) ?? 0) * (certainSign(value.denominator, sample) ?? 0)
    }
    if let exponent = form.facts.exponents[index] { return isReal(exponent) }
    if let argument = form.facts.logarithms[index] {
      return isReal(argument) && sign(argument) > 0
    }
    guard let relation = basis.generators[index].relation, relation.lower.isEmpty,
      relation.value.occurringVariables.allSatisfy(real.contains),
      relation.lead?.occurringVariables.allSatisfy(real.contains) ?? true
    else { return false }
    let lead = relation.lead.map { certainSign($0, sample) ?? 0 } ?? 1
    return (certainSign(relation.value, sample) ?? 0) * lead > 0
  }

  private func certainSign(_ polynomial: Polynomial, _ point: KernelPoint) -> Int? {
    var precision = 64
    while precision <= limits.precision {
      if let sign = point.value(polynomial, precision: precision)?.certainSign, sign != 0 {
        return sign
      }
      precision *= 4
    }
    return nil
  }
}
