import Exact

/// The arrangement of the terms of a product in one array a total degree.
///
/// For a given total degree the exponent of the last variable follows from the others, which number
/// the places of the array, the first variable slowest. Walking the degrees and the places downward
/// therefore meets the monomials in decreasing graded lexicographic order, and the place of a product
/// is the sum of the places of its factors: no sorting, no comparison.
struct ProductBox {
  let ring: PolynomialRing
  /// The variables that number the places, in the ring's order.
  let counted: [Int]
  /// The variable whose exponent the total degree decides; nil for constants.
  let last: Int?
  /// For each counted variable one more than its greatest exponent in the product.
  let extents: [Int]
  /// For each counted variable the distance of neighbouring exponents.
  let strides: [Int]
  /// The greatest exponent of the last variable.
  let lastBound: Int
  /// The number of places.
  let size: Int

  /// The box for products of `a` and `b`, nil where it has more than `limit` places.
  init?(_ a: Polynomial, _ b: Polynomial, ring: PolynomialRing, limit: Int) {
    self.init(
      exponents: zip(a.degrees(ring), b.degrees(ring)).map { $0 + $1 }, ring: ring, limit: limit)
  }

  /// The box for exponents up to the given ones.
  init?(exponents: [Int], ring: PolynomialRing, limit: Int) {
    self.ring = ring
    let active = exponents.indices.filter { exponents[$0] > 0 }
    last = active.last
    lastBound = active.last.map { exponents[$0] } ?? 0
    counted = Array(active.dropLast())
    extents = counted.map { exponents[$0] + 1 }
    var strides = [Int](repeating: 1, count: counted.count)
    var size = 1
    for index in counted.indices.reversed() {
      strides[index] = size
      let (next, overflow) = size.multipliedReportingOverflow(by: extents[index])
      if overflow || next > limit { return nil }
      size = next
    }
    self.strides = strides
    self.size = size
  }

  /// The place of a monomial.
  @inline(__always) func place(_ monomial: Monomial) -> Int {
    var place = 0
    for index in counted.indices {
      place += ring.exponent(monomial, of: counted[index]) * strides[index]
    }
    return place
  }

  /// Calls `body` for each row of places of a total degree, from the greatest monomials downward.
  ///
  /// `common` is what the monomials of a row share. Beside it the exponent of the last counted variable
  /// is the distance from the start of the row, and that of the last variable what it leaves of `rest`.
  /// Rows without a monomial of the degree are left out.
  @inline(__always)
  func forEachRow(
    ofDegree degree: Int,
    _ body: (_ start: Int, _ exponents: ClosedRange<Int>, _ rest: Int, _ common: Monomial) -> Void
  ) {
    let total = Monomial(degree, shift: 256 - ring.fieldWidth)
    guard let inner = counted.indices.last else { return body(0, 0...0, degree, total) }
    var exponents = (0..<inner).map { extents[$0] - 1 }
    var sum = exponents.reduce(0, +)
    while true {
      let rest = degree - sum
      // The inner exponent e and rest - e ≤ lastBound share what is left.
      let highest = min(rest, extents[inner] - 1)
      let lowest = max(0, rest - lastBound)
      if lowest <= highest {
        var common = total
        var start = 0
        for index in 0..<inner {
          common = common | Monomial(exponents[index], shift: ring.shift(counted[index]))
          start += exponents[index] * strides[index]
        }
        body(start, lowest...highest, rest, common)
      }
      var position = inner - 1
      while position >= 0, exponents[position] == 0 {
        exponents[position] = extents[position] - 1
        sum += exponents[position]
        position -= 1
      }
      if position < 0 { return }
      exponents[position] -= 1
      sum -= 1
    }
  }

  /// A monomial of a row of ``forEachRow(ofDegree:_:)``.
  @inline(__always) func monomial(_ common: Monomial, _ exponent: Int, of rest: Int) -> Monomial {
    guard let last else { return common }
    var monomial = common | Monomial(rest - exponent, shift: ring.shift(last))
    if let inner = counted.last, exponent > 0 {
      monomial = monomial | Monomial(exponent, shift: ring.shift(inner))
    }
    return monomial
  }
}

extension Polynomial {
  /// The greatest exponents of all variables of a ring to which the polynomial belongs or, where it is
  /// constant, could belong.
  func degrees(_ target: PolynomialRing) -> [Int] {
    var degrees = [Int](repeating: 0, count: target.variables.count)
    if isConstant { return degrees }
    // Variable by variable, so that the place of the exponent in the monomial stays the same.
    for variable in degrees.indices { degrees[variable] = degree(in: variable) }
    return degrees
  }

  /// The terms of a factor as words: the place in a box, the coefficient, and where each total degree
  /// starts. Nil where a coefficient is no word.
  struct PlacedTerms {
    var places: [UInt32] = []
    var words: [Int] = []
    /// The total degrees that occur, decreasing, with their ranges of terms.
    var degrees: [(degree: Int, terms: Range<Int>)] = []

    init(_ polynomial: Polynomial, _ box: ProductBox) {
      let count = polynomial.termCount
      places.reserveCapacity(count)
      words.reserveCapacity(count)
      var start = 0
      var current = polynomial.totalDegree
      for index in 0..<count {
        let monomial = polynomial.monomials[index]
        let degree = polynomial.ring.totalDegree(monomial)
        if degree != current {
          degrees.append((current, start..<index))
          start = index
          current = degree
        }
        places.append(UInt32(truncatingIfNeeded: box.place(monomial)))
        words.append(polynomial.coefficients[index].word ?? 0)
      }
      degrees.append((current, start..<count))
    }
  }

  /// A bound on the binary digits of the coefficients of a product, and whether all coefficients of
  /// both factors are words.
  ///
  /// |Σ aᵢbⱼ| ≤ min(‖a‖₁‖b‖∞, ‖a‖∞‖b‖₁).
  static func productBits(_ a: Polynomial, _ b: Polynomial) -> (bits: Double, areWords: Bool) {
    func norms(_ p: Polynomial) -> (sum: Double, greatest: Double)? {
      var sum = 0.0
      var greatest: UInt = 0
      for coefficient in p.coefficients {
        guard let word = coefficient.word else { return nil }
        greatest = max(greatest, word.magnitude)
        sum += Double(word.magnitude)
      }
      return (sum, Double(greatest))
    }
    guard let x = norms(a), let y = norms(b) else { return (.infinity, false) }
    // Every rounding above is below 2^-52 of the sum; a thousandth of a bit covers 10^12 of them.
    return (logarithm(min(x.sum * y.greatest, x.greatest * y.sum)) + 0.001, true)
  }

  /// An upper bound within a few hundredths of the binary logarithm of a number ≥ 1.
  private static func logarithm(_ x: Double) -> Double {
    if x < 1 { return 0 }
    // log₂ of the significand 1 ≤ s < 2 is below its chord plus 0.0861.
    let s = x.significand
    var bound = (s - 1) + 0.0861
    if s > 1.5 { bound = min(bound, 0.58497 + (s - 1.5) * 0.9618) }
    return Double(x.exponent) + min(bound, 1)
  }

  /// The product by accumulation in an array a total degree; nil where the array would be large for
  /// the number of products, or coefficients are no words.
  ///
  /// - Complexity: O(m·n) multiplications of words for m and n terms, plus the places of the box.
  static func denseProduct(
    _ a: Polynomial, _ b: Polynomial, ring: PolynomialRing, bits: Double
  ) -> Polynomial? {
    let products = a.termCount.multipliedReportingOverflow(by: b.termCount)
    let work = products.overflow ? Int.max : products.partialValue
    let chunks = a.degreeSpan + b.degreeSpan + 1
    // An array place costs about as much as a product; a heap costs some ten times as much.
    let limit = min(1 << 24, (work < Int.max / 8 ? work * 8 : work) / max(chunks, 1))
    guard let box = ProductBox(a, b, ring: ring, limit: limit) else { return nil }
    if bits < 63 { return accumulate(a, b, box, Int.self) { Integer($0) } }
    return accumulate(a, b, box, Int128.self) { Integer($0) }
  }

  /// The difference of the greatest and the least total degree.
  private var degreeSpan: Int {
    guard let last = monomials.last else { return 0 }
    return totalDegree - ring.totalDegree(last)
  }

  @inline(__always)
  private static func accumulate<Sum: FixedWidthInteger & SignedInteger>(
    _ a: Polynomial, _ b: Polynomial, _ box: ProductBox, _: Sum.Type,
    integer: (Sum) -> Integer
  ) -> Polynomial {
    let left = PlacedTerms(a, box)
    let right = PlacedTerms(b, box)
    var monomials: [Monomial] = []
    var coefficients: [Integer] = []
    monomials.reserveCapacity(a.termCount + b.termCount)
    coefficients.reserveCapacity(a.termCount + b.termCount)
    let sums = UnsafeMutablePointer<Sum>.allocate(capacity: box.size)
    sums.initialize(repeating: 0, count: box.size)
    defer { sums.deallocate() }
    left.words.withUnsafeBufferPointer { leftWords in
      left.places.withUnsafeBufferPointer { leftPlaces in
        right.words.withUnsafeBufferPointer { rightWords in
          right.places.withUnsafeBufferPointer { rightPlaces in
            let top = a.totalDegree + b.totalDegree
            let bottom =
              left.degrees[left.degrees.count - 1].degree
              + right.degrees[right.degrees.count - 1].degree
            var degree = top
            while degree >= bottom {
              var isTouched = false
              // The degrees of both sides decrease: one cursor runs against the other.
              var other = right.degrees.count - 1
              for (own, terms) in left.degrees {
                while other >= 0, right.degrees[other].degree < degree - own { other -= 1 }
                if other < 0 { break }
                if right.degrees[other].degree != degree - own { continue }
                isTouched = true
                let range = right.degrees[other].terms
                for i in terms {
                  let factor = Sum(truncatingIfNeeded: leftWords[i])
                  let row = sums + Int(leftPlaces[i])
                  var j = range.lowerBound
                  while j < range.upperBound {
                    row[Int(rightPlaces[j])] &+= factor &* Sum(truncatingIfNeeded: rightWords[j])
                    j &+= 1
                  }
                }
              }
              if isTouched {
                box.forEachRow(ofDegree: degree) { start, exponents, rest, common in
                  var exponent = exponents.upperBound
                  while exponent >= exponents.lowerBound {
                    let sum = sums[start + exponent]
                    if sum != 0 {
                      sums[start + exponent] = 0
                      monomials.append(box.monomial(common, exponent, of: rest))
                      coefficients.append(integer(sum))
                    }
                    exponent -= 1
                  }
                }
              }
              degree -= 1
            }
          }
        }
      }
    }
    return Polynomial(ring: box.ring, monomials: monomials, coefficients: coefficients)
  }
}
