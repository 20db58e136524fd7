import Arbitrary
import Exact
import Foundation

/// Everything that shows a traced boundary to be complete, as data: what a checker needs to prove it again without
/// knowing how it was found. Coded as JSON.
///
/// A coordinate is a decimal that stands for a double, or `low` or `high` for an end of the rectangle.
public struct CurveCertificate: Codable, Sendable, Equatable {
  public static let currentFormat = "separatrix boundary certificate 1"

  public var format = CurveCertificate.currentFormat
  /// The condition, in words of its author.
  public var condition: String
  public var horizontal: String
  public var vertical: String
  /// The ends of the rectangle, as rational numbers.
  public var x: [String]
  public var y: [String]
  public var curves: [Curve]
  /// A sum over all the rest, so that no change goes unnoticed, even to what would still hold.
  public var digest = ""

  /// The sum of the sorted JSON without the digest (``TextDigest``). It guards against accidents and single
  /// changes, not against a forger; what is said is proved apart from it.
  public var computedDigest: String {
    var plain = self
    plain.digest = ""
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(plain) else { return "" }
    return TextDigest.of(data)
  }

  public init(
    condition: String, horizontal: String, vertical: String, x: [String], y: [String],
    curves: [Curve]
  ) {
    self.condition = condition
    self.horizontal = horizontal
    self.vertical = vertical
    self.x = x
    self.y = y
    self.curves = curves
    digest = computedDigest
  }

  /// One curve F = 0.
  public struct Curve: Codable, Sendable, Equatable {
    /// F, in the curve's own coordinates under the names of the axes.
    public var function: String
    /// Where the own coordinate is exp((a·t + b)/(c·t + d)) of the asked one: a, b, c, d.
    public var xKernel: [String]?
    public var yKernel: [String]?
    /// The rectangle in parts.
    public var cells: [Cell]
    /// Places of the curve on sides of cells.
    public var places: [Place]
    /// The pieces of the curve in cells.
    public var arcs: [Arc]
    /// How they hang together: arcs by their number, in order.
    public var components: [Component]
    public var points: [Point]
  }

  public struct Cell: Codable, Sendable, Equatable {
    /// Lower and upper x, lower and upper y.
    public var box: [String]
    /// `positive`, `negative`: the sign of F. `monotone`: it is strictly monotone as `dx` and `dy` say. `unknown`.
    public var test: String
    /// The sign of the slope along x, or 0.
    public var dx: Int
    public var dy: Int
  }

  public struct Place: Codable, Sendable, Equatable {
    /// The axis of the fixed coordinate, and its value.
    public var line: String
    public var at: String
    /// Between these there is one place.
    public var between: [String]
    /// `crossing`, `touching` or `corner`.
    public var kind: String
  }

  public struct Arc: Codable, Sendable, Equatable {
    public var cell: Int
    /// The numbers of the places at its ends.
    public var from: Int
    public var to: Int
  }

  public struct Component: Codable, Sendable, Equatable {
    public var arcs: [Int]
    public var places: [Int]
    public var closed: Bool
  }

  /// A point on an arc: one coordinate is a decimal or fraction, the other two bounds.
  public struct Point: Codable, Sendable, Equatable {
    public var arc: Int
    public var x: [String]
    public var y: [String]
  }
}

/// Why a certificate does not prove what it says.
public struct CertificateError: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String
  init(_ description: String) { self.description = description }
}
