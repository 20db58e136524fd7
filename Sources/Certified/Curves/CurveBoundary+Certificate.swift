import Arbitrary
import Exact

extension CurveBoundary {
  /// The cells, places, arcs, components and points as data.
  func certificate(_ points: [(arc: Int, point: Boundary.Point)]) -> CurveCertificate.Curve {
    func text(_ c: Double, _ axis: PlaneAxis) -> String {
      let side = frame.axis(axis)
      return c == side.low ? "low" : c == side.high ? "high" : "\(c)"
    }
    func coordinate(_ c: CertifiedCoordinate) -> [String] {
      switch c {
      case .exact(let value): return [value.description]
      case .enclosed(let interval):
        let bounds = Decimal.enclosure(of: interval, significant: job.digits + 2)
        return [bounds.lower, bounds.upper]
      }
    }
    let cells = leaves.enumerated().map { index, leaf in
      var cell = CurveCertificate.Cell(
        box: [
          text(leaf.cell.x0, .x), text(leaf.cell.x1, .x), text(leaf.cell.y0, .y),
          text(leaf.cell.y1, .y),
        ], test: "unknown", dx: 0, dy: 0)
      if unresolved.contains(index) { return cell }
      switch leaf.kind {
      case .excluded(let sign): cell.test = sign > 0 ? "positive" : "negative"
      case .monotone(let x, let y): (cell.test, cell.dx, cell.dy) = ("monotone", x, y)
      case .unresolved: break
      }
      return cell
    }
    return CurveCertificate.Curve(
      function: curve.text(job.names.x, job.names.y), xKernel: job.xMap?.kernel?.map(\.description),
      yKernel: job.yMap?.kernel?.map(\.description), cells: cells,
      places: nodes.map { node in
        CurveCertificate.Place(
          line: node.line.rawValue, at: text(node.value, node.line),
          between: [text(node.lower, node.line.other), text(node.upper, node.line.other)],
          kind: "\(node.kind)")
      },
      arcs: foundArcs.map { CurveCertificate.Arc(cell: $0.leaf, from: $0.first, to: $0.last) },
      components: chains.map {
        CurveCertificate.Component(arcs: $0.arcs.map(\.arc), places: $0.nodes, closed: $0.isClosed)
      },
      points: points.map {
        CurveCertificate.Point(
          arc: $0.arc, x: coordinate($0.point.x), y: coordinate($0.point.y))
      })
  }
}
