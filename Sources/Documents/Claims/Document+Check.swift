import Certified
import Dispatch
import Synchronization

extension Document {
  /// Checks every claim, erratum and cross-check, or those named.
  ///
  /// - Parameters:
  ///   - only: identifiers; nil for all.
  ///   - digits: significant digits of the numbers in results.
  ///   - jobs: how many checks, and instances of a campaign, run at once.
  ///   - control: asked between claims whether to stop, and told of progress.
  /// - Returns: one result a check in the document's order, whatever the number of jobs.
  /// - Throws: ``DocumentError/unknown(what:name:known:)``; ``DocumentError/cancelled``.
  public func check(
    only: Set<String>? = nil, digits: Int = 20, jobs: Int = 1,
    control: WorkControl = WorkControl()
  ) throws(DocumentError) -> [CheckResult] {
    let known = checks.map(\.id)
    for id in (only ?? []).sorted() where !known.contains(id) {
      throw .unknown(what: "claim", name: id, known: known)
    }
    // What the chosen ones build on is checked too, so that it can fall under them.
    var needed = only ?? []
    var count = -1
    while needed.count != count {
      count = needed.count
      for check in checks {
        if case .claim(let claim) = check, needed.contains(claim.id) {
          needed.formUnion(claim.uses)
        }
      }
    }
    let chosen = checks.filter { only == nil || needed.contains($0.id) }
    let checker = ClaimChecker(document: self, digits: digits, jobs: jobs)
    let results = Mutex<[CheckResult?]>(Array(repeating: nil, count: chosen.count))
    let next = Mutex(0)
    control.begin(.claims, total: chosen.count)
    DispatchQueue.concurrentPerform(iterations: max(1, min(jobs, chosen.count))) { _ in
      while !control.isCancelled {
        let index = next.withLock { value in
          value += 1
          return value - 1
        }
        guard index < chosen.count else { return }
        let result = checker.check(chosen[index])
        results.withLock { $0[index] = result }
        control.advance(done: 1)
      }
    }
    if control.isCancelled { throw .cancelled }
    return markFallen(results.withLock { $0.compactMap { $0 } })
      .filter { only?.contains($0.id) ?? true }
  }

  /// Adds to each result which of the claims that it builds on do not hold.
  private func markFallen(_ results: [CheckResult]) -> [CheckResult] {
    var uses: [String: [String]] = [:]
    for check in checks {
      if case .claim(let claim) = check { uses[claim.id] = claim.uses }
    }
    var fallen = Set(results.filter { !$0.holds }.map(\.id))
    // What builds on something that fell has fallen too, however long the chain.
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for (id, list) in uses where !fallen.contains(id) && list.contains(where: fallen.contains) {
        fallen.insert(id)
        isGrowing = true
      }
    }
    return results.map { result in
      let lost = (uses[result.id] ?? []).filter(fallen.contains)
      if lost.isEmpty { return result }
      return CheckResult(
        id: result.id, kind: result.kind, source: result.source, text: result.text,
        status: result.status, holds: false, detail: result.detail,
        counterexample: result.counterexample, fallen: lost, correctedBy: result.correctedBy)
    }
  }
}
