import Synchronization

/// A bound on the work of everything done inside a scope.
///
/// Algorithms whose cost can explode charge what they do, in units of about one machine operation,
/// weighted by the size of the operands; no clock is read, so that the same question meets the same
/// limit on every machine. A scope is opened by ``limited(to:_:)``; scopes nest, and an inner one never
/// has more than its outer one has left. Once a budget is exhausted it stays so: every later
/// ``check()`` in its scope throws, and what was going on unwinds. Outside any scope nothing is
/// counted.
///
/// A charge is made on the task that opened the scope. Work handed to other threads is not counted
/// and needs limits of its own.
public final class WorkBudget: Sendable {
  @TaskLocal private static var current: WorkBudget?

  private let limit: Int
  private let spent = Atomic<Int>(0)

  private init(limit: Int) { self.limit = limit }

  private var rest: Int { max(0, limit - spent.load(ordering: .relaxed)) }

  private func charge(_ units: Int) {
    // Far below the greatest integer, whatever is added: charges are cut off first.
    let bounded = min(max(units, 0), limit)
    if rest > 0 { spent.add(bounded, ordering: .relaxed) }
  }

  /// Counts work in the innermost scope.
  public static func charge(_ units: Int) { current?.charge(units) }

  /// Whether the innermost scope has no work left.
  public static var isExhausted: Bool {
    guard let current else { return false }
    return current.rest == 0
  }

  /// - Throws: ``ArithmeticError/limit(_:)`` where the innermost scope has no work left.
  public static func check() throws(ArithmeticError) {
    if isExhausted { throw .limit("the work allowed for one question") }
  }

  /// Before a step that cannot be stopped: whether the innermost scope has enough left for it.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)``; nothing is charged, but the scope is then exhausted.
  public static func require(_ units: Int) throws(ArithmeticError) {
    guard let current, units >= current.rest else { return }
    current.charge(.max)
    try check()
  }

  /// Charges, then checks.
  public static func spend(_ units: Int) throws(ArithmeticError) {
    guard let current else { return }
    current.charge(units)
    try check()
  }

  /// Runs a body in a scope with at most so many units.
  ///
  /// - Returns: what the body returns, and whether the scope was exhausted.
  public static func limited<T>(
    to units: Int, _ body: () -> T
  ) -> (value: T, isExhausted: Bool) {
    let outer = current
    let inner = WorkBudget(limit: min(max(units, 0), outer?.rest ?? .max / 4))
    let value = $current.withValue(inner) { body() }
    outer?.charge(inner.spent.load(ordering: .relaxed))
    return (value, inner.rest == 0)
  }

  /// About how many machine operations the product of two integers of so many bits takes.
  public static func productCost(bits a: Int, _ b: Int) -> Int {
    let (short, long) = (min(a, b) / 64 + 1, max(a, b) / 64 + 1)
    // Schoolbook up to some words; beyond, Karatsuba and then transforms, about n·log n.
    return short <= 32 ? short * long : 32 * long * (Int.bitWidth - short.leadingZeroBitCount - 4)
  }
}
