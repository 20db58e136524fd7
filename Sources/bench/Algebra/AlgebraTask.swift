import Algebra
import Exact

/// A task of the benchmark of exact algebra (W2): what an engine is given, as text that every system
/// reads, and what it must compute.
///
/// Results are compared by their values at ``points``. Two different polynomials of degree at most d
/// agree at one random point of [0, 2^40)^n with a probability of at most d/2^40 (Schwartz 1980).
struct AlgebraTask: Sendable {
  enum Kind: String, Sendable {
    /// One line p and an exponent n: the product of p^n and p^n + 1. The powers are not timed.
    case product
    /// Lines n₁, d₁, n₂, d₂, …: each quotient in lowest terms, as numerator and denominator.
    case fractions
    /// Two lines: their greatest common divisor over the integers.
    case gcd
    /// Polynomials: their irreducible factors over the rationals in any order, each as often as it
    /// occurs, constants left out.
    case factors
    /// A system of so many equations as the exponent says, a line of integers each, the right side
    /// last, all over the denominator in the first line: numerators and denominators of the unknowns.
    case rationalSolve
    /// The generator of a Liouvillian with so many coordinates as the exponent says, a line of
    /// polynomials with semicolons between them for each row; the first √exponent coordinates are the
    /// populations: numerators and denominators of the stationary vector whose populations add up
    /// to one.
    case steadyState
  }

  let kind: Kind
  /// The head of the column.
  let title: String
  /// The exponent of ``Kind/product``; the number of unknowns of linear systems.
  let exponent: Int
  /// The input: polynomials in x, y, z, w as sums of terms like `-3*x^2*y`.
  let lines: [String]

  /// How many results in turn have a sign in common that is free.
  var signGroup: Int? {
    switch kind {
    case .product: nil
    case .fractions, .rationalSolve, .steadyState: 2
    case .gcd, .factors: 1
    }
  }

  static let variables = ["x", "y", "z", "w"]

  /// Two points for comparing results.
  static let points: [[Int]] = {
    var random = TaskGenerator(seed: 40)
    return (0..<2).map { _ in variables.map { _ in random.below(1 << 40) } }
  }()

  /// All tasks, in the order of the columns.
  static func all() throws -> [AlgebraTask] {
    simple + [
      rationalSystem, try steadyState(qubits: 2), try steadyState(qubits: 3), try factors(),
    ]
  }

  private static let simple: [AlgebraTask] = [
    AlgebraTask(
      kind: .product, title: "product, n = 12", exponent: 12, lines: ["x + y + z + w + 1"]),
    AlgebraTask(
      kind: .product, title: "product, n = 15", exponent: 15, lines: ["x + y + z + w + 1"]),
    fractions, commonFactor,
  ]

  /// 14 fractions of forms of degree 8 in three variables, 45 terms above and below, with a common
  /// factor of degree 3: such as the entries of a steady state have in two couplings and a rate.
  private static let fractions: AlgebraTask = {
    var random = TaskGenerator(seed: 45)
    var lines: [String] = []
    for _ in 0..<14 {
      let common = random.form(variables: 3, degree: 3, size: 9)
      for _ in 0..<2 {
        let cofactor = random.form(variables: 3, degree: 5, size: 9)
        lines.append((common * cofactor).description)
      }
    }
    return AlgebraTask(kind: .fractions, title: "14 fractions", exponent: 0, lines: lines)
  }()

  /// Two products in four variables with a common factor of 50 terms.
  private static let commonFactor: AlgebraTask = {
    var random = TaskGenerator(seed: 50)
    let common = random.sparse(terms: 50, degree: 6, size: 99)
    let lines = (0..<2).map { _ in
      (common * random.sparse(terms: 50, degree: 6, size: 99)).description
    }
    return AlgebraTask(kind: .gcd, title: "gcd, factor of 50 terms", exponent: 0, lines: lines)
  }()

  /// 64 equations with numerators of 20 digits over one denominator.
  private static let rationalSystem: AlgebraTask = {
    var random = TaskGenerator(seed: 64)
    let rows = (0..<64).map { _ in
      (0...64).map { _ in random.digits(20) }.joined(separator: " ")
    }
    return AlgebraTask(
      kind: .rationalSolve, title: "64x64 rational solve", exponent: 64,
      lines: [random.digits(20)] + rows)
  }()

  private static func steadyState(qubits: Int) throws -> AlgebraTask {
    let rows = try IsingQubits(count: qubits).rows()
    return AlgebraTask(
      kind: .steadyState, title: "\(rows.count)x\(rows.count) steady state",
      exponent: rows.count,
      lines: rows.map { $0.map(\.description).joined(separator: ";") })
  }

  /// What the steady states of two and three qubits have above and below.
  private static func factors() throws -> AlgebraTask {
    let parts = try [2, 3].flatMap { try IsingQubits(count: $0).parts() }
    return AlgebraTask(
      kind: .factors, title: "\(parts.count) factorisations", exponent: 0,
      lines: parts.map(\.description))
  }

  /// The values of results with the free signs made positive, and in order where the order is free.
  func normalized(_ values: [[Integer]]) -> [[Integer]] {
    guard let signGroup else { return values }
    let positive = values.indices.map { index in
      let first = values[index / signGroup * signGroup].first ?? 0
      return first.isNegative ? values[index].map { -$0 } : values[index]
    }
    return kind == .factors ? positive.sorted { $0.lexicographicallyPrecedes($1) } : positive
  }
}

/// Random polynomials for tasks: the same in every run.
struct TaskGenerator {
  private var state: UInt64
  private let ring: PolynomialRing

  init(seed: UInt64) {
    state = seed
    // Four variables are within the limit of a ring.
    ring = (try? PolynomialRing(AlgebraTask.variables)) ?? .constants
  }

  /// SplitMix64 (Steele, Lea, Flood 2014).
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// A number with so many digits, with any sign.
  mutating func digits(_ count: Int) -> String {
    (below(2) == 0 ? "-" : "") + String(1 + below(9))
      + (1..<count).map { _ in String(below(10)) }.joined()
  }

  /// A nonzero coefficient of at most `size`, three in four positive.
  private mutating func coefficient(_ size: Int) -> Integer {
    Integer((below(4) == 0 ? -1 : 1) * (1 + below(size)))
  }

  private func polynomial(_ terms: [[Int]: Integer]) -> Polynomial {
    (try? Polynomial(ring: ring, terms: terms.map { ($0.key, $0.value) })) ?? .zero
  }

  /// A form in the first variables with all its monomials.
  mutating func form(variables: Int, degree: Int, size: Int) -> Polynomial {
    var terms: [[Int]: Integer] = [:]
    func exponents(_ count: Int, _ degree: Int) -> [[Int]] {
      if count == 1 { return [[degree]] }
      return (0...degree).flatMap { first in
        exponents(count - 1, degree - first).map { [first] + $0 }
      }
    }
    for head in exponents(variables, degree) {
      let padding = [Int](repeating: 0, count: ring.variables.count - variables)
      terms[head + padding] = coefficient(size)
    }
    return polynomial(terms)
  }

  /// A polynomial with so many terms of random degrees up to `degree` in all variables.
  mutating func sparse(terms count: Int, degree: Int, size: Int) -> Polynomial {
    var terms: [[Int]: Integer] = [:]
    while terms.count < count {
      var exponents = [Int](repeating: 0, count: ring.variables.count)
      for _ in 0..<below(degree + 1) { exponents[below(exponents.count)] += 1 }
      if terms[exponents] == nil { terms[exponents] = coefficient(size) }
    }
    return polynomial(terms)
  }
}
