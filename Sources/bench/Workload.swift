import Exact
import Symbolic

/// A closed form of one of the papers, as text of the document language, and where it is evaluated.
struct Workload: Sendable {
  /// The letter that the protocol of the rivals and the command line use.
  let letter: Character
  /// What it is, in a few words.
  let title: String
  /// The parameters, in the order in which a point lists them.
  let inputs: [Input]
  /// Names for the parts of the formula, each in terms of the inputs and of the names before it.
  let definitions: [(name: String, text: String)]
  /// The names of the results.
  let outputs: [String]

  /// A parameter and the decimals that points take for it: the multiples of 10^-places from
  /// `first`·10^-places to `last`·10^-places, visited by steps of `stride`.
  struct Input: Sendable {
    let name: String
    let first: Int
    let last: Int
    let places: Int
    let stride: Int
  }

  /// The parameters as symbols, all positive.
  var symbols: [Symbol] { inputs.map { Symbol($0.name, .positive) } }

  /// The results as expressions of the symbols.
  ///
  /// - Throws: ``SymbolicError`` where a text is wrong.
  func expressions() throws(SymbolicError) -> [Expression] {
    var scope = Scope(symbols: symbols)
    for (name, text) in definitions {
      scope.values[name] = try Expression(SourceText(text), in: scope)
    }
    var results: [Expression] = []
    for name in outputs { results.append(try Expression(SourceText(name), in: scope)) }
    return results
  }

  /// The first points, as decimals: the same for every engine and in every run.
  ///
  /// Each input walks through its range by a stride that has no factor in common with the number of
  /// its values, so that the points spread evenly and do not repeat together.
  func points(_ count: Int) -> [[String]] {
    (0..<count).map { index in
      inputs.map { input in
        let size = input.last - input.first + 1
        return Self.decimal(input.first + (index + 1) * input.stride % size, places: input.places)
      }
    }
  }

  /// `value`·10^-places, for a nonnegative value.
  private static func decimal(_ value: Int, places: Int) -> String {
    let digits = String(value)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return "\(padded.dropLast(places)).\(padded.suffix(places))"
  }
}

extension Workload: CustomStringConvertible {
  /// The letter and the title.
  var description: String { "(\(letter)) \(title)" }
}
