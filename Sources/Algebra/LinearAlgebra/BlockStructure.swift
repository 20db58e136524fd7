import Exact

extension SparseMatrix {
  /// The strongly connected components of the matrix's graph (an edge from row to column for each
  /// stored element), in an order that makes the matrix block triangular: the eigenvalues are those
  /// of the diagonal blocks.
  ///
  /// - Complexity: O(rows + entries).
  /// - Source: Tarjan 1972.
  public func triangularBlocks() -> [[Int]] {
    precondition(rowCount == columnCount, "a square matrix")
    var index = [Int](repeating: -1, count: rowCount)
    var low = [Int](repeating: 0, count: rowCount)
    var onStack = [Bool](repeating: false, count: rowCount)
    var stack: [Int] = []
    var counter = 0
    var blocks: [[Int]] = []
    // An explicit call stack: a chain of a thousand states must not exhaust the real one.
    for root in 0..<rowCount where index[root] < 0 {
      var frames: [(node: Int, next: Int)] = [(root, 0)]
      while let frame = frames.last {
        let node = frame.node
        if frame.next == 0 {
          index[node] = counter
          low[node] = counter
          counter += 1
          stack.append(node)
          onStack[node] = true
        }
        if frame.next < rows[node].count {
          frames[frames.count - 1].next += 1
          let neighbour = rows[node][frame.next].column
          if index[neighbour] < 0 {
            frames.append((neighbour, 0))
          } else if onStack[neighbour] {
            low[node] = min(low[node], index[neighbour])
          }
          continue
        }
        frames.removeLast()
        if let parent = frames.last?.node { low[parent] = min(low[parent], low[node]) }
        if low[node] == index[node] {
          var block: [Int] = []
          while let member = stack.popLast() {
            onStack[member] = false
            block.append(member)
            if member == node { break }
          }
          blocks.append(block.sorted())
        }
      }
    }
    return blocks
  }

  /// The dense submatrix of the given rows and columns.
  public func block(_ indices: [Int]) -> Matrix<Element> {
    let place = Dictionary(uniqueKeysWithValues: zip(indices, indices.indices))
    var result = Matrix<Element>(rows: indices.count, columns: indices.count)
    for (row, index) in indices.enumerated() {
      for entry in rows[index] {
        if let column = place[entry.column] { result[row, column] = entry.value }
      }
    }
    return result
  }
}
