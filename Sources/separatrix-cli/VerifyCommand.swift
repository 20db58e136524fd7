import ArgumentParser
import Foundation
import Separatrix

/// `separatrix verify CERTIFICATE.json`.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Proves a traced boundary again, from its certificate alone.")

  @Argument(help: "What trace --format json --out FILE wrote, or the certificate in it.")
  var certificate: String

  /// The result of `trace`, as far as it is needed here.
  private struct Result: Decodable {
    let certificate: CurveCertificate
  }

  func run() throws {
    let data: Data
    do { data = try Data(contentsOf: URL(fileURLWithPath: certificate)) } catch {
      throw CommandFailure(.wrongInput, "error: '\(certificate)' cannot be read")
    }
    let decoder = JSONDecoder()
    guard
      let claims = (try? decoder.decode(Result.self, from: data))?.certificate
        ?? (try? decoder.decode(CurveCertificate.self, from: data))
    else {
      throw CommandFailure(.wrongInput, "error: '\(certificate)' is no certificate of a boundary")
    }
    do {
      let summary = try CertificateChecker.check(claims)
      var text =
        "verified: \(claims.condition) in \(claims.horizontal), \(claims.vertical): "
        + "\(summary.curves) curves, \(summary.components) components, \(summary.cells) cells, "
        + "\(summary.points) points\n"
      if summary.unknownCells > 0 {
        text += "nothing is proved in \(summary.unknownCells) cells, which it names\n"
      }
      try Console.write(text, to: nil)
    } catch let error as CommandFailure {
      throw error
    } catch {
      throw CommandFailure(.fails, "error: not verified: \(error)")
    }
  }
}
