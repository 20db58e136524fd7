import Arbitrary
import Certified
import Exact
import Symbolic

extension Document {
  /// A surface by slices, and the values of the swept parameter at which their topology changes.
  ///
  /// - Parameters:
  ///   - at: values that replace or add to those the document gives.
  ///   - slices: how many slices; each lies near the middle of one of as many equal parts of the range, at a short
  ///     decimal number.
  ///   - points: about how many points a slice gets.
  /// - Throws: ``DocumentError``.
  public func slices(
    _ id: String, at point: [Symbol: Rational], digits: Int, slices: Int, points: Int = 200
  ) throws(DocumentError) -> SlicedSurface {
    guard let surface = surfaces.first(where: { $0.id == id }) else {
      throw unanswered[id].map { .stopped($0) }
        ?? .unknown(what: "surface", name: id, known: surfaces.map(\.id))
    }
    guard slices >= 1 else { throw .question("there must be at least one slice", hint: nil) }
    let sweep = surface.sweep
    guard point[sweep.symbol] == nil, surface.bindings[sweep.symbol] == nil else {
      throw .question("'\(sweep.symbol.name)' is swept and cannot be given a value", hint: nil)
    }
    let traces = SliceTraces(document: self, surface: surface, point: point)
    var list: [SlicedSurface.Slice] = []
    for value in sweep.decimals(slices) {
      list.append(
        .init(
          value: value.decimalText,
          boundary: try traces.trace(value, digits: digits, points: points)))
    }
    let topology = try topology(of: surface, at: point)
    do {
      let samples = try topology.samples(from: sweep.lower, to: sweep.upper)
      var counts: [SlicedSurface.Count?] = []
      for item in samples { counts.append(try traces.count(item.sample)) }
      var changes: [SlicedSurface.Change] = []
      for (number, group) in topology.changes.enumerated() {
        let before = samples.lastIndex { $0.groupsBelow == number }
        let after = samples.firstIndex { $0.groupsBelow == number + 1 }
        changes.append(
          .init(
            value: try .init(group[0].z, digits: digits),
            events: try group.map {
              .init(
                kind: $0.kind.word, x: try .init($0.x, digits: digits),
                y: try .init($0.y, digits: digits))
            }, before: before.flatMap { counts[$0] }, after: after.flatMap { counts[$0] }))
      }
      return SlicedSurface(
        id: id, condition: surface.condition.text, horizontal: surface.horizontal.symbol.name,
        vertical: surface.vertical.symbol.name, sweep: sweep.symbol.name, slices: list,
        changes: changes,
        parts: zip(samples, counts).map { .init(sample: $0.sample, count: $1) },
        undecided: topology.undecided.map { part in
          func text(_ value: Rational) -> (lower: String, upper: String) {
            Arbitrary.Decimal.enclosure(of: Interval(value, precision: 96), significant: 17)
          }
          return .init(
            lower: text(part.lower).lower, upper: text(part.upper).upper, kind: part.kind.word,
            reason: part.reason)
        })
    } catch let error as DocumentError {
      throw error
    } catch {
      throw .stopped("\(error)")
    }
  }

  private func topology(
    of surface: SurfaceDefinition, at point: [Symbol: Rational]
  ) throws(DocumentError) -> SurfaceTopology {
    var bindings = surface.bindings
    for (symbol, value) in point { bindings[symbol] = .rational(value) }
    let axes = [surface.horizontal, surface.vertical, surface.sweep]
    let asked = try surface.condition.whereDefined(
      bindings, seeking: axes.map { ($0.symbol, ($0.lower, $0.upper)) })
    let difference = try SolvableCondition.difference(
      asked, bindings: bindings, seeking: axes.map(\.symbol))
    do {
      if let image = KernelCoordinates(difference, axes) {
        return try SurfaceTopology(
          of: image.formula, x: image.axes[0], y: image.axes[1], sweep: image.axes[2])
      }
      func axis(_ axis: AxisDefinition) -> SurfaceTopology.Axis {
        SurfaceTopology.Axis(axis.symbol, axis.lower, axis.upper)
      }
      return try SurfaceTopology(
        of: difference, x: axis(axes[0]), y: axis(axes[1]), sweep: axis(axes[2]))
    } catch {
      throw .stopped("\(error)")
    }
  }
}

/// The slices of a surface, as boundaries of their own.
private struct SliceTraces {
  let document: Document
  let surface: SurfaceDefinition
  let point: [Symbol: Rational]

  func trace(
    _ value: Rational, digits: Int, points: Int
  ) throws(DocumentError) -> TracedBoundary {
    var document = document
    // Other values may be given by the swept one.
    var bindings = surface.bindings.mapValues {
      $0.substituting([surface.sweep.symbol: .rational(value)])
    }
    bindings[surface.sweep.symbol] = .rational(value)
    let slice = BoundaryDefinition(
      id: surface.id, source: surface.source, condition: surface.condition,
      horizontal: surface.horizontal, vertical: surface.vertical, bindings: bindings)
    document.boundaries = [slice]
    return try document.trace(surface.id, at: point, digits: digits, points: points)
  }

  /// The number of pieces; nil where something stayed uncertain.
  func count(_ value: Rational) throws(DocumentError) -> SlicedSurface.Count? {
    let boundary = try trace(value, digits: 8, points: 16)
    guard boundary.uncertain.isEmpty else { return nil }
    let closed = boundary.components.filter(\.isClosed).count
    return .init(closed: closed, open: boundary.components.count - closed)
  }
}

extension AxisDefinition {
  /// Short decimal numbers, one near the middle of each of so many equal parts of the range.
  fileprivate func decimals(_ count: Int) -> [Rational] {
    (0..<count).map { index in
      guard
        let middle = try? lower + (upper - lower)
          * Rational(Integer(2 * index + 1), Integer(2 * count))
      else { return lower }
      var scale = Rational.one
      // To a tenth of a part.
      while (upper - lower) * scale < Rational(Integer(10 * count)), scale < Rational(1 << 60) {
        scale = scale * 10
      }
      let half = (try? Rational(1, 2)) ?? 0
      return (try? Rational((middle * scale + half).floor) / scale) ?? middle
    }
  }
}

extension Rational {
  /// The digits of a number with a short decimal expansion, no more than it has.
  fileprivate var decimalText: String {
    let text = Arbitrary.Decimal.digits(of: self, significant: 40)
    guard text.contains("."), !text.contains("e") else { return text }
    let digits = text.reversed().drop { $0 == "0" }
    return String((digits.first == "." ? digits.dropFirst() : digits).reversed())
  }
}

extension SurfaceTopology.Kind {
  fileprivate var word: String {
    switch self {
    case .critical: "critical"
    case .edge: "edge"
    case .corner: "corner"
    }
  }
}
