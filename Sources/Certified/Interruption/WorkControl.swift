import Dispatch
import Synchronization

/// Lets the caller of a long computation stop it, follow it and take it up again.
///
/// The computation asks ``isCancelled`` after every cell and every step of a refinement, on all of its threads, and
/// then ends with ``RootError/cancelled``. That is as often as one evaluation of the function, so a few milliseconds
/// apart unless a single evaluation takes longer.
public final class WorkControl: Sendable {
  private let flag = Atomic<Bool>(false)
  private let isStopped: @Sendable () -> Bool
  private let report: (@Sendable (WorkProgress) -> Void)?
  /// Where what is done is kept.
  public let checkpoint: TraceCheckpoint?
  private let state = Mutex(State())

  /// - Parameters:
  ///   - checkpoint: where a trace keeps what is done, and finds what was done before.
  ///   - isCancelled: a further reason to stop, asked often and on any thread.
  ///   - progress: told of progress, about ten times a second at most, on any thread, one call at a time.
  public init(
    checkpoint: TraceCheckpoint? = nil, isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: (@Sendable (WorkProgress) -> Void)? = nil
  ) {
    self.checkpoint = checkpoint
    isStopped = isCancelled
    report = progress
  }

  /// Asks the computation to stop, from any thread.
  public func cancel() { flag.store(true, ordering: .relaxed) }

  /// Whether the computation is to stop. Once it is, it stays so. The cancellation of the task that called the
  /// computation is noticed on the thread of the call.
  public var isCancelled: Bool {
    if flag.load(ordering: .relaxed) { return true }
    guard Task.isCancelled || isStopped() else { return false }
    cancel()
    return true
  }

  func throwIfCancelled() throws(RootError) {
    if isCancelled { throw .cancelled }
  }

  /// Runs a computation with this control away from the caller's thread, and stops it when the task is cancelled.
  ///
  /// - Throws: what the body throws.
  public func run<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(with: Result(catching: body)) }
      }
    } onCancel: {
      cancel()
    }
  }

  // MARK: - Progress

  private struct State {
    var stage = WorkProgress.Stage.cells
    var done = 0
    var total = 0
    var curve = 1
    var curves = 1
    var cells = 0
    var area = 0.0
    var start = ContinuousClock.now
    var lastReport: ContinuousClock.Instant?
  }

  /// Begins a stage with so many parts.
  public func begin(_ stage: WorkProgress.Stage, total: Int, curve: Int = 1, curves: Int = 1) {
    state.withLock {
      $0 = State(
        stage: stage, total: total, curve: curve, curves: curves, lastReport: $0.lastReport)
    }
  }

  /// Adds to what is done of the stage, and tells of it where that is due.
  public func advance(done: Int, cells: Int = 0, area: Double = 0) {
    state.withLock { state in
      state.done += done
      state.cells += cells
      state.area += area
      guard let report else { return }
      let now = ContinuousClock.now
      if let last = state.lastReport, now - last < .milliseconds(100) { return }
      state.lastReport = now
      report(
        WorkProgress(
          stage: state.stage, done: state.done, total: state.total, curve: state.curve,
          curves: state.curves, cells: state.cells, decidedArea: state.area,
          elapsed: now - state.start))
    }
    checkpoint?.saveIfDue()
  }
}
