import ArgumentParser
import Separatrix

/// `separatrix evaluate DOC NAME` and `separatrix evaluate --expression TEXT`.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Evaluates a name of a document or an expression to certified digits.")

  @Argument(help: "The document.") var document: String?
  @Argument(help: "A name that the document defines.") var name: String?
  @Option(parsing: .unconditional, help: "An expression, instead of a document and a name.")
  var expression: String?
  @OptionGroup var at: AtOption
  @Option(help: "A CSV table with a column a parameter, or - for standard input.")
  var points: String?
  @OptionGroup var digits: DigitsOption
  @Option(help: "text or json.") var format = ResultFormat.text

  func validate() throws {
    if expression != nil, document != nil {
      throw ValidationError("give either --expression or a document and a name, not both")
    }
    if expression == nil, document == nil || name == nil {
      throw ValidationError("give a document and a name, or --expression")
    }
    if points != nil, format == .json {
      throw ValidationError("--points writes CSV; --format json has no meaning with it")
    }
  }

  func run() throws {
    let point = try at.point()
    if let expression {
      try run(expression: expression, point)
    } else if let document, let name {
      try run(try Document(path: document), name, point)
    }
  }

  // MARK: - The two forms

  private func run(expression text: String, _ point: PointArgument) throws {
    let expression = try Expression(
      SourceText(text, file: "--expression"), in: Scope(undeclared: .real))
    let symbols = expression.freeSymbols
    // A symbol that cancelled, as in x - x, is still a name of the expression.
    let words = text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
    try point.requireNames(among: symbols.map(\.name) + point.names.filter(words.contains))
    if points != nil {
      try stream(expression, point)
    } else if !point.ranges.isEmpty {
      try enclose([[expression]], text, point)
    } else {
      let given = symbols.compactMap { symbol in point.values[symbol.name].map { (symbol, $0) } }
      let value = try expression.value(
        at: Dictionary(uniqueKeysWithValues: given), digits: digits.count, exactForm: Self.exactForm
      )
      try write([[value]], name: text)
    }
  }

  private func run(_ document: Document, _ name: String, _ point: PointArgument) throws {
    if points == nil, point.ranges.isEmpty {
      let place = try document.point(point.values)
      let values = try document.evaluate(name, at: place, digits: digits.count)
      try write(values, name: name)
      let idle = document.parametersWithoutInfluence(on: name, among: place).map(\.name)
      if !idle.isEmpty {
        Console.warn(
          "'\(name)' does not depend on \(idle.joined(separator: ", ")): what is given for it has no influence"
        )
      }
      return
    }
    guard let value = document.value(named: name) else {
      throw DocumentError.unknown(what: "value", name: name, known: document.definedNames)
    }
    try point.requireNames(among: document.parameters.map(\.symbol.name))
    _ = try document.point(point.values)
    if points == nil {
      guard !value.rows.isEmpty else { throw CommandFailure.input("'\(name)' is \(value.phrase)") }
      try document.requireDefined(
        name, over: try point.box(of: document.parameters.map(\.symbol), precision: 128))
      try enclose(value.rows, name, point)
    } else if case .scalar(let expression) = value {
      try stream(
        expression, point,
        document.pointDomain(of: name, at: try document.point(point.onlyValues())))
    } else {
      throw CommandFailure.input("--points needs a number, and '\(name)' is \(value.phrase)")
    }
  }

  /// The normal form tells exact zeros and rational numbers that no precision can.
  private static let exactForm: PointEvaluator.ExactForm = { (try? NormalForm($0))?.expression }

  // MARK: - Many points

  private func stream(
    _ expression: Expression, _ point: PointArgument, _ domain: PointDomain? = nil
  ) throws {
    guard let points else { return }
    let values = try point.onlyValues()
    var fixed: [Symbol: Expression] = [:]
    for symbol in expression.freeSymbols {
      guard let value = values[symbol.name] else { continue }
      guard symbol.domain.contains(value) else {
        throw CertifiedError.outsideDomain(parameter: symbol, value: value.description)
      }
      fixed[symbol] = .rational(value)
    }
    let evaluator = try PointEvaluator(
      expression.substituting(fixed), digits: digits.count,
      exactForm: Self.exactForm)
    let file = try Console.open(points)
    let progress = RowProgress(points, file)
    defer { Console.clearProgress() }
    try Interruption.gracefully {
      try PointStream(evaluator, domain: domain).run(
        blocks: LineReader(file), isCancelled: { Interruption.isRequested }
      ) {
        print($0)
        progress.advance()
      }
    }
    if Interruption.isRequested {
      throw CommandFailure(
        .stopped, "interrupted after \(max(progress.rows - 1, 0)) rows, which are written whole")
    }
  }

  // MARK: - Ranges

  private func enclose(_ rows: [[Expression]], _ name: String, _ point: PointArgument) throws {
    let symbols = rows.joined().reduce(into: Set<Symbol>()) { $0.formUnion($1.freeSymbols) }
    let precision = max(64, min(digits.count, 1_000_000) * 10 / 3 + 32)
    let box = try point.box(of: symbols, precision: precision)
    var ranges: [[RangeEnclosure]] = []
    for row in rows {
      var enclosed: [RangeEnclosure] = []
      for element in row {
        enclosed.append(try RangeEnclosure(of: element, over: box, precision: precision))
      }
      ranges.append(enclosed)
    }
    if format == .text {
      for row in ranges { print(row.map(\.description).joined(separator: "  ")) }
    } else {
      let value = JSONValue.object([
        "name": .text(name), "enclosure": shaped(ranges) { .bounds(of: $0.enclosure) },
        "pieces": shaped(ranges) { .number($0.pieces) },
        "hasGaps": .flag(ranges.joined().contains(where: \.hasGaps)),
        "digits": .number(digits.count), "status": .text("certified"),
        "conventions": .conventions,
      ])
      try Console.write(value.rendered(), to: nil)
    }
  }

  // MARK: - Output

  private func write(_ rows: [[PointValue]], name: String) throws {
    if format == .text {
      for row in rows { print(row.map(\.description).joined(separator: "  ")) }
      return
    }
    let isExact = rows.joined().allSatisfy { $0.exact != nil }
    var fields: [String: JSONValue] = [
      "name": .text(name), "value": shaped(rows, \.jsonValue),
      "enclosure": shaped(rows) { .bounds(of: $0.enclosure) },
      "digits": .number(digits.count), "status": .text(isExact ? "exact" : "certified"),
      "conventions": .conventions,
    ]
    if rows.joined().contains(where: { $0.exact != nil }) {
      fields["exact"] = shaped(rows, \.jsonExact)
    }
    try Console.write(JSONValue.object(fields).rendered(), to: nil)
  }

  /// A scalar by itself, anything else as a list of rows.
  private func shaped<T>(_ rows: [[T]], _ value: (T) -> JSONValue) -> JSONValue {
    if rows.count == 1, rows[0].count == 1 { return value(rows[0][0]) }
    return .list(rows.map { .list($0.map(value)) })
  }
}

extension PointValue {
  /// The digits; of both parts where the value is complex.
  fileprivate var jsonValue: JSONValue {
    guard let im else { return .text(re) }
    return .object(["re": .text(re), "im": .text(im)])
  }

  /// The exact value, or null.
  fileprivate var jsonExact: JSONValue {
    guard let exact else { return .null }
    if exact.im.isZero { return .text(exact.re.description) }
    return .object(["re": .text(exact.re.description), "im": .text(exact.im.description)])
  }
}
