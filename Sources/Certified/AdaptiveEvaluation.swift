import Arbitrary
import Exact
import Symbolic

/// How far the precision may rise before an evaluation gives up.
public struct EvaluationLimit: Hashable, Sendable {
  /// The greatest precision, in bits.
  public let bits: Int

  /// A limit of so many bits, between 2 and 2^31.
  public init(bits: Int) { self.bits = min(max(bits, 2), 1 << 31) }

  /// The limit where none is stated: 64 bits a digit, and at least 65536.
  public static func standard(digits: Int) -> EvaluationLimit {
    EvaluationLimit(bits: max(64 * min(max(digits, 1), 1 << 24), 1 << 16))
  }
}

/// Evaluates an expression at rational points to a number of digits; compiled once for many points.
///
/// The exact road goes first. Otherwise the precision doubles, from a little more than the digits need,
/// until an enclosure decides every digit of both parts: a ball where the expression is real, a rectangle
/// where a ball says nothing, because some step may not be real. A value that is rational, but by no exact
/// operation, such as `sqrt(2)^2 - 2`, may be decided by no precision; after two doublings the
/// evaluator asks `exactForm`, and without an answer it goes on to the limit and says that it is
/// undecided.
public struct PointEvaluator: Sendable {
  /// Brings an expression without symbols to an equal one of simpler form, best a number; nil where
  /// it can do nothing.
  public typealias ExactForm = @Sendable (Expression) -> Expression?

  /// The expression.
  public let expression: Expression
  /// The parameters in the expression, by name.
  public let parameters: [Symbol]
  /// The number of significant digits.
  public let digits: Int
  /// Where the precision ends.
  public let limit: EvaluationLimit
  /// The most significant digits that may be asked for.
  public static let largestDigits = 100_000_000
  private let exactForm: ExactForm?
  private let program: Program
  /// For the real line; nil where the expression has the imaginary unit and the like.
  let form: CompiledForm?

  /// Compiles an expression.
  ///
  /// - Parameters:
  ///   - digits: the number of significant digits; less than 1 counts as 1.
  ///   - limit: where the precision ends; nil for the standard limit of so many digits.
  ///   - exactForm: a simplifier that keeps the value at the point.
  /// - Throws: ``CertifiedError/symbolic(_:)`` for what is no number, such as infinity;
  ///   ``CertifiedError/tooManyDigits(_:)``.
  public init(
    _ expression: Expression, digits: Int, limit: EvaluationLimit? = nil,
    exactForm: ExactForm? = nil
  ) throws(CertifiedError) {
    guard digits <= Self.largestDigits else { throw .tooManyDigits(digits) }
    self.expression = expression
    self.digits = max(digits, 1)
    // A procedure that decides nothing at many times the bits that were asked for decides nothing.
    self.limit =
      limit
      ?? (expression.hasProcedures
        ? EvaluationLimit(bits: 16 * PointValue.bits(digits: digits)) : .standard(digits: digits))
    self.exactForm = exactForm
    parameters = expression.freeSymbols.sorted { $0.precedes($1) }
    do { program = try Program([expression], inputs: parameters) } catch {
      throw CertifiedError(error)
    }
    form = try? CompiledForm(program)
  }

  /// The value at a point. Values of symbols that do not occur are ignored.
  ///
  /// - Returns: correctly rounded digits; see ``PointValue``.
  /// - Throws: ``CertifiedError/missingParameters(_:)``;
  ///   ``CertifiedError/outsideDomain(parameter:value:)``; ``CertifiedError/domain(what:place:)``
  ///   where the expression surely has no value; ``CertifiedError/undecided(_:bits:)`` at the limit.
  public func value(at point: [Symbol: Rational]) throws(CertifiedError) -> PointValue {
    let missing = parameters.filter { point[$0] == nil }
    guard missing.isEmpty else { throw .missingParameters(missing.map(\.name)) }
    let values = parameters.map { point[$0] ?? 0 }
    for (parameter, value) in zip(parameters, values) where !parameter.domain.contains(value) {
      throw .outsideDomain(parameter: parameter, value: value.description)
    }
    return try value(of: values)
  }

  /// The precision that is tried first.
  var firstPrecision: Int { min(PointValue.bits(digits: digits), limit.bits) }

  /// The value at a point whose coordinates are in the order of ``parameters`` and in their domains.
  func value(of values: [Rational]) throws(CertifiedError) -> PointValue {
    do {
      if let exact = try program.exactValues(values)[0] {
        return PointValue(exact, significant: digits)
      }
      return try rise(values)
    } catch let error as ArithmeticError {
      throw CertifiedError(error, place: Self.place(parameters, values))
    } catch let error as CertifiedError {
      throw error
    } catch {
      throw .domain(what: "\(error)", place: Self.place(parameters, values))
    }
  }

  /// The rising precision; throws `ArithmeticError` and `CertifiedError`.
  private func rise(_ values: [Rational]) throws -> PointValue {
    var program = self.program
    var compiled = self.form
    let given = values
    var values = values
    var bits = firstPrecision
    var doublings = 0
    if expression.hasProcedures, !parameters.isEmpty {
      // With numbers in place of symbols procedures have exact arguments.
      program = try Program([substituted(values)], inputs: [])
      values = []
    }
    while true {
      let enclosure: ComplexInterval
      if let compiled, let ball = Self.ball(compiled, values, bits) {
        enclosure = ComplexInterval(real: ball.interval)
      } else {
        let point = values.map { Interval($0, precision: bits) }
        enclosure = try program.enclose(point, precision: bits)[0]
      }
      if let value = PointValue(enclosure, significant: digits) { return value }
      let isLast = bits >= limit.bits
      // Once: after two doublings, or before giving up.
      if let exactForm, doublings <= 2, doublings == 2 || isLast,
        let form = exactForm(substituted(given))
      {
        doublings = 3
        if let exact = try form.exactValue() { return PointValue(exact, significant: digits) }
        if let simpler = try? Program([form], inputs: []) {
          program = simpler
          compiled = try? CompiledForm(simpler)
          values = []
          continue
        }
      }
      if isLast { throw CertifiedError.undecided(enclosure, bits: bits) }
      bits = min(bits * 2, limit.bits)
      doublings += 1
    }
  }

  /// The value as a ball; nil where it is empty or the whole line.
  private static func ball(_ form: CompiledForm, _ values: [Rational], _ bits: Int) -> Ball? {
    let batch = form.balls(precision: bits, lanes: 1, evaluations: 1)
    let (point, result) = (batch.points(1), batch.values(1))
    for (column, value) in values.enumerated() { point.set(value, row: 0, column: column) }
    batch.evaluate(point, result, rows: 0..<1)
    let ball = result.value(row: 0, column: 0)
    return ball.isEmpty || ball.isEntire ? nil : ball
  }

  private func substituted(_ values: [Rational]) -> Expression {
    let numbers = zip(parameters, values.map { Expression.rational($0) })
    return expression.substituting(Dictionary(numbers, uniquingKeysWith: { first, _ in first }))
  }

  /// A point as text: `g = 5/2, r = 2`.
  static func place(_ parameters: [Symbol], _ values: [Rational]) -> String {
    zip(parameters, values).map { "\($0.name) = \($1)" }.joined(separator: ", ")
  }
}

extension Expression {
  /// The value at a point to a number of significant digits; see ``PointEvaluator``, which is better
  /// for many points.
  ///
  /// - Throws: as the evaluator does.
  public func value(
    at point: [Symbol: Rational] = [:], digits: Int, limit: EvaluationLimit? = nil,
    exactForm: PointEvaluator.ExactForm? = nil
  ) throws(CertifiedError) -> PointValue {
    let evaluator = try PointEvaluator(
      self, digits: digits, limit: limit, exactForm: exactForm)
    return try evaluator.value(at: point)
  }
}
