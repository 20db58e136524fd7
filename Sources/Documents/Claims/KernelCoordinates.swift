import Algebra
import Arbitrary
import Certified
import Exact
import Symbolic

/// A formula as a polynomial in one quantity for each symbol, the symbol itself or one strictly monotone kernel of it.
///
/// Factors that are proved to have no zero are left out, and so is a denominator without zeros in the box: the zeros are the same, and so are
/// the places on them at which derivatives along some of the axes vanish, as F = P·Q with Q ≠ 0 has the gradient Q·∇P
/// where P = 0, and a kernel has a derivative without zeros.
struct KernelCoordinates {
  /// The polynomial, in the symbols of ``axes``.
  let formula: Expression
  let axes: [SurfaceTopology.Axis]

  /// The greatest number of terms that are worth it.
  private static let termLimit = 600

  /// - Returns: nil where the formula is no such polynomial.
  init?(_ formula: Expression, _ asked: [AxisDefinition]) {
    let symbols = asked.map(\.symbol)
    guard var normalizer = try? Normalizer(symbols: symbols),
      let raw = try? normalizer.normalize(formula), let value = try? normalizer.lift(raw),
      value.im.isZero, !value.re.isZero
    else { return nil }
    let basis = normalizer.basis
    let prover = SignProver(basis)
    /// The factors that may be zero.
    func factors(_ polynomial: Polynomial) -> [Polynomial]? {
      guard polynomial.termCount <= Self.termLimit else { return nil }
      return try? polynomial.factorization(limit: 200_000_000).factors.map(\.polynomial)
        .filter { prover.sign(of: $0)?.isNonzero != true }
    }
    guard var zeros = factors(value.re.numerator), var poles = factors(value.re.denominator)
    else { return nil }
    let occurring = Set((zeros + poles).flatMap(\.occurringVariables))
    var places: [Int: Expression] = [:]
    var axes: [SurfaceTopology.Axis] = []
    for (index, axis) in asked.enumerated() {
      let own = occurring.filter {
        basis.generators[$0].kernel.expression.freeSymbols.contains(axis.symbol)
      }
      if own.isEmpty || own == [index] {
        places[index] = axis.symbol.expression
        axes.append(SurfaceTopology.Axis(axis.symbol, axis.lower, axis.upper))
        continue
      }
      guard own.count == 1, let place = own.first else { return nil }
      let expression = basis.generators[place].kernel.expression
      guard
        let kernel = MonotoneKernel(expression, of: axis.symbol, over: (axis.lower, axis.upper)),
        let image = SurfaceTopology.Axis(
          Symbol("\(axis.symbol.name)_kernel", .real), of: axis.symbol,
          kernel.isReciprocal ? expression.power(-1) : expression, axis.lower, axis.upper,
          map: kernel.map)
      else { return nil }
      if kernel.isReciprocal {
        guard let turned = try? zeros.map({ try BoundaryProblem.reversed($0, place) }),
          let others = try? poles.map({ try BoundaryProblem.reversed($0, place) })
        else { return nil }
        (zeros, poles) = (turned, others)
      }
      places[place] = image.symbol.expression
      axes.append(image)
    }
    guard occurring.isSubset(of: Set(places.keys)) else { return nil }
    let names = places.sorted { $0.key < $1.key }
    func expression(_ polynomial: Polynomial) -> Expression {
      Self.nested(polynomial, names.map { ($0.key, $0.value) }[...])
    }
    // With poles in the box the zeros of the numerator are not those of the formula.
    guard poles.allSatisfy({ SurfaceTopology.isZeroFree(expression($0), over: axes) }) else {
      return nil
    }
    self.axes = axes
    self.formula = .product(zeros.map { expression($0) })
  }

  /// The polynomial as nested products.
  private static func nested(
    _ polynomial: Polynomial, _ variables: ArraySlice<(Int, Expression)>
  ) -> Expression {
    guard let (index, value) = variables.first else {
      return .rational(Rational(polynomial.terms.first?.coefficient ?? 0))
    }
    var result = Expression.rational(0)
    for part in polynomial.coefficients(in: index).reversed() {
      let next = part.isZero ? Expression.rational(0) : nested(part, variables.dropFirst())
      result = result.rationalValue?.isZero == true ? next : result * value + next
    }
    return result
  }
}
