import Algebra
import Arbitrary
import Exact

/// A common zero of two functions of the plane, with proof that it is one and alone near it.
public struct PlanarPoint: Sendable {
  /// The coordinates asked for.
  public let x: CertifiedCoordinate
  public let y: CertifiedCoordinate
  /// The coordinates in which the curves are polynomial, which are those asked for but where a kernel stands for
  /// one, as exact numbers; nil where the curves are not algebraic or the numbers not cheap to find.
  public let exactX: AlgebraicNumber?
  public let exactY: AlgebraicNumber?

  public init(
    x: CertifiedCoordinate, y: CertifiedCoordinate, exactX: AlgebraicNumber?,
    exactY: AlgebraicNumber?
  ) {
    (self.x, self.y) = (x, y)
    (self.exactX, self.exactY) = (exactX, exactY)
  }
}

/// Finds digits and exact coordinates of common zeros of two curves.
///
/// Digits come from the interval Newton operator. Exact coordinates come from the resultants with respect to
/// the other coordinate: a common zero has a root of each as coordinate, and it is known which one where only one
/// meets the enclosure.
struct CommonZeroPoint<Curve: PlaneCurve> {
  let frame: CurveFrame
  let digits: Int
  private let newton: PlanarNewton<Curve>
  private let rootsX: [AlgebraicNumber]?
  private let rootsY: [AlgebraicNumber]?

  /// Word operations of a resultant, and the degree of one that is still factored.
  private static var resultantLimit: Int { 100_000_000 }
  private static var degreeLimit: Int { 48 }

  init(_ first: Curve, _ second: Curve, frame: CurveFrame, digits: Int) {
    self.frame = frame
    self.digits = digits
    newton = PlanarNewton(first: first, second: second)
    func roots(_ axis: PlaneAxis) -> [AlgebraicNumber]? {
      guard
        let eliminant = first.eliminant(second, along: axis, limit: Self.resultantLimit),
        let squareFree = try? eliminant.squareFreePart(),
        (squareFree.degree ?? 0) <= Self.degreeLimit,
        let factors = try? IntegerFactorization(squareFree, subsetLimit: 1_000_000).factors
      else { return nil }
      var all: [AlgebraicNumber] = []
      for factor in factors {
        guard let roots = try? AlgebraicNumber.roots(of: factor.polynomial) else { return nil }
        all += roots.map(\.root)
      }
      return all
    }
    rootsX = roots(.x)
    rootsY = roots(.y)
  }

  /// - Parameter place: a box with one common zero.
  func point(in place: PlanarBox) throws -> PlanarPoint {
    var place = place
    var (exactX, exactY) = (match(place, .x), match(place, .y))
    var (x, y) = (settled(place, .x, exactX), settled(place, .y, exactY))
    var precision = 192
    let limit = 8 * digits + 4096
    while x == nil || y == nil, precision <= limit {
      if Task.isCancelled { throw RootError.cancelled }
      let next = newton.smaller(place, precision: precision)
      let isGood = [PlaneAxis.x, .y].contains { axis in
        Real.scale(next.side(axis).width, byPowerOfTwo: 10, precision: 64)
          < place.side(axis).width
      }
      place = next
      exactX = exactX ?? match(place, .x)
      exactY = exactY ?? match(place, .y)
      x = settled(place, .x, exactX)
      y = settled(place, .y, exactY)
      if !isGood { precision *= 2 }
    }
    func bounds(_ axis: PlaneAxis) -> CertifiedCoordinate {
      .enclosed(asked(place.side(axis), axis))
    }
    return PlanarPoint(
      x: x ?? bounds(.x), y: y ?? bounds(.y), exactX: exactX, exactY: exactY)
  }

  /// The one root of the resultant that meets the enclosure.
  private func match(_ place: PlanarBox, _ axis: PlaneAxis) -> AlgebraicNumber? {
    guard let roots = axis == .x ? rootsX : rootsY else { return nil }
    let side = place.side(axis)
    let near = roots.filter { root in
      !root.interval(precision: max(side.precision, 128)).isDisjoint(from: side)
    }
    return near.count == 1 ? near[0] : nil
  }

  private func asked(_ own: Interval, _ axis: PlaneAxis) -> Interval {
    let side = frame.axis(axis)
    return side.map?.inverse(own, max(own.precision, 128)) ?? own
  }

  /// The coordinate where its digits are certain.
  private func settled(
    _ place: PlanarBox, _ axis: PlaneAxis, _ exact: AlgebraicNumber?
  ) -> CertifiedCoordinate? {
    if let exact {
      if frame.axis(axis).map == nil, let rational = exact.rational { return .exact(rational) }
      var precision = digits * 10 / 3 + 64
      for _ in 0..<6 {
        let value = asked(exact.interval(precision: precision), axis)
        if Decimal.digits(of: value, significant: digits) != nil { return .enclosed(value) }
        precision *= 2
      }
      return nil
    }
    let value = asked(place.side(axis), axis)
    return Decimal.digits(of: value, significant: digits) != nil ? .enclosed(value) : nil
  }
}
