import Algebra
import Arbitrary
import Exact

/// The statement that passive networks on heat baths are never entangled, put to the test on exact
/// random instances, and the same search on networks with squeezing, which must find entanglement.
///
/// The statement is about all instances and is a theorem where no mode is dark; what a campaign adds is
/// that the construction of the master equations, with their Lamb shifts, degenerate blocks and dark
/// modes, obeys it too. Each instance is certified, written as JSON and proved again by
/// ``SeparabilityChecker``.
public enum SeparabilityCampaign {
  /// The counts for one number of modes.
  public struct Row: Sendable, Equatable, Codable {
    public let modes: Int
    /// Passive networks: how many, and of what kind.
    public var instances = 0
    public var global = 0
    public var local = 0
    public var withSpinBaths = 0
    public var withLambShift = 0
    public var withEqualFrequencies = 0
    /// Networks with undamped modes: no unique steady state, each with its witness verified.
    public var dark = 0
    /// Certificates of separability that were proved again, and the bipartitions in them.
    public var certified = 0
    public var bipartitions = 0
    /// Networks with squeezing: stable ones, and those certified entangled or separable.
    public var squeezed = 0
    public var stable = 0
    public var entangled = 0
    public var separable = 0

    init(modes: Int) { self.modes = modes }
  }

  public struct Summary: Sendable, Equatable, Codable {
    public let seed: UInt64
    public let instances: Int
    public let rows: [Row]
    /// Instances that contradict the statement, or that could not be decided; empty if all is well.
    public let failures: [String]

    /// Whether every passive instance without a dark mode was certified, and squeezing was found to
    /// entangle for every number of modes.
    public var holds: Bool {
      failures.isEmpty
        && rows.allSatisfy { $0.certified + $0.dark == $0.instances && $0.entangled > 0 }
    }
  }

  /// Runs both campaigns.
  ///
  /// - Parameters:
  ///   - sizes: numbers of modes, from 2 to 8.
  ///   - instances: passive networks of each size, and as many with squeezing.
  /// - Throws: ``NetworkError/input(_:)`` for other sizes or no instances. What goes wrong with an
  ///   instance is no error but a failure in the summary.
  /// - Complexity: an instance of 6 modes takes about half a second.
  public static func run(
    sizes: ClosedRange<Int>, instances: Int, seed: UInt64
  ) throws(NetworkError) -> Summary {
    guard sizes.lowerBound >= 2, sizes.upperBound <= 8, instances > 0 else {
      throw .input("a campaign takes networks of 2 to 8 modes, and at least one of each")
    }
    var rows: [Row] = []
    var failures: [String] = []
    for size in sizes {
      var row = Row(modes: size)
      for instance in 0..<instances {
        do throws(NetworkError) {
          try passive(size, instance, seed, &row)
          try squeezed(size, instance, seed, &row)
        } catch {
          failures.append("\(size) modes, instance \(instance): \(error)")
        }
      }
      rows.append(row)
    }
    return Summary(seed: seed, instances: instances, rows: rows, failures: failures)
  }

  private static func passive(
    _ size: Int, _ instance: Int, _ seed: UInt64, _ row: inout Row
  ) throws(NetworkError) {
    var random = NetworkRandom(seed: seed, size: size, instance: instance)
    let approach: NetworkApproach = instance % 2 == 0 ? .global : .local
    let network = try random.network(size, approach, isCold: false)
    let secular = try network.secular(approach)
    row.instances += 1
    if approach == .global { row.global += 1 } else { row.local += 1 }
    if network.baths.contains(where: { $0.statistics == .spin }) { row.withSpinBaths += 1 }
    if network.baths.contains(where: { $0.shift != nil }) { row.withLambShift += 1 }
    if try hasEqualFrequencies(network, approach) { row.withEqualFrequencies += 1 }
    let dark = try secular.darkModes()
    if dark.dimension > 0 {
      guard dark.isVerified(in: secular) else {
        throw .certificate("a dark mode that is damped")
      }
      row.dark += 1
      return
    }
    let summary = try verified(secular)
    guard let summary, summary.isSeparable else { throw .certificate("not certified separable") }
    row.certified += 1
    row.bipartitions += summary.bipartitions
  }

  /// Squeezing that is halved until the network is stable, at low temperatures; in one of four instances
  /// a squeezing of a hundredth at any temperature, which is to be found separable.
  private static func squeezed(
    _ size: Int, _ instance: Int, _ seed: UInt64, _ row: inout Row
  ) throws(NetworkError) {
    var random = NetworkRandom(seed: ~seed, size: size, instance: instance)
    let approach: NetworkApproach = instance % 2 == 0 ? .global : .local
    let isWeak = instance % 4 == 3
    let secular = try random.network(size, approach, isCold: !isWeak).secular(approach)
    row.squeezed += 1
    var strength = random.choice([1, Rational.half, Rational(2)])
    if isWeak {
      strength = try inNetwork { () throws(ArithmeticError) in try strength / Rational(100) }
    }
    let direction = random.squeezing(size, strength: 1)
    for _ in 0..<6 {
      let network = try secular.squeezed(by: Complex(strength) * direction)
      do {
        let summary = try verified(network)
        row.stable += 1
        if let summary { if summary.isSeparable { row.separable += 1 } else { row.entangled += 1 } }
        return
      } catch .unstable {
        strength *= Rational.half
      } catch { throw error }
    }
  }

  /// The certificate, through its text.
  private static func verified(
    _ network: SecularNetwork<Rational>
  ) throws(NetworkError) -> SeparabilityChecker.Summary? {
    guard let certificate = try SeparabilityProof(network).certificate else { return nil }
    return try SeparabilityChecker.check(try certificate.encoded())
  }

  private static func hasEqualFrequencies(
    _ network: BosonicNetwork<Rational>, _ approach: NetworkApproach
  ) throws(NetworkError) -> Bool {
    let parts = approach == .global ? [Array(0..<network.modeCount)] : network.parties
    for modes in parts {
      let h = network.hamiltonian.submatrix(rows: modes, columns: modes)
      if try EnergyLevels(rationalSpectrumOf: h).energies.count < modes.count { return true }
    }
    return false
  }
}
