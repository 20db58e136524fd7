import Documents
import Exact
import Symbolic
import Testing

/// Documents whose degrees outgrow what polynomials hold: each claim ends in a status, nothing traps.
@Suite struct DegreeLimitTests {
  private static let names = (1...16).map { "x\($0)" }
  private static var parameters: String {
    "parameter \(names.joined(separator: ", ")) > 0\nqubit A\n"
  }
  /// Puts many symbols into the field of the model.
  private static var crowd: String { names.joined(separator: " + ") }

  @Test func unlikeDenominatorsInAModel() throws {
    let jumps = (1...150).map { "  jump sm(A) rate 1/(x1^40 + \($0))" }.joined(separator: "\n")
    let text = """
      \(Self.parameters)model M {
        hamiltonian (\(Self.crowd)) * sz(A)
      \(jumps)
      }
      let rho = steady(M)
      claim c: rho[1, 1] == 0
      """
    // An error at the line of the model, or a claim that is left open.
    do {
      #expect(try ClaimTests.status(text) != .refuted)
    } catch let error as DocumentError {
      #expect("\(error)".contains("degree"))
    }
  }

  @Test(arguments: ["x1^60", "x1^900"])
  func products(power: String) throws {
    let factors = (1...40).map { "(\(Self.crowd) + \(power) + \($0))" }.joined(separator: "*")
    let text = "\(Self.parameters)claim c: \(factors) == x2"
    #expect(try ClaimTests.status(text) != .proved)
  }
}
