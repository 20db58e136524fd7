import Documents
import Exact
import Symbolic
import Testing

/// Thresholds of documents that no rational function decides.
@Suite("Thresholds of documents")
struct ThresholdDocumentTests {
  private static func solution(
    _ statements: String, _ id: String = "t", digits: Int = 20
  ) throws -> ThresholdSolution {
    let text = "# T\n\n```separatrix\n\(statements)\n```\n"
    let document = try Document(SourceText(text, file: "t.md"))
    return try document.solve(id, at: [:], digits: digits)
  }

  @Test("rational in one exponential: a closed form, its proof and the kernel's minimal polynomial")
  func kernel() throws {
    let text = """
      parameter Delta, T2 > 0
      let x2 = exp(-Delta/T2)
      threshold t: 1 - 6*x2 + x2^2 > 0 in T2 with Delta = 1
      """
    let solution = try Self.solution(text, digits: 40)
    #expect(solution.isComplete && solution.roots.count == 1)
    let root = solution.roots[0]
    #expect(root.digits == "0.5672963285532554920286227025766431189315")
    #expect(root.change == "ceases")
    #expect(root.closedForm?.hasPrefix("1/log(") == true)
    #expect(root.proof != nil)
    #expect(root.kernel?.minimalPolynomial == [1, -6, 1])
    #expect(root.minimalPolynomial == nil)
  }

  @Test("algebraic coefficients and common factors: an exact algebraic number")
  func algebraic() throws {
    let text = """
      parameter zeta > 0
      let S = -18
      let k = 9/5
      let R = sqrt(S^2 - 4*k^2)
      threshold t: pi*(R*zeta + 3)*(zeta + R/7) < pi*exp(10)*R*(zeta^2 + 4)/exp(10) in zeta
      """
    let solution = try Self.solution(text)
    #expect(solution.isComplete)
    #expect(!solution.roots.isEmpty)
    #expect(solution.roots.allSatisfy { $0.minimalPolynomial != nil })
  }

  @Test("what stays open is named, with its bounds and the reason")
  func undecided() throws {
    let solution = try Self.solution(
      "parameter x real\nthreshold t: exp(sqrt(2)*x) > sqrt(2)*exp(1)*x in x = 0..2")
    #expect(!solution.isComplete)
    #expect(solution.undecided.allSatisfy { !$0.reason.isEmpty })
  }

  @Test("a condition that holds nowhere, one that is equal throughout")
  func special() throws {
    let never = try Self.solution("parameter x real\nthreshold t: exp(x) + 1 < 0 in x")
    #expect(never.region == "nowhere" && never.isComplete)
    let equal = try Self.solution(
      "parameter x real\nthreshold t: exp(2*x) - exp(x)^2 >= 0 in x = 0..1")
    #expect(!equal.remarks.isEmpty && equal.roots.isEmpty)
  }
}
