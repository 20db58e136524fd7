import Foundation
import Testing

/// Campaigns and certificates of networks as users run them.
@Suite struct NetworkCommandTests {
  private static let text = """
    # T

    ```separatrix
    mode a, b
    network N {
      party a
      party b
      hamiltonian 2*(a'*a + b'*b) + a'*b + b'*a
      bath a density w in w boltzmann 1/3
      bath b spin density w in w boltzmann 1/2
      approach global
    }
    certificate apart from "Sec. IV": N is separable
    campaign good: separability of networks in 2..2 modes, 3 instances each, seed 7
    campaign planted: separability of networks in 2..2 modes, 3 instances each, seed 7, squeezing 1/4
    ```
    """

  private static let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("separatrix-\(UUID().uuidString)")

  private func run(_ arguments: String...) throws -> CommandLineTests.Outcome {
    try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
    let file = Self.folder.appendingPathComponent("\(UUID().uuidString).md")
    defer { try? FileManager.default.removeItem(at: file) }
    try Self.text.write(to: file, atomically: true, encoding: .utf8)
    return try CommandLineTests.run(arguments.map { $0 == "DOC" ? file.path : $0 })
  }

  @Test func aCampaignIsInTheTable() throws {
    let good = try run("check", "DOC", "--only", "good", "--format", "json")
    #expect(good.status == 0)
    for text in [
      #""kind" : "campaign""#, #""status" : "agrees""#, #""passive" : 3"#, #""bipartitions" : "#,
      "seed 7",
    ] { #expect(good.output.contains(text), "\(text)") }
    for format in ["csv", "markdown", "latex", "text"] {
      let table = try run("check", "DOC", "--only", "good", "--format", format)
      #expect(table.status == 0 && table.output.contains("passive"), "\(format)")
    }
  }

  @Test func aWrongEquationExitsWithOne() throws {
    let planted = try run("check", "DOC", "--only", "planted", "--format", "csv")
    #expect(planted.status == 1)
    #expect(planted.output.contains("refuted") && planted.output.contains("entangled"))
  }

  @Test func aCertificateIsWrittenAndVerified() throws {
    let written = try run("certify", "DOC", "apart")
    #expect(written.status == 0)
    let file = Self.folder.appendingPathComponent("\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: file) }
    try written.output.write(to: file, atomically: true, encoding: .utf8)
    let verified = try run("verify", file.path)
    #expect(verified.status == 0)
    #expect(verified.output.contains("a network of 2 modes is separable"))
    let altered = written.output.replacing("\"separable\"", with: "\"entangled\"")
    try altered.write(to: file, atomically: true, encoding: .utf8)
    let refused = try run("verify", file.path)
    #expect(refused.status == 1 && refused.errors.contains("not verified"))
    #expect(try run("certify", "DOC", "good").status == 2)
  }

  @Test func listed() throws {
    let outcome = try run("list", "DOC")
    for word in ["network", "certificate", "campaign"] {
      #expect(outcome.output.contains(word), "\(word)")
    }
    #expect(try run("show", "DOC", "good").output.contains("3 instances each"))
  }
}
