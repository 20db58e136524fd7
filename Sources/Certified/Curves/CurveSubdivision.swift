import Arbitrary
import Dispatch
import Exact
import Synchronization

/// What a cell of a subdivision is known to be.
enum CellKind: Sendable, Hashable {
  /// The function has this sign on all of it.
  case excluded(Int)
  /// The function is strictly monotone along an axis: the signs of the slopes along x and y, zero
  /// where not definite, at least one not zero.
  case monotone(x: Int, y: Int)
  /// Neither was proved.
  case unresolved
}

/// The cells that a rectangle is divided into until on each the function has one sign, or is strictly
/// monotone along one axis.
///
/// Where one slope has one sign the curve in a cell is a graph over the other axis: what the tests C0 and
/// C1 of Plantinga and Vegter come to, as 0 ∉ ⟨∇F(B), ∇F(B)⟩ in interval arithmetic implies that a
/// component of ∇F(B) misses zero.
///
/// Cuts are off the middle by a fraction that looks random, so that lines of a symmetric curve, its
/// tips and crossings do not lie on them.
///
/// Source: Plantinga, Vegter 2004; Lin, Yap 2011.
struct CurveSubdivision<Curve: PlaneCurve>: Sendable {
  let curve: Curve
  let frame: CurveFrame
  /// Another choice of cuts.
  let salt: UInt64
  /// The greatest number of cells examined.
  let limit: Int
  /// The least width of a cell, as a fraction of the rectangle's.
  let least: Double
  /// Parts of the rectangle's edges at which cells are cut down to the least.
  var stubborn: [CurveCell] = []
  var control = WorkControl()
  /// The number of the curve, and of this subdivision of it, for progress and checkpoints.
  var curveNumber = 0
  var curveCount = 1
  var attempt = 0

  struct Leaf: Sendable {
    let cell: CurveCell
    let kind: CellKind
  }

  /// Cells on which the function is monotone are cut so often at least, for a good picture of the curve.
  private let leastDepth = 8

  private struct Pending: Sendable {
    let cell: CurveCell
    let depth: Int
  }

  private enum Test {
    case leaf(CellKind)
    case cut(PlaneAxis)
  }

  /// All leaves; their order depends on nothing but the input, unless the limit is reached.
  ///
  /// - Throws: ``RootError/cancelled``.
  func leaves() throws -> [Leaf] {
    let root = Pending(
      cell: CurveCell(x0: frame.x.low, x1: frame.x.high, y0: frame.y.low, y1: frame.y.high),
      depth: 0)
    var leaves: [Leaf] = []
    var front = [root]
    var examined = 0
    // Enough parts that both cores have work to the end.
    while !front.isEmpty, front.count < 96 {
      var next: [Pending] = []
      for pending in front {
        try control.throwIfCancelled()
        examined += 1
        advance(pending, &next, &leaves)
      }
      front = next
    }
    if front.isEmpty { return leaves }
    control.begin(
      .cells, total: front.count, curve: curveNumber + 1, curves: curveCount)
    control.advance(done: 0, cells: examined, area: area(leaves[...]))
    // The limit is shared out anew in every round, so that a part that needs more than its share takes nothing from
    // the others, and the result does not depend on the order of events.
    var round = 0
    while !front.isEmpty {
      let share = (limit - examined) / front.count
      if share < 4 {
        leaves += front.map { Leaf(cell: $0.cell, kind: .unresolved) }
        break
      }
      let parts = try subdivide(front, share: share, round: round)
      round += 1
      front = []
      for part in parts {
        leaves += part.leaves
        front += part.rest
        examined += part.examined
      }
    }
    return leaves
  }

  private struct Part: Sendable {
    var leaves: [Leaf] = []
    var rest: [Pending] = []
    var examined = 0
  }

  /// Each part of the work on its own, up to so many cells.
  private func subdivide(_ work: [Pending], share: Int, round: Int) throws -> [Part] {
    let results = Mutex<[Part]>(Array(repeating: Part(), count: work.count))
    DispatchQueue.concurrentPerform(iterations: work.count) { index in
      if control.isCancelled { return }
      let key = TraceCheckpoint.TreeKey(
        curve: curveNumber, attempt: attempt, round: round, part: index)
      let part = subdivide(work[index], share: share, key)
      results.withLock { $0[index] = part }
    }
    try control.throwIfCancelled()
    return results.withLock { $0 }
  }

  /// How many cells are examined between two reports of progress.
  private var reportEvery: Int { 64 }

  /// One part. Cells that an earlier run cut are cut without a test; what it left whole is tested again.
  private func subdivide(_ cell: Pending, share: Int, _ key: TraceCheckpoint.TreeKey) -> Part {
    var part = Part()
    part.rest = [cell]
    let known = control.checkpoint?.tree(key) ?? []
    var cuts: [Bool] = []
    var reported = 0
    while part.examined < share, let pending = part.rest.popLast() {
      if control.isCancelled {
        part.rest.append(pending)
        break
      }
      let index = part.examined
      part.examined += 1
      let before = part.leaves.count
      if index < known.count, known[index], size(pending.cell) >= least {
        split(pending, longerAxis(pending.cell), &part.rest, &part.leaves)
      } else {
        advance(pending, &part.rest, &part.leaves)
      }
      cuts.append(part.leaves.count == before)
      if part.examined % reportEvery == 0 {
        control.advance(done: 0, cells: reportEvery, area: area(part.leaves[reported...]))
        reported = part.leaves.count
      }
    }
    control.checkpoint?.store(cuts, key)
    control.advance(
      done: control.isCancelled || key.round > 0 ? 0 : 1, cells: part.examined % reportEvery,
      area: area(part.leaves[reported...]))
    return part
  }

  /// The share of the rectangle.
  private func area(_ leaves: ArraySlice<Leaf>) -> Double {
    leaves.reduce(0) { sum, leaf in
      sum + (leaf.cell.x1 - leaf.cell.x0) / frame.x.size
        * ((leaf.cell.y1 - leaf.cell.y0) / frame.y.size)
    }
  }

  private func size(_ cell: CurveCell) -> Double {
    max((cell.x1 - cell.x0) / frame.x.size, (cell.y1 - cell.y0) / frame.y.size)
  }

  private func longerAxis(_ cell: CurveCell) -> PlaneAxis {
    (cell.x1 - cell.x0) / frame.x.size >= (cell.y1 - cell.y0) / frame.y.size ? .x : .y
  }

  private func advance(_ pending: Pending, _ stack: inout [Pending], _ leaves: inout [Leaf]) {
    switch test(pending.cell, depth: pending.depth) {
    case .leaf(let kind): leaves.append(Leaf(cell: pending.cell, kind: kind))
    case .cut(let axis): split(pending, axis, &stack, &leaves)
    }
  }

  private func split(
    _ pending: Pending, _ axis: PlaneAxis, _ stack: inout [Pending], _ leaves: inout [Leaf]
  ) {
    guard let cut = cut(pending.cell, axis) else {
      leaves.append(Leaf(cell: pending.cell, kind: .unresolved))
      return
    }
    let (a, b) = pending.cell.parts(at: cut, axis)
    stack.append(Pending(cell: b, depth: pending.depth + 1))
    stack.append(Pending(cell: a, depth: pending.depth + 1))
  }

  private func test(_ cell: CurveCell, depth: Int) -> Test {
    if let kind = CellTest(curve: curve, frame: frame).kind(cell, depth: depth) {
      if depth >= leastDepth, !stubborn.contains(where: cell.meets) { return .leaf(kind) }
      if case .excluded = kind { return .leaf(kind) }
    }
    if size(cell) < least { return .leaf(.unresolved) }
    return .cut(longerAxis(cell))
  }

  /// A short double near the middle; nil where there is no room for it.
  private func cut(_ cell: CurveCell, _ axis: PlaneAxis) -> Double? {
    let (a, b) = (cell.low(axis), cell.high(axis))
    var mixed =
      (a.bitPattern &+ salt &+ (axis == .x ? 0 : 0x94D0_49BB_1331_11EB)) &* 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 29) ^ b.bitPattern) &* 0xBF58_476D_1CE4_E5B9
    mixed ^= mixed >> 31
    let width = b - a
    let share = 0.46 + 0.08 * Double(mixed >> 11) / Double(1 << 53)
    guard width > 0, width.isFinite else { return nil }
    let unit = Double(sign: .plus, exponent: max(width.exponent - 12, -1000), significand: 1)
    let cut = ((a + width * share) / unit).rounded() * unit
    // Ends are known to within two places of their doubles.
    let bounds = (frame.axis(axis).bounds(a).upper, frame.axis(axis).bounds(b).lower)
    return cut > bounds.0 && cut < bounds.1 ? cut : nil
  }
}
