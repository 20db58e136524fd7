import Arbitrary

/// The first Taylor coefficients of a function at a point, or at every point of an interval, as enclosures.
public struct TaylorSeries: Sendable {
  var coefficients: [DoubleInterval]

  init(_ coefficients: [DoubleInterval]) { self.coefficients = coefficients }

  /// The coordinate itself: c + τ.
  init(coordinate c: DoubleInterval, count: Int) {
    coefficients = [c]
    if count > 1 { coefficients.append(DoubleInterval(point: 1)) }
    pad(to: count)
  }

  init(constant c: DoubleInterval, count: Int) {
    coefficients = [c]
    pad(to: count)
  }

  var count: Int { coefficients.count }

  mutating func pad(to count: Int) {
    while coefficients.count < count { coefficients.append(.zero) }
  }

  func prefix(_ count: Int) -> TaylorSeries {
    var part = TaylorSeries(Array(coefficients.prefix(count)))
    part.pad(to: count)
    return part
  }

  static func + (a: TaylorSeries, b: TaylorSeries) -> TaylorSeries {
    TaylorSeries(zip(a.coefficients, b.coefficients).map { $0 + $1 })
  }

  static func * (a: TaylorSeries, b: TaylorSeries) -> TaylorSeries {
    var result = [DoubleInterval](repeating: .zero, count: a.count)
    for i in 0..<a.count where a.coefficients[i] != .zero {
      for j in 0..<(a.count - i) where b.coefficients[j] != .zero {
        result[i + j] = result[i + j] + a.coefficients[i] * b.coefficients[j]
      }
    }
    return TaylorSeries(result)
  }

  static func * (a: TaylorSeries, b: DoubleInterval) -> TaylorSeries {
    TaylorSeries(a.coefficients.map { $0 * b })
  }

  /// The whole line where the divisor may vanish.
  static func / (a: TaylorSeries, b: TaylorSeries) -> TaylorSeries {
    var result: [DoubleInterval] = []
    for k in 0..<a.count {
      var rest = a.coefficients[k]
      for j in 0..<k { rest = rest - result[j] * b.coefficients[k - j] }
      result.append(rest / b.coefficients[0])
    }
    return TaylorSeries(result)
  }

  /// The logarithm; nil where the function may be zero or negative.
  var logarithm: TaylorSeries? {
    guard coefficients[0].lower > 0 else { return nil }
    let first = DoubleInterval(
      Interval.log(coefficients[0].interval(precision: 53), precision: 64))
    // k·l_k·f_0 = k·f_k - Σ j·l_j·f_{k-j}, from f·l' = f'.
    var result = [first]
    for k in 1..<max(count, 1) {
      var rest = coefficients[k] * DoubleInterval(point: Double(k))
      for j in 1..<k {
        rest = rest - DoubleInterval(point: Double(j)) * result[j] * coefficients[k - j]
      }
      result.append(rest / (DoubleInterval(point: Double(k)) * coefficients[0]))
    }
    return TaylorSeries(result)
  }

  /// The derivative, with one coefficient less.
  var derivative: TaylorSeries {
    TaylorSeries(
      coefficients.indices.dropFirst().map { coefficients[$0] * DoubleInterval(point: Double($0)) })
  }
}

extension FrameAxis {
  /// The asked coordinate of a function of the own one; nil where it may have no series.
  func asked(_ own: TaylorSeries) -> TaylorSeries? {
    guard let map else { return own }
    guard let kernel = map.kernel, let log = own.logarithm else { return nil }
    let n = kernel.map { DoubleInterval(Interval($0, precision: 53)) }
    // t = (d·log k - b)/(a - c·log k).
    let top = log * n[3] + TaylorSeries(constant: -n[1], count: own.count)
    let bottom = log * (-n[2]) + TaylorSeries(constant: n[0], count: own.count)
    return bottom.coefficients[0].containsZero ? nil : top / bottom
  }
}
