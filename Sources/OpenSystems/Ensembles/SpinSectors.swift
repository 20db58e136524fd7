import Algebra
import Arbitrary
import Exact

/// The part of n qubits that belongs to one total spin J/2, as far as operators that are invariant under
/// permutations see it.
///
/// The space of n qubits is the sum over J = n, n - 2, … of (J + 1)-dimensional spins, each with a multiplicity
/// space on which invariant operators act as the identity (Schur and Weyl). One copy of each is enough:
/// (n - J)/2 pairs of qubits in the state (|01> - |10>)/√2, and J qubits in the unnormalised Dicke states d_m, the
/// sums of all basis states with m ones.
struct SpinSector: Sendable, Hashable {
  let qubits: Int
  /// Twice the spin.
  let twiceSpin: Int

  /// The number of Dicke states.
  var dimension: Int { twiceSpin + 1 }
  /// How often the spin occurs: C(n, a) - C(n, a - 1) with a singlets.
  var multiplicity: Integer {
    Integer.binomial(qubits, singlets) - Integer.binomial(qubits, singlets - 1)
  }
  /// The number of pairs in singlet states.
  var singlets: Int { (qubits - twiceSpin) / 2 }

  /// All sectors of so many qubits, the greatest spin first.
  static func all(_ qubits: Int) -> [SpinSector] {
    stride(from: qubits, through: 0, by: -2).map { SpinSector(qubits: qubits, twiceSpin: $0) }
  }

  /// The squared norm of d_m.
  func norm(_ m: Int) -> Integer { Integer.binomial(twiceSpin, m) }

  /// <d_k|O|d_b> as a combination of the elements of an invariant operator O of all the qubits.
  ///
  /// A singlet pair gives the polynomial x₀₀x₁₁ - x₀₁x₁₀ in the kinds of its qubits: of the four terms of
  /// <S|·|S>, halved, each of the two occurs twice. The Dicke states give the sum of all kinds with k ones in
  /// the ket and b in the bra, each with its multiplicity.
  func expansion(ket: Int, bra: Int) -> [(counts: SiteCounts, weight: Integer)] {
    var terms: [SiteCounts: Integer] = [:]
    for both in max(0, ket + bra - twiceSpin)...max(0, min(ket, bra)) {
      let dicke = SiteCounts(twiceSpin - ket - bra + both, bra - both, ket - both, both)
      let ways = dicke.multiplicity
      for crossed in 0...singlets {
        let straight = singlets - crossed
        let sign: Integer = crossed % 2 == 0 ? 1 : -1
        let counts = dicke + SiteCounts(straight, crossed, crossed, straight)
        terms[counts, default: .zero] += sign * Integer.binomial(singlets, crossed) * ways
      }
    }
    return terms.filter { !$0.value.isZero }
      .map { (counts: $0.key, weight: $0.value) }
      .sorted {
        ($0.counts[1], $0.counts[2], $0.counts[3])
          < ($1.counts[1], $1.counts[2], $1.counts[3])
      }
  }
}

/// One block of an operator of two groups of qubits that is invariant under permutations within each: what it
/// does to one spin of the first group and one of the second.
public struct BipartiteBlock<F: Field>: Sendable {
  /// Twice the total spins of the two groups.
  public let twiceSpins: (Int, Int)
  /// How often each eigenvalue of the block is one of the whole operator.
  public let multiplicity: Integer
  /// <d_k d_l|O|d_b d_c> in the unnormalised Dicke states, row k·(J₂ + 1) + l.
  public let form: Matrix<Complex<F>>
  /// The squared norms of the basis states, the diagonal Gram matrix: the eigenvalues are those of
  /// Gram^(-1)·form.
  public let norms: [Integer]

  /// The matrix Gram^(-1)·form, which has the block's eigenvalues over the field of the elements.
  ///
  /// - Throws: what division throws.
  public func similar() throws(ArithmeticError) -> Matrix<Complex<F>> {
    try Matrix(rows: form.rowCount, columns: form.columnCount) {
      row, column throws(ArithmeticError) in
      let norm = F(norms[row])
      let value = form[row, column]
      return Complex(re: try value.re / norm, im: try value.im / norm)
    }
  }
}

extension SymmetricState {
  /// The partial transpose over `party` of the qubits, block by block.
  ///
  /// It is invariant under permutations within the party and within the rest, so that each pair of spins
  /// gives one block of (J₁ + 1)(J₂ + 1) rows; together they have about N⁴/64 rows instead of 2^N.
  ///
  /// - Parameters:
  ///   - party: the number of qubits that are transposed, 0...N; of 0 the blocks of the state itself.
  /// - Throws: ``OpenSystemError/domain(_:)`` for more qubits than there are, and where the state's elements
  ///   are not all known.
  /// - Complexity: O(N⁷) products at most.
  public func partialTransposeBlocks(
    party: Int
  ) throws(OpenSystemError) -> [BipartiteBlock<F>] {
    guard party >= 0, party <= qubits else {
      throw .domain("a party of \(party) out of \(qubits) qubits")
    }
    let inside = party == 0 ? [SiteCounts(0, 0, 0, 0)] : try SiteCountsBasis(qubits: party).elements
    var blocks: [BipartiteBlock<F>] = []
    for second in SpinSector.all(qubits - party) {
      // The rest contracted: for each pair of its Dicke states an operator of the party.
      var contracted: [[Complex<F>]] = []
      for ket in 0..<second.dimension {
        for bra in 0..<second.dimension {
          let terms = second.expansion(ket: ket, bra: bra)
          var values: [Complex<F>] = []
          values.reserveCapacity(inside.count)
          for counts in inside {
            var sum = Complex<F>.zero
            for term in terms {
              sum += F(term.weight) * (try element(counts.mirrored + term.counts))
            }
            values.append(sum)
          }
          contracted.append(values)
        }
      }
      let place = Dictionary(uniqueKeysWithValues: zip(inside, inside.indices))
      for first in SpinSector.all(party) {
        let width = second.dimension
        var form = Matrix<Complex<F>>(
          rows: first.dimension * width, columns: first.dimension * width)
        for ket in 0..<first.dimension {
          for bra in 0..<first.dimension {
            let terms = first.expansion(ket: ket, bra: bra)
            for k in 0..<width {
              for l in 0..<width {
                var sum = Complex<F>.zero
                for term in terms {
                  guard let index = place[term.counts] else { continue }
                  sum += F(term.weight) * contracted[k * width + l][index]
                }
                form[ket * width + k, bra * width + l] = sum
              }
            }
          }
        }
        let norms = (0..<first.dimension).flatMap { k in
          (0..<width).map { first.norm(k) * second.norm($0) }
        }
        blocks.append(
          BipartiteBlock(
            twiceSpins: (first.twiceSpin, second.twiceSpin),
            multiplicity: first.multiplicity * second.multiplicity, form: form, norms: norms))
      }
    }
    return blocks
  }
}
