import Exact

extension Polynomial {
  /// The quotient where `divisor` divides exactly over Z, nil otherwise.
  ///
  /// Stops at the first term that shows that it does not divide.
  ///
  /// - Complexity: O(q·d·log q) for q terms of the quotient and d of the divisor.
  /// - Source: Monagan and Pearce 2007.
  public func divided(by divisor: Polynomial) -> Polynomial? {
    let ring = Polynomial.commonRing(self, divisor)
    guard let leadMonomial = divisor.monomials.first else { return nil }
    let leadCoefficient = divisor.coefficients[0]
    if isZero { return Polynomial(0, ring: ring) }
    if divisor.termCount == 1 {
      var monomials: [Monomial] = []
      var coefficients: [Integer] = []
      monomials.reserveCapacity(termCount)
      coefficients.reserveCapacity(termCount)
      for (monomial, coefficient) in zip(self.monomials, self.coefficients) {
        guard let m = ring.quotient(monomial, by: leadMonomial),
          let c = coefficient.dividedExactly(by: leadCoefficient)
        else { return nil }
        monomials.append(m)
        coefficients.append(c)
      }
      return Polynomial(ring: ring, monomials: monomials, coefficients: coefficients)
    }
    switch denseQuotient(by: divisor) {
    case .quotient(let quotient): return quotient
    case .none: return nil
    case .unable: break
    }
    var quotient = Polynomial(0, ring: ring)
    // Entry (i, j) stands for the product of quotient term i and divisor term j.
    var heap = TermHeap(capacity: 16)
    var next = 0
    while true {
      let top = heap.top
      let own = next < termCount ? monomials[next] : nil
      guard let monomial = [top, own].compactMap({ $0 }).max() else { return quotient }
      var sum = Integer.zero
      if own == monomial {
        sum = coefficients[next]
        next += 1
      }
      while heap.top == monomial {
        let entry = heap.pop()
        let row = Int(entry.row)
        let column = Int(entry.column)
        sum -= quotient.coefficients[row] * divisor.coefficients[column]
        if column + 1 < divisor.termCount {
          heap.push(
            .init(
              monomial: quotient.monomials[row] * divisor.monomials[column + 1], row: entry.row,
              column: entry.column + 1))
        }
      }
      if sum.isZero { continue }
      guard let m = ring.quotient(monomial, by: leadMonomial),
        let c = sum.dividedExactly(by: leadCoefficient)
      else { return nil }
      quotient.monomials.append(m)
      quotient.coefficients.append(c)
      if divisor.termCount >= 64 { WorkBudget.charge(divisor.termCount << 4) }
      heap.push(
        .init(
          monomial: m * divisor.monomials[1], row: Int32(quotient.termCount - 1), column: 1))
    }
  }

  /// The quotient by a divisor that the caller has proved to divide.
  func exactQuotient(by divisor: Polynomial) -> Polynomial {
    guard let quotient = divided(by: divisor) else {
      preconditionFailure("the divisor was proved to divide")
    }
    return quotient
  }

  /// The greatest common divisor of the coefficients, never negative.
  public var content: Integer {
    var common = Integer.zero
    for coefficient in coefficients {
      common = Integer.gcd(common, coefficient)
      if common.isOne { break }
    }
    return common
  }

  /// The polynomial divided by its content, with a positive leading coefficient; zero stays zero.
  public var primitivePart: Polynomial {
    if isZero { return self }
    let divisor = leadingCoefficient.isNegative ? -content : content
    return dividedExactly(byInteger: divisor)
  }

  func dividedExactly(byInteger divisor: Integer) -> Polynomial {
    if divisor.isOne { return self }
    return Polynomial(
      ring: ring, monomials: monomials,
      coefficients: coefficients.map { $0.exactQuotient(by: divisor) })
  }

  /// The exact square root with a positive leading coefficient, or nil where there is none over Z.
  public func squareRoot() -> Polynomial? {
    guard let first = monomials.first else { return self }
    let exponents = ring.exponents(first)
    guard exponents.allSatisfy({ $0 % 2 == 0 }), !coefficients[0].isNegative,
      let (lead, isExact) = try? coefficients[0].squareRoot(), isExact
    else { return nil }
    var root = Polynomial(
      ring: ring, monomials: [ring.monomial(exponents.map { $0 / 2 })], coefficients: [lead])
    let twice = lead * 2
    var rest = self - root * root
    // Each step cancels the greatest monomial of the rest; the root's terms strictly decrease.
    while let monomial = rest.monomials.first {
      guard let m = ring.quotient(monomial, by: root.monomials[0]),
        m < root.monomials[root.monomials.count - 1],
        let c = rest.coefficients[0].dividedExactly(by: twice)
      else { return nil }
      let term = Polynomial(ring: ring, monomials: [m], coefficients: [c])
      rest = rest - term * (root + root + term)
      root.monomials.append(m)
      root.coefficients.append(c)
    }
    return root
  }
}
