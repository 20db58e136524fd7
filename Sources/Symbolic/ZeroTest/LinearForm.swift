import Algebra
import Arbitrary
import Exact

/// Linear forms in logarithms and angles, decided by products.
extension ZeroTest {
  /// Whether a real normal form is a combination of logarithms of positive quantities, of arcsines and
  /// arctangents and of π, with rational coefficients up to common factors, each of which vanishes.
  ///
  /// - Σ nₖ·log uₖ = log Π uₖ^nₖ vanishes if the product is one.
  /// - θ = Σ nₖ·θₖ + p·π, with θₖ the argument of zₖ, is a multiple of π where Π zₖ^nₖ is real. It is
  ///   continuous on a cell of the domain, so that it is one multiple there: zero if |θ| < π at a
  ///   point.
  func vanishesAsLinearForm(
    _ form: NormalForm, _ symbols: [Symbol], depth: Int
  ) throws(ArithmeticError) -> Bool {
    for part in [form.value.re.numerator, form.value.im.numerator] where !part.isZero {
      guard try vanishes(part, form, symbols, depth: depth) else { return false }
    }
    return true
  }

  /// The kinds of kernels that linear forms are made of.
  private enum Term {
    case logarithm(RationalFunction)
    case angle(KernelFacts.Angle)
    case pi
  }

  private func term(_ index: Int, _ form: NormalForm) -> Term? {
    let generator = form.basis.generators[index]
    guard generator.isReal else { return nil }
    if let argument = form.facts.logarithms[index] { return .logarithm(argument) }
    if let angle = form.facts.angles[index] { return .angle(angle) }
    return generator.kernel == .opaque(.pi) ? .pi : nil
  }

  private func vanishes(
    _ polynomial: Polynomial, _ form: NormalForm, _ symbols: [Symbol], depth: Int
  ) throws(ArithmeticError) -> Bool {
    let basis = form.basis
    let kinds = polynomial.occurringVariables.filter { term($0, form) != nil }
    // Σ coefficient·kernel, by coefficients that differ by numbers only.
    var groups: [Polynomial: [(index: Int, factor: Integer)]] = [:]
    var covered = Polynomial(0, ring: basis.ring)
    for index in kinds {
      let parts = polynomial.coefficients(in: index)
      guard parts.count == 2, kinds.allSatisfy({ parts[1].degree(in: $0) == 0 }) else {
        return false
      }
      let primitive = parts[1].primitivePart
      guard let factor = parts[1].divided(by: primitive)?.constantValue else { return false }
      groups[primitive, default: []].append((index, factor))
      covered = covered + (try basis.product(parts[1], Polynomial.variable(index, of: basis.ring)))
    }
    guard !groups.isEmpty, polynomial == covered else { return false }
    for group in groups.values {
      guard try vanishes(group, form, symbols, depth: depth) else { return false }
    }
    return true
  }

  private func vanishes(
    _ group: [(index: Int, factor: Integer)], _ form: NormalForm, _ symbols: [Symbol], depth: Int
  ) throws(ArithmeticError) -> Bool {
    let basis = form.basis
    var product: [Expression] = []
    var rotation: [Expression] = []
    var angle: [Expression] = []
    for (index, factor) in group {
      guard let n = factor.word, abs(n) <= 64 else { return false }
      let kernel = basis.generators[index].kernel.expression
      switch term(index, form) {
      case .logarithm(let argument): product.append(basis.expression(argument).power(n))
      case .pi: angle.append(.integer(n) * kernel)
      case .angle(let inverse):
        let direction: Expression
        switch inverse {
        case .arctangent(let u): direction = 1 + .i * basis.expression(u)
        case .arcsine(let u):
          let sine = basis.expression(u)
          direction = sqrt(1 - sine.power(2)) + .i * sine
        }
        rotation.append(direction.power(n))
        angle.append(.integer(n) * kernel)
      case nil: return false
      }
    }
    if !product.isEmpty {
      guard case .zero = decide(.product(product) - 1, depth: depth + 1) else { return false }
    }
    if rotation.isEmpty { return angle.isEmpty }
    guard case .zero = decide(.apply(.im, .product(rotation)), depth: depth + 1) else {
      return false
    }
    return try isBelowHalfTurn(.sum(angle), form, symbols)
  }

  /// Whether |θ| < π at a point of each cell.
  private func isBelowHalfTurn(
    _ angle: Expression, _ form: NormalForm, _ symbols: [Symbol]
  ) throws(ArithmeticError) -> Bool {
    guard let program = try? Program([angle], inputs: symbols) else { return false }
    let cells = try AlgebraicZero(form, symbols, limits).cells()
    return cells.allSatisfy { cell in
      cell.points.contains { point in
        let box = symbols.map { Interval(point[$0] ?? .zero, precision: 128) }
        guard let value = try? program.enclose(box, precision: 128).first, value.im.isZero,
          value.re.isBounded, !value.re.isEmpty
        else { return false }
        let pi = Interval.pi(precision: 128)
        return Interval.sub(pi, value.re, precision: 128).certainSign == 1
          && Interval.add(pi, value.re, precision: 128).certainSign == 1
      }
    }
  }
}
