import Arbitrary
import Exact

extension FloquetSpectrum {
  /// The spectrum with each mode moved, n ↦ n + m, by whole frequencies into the zone [cut, cut + ω).
  ///
  /// - Throws: ``FloquetError/zoneUndecided(_:)`` where two gaps may be the largest,
  ///   ``FloquetError/cutTooClose(quasienergy:)``.
  func folded(_ zone: FloquetOptions.Zone, precision p: Int) throws(FloquetError) -> FloquetSpectrum
  {
    let omega = frequency.midpoint.approximateDouble
    let cut: Interval
    switch zone {
    case .at(let value): cut = Interval(value, precision: p)
    case .largestGap:
      try decideLargestGap()
      // Where in the gap does not matter.
      cut = Interval(
        FloquetZone.middleOfLargestGap(
          modes.map { $0.quasienergy.midpoint.approximateDouble }, frequency: omega))
    }
    var result = self
    for (a, mode) in modes.enumerated() {
      let above = (mode.quasienergy.midpoint - cut.midpoint).approximateDouble / omega
      guard above.magnitude < 1e9 else { throw .limit("quasienergies 10^9 zones away") }
      let turns = Int(above.rounded(.down))
      let shift = Interval.mul(Interval(turns), frequency, precision: p)
      let place = mode.quasienergy - shift
      guard (place - cut).lower.signum >= 0, (cut + frequency - place).lower.signum > 0 else {
        throw .cutTooClose(quasienergy: a)
      }
      result.modes[a].quasienergy = place
      // u(n)e^{inωt}: what the energy loses, the mode's phase loses too.
      result.modes[a].first = mode.first - turns
      let moved = Interval(mode.slopeError) + Interval.abs(shift) * Interval(mode.error)
      result.modes[a].slopeError = moved.upper
    }
    result.modes.sort { $0.quasienergy.lower < $1.quasienergy.lower }
    return result
  }

  private func decideLargestGap() throws(FloquetError) {
    guard modes.count > 1 else { return }
    let omega = frequency.midpoint.approximateDouble
    // On the circle, by intervals; the order by midpoints is that of the disjoint discs.
    var circle = modes.map { mode -> Interval in
      let turns = (mode.quasienergy.midpoint.approximateDouble / omega).rounded(.down)
      return turns.magnitude < 1e9
        ? mode.quasienergy - Interval(Int(turns)) * frequency : .entire
    }
    circle.sort { $0.lower < $1.lower }
    var gaps = zip(circle, circle.dropFirst()).map { $1 - $0 }
    gaps.append(circle[0] + frequency - circle[circle.count - 1])
    let order = gaps.indices.sorted { gaps[$0].midpoint > gaps[$1].midpoint }
    let (first, second) = (gaps[order[0]], gaps[order[1]])
    guard second.isCertainlyLess(than: first) else {
      throw .zoneUndecided("two gaps of about \(first.midpoint.approximateDouble)")
    }
  }
}
