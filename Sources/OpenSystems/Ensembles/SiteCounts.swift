import Exact

/// How many qubits carry which pair of a ket's and a bra's bit: the kind of an element <s|ρ|t> of a
/// density matrix of qubits that are all alike.
///
/// Kind 2a + b belongs to the ket bit a and the bra bit b. Under every permutation of the qubits the four
/// numbers stay, and two elements with the same numbers are exchanged by one.
public struct SiteCounts: Sendable, Hashable {
  /// The numbers of qubits of the kinds 00, 01, 10, 11.
  public private(set) var kinds: SIMD4<Int>

  /// - Parameters: the numbers of qubits with ket and bra bits 00, 01, 10 and 11; none is negative.
  public init(_ n00: Int, _ n01: Int, _ n10: Int, _ n11: Int) {
    kinds = SIMD4(n00, n01, n10, n11)
  }

  /// The number of qubits of one kind, 0...3.
  public subscript(kind: Int) -> Int {
    get { kinds[kind] }
    set { kinds[kind] = newValue }
  }

  /// The number of qubits.
  public var total: Int { kinds.wrappedSum() }
  /// The number of qubits whose bits differ.
  public var coherences: Int { kinds[1] &+ kinds[2] }
  /// The number of ones in the ket.
  public var ketOnes: Int { kinds[2] &+ kinds[3] }
  /// The number of ones in the bra.
  public var braOnes: Int { kinds[1] &+ kinds[3] }
  /// The kind of the conjugate element: ket and bra exchanged.
  public var mirrored: SiteCounts { SiteCounts(kinds[0], kinds[2], kinds[1], kinds[3]) }

  /// The numbers after one qubit changes its kind.
  func moving(from a: Int, to b: Int) -> SiteCounts {
    var result = self
    result.kinds[a] &-= 1
    result.kinds[b] &+= 1
    return result
  }

  static func + (a: SiteCounts, b: SiteCounts) -> SiteCounts {
    var sum = a
    sum.kinds = a.kinds &+ b.kinds
    return sum
  }

  /// The number of elements of this kind in one matrix: n!/(n00! n01! n10! n11!).
  public var multiplicity: Integer {
    var left = total
    var result = Integer.one
    for kind in 0..<4 {
      result *= Integer.binomial(left, kinds[kind])
      left -= kinds[kind]
    }
    return result
  }
}

extension Integer {
  /// The binomial coefficient; zero outside 0 ≤ k ≤ n.
  static func binomial(_ n: Int, _ k: Int) -> Integer {
    guard k >= 0, k <= n else { return .zero }
    var result = Integer.one
    for i in 0..<min(k, n - k) {
      // Every partial product is a binomial coefficient times an integer that divides out.
      result = (result * Integer(n - i)).exactQuotient(by: Integer(i + 1))
    }
    return result
  }
}

/// All ``SiteCounts`` of a number of qubits with at most so many differing bits, in a fixed order.
public struct SiteCountsBasis: Sendable, Equatable {
  public let qubits: Int
  /// The most qubits whose bits differ.
  public let coherences: Int
  /// In increasing order of the numbers of kinds 01, 10 and 11.
  public let elements: [SiteCounts]
  private let starts: [Int]

  /// - Throws: ``OpenSystemError/domain(_:)`` for no qubit, ``OpenSystemError/arithmetic(_:)`` beyond
  ///   300 000 kinds.
  public init(qubits: Int, coherences: Int? = nil) throws(OpenSystemError) {
    guard qubits >= 1, qubits <= 10_000 else { throw .domain("\(qubits) qubits, not 1...10000") }
    let limit = min(max(coherences ?? qubits, 0), qubits)
    var elements: [SiteCounts] = []
    var starts = [Int](repeating: 0, count: (limit + 1) * (limit + 1))
    for n01 in 0...limit {
      for n10 in 0...(limit - n01) {
        starts[n01 * (limit + 1) + n10] = elements.count
        let rest = qubits - n01 - n10
        guard elements.count + rest < 300_000 else {
          throw .arithmetic(.limit("the number of different matrix elements of \(qubits) qubits"))
        }
        for n11 in 0...rest { elements.append(SiteCounts(rest - n11, n01, n10, n11)) }
      }
    }
    self.qubits = qubits
    self.coherences = limit
    self.elements = elements
    self.starts = starts
  }

  public var count: Int { elements.count }

  /// The place of a kind; nil where it has more differing bits than the basis, or is of other qubits.
  public func index(of counts: SiteCounts) -> Int? {
    guard counts.total == qubits, counts.coherences <= coherences else { return nil }
    return starts[counts[1] * (coherences + 1) + counts[2]] + counts[3]
  }
}
