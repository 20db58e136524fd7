import Exact

/// The open interval (c·2^-k, (c + 1)·2^-k).
///
/// Two such intervals are disjoint or one holds the other, and halving one gives two of the kind.
public struct DyadicInterval: Sendable, Hashable {
  /// The numerator c of the lower end.
  public let numerator: Integer
  /// The k of the width 2^-k; negative for widths above 1.
  public let exponent: Int

  /// The interval (c·2^-k, (c + 1)·2^-k) for the numerator c and the exponent k.
  public init(numerator: Integer, exponent: Int) {
    self.numerator = numerator
    self.exponent = exponent
  }

  /// The lower end, exact.
  public var lower: Rational { Self.value(numerator, exponent) }
  /// The upper end, exact.
  public var upper: Rational { Self.value(numerator + 1, exponent) }
  /// The midpoint, exact.
  public var midpoint: Rational { Self.value(numerator + numerator + 1, exponent + 1) }

  /// The negatives of its numbers.
  var negated: DyadicInterval { DyadicInterval(numerator: -numerator - 1, exponent: exponent) }

  /// c·2^-k.
  static func value(_ c: Integer, _ k: Int) -> Rational {
    if k <= 0 { return Rational(c << -k) }
    // A power of two is never zero.
    return (try? Rational(c, Integer.one << k)) ?? .zero
  }

  /// The sign of c·2^-k - x.
  static func compare(_ c: Integer, _ k: Int, to x: Rational) -> Int {
    let left = k >= 0 ? c * x.denominator : (c << -k) * x.denominator
    let right = k >= 0 ? x.numerator << k : x.numerator
    return left < right ? -1 : (left == right ? 0 : 1)
  }
}

/// A part of the real line between two rational ends, either of which may be missing.
public struct RationalRange: Sendable, Hashable {
  /// One end.
  public enum Bound: Sendable, Hashable {
    /// The range goes on without end.
    case unbounded
    /// The end is not part of the range.
    case open(Rational)
    /// The end is part of the range.
    case closed(Rational)

    /// The number at the end; nil where there is none.
    public var value: Rational? {
      switch self {
      case .unbounded: nil
      case .open(let x), .closed(let x): x
      }
    }
  }

  /// The end below.
  public let lower: Bound
  /// The end above.
  public let upper: Bound

  /// The whole line by default. A lower end above the upper one makes the empty range.
  public init(lower: Bound = .unbounded, upper: Bound = .unbounded) {
    self.lower = lower
    self.upper = upper
  }

  /// The range of all real numbers.
  public static let line = RationalRange()

  /// Whether the range holds the number.
  public func contains(_ x: Rational) -> Bool {
    switch lower {
    case .unbounded: break
    case .open(let a): if x <= a { return false }
    case .closed(let a): if x < a { return false }
    }
    switch upper {
    case .unbounded: return true
    case .open(let b): return x < b
    case .closed(let b): return x <= b
    }
  }
}
