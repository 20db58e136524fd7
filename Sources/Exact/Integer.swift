import CGMP

/// An integer of any size.
///
/// Values that fit a machine word are stored in place; others are GMP integers behind an immutable
/// reference. The representation is canonical: a value is `large` only if it does not fit `Int`, so
/// equality of small values is equality of words.
public struct Integer: Sendable {
  @usableFromInline
  enum Storage: Sendable {
    case small(Int)
    case large(LargeInteger)
  }

  @usableFromInline var storage: Storage

  @inlinable init(storage: Storage) { self.storage = storage }

  @inlinable public init(_ value: Int) { storage = .small(value) }

  /// Any fixed-width integer, exactly.
  public init<T: BinaryInteger>(_ value: T) {
    if let word = Int(exactly: value) {
      storage = .small(word)
    } else {
      var total = Integer(0)
      for word in value.magnitude.words.reversed() {
        total = (total << 64) + Integer(word: word)
      }
      self = value < 0 ? -total : total
    }
  }

  init(word: UInt) {
    if let small = Int(exactly: word) {
      storage = .small(small)
    } else {
      storage = .large(LargeInteger { __gmpz_set_ui($0, word) })
    }
  }

  /// The value as a machine word where it fits one.
  @inlinable public var word: Int? {
    if case .small(let value) = storage { value } else { nil }
  }

  /// -1, 0 or 1.
  @inlinable public var signum: Int {
    switch storage {
    case .small(let value): value.signum()
    case .large(let value): value.signum
    }
  }

  @inlinable public var isNegative: Bool { signum < 0 }
  @inlinable public var isOne: Bool { word == 1 }

  public var isEven: Bool {
    switch storage {
    case .small(let value): value & 1 == 0
    case .large(let value): value.withPointer { sx_mpz_even($0) != 0 }
    }
  }

  /// The number of binary digits of the magnitude; 0 for zero.
  public var bitWidth: Int {
    switch storage {
    case .small(let value): Int.bitWidth - value.magnitude.leadingZeroBitCount
    case .large(let value): value.withPointer { Int(__gmpz_sizeinbase($0, 2)) }
    }
  }

  /// The number of zero bits below the lowest one; 0 for zero.
  public var trailingZeroBitCount: Int {
    switch storage {
    case .small(let value): value == 0 ? 0 : value.trailingZeroBitCount
    case .large(let value): value.withPointer { Int(__gmpz_scan1($0, 0)) }
    }
  }

  public var magnitude: Integer { isNegative ? -self : self }

  /// The nearest double (ties as GMP truncates: toward zero), infinite beyond its range.
  public var approximateDouble: Double {
    switch storage {
    case .small(let value): Double(value)
    case .large(let value): value.withPointer { __gmpz_get_d($0) }
    }
  }
}

extension Integer: Ring {
  @inlinable public static var zero: Integer { Integer(0) }
  @inlinable public static var one: Integer { Integer(1) }
  @inlinable public init(_ value: Integer) { self = value }
  @inlinable public var isZero: Bool { word == 0 }
}

extension Integer: ExpressibleByIntegerLiteral {
  @inlinable public init(integerLiteral value: StaticBigInt) {
    if value.bitWidth <= Int.bitWidth {
      self.init(Int(bitPattern: value[0]))
    } else {
      self.init(wide: value)
    }
  }

  @usableFromInline init(wide value: StaticBigInt) {
    // Two's complement words from the least significant; the sign word repeats beyond them.
    let words = (value.bitWidth + UInt.bitWidth - 1) / UInt.bitWidth
    var total = value.signum() < 0 ? Integer(-1) : Integer(0)
    for index in (0..<words).reversed() {
      total = (total << 64) + Integer(word: value[index])
    }
    self = total
  }
}

extension Integer: Equatable, Hashable, Comparable {
  @inlinable public static func == (a: Integer, b: Integer) -> Bool {
    switch (a.storage, b.storage) {
    case (.small(let x), .small(let y)): x == y
    case (.large(let x), .large(let y)): x === y || x.compare(y) == 0
    default: false
    }
  }

  @inlinable public static func < (a: Integer, b: Integer) -> Bool {
    switch (a.storage, b.storage) {
    case (.small(let x), .small(let y)): x < y
    case (.large(let x), .large(let y)): x.compare(y) < 0
    case (.small, .large(let y)): y.signum > 0
    case (.large(let x), .small): x.signum < 0
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch storage {
    case .small(let value): hasher.combine(value)
    case .large(let value): value.hash(into: &hasher)
    }
  }
}
