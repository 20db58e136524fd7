import Exact

/// The functions of a system modulo one prime, interpolated from lines through the origin (or through
/// another point where the origin is a zero or a pole).
///
/// On the line x = s + t·a a rational function N/D is a univariate one, N(s + ta)/D(s + ta), which few
/// values determine. Scaled so that its denominator (or numerator) is 1 at t = 0, the coefficient
/// of t^d is, but for what the shift s makes of higher terms, the part of degree d of N or D at a: a
/// homogeneous polynomial, found from its values at a = (u₁w₁^k, …, u_n) for k = 0, 1, 2, ….
///
/// - Source: Cuyt and Lee 2011.
struct FunctionImage {
  /// Monomials as the ring packs them, without the chart's variable, and residues.
  struct Part {
    var monomials: [Monomial] = []
    var coefficients: [UInt64] = []
  }

  var numerators: [Part]
  var denominators: [Part]

  /// How the functions are normalised, which must be the same for all primes.
  struct Frame {
    /// The place among the system's variables of the one that is set to 1, where there is one.
    var chart: Int?
    /// The origin of the lines, for each of the system's variables.
    var shift: [UInt64]
    /// For each function, whether its numerator is 1 at the origin instead of its denominator.
    var invertsAnchor: [Bool]
  }

  /// Why no image came out.
  enum Failure: Error {
    /// A point or prime was unlucky.
    case unlucky
    case limit(String)
  }

  /// The directions of the lines.
  private struct Directions {
    /// The system's variables that vary.
    let free: [Int]
    var starts: [UInt64]
    var ratios: [UInt64]
  }

  /// Finds a frame: one line for each choice of chart until none of the functions has both a zero and
  /// a pole, or 0/0, at the origin; a shifted origin where no chart will do.
  static func frame(
    of system: FunctionSystem, isHomogeneous: Bool, _ prime: WidePrime, budget: inout Int
  ) throws(Failure) -> Frame {
    let count = system.variables.count
    var charts: [Int?] = []
    if isHomogeneous { charts = (0..<count).reversed().map { $0 } } else { charts = [nil] }
    var random = PointStream64(seed: 2)
    var origins: [(chart: Int?, shift: [UInt64])] = charts.map {
      ($0, [UInt64](repeating: 0, count: count))
    }
    origins.append((charts[0], (0..<count).map { _ in 2 + random.next() % 61 }))
    for (chart, shift) in origins {
      let frame = Frame(chart: chart, shift: shift, invertsAnchor: [])
      var nodes = LineFunction.Nodes(prime: prime)
      let directions = directions(system, frame, prime, seed: 3)
      let lines = try firstLine(system, frame, directions, &nodes, prime, budget: &budget)
      // Where both parts vanish at the origin they lose a power of t on the lines through it, but not
      // on others.
      let elsewhere = Frame(
        chart: chart, shift: (0..<count).map { _ in random.next() >> 8 }, invertsAnchor: [])
      let generic = try firstLine(system, elsewhere, directions, &nodes, prime, budget: &budget)
      var inverts: [Bool] = []
      for (line, other) in zip(lines, generic) {
        if line.denominator.count != other.denominator.count
          || line.numerator.count != other.numerator.count
        {
          break
        }
        if line.denominator[0] != 0 {
          inverts.append(false)
        } else if let first = line.numerator.first, first != 0 {
          inverts.append(true)
        }
      }
      if inverts.count == lines.count {
        return Frame(chart: chart, shift: shift, invertsAnchor: inverts)
      }
    }
    throw .unlucky
  }

  private static func directions(
    _ system: FunctionSystem, _ frame: Frame, _ prime: WidePrime, seed: UInt64
  ) -> Directions {
    let free = system.variables.indices.filter { $0 != frame.chart }
    var random = PointStream64(seed: seed)
    var starts: [UInt64] = []
    var ratios: [UInt64] = []
    for index in free.indices {
      starts.append(random.residue(prime))
      // Homogeneous polynomials need one direction less.
      ratios.append(index == free.count - 1 ? prime.one : random.residue(prime))
    }
    return Directions(free: free, starts: starts, ratios: ratios)
  }

  /// The functions' values at t = 1, …, `length` on the lines with the given numbers.
  private static func sample(
    _ system: FunctionSystem, _ frame: Frame, _ directions: Directions, lines: Range<Int>,
    from firstNode: Int = 1, length: Int, _ nodes: LineFunction.Nodes, _ prime: WidePrime,
    budget: inout Int
  ) throws(Failure) -> [[UInt64]] {
    let count = lines.count * length
    let (cost, overflow) = count.multipliedReportingOverflow(by: system.evaluationCost)
    if overflow || cost > budget {
      throw .limit("interpolation of the solution of a linear system over rational functions")
    }
    budget -= cost
    let shift = frame.shift.map { prime.encode($0) }
    var slopes = directions.free.indices.map { index in
      prime.multiply(
        directions.starts[index], prime.power(directions.ratios[index], UInt64(lines.lowerBound)))
    }
    var line = lines.lowerBound
    let values = system.values(count: count, prime) { number, set in
      if lines.lowerBound + number / length > line {
        line += 1
        for index in slopes.indices {
          slopes[index] = prime.multiply(slopes[index], directions.ratios[index])
        }
      }
      let t = nodes.integers[firstNode + number % length]
      if let chart = frame.chart { set(chart, prime.one) }
      for (index, variable) in directions.free.enumerated() {
        set(variable, prime.add(shift[variable], prime.multiply(t, slopes[index])))
      }
    }
    guard let values else { throw .unlucky }
    return values
  }

  private static func firstLine(
    _ system: FunctionSystem, _ frame: Frame, _ directions: Directions,
    _ nodes: inout LineFunction.Nodes, _ prime: WidePrime, budget: inout Int
  ) throws(Failure) -> [LineFunction] {
    var length = directions.free.isEmpty ? 2 : 8
    nodes.extend(to: length)
    var values = try sample(
      system, frame, directions, lines: 0..<1, length: length, nodes, prime, budget: &budget)
    while true {
      let found = values.map { LineFunction(values: $0, nodes) }
      let lines = found.compactMap { $0 }
      if lines.count == found.count { return lines }
      // Euclid's algorithm is quadratic in the number of values.
      let cost = system.functions.count * length * length * 4
      if cost > budget || length > 1 << 15 {
        throw .limit("a solution of a degree beyond \(length / 2)")
      }
      budget -= cost
      nodes.extend(to: 2 * length)
      let more = try sample(
        system, frame, directions, lines: 0..<1, from: length + 1, length: length, nodes, prime,
        budget: &budget)
      for index in values.indices { values[index] += more[index] }
      length *= 2
    }
  }

  /// Interpolates all functions.
  init(
    of system: FunctionSystem, _ frame: Frame, _ prime: WidePrime, seed: UInt64,
    termLimit: Int, budget: inout Int
  ) throws(Failure) {
    var nodes = LineFunction.Nodes(prime: prime)
    let directions = FunctionImage.directions(system, frame, prime, seed: seed)
    let first = try FunctionImage.firstLine(
      system, frame, directions, &nodes, prime, budget: &budget)
    var forms = HomogeneousForms(
      ring: system.ring, variables: directions.free.map { system.variables[$0] },
      starts: directions.starts, ratios: directions.ratios,
      shift: directions.free.map { prime.encode(frame.shift[$0]) }, prime: prime)
    var targets: [HomogeneousForms.Target] = []
    for (line, inverts) in zip(first, frame.invertsAnchor) {
      targets.append(.init(degree: line.numerator.count - 1, isAnchor: inverts))
      targets.append(.init(degree: line.denominator.count - 1, isAnchor: !inverts))
    }
    let length = first.reduce(1) { max($0, $1.numerator.count + $1.denominator.count - 1) }
    try FunctionImage.add(first, frame, prime, to: &targets)
    var lineCount = 1
    while let needed = try forms.solve(
      &targets, lineCount: lineCount, termLimit: termLimit, budget: &budget)
    {
      let values = try FunctionImage.sample(
        system, frame, directions, lines: lineCount..<needed, length: length, nodes, prime,
        budget: &budget)
      for line in 0..<(needed - lineCount) {
        var lines: [LineFunction] = []
        for (index, model) in first.enumerated() {
          let size = model.numerator.count + model.denominator.count - 1
          let own = Array(values[index][(line * length)..<(line * length + size)])
          guard
            let found = LineFunction(
              values: own, numeratorDegree: model.numerator.count - 1, nodes),
            found.numerator.count == model.numerator.count,
            found.denominator.count == model.denominator.count
          else { throw .unlucky }
          lines.append(found)
        }
        try FunctionImage.add(lines, frame, prime, to: &targets)
      }
      lineCount = needed
    }
    numerators = []
    denominators = []
    for index in first.indices {
      numerators.append(targets[2 * index].part)
      denominators.append(targets[2 * index + 1].part)
    }
  }

  /// Appends the coefficients on one more line, normalised at the origin.
  private static func add(
    _ lines: [LineFunction], _ frame: Frame, _ prime: WidePrime,
    to targets: inout [HomogeneousForms.Target]
  ) throws(Failure) {
    var anchors: [UInt64] = []
    for (line, inverts) in zip(lines, frame.invertsAnchor) {
      anchors.append((inverts ? line.numerator.first : line.denominator.first) ?? 0)
    }
    if anchors.contains(0) { throw .unlucky }
    prime.invert(&anchors)
    for (index, line) in lines.enumerated() {
      for (d, value) in line.numerator.enumerated() {
        targets[2 * index].values[d].append(prime.multiply(value, anchors[index]))
      }
      for (d, value) in line.denominator.enumerated() {
        targets[2 * index + 1].values[d].append(prime.multiply(value, anchors[index]))
      }
    }
  }
}
