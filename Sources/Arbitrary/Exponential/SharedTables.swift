import CMPFR
import Synchronization

/// Immutable tables built once for each limb count and shared by all threads.
///
/// Tables are kept as long as the program runs; numbers of limbs that have tables are bounded, and
/// all of them together hold less than 20 MB.
///
/// A kernel asks for its table when it is made and keeps the reference, so that no call locks.
final class SharedTables<Table: Sendable>: Sendable {
  private let tables = Mutex<[Int: Table]>([:])
  private let make: @Sendable (Int) -> Table

  init(_ make: @escaping @Sendable (Int) -> Table) { self.make = make }

  /// The table for a number of limbs; it is built within the lock, so once.
  subscript(limbs: Int) -> Table {
    tables.withLock { tables in
      if let table = tables[limbs] { return table }
      let table = make(limbs)
      tables[limbs] = table
      return table
    }
  }
}

/// Calls `body` with numbers of MPFR of the given precision, which are cleared afterwards.
func withScratchNumbers(
  count: Int, precision: Int, _ body: (UnsafeMutablePointer<__mpfr_struct>) -> Void
) {
  let numbers = UnsafeMutablePointer<__mpfr_struct>.allocate(capacity: count)
  for index in 0..<count { mpfr_init2(numbers + index, mpfr_prec_t(precision)) }
  body(numbers)
  for index in 0..<count { mpfr_clear(numbers + index) }
  numbers.deallocate()
}
