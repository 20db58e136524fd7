import Algebra
import Arbitrary
import Dispatch
import Exact
import Foundation
import Synchronization

/// Points on the pieces of a curve, and the whole as a ``Boundary``.
struct CurveBoundary<Curve: PlaneCurve>: Sendable {
  let job: BoundaryTrace<Curve>
  let curve: Curve
  let index: Int
  let frame: CurveFrame
  let refinement: CurveRefinement<Curve>
  let lines: CurveLines<Curve>
  let leaves: [CurveSubdivision<Curve>.Leaf]
  let unresolved: Set<Int>
  let nodes: [CurveNode]
  private(set) var arcs: [CurveArc]
  private(set) var chains: [CurveChain]
  /// The arcs as they were found, for the certificate.
  let foundArcs: [CurveArc]
  let isolated: [Int]
  let clusters: [CurveCell]
  /// The cluster at which a node's chain stops.
  let clusterOfNode: [Int: Int]
  let edgesOnCurve: [(line: PlaneAxis, value: Double)]

  /// A few places along every arc of every chain.
  var outlines: [[[Sample]]] = []

  init(job: BoundaryTrace<Curve>, index: Int, structure: CurveArcs<Curve>) {
    self.job = job
    self.index = index
    curve = job.curves[index]
    lines = structure.lines
    frame = structure.lines.frame
    refinement = CurveRefinement(curve: job.curves[index], frame: frame, control: job.control)
    nodes = structure.nodes.map { node in
      var node = node
      let start = node.upper - node.lower
      while node.upper - node.lower > 0x1p-20 * start, structure.lines.halve(&node) {}
      return node
    }
    arcs = structure.arcs
    foundArcs = structure.arcs
    leaves = structure.leaves
    unresolved = structure.unresolved
    chains = structure.chains
    isolated = structure.isolated
    edgesOnCurve = structure.edgesOnCurve
    let unresolved = structure.unresolved.sorted()
    let groups = CurveClusters.groups(unresolved.map { structure.leaves[$0].cell })
    clusters = groups.boxes
    var byLeaf: [Int: Int] = [:]
    for (position, leaf) in unresolved.enumerated() { byLeaf[leaf] = groups.group[position] }
    clusterOfNode = structure.joints.compactMapValues { $0.first.flatMap { byLeaf[$0] } }
    // An arc that is a graph over both axes is followed along the one on which the asked rectangle shows more of it.
    for chain in chains.indices {
      for part in chains[chain].arcs.indices {
        let (index, isForward) = chains[chain].arcs[part]
        guard let turned = turned(arcs[index]) else { continue }
        if turned.first != arcs[index].first { chains[chain].arcs[part].isForward = !isForward }
        arcs[index] = turned
      }
    }
    outlines = chains.map { chain in chain.arcs.map { outline($0.arc, $0.isForward) } }
  }

  /// One point to be computed.
  enum Task {
    case node(Int)
    /// On an arc, at about this value of the coordinate along.
    case onArc(Int, Double)
  }

  /// The length of all chains in units of the asked rectangle, about.
  var length: Double {
    Double(edgesOnCurve.count)
      + outlines.reduce(0) { $1.reduce($0) { $0 + ($1.last?.travelled ?? 0) } }
  }

  /// Points on all chains, cut into components.
  struct Traced {
    var components: [Boundary.Component] = []
    /// Of every component that is a part of a chain, that part, in the order of the components.
    var sections: [Section] = []
    var isolated: [Boundary.Point] = []
    var onArcs: [(arc: Int, point: Boundary.Point)] = []
  }

  func components(spacing: Double) throws -> Traced {
    var traced = Traced()
    var tasks: [Task] = []
    var sections: [Section] = []
    for index in chains.indices { sections += plan(index, spacing, &tasks) }
    let isolatedRange = tasks.count..<(tasks.count + isolated.count)
    tasks += isolated.map { .node($0) }
    let points = try compute(tasks)
    var planned:
      [(section: Section, left: Int, sides: (left: Boundary.Place, right: Boundary.Place)?)] = []
    for section in sections {
      let chain = chains[section.chain]
      let first = chain.arcs[0]
      let arc = arcs[first.arc]
      // Forward along x the greater y lie to the left, forward along y the lesser x.
      var left = arc.axis == .x ? arc.slope : -arc.slope
      if !first.isForward { left = -left }
      if isMirrored { left = -left }
      let sides = sides(section, tasks, left)
      // Neighbours of which nothing is known are one.
      if sides == nil, let last = planned.last, last.sides == nil,
        last.section.chain == section.chain
      {
        planned[planned.count - 1].section = last.section.joined(section)
      } else {
        planned.append((section, left, sides))
      }
    }
    for (section, left, sides) in planned {
      let chain = chains[section.chain]
      var own = points[section.tasks].compactMap { $0 }
      for index in own.indices.dropFirst().reversed() where own[index] == own[index - 1] {
        own.remove(at: index)
      }
      traced.sections.append(section)
      traced.components.append(
        Boundary.Component(
          points: own,
          arcs: chain.arcs[section.parts].map {
            Boundary.Arc(axis: arcs[$0.arc].axis, box: arcBox(arcs[$0.arc]))
          },
          curve: self.index, isClosed: chain.isClosed && section.isWhole,
          startsOnEdge: section.isFirst && isOnEdge(chain.nodes.first),
          endsOnEdge: section.isLast && isOnEdge(chain.nodes.last), signOnLeft: left, sides: sides))
    }
    traced.components += try edgesOnCurve.map { try straight($0.line, $0.value, spacing) }
    for (task, point) in zip(tasks, points) {
      if case .onArc(let arc, _) = task, let point { traced.onArcs.append((arc, point)) }
    }
    traced.isolated = points[isolatedRange].compactMap { $0 }
    return traced
  }

  func isOnEdge(_ node: Int?) -> Bool { node.map { nodes[$0].isOnEdge } ?? false }
}
