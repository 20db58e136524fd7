import Arbitrary
import Exact
import Symbolic
import Synchronization

/// The place at which a kernel takes a value that is enclosed to any precision, by one of its inverses.
///
/// That the inverse is defined at the value and continuous around it is proved once, on an enclosure of the
/// value; from then on every enclosure of the value, narrow or wide, has an image that holds the place.
final class KernelPlace: Sendable {
  let map: KernelInverse
  private let value: @Sendable (Int) throws -> Interval
  private let inverse: CompiledFunction
  private let conditions: CompiledFunction
  /// The inverse in balls; nil where that needs complex numbers.
  private let section: FormulaSection?
  private let state = Mutex(State())

  private struct State {
    /// Whether there is such a place; nil where it was not decided yet.
    var exists: Bool?
    /// How many bits the inverse loses, as far as it was seen.
    var loss = 16
    var evaluations: [Int: Int] = [:]
  }

  /// - Parameter value: an enclosure of the value at a precision in bits.
  /// - Throws: ``RootError/badInput(_:)`` where the inverse cannot be compiled.
  init(_ map: KernelInverse, value: @escaping @Sendable (Int) throws -> Interval) throws {
    self.map = map
    self.value = value
    do {
      inverse = try CompiledFunction(map.inverse, of: [KernelInverse.parameter])
      conditions = try CompiledFunction(map.conditions, of: [KernelInverse.parameter])
    } catch { throw RootError.badInput("\(error)") }
    section = SectionForm(inverse.program, moving: 0).map { FormulaSection($0) { _ in [] } }
  }

  private init(_ other: KernelPlace, value: @escaping @Sendable (Int) throws -> Interval) {
    (map, inverse, conditions) = (other.map, other.inverse, other.conditions)
    section = other.section?.renewed
    self.value = value
    let (exists, loss) = other.state.withLock { ($0.exists, $0.loss) }
    state.withLock { ($0.exists, $0.loss) = (exists, loss) }
  }

  /// The same place of a value that is the same, as it was before it was refined.
  func renewed(_ value: (@Sendable (Int) throws -> Interval)? = nil) -> KernelPlace {
    KernelPlace(self, value: value ?? self.value)
  }

  /// How often the inverse was evaluated, by precision.
  var evaluations: [Int: Int] { state.withLock { $0.evaluations } }

  /// Whether there is such a place.
  ///
  /// - Throws: ``RootError/precisionLimit(digits:)`` where it stays open; what the value throws.
  func exists() throws -> Bool {
    if let known = state.withLock({ $0.exists }) { return known }
    var bits = 96
    while bits <= 4352 {
      let box = [try value(bits)]
      let signs = conditions.values(over: box, precision: bits).map(\.certainSign)
      let place = inverse.values(over: box, precision: bits)[0]
      // Nowhere defined, as at a pole of the inverse: taken in no place.
      var exists: Bool?
      if signs.contains(where: { $0 == -1 || $0 == 0 }) || place.isEmpty {
        exists = false
      } else if !signs.contains(where: { $0 == nil }), place.isBounded,
        inverse.isContinuous(over: box, precision: bits)
      {
        exists = true
      }
      if let exists {
        let reached = (place.magnitude.exponent ?? 0) - (place.width.exponent ?? 0)
        state.withLock {
          $0.exists = exists
          if exists, !place.isPoint { $0.loss = max($0.loss, min(bits - reached + 8, 4096)) }
        }
        return exists
      }
      bits *= 2
    }
    throw RootError.precisionLimit(digits: 20)
  }

  /// An enclosure of the place with about so many significant bits.
  ///
  /// - Throws: ``RootError/badInput(_:)`` where there is no such place,
  ///   ``RootError/precisionLimit(digits:)`` where the precision is not reached; what the value throws.
  func interval(precision: Int) throws -> Interval {
    guard try exists() else { throw RootError.badInput("\(map.kernel) does not take the value") }
    let limit = 4 * precision + 4096
    while true {
      let loss = state.withLock { $0.loss }
      let bits = precision + loss
      if bits > limit { throw RootError.precisionLimit(digits: precision * 3 / 10) }
      let place = image(try value(bits), precision: bits)
      state.withLock { $0.evaluations[bits, default: 0] += 1 }
      let size = place.magnitude.exponent ?? 0
      let error = place.isPoint ? Int.min / 2 : place.width.exponent ?? Int.max / 2
      // A place at zero has no significant bits.
      if !place.isEmpty, place.isBounded, error <= size - precision || size < -precision {
        return place
      }
      let missing = place.isBounded ? min(max(error - (size - precision), 8), bits) : bits
      state.withLock { $0.loss = max($0.loss, loss + missing + 8) }
    }
  }

  private func image(_ box: Interval, precision: Int) -> Interval {
    if let section {
      let ball = section.value(over: Ball(box, precision: precision), precision: precision)
      if !ball.isEmpty, !ball.isEntire { return ball.interval }
    }
    return inverse.values(over: [box], precision: precision)[0]
  }
}
