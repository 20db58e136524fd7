import Exact

/// The curve in one cell, or a part of it: a graph over `axis` between two nodes.
struct CurveArc: Sendable {
  let leaf: Int
  let cell: CurveCell
  let axis: PlaneAxis
  /// The sign of the slope across.
  let slope: Int
  /// Whether the function is strictly monotone along the axis too.
  let isMonotone: Bool
  /// The nodes in increasing order of the coordinate along the axis.
  let first: Int
  let last: Int
}

/// Arcs one after the other.
struct CurveChain: Sendable {
  /// The arcs, and whether each is run through in the direction of its axis.
  var arcs: [(arc: Int, isForward: Bool)]
  /// The nodes between: one more than arcs, the last the first of a closed chain.
  var nodes: [Int]
  var isClosed: Bool
}

/// What the leaves of a subdivision say about the curve: its pieces in every cell, joined.
///
/// In a cell in which the function is strictly monotone across, the curve is a graph over the coordinate
/// along; its ends are the places of the curve on the cell's sides. Between two neighbouring places in the order
/// along, the signs on the two sides along do not change, so that the graph is there over all of it or over none.
/// A place at which the sign changes begins or ends a piece; so pieces go from the first place to the second, from
/// the third to the fourth, and so on.
struct CurveArcs<Curve: PlaneCurve> {
  let lines: CurveLines<Curve>
  let leaves: [CurveSubdivision<Curve>.Leaf]
  /// Where cuts are degenerate, cells become unresolved instead of an error.
  let isLenient: Bool

  private(set) var nodes: [CurveNode] = []
  private(set) var arcs: [CurveArc] = []
  private(set) var chains: [CurveChain] = []
  /// Nodes at which the curve touches the rectangle from outside: isolated points of it.
  private(set) var isolated: [Int] = []
  /// Leaves about which nothing is known, by their index.
  private(set) var unresolved: Set<Int> = []
  /// For each node the unresolved leaves that it lies on.
  private(set) var joints: [Int: [Int]] = [:]
  /// Edges of the rectangle that lie on the curve.
  private(set) var edgesOnCurve: [(line: PlaneAxis, value: Double)] = []

  /// Parts of edges of the rectangle on which places could not be told apart.
  private(set) var stubborn: [CurveCell] = []

  /// The places on each leaf's sides.
  private var places: [[Int]]

  init(
    _ lines: CurveLines<Curve>, _ leaves: [CurveSubdivision<Curve>.Leaf], isLenient: Bool
  ) throws {
    self.lines = lines
    self.leaves = leaves
    self.isLenient = isLenient
    places = Array(repeating: [], count: leaves.count)
    for (index, leaf) in leaves.enumerated() where leaf.kind == .unresolved {
      unresolved.insert(index)
    }
    try findPlaces()
    for (index, leaf) in leaves.enumerated() {
      try lines.control.throwIfCancelled()
      if case .monotone(let x, let y) = leaf.kind, !unresolved.contains(index) {
        do { try join(index, x, y) } catch let error as DegenerateCuts {
          guard isLenient else { throw error }

          unresolved.insert(index)
        }
      }
    }
    chain()
  }

  // MARK: Places on lines

  private struct Line: Hashable {
    let axis: PlaneAxis
    let value: Double
  }

  private mutating func findPlaces() throws {
    var below: [Line: [Int]] = [:]
    var above: [Line: [Int]] = [:]
    for (index, leaf) in leaves.enumerated() {
      if case .excluded = leaf.kind { continue }
      for axis in [PlaneAxis.x, .y] {
        below[Line(axis: axis, value: leaf.cell.high(axis)), default: []].append(index)
        above[Line(axis: axis, value: leaf.cell.low(axis)), default: []].append(index)
      }
    }
    let edges = [PlaneAxis.x, .y].flatMap { axis in
      let side = lines.frame.axis(axis)
      return [side.low, side.high].map { Line(axis: axis, value: $0) }
    }
    for line in edges {
      if let fixed = lines.frame.axis(line.axis).exact(line.value),
        lines.curve.vanishes(fixing: line.axis, at: fixed)
      {
        edgesOnCurve.append((line.axis, line.value))
      }
    }
    do {
      for line in edges where !edgesOnCurve.contains(where: { $0 == (line.axis, line.value) }) {
        try edge(line, (below[line] ?? []) + (above[line] ?? []))
      }
    }
    for (line, first) in below.sorted(by: { Self.precedes($0.key, $1.key) }) {
      guard let second = above[line] else { continue }
      let along = line.axis.other
      let (a, b) = (ordered(first, along), ordered(second, along))
      var (i, j) = (0, 0)
      while i < a.count, j < b.count {
        let (p, q) = (leaves[a[i]].cell, leaves[b[j]].cell)
        let (low, high) = (
          max(p.low(along), q.low(along)), min(p.high(along), q.high(along))
        )
        if low < high { try segment(line, low, high, [a[i], b[j]]) }
        if p.high(along) < q.high(along) { i += 1 } else { j += 1 }
      }
    }
  }

  private static func precedes(_ a: Line, _ b: Line) -> Bool {
    a.axis == b.axis ? a.value < b.value : a.axis == .x
  }

  private func ordered(_ cells: [Int], _ axis: PlaneAxis) -> [Int] {
    cells.sorted { leaves[$0].cell.low(axis) < leaves[$1].cell.low(axis) }
  }

  private mutating func segment(
    _ line: Line, _ low: Double, _ high: Double, _ cells: [Int]
  ) throws {
    try lines.control.throwIfCancelled()
    if cells.allSatisfy({ unresolved.contains($0) }) || cells.contains(where: isSealed) { return }
    let isMonotone = cells.contains { slope($0, line.axis.other) != 0 }
    do {
      for node in try lines.crossings(
        line.axis, line.value, from: low, to: high, isMonotone: isMonotone)
      { add(node, cells) }
    } catch let error as DegenerateCuts {
      guard isLenient else { throw error }

      unresolved.formUnion(cells)
    }
  }

  private mutating func add(_ node: CurveNode, _ cells: [Int]) {
    for cell in cells { places[cell].append(nodes.count) }
    nodes.append(node)
  }

  private func slope(_ leaf: Int, _ axis: PlaneAxis) -> Int {
    guard case .monotone(let x, let y) = leaves[leaf].kind, !unresolved.contains(leaf) else {
      return 0
    }
    return axis == .x ? x : y
  }

  /// Whether an edge of the rectangle that lies on the curve is all of the curve in a cell, as the function is
  /// strictly monotone away from it.
  private func isSealed(_ leaf: Int) -> Bool {
    let cell = leaves[leaf].cell
    return edgesOnCurve.contains { edge in
      slope(leaf, edge.line) != 0
        && (cell.low(edge.line) == edge.value || cell.high(edge.line) == edge.value)
    }
  }

  /// The places on an edge of the rectangle, and which cells they belong to.
  private mutating func edge(_ line: Line, _ cells: [Int]) throws {
    let along = line.axis.other
    if let exact = try lines.exactPlaces(onEdge: line.axis, line.value) {
      for node in exact {
        let owners = cells.filter {
          let cell = leaves[$0].cell
          return cell.low(along) <= node.upper && node.lower <= cell.high(along)
        }
        // A place between two cells: other cuts.
        if owners.count > 1 {
          guard isLenient else { throw DegenerateCuts() }

          unresolved.formUnion(owners)
          continue
        }
        if node.kind == .corner { try corner(node, owners) } else { add(node, owners) }
      }
      return
    }
    for cell in ordered(cells, along) where !unresolved.contains(cell) {
      let (a, b) = (leaves[cell].cell.low(along), leaves[cell].cell.high(along))
      do {
        let ends = lines.frame.axis(along)
        if let end = [a, b].first(where: {
          ends.isEnd($0) && lines.sign(line.axis, line.value, at: $0) == 0
        }) {
          // Where the function is monotone along the side, the corner is its only zero.
          guard slope(cell, along) != 0 else {
            throw DegenerateCuts(line.axis, line.value, end, end)
          }
          try corner(
            CurveNode(
              line: line.axis, value: line.value, lower: end, upper: end, signBelow: 0,
              kind: .corner, isOnEdge: true), [cell])
          continue
        }
        for node in try lines.crossings(
          line.axis, line.value, from: a, to: b, isMonotone: slope(cell, along) != 0)
        { add(node, [cell]) }
      } catch let error as DegenerateCuts {
        // The edge is given: other cuts do not help where the curve touches it, smaller cells do.
        unresolved.insert(cell)
        if let part = error.part { stubborn.append(part) }
      }
    }
  }

  /// A corner belongs to two edges and is one place.
  private mutating func corner(_ node: CurveNode, _ owners: [Int]) throws {
    for owner in owners {
      for other in places[owner] {
        let known = nodes[other]
        if known.kind == .corner, known.line != node.line, known.value == node.lower,
          known.lower == node.value
        {
          return
        }
      }
    }
    add(node, owners)
  }

  // MARK: Pieces in cells

  private mutating func join(_ index: Int, _ x: Int, _ y: Int) throws {
    let cell = leaves[index].cell
    let axis: PlaneAxis = y != 0 ? .x : .y
    let slope = y != 0 ? y : x
    let across = axis.other
    if isSealed(index) { return }
    for edge in edgesOnCurve
    where edge.line == axis && (cell.low(axis) == edge.value || cell.high(axis) == edge.value) {
      throw DegenerateCuts()
    }
    let order = try sorted(places[index], axis)
    if order.allSatisfy({ nodes[$0].kind == .crossing }) {
      guard order.count % 2 == 0 else { throw DegenerateCuts() }
      for k in stride(from: 0, to: order.count, by: 2) {
        arcs.append(
          CurveArc(
            leaf: index, cell: cell, axis: axis, slope: slope, isMonotone: x != 0 && y != 0,
            first: order[k],
            last: order[k + 1]))
      }
      return
    }
    var used: Set<Int> = []
    for (a, b) in zip(order, order.dropFirst()) {
      let t = (nodes[a].bounds(axis).upper + nodes[b].bounds(axis).lower) / 2
      guard let low = lines.sign(axis, t, at: cell.low(across)),
        let high = lines.sign(axis, t, at: cell.high(across)), low != 0, high != 0
      else { throw DegenerateCuts() }
      if low != high {
        arcs.append(
          CurveArc(
            leaf: index, cell: cell, axis: axis, slope: slope, isMonotone: x != 0 && y != 0,
            first: a, last: b))
        used.formUnion([a, b])
      }
    }
    isolated += order.filter { !used.contains($0) }
  }

  /// Nodes in increasing order along an axis, their bounds made disjoint.
  private mutating func sorted(_ list: [Int], _ axis: PlaneAxis) throws -> [Int] {
    var rounds = 0
    while true {
      let order = list.sorted {
        let (p, q) = (nodes[$0].bounds(axis), nodes[$1].bounds(axis))
        return p.lower + p.upper < q.lower + q.upper
      }
      var isDisjoint = true
      for (a, b) in zip(order, order.dropFirst())
      where nodes[a].bounds(axis).upper >= nodes[b].bounds(axis).lower {
        isDisjoint = false
        let halves = [a, b].map { nodes[$0].line != axis && lines.halve(&nodes[$0]) }
        if !halves.contains(true) { throw DegenerateCuts() }
      }
      if isDisjoint { return order }
      rounds += 1
      if rounds > 2000 { throw DegenerateCuts() }
    }
  }

  // MARK: Chains

  private mutating func chain() {
    var meeting: [[Int]] = Array(repeating: [], count: nodes.count)
    for (index, arc) in arcs.enumerated() {
      meeting[arc.first].append(index)
      meeting[arc.last].append(index)
    }
    for leaf in unresolved { for node in places[leaf] { joints[node, default: []].append(leaf) } }
    var isUsed = Array(repeating: false, count: arcs.count)
    func follow(_ start: Int, _ first: Int) -> CurveChain {
      var chain = CurveChain(arcs: [], nodes: [start], isClosed: false)
      var (node, arc) = (start, first)
      while true {
        isUsed[arc] = true
        let isForward = arcs[arc].first == node
        chain.arcs.append((arc, isForward))
        node = isForward ? arcs[arc].last : arcs[arc].first
        chain.nodes.append(node)
        guard let next = meeting[node].first(where: { !isUsed[$0] }) else { break }
        arc = next
      }
      chain.isClosed = node == start
      return chain
    }
    for node in nodes.indices where meeting[node].count == 1 && !isUsed[meeting[node][0]] {
      chains.append(follow(node, meeting[node][0]))
    }
    for arc in arcs.indices where !isUsed[arc] { chains.append(follow(arcs[arc].first, arc)) }
  }
}
