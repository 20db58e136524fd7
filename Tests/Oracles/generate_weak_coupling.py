"""Weakly coupled systems: the secular generator of second order, in doubles, by NumPy and QuTiP.

A case is "dims", "hamiltonian", and "baths": "couplings" (matrices), "density" ("constant" or "ohmic": J(w) = J0
or J0*w, J0 a matrix "strength"), "temperature" (exact; "0" for a cold bath). Matrices are of [re, im] pairs of exact
numbers. "dephasing" is a rate for every qubit (jump sz at half the rate).

The generator is assembled from eigenvectors of H, a pair of levels at a time: the term of S_j between levels (a, b) and
of S_i between (c, d) is kept where the differences of energy agree to 1e-9. Rates: gamma_ij(w) = J_ij(w)(1 + n(w)),
gamma_ij(-w) = J_ji(w) n(w), n the Bose function.

Recorded: "kernel_dimension" (singular values below 1e-9 of the generator), "steady_state" where unique, from
QuTiP's steadystate of the same generator, checked against the null vector; and "generator_trace", the
trace of the superoperator.
"""
from fractions import Fraction as F

import numpy as np
import qutip  # warns without matplotlib; harmless

from oracle import systems, write

ONE = np.eye(2)
SX = np.array([[0, 1], [1, 0]], dtype=complex)
SY = np.array([[0, -1j], [1j, 0]])
SZ = np.diag([1.0, -1.0]).astype(complex)


def on(site, operator, sites):
    out = np.eye(1)
    for k in range(sites):
        out = np.kron(out, operator if k == site else ONE)
    return out


def text(matrix):
    def number(x):
        return str(F(float(x)).limit_denominator(10**6))

    return [[[number(e.real), number(e.imag)] for e in row] for row in np.asarray(matrix, dtype=complex)]


def rates(bath, w):
    size = abs(w)
    j = np.array([[float(x) for x in row] for row in bath["strength"]])
    t = float(F(bath["temperature"]))
    if size < 1e-9:
        assert bath["density"] == "ohmic"
        return j * t
    if bath["density"] == "ohmic":
        j = j * size
    n = 1 / np.expm1(size / t) if t > 0 else 0.0
    return j * (1 + n) if w > 0 else j.T * n


def generator(h, baths, dephasing, sites):
    n = len(h)
    energies, vectors = np.linalg.eigh(h)
    one = np.eye(n)
    total = -1j * (np.kron(h, one) - np.kron(one, h.T))

    def add(rate, right, left):
        loss = left.conj().T @ right
        return rate * (np.kron(right, left.conj()) - (np.kron(loss, one) + np.kron(one, loss.T)) / 2)

    for bath in baths:
        inside = [vectors.conj().T @ s @ vectors for s in bath["operators"]]
        pairs = [(a, b) for a in range(n) for b in range(n)]
        for j, s in enumerate(inside):
            for a, b in pairs:
                if abs(s[a, b]) < 1e-12:
                    continue
                w = energies[b] - energies[a]
                gamma = rates(bath, w)
                right = s[a, b] * np.outer(vectors[:, a], vectors[:, b].conj())
                for i, r in enumerate(inside):
                    for c, d in pairs:
                        if abs(r[c, d]) < 1e-12 or abs(energies[d] - energies[c] - w) > 1e-9:
                            continue
                        left = r[c, d] * np.outer(vectors[:, c], vectors[:, d].conj())
                        total = total + add(gamma[i, j], right, left)
    for site in range(sites):
        z = on(site, SZ, sites)
        total = total + add(float(F(dephasing)) / 2, z, z)
    return total


def case(name, h, baths, dephasing="0"):
    n = len(h)
    sites = int(np.log2(n))
    total = generator(h, baths, dephasing, sites)
    _, values, right = np.linalg.svd(total)
    dimension = int((values < 1e-9).sum())
    state = None
    if dimension == 1:
        null = right[-1].conj().reshape(n, n)
        null = null / np.trace(null)
        # QuTiP stacks columns: its superoperator acts on the transposed vectorisation.
        swap = np.arange(n * n).reshape(n, n).T.reshape(-1)
        q = qutip.Qobj(total[np.ix_(swap, swap)], dims=[[[n], [n]], [[n], [n]]])
        found = qutip.steadystate(q).full()
        assert np.abs(found - null).max() < 1e-10, name
        state = [[[repr(float(e.real)), repr(float(e.imag))] for e in row] for row in null]
    return {
        "name": name, "dims": [2] * sites, "hamiltonian": text(h),
        "baths": [
            {"couplings": [text(s) for s in b["operators"]], "density": b["density"],
             "strength": b["strength"], "temperature": b["temperature"]} for b in baths],
        "dephasing": dephasing, "kernel_dimension": dimension, "steady_state": state,
        "generator_trace": repr(float(np.trace(total).real)),
    }


def bath(operators, strength, temperature, density="constant"):
    return {"operators": operators, "strength": strength, "temperature": temperature, "density": density}


def pair(j, k):
    return [[j, k], [k, j]]


def floats(bath):
    return {**bath, "strength": [[str(x) for x in row] for row in bath["strength"]]}


def main():
    a, b = on(0, SX, 2), on(1, SX, 2)
    za, zb = on(0, SZ, 2), on(1, SZ, 2)
    x = [on(k, SX, 3) for k in range(3)]
    flip = on(0, SX, 2) @ on(1, SX, 2) + on(0, SY, 2) @ on(1, SY, 2)
    three = -sum(on(k, SZ, 3) for k in range(3)) / 2
    cases = [
        case("two baths", -(za + zb) / 2, [bath([a, b], pair(1, 0.25), "1/5"), bath([a, b], pair(10, 9.5), "1/3")]),
        case("two baths and dephasing", -(za + zb) / 2,
             [bath([a, b], pair(1, -0.5), "1"), bath([a, b], pair(0.5, 0.5), "1/2")], "3/4"),
        case("a cold bath", -(za + zb), [bath([a, b], pair(1, 0.75), "0"), bath([a, b], pair(2, 0.5), "2")]),
        case("different splittings", -za / 2 - zb,
             [bath([a, b], pair(1, 0.5), "1", "ohmic"), bath([a, b], pair(2, 1), "1/2", "ohmic")]),
        case("no splitting of one", -za / 2,
             [bath([a, b], pair(1, 0.5), "1", "ohmic"), bath([a, on(1, SY, 2)], pair(2, 1), "1/2", "ohmic")]),
        case("one field for both", -(za + zb) / 2, [bath([a, b], pair(1, 1), "1"), bath([a, b], pair(2, 2), "1/2")]),
        case("exchange", -(za + zb) / 2 + flip * 3 / 16,
             [bath([a], [[1]], "1", "ohmic"), bath([b], [[2]], "1/4", "ohmic")]),
        case("three in one field", three, [bath([x[0] + x[1] + x[2]], [[1]], "1/2")]),
        case("three", three, [
            bath(x, [[1, 0.5, 0.25], [0.5, 1, 0.5], [0.25, 0.5, 1]], "1/2"), bath([x[0]], [[3]], "2")]),
    ]
    for entry in cases:
        entry["baths"] = [floats(b) for b in entry["baths"]]
        print(entry["name"], entry["kernel_dimension"])
    write("weak_coupling.json", "generate_weak_coupling.py", systems("numpy", "qutip"), {"cases": cases})


if __name__ == "__main__":
    main()
