/// Greek letters by their names in LaTeX, for printers: `gamma` is `\gamma`, `γ` and `gamma` look
/// the same on paper.
enum GreekLetter {
  /// The letters by name, capitals with a capital (`Gamma`).
  static let byName: [String: Character] = {
    var table: [String: Character] = [:]
    for (name, small, capital) in letters {
      table[name] = small
      table[name.prefix(1).uppercased() + name.dropFirst()] = capital
    }
    table["varepsilon"] = "ε"
    table["vartheta"] = "ϑ"
    table["varphi"] = "φ"
    return table
  }()

  /// The names by letter.
  static let names: [Character: String] = {
    var table: [Character: String] = [:]
    for (name, small, capital) in letters {
      table[small] = name
      table[capital] = name.prefix(1).uppercased() + name.dropFirst()
    }
    table["ε"] = "varepsilon"
    table["ϑ"] = "vartheta"
    table["φ"] = "varphi"
    table["ς"] = "sigma"
    return table
  }()

  /// The LaTeX command of a letter's name; capitals that look Latin have none and are upright Latin
  /// letters. Nil for what is no name of a Greek letter.
  static func latex(named name: String) -> String? {
    guard let letter = byName[name] else { return nil }
    if name == "omicron" { return "o" }
    return latinLookalikes[letter].map { "\\mathrm{\($0)}" } ?? "\\\(name)"
  }

  private static let latinLookalikes: [Character: String] = [
    "Α": "A", "Β": "B", "Ε": "E", "Ζ": "Z", "Η": "H", "Ι": "I", "Κ": "K", "Μ": "M", "Ν": "N",
    "Ο": "O", "Ρ": "P", "Τ": "T", "Χ": "X",
  ]

  private static let letters: [(name: String, small: Character, capital: Character)] = [
    ("alpha", "α", "Α"), ("beta", "β", "Β"), ("gamma", "γ", "Γ"), ("delta", "δ", "Δ"),
    ("epsilon", "ϵ", "Ε"), ("zeta", "ζ", "Ζ"), ("eta", "η", "Η"), ("theta", "θ", "Θ"),
    ("iota", "ι", "Ι"), ("kappa", "κ", "Κ"), ("lambda", "λ", "Λ"), ("mu", "μ", "Μ"),
    ("nu", "ν", "Ν"), ("xi", "ξ", "Ξ"), ("omicron", "ο", "Ο"), ("pi", "π", "Π"),
    ("rho", "ρ", "Ρ"), ("sigma", "σ", "Σ"), ("tau", "τ", "Τ"), ("upsilon", "υ", "Υ"),
    ("phi", "ϕ", "Φ"), ("chi", "χ", "Χ"), ("psi", "ψ", "Ψ"), ("omega", "ω", "Ω"),
  ]
}
