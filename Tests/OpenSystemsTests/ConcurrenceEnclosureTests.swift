import Algebra
import Arbitrary
import Exact
import TestSupport
import Testing

@testable import OpenSystems

/// Enclosures of concurrence and negativity, with small, equal and vanishing singular values.
@Suite struct ConcurrenceEnclosureTests {
  static func enclosed(_ state: Operator<Rational>, precision: Int) -> Matrix<ComplexInterval> {
    state.map {
      ComplexInterval(
        re: Interval($0.re, precision: precision), im: Interval($0.im, precision: precision))
    }
  }

  /// p|Ψ><Ψ| + (1 - p)/4 with |Ψ> = (|01> - |10>)/√2.
  static func werner(_ p: Rational) -> Operator<Rational> {
    let quarter = fraction("1/4")
    var state = Complex((1 - p) * quarter) * Operator<Rational>.identity(4)
    for (i, j, sign) in [(1, 1, 1), (2, 2, 1), (1, 2, -1), (2, 1, -1)] {
      state[i, j] += Complex(p * Rational(sign) * fraction("1/2"))
    }
    return state
  }

  /// Concurrence max(0, (3p - 1)/2), with three equal singular values.
  @Test(arguments: ["0", "1/3", "1/2", "9/10", "1"]) func wernerStates(_ text: String) throws {
    let p = fraction(text)
    let expected = max(0, (3 * p - 1) * fraction("1/2"))
    let state = Self.enclosed(Self.werner(p), precision: 150)
    let value = try Entanglement.concurrence(enclosing: state, precision: 150)
    #expect(value.contains(expected))
    // A pure state has zero eigenvalues: half the digits are left, as they must be.
    #expect(value.width < (p == 1 ? Real(1e-20) : Real("1e-40", precision: 64) ?? .zero))
    let space = try Space([.init("a", .qubit), .init("b", .qubit)])
    let negativity = try Entanglement.negativity(
      enclosing: state, in: space, party: [0], precision: 150)
    #expect(negativity.contains(expected * fraction("1/2")))
    #expect(negativity.width < Real("1e-40", precision: 64) ?? .zero)
  }

  /// 2 max(0, |x| - √(ab)) for the matrix with a, b between the corners that x joins.
  @Test(arguments: ["1/10", "1/1000000", "1/1000000000000000000000000000000", "0"])
  func smallEigenvalues(_ text: String) throws {
    let (a, b) = (fraction(text), fraction("1/5"))
    var state = Operator<Rational>(rows: 4, columns: 4)
    let rest = (1 - a - b) * fraction("1/2")
    for (k, value) in [rest, a, b, rest].enumerated() { state[k, k] = Complex(value) }
    state[0, 3] = Complex(re: fraction("1/8"), im: fraction("1/6"))
    state[3, 0] = state[0, 3].conj
    let bits = 300
    let value = try Entanglement.concurrence(
      enclosing: Self.enclosed(state, precision: bits), precision: bits)
    let modulus = Interval(fraction("5/24"), precision: bits)
    let root = Interval.sqrt(Interval(a * b, precision: bits), precision: bits)
    let expected = Interval.maximum(
      Interval.scale(modulus - root, byPowerOfTwo: 1, precision: bits), .zero)
    #expect(!value.isDisjoint(from: expected))
    #expect(value.width < (a == 0 ? Real(1e-40) : Real("1e-50", precision: 64) ?? .zero))
  }

  @Test(arguments: 0..<12) func randomStatesAgreeWithRoundedNumbers(_ seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let rank = seed % 4 + 1
    let factor = Operator<Rational>(rows: 4, columns: rank) { _, _ in
      Complex(
        re: Rational(generator.integer(bits: 6)), im: Rational(generator.integer(bits: 6)))
    }
    let product = factor * factor.adjoint()
    let scale = Complex(try #require(try? Rational(1) / product.trace.re))
    let state = scale * product
    let value = try Entanglement.concurrence(
      enclosing: Self.enclosed(state, precision: 240), precision: 240)
    let root = Real.sqrt(Real(scale.re, precision: 400), precision: 400)
    let numeric = factor.map {
      Complex(re: root * Real($0.re, precision: 400), im: root * Real($0.im, precision: 400))
    }
    let other = try Entanglement.concurrence(ofFactor: numeric)
    #expect(value.widened(by: Real("1e-100", precision: 64) ?? .zero).contains(other))
    #expect(value.width < (rank < 4 ? Real(1e-25) : Real("1e-55", precision: 64) ?? .zero))
    // Another state is told apart.
    var wrong = state
    wrong[0, 3] = wrong[0, 3].conj
    wrong[3, 0] = wrong[3, 0].conj
    if rank == 4, state[0, 3].im != 0,
      let moved = try? Entanglement.concurrence(
        enclosing: Self.enclosed(wrong, precision: 240), precision: 240), value.lower.signum > 0
    {
      #expect(moved.isDisjoint(from: value))
    }
    let doubles = numeric.map {
      Complex(re: $0.re.approximateDouble, im: $0.im.approximateDouble)
    }
    let measure = TwoQubitFactor<Double>(precision: 53)
    measure.reset()
    measure.add { $1 < rank ? doubles[$0, $1] : .zero }
    #expect((measure.concurrence() - other.approximateDouble).magnitude < 1e-14)
  }

  @Test func whatIsNoStateIsRefused() {
    var state = Self.werner(fraction("1/2"))
    state[0, 0] = Complex(fraction("-1/100"))
    #expect(throws: OpenSystemError.self) {
      try Entanglement.concurrence(enclosing: Self.enclosed(state, precision: 100), precision: 100)
    }
    #expect(throws: OpenSystemError.self) {
      try Entanglement.concurrence(
        enclosing: Matrix<ComplexInterval>.identity(3), precision: 100)
    }
    state = Self.werner(fraction("1/2"))
    state[1, 2] = Complex(fraction("2"))
    state[2, 1] = Complex(fraction("2"))
    #expect(throws: OpenSystemError.self) {
      try Entanglement.concurrence(enclosing: Self.enclosed(state, precision: 100), precision: 100)
    }
  }
}
