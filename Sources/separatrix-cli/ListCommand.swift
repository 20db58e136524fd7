import ArgumentParser
import Separatrix

/// `separatrix list DOC`.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists what a document defines.")

  @Argument(help: "The document.") var document: String
  @Option(help: "text, markdown, latex, json or csv.", transform: word)
  var format: Table.Format = .text

  func run() throws {
    let document = try Document(path: document)
    var table = Table(
      title: format == .text ? document.title : nil,
      columns: [.init("kind"), .init("name"), .init("about")])
    for parameter in document.parameters {
      let domain = "\(parameter.symbol.domain)"
      let about = parameter.meaning.map { "\($0), \(domain)" } ?? domain
      table.append(["parameter", parameter.symbol.name, about])
    }
    for definition in document.definitions {
      table.append(["value", definition.name, definition.value.phrase])
    }
    for check in document.checks {
      switch check {
      case .claim(let claim):
        table.append([claim.isErratum ? "erratum" : "claim", claim.id, claim.text])
      case .crosscheck: table.append(["crosscheck", check.id, check.text])
      case .campaign: table.append(["campaign", check.id, check.text])
      case .certificate: table.append(["certificate", check.id, check.text])
      case .simulation: table.append(["simulation", check.id, check.text])
      }
    }
    for threshold in document.thresholds {
      let about = "\(threshold.condition.text) in \(threshold.unknown.name)"
      table.append(["threshold", threshold.id, about])
    }
    for boundary in document.boundaries {
      let axes = "\(boundary.horizontal.symbol.name), \(boundary.vertical.symbol.name)"
      table.append(["boundary", boundary.id, "\(boundary.condition.text) in \(axes)"])
    }
    for system in document.systems {
      let names = system.unknowns.map(\.symbol.name).joined(separator: ", ")
      table.append(["system", system.id, "\(system.text) in \(names)"])
    }
    for surface in document.surfaces {
      let axes = [surface.horizontal, surface.vertical].map(\.symbol.name).joined(separator: ", ")
      table.append([
        "surface", surface.id,
        "\(surface.condition.text) in \(axes) for \(surface.sweep.symbol.name)",
      ])
    }
    for figure in document.figures { table.append(["figure", figure.id, figure.title ?? ""]) }
    for entry in document.tables {
      table.append(["table", entry.id, entry.columns.map(\.label).joined(separator: ", ")])
    }
    try Console.write(table.rendered(as: format), to: nil)
  }
}
