import Algebra
import Arbitrary
import Exact
import OpenSystems
import Symbolic
import Synchronization

/// The steady state of a model at a point, row by row: certified enclosures of any width, with the proof that
/// there is no other.
///
/// For models whose steady state as a formula is out of reach: five qubits have 1024 equations.
struct ModelProcedure: ProcedureBody {
  let model: ModelDefinition
  let symbols: [Symbol]
  /// The elements of the model's operators, and its rates, in the order in which it is put together.
  private let elements: Program
  private let prepared = PreparedStates()

  /// - Throws: ``SymbolicError`` for a formula that is no number.
  init(_ model: ModelDefinition) throws(SymbolicError) {
    self.model = model
    symbols = model.symbols.sorted { $0.precedes($1) }
    var list: [Expression] = []
    // What is made of these zeros is not used.
    _ = try? model.assembled { (element) throws(OpenSystemError) -> Complex<Interval> in
      list.append(element)
      return .zero
    }
    elements = try Program(list, inputs: symbols)
  }

  var components: [(label: String, isReal: Bool)] {
    let n = model.space.dimension
    return (1...n).flatMap { row in (1...n).map { ("\(row),\($0)", row == $0) } }
  }

  /// Less than the doubles' inverse costs at a new point, so that claims at points can afford it.
  func work(precision: Int) -> Int {
    let equations = model.space.dimension * model.space.dimension
    return 2 * equations * equations * (max(precision, 64) / 64) + 1_000_000
  }

  func enclose(
    _ arguments: [ComplexInterval], exact: [Rational]?, precision: Int
  ) throws(ArithmeticError) -> [ComplexInterval] {
    guard arguments.allSatisfy({ $0.re.isBounded && $0.im.isBounded }) else {
      return components.map { _ in .entire }
    }
    /// The arguments in so many bits, where they are known.
    func point(_ bits: Int) -> [ComplexInterval] {
      exact?.map { ComplexInterval(real: Interval($0, precision: bits)) } ?? arguments
    }
    do throws(OpenSystemError) {
      let state = try prepared.state(for: arguments, exact) { () throws(OpenSystemError) in
        try EnclosedSteadyState(try enclosed(point(80), 80))
      }
      let bits = precision + 32
      return state.state(of: try enclosed(point(bits), bits), precision: precision).elements
    } catch {
      switch error {
      case .arithmetic(let inner): throw inner
      case .singular:
        // A box may be too wide for a proof; a point is too close to, or at, a place with several states.
        guard let exact else { return components.map { _ in .entire } }
        if let dimension = dimension(at: exact) {
          throw .domain(
            "the steady state of '\(model.name)' is not unique: the stationary matrices span a space of "
              + "dimension \(dimension) at this point")
        }
        throw .domain("the steady state of '\(model.name)' has \(error.description)")
      default: throw .domain(error.description)
      }
    }
  }

  /// The dimension of the space of stationary matrices, where all numbers are rational and that is decided
  /// soon; nil also for 1.
  private func dimension(at point: [Rational]) -> Int? {
    guard let values = try? elements.exactValues(point) else { return nil }
    let known = values.compactMap { $0 }
    guard known.count == values.count else { return nil }
    var next = 0
    let exact = try? model.assembled { (_) throws(OpenSystemError) -> Complex<Rational> in
      defer { next += 1 }
      return known[next]
    }
    let limit = EliminationLimit(operations: 200_000_000)
    guard let exact, let space = try? Liouvillian(exact).steadySpace(limit: limit) else {
      return nil
    }
    return space.dimension == 1 ? nil : space.dimension
  }

  private func enclosed(
    _ arguments: [ComplexInterval], _ bits: Int
  ) throws(OpenSystemError) -> Model<Interval> {
    let values: [ComplexInterval]
    do throws(ArithmeticError) {
      values = try elements.enclose(arguments, precision: bits)
    } catch { throw .arithmetic(error) }
    var next = 0
    return try model.assembled { (_) throws(OpenSystemError) -> Complex<Interval> in
      defer { next += 1 }
      return Complex(
        re: values[next].re.rounded(precision: bits), im: values[next].im.rounded(precision: bits))
    }
  }
}

extension ModelDefinition {
  /// The model with each element and rate made into a number of a field; zeros are not asked for.
  ///
  /// Elements come in the same order each time.
  func assembled<F: Field>(
    _ convert: (Expression) throws(OpenSystemError) -> Complex<F>
  ) throws(OpenSystemError) -> Model<F> {
    func field(_ matrix: Matrix<Expression>) throws(OpenSystemError) -> Matrix<Complex<F>> {
      try matrix.map { (element) throws(OpenSystemError) in
        element.isLiteralZero ? .zero : try convert(element)
      }
    }
    let h = try field(shiftedHamiltonian)
    var list: [Channel<F>] = []
    for channel in allChannels {
      switch channel {
      case .jump(let matrix, let rate):
        list.append(.jump(try field(matrix), rate: try convert(rate).re))
      case .reset(let place, let state, let rate):
        list.append(.reset([place], to: try field(state), rate: try convert(rate).re))
      case .correlated(let jumps, let rates):
        var operators: [Matrix<Complex<F>>] = []
        for jump in jumps { operators.append(try field(jump)) }
        list.append(.correlated(operators, rates: try field(rates)))
      }
    }
    return try Model(space: space, hamiltonian: h, channels: list, validation: .asserted)
  }
}

/// What was prepared at the last points.
private final class PreparedStates: Sendable {
  private struct Entry {
    let ends: [Real]
    let exact: [Rational]?
    let state: EnclosedSteadyState
  }

  private let kept = Mutex<[Entry]>([])
  /// Each has a dense matrix: 8 MB for five qubits.
  private static var capacity: Int { 4 }

  func state(
    for arguments: [ComplexInterval], _ exact: [Rational]?,
    _ make: () throws(OpenSystemError) -> EnclosedSteadyState
  ) throws(OpenSystemError) -> EnclosedSteadyState {
    // Known points are the same whatever the precision of their enclosures.
    let ends =
      exact == nil
      ? arguments.flatMap { [$0.re.lower, $0.re.upper, $0.im.lower, $0.im.upper] } : []
    let known = kept.withLock { list in
      list.last { $0.ends == ends && $0.exact == exact }?.state
    }
    if let known { return known }
    let state = try make()
    kept.withLock { list in
      if list.count == Self.capacity { list.removeFirst() }
      list.append(Entry(ends: ends, exact: exact, state: state))
    }
    return state
  }
}
