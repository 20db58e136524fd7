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

  /// The product, by a heap of rows: memory of the order of the result.
  ///
  /// - Precondition: the total degree of the product is at most the ring's maximum; whoever builds
  ///   powers from input checks that first.
  /// - Complexity: O(m·n·log min(m, n)) for m and n terms.
  public static func * (a: Polynomial, b: Polynomial) -> Polynomial {
    let ring = commonRing(a, b)
    if a.isZero || b.isZero { return Polynomial(0, ring: ring) }
    precondition(a.totalDegree + b.totalDegree <= ring.capacity, "degree beyond the ring's capacity")
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
    let (bits, areWords) = productBits(short, long)
    if areWords, bits < 127,
      let product = denseProduct(short, long, ring: ring, bits: bits)
    {
      return product
    }
    var heap = TermHeap(capacity: short.termCount)
    heap.push(.init(monomial: short.monomials[0] * long.monomials[0], row: 0, column: 0))
    var monomials: [Monomial] = []
    var coefficients: [Integer] = []
    monomials.reserveCapacity(short.termCount + long.termCount)
    coefficients.reserveCapacity(short.termCount + long.termCount)
    while let monomial = heap.top {
      var sum = Integer.zero
      while heap.top == monomial {
        let entry = heap.pop()
        let row = Int(entry.row)
        let column = Int(entry.column)
        sum += short.coefficients[row] * long.coefficients[column]
        // A row enters the heap only when its predecessor's first product leaves: rows decrease.
        if column == 0 && row + 1 < short.termCount {
          heap.push(
            .init(
              monomial: short.monomials[row + 1] * long.monomials[0], row: entry.row + 1,
              column: 0))
        }
        if column + 1 < long.termCount {
          heap.push(
            .init(
              monomial: short.monomials[row] * long.monomials[column + 1], row: entry.row,
              column: entry.column + 1))
        }
      }
      if !sum.isZero {
        monomials.append(monomial)
        coefficients.append(sum)
      }
    }
    return Polynomial(ring: ring, monomials: monomials, coefficients: coefficients)
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
