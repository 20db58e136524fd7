import Algebra
import Arbitrary
import Exact
import Symbolic

/// What is known exactly of one irreducible algebraic curve, or of one that is algebraic in a kernel of each coordinate.
///
/// All of it is proved, or absent.
public struct ExactCurve: Sendable {
  /// A coordinate in which the curve is algebraic.
  public enum Coordinate: Sendable {
    /// The unknown itself.
    case plain
    /// exp((a·t + b)/(c·t + d)) of the unknown t.
    case exponential(a: Integer, b: Integer, c: Integer, d: Integer)
  }

  /// The equation: this polynomial of the coordinates is zero.
  public let curve: PlanePolynomial
  public let x: Coordinate
  public let y: Coordinate
  /// The unknowns as they were asked.
  public let unknowns: (x: Symbol, y: Symbol)
  public let branches: ExplicitBranches?
  public let parametrisation: RationalParametrisation?
  /// Nil where a coordinate is no unknown itself.
  public let asymptotes: CurveAsymptotes?

  /// - Parameter curve: irreducible.
  public init(
    _ curve: PlanePolynomial, x: Coordinate = .plain, y: Coordinate = .plain,
    unknowns: (x: Symbol, y: Symbol)? = nil
  ) {
    self.curve = curve
    self.x = x
    self.y = y
    self.unknowns = unknowns ?? (curve.x, curve.y)
    branches = ExplicitBranches(curve)
    parametrisation = RationalParametrisation(curve)
    if case .plain = x, case .plain = y, curve.polynomial.totalDegree > 1 {
      asymptotes = CurveAsymptotes(curve)
    } else {
      asymptotes = nil
    }
  }

  /// The equation in the unknowns.
  public var equation: Expression {
    curve.value(x.forward(unknowns.x), y.forward(unknowns.y))
  }

  /// A branch in the unknowns.
  public func value(of branch: ExplicitBranches.Branch) -> Expression {
    guard let branches else { return branch.value }
    let other = branches.unknown.other
    let inner = branch.value.substituting([
      curve.symbol(other): coordinate(other).forward(unknown(other))
    ])
    return coordinate(branches.unknown).inverse(inner)
  }

  /// The points of the parametrisation in the unknowns.
  public var parametrisedPoint: (x: Expression, y: Expression)? {
    parametrisation.map { (x.inverse($0.x), y.inverse($0.y)) }
  }

  public func coordinate(_ axis: PlaneAxis) -> Coordinate { axis == .x ? x : y }

  public func unknown(_ axis: PlaneAxis) -> Symbol { axis == .x ? unknowns.x : unknowns.y }
}

extension ExactCurve.Coordinate {
  init(_ map: CoordinateMap?) {
    guard let kernel = map?.kernel, kernel.count == 4 else {
      self = .plain
      return
    }
    self = .exponential(a: kernel[0], b: kernel[1], c: kernel[2], d: kernel[3])
  }

  /// Whether it is the unknown itself.
  public var isPlain: Bool {
    if case .plain = self { return true }
    return false
  }

  private static func linear(_ m: Integer, _ t: Expression, _ n: Integer) -> Expression {
    var terms: [Expression] = []
    if m.isOne {
      terms.append(t)
    } else if !m.isZero {
      terms.append(.product([.rational(Rational(m)), t]))
    }
    if !n.isZero { terms.append(.rational(Rational(n))) }
    return .sum(terms)
  }

  private static func quotient(_ top: Expression, _ bottom: Expression) -> Expression {
    bottom.rationalValue == 1 ? top : top / bottom
  }

  /// The coordinate of an unknown.
  public func forward(_ unknown: Symbol) -> Expression {
    switch self {
    case .plain: return .symbol(unknown)
    case .exponential(let a, let b, let c, let d):
      let t = Expression.symbol(unknown)
      return exp(Self.quotient(Self.linear(a, t, b), Self.linear(c, t, d)))
    }
  }

  /// The unknown of a coordinate k: with L = log k, (d·L - b)/(a - c·L).
  public func inverse(_ k: Expression) -> Expression {
    switch self {
    case .plain: return k
    case .exponential(let a, let b, let c, let d):
      let log = log(k)
      return Self.quotient(Self.linear(d, log, -b), Self.linear(-c, log, a))
    }
  }
}

extension ExactCurve {
  /// What is known exactly of traced curves.
  ///
  /// - Parameters:
  ///   - xMap: the coordinate in which the curves are algebraic, where it is no unknown itself; also `yMap`.
  ///   - unknowns: the symbols of the axes.
  /// - Throws: ``RootError``.
  public static func curves(
    _ curves: [PolynomialCurve], xMap: CoordinateMap? = nil, yMap: CoordinateMap? = nil,
    unknowns: (x: Symbol, y: Symbol)
  ) throws -> [ExactCurve] {
    let (x, y) = (Coordinate(xMap), Coordinate(yMap))
    let names = [unknowns.x.name, unknowns.y.name]
    let free = ["u", "v", "p", "q"].filter { !names.contains($0) }
    return try curves.map { curve in
      let (xIndex, yIndex) = curve.indices
      return ExactCurve(
        try PlanePolynomial(
          curve.polynomial, xIndex: xIndex, yIndex: yIndex,
          x: Symbol(x.isPlain ? names[0] : free[0], .real),
          y: Symbol(y.isPlain ? names[1] : free[1], .real)),
        x: x, y: y, unknowns: unknowns)
    }
  }
}
