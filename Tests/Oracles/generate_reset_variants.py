"""The variants of the reset-qubits paper from full density matrices: steady states by QuTiP, in doubles.

"values": a name of derivations/reset-qubits.md, the point "at" which it is taken, and its value, right to 1e-9. "onsets": a
threshold of the document and its value, by bisection of the least eigenvalue of the partial transpose.

QuTiP has no negativity averaged over bipartitions, no distribution of the number of qubits, and no thresholds: these are made
here of its steady states. The gas of spins has no counterpart in QuTiP.
"""
import itertools
import math

import numpy as np
import qutip as qt
from scipy.optimize import brentq

from oracle import systems, write

SX, SY, SZ = qt.sigmax(), qt.sigmay(), qt.sigmaz()


def on(n, places):
    return qt.tensor([places.get(k, qt.qeye(2)) for k in range(n)])


def reset(n, i, bloch, rate):
    """Jumps of a reset to the state with this Bloch vector: |v><j| for its eigenvectors v and levels j."""
    state = (qt.qeye(2) + bloch[0] * SX + bloch[1] * SY + bloch[2] * SZ) / 2
    weights, vectors = state.eigenstates()
    return [
        math.sqrt(rate * w) * on(n, {i: v * qt.basis(2, j).dag()})
        for w, v in zip(weights, vectors) if w > 1e-14 for j in range(2)
    ]


def steady(n, pairs, coupling, field, down, up, dephasing, rate, bloch):
    h = 0
    for i, j in pairs:
        for g, s in zip(coupling, (SX, SY, SZ)):
            h += g * on(n, {i: s, j: s})
    for i in range(n):
        for f, s in zip(field, (SX, SY, SZ)):
            h += f * on(n, {i: s})
    jumps = []
    for i in range(n):
        # |0> is the upper state: down takes it to |1>.
        lower = qt.basis(2, 1) * qt.basis(2, 0).dag()
        jumps += [math.sqrt(down) * on(n, {i: lower}), math.sqrt(up) * on(n, {i: lower.dag()})]
        jumps.append(math.sqrt(dephasing / 2) * on(n, {i: SZ}))
        jumps += reset(n, i, bloch, rate)
    return qt.steadystate(h, [c for c in jumps if c.norm() > 0], method="direct")


def spectrum(rho, party):
    n = len(rho.dims[0])
    return np.linalg.eigvalsh(qt.partial_transpose(rho, [int(i in party) for i in range(n)]).full())


def negativity(rho, party):
    return float(sum(max(0.0, -x) for x in spectrum(rho, party)))


def every(n):
    return list(itertools.combinations(range(n), 2))


def ising(n, g, r):
    return steady(n, every(n), (0, 0, g), (0, 0, 0), 0, 0, 1, r, (1, 0, 0))


def xyz(r, h, k):
    return steady(2, [(0, 1)], (7, 3, 10), (5, 0, 0), 2 * k * (1 - h), 2 * k * h, 0, r, (1, 0, 0))


def chain(g, r):
    return steady(
        5, [(i, i + 1) for i in range(4)], (0.7 * g, 0.3 * g, g), (0.5 * g, 0, 0), 0, 0, 1, r, (1, 0, 0))


def average(rho):
    n = len(rho.dims[0])
    parties = [p for k in range(1, n) for p in itertools.combinations(range(n), k) if 0 in p]
    return sum(negativity(rho, p) for p in parties) / len(parties)


def mixture(g, r, mean, numbers):
    weights = [mean**n / math.factorial(n) for n in numbers]
    pair = sum(w * ising(n, g, r).ptrace([0, 1]) for w, n in zip(weights, numbers))
    return negativity(pair / sum(weights), [0])


def main():
    values = []

    def record(name, value, **at):
        values.append({"name": name, "at": {k: str(v) for k, v in at.items()}, "value": repr(float(value))})

    for k, r in ((4, 30), (4, 60), (1, 20)):
        record("plus_cold", negativity(xyz(r, 0, k), [0]), g=10, gamma=1, k_C=k, r=r)
        record("plus_hot", negativity(xyz(r, 0.5, k), [0]), g=10, gamma=1, k_C=k, r=r)
    for r in (20, 100):
        five = ising(5, 5, r)
        record("average_5", average(five), g=5, gamma=1, r=r)
        record("pair_of_5", negativity(five.ptrace([0, 1]), [0]), g=5, gamma=1, r=r)
        record("mixture", mixture(5, r, 4, range(2, 7)), g=5, gamma=1, r=r, Nbar=4)
    for r in (20, 50):
        rho = chain(5, r)
        record("chain_end", negativity(rho, [0]), g=5, gamma=1, r=r)
        record("chain_cut", negativity(rho, [0, 1]), g=5, gamma=1, r=r)

    def onset(state, low, high):
        return brentq(lambda r: spectrum(state(r), [0])[0], low, high, xtol=1e-11)

    onsets = [
        {"name": "onset_cold", "value": repr(onset(lambda r: xyz(r, 0, 4), 5, 12))},
        {"name": "onset_hot", "value": repr(onset(lambda r: xyz(r, 0.5, 4), 15, 30))},
        {"name": "onset_cold_unit", "value": repr(onset(lambda r: xyz(r, 0, 1), 3, 8))},
        {"name": "onset_hot_unit", "value": repr(onset(lambda r: xyz(r, 0.5, 1), 3, 8))},
        {"name": "pair_3", "value": repr(onset(lambda r: ising(3, 5, r).ptrace([0, 1]), 10, 25))},
        {"name": "pair_4", "value": repr(onset(lambda r: ising(4, 5, r).ptrace([0, 1]), 20, 35))},
    ]
    write(
        "reset_variants.json", "generate_reset_variants.py", systems("qutip", "numpy", "scipy"),
        {"values": values, "onsets": onsets})


if __name__ == "__main__":
    main()
