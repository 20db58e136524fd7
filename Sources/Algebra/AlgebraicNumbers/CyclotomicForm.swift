import Arbitrary
import Exact

/// A number as a rational combination of cosines: Σ coefficient·2·cos(2πk/n).
///
/// Proved: the minimal polynomial vanishes at the combination, by arithmetic in the cyclotomic field,
/// and an enclosure of the combination lies within the interval that isolates the number.
public struct CyclotomicForm: Sendable, Hashable {
  /// n.
  public let order: Int
  /// The rational part.
  public let constant: Rational
  /// The coefficient of 2·cos(2πk/n) for each k from 1 to n/2 that occurs.
  public let coefficients: [Int: Rational]
}

extension AlgebraicNumber {
  /// The greatest conductor that ``cyclotomicForms(conductorLimit:precisionLimit:)`` looks for unless
  /// told otherwise.
  public static let defaultConductorLimit = 1000

  /// The number as combinations of cosines, where its field is abelian with a conductor n up to the
  /// limit; empty where none is found. The forms differ by the relation between the cosines.
  ///
  /// The traces of roots of unity span the field; the combination is found as an integer relation
  /// among their digits and then proved.
  ///
  /// - Parameter precisionLimit: the bits to which digits are compared at most.
  /// - Throws: ``ArithmeticError/limit(_:)`` as ``IntegerRelations`` and ``RealCyclotomicField``.
  /// - Complexity: O(φ(n)) powers modulo word primes, and an integer relation among degree + 1 numbers.
  public func cyclotomicForms(
    conductorLimit: Int = defaultConductorLimit, precisionLimit: Int = 4096
  ) throws(ArithmeticError) -> [CyclotomicForm] {
    if degree > 20 { return [] }
    guard let field = try AbelianField(of: minimalPolynomial, conductorLimit: conductorLimit),
      RealCyclotomicField.degree(order: field.conductor) <= RealCyclotomicField.largestDegree
    else { return [] }
    return try CyclotomicSearch(self, field).forms(precisionLimit: precisionLimit)
  }
}

/// The search for the combination.
private struct CyclotomicSearch {
  let number: AlgebraicNumber
  let field: RealCyclotomicField
  /// 2·cos(2πk/n) for k = 0 … n/2.
  private let cosines: [IntegerPolynomial]
  /// The traces that form a basis, each as the k of its cosines; empty for the number 1.
  private var basis: [[Int]] = []

  init(_ number: AlgebraicNumber, _ abelian: AbelianField) throws(ArithmeticError) {
    self.number = number
    let n = abelian.conductor
    field = try RealCyclotomicField(order: n)
    var list = [IntegerPolynomial([2]), .variable]
    while list.count <= n / 2 {
      let next = IntegerPolynomial.variable * list[list.count - 1] - list[list.count - 2]
      // The modulus is monic: one step brings the degree back.
      let excess = next.coefficients.count - field.modulus.coefficients.count
      list.append(excess < 0 ? next : next - field.modulus.scaled(by: next.leadingCoefficient))
    }
    cosines = list
    // Normal bases first: the traces of primitive roots, then of others, then 1.
    let orders = (1...(n / 2)).sorted {
      let (a, b) = (Totient.gcd($0, n), Totient.gcd($1, n))
      return a == b ? $0 < $1 : a < b
    }
    var seen: Set<Int> = []
    var rank = ModularRank(columns: field.degree)
    for k in orders where !seen.contains(k) && basis.count < number.degree {
      let orbit = abelian.stabilizer.map { h in
        let j = k * h % n
        return Swift.min(j, n - j)
      }
      seen.formUnion(orbit)
      if rank.add(trace(orbit)) { basis.append(orbit) }
    }
    if basis.count < number.degree, rank.add(.one) { basis.append([]) }
  }

  private func trace(_ orbit: [Int]) -> IntegerPolynomial {
    orbit.reduce(.zero) { $0 + cosines[$1] }
  }

  func forms(precisionLimit: Int) throws(ArithmeticError) -> [CyclotomicForm] {
    if basis.count < number.degree { return [] }
    var bits = 64 + 12 * (basis.count + 1)
    while bits <= precisionLimit {
      if let found = try coefficients(bits: bits) { return variants(of: found) }
      bits *= 2
    }
    return []
  }

  private func coefficients(bits: Int) throws(ArithmeticError) -> [Rational]? {
    var digits = [scaled(number.interval(precision: bits + 64), bits)]
    for orbit in basis { digits.append(scaled(interval(orbit, precision: bits + 64), bits)) }
    let relations = try IntegerRelations(among: digits)
    guard let relation = relations.vectors.first, !relation[0].isZero else { return nil }
    // Coefficients as long as chance would make them are no relation.
    let size = relation.map(\.bitWidth).max() ?? 0
    if size * relation.count > bits - 16 { return nil }
    var coefficients: [Rational] = []
    for value in relation.dropFirst() { coefficients.append(try Rational(-value, relation[0])) }
    return try isProved(coefficients) ? coefficients : nil
  }

  private func isProved(_ coefficients: [Rational]) throws(ArithmeticError) -> Bool {
    var element = RealCyclotomicField.Element.zero
    for (orbit, coefficient) in zip(basis, coefficients) {
      let part = orbit.isEmpty ? IntegerPolynomial.one : trace(orbit)
      element = element + part.map { Rational($0) * coefficient }
    }
    let value = try field.value(of: number.minimalPolynomial.map { Rational($0) }, at: element)
    if !value.isZero { return false }
    var precision = 64
    while precision <= 1 << 14 {
      var total = Interval(0)
      for (orbit, coefficient) in zip(basis, coefficients) {
        total = Interval.add(
          total,
          Interval.mul(
            interval(orbit, precision: precision), Interval(coefficient, precision: precision),
            precision: precision),
          precision: precision)
      }
      let place = number.location
      if let lower = total.lower.compare(place.lower), let upper = total.upper.compare(place.upper),
        lower > 0, upper < 0
      {
        return true
      }
      if total.isDisjoint(from: number.interval(precision: precision)) { return false }
      precision *= 2
    }
    return false
  }

  private func interval(_ orbit: [Int], precision: Int) -> Interval {
    if orbit.isEmpty { return Interval(1) }
    var total = Interval(0)
    for k in orbit {
      let turn = (try? Rational(Integer(2 * k), Integer(field.order))) ?? .zero
      let angle = Interval.mul(
        Interval.pi(precision: precision), Interval(turn, precision: precision),
        precision: precision)
      total = Interval.add(
        total,
        Interval.scale(
          Interval.cos(angle, precision: precision), byPowerOfTwo: 1, precision: precision),
        precision: precision)
    }
    return total
  }

  private func scaled(_ value: Interval, _ bits: Int) -> Integer {
    Real.scale(value.midpoint, byPowerOfTwo: bits, precision: value.precision).floor ?? .zero
  }

  /// The form itself, and with multiples of the sum of the basis, where that is a rational number.
  private func variants(of coefficients: [Rational]) -> [CyclotomicForm] {
    var forms = [form(coefficients, shift: .zero, by: .zero)]
    let sum = basis.reduce(IntegerPolynomial.zero) { $0 + trace($1) }
    if !basis.contains([]), sum.degreeOrZero == 0, !sum.isZero {
      for shift in Set(coefficients) where !shift.isZero {
        forms.append(form(coefficients, shift: shift, by: Rational(sum[0])))
      }
    }
    return forms
  }

  private func form(
    _ coefficients: [Rational], shift: Rational, by sum: Rational
  ) -> CyclotomicForm {
    var constant = shift * sum
    var terms: [Int: Rational] = [:]
    for (orbit, coefficient) in zip(basis, coefficients) {
      if orbit.isEmpty { constant += coefficient }
      for k in orbit where coefficient != shift { terms[k, default: .zero] += coefficient - shift }
    }
    return CyclotomicForm(order: field.order, constant: constant, coefficients: terms)
  }
}

/// The rank of integer vectors modulo a prime, grown one by one: independent there means independent.
private struct ModularRank {
  private let modulus = WordModulus((1 << 31) - 1)
  private var rows: [(pivot: Int, values: [UInt64])] = []
  let columns: Int

  init(columns: Int) { self.columns = columns }

  /// Whether the vector of coefficients is independent of those before; if so it joins them.
  mutating func add(_ polynomial: IntegerPolynomial) -> Bool {
    var values = (0..<columns).map { modulus.residue(of: polynomial[$0]) }
    for row in rows where values[row.pivot] != 0 {
      let factor = modulus.negate(values[row.pivot])
      for j in values.indices { values[j] = modulus.add(values[j], modulus.multiply(factor, row.values[j])) }
    }
    guard let pivot = values.firstIndex(where: { $0 != 0 }) else { return false }
    let inverse = modulus.inverse(values[pivot])
    rows.append((pivot, values.map { modulus.multiply($0, inverse) }))
    return true
  }
}
