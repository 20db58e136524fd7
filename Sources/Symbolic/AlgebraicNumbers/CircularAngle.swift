import Exact

/// An angle π·turn + ratio·acos(cosine), as it stands under a cosine; `cosine` is nil for the angles
/// that are rational multiples of π.
struct CircularAngle: Equatable {
  var turn: Rational
  var ratio: Rational = .zero
  var cosine: Expression?

  /// Reads an angle; nil for others, and for more than one acos.
  ///
  /// acos(u) and acos(-u) = π - acos(u) count as different ones here.
  init?(_ expression: Expression) {
    var values: [ObjectIdentifier: Linear] = [:]
    for part in expression.postorder() {
      if let value = Self.value(of: part, { values[$0.identity] }) { values[part.identity] = value }
    }
    guard let whole = values[expression.identity], whole.rational.isZero else { return nil }
    turn = whole.turn
    ratio = whole.ratio
    cosine = whole.ratio.isZero ? nil : whole.cosine
  }

  /// rational + π·turn + ratio·acos(cosine).
  private struct Linear {
    var rational: Rational = .zero
    var turn: Rational = .zero
    var ratio: Rational = .zero
    var cosine: Expression?

    var isRational: Bool { turn.isZero && ratio.isZero }

    func scaled(by factor: Rational) -> Linear {
      Linear(
        rational: rational * factor, turn: turn * factor, ratio: ratio * factor, cosine: cosine)
    }
  }

  private static func value(
    of part: Expression, _ known: (Expression) -> Linear?
  ) -> Linear? {
    switch part.kind {
    case .rational(let value): return Linear(rational: value)
    case .constant(.pi): return Linear(turn: .one)
    case .function(.acos, let arguments):
      return Linear(ratio: .one, cosine: arguments.first)
    case .sum(let terms):
      var total = Linear()
      for term in terms {
        guard let value = known(term) else { return nil }
        if let cosine = value.cosine {
          if let other = total.cosine, other != cosine { return nil }
          total.cosine = cosine
        }
        total.rational += value.rational
        total.turn += value.turn
        total.ratio += value.ratio
      }
      return total
    case .product(let factors):
      var total = Linear(rational: .one)
      for factor in factors {
        guard let value = known(factor) else { return nil }
        if value.isRational {
          total = total.scaled(by: value.rational)
        } else if total.isRational {
          total = value.scaled(by: total.rational)
        } else {
          return nil
        }
      }
      return total
    case .power(let base, let exponent):
      guard exponent.rationalValue == -1, let value = known(base), value.isRational,
        let inverse = try? value.rational.inverse()
      else { return nil }
      return Linear(rational: inverse)
    default: return nil
    }
  }
}
