import Arbitrary
import Dispatch
import Exact
import Synchronization

/// All zeros of a system in a box: boxes that hold exactly one each, and boxes that stayed open.
///
/// Boxes are cut in two, all of one size before smaller ones. A box is dropped where a component excludes zero, by its
/// natural extension or the mean value form, where a condition fails, or where Newton's method leaves
/// nothing of it. Where the slopes over a box somewhat larger are regular, that has at most one zero; Newton's
/// iteration looks for it, and an inflated box around what it finds is proved to hold it, or the search goes on.
/// Larger boxes, which reach over the sides, are what makes zeros on sides no special case.
///
/// **Guarantee:** every zero of the system in the box at which all formulas are defined and the conditions hold
/// lies in one of ``roots`` or in ``open``. Each of ``roots`` holds exactly one zero, and they are different
/// ones; it may lie a little outside the box.
struct SystemSearch: Sendable {
  let function: SystemFunction
  let frame: [DoubleInterval]
  let limit: Int
  /// Whether a box in which not all is proved defined and continuous may be dropped by the first equation alone.
  let isStrict: Bool

  /// A box with exactly one zero.
  struct Root: Sendable {
    let box: [DoubleInterval]
    /// A larger box without another one.
    let region: [DoubleInterval]
  }

  private(set) var roots: [Root] = []
  private(set) var open: [[DoubleInterval]] = []
  /// Whether boxes are open because there were too many.
  private(set) var isLimited = false

  private struct Pending: Sendable {
    var box: [DoubleInterval]
    var depth: Int
  }

  private enum Finding: Sendable {
    case empty
    case root(Root)
    case parts([Pending])
    case open([DoubleInterval])
  }

  /// The least width of a box in units of the whole.
  private static let least = 0x1p-44

  /// - Throws: ``RootError/cancelled``.
  init(
    _ function: SystemFunction, in frame: [DoubleInterval], limit: Int, isStrict: Bool = false
  ) throws {
    self.function = function
    self.isStrict = isStrict
    self.frame = frame
    self.limit = limit
    var front = [Pending(box: frame, depth: 0)]
    var examined = 0
    while !front.isEmpty {
      if examined + front.count > limit {
        isLimited = true
        open += front.map(\.box)
        break
      }
      examined += front.count
      let findings = try examine(front)
      front = []
      for finding in findings {
        switch finding {
        case .empty: break
        case .root(let root): try add(root)
        case .parts(let parts): front += parts
        case .open(let box): open.append(box)
        }
      }
    }
  }

  /// All boxes of a round, on all cores; the result does not depend on which does what.
  private func examine(_ front: [Pending]) throws -> [Finding] {
    let isCancelled = Atomic<Bool>(Task.isCancelled)
    let size = max(1, min(64, front.count / 8))
    let chunks = (front.count + size - 1) / size
    let results = Mutex<[[Finding]]>(Array(repeating: [], count: chunks))
    DispatchQueue.concurrentPerform(iterations: chunks) { chunk in
      // The caller's thread takes part, and knows its task.
      if Task.isCancelled { isCancelled.store(true, ordering: .relaxed) }
      if isCancelled.load(ordering: .relaxed) { return }
      let part = front[(chunk * size)..<min((chunk + 1) * size, front.count)]
      let found = part.map { examine($0) }
      results.withLock { $0[chunk] = found }
    }
    if isCancelled.load(ordering: .relaxed) { throw RootError.cancelled }
    return results.withLock { $0.flatMap { $0 } }
  }

  // MARK: One box

  private func examine(_ pending: Pending) -> Finding {
    var box = pending.box
    var slopes: [[DoubleInterval]]?
    let precision = 96 + 2 * pending.depth
    for round in 0..<3 {
      if function.fails(box) { return .empty }
      var all = function.slopes(box)
      if excludes(all) { return .empty }
      var isPrecise = false
      if all.jacobian == nil, pending.depth >= 4 * box.count {
        all = function.slopes(box, precision: precision)
        isPrecise = true
        if excludes(all) || function.isUndefined(box, precision: precision, isStrict: isStrict) {
          return .empty
        }
      }
      guard var jacobian = all.jacobian else {
        slopes = nil
        break
      }
      let middle = box.map(\.midpoint)
      let point = middle.map { DoubleInterval(point: $0) }
      var value = isPrecise ? function.values(point, precision: precision) : function.values(point)
      if !isPrecise, pending.depth >= 4 * box.count, isSpoiled(value, jacobian, box) {
        value = function.values(point, precision: precision)
        let precise = function.slopes(box, precision: precision)
        if excludes(precise) { return .empty }
        jacobian = precise.jacobian ?? jacobian
      }
      slopes = jacobian
      if meanValues(value, jacobian, box, point).contains(where: { $0.sign != nil }) {
        return .empty
      }
      guard
        let newton = BoxNewton(box: box, middle: middle, value: value, slopes: jacobian)
      else { break }
      if newton.isRegular, let finding = isolate(box, depth: pending.depth) { return finding }
      guard let next = newton.narrowed() else { return .empty }
      let isBetter = zip(next, box).contains { $0.width < 0.6 * $1.width }
      box = next
      if !isBetter || round == 2 { break }
    }
    return cut(Pending(box: box, depth: pending.depth), slopes)
  }

  private func excludes(_ all: SystemFunction.Slopes) -> Bool {
    if isStrict, all.jacobian == nil { return all.values[0].sign != nil }
    return all.values.contains { $0.sign != nil }
  }

  private func meanValues(
    _ value: [DoubleInterval], _ slopes: [[DoubleInterval]], _ box: [DoubleInterval],
    _ middle: [DoubleInterval]
  ) -> [DoubleInterval] {
    box.indices.map { row in
      box.indices.reduce(value[row]) { $0 + slopes[row][$1] * (box[$1] - middle[$1]) }
    }
  }

  /// Whether rounding is a good part of what the value at the middle leaves open.
  private func isSpoiled(
    _ value: [DoubleInterval], _ slopes: [[DoubleInterval]], _ box: [DoubleInterval]
  ) -> Bool {
    box.indices.contains { row in
      let change = box.indices.reduce(0.0) { $0 + slopes[row][$1].magnitude * box[$1].width }
      return !(value[row].width <= 0.02 * change)
    }
  }

  // MARK: Roots

  /// The zero of a box that has at most one, or that it has none; nil where neither is proved.
  private func isolate(_ box: [DoubleInterval], depth: Int) -> Finding? {
    let precision = 96 + 2 * depth
    // So large that neighbours have their common side inside.
    var larger = zip(box, frame).map { side, whole in
      let margin = max(0.125 * side.width, 0x1p-46 * whole.width)
      return DoubleInterval(side.lower - margin, side.upper + margin)
    }
    var slopes = function.slopes(larger, precision: precision).jacobian
    if slopes == nil {
      // The formulas may end at a side of the whole.
      larger = zip(larger, frame).map { side, whole in side.intersection(whole) ?? side }
      slopes = function.slopes(larger, precision: precision).jacobian
    }
    guard let jacobian = slopes else { return nil }
    let middle = larger.map(\.midpoint)
    let point = middle.map { DoubleInterval(point: $0) }
    let value = function.values(point, precision: precision)
    guard
      let newton = BoxNewton(box: larger, middle: middle, value: value, slopes: jacobian),
      newton.isRegular
    else { return nil }
    guard let narrow = newton.narrowed() else { return .empty }
    guard let near = approximate(from: narrow.map(\.midpoint), in: larger, precision: precision),
      let proved = Self.prove(near, of: function, in: larger, precision: precision)
    else { return nil }
    // The only zero nearby lies outside the box.
    if zip(proved, box).contains(where: { $0.intersection($1) == nil }) { return .empty }
    return .root(Root(box: proved, region: larger))
  }

  /// Newton's iteration, which proves nothing; nil where it leaves the box.
  private func approximate(
    from start: [Double], in box: [DoubleInterval], precision: Int
  ) -> [Double]? {
    var x = start
    for _ in 0..<30 {
      let point = x.map { DoubleInterval(point: $0) }
      let all = function.slopes(point, precision: precision)
      guard let jacobian = all.jacobian,
        let inverse = BoxNewton.inverse(jacobian.map { $0.map(\.midpoint) })
      else { return nil }
      var isSmall = true
      for row in x.indices {
        let step = x.indices.reduce(0.0) { $0 + inverse[row][$1] * all.values[$1].midpoint }
        guard step.isFinite else { return nil }
        x[row] -= step
        if step.magnitude > 0x1p-50 * max(x[row].magnitude, box[row].width) { isSmall = false }
        guard box[row].lower <= x[row], x[row] <= box[row].upper else { return nil }
      }
      if isSmall { return x }
    }
    return x
  }

  /// A box around a point that is proved to hold exactly one zero, and no other beside it in a regular box.
  ///
  /// Source: Rump 1999 (inflation).
  static func prove(
    _ point: [Double], of function: SystemFunction, in region: [DoubleInterval], precision: Int
  ) -> [DoubleInterval]? {
    var radii = point.indices.map {
      max(0x1p-46 * point[$0].magnitude, 0x1p-52 * region[$0].width)
    }
    for _ in 0..<8 {
      let box = point.indices.map {
        DoubleInterval(point[$0] - radii[$0], point[$0] + radii[$0])
      }
      guard zip(box, region).allSatisfy({ $0.lower >= $1.lower && $0.upper <= $1.upper }),
        let jacobian = function.slopes(box, precision: precision).jacobian
      else { return nil }
      let value = function.values(
        point.map { DoubleInterval(point: $0) }, precision: precision)
      guard let newton = BoxNewton(box: box, middle: point, value: value, slopes: jacobian) else {
        return nil
      }
      if let image = newton.provedImage { return image }
      let image = newton.image
      radii = point.indices.map {
        max(
          1.5 * radii[$0], 1.25 * (image[$0].upper - point[$0]),
          1.25 * (point[$0] - image[$0].lower))
      }
    }
    return nil
  }

  /// Whether a box lies in another.
  static func isInside(_ box: [DoubleInterval], _ other: [DoubleInterval]) -> Bool {
    zip(box, other).allSatisfy { $0.lower >= $1.lower && $0.upper <= $1.upper }
  }

  /// Takes a root unless it is known already: a root inside the region of another one is that one.
  private mutating func add(_ root: Root) throws {
    for known in roots {
      if zip(known.box, root.box).contains(where: { $0.intersection($1) == nil }) { continue }
      if Self.isInside(root.box, known.region) || Self.isInside(known.box, root.region) { return }
      // They overlap without being proved to be one: the box is looked at as open.
      open.append(root.box)
      return
    }
    roots.append(root)
  }

  // MARK: Cuts

  private func cut(_ pending: Pending, _ slopes: [[DoubleInterval]]?) -> Finding {
    let box = pending.box
    let sizes = box.indices.map { box[$0].width / frame[$0].width }
    guard let widest = sizes.max(), widest >= Self.least else { return .open(box) }
    // The axis along which the equations change most, each in its own measure, of those that are not narrow yet.
    var weights = sizes
    if let slopes {
      let change = box.indices.map { row in
        box.indices.map { slopes[row][$0].magnitude * box[$0].width }
      }
      for axis in box.indices {
        let share = box.indices.map { row in
          let total = change[row].reduce(0, +)
          return total > 0 ? change[row][axis] / total : 0
        }.max()
        weights[axis] = (share ?? 0) + 0.25 * sizes[axis] / widest
      }
    }
    let order = box.indices.filter { sizes[$0] >= max(Self.least, 0x1p-12 * widest) }
      .sorted { weights[$0] > weights[$1] }
    for axis in order {
      // Off the middle, so that zeros at simple places do not lie on cuts.
      let side = box[axis]
      let place = side.lower + side.width * (493.0 / 1009)
      guard side.lower < place, place < side.upper else { continue }
      var (low, high) = (box, box)
      low[axis] = DoubleInterval(side.lower, place)
      high[axis] = DoubleInterval(place, side.upper)
      return .parts([
        Pending(box: low, depth: pending.depth + 1), Pending(box: high, depth: pending.depth + 1),
      ])
    }
    return .open(box)
  }
}
