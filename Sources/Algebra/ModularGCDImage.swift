/// A polynomial modulo a prime: exponents of the variables of an ``EvaluationTree``, main variable
/// first, with residues.
struct ModularTerms {
  var exponents: [[Int32]] = []
  var residues: [UInt64] = []
}

/// Why an image of a greatest common divisor could not be had.
enum ModularGCDFailure: Error {
  /// The prime or the points were unlucky: others will do.
  case unlucky
  /// The divisor has a lower degree in the main variable than was believed.
  case lowerDegree(Int)
}

/// Images modulo a prime of γ/lc(G)·G for G = gcd(f, g), where γ is a polynomial in the other variables
/// that lc(G), the leading coefficient of G in the main variable, divides.
///
/// At a point of the other variables where neither γ nor both leading coefficients vanish, the monic
/// gcd of the values of f and g has at least the degree of G in the main variable, and where it has that
/// degree it is the value of G over its leading coefficient (Brown 1971). Times the value of γ it is a
/// value of a polynomial of known degrees, which interpolation finds: on a full grid, or term by term
/// where the terms are few (Zippel 1979).
struct ModularGCDImage {
  let modulus: WordModulus
  /// The degree in the main variable.
  let mainDegree: Int
  /// The number of coefficients in each variable: one more than the bound on the degree. The first is
  /// that of the main variable.
  let counts: [Int]
  private let f: TreeValues
  private let g: TreeValues
  private let scale: TreeValues
  private let tableSize: Int
  private let left: ScratchWords
  private let right: ScratchWords

  init(
    _ f: EvaluationTree, _ g: EvaluationTree, scale: EvaluationTree, counts: [Int],
    _ modulus: WordModulus
  ) {
    self.modulus = modulus
    self.counts = counts
    mainDegree = counts[0] - 1
    self.f = TreeValues(f, modulus)
    self.g = TreeValues(g, modulus)
    self.scale = TreeValues(scale, modulus)
    tableSize =
      1
      + zip(f.degrees, zip(g.degrees, scale.degrees)).map { max($0, max($1.0, $1.1)) }
      .reduce(0, max)
    left = ScratchWords(f.degrees[0] + 1)
    right = ScratchWords(g.degrees[0] + 1)
  }

  private func powers(of point: UInt64) -> [UInt64] {
    var table: [UInt64] = [1]
    table.reserveCapacity(tableSize)
    while table.count < tableSize { table.append(modulus.multiply(table[table.count - 1], point)) }
    return table
  }

  private func evaluate(_ level: Int, _ powers: [UInt64]) {
    f.evaluate(level, powers)
    g.evaluate(level, powers)
    scale.evaluate(level, powers)
  }

  /// A multiple of the image at the point whose values are in the lowest levels, `counts[0]` words.
  ///
  /// - Returns: the leading coefficient that the image has; the multiple's is not zero.
  private func univariate(
    into result: UnsafeMutablePointer<UInt64>
  ) throws(ModularGCDFailure) -> UInt64 {
    let factor = scale.constant
    let m = f.image(into: left.words)
    let n = g.image(into: right.words)
    if factor == 0 || (m <= f.tree.degrees[0] && n <= g.tree.degrees[0]) { throw .unlucky }
    let (gcd, count) = modulus.gcd(left.words, m, right.words, n)
    if count - 1 > mainDegree { throw .unlucky }
    if count - 1 < mainDegree { throw .lowerDegree(count - 1) }
    result.update(from: gcd, count: count)
    return factor
  }

  // MARK: The full grid

  /// The image from values on a grid with as many points along each variable as coefficients.
  func onGrid(offsets: [UInt64]) throws(ModularGCDFailure) -> ModularTerms {
    let levels = counts.count
    let total = counts.reduce(1, *)
    var tables: [[[UInt64]]] = [[]]
    var bases: [LagrangeBasis] = []
    var strides = [1]
    for level in 1..<max(levels, 1) {
      let points = (0..<counts[level]).map { modulus.reduce(offsets[level] + UInt64($0)) }
      guard let basis = LagrangeBasis(points, modulus) else { throw .unlucky }
      bases.append(basis)
      tables.append(points.map { powers(of: $0) })
      strides.append(strides[level - 1] * counts[level - 1])
    }
    let values = ScratchWords(total)
    let factors = ScratchWords(total / counts[0])
    try fill(levels - 1, values.words, factors.words, tables, strides)
    scale(values.words, factors.words, total / counts[0])
    let line = ScratchWords(counts.max() ?? 1)
    for level in 1..<max(levels, 1) {
      let stride = strides[level]
      let block = stride * counts[level]
      var start = 0
      while start < total {
        for inner in 0..<stride {
          let first = values.words + start + inner
          bases[level - 1].interpolate(
            first, stride: stride, modulus, into: line.words, stride: 1)
          for index in 0..<counts[level] { first[index * stride] = line.words[index] }
        }
        start += block
      }
    }
    var terms = ModularTerms()
    for index in 0..<total where values.words[index] != 0 {
      var rest = index
      terms.exponents.append(
        counts.map { count in
          defer { rest /= count }
          return Int32(rest % count)
        })
      terms.residues.append(values.words[index])
    }
    return terms
  }

  private func fill(
    _ level: Int, _ values: UnsafeMutablePointer<UInt64>, _ factors: UnsafeMutablePointer<UInt64>,
    _ tables: [[[UInt64]]], _ strides: [Int]
  ) throws(ModularGCDFailure) {
    if level == 0 {
      factors[0] = try univariate(into: values)
      return
    }
    for (index, table) in tables[level].enumerated() {
      evaluate(level, table)
      let start = index * strides[level]
      try fill(level - 1, values + start, factors + start / counts[0], tables, strides)
    }
  }

  /// Gives polynomials, `counts[0]` words each, the leading coefficients `factors`.
  private func scale(
    _ values: UnsafeMutablePointer<UInt64>, _ factors: UnsafePointer<UInt64>, _ count: Int
  ) {
    var inverses = (0..<count).map { values[$0 * counts[0] + mainDegree] }
    modulus.invert(&inverses)
    for (index, inverse) in inverses.enumerated() {
      let factor = modulus.multiply(factors[index], inverse)
      let own = values + index * counts[0]
      for power in 0..<counts[0] { own[power] = modulus.multiply(factor, own[power]) }
    }
  }

  // MARK: Sparse interpolation

  /// The image with no other terms than `support`, from as many values as the longest coefficient of a
  /// power of the main variable has terms.
  ///
  /// - Parameter depth: how many levels, from the main variable, are still to be evaluated; the values
  ///   of the others are in place.
  /// - Returns: the residues of the support's terms; wrong where other terms occur.
  /// - Source: Zippel 1979; Kaltofen and Yagati 1988 for the transposed Vandermonde systems.
  func sparse(
    _ support: [[Int32]], depth: Int, random: () -> UInt64
  ) throws(ModularGCDFailure) -> [UInt64] {
    var groups = [[Int]](repeating: [], count: counts[0])
    for (index, exponents) in support.enumerated() { groups[Int(exponents[0])].append(index) }
    let longest = groups.map(\.count).max() ?? 0
    let bases = (0..<max(depth, 1)).map { _ in 1 + random() % (modulus.value - 1) }
    let tables = bases.map { powers(of: $0) }
    let nodes = support.map { exponents in
      (1..<max(depth, 1)).reduce(UInt64(1)) {
        modulus.multiply($0, tables[$1][Int(exponents[$1])])
      }
    }
    var images: [[UInt64]] = []
    var points = bases
    let image = ScratchWords(counts[0])
    for _ in 0..<longest {
      for level in (1..<max(depth, 1)).reversed() { evaluate(level, powers(of: points[level])) }
      var factor = try univariate(into: image.words)
      scale(image.words, &factor, 1)
      images.append(Array(UnsafeBufferPointer(start: image.words, count: counts[0])))
      for level in points.indices { points[level] = modulus.multiply(points[level], bases[level]) }
    }
    var residues = [UInt64](repeating: 0, count: support.count)
    for (power, group) in groups.enumerated() where !group.isEmpty {
      guard let basis = LagrangeBasis(group.map { nodes[$0] }, modulus) else { throw .unlucky }
      // The first point is the first power of the nodes, not the zeroth.
      let values = images.prefix(group.count).map { $0[power] }
      let solution = basis.solveTransposed(values, modulus)
      for (position, index) in group.enumerated() {
        residues[index] = modulus.multiply(solution[position], modulus.inverse(nodes[index]))
      }
    }
    return residues
  }

  /// The image of which nothing but bounds on the degrees is known, variable after variable: what is
  /// found for one value of the next variable says which terms to look for at its other values.
  ///
  /// - Source: Zippel 1979.
  func byVariables(random: () -> UInt64) throws(ModularGCDFailure) -> ModularTerms {
    let levels = counts.count
    let start = (0..<levels).map { _ in modulus.reduce(random()) }
    var support: [[Int32]] = (0..<counts[0]).map { power in
      [Int32(power)] + Array(repeating: 0, count: levels - 1)
    }
    var residues: [UInt64] = []
    for level in 1..<levels {
      let points = (0..<counts[level]).map { modulus.reduce(start[level] + UInt64($0)) }
      guard let basis = LagrangeBasis(points, modulus) else { throw .unlucky }
      for upper in (level + 1..<max(levels, level + 1)).reversed() {
        evaluate(upper, powers(of: start[upper]))
      }
      var columns: [[UInt64]] = []
      for point in points {
        evaluate(level, powers(of: point))
        columns.append(try sparse(support, depth: level, random: random))
      }
      var next: [[Int32]] = []
      residues = []
      let line = ScratchWords(counts[level])
      let out = ScratchWords(counts[level])
      for (term, exponents) in support.enumerated() {
        for (index, column) in columns.enumerated() { line.words[index] = column[term] }
        basis.interpolate(line.words, stride: 1, modulus, into: out.words, stride: 1)
        for exponent in 0..<counts[level] where out.words[exponent] != 0 {
          var grown = exponents
          grown[level] = Int32(exponent)
          next.append(grown)
          residues.append(out.words[exponent])
        }
      }
      support = next
    }
    return ModularTerms(exponents: support, residues: residues)
  }
}

/// Words that live as long as their owner.
final class ScratchWords {
  let words: UnsafeMutablePointer<UInt64>
  init(_ count: Int) {
    words = .allocate(capacity: max(count, 1))
    words.initialize(repeating: 0, count: max(count, 1))
  }
  deinit { words.deallocate() }
}
