import ArgumentParser
import Separatrix

/// `separatrix solve DOC THRESHOLD`, `separatrix solve DOC SYSTEM`, `separatrix solve DOC BOUNDARY BOUNDARY`.
struct SolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "solve",
    abstract: "Finds every root of a threshold or a system, certified.",
    discussion: "With the names of two boundaries: all points at which they cross.")

  @Argument(help: "The document.") var document: String
  @Argument(help: "The threshold's or system's name, or that of a boundary.")
  var threshold: String
  @Argument(help: "The boundary that the first one crosses.") var other: String?
  @OptionGroup var at: AtOption
  @OptionGroup var digits: DigitsOption
  @Option(help: "text or json.") var format = ResultFormat.text

  func run() throws {
    let document = try Document(path: document)
    let point = try document.point(try at.point().onlyValues())
    if let other {
      try show(
        try document.crossings(of: threshold, and: other, at: point, digits: digits.count))
      return
    }
    if document.systems.contains(where: { $0.id == threshold }) {
      try run(system: threshold, of: document, at: point)
      return
    }
    let solution = try document.solve(threshold, at: point, digits: digits.count)
    switch format {
    case .text:
      for root in solution.roots { print(root.digits) }
    case .json:
      try Console.write(JSONValue(solution, digits: digits.count).rendered(), to: nil)
    }
    for remark in solution.remarks { Console.complain(remark) }
    for part in solution.undecided {
      Console.complain(
        "undecided for \(solution.unknown) from \(part.lower ?? "-infinity") to "
          + "\(part.upper ?? "infinity"): \(part.reason)")
    }
    if !solution.isComplete { throw CommandFailure(.fails) }
  }
}

extension JSONValue {
  fileprivate init(_ solution: ThresholdSolution, digits: Int) {
    self = .object([
      "threshold": .text(solution.id), "unknown": .text(solution.unknown),
      "roots": .list(solution.roots.map { JSONValue($0, of: solution.unknown, digits: digits) }),
      "region": .text(solution.region), "complete": .flag(solution.isComplete),
      "status": .text(solution.isComplete ? "proved" : "undecided"), "digits": .number(digits),
      "undecided": .list(
        solution.undecided.map { part in
          var fields: [String: JSONValue] = ["reason": .text(part.reason)]
          if let lower = part.lower { fields["lower"] = .text(lower) }
          if let upper = part.upper { fields["upper"] = .text(upper) }
          return .object(fields)
        }), "remarks": .list(solution.remarks.map { .text($0) }),
      "conventions": .conventions,
    ])
  }

  private init(_ root: ThresholdSolution.Root, of unknown: String, digits: Int) {
    var fields: [String: JSONValue] = [
      "value": .text(root.digits), "digits": .number(digits), "change": .text(root.change),
      "enclosure": .object(["lower": .text(root.lower), "upper": .text(root.upper)]),
    ]
    if let exact = root.exact { fields["exact"] = .text(exact.description) }
    if let form = root.closedForm { fields["closedForm"] = .text(form) }
    if let proof = root.proof { fields["proof"] = .text(proof) }
    if let kernel = root.kernel {
      var parts: [String: JSONValue] = [
        "formula": .text(kernel.formula),
        "minimalPolynomial": .object([
          "coefficients": .list(kernel.minimalPolynomial.map { .text($0.description) }),
          "text": .text(PolynomialText.text(of: kernel.minimalPolynomial, in: "v")),
        ]),
      ]
      if let form = kernel.closedForm { parts["value"] = .text(form) }
      fields["kernel"] = .object(parts)
    }
    if let polynomial = root.minimalPolynomial {
      fields["minimalPolynomial"] = .object([
        "coefficients": .list(polynomial.map { .text($0.description) }),
        "text": .text(PolynomialText.text(of: polynomial, in: unknown)),
      ])
    }
    self = .object(fields)
  }
}

/// A polynomial with integer coefficients as text.
enum PolynomialText {
  /// `6*r^2 - 19*r - 26`, from the coefficients with the constant term first.
  static func text(of coefficients: [Integer], in name: String) -> String {
    var text = ""
    for (power, coefficient) in coefficients.enumerated().reversed() where !coefficient.isZero {
      let isNegative = coefficient < 0
      let size = (isNegative ? -coefficient : coefficient).description
      let symbol = power == 0 ? "" : power == 1 ? name : "\(name)^\(power)"
      let term =
        symbol.isEmpty ? size : size == "1" ? symbol : "\(size)*\(symbol)"
      if text.isEmpty {
        text = (isNegative ? "-" : "") + term
      } else {
        text += (isNegative ? " - " : " + ") + term
      }
    }
    return text.isEmpty ? "0" : text
  }
}
