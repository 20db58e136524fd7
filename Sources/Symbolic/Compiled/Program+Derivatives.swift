import Arbitrary
import Exact

/// Derivatives of compiled programs as programs: the operations of the program itself, followed by those
/// of the derivatives, equal ones shared. They run in every arithmetic that programs run in, and can be
/// differentiated again.
///
/// **What is computed.** At inputs at which every operation on the way is differentiable, the derivative:
/// exactly in exact arithmetic, enclosed by enclosures, to rounding errors in floating-point numbers. It
/// may be undefined where the value is defined, as for `sqrt(x)` at 0 and `dilog(x)` at 0, whose rules
/// divide by 0; then the arithmetic says so. A branch that `min` or `max` does not choose must have a
/// derivative too: its weight is 0, and only in intervals is 0 times the unbounded 0.
///
/// **Corners.** `abs(u)` has the derivative sign(u)·u', and `max(u, v)` has w·u' + (1 - w)·v' with
/// w = (1 + sign(u - v))/2: the chosen branch, and at a corner the mean of both sides. Over enclosures
/// that do not decide the sign, w and 1 - w are the enclosures [0, 1]: the result holds the derivative at
/// every point, both one-sided derivatives, all between them (Clarke's generalised gradient), and, where
/// no `sign` is on the way, also every difference quotient over the box; it may be wider than their hull.
/// `sign(u)` has derivative 0, which says nothing of its jump.
///
/// **Complex numbers.** Inputs whose symbols have real domains vary along the real line, others in the
/// plane. `re`, `im`, `conj`, `arg` and `abs` of complex values have derivatives by real inputs; of what
/// depends on a complex input they have none. A part that may be complex by its form, such as a root,
/// counts as complex: `abs(sqrt(x) - y)` has the derivative Re(ū·u')/|u|, and none at its corner.
extension Program {
  /// The values and their derivatives along a direction: outputs f_1, …, f_m, then Σ_j d_j ∂f_i/∂x_j.
  ///
  /// Forward mode (Wengert 1964): derivatives of the operations from the first to the last. A sum, product
  /// or quotient adds at most three operations, a function or number power those of its own derivative and
  /// two, another power, an angle, `min` or `max` at most nine.
  ///
  /// - Parameter direction: the components; an input that is not named has component 0.
  /// - Throws: ``SymbolicError/unboundSymbols(_:)`` for symbols that are no inputs,
  ///   ``SymbolicError/notDifferentiable(function:by:)`` and ``SymbolicError/noDerivative(function:by:)``
  ///   where a function on the way has no derivative that the language can state.
  /// - Complexity: O(number of operations).
  public func withDirectionalDerivatives(
    along direction: [Symbol: Rational]
  ) throws(SymbolicError) -> Program {
    let unknown = direction.keys.filter { !inputs.contains($0) }
    guard unknown.isEmpty else { throw .unboundSymbols(unknown.sorted { $0.precedes($1) }) }
    var rules = DerivativeRules(self)
    let components = inputs.map { direction[$0] ?? 0 }
    let column = try rules.forward(self, along: components)
    return rules.list.program(inputs: inputs, outputs: outputs + column)
  }

  /// The values and their derivatives by one input: outputs f_1, …, f_m, ∂f_1/∂x, …, ∂f_m/∂x.
  ///
  /// - Throws: as ``withDirectionalDerivatives(along:)``.
  public func withDerivatives(by symbol: Symbol) throws(SymbolicError) -> Program {
    try withDirectionalDerivatives(along: [symbol: 1])
  }

  /// The values and all derivatives of one of them: outputs f_1, …, f_m, then ∂f_k/∂x_j for the inputs
  /// x_j in their order.
  ///
  /// Reverse mode (Linnainmaa 1970): derivatives of the output by the operations, from the last to the
  /// first, for all inputs at once. Whatever the number of inputs, a sum adds at most two operations, a
  /// product or quotient four, a function or number power those of its own derivative and three, another
  /// power, an angle, `min` or `max` at most ten.
  ///
  /// - Parameter index: which output, k, from 0.
  /// - Throws: as ``withDirectionalDerivatives(along:)``, and
  ///   ``SymbolicError/notDifferentiable(function:by:)`` where the output may be complex at real inputs
  ///   and depends on one of `re`, `im`, `conj`, `arg`, `abs` of something complex: then forward mode
  ///   has the answer.
  /// - Precondition: there is such an output.
  /// - Complexity: O(number of operations).
  public func withGradient(ofOutput index: Int = 0) throws(SymbolicError) -> Program {
    precondition(outputs.indices.contains(index), "a gradient is of an output")
    var rules = DerivativeRules(self)
    let gradient = try rules.reverse(self, from: outputs[index])
    return rules.list.program(inputs: inputs, outputs: outputs + gradient)
  }

  /// The values and all derivatives of all of them: outputs f_1, …, f_m, then ∂f_1/∂x_1, ∂f_1/∂x_2, …,
  /// ∂f_m/∂x_n, by rows. Forward mode for fewer inputs than outputs, else reverse mode.
  ///
  /// - Throws: as ``withDirectionalDerivatives(along:)`` or ``withGradient(ofOutput:)``.
  /// - Complexity: O(number of operations × lesser number of inputs and outputs).
  public func withJacobian() throws(SymbolicError) -> Program {
    var rules = DerivativeRules(self)
    var rows: [[Int]] = []
    if inputs.count < outputs.count {
      var columns: [[Int]] = []
      for input in inputs.indices {
        let direction = inputs.indices.map { Rational($0 == input ? 1 : 0) }
        columns.append(try rules.forward(self, along: direction))
      }
      rows = outputs.indices.map { row in columns.map { $0[row] } }
    } else {
      for output in outputs { rows.append(try rules.reverse(self, from: output)) }
    }
    return rules.list.program(inputs: inputs, outputs: outputs + rows.flatMap { $0 })
  }
}

// MARK: - Forward

extension DerivativeRules {
  /// The places of the derivatives of the outputs along a direction.
  mutating func forward(
    _ program: Program, along direction: [Rational]
  ) throws(SymbolicError) -> [Int] {
    guard let first = direction.firstIndex(where: { !$0.isZero }) else {
      let zero = list.number(0)
      return program.outputs.map { _ in zero }
    }
    let depends = program.dependence { !direction[$0].isZero }
    let dependsOnComplex = program.dependence {
      !direction[$0].isZero && !program.inputs[$0].domain.isReal
    }
    let complex = program.inputs.indices.first {
      !direction[$0].isZero && !program.inputs[$0].domain.isReal
    }
    var derivatives = [Int?](repeating: nil, count: count)
    for place in 0..<count where depends[place] {
      let step = list.steps[place]
      if case .input(let index) = step {
        derivatives[place] = list.number(direction[index])
        continue
      }
      if let function = step.functionOfRealNumbers, let complex,
        step.operands.contains(where: { dependsOnComplex[$0] })
      {
        throw .notDifferentiable(function: function, by: inputs[complex])
      }
      if case .apply(let function, let a) = step, mayBeComplex[a], let inner = derivatives[a],
        let outer = forward(function, a, place, inner)
      {
        derivatives[place] = outer
        continue
      }
      if case .divide(let a, let b) = step, let first = derivatives[a], let second = derivatives[b]
      {
        // (a' - (a/b) b')/b: one division.
        let product = list.multiply(place, second)
        let difference = list.subtract(first, product)
        derivatives[place] = list.divide(difference, b)
        continue
      }
      var total: Int?
      for (operand, factor) in try partials(
        at: place, by: inputs[first], { derivatives[$0] != nil })
      {
        guard let inner = derivatives[operand] else { continue }
        let term = apply(factor, to: inner)
        total = total.map { list.add($0, term) } ?? term
      }
      if let total, list.value(at: total)?.isZero != true { derivatives[place] = total }
    }
    let zero = list.number(0)
    return program.outputs.map { derivatives[$0] ?? zero }
  }

  /// The derivative by a real variable of a function of complex numbers that is not complex
  /// differentiable; nil for all others.
  private mutating func forward(
    _ function: Function, _ a: Int, _ place: Int, _ inner: Int
  ) -> Int? {
    switch function {
    case .re, .im, .conj: return list.apply(function, inner)
    case .abs:
      // |u|' = re(ū u')/|u|.
      let conjugate = list.apply(.conj, a)
      let product = list.multiply(conjugate, inner)
      let real = list.apply(.re, product)
      return list.divide(real, place)
    case .arg:
      let quotient = list.divide(inner, a)
      return list.apply(.im, quotient)
    default: return nil
    }
  }
}
