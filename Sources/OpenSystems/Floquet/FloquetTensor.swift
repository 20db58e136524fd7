import Algebra
import Arbitrary
import Exact

/// The rates of a Floquet–Born–Markov generator, enclosed.
///
/// T_{PQ} = Σ_K g(γ_a - γ_c + Kω) A^K_P conj(A^K_Q) for pairs P = (a, c), Q = (b, d), summed over baths:
/// R_{ab,cd} of the literature is T_{(ac)(bd)}. The sum over all K is finite here plus a bound of the rest by
/// Cauchy and Schwarz, with the bound of the bath and the tails of the elements.
struct FloquetTensor {
  let size: Int
  let values: Matrix<ComplexInterval>

  init(
    _ spectrum: FloquetSpectrum, _ elements: [FloquetElements], _ baths: [BathFunction],
    precision p: Int
  ) throws(FloquetError) {
    let n = spectrum.modes.count
    size = n
    var total = Matrix<ComplexInterval>(rows: n * n, columns: n * n)
    for (element, bath) in zip(elements, baths) {
      for pair in 0..<(n * n) {
        let row = element.values[pair]
        let difference =
          spectrum.modes[pair / n].quasienergy - spectrum.modes[pair % n].quasienergy
        var weighted: [ComplexInterval] = []
        var rates: [Interval] = []
        weighted.reserveCapacity(row.count)
        for (index, value) in row.enumerated() {
          if value.isZero {
            rates.append(.zero)
            weighted.append(.zero)
            continue
          }
          let k = element.first[pair] + index
          let x =
            pair / n == pair % n && k == 0
            ? Interval.zero : difference + Interval(k) * spectrum.frequency
          let rate = try bath.value(x, p)
          rates.append(rate)
          weighted.append(rate * value)
        }
        for other in 0..<(n * n) {
          let column = element.values[other]
          let shift = element.first[pair] - element.first[other]
          var sum = ComplexInterval.zero
          for index in row.indices {
            let place = index + shift
            guard column.indices.contains(place), !weighted[index].isZero else { continue }
            sum =
              pair == other
              ? sum + ComplexInterval(real: rates[index] * row[index].normSquared)
              : sum + weighted[index] * column[place].conj
          }
          let rest = Self.rest(element, bath, pair, other, difference, p)
          let widened =
            sum.isReal && row.allSatisfy(\.isReal) && column.allSatisfy(\.isReal) || pair == other
            ? ComplexInterval(real: sum.re.widened(by: rest)) : sum.widened(by: rest)
          total[pair, other] += widened
        }
      }
    }
    values = total
  }

  /// A bound of Σ g|A_P||A_Q| over the K at which one of the two is not stored.
  private static func rest(
    _ element: FloquetElements, _ bath: BathFunction, _ pair: Int, _ other: Int,
    _ difference: Interval, _ p: Int
  ) -> Real {
    let (x, y) = (Interval(element.tails[pair]), Interval(element.tails[other]))
    if x.isZero, y.isZero { return .zero }
    let flat = Interval(element.norm) * (x + y)
    let steep = Interval(element.slopeNorm) * (x + y)
    let size = bath.bound + bath.slope * Interval.abs(difference)
    return (size * flat + bath.slope * steep).upper
  }

  /// R_{aa,bb}: the rate from b to a, without the scale. Not negative, as g is.
  func rate(to a: Int, from b: Int) -> Interval {
    let value = values[a * size + b, a * size + b].re
    return value.intersection(Interval(between: .zero, and: .infinity))
  }

  /// L0_{ab,cd} = δ_bd S_ca + δ_ac conj(S_db) - T_(ac)(bd) - conj(T_(bd)(ac)), S_ca = Σ_e T_(ec)(ea).
  func generatorElement(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> ComplexInterval {
    let n = size
    var value = -(values[a * n + c, b * n + d] + values[b * n + d, a * n + c].conj)
    if b == d { for e in 0..<n { value = value + values[e * n + c, e * n + a] } }
    if a == c { for e in 0..<n { value = value + values[e * n + d, e * n + b].conj } }
    return value
  }
}
