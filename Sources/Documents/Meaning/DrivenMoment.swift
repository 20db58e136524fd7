import Algebra
import OpenSystems
import Symbolic

/// A time at which a driven model is looked at, and what it has come from.
struct DrivenMoment: Sendable {
  /// Which of the states at that time is meant.
  enum Start: Sendable {
    /// An eigenstate of H₀ at t = 0, counted from 0 by increasing energy.
    case eigenstate(Int)
    /// This density matrix at t = 0.
    case state(Matrix<Expression>)
    /// The steady state, which turns with the drive.
    case steady
  }

  let start: Start
  let time: Expression

  /// What the start and the time depend on.
  var symbols: Set<Symbol> {
    var found = time.freeSymbols
    if case .state(let matrix) = start {
      for element in matrix.elements { found.formUnion(element.freeSymbols) }
    }
    return found
  }

  /// How it is written in a call.
  var description: String {
    switch start {
    case .eigenstate(let k): "\(k + 1), \(time)"
    case .state: "…, \(time)"
    case .steady: "\(time)"
    }
  }
}

/// A moment compiled for enclosures at points.
struct DrivenMomentProgram: Sendable {
  enum Start: Sendable {
    case eigenstate(Int)
    case state(Program)
    case steady
  }

  let start: Start
  let time: Program

  init(_ moment: DrivenMoment, inputs: [Symbol]) throws(SymbolicError) {
    time = try Program([moment.time], inputs: inputs)
    switch moment.start {
    case .eigenstate(let k): start = .eigenstate(k)
    case .state(let matrix): start = .state(try Program(matrix.elements, inputs: inputs))
    case .steady: start = .steady
    }
  }
}
