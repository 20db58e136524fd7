import Algebra
import Arbitrary
import Exact
import Foundation

/// Proves again what a ``SeparabilityCertificate`` says, from its JSON alone: it shares with the search the
/// arithmetic of rational numbers and none of its decisions.
///
/// What is shown:
/// 1. K is Hermitian, S symmetric, every n_k ≥ 0 and every Γ_k ≥ 0: the equation is one of Lindblad's;
/// 2. X and M are stationary, and the drift is stable, so that they are those of the only steady state;
/// 3. every statement, and that the statements are what the conclusion needs: for `separable` σ ≥ ½
///    and the partial transposes over all sides, for `entangled` one that is not positive.
public struct SeparabilityChecker {
  /// What a certificate was found to prove.
  public struct Summary: Sendable, Equatable {
    public let isSeparable: Bool
    public let modes: Int
    /// The bipartitions whose partial transpose was shown to be positive.
    public let bipartitions: Int
    /// n, where X ≥ n was shown: every symplectic eigenvalue of every partial transpose is ≥ n + ½.
    public let leastOccupation: Rational?
  }

  typealias Scalar = Complex<Rational>
  typealias Table = [[Scalar]]

  private let certificate: SeparabilityCertificate
  private let d: Int

  /// - Throws: ``NetworkError/certificate(_:)`` with the first thing that does not hold.
  public static func check(_ json: Data) throws(NetworkError) -> Summary {
    let certificate: SeparabilityCertificate
    do { certificate = try JSONDecoder().decode(SeparabilityCertificate.self, from: json) } catch {
      throw .certificate("it cannot be read")
    }
    guard certificate.format == SeparabilityCertificate.currentFormat else {
      throw .certificate("unknown format '\(certificate.format)'")
    }
    guard certificate.digest == certificate.computedDigest else {
      throw .certificate("it was altered: the digest is that of other contents")
    }
    return try SeparabilityChecker(certificate).run()
  }

  private init(_ certificate: SeparabilityCertificate) throws(NetworkError) {
    self.certificate = certificate
    d = certificate.hamiltonian.count
    guard d > 0, d <= 64 else { throw .certificate("\(d) modes") }
  }

  private func run() throws(NetworkError) -> Summary {
    let k = try table(certificate.hamiltonian, d, "the Hamiltonian")
    let s = try table(certificate.squeezing, d, "the squeezing")
    guard k == adjoint(k) else { throw .certificate("the Hamiltonian is not Hermitian") }
    for i in 0..<d {
      for j in 0..<d where s[i][j] != s[j][i] {
        throw .certificate("the squeezing is not symmetric")
      }
    }
    var damping = zeros(d)
    var source = zeros(d)
    var occupations: [Rational] = []
    for (index, channel) in certificate.channels.enumerated() {
      let occupation = try rational(channel.occupation)
      let matrix = try table(channel.damping, d, "channel \(index)")
      guard !(occupation < 0) else { throw .certificate("channel \(index): occupation below 0") }
      try prove(matrix, channel.proof, isDefinite: false, "channel \(index)")
      damping = sum(damping, matrix)
      source = sum(source, scaled(matrix, Scalar(occupation)))
      occupations.append(occupation)
    }
    let half = Rational.half
    // W = [[R, -iS], [iS̄, R̄]] and the noise diag(N, N̄), N = Γ/2 + Σn_kΓ_k.
    let drift = (0..<(2 * d)).map { row in
      (0..<(2 * d)).map { column -> Scalar in
        let (i, j) = (row % d, column % d)
        let value =
          (row < d) == (column < d)
          ? -k[i][j].timesI - half * damping[i][j] : -s[i][j].timesI
        return row < d ? value : value.conj
      }
    }
    let noise = (0..<(2 * d)).map { row in
      (0..<(2 * d)).map { column -> Scalar in
        if (row < d) != (column < d) { return .zero }
        let value = half * damping[row % d][column % d] + source[row % d][column % d]
        return row < d ? value : value.conj
      }
    }
    let x = try table(certificate.occupations, d, "X")
    let m = try table(certificate.anomalous, d, "M")
    guard x == adjoint(x) else { throw .certificate("X is not Hermitian") }
    let g = ladder(x, m, diagonal: Scalar(half))
    guard g == adjoint(g) else { throw .certificate("M is not symmetric") }
    let balance = sum(sum(product(drift, g), product(g, adjoint(drift))), noise)
    guard balance.allSatisfy({ $0.allSatisfy(\.isZero) }) else {
      throw .certificate("the moments are not stationary")
    }
    try checkStability(drift, damping, s)
    return try checkStatements(x, m, g, occupations)
  }

  private func checkStability(
    _ drift: Table, _ damping: Table, _ s: Table
  ) throws(NetworkError) {
    let stability = certificate.stability
    if stability.matrices.isEmpty {
      // R + R† = -Γ < 0 alone decides without squeezing.
      guard stability.proofs.count == 1, s.allSatisfy({ $0.allSatisfy(\.isZero) }) else {
        throw .certificate("stability is not shown")
      }
      try prove(damping, stability.proofs[0], isDefinite: true, "the damping")
      return
    }
    guard stability.matrices.count == 2, stability.proofs.count == 2 else {
      throw .certificate("stability is not shown")
    }
    let first = try table(stability.matrices[0], d, "P")
    let second = try table(stability.matrices[1], d, "P")
    let p = ladder(first, second, diagonal: .zero)
    try prove(p, stability.proofs[0], isDefinite: true, "P")
    let rate = sum(product(drift, p), product(p, adjoint(drift)))
    try prove(
      scaled(rate, -.one), stability.proofs[1], isDefinite: true, "the decay of P")
  }

  private func checkStatements(
    _ x: Table, _ m: Table, _ g: Table, _ occupations: [Rational]
  ) throws(NetworkError) -> Summary {
    var floor: Rational?
    var isProduct = false
    var sides = Set<[Int]>()
    var isEntangled = false
    for statement in certificate.statements {
      let value = try rational(statement.value)
      switch statement.kind {
      case "floor":
        guard statement.modes.isEmpty, value == occupations.min(),
          m.allSatisfy({ $0.allSatisfy(\.isZero) })
        else { throw .certificate("the floor is not the least occupation") }
        var raised = x
        for j in 0..<d { raised[j][j] -= Scalar(value) }
        try prove(raised, statement, "the floor")
        floor = value
      case "product":
        guard statement.modes.isEmpty, value.isZero else { throw .certificate("product") }
        var rest = g
        for j in 0..<(2 * d) { rest[j][j] -= Scalar(Rational.half) }
        try prove(rest, statement, "the product of vacua")
        isProduct = true
      case "transpose":
        let side = statement.modes
        guard !side.isEmpty, side.count < d, side == Set(side).sorted(),
          side.allSatisfy({ $0 >= 0 && $0 < d }), sides.insert(side).inserted
        else { throw .certificate("\(side) is no side of a bipartition, or twice there") }
        var matrix = g
        for j in 0..<d {
          let sign = Scalar(side.contains(j) ? -Rational.half : Rational.half)
          matrix[j][j] += sign
          matrix[j + d][j + d] -= sign
        }
        if let vector = statement.vector {
          guard statement.proof == nil, vector.count == 2 * d else {
            throw .certificate("a vector of another size")
          }
          var list: [Scalar] = []
          for element in vector { list.append(try scalar(element)) }
          var form = Scalar.zero
          for i in 0..<(2 * d) {
            for j in 0..<(2 * d) { form += list[i].conj * matrix[i][j] * list[j] }
          }
          guard form == Scalar(value), value < 0 else {
            throw .certificate("the vector does not show what is said")
          }
          isEntangled = true
        } else {
          guard value.isZero else { throw .certificate("a value without a vector") }
          try prove(matrix, statement, "the transpose over \(side)")
        }
      default: throw .certificate("a statement of unknown kind '\(statement.kind)'")
      }
    }
    switch certificate.conclusion {
    case "separable":
      // One side of each bipartition: with its complement it stands for the same.
      let all = Set(sides.map { $0.contains(d - 1) ? (0..<d).filter(Set($0).inverted) : $0 })
      guard isProduct, !isEntangled, all.count == sides.count, all.count + 1 == 1 << (d - 1) else {
        throw .certificate("not every bipartition is shown to be separable")
      }
      return Summary(
        isSeparable: true, modes: d, bipartitions: sides.count, leastOccupation: floor)
    case "entangled":
      guard isEntangled, !isProduct, sides.count == 1, certificate.statements.count == 1 else {
        throw .certificate("no bipartition is shown to be entangled")
      }
      return Summary(isSeparable: false, modes: d, bipartitions: 0, leastOccupation: nil)
    default: throw .certificate("unknown conclusion '\(certificate.conclusion)'")
    }
  }

  // MARK: Proofs

  private func prove(
    _ matrix: Table, _ statement: SeparabilityCertificate.Statement, _ what: String
  ) throws(NetworkError) {
    guard let proof = statement.proof, statement.vector == nil else {
      throw .certificate("\(what) has no proof")
    }
    try prove(matrix, proof, isDefinite: false, what)
  }

  /// A Hermitian matrix is P(L·D·L† + E)P† with D > 0 and E_ii ≥ Σ|Re E_ij| + |Im E_ij|, so that E ≥ 0
  /// (Gershgorin 1931); L has full rank if the matrix is to be definite.
  private func prove(
    _ matrix: Table, _ proof: SeparabilityCertificate.Proof, isDefinite: Bool, _ what: String
  ) throws(NetworkError) {
    let n = matrix.count
    let rank = proof.pivots.count
    guard matrix == adjoint(matrix) else { throw .certificate("\(what) is not Hermitian") }
    guard proof.order.sorted() == Array(0..<n), proof.lower.count == n,
      proof.lower.allSatisfy({ $0.count == rank }), rank <= n, !isDefinite || rank == n
    else { throw .certificate("\(what): the proof has another shape") }
    var pivots: [Rational] = []
    for text in proof.pivots {
      let pivot = try rational(text)
      guard pivot > 0 else { throw .certificate("\(what): a pivot that is not positive") }
      pivots.append(pivot)
    }
    var lower: Table = []
    for (i, row) in proof.lower.enumerated() {
      var list: [Scalar] = []
      for (j, element) in row.enumerated() {
        let value = try scalar(element)
        // Nothing but zeros and ones is allowed on and above the diagonal.
        if j >= i, value != (j == i ? .one : .zero) {
          throw .certificate("\(what): the factor is not unit triangular")
        }
        list.append(value)
      }
      lower.append(list)
    }
    // E_ii less the sum of the row's other elements, in units of 2⁻⁶⁴, each rounded to the side of doubt: sums of
    // fractions of a thousand digits would take longer than all the rest.
    var margins = [Integer](repeating: 0, count: n)
    for i in 0..<n {
      for j in 0...i {
        var product = Scalar.zero
        for c in 0..<min(rank, j + 1) where !lower[i][c].isZero && !lower[j][c].isZero {
          product += pivots[c] * (lower[i][c] * lower[j][c].conj)
        }
        let value = matrix[proof.order[i]][proof.order[j]] - product
        if value.isZero { continue }
        if i == j {
          margins[i] += Self.units(value.re)
        } else {
          let size = Self.units(-value.re.magnitude) + Self.units(-value.im.magnitude)
          margins[i] += size
          margins[j] += size
        }
      }
    }
    guard margins.allSatisfy({ !($0 < 0) }) else {
      throw .certificate("\(what): the factors do not multiply to the matrix, or less")
    }
  }

  /// The greatest multiple of 2⁻⁶⁴ that is not above a number, in these units.
  private static func units(_ value: Rational) -> Integer {
    (Rational(Integer(1) << 64) * value).floor
  }

  // MARK: Tables

  private func rational(_ text: String) throws(NetworkError) -> Rational {
    guard let value = Rational(text), value.description == text else {
      throw .certificate("'\(text.prefix(40))' is no rational number in lowest terms")
    }
    return value
  }

  private func scalar(
    _ text: SeparabilityCertificate.Number
  ) throws(NetworkError) -> Scalar {
    guard text.count == 2 else { throw .certificate("a complex number has two parts") }
    return Scalar(re: try rational(text[0]), im: try rational(text[1]))
  }

  private func table(
    _ grid: SeparabilityCertificate.Grid, _ size: Int, _ what: String
  ) throws(NetworkError) -> Table {
    guard grid.count == size, grid.allSatisfy({ $0.count == size }) else {
      throw .certificate("\(what) is not a \(size)×\(size) matrix")
    }
    var result: Table = []
    for row in grid {
      var list: [Scalar] = []
      for element in row { list.append(try scalar(element)) }
      result.append(list)
    }
    return result
  }

  private func zeros(_ size: Int) -> Table {
    Array(repeating: Array(repeating: .zero, count: size), count: size)
  }

  private func ladder(_ first: Table, _ second: Table, diagonal: Scalar) -> Table {
    (0..<(2 * d)).map { row in
      (0..<(2 * d)).map { column -> Scalar in
        let (i, j) = (row % d, column % d)
        let value = (row < d) == (column < d) ? first[i][j] : second[i][j]
        let placed = row < d ? value : value.conj
        return row == column ? placed + diagonal : placed
      }
    }
  }

  private func adjoint(_ a: Table) -> Table {
    a.indices.map { i in a.indices.map { a[$0][i].conj } }
  }

  private func sum(_ a: Table, _ b: Table) -> Table {
    zip(a, b).map { zip($0, $1).map { $0 + $1 } }
  }

  private func scaled(_ a: Table, _ factor: Scalar) -> Table {
    a.map { $0.map { factor * $0 } }
  }

  private func product(_ a: Table, _ b: Table) -> Table {
    a.map { row in
      b.indices.map { j in
        var value = Scalar.zero
        for (k, factor) in row.enumerated() where !factor.isZero && !b[k][j].isZero {
          value += factor * b[k][j]
        }
        return value
      }
    }
  }
}

extension Set where Element == Int {
  /// Whether a number is not in the set.
  fileprivate var inverted: (Int) -> Bool { { !self.contains($0) } }
}
