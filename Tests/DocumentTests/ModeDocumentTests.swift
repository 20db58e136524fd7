import Documents
import Exact
import Foundation
import Symbolic
import Testing

/// Bosonic modes and Gaussian states in documents.
@Suite struct ModeDocumentTests {
  /// Two modes under a'b' + ab in their Bogoliubov modes l, m, with loss and gain of both: the steady
  /// state in closed form.
  static let pair = """
    parameter C, E > 0
    parameter D, F >= 0
    parameter y > 0
    parameter a11, a22 real
    mode a, b
    mode l, m
    let x = sqrt(1 + y^2)
    let alpha = i*x
    let beta = -i*y
    model G {
      hamiltonian a11*l'*l + a22*m'*m
      jump l  rate 2*C
      jump l' rate 2*D
      jump m  rate 2*E
      jump m' rate 2*F
    }
    let L = steady(G)
    let S = L with a = alpha*l + beta*m', b = conj(beta)*l' + conj(alpha)*m
    let nl = D/(C - D)
    let nm = F/(E - F)
    let Na = x^2*nl + y^2*(nm + 1)
    let Nb = y^2*(nl + 1) + x^2*nm
    let ab = alpha*conj(beta)*(nl + nm + 1)
    let nuPT = smallest_symplectic_eigenvalue(partial_transpose(S, a))

    """

  @Test(
    arguments: [
      "expectation(L, l'*l) == nl", "expectation(L, m'*m) == nm", "expectation(L, l*m) == 0",
      "expectation(S, a'*a) == Na", "expectation(S, b'*b) == Nb", "expectation(S, a*b) == ab",
      "nuPT == (Na + Nb + 1 - sqrt((Na - Nb)^2 + 4*abs(ab)^2))/2",
      "negativity(S, a) == max(0, (1/(2*nuPT) - 1)/2)",
      "negativity(S, b) == negativity(S, a)",
      "expectation(S, a'*a*b'*b) == Na*Nb + abs(ab)^2",
      "stability(G) == [C - D, E - F]",
    ])
  func closedForms(claim: String) throws {
    #expect(try ClaimTests.status(Self.pair + "claim c: \(claim)") == .proved)
  }

  /// Wrong models and formulas are refuted by the same claims.
  @Test(
    arguments: [
      ("jump l' rate 2*D", "jump l' rate D", "expectation(L, l'*l) == nl"),
      ("jump l  rate 2*C", "jump m  rate 2*C", "expectation(S, a'*a) == Na"),
      ("let beta = -i*y", "let beta = i*y", "expectation(S, a*b) == i*x*i*y*(nl + nm + 1)"),
      ("alpha*conj(beta)*(nl", "-alpha*conj(beta)*(nl", "expectation(S, a*b) == ab"),
      ("+ y^2*(nm + 1)", "+ y^2*nm", "expectation(S, a'*a) == Na"),
    ])
  func mutations(original: String, mutation: String, claim: String) throws {
    let text = Self.pair.replacingOccurrences(of: original, with: mutation)
    #expect(text != Self.pair)
    // A model may also become one without a steady state.
    guard let status = try? ClaimTests.status(text + "claim c: \(claim)") else { return }
    #expect(status == .refuted)
  }

  /// The same state from the bare modes, where the jumps are combinations of them.
  @Test func bareModes() throws {
    let text = """
      parameter C, D > 0
      mode a, b
      let x = sqrt(2)
      let y = 1
      let l = -i*x*a - i*y*b'
      let m = i*y*a' + i*x*b
      model G {
        hamiltonian l'*l + 2*m'*m
        jump l  rate 2*C
        jump l' rate 2*D
        jump m  rate 6*C
        jump m' rate 4*D
      }
      let S = steady(G)
      claim c1: commutator(l, l') == 1
      claim c2: commutator(l, m) == 0
      claim c3: expectation(S, l'*l) == D/(C - D)
      claim c4: expectation(S, m'*m) == 2*D/(3*C - 2*D)
      claim c5: expectation(S, a'*a) == x^2*D/(C - D) + y^2*(2*D/(3*C - 2*D) + 1)
      """
    for result in try ClaimTests.results(text) { #expect(result.status == .proved, "\(result)") }
  }

  /// The Hamiltonian in its Bogoliubov modes, with the closed forms of α and β.
  @Test func bogoliubov() throws {
    let text = """
      parameter Da, Db real
      parameter k > 0
      mode a, b
      mode l, m
      let H = Da*a'*a + Db*b'*b + k*(a'*b' + b*a)
      parameter y > 0
      let x = sqrt(1 + y^2)
      let T = H with a = i*x*l - i*y*m', b = i*y*l' - i*x*m
      claim pairs: coefficient(T, l'*m') == k*(x^2 + y^2) - (Da + Db)*x*y
      claim numbers: coefficient(T, l'*l) == Da*x^2 + Db*y^2 - 2*k*x*y
      erratum sign: coefficient(T, l'*l) == Da*x^2 + Db*y^2 + 2*k*x*y
      claim back: (T with l = -i*x*a - i*y*b', m = i*y*a' + i*x*b) == H
      claim order: a*a' == a'*a + 1
      erratum wrong: a*a' == a'*a
      claim nested: commutator(H, a) == -Da*a - k*b'
      """
    let results = try ClaimTests.results(text)
    for result in results { #expect(result.holds, "\(result)") }
    #expect(results.count == 7)
  }

  /// Loss that cannot hold against squeezing, proved so, has no steady state.
  @Test(
    arguments: [
      ("hamiltonian k*(a'^2 + a^2)\njump a rate 2*k", "unstable"),
      ("hamiltonian k*a'*a", "unstable"),
      ("jump a rate k\njump a' rate 2*k", "unstable"),
      ("hamiltonian k*a'*a*a'*a", "degree 4"),
      ("jump a'*a rate k", "degree 2"),
      ("dephasing a rate k", "degree 2"),
      ("reset a to plus rate k", "no Gaussian process"),
      ("hamiltonian k*a'*a\njump sm(Q) rate k", "no operator of modes"),
      ("hamiltonian k*a", "not Hermitian"),
      ("jump a rate -1", "not negative"),
    ])
  func errors(lines: String, message: String) throws {
    let text =
      "qubit Q\nparameter k > 0\nmode a, b\nmodel G {\n\(lines)\n}\nlet S = steady(G)\n"
    do {
      _ = try ClaimTests.document(text)
      Issue.record("no error for \(lines)")
    } catch {
      #expect("\(error)".contains(message), "\(error)")
    }
  }

  @Test(
    arguments: [
      ("let z = expectation(S, b)", "has no mode 'b'"),
      ("let z = negativity(S, b)", "not one of the state's modes"),
      ("let z = S with a = 2*b", "off by 3"),
      ("let z = coefficient(a*a', a)", ""),
      ("let z = coefficient(a, a + b)", "normal-ordered product"),
      ("let z = 1/a", "cannot be divided by"),
      ("let z = a + sm(Q)", "found a 2×2 matrix"),
      ("let z = covariance(a)", "Gaussian state"),
      ("let a = 1", "declared already"),
      ("let z = a with a = b, b = b", "off by"),
    ])
  func errorsOfCalls(line: String, message: String) throws {
    let text = """
      qubit Q
      parameter k > 0
      mode a, b
      model G {
        thermal a down 2*k up k
      }
      let S = steady(G)
      \(line)
      """
    do {
      _ = try ClaimTests.document(text)
      if !message.isEmpty { Issue.record("no error for \(line)") }
    } catch {
      #expect("\(error)".contains(message), "\(error)")
    }
  }

  /// Where stability is open, values made of the steady state have no value at unstable points, and
  /// claims about them are decided where it is stable.
  @Test func unstablePoints() throws {
    let text = """
      parameter C, D > 0
      mode a
      model G {
        thermal a down C up D
      }
      let S = steady(G)
      let n = expectation(S, a'*a)
      claim positive: n > 0
      erratum bounded: n < 5
      """
    let document = try ClaimTests.document(text)
    for result in try document.check() { #expect(result.holds, "\(result)") }
    let stable = try document.evaluate("n", at: document.point(["C": 3, "D": 1]), digits: 10)
    #expect("\(stable[0][0])".contains("1/2") || "\(stable[0][0])".contains("0.5"))
    #expect(throws: DocumentError.self) {
      try document.evaluate("n", at: document.point(["C": 1, "D": 3]), digits: 10)
    }
  }

  /// Thermal lines, qubits beside modes, characteristic functions, logarithms.
  @Test func smallThings() throws {
    let text = """
      qubit Q, R
      parameter k > 0
      parameter u, v real
      mode a, b
      model G {
        hamiltonian k*a'*a
        thermal a down 3*k up k
      }
      model M {
        reset Q to plus rate 1
        reset R to plus rate 1
      }
      let S = steady(G)
      let rho = steady(M)
      claim n: expectation(S, a'*a) == 1/2
      claim g: expectation(S, a'^2*a^2) == 1/2
      claim cov: covariance(S) == [[1, 0], [0, 1]]
      claim nu: symplectic_eigenvalues(S) == {1}
      claim chi: characteristic(S, a = u + i*v) == exp(-(u^2 + v^2)/2)
      claim q: logarithmic_negativity(rho, Q) == 0
      claim e: expectation(rho, sx(Q)) == 1
      claim com: commutator(sx(Q), sy(Q)) == 2*i*sz(Q)
      """
    for result in try ClaimTests.results(text) { #expect(result.holds, "\(result)") }
  }

  @Test func crosschecks() throws {
    let text = """
      parameter s in 1/200..1/100
      mode a, b
      mode l, m
      model G {
        hamiltonian a'*a/2 - b'*b/4 + s*(a'*b' + a*b)
        jump a rate 2
        jump a' rate s
        jump b rate 3/2
      }
      let S = steady(G)
      let neg = negativity(S, a)
      let T = S with l = 5/3*a + 4/3*b', m = 4/3*a' + 5/3*b
      crosscheck one: S by moments, doubles at 2 points digits 10
      crosscheck two: neg by moments, fock at 1 points digits 6
      crosscheck three: expectation(S, a'*a*b'*b) by moments, fock at 1 points digits 6
      crosscheck four: smallest_symplectic_eigenvalue(partial_transpose(T, l)) by moments at 1 points
      """
    for result in try ClaimTests.results(text) { #expect(result.status == .agrees, "\(result)") }
  }
}
