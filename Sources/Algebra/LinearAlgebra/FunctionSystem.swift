import Exact

/// The null vectors of a polynomial matrix as functions that can be evaluated at points modulo primes.
struct FunctionSystem {
  /// The ring's variables that occur in the matrix.
  let variables: [Int]
  let ring: PolynomialRing
  /// The matrix: for each row its columns and distinct elements.
  let rows: [[PivotProgram.Slot]]
  let columnCount: Int
  /// The distinct elements.
  let inputs: [Polynomial]
  private let inputPlaces: [[Int32]]
  private let table: MonomialTable
  let program: PivotProgram
  /// One register for each different function.
  let functions: [Int32]
  /// For each output of the program its function, and whether it is the negative of it.
  let assignment: [(function: Int, isNegative: Bool)]

  /// - Parameter matrix: rows of polynomials over one ring, no element zero.
  init(
    _ matrix: [[(column: Int, value: Polynomial)]], columnCount: Int, pivotLimit: Int,
    ring: PolynomialRing, prime: WidePrime
  ) {
    self.ring = ring
    self.columnCount = columnCount
    var known: [Polynomial: Int32] = [:]
    var inputs: [Polynomial] = []
    var rows: [[PivotProgram.Slot]] = []
    var occurring = Monomial.one
    for row in matrix {
      rows.append(
        row.map { entry in
          if let register = known[entry.value] {
            return PivotProgram.Slot(column: entry.column, register: register)
          }
          let register = Int32(inputs.count)
          known[entry.value] = register
          inputs.append(entry.value)
          for monomial in entry.value.monomials { occurring = occurring | monomial }
          return PivotProgram.Slot(column: entry.column, register: register)
        })
    }
    let variables = ring.variables.indices.filter { ring.exponent(occurring, of: $0) != 0 }
    var table = MonomialTable(variableCount: variables.count)
    inputPlaces = inputs.map { input in
      input.monomials.map { monomial in
        table.place(of: variables.map { ring.exponent(monomial, of: $0) })
      }
    }
    self.rows = rows
    self.inputs = inputs
    self.variables = variables
    self.table = table

    // One random point decides the pivots, more of them which functions are equal.
    let lanes = 3
    var random = PointStream64(seed: 1)
    var point: [UInt64] = []
    for _ in 0..<(variables.count * lanes) { point.append(random.residue(prime)) }
    var values = [UInt64](repeating: 0, count: inputs.count * lanes)
    let coefficients = FunctionSystem.residues(inputs, prime)
    FunctionSystem.evaluate(
      point, lanes: lanes, table, inputPlaces, coefficients, into: &values, prime)
    let recorded = PivotProgram(
      rows: rows, columnCount: columnCount, pivotLimit: pivotLimit,
      inputs: inputs.indices.map { values[$0 * lanes] }, prime: prime)
    program = recorded
    var registers = values
    registers += [UInt64](repeating: 0, count: (recorded.registerCount - inputs.count) * lanes)
    var scratch = [UInt64](repeating: 0, count: lanes)
    registers.withUnsafeMutableBufferPointer { registers in
      scratch.withUnsafeMutableBufferPointer { scratch in
        if let r = registers.baseAddress, let s = scratch.baseAddress {
          _ = recorded.run(r, lanes: lanes, scratch: s, prime: prime)
        }
      }
    }
    var different: [Int32] = []
    var seen: [[UInt64]: Int] = [:]
    assignment = recorded.outputs.map { output in
      let start = Int(output.register) * lanes
      let own = (0..<lanes).map { registers[start + $0] }
      if let function = seen[own] { return (function, false) }
      if let function = seen[own.map { prime.negate($0) }] { return (function, true) }
      seen[own] = different.count
      different.append(output.register)
      return (different.count - 1, false)
    }
    functions = different
  }

  /// The coefficients of polynomials modulo a prime.
  static func residues(_ polynomials: [Polynomial], _ prime: WidePrime) -> [[UInt64]] {
    polynomials.map { $0.coefficients.map { prime.encode($0) } }
  }

  private static func evaluate(
    _ point: [UInt64], lanes: Int, _ table: MonomialTable, _ places: [[Int32]],
    _ coefficients: [[UInt64]], into values: inout [UInt64], _ prime: WidePrime
  ) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: table.count * lanes) { monomials in
      guard let monomials = monomials.baseAddress else { return }
      table.evaluate(point, lanes: lanes, into: monomials, prime)
      values.withUnsafeMutableBufferPointer { values in
        guard let values = values.baseAddress else { return }
        for index in places.indices {
          TabledPolynomial(places: places[index], coefficients: coefficients[index])
            .evaluate(monomials, lanes: lanes, into: values + index * lanes, prime)
        }
      }
    }
  }

  /// The rough number of word operations that one evaluation takes.
  var evaluationCost: Int {
    program.operations.count + table.count + inputPlaces.reduce(0) { $0 + $1.count }
      + program.pivotColumns.count
  }

  /// The values of all functions at points modulo a prime.
  ///
  /// - Parameter point: writes the coordinates of the point with a number, in the order of
  ///   ``variables``.
  /// - Returns: for each function its values at the points; nil where a pivot vanished.
  func values(
    count: Int, _ prime: WidePrime, _ point: (Int, (Int, UInt64) -> Void) -> Void
  ) -> [[UInt64]]? {
    let coefficients = FunctionSystem.residues(inputs, prime)
    var results = functions.map { _ in [UInt64](repeating: 0, count: count) }
    let width = min(32, max(count, 1))
    var registers = [UInt64](repeating: 0, count: program.registerCount * width)
    var scratch = [UInt64](repeating: 0, count: width)
    var coordinates = [UInt64](repeating: 0, count: variables.count * width)
    var start = 0
    while start < count {
      let lanes = min(width, count - start)
      for lane in 0..<lanes {
        point(start + lane) { coordinates[$0 * lanes + lane] = $1 }
      }
      FunctionSystem.evaluate(
        coordinates, lanes: lanes, table, inputPlaces, coefficients, into: &registers, prime)
      let isRegular = registers.withUnsafeMutableBufferPointer { registers in
        scratch.withUnsafeMutableBufferPointer { scratch in
          guard let r = registers.baseAddress, let s = scratch.baseAddress else { return false }
          return program.run(r, lanes: lanes, scratch: s, prime: prime)
        }
      }
      if !isRegular { return nil }
      for (index, register) in functions.enumerated() {
        let source = Int(register) * lanes
        for lane in 0..<lanes { results[index][start + lane] = registers[source + lane] }
      }
      start += lanes
    }
    return results
  }
}
