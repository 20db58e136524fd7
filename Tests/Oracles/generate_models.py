"""Small open systems: QuTiP in doubles, python-flint exactly.

A model is "dims" (subsystem dimensions, first most significant), "hamiltonian" (a matrix of [re, im] pairs of
exact numbers) and "jumps" ({"rate", "matrix"}): d rho/dt = -i[H, rho] + sum rate (L rho L' - {L'L, rho}/2).
Resets are written as jumps; entries are rational because norms sit in the rates. sz|0> = |0>, basis 0 first,
so the excited state of H = +sz/2 is |0> and the lowering operator is |1><0|.

Results: "kernel_dimension" (exact), "steady_state" ([re, im] doubles as text; null unless unique),
"exact_steady_state" ([re, im] exact; for dimension at most 4), "entanglement": for each bipartition ("sites"
are transposed) N = (||rho^T||_1 - 1)/2 and log2(2N + 1); "concurrence" (two qubits, else null);
"onsets": where two of the models begin to entangle, doubles rounded to 8 decimals.
"liouvillian_eigenvalues" ([re, im], sorted; tolerance about 1e-7 where defective). Doubles agree with the
exact state to 1e-10.
"""
from fractions import Fraction

import flint
import numpy as np
import qutip  # warns without matplotlib; harmless

from oracle import rational, systems, write

F = Fraction


class G:
    """A Gaussian rational matrix: lists of (re, im)."""

    def __init__(self, rows):
        self.rows = [[e if isinstance(e, tuple) else (F(e), F(0)) for e in row] for row in rows]
        self.n = len(rows)

    def __add__(self, other):
        return G([[(a[0] + b[0], a[1] + b[1]) for a, b in zip(r, s)] for r, s in zip(self.rows, other.rows)])

    def __rmul__(self, q):
        return G([[(F(q) * a, F(q) * b) for a, b in row] for row in self.rows])

    def __matmul__(self, other):
        """Kronecker product."""
        out = []
        for row in self.rows:
            for other_row in other.rows:
                out.append([(a * c - b * d, a * d + b * c) for a, b in row for c, d in other_row])
        return G(out)

    def array(self):
        return np.array([[float(a) + 1j * float(b) for a, b in row] for row in self.rows])

    def text(self):
        return [[[rational(a), rational(b)] for a, b in row] for row in self.rows]


ONE, SX, SZ = G([[1, 0], [0, 1]]), G([[0, 1], [1, 0]]), G([[1, 0], [0, -1]])
SY = G([[0, (F(0), F(-1))], [(F(0), F(1)), 0]])
LOWER, RAISE = G([[0, 0], [1, 0]]), G([[0, 1], [0, 0]])


def unit(n, i, j):
    return G([[int((a, b) == (i, j)) for b in range(n)] for a in range(n)])


def on(site, operator, sites=2):
    out = None
    for k in range(sites):
        factor = operator if k == site else ONE
        out = factor if out is None else out @ factor
    return out


def reset(site, state, rate, sites=2):
    """Jumps |state><s|; the states are 0, 1, +, - and +p with p the mixing of (1 + p sx)/2."""
    if isinstance(state, Fraction):
        return reset(site, "+", rate * (1 + state) / 2, sites) + reset(site, "-", rate * (1 - state) / 2, sites)
    column = {"0": (1, 0, 1), "1": (0, 1, 1), "+": (1, 1, 2), "-": (1, -1, 2)}[state]
    jumps = []
    for s in range(2):
        matrix = G([[column[i] if j == s else 0 for j in range(2)] for i in range(2)])
        jumps.append((F(rate) / column[2], on(site, matrix, sites)))
    return jumps


def noise(site, b, c, s, sites=2):
    """Decay rates of the reset-qubit paper: B, C and the temperature s (1/2 is infinite)."""
    out = [(b * (1 - s), on(site, LOWER, sites)), (b * s, on(site, RAISE, sites)), ((2 * c - b) / 4, on(site, SZ, sites))]
    return [(rate, op) for rate, op in out if rate]


def total(*terms):
    out = terms[0]
    for t in terms[1:]:
        out = out + t
    return out


MODELS = []


def exact_kernel(h, jumps):
    """(dimension of the null space over the complex numbers, the steady state or None), by FLINT over Q."""
    n = h.n
    size = n * n

    def conj(m):
        return G([[(a, -b) for a, b in row] for row in m.rows])

    def transpose(m):
        return G([list(c) for c in zip(*m.rows)])

    def times(a, b):
        return G([[(sum(a.rows[i][k][0] * b.rows[k][j][0] - a.rows[i][k][1] * b.rows[k][j][1] for k in range(n)),
                    sum(a.rows[i][k][0] * b.rows[k][j][1] + a.rows[i][k][1] * b.rows[k][j][0] for k in range(n))) for j in range(n)]
                  for i in range(n)])
    one = G([[int(i == j) for j in range(n)] for i in range(n)])
    # row-major vec: vec(A rho B) = (A (x) B^T) vec(rho)
    left, right = h @ one, one @ transpose(h)
    liouvillian = G([[(a[1] - b[1], -(a[0] - b[0])) for a, b in zip(r, s)] for r, s in zip(left.rows, right.rows)])
    for rate, op in jumps:
        square = times(transpose(conj(op)), op)
        liouvillian = liouvillian + rate * (op @ conj(op)) + (-rate / 2) * (square @ one) + (-rate / 2) * (one @ transpose(square))
    entries = [[F(0)] * (2 * size) for _ in range(2 * size)]
    for i, row in enumerate(liouvillian.rows):
        for j, (a, b) in enumerate(row):
            entries[i][j] = entries[size + i][size + j] = a
            entries[i][size + j], entries[size + i][j] = -b, b
    def matrix(rows):
        return flint.fmpq_mat([[flint.fmpq(x.numerator, x.denominator) for x in row] for row in rows])
    nullity = 2 * size - matrix(entries).rank()
    assert nullity % 2 == 0
    if nullity != 2:
        return nullity // 2, None
    for k in (0, 1):  # the equations of rho_00 follow from the others: trace conservation
        entries[k * size] = [F(int((j - k * size) in {i * n + i for i in range(n)})) for j in range(2 * size)]
    rhs = flint.fmpq_mat(2 * size, 1, [flint.fmpq(int(i == 0)) for i in range(2 * size)])
    solution = matrix(entries).solve(rhs)
    value = [F(int(solution[i, 0].p), int(solution[i, 0].q)) for i in range(2 * size)]
    return 1, G([[(value[i * n + j], value[size + i * n + j]) for j in range(n)] for i in range(n)])


def model(name, dims, h, jumps, partitions=()):
    jumps = [(F(rate), op) for rate, op in jumps]
    for row in range(h.n):
        for column in range(h.n):
            a, b = h.rows[row][column], h.rows[column][row]
            assert a == (b[0], -b[1]), "the Hamiltonian is Hermitian"
    qdims = [list(dims), list(dims)]
    quantum_h = qutip.Qobj(h.array(), dims=qdims)
    collapse = [np.sqrt(float(rate)) * qutip.Qobj(op.array(), dims=qdims) for rate, op in jumps]
    kernel, exact = exact_kernel(h, jumps)
    liouvillian = qutip.liouvillian(quantum_h, collapse).full()
    eigenvalues = sorted(np.linalg.eigvals(liouvillian), key=lambda z: (round(z.real, 7), round(z.imag, 7)))
    assert sum(abs(z) < 1e-9 for z in eigenvalues) == kernel
    record = {"name": name, "dims": list(dims), "hamiltonian": h.text(),
              "jumps": [{"rate": rational(rate), "matrix": op.text()} for rate, op in jumps], "kernel_dimension": kernel}
    record["steady_state"] = record["exact_steady_state"] = record["concurrence"] = None
    record["entanglement"] = []
    if exact is not None:
        steady = qutip.steadystate(quantum_h, collapse, method="direct")
        matrix = steady.full()
        assert np.max(np.abs(matrix - exact.array())) < 1e-10, name
        record["steady_state"] = [[[repr(float(z.real)), repr(float(z.imag))] for z in row] for row in matrix]
        if h.n <= 4:
            record["exact_steady_state"] = exact.text()
        for sites in partitions:
            mask = [int(k in sites) for k in range(len(dims))]
            values = np.linalg.eigvalsh(qutip.partial_transpose(steady, mask).full())
            negativity = max(0.0, float(-values[values < 0].sum()))
            reference = np.linalg.eigvalsh(qutip.partial_transpose(qutip.Qobj(exact.array(), dims=qdims), [1 - m for m in mask]).full())
            assert abs(negativity + reference[reference < 0].sum()) < 1e-9
            record["entanglement"].append({"sites": list(sites), "negativity": repr(negativity),
                                           "log_negativity": repr(float(np.log2(2 * negativity + 1)))})
        if tuple(dims) == (2, 2):
            c = float(qutip.concurrence(steady))
            flip = np.kron(SY.array(), SY.array())
            rho = exact.array()
            roots = np.sort(np.sqrt(np.abs(np.linalg.eigvals(rho @ flip @ rho.conj() @ flip))))[::-1]
            assert abs(c - max(0.0, roots[0] - roots[1:].sum())) < 1e-6, name
            assert (c > 1e-6) == (float(record["entanglement"][0]["negativity"]) > 1e-8), name
            record["concurrence"] = repr(c)
    record["liouvillian_eigenvalues"] = [[repr(float(z.real)), repr(float(z.imag))] for z in eigenvalues]
    MODELS.append(record)


ZZ, XX, YY = SZ @ SZ, SX @ SX, SY @ SY
HEISENBERG = total(XX, YY, ZZ)
dephasing = [(F(1, 2), on(0, SZ)), (F(1, 2), on(1, SZ))]

model("qubit with thermal decay", (2,), F(1, 2) * SZ, [(F(13, 10), LOWER), (F(3, 10), RAISE)])
model("driven qubit, decay and dephasing", (2,), total(F(3, 4) * SX, F(1, 5) * SZ), [(1, LOWER), (F(1, 7), SZ)])
model("Ising, dephasing, reset to +", (2, 2), 10 * ZZ, dephasing + reset(0, "+", 27) + reset(1, "+", 27), [(0,), (1,)])
model("Ising, dephasing, reset at g = r/4 (defective)", (2, 2), 1 * ZZ, dephasing + reset(0, "+", 4) + reset(1, "+", 4), [(0,)])
model("Heisenberg, dephasing, reset to 0 and 1", (2, 2), 5 * HEISENBERG, dephasing + reset(0, "0", 27) + reset(1, "1", 27), [(0,)])
model("Heisenberg, slow reset, separable", (2, 2), F(1, 2) * HEISENBERG, dephasing + reset(0, "0", F(1, 4)) + reset(1, "1", F(1, 4)), [(0,)])
XYZ = total(7 * XX, 3 * YY, 10 * ZZ, 5 * on(0, SX), 5 * on(1, SX))
# C = B/2 and gamma = C/4 with gamma = 1: C = 4, B = 8
for s, label in ((F(0), "zero"), (F(1, 2), "infinite")):
    model(f"XYZ with field, reset to +, {label} temperature", (2, 2), XYZ,
          noise(0, F(8), F(4), s) + noise(1, F(8), F(4), s) + reset(0, "+", 50) + reset(1, "+", 50), [(0,)])
model("Ising, imperfect reset p = 9/10", (2, 2), 10 * ZZ, dephasing + reset(0, F(9, 10), 27) + reset(1, F(9, 10), 27), [(0,)])
model("Ising, imperfect reset p = 1/2", (2, 2), 10 * ZZ, dephasing + reset(0, F(1, 2), 27) + reset(1, F(1, 2), 27), [(0,)])
model("sx sx with decay, no reset", (2, 2), F(1, 2) * XX, noise(0, F(2), F(1), F(1)) + noise(1, F(2), F(1), F(1)), [(0,)])
DM = total(SX @ SY, -1 * (SY @ SX))
model("complex Hamiltonian: antisymmetric exchange and sy field", (2, 2), total(2 * DM, F(3, 2) * on(0, SY), F(1, 3) * on(1, SX), 1 * ZZ),
      dephasing + reset(0, "+", 6) + reset(1, "0", 4), [(0,)])
EXCHANGE = total(1 * on(0, SZ), 1 * on(1, SZ), F(4, 5) * (LOWER @ RAISE), F(4, 5) * (RAISE @ LOWER))
model("exchange between a hot and a cold bath", (2, 2), EXCHANGE,
      [(F(3, 100), on(0, LOWER)), (F(2, 100), on(0, RAISE)), (F(1), on(1, LOWER)), (F(1, 1000), on(1, RAISE))], [(0,)])
model("three levels in a cycle with couplings", (3,),
      total(2 * unit(3, 1, 1), 5 * unit(3, 2, 2), F(1, 2) * unit(3, 0, 1), F(1, 2) * unit(3, 1, 0), F(1, 3) * unit(3, 1, 2), F(1, 3) * unit(3, 2, 1)),
      [(1, unit(3, 0, 1)), (F(1, 4), unit(3, 1, 0)), (2, unit(3, 1, 2)), (F(1, 10), unit(3, 2, 0)), (F(3, 5), unit(3, 0, 2))])
cycle = [(F(3, 2), G([[1, 0], [0, 1]]) @ unit(3, 0, 1)), (F(1, 2), ONE @ unit(3, 1, 2)), (F(1, 5), LOWER @ G([[1, 0, 0], [0, 1, 0], [0, 0, 1]])),
         (F(1, 9), ONE @ unit(3, 2, 0))]
hop = G([[0, 1, 0], [1, 0, 1], [0, 1, 0]])
model("qubit and three levels", (2, 3), total(1 * (SX @ hop), F(1, 2) * (SZ @ G([[1, 0, 0], [0, 0, 0], [0, 0, -1]]))), cycle, [(0,), (1,)])
sites = 3
three = total(*[5 * G(m.rows) for m in ((SZ @ SZ) @ ONE, (ONE @ SZ) @ SZ, (SZ @ ONE) @ SZ)])
jumps3 = []
for i in range(3):
    jumps3 += [(F(1, 2), on(i, SZ, 3))] + reset(i, "+", 15, 3)
model("three qubits, all-to-all Ising, reset to +", (2, 2, 2), three, jumps3, [(0,), (1,), (2,)])
model("Ising and dephasing without reset: not unique", (2, 2), 1 * ZZ, dephasing)
model("collective decay with a dark state: not unique", (2, 2), total(1 * on(0, SZ), 1 * on(1, SZ)), [(1, total(on(0, LOWER), on(1, LOWER)))])



def onset(s, low, high):
    """The reset rate at which the XYZ model with field begins to entangle, by bisection in doubles."""
    def lowest(rate):
        jumps = noise(0, 8.0, 4.0, s) + noise(1, 8.0, 4.0, s) + [(rate / 2, on(i, G([[int(j == t) for j in range(2)] for _ in range(2)])))
                                                                 for i in range(2) for t in range(2)]
        collapse = [np.sqrt(float(q)) * qutip.Qobj(op.array(), dims=[[2, 2], [2, 2]]) for q, op in jumps]
        state = qutip.steadystate(qutip.Qobj(XYZ.array(), dims=[[2, 2], [2, 2]]), collapse, method="direct")
        return np.linalg.eigvalsh(qutip.partial_transpose(state, [1, 0]).full())[0]
    assert lowest(low) > 0 > lowest(high)
    for _ in range(45):
        middle = (low + high) / 2
        low, high = (middle, high) if lowest(middle) > 0 else (low, middle)
    return repr(round(low, 8))


ONSETS = [{"model": "XYZ with field, reset to +, zero temperature", "parameter": "reset rate", "onset": onset(0.0, 5.0, 20.0)},
          {"model": "XYZ with field, reset to +, infinite temperature", "parameter": "reset rate", "onset": onset(0.5, 10.0, 40.0)}]
print(ONSETS)

write("models.json", "generate_models.py", systems("qutip", "numpy", "python-flint"), {"models": MODELS, "onsets": ONSETS})
for m in MODELS:
    print(m["name"], m["kernel_dimension"], m["entanglement"], m["concurrence"])
