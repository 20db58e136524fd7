import Exact
import OpenSystems

/// A statement about all networks of modes that is put to the test on random exact ones.
public struct CampaignDefinition: Sendable {
  public let id: String
  public let source: String?
  public let text: String
  /// Numbers of modes.
  public let sizes: ClosedRange<Int>
  /// Of each size, passive ones and as many with squeezing.
  public let instances: Int
  public let seed: UInt64
  /// A squeezing that makes the statement wrong.
  public let planted: Rational

  /// What the campaign found, in a verdict.
  ///
  /// `agrees` at most, however exact each instance: it is a statement about all networks, and these are
  /// samples. `refuted` where a passive network was certified to be entangled; `undecided` where one could
  /// not be certified, or where the networks with squeezing, which must show entanglement, showed none.
  func result(jobs: Int) -> CheckResult {
    do throws(NetworkError) {
      let summary = try SeparabilityCampaign.run(
        sizes: sizes, instances: instances, seed: seed, planted: planted, jobs: jobs)
      return result(of: summary)
    } catch {
      return result(.undecided, error.description, nil)
    }
  }

  private func result(
    _ status: Status, _ detail: String, _ counts: CheckResult.Counts?
  ) -> CheckResult {
    CheckResult(
      id: id, kind: .campaign, source: source, text: text, status: status,
      holds: status == .agrees, detail: detail, counterexample: nil, fallen: [],
      correctedBy: nil, counts: counts)
  }

  func result(of summary: SeparabilityCampaign.Summary) -> CheckResult {
    let rows = summary.rows
    func total(_ count: (SeparabilityCampaign.Row) -> Int) -> Int {
      rows.reduce(0) { $0 + count($1) }
    }
    let found =
      "\(total(\.instances)) passive networks (\(total(\.global)) global, \(total(\.local)) local, "
      + "\(total(\.withSpinBaths)) with spins, \(total(\.withLambShift)) with Lamb shifts, "
      + "\(total(\.withEqualFrequencies)) with equal frequencies): "
      + "\(total(\.certified)) certified separable by exact LDL† and replayed, "
      + "\(total(\.bipartitions)) bipartitions, \(total(\.dark)) with dark modes, "
      + "\(summary.failures.count) failures; with squeezing \(total(\.stable)) stable of "
      + "\(total(\.squeezed)): \(total(\.entangled)) certified entangled, "
      + "\(total(\.separable)) separable; seed \(summary.seed)"
    var reasons: [String] = []
    var status = Status.agrees
    if let failure = summary.failures.first(where: \.isEntangled) {
      status = .refuted
      reasons = ["\(failure)"]
    } else if let failure = summary.failures.first {
      status = .undecided
      reasons = ["\(failure)"]
    } else if let row = rows.first(where: { $0.entangled == 0 }) {
      status = .undecided
      reasons = [
        "no entanglement was found with squeezing in \(row.modes) modes, so that the search for it "
          + "shows nothing"
      ]
    } else if !summary.holds {
      status = .undecided
      reasons = ["some networks were not certified"]
    }
    return result(
      status, (reasons + [found]).joined(separator: "; "),
      .init(header: Self.header, rows: rows.map(Self.numbers)))
  }

  static let header = [
    "modes", "passive", "global", "local", "spins", "lamb shifts", "equal frequencies", "dark",
    "certified separable", "bipartitions", "squeezed", "stable", "entangled", "separable",
  ]

  private static func numbers(_ row: SeparabilityCampaign.Row) -> [Int] {
    [
      row.modes, row.instances, row.global, row.local, row.withSpinBaths, row.withLambShift,
      row.withEqualFrequencies, row.dark, row.certified, row.bipartitions, row.squeezed,
      row.stable, row.entangled, row.separable,
    ]
  }
}
