import ArgumentParser
import Separatrix

/// `separatrix certify DOC NAME`.
struct CertifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "certify",
    abstract: "Writes the certificate of a network's separability or entanglement, for verify.")

  @Argument(help: "The document.") var document: String
  @Argument(help: "The name of a statement 'certificate'.") var name: String
  @Option(help: "The file to write, in place of standard output.") var out: String?

  func run() throws {
    let data = try Document(path: document).certificate(name)
    try Console.write(String(decoding: data, as: UTF8.self) + "\n", to: out)
  }
}
