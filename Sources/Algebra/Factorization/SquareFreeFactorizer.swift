import Exact

/// Factors a polynomial in several variables that is primitive in its main variable: an image in one
/// variable is factored, and its factors are lifted.
struct SquareFreeFactorizer {
  private let polynomial: Polynomial
  private let main: Int
  private let others: [Int]
  private let lead: Polynomial
  private var leadFactors: PolynomialFactorization?
  private var generator: SplitMix64
  /// For each degree whether every image has a factor of it.
  private var possibleDegrees: [Bool]

  typealias Image = (point: EvaluationPoint, factors: IntegerFactorization)

  init(_ polynomial: Polynomial, main: Int) {
    self.polynomial = polynomial
    self.main = main
    let degree = polynomial.degree(in: main)
    // Variables of low degree come first: they leave few terms for the interpolation of the next.
    others = polynomial.occurringVariables.filter { $0 != main }
      .sorted { polynomial.degree(in: $0) > polynomial.degree(in: $1) }
    lead = polynomial.coefficients(in: main)[degree]
    generator = SplitMix64(state: UInt64(polynomial.termCount) &* 31 &+ UInt64(degree))
    possibleDegrees = Array(repeating: true, count: degree + 1)
  }

  /// The points tried before a search through sets of factors.
  private static let pointsBeforeSearch = 4
  private static let pointLimit = 40

  /// The irreducible factors; nil where no point of the first makes it square-free and it is not
  /// known to be.
  mutating func factors(
    engine: inout FactorizationEngine, isSquareFree: Bool
  ) throws(ArithmeticError) -> [Polynomial]? {
    let degree = polynomial.degree(in: main)
    var best: Image?
    var attempts = 0
    var good = 0
    while attempts < Self.pointLimit {
      let point = EvaluationPoint(others: others, attempt: attempts, generator: &generator)
      attempts += 1
      let image = point.image(of: polynomial, main: main)
      if image.degree != degree { continue }
      if try !image.isSquareFree() {
        if !isSquareFree && good == 0 && attempts >= 2 { return nil }
        continue
      }
      good += 1
      let parts = try IntegerFactorization(image)
      narrow(parts)
      if isProvedIrreducible { return [polynomial] }
      if let known = best, parts.factors.count > known.factors.factors.count { continue }
      best = (point, parts)
      if let found = try liftAll((point, parts), attempt: good, engine: &engine) { return found }
      if good >= Self.pointsBeforeSearch, let best,
        let found = try search(best, engine: &engine)
      {
        return found
      }
    }
    throw .limit("\(attempts) points for the factorisation of \(polynomial.termCount) terms")
  }

  // MARK: Degrees

  private mutating func narrow(_ parts: IntegerFactorization) {
    var reachable = Array(repeating: false, count: possibleDegrees.count)
    reachable[0] = true
    for factor in parts.factors {
      let d = factor.polynomial.degree ?? 0
      for total in stride(from: reachable.count - 1 - d, through: 0, by: -1)
      where reachable[total] {
        reachable[total + d] = true
      }
    }
    for index in reachable.indices where !reachable[index] { possibleDegrees[index] = false }
  }

  private var isProvedIrreducible: Bool {
    !possibleDegrees.dropFirst().dropLast().contains(true)
  }

  // MARK: All factors at once

  /// The factors if each comes from one of the image.
  private mutating func liftAll(
    _ image: Image, attempt: Int, engine: inout FactorizationEngine
  ) throws(ArithmeticError) -> [Polynomial]? {
    let images = image.factors.factors.map(\.polynomial)
    let reconstruction: FactorReconstruction
    if lead.isConstant {
      reconstruction = FactorReconstruction(
        leads: images.map { _ in Polynomial(1, ring: lead.ring) }, scale: lead.leadingCoefficient,
        denominators: images.map {
          Integer.gcd(
            lead.leadingCoefficient, image.factors.content.magnitude * $0.leadingCoefficient)
        }, of: polynomial, main: main, point: image.point, images: images)
    } else {
      if leadFactors == nil {
        let sign = lead.leadingCoefficient.isNegative ? -lead.content : lead.content
        leadFactors = PolynomialFactorization(
          content: sign, factors: try engine.factors(of: lead.primitivePart))
      }
      if let leadFactors,
        let found = LeadingCoefficients(
          leadFactors, point: image.point, content: image.factors.content, images: images)
      {
        reconstruction = FactorReconstruction(
          leads: found.leads, scale: leadFactors.content, denominators: found.denominators,
          of: polynomial, main: main, point: image.point, images: images)
      } else if attempt < Self.pointsBeforeSearch {
        return nil
      } else {
        reconstruction = FactorReconstruction(
          imposing: lead, on: polynomial, main: main, point: image.point, images: images)
      }
    }
    guard case .factors(let found) = try reconstruction.run(budget: &engine.budget) else {
      return nil
    }
    return found
  }

  // MARK: Sets of factors

  /// The factors by trying sets of the image's, smallest first; nil where some set stayed undecided.
  func search(
    _ image: Image, engine: inout FactorizationEngine
  ) throws(ArithmeticError) -> [Polynomial]? {
    var rest = polynomial
    var images = image.factors.factors.map(\.polynomial)
    var found: [Polynomial] = []
    var isDecided = true
    var size = 1
    while 2 * size <= images.count {
      var chosen = Array(0..<size)
      var factor: Polynomial?
      while true {
        switch try pair(rest, images, chosen, image.point, engine: &engine) {
        case .factors(let parts):
          factor = parts[0]
          rest = parts[1]
        case .impossible: break
        case .undecided: isDecided = false
        }
        if factor != nil || !Self.advance(&chosen, below: images.count) { break }
      }
      if let factor {
        found.append(factor)
        for index in chosen.reversed() { images.remove(at: index) }
      } else {
        size += 1
      }
    }
    return isDecided ? found + [rest] : nil
  }

  private func pair(
    _ rest: Polynomial, _ images: [IntegerPolynomial], _ chosen: [Int], _ point: EvaluationPoint,
    engine: inout FactorizationEngine
  ) throws(ArithmeticError) -> FactorReconstruction.Outcome {
    var inside = IntegerPolynomial.one
    var outside = IntegerPolynomial.one
    for (index, image) in images.enumerated() {
      if chosen.contains(index) {
        inside = inside.multiplied(by: image)
      } else {
        outside = outside.multiplied(by: image)
      }
    }
    if let degree = inside.degree, degree < possibleDegrees.count, !possibleDegrees[degree] {
      return .impossible
    }
    engine.budget -= 1000
    if engine.budget < 0 { throw .limit("word operations of a factorisation") }
    let lead = rest.coefficients(in: main)[rest.degree(in: main)]
    return try FactorReconstruction(
      imposing: lead, on: rest, main: main, point: point, images: [inside, outside]
    ).run(budget: &engine.budget)
  }

  /// The next increasing list of indices; false after the last.
  private static func advance(_ chosen: inout [Int], below count: Int) -> Bool {
    for place in chosen.indices.reversed() where chosen[place] < count - (chosen.count - place) {
      chosen[place] += 1
      for later in chosen.indices.dropFirst(place + 1) { chosen[later] = chosen[later - 1] + 1 }
      return true
    }
    return false
  }
}
