import Exact

/// The values that a symbol may take: all complex numbers, an interval of the real line, or finitely
/// many rational numbers.
///
/// Equal sets made of the same kind of description are equal: `Domain.positive` is the open interval
/// from 0 to infinity. Infinity itself is never a value.
public struct Domain: Hashable, Sendable {
  /// How the set is described.
  public let shape: Shape

  /// The descriptions of a domain.
  public enum Shape: Hashable, Sendable {
    /// All complex numbers.
    case complex
    /// The real numbers between two ends.
    case interval(lower: Bound, upper: Bound)
    /// These numbers, sorted, each once, at least one.
    case finite([Rational])
  }

  /// An end of an interval.
  public enum Bound: Hashable, Sendable {
    /// No end on this side.
    case unbounded
    /// The end does not belong to the interval.
    case open(Rational)
    /// The end belongs to the interval.
    case closed(Rational)

    /// The number at the end; nil where there is none.
    public var value: Rational? {
      switch self {
      case .unbounded: nil
      case .open(let value), .closed(let value): value
      }
    }
  }

  private init(shape: Shape) { self.shape = shape }

  /// All complex numbers.
  public static let complex = Domain(shape: .complex)
  /// All real numbers.
  public static let real = Domain(shape: .interval(lower: .unbounded, upper: .unbounded))
  /// `x > 0`.
  public static let positive = Domain(shape: .interval(lower: .open(0), upper: .unbounded))
  /// `x >= 0`.
  public static let nonnegative = Domain(shape: .interval(lower: .closed(0), upper: .unbounded))
  /// `x < 0`.
  public static let negative = Domain(shape: .interval(lower: .unbounded, upper: .open(0)))
  /// `x <= 0`.
  public static let nonpositive = Domain(shape: .interval(lower: .unbounded, upper: .closed(0)))

  /// The real numbers between two ends.
  ///
  /// - Throws: `SymbolicError.emptyDomain` when no number lies between them.
  public static func interval(_ lower: Bound, _ upper: Bound) throws(SymbolicError) -> Domain {
    if let low = lower.value, let high = upper.value {
      let isPoint = low == high && lower == .closed(low) && upper == .closed(high)
      guard low < high || isPoint else {
        throw .emptyDomain(Domain(shape: .interval(lower: lower, upper: upper)).description)
      }
    }
    return Domain(shape: .interval(lower: lower, upper: upper))
  }

  /// These numbers and no others, in any order.
  ///
  /// - Throws: `SymbolicError.emptyDomain` for none.
  public static func finite(_ values: some Sequence<Rational>) throws(SymbolicError) -> Domain {
    let sorted = Set(values).sorted()
    guard !sorted.isEmpty else { throw .emptyDomain("{}") }
    return Domain(shape: .finite(sorted))
  }

  /// Whether `value` is in the domain.
  public func contains(_ value: Rational) -> Bool {
    switch shape {
    case .complex: true
    case .finite(let values): values.contains(value)
    case .interval(let lower, let upper):
      Self.admits(lower) { $0 < value } && Self.admits(upper) { value < $0 }
        || lower == .closed(value) && Self.admits(upper) { value < $0 }
        || upper == .closed(value) && Self.admits(lower) { $0 < value }
        || lower == .closed(value) && upper == .closed(value)
    }
  }

  /// Whether the number at an end stands strictly on the right side of a value.
  private static func admits(_ bound: Bound, _ isBeyond: (Rational) -> Bool) -> Bool {
    bound.value.map(isBeyond) ?? true
  }
}

/// What every value of a domain has in common.
extension Domain {
  /// Whether every value is real.
  public var isReal: Bool { shape != .complex }

  /// Whether every value is greater than 0.
  public var isPositive: Bool {
    switch shape {
    case .complex, .interval(.unbounded, _): false
    case .interval(.open(let low), _): low >= 0
    case .interval(.closed(let low), _): low > 0
    case .finite(let values): values.allSatisfy { $0 > 0 }
    }
  }

  /// Whether every value is 0 or greater.
  public var isNonnegative: Bool {
    switch shape {
    case .complex: false
    case .interval(let lower, _): lower.value.map { $0 >= 0 } ?? false
    case .finite(let values): values.allSatisfy { $0 >= 0 }
    }
  }

  /// Whether every value is less than 0.
  public var isNegative: Bool {
    switch shape {
    case .complex, .interval(_, .unbounded): false
    case .interval(_, .open(let high)): high <= 0
    case .interval(_, .closed(let high)): high < 0
    case .finite(let values): values.allSatisfy { $0 < 0 }
    }
  }

  /// Whether every value is 0 or less.
  public var isNonpositive: Bool {
    switch shape {
    case .complex: false
    case .interval(_, let upper): upper.value.map { $0 <= 0 } ?? false
    case .finite(let values): values.allSatisfy { $0 <= 0 }
    }
  }

  /// Whether 0 is no value.
  public var excludesZero: Bool { !contains(0) }
}

extension Domain: CustomStringConvertible {
  /// As an author would say it: `positive`, `(0, 1]`, `{0, 1}`, `complex`.
  public var description: String {
    switch self {
    case .complex: return "complex"
    case .real: return "real"
    case .positive: return "positive"
    case .nonnegative: return "nonnegative"
    case .negative: return "negative"
    case .nonpositive: return "nonpositive"
    default: break
    }
    switch shape {
    case .complex: return "complex"
    case .finite(let values):
      return "{" + values.map(\.description).joined(separator: ", ") + "}"
    case .interval(let lower, let upper):
      let low =
        switch lower {
        case .unbounded: "(-infinity"
        case .open(let value): "(\(value)"
        case .closed(let value): "[\(value)"
        }
      let high =
        switch upper {
        case .unbounded: "infinity)"
        case .open(let value): "\(value))"
        case .closed(let value): "\(value)]"
        }
      return "\(low), \(high)"
    }
  }
}
