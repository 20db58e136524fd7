import Algebra
import Exact

/// The state space of an ordered list of named subsystems.
///
/// The first subsystem's index is the most significant: two qubits have the basis 00, 01, 10, 11.
public struct Space: Sendable, Equatable {
  /// What a subsystem is. The kind fixes which local operators make sense, not only the dimension.
  public enum Kind: Sendable, Hashable {
    /// Two levels with the Pauli operators; `sz|0> = +|0>`.
    case qubit
    /// A finite number of levels |0>, …, |n-1>.
    case levels(Int)

    /// The number of basis states.
    public var dimension: Int {
      switch self {
      case .qubit: 2
      case .levels(let count): count
      }
    }
  }

  /// One factor of the space.
  public struct Subsystem: Sendable, Hashable {
    public let name: String
    public let kind: Kind

    public init(_ name: String, _ kind: Kind) {
      self.name = name
      self.kind = kind
    }

    /// The number of basis states.
    public var dimension: Int { kind.dimension }
  }

  public let subsystems: [Subsystem]
  /// The product of the subsystems' dimensions; 1 for no subsystem.
  public let dimension: Int
  /// For each subsystem the distance between neighbouring values of its index.
  public let strides: [Int]

  /// Beyond this many basis states a density matrix alone exceeds what the solvers are made for;
  /// whoever knows better passes another limit.
  public static let defaultLimit = 1 << 12

  /// - Throws: ``OpenSystemError/duplicateSubsystem(_:)``,
  ///   ``OpenSystemError/invalidDimension(_:_:)``, ``OpenSystemError/spaceTooLarge(limit:)``.
  public init(
    _ subsystems: [Subsystem], limit: Int = Space.defaultLimit
  ) throws(OpenSystemError) {
    var names = Set<String>()
    var total = 1
    for subsystem in subsystems {
      guard names.insert(subsystem.name).inserted else {
        throw .duplicateSubsystem(subsystem.name)
      }
      guard subsystem.dimension >= 1 else {
        throw .invalidDimension(subsystem.name, subsystem.dimension)
      }
      let (product, overflow) = total.multipliedReportingOverflow(by: subsystem.dimension)
      guard !overflow, product <= limit else { throw .spaceTooLarge(limit: limit) }
      total = product
    }
    self.subsystems = subsystems
    dimension = total
    var strides = [Int](repeating: 1, count: subsystems.count)
    for index in subsystems.indices.dropLast().reversed() {
      strides[index] = strides[index + 1] * subsystems[index + 1].dimension
    }
    self.strides = strides
  }

  /// A space of qubits with the given names.
  ///
  /// - Throws: as ``init(_:limit:)``.
  public static func qubits(_ names: String...) throws(OpenSystemError) -> Space {
    try Space(names.map { Subsystem($0, .qubit) })
  }

  /// The dimensions of the subsystems.
  public var dimensions: [Int] { subsystems.map(\.dimension) }

  /// The place of the subsystem with the given name.
  ///
  /// - Throws: ``OpenSystemError/unknownSubsystem(_:known:)``.
  public func index(named name: String) throws(OpenSystemError) -> Int {
    guard let place = subsystems.firstIndex(where: { $0.name == name }) else {
      throw .unknownSubsystem(name, known: subsystems.map(\.name))
    }
    return place
  }

  /// The index of a basis state from the levels of the subsystems.
  ///
  /// - Precondition: one level a subsystem, each below its dimension.
  public func index(of levels: [Int]) -> Int {
    precondition(levels.count == subsystems.count, "one level a subsystem")
    return zip(levels, strides).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The levels of the subsystems in a basis state.
  public func levels(of index: Int) -> [Int] {
    zip(strides, subsystems).map { index / $0 % $1.dimension }
  }

  /// A basis state as text, one level a subsystem: "01"; levels of two digits are set apart by
  /// commas.
  public func label(of index: Int) -> String {
    let separator = subsystems.contains { $0.dimension > 10 } ? "," : ""
    return levels(of: index).map(String.init).joined(separator: separator)
  }

  /// The space of some of the subsystems, in the order given.
  ///
  /// - Throws: ``OpenSystemError/invalidSubsystems(_:count:)``.
  public func restricted(to places: [Int]) throws(OpenSystemError) -> Space {
    try checkPlaces(places)
    return try Space(places.map { subsystems[$0] }, limit: dimension)
  }

  /// The places that are not in the list, increasing.
  ///
  /// - Throws: ``OpenSystemError/invalidSubsystems(_:count:)``.
  public func complement(of places: [Int]) throws(OpenSystemError) -> [Int] {
    try checkPlaces(places)
    return subsystems.indices.filter { !places.contains($0) }
  }

  /// The parts of all basis indices that belong to the listed subsystems: element k is the sum of
  /// level·stride where k counts their joint levels, the first listed the most significant.
  func offsets(of places: [Int]) -> [Int] {
    var result = [0]
    for place in places {
      result = result.flatMap { base in
        (0..<subsystems[place].dimension).map { base + $0 * strides[place] }
      }
    }
    return result
  }

  func checkPlaces(_ places: [Int]) throws(OpenSystemError) {
    guard Set(places).count == places.count, places.allSatisfy(subsystems.indices.contains) else {
      throw .invalidSubsystems(places, count: subsystems.count)
    }
  }

  func checkShape<R: Ring>(_ matrix: Matrix<R>, _ what: String) throws(OpenSystemError) {
    guard matrix.rowCount == dimension, matrix.columnCount == dimension else {
      throw .shape(
        what: what, expected: dimension, rows: matrix.rowCount, columns: matrix.columnCount)
    }
  }
}

extension Space {
  /// A local operator on the whole space: itself at the given subsystem, the identity elsewhere.
  ///
  /// - Throws: ``OpenSystemError/invalidSubsystems(_:count:)``,
  ///   ``OpenSystemError/shape(what:expected:rows:columns:)``.
  public func embed<R: Ring>(
    _ local: Matrix<R>, at subsystem: Int
  ) throws(OpenSystemError) -> Matrix<R> {
    try embed(local, at: [subsystem])
  }

  /// An operator of several subsystems on the whole space; its own basis counts their levels in the
  /// order of the list, the first the most significant.
  ///
  /// - Throws: as ``embed(_:at:)-(_,Int)``.
  public func embed<R: Ring>(
    _ local: Matrix<R>, at places: [Int]
  ) throws(OpenSystemError) -> Matrix<R> {
    let rest = try complement(of: places)
    try restricted(to: places).checkShape(local, "a local operator")
    let inside = offsets(of: places)
    let outside = offsets(of: rest)
    var result = Matrix<R>(rows: dimension, columns: dimension)
    for (row, a) in inside.enumerated() {
      for (column, b) in inside.enumerated() where !local[row, column].isZero {
        for o in outside { result[o + a, o + b] = local[row, column] }
      }
    }
    return result
  }
}
