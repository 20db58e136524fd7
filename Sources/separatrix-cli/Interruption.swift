import Foundation
import Separatrix
import Synchronization

/// What SIGINT and SIGTERM do: the process ends with ``ExitStatus/stopped`` and says so.
///
/// Where nothing would be lost it ends at once. Inside ``gracefully(_:)`` the computation is asked to stop, so that what is
/// done can be kept; a second signal, or ``patience`` seconds, ends it all the same. The handlers call nothing but
/// atomic stores, `alarm`, `write` and `_exit`, which are safe there.
enum Interruption {
  private static let requested = Atomic<Bool>(false)
  private static let isGraceful = Atomic<Bool>(false)
  private static let patience: UInt32 = 5

  /// Whether a signal asked the computation to stop.
  static var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// Sets the handlers.
  static func install() {
    // What a handler uses is there before it can run.
    requested.store(false, ordering: .relaxed)
    isGraceful.store(false, ordering: .relaxed)
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in
        if Interruption.isGraceful.load(ordering: .relaxed),
          !Interruption.requested.exchange(true, ordering: .relaxed)
        {
          alarm(Interruption.patience)
        } else {
          Interruption.end()
        }
      }
    }
    signal(SIGALRM) { _ in Interruption.end() }
    // A parent that waits for signals in a thread of its own leaves them blocked in its children.
    var all = sigset_t()
    sigemptyset(&all)
    for number in [SIGINT, SIGTERM, SIGALRM] { sigaddset(&all, number) }
    pthread_sigmask(SIG_UNBLOCK, &all, nil)
  }

  private static func end() -> Never {
    let text: StaticString = "interrupted\n"
    _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    _exit(ExitStatus.stopped.rawValue)
  }

  /// Runs what asks ``isRequested`` often and keeps what it has done.
  static func gracefully<T, E: Error>(_ body: () throws(E) -> T) throws(E) -> T {
    isGraceful.store(true, ordering: .relaxed)
    defer {
      isGraceful.store(false, ordering: .relaxed)
      alarm(0)
    }
    return try body()
  }

  /// A control that an interrupt cancels, with progress where standard error is a terminal.
  static func control(_ name: String, checkpoint: TraceCheckpoint? = nil) -> WorkControl {
    var progress: (@Sendable (WorkProgress) -> Void)?
    if Console.isInteractive {
      progress = { Console.show(progress: "\(name): \($0)") }
    }
    return WorkControl(
      checkpoint: checkpoint, isCancelled: { Interruption.isRequested }, progress: progress)
  }
}
