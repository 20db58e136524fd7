import Algebra
import Arbitrary
import Certified
import Exact
import Symbolic

extension Document {
  /// The boundary in its rectangle, as points of which every digit is right.
  ///
  /// - Parameters:
  ///   - at: values that replace or add to those the document gives.
  ///   - points: about how many points the whole boundary gets.
  /// - Throws: ``DocumentError``.
  public func trace(
    _ id: String, at point: [Symbol: Rational], digits: Int, points: Int = 200
  ) throws(DocumentError) -> TracedBoundary {
    let (boundary, trace) = try traced(id, at: point, digits: digits, points: points)
    var components: [TracedBoundary.Component] = []
    for component in trace.components {
      var list: [(x: String, y: String)] = []
      for place in component.points {
        // A coordinate that is a rounding tie to the asked digits is not a point that can be printed
        // with all digits right; its neighbours stand for it.
        guard let x = place.x.text(digits: digits), let y = place.y.text(digits: digits) else {
          continue
        }
        list.append((x, y))
      }
      components.append(.init(isClosed: component.isClosed, points: list))
    }
    return TracedBoundary(
      id: id, horizontal: boundary.horizontal.symbol.name,
      vertical: boundary.vertical.symbol.name, components: components,
      uncertain: trace.uncertain.map { box in
        func text(_ value: Rational) -> String {
          Arbitrary.Decimal.digits(of: value, significant: max(digits, 6))
        }
        return ((text(box.xLower), text(box.xUpper)), (text(box.yLower), text(box.yUpper)))
      })
  }

  /// The certified boundary itself.
  func traced(
    _ id: String, at point: [Symbol: Rational], digits: Int, points: Int
  ) throws(DocumentError) -> (BoundaryDefinition, Boundary) {
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
    let condition = try SolvableCondition(
      boundary.condition, bindings: bindings, seeking: [x.symbol, y.symbol])
    do {
      // Where the denominator changes sign the condition changes too.
      let curve = try PolynomialCurve(
        condition.isDenominatorNonzero
          ? condition.numerator : condition.numerator * condition.denominator)
      let box = PlaneBox(x: x.lower, x.upper, y: y.lower, y.upper)
      let trace = try BoundaryTrace(curve, in: box, digits: digits, points: points).trace()
      return (boundary, trace)
    } catch {
      throw .stopped("\(error)")
    }
  }

  /// The boundary as doubles, for pictures: a list of points a component.
  public func outline(_ id: String, points: Int = 200) throws(DocumentError) -> [[(Double, Double)]]
  {
    let (_, trace) = try traced(id, at: [:], digits: 8, points: points)
    return trace.components.map { component in
      component.points.map { ($0.x.approximateDouble, $0.y.approximateDouble) }
    }
  }
}
