import Exact

extension Program {
  /// The program in two parts: the values that do not depend on the inputs that move, and the rest, which
  /// takes those values as further inputs. What stays the same at many points is computed once.
  ///
  /// - Parameter moving: which inputs move, by their places in ``inputs``.
  /// - Returns: `fixed` with the other inputs, in their order; `rest` with those that move, in their order,
  ///   and after them one input for each output of `fixed`, real by its domain.
  /// - Complexity: O(number of operations).
  public func separated(moving: [Int]) -> (fixed: Program, rest: Program) {
    let isMoving = Set(moving)
    let depends = dependence { isMoving.contains($0) }
    var isNeeded = [Bool](repeating: false, count: steps.count)
    func read(_ place: Int) {
      guard !depends[place] else { return }
      // Numbers are loaded by every program for itself.
      switch steps[place] {
      case .constant, .imaginaryUnit, .pi: break
      default: isNeeded[place] = true
      }
    }
    for (place, step) in steps.enumerated() where depends[place] { step.operands.forEach(read) }
    outputs.forEach(read)
    let held = steps.indices.filter { isNeeded[$0] }
    let (stay, go) = (
      inputs.indices.filter { !isMoving.contains($0) }, inputs.indices.filter(isMoving.contains)
    )
    let fixed = Program(
      inputs: stay.map { inputs[$0] }, constants: constants,
      pruning: steps.map { step in
        if case .input(let index) = step { .input(stay.firstIndex(of: index) ?? 0) } else { step }
      }, outputs: held)
    let column = Dictionary(uniqueKeysWithValues: held.enumerated().map { ($1, $0 + go.count) })
    let rest = Program(
      inputs: go.map { inputs[$0] } + held.indices.map { Symbol("held \($0)", .real) },
      constants: constants,
      pruning: steps.enumerated().map { place, step in
        if let column = column[place] { return .input(column) }
        if case .input(let index) = step { return .input(go.firstIndex(of: index) ?? 0) }
        return step
      }, outputs: outputs)
    return (fixed, rest)
  }

  /// The program with some of its outputs only, in the order given.
  ///
  /// - Precondition: there are such outputs.
  public func selecting(outputs places: [Int]) -> Program {
    Program(
      inputs: inputs, constants: constants, pruning: steps, outputs: places.map { outputs[$0] })
  }
}
