import Arbitrary
import Exact
import TestSupport
import Testing

/// The ITF1788 test suite for IEEE 1788 (Nehmeier and others), read from a folder beside the package.
///
/// Its results are the tightest binary64 enclosures. Ours at 53 bits have a wider range of exponents:
/// rounded outward to doubles they must be equal, which checks containment and tightness at once.
@Suite("IEEE 1788 test cases")
struct StandardTests {
  enum Value: Equatable {
    case set(Interval)
    case number(Double)
    case truth(Bool)
  }

  static func number(_ text: Substring) -> Double? {
    let lowered = text.trimmed.lowercased()
    return Real(lowered, precision: 53)?.approximateDouble
  }

  static func interval(_ text: Substring) -> Interval? {
    switch text.trimmed {
    case "empty": return .empty
    case "entire": return .entire
    default:
      let ends = text.split(separator: ",").map { number($0) }
      guard let first = ends.first, let low = first, let last = ends.last, let high = last else {
        return nil
      }
      return try? Interval(lower: Real(low), upper: Real(high))
    }
  }

  /// The values of one side of a case; nil for what is not read here (NaI, overlap states).
  static func values(_ text: Substring) -> [Value]? {
    var values: [Value] = []
    var rest = text.drop(while: \.isWhitespace)
    while let first = rest.first {
      if first == "[" {
        guard let end = rest.firstIndex(of: "]"),
          let set = interval(rest[rest.index(after: rest.startIndex)..<end])
        else { return nil }
        values.append(.set(set))
        // A decoration, _com to _trv, says something of the function and not of the set.
        rest = rest[rest.index(after: end)...].drop { !$0.isWhitespace }
      } else {
        let word = rest.prefix { !$0.isWhitespace }
        switch word {
        case "true": values.append(.truth(true))
        case "false": values.append(.truth(false))
        default:
          guard let value = number(word) else { return nil }
          values.append(.number(value))
        }
        rest = rest.dropFirst(word.count)
      }
      rest = rest.drop(while: \.isWhitespace)
    }
    return values
  }

  static let unary: [String: @Sendable (Interval) -> Interval] = {
    var table: [String: @Sendable (Interval) -> Interval] = [
      "pos": { $0 }, "neg": { -$0 }, "recip": { .recip($0, precision: 53) },
      "ceil": { .ceil($0, precision: 53) }, "trunc": { .trunc($0, precision: 53) },
      "roundTiesToEven": { .roundTiesToEven($0, precision: 53) },
      "roundTiesToAway": { .roundTiesToAway($0, precision: 53) },
    ]
    for (name, f) in IntervalTests.functions where table[name] == nil {
      table[name] = { f($0, 53) }
    }
    return table
  }()

  static let binary: [String: @Sendable (Interval, Interval) -> Interval] = [
    "add": { .add($0, $1, precision: 53) }, "sub": { .sub($0, $1, precision: 53) },
    "mul": { .mul($0, $1, precision: 53) }, "div": { .div($0, $1, precision: 53) },
    "pow": { .pow($0, $1, precision: 53) }, "atan2": { .atan2(y: $0, x: $1, precision: 53) },
    "min": { .minimum($0, $1) }, "max": { .maximum($0, $1) },
    "intersection": { $0.intersection($1) }, "convexHull": { $0.union($1) },
  ]

  static let numbers: [String: @Sendable (Interval) -> Real] = [
    "inf": { $0.lower }, "sup": { $0.upper }, "mid": { $0.midpoint }, "rad": { $0.radius },
    "wid": { $0.width }, "mag": { $0.magnitude }, "mig": { $0.mignitude },
  ]

  static let questions: [String: @Sendable (Interval) -> Bool] = [
    "isEmpty": { $0.isEmpty }, "isEntire": { $0.isEntire },
  ]

  static let relations: [String: @Sendable (Interval, Interval) -> Bool] = [
    "equal": { $0 == $1 }, "subset": { $0.isSubset(of: $1) },
    "interior": { $0.isInterior(to: $1) }, "disjoint": { $0.isDisjoint(from: $1) },
    "strictPrecedes": { $0.isCertainlyLess(than: $1) },
  ]

  /// Our answer; nil for operations that the library does not have.
  static func answer(_ name: String, _ arguments: [Value]) -> Value? {
    let sets: [Interval] = arguments.compactMap { if case .set(let x) = $0 { x } else { nil } }
    if arguments.count == 2, sets.count == 1, case .number(let n) = arguments[1], name == "pown" {
      return Int(exactly: n).map { .set(.powInt(sets[0], $0, precision: 53)) }
    }
    guard sets.count == arguments.count else { return nil }
    switch sets.count {
    case 1:
      let x = sets[0]
      if let f = unary[name] { return .set(f(x)) }
      if let f = numbers[name] { return .number(double(f(x), name)) }
      return questions[name].map { .truth($0(x)) }
    case 2:
      if let f = binary[name] { return .set(f(sets[0], sets[1])) }
      return relations[name].map { .truth($0(sets[0], sets[1])) }
    case 3 where name == "fma":
      return .set(.fma(sets[0], sets[1], sets[2], precision: 53))
    default: return nil
    }
  }

  /// A number of a set as binary64 has it: the greatest finite double where ours has a greater one.
  static func double(_ value: Real, _ name: String) -> Double {
    if name == "mid" && value.isFinite {
      return value.double(rounding: .towardZero) == 0 || value.magnitude < Real(0x1p1000)
        ? value.approximateDouble : value.double(rounding: .towardZero)
    }
    return value.double(rounding: name == "mig" ? .down : name == "inf" ? .down : .up)
  }

  static func agrees(_ ours: Value, _ expected: Value) -> Bool {
    switch (ours, expected) {
    case (.set(let a), .set(let b)):
      if a.isEmpty || b.isEmpty { return a.isEmpty && b.isEmpty }
      return a.lower.double(rounding: .down) == b.lower.approximateDouble
        && a.upper.double(rounding: .up) == b.upper.approximateDouble
    case (.number(let a), .number(let b)): return a == b || (a.isNaN && b.isNaN)
    case (.truth(let a), .truth(let b)): return a == b
    default: return false
    }
  }

  @Test("every case of an operation that the library has")
  func suite() {
    guard
      let files = Oracle.texts(inSiblingFolder: "shared/testdata/itf1788", ending: "itl")
    else {
      print("ITF1788: skipped, no folder ../shared/testdata/itf1788 beside the package")
      return
    }
    var counts: [String: Int] = [:]
    var skipped: [String: Int] = [:]
    for (file, text) in files {
      for line in Self.uncommented(text).split(separator: ";") {
        // The last line of the piece: a piece may begin with a block's braces.
        guard let statement = line.split(whereSeparator: { "{}".contains($0) }).last else {
          continue
        }
        let sides = statement.split(separator: "=")
        guard sides.count == 2 else { continue }
        let left = sides[0].drop(while: \.isWhitespace)
        let name = String(left.prefix { !$0.isWhitespace })
        guard let arguments = Self.values(left.dropFirst(name.count)),
          let expected = Self.values(sides[1]), expected.count == 1,
          let ours = Self.answer(name, arguments)
        else {
          skipped[name, default: 0] += 1
          continue
        }
        counts[name, default: 0] += 1
        #expect(Self.agrees(ours, expected[0]), "\(file): \(statement.trimmed): \(ours)")
      }
    }
    let total = counts.values.reduce(0, +)
    print("ITF1788: \(total) cases checked:", counts.sorted { $0.key < $1.key })
    print("ITF1788: \(skipped.values.reduce(0, +)) not read:", skipped.sorted { $0.key < $1.key })
    #expect(total > 2000)
  }

  @Test("the comparison notices a bound that is one unit off, and a wrong side")
  func canFail() throws {
    let expected = Value.set(try Interval(lower: 1, upper: 2))
    #expect(Self.agrees(expected, expected))
    let wide = try Interval(lower: Real(1.0).nextDown, upper: 2)
    let narrow = try Interval(lower: 1, upper: Real(2.0).nextDown)
    #expect(!Self.agrees(.set(wide), expected))
    #expect(!Self.agrees(.set(narrow), expected))
    #expect(!Self.agrees(.set(.empty), expected))
  }

  /// The text without `/* … */` and `// …`.
  static func uncommented(_ text: String) -> String {
    var result = ""
    var isBlock = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var kept = line[...]
      if isBlock {
        guard let end = line.firstRange(of: "*/") else { continue }
        kept = line[end.upperBound...]
        isBlock = false
      }
      while let start = kept.firstRange(of: "/*") {
        result += kept[..<start.lowerBound]
        kept = kept[start.upperBound...]
        guard let end = kept.firstRange(of: "*/") else {
          isBlock = true
          kept = ""
          break
        }
        kept = kept[end.upperBound...]
      }
      if let start = kept.firstRange(of: "//") { kept = kept[..<start.lowerBound] }
      result += kept
      result += "\n"
    }
    return result
  }
}

extension Substring {
  fileprivate var trimmed: String {
    var text = self.drop(while: \.isWhitespace)
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
