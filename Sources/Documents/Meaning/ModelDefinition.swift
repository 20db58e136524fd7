import Algebra
import Arbitrary
import Exact
import OpenSystems
import Symbolic

/// A model as a document states it: operators and rates are formulas.
public struct ModelDefinition: Sendable {
  public let name: String
  public let space: Space
  public let hamiltonian: Matrix<Expression>
  public let channels: [Term]
  /// What bath lines state, where there are any.
  public internal(set) var weak: WeakDefinition?

  /// One channel of the model.
  public enum Term: Sendable {
    case jump(Matrix<Expression>, rate: Expression)
    case reset(Int, state: Matrix<Expression>, rate: Expression)
    /// Σ Γ_ij (L_j ρ L_i† - ½{L_i†L_j, ρ}).
    case correlated([Matrix<Expression>], rates: Matrix<Expression>)
  }

  /// The channels of all lines, those of baths included.
  var allChannels: [Term] { channels + (weak?.terms ?? []) }

  /// The Hamiltonian with the Lamb shifts of the baths.
  var shiftedHamiltonian: Matrix<Expression> {
    weak.map { hamiltonian + $0.coupling.shift } ?? hamiltonian
  }

  /// The symbols in the operators and rates.
  public var symbols: Set<Symbol> {
    var found = Set<Symbol>()
    func add(_ matrix: Matrix<Expression>) {
      for element in matrix.elements { found.formUnion(element.freeSymbols) }
    }
    add(shiftedHamiltonian)
    for channel in allChannels {
      switch channel {
      case .jump(let matrix, let rate), .reset(_, let matrix, let rate):
        add(matrix)
        found.formUnion(rate.freeSymbols)
      case .correlated(let jumps, let rates):
        for jump in jumps { add(jump) }
        add(rates)
      }
    }
    return found
  }

  /// The model over rational functions of its symbols and kernels.
  ///
  /// - Throws: ``OpenSystemError``, and ``ArithmeticError`` as its `arithmetic` case.
  public func symbolic() throws(OpenSystemError) -> (KernelBasis, Model<RationalFunction>) {
    do throws(ArithmeticError) {
      var normalizer = try Normalizer(symbols: symbols.sorted { $0.precedes($1) })
      // Twice: the second pass meets every kernel, so that all values share one ring.
      _ = try terms(&normalizer)
      let (h, list) = try terms(&normalizer)
      return try (normalizer.basis, build(h, list))
    } catch {
      throw .arithmetic(error)
    }
  }

  private func build(
    _ h: Matrix<Complex<RationalFunction>>, _ list: [Channel<RationalFunction>]
  ) throws(ArithmeticError) -> Model<RationalFunction> {
    do throws(OpenSystemError) {
      return try Model(space: space, hamiltonian: h, channels: list)
    } catch {
      if case .arithmetic(let inner) = error { throw inner }
      throw .domain(error.description)
    }
  }

  private func terms(
    _ normalizer: inout Normalizer
  ) throws(ArithmeticError) -> (Matrix<Complex<RationalFunction>>, [Channel<RationalFunction>]) {
    func lifted(_ expression: Expression) throws(ArithmeticError) -> Complex<RationalFunction> {
      // In two steps: the basis to lift to is the one that normalising leaves behind.
      let value = try normalizer.normalize(expression)
      return try normalizer.lift(value)
    }
    func field(_ matrix: Matrix<Expression>) throws(ArithmeticError)
      -> Matrix<Complex<RationalFunction>>
    {
      try matrix.map { (element) throws(ArithmeticError) in
        element.isLiteralZero ? .zero : try lifted(element)
      }
    }
    func real(_ rate: Expression) throws(ArithmeticError) -> RationalFunction {
      let value = try lifted(rate)
      guard value.im.isZero else { throw .domain("the rate \(rate) is not real") }
      return value.re
    }
    let h = try field(shiftedHamiltonian)
    var list: [Channel<RationalFunction>] = []
    for channel in allChannels {
      switch channel {
      case .jump(let matrix, let rate):
        list.append(.jump(try field(matrix), rate: try real(rate)))
      case .reset(let place, let state, let rate):
        list.append(.reset([place], to: try field(state), rate: try real(rate)))
      case .correlated(let jumps, let rates):
        var operators: [Matrix<Complex<RationalFunction>>] = []
        for jump in jumps { operators.append(try field(jump)) }
        list.append(.correlated(operators, rates: try field(rates)))
      }
    }
    return (h, list)
  }

  /// The model in floats at a point: a value for every symbol, elements evaluated one by one.
  ///
  /// This road shares nothing with the symbolic one but the model's text.
  public func numeric<F: FloatingField>(
    at point: [Symbol: Rational], _ convert: (Expression) throws(OpenSystemError) -> Complex<F>
  ) throws(OpenSystemError) -> Model<F> {
    let values = point.mapValues { Expression.rational($0) }
    func field(_ matrix: Matrix<Expression>) throws(OpenSystemError) -> Matrix<Complex<F>> {
      try matrix.map { (element) throws(OpenSystemError) in
        element.isLiteralZero ? .zero : try convert(element.substituting(values))
      }
    }
    var h = try field(hamiltonian)
    var list: [Channel<F>] = []
    for channel in channels {
      switch channel {
      case .jump(let matrix, let rate):
        list.append(.jump(try field(matrix), rate: try convert(rate.substituting(values)).re))
      case .reset(let place, let state, let rate):
        list.append(
          .reset([place], to: try field(state), rate: try convert(rate.substituting(values)).re))
      case .correlated(let jumps, let rates):
        var operators: [Matrix<Complex<F>>] = []
        for jump in jumps { operators.append(try field(jump)) }
        list.append(.correlated(operators, rates: try field(rates)))
      }
    }
    if let weak {
      let (channels, shift) = try weak.numeric(at: values, convert)
      list += channels
      h = h + shift
    }
    return try Model(space: space, hamiltonian: h, channels: list, validation: .asserted)
  }
}
