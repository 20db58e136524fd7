import Exact

/// Reverse mode.
///
/// The adjoint ū of an operation u is such that the output changes by ū·du where all operations on the
/// way are complex differentiable or real, and its real part by Re(ū·du) in any case, for real changes of
/// the inputs. With w = f(u):
///
///     ū = w̄ f'(u)                      f complex differentiable, or u real
///     ū = Re(w̄)                        w = re u
///     ū = -i Re(w̄)                     w = im u
///     ū = conj(w̄)                      w = conj u
///     ū = Re(w̄) conj(u)/|u|            w = |u|:    d|u| = Re(conj(u) du)/|u|
///     ū = -i Re(w̄)/u                   w = arg u:  d arg u = Im(du/u)
extension DerivativeRules {
  /// The places of the derivatives, by all inputs, of the output at `output`.
  mutating func reverse(_ program: Program, from output: Int) throws(SymbolicError) -> [Int] {
    let depends = program.dependence { _ in true }
    let complex = program.inputs.indices.first { !program.inputs[$0].domain.isReal }
    let dependsOnComplex = program.dependence { !program.inputs[$0].domain.isReal }
    var adjoints = [Int?](repeating: nil, count: count)
    adjoints[output] = list.number(1)
    // A function of the lower five rules, where there was one.
    var realPartOnly: Function?
    for place in (0...output).reversed() where depends[place] {
      guard let adjoint = adjoints[place], let first = inputs.first else { continue }
      if list.value(at: adjoint)?.isZero == true { continue }
      let step = list.steps[place]
      if let function = step.functionOfRealNumbers, let complex,
        step.operands.contains(where: { dependsOnComplex[$0] })
      {
        throw .notDifferentiable(function: function, by: inputs[complex])
      }
      if case .apply(let function, let a) = step, mayBeComplex[a],
        let term = reverse(function, a, place, adjoint)
      {
        realPartOnly = function
        adjoints[a] = adjoints[a].map { list.add($0, term) } ?? term
        continue
      }
      for (operand, factor) in try partials(at: place, by: first, { depends[$0] }) {
        let term = apply(factor, to: adjoint)
        adjoints[operand] = adjoints[operand].map { list.add($0, term) } ?? term
      }
    }
    if let function = realPartOnly, mayBeComplex[output], let first = inputs.first {
      throw .notDifferentiable(function: function, by: first)
    }
    return gradient(adjoints, takesRealPart: realPartOnly != nil)
  }

  private mutating func gradient(_ adjoints: [Int?], takesRealPart: Bool) -> [Int] {
    var gradient = inputs.map { _ in list.number(0) }
    for place in 0..<count {
      guard case .input(let index) = list.steps[place], let adjoint = adjoints[place] else {
        continue
      }
      gradient[index] = takesRealPart ? list.apply(.re, adjoint) : adjoint
    }
    return gradient
  }

  /// The adjoint of u for a function that is not complex differentiable, where u may be complex; nil for
  /// all others.
  private mutating func reverse(
    _ function: Function, _ a: Int, _ place: Int, _ adjoint: Int
  ) -> Int? {
    switch function {
    case .re: return realPart(adjoint)
    case .im: return turnedRealPart(adjoint)
    case .conj: return list.apply(.conj, adjoint)
    case .abs:
      let real = realPart(adjoint)
      let quotient = list.divide(real, place)
      let conjugate = list.apply(.conj, a)
      return list.multiply(quotient, conjugate)
    case .arg:
      let turned = turnedRealPart(adjoint)
      return list.divide(turned, a)
    default: return nil
    }
  }

  private mutating func realPart(_ a: Int) -> Int {
    list.value(at: a) != nil ? a : list.apply(.re, a)
  }

  private mutating func turnedRealPart(_ a: Int) -> Int {
    let unit = list.append(.imaginaryUnit)
    let minus = list.negate(unit)
    let real = realPart(a)
    return list.multiply(real, minus)
  }
}
