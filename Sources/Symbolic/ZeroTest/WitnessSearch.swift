import Arbitrary
import Exact

/// Looks for points at which an expression is certainly not zero.
struct WitnessSearch {
  private let symbols: [Symbol]
  private let program: Program
  /// All parts, to see that the expression is defined where its enclosure excludes zero.
  private let parts: Program

  init(_ expression: Expression, _ symbols: [Symbol]) throws(SymbolicError) {
    self.symbols = symbols
    program = try Program([expression], inputs: symbols)
    parts = try Program(expression.postorder(), inputs: symbols)
  }

  /// The first witness among seeded points of the domain.
  func search(points: Range<Int>, precisions: [Int]) -> ZeroTest.Witness? {
    // Without symbols there is one point.
    let range = symbols.isEmpty ? points.prefix(1) : points[...]
    for index in range {
      let point = DomainPoint.point(symbols, index)
      if let witness = certify(point, precisions: precisions) { return witness }
    }
    return nil
  }

  /// The point as a witness, where an enclosure excludes zero and all parts have bounded enclosures:
  /// an undefined part, such as a quotient by zero, never has one.
  func certify(_ point: [Symbol: Complex<Rational>], precisions: [Int]) -> ZeroTest.Witness? {
    for precision in precisions {
      var values: [ComplexInterval] = []
      for symbol in symbols {
        let value = point[symbol] ?? .zero
        values.append(
          ComplexInterval(
            re: Interval(value.re, precision: precision),
            im: Interval(value.im, precision: precision)))
      }
      guard let value = try? program.enclose(values, precision: precision).first else {
        return nil
      }
      if value.isEmpty || value.containsZero || !value.isBounded { continue }
      guard let all = try? parts.enclose(values, precision: precision) else { return nil }
      if all.allSatisfy({ !$0.isEmpty && $0.isBounded }) {
        return ZeroTest.Witness(point: point, value: value)
      }
    }
    return nil
  }
}

extension ComplexInterval {
  /// Whether both parts are bounded.
  var isBounded: Bool { re.isBounded && im.isBounded }
}

/// Rational points in the interior of domains, the same every time.
enum DomainPoint {
  /// The point with a number; plain enough that values stay moderate, without special places.
  static func point(_ symbols: [Symbol], _ index: Int) -> [Symbol: Complex<Rational>] {
    var result: [Symbol: Complex<Rational>] = [:]
    for (place, symbol) in symbols.enumerated() {
      let draw = hash(index, place)
      result[symbol] = value(symbol.domain, draw, hash(index, place + 1000), index)
    }
    return result
  }

  /// The steps of SplitMix64 (Steele, Lea, Flood 2014).
  private static func hash(_ a: Int, _ b: Int) -> UInt64 {
    var z =
      UInt64(truncatingIfNeeded: a &* 1_000_003 &+ b &* 7919 &+ 12345) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  private static func value(
    _ domain: Domain, _ draw: UInt64, _ other: UInt64, _ index: Int
  ) -> Complex<Rational> {
    // A fraction in (0, 1) and a size between 1/16 and 16, later ones further out.
    let fraction = ratio(Int(draw % 95) + 1, 97)
    let spread = min(index / 4 + 1, 4)
    let exponent = Int(draw >> 32 & 0xFFFF) % (2 * spread + 1) - spread
    let size = ratio(Int(draw >> 8 & 0xFFFF) % 60 + 37, 67) * power(exponent)
    let isNegative = draw >> 60 & 1 == 1
    switch domain.shape {
    case .finite(let values): return Complex(re: values[Int(draw % UInt64(values.count))], im: 0)
    case .complex:
      // Beyond π too, where logarithms and inverse functions change their branch.
      let second = ratio(Int(other % 120) - 61, 67) * Rational(1 + index % 8)
      return Complex(re: isNegative ? -size : size, im: second)
    case .interval(let lower, let upper):
      switch (lower.value, upper.value) {
      case (nil, nil): return Complex(re: isNegative ? -size : size, im: 0)
      case (let low?, nil): return Complex(re: low + size, im: 0)
      case (nil, let high?): return Complex(re: high - size, im: 0)
      case (let low?, let high?): return Complex(re: low + (high - low) * fraction, im: 0)
      }
    }
  }

  static func ratio(_ a: Int, _ b: Int) -> Rational {
    Rational(a) * Rational(reciprocalOf: Integer(b))
  }

  private static func power(_ exponent: Int) -> Rational {
    exponent >= 0 ? Rational(1 << exponent) : Rational(reciprocalOf: Integer(1 << -exponent))
  }
}
