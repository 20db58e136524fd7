import Arbitrary
import Exact

/// What computes the values of a ``Procedure``.
public protocol ProcedureBody: Sendable {
  /// Enclosures of all components over a box of arguments.
  ///
  /// **Guarantee:** for every point of the box at which the procedure is defined, the value of each
  /// component lies in its enclosure. What is not enclosed is `ComplexInterval.entire`; components that
  /// are declared real have the imaginary part 0.
  ///
  /// - Parameter exact: the arguments themselves, where all of them are known to be rational.
  /// - Returns: as many as the procedure has components.
  /// - Throws: ``ArithmeticError/domain(_:)`` where it surely has no value, with the reason.
  func enclose(
    _ arguments: [ComplexInterval], exact: [Rational]?, precision: Int
  ) throws(ArithmeticError) -> [ComplexInterval]

  /// The work of one call, in the units of ``WorkBudget`` (about a nanosecond each).
  func work(precision: Int) -> Int

  /// The components in double precision, for pictures; nil where the body has no such road. Nothing is
  /// guaranteed.
  func approximate(_ arguments: [Double]) -> [Double]?
}

extension ProcedureBody {
  public func work(precision: Int) -> Int { 20_000_000 }

  public func approximate(_ arguments: [Double]) -> [Double]? { nil }
}

/// A function of numbers that no formula gives, but a computation that encloses its values: the steady
/// state of a driven system, the concurrence of a state.
///
/// A formula may apply it. It then has values wherever enclosures are asked for (digits, certified
/// relations at points, figures), can be renamed and substituted into, and equals itself. Algebra knows
/// nothing else of it; it has no derivative, no limit and no closed form.
///
/// One computation gives all components; the results for the last arguments are kept, so that the
/// elements of a matrix cost one computation.
public final class Procedure: Sendable {
  /// What it is called in texts.
  public let name: String
  /// What each argument is called: a parameter, where the procedure is a function of parameters.
  public let parameters: [String]
  /// For each component what it is called, and whether it is real.
  public let components: [(label: String, isReal: Bool)]
  public let body: any ProcedureBody
  private let recent = RecentResults<[ComplexInterval]>(capacity: 8)
  /// As many as a curve has points, so that the curves of other components cost nothing.
  private let recentDoubles = RecentResults<[Double]>(capacity: 512)

  /// A procedure.
  public init(
    _ name: String, parameters: [String], components: [(label: String, isReal: Bool)],
    body: any ProcedureBody
  ) {
    self.name = name
    self.parameters = parameters
    self.components = components
    self.body = body
  }

  /// One of the numbers that a procedure computes.
  public struct Component: Sendable {
    public let procedure: Procedure
    /// From 0 to the number of components.
    public let index: Int

    /// `name` or `name[label]`.
    public var name: String {
      let label = procedure.components[index].label
      return label.isEmpty ? procedure.name : "\(procedure.name)[\(label)]"
    }

    /// Whether its values are real.
    public var isReal: Bool { procedure.components[index].isReal }
  }

  /// The arguments that are no more the symbols that gave them their names.
  func changed(_ arguments: [Expression]) -> [(name: String, value: Expression)] {
    zip(parameters, arguments).filter { name, value in
      if case .symbol(let symbol) = value.kind { symbol.name != name } else { true }
    }.map { ($0, $1) }
  }

  /// A component; nil for an index that it does not have.
  public func component(_ index: Int) -> Component? {
    components.indices.contains(index) ? Component(procedure: self, index: index) : nil
  }

  /// Enclosures of all components; see ``ProcedureBody/enclose(_:precision:)``.
  ///
  /// - Parameter exact: the arguments that are known to be rational.
  func enclose(
    _ arguments: [ComplexInterval], exact: [Rational?], precision: Int
  ) throws(ArithmeticError) -> [ComplexInterval] {
    var known: [Rational]? = []
    for (value, number) in zip(arguments, exact) {
      guard let number = number ?? Procedure.rational(value) else {
        known = nil
        break
      }
      known?.append(number)
    }
    let key = RecentResults<[ComplexInterval]>.Key(
      ends: arguments.flatMap { [$0.re.lower, $0.re.upper, $0.im.lower, $0.im.upper] },
      exact: known, precision: precision)
    if let known = recent[key] { return known }
    try WorkBudget.spend(body.work(precision: precision))
    var values = try body.enclose(arguments, exact: known, precision: precision)
    if values.count != components.count {
      values = components.map { _ in .entire }
    }
    for (index, component) in components.enumerated() where component.isReal {
      values[index] = ComplexInterval(real: values[index].re)
    }
    recent[key] = values
    return values
  }

  private static func rational(_ value: ComplexInterval) -> Rational? {
    value.isReal && value.re.isPoint ? Rational(exactly: value.re.lower) : nil
  }

  /// The components in double precision, NaN where there are none.
  func approximate(_ arguments: [Double]) -> [Double] {
    let key = RecentResults<[Double]>.Key(
      ends: arguments.map { Real($0) }, exact: nil, precision: 53)
    if let known = recentDoubles[key] { return known }
    var values = body.approximate(arguments) ?? []
    if values.count != components.count { values = components.map { _ in .nan } }
    recentDoubles[key] = values
    return values
  }
}

extension Procedure.Component {
  /// `name`, or `(name with g = 5/2)` where arguments differ from the parameters.
  func pieces(_ arguments: [Expression], assigns sign: String) -> [Piece] {
    let changed = procedure.changed(arguments)
    if changed.isEmpty { return [.text(name)] }
    var pieces: [Piece] = [.text("(\(name) with ")]
    for (index, item) in changed.enumerated() {
      pieces.append(.text((index == 0 ? "" : ", ") + item.name + sign))
      pieces.append(.part(item.value, atLeast: .sum))
    }
    return pieces + [.text(")")]
  }
}

extension Procedure.Component: Hashable {
  public static func == (a: Self, b: Self) -> Bool {
    a.procedure === b.procedure && a.index == b.index
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(procedure))
    hasher.combine(index)
  }

  /// A fixed order of the components of procedures with different names.
  func precedes(_ other: Self) -> Bool {
    procedure.name != other.procedure.name
      ? procedure.name < other.procedure.name : index < other.index
  }
}

extension Expression {
  /// A component of a procedure, applied; nil where the number of arguments differs.
  public static func applying(
    _ component: Procedure.Component, to arguments: [Expression]
  ) -> Expression? {
    guard arguments.count == component.procedure.parameters.count else { return nil }
    return Expression(raw: .procedure(component, arguments))
  }

  /// Whether a procedure is applied in it, so that algebra cannot look into it.
  public var hasProcedures: Bool {
    postorder().contains { if case .procedure = $0.kind { true } else { false } }
  }
}
