import Documents
import Exact
import Foundation
import Symbolic
import TestSupport
import Testing

/// Models with bath lines: the two-bath qubits with all parameters symbolic, what happens at other
/// splittings, states that are not unique, and the errors.
@Suite struct WeakCouplingDocumentTests {
  static func document(_ body: String) throws -> Document {
    try Document(SourceText("# Baths\n\n```separatrix\n\(body)\n```\n", file: "baths.md"))
  }

  static func status(_ body: String) throws -> [String: Status] {
    Dictionary(uniqueKeysWithValues: try document(body).check().map { ($0.id, $0.status) })
  }

  static let parameters = """
    parameter Delta, d, T1, T2, J1, J2 > 0
    parameter K1, K2 real
    parameter xi >= 0
    qubit A, B
    """

  /// The closed forms of the two-bath qubits, x = exp(-Delta/T) for each bath.
  static let forms = """
    let x1 = exp(-Delta/T1)
    let x2 = exp(-Delta/T2)
    let gamma = J1/(1 - x1) + J2/(1 - x2)
    let eta = (J1*x1/(1 - x1) + J2*x2/(1 - x2))/gamma
    let beta = K1/(1 - x1) + K2/(1 - x2)
    let etap = (K1*x1/(1 - x1) + K2*x2/(1 - x2))/beta
    let c = (gamma/beta)*(etap - eta)*(1 - eta^2)/(4*(etap - eta)^2
      + (gamma/beta)^2*(1 + eta)^3*(1 + eta + xi)
      - (1 + etap)*(1 + 3*eta^2 + 3*etap + etap*eta^2))
    let z = 1 + eta
    let s = etap*eta + etap - eta - 1
    let b = c*beta/gamma
    let p1 = 1/z^2 + b/z^3*(z*(eta + etap) - 2*s)
    let p2 = eta/z^2 + b/z^3*(-z*(eta + etap) + s*(1 - eta))
    let p4 = eta^2/z^2 + b/z^3*(z*(eta + etap) + 2*eta*s)
    """

  static let twoBaths = """
    model W {
      hamiltonian -Delta/2*(sz(A) + sz(B))
      bath sx(A), sx(B) density [[J1, K1], [K1, J1]] temperature T1
      bath sx(A), sx(B) density [[J2, K2], [K2, J2]] temperature T2
      dephasing A, B rate xi*gamma/2
    }
    """

  static let claims = """
    let rho = steady(W)
    claim coherence: rho[2,3] == c
    claim ground: rho[1,1] == p1
    claim real: rho[3,2] == c
    claim second: rho[2,2] == p2
    claim third: rho[3,3] == p2
    claim top: rho[4,4] == p4
    claim others: [rho[1,2], rho[1,3], rho[1,4], rho[2,4], rho[3,4]] == [0, 0, 0, 0, 0]
    """

  static func twoBathDocument(
    claims: String = claims, _ edit: (String) -> String = { $0 }
  ) -> String {
    [parameters, forms, edit(twoBaths), claims].joined(separator: "\n")
  }

  @Test func twoBathQubitsWithEightSymbols() throws {
    let status = try Self.status(Self.twoBathDocument())
    #expect(status.count == 7)
    for (id, status) in status { #expect(status == .proved, "\(id)") }
  }

  /// Each mistake in the model must refute the closed forms; the first change is none.
  @Test(arguments: [
    ["temperature T1", "temperature T1"],
    ["[[J1, K1], [K1, J1]]", "[[J1, -K1], [-K1, J1]]"],  // the sign of one correlation
    ["hamiltonian -", "hamiltonian "],  // emission and absorption change places
    ["xi*gamma/2", "xi*gamma"],
    ["temperature T1", "temperature T2"],
  ])
  func mistakesAreRefuted(change: [String]) throws {
    let point =
      "at Delta = 1, T1 = 1/5, T2 = 1/3, J1 = 1, J2 = 10, K1 = 1/4, K2 = 19/2, xi = 1/2"
    let claims = """
      let rho = steady(W)
      claim coherence: rho[2,3] == c \(point)
      claim ground: rho[1,1] == p1 \(point)
      """
    let status = try Self.status(
      Self.twoBathDocument(claims: claims) {
        $0.replacingOccurrences(of: change[0], with: change[1])
      })
    #expect(status.count == 2)
    #expect(status.values.contains(.refuted) == (change[0] != change[1]))
  }

  @Test func numericRoadsAgree() throws {
    let body = """
      parameter Delta, T1, T2, J1, J2 in [1/2, 3]
      parameter k1, k2 in [-9/10, 9/10]
      parameter xi in [0, 1]
      qubit A, B
      let K1 = k1*J1
      let K2 = k2*J2
      \(Self.forms)
      \(Self.twoBaths)
      let rho = steady(W)
      crosscheck roads: rho by nullspace, doubles, evolution at 2 points digits 9 seed 5
      model L {
        hamiltonian -Delta*(sz(A) + sz(B))/2
        bath sx(A), sx(B) density [[J1, k1*J1], [k1*J1, J1]]*w in w temperature T1
          lamb [[1, w], [w, 1]]
        bath sx(A), sy(B) density [[J2, i*k2*J2], [-i*k2*J2, J2]]*w in w temperature 0
        bath sz(A) density J2*w in w temperature T2
        shift xi*sz(B)
      }
      let rhoL = steady(L)
      crosscheck shifted: rhoL by nullspace, doubles at 2 points digits 9 seed 6
      """
    let status = try Self.status(body)
    #expect(status == ["roads": .agrees, "shifted": .agrees])
  }

  @Test func unequalSplittingsLeaveAProduct() throws {
    let body = """
      \(Self.parameters)
      model D {
        hamiltonian -Delta/2*sz(A) - (Delta + d)/2*sz(B)
        bath sx(A), sx(B) density [[J1, K1], [K1, J1]]*w in w temperature T1
        bath sx(A), sx(B) density [[J2, K2], [K2, J2]]*w in w temperature T2
      }
      let rho = steady(D)
      let up(w) = J1*w/(1 - exp(-w/T1)) + J2*w/(1 - exp(-w/T2))
      let dn(w) = J1*w*exp(-w/T1)/(1 - exp(-w/T1)) + J2*w*exp(-w/T2)/(1 - exp(-w/T2))
      let e = Delta + d
      let n = (up(Delta) + dn(Delta))*(up(e) + dn(e))
      claim product: rho == diag(up(Delta)*up(e), up(Delta)*dn(e), dn(Delta)*up(e), dn(Delta)*dn(e))/n
      """
    #expect(try Self.status(body) == ["product": .proved])
  }

  /// Baths that see one qubit each leave it open whether the splittings are equal.
  @Test func separateBathsNeedNoOrderOfSplittings() throws {
    let body = """
      \(Self.parameters)
      model S {
        hamiltonian -Delta/2*sz(A) - d/2*sz(B)
        bath sx(A), sx(B) density [[J1, 0], [0, J1]] temperature T1
        bath sx(B) density J2 temperature T2
      }
      let rho = steady(S)
      let up = J1/(1 - exp(-d/T1)) + J2/(1 - exp(-d/T2))
      let dn = J1/(exp(d/T1) - 1) + J2/(exp(d/T2) - 1)
      let q = 1/(1 + exp(-Delta/T1))
      claim product: rho == diag(q*up, q*dn, (1 - q)*up, (1 - q)*dn)/(up + dn)
      """
    #expect(try Self.status(body) == ["product": .proved])
  }

  /// With one splitting zero: the levels of the second qubit are degenerate and the limit of the rate
  /// at zero frequency enters.
  @Test func aQubitWithoutSplitting() throws {
    let body = """
      \(Self.parameters)
      model Z {
        hamiltonian -Delta/2*sz(A)
        bath sx(A), sx(B) density [[J1, K1], [K1, J1]]*w in w temperature T1
        bath sx(A), sy(B) density [[J2, K2], [K2, J2]]*w/(d^2 + w^2) in w temperature T2
      }
      let rho = steady(Z)
      let up = J1*Delta/(1 - exp(-Delta/T1)) + J2*Delta/(d^2 + Delta^2)/(1 - exp(-Delta/T2))
      let dn = J1*Delta/(exp(Delta/T1) - 1) + J2*Delta/(d^2 + Delta^2)/(exp(Delta/T2) - 1)
      claim product: rho == diag(up, up, dn, dn)/(2*(up + dn))
      model Y {
        hamiltonian -Delta/2*sz(A)
        bath sx(A), sx(B) density [[J1, K1], [K1, J1]]*w in w temperature T1
      }
      claim conserved: dimension(steady_space(Y)) == 2
      """
    #expect(try Self.status(body) == ["product": .proved, "conserved": .proved])
  }

  @Test func oneFieldForAllLeavesDarkStates() throws {
    let two = """
      \(Self.parameters)
      model N {
        hamiltonian -Delta/2*(sz(A) + sz(B))
        bath sx(A), sx(B) density [[J1, J1], [J1, J1]] temperature T1
        bath sx(A), sx(B) density [[J2, J2], [J2, J2]] temperature T2
      }
      claim two: dimension(steady_space(N)) == 2
      """
    #expect(try Self.status(two) == ["two": .proved])
    // Three qubits: one spin 3/2 and two spins 1/2 that the field does not tell apart, 1 + 2·2.
    let three = """
      parameter Delta, T1, J1 > 0
      qubit A, B, C
      model Q {
        hamiltonian -Delta/2*(sz(A) + sz(B) + sz(C))
        bath sx(A) + sx(B) + sx(C) density J1 temperature T1
      }
      claim five: dimension(steady_space(Q)) == 5
      """
    #expect(try Self.status(three) == ["five": .proved])
    #expect(throws: DocumentError.self) {
      try Self.document(two + "\nlet rho = steady(N)")
    }
  }

  @Test func spectrumOfOneQubit() throws {
    let body = """
      parameter Delta, T, J > 0
      qubit A
      model W {
        hamiltonian -Delta/2*sz(A)
        bath sx(A) density J temperature T
      }
      let decay = J*(1 + 2/(exp(Delta/T) - 1))
      claim modes: spectrum(W) == {0, -decay, -decay/2 + i*Delta, -decay/2 - i*Delta}
      """
    #expect(try Self.status(body) == ["modes": .proved])
  }

  /// A coupling that makes H no longer diagonal; one temperature must give the thermal state.
  @Test func thermalStateOfACoupledPair() throws {
    let body = """
      parameter T, J1, J2 > 0
      parameter 0 < g < 1/4
      qubit A, B
      model G {
        hamiltonian -(sz(A) + sz(B))/2 + g*(sx(A)*sx(B) + sy(A)*sy(B))
        bath sx(A) density J1*w/(1 + w^2) in w temperature T
        bath sx(B) density J2*w in w temperature T
      }
      let rho = steady(G)
      let n = exp(1/T) + exp(-1/T) + exp(2*g/T) + exp(-2*g/T)
      claim ground: rho[1,1] == exp(1/T)/n
      claim middle: rho[2,2] == (exp(2*g/T) + exp(-2*g/T))/(2*n)
      claim coherence: rho[2,3] == (exp(-2*g/T) - exp(2*g/T))/(2*n)
      """
    let status = try Self.status(body)
    #expect(status == ["ground": .proved, "middle": .proved, "coherence": .proved])
  }

  @Test(arguments: [
    [
      "hamiltonian -Delta/2*sz(A) - d/2*sz(B)", "density [[J1, K1], [K1, J1]]*w in w",
      "the sign of",
    ],
    ["hamiltonian -Delta/2*sz(A)", "density [[J1, K1], [K1, J1]]", "zero frequency"],
    ["hamiltonian -Delta/2*sz(A)\nshift sx(A)", "density [[0, 0], [0, 0]]", "a shift acts within"],
    ["hamiltonian -Delta/2*sz(A)", "density J1", "2×2 matrix"],
    ["hamiltonian -sz(A) - sz(B)", "density [[J1, 2*J1], [2*J1, J1]]", "negative eigenvalue"],
    ["hamiltonian -sz(A) - sz(B)", "density [[-J1, 0], [0, J1]]", "negative eigenvalue"],
    ["hamiltonian -Delta/2*sz(A)", "density [[J1, K1], [K2, J1]]", "not conjugate"],
    ["hamiltonian -Delta/2*sz(A)", "density [[J1, K1], [K1, J1]] in", "after 'in'"],
    ["hamiltonian -Delta/2*sz(A)", "density [[J1, K1], [K1, J1]] temperature K1", "temperature"],
    ["hamiltonian -Delta/2*sz(A)", "in w", "'density'"],
  ])
  func errors(lines: [String]) throws {
    let temperature =
      lines[1].contains("temperature") || lines[1].hasSuffix("in")
      ? "" : " temperature T1"
    let body = """
      \(Self.parameters)
      model E {
        \(lines[0].replacingOccurrences(of: "\n", with: "\n  "))
        bath sx(A), sx(B) \(lines[1])\(temperature)
      }
      """
    do {
      _ = try Self.document(body)
      Issue.record("no error for \(lines)")
    } catch DocumentError.invalid(_, let rendered) {
      #expect(rendered.contains(lines[2]), "\(rendered)")
    }
  }
}
