import Exact

extension Polynomial {
  /// What a division in words finds.
  enum DenseQuotient {
    case quotient(Polynomial)
    /// The divisor does not divide.
    case none
    /// The box is too large, or numbers outgrow the words.
    case unable
  }

  /// Exact division in one array a total degree, from the highest downward: what earlier slices of the
  /// quotient contribute to a degree is subtracted, then the leading form of the divisor is divided out.
  ///
  /// The quotient's degree in each variable is the difference of the degrees, for degrees add; a term
  /// beyond that shows that the divisor does not divide, and all other places are in the box.
  ///
  /// - Complexity: O(q·d) multiplications of words for q terms of the quotient and d of the divisor, plus
  ///   the places of the box.
  func denseQuotient(by divisor: Polynomial) -> DenseQuotient {
    let degrees = degrees(ring)
    let divisorDegrees = divisor.degrees(ring)
    guard zip(degrees, divisorDegrees).allSatisfy({ $0 >= $1 }) else { return .none }
    let limit = 32 * (termCount + divisor.termCount) / (totalDegree + 1)
    guard let box = ProductBox(exponents: degrees, ring: ring, limit: limit),
      let norm = divisor.wordNorm, let greatest = wordNorm
    else { return .unable }
    let bounds = zip(degrees, divisorDegrees).map { $0 - $1 }
    let own = PlacedTerms(self, box)
    let by = PlacedTerms(divisor, box)
    let lead = divisor.monomials[0]
    let leadWord = by.words[0]
    let leadPlace = by.places[0]
    let top = divisor.totalDegree
    var monomials: [Monomial] = []
    var coefficients: [Integer] = []
    var places: [UInt32] = []
    var words: [Int] = []
    var slices: [(degree: Int, terms: Range<Int>)] = []
    var highest = 0.0
    var failure: DenseQuotient?
    let sums = UnsafeMutablePointer<Int128>.allocate(capacity: box.size)
    sums.initialize(repeating: 0, count: box.size)
    defer { sums.deallocate() }
    var slice = 0
    var degree = totalDegree
    while degree >= 0, failure == nil {
      var isTouched = false
      if slice < own.degrees.count, own.degrees[slice].degree == degree {
        isTouched = true
        for index in own.degrees[slice].terms {
          sums[Int(own.places[index])] = Int128(own.words[index])
        }
        slice += 1
      }
      for (found, terms) in slices {
        guard let other = by.degrees.first(where: { $0.degree <= degree - found }),
          other.degree == degree - found
        else { continue }
        isTouched = true
        for index in terms {
          Self.subtract(words[index], by, other.terms, from: sums + Int(places[index]))
        }
      }
      let start = monomials.count
      if isTouched {
        let leading = by.degrees[0].terms.dropFirst()
        box.forEachRow(ofDegree: degree) { row, exponents, rest, common in
          var exponent = exponents.upperBound
          while exponent >= exponents.lowerBound, failure == nil {
            let sum = sums[row + exponent]
            if sum != 0 {
              sums[row + exponent] = 0
              let place = row + exponent
              guard
                let monomial = ring.quotient(box.monomial(common, exponent, of: rest), by: lead),
                bounds.indices.allSatisfy({ ring.exponent(monomial, of: $0) <= bounds[$0] }),
                let coefficient = Self.quotient(sum, by: leadWord)
              else {
                failure = DenseQuotient.none
                return
              }
              guard let word = Int(exactly: coefficient) else {
                failure = .unable
                return
              }
              highest = max(highest, Double(word.magnitude))
              // Every sum is at most this; rounding is far below the margin.
              if greatest + norm * highest > 0x1p125 {
                failure = .unable
                return
              }
              monomials.append(monomial)
              coefficients.append(Integer(word))
              places.append(UInt32(truncatingIfNeeded: place) &- leadPlace)
              words.append(word)
              Self.subtract(word, by, leading, from: sums + (place - Int(leadPlace)))
            }
            exponent -= 1
          }
        }
      }
      if monomials.count > start { slices.append((degree - top, start..<monomials.count)) }
      degree -= 1
    }
    if let failure { return failure }
    return .quotient(Polynomial(ring: ring, monomials: monomials, coefficients: coefficients))
  }

  /// The sum of the magnitudes of the coefficients where all are words.
  private var wordNorm: Double? {
    var sum = 0.0
    for coefficient in coefficients {
      guard let word = coefficient.word else { return nil }
      sum += Double(word.magnitude)
    }
    return sum
  }

  @inline(__always)
  private static func subtract(
    _ factor: Int, _ terms: PlacedTerms, _ range: Range<Int>,
    from row: UnsafeMutablePointer<Int128>
  ) {
    let wide = Int128(truncatingIfNeeded: factor)
    terms.places.withUnsafeBufferPointer { places in
      terms.words.withUnsafeBufferPointer { words in
        var index = range.lowerBound
        while index < range.upperBound {
          row[Int(places[index])] &-= wide &* Int128(truncatingIfNeeded: words[index])
          index &+= 1
        }
      }
    }
  }

  /// The exact quotient, nil where there is a remainder.
  @inline(__always) private static func quotient(_ value: Int128, by divisor: Int) -> Int128? {
    if divisor == 1 { return value }
    if divisor == -1 { return -value }
    if let word = Int(exactly: value) {
      let (quotient, remainder) = word.quotientAndRemainder(dividingBy: divisor)
      return remainder == 0 ? Int128(quotient) : nil
    }
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: Int128(divisor))
    return remainder == 0 ? quotient : nil
  }
}
