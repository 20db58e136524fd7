import Algebra
import Arbitrary
import Dispatch
import Exact
import Synchronization

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

    mutating func add(_ other: Row) {
      instances += other.instances
      global += other.global
      local += other.local
      withSpinBaths += other.withSpinBaths
      withLambShift += other.withLambShift
      withEqualFrequencies += other.withEqualFrequencies
      dark += other.dark
      certified += other.certified
      bipartitions += other.bipartitions
      squeezed += other.squeezed
      stable += other.stable
      entangled += other.entangled
      separable += other.separable
    }
  }

  /// An instance that is not as the statement says.
  public struct Failure: Sendable, Equatable, Codable, CustomStringConvertible {
    public let modes: Int
    public let instance: Int
    /// Whether a passive network was certified to be entangled: the statement is false. Otherwise the
    /// instance could not be decided.
    public let isEntangled: Bool
    public let reason: String

    public var description: String { "\(modes) modes, instance \(instance): \(reason)" }
  }

  public struct Summary: Sendable, Equatable, Codable {
    public let seed: UInt64
    public let instances: Int
    public internal(set) var rows: [Row]
    /// Instances that contradict the statement, or that could not be decided; empty if all is well.
    public let failures: [Failure]

    /// Whether squeezing was found to entangle for every number of modes. Where it was not, the search
    /// for entanglement shows nothing.
    public var isSensitive: Bool { rows.allSatisfy { $0.entangled > 0 } }

    /// Whether every passive instance without a dark mode was certified, and squeezing was found to
    /// entangle for every number of modes.
    public var holds: Bool {
      failures.isEmpty && isSensitive
        && rows.allSatisfy {
          $0.certified > 0 && $0.certified + $0.dark == $0.instances && $0.instances == instances
        }
    }
  }

  /// The work on one instance, in the units of ``WorkBudget``: some hundred times what one of 6 modes takes.
  private static let workLimit = 40_000_000_000

  /// Runs both campaigns.
  ///
  /// - Parameters:
  ///   - sizes: numbers of modes, from 2 to 8.
  ///   - instances: passive networks of each size, and as many with squeezing; up to 10000.
  ///   - planted: a squeezing κ(ab + a†b†) that is added to the passive networks, whose statement is then
  ///     wrong: a campaign that does not notice is worth nothing.
  ///   - jobs: how many instances run at once. The result is the same for any number.
  /// - Throws: ``NetworkError/input(_:)`` for other sizes or counts. What goes wrong with an
  ///   instance is no error but a failure in the summary.
  /// - Complexity: an instance of 6 modes takes about half a second.
  public static func run(
    sizes: ClosedRange<Int>, instances: Int, seed: UInt64, planted: Rational = 0, jobs: Int = 1
  ) throws(NetworkError) -> Summary {
    guard sizes.lowerBound >= 2, sizes.upperBound <= 8, (1...10_000).contains(instances) else {
      throw .input("a campaign takes networks of 2 to 8 modes, and 1 to 10000 of each")
    }
    // The largest first, so that none of them is left alone at the end.
    let tasks = sizes.reversed().flatMap { size in (0..<instances).map { (size, $0) } }
    let results = Mutex<[Outcome?]>(Array(repeating: nil, count: tasks.count))
    let next = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(jobs, tasks.count))) { _ in
      while true {
        let index = next.withLock { value in
          value += 1
          return value - 1
        }
        guard index < tasks.count else { return }
        let outcome = outcome(tasks[index].0, tasks[index].1, seed, planted)
        results.withLock { $0[index] = outcome }
      }
    }
    let outcomes = results.withLock { $0.compactMap { $0 } }
    var rows: [Row] = []
    var failures: [Failure] = []
    for size in sizes {
      var row = Row(modes: size)
      for outcome in outcomes where outcome.row.modes == size {
        row.add(outcome.row)
        if let failure = outcome.failure { failures.append(failure) }
      }
      rows.append(row)
    }
    return Summary(seed: seed, instances: instances, rows: rows, failures: failures)
  }

  /// What one instance adds.
  private struct Outcome: Sendable {
    var row: Row
    var failure: Failure?
  }

  /// Why an instance is not as stated.
  private enum Reason: Error {
    case entangled
    case undecided(NetworkError)
  }

  private static func outcome(
    _ size: Int, _ instance: Int, _ seed: UInt64, _ planted: Rational
  ) -> Outcome {
    WorkBudget.limited(to: workLimit) {
      var row = Row(modes: size)
      var failure: Failure?
      func fails(_ isEntangled: Bool, _ reason: String) {
        guard failure == nil else { return }
        failure = Failure(
          modes: size, instance: instance, isEntangled: isEntangled, reason: reason)
      }
      do throws(Reason) { try passive(size, instance, seed, planted, &row) } catch {
        switch error {
        case .entangled: fails(true, "certified to be entangled")
        case .undecided(let error): fails(false, error.description)
        }
      }
      do throws(NetworkError) { try squeezed(size, instance, seed, &row) } catch {
        fails(false, error.description)
      }
      return Outcome(row: row, failure: failure)
    }.value
  }

  private static func passive(
    _ size: Int, _ instance: Int, _ seed: UInt64, _ planted: Rational, _ row: inout Row
  ) throws(Reason) {
    let summary: SeparabilityChecker.Summary?
    do throws(NetworkError) {
      var random = NetworkRandom(seed: seed, size: size, instance: instance)
      let approach: NetworkApproach = instance % 2 == 0 ? .global : .local
      let network = try random.network(size, approach, isCold: false)
      var secular = try network.secular(approach)
      row.instances += 1
      if approach == .global { row.global += 1 } else { row.local += 1 }
      if network.baths.contains(where: { $0.statistics == .spin }) { row.withSpinBaths += 1 }
      if network.baths.contains(where: { $0.shift != nil }) { row.withLambShift += 1 }
      if try hasEqualFrequencies(network, approach) { row.withEqualFrequencies += 1 }
      if !planted.isZero {
        secular = try secular.squeezed(by: random.squeezing(size, strength: planted))
      } else {
        let dark = try secular.darkModes()
        if dark.dimension > 0 {
          guard dark.isVerified(in: secular) else {
            throw .certificate("a dark mode that is damped")
          }
          row.dark += 1
          return
        }
      }
      summary = try verified(secular)
    } catch { throw .undecided(error) }
    guard let summary else {
      throw .undecided(.certificate("neither separable nor entangled is certified"))
    }
    guard summary.isSeparable else { throw .entangled }
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
