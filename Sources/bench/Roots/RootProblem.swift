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
    guard let lambda = try Workload.twoBathQubits.expressions().last else {
      throw BenchError.input("no eigenvalue")
    }
    return lambda.substituting(values())
  }

  private static func values() -> [Symbol: Expression] {
    let numbers: [String: Rational] = [
      "Delta": 1, "J1": 1, "J2": 50, "K1": 0, "K2": 50, "xi": 0,
    ]
    var values: [Symbol: Expression] = [:]
    for symbol in Workload.twoBathQubits.symbols {
      values[symbol] = numbers[symbol.name].map { .rational($0) }
    }
    return values
  }

  /// At one temperature of the second bath.
  static func eigenvalue(at second: Rational) throws -> Expression {
    try eigenvalue().substituting([t2: .rational(second)])
  }

  /// The curves on which the eigenvalue may vanish: of p1·p4 - c², a polynomial in one kernel of each temperature.
  static func curves() throws -> [CurvePlaces<PolynomialCurve>] {
    let product = try condition()
    let form = try NormalForm(product)
    let numerator = form.value.re.numerator
    var axes: [(place: Int, map: CoordinateMap)] = []
    for symbol in [t1, t2] {
      for sign in [1, -1] {
        let kernel = exp(.rational(Rational(sign)) / .symbol(symbol))
        guard
          let place = form.basis.generators.firstIndex(where: { $0.kernel.expression == kernel }),
          let map = CoordinateMap.exponential(0, Integer(sign), 1, 0)
        else { continue }
        axes.append((place, map))
      }
    }
    guard axes.count == 2 else { throw BenchError.input("no kernel for each temperature") }
    let box = PlaneBox(x: bracket.lower, bracket.upper, y: try Rational(1, 20), try Rational(3, 10))
    return try PolynomialCurve.factors(of: numerator, x: axes[0].place, y: axes[1].place).map {
      try CurvePlaces($0, in: box, xMap: axes[0].map, yMap: axes[1].map)
    }
  }

  /// p1·p4 - c², which vanishes where the smallest eigenvalue does.
  private static func condition() throws -> Expression {
    var scope = Scope(symbols: Workload.twoBathQubits.symbols)
    for (name, text) in Workload.twoBathQubits.definitions {
      scope.values[name] = try Expression(SourceText(text), in: scope)
    }
    return try Expression(SourceText("p1*p4 - c^2"), in: scope).substituting(values())
  }
}
