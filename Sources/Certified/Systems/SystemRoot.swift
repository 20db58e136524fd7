import Arbitrary
import Exact
import Synchronization

/// The only zero of a system in a box, refined as far as it is asked for.
///
/// The step is Krawczyk's, K(X) = m - Y·f(m) + (I - Y·J)(X - m), with Y an inverse of the middle of the slopes J over X at the
/// precision that the box has so far: every zero in X is in K(X), and the width of K(X) is of the order of the square
/// of that of X. The value at m is needed at twice the bits, the slopes at half of them. What was reached is kept.
final class SystemRoot: Sendable {
  private let function: SystemFunction
  /// For each coordinate a power of two above the size of the asked range.
  private let exponents: [Int]
  private let state: Mutex<[Interval]>

  /// - Parameter box: holds exactly one zero; the slopes over it are proved and regular.
  init(_ function: SystemFunction, in box: [DoubleInterval], frame: [DoubleInterval]) {
    self.function = function
    exponents = frame.map { Real($0.magnitude).exponent ?? 0 }
    state = Mutex(box.map { $0.interval(precision: 53) })
  }

  var box: [Interval] { state.withLock { $0 } }

  /// A box with about so many bits in each coordinate: significant ones, or, where a coordinate is not told from zero,
  /// in units of the asked range.
  ///
  /// - Throws: ``RootError/precisionLimit(digits:)`` where rounding stops the refinement.
  func box(bits: Int) throws -> [Interval] {
    var box = state.withLock { $0 }
    defer {
      let reached = box
      // Another thread may have got farther meanwhile.
      state.withLock { now in
        if zip(reached, now).allSatisfy({ $0.isSubset(of: $1) }) { now = reached }
      }
    }
    var extra = 0
    var have = known(box)
    while have < bits {
      if Task.isCancelled { throw RootError.cancelled }
      if extra > 64 * bits + 8192 { throw RootError.precisionLimit(digits: bits * 3 / 10) }
      let start = max(have, 16)
      var goal = bits
      while goal > 2 * start, goal > 128 { goal = goal / 2 + 8 }
      goal = min(goal, 2 * start)
      let next = step(box, precision: goal + 48 + extra, slopePrecision: start + 64 + extra)
      guard let next else { throw RootError.badInput("a zero of a system is lost") }
      let now = known(next)
      box = next
      if now <= have + 4 { extra = extra == 0 ? 64 : 2 * extra }
      have = now
    }
    return box
  }

  private func known(_ box: [Interval]) -> Int {
    zip(box, exponents).map { side, exponent in
      guard let width = side.width.exponent else { return Int.max }
      let size = side.containsZero ? exponent : side.magnitude.exponent ?? exponent
      return size - width
    }.min() ?? .max
  }

  /// The box cut with K; nil where nothing is left.
  private func step(
    _ box: [Interval], precision: Int, slopePrecision: Int
  ) -> [Interval]? {
    let all = box.indices
    let slopes = function.compiled.enclose(box, precision: slopePrecision).jacobian
    guard slopes.allSatisfy({ $0.allSatisfy { $0.isBounded && !$0.isEmpty } }),
      let inverse = Self.inverse(slopes.map { $0.map(\.midpoint) }, precision: slopePrecision)
    else { return box }
    let middle = box.map { Interval($0.midpoint.rounded(precision: precision)) }
    guard zip(middle, box).allSatisfy({ $0.isSubset(of: $1) }) else { return box }
    let value = function.compiled.values(over: middle, precision: precision)
    guard !value.contains(where: \.isEmpty) else { return box }
    var result: [Interval] = []
    for row in all {
      var place = middle[row]
      for k in all {
        let term = Interval.mul(Interval(inverse[row][k]), value[k], precision: precision)
        place = Interval.sub(place, term, precision: precision)
      }
      for column in all {
        var entry = row == column ? Interval(1) : Interval.zero
        for k in all {
          let term = Interval.mul(
            Interval(inverse[row][k]), slopes[k][column], precision: slopePrecision)
          entry = Interval.sub(entry, term, precision: slopePrecision)
        }
        let change = Interval.sub(box[column], middle[column], precision: slopePrecision)
        place = Interval.add(
          place, Interval.mul(entry, change, precision: slopePrecision), precision: precision)
      }
      let next = box[row].intersection(place)
      if next.isEmpty { return nil }
      result.append(next)
    }
    return result
  }

  /// The inverse by elimination, not certified; nil where there is none.
  private static func inverse(_ matrix: [[Real]], precision: Int) -> [[Real]]? {
    let count = matrix.count
    var work = matrix.map { $0.map { $0.rounded(precision: precision) } }
    var result = (0..<count).map { row in
      (0..<count).map { Real($0 == row ? 1 : 0, precision: precision) }
    }
    for column in 0..<count {
      guard
        let pivot = (column..<count).max(by: {
          (work[$0][column].exponent ?? .min) < (work[$1][column].exponent ?? .min)
        }), work[pivot][column].exponent != nil
      else { return nil }
      work.swapAt(pivot, column)
      result.swapAt(pivot, column)
      let scale = work[column][column]
      for k in 0..<count {
        work[column][k] = work[column][k] / scale
        result[column][k] = result[column][k] / scale
      }
      for row in 0..<count where row != column {
        let factor = work[row][column]
        for k in 0..<count {
          work[row][k] = work[row][k] - factor * work[column][k]
          result[row][k] = result[row][k] - factor * result[column][k]
        }
      }
    }
    return result.allSatisfy { $0.allSatisfy(\.isFinite) } ? result : nil
  }
}
