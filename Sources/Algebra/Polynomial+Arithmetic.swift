import Exact

extension Polynomial: Ring {
  public static var zero: Polynomial { Polynomial(0, ring: .constants) }
  public static var one: Polynomial { Polynomial(1, ring: .constants) }
  public init(_ value: Integer) { self.init(value, ring: .constants) }
  public var isZero: Bool { monomials.isEmpty }
  public var isOne: Bool { monomials.count == 1 && monomials[0].isOne && coefficients[0].isOne }

  public static func + (a: Polynomial, b: Polynomial) -> Polynomial { merge(a, b, negating: false) }
  public static func - (a: Polynomial, b: Polynomial) -> Polynomial { merge(a, b, negating: true) }

  public static prefix func - (a: Polynomial) -> Polynomial {
    Polynomial(ring: a.ring, monomials: a.monomials, coefficients: a.coefficients.map { -$0 })
  }

  private static func merge(_ a: Polynomial, _ b: Polynomial, negating: Bool) -> Polynomial {
    let ring = commonRing(a, b)
    if b.isZero {
      return Polynomial(ring: ring, monomials: a.monomials, coefficients: a.coefficients)
    }
    if a.isZero && !negating {
      return Polynomial(ring: ring, monomials: b.monomials, coefficients: b.coefficients)
    }
    var monomials: [Monomial] = []
    var coefficients: [Integer] = []
    monomials.reserveCapacity(a.termCount + b.termCount)
    coefficients.reserveCapacity(a.termCount + b.termCount)
    if a.termCount + b.termCount >= 256 { WorkBudget.charge(8 * (a.termCount + b.termCount)) }
    var i = 0
    var j = 0
    while i < a.monomials.count || j < b.monomials.count {
      if j == b.monomials.count || (i < a.monomials.count && a.monomials[i] > b.monomials[j]) {
        monomials.append(a.monomials[i])
        coefficients.append(a.coefficients[i])
        i += 1
      } else if i == a.monomials.count || b.monomials[j] > a.monomials[i] {
        monomials.append(b.monomials[j])
        coefficients.append(negating ? -b.coefficients[j] : b.coefficients[j])
        j += 1
      } else {
        let sum =
          negating ? a.coefficients[i] - b.coefficients[j] : a.coefficients[i] + b.coefficients[j]
        if !sum.isZero {
          monomials.append(a.monomials[i])
          coefficients.append(sum)
        }
        i += 1
        j += 1
      }
    }
    return Polynomial(ring: ring, monomials: monomials, coefficients: coefficients)
  }

  /// The product: by accumulation in words where its terms fill their box well, else by a heap of rows.
  ///
  /// The degrees of input are at most ``PolynomialRing/maximumDegree``, which whoever multiplies input
  /// checks by ``multiplied(by:)`` or ``checkedPower(_:)``, and quotients of rational functions are
  /// checked where they are formed. Monomials hold 128 times as much; a sum of fractions, a derivative
  /// of a quotient, a reduction modulo a relation multiply the degree by less than ten.
  ///
  /// - Precondition: the total degree of the product is at most the ring's capacity.
  /// - Complexity: O(m·n) for m and n terms that fill their box, O(m·n·log min(m, n)) otherwise.
  /// - Source: Monagan and Pearce 2007 for the heap.
  public static func * (a: Polynomial, b: Polynomial) -> Polynomial {
    let ring = commonRing(a, b)
    if a.isZero || b.isZero { return Polynomial(0, ring: ring) }
    precondition(
      a.totalDegree + b.totalDegree <= ring.capacity, "degree beyond the ring's capacity")
    let (short, long) = a.termCount <= b.termCount ? (a, b) : (b, a)
    if short.termCount == 1 {
      let monomial = short.monomials[0]
      let coefficient = short.coefficients[0]
      return Polynomial(
        ring: ring,
        monomials: monomial.isOne ? long.monomials : long.monomials.map { $0 * monomial },
        coefficients: coefficient.isOne
          ? long.coefficients : long.coefficients.map { $0 * coefficient })
    }
    if short.termCount * long.termCount >= 256 { WorkBudget.charge(productCost(short, long)) }
    let (bits, areWords) = productBits(short, long)
    if areWords, bits < 127,
      let product = denseProduct(short, long, ring: ring, bits: bits)
    {
      return product
    }
    if areWords, bits < 127 {
      let left = short.coefficients.map { Int128($0.word ?? 0) }
      let right = long.coefficients.map { Int128($0.word ?? 0) }
      return heapProduct(short, long, ring, Int128(0)) {
        $0 &+= left[$1] &* right[$2]
      } integer: {
        Integer($0)
      }
    }
    return heapProduct(short, long, ring, Integer.zero) {
      $0 += short.coefficients[$1] * long.coefficients[$2]
    } integer: {
      $0
    }
  }

  /// About how many machine operations the product takes.
  public static func productCost(_ a: Polynomial, _ b: Polynomial) -> Int {
    let (pairs, overflow) = a.termCount.multipliedReportingOverflow(by: b.termCount)
    if overflow { return .max }
    func width(_ polynomial: Polynomial) -> Int {
      polynomial.coefficients.reduce(0) { max($0, $1.bitWidth) }
    }
    // A place in the heap and its memory, and the product of the coefficients.
    let cost = 48 + WorkBudget.productCost(bits: width(a), width(b))
    let (product, isLarge) = pairs.multipliedReportingOverflow(by: cost)
    return isLarge ? .max : product
  }

  /// The product of factors with at least two terms each, its coefficients summed in any type.
  @inline(__always)
  private static func heapProduct<Sum: Equatable>(
    _ short: Polynomial, _ long: Polynomial, _ ring: PolynomialRing, _ zero: Sum,
    add: (inout Sum, Int, Int) -> Void, integer: (Sum) -> Integer
  ) -> Polynomial {
    var heap = TermHeap(capacity: short.termCount)
    heap.push(.init(monomial: short.monomials[0] * long.monomials[0], row: 0, column: 0))
    var monomials: [Monomial] = []
    var coefficients: [Integer] = []
    monomials.reserveCapacity(short.termCount + long.termCount)
    coefficients.reserveCapacity(short.termCount + long.termCount)
    while let monomial = heap.top {
      var sum = zero
      while let entry = heap.first, entry.monomial == monomial {
        let row = Int(entry.row)
        let column = Int(entry.column)
        add(&sum, row, column)
        if column + 1 < long.termCount {
          heap.replaceTop(
            with: .init(
              monomial: short.monomials[row] * long.monomials[column + 1], row: entry.row,
              column: entry.column + 1))
        } else {
          _ = heap.pop()
        }
        // A row enters the heap only when its predecessor's first product leaves: rows decrease.
        if column == 0 && row + 1 < short.termCount {
          heap.push(
            .init(
              monomial: short.monomials[row + 1] * long.monomials[0], row: entry.row + 1,
              column: 0))
        }
      }
      if sum != zero {
        monomials.append(monomial)
        coefficients.append(integer(sum))
      }
    }
    return Polynomial(ring: ring, monomials: monomials, coefficients: coefficients)
  }

  /// The product of factors that come from input.
  ///
  /// - Throws: ``ArithmeticError/overflow(_:)`` where its degree is above
  ///   ``PolynomialRing/maximumDegree``.
  public func multiplied(by other: Polynomial) throws(ArithmeticError) -> Polynomial {
    let ring = Polynomial.commonRing(self, other)
    guard totalDegree + other.totalDegree <= ring.maximumDegree else {
      throw .overflow("a product of degree \(totalDegree + other.totalDegree)")
    }
    return self * other
  }

  /// The product with an integer.
  public func scaled(by factor: Integer) -> Polynomial {
    if factor.isOne { return self }
    if factor.isZero { return Polynomial(0, ring: ring) }
    return Polynomial(
      ring: ring, monomials: monomials, coefficients: coefficients.map { $0 * factor })
  }

  /// A power whose degree fits the ring.
  ///
  /// - Throws: ``ArithmeticError/overflow(_:)``.
  public func checkedPower(_ exponent: UInt) throws(ArithmeticError) -> Polynomial {
    let (degree, overflow) = UInt(totalDegree).multipliedReportingOverflow(by: exponent)
    if overflow || degree > ring.maximumDegree {
      throw .overflow("a power of degree \(totalDegree) × \(exponent)")
    }
    // The number of terms of the result bounds the work; a constant base grows in digits instead.
    let digits = Double(coefficients.map(\.bitWidth).max() ?? 0) * Double(exponent)
    if digits > 1e8 { throw .limit("a power with more than \(Int(1e8)) binary digits") }
    return power(exponent)
  }
}
