import Exact

/// Lifts a set of factors at a point modulo as many primes as their coefficients need, and proves the
/// result by division.
struct FactorReconstruction {
  enum Outcome {
    /// Primitive factors with positive leading coefficients whose product is the polynomial.
    case factors([Polynomial])
    /// The factors at the point do not come from factors of the polynomial; a proof where the
    /// leading coefficients given are right.
    case impossible
    /// Nothing is known: another point may decide.
    case undecided
  }

  /// Primitive, with its leading coefficient `scale` times the product of ``leads`` over the
  /// `multiplicity`-th power of ``multiplier``.
  let polynomial: Polynomial
  let main: Int
  let point: EvaluationPoint
  /// The factors at the point, up to constants.
  let images: [IntegerPolynomial]
  /// The leading coefficients of the factors to find.
  let leads: [Polynomial]
  /// Integers that clear the denominators of those factors.
  let denominators: [Integer]
  let scale: Integer
  let multiplier: Polynomial?

  /// With the leading coefficient of the polynomial imposed on every factor: right for any set of
  /// factors.
  init(
    imposing lead: Polynomial, on polynomial: Polynomial, main: Int, point: EvaluationPoint,
    images: [IntegerPolynomial]
  ) {
    self.polynomial = polynomial
    self.main = main
    self.point = point
    self.images = images
    leads = images.map { _ in lead }
    denominators = images.map { _ in .one }
    scale = 1
    multiplier = lead
  }

  /// With leading coefficients found beforehand.
  init(
    leads: [Polynomial], scale: Integer, denominators: [Integer], of polynomial: Polynomial,
    main: Int, point: EvaluationPoint, images: [IntegerPolynomial]
  ) {
    self.polynomial = polynomial
    self.main = main
    self.point = point
    self.images = images
    self.leads = leads
    self.denominators = denominators
    self.scale = scale
    multiplier = nil
  }

  /// - Throws: ``ArithmeticError/limit(_:)``.
  func run(budget: inout Int) throws(ArithmeticError) -> Outcome {
    let leadValues = leads.map { point.value(of: $0) }
    var joined = JoinedTerms(count: images.count)
    var unlucky = 0
    var isFirst = true
    let bound = coefficientBound
    for prime in WordPrimes.Descending() {
      let modulus = WordModulus(prime)
      guard var lifting = lifting(modulus), let local = local(leadValues, modulus) else {
        unlucky += 1
        if unlucky > 4 { return .undecided }
        continue
      }
      let lifted: [SparseResidues]
      do {
        lifted = try lifting.factors(images: local, budget: &budget)
      } catch .impossible {
        return .impossible
      } catch .unlucky {
        unlucky += 1
        if unlucky > 2 { return .undecided }
        continue
      } catch {
        throw .limit("word operations of a factorisation")
      }
      let scaled = zip(lifted, denominators).map {
        $0.scaled(by: modulus.residue(of: $1), modulus)
      }
      let changed = joined.join(scaled, modulus)
      if isFirst || !changed, let factors = verified(joined.polynomials(in: polynomial.ring)) {
        return .factors(factors)
      }
      isFirst = false
      if joined.modulusBits > bound {
        // With one variable lifted the residues are proved; then no integer factors exist.
        return point.others.count == 1 ? .impossible : .undecided
      }
    }
    return .undecided
  }

  /// Bits above which a modulus holds every coefficient of the factors sought.
  ///
  /// A factor of f has a norm of at most e^(Σ degrees)·‖f‖ (Gelfond 1960). A factor sought is one of
  /// f times an integer below the scale or a factor of the multiplier.
  private var coefficientBound: Int {
    func bits(_ f: Polynomial) -> Int {
      let degrees = f.occurringVariables.reduce(0) { $0 + f.degree(in: $1) }
      let terms = f.occurringVariables.reduce(0) {
        $0 + Int.bitWidth - f.degree(in: $1).leadingZeroBitCount
      }
      return degrees * 3 / 2 + terms + (f.coefficients.map(\.bitWidth).max() ?? 0)
    }
    return bits(polynomial) + scale.bitWidth + (multiplier.map(bits) ?? 0) + 34
  }

  private func lifting(_ modulus: WordModulus) -> MultivariateLifting? {
    let residue = modulus.residue(of: scale)
    if residue == 0 { return nil }
    return MultivariateLifting(
      polynomial: SparseResidues(polynomial, modulus).scaled(by: modulus.inverse(residue), modulus),
      multiplier: multiplier.map { SparseResidues($0, modulus) }, multiplicity: images.count - 1,
      leads: leads.map { SparseResidues($0, modulus) }, main: main, others: point.others,
      point: point.values.map { modulus.residue(of: $0) }, modulus)
  }

  /// The images with their leading coefficients as given; nil where one vanishes modulo the prime.
  private func local(_ leadValues: [Integer], _ modulus: WordModulus) -> [[UInt64]]? {
    var result: [[UInt64]] = []
    for (image, value) in zip(images, leadValues) {
      let residue = modulus.residue(of: image.leadingCoefficient)
      let target = modulus.residue(of: value)
      if residue == 0 || target == 0 { return nil }
      result.append(
        ModularPolynomial(image, modulus).scaled(
          by: modulus.multiply(target, modulus.inverse(residue))
        ).coefficients)
    }
    return result
  }

  /// The primitive parts of candidates if they multiply to the polynomial.
  private func verified(_ candidates: [Polynomial]) -> [Polynomial]? {
    var rest = polynomial
    var factors: [Polynomial] = []
    for candidate in candidates {
      var factor = candidate.primitivePart
      if let multiplier, !multiplier.isConstant {
        factor =
          factor.exactQuotient(by: FactorizationEngine.content(factor, in: main))
          .primitivePart
      }
      guard !factor.isConstant, let quotient = rest.divided(by: factor) else { return nil }
      rest = quotient
      factors.append(factor)
    }
    return rest.isConstant ? factors : nil
  }
}

/// Polynomials known by their residues modulo several primes.
private struct JoinedTerms {
  private var history: [(terms: [SparseResidues], modulus: WordModulus)] = []
  private var monomials: [[Monomial]]
  private var values: [ChineseRemainder]

  init(count: Int) {
    monomials = Array(repeating: [], count: count)
    values = Array(repeating: ChineseRemainder(count: 0), count: count)
  }

  var modulusBits: Int { values.first?.modulus.bitWidth ?? 0 }

  /// Takes in one prime more; whether a value changed.
  mutating func join(_ terms: [SparseResidues], _ modulus: WordModulus) -> Bool {
    history.append((terms, modulus))
    var changed = false
    for index in terms.indices {
      let known = Set(monomials[index])
      let fresh = terms[index].monomials.filter { !known.contains($0) }
      if fresh.isEmpty {
        if values[index].join(residues(of: terms[index], monomials[index]), modulus) {
          changed = true
        }
        continue
      }
      // Residues that vanished modulo the primes so far: all primes are joined again.
      monomials[index] += fresh
      values[index] = ChineseRemainder(count: monomials[index].count)
      for (past, prime) in history {
        _ = values[index].join(residues(of: past[index], monomials[index]), prime)
      }
      changed = true
    }
    return changed
  }

  private func residues(of terms: SparseResidues, _ order: [Monomial]) -> [UInt64] {
    if terms.monomials == order { return terms.residues }
    let table = Dictionary(
      zip(terms.monomials, terms.residues), uniquingKeysWith: { first, _ in first })
    return order.map { table[$0] ?? 0 }
  }

  func polynomials(in ring: PolynomialRing) -> [Polynomial] {
    zip(monomials, values).map { Polynomial(ring: ring, unsorted: Array(zip($0, $1.values))) }
  }
}
