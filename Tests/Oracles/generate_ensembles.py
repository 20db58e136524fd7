"""Qubits that all interact alike: steady states and negativities from the full density matrix.

A case has the number of qubits "n" and the "parameters" of the model: a coupling [gx, gy, gz] of every pair,
H = sum_(i<j) gx XX + gy YY + gz ZZ, a field [hx, hy, hz] on every qubit, "down", "up" (jumps |1><0|, |0><1|),
"dephasing" (of coherences, the jump Z at half the rate), "reset" (its rate) and "bloch" (the reset state's vector).

Results: "pair", the 16 elements [re, im] of the reduced state of the first two qubits, row by row; "pair_negativity";
"negativity", of the first k qubits against the others for k = 1 .. n - 1; "average" over the 2^(n-1) - 1 bipartitions.

"doubles": the 4^n equations by SciPy's sparse LU with refinement, eigenvalues by NumPy. "digits": to 30 digits, the
linear system enclosed by Arb, eigenvalues by mpmath at two precisions. Nothing here uses that qubits are alike: the
permutation invariance of the result is checked, and Arb's cases are checked against SciPy's.

"philox": [key, counter, four words] of NumPy's Philox 4x64 with ten rounds.
"""
import itertools
import math
from fractions import Fraction as F

import flint
import mpmath
import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg as spl

from oracle import rational, systems, write

X, Y, Z = (np.array(m, dtype=complex) for m in ([[0, 1], [1, 0]], [[0, -1j], [1j, 0]], [[1, 0], [0, -1]]))
PAULI = [X, Y, Z]


def on(n, places):
    """The product of one-qubit matrices at some places, sparse."""
    result = sp.identity(1, format="csr", dtype=complex)
    for k in range(n):
        result = sp.kron(result, places.get(k, np.eye(2)), format="csr")
    return result


def parts(n, p):
    """The Hamiltonian and the jumps as (exact coefficient, matrix of small Gaussian integers); the resets apart."""
    h = []
    for a in range(3):
        h += [(p["coupling"][a], on(n, {i: PAULI[a], j: PAULI[a]})) for i, j in itertools.combinations(range(n), 2)]
        h += [(p["field"][a], on(n, {i: PAULI[a]})) for i in range(n)]
    lower, raise_ = np.array([[0, 0], [1, 0]]), np.array([[0, 1], [0, 0]])
    jumps = []
    for i in range(n):
        jumps += [(p["down"], on(n, {i: lower})), (p["up"], on(n, {i: raise_})), (p["dephasing"] / 2, on(n, {i: Z}))]
    return [t for t in h if t[0]], [t for t in jumps if t[0]]


def generator_terms(n, p):
    """The generator on row-major vec(rho) as a list of (exact coefficient, sparse matrix)."""
    one = sp.identity(2 ** n, format="csr", dtype=complex)
    h, jumps = parts(n, p)
    terms = [(c, -1j * (sp.kron(m, one) - sp.kron(one, m.T))) for c, m in h]
    for c, m in jumps:
        square = m.conj().T @ m
        terms.append((c / 2, 2 * sp.kron(m, m.conj()) - sp.kron(square, one) - sp.kron(one, square.T)))
    if p["reset"]:
        chi = {(0, 0): (1 + p["bloch"][2], 0), (1, 1): (1 - p["bloch"][2], 0),
               (0, 1): (p["bloch"][0], -p["bloch"][1]), (1, 0): (p["bloch"][0], p["bloch"][1])}
        for i in range(n):
            terms.append((-p["reset"], sp.identity(4 ** n, format="csr", dtype=complex)))
            for (s, t), (re, im) in chi.items():
                gain = sum(sp.kron(on(n, {i: np.eye(2)[:, [s]] @ np.eye(2)[[u], :]}),
                                   on(n, {i: np.eye(2)[:, [t]] @ np.eye(2)[[u], :]})) for u in range(2))
                terms += [(p["reset"] * re / 2, gain), (p["reset"] * im / 2, 1j * gain)]
    return [(c, m.tocsr()) for c, m in terms if c]


def in_doubles(n, p):
    size = 2 ** n
    generator = sum(float(c) * m for c, m in generator_terms(n, p)).tocsr()
    system = generator.tolil()
    system[0] = 0
    for k in range(size):
        system[0, k * size + k] = 1
    # In the order of the differing bits a diagonal H needs no fill-in between different sets of them.
    places = np.arange(size * size)
    order = np.lexsort((places, (places // size) ^ (places % size),
                        [bin((q // size) ^ (q % size)).count("1") for q in places]))
    system = system.tocsr()[order][:, order].tocsc()
    right = np.zeros(size * size, dtype=complex)
    right[0] = 1
    assert order[0] == 0
    factors = spl.splu(system, permc_spec="NATURAL", diag_pivot_thresh=0.0)
    y = factors.solve(right)
    for _ in range(4):
        y += factors.solve(right - system @ y)
    x = np.empty_like(y)
    x[order] = y
    assert np.max(np.abs(generator @ x)) < 1e-12
    return x.reshape(size, size)


def partial_transpose(rho, n, k):
    a, b = 2 ** k, 2 ** (n - k)
    return rho.reshape(a, b, a, b).transpose(2, 1, 0, 3).reshape(a * b, a * b)


def pair_of(rho, n):
    rest = 2 ** (n - 2)
    return np.einsum("axbx->ab", rho.reshape(4, rest, 4, rest))


def negative_sum(matrix):
    values = np.linalg.eigvalsh(matrix)
    return max(0.0, float(-values[values < 0].sum()))


def average(values, n):
    """Each bipartition is counted twice, as a party and as its complement."""
    return sum(math.comb(n, k + 1) * v for k, v in enumerate(values)) / (2 ** n - 2)


def spelled(p):
    return {k: [rational(x) for x in v] if isinstance(v, list) else rational(v) for k, v in p.items()}


def double_case(name, n, p):
    rho = in_doubles(n, p)
    assert np.max(np.abs(rho - rho.conj().T)) < 1e-13 and abs(np.trace(rho) - 1) < 1e-12
    assert np.linalg.eigvalsh(rho)[0] > -1e-13
    tensor = rho.reshape([2] * (2 * n))
    for i in range(n - 1):
        order = list(range(2 * n))
        order[i], order[i + 1], order[n + i], order[n + i + 1] = i + 1, i, n + i + 1, n + i
        assert np.max(np.abs(tensor - tensor.transpose(order))) < 1e-13, "not invariant"
    pair = pair_of(rho, n)
    values = [negative_sum(partial_transpose(rho, n, k)) for k in range(1, n)]
    assert all(abs(a - b) < 1e-13 for a, b in zip(values, reversed(values)))
    print(name, n, values)
    return {"name": name, "n": n, "parameters": spelled(p),
            "pair": [[repr(float(z.real)), repr(float(z.imag))] for z in pair.ravel()],
            "pair_negativity": repr(negative_sum(partial_transpose(pair, 2, 1))),
            "negativity": [repr(v) for v in values], "average": repr(average(values, n))}


def arb_digits(value, digits=30):
    with mpmath.workdps(60):
        return mpmath.nstr(mpmath.mpf(value.mid().str(60, radius=False)), digits)


def many_digits(matrix, size):
    """The sum of negative eigenvalues by mpmath at two precisions, with their difference as the radius."""
    results = []
    for digits in (50, 70):
        with mpmath.workdps(digits):
            values = mpmath.eighe(mpmath.matrix(size, size) + mpmath.matrix(
                [[mpmath.mpc(matrix[i, j].real.mid().str(80, radius=False), matrix[i, j].imag.mid().str(80, radius=False))
                  for j in range(size)] for i in range(size)]), eigvals_only=True)
            results.append(mpmath.fsum(-v for v in values if v < 0))
    assert abs(results[0] - results[1]) < mpmath.mpf(10) ** -40
    return flint.arb(mpmath.nstr(results[1], 60))


def digit_case(name, n, p):
    flint.ctx.prec = 300
    size = 2 ** n
    system = [[flint.acb(0)] * (size * size) for _ in range(size * size)]
    for c, m in generator_terms(n, p):
        factor = flint.acb(flint.fmpq(c.numerator, c.denominator))
        m = m.tocoo()
        for i, j, v in zip(m.row, m.col, m.data):
            system[i][j] += factor * flint.acb(v.real, v.imag)
    system[0] = [flint.acb(int(j % (size + 1) == 0)) for j in range(size * size)]
    right = flint.acb_mat([[int(i == 0)] for i in range(size * size)])
    x = flint.acb_mat(system).solve(right)
    rho = [[x[i * size + j, 0] for j in range(size)] for i in range(size)]
    double = in_doubles(n, p)
    assert all(abs(complex(rho[i][j]) - double[i, j]) < 1e-12 for i in range(size) for j in range(size))

    def transposed(k):
        low = 2 ** (n - k)
        return flint.acb_mat([[rho[j // low * low + i % low][i // low * low + j % low] for j in range(size)]
                              for i in range(size)])

    values = [many_digits(transposed(k), size) for k in range(1, n)]
    assert all(abs(float(v) - negative_sum(partial_transpose(double, n, k + 1))) < 1e-12 for k, v in enumerate(values))
    total = sum((math.comb(n, k + 1) * v for k, v in enumerate(values)), flint.arb(0)) / (2 ** n - 2)
    print(name, n, [v.str(12) for v in values])
    return {"name": name, "n": n, "parameters": spelled(p),
            "negativity": [arb_digits(v) for v in values], "average": arb_digits(total)}


def parameters(coupling=(0, 0, 0), field=(0, 0, 0), down=0, up=0, dephasing=0, reset=0, bloch=(1, 0, 0)):
    return {"coupling": [F(x) for x in coupling], "field": [F(x) for x in field], "down": F(down), "up": F(up),
            "dephasing": F(dephasing), "reset": F(reset), "bloch": [F(x) for x in bloch]}


ISING = parameters((0, 0, 5), dephasing=1, reset=8)
WEAK = parameters((0, 0, 5), dephasing=1, reset=30)
MIXED = parameters((0, 0, 4), (0, 0, F(1, 2)), F(1, 3), F(1, 7), F(3, 5), 7, (F(3, 5), F(2, 3), F(1, 5)))
XYZ = parameters((F(7), F(3), F(10)), (F(5), 0, 0), 1, F(1, 4), F(1, 2), 25)
TILTED = parameters((1, -2, F(3, 2)), (F(1, 3), F(1, 5), -1), F(1, 2), F(1, 4), F(1, 3), 3, (F(1, 2), F(-1, 3), F(1, 4)))
HEISENBERG = parameters((2, 2, 2), (0, 0, 1), 1, 0, F(1, 2), 4, (F(4, 5), 0, F(1, 3)))

doubles = [double_case("Ising", n, ISING) for n in range(2, 8)]
doubles += [double_case("Ising, fast resets", n, WEAK) for n in (2, 4, 6)]
doubles += [double_case("Ising, mixed resets and thermal noise", n, MIXED) for n in (2, 3, 4, 5)]
doubles += [double_case("XYZ with a field", n, XYZ) for n in (2, 3, 4, 5)]
doubles += [double_case("all terms", n, TILTED) for n in (2, 3, 4)]
doubles += [double_case("Heisenberg", n, HEISENBERG) for n in (3, 4)]
digits = [digit_case("Ising", n, ISING) for n in (2, 3, 4)]
digits += [digit_case("Ising, mixed resets and thermal noise", n, MIXED) for n in (2, 3)]
digits += [digit_case("all terms", 3, TILTED)]

philox = []
for key, counter in (((0, 0), (0, 0, 0, 0)), ((1, 2), (3, 4, 5, 6)), ((20261121, 7), (2 ** 63, 0, 1, 2 ** 64 - 1))):
    # NumPy raises the counter before the first block.
    value = sum(c << (64 * i) for i, c in enumerate(counter))
    before = (value - 1) % 2 ** 256
    source = np.random.Philox(key=np.array(key, dtype=np.uint64),
                              counter=np.array([(before >> (64 * i)) % 2 ** 64 for i in range(4)], dtype=np.uint64))
    words = [int(w) for w in source.random_raw(4)]
    philox.append({"key": [str(x) for x in key], "counter": [str(x) for x in counter], "words": [str(w) for w in words]})

write("ensembles.json", "generate_ensembles.py", systems("numpy", "scipy", "python-flint", "mpmath"),
      {"doubles": doubles, "digits": digits, "philox": philox})
