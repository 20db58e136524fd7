import Foundation
import Separatrix

/// What `--at` says: a value or a range for each name, such as `g=5/2,r=1..2`.
struct PointArgument {
  /// The values, exact.
  private(set) var values: [String: Rational] = [:]
  /// The ranges, exact, each with the lower end first.
  private(set) var ranges: [String: (lower: Rational, upper: Rational)] = [:]

  /// Reads all `--at` options of a call.
  init(_ arguments: [String]) throws(CommandFailure) {
    for argument in arguments {
      for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
        try add(String(part))
      }
    }
  }

  /// All names that something is given for, in alphabetic order.
  var names: [String] { (Array(values.keys) + Array(ranges.keys)).sorted() }

  private mutating func add(_ part: String) throws(CommandFailure) {
    let sides = part.split(separator: "=", omittingEmptySubsequences: false).map(Self.trimmed)
    guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else {
      throw .input(
        "'\(part)' in --at is not of the form name=value",
        hint: "write --at g=5/2,r=2, or --at r=1..2 for a range")
    }
    let name = sides[0]
    guard Symbol.isName(name) else { throw .input("'\(name)' in --at is not a name") }
    guard values[name] == nil, ranges[name] == nil else {
      throw .input("--at gives \(name) twice")
    }
    guard let dots = sides[1].range(of: "..") else {
      values[name] = try Self.number(sides[1], for: name)
      return
    }
    let lower = try Self.number(Self.trimmed(sides[1][..<dots.lowerBound]), for: name)
    let upper = try Self.number(Self.trimmed(sides[1][dots.upperBound...]), for: name)
    guard lower <= upper else {
      throw .input("the range \(name) = \(lower)..\(upper) is empty: its lower end is the greater")
    }
    ranges[name] = (lower, upper)
  }

  private static func trimmed(_ text: Substring) -> String {
    text.trimmingCharacters(in: .whitespaces)
  }

  private static func number(_ text: String, for name: String) throws(CommandFailure) -> Rational {
    guard let value = Rational(text) else {
      throw .input(
        "'\(text)' is no number for \(name)",
        hint: "numbers are exact: integers, fractions such as 5/2, decimals such as 0.1 or 1e-3")
    }
    return value
  }

  /// The values, where ranges have no meaning.
  func onlyValues() throws(CommandFailure) -> [String: Rational] {
    guard let name = ranges.keys.min() else { return values }
    throw .input("\(name) needs a value here, not a range")
  }

  /// Refuses names that none of `known` is.
  func requireNames(among known: some Collection<String>) throws(CommandFailure) {
    for name in names where !known.contains(name) {
      let list = known.sorted().joined(separator: ", ")
      throw .input(
        "unknown parameter '\(name)' in --at",
        hint: Suggestion.hint(for: name, among: known)
          ?? (list.isEmpty ? "there are no parameters here" : "one of " + list))
    }
  }

  /// The box that values and ranges are for these symbols.
  ///
  /// A range must lie in the symbol's domain; an open end of the domain may be its end.
  func box(of symbols: some Sequence<Symbol>, precision: Int) throws -> [Symbol: Interval] {
    var box: [Symbol: Interval] = [:]
    for symbol in symbols {
      if let value = values[symbol.name] {
        guard symbol.domain.contains(value) else {
          throw CertifiedError.outsideDomain(parameter: symbol, value: value.description)
        }
        box[symbol] = Interval(value, precision: precision)
      } else if let range = ranges[symbol.name] {
        for end in [range.lower, range.upper] where !symbol.domain.reaches(end) {
          throw CertifiedError.outsideDomain(parameter: symbol, value: end.description)
        }
        box[symbol] = try Interval(lower: range.lower, upper: range.upper, precision: precision)
      }
    }
    return box
  }
}

extension Domain {
  /// Whether a number is in the domain or is an end of it.
  fileprivate func reaches(_ value: Rational) -> Bool {
    if contains(value) { return true }
    guard case .interval(let lower, let upper) = shape else { return false }
    return lower.value == value || upper.value == value
  }
}
