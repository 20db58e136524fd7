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
/// until an enclosure decides every digit of both parts. A value that is rational, but by no exact
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
    self.limit = limit ?? .standard(digits: digits)
    self.exactForm = exactForm
    parameters = expression.freeSymbols.sorted { $0.precedes($1) }
    do { program = try Program([expression], inputs: parameters) } catch {
      throw CertifiedError(error)
    }
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
    var values = values
    var bits = min(PointValue.bits(digits: digits), limit.bits)
    var doublings = 0
    while true {
      let point = values.map { Interval($0, precision: bits) }
      let enclosure = try program.enclose(point, precision: bits)[0]
      if let value = PointValue(enclosure, significant: digits) { return value }
      let isLast = bits >= limit.bits
      // Once: after two doublings, or before giving up.
      if let exactForm, doublings <= 2, doublings == 2 || isLast,
        let form = exactForm(substituted(values))
      {
        doublings = 3
        if let exact = try form.exactValue() { return PointValue(exact, significant: digits) }
        if let simpler = try? Program([form], inputs: []) {
          program = simpler
          values = []
          continue
        }
      }
      if isLast { throw CertifiedError.undecided(enclosure, bits: bits) }
      bits = min(bits * 2, limit.bits)
      doublings += 1
    }
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
