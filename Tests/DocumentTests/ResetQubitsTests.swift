import Algebra
import Arbitrary
import Documents
import Exact
import Foundation
import Symbolic
import TestSupport
import Testing

/// The reset-qubits document against values from SymPy, FLINT and mpmath, recorded by
/// `Tests/Oracles/generate_reset_qubits.py`, and against its own falsifications.
@Suite struct ResetQubitsTests {
  struct Recorded: Decodable {
    struct Point: Decodable {
      let g, gamma, r, negativity: String
      let re, im: [[String]]
      let eigenvalues: [Eigenvalue]
      enum CodingKeys: String, CodingKey {
        case g, gamma, r, negativity, re, im
        case eigenvalues = "partial_transpose_eigenvalues"
      }
    }
    struct Eigenvalue: Decodable { let exact: String? }
    struct Onset: Decodable {
      let g, gamma, onset: String
      let minimalPolynomial: [String]
      enum CodingKeys: String, CodingKey {
        case g, gamma, onset
        case minimalPolynomial = "minimal_polynomial"
      }
    }
    struct Smallest: Decodable {
      let value: String
      let minimalPolynomial: [String]
      enum CodingKeys: String, CodingKey {
        case value
        case minimalPolynomial = "minimal_polynomial"
      }
    }
    let points: [Point]
    let onsets: [Onset]
    let smallest: Smallest
    enum CodingKeys: String, CodingKey {
      case points = "exact_points"
      case onsets = "onset_in_r"
      case smallest = "smallest_r"
    }
  }

  static let path = Oracle.packageRoot.appendingPathComponent("derivations/reset-qubits.md")
  static let whole = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
  /// The sections on two qubits, which have closed forms; the others are in
  /// ``ResetQubitsVariantsCampaignTests``.
  static let text = whole.components(separatedBy: "\n## Another Hamiltonian")[0]
  static let recorded = Result { try Oracle.load("reset_qubits", as: Recorded.self) }

  static func document(_ text: String = text) throws -> Document {
    try Document(SourceText(text, file: "reset-qubits.md"))
  }

  @Test func everyClaimHolds() throws {
    let results = try Self.document().check()
    #expect(results.count >= 25)
    for result in results {
      #expect(result.holds, "\(result.id): \(result.status) \(result.detail)")
    }
    let status = Dictionary(uniqueKeysWithValues: results.map { ($0.id, $0.status) })
    for id in [
      "diagonal", "antidiagonals", "neighbours", "hermitian", "trace", "eigenvalues", "eq3",
      "weak_coupling", "asymptote_lower", "asymptote_upper_offset", "cap_exact",
      "cap_not_attained", "no_reset", "fast_resets", "slow_resets", "direction",
    ] {
      #expect(status[id] == .proved, "\(id)")
    }
    #expect(status["asymptote_upper"] == .refuted)
    #expect(status["cap"] == .certified)
    #expect(status["state_by_other_roads"] == .agrees)
  }

  @Test func resultsDoNotDependOnTheNumberOfJobs() throws {
    let document = try Self.document()
    let one = try document.check(jobs: 1)
    let two = try document.check(jobs: 2)
    #expect(one.map(\.id) == two.map(\.id))
    #expect(one.map(\.detail) == two.map(\.detail))
  }

  @Test func statesAndNegativitiesAreTheRecordedOnes() throws {
    let document = try Self.document()
    for point in try Self.recorded.get().points {
      var values: [String: Rational] = [:]
      for (name, text) in [("g", point.g), ("gamma", point.gamma), ("r", point.r)] {
        values[name] = try #require(Rational(text) as Rational?)
      }
      let place = try document.point(values)
      let negativity = try document.evaluate("negativity", at: place, digits: 30)
      #expect(negativity[0][0].exact?.re.description == point.negativity)
      #expect(negativity[0][0].exact?.im.isZero == true)
      let rho = try document.evaluate("rho", at: place, digits: 30)
      #expect(rho.map { $0.map { $0.exact?.re.description } } == point.re)
      #expect(rho.map { $0.map { $0.exact?.im.description } } == point.im)
      let least = try document.evaluate("lambda_min", at: place, digits: 30)
      let eigenvalues = point.eigenvalues.compactMap(\.exact)
        .compactMap { Rational($0) }
      if eigenvalues.count == point.eigenvalues.count {
        #expect(least[0][0].exact?.re == eigenvalues.min())
      }
    }
  }

  @Test func negativityAtAPrintedPoint() throws {
    let document = try Self.document()
    let place = try document.point(["g": try #require(Rational("5/2")), "gamma": 1, "r": 5])
    let value = try document.evaluate("negativity", at: place, digits: 40)[0][0]
    #expect(value.description == "0.01327838827838827838827838827838827838828")
    #expect(value.exact?.re.description == "29/2184")
  }

  @Test func onsetsAreTheRecordedOnes() throws {
    let document = try Self.document()
    for onset in try Self.recorded.get().onsets {
      let place = try document.point([
        "g": try #require(Rational(onset.g)), "gamma": try #require(Rational(onset.gamma)),
      ])
      let solution = try document.solve("onset", at: place, digits: 990)
      try #require(solution.roots.count == 1)
      let root = solution.roots[0]
      #expect(root.minimalPolynomial?.map(\.description) == onset.minimalPolynomial)
      let expected = try #require(Rational(onset.onset))
      #expect(root.digits == Arbitrary.Decimal.digits(of: expected, significant: 990))
      #expect(root.change == "begins")
      #expect(solution.isComplete)
    }
  }

  @Test func smallestResetIsTheRecordedOne() throws {
    let smallest = try Self.recorded.get().smallest
    let solution = try Self.document().solve("smallest_reset", at: [:], digits: 50)
    try #require(solution.roots.count == 1)
    #expect(solution.roots[0].minimalPolynomial?.map(\.description) == smallest.minimalPolynomial)
    let expected = try #require(Rational(smallest.value))
    #expect(
      solution.roots[0].digits == Arbitrary.Decimal.digits(of: expected, significant: 50))
  }

  @Test func boundaryPointsSolveTheEquation() throws {
    let document = try Self.document()
    let traced = try document.trace("entangled", at: [:], digits: 20, points: 60)
    try #require(traced.components.count == 1)
    #expect(traced.uncertain.isEmpty)
    #expect(traced.components[0].points.count > 40)
    for point in traced.components[0].points {
      // With r and g known to 20 digits the numerator of Eq. (3) is zero to about 16.
      let r = try #require(Rational(point.x))
      let g = try #require(Rational(point.y))
      let half = try #require(Rational("1/2"))
      let square = (r + half) * (r + half)
      let value = r * g * (r + 1) - square - g * g * (r + 1)
      #expect(value.magnitude < (try #require(Rational("1e-14"))))
    }
  }

  // MARK: What must fail

  /// Every sign of Eq. (3) changed in turn: the claim falls, with a point that shows it exactly.
  @Test(
    arguments: [
      ("-(gamma*(r + gamma/2)^2", "(gamma*(r + gamma/2)^2"),
      ("(r + gamma/2)^2 + g^2", "(r - gamma/2)^2 + g^2"),
      ("(r + gamma/2)^2 + g^2", "(r + gamma/2)^2 - g^2"),
      ("g^2*(r + gamma) - r*g", "g^2*(r + gamma) + r*g"),
      ("g^2*(r + gamma) - r*g*(r + gamma)", "g^2*(r - gamma) - r*g*(r + gamma)"),
      ("- r*g*(r + gamma))", "- r*g*(r - gamma))"),
      ("/ (2*(r + gamma)*(2*g^2 +", "/ (2*(r - gamma)*(2*g^2 +"),
      ("/ (2*(r + gamma)*(2*g^2 +", "/ (2*(r + gamma)*(2*g^2 -"),
      ("(2*g^2 + (r + gamma/2)*(r + gamma)))", "(2*g^2 + (r - gamma/2)*(r + gamma)))"),
      ("(2*g^2 + (r + gamma/2)*(r + gamma)))", "(2*g^2 + (r + gamma/2)*(r - gamma)))"),
    ])
  func aChangedSignIsRefuted(_ original: String, _ changed: String) throws {
    let mark = try #require(Self.text.range(of: "let f3 ="))
    let tail = Self.text[mark.lowerBound...]
    let place = try #require(tail.range(of: original))
    let text = Self.text.replacingCharacters(in: place, with: changed)
    let document = try Self.document(text)
    let result = try #require(document.check(only: ["eq3"]).first)
    #expect(!result.holds)
    #expect(result.status == .refuted)
    let counterexample = try #require(result.counterexample)
    // The model's side of the counterexample is what the unchanged document says there.
    let point = Dictionary(uniqueKeysWithValues: counterexample.point.map { ($0.name, $0.value) })
    let original = try Self.document()
    let truth = try original.evaluate("N3", at: original.point(point), digits: 20)[0][0]
    #expect(truth.exact?.re.description == counterexample.left)
    #expect(counterexample.left != counterexample.right)
  }

  @Test func aMisspeltNameIsPointedAt() throws {
    let text = Self.text.replacingOccurrences(
      of: "\"Eq. (3)\": negativity ==", with: "\"Eq. (3)\": negativty ==")
    #expect(text != Self.text)
    do {
      _ = try Self.document(text)
      Issue.record("the misspelt name was accepted")
    } catch DocumentError.invalid(let diagnostics, let rendered) {
      #expect(diagnostics.count == 1)
      #expect(rendered.contains("error: unknown name 'negativty'"))
      #expect(rendered.contains("did you mean 'negativity'?"))
      let line =
        1
        + text[..<(try #require(text.range(of: "negativty")).lowerBound)]
        .count { $0 == "\n" }
      #expect(rendered.hasPrefix("reset-qubits.md:\(line):"))
    }
  }

  @Test func aChangedMatrixElementIsRefuted() throws {
    let text = Self.text.replacingOccurrences(
      of: "let neighbour    = r*(-i*g", with: "let neighbour    = r*(i*g")
    #expect(text != Self.text)
    let result = try #require(try Self.document(text).check(only: ["neighbours"]).first)
    #expect(result.status == .refuted)
  }

  @Test func aChangedEigenvalueOrMultiplicityIsRefuted() throws {
    for (original, changed) in [
      ("g^2 - r^2/16): 4,\n    -(3", "g^2 + r^2/16): 4,\n    -(3"),
      ("0, -r: 2, -2*r,", "0, -r, -2*r: 2,"),
      ("-2*(r + gamma): 4", "-2*(r + gamma): 3"),
    ] {
      let text = Self.text.replacingOccurrences(of: original, with: changed)
      #expect(text != Self.text)
      let result = try #require(try Self.document(text).check(only: ["eigenvalues"]).first)
      #expect(!result.holds, "\(changed)")
      #expect(result.status != .proved, "\(changed)")
    }
  }

  /// Doubles cannot agree to forty digits: a difference beyond the asked digits is reported.
  @Test func aDifferenceBeyondTheAskedDigitsIsNoticed() throws {
    let text = Self.text.replacingOccurrences(
      of: "at 20 points digits 9 seed 5", with: "at 20 points digits 40 seed 5")
    #expect(text != Self.text)
    let result = try #require(
      try Self.document(text).check(only: ["negativity_by_other_roads"]).first)
    #expect(result.status == .refuted)
    #expect(!result.holds)
    #expect(result.detail.contains("doubles"))
  }
}
