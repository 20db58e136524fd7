import Algebra
import Exact

/// Something that solves the tasks of exact algebra and is timed: a row of the table.
protocol AlgebraEngine: AnyObject {
  /// The name of the row.
  var name: String { get }

  /// Takes over the input of a task, which is not timed.
  ///
  /// - Returns: whether the engine can do this; otherwise the cell stays empty.
  func prepare(_ task: AlgebraTask) throws -> Bool

  /// Solves the task once: the values of each resulting polynomial at ``AlgebraTask/points``.
  func values() throws -> [[Integer]]

  /// Solves the task so many times and forgets the results.
  ///
  /// - Returns: the time that this took, in seconds, as the engine's own process measures it.
  func run(_ count: Int) throws -> Double
}

/// Separatrix itself. A further task is one case of ``AlgebraTask/Kind`` and one of ``solve()``.
final class SeparatrixAlgebra: AlgebraEngine {
  let name = "Separatrix"
  private var kind = AlgebraTask.Kind.product
  private var input: [Polynomial] = []
  private var system = (
    matrix: SparseMatrix<Rational>(Matrix(rows: 0, columns: 0)), right: [Rational]()
  )
  private var qubits: IsingQubits?

  func prepare(_ task: AlgebraTask) throws -> Bool {
    kind = task.kind
    switch kind {
    case .rationalSolve:
      system = try Self.system(task)
      return true
    case .steadyState:
      // The number of coordinates is 4 to the power of the number of qubits.
      qubits = try IsingQubits(count: task.exponent.trailingZeroBitCount / 2)
      return true
    case .product, .fractions, .gcd, .factors: break
    }
    let ring = try PolynomialRing(AlgebraTask.variables)
    input = try task.lines.map { try Self.polynomial($0, ring) }
    if kind == .product {
      let power = try input[0].checkedPower(UInt(task.exponent))
      input = [power, power + Polynomial(1, ring: ring)]
    }
    return true
  }

  private func solve() throws -> [Polynomial] {
    switch kind {
    case .product: return [input[0] * input[1]]
    case .gcd: return [Polynomial.gcd(input[0], input[1])]
    case .fractions:
      return try stride(from: 0, to: input.count, by: 2).flatMap { index in
        let quotient = try RationalFunction(input[index], input[index + 1])
        return [quotient.numerator, quotient.denominator]
      }
    case .factors:
      return try input.flatMap { polynomial in
        try polynomial.factorization().factors.flatMap {
          Array(repeating: $0.polynomial, count: $0.multiplicity)
        }
      }
    case .rationalSolve:
      return try system.matrix.solve(system.right).flatMap {
        [Polynomial($0.numerator, ring: .constants), Polynomial($0.denominator, ring: .constants)]
      }
    case .steadyState:
      return try qubits?.solve().flatMap { [$0.numerator, $0.denominator] } ?? []
    }
  }

  private static func system(
    _ task: AlgebraTask
  ) throws -> (matrix: SparseMatrix<Rational>, right: [Rational]) {
    let numbers = try task.lines.map { line in
      try line.split(separator: " ").map { word in
        guard let number = Integer(String(word)) else {
          throw BenchError.input("no number: \(word)")
        }
        return number
      }
    }
    let rows = try numbers.dropFirst().map { row in try row.map { try Rational($0, numbers[0][0]) }
    }
    let size = task.exponent
    let matrix = Matrix(rows: size, columns: size) { rows[$0][$1] }
    return (SparseMatrix(matrix), rows.map { $0[size] })
  }

  func values() throws -> [[Integer]] {
    try solve().map { result in
      AlgebraTask.points.map { point in result.evaluated(at: point.map { Integer($0) }) }
    }
  }

  func run(_ count: Int) throws -> Double {
    try Stopwatch.time { for _ in 0..<count { _ = try solve() } }
  }

  /// Reads a sum of terms as ``Polynomial/description`` writes it.
  static func polynomial(_ text: String, _ ring: PolynomialRing) throws -> Polynomial {
    let spaced = text.replacing(" - ", with: " + -")
    let terms = try spaced.split(separator: " + ").map { term in
      var exponents = [Int](repeating: 0, count: ring.variables.count)
      var coefficient = Integer(term.hasPrefix("-") ? -1 : 1)
      for factor in term.trimmingPrefix("-").split(separator: "*") {
        let parts = factor.split(separator: "^")
        if let place = ring.variables.firstIndex(of: String(parts[0])) {
          exponents[place] += parts.count > 1 ? Int(parts[1]) ?? 0 : 1
        } else if let number = Integer(String(factor)) {
          coefficient *= number
        } else {
          throw BenchError.input("no term: \(term)")
        }
      }
      return (exponents: exponents, coefficient: coefficient)
    }
    return try Polynomial(ring: ring, terms: terms)
  }
}

/// A rival in a process of its own; `Tests/Oracles/rivals/w2_protocol.py` says what is asked.
final class AlgebraRival: AlgebraEngine {
  private let process: RivalEngine
  var name: String { process.name }

  /// - Throws: ``BenchError`` where the rival cannot run here.
  init(_ command: [String]) throws { process = try RivalEngine(command) }

  func prepare(_ task: AlgebraTask) throws -> Bool {
    let points = AlgebraTask.points.map { $0.map(String.init).joined(separator: " ") }
    let head =
      "task \(task.kind.rawValue) \(task.exponent) \(points.count) \(task.lines.count)"
    try process.send(([head] + points + task.lines).joined(separator: "\n") + "\n")
    switch try process.line() {
    case "ready": return true
    case "unsupported": return false
    case let answer: throw BenchError.rival(name, "answered '\(answer)' to task")
    }
  }

  func values() throws -> [[Integer]] {
    try process.send("values\n")
    guard let count = Int(try process.line()) else {
      throw BenchError.rival(name, "answered no number to values")
    }
    return try (0..<count).map { _ in
      try process.line().split(separator: " ").map { word in
        guard let value = Integer(String(word)) else {
          throw BenchError.rival(name, "printed '\(word)'")
        }
        return value
      }
    }
  }

  func run(_ count: Int) throws -> Double { try process.run(count) }
}
