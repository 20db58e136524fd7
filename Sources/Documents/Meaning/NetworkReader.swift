import Algebra
import Exact
import OpenSystems
import Symbolic

/// Reads the lines of a network, reporting the errors of all of them.
struct NetworkReader {
  let values: ValueReader
  private(set) var diagnostics: [Diagnostic] = []

  init(values: ValueReader) { self.values = values }

  /// The network; nil where a line has an error, all of which are in ``diagnostics``.
  mutating func read(_ syntax: NetworkSyntax) -> NetworkDefinition? {
    do throws(Diagnostic) {
      let parties = try parties(syntax)
      let modes = parties.flatMap { $0 }
      var places: [Int: Int] = [:]
      for (place, mode) in modes.enumerated() { places[mode] = place }
      let frame = Frame(modes: modes, places: places)
      var hamiltonian: Matrix<Expression>?
      var squeezing: Matrix<Expression>?
      var approach: NetworkApproach?
      var baths: [NetworkDefinition.Bath] = []
      for item in syntax.items {
        do throws(Diagnostic) {
          switch item.kind {
          case .party: break
          case .hamiltonian(let node):
            guard hamiltonian == nil else { throw twice("hamiltonian", item.range) }
            hamiltonian = try self.hamiltonian(node, frame)
          case .squeezing(let node):
            guard squeezing == nil else { throw twice("squeezing", item.range) }
            squeezing = try self.squeezing(node, frame)
          case .approach(let word):
            guard approach == nil else { throw twice("approach", item.range) }
            guard let known = NetworkApproach(rawValue: word.text) else {
              throw Diagnostic(
                "expected 'global' or 'local', found '\(word.text)'", at: word.range)
            }
            approach = known
          case .bath(let bath): baths.append(try self.bath(bath, frame, baths.count))
          }
        } catch {
          diagnostics.append(error)
        }
      }
      guard diagnostics.isEmpty else { return nil }
      guard let hamiltonian else {
        throw Diagnostic("a network needs a line 'hamiltonian H'", at: syntax.name.range)
      }
      guard let approach else {
        throw Diagnostic(
          "a network needs a line 'approach global' or 'approach local'", at: syntax.name.range,
          hint: "global: baths act on the normal modes of the whole; local: on those of their party"
        )
      }
      let parts = NetworkParts(
        name: syntax.name.text, modes: modes, modeNames: modes.map { values.modes[$0] },
        parties: parties.map { $0.compactMap { places[$0] } }, hamiltonian: hamiltonian,
        squeezing: squeezing, baths: baths, approach: approach)
      let reader = values
      do throws(NetworkError) {
        return try NetworkSecularReader(parts: parts) { reader.sign(of: $0) }.read()
      } catch {
        throw Diagnostic(error.description, at: syntax.name.range)
      }
    } catch {
      diagnostics.append(error)
      return nil
    }
  }

  /// The modes by their place among the document's, and their places here.
  private struct Frame {
    let modes: [Int]
    let places: [Int: Int]
  }

  private func twice(_ word: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic("'\(word)' is given twice", at: range)
  }

  private func mode(_ name: SyntaxNode.Name) throws(Diagnostic) -> Int {
    try values.mode(SyntaxNode(.name(name.text), at: name.range))
  }

  private func parties(_ syntax: NetworkSyntax) throws(Diagnostic) -> [[Int]] {
    var parties: [[Int]] = []
    for item in syntax.items {
      guard case .party(let names) = item.kind else { continue }
      var party: [Int] = []
      for name in names {
        let mode = try mode(name)
        guard !(parties + [party]).contains(where: { $0.contains(mode) }) else {
          throw Diagnostic("the mode '\(name.text)' has a party already", at: name.range)
        }
        party.append(mode)
      }
      parties.append(party)
    }
    guard !parties.isEmpty else {
      throw Diagnostic(
        "a network needs its modes", at: syntax.name.range,
        hint: "a line 'party a, b' for the modes of each party")
    }
    return parties
  }

  // MARK: Operators

  private func hamiltonian(
    _ node: SyntaxNode, _ frame: Frame
  ) throws(Diagnostic) -> Matrix<Expression> {
    let n = frame.modes.count
    var matrix = Matrix<Expression>(rows: n, columns: n)
    if values.isModal(node) {
      let value = try values.modeOperator(node)
      for monomial in value.monomials {
        let modes = try self.modes(monomial, value, node, frame)
        guard let i = modes.created.first, let j = modes.annihilated.first,
          modes.created.count == 1, modes.annihilated.count == 1
        else {
          throw Diagnostic(
            "the hamiltonian of a network exchanges single quanta; the term "
              + "\(values.text(of: monomial)) does not", at: node.range,
            hint: "pairs are a line of their own, 'squeezing K'")
        }
        matrix[i, j] = value[monomial]
      }
    } else {
      matrix = try values.matrix(node)
    }
    guard matrix.rowCount == n, matrix.columnCount == n else {
      throw Diagnostic(
        "a matrix over \(n) modes is needed, not \(matrix.rowCount)×\(matrix.columnCount)",
        at: node.range)
    }
    let adjoint = values.adjoint(matrix)
    for i in 0..<n {
      for j in 0...i where !(matrix[i, j].isLiteralZero && matrix[j, i].isLiteralZero) {
        guard let form = try? NormalForm(matrix[i, j] - adjoint[i, j]), form.value.isZero else {
          throw Diagnostic("the hamiltonian is not Hermitian", at: node.range)
        }
      }
    }
    return matrix
  }

  /// The modes that a product of two ladder operators creates and annihilates, counted in the network.
  private func modes(
    _ monomial: LadderMonomial, _ value: ModeOperator<Expression>, _ node: SyntaxNode,
    _ frame: Frame
  ) throws(Diagnostic) -> (created: [Int], annihilated: [Int]) {
    var created: [Int] = []
    var annihilated: [Int] = []
    for mode in value.occurringModes {
      guard let place = frame.places[mode] else {
        throw Diagnostic(
          "the mode '\(values.modes[mode])' has no party in this network", at: node.range)
      }
      created += Array(repeating: place, count: monomial.creation(mode))
      annihilated += Array(repeating: place, count: monomial.annihilation(mode))
    }
    return (created, annihilated)
  }

  private func squeezing(
    _ node: SyntaxNode, _ frame: Frame
  ) throws(Diagnostic) -> Matrix<Expression> {
    let value = try values.modeOperator(node)
    let adjoint = value.adjoint
    let n = frame.modes.count
    var matrix = Matrix<Expression>(rows: n, columns: n)
    for monomial in value.monomials {
      let modes = try self.modes(monomial, value, node, frame)
      guard monomial.degree == 2, modes.created.isEmpty || modes.annihilated.isEmpty else {
        throw Diagnostic(
          "squeezing creates and annihilates pairs; the term \(values.text(of: monomial)) does not",
          at: node.range)
      }
      guard let form = try? NormalForm(value[monomial] - adjoint[monomial]), form.value.isZero
      else {
        throw Diagnostic(
          "squeezing is Hermitian: with k*a*b stands conj(k)*a'*b'", at: node.range)
      }
      guard modes.annihilated.isEmpty, let i = modes.created.first, let j = modes.created.last
      else { continue }
      matrix[i, j] = i == j ? 2 * value[monomial] : value[monomial]
      matrix[j, i] = matrix[i, j]
    }
    return matrix
  }

  // MARK: Baths

  private func bath(
    _ syntax: NetworkSyntax.Bath, _ frame: Frame, _ index: Int
  ) throws(Diagnostic) -> NetworkDefinition.Bath {
    func places(_ names: [SyntaxNode.Name]) throws(Diagnostic) -> [Int] {
      var result: [Int] = []
      for name in names {
        guard let place = frame.places[try mode(name)] else {
          throw Diagnostic("the mode '\(name.text)' has no party in this network", at: name.range)
        }
        result.append(place)
      }
      return result
    }
    let modes = try places(syntax.modes)
    let statistics = syntax.statistics.flatMap { BathStatistics(rawValue: $0.text) } ?? .boson
    let heat: NetworkDefinition.Bath.Heat
    if let node = syntax.boltzmann {
      heat = .boltzmann(try values.formula(node))
    } else if let node = syntax.temperature {
      heat = .temperature(try values.formula(node))
    } else {
      throw Diagnostic("a bath has a temperature", at: syntax.density.range)
    }
    if let node = syntax.potential, statistics == .spin {
      throw Diagnostic(
        "a bath of spins exchanges energy alone; it has no potential", at: node.range)
    }
    let positive = syntax.frequency.map { Symbol($0.text, .positive) }
    let real = syntax.frequency.map { Symbol($0.text, .real) }
    var shift: Expression?
    if let node = syntax.lamb { shift = try values.with(real).formula(node) }
    return NetworkDefinition.Bath(
      name: "\(index + 1)", statistics: statistics, modes: modes,
      weight: try weight(syntax, modes.count), positionLike: Set(try places(syntax.position)),
      density: try values.with(positive).formula(syntax.density), shift: shift, frequency: positive,
      shiftFrequency: real, heat: heat,
      potential: try syntax.potential.map { (node) throws(Diagnostic) in
        try values.formula(node)
      } ?? .zero)
  }

  private func weight(
    _ syntax: NetworkSyntax.Bath, _ count: Int
  ) throws(Diagnostic) -> Matrix<Expression> {
    guard let node = syntax.weights else {
      guard count == 1 else {
        throw Diagnostic(
          "a bath of \(count) modes needs weights", at: syntax.density.range,
          hint:
            "'weights [[1, 1], [1, 1]]' couples the sum of two modes, 'weights identity(2)' each apart"
        )
      }
      return .identity(1)
    }
    if !values.isMatrix(node), count == 1 {
      let value = try values.formula(node)
      return Matrix(rows: 1, columns: 1) { _, _ in value }
    }
    return try values.matrix(node)
  }
}
