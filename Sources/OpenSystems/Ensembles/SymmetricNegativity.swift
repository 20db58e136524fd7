import Algebra
import Arbitrary
import Exact

/// The eigenvalues of one block of a partial transpose, enclosed.
public struct EnclosedBlock: Sendable {
  /// Twice the total spins of the party and of the rest.
  public let twiceSpins: (Int, Int)
  /// How often each of the eigenvalues occurs.
  public let multiplicity: Integer
  /// One enclosure an eigenvalue, increasing.
  public let eigenvalues: [Interval]

  /// Σ max(0, -λ) over the block's eigenvalues, with their multiplicity.
  public func negativity(precision: Int) -> Interval {
    let sum = eigenvalues.reduce(Interval.zero) {
      Interval.add($0, Interval.maximum(.zero, -$1), precision: precision)
    }
    return Interval.mul(Interval(multiplicity, precision: precision), sum, precision: precision)
  }
}

extension SymmetricState where F == Ball {
  /// The spectrum of the partial transpose over `party` of the qubits.
  ///
  /// - Returns: enclosures that hold for every state that is enclosed.
  /// - Throws: as ``partialTransposeBlocks(party:)``; ``OpenSystemError/domain(_:)`` for elements without
  ///   bounds; ``OpenSystemError/notConverged(_:)``.
  /// - Complexity: O((J₁ + 1)³(J₂ + 1)³) word operations a block and 50 bits.
  public func partialTransposeSpectrum(
    party: Int, precision: Int
  ) throws(OpenSystemError) -> [EnclosedBlock] {
    // Eigenvalues are counted up to 2^N times, and singlets cancel.
    let bits = precision + 2 * qubits + 16
    var result: [EnclosedBlock] = []
    for block in try partialTransposeBlocks(party: party) {
      let scales = block.norms.map { norm in
        Ball.recip(Ball.sqrt(Ball(norm, precision: bits), precision: bits), precision: bits)
      }
      let size = block.norms.count
      let matrix = Matrix<Complex<Ball>>(rows: size, columns: size) { row, column in
        let value = block.form[row, column]
        let scale = Ball.mul(scales[row], scales[column], precision: bits)
        return Complex(
          re: Ball.mul(scale, value.re, precision: bits),
          im: Ball.mul(scale, value.im, precision: bits))
      }
      let found = try EnclosedEigenvalues(matrix, precision: bits)
      result.append(
        EnclosedBlock(
          twiceSpins: block.twiceSpins, multiplicity: block.multiplicity,
          eigenvalues: found.values))
    }
    return result
  }

  /// (‖ρ^T‖₁ - 1)/2 for a party of so many qubits against the others.
  ///
  /// - Returns: an enclosure of the negativity of every state that is enclosed.
  /// - Throws: as ``partialTransposeSpectrum(party:precision:)``.
  public func negativity(party: Int, precision: Int) throws(OpenSystemError) -> Interval {
    let bits = precision + 2 * qubits + 16
    return try partialTransposeSpectrum(party: party, precision: precision)
      .reduce(Interval.zero) { sum, block in
        Interval.add(sum, block.negativity(precision: bits), precision: bits)
      }
  }

  /// The negativity averaged over all 2^(N-1) - 1 ways to divide the qubits into two parties.
  ///
  /// - Throws: as ``partialTransposeSpectrum(party:precision:)``; ``OpenSystemError/domain(_:)`` for a single
  ///   qubit.
  public func averageNegativity(precision: Int) throws(OpenSystemError) -> Interval {
    let bits = precision + 2 * qubits + 16
    var sum = Interval.zero
    for (party, weight) in try Bipartitions.weights(qubits: qubits) {
      let value = try negativity(party: party, precision: precision)
      sum = Interval.add(
        sum, Interval.mul(Interval(weight, precision: bits), value, precision: bits),
        precision: bits)
    }
    return sum
  }
}

extension SymmetricState where F: FloatingField {
  /// (‖ρ^T‖₁ - 1)/2 for a party of so many qubits against the others, in rounded numbers.
  ///
  /// - Returns: a heuristic value, right up to roundings.
  /// - Throws: as ``partialTransposeBlocks(party:)`` and ``HermitianEigenvalues/init(_:)``.
  public func negativity(party: Int) throws(OpenSystemError) -> F {
    var sum = F.zero
    for block in try partialTransposeBlocks(party: party) {
      let size = block.norms.count
      let roots = block.norms.map { F.squareRoot(of: F($0)) }
      var matrix = block.form
      do {
        for row in 0..<size {
          for column in 0..<size {
            let scale = try F.one / (roots[row] * roots[column])
            matrix[row, column] = scale * matrix[row, column]
          }
        }
      } catch { throw .arithmetic(error) }
      let part = try HermitianEigenvalues(matrix).values.reduce(F.zero) {
        $1 < .zero ? $0 - $1 : $0
      }
      sum += F(block.multiplicity) * part
    }
    return sum
  }

  /// The negativity averaged over all 2^(N-1) - 1 ways to divide the qubits into two parties, in rounded
  /// numbers.
  ///
  /// - Throws: as ``negativity(party:)``; ``OpenSystemError/domain(_:)`` for a single qubit.
  public func averageNegativity() throws(OpenSystemError) -> F {
    var sum = F.zero
    for (party, weight) in try Bipartitions.weights(qubits: qubits) {
      do {
        let factor = try F(weight.numerator) / F(weight.denominator)
        sum += factor * (try negativity(party: party))
      } catch let error as OpenSystemError {
        throw error
      } catch let error as ArithmeticError {
        throw .arithmetic(error)
      } catch {
        throw .domain("\(error)")
      }
    }
    return sum
  }
}

/// The ways to divide N qubits into two parties, neither empty, which party is which not counted.
public enum Bipartitions {
  /// The sizes k ≤ N/2 of the smaller party and the share of divisions that have it.
  ///
  /// - Throws: ``OpenSystemError/domain(_:)`` for fewer than two qubits.
  public static func weights(
    qubits: Int
  ) throws(OpenSystemError) -> [(party: Int, weight: Rational)] {
    guard qubits >= 2 else { throw .domain("\(qubits) qubits cannot be divided") }
    let all = (Integer.one << (qubits - 1)) - .one
    var result: [(party: Int, weight: Rational)] = []
    do {
      for party in 1...qubits / 2 {
        let ways = Integer.binomial(qubits, party)
        let count = 2 * party == qubits ? ways.exactQuotient(by: 2) : ways
        result.append((party, try Rational(count, all)))
      }
    } catch { throw .arithmetic(error) }
    return result
  }
}
