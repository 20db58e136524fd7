import Algebra
import Arbitrary
import Exact
import Symbolic

/// What the baths do at one Bohr frequency of a group of couplings.
struct FrequencyPart {
  private let omega: Expression
  private let isZero: Bool
  /// The couplings of the group with a part at this frequency.
  private let active: [Int]
  private let lower: [Matrix<Expression>]
  private let raise: [Matrix<Expression>]
  private let baths: [ThermalBath]
  /// For each bath and each of its couplings the place in the group; nil for one of another group.
  private let places: [[Int?]]

  init(
    _ frequency: Eigenoperators<RationalFunction>.Frequency, _ basis: KernelBasis,
    _ baths: [ThermalBath], _ places: [[Int?]]
  ) {
    omega = basis.expression(frequency.value)
    isZero = frequency.isZero
    let active = frequency.operators.indices.filter { index in
      !frequency.operators[index].elements.allSatisfy(\.isZero)
    }
    self.active = active
    lower = active.map { frequency.operators[$0].map { basis.expression($0) } }
    raise = active.map { frequency.operators[$0].adjoint().map { basis.expression($0) } }
    self.baths = baths
    self.places = places
  }

  /// Emission and absorption, or the rates at zero frequency, and the Lamb shift.
  func add(
    to terms: inout [WeakCoupling.Term], shift: inout Matrix<Expression>
  ) throws(OpenSystemError) {
    let omega = omega
    if isZero {
      append(
        lower,
        try gathered { (bath, active) throws(OpenSystemError) in
          try bath.ratesAtZero(among: active)
        }, &terms)
      try addShift(raise, lower, .zero, &shift)
    } else {
      append(lower, try gathered { bath, _ in bath.rates(at: omega).emission }, &terms)
      append(raise, try gathered { bath, _ in bath.rates(at: omega).absorption }, &terms)
      try addShift(raise, lower, omega, &shift)
      try addShift(lower, raise, -omega, &shift)
    }
  }

  private func append(
    _ operators: [Matrix<Expression>], _ rates: Matrix<Expression>,
    _ terms: inout [WeakCoupling.Term]
  ) {
    if rates.elements.allSatisfy(\.isLiteralZero) { return }
    terms.append(WeakCoupling.Term(operators: operators, rates: rates))
  }

  /// The sum over baths of a matrix that each has for its couplings, on the active ones, the places of
  /// which in the bath are handed over.
  private func gathered(
    _ values: (ThermalBath, [Int]) throws(OpenSystemError) -> Matrix<Expression>?
  ) throws(OpenSystemError) -> Matrix<Expression> {
    var sums = [[Expression]](repeating: [], count: active.count * active.count)
    for (bath, map) in zip(baths, places) {
      let rows = map.map { place in place.flatMap { active.firstIndex(of: $0) } }
      let present = rows.indices.filter { rows[$0] != nil }
      guard !present.isEmpty, let matrix = try values(bath, present) else { continue }
      for (i, row) in rows.enumerated() {
        guard let row else { continue }
        for (j, column) in rows.enumerated() {
          guard let column, !matrix[i, j].isLiteralZero else { continue }
          sums[row * active.count + column].append(matrix[i, j])
        }
      }
    }
    return Matrix(rows: active.count, columns: active.count) {
      let list = sums[$0 * active.count + $1]
      return list.isEmpty ? .zero : list.count == 1 ? list[0] : .sum(list)
    }
  }

  /// Σ s_ij A_i B_j.
  private func addShift(
    _ left: [Matrix<Expression>], _ right: [Matrix<Expression>], _ omega: Expression,
    _ shift: inout Matrix<Expression>
  ) throws(OpenSystemError) {
    let values = try gathered { bath, _ in bath.shift?.value(at: omega) }
    for (i, a) in left.enumerated() {
      for (j, b) in right.enumerated() where !values[i, j].isLiteralZero {
        shift = shift + (a * b).map { $0.isLiteralZero ? .zero : values[i, j] * $0 }
      }
    }
  }
}
