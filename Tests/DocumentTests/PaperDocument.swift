import Arbitrary
import Certified
import Documents
import Exact
import Foundation
import Symbolic
import TestSupport
import Testing

/// A document of `derivations` with the values recorded for it, and what the tests of each do with both.
struct PaperDocument {
  /// Values at points and roots, from a generator in `Tests/Oracles`.
  struct Recorded: Decodable {
    struct Point: Decodable {
      let at: [String: String]
      /// For each name its rows; an element is its real and its imaginary part.
      let values: [String: [[[String]]]]
    }
    let points: [Point]
    let large: [Point]?
  }

  static let isCampaign = ProcessInfo.processInfo.environment["SEPARATRIX_CAMPAIGN"] == "1"

  let file: String
  let text: String

  init(_ file: String) {
    self.file = file
    let path = Oracle.packageRoot.appendingPathComponent("derivations/\(file)")
    text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
  }

  func document() throws -> Document { try document(text) }

  func document(_ text: String) throws -> Document {
    try Document(SourceText(text, file: file))
  }

  /// What stands before the first heading, and the named sections: enough for the claims in them, and
  /// read sooner than the whole.
  func excerpt(_ headings: [String]) throws -> String {
    let parts = text.components(separatedBy: "\n## ")
    var kept = [try #require(parts.first)]
    for heading in headings {
      kept.append(
        "## " + (try #require(parts.first { $0.hasPrefix(heading + "\n") }, "\(heading)")))
    }
    return kept.joined(separator: "\n")
  }

  /// The text without the claims and errata of other names, whose preparation takes most of the time.
  static func keeping(_ claims: Set<String>, in text: String) -> String {
    var lines: [Substring] = []
    var isSkipped = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let words = line.split(separator: " ", maxSplits: 2).map { $0.trimmingCharacters(in: [":"]) }
      if words.count > 1, ["claim", "erratum"].contains(words[0]) {
        isSkipped = !claims.contains(words[1])
      } else if !line.hasPrefix(" ") {
        isSkipped = false
      }
      if !isSkipped { lines.append(line) }
    }
    return lines.joined(separator: "\n")
  }

  /// The text with `at …` after a claim: a counterexample need not be searched for.
  static func asking(_ claim: String, at point: String, in text: String) throws -> String {
    var lines = text.components(separatedBy: "\n")
    let start = try #require(lines.firstIndex { $0.hasPrefix("claim \(claim) ") })
    let end = lines[(start + 1)...].firstIndex { !$0.hasPrefix(" ") } ?? lines.endIndex
    lines[end - 1] += "\n    at \(point)"
    return lines.joined(separator: "\n")
  }

  /// The result of one claim in an excerpt in which one text is replaced, the first time that it comes.
  ///
  /// - Parameter point: where the claim is asked; nil for its whole domain, as in a campaign.
  func result(
    of claim: String, in headings: [String], replacing original: String, by changed: String,
    at point: String? = nil
  ) throws -> CheckResult {
    let excerpt = Self.keeping([claim], in: try excerpt(headings))
    let place = try #require(excerpt.range(of: original), "\(original)")
    var mutated = excerpt.replacingCharacters(in: place, with: changed)
    if let point, !Self.isCampaign { mutated = try Self.asking(claim, at: point, in: mutated) }
    return try #require(try document(mutated).check(only: [claim]).first)
  }

  static func point(_ values: [String: String], in document: Document) throws -> [Symbol: Rational]
  {
    var rationals: [String: Rational] = [:]
    for (name, text) in values { rationals[name] = try #require(Rational(text) as Rational?) }
    return try document.point(rationals)
  }

  /// Every result is as the document says, and what rests on algebra is proved.
  ///
  /// - Parameter rounded: claims about printed digits or enclosed numbers, which may be certified.
  static func expectAsStated(_ results: [CheckResult], rounded: Set<String>) {
    for result in results {
      #expect(result.holds, "\(result.id): \(result.status) \(result.detail)")
      if result.kind == .erratum {
        #expect(result.status == .refuted, "\(result.id)")
        #expect(result.counterexample != nil, "\(result.id)")
      } else if [.crosscheck, .campaign].contains(result.kind) {
        #expect(result.status == .agrees, "\(result.id)")
      } else if rounded.contains(result.id) {
        #expect([.proved, .certified].contains(result.status), "\(result.id)")
      } else {
        #expect(result.status == .proved, "\(result.id): \(result.status)")
      }
    }
  }

  /// Compares every recorded name with the document, digit by digit.
  static func compare(
    _ points: [Recorded.Point], with document: Document, digits: Int = 40,
    only names: Set<String>? = nil
  ) throws {
    for recorded in points {
      let point = try point(recorded.at, in: document)
      for (name, rows) in recorded.values.sorted(by: { $0.key < $1.key })
      where names?.contains(name) ?? true {
        let values = try document.evaluate(name, at: point, digits: digits)
        try #require(values.map(\.count) == rows.map(\.count), "\(name)")
        for (row, expected) in zip(values, rows) {
          for (value, parts) in zip(row, expected) {
            let re = try #require(Rational(parts[0]) as Rational?)
            let im = try #require(Rational(parts[1]) as Rational?)
            #expect(
              value.re == Arbitrary.Decimal.digits(of: re, significant: digits),
              "\(name) at \(recorded.at)")
            #expect(
              value.im ?? "0" == Arbitrary.Decimal.digits(of: im, significant: digits),
              "\(name) at \(recorded.at)")
          }
        }
      }
    }
  }

  /// The message with which the document refuses a point.
  static func refusal(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "nothing was refused"
    } catch let error as DocumentError {
      return error.description
    } catch {
      return "another error: \(error)"
    }
  }
}
