import Algebra
import Exact

/// Finds the supremum over one domain.
struct ExtremumSearch: Sendable {
  private let symbol: Symbol
  private let domain: Domain
  private var pieces: RationalPieces
  private var best = Best()

  /// The greatest value so far and where it occurs.
  private struct Best {
    var number: AlgebraicNumber?
    var isInfinite = false
    var places: [Extremum.Place] = []

    mutating func offer(_ value: AlgebraicNumber, _ place: Extremum.Place) {
      if isInfinite { return }
      if let number {
        if value < number { return }
        if value == number {
          if !places.contains(place) { places.append(place) }
          return
        }
      }
      number = value
      places = [place]
    }

    mutating func offerInfinity(_ place: Extremum.Place) {
      if !isInfinite {
        isInfinite = true
        number = nil
        places = []
      }
      if !places.contains(place) { places.append(place) }
    }
  }

  init(_ symbol: Symbol, _ domain: Domain) throws(LimitError) {
    self.symbol = symbol
    self.domain = domain
    pieces = try RationalPieces(symbol)
  }

  func maximum(of f: Expression) throws(LimitError) -> Extremum {
    var search = self
    return try search.run(f)
  }

  private mutating func run(_ f: Expression) throws(LimitError) -> Extremum {
    let all = try pieces.pieces(of: f)
    switch domain.shape {
    case .complex: throw .unsupported("the extremum over complex values")
    case .finite(let values):
      for value in values { try offer(f, at: AlgebraicNumber(value)) }
    case .interval(let lower, let upper):
      let line = try marks(all, lower, upper)
      for (index, mark) in line.enumerated() {
        if index == 0 { try gap(f, from: nil, to: mark) }
        if domain.contains(algebraic: mark) { try offer(f, at: mark) }
        try gap(f, from: mark, to: index + 1 < line.count ? line[index + 1] : nil)
      }
      if line.isEmpty { try gap(f, from: nil, to: nil) }
    }
    if best.number == nil && !best.isInfinite {
      throw .unsupported("the extremum of a function that is nowhere defined")
    }
    return Extremum(number: best.number, infinity: .infinity, places: settled(best.places))
  }

  /// A point at which the bound is taken is not also one near which it is approached.
  private func settled(_ places: [Extremum.Place]) -> [Extremum.Place] {
    places.filter { place in
      guard case .near(let point) = place else { return true }
      return !places.contains(.at(point))
    }
  }

  /// The points of the domain and its ends between which the function is monotone, in order.
  private func marks(
    _ all: Set<RationalFunction>, _ lower: Domain.Bound, _ upper: Domain.Bound
  ) throws(LimitError) -> [AlgebraicNumber] {
    var polynomials: Set<Polynomial> = []
    for piece in all {
      polynomials.insert(piece.denominator)
      polynomials.insert(piece.derivative(in: 0).numerator)
    }
    for function in pieces.switches {
      polynomials.insert(function.numerator)
      polynomials.insert(function.denominator)
    }
    var marks: Set<AlgebraicNumber> = []
    for end in [lower.value, upper.value] { if let end { marks.insert(AlgebraicNumber(end)) } }
    let range = RationalRange(
      lower: lower.value.map { .open($0) } ?? .unbounded,
      upper: upper.value.map { .open($0) } ?? .unbounded)
    for polynomial in polynomials where !polynomial.isConstant {
      guard let dense = polynomial.univariate(in: 0) else { continue }
      let roots = try LimitError.arithmetic { () throws(ArithmeticError) in
        try AlgebraicNumber.roots(of: dense, in: range)
      }
      for (root, _) in roots { marks.insert(root) }
    }
    return marks.sorted()
  }

  private mutating func offer(_ f: Expression, at point: AlgebraicNumber) throws(LimitError) {
    if let value = try pieces.value(of: f, at: point) { best.offer(value, .at(point)) }
  }

  // MARK: Between two marks

  /// Offers the one-sided limits at the ends of a gap.
  private mutating func gap(
    _ f: Expression, from lower: AlgebraicNumber?, to upper: AlgebraicNumber?
  ) throws(LimitError) {
    let middle = sample(lower, upper)
    guard domain.contains(middle), let piece = try pieces.piece(of: f, at: middle) else { return }
    if let constant = piece.constantValue {
      best.offer(AlgebraicNumber(constant), .between(lower, upper))
      return
    }
    for (end, isUpper) in [(lower, false), (upper, true)] {
      if let end {
        try offer(piece, approaching: end, from: middle)
      } else {
        try offer(piece, toInfinity: isUpper)
      }
    }
  }

  private mutating func offer(
    _ piece: RationalFunction, approaching end: AlgebraicNumber, from middle: Rational
  ) throws(LimitError) {
    let (top, bottom) = (rational(piece.numerator), rational(piece.denominator))
    let value: AlgebraicNumber?
    do {
      if try end.sign(of: bottom) == 0 {
        // Coprime, so the numerator does not vanish; the denominator keeps its sign in the gap.
        if try end.sign(of: top) * bottom(middle).signum > 0 { best.offerInfinity(.near(end)) }
        return
      }
      value = try end.value(of: top) / (try end.value(of: bottom))
    } catch { throw .arithmetic(error) }
    if let value { best.offer(value, .near(end)) }
  }

  private mutating func offer(
    _ piece: RationalFunction, toInfinity isUpper: Bool
  ) throws(LimitError) {
    let (top, bottom) = (rational(piece.numerator), rational(piece.denominator))
    let growth = top.coefficients.count - bottom.coefficients.count
    let place: Extremum.Place = isUpper ? .infinity : .negativeInfinity
    let ratio = try LimitError.arithmetic { () throws(ArithmeticError) in
      try top.leadingCoefficient / bottom.leadingCoefficient
    }
    if growth < 0 { return best.offer(AlgebraicNumber(Rational.zero), place) }
    if growth == 0 { return best.offer(AlgebraicNumber(ratio), place) }
    let sign = isUpper || growth % 2 == 0 ? ratio.signum : -ratio.signum
    if sign > 0 { best.offerInfinity(place) }
  }

  private func rational(_ polynomial: Polynomial) -> UnivariatePolynomial<Rational> {
    if let constant = polynomial.constantValue {
      return UnivariatePolynomial([Rational(constant)])
    }
    return (polynomial.univariate(in: 0) ?? .zero).map { Rational($0) }
  }

  /// A rational number strictly between two different numbers.
  private func sample(_ lower: AlgebraicNumber?, _ upper: AlgebraicNumber?) -> Rational {
    switch (lower, upper) {
    case (nil, nil): return .zero
    case (let low?, nil): return low.enclosure(bits: 2).upper + 1
    case (nil, let high?): return high.enclosure(bits: 2).lower - 1
    case (let low?, let high?):
      var bits = 8
      while true {
        let (below, above) = (low.enclosure(bits: bits).upper, high.enclosure(bits: bits).lower)
        let middle = (below + above) * Rational(reciprocalOf: 2)
        if low.compare(to: middle) < 0 && high.compare(to: middle) > 0 { return middle }
        bits *= 2
      }
    }
  }
}

extension Domain {
  /// Whether a real algebraic number is in the domain.
  func contains(algebraic number: AlgebraicNumber) -> Bool {
    if let value = number.rational { return contains(value) }
    guard case .interval(let lower, let upper) = shape else { return shape == .complex }
    // An irrational number is no end of the interval.
    return (lower.value.map { number.compare(to: $0) > 0 } ?? true)
      && (upper.value.map { number.compare(to: $0) < 0 } ?? true)
  }
}
