/// Cells that touch each other, put together.
enum CurveClusters {
  /// The least boxes around groups of touching cells, and the group of each cell.
  ///
  /// - Complexity: O(n log n) for n cells that are few where they touch.
  static func groups(_ cells: [CurveCell]) -> (boxes: [CurveCell], group: [Int]) {
    var parent = Array(cells.indices)
    func root(_ i: Int) -> Int {
      var i = i
      while parent[i] != i {
        parent[i] = parent[parent[i]]
        i = parent[i]
      }
      return i
    }
    let order = cells.indices.sorted { cells[$0].x0 < cells[$1].x0 }
    var open: [Int] = []
    for index in order {
      let cell = cells[index]
      open.removeAll { cells[$0].x1 < cell.x0 }
      for other in open where cells[other].y0 <= cell.y1 && cell.y0 <= cells[other].y1 {
        parent[root(other)] = root(index)
      }
      open.append(index)
    }
    var boxes: [CurveCell] = []
    var number: [Int: Int] = [:]
    var group: [Int] = []
    for index in cells.indices {
      let top = root(index)
      if let known = number[top] {
        let (box, cell) = (boxes[known], cells[index])
        boxes[known] = CurveCell(
          x0: min(box.x0, cell.x0), x1: max(box.x1, cell.x1), y0: min(box.y0, cell.y0),
          y1: max(box.y1, cell.y1))
        group.append(known)
      } else {
        number[top] = boxes.count
        group.append(boxes.count)
        boxes.append(cells[index])
      }
    }
    return (boxes, group)
  }
}
