import Algebra
import Arbitrary
import Certified
import Exact
import Symbolic

extension Document {
  /// The boundary in its rectangle, complete, as points of which every digit is right.
  ///
  /// - Parameters:
  ///   - at: values that replace or add to those the document gives.
  ///   - points: about how many points the whole boundary gets.
  ///   - spacing: how they lie on it.
  ///   - details: what is found beside the points.
  ///   - control: stops the trace, follows it, and keeps what is done for a later run.
  /// - Throws: ``DocumentError``; ``DocumentError/cancelled`` where the control or the task says so.
  public func trace(
    _ id: String, at point: [Symbol: Rational], digits: Int, points: Int = 200,
    spacing: BoundarySpacing = .even, details: BoundaryDetails = .all,
    control: WorkControl = WorkControl()
  ) throws(DocumentError) -> TracedBoundary {
    let traced = try traced(
      id, at: point, digits: digits, points: points, spacing: spacing, details: details,
      control: control)
    var components: [TracedBoundary.Component] = []
    for (component, sides) in traced.components {
      var list: [(x: String, y: String)] = []
      for place in component.points {
        // A coordinate that is a rounding tie to the asked digits is not a point that can be printed
        // with all digits right; its neighbours stand for it.
        guard let x = place.x.text(digits: digits), let y = place.y.text(digits: digits) else {
          continue
        }
        list.append((x, y))
      }
      components.append(
        .init(
          isClosed: component.isClosed, curve: component.curve, points: list,
          holdsOnLeft: sides.left,
          holdsOnRight: sides.right, startsOnEdge: component.startsOnEdge,
          endsOnEdge: component.endsOnEdge))
    }
    return TracedBoundary(
      id: id, certificate: traced.certificate, condition: traced.definition.condition.text,
      horizontal: traced.definition.horizontal.symbol.name,
      vertical: traced.definition.vertical.symbol.name, components: components,
      uncertain: traced.uncertain.map { box in
        func text(_ value: Rational) -> String {
          Arbitrary.Decimal.digits(of: value, significant: max(digits, 6))
        }
        return ((text(box.xLower), text(box.xUpper)), (text(box.yLower), text(box.yUpper)))
      }, details: BoundaryFeatures(traced, digits: digits))
  }

  /// The boundary as doubles, for pictures: a list of points a component.
  public func outline(_ id: String, points: Int = 200) throws(DocumentError) -> [[(Double, Double)]]
  {
    let traced = try traced(id, at: [:], digits: 8, points: points)
    return traced.components.map { part in
      let points = part.component.points.map { ($0.x.approximateDouble, $0.y.approximateDouble) }
      return part.component.isClosed ? points + points.prefix(1) : points
    }
  }

  /// Cells of a formula cost more than those of a polynomial.
  private static let formulaCellLimit = 40_000

  /// A traced condition.
  struct TracedCondition {
    let definition: BoundaryDefinition
    /// The components that are boundaries, and whether the condition holds on their sides.
    let components: [(component: Boundary.Component, sides: (left: Bool?, right: Bool?))]
    let uncertain: [PlaneBox]
    let certificate: CurveCertificate
    /// All that was found of the curves.
    let boundary: Boundary
    /// For each component of the curves its place among ``components``.
    let positions: [Int?]
    let truth: ConditionTruth
    /// The kernels in which the curves are polynomial, where these are not the axes themselves.
    let kernels: (x: String?, y: String?)
  }

  /// What a boundary asks: where the difference of the sides of its condition changes its sign, in its two symbols.
  func question(
    of id: String, at point: [Symbol: Rational]
  ) throws(DocumentError) -> (
    definition: BoundaryDefinition, difference: Expression, relation: SyntaxNode.Relation
  ) {
    guard let boundary = boundaries.first(where: { $0.id == id }) else {
      throw unanswered[id].map { .stopped($0) }
        ?? .unknown(what: "boundary", name: id, known: boundaries.map(\.id))
    }
    let (x, y) = (boundary.horizontal, boundary.vertical)
    var bindings = boundary.bindings
    for (symbol, value) in point { bindings[symbol] = .rational(value) }
    for symbol in [x.symbol, y.symbol] where bindings[symbol] != nil {
      throw .question("'\(symbol.name)' is an axis and cannot be given a value", hint: nil)
    }
    let asked = try boundary.condition.whereDefined(
      bindings, seeking: [(x.symbol, (x.lower, x.upper)), (y.symbol, (y.lower, y.upper))])
    var difference = asked.difference.substituting(bindings)
    let missing = difference.freeSymbols.subtracting([x.symbol, y.symbol]).map(\.name).sorted()
    guard missing.isEmpty else {
      throw .question(
        "no value is given for " + missing.joined(separator: ", "),
        hint: "add it: --at " + missing.map { "\($0)=…" }.joined(separator: ","))
    }
    if asked.relation == .greater {
      difference = SolvableCondition.positivePart(difference)
    }
    return (boundary, difference, asked.relation)
  }

  /// The certified boundary itself.
  func traced(
    _ id: String, at point: [Symbol: Rational], digits: Int, points: Int,
    spacing: BoundarySpacing = .even, details: BoundaryDetails = [],
    control: WorkControl = WorkControl()
  ) throws(DocumentError) -> TracedCondition {
    let question = try question(of: id, at: point)
    let (boundary, difference) = (question.definition, question.difference)
    let (x, y) = (boundary.horizontal, boundary.vertical)
    do {
      let problem = try BoundaryProblem(difference, x, y)
      let box = PlaneBox(x: x.lower, x.upper, y: y.lower, y.upper)
      let truth = try ConditionTruth(
        difference, question.relation, x: x.symbol, y: y.symbol)
      func named<C>(
        _ trace: BoundaryTrace<C>
      ) throws -> (boundary: Boundary, curves: [CurveCertificate.Curve]) {
        var trace = trace
        trace.names = (x.symbol.name, y.symbol.name)
        trace.details = details
        trace.spacing = spacing
        if details.contains(.areas) { trace.holds = { truth.holds($0) } }
        trace.control = control
        return try trace.certified()
      }
      let (found, certificates) =
        switch problem.curves {
        case .polynomial(let curves):
          try named(
            BoundaryTrace(
              curves, in: box, digits: digits, points: points, xMap: problem.xMap,
              yMap: problem.yMap))
        case .formula(let curve):
          try named(
            BoundaryTrace(
              curve, in: box, digits: digits, points: points,
              cellLimit: Self.formulaCellLimit))
        }
      var components: [(component: Boundary.Component, sides: (left: Bool?, right: Bool?))] = []
      let positions = found.components.map { component -> Int? in
        guard let sides = truth.sides(of: component) else { return nil }
        components.append((component, sides))
        return components.count - 1
      }
      return TracedCondition(
        definition: boundary, components: components,
        uncertain: found.uncertain.filter { !truth.isDecided(on: $0) },
        certificate: CurveCertificate(
          condition: boundary.condition.text, horizontal: x.symbol.name, vertical: y.symbol.name,
          x: [x.lower.description, x.upper.description],
          y: [y.lower.description, y.upper.description], curves: certificates),
        boundary: found, positions: positions, truth: truth,
        kernels: (
          problem.xMap?.formula(in: x.symbol.name), problem.yMap?.formula(in: y.symbol.name)
        ))
    } catch RootError.cancelled {
      throw .cancelled
    } catch {
      throw .stopped("\(error)")
    }
  }
}

/// Whether a condition holds, by enclosures of the difference of its sides.
struct ConditionTruth: Sendable {
  private let function: CompiledFunction
  private let relation: SignCondition

  init(
    _ difference: Expression, _ relation: SyntaxNode.Relation, x: Symbol, y: Symbol
  ) throws {
    function = try CompiledFunction(difference, of: [x, y])
    self.relation =
      switch relation {
      case .greater: .positive
      case .greaterOrEqual: .nonnegative
      case .less: .negative
      default: .nonpositive
      }
  }

  private func sign(_ x: Interval, _ y: Interval) -> Int? {
    for precision in [64, 192] {
      let box = [x, y]
      guard function.isContinuous(over: box, precision: precision) else { continue }
      let value = function.values(over: box, precision: precision)[0]
      if let sign = value.certainSign, sign != 0 || (x.isPoint && y.isPoint) { return sign }
    }
    return nil
  }

  func holds(_ place: Boundary.Place) -> Bool? {
    sign(place.x, place.y).map { relation.holds(forSign: $0) }
  }

  /// Whether the difference of the sides is proved not to be zero there.
  func isElsewhere(_ point: PlanarPoint) -> Bool {
    let sign = sign(point.x.interval(precision: 192), point.y.interval(precision: 192))
    return sign != nil && sign != 0
  }

  /// Whether the condition holds to the left and to the right of a component, all along; nil where it is no boundary:
  /// the condition holds, or fails, on both sides, and the difference is not zero on the component.
  func sides(of component: Boundary.Component) -> (left: Bool?, right: Bool?)? {
    guard let sides = component.sides else { return (nil, nil) }
    let (left, right) = (holds(sides.left), holds(sides.right))
    guard let left, let right, left == right else { return (left, right) }
    let isElsewhere = component.points.contains { point in
      let sign = sign(point.x.interval(precision: 192), point.y.interval(precision: 192))
      return sign != nil && sign != 0
    }
    return isElsewhere ? nil : (left, right)
  }

  /// Whether the difference has one sign on all of the box.
  func isDecided(on box: PlaneBox) -> Bool {
    guard let x = try? Interval(lower: box.xLower, upper: box.xUpper, precision: 96),
      let y = try? Interval(lower: box.yLower, upper: box.yUpper, precision: 96),
      let sign = sign(x, y)
    else { return false }
    return sign != 0
  }
}
