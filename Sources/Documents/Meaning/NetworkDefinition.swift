import Algebra
import Arbitrary
import Exact
import OpenSystems
import Symbolic

/// A network of bosonic modes as a document states it: formulas in place of numbers.
public struct NetworkDefinition: Sendable {
  public let name: String
  /// The modes by their place among the document's, party after party.
  public let modes: [Int]
  /// Their names.
  public let modeNames: [String]
  /// The modes of each party, counted in this network.
  public let parties: [[Int]]
  /// H_ij of Σ H_ij a_i†a_j.
  public let hamiltonian: Matrix<Expression>
  /// S_ij of ½Σ S_ij a_i†a_j† + h.c.; nil without squeezing.
  public let squeezing: Matrix<Expression>?
  public let baths: [Bath]
  public let approach: NetworkApproach
  /// The secular equation, over the rational functions of the network's symbols and kernels.
  let secular: Secular

  /// A heat bath of one party.
  public struct Bath: Sendable {
    public let name: String
    public let statistics: BathStatistics
    /// Counted in the network.
    public let modes: [Int]
    public let weight: Matrix<Expression>
    public let positionLike: Set<Int>
    /// 2πD and S, and the symbol in them that stands for the frequency.
    let density: Expression
    let shift: Expression?
    let frequency: Symbol?
    let shiftFrequency: Symbol?
    let heat: Heat
    let potential: Expression

    /// How the temperature is given.
    enum Heat: Sendable {
      /// T; the number 0 is allowed.
      case temperature(Expression)
      /// e^{-1/T}; the number 0 is allowed.
      case boltzmann(Expression)
    }

    /// 2πD(ω).
    func density(at frequency: Expression) -> Expression {
      self.frequency.map { density.substituting([$0: frequency]) } ?? density
    }

    /// S(ω), for ω of either sign.
    func shift(at frequency: Expression) -> Expression? {
      guard let shift else { return nil }
      return shiftFrequency.map { shift.substituting([$0: frequency]) } ?? shift
    }

    /// e^{-(ω-μ)/T}.
    func boltzmann(at frequency: Expression) -> Expression {
      let gap = potential.isLiteralZero ? frequency : frequency - potential
      switch heat {
      case .temperature(let t): return t.isLiteralZero ? .zero : exp(-(gap / t))
      case .boltzmann(let z): return z.isLiteralZero ? .zero : z.power(gap)
      }
    }
  }

  /// What a network amounts to.
  struct Secular: Sendable {
    /// Uses the relations of the kernels.
    let normalizer: Normalizer
    let equation: SecularNetwork<RationalFunction>
    /// The same with jumps, over the document's modes.
    let model: GaussianModelDefinition

    var basis: KernelBasis { normalizer.basis }

    /// The proved sign of a number, which may be zero by the relations of the kernels alone.
    func sign(of value: RationalFunction) -> KnownSign? {
      NetworkSecularReader.sign(of: value, normalizer, CaseProver(basis))
    }

    /// Whether two formulas may be equal without having equal normal forms, so that elimination may
    /// take a zero for a pivot.
    var hasHiddenZeros: Bool {
      basis.generators.contains {
        switch $0.kernel {
        case .squareRoot, .absolute: true
        default: false
        }
      }
    }
  }

  /// The bath at numbers.
  ///
  /// - Parameter value: the value of a formula.
  private static func numeric(
    _ bath: Bath, _ value: @escaping @Sendable (Expression) throws(ArithmeticError) -> Rational
  ) throws(ArithmeticError) -> NetworkBath<Rational> {
    let weight = try bath.weight.map { (element) throws(ArithmeticError) -> Complex<Rational> in
      try complex(element, value)
    }
    var shift: NetworkBath<Rational>.Response?
    if bath.shift != nil {
      shift = { (w) throws(ArithmeticError) in
        try value(bath.shift(at: .rational(w)) ?? .zero)
      }
    }
    return NetworkBath(
      bath.name, statistics: bath.statistics, modes: bath.modes, weight: weight,
      positionLike: bath.positionLike,
      density: { (w) throws(ArithmeticError) in try value(bath.density(at: .rational(w))) },
      boltzmann: { (w) throws(ArithmeticError) in try value(bath.boltzmann(at: .rational(w))) },
      shift: shift)
  }

  private static func complex(
    _ element: Expression, _ value: (Expression) throws(ArithmeticError) -> Rational
  ) throws(ArithmeticError) -> Complex<Rational> {
    if let number = element.rationalValue { return Complex(number) }
    let form = try NormalForm(element)
    let re = form.basis.expression(form.value.re)
    let im = form.basis.expression(form.value.im)
    return Complex(re: try value(re), im: try value(im))
  }

  /// The secular equation at a point at which everything in it is rational.
  ///
  /// - Throws: ``NetworkError/arithmetic(_:)`` with the first number that has no rational value, and
  ///   what the network and its baths throw.
  func rational(
    at point: [Symbol: Rational]
  ) throws(NetworkError) -> SecularNetwork<Rational> {
    let table = point.mapValues { Expression.rational($0) }
    let value: @Sendable (Expression) throws(ArithmeticError) -> Rational = {
      (expression) throws(ArithmeticError) in
      let there = expression.substituting(table)
      if let number = there.rationalValue { return number }
      if let missing = there.freeSymbols.map(\.name).sorted().first {
        throw .domain("no value is given for \(missing)")
      }
      guard let exact = try there.exactValue(), exact.im.isZero else {
        throw .domain("\(there) is no rational number; a certificate needs rational ones")
      }
      return exact.re
    }
    func matrix(
      _ formulas: Matrix<Expression>
    ) throws(ArithmeticError) -> Matrix<Complex<Rational>> {
      try formulas.map { (element) throws(ArithmeticError) in
        try Self.complex(element.substituting(table), value)
      }
    }
    let hamiltonian: Matrix<Complex<Rational>>
    var pairs: Matrix<Complex<Rational>>?
    var list: [NetworkBath<Rational>] = []
    do throws(ArithmeticError) {
      hamiltonian = try matrix(self.hamiltonian)
      if let squeezing { pairs = try matrix(squeezing) }
      for bath in baths { list.append(try Self.numeric(bath, value)) }
    } catch { throw .arithmetic(error) }
    let network = try BosonicNetwork(hamiltonian: hamiltonian, parties: parties, baths: list)
    let equation = try network.secular(approach)
    return try pairs.map { (s) throws(NetworkError) in try equation.squeezed(by: s) } ?? equation
  }

  /// Σ v̄_i a_i with the document's names.
  func text(of vector: [Complex<Rational>]) -> String {
    zip(vector, modeNames).filter { !$0.0.isZero }
      .map { value, name in value.conj == .one ? name : "(\(value.conj))*\(name)" }
      .joined(separator: " + ")
  }
}
