import Algebra
import OpenSystems
import Symbolic

extension Expression: StarRing {
  /// The conjugate as a formula: itself where it is proved real, otherwise from its normal form.
  public var conjugate: Expression {
    if rationalValue != nil { return self }
    guard let form = try? NormalForm(self) else {
      return (try? .function(.conj, [self])) ?? self
    }
    return form.value.im.isZero ? self : form.basis.expression(form.value.conj)
  }
}

extension ModeOperator where Coefficient == Expression {
  /// The operator without the terms whose coefficients vanish in normal form.
  var withoutVanishing: ModeOperator {
    ModeOperator(
      terms.filter { _, value in
        if value.rationalValue != nil { return true }
        return (try? NormalForm(value))?.isZero != true
      })
  }

  /// Whether the operator is the annihilation operator of a mode, and of which.
  var annihilatedMode: Int? {
    guard let monomial = monomials.first, terms.count == 1, monomial.degree == 1,
      monomial.creation.isEmpty, self[monomial].rationalValue == 1
    else { return nil }
    return monomial.modeCount - 1
  }

  /// Whether the operator is a number, known to have no ladder operators.
  var isNumber: Bool { degree == 0 }

  /// The operator with modes counted anew.
  ///
  /// - Parameter places: the new place of each mode that occurs.
  func renumbered(_ places: [Int: Int]) -> ModeOperator {
    let count = (places.values.max() ?? -1) + 1
    var result: [LadderMonomial: Expression] = [:]
    for (monomial, value) in terms {
      var creation = [Int](repeating: 0, count: count)
      var annihilation = creation
      for (old, new) in places {
        creation[new] = monomial.creation(old)
        annihilation[new] = monomial.annihilation(old)
      }
      result[LadderMonomial(creation: creation, annihilation: annihilation)] = value
    }
    return ModeOperator(result)
  }

  /// The modes that occur, increasing.
  var occurringModes: [Int] {
    (0..<modeCount).filter { mode in
      terms.keys.contains { $0.creation(mode) > 0 || $0.annihilation(mode) > 0 }
    }
  }

  /// The symbols in the coefficients.
  var freeSymbols: Set<Symbol> {
    terms.values.reduce(into: []) { $0.formUnion($1.freeSymbols) }
  }
}
