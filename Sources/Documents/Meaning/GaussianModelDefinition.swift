import Algebra
import Arbitrary
import Exact
import OpenSystems
import Symbolic

/// A Gaussian model as a document states it: operators of modes and rates are formulas.
public struct GaussianModelDefinition: Sendable {
  public let name: String
  /// The modes of the model: those that occur in its lines, by their place among the document's.
  public let modes: [Int]
  /// Over the modes of the model, counted from zero.
  public let hamiltonian: ModeOperator<Expression>
  public let jumps: [Jump]

  /// A jump operator and its rate.
  public struct Jump: Sendable {
    public let jump: ModeOperator<Expression>
    public let rate: Expression
  }

  init(
    name: String, hamiltonian: ModeOperator<Expression>,
    jumps: [(jump: ModeOperator<Expression>, rate: Expression)]
  ) {
    let all = [hamiltonian] + jumps.map(\.jump)
    let modes = Set(all.flatMap(\.occurringModes)).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(modes, modes.indices))
    self.name = name
    self.modes = modes
    self.hamiltonian = hamiltonian.renumbered(places)
    self.jumps = jumps.map { Jump(jump: $0.jump.renumbered(places), rate: $0.rate) }
  }

  /// The symbols in the operators and rates.
  public var symbols: Set<Symbol> {
    jumps.reduce(into: hamiltonian.freeSymbols) {
      $0.formUnion($1.jump.freeSymbols)
      $0.formUnion($1.rate.freeSymbols)
    }
  }

  /// The model over rational functions of its symbols and kernels.
  ///
  /// - Throws: ``GaussianError``.
  public func symbolic() throws(GaussianError) -> (KernelBasis, GaussianModel<RationalFunction>) {
    var normalizer: Normalizer
    let parts: Parts
    do throws(ArithmeticError) {
      normalizer = try Normalizer(symbols: symbols.sorted { $0.precedes($1) })
      // Twice: the second pass meets every kernel, so that all values share one ring.
      _ = try normalized(&normalizer)
      parts = try normalized(&normalizer)
    } catch { throw .arithmetic(error) }
    let model = try GaussianModel(
      modeCount: modes.count, hamiltonian: parts.hamiltonian, jumps: parts.jumps)
    return (normalizer.basis, model)
  }

  private typealias Parts = (
    hamiltonian: ModeOperator<Complex<RationalFunction>>,
    jumps: [GaussianModel<RationalFunction>.Jump]
  )

  private func normalized(_ normalizer: inout Normalizer) throws(ArithmeticError) -> Parts {
    func lifted(_ expression: Expression) throws(ArithmeticError) -> Complex<RationalFunction> {
      // In two steps: the basis to lift to is the one that normalising leaves behind.
      let value = try normalizer.normalize(expression)
      return try normalizer.lift(value)
    }
    let h = try hamiltonian.map { (value) throws(ArithmeticError) in try lifted(value) }
    var list: [GaussianModel<RationalFunction>.Jump] = []
    for jump in jumps {
      let rate = try lifted(jump.rate)
      guard rate.im.isZero else { throw .domain("the rate \(jump.rate) is not real") }
      list.append(
        .init(
          try jump.jump.map { (value) throws(ArithmeticError) in try lifted(value) },
          rate: rate.re))
    }
    return (h, list)
  }

  /// The model in floats at a point: a value for every symbol, coefficients evaluated one by one.
  ///
  /// - Throws: ``GaussianError``.
  public func numeric<F: FloatingField>(
    at point: [Symbol: Rational], _ convert: (Expression) throws(OpenSystemError) -> Complex<F>
  ) throws(GaussianError) -> GaussianModel<F> {
    let values = point.mapValues { Expression.rational($0) }
    func number(_ expression: Expression) throws(OpenSystemError) -> Complex<F> {
      try convert(expression.substituting(values))
    }
    do throws(OpenSystemError) {
      let h = try hamiltonian.map { (value) throws(OpenSystemError) in try number(value) }
      var list: [GaussianModel<F>.Jump] = []
      for jump in jumps {
        list.append(
          .init(
            try jump.jump.map { (value) throws(OpenSystemError) in try number(value) },
            rate: try number(jump.rate).re))
      }
      do throws(GaussianError) {
        return try GaussianModel(
          modeCount: modes.count, hamiltonian: h, jumps: list, validation: .asserted)
      } catch { throw .domain(error.description) }
    } catch { throw .system(error) }
  }
}

extension CaseProver {
  /// Whether a value that has to be positive is: negative stands for all that is nowhere positive, nil
  /// for what is not settled.
  func positivity(of value: RationalFunction) -> KnownSign? {
    guard let sign = sign(of: value) else { return nil }
    if sign == .positive { return .positive }
    return sign.isNonpositive ? .negative : nil
  }
}

extension KernelBasis {
  /// Whether a generator is not a symbol: it may obey a relation.
  var hasRoots: Bool {
    generators.contains { if case .symbol = $0.kernel { false } else { true } }
  }
}
