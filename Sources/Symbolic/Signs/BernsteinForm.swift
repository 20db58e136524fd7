import Algebra
import Exact

/// A polynomial over the unit cube by its Bernstein coefficients, up to a positive factor.
///
/// The polynomial is a mean of its coefficients with weights that are positive inside the cube, so
/// coefficients of one sign, not all zero, give the polynomial that sign inside. On a face only the
/// coefficients of that face have weights. Halving the cube brings the coefficients towards the values.
///
/// Source: Bernstein 1912; Farouki, Rajan 1988 for the subdivision by de Casteljau's algorithm.
struct BernsteinForm: Sendable {
  /// By axis.
  let degrees: [Int]
  /// The last axis runs fastest.
  let coefficients: [Integer]

  /// - Parameter axes: the variable of each axis; no other occurs.
  /// - Throws: ``ArithmeticError/limit(_:)`` for more than `sizeLimit` coefficients.
  init(_ polynomial: Polynomial, axes: [Int], sizeLimit: Int) throws(ArithmeticError) {
    let degrees = axes.map { polynomial.degree(in: $0) }
    var size = 1
    for degree in degrees {
      size *= degree + 1
      if size > sizeLimit { throw .limit("\(sizeLimit) Bernstein coefficients") }
    }
    var values = [Integer](repeating: .zero, count: size)
    for (exponents, coefficient) in polynomial.terms {
      var index = 0
      for (axis, variable) in axes.enumerated() {
        index = index * (degrees[axis] + 1) + (polynomial.isConstant ? 0 : exponents[variable])
      }
      values[index] = coefficient
    }
    var form = BernsteinForm(degrees: degrees, coefficients: values)
    for axis in axes.indices where degrees[axis] > 0 {
      form = form.mapped(along: axis, BernsteinForm.fromPowers)
    }
    self = form
  }

  private init(degrees: [Int], coefficients: [Integer]) {
    self.degrees = degrees
    self.coefficients = coefficients
  }

  /// bᵢ = Σ_{k ≤ i} C(i, k)/C(d, k)·aₖ, times the common denominator.
  private static func fromPowers(_ powers: [Integer]) -> [Integer] {
    let degree = powers.count - 1
    var rows = [[Integer.one]]
    for i in stride(from: 1, through: degree, by: 1) {
      var row = [Integer.one]
      for k in 1..<max(i, 1) { row.append(rows[i - 1][k - 1] + rows[i - 1][k]) }
      rows.append(row + [.one])
    }
    let common = rows[degree].reduce(Integer.one) { Integer.lcm($0, $1) }
    let scaled = zip(powers, rows[degree]).map { power, binomial in
      power * (common.dividedExactly(by: binomial) ?? .zero)
    }
    return (0...degree).map { i in
      (0...i).reduce(Integer.zero) { $0 + rows[i][$1] * scaled[$1] }
    }
  }

  /// Every line along an axis replaced.
  private func mapped(along axis: Int, _ transform: ([Integer]) -> [Integer]) -> BernsteinForm {
    let step = degrees[(axis + 1)...].reduce(1) { $0 * ($1 + 1) }
    let count = degrees[axis] + 1
    var result = coefficients
    for start in coefficients.indices where (start / step) % count == 0 {
      let line = transform((0..<count).map { coefficients[start + $0 * step] })
      for (k, value) in line.enumerated() { result[start + k * step] = value }
    }
    return BernsteinForm(degrees: degrees, coefficients: result)
  }

  /// The forms over the two halves along an axis.
  func halves(along axis: Int) -> (BernsteinForm, BernsteinForm) {
    if degrees[axis] == 0 { return (self, self) }
    func lower(_ line: [Integer]) -> [Integer] {
      // Row r of the scheme is over 2^r; all are brought to 2^d.
      var row = line
      var result = [line[0] << (line.count - 1)]
      for r in 1..<line.count {
        row = zip(row, row.dropFirst()).map { $0 + $1 }
        result.append(row[0] << (line.count - 1 - r))
      }
      return result
    }
    return (
      mapped(along: axis, lower),
      mapped(along: axis) { line in Array(lower(line.reversed()).reversed()) }
    )
  }

  /// Which signs (-1, 0, 1) the polynomial may have on the cube without the facets that are left
  /// out; every sign that it has is among them.
  ///
  /// - Parameters:
  ///   - lower: by axis, whether the facet at 0 belongs to the set.
  ///   - upper: the same for the facet at 1.
  ///   - interiorOnly: no facet belongs to the set.
  func signs(lower: [Bool], upper: [Bool], interiorOnly: Bool) -> Set<Int> {
    let hasPositive = coefficients.contains { $0.signum > 0 }
    let hasNegative = coefficients.contains { $0.signum < 0 }
    if hasPositive && hasNegative { return [-1, 0, 1] }
    if !hasPositive && !hasNegative { return [0] }
    let sign = hasPositive ? 1 : -1
    return interiorOnly || !vanishesOnFace(lower, upper) ? [sign] : [0, sign]
  }

  /// Whether all coefficients vanish on some face of the set.
  ///
  /// A face that is a product of ends and whole axes has the coefficients of its smallest faces among
  /// its own, so that only those are looked at: an end on every axis that has one in the set.
  private func vanishesOnFace(_ lower: [Bool], _ upper: [Bool]) -> Bool {
    let choices: [[Int?]] = degrees.indices.map { axis in
      var ends: [Int?] = []
      if lower[axis] { ends.append(0) }
      if upper[axis] && degrees[axis] > 0 { ends.append(degrees[axis]) }
      return ends.isEmpty ? [nil] : ends
    }
    var faces: [[Int?]] = [[]]
    for list in choices { faces = faces.flatMap { face in list.map { face + [$0] } } }
    return faces.contains { face in
      !coefficients.indices.contains { index in
        if coefficients[index].isZero { return false }
        var rest = index
        for axis in degrees.indices.reversed() {
          let (quotient, place) = rest.quotientAndRemainder(dividingBy: degrees[axis] + 1)
          rest = quotient
          if let end = face[axis], end != place { return false }
        }
        return true
      }
    }
  }
}
