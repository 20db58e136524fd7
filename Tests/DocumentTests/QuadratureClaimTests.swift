import Documents
import Testing

/// Printed digits of integrals without closed forms.
///
/// Expected values: mpmath 1.3, `quad` at 30 digits, the principal value by subtraction of the pole.
@Suite struct QuadratureClaimTests {
  @Test(
    arguments: [
      ("integral(exp(-x^2)*cos(x^3), x = 0..1) ≈ 0.7147856508787133575", Status.certified),
      ("integral(exp(-x^2)*cos(x^3), x = 0..1) ≈ 0.7147856508787133576", .refuted),
      ("(integral(exp(-x^2)*cos(x^3), x = 0..w)) ≈ 0.715 at w = 1", .certified),
      ("integral(exp(-x^2)*cos(x^3), x = 0..w) ≈ 0.71 at w = [1/2, 1]", .refuted),
      ("integral(exp(-x^2)*cos(x^3), x = 0..w) ≈ 0.715 with w = 1", .certified),
      ("integral(exp(-x^2)*cos(x^3), x = 0..w) ≈ 0.715", .undecided),
      (
        "principal_value(x*exp(-x)/((1 + x^2)*(x - w)), x = 0..infinity, w) ≈ -0.28125434 at w = 2",
        .certified
      ),
      (
        "principal_value(x*exp(-x)/((1 + x^2)*(x - w)), x = 0..infinity, w) ≈ 0.28125434 at w = 2",
        .refuted
      ),
      ("integral(exp(-x^2)*cos(x^3), x = 0..1) == 5/7", .undecided),
    ])
  func claims(claim: String, expected: Status) throws {
    #expect(try ClaimTests.status("parameter x, w > 0\nclaim c: \(claim)") == expected)
  }
}
