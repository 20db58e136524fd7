import Arbitrary
import Exact

extension Program {
  /// The integral of the first output over its first input from -h to h, as a principal value where
  /// 0 is a pole.
  ///
  /// With f = u^v·φ(u) and φ(u) = Σ_{j<m} φ_j(0)·u^j + φ_m(ξ)·u^m (Taylor, Lagrange; for complex values
  /// the mean of φ_m, which the rectangle holds too), the odd powers leave nothing; a negative even
  /// power whose coefficient does not vanish makes the principal value infinite.
  ///
  /// - Parameter others: the values of the other inputs.
  /// - Throws: where f is not shown to be of that form on the segment.
  public func principalIntegral(
    halfWidth h: Real, others: [Interval], terms: Int, precision: Int
  ) throws(ArithmeticError) -> EndIntegral {
    let (arithmetic, jet) = try expansion(
      over: Interval(between: -h, and: h), others: others, terms: terms, precision: precision)
    return try jet.map { (jet) throws(ArithmeticError) in
      try arithmetic.integral(of: jet, to: h, isTwoSided: true)
    } ?? .unknown
  }

  /// The integral of the first output over its first input from 0 to h; 0 may be a singularity that
  /// can be removed.
  ///
  /// - Throws: as above.
  public func oneSidedIntegral(
    width h: Real, others: [Interval], terms: Int, precision: Int
  ) throws(ArithmeticError) -> EndIntegral {
    let (arithmetic, jet) = try expansion(
      over: Interval(between: Real.zero, and: h), others: others, terms: terms,
      precision: precision)
    return try jet.map { (jet) throws(ArithmeticError) in
      try arithmetic.integral(of: jet, to: h, isTwoSided: false)
    } ?? .unknown
  }

  private func expansion(
    over segment: Interval, others: [Interval], terms: Int, precision: Int
  ) throws(ArithmeticError) -> (JetArithmetic, Jet?) {
    let arithmetic = JetArithmetic(segment: segment, count: terms, precision: precision)
    let inputs =
      [arithmetic.variable]
      + others.map { arithmetic.constant(ComplexInterval(real: $0), isReal: true) }
    return (arithmetic, try run(arithmetic, inputs).first)
  }
}

extension JetArithmetic {
  func integral(
    of jet: Jet, to h: Real, isTwoSided: Bool
  ) throws(ArithmeticError) -> EndIntegral {
    let last = jet.count - 1
    guard last >= 1, jet.valuation + last >= 0 else { return .unknown }
    let end = Interval(h)
    var sum = ComplexInterval.zero
    for j in 0..<last {
      let exponent = jet.valuation + j
      if isTwoSided, !exponent.isMultiple(of: 2) { continue }
      let coefficient = jet.point[j]
      if exponent < 0 {
        if coefficient.isZero { continue }
        return coefficient.containsZero ? .unknown : .divergent
      }
      let power = Interval.powInt(end, exponent + 1, precision: precision)
      let factor = Interval.div(
        Interval.mul(Interval(isTwoSided ? 2 : 1), power, precision: precision),
        Interval(exponent + 1), precision: precision)
      sum = sum + scaled(coefficient, factor)
    }
    // u^(v+m)·φ_m(ξ): the weight has one sign on each side.
    let exponent = jet.valuation + last
    let weight = Interval.div(
      Interval.powInt(end, exponent + 1, precision: precision), Interval(exponent + 1),
      precision: precision)
    let right = scaled(jet.range[last], weight)
    sum = sum + right
    if isTwoSided {
      let left = scaled(jet.range[last], weight)
      sum = sum + (exponent.isMultiple(of: 2) ? left : -left)
    }
    guard sum.re.isBounded, sum.im.isBounded else { return .unknown }
    return .bounded(sum)
  }

  private func scaled(_ box: ComplexInterval, _ factor: Interval) -> ComplexInterval {
    ComplexInterval(
      re: Interval.mul(box.re, factor, precision: precision),
      im: box.isReal ? box.im : Interval.mul(box.im, factor, precision: precision))
  }
}
