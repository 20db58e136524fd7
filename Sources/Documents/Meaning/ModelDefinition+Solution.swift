import Algebra
import Arbitrary
import Exact
import OpenSystems
import Symbolic

extension ModelDefinition {
  /// A document asks many questions: each gets less than one that is asked alone.
  private static let limit = EliminationLimit(operations: 1_200_000_000)

  /// A steady state as formulas.
  enum Solution {
    case unique(Matrix<Expression>)
    /// Several; the dimension of the space.
    case notUnique(Int)
    case none
    /// Its formulas are beyond the limit.
    case tooLarge
  }

  /// The steady state, or what there is instead.
  func steadyState() throws(OpenSystemError) -> Solution {
    let (space, formula) = try solved()
    guard let state = space.normalized else { return .none }
    return space.dimension == 1 ? .unique(state.map(formula)) : .notUnique(space.dimension)
  }

  /// A basis of all stationary matrices.
  func steadySpace() throws(OpenSystemError) -> [Matrix<Expression>] {
    let (space, formula) = try solved()
    return space.basis.map { $0.map(formula) }
  }

  /// The null space, and how its elements are written.
  ///
  /// Where there are baths, it is looked for with a symbol for each different rate first; the rates
  /// stand in the result as the formulas that they are.
  ///
  /// - Throws: ``OpenSystemError``, for a limit after about half the work that the library allows.
  private func solved() throws(OpenSystemError) -> (
    SteadySpace<RationalFunction>, (Complex<RationalFunction>) -> Expression
  ) {
    let (basis, symbolic) = try symbolic()
    if weak != nil, let rates = try RateSymbols(symbolic),
      let space = try rates.steadySpace(limit: Self.limit)
    {
      let formulas = rates.values.map { basis.expression($0) }
      return (space, { RateSymbols.expression($0, formulas) })
    }
    return (try Liouvillian(symbolic).steadySpace(limit: Self.limit), { basis.expression($0) })
  }
}

extension RateSymbols {
  /// A value over the ring of the rates, with a formula for each of its variables.
  static func expression(
    _ value: Complex<RationalFunction>, _ variables: [Expression]
  ) -> Expression {
    func polynomial(_ p: Polynomial) -> Expression {
      .sum(
        p.terms.map { exponents, coefficient in
          var factors: [Expression] = []
          for (index, exponent) in exponents.enumerated() where exponent > 0 {
            factors.append(variables[index].power(exponent))
          }
          if factors.isEmpty { return .rational(Rational(coefficient)) }
          if coefficient.isOne { return .product(factors) }
          return .product([.rational(Rational(coefficient))] + factors)
        })
    }
    func real(_ f: RationalFunction) -> Expression {
      if let constant = f.constantValue { return .rational(constant) }
      let numerator = polynomial(f.numerator)
      return f.denominator.isOne ? numerator : numerator / polynomial(f.denominator)
    }
    if value.im.isZero { return real(value.re) }
    let im = Expression.i * real(value.im)
    return value.re.isZero ? im : real(value.re) + im
  }
}
