import Algebra
import Exact

/// Decides a sign problem in any number of symbols by cutting the domain into boxes, exact.
///
/// Each symbol is x = (n₀ + n₁t)/(1 - t) or a + (b - a)t with t in [0, 1]; infinity is the facet t = 1,
/// which is not in the domain, and so is an open end. On a box each polynomial has signs among those
/// that its Bernstein coefficients allow. A box is done where every combination of them lies outside
/// the assumptions or satisfies the relation; a box whose centre fails refutes it; others are halved.
struct BernsteinBoxes {
  private struct Box {
    /// The position on each axis: the number of the piece and the number of halvings.
    var places: [(index: Int, depth: Int)]
    /// Which of the starting boxes, by axis.
    let start: [Piece]
    var forms: [BernsteinForm]
  }

  /// A part of the range of a symbol, as the image of [0, 1].
  private struct Piece {
    let numerator: (Rational, Rational)
    let denominator: (Rational, Rational)
    let hasLower: Bool
    let hasUpper: Bool

    func value(at t: Rational) -> Rational? {
      try? (numerator.0 + numerator.1 * t) / (denominator.0 + denominator.1 * t)
    }
  }

  /// What the boxes say.
  enum Result {
    case proved(boxes: Int, hasUndefinedPoints: Bool)
    case refuted([Rational])
    case open([[RationalRange]], reason: String)
  }

  private let problem: SignProblem
  private let relation: SignRelation
  private let polynomials: [Polynomial]
  private let places: [Int]
  private let axes: [Int]

  init(_ problem: SignProblem, _ relation: SignRelation) {
    self.problem = problem
    self.relation = relation
    axes = problem.active
    places = problem.base.indices.filter { problem.known[$0] == nil }
    polynomials = places.map { problem.base[$0] }
  }

  // MARK: Search

  func run() throws(ArithmeticError) -> Result {
    let interiorOnly = problem.followsFromOpenCells(relation)
    var queue: [Box] = try starts()
    var next = 0
    var count = 0
    var work = 0
    var hasUndefinedPoints = false
    while next < queue.count {
      let box = queue[next]
      next += 1
      count += 1
      work += box.forms.reduce(0) { $0 + $1.coefficients.count }
      guard count <= problem.limits.boxes, work <= 20 * problem.limits.boxes * 100 else {
        return .open(
          queue[(next - 1)...].map(ranges), reason: "not decided with \(count) boxes")
      }
      let (isDone, isUndefined) = judge(box, interiorOnly)
      hasUndefinedPoints = hasUndefinedPoints || isUndefined
      if isDone { continue }
      if let point = centre(box), case .sign(let sign) = problem.outcome(at: point),
        !relation.holds(forSign: sign)
      {
        return .refuted(point)
      }
      if box.places.contains(where: { $0.depth >= 55 }) {
        return .open(queue[(next - 1)...].map(ranges), reason: "not decided with boxes this small")
      }
      queue += halves(box)
      // What is done is not kept.
      if next > 4096 {
        queue.removeFirst(next)
        next = 0
      }
    }
    return .proved(boxes: count, hasUndefinedPoints: hasUndefinedPoints)
  }

  /// Whether a box needs no more work, and whether the expression may be undefined in it.
  private func judge(_ box: Box, _ interiorOnly: Bool) -> (isDone: Bool, isUndefined: Bool) {
    let included = facets(box)
    var signs = problem.known.map { $0 ?? 0 }
    let choices = box.forms.map {
      $0.signs(lower: included.lower, upper: included.upper, interiorOnly: interiorOnly).sorted()
    }
    var combinations = 1
    for list in choices {
      combinations *= list.count
      if combinations > 729 { return (false, false) }
    }
    var isUndefined = false
    for number in 0..<combinations {
      var rest = number
      for (place, list) in zip(places, choices) {
        signs[place] = list[rest % list.count]
        rest /= list.count
      }
      switch problem.outcome(signs) {
      case .outside: continue
      case .undefined: isUndefined = true
      case .notReal: return (false, false)
      case .sign(let sign): if !relation.holds(forSign: sign) { return (false, false) }
      }
    }
    return (true, isUndefined)
  }

  // MARK: Boxes

  private func starts() throws(ArithmeticError) -> [Box] {
    var lists: [[Piece]] = [[]]
    for axis in axes {
      let pieces = BernsteinBoxes.pieces(problem.ranges[axis])
      lists = lists.flatMap { list in pieces.map { list + [$0] } }
    }
    if lists.count > 64 { throw .limit("\(lists.count) boxes to start with") }
    var boxes: [Box] = []
    for list in lists {
      var forms: [BernsteinForm] = []
      for polynomial in polynomials {
        var moved = polynomial
        for (axis, piece) in zip(axes, list) {
          guard moved.totalDegree + moved.degree(in: axis) <= moved.ring.maximumDegree else {
            throw .limit("a polynomial of degree \(moved.totalDegree)")
          }
          moved = moved.composed(axis, numerator: piece.numerator, denominator: piece.denominator)
        }
        forms.append(try BernsteinForm(moved, axes: axes, sizeLimit: 20_000))
      }
      boxes.append(Box(places: axes.map { _ in (0, 0) }, start: list, forms: forms))
    }
    return boxes
  }

  private static func pieces(_ range: RationalRange) -> [Piece] {
    let isLowerClosed = if case .closed = range.lower { true } else { false }
    let isUpperClosed = if case .closed = range.upper { true } else { false }
    switch (range.lower.value, range.upper.value) {
    case (let a?, let b?):
      return [
        Piece(
          numerator: (a, b - a), denominator: (1, 0), hasLower: isLowerClosed,
          hasUpper: isUpperClosed)
      ]
    case (let a?, nil):
      return [
        Piece(
          numerator: (a, 1 - a), denominator: (1, -1), hasLower: isLowerClosed, hasUpper: false)
      ]
    case (nil, let b?):
      return [
        Piece(
          numerator: (b, -1 - b), denominator: (1, -1), hasLower: isUpperClosed, hasUpper: false)
      ]
    case (nil, nil):
      return [
        Piece(numerator: (0, 1), denominator: (1, -1), hasLower: true, hasUpper: false),
        Piece(numerator: (0, -1), denominator: (1, -1), hasLower: true, hasUpper: false),
      ]
    }
  }

  private func facets(_ box: Box) -> (lower: [Bool], upper: [Bool]) {
    var lower: [Bool] = []
    var upper: [Bool] = []
    for (place, piece) in zip(box.places, box.start) {
      lower.append(place.index > 0 || piece.hasLower)
      upper.append(place.index + 1 < 1 << place.depth || piece.hasUpper)
    }
    return (lower, upper)
  }

  /// The ends of a box in t.
  private func ends(_ place: (index: Int, depth: Int)) -> (Rational, Rational) {
    let scale = Rational(reciprocalOf: Integer(1 << place.depth))
    return (Rational(place.index) * scale, Rational(place.index + 1) * scale)
  }

  private func centre(_ box: Box) -> [Rational]? {
    var sample = [Rational](repeating: .zero, count: problem.symbols.count)
    for ((place, piece), axis) in zip(zip(box.places, box.start), axes) {
      let (low, high) = ends(place)
      guard let value = piece.value(at: (low + high) * Rational(reciprocalOf: 2)) else {
        return nil
      }
      sample[axis] = value
    }
    return problem.completed(sample)
  }

  /// The ranges of all symbols; those that do not matter have theirs in full.
  private func ranges(_ box: Box) -> [RationalRange] {
    var result = problem.ranges
    for (axis, value) in problem.fixed {
      result[axis] = RationalRange(lower: .closed(value), upper: .closed(value))
    }
    for ((place, piece), axis) in zip(zip(box.places, box.start), axes) {
      let (low, high) = ends(place)
      var (a, b) = (piece.value(at: low), piece.value(at: high))
      if piece.denominator.1 == -1, high == 1 { b = nil }
      let isReversed = piece.denominator.1 == -1 && piece.numerator.1 == -1 - piece.numerator.0
      if isReversed { swap(&a, &b) }
      let whole = result[axis]
      func bound(_ end: Rational?, _ own: RationalRange.Bound) -> RationalRange.Bound {
        guard let end else { return .unbounded }
        return own.value == end ? own : .closed(end)
      }
      result[axis] = RationalRange(lower: bound(a, whole.lower), upper: bound(b, whole.upper))
    }
    return result
  }

  /// Halves along the axis that was halved least, of those along which a polynomial varies.
  private func halves(_ box: Box) -> [Box] {
    let candidates = axes.indices.filter { axis in box.forms.contains { $0.degrees[axis] > 0 } }
    guard let axis = candidates.min(by: { box.places[$0].depth < box.places[$1].depth }) else {
      return []
    }
    var (first, second) = (box, box)
    let (index, depth) = box.places[axis]
    first.places[axis] = (2 * index, depth + 1)
    second.places[axis] = (2 * index + 1, depth + 1)
    let halves = box.forms.map { $0.halves(along: axis) }
    first.forms = halves.map(\.0)
    second.forms = halves.map(\.1)
    return [first, second]
  }
}
