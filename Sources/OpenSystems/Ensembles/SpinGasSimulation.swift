import Algebra
import Arbitrary
import Dispatch
import Exact
import Foundation
import Synchronization

/// The mean state of a ``SpinGas`` from random histories, with statistical errors.
///
/// Histories are independent of each other. They are drawn in blocks, each from its own stream of random
/// numbers, and summed in the order of the blocks: the result depends on seed, number of samples and blocks,
/// and not on the number of threads.
public struct SpinGasEstimate: Sendable, Equatable {
  /// The mean; Hermitian, of trace one.
  public let state: Matrix<Complex<Double>>
  /// Standard errors of the real and imaginary parts of the mean's elements.
  public let errors: Matrix<Complex<Double>>
  /// The negativity of the first qubit against the others, corrected by the jackknife's estimate of its bias.
  /// Where the true value is zero or near it, the correction is not enough: chance makes states look entangled
  /// as soon as the least eigenvalue of the partial transpose is within its error of zero.
  public let negativity: Double
  /// Its standard error by the jackknife over blocks.
  public let negativityError: Double
  /// The smallest eigenvalue of the partial transpose over the first qubit, corrected likewise; 0 for one qubit.
  /// Well above zero it says that two qubits are not entangled, which the negativity cannot.
  public let smallestEigenvalue: Double
  /// Its standard error by the jackknife over blocks.
  public let smallestEigenvalueError: Double
  public let samples: Int

  /// Draws histories and takes their mean.
  ///
  /// - Parameters:
  ///   - samples: rounded up to equal blocks.
  ///   - blocks: at least 2; errors are known to about 1/√(2·blocks) of themselves.
  ///   - limit: the most events, roughly, that are drawn.
  /// - Returns: a statistical result: nothing about it is certain.
  /// - Throws: ``OpenSystemError/domain(_:)`` for too few samples or blocks;
  ///   ``OpenSystemError/arithmetic(_:)`` where the expected number of events is beyond the limit.
  public init(
    _ gas: SpinGas, samples: Int, seed: UInt64, blocks: Int = 64,
    threads: Int = ProcessInfo.processInfo.activeProcessorCount, limit: Double = 1e11
  ) throws(OpenSystemError) {
    guard blocks >= 2, samples >= blocks, samples < 1 << 40 else {
      throw .domain("\(samples) samples in \(blocks) blocks")
    }
    let size = 1 << gas.qubits
    // The oldest of N qubits has the mean age (1 + 1/2 + … + 1/N)/r.
    let age = (1...gas.qubits).reduce(0) { $0 + 1 / Double($1) } / gas.reset
    let hits = Double(gas.qubits) * gas.collisionRate / gas.reset
    var work = Double(size * size) * (Double(gas.qubits * gas.qubits) + hits) + hits
    if case .torus = gas.motion { work += Double(gas.spins) * (1 + gas.hopping * age) }
    guard work * Double(samples) <= limit else {
      throw .arithmetic(.limit("\(samples) histories of about \(Int(min(work, 1e18))) events each"))
    }
    let perBlock = (samples + blocks - 1) / blocks
    let sums = Mutex([[Double]](repeating: [], count: blocks))
    let next = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, blocks))) { _ in
      while true {
        let block = next.withLock { value in
          defer { value += 1 }
          return value
        }
        if block >= blocks { break }
        let sum = Self.sum(gas, perBlock, PhiloxGenerator(seed: seed, stream: UInt64(block)))
        sums.withLock { $0[block] = sum }
      }
    }
    try self.init(gas, sums.withLock { $0 }, perBlock)
  }

  /// The sums of the elements of the upper triangle, real and imaginary parts in turn.
  private static func sum(
    _ gas: SpinGas, _ samples: Int, _ generator: PhiloxGenerator
  ) -> [Double] {
    var random = generator
    var history = SpinGasHistory()
    let size = 1 << gas.qubits
    var sum = [Double](repeating: 0, count: size * (size + 1))
    for _ in 0..<samples {
      history.draw(gas, &random)
      var place = 0
      for ket in 0..<size {
        for bra in ket..<size {
          let value = history.element(gas, ket: ket, bra: bra)
          sum[place] += value.re
          sum[place + 1] += value.im
          place += 2
        }
      }
    }
    return sum
  }

  private init(_ gas: SpinGas, _ sums: [[Double]], _ perBlock: Int) throws(OpenSystemError) {
    let size = 1 << gas.qubits
    let blocks = Double(sums.count)
    let means = sums.map { $0.map { $0 / Double(perBlock) } }
    let total = (0..<size * (size + 1)).map { place in
      means.reduce(0) { $0 + $1[place] } / blocks
    }
    let deviations = total.indices.map { place in
      let squares = means.reduce(0) { $0 + ($1[place] - total[place]) * ($1[place] - total[place]) }
      return (squares / (blocks * (blocks - 1))).squareRoot()
    }
    func matrix(_ values: [Double], sign: Double) -> Matrix<Complex<Double>> {
      Matrix(rows: size, columns: size) { row, column in
        let (a, b) = (min(row, column), max(row, column))
        let place = 2 * (a * size - a * (a - 1) / 2 + b - a)
        let im = row == column ? 0 : values[place + 1]
        return Complex(re: values[place], im: row <= column ? im : sign * im)
      }
    }
    let space = try Space((0..<gas.qubits).map { Space.Subsystem("Q\($0)", .qubit) })
    /// The negativity, and the smallest eigenvalue of the partial transpose.
    func measures(_ values: [Double]) throws(OpenSystemError) -> [Double] {
      if gas.qubits == 1 { return [0, 0] }
      let transposed = try space.partialTranspose(of: matrix(values, sign: -1), over: [0])
      let eigenvalues = try HermitianEigenvalues(transposed).values
      return [eigenvalues.reduce(0) { $1 < 0 ? $0 - $1 : $0 }, eigenvalues.first ?? 0]
    }
    let whole = try measures(total)
    var others: [[Double]] = []
    for mean in means {
      let rest = total.indices.map { (blocks * total[$0] - mean[$0]) / (blocks - 1) }
      others.append(try measures(rest))
    }
    /// The value corrected for its bias, and its error.
    func jackknife(_ place: Int) -> (value: Double, error: Double) {
      let list = others.map { $0[place] }
      let mean = list.reduce(0, +) / blocks
      let spread = list.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (
        blocks * whole[place] - (blocks - 1) * mean,
        (spread * (blocks - 1) / blocks).squareRoot()
      )
    }
    state = matrix(total, sign: -1)
    errors = matrix(deviations, sign: 1)
    let negativity = jackknife(0)
    self.negativity = max(0, negativity.value)
    negativityError = negativity.error
    (smallestEigenvalue, smallestEigenvalueError) = jackknife(1)
    self.samples = perBlock * sums.count
  }
}
