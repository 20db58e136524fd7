/// How far a long computation is.
public struct WorkProgress: Sendable, Equatable {
  /// What is being done.
  public enum Stage: String, Sendable {
    /// The rectangle is divided into cells on which the curve is known; counted are parts of it.
    case cells
    /// Points on the curve are computed.
    case points
    /// Claims are checked.
    case claims
    /// Rows of a table are computed.
    case rows
  }

  public let stage: Stage
  /// The parts that are done, of ``total``; what they cost is about the same.
  public let done: Int
  /// Zero where it is not known.
  public let total: Int
  /// The curve that is worked on, from 1, and the number of all.
  public let curve: Int
  public let curves: Int
  /// Cells that were examined.
  public let cells: Int
  /// The share of the rectangle's area that is decided.
  public let decidedArea: Double
  /// The time that the stage has taken.
  public let elapsed: Duration

  public init(
    stage: Stage, done: Int, total: Int, curve: Int = 1, curves: Int = 1, cells: Int = 0,
    decidedArea: Double = 0, elapsed: Duration
  ) {
    self.stage = stage
    self.done = done
    self.total = total
    self.curve = curve
    self.curves = curves
    self.cells = cells
    self.decidedArea = decidedArea
    self.elapsed = elapsed
  }

  /// The time the rest of the stage takes if it goes on as before; nil before a twentieth is done or a
  /// second has passed, when that says nothing. A guess, not a bound.
  public var remaining: Duration? {
    guard total > 0, done > 0, done * 20 >= total, elapsed >= .seconds(1) else { return nil }
    return elapsed * (Double(max(total - done, 0)) / Double(done))
  }

  /// A line for a terminal.
  public var description: String {
    var text: String
    switch stage {
    case .cells:
      let percent = Int(min(max(decidedArea, 0), 1) * 100)
      text = "\(cells) cells, \(percent)% of the rectangle decided"
    case .points, .claims: text = "\(done) of \(total) \(stage.rawValue)"
    case .rows: text = total > 0 ? "\(done) of \(total) rows" : "\(done) rows"
    }
    if curves > 1 { text += " (curve \(curve) of \(curves))" }
    if let remaining { text += ", about \(Self.text(remaining)) left" }
    return text
  }

  /// `40 s`, `3 min`, `2 h 10 min`.
  static func text(_ time: Duration) -> String {
    let seconds = max(time.components.seconds, 0)
    if seconds < 100 { return "\(seconds) s" }
    let minutes = (seconds + 30) / 60
    if minutes < 100 { return "\(minutes) min" }
    return "\(minutes / 60) h \(minutes % 60) min"
  }
}

extension WorkProgress: CustomStringConvertible {}
