import Algebra
import Exact
import Symbolic

/// Proves signs of normal forms with absolute values in them, by cases: where A ≥ 0 the absolute value
/// is A, where A ≤ 0 it is -A, and what holds in both cases holds.
struct CaseProver {
  private let basis: KernelBasis
  private let prover: SignProver

  /// More absolute values than this would make too many cases.
  private static let caseLimit = 5

  init(_ basis: KernelBasis) {
    self.basis = basis
    prover = SignProver(basis)
  }

  /// The proved sign of a real rational function; nil where no rule answers.
  func sign(of value: RationalFunction) -> SignFact? {
    if let direct = prover.sign(of: value) { return direct }
    let absolutes = value.occurringVariables.filter {
      if case .absolute = basis.generators[$0].kernel { true } else { false }
    }
    guard !absolutes.isEmpty, absolutes.count <= CaseProver.caseLimit else { return nil }
    var common: SignFact?
    for pattern in 0..<(1 << absolutes.count) {
      var numerator = value.numerator
      var prover = self.prover
      var denominator = value.denominator
      for (bit, index) in absolutes.enumerated() {
        let isNegative = pattern >> bit & 1 == 1
        guard let argument = basis.argument(ofAbsolute: index) else { return nil }
        let branch = isNegative ? -argument : argument
        prover = prover.assuming(argument, is: isNegative ? .nonpositive : .nonnegative)
        guard let n = substitute(branch, for: index, in: numerator),
          let d = substitute(branch, for: index, in: denominator)
        else { return nil }
        (numerator, denominator) = (n, d)
      }
      guard let quotient = try? RationalFunction(numerator, denominator),
        let sign = prover.sign(of: quotient)
      else { return nil }
      guard let earlier = common else {
        common = sign
        continue
      }
      guard let both = SignFact.common(earlier, sign) else { return nil }
      common = both
    }
    return common
  }

  private func substitute(
    _ branch: Polynomial, for index: Int, in polynomial: Polynomial
  ) -> Polynomial? {
    var result = Polynomial(0, ring: polynomial.ring)
    for part in polynomial.coefficients(in: index).reversed() {
      guard let product = try? basis.checkedProduct(result, branch) else { return nil }
      result = product + part
    }
    return result
  }
}
