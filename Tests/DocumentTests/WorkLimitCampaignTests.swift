import Documents
import Exact
import Foundation
import Testing

/// Questions that would take hours stop at a limit, and vacuous claims are not called proved. That a
/// test here ends is what it shows.
@Suite struct WorkLimitCampaignTests {
  private static let nested = (1...150).reversed().reduce("x") { "sqrt(\($1) + \($0))" }
  private static let names = (1...13).map { "x\($0)" }
  private static let wide = (1...40).map {
    "(sqrt(\(names.joined(separator: " + ")) + x1^20) + \($0))"
  }.joined(separator: "*")
  private static let squares = (1...30).map { "let f\($0) = f\($0 - 1)*f\($0 - 1)" }
    .joined(separator: "\n")

  private static let maxima: String = {
    let heads = String(repeating: "max(", count: 40)
    let tails = (0..<40).map { ", x^2 - \($0))" }.joined()
    return heads + "x" + tails
  }()

  private static let questions: [(String, Status)] = [
    ("parameter x > 0\nclaim c: sin(10^1000000*x) == 0", .undecided),
    ("claim c: (1e1000000)^1000 > 1", .certified),
    ("parameter x > 0\nclaim c: \(nested) > 1", .certified),
  ]

  /// Those that use up what they are allowed: seconds with optimisation, a minute without.
  private static let heavyQuestions: [(String, Status)] = [
    ("parameter \(names.joined(separator: ", ")) > 0\nclaim c: \(wide) == 1", .refuted),
    ("parameter x > 0\nlet f0 = x + 1/x + sqrt(x)\n\(squares)\nclaim c: f30 < 0", .undecided),
    ("parameter x > 0\nclaim c: \(maxima) > -1000", .undecided),
  ]

  /// Models whose steady state or whose eigenvalues are too large to be written down.
  private static let heavyModels = [
    """
    qubit A, B, C, D, E
    parameter g, r, h, j > 0
    model M {
      hamiltonian g*sz(A)*sz(B) + h*sx(B)*sx(C) + j*sy(C)*sz(D) + g*sx(D)*sx(E)
      reset A, B, C, D, E to plus rate r
    }
    let rho = steady(M)
    """,
    """
    qubit A, B, C
    parameter g, r, h > 0
    model M {
      hamiltonian g*sz(A)*sz(B) + g*sz(B)*sz(C)
      dephasing A, B, C rate h
      reset A, B, C to plus rate r
    }
    let N = negativity(steady(M), A)
    """,
  ]

  private static let isCampaign =
    ProcessInfo.processInfo.environment["SEPARATRIX_CAMPAIGN"] == "1"

  @Test(arguments: questions)
  func ends(statements: String, expected: Status) throws {
    #expect(try ClaimTests.status(statements) == expected)
  }

  @Test(.enabled(if: isCampaign), arguments: heavyQuestions)
  func endsInACampaign(statements: String, expected: Status) throws {
    #expect(try ClaimTests.status(statements) == expected)
  }

  @Test(.enabled(if: isCampaign), arguments: heavyModels)
  func modelsEndInACampaign(statements: String) {
    do {
      // Where there is no closed form values are computed point by point.
      let results = try ClaimTests.results(statements + "\nclaim c: 1 == 1")
      #expect(results.last?.status == .proved)
    } catch {
      #expect("\(error)".contains("limit reached"))
    }
  }

  /// Derivatives of high order are large and repeat their parts.
  @Test func highDerivatives() throws {
    let status = try ClaimTests.status(
      "parameter x > 0\nclaim c: derivative(sin(sqrt(x)*log(x + 1)), x, 4) == 0")
    #expect(status == .refuted)
  }

  /// What is undecided for want of work says so.
  @Test(.enabled(if: isCampaign)) func namesTheLimit() throws {
    let results = try ClaimTests.results(
      "parameter x > 0\nlet f0 = x + 1/x + sqrt(x)\n\(Self.squares)\nclaim c: f30 < 0")
    #expect(try #require(results.last).detail.hasPrefix("limit: "))
  }

  @Test(
    arguments: [
      ("x > 5 where exp(x) < 0", "no point satisfies the assumptions"),
      ("x > 5 where sin(x) > 2", "no point satisfies the assumptions"),
      ("x > 5 where x^2 + exp(y) < 0", "no point satisfies the assumptions"),
      ("x == x where x^2 + y^2 == -1", "no point satisfies the assumptions"),
      ("x == x where exp(x) == x", "no point is known to satisfy the assumptions"),
      ("x == x where y > 4 at y = 3", "no point is known to satisfy the assumptions"),
    ])
  func vacuousClaims(claim: String, reason: String) throws {
    let result = try #require(try ClaimTests.results("parameter x, y real\nclaim c: \(claim)").last)
    #expect(result.status == .undecided)
    #expect(result.detail == reason)
  }

  @Test(
    arguments: [
      "x > 5 where x > 6", "x == x where x == exp(y)", "x^2 == 2 where x^2 == 2",
      "z == z where x^2 + y^2 + z^2 == 1", "x == x where sin(x) > 1/2, y == x + exp(z)",
      "x == x where y > 2 at y = 3", "x^2 >= 0 where x > 1 at x = 2",
    ])
  func satisfiableAssumptions(claim: String) throws {
    #expect(try ClaimTests.status("parameter x, y, z real\nclaim c: \(claim)") == .proved)
  }
}
