import Exact

extension Matrix {
  /// det(x·1 - A), monic, without a division: over any commutative ring.
  ///
  /// - Complexity: O(n⁴) ring operations.
  /// - Source: Berkowitz 1984; Samuelson 1942.
  public func characteristicPolynomial() -> UnivariatePolynomial<Element> {
    characteristicPolynomial { () throws(Never) in }
  }

  /// The same, inside a ``WorkBudget`` only as long as there is work left: over rings whose elements
  /// grow, such as polynomials.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)``.
  public func boundedCharacteristicPolynomial() throws(ArithmeticError) -> UnivariatePolynomial<
    Element
  > {
    try characteristicPolynomial { () throws(ArithmeticError) in try WorkBudget.check() }
  }

  /// - Parameter check: called before each product of elements of the matrix.
  private func characteristicPolynomial<Failure: Error>(
    _ check: () throws(Failure) -> Void
  ) throws(Failure) -> UnivariatePolynomial<Element> {
    precondition(isSquare, "a square matrix")
    // Coefficients of the leading principal submatrix, from the highest power down.
    var current: [Element] = [.one]
    for size in 0..<rowCount {
      // The Toeplitz column: 1, -a, -RC, -RMC, -RM²C, … of the bordered matrix [[M, C], [R, a]].
      var column: [Element] = [.one, -self[size, size]]
      var vector = (0..<size).map { self[$0, size] }
      for _ in 0..<size {
        var dot = Element.zero
        for k in 0..<size where !vector[k].isZero {
          try check()
          dot += self[size, k] * vector[k]
        }
        column.append(-dot)
        var next = [Element](repeating: .zero, count: size)
        for i in 0..<size {
          for k in 0..<size where !self[i, k].isZero && !vector[k].isZero {
            try check()
            next[i] += self[i, k] * vector[k]
          }
        }
        vector = next
      }
      var updated = [Element](repeating: .zero, count: size + 2)
      for i in updated.indices {
        for j in current.indices where i >= j && !column[i - j].isZero && !current[j].isZero {
          try check()
          updated[i] += column[i - j] * current[j]
        }
      }
      current = updated
    }
    return UnivariatePolynomial(current.reversed())
  }

  /// The determinant: without a division, and over the rational numbers modulo primes.
  public func determinant() -> Element {
    precondition(isSquare, "a square matrix")
    if rowCount > 4, let numbers = self as? Matrix<Rational>,
      let value = RationalDeterminant.determinant(numbers) as? Element
    {
      return value
    }
    let constant = characteristicPolynomial()[0]
    return rowCount % 2 == 0 ? constant : -constant
  }
}

extension SparseMatrix {
  /// The characteristic polynomials of the diagonal blocks of a block triangular form; their
  /// product is the matrix's own.
  public func characteristicFactors() -> [UnivariatePolynomial<Element>] {
    triangularBlocks().map { block($0).characteristicPolynomial() }
  }

  /// The same, inside a ``WorkBudget`` only as long as there is work left.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)``.
  public func boundedCharacteristicFactors() throws(ArithmeticError) -> [UnivariatePolynomial<
    Element
  >] {
    var factors: [UnivariatePolynomial<Element>] = []
    for part in triangularBlocks() {
      factors.append(try block(part).boundedCharacteristicPolynomial())
    }
    return factors
  }
}
