import Algebra
import Arbitrary
import Exact

/// ρ(t) in doubles by an adaptive Runge–Kutta method: many times in one run, and a road that forms
/// neither an exponential nor a linear system.
///
/// - Source: Dormand and Prince 1980, the 5(4) pair; Hairer, Nørsett, Wanner 1993 for the step control.
public struct Trajectory: Sendable {
  /// The times, as asked for.
  public let times: [Double]
  /// The density matrices at these times.
  public let states: [Matrix<Complex<Double>>]
  /// The numbers of steps that were taken and that were refused.
  public let acceptedSteps: Int
  public let rejectedSteps: Int

  /// Integrates dρ/dt = Lρ from the time 0.
  ///
  /// - Parameters:
  ///   - times: increasing, at least 0.
  ///   - tolerance: the error allowed in a step, relative to max(1, |element|).
  ///   - stepLimit: the most steps, refused ones included.
  /// - Returns: a heuristic result: the local error is controlled, the global one is not bounded.
  /// - Throws: ``OpenSystemError/shape(what:expected:rows:columns:)``, ``OpenSystemError/domain(_:)``,
  ///   ``OpenSystemError/notConverged(_:)`` at the limit of steps (a stiff model: use
  ///   ``TimeEvolution``).
  public init(
    _ model: Model<Double>, from initial: Matrix<Complex<Double>>, times: [Double],
    tolerance: Double = 1e-10, stepLimit: Int = 1_000_000
  ) throws(OpenSystemError) {
    try model.space.checkShape(initial, "the initial state")
    guard times.allSatisfy({ $0 >= 0 && $0.isFinite }), zip(times, times.dropFirst()).allSatisfy(<=)
    else { throw .domain("times of a trajectory must be finite, at least 0, and in order") }
    guard tolerance > 0 else { throw .domain("the tolerance \(tolerance)") }
    let rows = CompressedRows(try NumericGenerator(model).matrix)
    var state = initial.elements
    var time = 0.0
    var slope = rows.multiply(state)
    var step = min(0.1 / max(rows.norm, 1e-300), 1)
    var accepted = 0
    var rejected = 0
    var states: [Matrix<Complex<Double>>] = []
    let n = model.space.dimension
    for target in times {
      while time < target {
        guard accepted + rejected < stepLimit else {
          throw .notConverged("\(stepLimit) steps reached the time \(time) of \(target)")
        }
        let h = min(step, target - time)
        let (next, nextSlope, error) = DormandPrince.step(rows, state, slope, h)
        let ratio = error / tolerance
        if ratio <= 1 {
          state = next
          slope = nextSlope
          // The last step ends on the target exactly, whatever the sum rounds to.
          time = h == target - time ? target : time + h
          accepted += 1
        } else {
          rejected += 1
        }
        // Error per step is of fifth order; growth and shrinking are bounded as usual. A step that the
        // target cut short says nothing against the longer one.
        let factor = ratio == 0 ? 5 : min(5, max(0.2, 0.9 / ratio.fifthRoot))
        if ratio > 1 || h == step { step = h * factor } else { step = max(step, h * factor) }
        guard step.isFinite, time + step > time || step >= 1 else {
          throw .notConverged("the step at the time \(time) fell below the spacing of doubles")
        }
      }
      states.append(Matrix(rows: n, columns: n) { state[$0 * n + $1] })
    }
    self.times = times
    self.states = states
    acceptedSteps = accepted
    rejectedSteps = rejected
  }
}

/// A matrix of complex doubles by rows, without its zeros.
struct CompressedRows {
  private var starts: [Int] = [0]
  private var columns: [Int] = []
  private var values: [Complex<Double>] = []
  /// The greatest sum of |re| + |im| over a row.
  private(set) var norm = 0.0

  init(_ matrix: Matrix<Complex<Double>>) {
    for row in 0..<matrix.rowCount {
      var sum = 0.0
      for column in 0..<matrix.columnCount {
        let value = matrix[row, column]
        if value.isZero { continue }
        columns.append(column)
        values.append(value)
        sum += value.cheapNorm
      }
      starts.append(columns.count)
      norm = max(norm, sum)
    }
  }

  func multiply(_ vector: [Complex<Double>]) -> [Complex<Double>] {
    (0..<(starts.count - 1)).map { row in
      var re = 0.0
      var im = 0.0
      for place in starts[row]..<starts[row + 1] {
        let a = values[place]
        let x = vector[columns[place]]
        re += a.re * x.re - a.im * x.im
        im += a.re * x.im + a.im * x.re
      }
      return Complex(re: re, im: im)
    }
  }
}

enum DormandPrince {
  /// The stages' weights: row k gives stage k + 2 from the slopes before it; the last is the result of
  /// fifth order.
  private static let weights: [[Double]] = [
    [1.0 / 5],
    [3.0 / 40, 9.0 / 40],
    [44.0 / 45, -56.0 / 15, 32.0 / 9],
    [19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
    [9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
    [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84],
  ]
  /// The result of fifth order minus that of fourth.
  private static let difference: [Double] = [
    71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40,
  ]

  /// One step: the state, the slope there (the next step's first), and the greatest scaled error.
  static func step(
    _ rows: CompressedRows, _ state: [Complex<Double>], _ slope: [Complex<Double>], _ h: Double
  ) -> (state: [Complex<Double>], slope: [Complex<Double>], error: Double) {
    var slopes = [slope]
    var point = state
    for stage in weights {
      point = state
      for (weight, k) in zip(stage, slopes) where weight != 0 {
        let factor = h * weight
        for index in point.indices {
          point[index] = Complex(
            re: point[index].re + factor * k[index].re, im: point[index].im + factor * k[index].im)
        }
      }
      slopes.append(rows.multiply(point))
    }
    var worst = 0.0
    for index in point.indices {
      var error = Complex<Double>.zero
      for (weight, k) in zip(difference, slopes) { error += (h * weight) * k[index] }
      let scaled = error.cheapNorm / max(1, point[index].cheapNorm)
      // A NaN must refuse the step, not slip through a comparison.
      worst = scaled.isNaN ? .infinity : max(worst, scaled)
    }
    return (point, slopes[slopes.count - 1], worst)
  }
}

extension Double {
  /// The fifth root of a positive value within a percent, which is all that a step size needs.
  fileprivate var fifthRoot: Double {
    guard isFinite, self > 0 else { return self }
    // Newton on y⁵ = x from a power of two within a factor of four of the root.
    var y = Double(sign: .plus, exponent: Int(exponent) / 5, significand: 1)
    for _ in 0..<10 { y -= (y - self / (y * y * y * y)) / 5 }
    return y
  }
}
