import Exact

/// How a claim ended.
public enum Status: String, Sendable, Codable, CaseIterable {
  /// Exact algebra, for all parameters of the stated domain.
  case proved
  /// Ball or interval arithmetic decided it at the stated points or over the stated box.
  case certified
  /// A numeric cross-check by an independent road agreed at the stated samples.
  case agrees
  /// A certified counterexample was found.
  case refuted
  /// None of these, with the reason.
  case undecided
}

/// A point at which a relation fails, with both sides.
public struct Counterexample: Sendable, Equatable {
  /// The values of the parameters, by name.
  public let point: [(name: String, value: Rational)]
  /// The sides at the point: exact where they are rational, otherwise certified digits.
  public let left: String
  public let right: String

  public static func == (a: Counterexample, b: Counterexample) -> Bool {
    a.left == b.left && a.right == b.right && a.point.map(\.name) == b.point.map(\.name)
      && a.point.map(\.value) == b.point.map(\.value)
  }

  /// `at g = 5/2, r = 2: left side 1/4, right side 1/3`.
  public var description: String {
    let place = point.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
    return (place.isEmpty ? "" : "at \(place): ") + "left side \(left), right side \(right)"
  }
}

/// What the checking of one claim, erratum, cross-check, campaign, certificate or simulation gave.
public struct CheckResult: Sendable {
  public enum Kind: String, Sendable {
    case claim, erratum, crosscheck, campaign, certificate, simulation
  }

  public let id: String
  public let kind: Kind
  /// The equation or figure that it is taken from.
  public let source: String?
  /// What is claimed, as written.
  public let text: String
  public let status: Status
  /// Whether the document's author was right: a claim that is not refuted or undecided, an erratum
  /// that is refuted.
  public let holds: Bool
  /// By what road, or for what reason not.
  public let detail: String
  public let counterexample: Counterexample?
  /// The claims that it builds on and that do not hold.
  public let fallen: [String]
  /// The claim that states an erratum rightly.
  public let correctedBy: String?
  /// What was counted on the way to the verdict, for a campaign.
  public internal(set) var counts: Counts?

  /// A table of whole numbers.
  public struct Counts: Sendable, Equatable {
    public let header: [String]
    public let rows: [[Int]]
  }
}
