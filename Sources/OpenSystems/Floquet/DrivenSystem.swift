import Algebra
import Arbitrary
import Exact

/// A periodically driven system: H(t) = H₀ + Σ_{k>0} (V_k e^{ikωt} + V_k† e^{-ikωt}), with the operators
/// by which it is coupled to baths.
///
/// ħ = 1. Over any ring; over intervals a system is every system whose numbers are enclosed.
public struct DrivenSystem<F: Ring>: Sendable {
  /// One harmonic of the drive.
  public struct Harmonic: Sendable {
    /// k > 0.
    public let order: Int
    /// V_k, Hermitian or not.
    public let operation: Operator<F>
  }

  /// H₀, Hermitian.
  public let hamiltonian: Operator<F>
  /// By increasing order, each order once; without those that are known to be zero.
  public let harmonics: [Harmonic]
  /// ω > 0.
  public let frequency: F
  /// One Hermitian operator for each bath.
  public let couplings: [Operator<F>]

  public var dimension: Int { hamiltonian.rowCount }

  /// The greatest dimension taken.
  public static var largestDimension: Int { 24 }
  /// The greatest order of a harmonic taken.
  public static var largestOrder: Int { 64 }

  /// - Parameter harmonics: V_k by k > 0.
  /// - Throws: ``FloquetError/shape(what:expected:rows:columns:)``, ``FloquetError/input(_:)``,
  ///   ``FloquetError/limit(_:)``. Whether matrices are Hermitian is looked at where they are used.
  public init(
    hamiltonian: Operator<F>, harmonics: [Int: Operator<F>], frequency: F,
    couplings: [Operator<F>]
  ) throws(FloquetError) {
    let n = hamiltonian.rowCount
    func check(_ matrix: Operator<F>, _ what: String) throws(FloquetError) {
      guard matrix.rowCount == n, matrix.columnCount == n else {
        throw .shape(
          what: what, expected: n, rows: matrix.rowCount, columns: matrix.columnCount)
      }
    }
    guard n > 0 else { throw .input("a driven system needs at least one level") }
    guard n <= Self.largestDimension else {
      throw .limit("driven systems of at most \(Self.largestDimension) levels")
    }
    try check(hamiltonian, "the Hamiltonian")
    for (order, matrix) in harmonics {
      guard order > 0 else {
        throw .input("the harmonic of order \(order); orders are positive, the others follow")
      }
      guard order <= Self.largestOrder else {
        throw .limit("harmonics of the drive up to order \(Self.largestOrder)")
      }
      try check(matrix, "the harmonic \(order) of the drive")
    }
    for (index, matrix) in couplings.enumerated() {
      try check(matrix, "the operator of bath \(index + 1)")
    }
    self.hamiltonian = hamiltonian
    self.harmonics = harmonics.sorted { $0.key < $1.key }
      .filter { !$0.value.elements.allSatisfy(\.isZero) }
      .map { Harmonic(order: $0.key, operation: $0.value) }
    self.frequency = frequency
    self.couplings = couplings
  }

  private init(
    _ hamiltonian: Operator<F>, _ harmonics: [Harmonic], _ frequency: F, _ couplings: [Operator<F>]
  ) {
    self.hamiltonian = hamiltonian
    self.harmonics = harmonics
    self.frequency = frequency
    self.couplings = couplings
  }

  /// The system with each number mapped into another ring; harmonics stay, also those that become zero.
  public func map<R: Ring>(_ transform: (F) -> R) -> DrivenSystem<R> {
    func image(_ matrix: Operator<F>) -> Operator<R> {
      matrix.map { Complex(re: transform($0.re), im: transform($0.im)) }
    }
    return DrivenSystem<R>(
      image(hamiltonian),
      harmonics.map { .init(order: $0.order, operation: image($0.operation)) },
      transform(frequency), couplings.map(image))
  }

  /// The same system without its drive.
  public var undriven: DrivenSystem { DrivenSystem(hamiltonian, [], frequency, couplings) }

  /// Whether all elements of H₀ and of the drive are known to be real.
  var isReal: Bool {
    hamiltonian.elements.allSatisfy { $0.im.isZero }
      && harmonics.allSatisfy { $0.operation.elements.allSatisfy { $0.im.isZero } }
  }

  /// The operators that must be Hermitian, with what they are called.
  private var hermitianOperators: [(String, Operator<F>)] {
    [("the Hamiltonian", hamiltonian)]
      + couplings.enumerated().map { ("the operator of bath \($0.offset + 1)", $0.element) }
  }
}

extension DrivenSystem where F == Interval {
  /// The system with Hermitian operators: each element meets the conjugate of its mirror image.
  ///
  /// - Throws: ``FloquetError/notHermitian(what:row:column:)`` where the two are disjoint,
  ///   ``FloquetError/input(_:)`` where the frequency is not known to be positive or a number has
  ///   no bounds.
  func hermitian() throws(FloquetError) -> DrivenSystem {
    guard frequency.certainSign == 1, frequency.isBounded else {
      throw .input("the frequency of the drive is \(frequency); it must be positive")
    }
    var fixed: [Operator<Interval>] = []
    for (name, matrix) in hermitianOperators {
      var result = matrix
      for i in 0..<dimension {
        for j in i..<dimension {
          let met = matrix[i, j].intersection(matrix[j, i].conj)
          guard !met.isEmpty else { throw .notHermitian(what: name, row: i, column: j) }
          guard met.re.isBounded, met.im.isBounded else {
            throw .input("\(name) has an element without bounds")
          }
          result[i, j] = i == j ? Complex(real: met.re) : met
          result[j, i] = result[i, j].conj
        }
      }
      fixed.append(result)
    }
    for harmonic in harmonics {
      guard harmonic.operation.elements.allSatisfy({ $0.re.isBounded && $0.im.isBounded }) else {
        throw .input("a harmonic of the drive has an element without bounds")
      }
    }
    return DrivenSystem(fixed[0], harmonics, frequency, Array(fixed.dropFirst()))
  }

  /// The midpoints of all numbers.
  var middle: DrivenSystem<Real> { map(\.midpoint) }
}

extension DrivenSystem where F == Rational {
  /// - Throws: ``FloquetError/notHermitian(what:row:column:)``; ``FloquetError/input(_:)`` for a
  ///   frequency that is not positive.
  func checkHermitian() throws(FloquetError) {
    guard frequency > 0 else {
      throw .input("the frequency of the drive is \(frequency); it must be positive")
    }
    for (name, matrix) in hermitianOperators {
      if let place = matrix.hermitianDefect() {
        throw .notHermitian(what: name, row: place.row, column: place.column)
      }
    }
  }

  /// The system in intervals of a precision.
  func enclosed(precision: Int) -> DrivenSystem<Interval> {
    // Zeros stay exact, so that what is real stays known to be real.
    map { $0.isZero ? .zero : Interval($0, precision: precision) }
  }
}
