import Algebra
import Arbitrary
import Exact

/// A model whose rates are independent symbols, one for each different rate, and what they stand for.
///
/// A generator is linear in its rates, and its steady state is far smaller in them than in the
/// parameters that the rates are made of. Rates that are rational multiples of one another share a
/// symbol; numbers stay. What is found for independent symbols holds for the rates wherever no
/// denominator vanishes, but the null space can be larger there: ``steadySpace(limit:)`` proves that it
/// is not.
public struct RateSymbols: Sendable {
  /// The model over the symbols of the operators, followed by those of the rates.
  public let model: Model<RationalFunction>
  /// For each variable of the model's ring what it stands for, over the ring of the original.
  public let values: [RationalFunction]
  /// The number of variables that are symbols of rates, the last ones.
  public let count: Int

  private let original: Model<RationalFunction>

  /// - Returns: nil where a ring has no room for the symbols, or no rate is other than a number.
  /// - Throws: ``OpenSystemError/arithmetic(_:)``.
  public init?(_ model: Model<RationalFunction>) throws(OpenSystemError) {
    var kept = Set<Int>()
    var primitives: [RationalFunction] = []
    var ring = PolynomialRing.constants
    func look(_ value: RationalFunction) {
      for part in [value.numerator, value.denominator] where !part.isConstant {
        ring = part.ring
        kept.formUnion(part.occurringVariables)
      }
    }
    func look(_ matrix: Matrix<Complex<RationalFunction>>) {
      for element in matrix.elements {
        look(element.re)
        look(element.im)
      }
    }
    func record(_ rate: RationalFunction) {
      guard let (_, primitive) = RateSymbols.split(rate) else { return }
      if !primitives.contains(primitive) { primitives.append(primitive) }
    }
    look(model.hamiltonian)
    for channel in model.channels {
      switch channel {
      case .jump(let jump, let rate):
        look(jump)
        record(rate)
      case .reset(_, let state, let rate):
        look(state)
        record(rate)
      case .correlated(let jumps, let rates):
        for jump in jumps { look(jump) }
        for element in rates.elements {
          record(element.re)
          record(element.im)
        }
      }
    }
    let places = kept.sorted()
    guard !primitives.isEmpty,
      places.count + primitives.count <= PolynomialRing.maximumVariableCount
    else { return nil }
    do throws(ArithmeticError) {
      let names = places.map { ring.variables[$0] }
      let target = try PolynomialRing(names + primitives.indices.map { "rate \($0 + 1)" })
      func moved(_ value: RationalFunction) throws(ArithmeticError) -> RationalFunction {
        let position = { (index: Int) in places.firstIndex(of: index) ?? 0 }
        return try RationalFunction(
          value.numerator.embedded(in: target, position: position),
          value.denominator.embedded(in: target, position: position))
      }
      func symbol(_ value: RationalFunction) throws(ArithmeticError) -> RationalFunction {
        guard let (factor, primitive) = RateSymbols.split(value),
          let index = primitives.firstIndex(of: primitive)
        else { return try moved(value) }
        return RationalFunction(factor)
          * RationalFunction(Polynomial.variable(places.count + index, of: target))
      }
      var channels: [Channel<RationalFunction>] = []
      for channel in model.channels {
        switch channel {
        case .jump(let jump, let rate):
          channels.append(.jump(try mapParts(jump, moved), rate: try symbol(rate)))
        case .reset(let list, let state, let rate):
          channels.append(.reset(list, to: try mapParts(state, moved), rate: try symbol(rate)))
        case .correlated(let jumps, let rates):
          var list: [Matrix<Complex<RationalFunction>>] = []
          for jump in jumps { list.append(try mapParts(jump, moved)) }
          channels.append(.correlated(list, rates: try mapParts(rates, symbol)))
        }
      }
      self.model = model.replacing(
        hamiltonian: try mapParts(model.hamiltonian, moved), channels: channels)
      values =
        places.map { RationalFunction(Polynomial.variable($0, of: ring)) } + primitives
      count = primitives.count
      original = model
    } catch {
      throw .arithmetic(error)
    }
  }

  /// A rate as a rational factor times what is the same for all its multiples; nil for a number.
  private static func split(_ rate: RationalFunction) -> (Rational, RationalFunction)? {
    if rate.constantValue != nil { return nil }
    var content = Integer(0)
    for term in rate.numerator.terms { content = Integer.gcd(content, term.coefficient) }
    var below = Integer(0)
    for term in rate.denominator.terms { below = Integer.gcd(below, term.coefficient) }
    let sign: Integer = rate.numerator.leadingCoefficient.isNegative ? -1 : 1
    guard let factor = try? Rational(sign * content, below), let inverse = try? factor.inverse()
    else { return nil }
    return (factor, RationalFunction(inverse) * rate)
  }

  /// What the rational multiples of a rate share: the value of its symbol; nil for a number.
  public static func primitive(of rate: RationalFunction) -> (Rational, RationalFunction)? {
    split(rate)
  }

  /// The stationary matrices in the symbols, where they are also all those of the original model.
  ///
  /// The null space for independent rates has some dimension d, proved. At one rational point of the
  /// original variables the rank is worked out exactly: where the null space there has dimension d as
  /// well, it has no more over the original field, since a rank at a point bounds the generic rank from
  /// below; and d independent matrices are there, since denominators do not vanish at the point.
  ///
  /// - Returns: nil where no point was found that shows it: the rates are related in a way that
  ///   matters, and the original model has to be solved itself.
  /// - Throws: ``OpenSystemError/arithmetic(_:)``.
  public func steadySpace(
    limit: EliminationLimit = .standard
  ) throws(OpenSystemError) -> SteadySpace<RationalFunction>? {
    let found = try Liouvillian(model).steadySpace(limit: limit)
    // With trace one a state has no pole where an element that it was divided by vanishes.
    let space: SteadySpace<RationalFunction>
    do throws(ArithmeticError) {
      space = try SteadySpace(
        basis: found.normalized.map { [$0] + found.traceless } ?? found.basis)
    } catch {
      throw .arithmetic(error)
    }
    let size = original.originalVariableCount
    for attempt in 0..<3 {
      let point = (0..<size).map { index in
        // Unrelated small primes over another: no relation between rates is hit by design.
        RateSymbols.fraction(RateSymbols.primes[(7 * attempt + index) % 24], 31 + 6 * attempt)
      }
      guard
        let atPoint = try? original.map({ (value) throws(ArithmeticError) in
          try value.evaluated(at: point)
        }),
        let inside = try? values.map({ (value) throws(ArithmeticError) in
          try value.evaluated(at: point)
        }),
        let basis = try? space.basis.map({ (matrix) throws(ArithmeticError) in
          try mapParts(matrix) { (value) throws(ArithmeticError) in try value.evaluated(at: inside)
          }
        })
      else { continue }
      let special = try Liouvillian(atPoint).steadySpace(limit: limit)
      guard special.dimension == space.dimension else { continue }
      let coordinates = HermitianCoordinates(size: model.space.dimension)
      var rows = Matrix<Rational>(rows: basis.count, columns: coordinates.count)
      for (row, matrix) in basis.enumerated() {
        for (column, value) in coordinates.vector(matrix).enumerated() {
          rows[row, column] = value
        }
      }
      guard let rank = try? rows.rank(), rank == basis.count else { continue }
      return space
    }
    return nil
  }

  private static let primes = [
    2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
  ]

  private static func fraction(_ top: Int, _ bottom: Int) -> Rational {
    (try? Rational(Integer(top), Integer(bottom))) ?? 1
  }
}

extension Model where F == RationalFunction {
  /// The number of variables of the ring in which the model is written.
  fileprivate var originalVariableCount: Int {
    var count = 0
    func look(_ value: RationalFunction) {
      count = max(count, value.numerator.ring.variables.count)
      count = max(count, value.denominator.ring.variables.count)
    }
    func look(_ matrix: Matrix<Complex<F>>) {
      for element in matrix.elements {
        look(element.re)
        look(element.im)
      }
    }
    look(hamiltonian)
    for channel in channels {
      look(channel.rate)
      switch channel {
      case .jump(let matrix, _), .reset(_, let matrix, _): look(matrix)
      case .correlated(let jumps, let rates):
        for jump in jumps { look(jump) }
        look(rates)
      }
    }
    return count
  }
}
