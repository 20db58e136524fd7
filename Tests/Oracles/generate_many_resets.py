"""Average negativity of all-to-all Ising qubits with dephasing and resets to |+>, from the full density matrix.

The elements whose indices differ in the sites m obey equations of their own, which the sites with fewer differences feed: one sparse
system for each m, without any permutation symmetry. Run: python generate_many_resets.py
"""
import numpy as np
import scipy.sparse
import scipy.sparse.linalg

from oracle import systems, write


def state(n, g, gamma, r):
    d = 2**n
    z = 1 - 2 * np.array([[(s >> (n - 1 - i)) & 1 for i in range(n)] for s in range(d)])
    energy = np.array([g * sum(z[s, i] * z[s, j] for i in range(n) for j in range(i)) for s in range(d)])
    parts = {}
    for m in sorted(range(d), key=lambda m: bin(m).count("1")):
        a = scipy.sparse.lil_matrix((d, d), dtype=complex)
        b = np.zeros(d, complex)
        for s in range(d):
            a[s, s] += -1j * (energy[s] - energy[s ^ m]) - gamma * bin(m).count("1") - n * r
            for bit in (1 << i for i in range(n)):
                for q in (s & ~bit, s | bit):
                    if m & bit:
                        # |+><+| has elements 1/2, times the trace over the site.
                        b[s] -= r / 2 * parts[m & ~bit][q]
                    else:
                        a[s, q] += r / 2
        if m == 0:
            a[0, :], b[0] = 1, 1
        parts[m] = scipy.sparse.linalg.spsolve(a.tocsc(), b)
    rho = np.zeros((d, d), complex)
    for m, values in parts.items():
        for s in range(d):
            rho[s, s ^ m] = values[s]
    return rho


def negativities(rho, n):
    tensor = rho.reshape([2] * (2 * n))
    for k in range(1, 2 ** (n - 1)):
        axes = list(range(2 * n))
        for i in (i for i in range(n) if (k >> i) & 1):
            axes[i], axes[n + i] = n + i, i
        w = np.linalg.eigvalsh(tensor.transpose(axes).reshape(2**n, 2**n))
        yield -w[w < 0].sum()


def main():
    cases = []
    for n, g, gamma, r in ((4, 5, 1, 20), (6, 5, 1, 20), (7, 5, 1, 20), (7, 2, 1, 30)):
        rho = state(n, float(g), float(gamma), float(r))
        assert abs(np.trace(rho) - 1) < 1e-12 and np.abs(rho - rho.conj().T).max() < 1e-12
        assert np.linalg.eigvalsh(rho).min() > -1e-14
        cases.append({"N": str(n), "g": str(g), "gamma": str(gamma), "r": str(r),
                      "average": float(np.mean(list(negativities(rho, n))))})
        print(cases[-1])
    write("many_resets.json", "generate_many_resets.py", systems("numpy", "scipy"), {"cases": cases})


if __name__ == "__main__":
    main()
