import CMPFR

/// An MPFR number with its limbs, two at most, beside it: in one line of the cache.
struct PointNumber {
  var number: __mpfr_struct
  var limbs: (UInt, UInt) = (0, 0)
  private var unused: (UInt, UInt) = (0, 0)

  init(precision: Int) {
    number = __mpfr_struct(
      _mpfr_prec: precision, _mpfr_sign: 1, _mpfr_exp: 0, _mpfr_d: nil)
  }

  /// Bytes from the number to its limbs.
  static let limbOffset = MemoryLayout<__mpfr_struct>.stride
}

/// Memory for numbers that stay where they are, all zero at first.
final class PointArena {
  typealias Number = UnsafeMutablePointer<PointNumber>
  let numbers: Number
  let count: Int

  init(precision: Int, count: Int) {
    self.count = count
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<PointNumber>.stride, alignment: 64)
    numbers = memory.bindMemory(to: PointNumber.self, capacity: max(count, 1))
    for i in 0..<count {
      (numbers + i).initialize(to: PointNumber(precision: precision))
      numbers[i].number._mpfr_d = limbs(i)
      mpfr_set_zero(number(i), 1)
    }
  }

  deinit { UnsafeMutableRawPointer(numbers).deallocate() }

  func number(_ i: Int) -> UnsafeMutablePointer<__mpfr_struct> {
    UnsafeMutableRawPointer(numbers + i).assumingMemoryBound(to: __mpfr_struct.self)
  }

  func limbs(_ i: Int) -> UnsafeMutablePointer<UInt> {
    (UnsafeMutableRawPointer(numbers + i) + PointNumber.limbOffset)
      .assumingMemoryBound(to: UInt.self)
  }
}
