import Arbitrary
import Exact

/// A complex matrix of fixed-point numbers, whose products are exact up to one last rounding.
///
/// Numbers are sign and magnitude of ``limbs`` words, of which all but one are fractional: a *unit* is
/// 2^(-64·(limbs - 1)). Inner products are accumulated without rounding and then cut off toward zero, so that
/// each part of a product of matrices is within one unit of the exact one. Numbers stay below 2^63 in
/// magnitude; what would grow beyond is a programmer error of the only user, who scales.
struct FixedPointMatrix {
  let rows: Int
  let columns: Int
  let limbs: Int
  /// Magnitudes: for each element, row by row, the real part and then the imaginary part, each with the
  /// least word first.
  private var words: [UInt64]
  private var isNegative: [Bool]

  /// The number of fractional bits.
  var fractionBits: Int { 64 * (limbs - 1) }

  init(rows: Int, columns: Int, limbs: Int) {
    self.rows = rows
    self.columns = columns
    self.limbs = limbs
    words = Array(repeating: 0, count: 2 * rows * columns * limbs)
    isNegative = Array(repeating: false, count: 2 * rows * columns)
  }

  /// Sets one part, 0 for the real and 1 for the imaginary one, to a multiple of the unit.
  mutating func set(_ row: Int, _ column: Int, part: Int, units: Integer) {
    let place = 2 * (row * columns + column) + part
    isNegative[place] = units.isNegative
    let limbs = limbs
    words.withUnsafeMutableBufferPointer { buffer in
      let target = UnsafeMutableBufferPointer(rebasing: buffer[place * limbs..<(place + 1) * limbs])
      units.magnitude.write(twosComplement: target)
    }
  }

  /// Sets one part to a double, cut off toward zero; 0 for one that is not below 2^62 in magnitude.
  mutating func set(_ row: Int, _ column: Int, part: Int, to given: Double) {
    let value = given.magnitude < 0x1p62 ? given : 0
    let place = 2 * (row * columns + column) + part
    isNegative[place] = value < 0
    var rest = value.magnitude
    for limb in (0..<limbs).reversed() {
      let word = UInt64(rest)
      words[place * limbs + limb] = word
      // Exact: the fraction of a double, and a shift.
      rest = (rest - Double(word)) * 0x1p64
    }
  }

  /// One part as a multiple of the unit.
  func units(_ row: Int, _ column: Int, part: Int) -> Integer {
    let place = 2 * (row * columns + column) + part
    var value = Integer.zero
    for limb in (0..<limbs).reversed() {
      value = (value << 64) + Integer(words[place * limbs + limb])
    }
    return isNegative[place] ? -value : value
  }

  /// One part in doubles, to a relative error of a few units of the last place.
  func double(_ row: Int, _ column: Int, part: Int) -> Double {
    let place = 2 * (row * columns + column) + part
    var value = 0.0
    var scale = 1.0
    for limb in (0..<limbs).reversed() {
      value += Double(words[place * limbs + limb]) * scale
      scale *= 0x1p-64
    }
    return isNegative[place] ? -value : value
  }

  // MARK: Products

  /// A·B, each part within one unit.
  func times(_ b: FixedPointMatrix) -> FixedPointMatrix {
    product(
      rows: rows, inner: columns, b, conjugate: false, upperOnly: false, strides: (columns, 1))
  }

  /// A†·B, each part within one unit.
  ///
  /// - Parameter upperOnly: leaves out the elements below the diagonal, for products that are Hermitian.
  func adjointTimes(_ b: FixedPointMatrix, upperOnly: Bool = false) -> FixedPointMatrix {
    product(
      rows: columns, inner: rows, b, conjugate: true, upperOnly: upperOnly, strides: (1, columns))
  }

  /// - Parameter strides: between the left factor's elements for neighbouring rows of the product, and
  ///   for neighbouring terms of the inner products.
  private func product(
    rows: Int, inner: Int, _ b: FixedPointMatrix, conjugate: Bool, upperOnly: Bool,
    strides: (row: Int, term: Int)
  ) -> FixedPointMatrix {
    precondition(inner == b.rows && limbs == b.limbs, "shapes do not fit")
    var result = FixedPointMatrix(rows: rows, columns: b.columns, limbs: limbs)
    let sum = Accumulator(limbs: limbs)
    let width = b.columns
    words.withUnsafeBufferPointer { x in
      b.words.withUnsafeBufferPointer { y in
        for i in 0..<rows {
          for j in (upperOnly ? min(i, width) : 0)..<width {
            for part in 0..<2 {
              sum.clear()
              for k in 0..<inner {
                let a = 2 * (i * strides.row + k * strides.term)
                let c = 2 * (k * width + j)
                // Re: ac - bd, or ac + bd with the conjugate; Im: ad + bc, or ad - bc.
                for other in 0..<2 {
                  let (first, second) = (a + other, c + (other == 0 ? part : 1 - part))
                  let flips = other == 1 && (part == 0) != conjugate
                  sum.add(
                    x, first * limbs, y, second * limbs,
                    isNegative: (isNegative[first] != b.isNegative[second]) != flips)
                }
              }
              let target = 2 * (i * width + j) + part
              result.isNegative[target] = sum.write(to: &result.words, at: target * limbs)
            }
          }
        }
      }
    }
    return result
  }

  /// A + B, exactly.
  func plus(_ b: FixedPointMatrix) -> FixedPointMatrix {
    var result = self
    for row in 0..<rows {
      for column in 0..<columns {
        for part in 0..<2 {
          result.set(
            row, column, part: part,
            units: units(row, column, part: part) + b.units(row, column, part: part))
        }
      }
    }
    return result
  }

  /// The exact sum of products, positive and negative ones apart.
  private final class Accumulator {
    private let limbs: Int
    /// Two sums of 2·limbs + 1 words.
    private let sums: UnsafeMutableBufferPointer<UInt64>

    init(limbs: Int) {
      self.limbs = limbs
      sums = .allocate(capacity: 2 * (2 * limbs + 1))
      sums.initialize(repeating: 0)
    }

    deinit { sums.deallocate() }

    func clear() { sums.update(repeating: 0) }

    /// Adds the product of the magnitudes that begin at these words, or subtracts it.
    @inline(__always)
    func add(
      _ x: UnsafeBufferPointer<UInt64>, _ first: Int, _ y: UnsafeBufferPointer<UInt64>,
      _ second: Int, isNegative: Bool
    ) {
      let start = isNegative ? 2 * limbs + 1 : 0
      for i in 0..<limbs {
        let factor = x[first &+ i]
        if factor == 0 { continue }
        var carry: UInt64 = 0
        for j in 0..<limbs {
          // factor·y + carry + sum is at most 2^128 - 1.
          let (high, low) = factor.multipliedFullWidth(by: y[second &+ j])
          let (sum, overflow1) = low.addingReportingOverflow(carry)
          let (total, overflow2) = sum.addingReportingOverflow(sums[start &+ i &+ j])
          sums[start &+ i &+ j] = total
          carry = high &+ (overflow1 ? 1 : 0) &+ (overflow2 ? 1 : 0)
        }
        var k = start &+ i &+ limbs
        while carry != 0 {
          let (value, overflow) = sums[k].addingReportingOverflow(carry)
          sums[k] = value
          carry = overflow ? 1 : 0
          k &+= 1
        }
      }
    }

    /// Writes the sum without its lower fraction.
    ///
    /// - Returns: whether it is negative.
    func write(to words: inout [UInt64], at place: Int) -> Bool {
      let count = 2 * limbs + 1
      var isNegative = false
      for index in (0..<count).reversed() where sums[index] != sums[count + index] {
        isNegative = sums[index] < sums[count + index]
        break
      }
      let (greater, lesser) = isNegative ? (count, 0) : (0, count)
      var borrow: UInt64 = 0
      for index in 0..<(2 * limbs - 1) {
        let (first, overflow1) =
          sums[greater + index].subtractingReportingOverflow(sums[lesser + index])
        let (second, overflow2) = first.subtractingReportingOverflow(borrow)
        borrow = overflow1 || overflow2 ? 1 : 0
        if index >= limbs - 1 { words[place + index - (limbs - 1)] = second }
      }
      return isNegative
    }
  }
}
