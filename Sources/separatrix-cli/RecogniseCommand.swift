import ArgumentParser
import Separatrix

/// `separatrix recognise NUMBER`.
struct RecogniseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recognise", abstract: "Proposes exact forms of a number.",
    discussion: """
      A decimal number such as 0.0915063509461096 is known to half a unit of its last digit, and a form \
      of it is a guess. A formula such as 'sqrt(2)*sqrt(3)' is known exactly, and a form of it is proved \
      where it can be. Without a basis the number is sought among the roots of polynomials.
      """, aliases: ["recognize"])

  @Argument(help: "A decimal number, or a formula without parameters.")
  var number: String
  @Option(help: "The greatest degree of a polynomial.") var degree = 8
  @Option(
    parsing: .unconditionalSingleValue,
    help: "Formulas of which the number is a combination with rational coefficients.",
    transform: Self.formula)
  var basis: [Expression] = []
  @Option(
    parsing: .unconditionalSingleValue,
    help: "Formulas of which the number is a product of rational powers.",
    transform: Self.formula)
  var factor: [Expression] = []
  @Option(help: "text or json.") var format = ResultFormat.text

  @Sendable private static func formula(_ text: String) throws -> Expression {
    try Expression(SourceText(text, file: "argument"), in: Scope())
  }

  func validate() throws {
    guard (1...24).contains(degree) else {
      throw ValidationError("--degree must be from 1 to 24, not \(degree)")
    }
    guard basis.isEmpty || factor.isEmpty else {
      throw ValidationError("give either --basis or --factor")
    }
  }

  func run() throws {
    let recognition = Recognition(try source())
    let found: RecognisedForm?
    if !basis.isEmpty {
      found = try recognition.combination(of: basis)
    } else if !factor.isEmpty {
      found = try recognition.product(of: factor)
    } else {
      found = try recognition.algebraic(degree: degree)
    }
    guard let form = found else {
      throw CommandFailure(
        .fails, "no form was found: the digits that are known show none beyond chance")
    }
    switch format {
    case .text: print("\(text(of: form))  (\(status(of: form)))")
    case .json: try Console.write(json(of: form).rendered(), to: nil)
    }
  }

  /// Digits where the number is written as digits, otherwise the formula itself.
  private func source() throws -> RealSource {
    let value = try Self.formula(number)
    guard number.contains("."), let unit = PrintedDecimal.unit(number),
      let exact = value.rationalValue
    else { return RealSource(value) }
    let half = try unit / 2
    let bits = max(64, 4 * number.utf8.count + 64)
    let interval = try Interval(lower: exact - half, upper: exact + half, precision: bits)
    return RealSource(Ball(interval, precision: bits))
  }

  private func text(of form: RecognisedForm) -> String {
    if let expression = form.expression { return expression.description }
    return form.number.map { "root \($0.rootIndex) of \($0.minimalPolynomial)" } ?? "?"
  }

  private func status(of form: RecognisedForm) -> String {
    form.isProved ? "proved" : "guess, \(form.evidence.significance) bits beyond chance"
  }

  private func json(of form: RecognisedForm) -> JSONValue {
    var fields: [String: JSONValue] = [
      "form": .text(text(of: form)), "status": .text(form.isProved ? "proved" : "guess"),
      "bitsBeyondChance": .number(form.evidence.significance),
      "bitsCompared": .number(form.evidence.bits),
    ]
    if let number = form.number {
      fields["minimalPolynomial"] = .list(
        number.minimalPolynomial.coefficients.map { .text($0.description) })
    }
    return .object(fields)
  }
}
