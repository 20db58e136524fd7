import Algebra
import Arbitrary
import Certified
import Documents
import Exact
import Foundation
import OpenSystems
import Symbolic
import Testing

/// The code of Docs/library.md, with what it must give.
@Suite struct LibraryGuideTests {
  @Test func formulas() throws {
    let g = Symbol("g", .positive)
    let r = Symbol("r", .positive)
    let written = sqrt(g.power(2) * r.power(2)) / (g * r)
    let read = try Symbolic.Expression("sqrt(g^2*r^2)/(g*r)", symbols: [g, r])
    #expect(written.description == "sqrt(g^2*r^2)/(g*r)")
    #expect(try NormalForm(written - read).isZero)
  }

  @Test func zeroTest() throws {
    let x = Symbol("x", .real)
    #expect(try NormalForm(abs(x.expression).power(2) - x.power(2)).isZero)
    // Not zero: for negative x the root is -x.
    #expect(try !NormalForm(sqrt(x.power(2)) - x.expression).isZero)
    let p = Symbol("p", .positive)
    #expect(try NormalForm(sqrt(p.power(2)) - p.expression).isZero)
  }

  @Test func signs() throws {
    let g = Symbol("g", .positive)
    let form = try NormalForm(g.power(2) - g + 1)
    #expect(SignProver(form.basis).sign(of: form.value.re) == .positive)
    let open = try NormalForm(g - 1)
    #expect(SignProver(open.basis).sign(of: open.value.re) == nil)
  }

  @Test func enclosuresAndGradients() throws {
    let a = Symbol("a")
    let b = Symbol("b")
    let f = exp(-a.expression) * b.expression.power(2)
    let gradient = try Program([f], inputs: [a, b]).withGradient()
    let batch = try BallBatch(gradient, precision: 128)
    let points = batch.points(1)
    let values = batch.values(1)
    points.set(try Rational(1, 10), row: 0, column: 0)
    points.set(3, row: 0, column: 1)
    batch.evaluate(points, values, rows: 0..<1)
    let slope = values.value(row: 0, column: 2)
    #expect(slope.description.hasPrefix("5.4290245") && slope.accurateBits > 120)
    let root = Ball.sqrt(2, precision: 128)
    #expect(root.isLess(than: 2) == true && root.isLess(than: root) == nil)
    #expect(try (Ball(1) / (root - root)).isEntire)
  }

  @Test func digits() throws {
    let x = Symbol("x", .real)
    let value = try (sqrt(2) + x).value(at: [x: Rational(1, 3)], digits: 20)
    #expect(value.description == "1.7475468957064283821")
    let rational = try (x / 8).value(at: [x: 1], digits: 5)
    #expect(rational.description == "0.12500")
    let eighth = try Rational(1, 8)
    #expect(rational.exact?.re == eighth)
    // What no precision decides, an exact form does.
    let zero = try (sqrt(2).power(2) - 2).value(digits: 5) { (try? NormalForm($0))?.expression }
    #expect(zero.description == "0")
  }

  /// A qubit that decays at the rate `down` and is excited at the rate `up`.
  func decayingQubit<F: Field>(down: F, up: F) throws -> Model<F> {
    let space = try Space.qubits("A")
    return try Model(
      space: space, hamiltonian: Operators.sz(),
      channels: Channel.thermal(0, of: space, down: down, up: up))
  }

  @Test func steadyState() throws {
    let atAPoint = try Liouvillian(decayingQubit(down: Rational(2), up: Rational(1))).steadyState()
    let third = try Rational(1, 3)
    #expect(atAPoint.state?[0, 0].re == third)

    let ring = try PolynomialRing(["down", "up"])
    let down = RationalFunction(Polynomial.variable(0, of: ring))
    let up = RationalFunction(Polynomial.variable(1, of: ring))
    let model = try decayingQubit(down: down, up: up)
    let state = try #require(try Liouvillian(model).steadyState().state)
    #expect(try state[0, 0].re == up / (down + up))
    #expect(try model.isStationary(state))
  }

  @Test func negativity() throws {
    let space = try Space.qubits("A", "B")
    // (|00> + |11>)/√2 as a density matrix.
    let half = Complex<Rational>(re: try Rational(1, 2), im: 0)
    var state = Matrix<Complex<Rational>>(rows: 4, columns: 4)
    for (row, column) in [(0, 0), (0, 3), (3, 0), (3, 3)] { state[row, column] = half }

    let transposed = try space.partialTranspose(of: state, over: [0])
    let polynomial = try transposed.hermitianCharacteristicPolynomial()
    // Three eigenvalues 1/2 and one -1/2.
    let lowest = try Rational(-1, 2)
    #expect(polynomial(lowest).isZero)

    let rounded = state.map {
      Complex(re: $0.re.approximateDouble, im: $0.im.approximateDouble)
    }
    let negativity = try Entanglement.negativity(of: rounded, in: space, party: [0])
    #expect((negativity - 0.5).magnitude < 1e-15)
  }

  @Test func documents() throws {
    let source = SourceText(
      """
      # A decaying qubit
      ```separatrix
      parameter down, up > 0
      qubit A
      model M {
        thermal A  down down  up up
      }
      let rho = steady(M)
      claim upper: rho[1, 1] == up/(down + up)
      erratum lower: rho[2, 2] == up/down corrected by lower_right
      claim lower_right: rho[2, 2] == down/(down + up)
      ```
      """)
    let document = try Document(source)
    let results = try document.check(digits: 10)
    #expect(results.map(\.status) == [.proved, .refuted, .proved])
    let fallen = results.filter { !$0.holds }
    #expect(fallen.isEmpty)
    let point = try document.point(["down": 2, "up": 1])
    let rows = try document.evaluate("rho", at: point, digits: 5)
    #expect(rows[0][0].description == "0.33333")
  }

  @Test func tracing() async throws {
    let source = SourceText(
      """
      ```separatrix
      parameter r, g > 0
      boundary entangled: r*g > 1 in r = 0..4, g = 0..4
      ```
      """)
    let document = try Document(source)
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("separatrix-guide-\(UUID().uuidString)").path
    let control = WorkControl(checkpoint: TraceCheckpoint(path: path), progress: { _ in })
    let traced = try await control.run {
      try document.trace("entangled", at: [:], digits: 50, points: 20, control: control)
    }
    #expect(traced.components.count == 1)
    control.cancel()
    #expect(throws: DocumentError.self) {
      try document.trace("entangled", at: [:], digits: 50, control: control)
    }
    let curve = try #require(try document.exactCurves(of: "entangled").first)
    #expect(curve.branches?.branches.map { "\($0.value)" } == ["1/r"])
  }

  @Test func theTutorialsDocumentHolds() throws {
    let text = try String(contentsOfFile: LibraryGuideTests.example, encoding: .utf8)
    let results = try Document(SourceText(text)).check()
    #expect(!results.isEmpty)
    for result in results { #expect(result.holds, "\(result.id): \(result.detail)") }
    let document = try Document(SourceText(text))
    let cold = try document.solve("cold", at: [:], digits: 10)
    #expect(cold.roots.map(\.exact) == [1])
  }

  static let example =
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    .joined(separator: "/") + "/derivations/examples/decaying-qubit.md"
}
