import Algebra
import Arbitrary
import Exact
import Foundation
import Symbolic
import Synchronization
import Testing

@testable import Certified

@Suite("Interrupted traces")
struct InterruptionTests {
  private final class Folder {
    let path: String
    init() throws {
      let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("separatrix-checkpoint-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      path = folder.path
    }
    deinit { try? FileManager.default.removeItem(atPath: path) }
    var file: String { path + "/curve.json.partial" }
    func text() throws -> String { try String(contentsOfFile: file, encoding: .utf8) }
    func write(_ text: String) throws {
      try text.write(toFile: file, atomically: true, encoding: .utf8)
    }
  }

  /// Two curves, one over a kernel.
  private func job() throws -> BoundaryTrace<PolynomialCurve> {
    let ring = try PolynomialRing(["x", "y"])
    let (x, y) = (Polynomial.variable(0, of: ring), Polynomial.variable(1, of: ring))
    let wave = [1, 3, 5].reduce(Polynomial.one) { $0 * (x.scaled(by: 10) - Polynomial($1)) }
    let curves = try [
      x * x + y * y - x - y,
      y.scaled(by: 4) - wave,
    ].map { try PolynomialCurve($0) }
    let map = CoordinateMap.exponential(0, -1, 1, 0)
    return try BoundaryTrace(
      curves, in: PlaneBox(x: 0, 3, y: -2, 2), digits: 60, points: 80, xMap: map)
  }

  private func certificate(
    _ control: WorkControl = WorkControl()
  ) throws -> CurveCertificate {
    var job = try job()
    job.control = control
    return CurveCertificate(
      condition: "test", horizontal: "x", vertical: "y", x: ["0", "3"], y: ["-2", "2"],
      curves: try job.certified().curves)
  }

  /// How often a whole run asks whether to stop.
  private func questions() throws -> Int {
    let asked = Mutex(0)
    _ = try certificate(
      WorkControl(isCancelled: {
        asked.withLock { $0 += 1 }
        return false
      }))
    return asked.withLock { $0 }
  }

  /// Stops after so many questions whether to stop.
  private func interrupted(after count: Int, _ file: String) throws -> Bool {
    let asked = Mutex(0)
    let checkpoint = TraceCheckpoint(path: file)
    let control = WorkControl(
      checkpoint: checkpoint,
      isCancelled: {
        asked.withLock { value in
          value += 1
          return value > count
        }
      })
    do {
      _ = try certificate(control)
      return false
    } catch RootError.cancelled {
      #expect(checkpoint.save())
      return true
    }
  }

  @Test("interrupted again and again, the result is that of one run")
  func resumed() throws {
    let whole = try certificate()
    let folder = try Folder()
    let all = try questions()
    for share in [0.1, 0.5, 0.98] {
      #expect(try interrupted(after: Int(share * Double(all)), folder.file))
    }
    let checkpoint = TraceCheckpoint(path: folder.file) { Issue.record("\($0)") }
    let isSame = try certificate(WorkControl(checkpoint: checkpoint)) == whole
    #expect(isSame)
    #expect(checkpoint.knownPoints > 0)
    checkpoint.remove()
    #expect(!FileManager.default.fileExists(atPath: folder.file))
  }

  @Test("a checkpoint text is read back as it was, and no change of it is read at all")
  func text() throws {
    let folder = try Folder()
    #expect(try interrupted(after: try questions() * 98 / 100, folder.file))
    let text = try folder.text()
    let content = try #require(TraceCheckpoint.Content(text: text))
    #expect(content.text == text && !content.trees.isEmpty && !content.points.isEmpty)
    let bytes = Array(text.utf8)
    for place in stride(from: 3, to: bytes.count, by: max(bytes.count / 60, 1)) {
      var changed = bytes
      changed[place] = changed[place] == 0x31 ? 0x32 : 0x31
      #expect(TraceCheckpoint.Content(text: String(decoding: changed, as: UTF8.self)) == nil)
      let cut = String(decoding: bytes.prefix(place), as: UTF8.self)
      #expect(TraceCheckpoint.Content(text: cut) == nil)
    }
  }

  @Test("a damaged checkpoint, and one of another trace, are left out with a warning")
  func refused() throws {
    let whole = try certificate()
    let folder = try Folder()
    #expect(try interrupted(after: try questions() * 9 / 10, folder.file))
    let text = try folder.text()
    let other = try #require(TraceCheckpoint.Content(text: text))
    var foreign = other
    foreign.problem = "0-0"
    for (content, mention) in [
      (String(text.dropLast(9)), "damaged"), ("nonsense", "damaged"), ("", "damaged"),
      (foreign.text, "another trace"),
    ] {
      try folder.write(content)
      let warnings = Mutex<[String]>([])
      let checkpoint = TraceCheckpoint(path: folder.file) { text in
        warnings.withLock { $0.append(text) }
      }
      let isSame = try certificate(WorkControl(checkpoint: checkpoint)) == whole
      #expect(isSame)
      #expect(warnings.withLock { $0.count == 1 && $0[0].contains(mention) })
      #expect(checkpoint.knownPoints == 0)
    }
  }

  @Test("a forged checkpoint changes no point, and its cells are proved all the same")
  func forged() throws {
    let whole = try certificate()
    let folder = try Folder()
    let checkpoint = TraceCheckpoint(path: folder.file)
    _ = try certificate(WorkControl(checkpoint: checkpoint))
    checkpoint.save()
    let honest = try #require(TraceCheckpoint.Content(text: try folder.text()))
    func isWhole() throws -> Bool {
      try certificate(WorkControl(checkpoint: .init(path: folder.file))) == whole
    }
    // Points next to the right ones.
    var points = honest
    for (key, place) in honest.points {
      let shift = Real.scale(Real(1), byPowerOfTwo: -150, precision: 64)
      points.points[key] = place + Interval(shift)
    }
    try folder.write(points.text)
    #expect(try isWhole())
    // Points far from any.
    for key in honest.points.keys { points.points[key] = Interval(Real(2)) }
    try folder.write(points.text)
    #expect(try isWhole())
    // Fewer cells cut, which are cut all the same, and more: another subdivision, as good.
    var trees = honest
    for (key, tree) in honest.trees { trees.trees[key] = tree.map { _ in false } }
    try folder.write(trees.text)
    #expect(try isWhole())
    for (key, tree) in honest.trees { trees.trees[key] = tree + [true, true, true] }
    for key in honest.trees.keys.prefix(8) {
      trees.trees[key] = Array(repeating: true, count: 40)
    }
    trees.points = [:]
    try folder.write(trees.text)
    let finer = try certificate(WorkControl(checkpoint: .init(path: folder.file)))
    let isOther = finer != whole
    #expect(isOther)
    #expect(
      try CertificateChecker.check(finer).components
        == CertificateChecker.check(whole).components)
  }

  @Test("places are confirmed by one step, wrong ones are not")
  func confirmation() throws {
    let job = try job()
    let frame = CurveFrame(
      x: try FrameAxis(0, 3, map: job.xMap), y: try FrameAxis(-2, 2, map: nil))
    let refinement = CurveRefinement(curve: job.curves[0], frame: frame)
    // k² - k + 8/49 at y = -1/7: k = (1 - √17/7)/2.
    let seventh = try Rational(-1, 7)
    let other = CurveRefinement<PolynomialCurve>.Line(axis: .y, exact: seventh) {
      Interval(seventh, precision: $0)
    }
    let found = try #require(
      try refinement.place(other, from: 0.1, to: 0.5, signBelow: -1, digits: 60)
        ?? refinement.place(other, from: 0.1, to: 0.5, signBelow: 1, digits: 60))
    guard case .enclosed(let place) = found else {
      Issue.record("not enclosed")
      return
    }
    #expect(try refinement.isConfirmed(place, other, 0.1, 0.5, digits: 60))
    #expect(try !refinement.isConfirmed(place, other, 0.1, 0.5, digits: 200))
    let width = Interval(Real.scale(place.width, byPowerOfTwo: 1, precision: 64))
    for wrong in [place + width, place - width, -place] {
      #expect(try !refinement.isConfirmed(wrong, other, 0.1, 0.5, digits: 60))
    }
  }

  @Test("a task that is cancelled stops its trace")
  func tasks() async throws {
    let job = try job()
    let began = Mutex(false)
    let control = WorkControl(progress: { _ in began.withLock { $0 = true } })
    let task = Task {
      try await control.run {
        var endless = job
        endless.control = control
        while true { _ = try endless.trace() }
      }
    }
    while !began.withLock({ $0 }) { await Task.yield() }
    task.cancel()
    await #expect(throws: RootError.cancelled) { try await task.value }
  }

  @Test("what is left is told once a twentieth is done")
  func estimates() {
    func progress(_ done: Int, _ seconds: Int) -> WorkProgress {
      WorkProgress(stage: .points, done: done, total: 200, elapsed: .seconds(seconds))
    }
    #expect(progress(5, 10).remaining == nil && progress(100, 0).remaining == nil)
    #expect(progress(50, 10).remaining == .seconds(30))
    #expect(progress(50, 10).description == "50 of 200 points, about 30 s left")
    #expect(progress(20, 1000).description == "20 of 200 points, about 2 h 30 min left")
    let cells = WorkProgress(
      stage: .cells, done: 1, total: 96, curve: 1, curves: 2, cells: 340, decidedArea: 0.756,
      elapsed: .seconds(1))
    #expect(cells.description == "340 cells, 75% of the rectangle decided (curve 1 of 2)")
  }
}
