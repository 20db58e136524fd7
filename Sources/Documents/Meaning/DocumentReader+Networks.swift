import Exact
import OpenSystems
import Symbolic

/// Networks of modes, campaigns and certificates.
extension DocumentReader {
  mutating func network(_ syntax: NetworkSyntax) throws(Diagnostic) {
    try declare(syntax.name)
    var reader = NetworkReader(values: reader())
    if let network = reader.read(syntax) {
      try define(syntax.name, .network(network), syntax.items.flatMap(\.formulas))
    }
    diagnostics += reader.diagnostics
  }

  mutating func campaign(_ syntax: CampaignSyntax) throws(Diagnostic) {
    try identify(syntax.id)
    func size(_ node: SyntaxNode) throws(Diagnostic) -> Int {
      guard let value = try number(node).wholeWord, (2...8).contains(value) else {
        throw Diagnostic("a campaign takes networks of 2 to 8 modes", at: node.range)
      }
      return value
    }
    let (lower, upper) = (try size(syntax.lower), try size(syntax.upper))
    guard lower <= upper else {
      throw Diagnostic("the range is empty: \(lower) is above \(upper)", at: syntax.lower.range)
    }
    guard syntax.instances <= 10_000 else {
      throw Diagnostic("a campaign has up to 10000 instances each", at: syntax.id.range)
    }
    var planted = Rational.zero
    if let node = syntax.squeezing { planted = try number(node) }
    let seed = syntax.seed ?? 1
    let sizes = lower == upper ? "\(lower)" : "\(lower)..\(upper)"
    document.checks.append(
      .campaign(
        .init(
          id: syntax.id.text, source: syntax.source?.text,
          text:
            "separability of networks in \(sizes) modes, \(syntax.instances) instances each, seed "
            + "\(seed)" + (planted.isZero ? "" : ", squeezing \(planted)"),
          sizes: lower...upper, instances: syntax.instances, seed: UInt64(seed.magnitude),
          planted: planted)))
  }

  mutating func certificate(_ syntax: CertificateSyntax) throws(Diagnostic) {
    try identify(syntax.id)
    guard case .network(let network)? = values[syntax.network.text] else {
      let known = values.compactMap { entry -> String? in
        if case .network = entry.value { entry.key } else { nil }
      }
      throw Diagnostic(
        "'\(syntax.network.text)' is no network", at: syntax.network.range,
        hint: Suggestion.hint(for: syntax.network.text, among: known)
          ?? "declare one with 'network N { … }'")
    }
    var point: [Symbol: Rational] = [:]
    for binding in syntax.point {
      let symbol = try symbol(binding.name)
      point[symbol] = try value(binding.value, of: symbol)
    }
    let place = syntax.point.map { "\($0.name.text) = \(text($0.value.range))" }
    document.checks.append(
      .certificate(
        .init(
          id: syntax.id.text, source: syntax.source?.text,
          text: "\(syntax.network.text) is \(syntax.isSeparable ? "separable" : "entangled")"
            + (place.isEmpty ? "" : " at " + place.joined(separator: ", ")),
          network: network, isSeparable: syntax.isSeparable, point: point)))
  }
}

extension Rational {
  /// The number where it is a whole one of a machine word.
  fileprivate var wholeWord: Int? { isInteger ? numerator.word : nil }
}
