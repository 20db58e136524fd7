import Arbitrary
import Exact
import Synchronization

/// The results of the last few computations by their arguments, shared by threads.
final class RecentResults<Value: Sendable>: Sendable {
  struct Key: Hashable, Sendable {
    let ends: [Real]
    let exact: [Rational]?
    let precision: Int
  }

  private let kept = Mutex<[(key: Key, value: Value)]>([])
  private static var capacity: Int { 8 }

  /// The value kept for a key; setting one drops the oldest.
  subscript(key: Key) -> Value? {
    get { kept.withLock { list in list.last { $0.key == key }?.value } }
    set {
      guard let newValue else { return }
      kept.withLock { list in
        if list.count == Self.capacity { list.removeFirst() }
        list.append((key, newValue))
      }
    }
  }
}
