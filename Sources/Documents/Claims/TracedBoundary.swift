import Certified

/// A boundary as points with certified digits.
public struct TracedBoundary: Sendable {
  public let id: String
  /// What shows it to be complete.
  public let certificate: CurveCertificate
  /// The condition of which it is the boundary.
  public let condition: String
  public let horizontal: String
  public let vertical: String
  public let components: [Component]
  /// Boxes in which nothing could be decided, as decimal bounds.
  public let uncertain: [(x: (String, String), y: (String, String))]
  /// What is known beside the points.
  public let details: BoundaryFeatures

  /// One piece of the boundary.
  public struct Component: Sendable {
    public let isClosed: Bool
    /// The number of the curve that it belongs to, from 0, as in ``Document/exactCurves(of:at:)``.
    public let curve: Int
    /// Points in order; digits all correct.
    public let points: [(x: String, y: String)]
    /// Whether the condition holds to the left of the way along the points, all along; nil where that was not
    /// decided.
    public let holdsOnLeft: Bool?
    /// Whether the condition holds to the right.
    public let holdsOnRight: Bool?
    /// Whether the first point lies on an edge of the rectangle.
    public let startsOnEdge: Bool
    /// Whether the last point does.
    public let endsOnEdge: Bool
  }
}
