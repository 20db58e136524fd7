import Algebra
import Arbitrary
import Exact

/// Traces a plane curve in a box, complete.
///
/// The box is divided until on each cell the function has one sign or is strictly monotone along one axis; the
/// places of the curve on the sides of cells are isolated; so the pieces of the curve in every cell, and how they
/// hang together, are known. Where the tests fail down to a least size, as around singular points, cells stay
/// unresolved and are named. Then points are computed on the pieces, to any number of digits.
///
/// Source: Plantinga, Vegter 2004; Lin, Yap 2011.
public struct BoundaryTrace<Curve: PlaneCurve>: Sendable {
  /// The boundary is the union of these; they are traced one by one, so that places where they come near
  /// each other or cross cost nothing.
  public let curves: [Curve]
  public let box: PlaneBox
  /// The significant digits of the enclosed coordinates.
  public let digits: Int
  /// About how many points the whole boundary gets.
  public let points: Int
  /// The greatest number of cells examined.
  public let cellLimit: Int
  /// Changes of coordinates: `box` and points are in the asked ones, the curve lives in their images.
  public let xMap: CoordinateMap?
  public let yMap: CoordinateMap?
  /// The names of the axes, for certificates.
  public var names = (x: "x", y: "y")
  /// What stops the trace, follows it, and keeps what is done.
  public var control = WorkControl()

  /// - Throws: ``RootError/badInput(_:)`` for a box without interior or counts that are not positive.
  public init(
    _ curves: [Curve], in box: PlaneBox, digits: Int = 15, points: Int = 200,
    cellLimit: Int = 400_000, xMap: CoordinateMap? = nil, yMap: CoordinateMap? = nil
  ) throws {
    guard box.xLower < box.xUpper, box.yLower < box.yUpper else {
      throw RootError.badInput("a box without interior")
    }
    guard digits > 0, points > 1, cellLimit > 0 else {
      throw RootError.badInput("digits, points and limits must be positive")
    }
    self.curves = curves
    self.box = box
    self.digits = digits
    self.points = points
    self.cellLimit = cellLimit
    self.xMap = xMap
    self.yMap = yMap
  }

  /// One curve.
  public init(
    _ curve: Curve, in box: PlaneBox, digits: Int = 15, points: Int = 200,
    cellLimit: Int = 400_000, xMap: CoordinateMap? = nil, yMap: CoordinateMap? = nil
  ) throws {
    try self.init(
      [curve], in: box, digits: digits, points: points, cellLimit: cellLimit, xMap: xMap,
      yMap: yMap)
  }

  /// The boundary.
  ///
  /// - Throws: ``RootError``, ``RootError/cancelled`` where ``control`` or the task says so; what the curve throws.
  public func trace() throws -> Boundary { try certified().boundary }

  /// All that the result depends on, as a sum.
  private var problemDigest: String {
    var parts = curves.map { $0.text("x", "y") }
    parts += [box.xLower, box.xUpper, box.yLower, box.yUpper].map(\.description)
    for map in [xMap, yMap] {
      parts.append(map?.kernel?.map(\.description).joined(separator: " ") ?? "-")
    }
    parts += [digits, points, cellLimit].map(\.description)
    return TextDigest.of(parts.joined(separator: "\n"))
  }

  /// The boundary, and for each curve what shows it to be complete.
  public func certified() throws -> (boundary: Boundary, curves: [CurveCertificate.Curve]) {
    control.checkpoint?.open(problem: problemDigest)
    let parts = try curves.indices.map {
      CurveBoundary(job: self, index: $0, structure: try structure($0))
    }
    let spacing = max(parts.reduce(0) { $0 + $1.length } / Double(points), 1e-9)
    var components: [Boundary.Component] = []
    var isolated: [Boundary.Point] = []
    var uncertain: [PlaneBox] = []
    var singular: [Boundary.SingularPoint] = []
    var certificates: [CurveCertificate.Curve] = []
    for part in parts {
      let found = try part.components(spacing: spacing)
      components += found.components
      isolated += found.isolated
      certificates.append(part.certificate(found.onArcs))
      for cluster in part.clusters {
        let (point, isProved) =
          part.clusters.count <= 32 ? part.singularity(cluster) : (nil, false)
        if let point { singular.append(point) }
        if !isProved { uncertain.append(part.askedBox(cluster)) }
      }
    }
    let boundary = Boundary(
      box: box, components: components, isolatedPoints: isolated,
      singularPoints: singular, uncertain: uncertain)
    return (boundary, certificates)
  }

  /// The cells and pieces.
  func structure(_ index: Int) throws -> CurveArcs<Curve> {
    let curve = curves[index]
    let frame = CurveFrame(
      x: try FrameAxis(box.xLower, box.xUpper, map: xMap),
      y: try FrameAxis(box.yLower, box.yUpper, map: yMap))
    let lines = CurveLines(curve: curve, frame: frame, control: control)
    let attempts = 4
    var salt: UInt64 = 0
    var stubborn: [CurveCell] = []
    var rounds = 0
    var subdivisions = 0
    while true {
      let leaves = try CurveSubdivision(
        curve: curve, frame: frame, salt: salt &* 0x2545_F491_4F6C_DD1D, limit: cellLimit,
        least: 0x1p-42, stubborn: stubborn, control: control, curveNumber: index,
        curveCount: curves.count, attempt: subdivisions
      ).leaves()
      subdivisions += 1
      do {
        let arcs = try CurveArcs(lines, leaves, isLenient: salt >= attempts)
        let known = stubborn
        let more = arcs.stubborn.filter { part in !known.contains { $0.meets(part) } }
        rounds += 1
        if more.isEmpty || rounds > 3 || leaves.count > cellLimit / 4 { return arcs }
        stubborn += more
      } catch is DegenerateCuts {
        salt += 1
      }
    }
  }
}
