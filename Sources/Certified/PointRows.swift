import Arbitrary
import Dispatch
import Exact
import Symbolic
import Synchronization

/// The names of a table's columns, and where those of parameters are.
struct TableHeader: Sendable {
  let names: [String]
  /// The parameters of the value, in the order of the evaluator.
  let columns: [(symbol: Symbol, column: Int)]
  /// The parameters that only the domain needs.
  let others: [(symbol: Symbol, column: Int)]

  init(
    _ text: String, parameters: [Symbol], others: [Symbol], valueName: String
  ) throws(CertifiedError) {
    let others = others.filter { !parameters.contains($0) }
    names = try CSVRecord.fields(text).map(CSVRecord.withoutBlanks)
    var places: [String: Int] = [:]
    for (place, name) in names.enumerated() {
      guard places.updateValue(place, forKey: name) == nil else {
        throw .table("two columns have the name \(name)")
      }
    }
    if places[valueName] != nil {
      throw .table("a column has the name \(valueName), which the values are to have")
    }
    let missing = (parameters + others).filter { places[$0.name] == nil }
    guard missing.isEmpty else { throw .missingParameters(missing.map(\.name)) }
    columns = parameters.map { ($0, places[$0.name] ?? 0) }
    self.others = others.map { ($0, places[$0.name] ?? 0) }
  }
}

/// The rows of a table, evaluated in groups: first all of a group in balls by one batch, then those whose
/// digits are not yet decided one by one.
///
/// Groups are of fixed size and go to the threads as these become free; batches are made once for each
/// thread and kept for later groups.
final class PointRows: Sendable {
  struct Line: Sendable {
    let number: Int
    let text: String
  }

  private let evaluator: PointEvaluator
  private let header: TableHeader
  private let domain: PointDomain?
  private let workers = Mutex<[Worker]>([])
  private static let groupSize = 64

  init(_ evaluator: PointEvaluator, _ domain: PointDomain?, _ header: TableHeader) {
    self.evaluator = evaluator
    self.domain = domain
    self.header = header
  }

  /// The lines with their values, in order, up to the first error.
  func values(
    _ lines: [Line], isCancelled: @Sendable () -> Bool
  ) -> [Result<String, CertifiedError>] {
    let groupCount = (lines.count + Self.groupSize - 1) / Self.groupSize
    if groupCount == 0 { return [] }
    let groups = Mutex([[Result<String, CertifiedError>]](repeating: [], count: groupCount))
    let isStopped = Mutex(groupCount)
    DispatchQueue.concurrentPerform(iterations: groupCount) { index in
      // A group after one with an error is not wanted.
      if isStopped.withLock({ index > $0 }) || isCancelled() { return }
      let first = index * Self.groupSize
      let group = self.group(lines[first..<min(first + Self.groupSize, lines.count)])
      if case .failure? = group.last { isStopped.withLock { $0 = min($0, index) } }
      groups.withLock { $0[index] = group }
    }
    let all = groups.withLock { $0 }
    var results: [Result<String, CertifiedError>] = []
    results.reserveCapacity(lines.count)
    for group in all {
      // Not begun, nor wanted after it.
      if group.isEmpty { break }
      results += group
      if case .failure? = group.last { break }
    }
    return results
  }

  private func group(_ lines: ArraySlice<Line>) -> [Result<String, CertifiedError>] {
    var points: [[Rational]] = []
    var failure: CertifiedError?
    for line in lines {
      do throws(CertifiedError) { points.append(try point(line.text)) } catch {
        failure = .line(line.number, error)
        break
      }
    }
    let texts = decided(points)
    var results: [Result<String, CertifiedError>] = []
    for ((line, point), text) in zip(zip(lines, points), texts) {
      do throws(CertifiedError) {
        let value: String
        if let text { value = text } else { value = try evaluator.value(of: point).description }
        results.append(.success(line.text + "," + CSVRecord.field(value)))
      } catch {
        results.append(.failure(.line(line.number, error)))
        return results
      }
    }
    if let failure { results.append(.failure(failure)) }
    return results
  }

  private func point(_ text: String) throws(CertifiedError) -> [Rational] {
    let fields = try CSVRecord.fields(text)
    guard fields.count == header.names.count else {
      throw .table(
        "\(fields.count) fields under a header of \(header.names.count): \(text.prefix(60))")
    }
    var point: [Rational] = []
    var all: [Symbol: Rational] = [:]
    for (symbol, column) in header.columns + header.others {
      let field = CSVRecord.withoutBlanks(fields[column])
      guard let value = Rational(field) else {
        throw .table("\(symbol.name) is not a number: \(field.prefix(60))")
      }
      guard symbol.domain.contains(value) else {
        throw .outsideDomain(parameter: symbol, value: value.description)
      }
      point.append(value)
      if domain != nil { all[symbol] = value }
    }
    try domain?.require(all)
    point.removeLast(header.others.count)
    return point
  }

  // MARK: - Balls

  /// What one thread works with at a time.
  ///
  /// Sendable is unchecked: a worker is taken out of the pool by one thread and put back by it.
  private final class Worker: @unchecked Sendable {
    let batch: BallBatch
    let points: BallTable
    let values: BallTable

    init(_ batch: BallBatch, rows: Int) {
      self.batch = batch
      points = batch.points(rows)
      values = batch.values(rows)
    }
  }

  /// The digits of the points' values where balls of the first precision decide them.
  private func decided(_ points: [[Rational]]) -> [String?] {
    guard let form = evaluator.form else { return points.map { _ in nil } }
    let worker =
      workers.withLock { $0.popLast() }
      ?? Worker(form.balls(precision: evaluator.firstPrecision), rows: Self.groupSize)
    defer { workers.withLock { $0.append(worker) } }
    for (row, point) in points.enumerated() {
      for (column, value) in point.enumerated() {
        worker.points.set(value, row: row, column: column)
      }
    }
    worker.batch.evaluate(worker.points, worker.values, rows: 0..<points.count)
    return points.indices.map { row in
      let ball = worker.values.value(row: row, column: 0)
      if ball.isEmpty || ball.isEntire { return nil }
      return Decimal.digits(of: ball.interval, significant: evaluator.digits)
    }
  }
}
