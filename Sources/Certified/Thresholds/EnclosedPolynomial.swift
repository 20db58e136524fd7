import Arbitrary
import Exact
import Symbolic
import Synchronization

/// A polynomial in one variable with real numbers as coefficients, which are enclosed to any precision.
struct EnclosedPolynomial: SlopedFunction {
  let degree: Int
  private let store: CoefficientStore
  private let isReversed: Bool
  private let isReflected: Bool

  /// - Parameter coefficients: formulas without symbols, from the constant term up.
  init(_ coefficients: [Expression]) throws(CertifiedError) {
    degree = coefficients.count - 1
    store = try CoefficientStore(coefficients)
    (isReversed, isReflected) = (false, false)
  }

  private init(
    _ other: EnclosedPolynomial, _ store: CoefficientStore? = nil, isReversed: Bool,
    isReflected: Bool
  ) {
    degree = other.degree
    self.store = store ?? other.store
    self.isReversed = isReversed
    self.isReflected = isReflected
  }

  /// The same polynomial with nothing known of its coefficients.
  var renewed: EnclosedPolynomial {
    EnclosedPolynomial(self, store.renewed, isReversed: isReversed, isReflected: isReflected)
  }

  /// How often coefficients were computed, by precision.
  var evaluations: [Int: Int] { store.evaluations }

  /// x^n·p(1/x).
  var reversed: EnclosedPolynomial {
    EnclosedPolynomial(self, isReversed: !isReversed, isReflected: isReflected)
  }

  /// p(-x), up to the sign where it is reversed too.
  var reflected: EnclosedPolynomial {
    EnclosedPolynomial(self, isReversed: isReversed, isReflected: !isReflected)
  }

  /// From the constant term up, at a precision.
  func balls(_ precision: Int) -> [Ball] {
    var list = store.values(precision: precision)
    if isReflected {
      list = list.enumerated().map { $0.offset % 2 == 0 ? $0.element : -$0.element }
    }
    if isReversed { list.reverse() }
    return list
  }

  /// From the constant term up, at a precision.
  func coefficients(_ precision: Int) -> [Interval] { balls(precision).map(\.interval) }

  func prepare(precision: Int) { _ = store.values(precision: precision) }

  func value(at x: Real, precision: Int) -> Ball {
    Self.horner(balls(precision), Ball(x), precision)
  }

  /// The derivative by Horner's rule.
  func slope(over x: Interval, precision: Int) -> Ball {
    let factors = balls(precision).enumerated().dropFirst().map {
      Ball.mul($0.element, Ball(Integer($0.offset)), precision: precision)
    }
    if (RefinableRoot.significantBits(x) ?? 0) >= 16 {
      return Self.horner(factors, Ball(x, precision: precision), precision)
    }
    // Of wide boxes the bounds matter, of narrow ones the time.
    let bounds = factors.map(\.interval).reversed().reduce(Interval.zero) {
      Interval.add(Interval.mul($0, x, precision: precision), $1, precision: precision)
    }
    return Ball(bounds, precision: precision)
  }

  private static func horner(_ list: [Ball], _ x: Ball, _ precision: Int) -> Ball {
    guard var sum = list.last else { return .zero }
    for coefficient in list.dropLast().reversed() {
      sum = Ball.add(Ball.mul(sum, x, precision: precision), coefficient, precision: precision)
    }
    return sum
  }

  func estimate(_ x: Double) -> (value: Double, slope: Double) {
    var (value, slope) = (0.0, 0.0)
    for coefficient in balls(64).reversed() {
      slope = slope * x + value
      value = value * x + coefficient.midpoint.approximateDouble
    }
    return (value, slope)
  }
}

/// Coefficients as balls, computed at the greatest precision asked for and rounded for lesser ones.
private final class CoefficientStore: Sendable {
  private struct State {
    var precision = 0
    var values: [Ball] = []
    /// Rounded, by precision.
    var rounded: [Int: [Ball]] = [:]
    var evaluations: [Int: Int] = [:]
  }

  private let state = Mutex(State())
  private let compute: @Sendable (Int) -> [Ball]

  private init(_ other: CoefficientStore) { compute = other.compute }

  var renewed: CoefficientStore { CoefficientStore(self) }

  init(_ formulas: [Expression]) throws(CertifiedError) {
    let program: Program
    do { program = try Program(formulas, inputs: []) } catch { throw CertifiedError(error) }
    if let form = try? CompiledForm(program) {
      compute = { precision in
        let batch = form.balls(precision: precision, lanes: 1)
        let (table, result) = (batch.points(1), batch.values(1))
        batch.evaluate(table, result, rows: 0..<1)
        return formulas.indices.map { result.value(row: 0, column: $0) }
      }
    } else {
      let function = try CompiledFunction(formulas, of: [])
      compute = { precision in
        function.values(over: [], precision: precision).map { Ball($0, precision: precision) }
      }
    }
  }

  var evaluations: [Int: Int] { state.withLock { $0.evaluations } }

  func values(precision: Int) -> [Ball] {
    state.withLock { state in
      if let found = state.rounded[precision] { return found }
      if state.precision < precision {
        state = State(
          precision: precision, values: compute(precision), evaluations: state.evaluations)
        state.evaluations[precision, default: 0] += 1
        state.rounded[precision] = state.values
        return state.values
      }
      let values = state.values.map { $0.rounded(precision: precision) }
      if state.rounded.count > 32 { state.rounded.removeAll() }
      state.rounded[precision] = values
      return values
    }
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
    func root(of polynomial: EnclosedPolynomial) -> EnclosedRoot {
      var part = isNegative ? polynomial.reflected : polynomial
      if isReversed { part = part.reversed }
      return EnclosedRoot(
        polynomial: part, root: RefinableRoot(part, in: UnivariateFunction.box(lower, upper)),
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

/// A root of a polynomial with enclosed coefficients, refined as far as it is asked for.
struct EnclosedRoot: Sendable {
  fileprivate let polynomial: EnclosedPolynomial
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
    let polynomial = polynomial.renewed
    return EnclosedRoot(
      polynomial: polynomial, root: root.renewed(polynomial), isNegative: isNegative,
      isReversed: isReversed)
  }

  /// What was evaluated so far.
  var effort: RefinementEffort {
    var effort = root.effort
    effort.coefficients = polynomial.evaluations
    return effort
  }
}
