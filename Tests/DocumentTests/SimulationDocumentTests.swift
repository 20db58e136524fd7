import Documents
import Symbolic
import Testing

/// Simulations in documents: what agrees, what must fail, and what is not decided.
@Suite struct SimulationDocumentTests {
  private static let head = """
    parameter g, r, gamma > 0
    let D = 2*g^2 + (r + gamma/2)*(r + gamma)
    let N3 = max(0, -(gamma*(r + gamma/2)^2 + g^2*(r + gamma) - r*g*(r + gamma))/(2*(r + gamma)*D))

    """
  /// So many spins that none comes back.
  private static let fresh =
    "collisions(coupling = g, reset = r, spins = 100000, cells = 100000, angle = 1, "
    + "hopping = gamma/(1 - cos(1)))"
  /// Few spins, which do.
  private static let lattice =
    "collisions(coupling = g, reset = r, spins = 8, lattice = [5, 5], places = [[0, 0], [1, 0]], "
    + "angle = 1/4, hopping = 25/8*gamma/(1 - cos(1/4)))"

  private func document(_ text: String) throws -> Document {
    try Document(SourceText("```separatrix\n\(Self.head)\(text)\n```", file: "s.md"))
  }

  private func result(_ relation: String, _ road: String, r: String) throws -> CheckResult {
    let text =
      "simulation s from \"Sec. II A\": \(relation)\n    by \(road)\n"
      + "    at g = 5, gamma = 1, r = \(r) samples 6400 seed 7 within 4 sigma"
    return try #require(try document(text).check().first)
  }

  @Test(
    arguments: [
      ("negativity == N3", fresh, "20", Status.agrees),
      ("re(state[1, 4]) == r^2*(r + gamma/2)/(4*(r + gamma)*D)", fresh, "20", .agrees),
      ("im(state[1, 2]) == -r*g/(4*D)", fresh, "[10, 20]", .agrees),
      ("smallest_eigenvalue > 0", fresh, "2", .agrees),
      // What is wrong by a fifth, of the wrong sign, or the other way round.
      ("negativity == 4/5*N3", fresh, "20", .refuted),
      ("im(state[1, 2]) == r*g/(4*D)", fresh, "20", .refuted),
      ("smallest_eigenvalue < 0", fresh, "2", .refuted),
      ("negativity > 1/10", fresh, "20", .refuted),
      // Spins that come back give something else than the master equation.
      ("negativity != N3", lattice, "20", .agrees), ("negativity == N3", lattice, "20", .refuted),
      // Too few histories to tell.
      ("negativity > N3", fresh, "20", .undecided),
      ("im(state[1, 4]) == 0", fresh, "20", .undecided),
    ])
  func verdicts(relation: String, road: String, r: String, expected: Status) throws {
    let result = try result(relation, road, r: r)
    #expect(result.status == expected, "\(relation): \(result.detail)")
    #expect(result.holds == (expected == .agrees))
    #expect(result.kind == .simulation)
    #expect(result.detail.contains("6400 histories"))
    #expect(result.detail.contains("seed 7"))
    #expect((result.counterexample != nil) == (expected == .refuted))
  }

  @Test(
    arguments: [
      ("negativity > 0 by \(fresh) at g = 5, gamma = 1, r = 2", "'samples'"),
      ("negativity > 0 by \(fresh) at g = 5, r = 2 samples 100", "'gamma' has no value"),
      ("purity > 0 by \(fresh) at g = 5, gamma = 1, r = 2 samples 100", "no quantity"),
      (
        "negativity > 0 by collisions(coupling = g, reset = r) at g = 5, r = 2 samples 100", "spins"
      ),
      (
        "negativity > 0 by collisions(coupling = g, reset = r, spins = 3, hopping = 1, angle = 1, "
          + "cels = 4) at g = 5, r = 2 samples 100", "did you mean 'cells'?"
      ),
      ("negativity > 0 by dice(n = 6) samples 100", "no such simulation"),
      ("negativity > 0 by N3 samples 100", "expected what is simulated"),
      (
        "negativity > 0 by \(fresh) at g = 5, gamma = 1, r = 2 samples 100 within 4", "sigma"
      ),
    ])
  func errors(text: String, message: String) throws {
    do {
      _ = try document("simulation s: \(text)")
      Issue.record("accepted: \(text)")
    } catch DocumentError.invalid(_, let rendered) {
      #expect(rendered.contains(message), "\(rendered)")
    }
  }

  /// More events than are allowed, or a gas that cannot be, end in a reason.
  @Test func limits() throws {
    let text =
      "simulation s: negativity > 0 by \(Self.fresh) at g = 5, gamma = 1, r = 20 samples 1000000000"
    let result = try #require(try document(text).check().first)
    #expect(result.status == .undecided)
    #expect(result.detail.contains("limit"), "\(result.detail)")
  }
}
