import Algebra
import Arbitrary
import Exact
import Symbolic

/// Proves again what a ``CurveCertificate`` says, from it alone: it shares with the tracer the evaluation of F by
/// enclosures and exact root counts on edges, and none of its decisions.
///
/// What is shown for each curve:
/// 1. the cells tile the rectangle;
/// 2. in every cell F has the sign that is said, or is strictly monotone as is said;
/// 3. the places are all zeros of F on the sides of monotone cells;
/// 4. the arcs are all pieces of the curve in monotone cells: a graph over the other axis, from place to place;
/// 5. the components are the arcs, joined at places that they share, each arc once;
/// 6. at every point F changes its sign between the bounds, inside the arc's cell.
///
/// So all of the curve outside cells of the test `unknown` is as the components say.
public struct CertificateChecker {
  /// What a certificate was found to prove.
  public struct Summary: Sendable {
    public let curves: Int
    public let cells: Int
    /// Cells about which nothing is proved.
    public let unknownCells: Int
    public let components: Int
    public let points: Int
  }

  /// - Throws: ``CertificateError`` that says what does not hold; ``RootError``.
  public static func check(_ certificate: CurveCertificate) throws -> Summary {
    guard certificate.format == CurveCertificate.currentFormat else {
      throw CertificateError("unknown format '\(certificate.format)'")
    }
    guard certificate.digest == certificate.computedDigest else {
      throw CertificateError("it was altered: the digest is that of other contents")
    }
    guard certificate.x.count == 2, certificate.y.count == 2,
      let x0 = Rational(certificate.x[0]), let x1 = Rational(certificate.x[1]),
      let y0 = Rational(certificate.y[0]), let y1 = Rational(certificate.y[1]), x0 < x1, y0 < y1
    else { throw CertificateError("the rectangle is not two ranges") }
    var cells = 0
    var unknown = 0
    for curve in certificate.curves {
      let symbols = [Symbol(certificate.horizontal), Symbol(certificate.vertical)]
      let expression: Expression
      do { expression = try Expression(curve.function, symbols: symbols) } catch {
        throw CertificateError("the function cannot be read: \(error)")
      }
      let frame = CurveFrame(
        x: try FrameAxis(x0, x1, map: try Self.map(curve.xKernel)),
        y: try FrameAxis(y0, y1, map: try Self.map(curve.yKernel)))
      if let polynomial = Self.polynomial(expression, symbols) {
        try CurveCheck(curve, try PolynomialCurve(polynomial), frame).run()
      } else {
        try CurveCheck(curve, try FormulaCurve(expression, x: symbols[0], y: symbols[1]), frame)
          .run()
      }
      cells += curve.cells.count
      unknown += curve.cells.count { $0.test == "unknown" }
    }
    return Summary(
      curves: certificate.curves.count, cells: cells, unknownCells: unknown,
      components: certificate.curves.reduce(0) { $0 + $1.components.count },
      points: certificate.curves.reduce(0) { $0 + $1.points.count })
  }

  private static func polynomial(_ expression: Expression, _ symbols: [Symbol]) -> Polynomial? {
    guard var normalizer = try? Normalizer(symbols: symbols),
      let value = try? normalizer.normalize(expression), value.im.isZero,
      normalizer.basis.generators.count == 2, value.re.denominator.isConstant
    else { return nil }
    return try? value.re.numerator.embedded(in: normalizer.basis.ring) { $0 }
  }

  private static func map(_ kernel: [String]?) throws -> CoordinateMap? {
    guard let kernel else { return nil }
    let numbers = kernel.compactMap { Integer($0) }
    guard kernel.count == 4, numbers.count == 4,
      let map = CoordinateMap.exponential(numbers[0], numbers[1], numbers[2], numbers[3])
    else { throw CertificateError("a kernel is not four integers of a monotone function") }
    return map
  }
}
