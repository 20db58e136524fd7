import Arbitrary
import Exact
import Symbolic
import Synchronization

/// A formula compiled as a function of one of its symbols, the others held: values and slopes in balls.
///
/// What does not depend on the symbol that moves is a program of its own, so that a search for a root
/// computes it once (``FormulaSection``). What evaluates is kept for the next call, by precision.
final class SectionForm: Sendable {
  private let fixed: CompiledForm
  private let heldCount: Int
  private let value: CompiledForm
  private let slope: CompiledForm?
  private let both: CompiledForm?
  private let idle = Mutex<[Key: [Worker]]>([:])
  private let idleDoubles = Mutex<[DoubleWorker]>([])
  fileprivate let serial = Atomic<Int>(0)

  private enum Kind: Hashable { case value, slope, held }
  private struct Key: Hashable {
    let kind: Kind
    let precision: Int
  }

  /// Precisions of which evaluators are kept; beyond that many, none is.
  private static let kept = 64

  /// - Parameters:
  ///   - program: of one output.
  ///   - moving: the place of the input that moves.
  /// - Returns: nil where it needs complex numbers.
  init?(_ program: Program, moving: Int) {
    let (fixed, rest) = program.separated(moving: [moving])
    guard let fixedForm = try? CompiledForm(fixed), let valueForm = try? CompiledForm(rest) else {
      return nil
    }
    self.fixed = fixedForm
    heldCount = fixed.outputCount
    value = valueForm
    let derivatives = try? rest.withDerivatives(by: rest.inputs[0])
    slope = derivatives.flatMap { try? CompiledForm($0.selecting(outputs: [1])) }
    both = derivatives.flatMap { try? CompiledForm($0) }
  }

  /// Batches of one precision with tables of one row, the symbol in the first column. Only whoever took it
  /// from the list uses it.
  private final class Worker: @unchecked Sendable {
    let batch: BallBatch
    let point: BallTable
    let result: BallTable
    /// Whose held values are in the table.
    var owner = -1

    init(_ form: CompiledForm, precision: Int) {
      batch = form.balls(precision: precision, lanes: 1)
      point = batch.points(1)
      result = batch.values(1)
    }
  }

  private final class DoubleWorker: @unchecked Sendable {
    let batch: DoubleBatch
    let point: DoubleTable
    let result: DoubleTable
    var owner = -1

    init(_ form: CompiledForm) {
      batch = form.doubles(lanes: 1)
      point = batch.points(1)
      result = batch.values(1)
    }
  }

  /// Whole words cost the same as what they are needed for.
  private static func rounded(_ precision: Int) -> Int {
    precision <= 123 ? precision : (precision + 31) & ~31
  }

  fileprivate func value(_ x: Ball, precision: Int, of section: FormulaSection) -> Ball {
    run(value, .value, x, precision, section)
  }

  fileprivate func slope(_ x: Ball, precision: Int, of section: FormulaSection) -> Ball {
    guard let slope else { return .entire }
    return run(slope, .slope, x, precision, section)
  }

  private func run(
    _ form: CompiledForm, _ kind: Kind, _ x: Ball, _ precision: Int, _ section: FormulaSection
  ) -> Ball {
    let key = Key(kind: kind, precision: Self.rounded(precision))
    let worker = take(key) ?? Worker(form, precision: key.precision)
    worker.point.store(x, row: 0, column: 0)
    if worker.owner != section.serial {
      for (column, ball) in section.held(precision: key.precision).enumerated() {
        worker.point.store(ball, row: 0, column: column + 1)
      }
      worker.owner = section.serial
    }
    worker.batch.evaluate(worker.point, worker.result, rows: 0..<1)
    let result = worker.result.value(row: 0, column: 0)
    put(worker, key)
    return result
  }

  fileprivate func estimate(
    _ x: Double, of section: FormulaSection
  ) -> (value: Double, slope: Double) {
    guard let both else { return (.nan, .nan) }
    let worker = idleDoubles.withLock { $0.popLast() } ?? DoubleWorker(both)
    defer { idleDoubles.withLock { $0.append(worker) } }
    if worker.owner != section.serial {
      for (column, ball) in section.held(precision: 64).enumerated() {
        worker.point.set(ball.midpoint.approximateDouble, row: 0, column: column + 1)
      }
      worker.owner = section.serial
    }
    worker.point.set(x, row: 0, column: 0)
    worker.batch.evaluate(worker.point, worker.result, rows: 0..<1)
    return (
      worker.result.value(row: 0, column: 0), worker.result.value(row: 0, column: 1)
    )
  }

  /// The values that are held, where the other symbols have the values given.
  fileprivate func held(_ others: [Ball], precision: Int) -> [Ball] {
    if heldCount == 0 { return [] }
    let key = Key(kind: .held, precision: Self.rounded(precision))
    let worker = take(key) ?? Worker(fixed, precision: key.precision)
    for (column, ball) in others.enumerated() { worker.point.store(ball, row: 0, column: column) }
    worker.batch.evaluate(worker.point, worker.result, rows: 0..<1)
    let values = (0..<heldCount).map { worker.result.value(row: 0, column: $0) }
    put(worker, key)
    return values
  }

  private func take(_ key: Key) -> Worker? { idle.withLock { $0[key]?.popLast() } }

  private func put(_ worker: Worker, _ key: Key) {
    idle.withLock {
      if $0[key] != nil || $0.count < Self.kept { $0[key, default: []].append(worker) }
    }
  }
}

/// A formula as a function of one symbol, the others at numbers known to any precision.
final class FormulaSection: Sendable {
  private let form: SectionForm
  private let others: @Sendable (Int) -> [Ball]
  private let known = Mutex(Known())
  fileprivate let serial: Int

  private struct Known {
    var precision = 0
    var values: [Ball] = []
    var evaluations: [Int: Int] = [:]
  }

  /// - Parameter others: enclosures of the other symbols' values at a precision, in the order of the inputs.
  init(_ form: SectionForm, others: @escaping @Sendable (Int) -> [Ball]) {
    self.form = form
    self.others = others
    serial = form.serial.add(1, ordering: .relaxed).newValue
  }

  /// The same section with nothing known of what is held.
  var renewed: FormulaSection { FormulaSection(form, others: others) }

  /// Says up to which precision values will be asked, so that what is held is computed once.
  func prepare(precision: Int) { _ = held(precision: precision) }

  fileprivate func held(precision: Int) -> [Ball] {
    known.withLock {
      if $0.precision < precision {
        $0.precision = precision
        $0.values = form.held(others(precision + 8), precision: precision + 8)
        if !$0.values.isEmpty { $0.evaluations[precision + 8, default: 0] += 1 }
      }
      return $0.values
    }
  }

  /// How often what is held was computed, by precision.
  var evaluations: [Int: Int] { known.withLock { $0.evaluations } }

  /// The value at a number.
  func value(at x: Real, precision: Int) -> Ball {
    form.value(Ball(x), precision: precision, of: self)
  }

  /// All values over a ball.
  func value(over x: Ball, precision: Int) -> Ball {
    form.value(x, precision: precision, of: self)
  }

  /// All difference quotients over a ball on which the formula is continuous.
  func slope(over x: Ball, precision: Int) -> Ball {
    form.slope(x, precision: precision, of: self)
  }

  /// The value and the slope in doubles, of which nothing is guaranteed.
  func estimate(_ x: Double) -> (value: Double, slope: Double) { form.estimate(x, of: self) }
}
