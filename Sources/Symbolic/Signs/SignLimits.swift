import Exact

/// Bounds on the work of a sign decision; where one is reached, the decision is undecided.
public struct SignLimits: Sendable, Hashable {
  /// The most cells of a decomposition that are looked at.
  public var cells: Int
  /// The greatest degree of a polynomial in an elimination.
  public var degree: Int
  /// The most terms of a polynomial in an elimination.
  public var terms: Int
  /// The most boxes of a subdivision.
  public var boxes: Int
  /// The most word operations, about, of one resultant.
  public var elimination: Int
  /// The most work on one question, in the units of ``WorkBudget``.
  public var work: Int

  public init(
    cells: Int = 50_000, degree: Int = 160, terms: Int = 3000, boxes: Int = 20_000,
    elimination: Int = 300_000_000, work: Int = 1_500_000_000
  ) {
    self.work = work
    self.cells = cells
    self.degree = degree
    self.terms = terms
    self.boxes = boxes
    self.elimination = elimination
  }
}

/// Why the exact methods do not apply; never a statement about the sign.
enum SignFailure: Error, Equatable {
  /// A part that is not made of rational operations, square roots and absolute values.
  case unsupported(String)
  case arithmetic(ArithmeticError)

  var description: String {
    switch self {
    case .unsupported(let what): what
    case .arithmetic(let error): error.description
    }
  }

  static func arithmetic<T>(
    _ body: () throws(ArithmeticError) -> T
  ) throws(SignFailure) -> T {
    do { return try body() } catch { throw .arithmetic(error) }
  }
}
