import Algebra
import Arbitrary
import Exact
import OpenSystems
import Testing

/// Models and matrices whose sums would outgrow what monomials hold end in a typed error.
@Suite struct DegreeBoundTests {
  /// 1/(x^degree + k) among 17 variables.
  private static func fraction(_ degree: UInt, _ k: Int) throws -> RationalFunction {
    let ring = try PolynomialRing((0..<17).map { "x\($0)" })
    let x = try Polynomial.variable(0, of: ring).checkedPower(degree)
    return try RationalFunction(Polynomial(1, ring: ring), x + Polynomial(Integer(k), ring: ring))
  }

  private static func model(channels: Int) throws -> Model<RationalFunction> {
    let space = try Space.qubits("A")
    let rates = try (1...channels).map { try fraction(63, $0) }
    return try Model(
      space: space, hamiltonian: Matrix(rows: 2, columns: 2),
      channels: rates.map { .jump(Operators.sm(over: RationalFunction.self), rate: $0) })
  }

  @Test func ratesWithUnlikeDenominators() throws {
    // Where the sums fit, the generator is built, and is that of the sum of the rates.
    let generator = try Liouvillian(Self.model(channels: 3)).realGenerator()
    let sum = try (1...3).reduce(RationalFunction.zero) { try $0 + Self.fraction(63, $1) }
    #expect(generator.rows.joined().contains { $0.value == sum || $0.value == -sum })
    #expect {
      _ = try Self.model(channels: 140)
    } throws: {
      if case OpenSystemError.arithmetic(.overflow) = $0 { true } else { false }
    }
  }

  @Test(arguments: [17, 80])
  func characteristicPolynomials(size: Int) throws {
    let ring = try PolynomialRing((0..<17).map { "x\($0)" })
    let high = RationalFunction(try Polynomial.variable(1, of: ring).checkedPower(63))
    let matrix = Matrix<Complex<RationalFunction>>(rows: size, columns: size) { _, _ in
      Complex(high)
    }
    #expect {
      _ = try Spectrum(ofHermitian: matrix)
    } throws: {
      if case OpenSystemError.arithmetic(.overflow) = $0 { true } else { false }
    }
  }
}
