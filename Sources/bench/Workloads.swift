/// The three closed forms that the benchmark evaluates, as printed in the papers. Nothing is simplified
/// by hand; what an engine makes of them is its own affair.
extension Workload {
  /// All of them, in the order of the tables.
  static let all = [resetQubits, twoBathQubits, drivenModes]

  /// Eq. (3) of the reset qubits: the negativity of the steady state.
  static let resetQubits = Workload(
    letter: "a", title: "Eq. (3) of the reset qubits",
    inputs: [
      Input(name: "g", first: 5, last: 2000, places: 2, stride: 617),
      Input(name: "gamma", first: 11, last: 299, places: 2, stride: 101),
      Input(name: "r", first: 7, last: 2003, places: 2, stride: 773),
    ],
    definitions: [
      ("D", "2*g^2 + (r + gamma/2)*(r + gamma)"),
      (
        "N",
        "max(0, -(gamma*(r + gamma/2)^2 + g^2*(r + gamma) - r*g*(r + gamma))/(2*(r + gamma)*D))"
      ),
    ],
    outputs: ["N"])

  /// Eqs. (21), (23) and (24) of the two-bath qubits: the coherence and the eigenvalue of the partial
  /// transpose that may be negative. The rates are those of Eq. (21) with either sign, so that there
  /// are two exponentials a bath.
  static let twoBathQubits = Workload(
    letter: "b", title: "c and lambda_- of the two-bath qubits",
    inputs: [
      Input(name: "Delta", first: 51, last: 200, places: 2, stride: 47),
      Input(name: "T1", first: 11, last: 301, places: 2, stride: 89),
      Input(name: "T2", first: 13, last: 293, places: 2, stride: 57),
      Input(name: "J1", first: 53, last: 201, places: 2, stride: 31),
      Input(name: "J2", first: 503, last: 5000, places: 2, stride: 1301),
      Input(name: "K1", first: 3, last: 49, places: 2, stride: 11),
      Input(name: "K2", first: 51, last: 497, places: 2, stride: 131),
      Input(name: "xi", first: 1, last: 61, places: 2, stride: 23),
    ],
    definitions: [
      ("u1", "1 - exp(-Delta/T1)"),
      ("u2", "1 - exp(-Delta/T2)"),
      ("v1", "1 - exp(Delta/T1)"),
      ("v2", "1 - exp(Delta/T2)"),
      ("gamma", "J1/u1 + J2/u2"),
      ("beta", "K1/u1 + K2/u2"),
      ("eta", "-(J1/v1 + J2/v2)/gamma"),
      ("etap", "-(K1/v1 + K2/v2)/beta"),
      (
        "c",
        """
        (gamma/beta)*(etap - eta)*(1 - eta^2)
          / (4*(etap - eta)^2 + (gamma/beta)^2*(1 + eta)^3*(1 + eta + xi)
             - (1 + etap)*(1 + 3*eta^2 + 3*etap + etap*eta^2))
        """
      ),
      ("z", "1 + eta"),
      ("s", "etap*eta + etap - eta - 1"),
      ("b", "c*beta/(gamma*z^3)"),
      ("p1", "1/z^2 + b*(z*(eta + etap) - 2*s)"),
      ("p4", "eta^2/z^2 + b*(z*(eta + etap) + 2*eta*s)"),
      ("lambda", "(p1 + p4)/2 - sqrt((p1 - p4)^2 + 4*c^2)/2"),
    ],
    outputs: ["c", "lambda"])

  /// Eqs. (7) to (9) and (15) of the driven modes, in the domain in which they hold as printed (modes
  /// above the pump frequency by less than that frequency, weak enough coupling): the moduli of alpha and
  /// beta, the normal frequencies, and the occupations of both normal modes at zero temperature.
  static let drivenModes = Workload(
    letter: "c", title: "Bogoliubov coefficients and occupations of the driven modes",
    inputs: [
      Input(name: "omega_a", first: 1301, last: 1600, places: 2, stride: 101),
      Input(name: "omega_b", first: 1303, last: 1599, places: 2, stride: 71),
      Input(name: "omega_p", first: 1001, last: 1199, places: 2, stride: 37),
      Input(name: "kappa", first: 11, last: 49, places: 2, stride: 7),
      Input(name: "zeta1", first: 51, last: 197, places: 2, stride: 43),
      Input(name: "zeta2", first: 53, last: 203, places: 2, stride: 29),
      Input(name: "nu1", first: 51, last: 149, places: 2, stride: 13),
      Input(name: "nu2", first: 53, last: 151, places: 2, stride: 17),
    ],
    definitions: [
      ("Delta1", "omega_a - omega_p"),
      ("Delta2", "omega_b - omega_p"),
      ("S", "Delta1 + Delta2"),
      ("q", "sqrt(S^2/(S^2 - 4*kappa^2))"),
      ("alpha", "sqrt(q/2 + 1/2)"),
      ("beta", "sqrt(q/2 - 1/2)"),
      ("a11", "(Delta1 - Delta2)/2 - 2*kappa^2/sqrt(S^2 - 4*kappa^2) + S*q/2"),
      ("a22", "-(Delta1 - Delta2)/2 - 2*kappa^2/sqrt(S^2 - 4*kappa^2) + S*q/2"),
      ("C", "alpha^2*(pi*zeta1*(omega_p + a11)/(nu1^2 + (omega_p + a11)^2))"),
      ("D", "beta^2*(pi*zeta2*(omega_p - a11)/(nu2^2 + (omega_p - a11)^2))"),
      ("E", "alpha^2*(pi*zeta2*(omega_p + a22)/(nu2^2 + (omega_p + a22)^2))"),
      ("F", "beta^2*(pi*zeta1*(omega_p - a22)/(nu1^2 + (omega_p - a22)^2))"),
      ("nl", "D/(C - D)"),
      ("nm", "F/(E - F)"),
    ],
    outputs: ["alpha", "beta", "a11", "a22", "nl", "nm"])
}
