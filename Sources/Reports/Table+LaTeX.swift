extension Table {
  /// The table as a LaTeX `table` with a plain `tabular`, which needs no package.
  ///
  /// - Returns: The environment, with the title as its caption, ending in a line break.
  public func latex() -> String {
    var output = "\\begin{table}\n"
    if let title { output += "  \\caption{\(Self.latex(title))}\n" }
    output += "  \\centering\n"
    if !columns.isEmpty {
      let places = columns.map { column in
        switch column.alignment {
        case .left: "l"
        case .right: "r"
        case .center: "c"
        }
      }
      func line(_ cells: [String]) -> String {
        "    " + cells.map(Self.latex).joined(separator: " & ") + " \\\\\n"
      }
      output += "  \\begin{tabular}{\(places.joined())}\n    \\hline\n"
      output += line(columns.map(\.header)) + "    \\hline\n"
      for row in rows { output += line(row) }
      output += "    \\hline\n  \\end{tabular}\n"
    }
    if let summary { output += "\n  \\smallskip\n  \(Self.latex(summary))\n" }
    return output + "\\end{table}\n"
  }

  /// A text with every character escaped that LaTeX would read as a command.
  static func latex(_ text: String) -> String {
    var result = ""
    var previous: Unicode.Scalar = " "
    for scalar in TextWidth.printable(text).unicodeScalars {
      switch scalar {
      case "\\": result += "\\textbackslash{}"
      case "~": result += "\\textasciitilde{}"
      case "^": result += "\\textasciicircum{}"
      case "&", "%", "$", "#", "_", "{", "}": result += "\\" + String(scalar)
      case "<": result += "\\textless{}"
      case ">": result += "\\textgreater{}"
      case "|": result += "\\textbar{}"
      // At the start of a row these would belong to the line break before it.
      case "[", "]", "*": result += "{\(scalar)}"
      // Two in a row would be joined to a longer dash or to another quotation mark.
      case "-", "'", "`", ",": result += (scalar == previous ? "{}" : "") + String(scalar)
      case "\n": result += " "
      default:
        if let command = latexCommands[scalar] {
          result += "\\ensuremath{\(command)}"
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
      previous = scalar
    }
    return result
  }

  /// Mathematical characters that LaTeX does not take as text.
  private static let latexCommands: [Unicode.Scalar: String] = {
    var commands: [Unicode.Scalar: String] = [
      "≈": "\\approx", "≤": "\\le", "≥": "\\ge", "≠": "\\ne", "≡": "\\equiv", "±": "\\pm",
      "×": "\\times", "·": "\\cdot", "⋅": "\\cdot", "√": "\\surd", "∞": "\\infty", "∈": "\\in",
      "∉": "\\notin", "→": "\\to", "↔": "\\leftrightarrow", "⇒": "\\Rightarrow", "−": "-",
      "ħ": "\\hbar", "ℏ": "\\hbar", "⊗": "\\otimes", "⊕": "\\oplus", "†": "\\dagger",
      "⟨": "\\langle", "⟩": "\\rangle", "∂": "\\partial", "∫": "\\int", "∑": "\\sum",
      "∏": "\\prod", "∝": "\\propto", "∧": "\\wedge", "∨": "\\vee", "¬": "\\neg", "∼": "\\sim",
      "∀": "\\forall", "∃": "\\exists", "ℓ": "\\ell", "²": "^2", "³": "^3", "¹": "^1",
      "⁻": "^-", "½": "\\frac12", "°": "^\\circ", "µ": "\\mu",
      "ϕ": "\\phi", "ϵ": "\\epsilon", "ϑ": "\\vartheta", "φ": "\\varphi", "ε": "\\varepsilon",
      "ς": "\\varsigma",
      "✓": "\\surd", "✗": "\\times", "•": "\\bullet",
    ]
    let greek: [(Unicode.Scalar, String)] = [
      ("α", "alpha"), ("β", "beta"), ("γ", "gamma"), ("δ", "delta"), ("ζ", "zeta"), ("η", "eta"),
      ("θ", "theta"), ("ι", "iota"), ("κ", "kappa"), ("λ", "lambda"), ("μ", "mu"), ("ν", "nu"),
      ("ξ", "xi"), ("π", "pi"), ("ρ", "rho"), ("σ", "sigma"), ("τ", "tau"), ("υ", "upsilon"),
      ("χ", "chi"), ("ψ", "psi"), ("ω", "omega"), ("Γ", "Gamma"), ("Δ", "Delta"), ("Θ", "Theta"),
      ("Λ", "Lambda"), ("Ξ", "Xi"), ("Π", "Pi"), ("Σ", "Sigma"), ("Υ", "Upsilon"), ("Φ", "Phi"),
      ("Ψ", "Psi"), ("Ω", "Omega"),
    ]
    for (letter, name) in greek { commands[letter] = "\\" + name }
    // Subscript and superscript digits.
    for digit: UInt32 in 0...9 {
      if let scalar = Unicode.Scalar(0x2080 + digit) { commands[scalar] = "_\(digit)" }
      if digit == 0 || digit > 3, let scalar = Unicode.Scalar(0x2070 + digit) {
        commands[scalar] = "^\(digit)"
      }
    }
    return commands
  }()
}
