import Exact

/// The null space of a matrix over Q(x₁, …, xₙ), by evaluation and interpolation.
///
/// A sparse elimination at one random point modulo a prime is replayed at as many points as the null
/// vectors need, these are interpolated as rational functions in lowest terms, their coefficients
/// lifted from as many primes as they need, and the result is proved:
/// - each vector solves the system, by substitution (``SubstitutionProof``);
/// - there are no more of them, because the rank over the field is at least that at a point modulo a
///   prime, and the vectors, each with a 1 where the others have 0, are independent;
/// - the fractions are in lowest terms: modulo a prime, on a line on which both parts keep their
///   degrees, they are coprime, and a common factor would show there.
///
/// So a wrong guess on the way (a point that is a zero by chance) costs time, not truth.
struct FunctionKernel {
  private(set) var freeColumns: [Int] = []
  /// One vector for each free column.
  private(set) var vectors: [[RationalFunction]] = []
  /// Whether a row was left without a pivot because of the limit to the pivots' columns; then there is
  /// no vector.
  private(set) var hasLeftoverRows = false
  var rank: Int { columnCount - freeColumns.count }
  private let columnCount: Int

  /// Whether the first columns all hold pivots, and no row is left over.
  func isRegular(_ columns: Int) -> Bool { !hasLeftoverRows && rank == columns }

  /// The error where no guess could be proved, though no limit was reached.
  private static let noImage = ArithmeticError.limit(
    "no image of the linear system was found at random points")

  /// The null space; nil where interpolation found nothing that could be proved, before any limit was
  /// reached: elimination may then be tried.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)``.
  static func found(
    _ matrix: SparseMatrix<RationalFunction>, pivotLimit: Int? = nil, limit: EliminationLimit
  ) throws(ArithmeticError) -> FunctionKernel? {
    do {
      return try FunctionKernel(matrix, pivotLimit: pivotLimit, limit: limit)
    } catch {
      if error != noImage { throw error }
      return nil
    }
  }

  /// - Parameter pivotLimit: columns from this one on hold no pivot, even where they could.
  /// - Throws: ``ArithmeticError/limit(_:)``.
  init(
    _ matrix: SparseMatrix<RationalFunction>, pivotLimit: Int? = nil, limit: EliminationLimit
  ) throws(ArithmeticError) {
    columnCount = matrix.columnCount
    let ring = FunctionKernel.ring(of: matrix)
    let rows = try FunctionKernel.integralRows(matrix, limit)
    var primes = WidePrime.Descending().makeIterator()
    var budget = limit.operations
    var failures = 0
    while let prime = primes.next() {
      let system = FunctionSystem(
        rows, columnCount: columnCount, pivotLimit: pivotLimit ?? columnCount, ring: ring,
        prime: prime)
      freeColumns = system.program.freeColumns
      vectors = []
      hasLeftoverRows = system.program.hasLeftoverRows
      if hasLeftoverRows { return }
      do {
        if try lift(system, prime, &primes, limit, &budget) { return }
      } catch {
        if case .limit(let what) = error { throw .limit(what) }
      }
      // An unlucky point or a wrong guess: both are as likely as degree/2^60.
      failures += 1
      if failures > 4 { break }
    }
    throw FunctionKernel.noImage
  }

  private static func ring(of matrix: SparseMatrix<RationalFunction>) -> PolynomialRing {
    for row in matrix.rows {
      for entry in row {
        if !entry.value.numerator.isConstant { return entry.value.numerator.ring }
        if !entry.value.denominator.isConstant { return entry.value.denominator.ring }
      }
    }
    return .constants
  }

  /// The rows, each multiplied by its denominators.
  private static func integralRows(
    _ matrix: SparseMatrix<RationalFunction>, _ limit: EliminationLimit
  ) throws(ArithmeticError) -> [[(column: Int, value: Polynomial)]] {
    var result: [[(column: Int, value: Polynomial)]] = []
    for row in matrix.rows {
      var common = Polynomial.one
      for entry in row where !entry.value.denominator.isOne && common != entry.value.denominator {
        let denominator = entry.value.denominator
        if common.isOne {
          common = denominator
        } else if let c = common.constantValue, let d = denominator.constantValue {
          common = Polynomial(Integer.lcm(c, d))
        } else {
          let missing = denominator.exactQuotient(by: Polynomial.gcd(common, denominator))
          if common.totalDegree + missing.totalDegree > missing.ring.maximumDegree {
            throw .overflow("the degree of a row's common denominator")
          }
          common = common * missing
        }
        if common.termCount > limit.terms { throw .limit("the common denominator of a row") }
      }
      var values: [(column: Int, value: Polynomial)] = []
      values.reserveCapacity(row.count)
      for entry in row {
        let value = entry.value
        if common.isOne {
          values.append((entry.column, value.numerator))
          continue
        }
        let factor =
          value.denominator.isOne ? common : common.exactQuotient(by: value.denominator)
        if factor.totalDegree + value.numerator.totalDegree
          > Swift.max(factor.ring.maximumDegree, value.numerator.ring.maximumDegree)
        {
          throw .overflow("the degree of a row without denominators")
        }
        values.append((entry.column, factor.isOne ? value.numerator : factor * value.numerator))
      }
      result.append(values)
    }
    return result
  }

  /// Lifts the images of the functions to the rational numbers.
  ///
  /// - Returns: whether the proof succeeded.
  private mutating func lift(
    _ system: FunctionSystem, _ first: WidePrime, _ primes: inout WidePrime.Descending,
    _ limit: EliminationLimit, _ budget: inout Int
  ) throws(FunctionImage.Failure) -> Bool {
    let homogeneity =
      system.variables.isEmpty
      ? nil : Homogeneity(system.rows, columnCount: columnCount, inputs: system.inputs)
    let frame = try FunctionImage.frame(
      of: system, isHomogeneous: homogeneity != nil, first, budget: &budget)
    var lifts = [FunctionLift](repeating: FunctionLift(), count: system.functions.count)
    var prime = first
    var refusals = 0
    for round in 0..<2000 {
      let image = try FunctionImage(
        of: system, frame, prime, seed: 100 + UInt64(round), termLimit: limit.terms,
        budget: &budget)
      for index in lifts.indices where !lifts[index].isDone {
        lifts[index].add(image.numerators[index], image.denominators[index], prime)
      }
      if lifts.allSatisfy({ $0.isDone }) {
        let fractions = lifts.compactMap { $0.fraction(in: system.ring) }
        guard fractions.count == lifts.count else { throw .unlucky }
        let isRight: Bool
        do {
          isRight = try isProved(system, fractions, homogeneity, frame, &budget)
        } catch {
          if case .limit(let what) = error { throw .limit(what) }
          throw .unlucky
        }
        if !isRight {
          // Coefficients that looked short were longer: more primes will tell.
          refusals += 1
          if refusals > 8 { return false }
          for index in lifts.indices { lifts[index].reopen() }
          guard let next = primes.next() else { break }
          prime = next
          continue
        }
        try assemble(system, fractions, homogeneity, frame)
        return true
      }
      guard let next = primes.next() else { break }
      prime = next
    }
    throw .limit("coefficients of the solution beyond 100000 bits")
  }

  private func isProved(
    _ system: FunctionSystem, _ fractions: [SubstitutionProof.Fraction],
    _ homogeneity: Homogeneity?, _ frame: FunctionImage.Frame, _ budget: inout Int
  ) throws(ArithmeticError) -> Bool {
    var variables = system.variables
    var inputs = system.inputs
    if let chart = frame.chart {
      // Of a homogeneous residual nothing is lost where one variable is 1.
      let removed = variables.remove(at: chart)
      inputs = inputs.map { $0.substituting(removed, 1) }
    }
    var rows: [[SubstitutionProof.Term]] = []
    var outputs = [Int: [Int: (function: Int, isNegative: Bool)]]()
    for (output, assigned) in zip(system.program.outputs, system.assignment) {
      outputs[output.free, default: [:]][output.column] = assigned
    }
    for free in freeColumns {
      let own = outputs[free] ?? [:]
      for row in system.rows {
        var terms: [SubstitutionProof.Term] = []
        for slot in row {
          let input = Int(slot.register)
          if slot.column == free {
            terms.append(.init(input: input, function: nil, isNegative: false))
          } else if let found = own[slot.column] {
            terms.append(
              .init(input: input, function: found.function, isNegative: found.isNegative))
          }
        }
        if !terms.isEmpty { rows.append(terms) }
      }
    }
    let proof = SubstitutionProof(
      ring: system.ring, variables: variables, inputs: inputs, fractions: fractions, rows: rows)
    return try proof.holds(budget: &budget)
  }

  /// Builds the vectors, the chart's variable restored.
  private mutating func assemble(
    _ system: FunctionSystem, _ fractions: [SubstitutionProof.Fraction],
    _ homogeneity: Homogeneity?, _ frame: FunctionImage.Frame
  ) throws(FunctionImage.Failure) {
    let place = Dictionary(uniqueKeysWithValues: zip(freeColumns, freeColumns.indices))
    vectors = freeColumns.map { free in
      var vector = [RationalFunction](repeating: .zero, count: columnCount)
      vector[free] = .one
      return vector
    }
    var made: [[Int]: RationalFunction] = [:]
    for (output, assigned) in zip(system.program.outputs, system.assignment) {
      var degree = 0
      if let homogeneity {
        degree =
          homogeneity.columnDegrees[output.free] - homogeneity.columnDegrees[output.column]
      }
      let key = [assigned.function, degree]
      let value: RationalFunction
      if let known = made[key] {
        value = known
      } else {
        let fraction = fractions[assigned.function]
        if let chart = frame.chart {
          value = try FunctionKernel.homogenised(
            fraction, system.variables[chart], degree: degree, system.ring)
        } else {
          value = RationalFunction(
            uncheckedNumerator: fraction.numerator, denominator: fraction.denominator)
        }
        made[key] = value
      }
      if let index = place[output.free] {
        vectors[index][output.column] = assigned.isNegative ? -value : value
      }
    }
  }

  /// The homogeneous function of the given degree that becomes `fraction` where one variable is 1.
  private static func homogenised(
    _ fraction: SubstitutionProof.Fraction, _ variable: Int, degree: Int, _ ring: PolynomialRing
  ) throws(FunctionImage.Failure) -> RationalFunction {
    let top = fraction.numerator.totalDegree
    let bottom = fraction.denominator.totalDegree
    // Neither part is divisible by the variable before the difference of degrees is made right.
    let excess = degree - (top - bottom)
    guard max(top + max(excess, 0), bottom + max(-excess, 0)) <= ring.maximumDegree else {
      throw .limit("a solution of a degree beyond \(ring.maximumDegree)")
    }
    func raised(_ polynomial: Polynomial, to degree: Int) -> Polynomial {
      Polynomial(
        ring: ring,
        unsorted: zip(polynomial.monomials, polynomial.coefficients).map { monomial, coefficient in
          (
            monomial
              * ring.monomial(
                variable: variable, exponent: degree - ring.totalDegree(monomial)),
            coefficient
          )
        })
    }
    let numerator = raised(fraction.numerator, to: top + max(excess, 0))
    let denominator = raised(fraction.denominator, to: bottom + max(-excess, 0))
    return denominator.leadingCoefficient.isNegative
      ? RationalFunction(uncheckedNumerator: -numerator, denominator: -denominator)
      : RationalFunction(uncheckedNumerator: numerator, denominator: denominator)
  }
}

/// The coefficients of one function, as far as they are known from primes so far.
private struct FunctionLift {
  private var numerator: [Monomial] = []
  private var denominator: [Monomial] = []
  private var residues: [Integer] = []
  private var modulus = Integer.one
  private var found: (numerators: [Integer], denominator: Integer)?
  var isDone: Bool { found != nil }

  /// Forgets the last reconstruction, which was refused.
  mutating func reopen() { found = nil }

  /// Takes one more image in; its supports must be those of the first.
  mutating func add(
    _ top: FunctionImage.Part, _ bottom: FunctionImage.Part, _ prime: WidePrime
  ) {
    let images = (top.coefficients + bottom.coefficients).map { prime.decode($0) }
    if modulus.isOne || numerator != top.monomials || denominator != bottom.monomials {
      // A term can vanish modulo a prime; the larger support is right.
      if !modulus.isOne && images.count <= residues.count { return }
      numerator = top.monomials
      denominator = bottom.monomials
      residues = images.map { Integer($0) }
      modulus = Integer(prime.value)
    } else {
      // x + M·((r - x)/M mod p).
      let p = UInt(prime.value)
      let inverse = prime.inverse(prime.encode(UInt64(modulus.residue(modulo: p))))
      for index in residues.indices {
        let difference = prime.subtract(
          images[index], UInt64(residues[index].residue(modulo: p)))
        let digit = prime.multiply(difference, inverse)
        residues[index] += modulus * Integer(digit)
      }
      modulus = modulus * Integer(prime.value)
    }
    found = RationalVector.reconstruct(residues, modulus: modulus)
  }

  /// The function in lowest terms, the content of its coefficients removed.
  func fraction(in ring: PolynomialRing) -> SubstitutionProof.Fraction? {
    guard let found else { return nil }
    let content = found.numerators.reduce(Integer.zero) { $1.isZero ? $0 : Integer.gcd($0, $1) }
    if content.isZero { return nil }
    let values =
      content.isOne ? found.numerators : found.numerators.map { $0.exactQuotient(by: content) }
    var top = Polynomial(
      ring: ring, unsorted: Array(zip(numerator, values.prefix(numerator.count))))
    var bottom = Polynomial(
      ring: ring, unsorted: Array(zip(denominator, values.dropFirst(numerator.count))))
    if top.isZero || bottom.isZero { return nil }
    if bottom.leadingCoefficient.isNegative {
      top = -top
      bottom = -bottom
    }
    return .init(numerator: top, denominator: bottom)
  }
}
