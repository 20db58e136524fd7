import Algebra
import Arbitrary
import Certified
import Exact
import Symbolic

/// What is known of a boundary beside its points: where its coordinates have extrema, where its curves cross or are
/// singular, and the areas of its sides. All of it is certified as it is computed; none of it is in the certificate.
public struct BoundaryFeatures: Sendable {
  /// A coordinate with all digits right, or bounds.
  public struct Coordinate: Sendable {
    /// The digits; nil where they are not certain, as of a zero that is not known to be one.
    public let digits: String?
    public let lower: String
    public let upper: String
    public let exact: Exact?
  }

  /// A coordinate, or a kernel of it, as an algebraic number.
  public struct Exact: Sendable {
    /// The kernel that is this number, such as `exp(-1/T)`; nil where it is the coordinate itself.
    public let kernel: String?
    /// The coefficients of the minimal polynomial, the constant one first.
    public let minimalPolynomial: [Integer]
    /// A closed form where one was found.
    public let closedForm: String?
  }

  public struct Point: Sendable {
    public let x: Coordinate
    public let y: Coordinate
  }

  public struct Tip: Sendable {
    /// The number of the component, counted from 0.
    public let component: Int
    /// The name of the coordinate that has an extremum.
    public let coordinate: String
    public let isMaximum: Bool?
    public let isOnEdge: Bool?
    public let point: Point
  }

  public struct SingularPoint: Sendable {
    public let point: Point
    /// The number of branches that leave it.
    public let branches: Int?
    /// Whether that is proved to be all of the curve near it.
    public let isProved: Bool
  }

  /// A rectangle in which something was not told, and what.
  public struct Undecided: Sendable {
    public let what: String
    public let x: (lower: String, upper: String)
    public let y: (lower: String, upper: String)
  }

  /// The areas where the condition holds and where not, as bounds.
  public struct Areas: Sendable {
    public let holds: (lower: String, upper: String)
    public let fails: (lower: String, upper: String)
  }

  public let tips: [Tip]
  public let crossings: [Point]
  public let singularPoints: [SingularPoint]
  /// Points at which the boundary meets the rectangle from outside.
  public let isolatedPoints: [Point]
  public let undecided: [Undecided]
  public let areas: Areas?

  /// - Parameter traced: with all details.
  init(_ traced: Document.TracedCondition, digits: Int) {
    let reader = PointReader(digits: digits, kernels: traced.kernels)
    let (boundary, truth) = (traced.boundary, traced.truth)
    let names = (
      x: traced.definition.horizontal.symbol.name, y: traced.definition.vertical.symbol.name
    )
    tips = boundary.tips.compactMap { tip in
      guard let component = traced.positions[tip.component] else { return nil }
      return Tip(
        component: component, coordinate: tip.axis == .x ? names.x : names.y,
        isMaximum: tip.isMaximum, isOnEdge: tip.isOnEdge, point: reader.point(tip.point))
    }.sorted { $0.component < $1.component }
    crossings = boundary.crossings.filter { !truth.isElsewhere($0.point) }
      .map { reader.point($0.point) }
    singularPoints = boundary.singularPoints.map {
      PlanarPoint(x: $0.x, y: $0.y, exactX: $0.exactX, exactY: $0.exactY)
    }.enumerated().filter { !truth.isElsewhere($0.element) }.map { index, point in
      let singular = boundary.singularPoints[index]
      return SingularPoint(
        point: reader.point(point), branches: singular.branches, isProved: singular.isProved)
    }
    isolatedPoints = boundary.isolatedPoints.map {
      PlanarPoint(x: $0.x, y: $0.y, exactX: nil, exactY: nil)
    }.filter { !truth.isElsewhere($0) }.map { reader.point($0) }
    undecided = boundary.undecided.filter { !truth.isDecided(on: $0.box) }.map { open in
      let what =
        switch open.kind {
        case .tips(let axis, let isProved):
          (isProved ? "an extremum of " : "perhaps an extremum of ")
            + (axis == .x ? names.x : names.y)
        case .crossings: "perhaps a meeting of two curves"
        }
      func bounds(_ a: Rational, _ b: Rational) -> (String, String) {
        func text(_ value: Rational) -> String {
          Arbitrary.Decimal.digits(of: value, significant: max(digits, 6))
        }
        return (text(a), text(b))
      }
      return Undecided(
        what: what, x: bounds(open.box.xLower, open.box.xUpper),
        y: bounds(open.box.yLower, open.box.yUpper))
    }
    areas = boundary.areas.map { areas in
      Areas(
        holds: Arbitrary.Decimal.enclosure(of: areas.holds),
        fails: Arbitrary.Decimal.enclosure(of: areas.fails))
    }
  }
}

/// Writes points as texts.
struct PointReader {
  let digits: Int
  let kernels: (x: String?, y: String?)

  func point(_ point: PlanarPoint) -> BoundaryFeatures.Point {
    BoundaryFeatures.Point(
      x: coordinate(point.x, point.exactX, kernels.x),
      y: coordinate(point.y, point.exactY, kernels.y))
  }

  private func coordinate(
    _ value: CertifiedCoordinate, _ exact: AlgebraicNumber?, _ kernel: String?
  ) -> BoundaryFeatures.Coordinate {
    let bounds: (lower: String, upper: String)
    switch value {
    case .exact(let value): bounds = (value.description, value.description)
    case .enclosed(let interval):
      bounds = Arbitrary.Decimal.enclosure(of: interval, significant: digits + 2)
    }
    var limit = ClosedFormLimit.standard
    limit.degree = 4
    return BoundaryFeatures.Coordinate(
      digits: value.text(digits: digits), lower: bounds.lower, upper: bounds.upper,
      exact: exact.map {
        BoundaryFeatures.Exact(
          kernel: kernel, minimalPolynomial: $0.minimalPolynomial.coefficients,
          closedForm: $0.degree <= 4
            ? (try? $0.closedForm(limit: limit))?.expression.description : nil)
      })
  }
}
