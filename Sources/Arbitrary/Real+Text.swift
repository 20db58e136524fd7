import CMPFR

extension Real {
  /// The number that a text denotes, correctly rounded; nil where it is not a number.
  ///
  /// Decimal (`-1.5e-3`), hexadecimal with a binary exponent (`0x1.8p-1`), `inf`, `infinity` and
  /// `nan`, in any case. Exponents of any size are taken: beyond the range the value is rounded to
  /// zero, to an infinity, or to the extreme finite value, as the direction asks.
  public init?(_ text: String, precision: Int, rounding: Rounding = .nearest) {
    // MPFR skips white space and takes a prefix; a number here is the whole text. Its own names for
    // special values, such as @inf@, are kept out.
    guard let first = text.utf8.first, !Real.isSpace(first), !text.utf8.contains(UInt8(ascii: "@"))
    else { return nil }
    var isWhole = false
    let value = Real.computed(precision: precision) { result in
      text.withCString { start in
        var end: UnsafeMutablePointer<CChar>?
        mpfr_strtofr(result, start, &end, 0, rounding.mode)
        if let end { isWhole = end.pointee == 0 && UnsafePointer(end) != start }
      }
    }
    guard isWhole else { return nil }
    self = value
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
}

extension Real: CustomStringConvertible {
  /// A decimal that gives the value back when read at its precision, rounding to nearest.
  public var description: String {
    Decimal.text(of: self, significant: 0, rounding: .nearest, trimsZeros: true)
  }
}
