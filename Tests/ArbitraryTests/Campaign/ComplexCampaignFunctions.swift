import Exact

@testable import Arbitrary

/// A complex function of the campaign, its values at a point off the axes by another formula than the
/// library's where there is one: square roots in polar form, inverse functions after Kahan (Branch
/// cuts for complex elementary functions, 1987).
struct ComplexCampaignFunction: Sendable, CustomStringConvertible {
  /// Enclosures of f at a point, the arithmetic at so many bits.
  typealias Value = @Sendable ([ComplexInterval], Int) -> ComplexInterval

  let name: String
  let arity: Int
  let value: Value
  var range = ArgumentRange(usual: 6, extreme: 300, isUnbounded: false)

  var description: String { name }

  static func one(
    _ name: String, _ f: @escaping @Sendable (Interval, Interval, Int) -> ComplexInterval
  ) -> ComplexCampaignFunction {
    .init(name: name, arity: 1) { z, bits in f(z[0].re, z[0].im, bits) }
  }

  static func two(
    _ name: String, _ f: @escaping @Sendable (ComplexInterval, ComplexInterval) -> ComplexInterval
  ) -> ComplexCampaignFunction {
    .init(name: name, arity: 2) { z, bits in
      f(z[0].widened(to: bits), z[1].widened(to: bits))
    }
  }

  static let all: [ComplexCampaignFunction] =
    [
      two("add") { $0 + $1 }, two("sub") { $0 - $1 }, two("mul") { $0 * $1 },
      two("div") { (try? $0 / $1) ?? .empty },
      one("exp") { exp($0, $1, $2) }, one("log") { log($0, $1, $2) },
      one("sqrt") { sqrt($0, $1, $2) },
      one("sin") { sinh($1, $0, $2).swapped },
      one("cos") { cosh($1, $0, $2).conj },
      one("tan") { x, y, q in
        (try? sinh(y, x, q).swapped / cosh(y, x, q).conj) ?? .empty
      },
      one("sinh") { sinh($0, $1, $2) }, one("cosh") { cosh($0, $1, $2) },
      one("tanh") { x, y, q in (try? sinh(x, y, q) / cosh(x, y, q)) ?? .empty },
      one("asin") { asin($0, $1, $2) },
      one("acos") { x, y, q in
        let (below, above) = roots(x, y, q)
        let angle = Interval.atan2(y: below.re, x: above.re, precision: q)
        let part = above.conj * below
        return ComplexInterval(
          re: Interval.scale(angle, byPowerOfTwo: 1, precision: q),
          im: Interval.asinh(part.im, precision: q))
      },
      one("acosh") { x, y, q in
        let below = sqrt(Interval.sub(x, 1, precision: q), y, q)
        let above = sqrt(Interval.add(x, 1, precision: q), y, q)
        let angle = Interval.atan2(y: below.im, x: above.re, precision: q)
        return ComplexInterval(
          re: Interval.asinh((below.conj * above).re, precision: q),
          im: Interval.scale(angle, byPowerOfTwo: 1, precision: q))
      },
      one("asinh") { asin($1, $0, $2).swapped },
      one("atanh") { atanh($0, $1, $2) },
      one("atan") { atanh($1, $0, $2).swapped },
      one("abs") { x, y, q in ComplexInterval(real: size(x, y, q)) },
      one("arg") { x, y, q in
        ComplexInterval(real: Interval.atan2(y: y, x: x, precision: q))
      },
      .init(name: "pow", arity: 2) { z, q in
        let exponent = z[1].widened(to: q) * log(z[0].re, z[0].im, q)
        return exp(exponent.re, exponent.im, q)
      },
    ]
    + [-4, -3, -1].map { n in power("z^\(n)", Rational(n)) }
    // The repeated product, which may be exact.
    + [2, 3, 7].map { n in
      .init(name: "z^\(n)", arity: 1) { z, q in
        let factor = z[0].widened(to: q)
        return (1..<n).reduce(factor) { product, _ in product * factor }
      }
    }
    + ["1/2", "-3/2", "2/3", "-1/5"].map { power("z^(\($0))", Rational($0) ?? 0) }

  private static func power(_ name: String, _ r: Rational) -> ComplexCampaignFunction {
    one(name) { x, y, q in
      let exponent = Interval(r, precision: q) * log(x, y, q)
      return exp(exponent.re, exponent.im, q)
    }
  }
}

// MARK: - Formulas

extension ComplexCampaignFunction {
  private static func size(_ x: Interval, _ y: Interval, _ q: Int) -> Interval {
    let corners = (x.magnitude, x.mignitude, y.magnitude, y.mignitude)
    return Interval(
      between: Real.hypot(corners.1, corners.3, precision: q, rounding: .down),
      and: Real.hypot(corners.0, corners.2, precision: q, rounding: .up))
  }

  private static func exp(_ x: Interval, _ y: Interval, _ q: Int) -> ComplexInterval {
    polar(Interval.exp(x, precision: q), y, q)
  }

  private static func polar(_ r: Interval, _ angle: Interval, _ q: Int) -> ComplexInterval {
    ComplexInterval(
      re: Interval.mul(r, Interval.cos(angle, precision: q), precision: q),
      im: Interval.mul(r, Interval.sin(angle, precision: q), precision: q))
  }

  private static func log(_ x: Interval, _ y: Interval, _ q: Int) -> ComplexInterval {
    let square = Interval.add(
      Interval.sqr(x, precision: q), Interval.sqr(y, precision: q), precision: q)
    return ComplexInterval(
      re: Interval.scale(Interval.log(square, precision: q), byPowerOfTwo: -1, precision: q),
      im: Interval.atan2(y: y, x: x, precision: q))
  }

  private static func sqrt(_ x: Interval, _ y: Interval, _ q: Int) -> ComplexInterval {
    let angle = Interval.scale(
      Interval.atan2(y: y, x: x, precision: q), byPowerOfTwo: -1, precision: q)
    return polar(Interval.sqrt(size(x, y, q), precision: q), angle, q)
  }

  private static func sinh(_ x: Interval, _ y: Interval, _ q: Int) -> ComplexInterval {
    ComplexInterval(
      re: Interval.mul(
        Interval.sinh(x, precision: q), Interval.cos(y, precision: q), precision: q),
      im: Interval.mul(
        Interval.cosh(x, precision: q), Interval.sin(y, precision: q), precision: q))
  }

  private static func cosh(_ x: Interval, _ y: Interval, _ q: Int) -> ComplexInterval {
    ComplexInterval(
      re: Interval.mul(
        Interval.cosh(x, precision: q), Interval.cos(y, precision: q), precision: q),
      im: Interval.mul(
        Interval.sinh(x, precision: q), Interval.sin(y, precision: q), precision: q))
  }

  /// √(1 - z) and √(1 + z).
  private static func roots(
    _ x: Interval, _ y: Interval, _ q: Int
  ) -> (below: ComplexInterval, above: ComplexInterval) {
    (
      sqrt(Interval.sub(1, x, precision: q), -y, q), sqrt(Interval.add(1, x, precision: q), y, q)
    )
  }

  private static func asin(_ x: Interval, _ y: Interval, _ q: Int) -> ComplexInterval {
    let (below, above) = roots(x, y, q)
    return ComplexInterval(
      re: Interval.atan2(y: x, x: (below * above).re, precision: q),
      im: Interval.asinh((below.conj * above).im, precision: q))
  }

  private static func atanh(_ x: Interval, _ y: Interval, _ q: Int) -> ComplexInterval {
    func square(_ a: Interval) -> Interval { Interval.sqr(a, precision: q) }
    let above = square(Interval.add(1, x, precision: q)) + square(y)
    let below = square(Interval.sub(1, x, precision: q)) + square(y)
    let ratio = Interval.log(Interval.div(above, below, precision: q), precision: q)
    let angle = Interval.atan2(
      y: Interval.scale(y, byPowerOfTwo: 1, precision: q),
      x: Interval.sub(1, square(x) + square(y), precision: q), precision: q)
    return ComplexInterval(
      re: Interval.scale(ratio, byPowerOfTwo: -2, precision: q),
      im: Interval.scale(angle, byPowerOfTwo: -1, precision: q))
  }
}

extension Complex where F == Interval {
  /// i times the conjugate: f(ix) by f of the parts exchanged.
  fileprivate var swapped: ComplexInterval { ComplexInterval(re: im, im: re) }

  /// The same numbers carrying at least so many bits, so that operators keep them.
  fileprivate func widened(to bits: Int) -> ComplexInterval {
    rounded(precision: Swift.max(bits, precision))
  }
}
