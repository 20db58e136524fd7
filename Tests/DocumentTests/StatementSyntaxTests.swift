import Symbolic
import Testing

@testable import Documents

/// The statement that `text` consists of, with its source for looking up parts.
private func parse(_ text: String) throws -> (Statement.Kind, (SyntaxNode) -> String) {
  let source = SourceText(text)
  let (statements, diagnostics) = DocumentParser.parse(block: source)
  try #require(diagnostics.isEmpty, "\(diagnostics.rendered(in: source))")
  let statement = try #require(statements.count == 1 ? statements[0] : nil)
  #expect(source[statement.range] == text)
  return (statement.kind, { source[$0.range] })
}

struct StatementSyntaxTests {
  @Test(arguments: [
    ("parameter x", "-"), ("parameter x \"text\"", "-"), ("parameter x real", "real"),
    ("parameter x complex", "complex"), ("parameter x > 0", "(0, -"),
    ("parameter x >= 0", "[0, -"), ("parameter x < 2*pi \"angle\"", "-, 2*pi)"),
    ("parameter x <= 1", "-, 1]"), ("parameter x in 0..1", "[0, 1]"),
    ("parameter x in (0, 1]", "(0, 1]"), ("parameter x in [0, 1)", "[0, 1)"),
    ("parameter x in (1 + 1)..3", "[(1 + 1), 3]"), ("parameter x in {0, 1/2}", "{0, 1/2}"),
    ("parameter 0 < x <= 1", "(0, 1]"), ("parameter 1 >= x > -1", "(-1, 1]"),
  ])
  func parameters(text: String, domain: String) throws {
    let (kind, show) = try parse(text)
    guard case .parameter(let parameter) = kind else { throw Unexpected() }
    #expect(parameter.names.map(\.text) == ["x"])
    #expect((parameter.description != nil) == text.contains("\""))
    switch parameter.domain {
    case nil: #expect(domain == "-")
    case .real: #expect(domain == "real")
    case .complex: #expect(domain == "complex")
    case .interval(let lower, let upper):
      let left = lower.map { ($0.isIncluded ? "[" : "(") + show($0.value) } ?? "-"
      let right = upper.map { show($0.value) + ($0.isIncluded ? "]" : ")") } ?? "-"
      #expect(domain == "\(left), \(right)")
    case .values(let values):
      #expect(domain == "{\(values.map(show).joined(separator: ", "))}")
    }
  }

  @Test func subsystemsAndDefinitions() throws {
    guard case .subsystems(let qubits) = try parse("qubit A, B").0 else { throw Unexpected() }
    #expect(qubits.names.map(\.text) == ["A", "B"] && qubits.dimension == nil)
    let (levels, show) = try parse("levels C : 3")
    guard case .subsystems(let levels) = levels else { throw Unexpected() }
    #expect(levels.dimension.map(show) == "3")
    guard case .definition(let f) = try parse("let f(x, y) = x + y with x = 1").0 else {
      throw Unexpected()
    }
    #expect(f.arguments?.map(\.text) == ["x", "y"])
    guard case .with = f.value.kind else { throw Unexpected() }
  }

  @Test func models() throws {
    let text = """
      model M {
        hamiltonian g * (sz(A)
          + sz(B))
        jump sz(A) rate gamma/2   # a comment
        dephasing A, B rate
          gamma
        thermal A down x + 1 up x
        reset A, B to [[1, 0], [0, 0]] rate r
      }
      """
    let (kind, show) = try parse(text)
    guard case .model(let model) = kind else { throw Unexpected() }
    #expect(model.name.text == "M" && model.items.count == 5)
    guard case .thermal(let names, let down, let up) = model.items[3].kind else {
      throw Unexpected()
    }
    #expect(names.map(\.text) == ["A"] && show(down) == "x + 1" && show(up) == "x")
    guard case .reset(let parts, let state, let rate) = model.items[4].kind else {
      throw Unexpected()
    }
    #expect(parts.count == 2 && show(state) == "[[1, 0], [0, 0]]" && show(rate) == "r")
    guard case .model(let short) = try parse("model E { hamiltonian 0 }").0 else {
      throw Unexpected()
    }
    #expect(short.items.count == 1)
  }

  @Test func claims() throws {
    let (kind, show) = try parse(
      """
      claim c from "Eq. (3)": 0 < a <= (b with x = 1) where r > g, x != 0
        with gamma = 1, s = 2*g over r = 1..2, g = 0..1 using d, e
      """)
    guard case .claim(let claim) = kind else { throw Unexpected() }
    #expect(claim.id.text == "c" && claim.source?.text == "Eq. (3)" && !claim.isErratum)
    #expect(show(claim.relation) == "0 < a <= (b with x = 1)")
    #expect(claim.assumptions.map(show) == ["r > g", "x != 0"])
    #expect(claim.bindings.map { show($0.value) } == ["1", "2*g"])
    guard case .box(let axes) = claim.place else { throw Unexpected() }
    #expect(axes.map(\.name.text) == ["r", "g"] && axes.map { show($0.upper) } == ["2", "1"])
    #expect(claim.uses.map(\.text) == ["d", "e"] && claim.correction == nil)

    guard
      case .claim(let erratum) = try parse(
        "erratum e: a ≈ 0.092 at x = 1, y = [1, 2] corrected by c"
      )
      .0
    else { throw Unexpected() }
    #expect(erratum.isErratum && erratum.correction?.text == "c")
    guard case .point(let point) = erratum.place else { throw Unexpected() }
    #expect(point.map(\.name.text) == ["x", "y"])
  }

  @Test func thresholdsAndBoundaries() throws {
    guard
      case .threshold(let onset) = try parse(
        "threshold onset: N3 > 0 in r = 0..9 for some g = 0..1 with gamma = 1"
      ).0
    else { throw Unexpected() }
    #expect(onset.unknown.name.text == "r" && onset.unknown.axis != nil)
    #expect(onset.witness?.name.text == "g" && onset.bindings.count == 1)
    guard case .threshold(let bare) = try parse("threshold t: N > 0 in r").0 else {
      throw Unexpected()
    }
    #expect(bare.unknown.axis == nil && bare.witness == nil)
    guard
      case .boundary(let edge) = try parse("boundary b: N > 0 in r = 0..20, g = 0..20 with c = 1").0
    else { throw Unexpected() }
    #expect(edge.horizontal.name.text == "r" && edge.vertical.name.text == "g")
  }

  @Test func figuresTablesAndCrosschecks() throws {
    guard
      case .figure(let map) = try parse(
        """
        figure f: map N in r = 0..1, g = 0..1 with c = 1, overlay a, b,
          curve r^2 "cap", curve 2*r, title "Fig. 1"
        """
      ).0
    else { throw Unexpected() }
    #expect(map.overlays.map(\.text) == ["a", "b"] && map.curves.map(\.label) == ["cap", nil])
    #expect(map.title == "Fig. 1" && map.bindings.count == 1)
    guard case .figure(let plot) = try parse("figure p: plot N \"n\", M in r = 0..5").0,
      case .plot(let values, let axis) = plot.content
    else { throw Unexpected() }
    #expect(values.map(\.label) == ["n", nil] && axis.name.text == "r")
    guard case .table(let table) = try parse("table t: N \"n\", M for r = [1, 2] with g = 1").0
    else { throw Unexpected() }
    #expect(table.columns.count == 2 && table.rowValues.count == 2 && table.row.text == "r")
    guard
      case .crosscheck(let check) = try parse(
        "crosscheck c: rho by nullspace, evolution at 20 points digits 12 seed 0"
      ).0
    else { throw Unexpected() }
    #expect(check.methods.map(\.text) == ["nullspace", "evolution"])
    #expect(check.points == 20 && check.digits == 12 && check.seed == 0)
  }

  private struct Unexpected: Error {}
}
