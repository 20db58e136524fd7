"""The five papers computed by QuTiP from their physics: operators, Hamiltonians, jumps, Floquet modes.

No formula of a paper or of Separatrix is used. A row says what is computed: "quantity" and "how"; its cases
("cases" of the file, by "row") have the values at points. "document" and "name" say what Separatrix evaluates there:
a name of the document, or one that the row's "text" adds to it; where "ask" is "solve", the roots of a threshold. A
row's "compare" is "absolute" (|x - y| at most "tolerance"), "relative" (of each element) or "multiset" (absolute, each
value with a partner of its own). "truncation", for Fock spaces, is the greatest change from one level a mode fewer; it
is below the tolerance, or nothing is written. "reason" says what limits the tolerance. "evolutions" have times, which
no document has; "outcomes" say what QuTiP answers where there is no unique steady state or none.

Tolerances are what QuTiP's doubles give: 1e-13 for well-conditioned linear systems, 1e-11 after the integration over
a period to 1e-14, 1e-9 relative to a small rate, 1e-7 where a concurrence takes roots of rounded zeros, and the
truncation of Fock spaces.
"""
import itertools
import math
from fractions import Fraction as F

import numpy as np
import qutip as qt
import scipy.linalg
import scipy.optimize
from qutip.solver.floquet import floquet_tensor

from oracle import systems, write

I2, SX, SY, SZ = qt.qeye(2), qt.sigmax(), qt.sigmay(), qt.sigmaz()
SP = qt.basis(2, 0) * qt.basis(2, 1).dag()  # |0><1|
rows, cases, evolutions, outcomes = [], [], [], []


def row(document, ident, quantity, how, name, tolerance, compare="absolute", text="", reason="", truncation=None,
        ask="evaluate"):
    ident = f"{document}/{ident}"
    rows.append({"id": ident, "document": document, "quantity": quantity, "how": how, "name": name, "ask": ask,
                 "text": text, "compare": compare, "tolerance": tolerance, "reason": reason,
                 "truncation": None if truncation is None else repr(float(truncation))})
    return ident


def case(ident, at, value):
    grid = np.atleast_2d(np.asarray(value.full() if isinstance(value, qt.Qobj) else value, dtype=complex))
    cases.append({"row": ident, "at": at, "values": spelled(grid)})


def column(values):
    return np.array([[v] for v in values])


def spelled(grid):
    return [[[repr(float(z.real)), repr(float(z.imag))] for z in line] for line in grid]


def point(**values):
    return {k: str(F(v)) for k, v in values.items()}


def numbers(at):
    return {k: float(F(v)) for k, v in at.items()}


def on(n, places):
    return qt.tensor([places.get(k, I2) for k in range(n)])


def transposed(rho, n, party):
    return qt.partial_transpose(rho, [1 if k in party else 0 for k in range(n)])


def negativity(rho, n, party):
    values = np.linalg.eigvalsh(transposed(rho, n, party).full())
    return float(np.maximum(0.0, -values).sum())


def least(rho):
    """The smallest eigenvalue of the partial transpose of two qubits: its sign changes where entanglement begins."""
    return float(np.linalg.eigvalsh(transposed(rho, 2, [0]).full())[0])


def root(f, low, high):
    return scipy.optimize.brentq(f, low, high, xtol=1e-15, rtol=1e-14)


# --- Reset qubits ---------------------------------------------------------------------------------------------------

def pure(vector):
    return vector * vector.dag()


PLUS, ZERO, ONE = pure((qt.basis(2, 0) + qt.basis(2, 1)).unit()), pure(qt.basis(2, 0)), pure(qt.basis(2, 1))


def resets(n, site, state, rate):
    """Jumps of r (chi (x) tr_i rho - rho), for a mixed chi by its eigenvectors."""
    values, vectors = state.eigenstates()
    return [math.sqrt(rate * p) * on(n, {site: v * qt.basis(2, s).dag()})
            for p, v in zip(values, vectors) if p > 1e-15 for s in (0, 1)]


def qubits(n, coupling=(0, 0, 0), field=(0, 0, 0), down=0, up=0, dephasing=0, reset=0, states=(PLUS,)):
    """The Hamiltonian and the jumps; coherences decay at the rate of dephasing."""
    h = 0 * on(n, {})
    for g, s in zip(coupling, (SX, SY, SZ)):
        h += sum((g * on(n, {i: s, j: s}) for i, j in itertools.combinations(range(n), 2)), 0 * on(n, {}))
    for b, s in zip(field, (SX, SY, SZ)):
        h += sum((b * on(n, {i: s}) for i in range(n)), 0 * on(n, {}))
    jumps = []
    for i in range(n):
        jumps += [math.sqrt(rate) * on(n, {i: s})
                  for rate, s in ((down, SP.dag()), (up, SP), (dephasing / 2, SZ)) if rate]
        if reset:
            jumps += resets(n, i, states[i % len(states)], reset)
    return h, jumps


def steady(h, jumps):
    rho = qt.steadystate(h, jumps, method="direct")
    residual = (qt.liouvillian(h, jumps) * qt.operator_to_vector(rho)).full()
    assert np.max(np.abs(residual)) < 1e-10, np.max(np.abs(residual))
    return (rho + rho.dag()) / 2


def average(rho, n):
    parties = [c for k in range(1, n) for c in itertools.combinations(range(n), k)]
    return sum(negativity(rho, n, p) for p in parties) / len(parties)


def reset_qubits():
    doc, solved = "reset-qubits", "`steadystate` with jumps for resets and dephasing"
    state = row(doc, "state", "steady state, Ising", solved, "rho", 1e-13)
    neg = row(doc, "negativity", "negativity", solved + ", `partial_transpose`", "negativity", 1e-13)
    spectrum = row(doc, "liouvillian", "spectrum of the generator", "eigenvalues of `liouvillian`", "spectrum", 1e-11,
                   "multiset", reason="degenerate eigenvalues")
    for g, c, r in (("5/2", 1, 5), (10, 1, 20), ("1/2", 1, "1/3"), (8, 1, 20), ("1/10", "1/100", 3)):
        at = point(g=g, gamma=c, r=r)
        g, c, r = numbers(at).values()
        h, jumps = qubits(2, (0, 0, g), dephasing=c, reset=r)
        rho = steady(h, jumps)
        case(state, at, rho)
        case(neg, at, negativity(rho, 2, [0]))
        case(spectrum, at, column(np.linalg.eigvals(qt.liouvillian(h, jumps).full())))
    defective = row(doc, "defective", "spectrum at g = r/4, where the generator is defective",
                    "eigenvalues of `liouvillian`", "spectrum", 1e-5, "multiset",
                    reason="Jordan blocks: the root of the rounding")
    case(defective, point(g=1, gamma=1, r=4), column(np.linalg.eigvals(qt.liouvillian(
        *qubits(2, (0, 0, 1), dephasing=1, reset=4)).full())))
    onset = row(doc, "onset", "threshold `onset`", solved + ", root of the least eigenvalue", "onset", 1e-12, ask="solve")
    case(onset, {}, root(lambda r: least(steady(*qubits(2, (0, 0, 2.5), dephasing=1, reset=r))), 4, 5))
    ident = row(doc, "no_reset", "dimension of the null space without resets", "rank of `liouvillian` by singular values",
                "q_dimension", 0, text="let q_dimension = dimension(stationary)")
    h, jumps = qubits(2, (0, 0, 2.5), dephasing=1)
    singular = np.linalg.svd(qt.liouvillian(h, jumps).full(), compute_uv=False)
    case(ident, point(g="5/2", gamma=1), int(sum(singular < 1e-12)))

    imperfect = row(doc, "imperfect", "imperfect resets: negativity", solved + " to a mixed state", "q_imperfect", 1e-13,
                    text="let q_imperfect = negativity(steady(P), A)")
    for g, r, p in ((8, 20, "9/10"), (30, 80, "17/20"), (8, 20, "4/5"), (10, 20, 1)):
        at = point(g=g, gamma=1, r=r, p=p)
        g, c, r, p = numbers(at).values()
        rho = steady(*qubits(2, (0, 0, g), dephasing=c, reset=r, states=((I2 + p * SX) / 2,)))
        case(imperfect, at, negativity(rho, 2, [0]))

    heisenberg = row(doc, "heisenberg", "Heisenberg coupling: negativity", solved + " to |0> and |1>", "N_H", 1e-13)
    state = row(doc, "heisenberg_state", "Heisenberg coupling: steady state", solved + " to |0> and |1>", "q_heisenberg",
                1e-13, text="let q_heisenberg = steady(Heisenberg)")
    for g, c, r in ((1, 1, 5), (1, 3, 2), (2, "1/2", 11), (1, 10, 30)):
        at = point(g=g, gamma=c, r=r)
        g, c, r = numbers(at).values()
        rho = steady(*qubits(2, (g, g, g), dephasing=c, reset=r, states=(ZERO, ONE)))
        case(heisenberg, at, negativity(rho, 2, [0]))
        case(state, at, rho)

    decay = row(doc, "decay", "decay at finite temperature: negativity", "`steadystate` with thermal jumps", "N_D", 1e-13)
    for g, c, s in ((1, 1, 1), ("1/2", 1, "9/10"), ("1/4", 1, "1/2"), ("3/10", "1/2", "4/5"), (3, 1, 1)):
        at = point(g=g, gamma=c, h=s)
        g, c, s = numbers(at).values()
        rho = steady(*qubits(2, (g, 0, 0), down=2 * c * (1 - s), up=2 * c * s))
        case(decay, at, negativity(rho, 2, [0]))

    ensembles(doc, solved)
    at = {"g": "5/2", "gamma": "1", "r": "5"}
    h, jumps = qubits(2, (0, 0, 2.5), (0.3, 0, 0.2), dephasing=1, reset=5)
    times = [0.05, 0.2, 1.0]
    run = qt.mesolve(h, on(2, {0: ZERO, 1: ZERO}), [0.0] + times, jumps,
                     options={"atol": 1e-12, "rtol": 1e-12, "method": "vern9", "progress_bar": ""})
    evolutions.append({"kind": "reset", "document": doc, "quantity": "state in time, Ising with a field and resets",
                       "how": "`mesolve`", "at": at, "tolerance": 1e-10, "times": [repr(t) for t in times],
                       "states": [spelled(s.full()) for s in run.states[1:]]})


def ensembles(doc, solved):
    """Qubits that all interact alike, with nothing made of it."""
    ising = """parameter q_N in 2..100
ensemble q_ising {
  coupling [0, 0, g]
  dephasing gamma
  reset to [1, 0, 0] rate r
}
let q_pair = pair_negativity(q_ising, q_N)
let q_average = average_negativity(q_ising, q_N)"""
    pair = row(doc, "ising_pair", "N = 2 to 5, all-to-all Ising: negativity of a pair", solved + ", `ptrace`", "q_pair",
               1e-13, text=ising)
    mean = row(doc, "ising_average", "N = 2 to 5, all-to-all Ising: average negativity over bipartitions",
               solved + ", every partial transpose", "q_average", 1e-13)
    reduced = row(doc, "ising_reduced", "N = 4, all-to-all Ising: state of a pair", solved + ", `ptrace`", "q_reduced",
                  1e-13, text="let q_reduced = reduced(q_ising, 4, 2)")
    for n, (g, c, r) in itertools.product((2, 3, 4, 5), ((5, 1, 8), (2, 1, 30), (20, 1, 60))):
        rho = steady(*qubits(n, (0, 0, g), dephasing=c, reset=r))
        two = rho.ptrace([0, 1])
        at = point(g=g, gamma=c, r=r, q_N=n)
        case(pair, at, negativity(two, 2, [0]))
        case(mean, at, average(rho, n))
        if n == 4:
            case(reduced, point(g=g, gamma=c, r=r), two)

    variants = {
        "xyz": ("XYZ coupling in a field, thermal noise",
                {"coupling": (7, 3, 10), "field": (5, 0, 0), "down": 1, "up": 0.25, "dephasing": 0.5, "reset": 25}),
        "all": ("Heisenberg coupling in a field, decay", {"coupling": (2, 2, 2), "field": (0.5, 0, 1), "down": 1,
                                                          "dephasing": 0.5, "reset": 4}),
        "cold": ("Fig. 2 at zero temperature", {"coupling": (0, 0, 10), "down": 8, "reset": 30}),
        "hot": ("Fig. 2 at infinite temperature", {"coupling": (0, 0, 20), "down": 4, "up": 4, "reset": 60}),
    }
    for name, (title, p) in variants.items():
        full = {"coupling": (0, 0, 0), "field": (0, 0, 0), "down": 0, "up": 0, "dephasing": 0, **p}

        def listed(values):
            return "[" + ", ".join(str(F(v)) for v in values) + "]"

        text = f"""ensemble q_{name} {{
  coupling {listed(full["coupling"])}
  field {listed(full["field"])}
  thermal down {F(full["down"])} up {F(full["up"])}
  dephasing {F(full["dephasing"])}
  reset to [1, 0, 0] rate {full["reset"]}
}}
let q_{name}_state = reduced(q_{name}, 3, 2)
let q_{name}_pair = pair_negativity(q_{name}, q_N)
let q_{name}_average = average_negativity(q_{name}, q_N)"""
        state = row(doc, name + "_state", f"N = 3, {title}: state of a pair", solved + ", `ptrace`", f"q_{name}_state",
                    1e-13, text=text)
        case(state, {}, steady(*qubits(3, **p)).ptrace([0, 1]))
        if name == "all":
            continue  # separable: equal resets stay equal
        pair = row(doc, name + "_pair", f"N = 2 to 4, {title}: negativity of a pair", solved + ", `ptrace`",
                   f"q_{name}_pair", 1e-13)
        mean = row(doc, name + "_average", f"N = 2 to 4, {title}: average negativity",
                   solved + ", every partial transpose", f"q_{name}_average", 1e-13)
        for n in (2, 3, 4):
            rho = steady(*qubits(n, **p))
            case(pair, point(q_N=n), negativity(rho.ptrace([0, 1]), 2, [0]))
            case(mean, point(q_N=n), average(rho, n))


# --- Two baths ------------------------------------------------------------------------------------------------------

def eigenoperators(h, operator):
    """S(w), the part of S that takes the energy w out, for w of either sign."""
    energies, states = np.linalg.eigh(h.full())
    s = states.conj().T @ operator.full() @ states
    parts = {}
    for i, j in itertools.product(range(len(energies)), repeat=2):
        if abs(s[i, j]) < 1e-14:
            continue
        w = next((v for v in parts if abs(v - (energies[j] - energies[i])) < 1e-9), energies[j] - energies[i])
        unit = np.zeros_like(s)
        unit[i, j] = s[i, j]
        parts[w] = parts.get(w, 0) + unit
    return {w: qt.Qobj(states @ m @ states.conj().T, dims=h.dims) for w, m in parts.items()}


def thermal(w, temperature):
    """Emission of w > 0 or absorption of -w, over the density."""
    return 1 / -math.expm1(-w / temperature) if w > 0 else 1 / math.expm1(-w / temperature)


def bath_jumps(h, operators, density, temperature):
    """Jumps of the secular equation for a density of the first operators that is the same at all frequencies."""
    parts = [eigenoperators(h, s) for s in operators]
    zero = qt.Qobj(np.zeros(h.shape), dims=h.dims)
    found = []
    for p in parts:
        found += [w for w in p if all(abs(w - v) > 1e-9 for v in found)]
    values, vectors = np.linalg.eigh(np.array(density, dtype=float))
    jumps = []
    for w in found:
        at_w = [next((m for v, m in p.items() if abs(v - w) < 1e-9), zero) for p in parts]
        for value, vector in zip(values, vectors.T):
            jump = sum((c * m for c, m in zip(vector, at_w)), zero)
            jumps.append(math.sqrt(max(0.0, value) * thermal(w, temperature)) * jump)
    return jumps


def two_bath_qubits():
    doc, solved = "two-bath-qubits", "`steadystate` with jumps from the eigenoperators"
    za, zb, xa, xb = on(2, {0: SZ}), on(2, {1: SZ}), on(2, {0: SX}), on(2, {1: SX})
    names = {
        "c": ("coherence of the degenerate states", lambda r: r[1, 2]),
        "p1": ("population of the ground state", lambda r: r[0, 0].real),
        "p2": ("population of |2>", lambda r: r[1, 1].real),
        "p4": ("population of |4>", lambda r: r[3, 3].real),
    }
    ids = {n: row(doc, n, q, solved, n, 1e-13) for n, (q, _) in names.items()}
    state = row(doc, "state", "steady state", solved + "; `bloch_redfield_tensor` with secular cutoff agrees",
                "rho", 1e-13)
    neg = row(doc, "negativity", "negativity", solved + ", `partial_transpose`", "negativity", 1e-13)
    concurrence = row(doc, "concurrence", "concurrence", solved + ", `concurrence`", "q_concurrence", 1e-9,
                      text="let q_concurrence = concurrence(rho)", reason="QuTiP takes roots of rounded eigenvalues")
    for d, t1, t2, j1, j2, k1, k2, xi in (
            (1, 2, "1/3", 1, 10, "1/4", "19/2", "1/2"), (1, 4, "1/10", 1, 50, 0, 50, 0), (1, 1, "1/2", 1, 2, "1/2", 1, 0),
            (1, "3/2", "1/5", 1, 10, 0, 10, 0), (2, 1, "1/3", 1, 5, "-1/2", 4, "1/10"), (1, 1, 1, 1, 2, 0, 1, 0),
            (1, 100, "1/10", 1, 1000, 0, 950, 0), (1, 5, "1/4", 2, 100, -1, 100, "1/20")):
        at = point(Delta=d, T1=t1, T2=t2, J1=j1, J2=j2, K1=k1, K2=k2, xi=xi)
        d, t1, t2, j1, j2, k1, k2, xi = numbers(at).values()
        h = -d / 2 * (za + zb)
        gamma = sum(j * thermal(d, t) for j, t in ((j1, t1), (j2, t2)))
        dephasing = [math.sqrt(xi * gamma / 4) * z for z in (za, zb)] if xi else []
        jumps = [j for s, k, t in ((j1, k1, t1), (j2, k2, t2)) for j in bath_jumps(h, (xa, xb), [[s, k], [k, s]], t)]
        rho = steady(h, jumps + dephasing)

        def spectrum(j, t):
            return lambda w: j * thermal(w, t) if w else 0.0

        couplings = [((xa + sign * xb) / math.sqrt(2), spectrum(j + sign * k, t)) for sign in (1, -1)
                     for j, k, t in ((j1, k1, t1), (j2, k2, t2))]
        tensor = qt.bloch_redfield_tensor(h, couplings, c_ops=dephasing, sec_cutoff=0.1, fock_basis=True)
        other = qt.steadystate(tensor)
        assert (rho - other).norm("max") < 1e-9, (at, (rho - other).norm("max"))
        grid = rho.full()
        for name, (_, element) in names.items():
            case(ids[name], at, element(grid))
        case(state, at, rho)
        case(neg, at, negativity(rho, 2, [0]))
        case(concurrence, at, qt.concurrence(rho))

    edge = row(doc, "T1max", "threshold `T1max`, both ends", solved + ", roots of the least eigenvalue", "T1max", 1e-9,
               ask="solve", reason="populations of 1e-5 squared at the lower end")

    def entangled(t1):
        jumps = bath_jumps(h, (xa, xb), [[1, 0], [0, 1]], t1) + bath_jumps(h, (xa, xb), [[50, 50], [50, 50]], 0.1)
        return least(steady(h, jumps))

    h = -0.5 * (za + zb)
    case(edge, {}, column([root(entangled, 0.112, 0.114), root(entangled, 7, 9)]))

    sectors = row(doc, "sectors", "K1 = J1, K2 = J2, xi = 0: dimension of the null space",
                  "rank of `liouvillian` by singular values", "q_sectors", 0,
                  text="let q_sectors = dimension(steady_space(one_place))")
    jumps = bath_jumps(h, (xa, xb), [[1, 1], [1, 1]], 1) + bath_jumps(h, (xa, xb), [[2, 2], [2, 2]], 0.5)
    singular = np.linalg.svd(qt.liouvillian(h, jumps).full(), compute_uv=False)
    case(sectors, point(Delta=1, T1=1, T2="1/2", J1=1, J2=2), int(sum(singular < 1e-12)))

    near = row(doc, "detuned", "nearly equal splittings", solved + ", detuning in the Hamiltonian", "rho_near", 1e-13)
    for delta, k2 in (("1/2", 1), ("-3", "3/2")):
        at = point(Delta=1, T1=1, T2="1/2", J1=1, J2=2, K1="1/4", K2=k2, xi=0, delta=delta)
        v = numbers(at)
        h = -0.5 * (za + zb)
        jumps = bath_jumps(h, (xa, xb), [[1, v["K1"]], [v["K1"], 1]], v["T1"])
        jumps += bath_jumps(h, (xa, xb), [[2, v["K2"]], [v["K2"], 2]], v["T2"])
        case(near, at, steady(h - v["delta"] / 4 * (za - zb), jumps))

    unequal = row(doc, "unequal", "different splittings", solved, "rho_unequal", 1e-13)
    at = point(D1=1, gap="1/2", T1=2, T2="1/2", g1=1, g2=2, u1=3, u2=1, K1="1/2", K2=1)
    h = -0.5 * za - 0.75 * zb
    jumps = bath_jumps(h, (xa, xb), [[1, 0.5], [0.5, 2]], 2) + bath_jumps(h, (xa, xb), [[3, 1], [1, 1]], 0.5)
    case(unequal, at, steady(h, jumps))


# --- Driven qubits --------------------------------------------------------------------------------------------------

PERIOD, SAMPLES = 2 * np.pi, 256
FIGURES = {"J": -2.5, "D1": 0.1, "D2": 0.15}
KAPPA, WC, T = 0.001, 10.0, 0.00467


def absorption(x):
    """g(x) = kappa x exp(-|x|/wc)/(exp(x/T) - 1), x the energy taken up."""
    x = np.asarray(x, dtype=float)
    safe = np.where(x == 0, 1.0, x)
    with np.errstate(over="ignore"):
        return KAPPA * np.where(x == 0, T, safe * np.exp(-np.abs(safe) / WC) / np.expm1(safe / T))


class Driven:
    """The Floquet modes of QuTiP at the points of one period, and what follows from them."""

    def __init__(self, amplitude, eps0, xi, **changes):
        p = {**FIGURES, **changes}
        z1, z2 = on(2, {0: SZ}), on(2, {1: SZ})
        self.h0 = (-eps0 / 2 * (z1 + z2) - p["D1"] / 2 * on(2, {0: SX}) - p["D2"] / 2 * on(2, {1: SX})
                   - p["J"] / 2 * (on(2, {0: SP, 1: SP.dag()}) + on(2, {0: SP.dag(), 1: SP})))
        self.drive = -amplitude / 2 * (z1 + z2)
        self.h = qt.QobjEvo([self.h0, [self.drive, lambda t: np.cos(t)]])
        self.coupling = z1 + xi * z2
        times = np.arange(SAMPLES + 1) * PERIOD / SAMPLES
        self.basis = qt.FloquetBasis(self.h, PERIOD, precompute=times,
                                     options={"method": "vern9", "atol": 1e-14, "rtol": 1e-14, "nsteps": 10 ** 6})
        q = np.sort(self.basis.e_quasi % 1)
        gaps = np.append(q[1:], q[0] + 1) - q
        cut = (q[np.argmax(gaps)] + gaps.max() / 2 + 0.5) % 1 - 0.5
        turned = (self.basis.e_quasi - cut) % 1 + cut
        self.order = np.argsort(turned)
        self.quasienergies = turned[self.order]
        shift = np.round(self.quasienergies - self.basis.e_quasi[self.order])
        # u_a(t) with the phase that belongs to the representative in the zone.
        self.modes = np.array([self.basis.mode(t, data=True).to_array()[:, self.order] * np.exp(1j * shift * t)
                               for t in times[:-1]])
        self.energies, states = self.h0.eigenstates()
        self.levels = np.column_stack([v.full()[:, 0] for v in states])
        inside = np.einsum("ik,tia->tak", self.levels.conj(), self.modes)
        self.overlaps = np.mean(np.abs(inside) ** 2, axis=0)

    def labels(self):
        return [int(np.argmax(self.overlaps[:, k])) for k in range(4)]

    def elements(self):
        """A^K_ab for K = -60 .. 60."""
        image = np.einsum("tia,ij,tjb->tab", self.modes.conj(), self.coupling.full(), self.modes)
        series = np.fft.fft(image, axis=0) / SAMPLES
        ks = np.arange(-60, 61)
        return ks, series[ks % SAMPLES]

    def averaged(self, r):
        return np.einsum("tia,ab,tjb->ij", self.modes, r, self.modes.conj()) / SAMPLES

    def generator(self, scale=2):
        """The averaged generator on r_ab by rows, from the sums over K: -dr/dt over r."""
        ks, a = self.elements()
        q = self.quasienergies
        g = absorption(q[:, None] - q[None, :] + ks[:, None, None])
        r = np.einsum("kac,kac,kbd->abcd", g, a, a.conj())
        one = np.eye(4)
        out = np.einsum("eeca->ca", r)
        l0 = (np.einsum("bd,ca->abcd", one, out) + np.einsum("ac,db->abcd", one, out.conj())
              - r - np.einsum("badc->abcd", r.conj()))
        return scale / 2 * l0.reshape(16, 16) + np.diag(1j * (q[:, None] - q[None, :]).ravel())

    def full(self):
        """The steady state of the averaged generator."""
        system = self.generator()
        system[0] = np.eye(4).ravel()
        return np.linalg.solve(system, np.eye(16)[0]).reshape(4, 4)

    def secular_tensor(self, scale=1):
        """QuTiP's own equation; its spectrum is positive for what is given off, and has a factor 2 pi in the rates."""
        return floquet_tensor(self.basis, [self.coupling], [lambda w: scale * absorption(-w) / (2 * np.pi)],
                              kmax=60, nT=SAMPLES)

    def rates(self):
        """From b to a, in the order of the quasienergies."""
        def between(tensor):
            return np.einsum("iijj->ij", tensor.full().reshape(4, 4, 4, 4)).real

        rates = between(self.secular_tensor())
        # The same with QuTiP's own temperature and the density of what is given off at none.
        with np.errstate(over="ignore"):
            own = between(floquet_tensor(self.basis, [self.coupling], [lambda w: np.where(
                w > 0, KAPPA * w * np.exp(-np.abs(w) / WC), 0) / (2 * np.pi)], w_th=T, kmax=60, nT=SAMPLES))
        off = ~np.eye(4, dtype=bool)
        assert np.allclose(rates[off], own[off], rtol=1e-9, atol=1e-22), (rates, own)
        return rates[np.ix_(self.order, self.order)]

    def secular(self):
        rates = self.rates()
        off = rates - np.diag(np.diag(rates))
        system = off - np.diag(off.sum(axis=0))
        system[0] = 1
        found = np.diag(np.linalg.solve(system, [1, 0, 0, 0]))
        # The whole equation by QuTiP, with rates of order one, which has a root of the rounding where some are tiny.
        whole = qt.steadystate(self.secular_tensor(1e6)).full()[np.ix_(self.order, self.order)]
        assert np.max(np.abs(whole - found)) < 1e-7, np.max(np.abs(whole - found))
        return found

    def state(self, r):
        rho = self.averaged(r)
        return qt.Qobj((rho + rho.conj().T) / 2, dims=[[2, 2], [2, 2]])

    def populations(self, rho):
        return np.einsum("ik,ij,jk->k", self.levels.conj(), rho.full(), self.levels).real


def driven_qubits():
    doc = "driven-qubits"
    given = " with J = -5/2, D1 = 1/10, D2 = 3/20, T = 0.00467, kappa = 1/1000, wc = 10"
    own = "own averaged generator on the modes of `FloquetBasis`"
    secular = "`FloquetBasis`, `floquet_tensor`"
    small = "small populations are quotients of small rates"
    spectrum = row(doc, "levels", "levels of H0", "`eigenenergies`", "spectrum", 1e-13)
    other = row(doc, "levels_positive_J", "levels of H0, J > 0", "`eigenenergies`", "spectrum_positive_J", 1e-13)
    for eps in (0, 1, "5/4", "37/10", 4):
        for name, j in ((spectrum, -2.5), (other, 2.5)):
            case(name, point(eps0=eps), column(Driven(0, float(F(eps)), 0, J=j).h0.eigenenergies()))
    quasi = row(doc, "quasienergies", "quasienergies", "`FloquetBasis`", "quasienergies", 1e-12)
    golden = row(doc, "golden", "golden-rule rates, downward", "matrix elements of `eigenstates`", "q_golden", 1e-11,
                 "relative", text="let q_golden = [[" + ", ".join(
                     f"golden[{a},{b}]" for a, b in itertools.combinations(range(1, 5), 2)) + "]]")
    rates = row(doc, "rates", "rates between Floquet states", secular, "q_rates", 1e-9, "relative",
                text="let q_rates = [" + ",\n  ".join(
                    "[" + ", ".join(f"rates[{a},{b}]" for b in range(1, 5) if b != a) + "]" for a in range(1, 5)) + "]",
                reason="rates of 1e-8 times squares of small elements")
    sec_state = row(doc, "secular_state", "secular steady state, averaged", secular, "q_secular", 1e-11, reason=small,
                    text="let q_secular = steady(D, generator = secular)" + given)
    sec_c = row(doc, "secular_concurrence", "C of the secular steady state", secular + ", `concurrence`",
                "concurrence_secular", 1e-7, reason="QuTiP takes roots of rounded eigenvalues")
    state = row(doc, "state", "steady state of the averaged generator", own, "rho_bar", 1e-11, reason=small)
    c = row(doc, "concurrence", "C of that state", own + ", `concurrence`", "concurrence", 1e-7,
            reason="QuTiP takes roots of rounded eigenvalues")
    pops = row(doc, "populations", "populations of the levels of H0", own, "populations", 1e-11, reason=small)
    for a, eps, xi in (("19/5", "37/10", "1/10"), ("3/2", "15/4", "1/10"), ("19/5", "13/4", "1/10"),
                       ("19/5", "15/4", "1/10"), ("19/5", "37/10", "1/2"), ("31/5", "11/2", 0), ("3/4", "2/5", "1/5"),
                       (0, 1, "1/10")):
        at = point(A=a, eps0=eps, xi=xi)
        d = Driven(*numbers(at).values())
        case(quasi, at, column(d.quasienergies))
        final = d.levels.conj().T @ d.coupling.full() @ d.levels
        values = np.abs(final) ** 2 * absorption(d.energies[:, None] - d.energies[None, :])
        case(golden, at, [values[i] for i in itertools.combinations(range(4), 2)])
        weights = np.sort(d.overlaps, axis=1)
        if a and np.all(weights[:, -1] > 0.6):
            l = d.labels()
            found = d.rates()[np.ix_(l, l)]
            case(rates, at, [[found[i, j] for j in range(4) if j != i] for i in range(4)])
        for ident, conc, r in ((sec_state, sec_c, d.secular()), (state, c, d.full())):
            rho = d.state(r)
            # Without a drive imaginary parts vanish, which no number of digits of an enclosure shows.
            if a or ident == sec_state:
                case(ident, at, rho)
            case(conc, at, qt.concurrence(rho))
        case(pops, at, column(d.populations(rho)))
        if a == "19/5" and eps == "37/10" and xi == "1/10":
            floquet_evolutions(doc, at, d)

    cross = row(doc, "xi_c", "threshold `xi_c`", secular + ", root of the difference of rates", "xi_c", 1e-9, ask="solve")

    def excess(xi):
        d = Driven(3.8, 3.7, xi)
        found = d.rates()[np.ix_(d.labels(), d.labels())]
        return (found[1, 2] - found[0, 2]) / found[1, 2]

    case(cross, {}, root(excess, 0.9, 0.98))
    half = row(doc, "amplitude_half", "threshold `amplitude_half`", own + ", root of C - 1/2", "amplitude_half", 1e-9,
               ask="solve")

    def above(amplitude):
        d = Driven(amplitude, 3.7, 0.1)
        return qt.concurrence(d.state(d.full())) - 0.5

    case(half, {}, root(above, 1.7, 1.9))


def floquet_evolutions(doc, at, d):
    order = [[repr(float(x)) for x in line] for line in d.overlaps]
    evolutions.append({"kind": "overlaps", "document": doc, "quantity": "Floquet modes: weights of the levels of H0",
                       "how": "`FloquetBasis.mode`", "at": at, "tolerance": 1e-10, "rows": order})
    start = qt.basis([2, 2], [0, 0])
    # Times in eighths of a period.
    eighths = [1, 5, 8, 8 * 37 + 3]
    run = qt.sesolve(d.h, start, [0.0] + [n * PERIOD / 8 for n in eighths],
                     options={"method": "vern9", "atol": 1e-13, "rtol": 1e-13, "nsteps": 10 ** 7, "progress_bar": ""})
    evolutions.append({"kind": "unitary", "document": doc, "quantity": "evolution without a bath, 37 periods",
                       "how": "`sesolve`", "at": at, "tolerance": 1e-10, "eighths": eighths,
                       "initial": spelled(pure(start).full()),
                       "states": [spelled(pure(s).full()) for s in run.states[1:]]})
    inside = d.modes[0].conj().T @ pure(start).full() @ d.modes[0]
    eighths, states = [3, 80 * 8, 2000 * 8 + 5, 40000 * 8], []
    for n in eighths:
        r = (scipy.linalg.expm(-d.generator() * n * PERIOD / 8) @ inside.ravel()).reshape(4, 4)
        modes = d.modes[n % 8 * SAMPLES // 8]
        states.append(spelled(modes @ r @ modes.conj().T))
    evolutions.append({"kind": "full", "document": doc, "quantity": "relaxation from |00>, 40000 periods",
                       "how": "own averaged generator on the modes of `FloquetBasis`", "at": at, "tolerance": 1e-9,
                       "eighths": eighths, "initial": spelled(pure(start).full()), "states": states})
    steady_r = d.full()
    mean = np.mean([qt.concurrence(qt.Qobj(m @ steady_r @ m.conj().T, dims=[[2, 2], [2, 2]])) for m in d.modes])
    evolutions.append({"kind": "mean", "document": doc, "quantity": "average over a period of C(t) in the steady state",
                       "how": "own averaged generator on the modes of `FloquetBasis`, `concurrence`", "at": at,
                       "tolerance": 1e-7, "rows": [[repr(float(mean))]]})
    # Diagonal in the Floquet basis at first: QuTiP's decay of coherences is a simpler one.
    mode = d.basis.mode(0)[d.order[0]]
    initial = 0.75 * pure(mode) + 0.25 * pure(d.basis.mode(0)[d.order[3]])
    initial.dims = [[2, 2], [2, 2]]
    eighths = [3, 80 * 8, 2000 * 8 + 5, 40000 * 8]
    solver = qt.FMESolver(d.basis, [(d.coupling, lambda w: 2 * absorption(-w) / (2 * np.pi))], kmax=60, nT=SAMPLES,
                          options={"store_states": True, "progress_bar": "", "atol": 1e-13, "rtol": 1e-12,
                                   "nsteps": 10 ** 7})
    run = solver.run(initial, [0.0] + [n * PERIOD / 8 for n in eighths])
    evolutions.append({"kind": "secular", "document": doc, "quantity": "relaxation of Floquet populations, 40000 periods",
                       "how": "`FMESolver`", "at": at, "tolerance": 1e-10, "eighths": eighths,
                       "initial": spelled(initial.full()), "states": [spelled(s.full()) for s in run.states[1:]]})


# --- Modes ----------------------------------------------------------------------------------------------------------

def ladder(levels):
    return [qt.tensor([qt.destroy(n) if k == i else qt.qeye(n) for k, n in enumerate(levels)])
            for i in range(len(levels))]


def moments(rho, a, pairs):
    """<a_i' a_j> or <a_i a_j> as asked: (i, True, j) or (i, False, j)."""
    return [qt.expect((a[i].dag() if adjoint else a[i]) * a[j], rho) for i, adjoint, j in pairs]


def covariance(rho, a):
    quadratures = [q for x in a for q in ((x + x.dag()) / math.sqrt(2), (x - x.dag()) / (1j * math.sqrt(2)))]
    return np.array([[qt.expect((p * q + q * p) / 2, rho) for q in quadratures] for p in quadratures]).real


def log_negativity(rho):
    return math.log(np.abs(np.linalg.eigvalsh(transposed(rho, 2, [0]).full())).sum())


def in_fock(build, levels, read):
    """What `read` finds with these levels, and its change from one fewer in each mode."""
    results = []
    for n in ([k - 1 for k in levels], levels):
        a = ladder(n)
        rho = qt.steadystate(*build(a), method="direct")
        results.append([np.atleast_1d(v) for v in read((rho + rho.dag()) / 2, a)])
    return results[1], max(np.max(np.abs(x - y)) for x, y in zip(*results))


def fock_rows(document, label, how, entries, at_points, build, levels, read, tolerance):
    """One row an entry (id, quantity, name, text); `read` gives the values in that order."""
    found, worst = [], 0.0
    for at in at_points:
        values, truncation = in_fock(lambda a: build(a, numbers(at)), levels, read)
        worst = max(worst, truncation)
        found.append((at, values))
    assert worst < tolerance, (label, worst)
    print(label, levels, "truncation", worst)
    for index, (ident, quantity, name, text) in enumerate(entries):
        row(document, ident, quantity, f"{how}, {' × '.join(map(str, levels))} levels", name, tolerance, text=text,
            reason="truncation of the Fock space", truncation=worst)
        for at, values in found:
            case(f"{document}/{ident}", at, values[index])


def driven_modes():
    """The bare modes in the pump's frame; golden-rule rates at zero temperature, at frequencies in the laboratory."""
    def build(a, v):
        fields = (a[0], a[1].dag())
        d1, d2, k = v["omega_a"] - v["omega_p"], v["omega_b"] - v["omega_p"], v["kappa"]
        h = d1 * a[0].dag() * a[0] + d2 * a[1].dag() * a[1] + k * (a[0] * a[1] + (a[0] * a[1]).dag())
        # i d(a, b')/dt = M (a, b'): x (a, b') turns as exp(-iwt) for left eigenvectors x of M.
        values, left = np.linalg.eig(np.array([[d1, k], [-k, -d2]]).T)
        back = np.linalg.inv(left.T)
        jumps = []
        for w, x, shares in zip(values.real, left.T, back.T):
            mode = sum(c * f for c, f in zip(x, fields))
            # In the laboratory a turns with omega_p more, b with the opposite of b'.
            for operator, frequency, share, n in ((mode, v["omega_p"] + w, shares[0], "1"),
                                                  (mode.dag(), v["omega_p"] - w, shares[1], "2")):
                assert frequency > 0
                density = v["zeta" + n] * frequency / (v["nu" + n] ** 2 + frequency ** 2)
                jumps.append(math.sqrt(2 * math.pi * density) * share * operator)
        return h, jumps

    def read(rho, a):
        two = log_negativity(rho)
        return [*moments(rho, a, [(0, True, 0), (1, True, 1), (0, False, 1)]), covariance(rho, a), two,
                (math.exp(two) - 1) / 2]

    points = [point(omega_a=1, omega_b=b, omega_p=10, kappa=k, zeta1=z, zeta2="1/100", nu1=1, nu2=1)
              for b, k, z in ((1, "9/5", "1/100"), ("3/5", "46/25", "1/100"), (1, "9/10", "1/50"))]
    entries = [("Na", "occupation of a", "Na", ""), ("Nb", "occupation of b", "Nb", ""), ("ab", "<ab>", "ab", ""),
               ("covariance", "covariance", "covariance", ""), ("logneg", "logarithmic negativity", "logneg", ""),
               ("negativity", "negativity", "negativity", "")]
    fock_rows("driven-modes", "driven modes", "`steadystate` of the bare modes in Fock space", entries, points, build,
              [10, 10], read, 1e-8)


def engines():
    doc, how = "entanglement-engines", "`steadystate` in Fock space"

    def heat(a, down, n):
        return [math.sqrt(down * (n + 1)) * a, math.sqrt(down * n) * a.dag()]

    def local(a, v):
        a, b = a
        h = v["omega_a"] * a.dag() * a + v["omega_b"] * b.dag() * b + v["g"] * (a.dag() * b + b.dag() * a)
        return h, heat(a, v["ka"], v["na"]) + heat(b, v["kb"], v["nb"])

    entries = [("local_a", "local approach: occupation of a", "Xa", ""),
               ("local_b", "local approach: occupation of b", "Xb", ""),
               ("local_ab", "local approach: <b'a>", "Xab", ""),
               ("local_logneg", "local approach: logarithmic negativity", "q_local",
                "let q_local = max(0, -log(2*smallest_symplectic_eigenvalue(partial_transpose(local, a))))")]
    points = [point(omega_a=1, omega_b=w, g=g, ka=1, kb=2, na=na, nb=nb)
              for w, g, na, nb in ((2, "1/2", "1/20", "1/30"), (1, "3/2", "1/20", 0), (1, -3, 0, "1/25"))]
    fock_rows(doc, "local", how, entries, points, local, [9, 9],
              lambda rho, a: [*moments(rho, a, [(0, True, 0), (1, True, 1), (1, True, 0)]), log_negativity(rho)], 1e-9)

    def normal(a, v):
        t = v["t"]
        c, s = (1 - t * t) / (1 + t * t), 2 * t / (1 + t * t)
        l, m = c * a[0] + s * a[1], c * a[1] - s * a[0]
        jumps = heat(l, c * c * v["k1"], v["n1"]) + heat(l, s * s * v["k2"], v["n2"])
        jumps += heat(m, s * s * v["k3"], v["n3"]) + heat(m, c * c * v["k4"], v["n4"])
        return v["w1"] * l.dag() * l + v["w2"] * m.dag() * m, jumps

    entries = [("global_ab", "global approach: bare <a'b>", "q_global",
                "let q_global = expectation(global, (c*l - s*m)'*(s*l + c*m))"),
               ("global_a", "global approach: bare occupation of a", "q_global_a",
                "let q_global_a = expectation(global, (c*l - s*m)'*(c*l - s*m))")]
    points = [point(t="1/3", k1=1, k2=2, k3=1, k4="1/2", n1="1/20", n2="1/100", n3="1/50", n4=0, w1=1, w2=2),
              point(t="2/3", k1=1, k2=1, k3=3, k4="1/2", n1=0, n2="1/30", n3="1/40", n4="1/60", w1=1, w2=3)]
    fock_rows(doc, "global", how + " of the bare modes", entries, points, normal, [9, 9],
              lambda rho, a: moments(rho, a, [(0, True, 1), (0, True, 0)]), 1e-11)

    def chain(x, v):
        h = (v["g1"] * (x[0].dag() * x[1] + x[1].dag() * x[0]) + v["g2"] * (x[1].dag() * x[2] + x[2].dag() * x[1]))
        return h, [j for i in range(3) for j in heat(x[i], v[f"j{i + 1}"], v[f"v{i + 1}"])]

    wanted = [(0, True, 0), (1, True, 0), (2, True, 0), (1, True, 1), (2, True, 1), (2, True, 2)]
    fock_rows(doc, "chain", how, [("chain", "three modes: all moments", "moments3", "")],
              [point(g1=1, g2="1/2", j1=1, j2=2, j3=1, v1="1/50", v2=0, v3="1/100")], chain, [5, 5, 5],
              lambda rho, x: [np.array([moments(rho, x, wanted)])], 1e-7)

    def squeezed(a, v):
        a, b = a
        h = v["Da"] * a.dag() * a + v["Db"] * b.dag() * b + v["kappa"] * (a * b + a.dag() * b.dag())
        return h, heat(a, v["ka"], v["na"]) + heat(b, v["kb"], v["nb"])

    entries = [("squeezed_a", "with squeezing: occupation of a", "Na", ""),
               ("squeezed_b", "with squeezing: occupation of b", "Nb", ""),
               ("squeezed_pair", "with squeezing: |<ab>|^2", "pair2", ""),
               ("squeezed_logneg", "with squeezing: logarithmic negativity", "logneg", "")]
    points = [point(ka=2, kb=1, na=na, nb=nb, Da=1, Db=0, kappa=k)
              for na, nb, k in (("1/40", "1/30", "1/5"), (0, 0, "1/4"), ("1/20", "1/20", "1/20"))]

    def read(rho, a):
        first, second, pair = moments(rho, a, [(0, True, 0), (1, True, 1), (0, False, 1)])
        return [first, second, abs(pair) ** 2, log_negativity(rho)]

    fock_rows(doc, "squeezed", how, entries, points, squeezed, [9, 9], read, 1e-6)

    ident = row(doc, "one_quantum", "a quantum in a dark normal mode: negativity", "`partial_transpose` of its state",
                "q_quantum", 1e-12, text="let q_quantum = negativity(one_quantum, A)")
    for t in ("1/3", "9/10"):
        x = float(F(t))
        c, s = (1 - x * x) / (1 + x * x), 2 * x / (1 + x * x)
        state = c * qt.basis([2, 2], [0, 1]) - s * qt.basis([2, 2], [1, 0])
        case(ident, point(t=t), negativity(pure(state), 2, [0]))


def without_a_unique_state():
    """What `steadystate` says where many states are stationary, or none."""
    def outcome(document, quantity, liouvillian, read, what):
        singular = np.linalg.svd(liouvillian.full(), compute_uv=False)
        count = int(sum(singular < 1e-10 * singular[0]))
        try:
            found = f"one answer without a warning, {what} {read(qt.steadystate(liouvillian)):.2f}"
        except Exception as error:
            found = f"the error “{error}”"
        outcomes.append({"document": document, "quantity": quantity,
                         "outcome": f"{count} vanishing singular values; `steadystate` gives {found}"})

    def first(rho):
        return rho[0, 0].real

    outcome("reset-qubits", "no resets: four-dimensional null space",
            qt.liouvillian(*qubits(2, (0, 0, 2.5), dephasing=1)), first, "population of |00>")
    za, zb, xa, xb = on(2, {0: SZ}), on(2, {1: SZ}), on(2, {0: SX}), on(2, {1: SX})
    h = -0.5 * (za + zb)
    jumps = bath_jumps(h, (xa, xb), [[1, 1], [1, 1]], 1) + bath_jumps(h, (xa, xb), [[2, 2], [2, 2]], 0.5)
    outcome("two-bath-qubits", "K1 = J1, K2 = J2, xi = 0: two conserved sectors", qt.liouvillian(h, jumps), first,
            "population of the ground state")
    tensor = Driven(3.8, 3.7, 1, D2=0.1).secular_tensor(1e6)
    outcome("driven-qubits", "D1 = D2, xi = 1: a dark singlet", tensor, first, "weight of a Floquet state")
    a, b = ladder([5, 5])
    h, both = a.dag() * a + b.dag() * b, a + b
    outcome("entanglement-engines", "a dark mode a - b, by 5 × 5 levels",
            qt.liouvillian(h, [math.sqrt(1.2) * both, math.sqrt(0.2) * both.dag()]),
            lambda rho: qt.expect((a - b).dag() * (a - b) / 2, rho), "occupation of the dark mode")
    grown = []
    for n in (6, 8, 10):
        a, b = ladder([n, n])
        rho = qt.steadystate(a.dag() * a + 1.5 * (a * b + a.dag() * b.dag()), [a, b])
        grown.append(f"{qt.expect(a.dag() * a, rho):.2f}")
    outcomes.append({"document": "entanglement-engines",
                     "quantity": "squeezing beyond the end of stability: no steady state",
                     "outcome": "`steadystate` gives one for any number of levels, with the occupation "
                                + ", ".join(grown) + " for 6, 8, 10 levels a mode"})


def main():
    reset_qubits()
    two_bath_qubits()
    driven_qubits()
    driven_modes()
    engines()
    without_a_unique_state()
    names = [r["id"] for r in rows]
    assert len(set(names)) == len(names)
    write("qutip.json", "generate_qutip.py", systems("qutip", "numpy", "scipy"),
          {"rows": rows, "cases": cases, "evolutions": evolutions, "outcomes": outcomes})


if __name__ == "__main__":
    main()
