import Documents
import Exact
import Foundation
import Symbolic
import Testing

/// Models whose steady state has no formula within the limit; seconds optimised, minutes otherwise.
@Suite(.enabled(if: PaperDocument.isCampaign)) struct PointwiseModelCampaignTests {
  private static let ring = """
    parameter g, gamma > 0
    parameter r >= 0
    qubit A, B, C, D, E
    model M {
      hamiltonian COUPLING*(sz(A)*sz(B) + sz(B)*sz(C) + sz(C)*sz(D) + sz(D)*sz(E) + sz(E)*sz(A))
      dephasing A, B, C, D, E rate gamma
      reset A, B, C, D, E to plus rate r
    }
    let rho = steady(M)
    let N = negativity(rho, A)
    let whole = trace(rho)
    """

  private func document(coupling: String, _ more: String = "") throws -> Document {
    let text = Self.ring.replacingOccurrences(of: "COUPLING", with: coupling)
    return try Document(SourceText("```separatrix\n\(text)\n\(more)\n```", file: "p.md"))
  }

  /// Couplings that are not known to be rational are enclosed, and give the same digits.
  @Test func digits() throws {
    let rational = try document(coupling: "g")
    let irrational = try document(coupling: "sqrt(g^2 + 1)*g/sqrt(1 + g^2)")
    let point = ["g": Rational(3), "gamma": 1, "r": 20]
    let first = try rational.evaluate("N", at: rational.point(point), digits: 40)[0][0].re
    let second = try irrational.evaluate("N", at: irrational.point(point), digits: 40)[0][0].re
    #expect(first == second)
    let trace = try rational.evaluate("whole", at: rational.point(point), digits: 30)[0][0]
    #expect(trace.re.hasPrefix("1.0000") || trace.re.hasPrefix("0.99999"))
  }

  /// Without resets every diagonal state is stationary.
  @Test func severalStatesAreAnErrorWithTheDimension() throws {
    let document = try document(coupling: "g")
    let point = try document.point(["g": 3, "gamma": 1, "r": 0])
    let message = PaperDocument.refusal { _ = try document.evaluate("N", at: point, digits: 10) }
    #expect(message.contains("dimension 32"), "\(message)")
  }

  @Test func claims() throws {
    let document = try document(
      coupling: "g",
      """
      claim right: N > 0 at g = 3, gamma = 1, r = 20
      claim wrong: N == 0 at g = 3, gamma = 1, r = 20
      claim symmetric: -10^-12 < re(rho[1,2]) - re(rho[1,3]) < 10^-12 at g = 3, gamma = 1, r = 20
      claim everywhere: N >= 0
      """)
    let results = Dictionary(uniqueKeysWithValues: try document.check().map { ($0.id, $0.status) })
    #expect(results["right"] == .certified)
    #expect(results["wrong"] == .refuted)
    #expect(results["symmetric"] == .certified)
    #expect(results["everywhere"] != .refuted)
  }
}
