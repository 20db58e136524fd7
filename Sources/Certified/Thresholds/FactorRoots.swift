import Algebra
import Arbitrary
import Exact
import Symbolic

/// The places in a range at which a polynomial over kernels may vanish, found by the most exact road
/// that there is for it.
///
/// 1. Radicals are eliminated (``RadicalNorm``) and the norm is factored.
/// 2. A factor in which one kernel alone depends on the unknown is a polynomial in the value of that
///    kernel. With rational coefficients its roots are algebraic numbers, otherwise they are isolated by
///    ``EnclosedPolynomialRoots``. Where the kernel is the unknown, or takes no value twice
///    (``KernelInverse``), each belongs to one place at most.
/// 3. Otherwise the roots of the formula itself are isolated by ``FunctionRoots``.
///
/// **Guarantee:** every zero in the range is among ``points`` or in ``undecided``. A point need not be a
/// zero: a conjugate may vanish there instead.
struct FactorRoots {
  private(set) var points: [RootValue] = []
  private(set) var undecided: [FunctionRoots.Undecided] = []

  private let unknown: Symbol
  private let range: RationalRange
  private let limits: FunctionRoots.Limits
  /// As for ``FunctionRoots``.
  private let singular: [Interval]?

  /// Why a polynomial has no list of zeros.
  enum Failure: Error {
    /// The norm vanishes identically: a conjugate of the polynomial is zero.
    case conjugateVanishes
  }

  init(
    of polynomial: Polynomial, over basis: KernelBasis, in unknown: Symbol,
    over range: RationalRange, limits: FunctionRoots.Limits,
    singular: [Interval]?
  ) throws {
    self.singular = singular
    self.unknown = unknown
    self.range = range
    self.limits = limits
    try add(polynomial, basis)
  }

  private mutating func add(_ polynomial: Polynomial, _ basis: KernelBasis) throws {
    guard !basis.moving(polynomial).isEmpty else { return }
    guard let norm = try? RadicalNorm(of: polynomial, over: basis) else {
      try addByFunction(polynomial, basis)
      return
    }
    if norm.norm.isZero { throw Failure.conjugateVanishes }
    let factors =
      (try? norm.norm.factorization(limit: 200_000_000).factors.map(\.polynomial))
      ?? norm.norm.squareFreeFactors().map(\.factor)
    let before = (points, undecided)
    for factor in factors {
      let moving = basis.moving(factor)
      guard let index = moving.first else { continue }
      if moving.count == 1, try addByKernel(factor, index, basis) { continue }
      if norm.eliminated.isEmpty {
        try addByFunction(factor, basis)
      } else {
        // In several kernels a norm is no simpler than the polynomial, and has more roots.
        (points, undecided) = before
        try addByFunction(polynomial, basis)
        return
      }
    }
  }

  // MARK: One kernel

  /// Whether the kernel is one that can be solved for.
  private mutating func addByKernel(
    _ factor: Polynomial, _ index: Int, _ basis: KernelBasis
  ) throws -> Bool {
    let kernel = basis.generators[index].kernel.expression
    let isUnknown = basis.generators[index].kernel == .symbol(unknown)
    var maps: [KernelInverse?] = [nil]
    if !isUnknown {
      guard let branches = KernelInverse.branches(of: kernel, in: unknown) else { return false }
      maps = branches
    }
    if let polynomial = factor.univariate(in: index) {
      let roots = try AlgebraicNumber.roots(of: polynomial, in: isUnknown ? range : .line)
      for (root, _) in roots {
        for map in maps {
          guard let map else {
            points.append(RootValue(root))
            continue
          }
          let preimage = KernelPreimage(map, at: root)
          let place = try preimage.place()
          guard try place.exists() else { continue }
          try keep(Self.algebraic(preimage) ?? RootValue(preimage, place))
        }
      }
      return true
    }
    let coefficients = factor.coefficients(in: index).map { basis.expression($0) }
    guard let enclosed = try? EnclosedPolynomial(coefficients),
      let isolated = EnclosedPolynomialRoots(enclosed)
    else { return false }
    for piece in isolated.roots {
      let value = try piece.root(of: enclosed)
      for map in maps {
        guard let map else {
          try keep(RootValue(value))
          continue
        }
        let place = try KernelPlace(map) { try value.interval(precision: $0) }
        if try place.exists() { try keep(RootValue(value, at: place)) }
      }
    }
    return true
  }

  /// The preimage where it is an algebraic number: of an algebraic kernel, and of log(1) and the like.
  private static func algebraic(_ preimage: KernelPreimage) -> RootValue? {
    guard let form = preimage.closedForm(limit: .standard),
      let number = try? AlgebraicNumber(form)
    else { return nil }
    return RootValue(number)
  }

  /// Takes a point where it lies in the range.
  private mutating func keep(_ value: RootValue) throws {
    func side(_ end: Rational) throws -> Int? {
      try value.compare(to: RootValue(AlgebraicNumber(end)), precisionLimit: 2048)
    }
    switch range.lower {
    case .unbounded: break
    case .open(let end):
      guard let side = try side(end) else { return add(undecidedAt: end) }
      if side <= 0 { return }
    case .closed(let end):
      guard let side = try side(end) else { return add(undecidedAt: end) }
      if side < 0 { return }
    }
    switch range.upper {
    case .unbounded: break
    case .open(let end):
      guard let side = try side(end) else { return add(undecidedAt: end) }
      if side >= 0 { return }
    case .closed(let end):
      guard let side = try side(end) else { return add(undecidedAt: end) }
      if side > 0 { return }
    }
    points.append(value)
  }

  private mutating func add(undecidedAt end: Rational) {
    undecided.append(
      .init(lower: end, upper: end, reason: "a root is not told apart from the end of the range"))
  }

  // MARK: Any formula

  /// By the formula itself, without corners: where |P| = ±P it is one of two formulas.
  private mutating func addByFunction(_ polynomial: Polynomial, _ basis: KernelBasis) throws {
    var smooth = [polynomial]
    for index in basis.generators.indices.reversed() {
      guard smooth.count <= 16, let argument = basis.argument(ofAbsolute: index) else { continue }
      smooth = smooth.flatMap { part in
        part.degree(in: index) == 0
          ? [part]
          : (try? [argument, -argument].map { try basis.replacing(index, by: $0, in: part) })
            ?? [part]
      }
    }
    for part in smooth where !basis.moving(part).isEmpty {
      try addByFunction(basis.expression(part))
    }
  }

  private mutating func addByFunction(_ formula: Expression) throws {
    let (lower, upper) = (range.lower.value, range.upper.value)
    let found = try FunctionRoots(
      of: formula, in: unknown, from: lower, to: upper, limits: limits, singular: singular)
    for root in found.roots { try keep(root) }
    undecided += found.undecided
  }
}

extension KernelBasis {
  /// The generators that depend on symbols, among those of a polynomial.
  func moving(_ polynomial: Polynomial) -> [Int] {
    polynomial.occurringVariables.filter { !generators[$0].isConstant }
  }

  /// A polynomial with one generator replaced by another polynomial.
  func replacing(
    _ index: Int, by value: Polynomial, in polynomial: Polynomial
  ) throws(ArithmeticError) -> Polynomial {
    var sum = Polynomial(0, ring: ring)
    for part in polynomial.coefficients(in: index).reversed() {
      sum = (try checkedProduct(sum, value)) + part
    }
    return sum
  }
}
