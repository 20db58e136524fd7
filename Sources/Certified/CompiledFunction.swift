import Arbitrary
import Exact
import Symbolic
import Synchronization

/// Formulas as functions of some real variables: enclosures of their values and first derivatives over
/// boxes, at any precision, on any thread.
///
/// It is compiled once. What evaluates (``IntervalBatch``, ``BallBatch``, ``DoubleBatch``) is made when it
/// is first needed at a precision and kept for the next call.
public struct CompiledFunction: Sendable {
  /// The formulas, one for each component.
  public let components: [Expression]
  /// The variables, in the order in which boxes and points list them.
  public let symbols: [Symbol]
  /// Whether there are derivatives; if not, they are enclosed by the whole line.
  public var hasDerivatives: Bool { derivatives != nil }

  /// What evaluates the components.
  var program: Program { values.program }

  private let values: Part
  private let derivatives: Part?
  private let continuity: (conditions: ContinuityConditions, part: Part)?

  /// Enclosures over a box.
  public struct Enclosure: Sendable {
    /// The values of the components.
    public let values: [Interval]
    /// By rows: the derivatives of each component by the variables.
    public let jacobian: [[Interval]]
    /// The first component.
    public var value: Interval { values[0] }
    public var gradient: [Interval] { jacobian[0] }
  }

  /// Compiles formulas.
  ///
  /// - Throws: ``CertifiedError/missingParameters(_:)`` where other symbols occur,
  ///   ``CertifiedError/symbolic(_:)`` for what is no number.
  public init(_ components: [Expression], of symbols: [Symbol]) throws(CertifiedError) {
    self.components = components
    self.symbols = symbols
    let program: Program
    do { program = try Program(components, inputs: symbols) } catch { throw CertifiedError(error) }
    values = Part(program)
    derivatives = (try? program.withJacobian()).map { Part($0) }
    continuity = program.continuityConditions.map { ($0, Part($0.program)) }
  }

  /// Compiles one formula.
  ///
  /// - Throws: as for several.
  public init(_ expression: Expression, of symbols: [Symbol]) throws(CertifiedError) {
    try self.init([expression], of: symbols)
  }

  /// Enclosures of the values alone.
  ///
  /// **Guarantee:** at every point of the box at which a component is defined and real, its value lies in
  /// that component's enclosure. It is empty only where the component is surely nowhere so.
  ///
  /// - Precondition: the box has an interval for each variable.
  public func values(over box: [Interval], precision: Int) -> [Interval] {
    values.enclose(box, precision: precision)
  }

  /// Enclosures of the values and of all first derivatives.
  ///
  /// **Guarantee:** for the values as ``values(over:precision:)``; where ``isContinuous(over:precision:)``,
  /// the derivatives enclose all slopes: those of both sides at corners of `abs`, `min` and `max`, and
  /// every difference quotient along an axis within the box.
  ///
  /// - Precondition: the box has an interval for each variable.
  public func enclose(_ box: [Interval], precision: Int) -> Enclosure {
    guard let derivatives else {
      return Enclosure(
        values: values(over: box, precision: precision),
        jacobian: components.map { _ in symbols.map { _ in .entire } })
    }
    let all = derivatives.enclose(box, precision: precision)
    return Enclosure(
      values: Array(all.prefix(components.count)),
      jacobian: components.indices.map { row in
        let start = components.count + row * symbols.count
        return all[start..<(start + symbols.count)].map { $0.isEmpty ? .entire : $0 }
      })
  }

  /// Whether it is proved that all components are defined, real and continuous on all of the box.
  public func isContinuous(over box: [Interval], precision: Int) -> Bool {
    guard let (conditions, part) = continuity else { return false }
    return conditions.hold(for: part.enclose(box, precision: precision))
  }

  /// Values and derivatives at a point as balls, for refinement: each encloses the value, or is the whole
  /// line where nothing is known.
  public func balls(
    at point: [Rational], precision: Int
  ) -> (values: [Ball], jacobian: [[Ball]]) {
    let part = derivatives ?? values
    let all = part.balls(at: point, precision: precision)
    let count = components.count
    if derivatives == nil {
      let entire = Ball(Interval.entire, precision: precision)
      return (all, components.map { _ in symbols.map { _ in entire } })
    }
    return (
      Array(all.prefix(count)),
      components.indices.map { row in
        Array(all[(count + row * symbols.count)..<(count + (row + 1) * symbols.count)])
      }
    )
  }

  /// Values and derivatives in double precision, without any guarantee; NaN where there is none.
  public func estimate(at point: [Double]) -> (values: [Double], jacobian: [[Double]]) {
    let all = (derivatives ?? values).program.evaluate(point)
    let count = components.count
    return (
      Array(all.prefix(count)),
      components.indices.map { row in
        derivatives == nil
          ? symbols.map { _ in .nan }
          : Array(all[(count + row * symbols.count)..<(count + (row + 1) * symbols.count)])
      }
    )
  }
}

extension CompiledFunction {
  /// A program with its batches.
  final class Part: Sendable {
    let program: Program
    private let form: CompiledForm?
    private let idle = Mutex<[Int: [Worker]]>([:])

    /// Batches of one precision with tables of one row. Only whoever took it from the list uses it.
    private final class Worker: @unchecked Sendable {
      let batch: IntervalBatch
      let point: IntervalTable
      let result: IntervalTable

      init(_ form: CompiledForm, precision: Int) {
        batch = form.intervals(precision: precision, lanes: 1)
        point = batch.points(1)
        result = batch.values(1)
      }
    }

    /// Precisions of which batches are kept; beyond that many, none is.
    private static let kept = 8

    init(_ program: Program) {
      self.program = program
      form = try? CompiledForm(program)
    }

    func enclose(_ box: [Interval], precision: Int) -> [Interval] {
      guard let form else { return encloseInPlane(box, precision: precision) }
      let taken = idle.withLock { $0[precision]?.popLast() }
      let worker = taken ?? Worker(form, precision: precision)
      for (column, side) in box.enumerated() { worker.point.set(side, row: 0, column: column) }
      worker.batch.evaluate(worker.point, worker.result, rows: 0..<1)
      let values = (0..<program.outputCount).map { worker.result.value(row: 0, column: $0) }
      idle.withLock {
        if $0[precision] != nil || $0.count < Self.kept {
          $0[precision, default: []].append(worker)
        }
      }
      return values
    }

    /// By way of complex numbers: what is surely off the real line has no value.
    private func encloseInPlane(_ box: [Interval], precision: Int) -> [Interval] {
      guard let values = try? program.enclose(box, precision: precision) else {
        // Some component is nowhere defined; which one is not said.
        return (0..<program.outputCount).map { _ in program.outputCount == 1 ? .empty : .entire }
      }
      return values.map { $0.im.containsZero ? $0.re : .empty }
    }

    func balls(at point: [Rational], precision: Int) -> [Ball] {
      guard let form else {
        let box = point.map { Interval($0, precision: precision) }
        return encloseInPlane(box, precision: precision).map { Ball($0, precision: precision) }
      }
      let batch = form.balls(precision: precision, lanes: 1, evaluations: 1)
      let (table, result) = (batch.points(1), batch.values(1))
      for (column, value) in point.enumerated() { table.set(value, row: 0, column: column) }
      batch.evaluate(table, result, rows: 0..<1)
      return (0..<program.outputCount).map { result.value(row: 0, column: $0) }
    }
  }
}
