/// How far an exact elimination may go before it gives up with ``ArithmeticError/limit(_:)``.
public struct EliminationLimit: Sendable, Equatable {
  /// The most terms that numerator and denominator of one rational function may have together, and
  /// 1/100000 of the most bits of a rational number.
  public var terms: Int
  /// The most word operations, roughly, that evaluation and interpolation may spend.
  public var operations: Int

  public init(terms: Int = 20_000, operations: Int = 3_000_000_000) {
    self.terms = terms
    self.operations = operations
  }

  /// What the functions without a limit of their own use: about ten seconds on one core.
  public static let standard = EliminationLimit()
}
