import Arbitrary

/// Boxes that touch each other, put together.
enum BoxClusters {
  typealias Cluster = (hull: [DoubleInterval], boxes: [[DoubleInterval]])

  /// Groups of boxes, and the least box around each; those boxes do not touch each other.
  static func merged(_ boxes: [[DoubleInterval]]) -> [Cluster] {
    var result: [Cluster] = []
    for box in boxes.sorted(by: { $0[0].lower < $1[0].lower }) {
      var cluster: Cluster = (box, [box])
      var isGrowing = true
      // A union may touch what its parts did not.
      while isGrowing {
        isGrowing = false
        for index in result.indices.reversed()
        where zip(result[index].hull, cluster.hull).allSatisfy({ $0.intersection($1) != nil }) {
          let other = result.remove(at: index)
          cluster.hull = zip(cluster.hull, other.hull).map { $0.union($1) }
          if other.boxes.count > cluster.boxes.count {
            cluster.boxes = other.boxes + cluster.boxes
          } else {
            cluster.boxes += other.boxes
          }
          isGrowing = true
        }
      }
      result.append(cluster)
    }
    return result
  }

  /// At most so many boxes that hold all of some boxes, small ones where that is possible.
  ///
  /// The largest group is split at the middle of its longest side, again and again.
  static func cover(
    _ boxes: [[DoubleInterval]], in frame: [DoubleInterval], count: Int = 24
  ) -> [[DoubleInterval]] {
    func hull(_ boxes: [[DoubleInterval]]) -> [DoubleInterval] {
      boxes.dropFirst().reduce(boxes[0]) { zip($0, $1).map { $0.union($1) } }
    }
    func longest(_ hull: [DoubleInterval]) -> (size: Double, axis: Int) {
      hull.indices.map { (hull[$0].width / frame[$0].width, $0) }.max { $0.0 < $1.0 } ?? (0, 0)
    }
    guard !boxes.isEmpty else { return [] }
    var groups: [Cluster] = [(hull(boxes), boxes)]
    while groups.count < count {
      let splittable = groups.indices.filter {
        groups[$0].boxes.count > 1 && longest(groups[$0].hull).size > 0x1p-20
      }
      guard
        let index = splittable.max(by: {
          longest(groups[$0].hull).size < longest(groups[$1].hull).size
        })
      else { break }
      let group = groups[index]
      let axis = longest(group.hull).axis
      let middle = group.hull[axis].midpoint
      let low = group.boxes.filter { $0[axis].midpoint < middle }
      let high = group.boxes.filter { $0[axis].midpoint >= middle }
      // Boxes as large as all of them together.
      if low.isEmpty || high.isEmpty { break }
      groups[index] = (hull(low), low)
      groups.append((hull(high), high))
    }
    return groups.map(\.hull)
  }
}
