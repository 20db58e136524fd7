import CMPFR

/// One MPFR number in one allocation: the header is the number, the tail its limbs.
///
/// Invariants, from creation on:
/// - the header's limb pointer is the start of this object's tail, which is at least as long as the
///   header's precision asks for; the tail of a heap object does not move, so that the pointer stays
///   right as long as the object lives;
/// - the header is a valid MPFR number of that precision (zero until it is filled);
/// - the number is written only by the closure given to ``Real/computed(precision:_:)``, before any
///   other reference to the object exists, and only read afterwards.
///
/// MPFR never reallocates the limbs of a number whose precision is not changed, and the custom
/// interface of MPFR promises that limbs it did not allocate may be used so. There is nothing to
/// clear: the limbs go with the object.
final class RealStorage: ManagedBuffer<__mpfr_struct, mp_limb_t> {
  /// Storage of the given precision, holding +0.
  ///
  /// - Precondition: `precision` is within ``Real/precisions``.
  static func make(precision: Int) -> RealStorage {
    let limbs = (precision + mp_limb_t.bitWidth - 1) / mp_limb_t.bitWidth
    let buffer = create(minimumCapacity: limbs) { buffer in
      buffer.withUnsafeMutablePointerToElements { tail in
        var number = __mpfr_struct()
        mpfr_custom_init_set(
          &number, Int32(MPFR_ZERO_KIND.rawValue), 0, mpfr_prec_t(precision),
          UnsafeMutableRawPointer(tail))
        return number
      }
    }
    return unsafeDowncast(buffer, to: RealStorage.self)
  }
}
