import Arbitrary
import Exact
import Symbolic
import Synchronization

/// A polynomial in one variable with real numbers as coefficients, which are enclosed to any precision.
struct EnclosedPolynomial: SlopedFunction {
  /// From the constant term up, at a precision.
  let coefficients: @Sendable (Int) -> [Interval]
  let degree: Int

  /// - Parameter coefficients: formulas without symbols.
  init(_ coefficients: [Expression]) throws(CertifiedError) {
    let function = try CompiledFunction(coefficients, of: [])
    degree = coefficients.count - 1
    let kept = CoefficientStore { function.values(over: [], precision: $0) }
    self.coefficients = { kept.values(precision: $0) }
  }

  init(degree: Int, _ coefficients: @escaping @Sendable (Int) -> [Interval]) {
    self.degree = degree
    self.coefficients = coefficients
  }

  /// x^n·p(1/x).
  var reversed: EnclosedPolynomial {
    EnclosedPolynomial(degree: degree) { [coefficients] in coefficients($0).reversed() }
  }

  /// p(-x).
  var reflected: EnclosedPolynomial {
    EnclosedPolynomial(degree: degree) { [coefficients] precision in
      coefficients(precision).enumerated().map { $0.offset % 2 == 0 ? $0.element : -$0.element }
    }
  }

  func value(_ x: Interval, precision: Int) -> Interval {
    coefficients(precision).reversed().reduce(Interval.zero) {
      Interval.add(
        Interval.mul($0, x, precision: precision), $1, precision: precision)
    }
  }

  /// The derivative, by Horner's rule about the middle of x: the mean value theorem keeps the bounds
  /// narrow where those of the powers are not.
  func slope(_ x: Interval, precision: Int) -> Interval {
    let list = coefficients(precision).enumerated().dropFirst().map {
      Interval.mul($0.element, Interval($0.offset), precision: precision)
    }
    return list.reversed().reduce(Interval.zero) {
      Interval.add(
        Interval.mul($0, x, precision: precision), $1, precision: precision)
    }
  }
}

/// Coefficients at the precisions that were asked for last.
private final class CoefficientStore: Sendable {
  private let known = Mutex<[Int: [Interval]]>([:])
  private let compute: @Sendable (Int) -> [Interval]

  init(_ compute: @escaping @Sendable (Int) -> [Interval]) { self.compute = compute }

  func values(precision: Int) -> [Interval] {
    if let found = known.withLock({ $0[precision] }) { return found }
    let values = compute(precision)
    known.withLock {
      if $0.count > 16 { $0.removeAll() }
      $0[precision] = values
    }
    return values
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

    /// Enclosures of the root at a precision.
    func value(
      of polynomial: EnclosedPolynomial
    ) -> @Sendable (Int) throws -> Interval {
      var part = isNegative ? polynomial.reflected : polynomial
      if isReversed { part = part.reversed }
      let root = RefinableRoot(part, in: UnivariateFunction.box(lower, upper))
      return { [isNegative, isReversed] precision in
        let t = try root.interval(bits: precision + 8)
        let size = isReversed ? Interval.recip(t, precision: max(precision, 64) + 16) : t
        return isNegative ? -size : size
      }
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
        var part = isNegative ? polynomial.reflected : polynomial
        if isReversed { part = part.reversed }
        guard let found = isolate(part.coefficients(precision), precision) else { return nil }
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
