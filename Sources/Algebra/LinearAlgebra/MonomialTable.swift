import Exact

/// A set of monomials, closed under dividing by a variable, whose values at a point take one
/// multiplication each; polynomials over it are sums of products.
struct MonomialTable {
  /// A monomial as an earlier one times a variable; the first is 1.
  private var parents: [(parent: Int32, variable: Int32)] = [(0, 0)]
  private var places: [[Int]: Int32]
  let variableCount: Int

  init(variableCount: Int) {
    self.variableCount = variableCount
    places = [[Int](repeating: 0, count: variableCount): 0]
  }

  var count: Int { parents.count }

  /// The place of a monomial, which is added where it is new.
  mutating func place(of exponents: [Int]) -> Int32 {
    if let known = places[exponents] { return known }
    // Divisors are added one by one, so that a high degree needs no deep recursion.
    var chain: [(exponents: [Int], variable: Int)] = []
    var current = exponents
    var place: Int32 = 0
    while true {
      if let known = places[current] {
        place = known
        break
      }
      guard let variable = current.firstIndex(where: { $0 > 0 }) else { break }
      chain.append((current, variable))
      current[variable] -= 1
    }
    for link in chain.reversed() {
      parents.append((place, Int32(link.variable)))
      place = Int32(parents.count - 1)
      places[link.exponents] = place
    }
    return place
  }

  /// Writes the values of all monomials at several points: blocks of `lanes` residues.
  func evaluate(
    _ point: [UInt64], lanes: Int, into values: UnsafeMutablePointer<UInt64>, _ prime: WidePrime
  ) {
    for k in 0..<lanes { values[k] = prime.one }
    point.withUnsafeBufferPointer { point in
      for index in 1..<max(parents.count, 1) {
        let (parent, variable) = parents[index]
        let source = values + Int(parent) * lanes
        let target = values + index * lanes
        for k in 0..<lanes {
          target[k] = prime.multiply(source[k], point[Int(variable) * lanes + k])
        }
      }
    }
  }
}

/// A polynomial over the monomials of a table, modulo a prime.
struct TabledPolynomial {
  var places: [Int32]
  var coefficients: [UInt64]

  /// The values at the points where the table was evaluated.
  @inline(__always)
  func evaluate(
    _ monomials: UnsafePointer<UInt64>, lanes: Int, into values: UnsafeMutablePointer<UInt64>,
    _ prime: WidePrime
  ) {
    for k in 0..<lanes {
      var sum: UInt128 = 0
      var room = 256
      for index in places.indices {
        let product = coefficients[index].multipliedFullWidth(
          by: monomials[Int(places[index]) * lanes + k])
        sum &+= UInt128(_low: product.low, _high: product.high)
        room -= 1
        if room == 0 {
          sum = UInt128(prime.reduce(sum)) &* UInt128(prime.one)
          room = 255
        }
      }
      values[k] = prime.reduce(sum)
    }
  }
}
