import Algebra
import Arbitrary
import Exact

/// The stationary density matrices of an enclosed generator in the Floquet basis.
struct FloquetStationarity {
  /// One for each sector, of trace one; zero outside.
  let states: [Matrix<ComplexInterval>]

  /// - Parameters:
  ///   - sectors: a number for each mode; nothing connects modes of different numbers.
  ///   - count: of sectors.
  /// - Throws: ``FloquetError/uniquenessUndecided(_:)`` where a sector is not proved to have one
  ///   state, or a coherence between two of them is not proved to decay.
  init(
    _ tensor: FloquetTensor, _ spectrum: FloquetSpectrum, sectors: [Int], count: Int,
    options: FloquetOptions, precision p: Int
  ) throws(FloquetError) {
    let scale = Interval.scale(
      options.scale.interval(precision: p), byPowerOfTwo: -1, precision: p)
    var states: [Matrix<ComplexInterval>] = []
    for sector in 0..<count {
      let members = sectors.indices.filter { sectors[$0] == sector }
      switch options.generator {
      case .secular: states.append(try Self.populations(tensor, members))
      case .full:
        states.append(try Self.stationary(tensor, spectrum, members, scale))
        for other in (sector + 1)..<max(count, sector + 1) {
          try Self.checkDecay(
            tensor, spectrum, members, sectors.indices.filter { sectors[$0] == other }, scale)
        }
      }
    }
    self.states = states
  }

  /// Populations by elimination without subtractions, those with the greatest outflow first.
  ///
  /// - Source: Grassmann, Taksar and Heyman 1985.
  private static func populations(
    _ tensor: FloquetTensor, _ members: [Int]
  ) throws(FloquetError) -> Matrix<ComplexInterval> {
    var rates = Matrix<Interval>(rows: tensor.size, columns: tensor.size)
    for a in members { for b in members where a != b { rates[a, b] = tensor.rate(to: a, from: b) } }
    var rest = members
    var eliminated: [(state: Int, outflow: Interval)] = []
    while rest.count > 1 {
      var best = 0
      var outflow = Interval.zero
      for (index, k) in rest.enumerated() {
        var sum = Interval.zero
        for j in rest where j != k { sum += rates[j, k] }
        if index == 0 || sum.lower > outflow.lower {
          best = index
          outflow = sum
        }
      }
      guard outflow.certainSign == 1 else {
        throw .uniquenessUndecided(
          "no rate that is known to be positive leads out of \(rest.count) states or classes")
      }
      let k = rest.remove(at: best)
      eliminated.append((k, outflow))
      for j in rest {
        let share = Interval.div(rates[j, k], outflow, precision: outflow.precision)
        for i in rest where i != j { rates[j, i] += share * rates[k, i] }
      }
    }
    var values = [rest[0]: Interval.one]
    var total = Interval.one
    for (k, outflow) in eliminated.reversed() {
      var inflow = Interval.zero
      for (j, value) in values { inflow += rates[k, j] * value }
      let value = Interval.div(inflow, outflow, precision: outflow.precision)
      values[k] = value
      total += value
    }
    var state = Matrix<ComplexInterval>(rows: tensor.size, columns: tensor.size)
    for (k, value) in values {
      state[k, k] = ComplexInterval(
        real: Interval.div(value, total, precision: max(total.precision, value.precision)))
    }
    return state
  }

  /// An element of i(γ_a - γ_b) + sL.
  static func coefficient(
    _ tensor: FloquetTensor, _ spectrum: FloquetSpectrum, _ row: (Int, Int), _ column: (Int, Int),
    _ scale: Interval
  ) -> ComplexInterval {
    let value = scale * tensor.generatorElement(row.0, row.1, column.0, column.1)
    guard row == column, row.0 != row.1 else { return value }
    let turn = spectrum.modes[row.0].quasienergy - spectrum.modes[row.1].quasienergy
    return ComplexInterval(re: value.re, im: value.im + turn)
  }

  /// The solution of i(γ_a - γ_b)r_ab + Σ L_{ab,cd} r_cd = 0 of trace one, in a sector.
  ///
  /// The rows of populations sum to zero, since the generator conserves the trace: one of them is
  /// replaced by the trace. That the system is regular then proves the null space to have one dimension.
  private static func stationary(
    _ tensor: FloquetTensor, _ spectrum: FloquetSpectrum, _ members: [Int], _ scale: Interval
  ) throws(FloquetError) -> Matrix<ComplexInterval> {
    let pairs = members.flatMap { a in members.map { (a, $0) } }
    let system = Matrix<ComplexInterval>(rows: pairs.count, columns: pairs.count) { i, j in
      if i == 0 { return pairs[j].0 == pairs[j].1 ? .one : .zero }
      return coefficient(tensor, spectrum, pairs[i], pairs[j], scale)
    }
    var right = [ComplexInterval](repeating: .zero, count: pairs.count)
    right[0] = .one
    let solution: [ComplexInterval]
    do throws(ArithmeticError) {
      solution = try system.solve(right)
    } catch {
      guard case .domain = error else { throw .arithmetic(error) }
      throw .uniquenessUndecided(
        "its equations are singular, or cannot be told from singular ones with this precision")
    }
    var state = Matrix<ComplexInterval>(rows: tensor.size, columns: tensor.size)
    for (pair, value) in zip(pairs, solution) { state[pair.0, pair.1] = value }
    // The only solution is Hermitian, as the generator preserves that.
    for a in members {
      for b in members where b >= a {
        let met = state[a, b].intersection(state[b, a].conj)
        state[a, b] = a == b ? ComplexInterval(real: met.re) : met
        state[b, a] = state[a, b].conj
      }
    }
    return state
  }

  /// Proves that no coherence between two sectors is stationary.
  private static func checkDecay(
    _ tensor: FloquetTensor, _ spectrum: FloquetSpectrum, _ first: [Int], _ second: [Int],
    _ scale: Interval
  ) throws(FloquetError) {
    let pairs = first.flatMap { a in second.map { (a, $0) } }
    let system = Matrix<ComplexInterval>(rows: pairs.count, columns: pairs.count) {
      coefficient(tensor, spectrum, pairs[$0], pairs[$1], scale)
    }
    do throws(ArithmeticError) {
      _ = try system.solve([ComplexInterval](repeating: .one, count: pairs.count))
    } catch {
      guard case .domain = error else { throw .arithmetic(error) }
      throw .uniquenessUndecided("a coherence between two sectors may be stationary")
    }
  }
}
