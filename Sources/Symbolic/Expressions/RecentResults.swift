import Arbitrary
import Exact
import Synchronization

/// The results of the last computations by their arguments, shared by threads.
final class RecentResults<Value: Sendable>: Sendable {
  struct Key: Hashable, Sendable {
    let ends: [Real]
    let exact: [Rational]?
    let precision: Int
  }

  private struct Generations {
    var young: [Key: Value] = [:]
    var old: [Key: Value] = [:]
  }

  private let kept = Mutex(Generations())
  private let capacity: Int

  /// - Parameter capacity: how many results are kept at least; at most twice as many are.
  init(capacity: Int) { self.capacity = capacity }

  /// The value kept for a key.
  subscript(key: Key) -> Value? {
    get { kept.withLock { $0.young[key] ?? $0.old[key] } }
    set {
      guard let newValue else { return }
      kept.withLock { generations in
        if generations.young.count >= capacity {
          generations.old = generations.young
          generations.young = [:]
        }
        generations.young[key] = newValue
      }
    }
  }
}
