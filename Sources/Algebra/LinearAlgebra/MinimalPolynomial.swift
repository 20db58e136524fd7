import Exact

extension Matrix where Element: Field {
  /// The monic polynomial of least degree that the matrix is a root of; over an exact field.
  ///
  /// It is the least common multiple of the polynomials of least degree that annihilate the unit
  /// vectors, each found from the first linear dependence among v, Av, A²v, …. Those that are annihilated
  /// already are passed over.
  ///
  /// - Throws: ``ArithmeticError/domain(_:)`` over fields that are not exact, where a dependence cannot
  ///   be told from a near one; ``ArithmeticError/limit(_:)``.
  /// - Complexity: O(n⁴) operations of the field in the worst case, O(n³) mostly.
  public func minimalPolynomial(
    limit: EliminationLimit = .standard
  ) throws(ArithmeticError) -> UnivariatePolynomial<Element> {
    precondition(isSquare, "a square matrix")
    guard Element.isExact else {
      throw .domain("a minimal polynomial is defined by exact dependences; use an exact field")
    }
    let matrix = SparseMatrix(self)
    var minimal = UnivariatePolynomial<Element>.one
    for index in 0..<rowCount {
      // What the polynomial so far leaves of the unit vector.
      var vector = [Element](repeating: .zero, count: rowCount)
      vector[index] = .one
      vector = matrix.applying(minimal, to: vector)
      if vector.allSatisfy(\.isZero) { continue }
      minimal = minimal * (try matrix.annihilator(of: vector, limit))
    }
    return minimal
  }

  /// p(A), by Horner's rule.
  public func value(of polynomial: UnivariatePolynomial<Element>) -> Matrix {
    precondition(isSquare, "a square matrix")
    var result = Matrix(rows: rowCount, columns: rowCount)
    for coefficient in polynomial.coefficients.reversed() {
      result = result * self
      if !coefficient.isZero {
        for index in 0..<rowCount { result[index, index] += coefficient }
      }
    }
    return result
  }

  /// Whether the matrix has a basis of eigenvectors over the algebraic closure; exact fields only.
  ///
  /// That is so exactly if it is a root of the square-free part of its characteristic polynomial,
  /// which is what is checked.
  ///
  /// - Throws: ``ArithmeticError/domain(_:)`` over fields that are not exact.
  public func isDiagonalizable() throws(ArithmeticError) -> Bool {
    guard Element.isExact else {
      throw .domain(
        "whether a matrix has a full set of eigenvectors is decided exactly or not at all")
    }
    var radical = UnivariatePolynomial<Element>.one
    for factor in SparseMatrix(self).characteristicFactors() {
      for (part, _) in try factor.squareFreeFactors() {
        let common = try UnivariatePolynomial.gcd(radical, part)
        radical = radical * (try part.quotientAndRemainder(by: common).quotient)
      }
    }
    return value(of: radical).elements.allSatisfy(\.isZero)
  }
}

extension SparseMatrix where Element: Field {
  /// p(A)·v.
  func applying(_ polynomial: UnivariatePolynomial<Element>, to vector: [Element]) -> [Element] {
    var result = [Element](repeating: .zero, count: vector.count)
    for coefficient in polynomial.coefficients.reversed() {
      result = self * result
      for index in result.indices where !vector[index].isZero && !coefficient.isZero {
        result[index] += coefficient * vector[index]
      }
    }
    return result
  }

  /// The monic polynomial p of least degree with p(A)·v = 0.
  fileprivate func annihilator(
    of vector: [Element], _ limit: EliminationLimit
  ) throws(ArithmeticError) -> UnivariatePolynomial<Element> {
    let sizeLimit = Elimination<Element>.sizeLimit(limit)
    // Reduced Krylov vectors, each with the combination of powers that it is.
    var basis: [(pivot: Int, vector: [Element], combination: [Element])] = []
    var power = vector
    while true {
      var rest = power
      var combination = [Element](repeating: .zero, count: basis.count) + [.one]
      for known in basis where !rest[known.pivot].isZero {
        let factor = rest[known.pivot]
        for index in rest.indices where !known.vector[index].isZero {
          try Elimination.check(factor, times: known.vector[index], sizeLimit)
          rest[index] -= factor * known.vector[index]
          try Elimination.check(rest[index], sizeLimit)
        }
        for (index, value) in known.combination.enumerated() where !value.isZero {
          combination[index] -= factor * value
        }
      }
      var pivot: Int?
      var bestCost = Double.infinity
      for (index, value) in rest.enumerated() {
        if let cost = value.pivotCost, cost < bestCost {
          pivot = index
          bestCost = cost
        }
      }
      guard let pivot else { return UnivariatePolynomial(combination) }
      let inverse = try rest[pivot].inverse()
      basis.append((pivot, rest.map { $0 * inverse }, combination.map { $0 * inverse }))
      power = self * power
    }
  }
}
