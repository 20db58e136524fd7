import Foundation
import Separatrix

/// A value of JSON, to build results from.
enum JSONValue: Encodable {
  case text(String)
  case number(Int)
  case flag(Bool)
  case list([JSONValue])
  case object([String: JSONValue])
  case null
  case certificate(CurveCertificate)

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .flag(let value): try container.encode(value)
    case .list(let values): try container.encode(values)
    case .object(let fields): try container.encode(fields)
    case .null: try container.encodeNil()
    case .certificate(let value): try container.encode(value)
    }
  }

  /// The text, or null.
  init(_ text: String?) { self = text.map { .text($0) } ?? .null }

  /// The value over several lines, with sorted keys and a line break at the end.
  func rendered() throws(CommandFailure) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    } catch {
      throw CommandFailure(.stopped, "error: the result cannot be written as JSON: \(error)")
    }
  }

  /// The conventions in force, which every result carries.
  static let conventions: JSONValue = .object([
    "hbar": .number(1), "kB": .number(1), "basis": .text("00, 01, 10, 11; sz|0> = +|0>"),
    "logarithmicNegativity": .text("ln ||rho^T||_1"),
    "negativity": .text("(||rho^T||_1 - 1)/2"), "vacuumVariance": .text("1/2"),
    "drivenModels": .text(
      "generator averaged over a period; zone of quasienergies cut in their largest gap; rates 2R; "
        + "state averaged over a period; unless the call says otherwise"),
  ])

  /// Decimal bounds of an interval, rounded outward.
  static func bounds(of interval: Interval) -> JSONValue {
    let ends = Decimal.enclosure(of: interval)
    return .object(["lower": .text(ends.lower), "upper": .text(ends.upper)])
  }

  /// Decimal bounds of a complex interval; of its real part alone where it is real.
  static func bounds(of value: ComplexInterval) -> JSONValue {
    if value.isReal { return bounds(of: value.re) }
    return .object(["re": bounds(of: value.re), "im": bounds(of: value.im)])
  }
}
