import Algebra
import Exact

/// A generator of the field in which a normal form lives: a symbol, or a part of an expression that
/// is no rational function of other generators.
///
/// The arguments of a kernel are themselves expressions made from normal forms, so that equal kernels
/// compare equal.
public enum Kernel: Hashable, Sendable {
  /// A parameter or variable.
  case symbol(Symbol)
  /// The principal square root of a polynomial without square factors.
  case squareRoot(Expression)
  /// The absolute value of a real polynomial without square factors whose sign is not known.
  case absolute(Expression)
  /// Any other function or power, of which only what ``KernelBasis/Relation`` says is used.
  case opaque(Expression)

  /// The kernel as an expression.
  public var expression: Expression {
    switch self {
    case .symbol(let symbol): .symbol(symbol)
    case .squareRoot(let radicand): sqrt(radicand)
    case .absolute(let argument): abs(argument)
    case .opaque(let expression): expression
    }
  }
}

/// What is known of the sign of a real quantity over its domain.
public enum SignFact: Hashable, Sendable {
  case negative, nonpositive, zero, nonnegative, positive

  /// The sign of the negated quantity.
  public var negated: SignFact {
    switch self {
    case .negative: .positive
    case .nonpositive: .nonnegative
    case .zero: .zero
    case .nonnegative: .nonpositive
    case .positive: .negative
    }
  }

  public var isNonnegative: Bool { self == .positive || self == .nonnegative || self == .zero }
  public var isNonpositive: Bool { self == .negative || self == .nonpositive || self == .zero }
  /// Whether the quantity is known not to vanish.
  public var isNonzero: Bool { self == .positive || self == .negative }

  /// The sign of a product.
  static func product(_ a: SignFact, _ b: SignFact) -> SignFact {
    if a == .zero || b == .zero { return .zero }
    let isNegative = a.isNonpositive != b.isNonpositive
    if a.isNonzero && b.isNonzero { return isNegative ? .negative : .positive }
    return isNegative ? .nonpositive : .nonnegative
  }

  /// The sign of a sum, where the terms do not pull in opposite directions.
  static func sum(_ a: SignFact, _ b: SignFact) -> SignFact? {
    if a == .zero { return b }
    if b == .zero { return a }
    if a.isNonnegative && b.isNonnegative {
      return a == .positive || b == .positive ? .positive : .nonnegative
    }
    if a.isNonpositive && b.isNonpositive {
      return a == .negative || b == .negative ? .negative : .nonpositive
    }
    return nil
  }

  /// The sign that holds in both of two cases; nil where they contradict.
  public static func common(_ a: SignFact, _ b: SignFact) -> SignFact? {
    if a == b { return a }
    if a.isNonnegative && b.isNonnegative { return .nonnegative }
    if a.isNonpositive && b.isNonpositive { return .nonpositive }
    return nil
  }

  init(signum: Int) { self = signum > 0 ? .positive : signum < 0 ? .negative : .zero }

  /// What a domain says of the sign of its values.
  public init?(_ domain: Domain) {
    if domain.isPositive {
      self = .positive
    } else if domain.isNegative {
      self = .negative
    } else if domain.isNonnegative {
      self = .nonnegative
    } else if domain.isNonpositive {
      self = .nonpositive
    } else {
      return nil
    }
  }
}
