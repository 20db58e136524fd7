import Arbitrary
import Exact

/// An enclosure of real numbers that the containment campaign can put to the test.
///
/// A type takes part by saying how it is made, which numbers it holds, and which of the campaign's
/// functions it has. Nothing else is assumed: an enclosure may be wider than its argument, and as wide
/// as it likes.
protocol EnclosureUnderTest: Sendable {
  /// What reports call it.
  static var title: String { get }

  /// An enclosure of all reals from `lower` to `upper`, which are equal for a point; either may be
  /// infinite.
  init(containing lower: Real, _ upper: Real, precision: Int)

  /// Bounds of the numbers that it holds, exact or wider by nothing that matters; empty for none.
  var bounds: Interval { get }

  /// The function of the campaign under that name; nil if the type does not have it.
  static func operation(named name: String) -> (@Sendable ([Self], Int) -> Self)?
}

/// An enclosure of complex numbers that the campaign can put to the test.
protocol ComplexEnclosureUnderTest: Sendable {
  /// What reports call it.
  static var title: String { get }

  /// An enclosure of the rectangle re + i·im, both parts not empty.
  init(containing re: Interval, _ im: Interval, precision: Int)

  /// A rectangle around the numbers that it holds; empty for none.
  var bounds: ComplexInterval { get }

  /// The function of the campaign under that name; nil if the type does not have it.
  static func operation(named name: String) -> (@Sendable ([Self], Int) -> Self)?
}

/// What a run of the campaign found.
struct CampaignReport: Sendable, CustomStringConvertible {
  let name: String
  /// Operations computed, and how many of them had a value at the point that was looked at.
  var operations = 0
  var checked = 0
  /// Values so near a bound that 4000 bits did not tell on which side.
  var undecided = 0
  /// The first violations in words, and how many there were.
  var violations: [String] = []
  var violationCount = 0

  /// Counts what a check found: true, false, or nil for undecided.
  mutating func count(_ verdict: Bool?, _ violation: @autoclosure () -> String) {
    switch verdict {
    case true: break
    case nil: undecided += 1
    default: record(violation())
    }
  }

  mutating func record(_ violation: @autoclosure () -> String) {
    violationCount += 1
    if violations.count < 5 { violations.append(violation()) }
  }

  var description: String {
    "\(name): \(operations) operations, \(checked) checked, \(violationCount) violations, "
      + "\(undecided) undecided"
  }
}
