import Foundation

/// The measurements of one run, and how they are printed and kept.
struct Results: Codable, Sendable {
  /// The processor, cores and operating system that the run was on.
  let machine: String
  var measurements: [Measurement] = []

  /// One table for a workload and a kind of column: engines down, precisions across, as ratios; the
  /// reference with its times.
  struct Table {
    let title: String
    let header: [String]
    let rows: [[String]]
  }

  /// The tables, in the order of the workloads: multiprecision first, then doubles for all workloads.
  var tables: [Table] {
    var tables: [Table] = []
    for workload in Workload.all {
      let letter = String(workload.letter)
      let cells = measurements.filter { $0.workload == letter && $0.precision != "double" }
      if cells.isEmpty { continue }
      let columns = unique(cells.map(\.precision))
      tables.append(
        table("(\(letter)) \(workload.title)", cells, columns, head: columns) { $0.precision })
    }
    if let algebra { tables.append(algebra) }
    tables += roots
    let cells = measurements.filter { $0.precision == "double" }
    if !cells.isEmpty {
      let columns = unique(cells.map(\.workload))
      tables.append(
        table("Doubles", cells, columns, head: columns.map { "(\($0))" }) { $0.workload })
    }
    return tables
  }

  /// The table of exact algebra: tasks across, times of Separatrix and of the others as multiples.
  private var algebra: Table? {
    let cells = measurements.filter { $0.workload == AlgebraHarness.workload }
    guard let own = cells.first?.engine else { return nil }
    let columns = unique(cells.map(\.precision))
    func row(_ name: String, _ engine: String, _ text: (Measurement) -> String) -> [String] {
      [name]
        + columns.map { column in
          cells.first { $0.engine == engine && $0.precision == column }.map(text) ?? ""
        }
    }
    let others = unique(cells.map(\.engine)).filter { $0 != own }
    return Table(
      title: "(w2) Exact algebra", header: [""] + columns,
      rows: [row("\(own) (= 1), ms", own) { Self.short($0.seconds * 1e3) }]
        + others.map { row($0, $0) { Self.short($0.ratio) } })
  }

  /// The tables of roots: times, costs in values at the final precision, and evaluations.
  private var roots: [Table] {
    let titles = [
      (RootHarness.workload, "(w3) Roots"),
      (RootHarness.costs, "(w3) The time of a root, in values at the final precision"),
      (RootHarness.counts, "(w3) Evaluations for a root: values and slopes"),
    ]
    return titles.compactMap { workload, title in
      let cells = measurements.filter { $0.workload == workload }
      if cells.isEmpty { return nil }
      let columns = unique(cells.map(\.precision))
      let rows = unique(cells.map(\.engine)).map { engine in
        let name =
          workload == RootHarness.workload && engine == cells[0].engine
          ? "\(engine) (= 1), µs" : engine
        return [name]
          + columns.map { column -> String in
            guard let cell = cells.first(where: { $0.engine == engine && $0.precision == column })
            else { return "" }
            switch workload {
            case RootHarness.costs: return Self.short(cell.ratio)
            case RootHarness.counts:
              if cell.ratio == 0 { return "" }
              return cell.seconds == 0
                ? Self.short(cell.ratio) : "\(Self.short(cell.ratio)) + \(Self.short(cell.seconds))"
            default: return Self.short(name == engine ? cell.ratio : cell.seconds * 1e6)
            }
          }
      }
      return Table(title: title, header: [""] + columns, rows: rows)
    }
  }

  private func table(
    _ title: String, _ cells: [Measurement], _ columns: [String], head: [String],
    key: (Measurement) -> String
  ) -> Table {
    func row(_ name: String, _ engine: String, _ text: (Measurement) -> String) -> [String] {
      [name]
        + columns.map { column in
          cells.first { $0.engine == engine && key($0) == column }.map(text) ?? ""
        }
    }
    let engines = unique(cells.map(\.engine))
    let precision: Precision = cells.first?.precision == "double" ? .double : .bits(0)
    let references = engines.filter { Harness.isReference($0, precision) }
    let others = engines.filter { !references.contains($0) }
    return Table(
      title: title, header: [""] + head,
      rows: references.map { row("\($0) (= 1), µs", $0) { Self.short($0.seconds * 1e6) } }
        + others.map { row($0, $0) { Self.short($0.ratio) } })
  }

  private func unique(_ values: [String]) -> [String] {
    values.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Three significant digits at most, two decimals at most below ten.
  static func short(_ value: Double) -> String {
    String(
      format: value < 0.1 ? "%.3f" : value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value)
  }

  /// The tables in columns for a terminal.
  var text: String {
    tables.map { table in
      let lines = [table.header] + table.rows
      let widths = table.header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
      let body = lines.map { line in
        zip(line, widths).enumerated().map { index, cell in
          let padding = String(repeating: " ", count: cell.1 - cell.0.count)
          return index == 0 ? cell.0 + padding : padding + cell.0
        }.joined(separator: "  ")
      }
      return ([table.title] + body).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  /// The tables as `Docs/performance.md` embeds them.
  var markdown: String {
    let parts = tables.map { table in
      let lines =
        [table.header, table.header.indices.map { $0 == 0 ? "---" : "---:" }] + table.rows
      let body = lines.map { "| " + $0.joined(separator: " | ") + " |" }
      return (["### \(table.title)", ""] + body).joined(separator: "\n")
    }
    return (["Machine: \(machine)."] + parts).joined(separator: "\n\n")
  }

  /// Writes the measurements as JSON.
  func write(to file: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try encoder.encode(self).write(to: file)
  }

  /// The name of the processor where the system tells it, and the number of cores.
  static func describeMachine() -> String {
    let info = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let model = info.split(separator: "\n").first { $0.hasPrefix("model name") }
      .flatMap { $0.split(separator: ":").last }
      .map { $0.trimmingCharacters(in: .whitespaces) }
    let process = ProcessInfo.processInfo
    let cores = process.activeProcessorCount
    return
      "\(model ?? "unknown processor"), \(cores) cores, \(process.operatingSystemVersionString)"
  }
}
