import Exact

/// Dense linear systems over Q, solved p-adically: x = Σ x_k p^k with x_k = A⁻¹·r_k mod p and
/// r_{k+1} = (r_k - A·x_k)/p, then rational reconstruction.
///
/// The result is proved: A is regular modulo p, so the solution is unique; a candidate N/d agrees with
/// it modulo p^k, that is A·N - d·b ≡ 0, and where n·‖A‖·‖N‖ + d·‖b‖ < p^k this is an equality. So
/// reconstruction may be tried before the digits that Hadamard's bound asks for.
///
/// - Source: Dixon 1982.
struct RationalLifting {
  private let size: Int
  private let prime: WidePrime
  /// A⁻¹ mod p in Montgomery's form, row by row.
  private let inverse: [UInt64]
  /// A + 2^offset ≥ 0 in digits to the base 2^60: one array for each digit.
  private let planes: [[UInt64]]
  private let offset: Int
  private let words: Int

  /// Whether this road beats elimination: a matrix of some size that is not sparse, or one so large, and not
  /// banded, that elimination would fill it in.
  static func isWorthwhile(_ matrix: SparseMatrix<Rational>) -> Bool {
    let (rows, entries) = (matrix.rowCount, matrix.entryCount)
    return (rows >= 10 && entries * 4 >= rows * rows) || (rows >= 200 && entries >= 6 * rows)
  }

  /// - Returns: the solution; nil where the matrix was singular modulo several primes, which proves
  ///   nothing.
  /// - Throws: ``ArithmeticError/limit(_:)``.
  static func solve(
    _ matrix: SparseMatrix<Rational>, _ right: [Rational], limit: EliminationLimit
  ) throws(ArithmeticError) -> [Rational]? {
    let n = matrix.rowCount
    var a = [Integer](repeating: .zero, count: n * n)
    var b: [Integer] = []
    for (row, entries) in matrix.rows.enumerated() {
      var common = right[row].denominator
      for entry in entries where entry.value.denominator != common {
        common = Integer.lcm(common, entry.value.denominator)
      }
      func scaled(_ value: Rational) -> Integer {
        value.denominator == common
          ? value.numerator : value.numerator * common.exactQuotient(by: value.denominator)
      }
      for entry in entries { a[row * n + entry.column] = scaled(entry.value) }
      b.append(scaled(right[row]))
    }
    for prime in WidePrime.Descending().prefix(3) {
      if let inverse = RationalLifting.inverse(a, size: n, prime) {
        let lifting = RationalLifting(a, b, size: n, prime, inverse)
        return try lifting.solution(a, b, limit)
      }
    }
    return nil
  }

  /// Gauss and Jordan modulo p, in place.
  private static func inverse(_ a: [Integer], size n: Int, _ prime: WidePrime) -> [UInt64]? {
    var m = a.map { prime.encode($0) }
    var order = Array(0..<n)
    let isRegular = m.withUnsafeMutableBufferPointer { m in
      for k in 0..<n {
        guard let pivot = (k..<n).first(where: { m[$0 * n + k] != 0 }) else { return false }
        if pivot != k {
          for j in 0..<n { m.swapAt(pivot * n + j, k * n + j) }
          order.swapAt(pivot, k)
        }
        let inverse = prime.inverse(m[k * n + k])
        m[k * n + k] = prime.one
        for j in 0..<n { m[k * n + j] = prime.multiply(m[k * n + j], inverse) }
        for i in 0..<n where i != k {
          let factor = prime.negate(m[i * n + k])
          if factor == 0 { continue }
          m[i * n + k] = 0
          for j in 0..<n {
            m[i * n + j] = prime.add(m[i * n + j], prime.multiply(factor, m[k * n + j]))
          }
        }
      }
      return true
    }
    if !isRegular { return nil }
    // The rows of A were exchanged, so the columns of its inverse are.
    var result = m
    for (place, original) in order.enumerated() {
      for i in 0..<n { result[i * n + original] = m[i * n + place] }
    }
    return result
  }

  private init(
    _ a: [Integer], _ b: [Integer], size: Int, _ prime: WidePrime, _ inverse: [UInt64]
  ) {
    self.size = size
    self.prime = prime
    self.inverse = inverse
    let bits = a.reduce(0) { max($0, $1.bitWidth) }
    offset = bits
    // 0 < A + 2^bits < 2^(bits + 1).
    let count = (bits + 1) / 60 + 1
    var planes = [[UInt64]](repeating: [], count: count)
    for index in planes.indices { planes[index].reserveCapacity(a.count) }
    let lift = Integer(1) << bits
    let wordCount = (bits + 1) / 64 + 2
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: wordCount) { buffer in
      for element in a {
        (element + lift).write(twosComplement: buffer)
        for place in 0..<count {
          let (word, shift) = (place * 60 / 64, place * 60 % 64)
          var digit = buffer[word] >> UInt64(shift)
          if shift > 4 { digit |= buffer[word + 1] << UInt64(64 - shift) }
          planes[place].append(digit & ((1 << 60) - 1))
        }
      }
    }
    self.planes = planes
    // |r - A·x| ≤ max(‖b‖, n‖A‖) + n‖A‖p and a sign.
    let sum = bits + 60 + Int.bitWidth - size.leadingZeroBitCount
    words = (max(sum, b.reduce(0) { max($0, $1.bitWidth) }) + 2) / 64 + 1
  }

  private func solution(
    _ a: [Integer], _ b: [Integer], _ limit: EliminationLimit
  ) throws(ArithmeticError) -> [Rational]? {
    let n = size
    // Hadamard's bound over the rows of A, and of [A b] for the numerators.
    var denominatorBits = 1
    var numeratorBits = 1
    for row in 0..<n {
      var norm = Integer.zero
      for element in a[(row * n)..<((row + 1) * n)] { norm += element * element }
      denominatorBits += (norm.bitWidth + 1) / 2
      numeratorBits += ((norm + b[row] * b[row]).bitWidth + 1) / 2
    }
    let slack = 44
    let digitLimit = (denominatorBits + numeratorBits + slack + 2) / 59 + 1
    if digitLimit * n * n * (planes.count + 1) > limit.operations {
      throw .limit("a solution of \(numeratorBits) bits in \(n) unknowns")
    }
    var residual = [UInt64](repeating: 0, count: n * words)
    residual.withUnsafeMutableBufferPointer { residual in
      for (row, value) in b.enumerated() {
        value.write(
          twosComplement: .init(rebasing: residual[(row * words)..<((row + 1) * words)]))
      }
    }
    var digits = [[UInt64]](repeating: [], count: n)
    for index in digits.indices { digits[index].reserveCapacity(digitLimit) }
    var done = 0
    for part in [32, 16, 8, 4, 2, 1] {
      let target = (digitLimit + part - 1) / part
      if target <= done { continue }
      lift(&residual, count: target - done, into: &digits)
      done = target
      let modulus = Integer(prime.value).power(UInt(done))
      let bits = modulus.bitWidth * numeratorBits / (numeratorBits + denominatorBits)
      if let (numerators, denominator) = reconstruct(digits, modulus, bits: bits, slack: slack),
        isProved(numerators, denominator, a, b, modulus)
      {
        var result: [Rational] = []
        for numerator in numerators { result.append(try Rational(numerator, denominator)) }
        return result
      }
    }
    return nil
  }

  private func isProved(
    _ numerators: [Integer], _ denominator: Integer, _ a: [Integer], _ b: [Integer],
    _ modulus: Integer
  ) -> Bool {
    let widest = numerators.reduce(0) { max($0, $1.bitWidth) }
    let right = b.reduce(0) { max($0, $1.bitWidth) } + denominator.bitWidth
    let left = offset + widest + Int.bitWidth - size.leadingZeroBitCount
    return max(left, right) + 2 < modulus.bitWidth
  }

  /// All unknowns over one denominator: one is reconstructed, the others mostly are integers after
  /// multiplication with its denominator.
  private func reconstruct(
    _ digits: [[UInt64]], _ modulus: Integer, bits: Int, slack: Int
  ) -> (numerators: [Integer], denominator: Integer)? {
    var numerators: [Integer] = []
    var common = Integer.one
    for own in digits {
      let residue = Integer(digits: own, base: prime.value)
      let scaled = RationalVector.symmetric(
        common.isOne ? residue : residue * common, modulus)
      if scaled.bitWidth <= bits && scaled.bitWidth + common.bitWidth + slack <= modulus.bitWidth {
        numerators.append(scaled)
        continue
      }
      guard
        let (n, d) = Integer.shortFraction(
          scaled, modulus: modulus, numeratorBits: bits, slack: slack)
      else { return nil }
      if !d.isOne {
        for index in numerators.indices { numerators[index] = numerators[index] * d }
        common = common * d
      }
      numerators.append(n)
    }
    return (numerators, common)
  }

  /// Computes more digits of the solution.
  private func lift(
    _ residual: inout [UInt64], count: Int, into digits: inout [[UInt64]]
  ) {
    let n = size
    let p = prime.value
    var powers: [UInt64] = []
    // 2^(64k) mod p in Montgomery's form, and what a sign in two's complement stands for.
    var power = prime.one
    let base = prime.encode(prime.one)
    for _ in 0...words {
      powers.append(power)
      power = prime.multiply(power, base)
    }
    let signWeight = prime.decode(powers[words])
    var wordInverse = p
    for _ in 0..<5 { wordInverse = wordInverse &* (2 &- p &* wordInverse) }
    var reduced = [UInt64](repeating: 0, count: n)
    var x = reduced
    for _ in 0..<count {
      residual.withUnsafeMutableBufferPointer { residual in
        for i in 0..<n {
          var sum: UInt128 = 0
          var value: UInt64 = 0
          for k in 0..<words {
            // Below 2^124 each.
            let product = residual[i * words + k].multipliedFullWidth(by: powers[k])
            sum &+= UInt128(_low: product.low, _high: product.high)
            if k % 8 == 7 {
              value = prime.add(value, prime.reduce(sum))
              sum = 0
            }
          }
          value = prime.add(value, prime.reduce(sum))
          if residual[(i + 1) * words - 1] >> 63 == 1 { value = prime.subtract(value, signWeight) }
          reduced[i] = value
        }
        multiplyInverse(reduced, into: &x)
        var total: UInt128 = 0
        for digit in x { total += UInt128(digit) }
        for i in 0..<n {
          let row = UnsafeMutableBufferPointer(
            rebasing: residual[(i * words)..<((i + 1) * words)])
          for (place, plane) in planes.enumerated() {
            var start = 0
            while start < n {
              let end = min(n, start + 256)
              let sum = RationalLifting.dot(plane, i * n, x, start..<end)
              RationalLifting.add(0 &- sum, isNegative: sum != 0, shift: 60 * place, to: row)
              start = end
            }
          }
          RationalLifting.add(total, isNegative: false, shift: offset, to: row)
          // An exact division by p, in two's complement, from the lowest word up.
          var borrow: UInt64 = 0
          for k in 0..<words {
            let (difference, underflow) = row[k].subtractingReportingOverflow(borrow)
            let quotient = difference &* wordInverse
            row[k] = quotient
            borrow = quotient.multipliedFullWidth(by: p).high &+ (underflow ? 1 : 0)
          }
        }
      }
      for i in 0..<n { digits[i].append(x[i]) }
    }
  }

  /// x = A⁻¹·r mod p.
  private func multiplyInverse(_ r: [UInt64], into x: inout [UInt64]) {
    let n = size
    for i in 0..<n {
      var value: UInt64 = 0
      var start = 0
      while start < n {
        let end = min(n, start + 256)
        value = prime.add(
          value, prime.reduce(RationalLifting.dot(inverse, i * n, r, start..<end)))
        start = end
      }
      x[i] = value
    }
  }

  /// Σ a[first + j]·x[j] over at most 256 places, of numbers below 2^60.
  @inline(__always)
  private static func dot(
    _ a: [UInt64], _ first: Int, _ x: [UInt64], _ range: Range<Int>
  ) -> UInt128 {
    a.withUnsafeBufferPointer { a in
      x.withUnsafeBufferPointer { x in
        var low: UInt64 = 0
        var high: UInt64 = 0
        for j in range {
          let product = a[first + j].multipliedFullWidth(by: x[j])
          let (sum, carry) = low.addingReportingOverflow(product.low)
          low = sum
          high = high &+ product.high &+ (carry ? 1 : 0)
        }
        return UInt128(_low: low, _high: high)
      }
    }
  }

  /// Adds value·2^shift to a number in two's complement; a negative value is given in two's complement
  /// of 128 bits.
  @inline(__always)
  private static func add(
    _ value: UInt128, isNegative: Bool, shift: Int, to row: UnsafeMutableBufferPointer<UInt64>
  ) {
    let sign: UInt64 = isNegative ? .max : 0
    let low = UInt64(truncatingIfNeeded: value)
    let high = UInt64(truncatingIfNeeded: value >> 64)
    let bits = UInt64(shift % 64)
    var carry: UInt64 = 0
    var place = shift / 64
    let first = low << bits
    let second = bits == 0 ? high : (high << bits) | (low >> (64 - bits))
    let third = bits == 0 ? sign : (sign << bits) | (high >> (64 - bits))
    var index = 0
    while place < row.count {
      let word = index == 0 ? first : index == 1 ? second : index == 2 ? third : sign
      let (sum, overflow) = row[place].addingReportingOverflow(word)
      let (total, again) = sum.addingReportingOverflow(carry)
      row[place] = total
      carry = overflow || again ? 1 : 0
      index += 1
      place += 1
    }
  }
}
