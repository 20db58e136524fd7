import CGMP

/// One GMP integer, written only while it is being made.
///
/// Unchecked sendability rests on that: `value` and the limbs it points to are set by the initialiser,
/// before any other reference to the object exists, and only read afterwards.
@usableFromInline
final class LargeInteger: @unchecked Sendable {
  private let value: __mpz_struct

  init(_ fill: (UnsafeMutablePointer<__mpz_struct>) -> Void) {
    var number = __mpz_struct()
    __gmpz_init(&number)
    fill(&number)
    value = number
  }

  deinit {
    var number = value
    __gmpz_clear(&number)
  }

  /// Calls `body` with the number; the pointer must be neither written through nor kept.
  ///
  /// The pointer is to a copy of the header, which shares the limbs. An access to `value` itself would
  /// last as long as `body`, and a·a, which opens the same object twice, would be two overlapping ones.
  func withPointer<R>(_ body: (UnsafeMutablePointer<__mpz_struct>) -> R) -> R {
    var number = value
    return withExtendedLifetime(self) { body(&number) }
  }

  /// The value as a word, if it fits one.
  var word: Int? {
    withPointer { __gmpz_fits_slong_p($0) != 0 ? __gmpz_get_si($0) : nil }
  }

  @usableFromInline var signum: Int { withPointer { Int(sx_mpz_sgn($0)) } }

  @usableFromInline func compare(_ other: LargeInteger) -> Int {
    withPointer { x in other.withPointer { y in Int(__gmpz_cmp(x, y)) } }
  }

  func hash(into hasher: inout Hasher) {
    withPointer { x in
      let limbs = Int(__gmpz_size(x))
      hasher.combine(sx_mpz_sgn(x))
      guard let first = __gmpz_limbs_read(x) else { return }
      for index in 0..<limbs { hasher.combine(first[index]) }
    }
  }
}

extension Integer {
  /// The result of a GMP function that writes one number, in canonical form.
  static func computed(_ fill: (UnsafeMutablePointer<__mpz_struct>) -> Void) -> Integer {
    let result = LargeInteger(fill)
    if let word = result.word { return Integer(word) }
    return Integer(storage: .large(result))
  }

  /// Two words, without the detour of a general integer.
  public init(_ value: Int128) {
    if let word = Int(exactly: value) {
      self.init(word)
      return
    }
    let magnitude = value.magnitude
    self.init(
      storage: .large(
        LargeInteger { number in
          guard let limbs = __gmpz_limbs_write(number, 2) else { return }
          limbs[0] = UInt(truncatingIfNeeded: magnitude)
          limbs[1] = UInt(truncatingIfNeeded: magnitude >> 64)
          __gmpz_limbs_finish(number, value < 0 ? -2 : 2)
        }))
  }

  /// Calls `body` with the value as a GMP integer; a small value is laid out on the stack.
  ///
  /// The pointer must be neither written through nor kept: for a small value its limb lives in this
  /// call's frame.
  public func withGMP<R>(_ body: (UnsafeMutablePointer<__mpz_struct>) -> R) -> R {
    switch storage {
    case .large(let value): return value.withPointer(body)
    case .small(let value):
      var limb = mp_limb_t(value.magnitude)
      return withUnsafeMutablePointer(to: &limb) { pointer in
        var number = __mpz_struct(
          _mp_alloc: 1, _mp_size: Int32(value.signum()), _mp_d: pointer)
        return body(&number)
      }
    }
  }

  /// The value that `fill` writes into a fresh GMP integer.
  public static func fromGMP(_ fill: (UnsafeMutablePointer<__mpz_struct>) -> Void) -> Integer {
    computed(fill)
  }
}
