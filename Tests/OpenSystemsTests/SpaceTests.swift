import Algebra
import Arbitrary
import Exact
import OpenSystems
import Testing

@Suite struct SpaceTests {
  @Test func basisOrderPutsTheFirstSubsystemFirst() throws {
    let space = try Space([.init("A", .qubit), .init("B", .levels(3)), .init("C", .qubit)])
    #expect(space.dimension == 12)
    #expect(space.label(of: 0) == "000" && space.label(of: 1) == "001")
    #expect(space.label(of: 6) == "100")
    for index in 0..<12 { #expect(space.index(of: space.levels(of: index)) == index) }
    let pair = try Space.qubits("A", "B")
    #expect((0..<4).map { pair.label(of: $0) } == ["00", "01", "10", "11"])
  }

  @Test func errorsAreTypedAndSaySomething() throws {
    #expect(throws: OpenSystemError.duplicateSubsystem("A")) { try Space.qubits("A", "A") }
    #expect(throws: OpenSystemError.invalidDimension("A", 0)) {
      try Space([.init("A", .levels(0))])
    }
    #expect(throws: OpenSystemError.spaceTooLarge(limit: Space.defaultLimit)) {
      try Space((0..<13).map { .init("q\($0)", .qubit) })
    }
    // A product beyond the range of Int must not trap.
    #expect(throws: OpenSystemError.spaceTooLarge(limit: .max)) {
      try Space((0..<3).map { .init("q\($0)", .levels(.max)) }, limit: .max)
    }
    let space = try Space.qubits("A", "B")
    #expect(throws: OpenSystemError.unknownSubsystem("C", known: ["A", "B"])) {
      try space.index(named: "C")
    }
    #expect(throws: OpenSystemError.invalidSubsystems([0, 0], count: 2)) {
      try space.complement(of: [0, 0])
    }
    let big = Matrix<Complex<Rational>>.identity(3)
    #expect(
      throws: OpenSystemError.shape(what: "a local operator", expected: 2, rows: 3, columns: 3)
    ) { try space.embed(big, at: 1) }
    #expect(OpenSystemError.duplicateSubsystem("A").description.contains("'A'"))
  }

  @Test func embeddingIsTheKroneckerProduct() throws {
    let space = try Space([.init("A", .qubit), .init("B", .levels(3))])
    let local = try randomHermitian(3, seed: 5)
    let expected = Matrix<Complex<Rational>>.identity(2).kronecker(local)
    #expect(try space.embed(local, at: 1) == expected)
    // Two places in the other order: the operator's first factor belongs to the first listed.
    let a = try randomHermitian(2, seed: 6)
    #expect(try space.embed(local.kronecker(a), at: [1, 0]) == a.kronecker(local))
  }

  @Test func paulisObeyTheirAlgebra() {
    let x: Operator<Rational> = Operators.sx()
    let y: Operator<Rational> = Operators.sy()
    let z: Operator<Rational> = Operators.sz()
    let i = Complex<Rational>.i
    #expect(x * y == i * z && y * z == i * x && z * x == i * y)
    #expect(Matrix.commutator(x, y) == Complex(Rational(2)) * (i * z))
    #expect(Matrix.anticommutator(x, y) == Matrix(rows: 2, columns: 2))
    #expect(Complex(Rational(2)) * Operators.sp() == x + i * y)
    #expect(Operators.sm(over: Rational.self) == Operators.sp(over: Rational.self).adjoint())
    #expect(z[0, 0] == .one)
    #expect(z * States.zero() == States.zero(over: Rational.self))
    #expect(x * States.plus() == States.plus(over: Rational.self))
    #expect(x * States.minus() == -States.minus(over: Rational.self))
    #expect(y * States.plusI() == States.plusI(over: Rational.self))
    #expect(y * States.minusI() == -States.minusI(over: Rational.self))
    #expect(States.mixed(3, over: Rational.self).trace == .one)
    #expect(z.expectation(in: States.zero()) == .one)
    #expect(y.expectation(in: States.minusI()) == -Complex<Rational>.one)
  }

  @Test func partialTraceAndTransposeAgreeWithProducts() throws {
    let space = try Space([.init("A", .qubit), .init("B", .levels(3)), .init("C", .qubit)])
    let a = try randomHermitian(2, seed: 1)
    let b = try randomHermitian(3, seed: 2)
    let c = try randomHermitian(2, seed: 3)
    let all = a.kronecker(b).kronecker(c)
    #expect(try space.product([([1], b), ([2, 0], c.kronecker(a))]) == all)
    #expect(try space.partialTrace(of: all, over: [0, 2]) == b)
    #expect(try space.partialTrace(of: all, over: [1]) == a.kronecker(c))
    #expect(try space.reduced(all, to: [2, 0]) == c.kronecker(a))
    #expect(try space.partialTrace(of: all, over: []) == all)
    #expect(
      try space.partialTranspose(of: all, over: [1]) == a.kronecker(b.transpose).kronecker(c))
    let mixed = try randomHermitian(12, seed: 4)
    let once = try space.partialTranspose(of: mixed, over: [0, 1])
    #expect(once != mixed)
    #expect(try space.partialTranspose(of: once, over: [0, 1]) == mixed)
    #expect(try space.partialTranspose(of: mixed, over: [2]) == once.transpose)
    #expect(try space.partialTranspose(of: mixed, over: [0, 1, 2]) == mixed.transpose)
    #expect(throws: OpenSystemError.self) {
      try space.partialTranspose(of: a, over: [0])
    }
  }
}
