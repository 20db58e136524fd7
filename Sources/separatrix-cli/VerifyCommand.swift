import ArgumentParser
import Foundation
import Separatrix

/// `separatrix verify CERTIFICATE.json`.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Proves a traced boundary or the separability of a network again, from its certificate.")

  @Argument(
    help: "What certify wrote, or trace --format json --out FILE, or the certificate in it.")
  var certificate: String

  /// The result of `trace`, as far as it is needed here.
  private struct Result: Decodable {
    let certificate: CurveCertificate
  }

  /// Certificates of networks say what they are.
  private struct Named: Decodable {
    let format: String
  }

  private func verifySeparability(_ data: Data) throws(CommandFailure) {
    do throws(NetworkError) {
      let summary = try SeparabilityChecker.check(data)
      let found =
        summary.isSeparable
        ? "separable: all modes at once, and \(summary.bipartitions) bipartitions"
        : "entangled: one partial transpose is not positive"
      print("verified: a network of \(summary.modes) modes is \(found)")
    } catch {
      throw CommandFailure(.fails, "error: not verified: \(error)")
    }
  }

  func run() throws {
    let data: Data
    do { data = try Data(contentsOf: URL(fileURLWithPath: certificate)) } catch {
      throw CommandFailure(.wrongInput, "error: '\(certificate)' cannot be read")
    }
    let decoder = JSONDecoder()
    if let named = try? decoder.decode(Named.self, from: data),
      named.format == SeparabilityCertificate.currentFormat
    {
      return try verifySeparability(data)
    }
    guard
      let claims = (try? decoder.decode(Result.self, from: data))?.certificate
        ?? (try? decoder.decode(CurveCertificate.self, from: data))
    else {
      throw CommandFailure(.wrongInput, "error: '\(certificate)' is no certificate")
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
