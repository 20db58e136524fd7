import Algebra
import Arbitrary
import Exact

extension SymmetricEnsemble {
  /// The only stationary state among those that are invariant under permutations.
  ///
  /// The equation of one population, which the others imply because the trace is conserved, gives way to
  /// the condition of trace one. The strongly connected components of the equations are solved one after
  /// the other. Where the Hamiltonian is diagonal and the noise makes populations out of nothing but
  /// populations (dephasing, decay, resets), elements depend only on those with the same or fewer
  /// differing bits, and the components are chains of at most N + 1 elements for each pair of numbers
  /// of bits 01 and 10: the state is found by back substitution.
  ///
  /// Guarantee: exact over exact fields; over enclosures each element contains the one of every ensemble
  /// that is enclosed, and the solution is unique. A stationary state always has an invariant mean, so that
  /// an ensemble without a unique invariant one has no unique one at all; the converse need not hold for
  /// couplings and noise that are all collective.
  ///
  /// - Parameters:
  ///   - coherences: the most differing bits of elements that are wanted; by default all. The state of
  ///     k qubits needs k.
  ///   - limit: of each component's elimination.
  /// - Throws: ``OpenSystemError/singular(_:)`` where the state is not unique, or not known to be;
  ///   ``OpenSystemError/arithmetic(_:)``; as ``generator(coherences:)``.
  public func steadyState(
    coherences: Int? = nil, limit: EliminationLimit = .standard
  ) throws(OpenSystemError) -> SymmetricState<F> {
    let (basis, generator) = try generator(coherences: coherences)
    var entries: [(row: Int, column: Int, value: Complex<F>)] = []
    for (row, list) in generator.rows.enumerated() where row > 0 {
      for entry in list { entries.append((row, entry.column, entry.value)) }
    }
    for (column, counts) in basis.elements.enumerated() where counts.coherences == 0 {
      entries.append((0, column, .one))
    }
    let system = SparseMatrix(rows: basis.count, columns: basis.count, entries: entries)
    let mirror = basis.elements.map { basis.index(of: $0.mirrored) ?? 0 }
    var weights = [Complex<F>?](repeating: nil, count: basis.count)
    do {
      // A component depends on itself and on those before it.
      for block in system.triangularBlocks() where block.contains(where: { weights[$0] == nil }) {
        let part = Component(system, block, mirror, weights)
        for (index, value) in zip(block, try part.solution(limit)) {
          weights[index] = value
          if weights[mirror[index]] == nil { weights[mirror[index]] = value.conj }
        }
      }
    } catch ArithmeticError.domain, ArithmeticError.divisionByZero {
      throw .singular(
        "the stationary equations with trace one are singular, or not known to be regular in this "
          + "arithmetic; there may be several steady states")
    } catch { throw .arithmetic(error) }
    var elements: [Complex<F>] = []
    elements.reserveCapacity(basis.count)
    do {
      for (counts, weight) in zip(basis.elements, weights) {
        let count = F(counts.multiplicity)
        let weight = weight ?? .zero
        elements.append(Complex(re: try weight.re / count, im: try weight.im / count))
      }
    } catch { throw .arithmetic(error) }
    return SymmetricState(uncheckedBasis: basis, elements: elements)
  }
}

/// One component of the stationary equations, with what the components before it contribute.
private struct Component<F: Field> {
  let size: Int
  /// Entries between members, by their places in the component.
  private let rows: [[(column: Int, value: Complex<F>)]]
  private let right: [Complex<F>]
  /// The places of the members' mirror images; nil where those are another component.
  private let mirror: [Int]?

  init(
    _ system: SparseMatrix<Complex<F>>, _ block: [Int], _ mirrors: [Int],
    _ known: [Complex<F>?]
  ) {
    size = block.count
    let place = Dictionary(uniqueKeysWithValues: zip(block, block.indices))
    var rows: [[(column: Int, value: Complex<F>)]] = []
    var right: [Complex<F>] = []
    for index in block {
      var row: [(column: Int, value: Complex<F>)] = []
      var sum = index == 0 ? Complex<F>.one : .zero
      for entry in system.rows[index] {
        if let column = place[entry.column] {
          row.append((column, entry.value))
        } else if let value = known[entry.column], !value.isZero {
          sum -= entry.value * value
        }
      }
      rows.append(row)
      right.append(sum)
    }
    self.rows = rows
    self.right = right
    let images = block.compactMap { place[mirrors[$0]] }
    mirror = images.count == block.count ? images : nil
  }

  func solution(_ limit: EliminationLimit) throws(ArithmeticError) -> [Complex<F>] {
    if size == 1, mirror == nil || right[0].isReal {
      guard let pivot = rows[0].first?.value, pivot.pivotCost != nil else {
        throw .domain("an equation without a pivot")
      }
      return [try right[0] / pivot]
    }
    guard let mirror else {
      var entries: [(row: Int, column: Int, value: Complex<F>)] = []
      for (row, list) in rows.enumerated() {
        for entry in list { entries.append((row, entry.column, entry.value)) }
      }
      return try SparseMatrix(rows: size, columns: size, entries: entries)
        .solve(right, limit: limit)
    }
    return try realSolution(mirror, limit)
  }

  /// With every element its conjugate is a member: real and imaginary parts are as many real unknowns as
  /// there are members, and real arithmetic costs a quarter.
  private func realSolution(
    _ mirror: [Int], _ limit: EliminationLimit
  ) throws(ArithmeticError) -> [Complex<F>] {
    // The first of two images has the real part at its own place and the imaginary part at the other's.
    var entries: [(row: Int, column: Int, value: F)] = []
    func add(_ row: Int, _ column: Int, _ value: F) {
      if !value.isZero { entries.append((row, column, value)) }
    }
    var values = [F](repeating: .zero, count: size)
    for row in 0..<size where row <= mirror[row] {
      let isReal = mirror[row] == row
      values[row] = right[row].re
      if !isReal { values[mirror[row]] = right[row].im }
      for (column, value) in rows[row] {
        let image = mirror[column]
        add(row, min(column, image), value.re)
        if !isReal { add(mirror[row], min(column, image), value.im) }
        if image == column { continue }
        // value·(x ± iy)
        let im = column < image ? value.im : -value.im
        add(row, max(column, image), -im)
        if !isReal { add(mirror[row], max(column, image), column < image ? value.re : -value.re) }
      }
    }
    let x = try SparseMatrix(rows: size, columns: size, entries: entries)
      .solve(values, limit: limit)
    return (0..<size).map { place in
      let image = mirror[place]
      if image == place { return Complex(x[place]) }
      return place < image
        ? Complex(re: x[place], im: x[image]) : Complex(re: x[image], im: -x[place])
    }
  }
}
