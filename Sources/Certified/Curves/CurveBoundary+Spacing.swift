import Foundation

/// Points by curvature: a part of a chain counts with its length and with the angle by which its direction turns.
extension CurveBoundary {
  /// The angle by which all chains turn, about.
  var turning: Double {
    outlines.reduce(0) { $0 + angles($1).reduce(0) { $0 + $1.reduce(0, +) } }
  }

  /// Gives every step between samples half of its length and half of its turning, at a length for each radian.
  mutating func weigh(turning length: Double) {
    for chain in outlines.indices {
      let angles = angles(outlines[chain])
      for part in outlines[chain].indices {
        var (way, before) = (0.0, 0.0)
        for index in outlines[chain][part].indices {
          let travelled = outlines[chain][part][index].travelled
          if index > 0 { way += (travelled - before + length * angles[part][index]) / 2 }
          before = travelled
          outlines[chain][part][index].travelled = way
        }
      }
    }
  }

  /// For each sample half of the angles between the steps to it and the steps next to these.
  private func angles(_ chain: [[Sample]]) -> [[Double]] {
    let samples = chain.flatMap { $0 }
    var directions: [Double?] = [nil]
    for (p, q) in zip(samples, samples.dropFirst()) {
      let (dx, dy) = (q.x - p.x, q.y - p.y)
      directions.append(dx == 0 && dy == 0 ? nil : Foundation.atan2(dy, dx))
    }
    var turns = [Double](repeating: 0, count: samples.count)
    var last: (index: Int, direction: Double)?
    for (index, direction) in directions.enumerated() {
      guard let direction else { continue }
      if let last {
        let turn = Foundation.remainder(direction - last.direction, 2 * .pi).magnitude
        turns[last.index] += turn / 2
        turns[index] += turn / 2
      }
      last = (index, direction)
    }
    var result: [[Double]] = []
    var start = 0
    for part in chain {
      result.append(Array(turns[start..<(start + part.count)]))
      start += part.count
    }
    return result
  }
}
