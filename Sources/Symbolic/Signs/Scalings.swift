import Algebra
import Exact

/// Symbols that may be set to 1 or -1 without changing which signs polynomials take.
///
/// Where x → λ^w·x for all λ > 0 multiplies every polynomial by a power of λ and keeps every domain, all
/// points of an orbit have the same signs, and every orbit meets x_i = ±1 for a coordinate of one
/// sign with wᵢ ≠ 0. Dimensions of physical quantities are of this kind.
struct Scalings {
  /// What symbols are set to, by variable.
  private(set) var fixed: [Int: Rational] = [:]

  /// - Parameters:
  ///   - keeping: variables with weight zero, such as the value in question.
  init(_ polynomials: [Polynomial], active: [Int], ranges: [RationalRange], keeping: Set<Int>) {
    var rows: [[Rational]] = []
    for polynomial in polynomials {
      guard let first = polynomial.terms.first?.exponents else { continue }
      for term in polynomial.terms.dropFirst() {
        rows.append(zip(term.exponents, first).map { Rational($0 - $1) })
      }
    }
    let count = ranges.count
    func pin(_ variable: Int) {
      var row = [Rational](repeating: .zero, count: count)
      row[variable] = .one
      rows.append(row)
    }
    for variable in 0..<count
    where keeping.contains(variable) || !active.contains(variable) || !ranges[variable].isCone {
      pin(variable)
    }
    while let (variable, sign) = Scalings.free(rows, active, ranges) {
      fixed[variable] = sign
      pin(variable)
    }
  }

  /// A variable of one sign that some scaling moves.
  private static func free(
    _ rows: [[Rational]], _ active: [Int], _ ranges: [RationalRange]
  ) -> (Int, Rational)? {
    let pivots = pivots(rows, columns: ranges.count)
    // A column without pivot has a vector of the null space with a 1 there; others may be moved by it.
    guard pivots.count < ranges.count else { return nil }
    for variable in active {
      guard let sign = ranges[variable].strictSign else { continue }
      // Moved by some scaling exactly where pinning it lowers the dimension of the null space.
      var row = [Rational](repeating: .zero, count: ranges.count)
      row[variable] = .one
      if Scalings.pivots(rows + [row], columns: ranges.count).count > pivots.count {
        return (variable, sign)
      }
    }
    return nil
  }

  /// The pivot columns of a matrix.
  private static func pivots(_ rows: [[Rational]], columns: Int) -> Set<Int> {
    var rest = rows
    var result: Set<Int> = []
    for column in 0..<columns {
      guard let index = rest.firstIndex(where: { !$0[column].isZero }),
        let scale = try? rest[index][column].inverse()
      else { continue }
      let pivot = rest.remove(at: index).map { $0 * scale }
      for other in rest.indices where !rest[other][column].isZero {
        let factor = rest[other][column]
        rest[other] = zip(rest[other], pivot).map { $0 - factor * $1 }
      }
      rest.removeAll { $0.allSatisfy(\.isZero) }
      result.insert(column)
    }
    return result
  }
}

extension RationalRange {
  /// Whether the range keeps its points when they are multiplied by a positive number.
  var isCone: Bool {
    (lower.value?.isZero ?? true) && (upper.value?.isZero ?? true)
  }

  /// 1 or -1 for the open half-lines at zero; nil for others.
  var strictSign: Rational? {
    if lower == .open(.zero), upper == .unbounded { return .one }
    if upper == .open(.zero), lower == .unbounded { return -.one }
    return nil
  }
}
