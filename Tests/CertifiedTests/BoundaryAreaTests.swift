import Algebra
import Arbitrary
import Exact
import Symbolic
import Testing

@testable import Certified

@Suite("Areas of boundaries")
struct BoundaryAreaTests {
  /// The areas where a condition f < 0 holds, and where not.
  private func areas(
    _ text: String, _ curves: [PolynomialCurve], _ box: PlaneBox, digits: Int = 20
  ) throws -> Boundary.Areas {
    let symbols = [Symbol("x"), Symbol("y")]
    let f = try CompiledFunction(Expression(text, symbols: symbols), of: symbols)
    var trace = try BoundaryTrace(curves, in: box, digits: digits, points: 30)
    trace.holds = { place in
      let sign = f.enclose([place.x, place.y], precision: 128).value.certainSign
      return sign == 0 ? nil : sign.map { $0 < 0 }
    }
    return try #require(try trace.trace().areas)
  }

  private func check(_ found: Interval, _ text: String, _ width: Double) throws {
    let value = try CompiledFunction(Expression(text, symbols: []), of: []).enclose(
      [], precision: 128
    ).value
    #expect(value.isSubset(of: found), "\(text) not in \(found)")
    #expect(found.width.approximateDouble < width, "\(found)")
  }

  @Test("an ellipse, a lemniscate and the loop of a folium")
  func closed() throws {
    let ellipse = try SampleCurves.curve { x, y in
      (x * x).scaled(by: 9) + (y * y).scaled(by: 4) - Polynomial.one.scaled(by: 36)
    }
    let found = try areas("9*x^2 + 4*y^2 - 36", [ellipse], SampleCurves.square(4))
    try check(found.holds, "6*pi", 1e-7)
    try check(found.fails, "64 - 6*pi", 1e-7)
    let lemniscate = try areas(
      "(x^2 + y^2)^2 - x^2 + y^2", [SampleCurves.lemniscate()], SampleCurves.square(2))
    try check(lemniscate.holds, "1", 1e-7)
    // Half of a circle, the rest beyond the edge.
    let circle = try SampleCurves.curve { x, y in x * x + y * y - .one }
    try check(areas("x^2 + y^2 - 1", [circle], PlaneBox(x: 0, 2, y: -2, 2)).holds, "pi/2", 1e-7)
    try check(areas("x^2 + y^2 - 1", [circle], PlaneBox(x: -2, 0, y: -2, 2)).holds, "pi/2", 1e-7)
    try check(areas("x^2 + y^2 - 1", [circle], PlaneBox(x: -2, 2, y: 0, 2)).holds, "pi/2", 1e-7)
    try check(
      areas("x^2 + y^2 - 1", [circle], PlaneBox(x: try Rational(1, 2), 2, y: -2, 2)).holds,
      "pi/3 - sqrt(3)/4", 1e-7)
  }

  @Test("open curves and curves that cross")
  func open() throws {
    let cubic = try SampleCurves.curve { x, y in y - x * x * x }
    try check(areas("y - x^3", [cubic], PlaneBox(x: 0, 1, y: 0, 1)).holds, "1/4", 1e-7)
    let circle = try SampleCurves.curve { x, y in x * x + y * y - .one }
    let line = try SampleCurves.curve { x, y in x - y }
    // Half of the disk and the half plane beyond the other half.
    try check(
      areas("(x^2 + y^2 - 1)*(x - y)", [circle, line], SampleCurves.square(2)).holds, "8", 1e-7)
    let lines = try [
      SampleCurves.curve { x, y in y - x.scaled(by: 2) },
      SampleCurves.curve { x, y in y + x },
    ]
    try check(areas("(y - 2*x)*(y + x)", lines, SampleCurves.square(1)).holds, "5/2", 1e-7)
  }
}
