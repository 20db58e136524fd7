import Certified
import Exact
import Symbolic
import TestSupport
import Testing

@testable import Documents

@Suite("Exact answers about boundaries")
struct ExactBoundaryTests {
  private func document(_ name: String) throws -> Document {
    let path = Oracle.packageRoot.appendingPathComponent("derivations/\(name)")
    return try Document(
      SourceText(String(contentsOf: path, encoding: .utf8), file: name))
  }

  /// The paper's figure and its erratum: the right arm comes near to g = r - gamma, not to g = r.
  @Test("reset qubits: both arms and their asymptotes")
  func resetQubits() throws {
    let curves = try document("reset-qubits.md").exactCurves(of: "entangled")
    let curve = try #require(curves.first)
    #expect(curves.count == 1)
    let found = try #require(curve.asymptotes)
    #expect(found.open.isEmpty)
    let right = found.asymptotes.filter { $0.direction == .right }
    #expect(Set(right.map { "\($0.value)" }) == ["1", "r - 1"])
    #expect(right.count { $0.isLine } == 2)
    let solved = try #require(curve.branches)
    #expect(solved.unknown == .y && solved.branches.count == 2)
    // Both begin where the arms meet, at the smallest reset rate with entanglement.
    for branch in solved.branches {
      let last = try #require(branch.domain.last)
      #expect(last.upper == nil)
      let tip = try #require(try last.lower?.closedForm()?.expression)
      #expect("\(tip)" == "4*cos(2*pi/7)*(1 + cos(2*pi/7))")
    }
  }

  @Test("reset qubits at another dephasing rate, and what has no value")
  func values() throws {
    let document = try document("reset-qubits.md")
    let gamma = try #require(document.parameters.first { $0.symbol.name == "gamma" }).symbol
    let curves = try document.exactCurves(of: "entangled", at: [gamma: 3])
    let values = curves.first?.asymptotes?.asymptotes.map { "\($0.value)" } ?? []
    #expect(values.contains("r - 3"))
    #expect(throws: DocumentError.self) { try document.exactCurves(of: "nothing") }
  }

  @Test("two baths: through the kernels")
  func twoBaths() throws {
    let document = try document("two-bath-qubits.md")
    let curves = try document.exactCurves(of: "fig2")
    #expect(curves.count == 2)
    let simple = try #require(curves.first { $0.branches != nil })
    let branch = try #require(simple.branches?.branches.first)
    let text = simple.value(of: branch).description
    #expect(text.contains("log(") && text.contains("exp(-1/T1)"))
    let (first, second) = (simple.unknowns.x, simple.unknowns.y)
    let read = try Expression(text, symbols: [first, second])
    #expect(read == simple.value(of: branch))
    // This factor has no point with both temperatures positive: over T1 = 20 its T2 is negative.
    let value = try read.value(at: [first: 20], digits: 10)
    #expect(value.re.hasPrefix("-0.8959505722"))
  }

  @Test("what is not algebraic has no exact curves")
  func formulas() throws {
    let document = try Document(
      SourceText(
        """
        ```separatrix
        parameter x, y real
        boundary wave: sin(x*y) > 0 in x = -1..1, y = -1..1
        boundary line: y > x in x = -1..1, y = -1..1
        ```
        """))
    #expect(try document.exactCurves(of: "wave").isEmpty)
    let line = try #require(try document.exactCurves(of: "line").first)
    #expect(line.parametrisation != nil && line.asymptotes == nil)
    let traced = try document.trace("line", at: [:], digits: 10, points: 10)
    #expect(traced.components.map(\.curve) == [0])
  }
}
