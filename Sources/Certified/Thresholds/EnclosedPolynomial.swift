import Arbitrary
import Exact
import Symbolic

/// A polynomial in one variable with real numbers as coefficients, which are enclosed to any precision.
struct EnclosedPolynomial: Sendable {
  /// Formulas without symbols, from the constant term up.
  let formulas: [Expression]
  private let compiled: CompiledFunction

  /// - Parameter coefficients: formulas without symbols, from the constant term up.
  init(_ coefficients: [Expression]) throws(CertifiedError) {
    formulas = coefficients
    compiled = try CompiledFunction(coefficients, of: [])
  }

  /// From the constant term up, at a precision.
  func coefficients(_ precision: Int) -> [Interval] {
    compiled.values(over: [], precision: precision)
  }

  /// The coefficients of p(-x) where it is reflected, then of x^n·p(1/x) where it is reversed.
  static func moved<T>(
    _ coefficients: [T], isReflected: Bool, isReversed: Bool, _ negated: (T) -> T
  ) -> [T] {
    let list =
      isReflected
      ? coefficients.enumerated().map { $0.offset % 2 == 0 ? $0.element : negated($0.element) }
      : coefficients
    return isReversed ? list.reversed() : list
  }

  /// The polynomial, reflected and reversed, as a formula of one symbol by Horner's rule.
  ///
  /// - Throws: ``CertifiedError`` where it cannot be compiled.
  func function(isReflected: Bool, isReversed: Bool) throws(CertifiedError) -> UnivariateFunction {
    let symbol = Symbol("κ", .real)
    let list = Self.moved(formulas, isReflected: isReflected, isReversed: isReversed) { -$0 }
    let sum = list.reversed().dropFirst().reduce(list.last ?? .zero) {
      $0 * .symbol(symbol) + $1
    }
    return try UnivariateFunction(sum, of: symbol)
  }
}

/// All real roots of a polynomial with enclosed coefficients.
///
/// On [0, 1] the polynomial is written in Bernstein's basis, with interval coefficients; the number of
/// sign changes of those bounds the number of roots and has its parity (Descartes' rule in this basis:
/// Lane, Riesenfeld 1981). No change: no root; one change, all signs being certain: one root, a simple
/// one. Otherwise the interval is cut by de Casteljau's scheme. The rest of the line is brought to [0, 1]
/// by x → -x and x → 1/x.
struct EnclosedPolynomialRoots {
  /// A root as ±t or ±1/t, with t alone in an open interval inside [0, 1].
  struct Piece {
    let isNegative: Bool
    let isReversed: Bool
    let lower: Rational
    let upper: Rational

    /// The root, to be refined.
    ///
    /// - Throws: ``CertifiedError`` where the polynomial cannot be compiled.
    func root(of polynomial: EnclosedPolynomial) throws -> EnclosedRoot {
      let function = try polynomial.function(isReflected: isNegative, isReversed: isReversed)
      return EnclosedRoot(
        root: RefinableRoot(function, in: UnivariateFunction.box(lower, upper)),
        isNegative: isNegative, isReversed: isReversed)
    }
  }

  private(set) var roots: [Piece] = []

  private static let depthLimit = 200
  private static let boxLimit = 4000
  private static let precisionLimit = 8192

  /// - Returns: nil where signs stay open at the greatest precision: a multiple root, or one at 0 or ±1.
  init?(_ polynomial: EnclosedPolynomial) {
    var precision = 256
    while precision <= Self.precisionLimit {
      if let found = Self.isolate(polynomial, precision) {
        roots = found
        return
      }
      precision *= 4
    }
    return nil
  }

  private static func isolate(_ polynomial: EnclosedPolynomial, _ precision: Int) -> [Piece]? {
    var result: [Piece] = []
    for isNegative in [false, true] {
      for isReversed in [false, true] {
        let coefficients = EnclosedPolynomial.moved(
          polynomial.coefficients(precision), isReflected: isNegative, isReversed: isReversed
        ) { -$0 }
        guard let found = isolate(coefficients, precision) else { return nil }
        result += found.map {
          Piece(
            isNegative: isNegative, isReversed: isReversed, lower: $0.lower, upper: $0.upper)
        }
      }
    }
    return result
  }

  /// The roots in (0, 1); nil where a sign at 0 or 1 or elsewhere stays open.
  private static func isolate(
    _ coefficients: [Interval], _ precision: Int
  ) -> [(lower: Rational, upper: Rational)]? {
    let n = coefficients.count - 1
    guard n >= 1 else { return [] }
    // b_i = Σ_k C(i, k)/C(n, k)·a_k
    var row = [Integer](repeating: 0, count: n + 1)
    row[0] = 1
    let last = (0...n).map { binomial(n, $0) }
    var bernstein: [Interval] = []
    for i in 0...n {
      var sum = Interval.zero
      for k in 0...i {
        guard let ratio = try? Rational(binomial(i, k), last[k]) else { return nil }
        sum = Interval.add(
          sum,
          Interval.mul(
            coefficients[k], Interval(ratio, precision: precision), precision: precision),
          precision: precision)
      }
      bernstein.append(sum)
    }
    guard let first = bernstein.first?.certainSign, first != 0,
      let end = bernstein.last?.certainSign, end != 0
    else { return nil }
    var result: [(lower: Rational, upper: Rational)] = []
    var stack: [(b: [Interval], lower: Rational, upper: Rational, depth: Int)] = [
      (bernstein, 0, 1, 0)
    ]
    // Not in the middle: roots at simple fractions are not met by cuts.
    let ratio = Interval(Rational(125) * eighth, precision: precision)
    let rest = Interval.sub(Interval(1), ratio, precision: precision)
    let cut = Rational(125) * eighth
    var boxes = 0
    while let (b, lower, upper, depth) = stack.popLast() {
      boxes += 1
      let signs = b.map(\.certainSign)
      if !signs.contains(where: { $0 == nil }) {
        let definite = signs.compactMap { $0 }.filter { $0 != 0 }
        let changes = zip(definite, definite.dropFirst()).count { $0 != $1 }
        if changes == 0 { continue }
        if changes == 1, lower.signum > 0, signs.first != 0, signs.last != 0 {
          result.append((lower, upper))
          continue
        }
      }
      if depth > depthLimit || boxes > boxLimit { return nil }
      var points = b
      var left = [b[0]]
      var right = [b[n]]
      for step in stride(from: n, to: 0, by: -1) {
        for i in 0..<step {
          points[i] = Interval.add(
            Interval.mul(points[i], rest, precision: precision),
            Interval.mul(points[i + 1], ratio, precision: precision), precision: precision)
        }
        left.append(points[0])
        right.append(points[step - 1])
      }
      let middle = lower + (upper - lower) * cut
      // A cut at a root would belong to neither half.
      guard let sign = left[n].certainSign, sign != 0 else { return nil }
      stack.append((right.reversed(), middle, upper, depth + 1))
      stack.append((left, lower, middle, depth + 1))
    }
    return result.sorted { $0.lower < $1.lower }
  }

  private static let eighth = (try? Rational(1, 256)) ?? 0

  private static func binomial(_ n: Int, _ k: Int) -> Integer {
    var result = Integer(1)
    for i in 0..<min(k, n - k) {
      // Exact: a product of i + 1 consecutive numbers.
      let product = result * Integer(n - i)
      result = (try? product.quotientAndRemainder(by: Integer(i + 1)).quotient) ?? product
    }
    return result
  }
}

/// A root of a polynomial with enclosed coefficients, refined as far as it is asked for.
struct EnclosedRoot: Sendable {
  fileprivate let root: RefinableRoot
  fileprivate let isNegative: Bool
  fileprivate let isReversed: Bool

  /// An interval around the root with about so many significant bits.
  func interval(precision: Int) throws -> Interval {
    let t = try root.interval(bits: precision + 8)
    let bits = max(precision, 64) + 16
    let size = isReversed ? Ball.recip(Ball(t, precision: bits), precision: bits).interval : t
    return isNegative ? -size : size
  }

  /// The same root as it was before it was refined.
  var renewed: EnclosedRoot {
    EnclosedRoot(root: root.renewed(), isNegative: isNegative, isReversed: isReversed)
  }

  /// What was evaluated so far.
  var effort: RefinementEffort { root.effort }
}
