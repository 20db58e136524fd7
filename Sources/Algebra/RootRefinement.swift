import Exact

extension RealRootIsolation {
  /// The root in an interval of width at most 2^-`bits`, or exactly where a tried point is the root.
  ///
  /// Secant steps on exact values: the interval is cut into 2^t parts and the part that the secant
  /// points at is checked by two signs. A hit doubles t, a miss halves it; with t = 1 the step is a
  /// bisection and always hits, so that progress never ends.
  ///
  /// - Parameters:
  ///   - root: an interval at whose ends `polynomial` has opposite signs, with one root inside.
  /// - Complexity: as the last step, evaluations of the polynomial at points of `bits` binary digits.
  /// - Source: Abbott 2006, quadratic interval refinement.
  public static func refine(
    _ root: IsolatedRoot, of polynomial: IntegerPolynomial, toBits bits: Int
  ) -> IsolatedRoot {
    guard case .interval(let start) = root, start.exponent < bits, let n = polynomial.degree else {
      return root
    }
    var c = start.numerator
    var k = start.exponent
    var atLower = polynomial.homogenizedValue(atDyadic: c, exponent: k)
    var atUpper = polynomial.homogenizedValue(atDyadic: c + 1, exponent: k)
    var t = 1
    while k < bits {
      let step = min(t, bits - k)
      let parts = Integer.one << step
      let fine = k + step
      let base = c << step
      // The values at the ends, in the scale of the finer grid.
      let scale = n * (max(fine, 0) - max(k, 0))
      func value(_ j: Integer) -> Integer {
        if j.isZero { return atLower << scale }
        if j == parts { return atUpper << scale }
        return polynomial.homogenizedValue(atDyadic: base + j, exponent: fine)
      }
      let guess = secantPoint(atLower.magnitude, atUpper.magnitude, parts, step)
      let atGuess = value(guess)
      if atGuess.isZero { return .exact(DyadicInterval.value(base + guess, fine)) }
      let isBelowRoot = atGuess.signum == atLower.signum
      let neighbour = isBelowRoot ? guess + 1 : guess - 1
      let atNeighbour = value(neighbour)
      if atNeighbour.isZero { return .exact(DyadicInterval.value(base + neighbour, fine)) }
      if atNeighbour.signum == atGuess.signum {
        t = max(1, step / 2)
        continue
      }
      c = base + (isBelowRoot ? guess : neighbour)
      k = fine
      (atLower, atUpper) = isBelowRoot ? (atGuess, atNeighbour) : (atNeighbour, atGuess)
      t = 2 * step
    }
    return .interval(DyadicInterval(numerator: c, exponent: k))
  }

  /// The number of the grid point in 1 … parts - 1 next to where the secant vanishes.
  private static func secantPoint(
    _ a: Integer, _ b: Integer, _ parts: Integer, _ step: Int
  ) -> Integer {
    // Only the ratio counts, to a few bits more than the grid has.
    let excess = max(0, max(a.bitWidth, b.bitWidth) - step - 64)
    let x = a >> excess
    let sum = x + (b >> excess)
    guard let quotient = try? ((x << (step + 1)) + sum).quotientAndRemainder(by: sum + sum).quotient
    else { return parts >> 1 }
    return min(max(quotient, 1), parts - 1)
  }
}
