import Foundation

/// One history of a ``SpinGas`` up to the present: what the elements of the qubits' state depend on.
///
/// Times are counted backwards from the present. Nothing before the last reset of every qubit matters, so the
/// history starts there, with the spins in random cells, which is how they always are: no time is lost on
/// the way to the stationary state.
struct SpinGasHistory {
  /// How long ago each qubit was put in, and its predecessors before it, as far as needed.
  private(set) var resets: [[Double]] = []
  /// For each spin that collided with present qubits: how often with each.
  private(set) var collisions: [[Int]] = []

  private var meetings: [Int: [Int]] = [:]

  /// Draws a history.
  mutating func draw(_ gas: SpinGas, _ random: inout PhiloxGenerator) {
    resets.removeAll(keepingCapacity: true)
    meetings.removeAll(keepingCapacity: true)
    var window = 0.0
    for _ in 0..<gas.qubits {
      let age = random.exponential(gas.reset)
      resets.append([age])
      window = max(window, age)
    }
    for qubit in 0..<gas.qubits {
      var time = resets[qubit][0]
      while time < window {
        time += random.exponential(gas.reset)
        resets[qubit].append(time)
      }
    }
    switch gas.motion {
    case .mixed: drawMixed(gas, &random)
    case .torus(let lengths, let places): drawWalks(gas, lengths, places, window, &random)
    }
    // Sums of angles must not depend on the order of a hash table.
    collisions = meetings.sorted { $0.key < $1.key }.map(\.value)
  }

  private mutating func meet(_ spin: Int, _ qubit: Int, _ qubits: Int) {
    meetings[spin, default: [Int](repeating: 0, count: qubits)][qubit] += 1
  }

  /// In a well-mixed gas the collisions of a qubit are a Poisson process, each with any of the spins.
  private mutating func drawMixed(_ gas: SpinGas, _ random: inout PhiloxGenerator) {
    let rate = gas.collisionRate
    if rate <= 0 || gas.spins == 0 { return }
    for qubit in 0..<gas.qubits {
      var time = random.exponential(rate)
      while time < resets[qubit][0] {
        meet(random.below(gas.spins), qubit, gas.qubits)
        time += random.exponential(rate)
      }
    }
  }

  private mutating func drawWalks(
    _ gas: SpinGas, _ lengths: [Int], _ places: [[Int]], _ window: Double,
    _ random: inout PhiloxGenerator
  ) {
    if gas.hopping <= 0 { return }
    var cell = [Int](repeating: 0, count: lengths.count)
    for spin in 0..<gas.spins {
      for axis in lengths.indices { cell[axis] = random.below(lengths[axis]) }
      var time = window - random.exponential(gas.hopping)
      while time > 0 {
        let step = random.below(2 * lengths.count)
        let length = lengths[step / 2]
        cell[step / 2] = (cell[step / 2] + (step % 2 == 0 ? 1 : length - 1)) % length
        if let qubit = places.firstIndex(of: cell), time < resets[qubit][0] {
          meet(spin, qubit, gas.qubits)
        }
        time -= random.exponential(gas.hopping)
      }
    }
  }

  /// The element <ket|ρ|bra> of the qubits' state after this history, the first qubit's bit the most
  /// significant.
  func element(_ gas: SpinGas, ket: Int, bra: Int) -> (re: Double, im: Double) {
    let n = gas.qubits
    func sign(_ word: Int, _ qubit: Int) -> Double {
      (word >> (n - 1 - qubit)) & 1 == 0 ? 1 : -1
    }
    // (s - s')/2 for the eigenvalues s, s' of σz in ket and bra.
    let delta = (0..<n).map { (sign(ket, $0) - sign(bra, $0)) / 2 }
    var phase = 0.0
    var factor = 1.0
    for i in 0..<n {
      if delta[i] != 0 { factor *= gas.polarization }
      for j in (i + 1)..<max(n, i + 1) {
        let time = min(resets[i][0], resets[j][0])
        phase -=
          gas.coupling * time
          * (sign(ket, i) * sign(ket, j) - sign(bra, i) * sign(bra, j))
      }
      // Predecessors of qubit i: bits that met the others while they were there.
      for k in 1..<max(resets[i].count, 1) {
        var angle = 0.0
        for j in 0..<n where j != i && delta[j] != 0 {
          let time = min(resets[j][0], resets[i][k]) - resets[i][k - 1]
          if time > 0 { angle += 2 * gas.coupling * time * delta[j] }
        }
        if angle != 0 { factor *= cos(angle) }
      }
    }
    for counts in collisions {
      var sum = 0.0
      for i in 0..<n { sum += Double(counts[i]) * delta[i] }
      if sum != 0 { factor *= cos(gas.angle * sum) }
    }
    let scale = factor / Double(1 << n)
    return (scale * cos(phase), scale * sin(phase))
  }
}

extension PhiloxGenerator {
  /// A waiting time with the given rate.
  mutating func exponential(_ rate: Double) -> Double { -log(unit()) / rate }
}
