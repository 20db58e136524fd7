import Exact
import Foundation
import OpenSystems
import Symbolic

/// That a network at a point is separable, or entangled, by a certificate that can be replayed.
public struct CertificateDefinition: Sendable {
  public let id: String
  public let source: String?
  public let text: String
  public let network: NetworkDefinition
  public let isSeparable: Bool
  public let point: [Symbol: Rational]

  /// The certificate as JSON, for ``SeparabilityChecker``.
  ///
  /// - Throws: ``NetworkError``; ``NetworkError/certificate(_:)`` where with squeezing a state is neither.
  public func certificate() throws(NetworkError) -> Data {
    let secular = try network.rational(at: point)
    if secular.isPassive {
      let dark = try secular.darkModes()
      if let first = dark.basis.first {
        throw .darkModes(dimension: dark.dimension, witness: network.text(of: first))
      }
    }
    guard let certificate = try SeparabilityProof(secular).certificate else {
      throw .certificate(
        "no partial transpose shows entanglement, and the covariance is not above that of the vacuum"
      )
    }
    return try certificate.encoded()
  }

  /// The work on one certificate, in the units of ``WorkBudget``.
  private static let workLimit = 40_000_000_000

  func result() -> CheckResult {
    func result(_ status: Status, _ detail: String) -> CheckResult {
      CheckResult(
        id: id, kind: .certificate, source: source, text: text, status: status,
        holds: status == .proved, detail: detail, counterexample: nil, fallen: [],
        correctedBy: nil)
    }
    do throws(NetworkError) {
      let (data, summary) = try WorkBudget.limited(to: Self.workLimit) {
        Result { () throws(NetworkError) in
          let data = try certificate()
          return (data, try SeparabilityChecker.check(data))
        }
      }.value.get()
      let replay = "replayed from \(data.count) bytes of JSON"
      let found: String
      if summary.isSeparable {
        let floor = summary.leastOccupation.map {
          ", every symplectic eigenvalue of every partial transpose at least "
            + ($0.isZero ? "1/2" : "1/2 + \($0)")
        }
        found =
          "separable by exact LDL†: all \(summary.modes) modes at once and each of "
          + "\(summary.bipartitions) bipartitions\(floor ?? ""); \(replay)"
      } else {
        found = "entangled: a vector on which a partial transpose is negative; \(replay)"
      }
      return result(summary.isSeparable == isSeparable ? .proved : .refuted, found)
    } catch {
      return result(.undecided, error.description)
    }
  }
}

extension Document {
  /// The certificate of a `certificate` statement, as JSON.
  ///
  /// - Throws: ``DocumentError/unknown(what:name:known:)``; ``DocumentError/question(_:hint:)`` where there
  ///   is none, with the reason.
  public func certificate(_ id: String) throws(DocumentError) -> Data {
    var known: [CertificateDefinition] = []
    for check in checks {
      if case .certificate(let definition) = check { known.append(definition) }
    }
    guard let definition = known.first(where: { $0.id == id }) else {
      throw .unknown(what: "certificate", name: id, known: known.map(\.id))
    }
    do throws(NetworkError) { return try definition.certificate() } catch {
      throw .question(error.description, hint: nil)
    }
  }
}
