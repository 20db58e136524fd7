import Algebra
import Arbitrary
import Exact

/// A driven system solved by propagation over a period, in rounded numbers of any precision.
///
/// The road that shares nothing with the Floquet matrix: Taylor steps, the eigenvectors of the
/// propagator U(2π/ω), and trapezoidal sums over the period, which converge faster than any power of the
/// number of points. In doubles one object serves a whole map: its memory is taken once.
/// An object belongs to one thread at a time.
///
/// **Guarantee:** none; results are heuristic, and checked against ``FloquetModel``. ``resolution`` says
/// how much of the Fourier series is left at the greatest frequency of the grid.
public final class PropagatedFloquet<F: PhaseField> {
  public let size: Int
  /// The points of the period; a power of two.
  public let pointCount: Int
  public let precision: Int

  let grid: PeriodGrid<F>
  let phases: UnitaryPhases<F>
  /// u_a(t_j) = e^{iγ_a t_j} U(t_j) v_a: element (i, a) of the matrix j.
  let modes: ComplexBuffer<F>
  /// A_ac(t_j) and then its Fourier coefficients by K, for each pair a ≤ c.
  private let elements: ComplexBuffer<F>
  private let image: ComplexBuffer<F>
  /// Σ_K g A_P^K conj(A_Q^K) for pairs P = (a, c), Q = (b, d).
  let products: ComplexBuffer<F>
  private let weighted: ComplexBuffer<F>
  let solver: FloquetKinetics<F>
  let measure: TwoQubitFactor<F>

  /// In the zone, increasing.
  public private(set) var quasienergies: [F]
  private var order: [Int]
  /// The greatest |A^K_ac| of the couplings over the highest eighth of frequencies, relative to the
  /// greatest of all: about the relative error that is left by the number of points.
  public private(set) var resolution = 0.0
  var period: F

  /// - Parameter points: of the period, rounded up to a power of two; within 8...16384.
  public init(size: Int, points: Int, precision: Int = 53) throws(FloquetError) {
    guard size > 0, size <= DrivenSystem<F>.largestDimension else {
      throw .limit("driven systems of 1 to \(DrivenSystem<F>.largestDimension) levels")
    }
    guard points <= 16384, precision <= 1 << 20 else {
      throw .limit("16384 points of a period, and a million bits")
    }
    var count = 8
    while count < points { count *= 2 }
    let bits = F.self == Double.self ? 53 : max(precision, 53)
    self.size = size
    pointCount = count
    self.precision = bits
    func buffer(_ n: Int) -> ComplexBuffer<F> { ComplexBuffer(n, precision: bits) }
    grid = PeriodGrid(size: size, count: count, precision: bits)
    phases = UnitaryPhases(size: size, precision: bits)
    modes = buffer(count * size * size)
    elements = buffer(size * size * count)
    image = buffer(size * size)
    products = buffer(size * size * size * size)
    weighted = buffer(count)
    solver = FloquetKinetics(size: size, precision: bits)
    measure = TwoQubitFactor(precision: bits)
    quasienergies = [F](repeating: .zero, count: size)
    order = Array(0..<size)
    period = F.one
  }

  /// Quasienergies, modes and rates of a system.
  ///
  /// - Parameters:
  ///   - system: of this object's size; Hermitian operators are taken as they are.
  ///   - baths: g of each coupling, by the energy x that the system takes up, 0 included.
  /// - Throws: ``FloquetError``.
  @specialized(where F == Double)
  @specialized(where F == Real)
  public func solve(
    _ system: DrivenSystem<F>, baths: [(F) -> F], options: FloquetOptions = FloquetOptions()
  ) throws(FloquetError) {
    guard system.dimension == size else {
      throw .shape(
        what: "the Hamiltonian", expected: size, rows: system.dimension, columns: system.dimension)
    }
    guard baths.count == system.couplings.count else {
      throw .input("\(system.couplings.count) couplings and \(baths.count) baths")
    }
    guard system.frequency > .zero, system.frequency.isFinite else {
      throw .input("the frequency of the drive is \(system.frequency); it must be positive")
    }
    let p = precision + 16
    let turn = F.near(
      Real.scale(Real.pi(precision: p), byPowerOfTwo: 1, precision: p), precision: precision)
    do { period = try turn / system.frequency } catch { throw .arithmetic(error) }
    try grid.propagate(DriveTerms(system), period: period)
    try phases.solve(grid.path, offset: pointCount * size * size)
    try orderQuasienergies(system.frequency, options.zone)
    fillModes()
    for k in 0..<products.count { products[k] = .zero }
    resolution = 0
    for (coupling, bath) in zip(system.couplings, baths) {
      fillElements(coupling)
      addProducts(system.frequency, bath)
    }
  }

  /// Moves the quasienergies into the zone and sorts them.
  private func orderQuasienergies(
    _ frequency: F, _ zone: FloquetOptions.Zone
  ) throws(FloquetError) {
    let omega = frequency.approximateDouble
    guard let scale = try? F.one / period else { throw .arithmetic(.divisionByZero) }
    var raw = [F](repeating: .zero, count: size)
    for a in 0..<size { raw[a] = phases.phases[a] * scale }
    let cut: Double
    switch zone {
    case .at(let value): cut = value.approximateDouble
    case .largestGap:
      cut = FloquetZone.middleOfLargestGap(raw.map(\.approximateDouble), frequency: omega)
    }
    for a in 0..<size {
      let turns = ((raw[a].approximateDouble - cut) / omega).rounded(.down)
      guard turns.magnitude < 1e9 else { throw .input("a quasienergy without bounds") }
      raw[a] = raw[a] - F.near(Real(Int(turns)), precision: precision) * frequency
      order[a] = a
    }
    order.sort { raw[$0] < raw[$1] }
    for a in 0..<size { quasienergies[a] = raw[order[a]] }
  }

  private func fillModes() {
    let square = size * size
    for a in 0..<size {
      let column = order[a]
      let angle = quasienergies[a] * period
      for j in 0..<pointCount {
        let part = (angle * F.near(Real(j), precision: precision))
          .scaled(byPowerOfTwo: -pointCount.trailingZeroBitCount)
        let turn = Complex(re: F.cosine(part), im: F.sine(part))
        for i in 0..<size {
          var sum = Complex<F>.zero
          for k in 0..<size {
            sum = sum + grid.path[j * square + i * size + k] * phases.vectors[k * size + column]
          }
          modes[j * square + i * size + a] = turn * sum
        }
      }
    }
  }

  private func fillElements(_ coupling: Operator<F>) {
    let square = size * size
    let n = pointCount
    for j in 0..<n {
      let base = j * square
      for i in 0..<size {
        for a in 0..<size {
          var sum = Complex<F>.zero
          for k in 0..<size where !coupling.elements[i * size + k].isZero {
            sum = sum + coupling.elements[i * size + k] * modes[base + k * size + a]
          }
          image[i * size + a] = sum
        }
      }
      for a in 0..<size {
        for c in a..<size {
          var sum = Complex<F>.zero
          for i in 0..<size {
            sum = sum + modes[base + i * size + a].conj * image[i * size + c]
          }
          elements[(a * size + c) * n + j] = sum
        }
      }
    }
    var greatest = F.zero
    var last = F.zero
    for a in 0..<size {
      for c in a..<size {
        let start = (a * size + c) * n
        grid.transform(elements.re + start, elements.im + start)
        for k in 0..<n {
          let value = elements.square(start + k)
          greatest = max(greatest, value)
          if k > 7 * n / 16, k < 9 * n / 16 { last = max(last, value) }
        }
      }
    }
    // A^{-K}_ca is the conjugate of A^K_ac.
    for a in 0..<size {
      for c in (a + 1)..<max(size, a + 1) {
        let from = (a * size + c) * n
        let to = (c * size + a) * n
        for k in 0..<n { elements[to + (n - k) % n] = elements[from + k].conj }
      }
    }
    if !greatest.isZero, let ratio = try? last / greatest {
      resolution = max(resolution, F.squareRoot(of: ratio).approximateDouble)
    }
  }

  private func addProducts(_ frequency: F, _ bath: (F) -> F) {
    let n = pointCount
    let square = size * size
    for pair in 0..<square {
      let (a, c) = (pair / size, pair % size)
      let start = pair * n
      for k in 0..<n {
        let value = elements[start + k]
        if value.isZero {
          weighted[k] = .zero
          continue
        }
        let turns = k < n / 2 ? k : k - n
        let x =
          a == c && turns == 0
          ? F.zero
          : quasienergies[a] - quasienergies[c]
            + F.near(Real(turns), precision: precision) * frequency
        weighted[k] = bath(x) * value
      }
      for other in 0..<square {
        var re = F.zero
        var im = F.zero
        let base = other * n
        for k in 0..<n {
          let (x, y) = (weighted.re[k], weighted.im[k])
          let (u, v) = (elements.re[base + k], elements.im[base + k])
          re += x * u + y * v
          im += y * u - x * v
        }
        products.re[pair * square + other] += re
        products.im[pair * square + other] += im
      }
    }
  }

  /// The rate from Floquet state b to a, R_{aa,bb} without the scale.
  public func rate(to a: Int, from b: Int) -> F {
    let pair = a * size + b
    return products.re[pair * size * size + pair]
  }
}

/// Where a zone of quasienergies may begin.
enum FloquetZone {
  /// In (-ω/2, ω/2].
  static func middleOfLargestGap(_ values: [Double], frequency: Double) -> Double {
    let q = values.map { $0 / frequency - ($0 / frequency).rounded(.down) }.sorted()
    var best = (0.0, 0.0)
    for k in q.indices {
      let high = k + 1 < q.count ? q[k + 1] : q[0] + 1
      if high - q[k] > best.0 { best = (high - q[k], (q[k] + high) / 2) }
    }
    let cut = best.1 - best.1.rounded(.down)
    return (cut > 0.5 ? cut - 1 : cut) * frequency
  }
}
