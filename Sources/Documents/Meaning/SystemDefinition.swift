import Exact
import Symbolic

/// As many equations as unknowns, all solutions of which are sought in a box.
public struct SystemDefinition: Sendable {
  public let id: String
  public let source: String?
  /// The left sides minus the right ones.
  public let equations: [Expression]
  /// The equations as written.
  public let text: String
  public let unknowns: [AxisDefinition]
  /// What solutions must satisfy besides.
  public let assumptions: [Assumption]
  /// Where the names in the system are defined.
  public let conditions: [Assumption]
  /// What `with` gives; the command line may give other values.
  public let bindings: [Symbol: Expression]
}

/// The boundary of a condition in three symbols, by slices at values of one of them.
public struct SurfaceDefinition: Sendable {
  public let id: String
  public let source: String?
  public let condition: Condition
  public let horizontal: AxisDefinition
  public let vertical: AxisDefinition
  /// The symbol that is swept.
  public let sweep: AxisDefinition
  public let bindings: [Symbol: Expression]
}
