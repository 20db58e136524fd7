import Foundation
import Testing

@testable import Reports

@Suite struct FigureTests {
  /// Whether figures can be rendered here; the tests that need it say so when they are skipped.
  static let hasGnuplot: Bool = {
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return folders.split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/gnuplot")
    }
  }()

  /// A map that is zero in a half plane, with a curve at its edge.
  private func example() throws -> Figure {
    let map = try HeatMap(
      label: "N₃", xRange: 0...20, yRange: 0...20, columns: 30, rows: 20
    ) { x, y in max(0, x - y) }
    return Figure(
      title: "It's `a` figure", xAxis: .init("r / γ"), yAxis: .init("g / γ"), map: map,
      curves: [
        .init("N₃ = 0", points: [.init(0, 0), .init(.nan, 0), .init(20, 20)]),
        .init("", points: [.init(0, 1), .init(20, 1)], style: .dashed),
        .init("nothing", points: []),
      ])
  }

  private func folder() throws -> URL {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("figure's tests \(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url
  }

  @Test func scriptHoldsTheFigure() throws {
    let text = try GnuplotScript(example()).text
    #expect(text.contains("set title 'It''s `a` figure' noenhanced"))
    #expect(text.contains("set xlabel 'r / γ'") && text.contains("set ylabel 'g / γ'"))
    #expect(text.contains("set xrange [0.0:20.0]") && text.contains("set size square"))
    #expect(text.contains("set palette defined (0 '#ffffff'"))
    #expect(text.contains("$map << EOD\n") && text.contains("with image notitle"))
    #expect(text.contains("$curve1 << EOD\n0.0 0.0\n\n20.0 20.0\nEOD\n"))
    #expect(text.contains("title 'N₃ = 0' noenhanced") && text.contains("dashtype (8,5) notitle"))
    #expect(!text.contains("$curve3") && !text.contains("set output '/"))
  }

  @Test func labelsCannotLeaveTheirString() {
    #expect(GnuplotScript.quoted("a'\nsystem 'x'") == "'a'' system ''x'''")
    #expect(GnuplotScript.quoted("\\") == "'\\'")
  }

  @Test func cellsAreSampledInTheMiddle() throws {
    let map = try HeatMap(label: "", xRange: 0...4, yRange: -1...1, columns: 2, rows: 2) { $0 + $1 }
    #expect(map.values == [0.5, 2.5, 1.5, 3.5])
    let copy = try JSONDecoder().decode(HeatMap.self, from: JSONEncoder().encode(map))
    #expect(copy == map)
  }

  @Test func mapsThatCannotBe() {
    #expect(throws: ReportError.self) {
      try HeatMap(label: "", xRange: 0...1, yRange: 0...1, columns: 2, rows: 2, values: [1])
    }
    for (columns, rows) in [(0, 1), (-1, -1), (Int.max, Int.max), (Int.min, 2)] {
      #expect(throws: ReportError.self) {
        try HeatMap(
          label: "", xRange: 0...1, yRange: 0...1, columns: columns, rows: rows
        ) { x, _ in x }
      }
    }
    #expect(throws: ReportError.self) {
      try HeatMap(label: "", xRange: 1...1, yRange: 0...1, columns: 1, rows: 1, values: [1])
    }
    #expect(throws: ReportError.self) {
      try HeatMap(
        label: "", xRange: 0...(.infinity), yRange: 0...1, columns: 1, rows: 1, values: [1])
    }
  }

  @Test func figuresThatCannotBe() throws {
    let points = [Figure.Point(-1, 1), Figure.Point(2, 2)]
    let curve = Figure.Curve("c", points: points)
    let empty = Figure(xAxis: .init("x"), yAxis: .init("y"))
    let flat = Figure(xAxis: .init("x", range: 1...1), yAxis: .init("y"), curves: [curve])
    let negative = Figure(
      xAxis: .init("x", range: -1...1, scale: .logarithmic), yAxis: .init("y"), curves: [curve])
    var map = try example()
    map.xAxis.scale = .logarithmic
    for figure in [empty, flat, negative, map] {
      #expect(throws: ReportError.self) { try GnuplotScript(figure) }
    }
  }

  @Test func formatComesFromThePath() throws {
    #expect(try GnuplotRenderer.Format(path: "a.b/c.SVG") == .svg)
    for path in ["", "figure", "figure.jpeg", "a.svg/figure"] {
      #expect(
        throws: ReportError.unknownFormat(path: path, known: ["svg", "pdf", "png", "gp"])
      ) { try GnuplotRenderer.Format(path: path) }
    }
  }

  @Test func scriptIsWrittenWithoutGnuplot() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let renderer = GnuplotRenderer(executable: "/nowhere/gnuplot")
    let script = folder.appendingPathComponent("f.gp")
    try renderer.write(example(), to: script.path)
    #expect(try String(contentsOf: script, encoding: .utf8) == GnuplotScript(example()).text)
    let drawing = folder.appendingPathComponent("f.svg")
    #expect(throws: ReportError.gnuplotMissing) {
      try renderer.write(example(), to: drawing.path)
    }
    #expect(!FileManager.default.fileExists(atPath: drawing.path))
  }

  @Test func failuresLeaveTheOldFile() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let drawing = folder.appendingPathComponent("f.svg")
    try Data("old".utf8).write(to: drawing)
    // Programs that stand for a gnuplot that fails, cannot write SVG, writes nothing, hangs.
    let failures: [(String, ReportError)] = [
      ("echo broken; exit 3", .gnuplotFailed(status: 3, message: "broken")),
      ("echo dumb", .terminalMissing(format: "svg", terminals: ["svg"])),
      ("echo svg", .gnuplotFailed(status: 0, message: "it wrote no figure")),
      ("exec sleep 60", .gnuplotTimedOut(seconds: 0.5)),
    ]
    for (number, (body, error)) in failures.enumerated() {
      let program = folder.appendingPathComponent("gnuplot\(number)")
      try Data("#!/bin/sh\n\(body)\n".utf8).write(to: program)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
      let limit = body.hasPrefix("exec") ? 0.5 : 60
      let renderer = GnuplotRenderer(executable: program.path, timeLimit: limit)
      #expect(throws: error) { try renderer.write(example(), to: drawing.path) }
    }
    #expect(try String(contentsOf: drawing, encoding: .utf8) == "old")
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"))
  func renderingIsDeterministic() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let renderer = GnuplotRenderer()
    for format in [GnuplotRenderer.Format.svg, .png, .pdf] {
      let first = folder.appendingPathComponent("first.\(format.rawValue)")
      let second = folder.appendingPathComponent("second.\(format.rawValue)")
      do {
        try renderer.write(example(), to: first.path)
      } catch ReportError.terminalMissing(_, _) where format != .svg { continue }
      Thread.sleep(forTimeInterval: format == .pdf ? 1.1 : 0)
      try renderer.write(example(), to: second.path)
      let data = try Data(contentsOf: first)
      #expect(try data == Data(contentsOf: second))
      if format == .svg {
        let text = String(decoding: data, as: UTF8.self)
        #expect(text.contains("N₃ = 0") && text.contains("</svg>") && !text.contains("nothing"))
      }
    }
    #expect(throws: ReportError.self) { try renderer.write(example(), to: "/nowhere/else/f.svg") }
  }

  @Test(
    .enabled(if: hasGnuplot, "gnuplot is not installed"), arguments: [(1, 1), (1, 3), (3, 1)])
  func unusualMaps(columns: Int, rows: Int) throws {
    for value in [0, -1, Double.nan, 1e-300] {
      let map = try HeatMap(
        label: "", xRange: 0...1, yRange: 0...1, columns: columns, rows: rows
      ) { _, _ in value }
      let figure = Figure(xAxis: .init("x", range: 0.1...2), yAxis: .init("y"), map: map)
      #expect(try !GnuplotRenderer().render(figure, as: .svg).isEmpty)
    }
  }
}
