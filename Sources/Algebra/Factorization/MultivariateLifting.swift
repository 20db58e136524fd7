import Exact

/// Lifts factors at a point to factors in all variables, modulo one prime, one variable at a time.
///
/// With the factors of f(x, y₁, …, y_{j-1}, a_j, …) known, those with y_j free are found at points
/// (β₁^t, …, β_{j-1}^t) by lifting in x and y_j alone, and put together by solving Vandermonde
/// systems for the coefficients. The monomials that can occur are taken to be those of the step
/// before: a coefficient that vanishes at y_j = a_j would be missed. The caller proves the result by
/// a product, so such a miss costs another point and no wrong answer.
///
/// Source: Chen, Monagan 2020 (sparse Hensel lifting from bivariate images); Zippel 1990.
struct MultivariateLifting {
  enum Failure: Error {
    /// This prime or point is not fit.
    case unlucky
    /// There are no such factors, a proof.
    case impossible
    /// The work asked for is above the limit.
    case limit
  }

  /// The polynomial without ``multiplier``.
  let polynomial: SparseResidues
  /// A polynomial free of the main variable whose `multiplicity`-th power times ``polynomial`` is to
  /// be factored; nil for one.
  let multiplier: SparseResidues?
  let multiplicity: Int
  /// The leading coefficients of the factors in the main variable.
  let leads: [SparseResidues]
  let main: Int
  /// The other variables in the order of lifting, and their values at the point.
  let others: [Int]
  let point: [UInt64]
  let modulus: WordModulus
  private var generator: SplitMix64

  init(
    polynomial: SparseResidues, multiplier: SparseResidues?, multiplicity: Int,
    leads: [SparseResidues],
    main: Int, others: [Int], point: [UInt64], _ modulus: WordModulus
  ) {
    self.polynomial = polynomial
    self.multiplier = multiplier
    self.multiplicity = multiplicity
    self.leads = leads
    self.main = main
    self.others = others
    self.point = point
    self.modulus = modulus
    generator = SplitMix64(state: modulus.value &+ UInt64(polynomial.count))
  }

  /// The factors.
  ///
  /// - Parameters:
  ///   - images: the factors at the point, from the constant term upward, their leading coefficients
  ///     those of ``leads`` there.
  ///   - budget: the word operations left; reduced by those done.
  mutating func factors(
    images: [[UInt64]], budget: inout Int
  ) throws(Failure) -> [SparseResidues] {
    let ring = polynomial.ring
    // The polynomials with the variables from the j-th on at their values, for each j.
    let targets = specialised(polynomial)
    let powers = multiplier.map { specialised($0) }
    let leadSteps = leads.map { specialised($0) }
    var current = images.map { image in
      SparseResidues(
        ring: ring,
        merging: image.enumerated().map {
          (ring.monomial(variable: main, exponent: $0.offset), $0.element)
        }, modulus)
    }
    for j in 1...others.count {
      current = try step(
        j, current, target: targets[j], multiplier: powers?[j], leads: leadSteps.map { $0[j] },
        budget: &budget)
    }
    return current
  }

  /// The polynomial with the variables after the first j at the point, for j = 0, …, all.
  private func specialised(_ terms: SparseResidues) -> [SparseResidues] {
    var result = [terms]
    for (variable, value) in zip(others, point).reversed() {
      guard let last = result.last else { break }
      result.append(last.substituting(variable, value, modulus))
    }
    return result.reversed()
  }

  // MARK: One variable

  /// The support of a factor's coefficient of x^k, the leading one left out.
  private struct Support {
    var monomials: [[Monomial]]
    var size: Int { monomials.reduce(1) { max($0, $1.count) } }
  }

  private mutating func step(
    _ j: Int, _ current: [SparseResidues], target: SparseResidues, multiplier: SparseResidues?,
    leads: [SparseResidues], budget: inout Int
  ) throws(Failure) -> [SparseResidues] {
    let ring = polynomial.ring
    let supports = current.map { support(of: $0) }
    let count = supports.reduce(1) { max($0, $1.size) }
    let rows = target.degree(in: others[j - 1]) + 1
    let width = target.degree(in: main) + 1
    // Each point costs the lifting and one pass over all terms.
    let (work, overflow) = count.multipliedReportingOverflow(
      by: rows * rows * width * width / 4 + target.count + 100)
    budget = overflow ? -1 : budget - work
    if budget < 0 { throw .limit }
    for _ in 0..<4 {
      var base = [UInt64](repeating: 0, count: ring.variables.count)
      for variable in others[..<(j - 1)] {
        base[variable] = 2 + generator.next() % (modulus.value - 3)
      }
      do {
        return try interpolate(
          j, current, supports, count, base, target: target, multiplier: multiplier, leads: leads)
      } catch .unlucky {
        continue
      }
    }
    throw .unlucky
  }

  private func support(of terms: SparseResidues) -> Support {
    let top = terms.degree(in: main)
    var monomials = [[Monomial]](repeating: [], count: top)
    for monomial in terms.monomials {
      let exponent = terms.ring.exponent(monomial, of: main)
      if exponent < top {
        monomials[exponent].append(
          monomial / terms.ring.monomial(variable: main, exponent: exponent))
      }
    }
    return Support(monomials: monomials)
  }

  private func interpolate(
    _ j: Int, _ current: [SparseResidues], _ supports: [Support], _ count: Int, _ base: [UInt64],
    target: SparseResidues, multiplier: SparseResidues?, leads: [SparseResidues]
  ) throws(Failure) -> [SparseResidues] {
    let ring = polynomial.ring
    let main = main
    let variable = others[j - 1]
    let earlier = others[..<(j - 1)]
    let shift = point[j - 1]
    let back = modulus.negate(shift)
    var tables = [[UInt64]](repeating: [], count: ring.variables.count)
    for y in earlier {
      let highest = ([target] + leads + current + [multiplier].compactMap(\.self)).reduce(0) {
        max($0, $1.degree(in: y))
      }
      tables[y] = modulus.powers(of: base[y], through: highest)
    }
    let width = target.degree(in: main) + 1
    let rows = target.degree(in: variable) + 1
    var images = GeometricImages(target, powers: tables, size: width * rows, modulus) {
      ring.exponent($0, of: variable) * width + ring.exponent($0, of: main)
    }
    func inLifted(_ terms: SparseResidues) -> GeometricImages {
      GeometricImages(
        terms, powers: tables, size: terms.degree(in: variable) + 1, modulus
      ) { ring.exponent($0, of: variable) }
    }
    var factorImages = current.map { terms in
      GeometricImages(terms, powers: tables, size: terms.degree(in: main) + 1, modulus) {
        ring.exponent($0, of: main)
      }
    }
    var leadImages = leads.map(inLifted)
    var multiplierImages = multiplier.map(inLifted)
    var found: [[DenseBivariate]] = current.map { _ in [] }
    for _ in 0..<count {
      var polynomial = DenseBivariate(width: width, coefficients: images.next())
      if let factor = multiplierImages?.next() {
        for _ in 0..<multiplicity {
          polynomial = polynomial.multiplied(byPolynomialInY: factor, modulus)
        }
      }
      polynomial.translate(by: shift, modulus)
      polynomial.trim()
      let values = factorImages.indices.map { factorImages[$0].next() }
      let tops = leadImages.indices.map { index in
        var lead = DenseBivariate(width: 1, coefficients: leadImages[index].next())
        lead.translate(by: shift, modulus)
        lead.trim()
        return lead.coefficients
      }
      // The images must be those of the point; anything else is an unlucky base.
      if zip(values, tops).contains(where: { $0.last != $1.first || $1.first == 0 }) {
        throw .unlucky
      }
      do {
        let lifted = try BivariateLifting.factors(
          of: polynomial, images: values, leads: tops, modulus)
        for (index, factor) in lifted.enumerated() {
          var factor = factor
          factor.translate(by: back, modulus)
          found[index].append(factor)
        }
      } catch .notCoprime {
        throw .unlucky
      } catch {
        // With earlier variables the failure may come from a support that is too small.
        throw earlier.isEmpty ? .impossible : .unlucky
      }
    }
    return try zip(zip(supports, found), leads).map { pair, lead throws(Failure) in
      try assemble(pair.0, pair.1, lead: lead, tables, variable)
    }
  }

  /// A factor from its values at the points.
  private func assemble(
    _ support: Support, _ values: [DenseBivariate], lead: SparseResidues, _ tables: [[UInt64]],
    _ variable: Int
  ) throws(Failure) -> SparseResidues {
    let ring = polynomial.ring
    var terms: [(Monomial, UInt64)] = []
    let top = ring.monomial(variable: main, exponent: support.monomials.count)
    for (monomial, residue) in zip(lead.monomials, lead.residues) {
      terms.append((monomial * top, residue))
    }
    let moving = tables.indices.filter { !tables[$0].isEmpty }
    for (k, monomials) in support.monomials.enumerated() where !monomials.isEmpty {
      let nodes = monomials.map { monomial in
        moving.reduce(UInt64(1)) {
          modulus.multiply($0, tables[$1][ring.exponent(monomial, of: $1)])
        }
      }
      let height = values.prefix(nodes.count).reduce(0) { max($0, $1.rowCount) }
      let sums = (0..<height).map { row in
        values.prefix(nodes.count).map { value in
          row < value.rowCount ? value.coefficients[row * value.width + k] : 0
        }
      }
      guard let solved = modulus.transposedVandermonde(nodes, sums) else { throw .unlucky }
      for (row, coefficients) in solved.enumerated() {
        let factor =
          ring.monomial(variable: variable, exponent: row)
          * ring.monomial(variable: main, exponent: k)
        for (monomial, value) in zip(monomials, coefficients) where value != 0 {
          terms.append((monomial * factor, value))
        }
      }
    }
    return SparseResidues(ring: ring, merging: terms, modulus)
  }
}
