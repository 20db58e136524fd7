import Algebra
import Arbitrary
import Exact
import OpenSystems
import Symbolic

/// A measure of entanglement as a function of the elements of a state, row by row.
struct StateMeasure: ProcedureBody {
  enum Measure: Sendable {
    case concurrence
    /// Increasing.
    case eigenvalues
    case negativity(Space, [Int])
  }

  let size: Int
  let measure: Measure

  init(size: Int, _ measure: Measure) {
    self.size = size
    self.measure = measure
  }

  /// Rotations of a matrix cost the third power of its size, ten times or so.
  func work(precision: Int) -> Int {
    let cube = size * size * size
    return min(cube, 1 << 24) * max(precision, 64) * 10
  }

  func enclose(
    _ arguments: [ComplexInterval], exact: [Rational]?, precision: Int
  ) throws(ArithmeticError) -> [ComplexInterval] {
    guard arguments.allSatisfy({ $0.re.isBounded && $0.im.isBounded }) else {
      return Array(repeating: .entire, count: count)
    }
    var state = Matrix<ComplexInterval>(rows: size, columns: size)
    state.elements = arguments
    do throws(OpenSystemError) {
      return try values(of: state, precision).map { ComplexInterval(real: $0) }
    } catch {
      if case .arithmetic(let inner) = error { throw inner }
      throw .domain(error.description)
    }
  }

  /// The number of components.
  var count: Int { if case .eigenvalues = measure { size } else { 1 } }

  private func values(
    of state: Matrix<ComplexInterval>, _ precision: Int
  ) throws(OpenSystemError) -> [Interval] {
    switch measure {
    case .concurrence:
      [try Entanglement.concurrence(enclosing: state, precision: precision)]
    case .eigenvalues: try SpectralEnclosure.eigenvalues(state, precision: precision)
    case .negativity(let space, let places):
      [
        try Entanglement.negativity(
          enclosing: state, in: space, party: places, precision: precision)
      ]
    }
  }
}
