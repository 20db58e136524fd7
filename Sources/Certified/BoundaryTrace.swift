import Algebra
import Arbitrary
import Exact

/// What ``BoundaryTrace`` finds beside the components.
public struct BoundaryDetails: OptionSet, Sendable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// The local extrema of both coordinates along the curves.
  public static let tips = BoundaryDetails(rawValue: 1)
  /// The points at which two of the curves meet.
  public static let crossings = BoundaryDetails(rawValue: 2)
  /// The areas of the sides of a condition.
  public static let areas = BoundaryDetails(rawValue: 4)
  public static let all: BoundaryDetails = [.tips, .crossings, .areas]
}

/// How the points of a boundary lie on it.
public enum BoundarySpacing: String, Sendable, Hashable, CaseIterable {
  /// At even distances, in units of the box.
  case even
  /// Half of the points so, the other half by how much the direction turns between them.
  case curvature
}

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
  public var spacing = BoundarySpacing.even
  /// What is found beside the components.
  public var details: BoundaryDetails = []
  /// Whether a condition holds at a place; nil where that is not decided. Where this is given and continuous functions decide
  /// it that change their signs only on the traced curves, the areas of both sides are enclosed.
  public var holds: (@Sendable (Boundary.Place) -> Bool?)?
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
    parts += [digits, points, cellLimit].map(\.description) + [spacing.rawValue]
    return TextDigest.of(parts.joined(separator: "\n"))
  }

  /// The boundary, and for each curve what shows it to be complete.
  public func certified() throws -> (boundary: Boundary, curves: [CurveCertificate.Curve]) {
    control.checkpoint?.open(problem: problemDigest)
    var parts = try curves.indices.map {
      CurveBoundary(job: self, index: $0, structure: try structure($0))
    }
    if spacing == .curvature {
      let length = parts.reduce(0) { $0 + $1.length }
      let turning = parts.reduce(0) { $0 + $1.turning }
      for index in parts.indices { parts[index].weigh(turning: turning > 0 ? length / turning : 0) }
    }
    let spacing = max(parts.reduce(0) { $0 + $1.length } / Double(points), 1e-9)
    var boundary = Boundary(box: box)
    var certificates: [CurveCertificate.Curve] = []
    var sections: [[Section]] = []
    var sides: [[(left: Boundary.Place, right: Boundary.Place)?]] = []
    for part in parts {
      let found = try part.components(spacing: spacing)
      sections.append(found.sections)
      sides.append(found.components.prefix(found.sections.count).map(\.sides))
      if details.contains(.tips) {
        try part.addTips(to: &boundary, found.sections, from: boundary.components.count)
      }
      boundary.components += found.components
      boundary.isolatedPoints += found.isolated
      certificates.append(part.certificate(found.onArcs))
      let isFew = (1...32).contains(part.clusters.count)
      let counter = isFew ? part.curve.branchCounter() : nil
      for cluster in part.clusters {
        let (point, isProved) = isFew ? part.singularity(cluster, counter) : (nil, false)
        if let point { boundary.singularPoints.append(point) }
        if !isProved { boundary.uncertain.append(part.askedBox(cluster)) }
      }
    }
    if details.contains(.crossings) {
      for i in parts.indices {
        for j in parts.indices where j > i { try parts[i].addCrossings(with: j, to: &boundary) }
      }
    }
    if let holds {
      boundary.areas = BoundaryArea(
        parts: parts, sections: sections, sides: sides, holds: holds
      ).areas()
    }
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
