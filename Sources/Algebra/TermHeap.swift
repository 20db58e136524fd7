/// A binary max-heap of (monomial, row, column), the queue of heap multiplication and division of
/// sparse polynomials.
///
/// Source: Monagan and Pearce 2007, "Polynomial division using dynamic arrays, heaps, and packed
/// exponent vectors".
struct TermHeap {
  struct Entry {
    var monomial: Monomial
    var row: Int32
    var column: Int32
  }

  private var entries: [Entry] = []

  init(capacity: Int) { entries.reserveCapacity(capacity) }

  var top: Monomial? { entries.first?.monomial }

  mutating func push(_ entry: Entry) {
    entries.append(entry)
    var child = entries.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      if entries[parent].monomial >= entry.monomial { break }
      entries[child] = entries[parent]
      child = parent
    }
    entries[child] = entry
  }

  /// Removes and returns the entry with the greatest monomial.
  ///
  /// - Precondition: the heap is not empty.
  mutating func pop() -> Entry {
    let result = entries[0]
    let last = entries.removeLast()
    if !entries.isEmpty { sink(last) }
    return result
  }

  /// Replaces the greatest entry, in one pass where pop and push would take two.
  mutating func replaceTop(with entry: Entry) { sink(entry) }

  private mutating func sink(_ entry: Entry) {
    var parent = 0
    let count = entries.count
    while true {
      var child = 2 * parent + 1
      if child >= count { break }
      if child + 1 < count && entries[child + 1].monomial > entries[child].monomial { child += 1 }
      if entries[child].monomial <= entry.monomial { break }
      entries[parent] = entries[child]
      parent = child
    }
    entries[parent] = entry
  }
}
