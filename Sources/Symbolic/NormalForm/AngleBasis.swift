import Algebra
import Exact

/// The choice of the angles by which all cosines and sines of an expression are expressed.
enum AngleBasis {
  /// The largest multiple of an angle that is multiplied out.
  static let largestMultiple = 48

  /// The choice for the arguments of the cosines, sines and tangents of an expression, each brought to
  /// normal form without the functions around it.
  static func choose(for expression: Expression) throws(ArithmeticError) -> [Expression]? {
    var normalizer = Normalizer()
    var angles: [RationalFunction] = []
    for part in expression.postorder() {
      guard case .function(let function, let arguments) = part.kind, let argument = arguments.first,
        function == .sin || function == .cos || function == .tan
      else { continue }
      let value = try normalizer.normalize(argument)
      if !value.re.isZero { angles.append(value.re) }
    }
    return try choose(angles, over: normalizer.basis)
  }

  /// Angles of which every requested one is a combination with integer coefficients; nil where the
  /// requested angles are independent over Q already, or no such choice stays within the limit.
  ///
  /// Of the requested angles a maximal independent set is taken, short ones first; each is divided by
  /// the common denominator of the coordinates of the others along it.
  static func choose(
    _ requested: [RationalFunction], over basis: KernelBasis
  ) throws(ArithmeticError) -> [Expression]? {
    guard requested.count > 1 else { return nil }
    var lifted: [RationalFunction] = []
    for angle in requested { lifted.append(try basis.lift(angle)) }
    let order = lifted.indices.sorted {
      let (a, b) = (lifted[$0], lifted[$1])
      return (a.numerator.termCount + a.denominator.termCount, $0)
        < (b.numerator.termCount + b.denominator.termCount, $1)
    }
    var chosen: [Int] = []
    var dependent: [(index: Int, parts: [Rational])] = []
    for index in order {
      let others = chosen.map { lifted[$0] }
      if let parts = try LinearSpan.coordinates(of: lifted[index], in: others, over: basis) {
        dependent.append((index, parts))
      } else {
        chosen.append(index)
      }
    }
    if dependent.isEmpty { return nil }
    var divisors = [Integer](repeating: 1, count: chosen.count)
    for (_, parts) in dependent {
      for (place, part) in parts.enumerated() {
        divisors[place] = Integer.lcm(divisors[place], part.denominator)
      }
    }
    let limit = Integer(largestMultiple)
    guard divisors.allSatisfy({ $0 <= limit }) else { return nil }
    // Inner angles were requested first, and must be known first.
    let places = chosen.indices.sorted { chosen[$0] < chosen[$1] }
    return places.map { place in
      basis.expression(lifted[chosen[place]]) * .rational(Rational(reciprocalOf: divisors[place]))
    }
  }
}

/// Rational functions as vectors over Q.
enum LinearSpan {
  /// The coordinates of a value in a list of values that are independent over Q; nil where it is no
  /// combination of them.
  static func coordinates(
    of value: RationalFunction, in vectors: [RationalFunction], over basis: KernelBasis
  ) throws(ArithmeticError) -> [Rational]? {
    if vectors.isEmpty { return value.isZero ? [] : nil }
    var common = value.denominator
    for vector in vectors {
      let divisor = Polynomial.gcd(common, vector.denominator)
      guard let rest = vector.denominator.divided(by: divisor) else { return nil }
      common = try basis.product(common, rest)
    }
    var rows: [[Int]: Int] = [:]
    var columns: [[Int: Rational]] = []
    for function in vectors + [value] {
      guard let factor = common.divided(by: function.denominator) else { return nil }
      var column: [Int: Rational] = [:]
      for term in try basis.product(function.numerator, factor).terms {
        let row = rows[term.exponents] ?? rows.count
        rows[term.exponents] = row
        column[row] = Rational(term.coefficient)
      }
      columns.append(column)
    }
    // Gauss and Jordan on the augmented matrix.
    var matrix = (0..<rows.count).map { row in columns.map { $0[row] ?? .zero } }
    var pivots: [Int] = []
    for column in vectors.indices {
      guard
        let pivot = matrix.indices.dropFirst(pivots.count).first(where: {
          !matrix[$0][column].isZero
        })
      else { return nil }
      matrix.swapAt(pivot, pivots.count)
      let inverse = try matrix[pivots.count][column].inverse()
      matrix[pivots.count] = matrix[pivots.count].map { $0 * inverse }
      for row in matrix.indices where row != pivots.count && !matrix[row][column].isZero {
        let factor = matrix[row][column]
        for place in matrix[row].indices {
          matrix[row][place] = matrix[row][place] - factor * matrix[pivots.count][place]
        }
      }
      pivots.append(column)
    }
    guard matrix.dropFirst(pivots.count).allSatisfy({ $0[vectors.count].isZero }) else {
      return nil
    }
    return pivots.indices.map { matrix[$0][vectors.count] }
  }
}
