/// Near misses: what a mistyped name was probably meant to be.
public enum Suggestion {
  /// The candidate nearest to `word`, when it is near enough that its author probably meant it.
  ///
  /// Distance counts insertions, deletions, replacements and swaps of neighbours (Damerau and
  /// Levenshtein, each place edited once). One edit is near for up to five characters, two for up to
  /// nine, three above; a difference of case only is always near. Ties go to the first by spelling.
  ///
  /// - Complexity: O(candidates · length²).
  public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let letters = Array(word)
    let reach = letters.count <= 5 ? 1 : letters.count <= 9 ? 2 : 3
    var best: (distance: Int, name: String)?
    for candidate in candidates where candidate != word {
      let isCaseOnly = candidate.lowercased() == word.lowercased()
      let other = Array(candidate)
      guard isCaseOnly || abs(other.count - letters.count) <= reach else { continue }
      let distance = isCaseOnly ? 0 : Self.distance(letters, other)
      // A name that shares nothing with the word (x for y) is no suggestion.
      guard isCaseOnly || (distance <= reach && distance < max(letters.count, other.count))
      else { continue }
      if let found = best, (found.distance, found.name) <= (distance, candidate) { continue }
      best = (distance, candidate)
    }
    return best?.name
  }

  /// `did you mean 'name'?` for the nearest candidate, or nil when none is near.
  public static func hint(for word: String, among candidates: some Sequence<String>) -> String? {
    nearest(to: word, among: candidates).map { "did you mean '\($0)'?" }
  }

  /// The number of insertions, deletions, replacements and swaps of neighbours that turn `a` into
  /// `b` (the optimal string alignment distance).
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = min(cost, beforeLast[j - 1] + 1)
        }
        row.append(cost)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
