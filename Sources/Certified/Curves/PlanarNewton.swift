import Arbitrary
import Exact

/// A rectangle with MPFR's numbers as bounds.
struct PlanarBox: Sendable {
  var x: Interval
  var y: Interval

  func side(_ axis: PlaneAxis) -> Interval { axis == .x ? x : y }
}

/// The interval Newton operator for two functions of the plane.
///
/// With m the middle of a box B and J(B) enclosures of all slopes, every zero z of G = (F₁, F₂) in B has
/// G(z) - G(m) = S(z - m) with S in J(B), so that it lies in N(B) = m - J(B)⁻¹G(m), which Cramer's rule encloses where
/// the determinant misses zero. Then there is one zero at most; and if N(B) lies inside B there is one, as
/// z ↦ m - S(z)⁻¹G(m) maps B into itself (Brouwer).
///
/// Source: Neumaier 1990, 5.1.
struct PlanarNewton<Curve: PlaneCurve>: Sendable {
  let first: Curve
  let second: Curve

  /// N(B); nil where the determinant is not proved to miss zero.
  func image(_ box: PlanarBox, precision: Int) -> PlanarBox? {
    // The slopes enter at second order.
    let coarse = max(precision / 2, 96)
    let (mx, my) = (Interval(box.x.midpoint), Interval(box.y.midpoint))
    guard let a = try? first.enclose(x: box.x, y: box.y, precision: coarse),
      let b = try? second.enclose(x: box.x, y: box.y, precision: coarse),
      let p = try? first.value(x: mx, y: my, precision: precision),
      let q = try? second.value(x: mx, y: my, precision: precision)
    else { return nil }
    let determinant = a.dx * b.dy - a.dy * b.dx
    guard CertifiedRoots.isDefinite(determinant), p.isBounded, q.isBounded else { return nil }
    func quotient(_ top: Interval) -> Interval {
      Interval.div(top, determinant, precision: precision)
    }
    let stepX = quotient(b.dy * p - a.dy * q)
    let stepY = quotient(a.dx * q - b.dx * p)
    return PlanarBox(
      x: Interval.sub(mx, stepX, precision: precision),
      y: Interval.sub(my, stepY, precision: precision))
  }

  /// A box around the only common zero in this one; nil where that is not proved.
  func isolated(in box: PlanarBox, precision: Int = 128) -> PlanarBox? {
    guard let next = image(box, precision: precision), !next.x.isEmpty, !next.y.isEmpty,
      next.x.isInterior(to: box.x), next.y.isInterior(to: box.y)
    else { return nil }
    return next
  }

  /// A smaller box around the zero of a box that has one.
  func smaller(_ box: PlanarBox, precision: Int) -> PlanarBox {
    guard let next = image(box, precision: precision) else { return box }
    let (x, y) = (next.x.intersection(box.x), next.y.intersection(box.y))
    return x.isEmpty || y.isEmpty ? box : PlanarBox(x: x, y: y)
  }

  /// Steps of Newton's method in doubles. Not certified.
  func approximate(_ start: (x: Double, y: Double)) -> (x: Double, y: Double)? {
    var (x, y) = start
    for _ in 0..<12 {
      let (u, v) = (DoubleInterval(point: x), DoubleInterval(point: y))
      let (a, b) = (first.enclose(x: u, y: v), second.enclose(x: u, y: v))
      let (ax, ay) = (a.dx.midpoint, a.dy.midpoint)
      let (bx, by) = (b.dx.midpoint, b.dy.midpoint)
      let (p, q) = (a.value.midpoint, b.value.midpoint)
      let determinant = ax * by - ay * bx
      let (stepX, stepY) = ((by * p - ay * q) / determinant, (ax * q - bx * p) / determinant)
      guard stepX.isFinite, stepY.isFinite else { return nil }
      (x, y) = (x - stepX, y - stepY)
      if stepX.magnitude <= 1e-15 * x.magnitude, stepY.magnitude <= 1e-15 * y.magnitude { break }
    }
    return x.isFinite && y.isFinite ? (x, y) : nil
  }
}
