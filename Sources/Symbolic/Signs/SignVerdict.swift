import Algebra
import Arbitrary
import Exact

/// The answer to a question about a sign over a domain.
public enum SignVerdict: Sendable {
  /// The relation holds at every point of the domain at which the expression is defined.
  case proved(SignCertificate)
  /// The relation fails at this point.
  case refuted(SignWitness)
  /// Neither is shown.
  case undecided(SignRemainder)
}

/// How a relation is proved.
public struct SignCertificate: Sendable, Hashable {
  /// The road of a proof.
  public enum Method: Sendable, Hashable {
    /// Signs of terms, factors and squares.
    case rules
    /// The sign in every cell of a decomposition by the zeros of polynomials; exact.
    case cells(Int)
    /// Bernstein coefficients over boxes that cover the domain; exact.
    case boxes(Int)
    /// Enclosures of values over boxes that cover the domain.
    case enclosures(Int)
  }

  public let method: Method
  /// Whether the decision met points of the domain at which the expression is not defined. Rules do
  /// not look for them.
  public let hasUndefinedPoints: Bool
  /// Whether cells show that no point satisfies the assumptions: then everything holds.
  public internal(set) var isVacuous = false
}

/// A point at which a relation fails.
public struct SignWitness: Sendable {
  /// The point, exact.
  public let point: [Symbol: AlgebraicNumber]
  /// The sign of the expression there: -1, 0 or 1.
  public let sign: Int
  /// Bounds of the value there.
  public let value: Interval

  /// The point where all its coordinates are rational; nil otherwise.
  public var rationalPoint: [Symbol: Rational]? {
    var result: [Symbol: Rational] = [:]
    for (symbol, number) in point {
      guard let value = number.rational else { return nil }
      result[symbol] = value
    }
    return result
  }
}

/// What a decision leaves open.
public struct SignRemainder: Sendable {
  public let reason: String
  /// Boxes that cover all points at which the relation may fail, by symbol; empty where the reason
  /// is not one of place.
  public let boxes: [[Symbol: RationalRange]]
}

extension SignVerdict {
  /// Whether the relation is proved.
  public var isProved: Bool { if case .proved = self { true } else { false } }
  /// Whether it is refuted.
  public var isRefuted: Bool { if case .refuted = self { true } else { false } }
  /// The point of a refutation.
  public var witness: SignWitness? { if case .refuted(let witness) = self { witness } else { nil } }
}

extension SignCertificate: CustomStringConvertible {
  public var description: String {
    let road =
      switch method {
      case .rules: "signs of terms and factors"
      case .cells(let count): "the signs in all \(count) cells of a decomposition"
      case .boxes(let count): "Bernstein coefficients over \(count) boxes"
      case .enclosures(let count): "enclosures over \(count) boxes"
      }
    return hasUndefinedPoints ? road + ", where defined" : road
  }
}

extension SignWitness: CustomStringConvertible {
  public var description: String {
    point.sorted { $0.key.precedes($1.key) }.map { "\($0.key) = \($0.value)" }
      .joined(separator: ", ")
  }
}

extension RationalRange {
  /// `[0, 1)`, with `infinity` for a missing end.
  public var text: String {
    let low =
      switch lower {
      case .unbounded: "(-infinity"
      case .open(let x): "(\(x)"
      case .closed(let x): "[\(x)"
      }
    let high =
      switch upper {
      case .unbounded: "infinity)"
      case .open(let x): "\(x))"
      case .closed(let x): "\(x)]"
      }
    return "\(low), \(high)"
  }
}

extension SignRemainder: CustomStringConvertible {
  /// The reason and the first boxes.
  public var description: String {
    if boxes.isEmpty { return reason }
    let shown = boxes.prefix(3).map { box in
      box.sorted { $0.key.precedes($1.key) }.map { "\($0.key) in \($0.value.text)" }
        .joined(separator: ", ")
    }
    let more = boxes.count > 3 ? " and \(boxes.count - 3) more" : ""
    return "\(reason); left are " + shown.joined(separator: "; ") + more
  }
}
