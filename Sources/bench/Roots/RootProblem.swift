import Arbitrary
import Certified
import Exact
import Symbolic

/// The problem of the benchmark of roots (W3): the greater temperature T1 at which the smallest eigenvalue of
/// the partial transpose of two qubits between two baths vanishes, with Δ = 1, J = (1, 50), K = (0, 50), ξ = 0.
enum RootProblem {
  static let t1 = Symbol("T1", .positive)
  static let t2 = Symbol("T2", .positive)

  /// Where the one temperature is known to be for T2 = 1/10.
  static let bracket = (lower: Rational(7), upper: Rational(9))

  /// The values of T2 along the boundary.
  static let sweep: [Rational] = (0..<50).compactMap { (k: Int) in
    try? Rational(Integer(100 + 2 * k), 1000)
  }

  /// The smallest eigenvalue as printed, a function of both temperatures.
  static func eigenvalue() throws -> Expression {
    let numbers: [String: Rational] = [
      "Delta": 1, "J1": 1, "J2": 50, "K1": 0, "K2": 50, "xi": 0,
    ]
    guard let lambda = try Workload.twoBathQubits.expressions().last else {
      throw BenchError.input("no eigenvalue")
    }
    var values: [Symbol: Expression] = [:]
    for symbol in Workload.twoBathQubits.symbols {
      values[symbol] = numbers[symbol.name].map { .rational($0) }
    }
    return lambda.substituting(values)
  }

  /// At one temperature of the second bath.
  static func eigenvalue(at second: Rational) throws -> Expression {
    try eigenvalue().substituting([t2: .rational(second)])
  }
}
