/// Names of symbols with Greek letters and lowered digits, where that can be undone.
///
/// A name has a plain spelling, the same for all that look alike: `γ_A`, `gamma_A` have `gamma_A`, `T₁`
/// and `T1` have `T1`, and `ε`, `varepsilon` and `epsilon` have `epsilon`.
struct LetterNames {
  private let names: [String: String]

  /// - Parameter symbols: all that may stand beside each other.
  init(for symbols: some Sequence<Symbol>) {
    let all = Set(symbols.map(\.name))
    var spellings: [String: Int] = [:]
    for name in all { spellings[Self.plain(name), default: 0] += 1 }
    var names: [String: String] = [:]
    for name in all where spellings[Self.plain(name)] == 1 {
      let letters = Self.withLetters(name)
      // Not where it would be the constant π, or a name of the language.
      let isFree = Scope.constants[letters] == nil && !all.contains(letters)
      if letters != name, isFree, Symbol.isName(letters), Self.plain(letters) == Self.plain(name) {
        names[name] = letters
      }
    }
    self.names = names
  }

  subscript(symbol: Symbol) -> String { names[symbol.name] ?? symbol.name }

  /// The plain spelling.
  static func plain(_ name: String) -> String {
    parts(name).map { part in
      var letters = part.letters
      if letters.count == 1, let greek = letters.first.flatMap({ GreekLetter.names[$0] }) {
        letters = greek
      }
      if letters.hasPrefix("var"), GreekLetter.byName[letters] != nil {
        letters.removeFirst(3)
      }
      return letters + part.digits
    }.joined(separator: "_")
  }

  /// `gamma_A` as `γ_A`, `Delta1` as `Δ₁`.
  private static func withLetters(_ name: String) -> String {
    parts(name).map { part in
      let letters =
        common[part.letters] ?? GreekLetter.byName[part.letters].map { String($0) }
        ?? part.letters
      return part.letters.isEmpty ? part.digits : letters + RaisedDigits.lowered(part.digits)
    }.joined(separator: "_")
  }

  /// The forms that keyboards have.
  private static let common = ["epsilon": "ε", "phi": "φ"]

  /// Between underscores: letters, and the digits at the end, in ASCII.
  private static func parts(_ name: String) -> [(letters: String, digits: String)] {
    name.split(separator: "_", omittingEmptySubsequences: false).map { part in
      let digits = part.reversed().prefix { RaisedDigits.digit($0) != nil }.reversed()
      let plain = digits.compactMap { RaisedDigits.digit($0) }.joined()
      return (String(part.dropLast(digits.count)), plain)
    }
  }
}

/// Raised and lowered digits.
enum RaisedDigits {
  private static let raisedDigits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
  private static let loweredDigits: [Character] = [
    "₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉",
  ]

  /// The digits of a natural number, raised.
  static func raised(_ digits: String) -> String { replace(digits, raisedDigits) }

  /// The digits of a natural number, lowered.
  static func lowered(_ digits: String) -> String { replace(digits, loweredDigits) }

  private static func replace(_ digits: String, _ table: [Character]) -> String {
    String(
      digits.map { character in
        character.isASCII ? character.wholeNumberValue.map { table[$0] } ?? character : character
      })
  }

  /// The digit that a character on the line or below it stands for.
  static func digit(_ character: Character) -> String? {
    if character.isASCII, let value = character.wholeNumberValue { return String(value) }
    return loweredDigits.firstIndex(of: character).map { String($0) }
  }

  /// The digit that a raised character stands for.
  static func raisedDigit(_ scalar: Unicode.Scalar) -> Int? {
    raisedDigits.firstIndex(of: Character(scalar))
  }

  /// Whether it is a lowered digit, which may stand in names.
  static func isLowered(_ scalar: Unicode.Scalar) -> Bool {
    (0x2080...0x2089).contains(scalar.value)
  }
}
