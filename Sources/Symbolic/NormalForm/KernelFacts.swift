import Algebra
import Exact

/// What a normalizer remembers of kernels that it made, beyond what a basis says.
///
/// Exponentials and roots are kept as chains: of one exponent u (or radicand a) only the finest part
/// exp(u/q) (or root a^(1/q)) that occurred is a free generator, the coarser ones are its powers.
struct KernelFacts: Sendable {
  /// The finest member of a chain.
  struct Chain: Sendable {
    var denominator: Int
    var index: Int
  }

  /// A kernel that is an angle, with what its cosine and sine are made of.
  enum Angle: Sendable {
    /// arcsin u
    case arcsine(RationalFunction)
    /// arctan u, for real u
    case arctangent(RationalFunction)
  }

  /// By the unit u: the kernel exp(u/q).
  var exponentials: [Expression: Chain] = [:]
  /// By the radicand a ≥ 0: the kernel a^(1/q).
  var roots: [Expression: Chain] = [:]
  /// By the index of a kernel exp(v): v.
  var exponents: [Int: RationalFunction] = [:]
  /// By the index of a kernel log(v): v.
  var logarithms: [Int: RationalFunction] = [:]
  /// By the index of a kernel that is an angle.
  var angles: [Int: Angle] = [:]
  /// The arguments of all cosines and sines that became kernels, in their order.
  var requestedAngles: [RationalFunction] = []
  /// The factors of which logarithms were taken.
  var requestedFactors: [Polynomial] = []
}

extension RationalFunction {
  /// The index of the generator that this is; nil for anything else.
  var generatorIndex: Int? { denominator.isOne ? numerator.generatorIndex : nil }

  /// The terms of the numerator, each over the denominator, as a number times a monomial over a
  /// primitive denominator.
  func units() throws(ArithmeticError) -> [(coefficient: Rational, unit: RationalFunction)] {
    var result: [(Rational, RationalFunction)] = []
    for term in numerator.singleTerms {
      result.append(
        (
          try Rational(term.leadingCoefficient, denominator.content),
          try RationalFunction(term.primitivePart, denominator.primitivePart)
        ))
    }
    return result
  }
}

extension Polynomial {
  /// The index of the variable that this is; nil for anything else.
  var generatorIndex: Int? {
    guard termCount == 1, totalDegree == 1, leadingCoefficient.isOne else { return nil }
    return occurringVariables.first
  }
}
