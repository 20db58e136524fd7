import Arbitrary
import Exact

/// What a checkpoint tells of one place, and where the place is told to it.
struct PlaceMemory {
  let known: Interval?
  let store: (Interval) -> Void

  init(_ checkpoint: TraceCheckpoint?, curve: Int, task: Int) {
    let key = TraceCheckpoint.PointKey(curve: curve, task: task)
    known = checkpoint?.point(key)
    store = { checkpoint?.store($0, key) }
  }
}

extension CurveRefinement {
  /// As the method without memory; a place that the memory tells is proved by one step and then is the result.
  func place(
    _ line: Line, from a: Double, to b: Double, signBelow sign: Int, digits: Int,
    _ memory: PlaceMemory
  ) throws -> CertifiedCoordinate? {
    if let known = memory.known, try isConfirmed(known, line, a, b, digits: digits) {
      return .enclosed(known)
    }
    let found = try place(line, from: a, to: b, signBelow: sign, digits: digits)
    if case .enclosed(let interval)? = found { memory.store(interval) }
    return found
  }

  /// Whether the place between the bounds is proved to lie in the interval of the asked coordinate.
  ///
  /// With m the middle of the interval's image and B some widths around it, N = m - F(m)/F'(B) holds every zero in B,
  /// and there is one if N ⊆ B (Neumaier 1990, 5.1); as B lies between the bounds, it is the place. What is left is that
  /// the preimage of N lies in the interval. A few bits more than the interval has make N narrower.
  ///
  /// - Complexity: a value at the full precision and slopes at half of it.
  func isConfirmed(
    _ known: Interval, _ line: Line, _ a: Double, _ b: Double, digits: Int
  ) throws -> Bool {
    let free = frame.axis(line.axis.other)
    let precision = known.precision + 64
    guard precision <= 4 * (digits * 10 / 3) + 8192,
      Decimal.digits(of: known, significant: digits) != nil
    else { return false }
    let image = free.map?.forward(known, precision) ?? known
    let middle = image.midpoint
    let reach = Interval(Real.scale(image.width, byPowerOfTwo: 2, precision: 64))
    let around = Interval.add(
      Interval(middle), reach.union(-reach), precision: precision)
    guard image.width.signum > 0, around.isSubset(of: free.interval(a, b, precision: precision))
    else { return false }
    let slope = try slope(line, around, max(precision / 2, 96))
    guard CertifiedRoots.isDefinite(slope) else { return false }
    let value = try value(line, Interval(middle), precision)
    let newton = Interval.sub(
      Interval(middle), Interval.div(value, slope, precision: precision), precision: precision)
    guard newton.isSubset(of: around) else { return false }
    return (free.map?.inverse(newton, precision) ?? newton).isSubset(of: known)
  }
}
