"""Driven systems with baths in time: the averaged generator by its matrix exponential, the generator periodic in time
by integrating the density matrix over a period, and the mean over a period of the concurrence.

In doubles, from the modes of `generate_floquet.py`. Run: python generate_floquet_evolution.py
"""
import numpy as np
import scipy.integrate
import scipy.linalg
from mpmath import mp

import generate_floquet as floquet
from oracle import systems, write

SY = np.array([[0, -1j], [1j, 0]])
YY = np.kron(SY, SY)


def array(m):
    return np.array([[complex(m[i, j]) for j in range(m.cols)] for i in range(m.rows)])


class Driven:
    """H, modes, elements and rates of a system in doubles."""

    def __init__(self, h, harmonics, baths, m):
        hm, vs = floquet.mpm(h), {k: floquet.mpm(v) for k, v in harmonics.items()}
        couplings = [floquet.mpm(b["coupling"]) for b in baths]
        gammas, u = floquet.modes_by_matrix(hm, vs, m)
        self.h, self.v = array(hm), {k: array(v) for k, v in vs.items()}
        self.gammas = np.array([float(g) for g in gammas])
        self.u = np.array([[[complex(x) for x in block] for block in mode] for mode in u])
        self.m, self.d = m, len(h)
        self.baths = []
        for bath, coupling in zip(baths, couplings):
            g = floquet.bath_function(bath)
            elements = floquet.elements_by_matrix(u, coupling)
            ks = sorted({k for k, _, _ in elements})
            a = np.array([[[complex(elements[k, i, j]) for j in range(self.d)] for i in range(self.d)] for k in ks])
            weights = np.array([[[float(g(mp.mpf(0) if i == j and k == 0 else gammas[i] - gammas[j] + k))
                                  for j in range(self.d)] for i in range(self.d)] for k in ks])
            self.baths.append((array(coupling), np.array(ks), a, weights * a))

    def modes(self, t):
        """u_a(t) as columns."""
        phases = np.exp(1j * np.arange(-self.m, self.m + 1) * t)
        return np.einsum("ani,n->ia", self.u, phases)

    def hamiltonian(self, t):
        out = self.h.copy()
        for k, v in self.v.items():
            out = out + v * np.exp(1j * k * t) + v.conj().T * np.exp(-1j * k * t)
        return out

    def averaged_generator(self, secular=False):
        """Of row-major r_ab, with the rate between populations 2R."""
        d = self.d
        out = np.zeros((d * d, d * d), complex)
        one = np.eye(d)
        for a in range(d):
            for b in range(d):
                out[a * d + b, a * d + b] -= 1j * (self.gammas[a] - self.gammas[b])
        for _, ks, el, weighted in self.baths:
            # The mean of (Lambda r A - A Lambda r) and its adjoint, term by term in K.
            gain = np.einsum("kac,kbe->abce", weighted, el.conj())
            loss = np.einsum("kea,kec->ac", el.conj(), weighted)
            part = gain + np.einsum("kac,kbe->abce", el, weighted.conj())
            part = part - np.einsum("ac,be->abce", loss, one) - np.einsum("be,ac->abce", loss.conj(), one)
            out += part.reshape(d * d, d * d)
        if secular:
            for i in range(d * d):
                for j in range(d * d):
                    diagonal = i % (d + 1) == 0 and j % (d + 1) == 0
                    if i != j and not diagonal:
                        out[i, j] = 0
        return out

    def state(self, t, start, secular=False):
        u0, u = self.modes(0), self.modes(t)
        r = scipy.linalg.expm(self.averaged_generator(secular) * t) @ (u0.conj().T @ start @ u0).reshape(-1)
        return u @ r.reshape(self.d, self.d) @ u.conj().T

    def dissipator(self, t):
        """A and Lambda(t) of each bath, in the basis of the system."""
        u = self.modes(t)
        for coupling, ks, _, weighted in self.baths:
            yield coupling, u @ np.einsum("k,kij->ij", np.exp(1j * ks * t), weighted) @ u.conj().T

    def derivative(self, t, rho):
        h = self.hamiltonian(t)
        out = -1j * (h @ rho - rho @ h)
        for a, la in self.dissipator(t):
            x = la @ rho
            y = x @ a - a @ x
            # rho need not be Hermitian: it runs over a basis of all matrices.
            z = rho @ la.conj().T
            out += y + a @ z - z @ a
        return out

    def periodic(self):
        """The steady state of the generator with all harmonics at points of the period, by integration in time."""
        d = self.d
        times = np.linspace(0, 2 * np.pi, 257)

        def flow(t, y):
            columns = y.view(complex).reshape(d * d, d, d)
            return np.array([self.derivative(t, c) for c in columns]).reshape(-1).view(float)

        start = np.eye(d * d, dtype=complex).reshape(-1)
        found = scipy.integrate.solve_ivp(
            flow, (0, 2 * np.pi), start.view(float), method="DOP853", t_eval=times, rtol=1e-13, atol=1e-15)
        maps = [np.ascontiguousarray(y).view(complex).reshape(d * d, d * d).T for y in found.y.T]
        equations = maps[-1] - np.eye(d * d)
        equations[0] = np.eye(d).reshape(-1)
        right = np.zeros(d * d, complex)
        right[0] = 1
        first = np.linalg.solve(equations, right)
        return [(m @ first).reshape(d, d) for m in maps[:-1]]


def concurrence(rho):
    values, vectors = np.linalg.eigh((rho + rho.conj().T) / 2)
    w = vectors * np.sqrt(np.maximum(values, 0))
    s = np.linalg.svd(w.T @ YY @ w, compute_uv=False)
    return max(0.0, s[0] - s[1] - s[2] - s[3])


def matrix(z):
    return [[[float(x.real), float(x.imag)] for x in row] for row in z]


def case(name, h, harmonics, baths, m, times):
    system = Driven(h, harmonics, baths, m)
    _, states = np.linalg.eigh(system.h)
    ground = np.outer(states[:, 0], states[:, 0].conj())
    moments = []
    for t in times:
        entry = {"time": str(t)}
        for key, secular in (("full", False), ("secular", True)):
            rho = system.state(float(floquet.F(str(t))), ground, secular)
            entry[key] = matrix(rho)
            entry["populations_" + key] = [float((states[:, k].conj() @ rho @ states[:, k]).real)
                                           for k in range(system.d)]
        moments.append(entry)
    periodic = system.periodic()
    result = {"name": name, "moments": moments, "periodic_average": matrix(sum(periodic) / len(periodic)),
              "periodic_start": matrix(periodic[0])}
    if system.d == 4:
        # The steady state of the averaged generator turns with the modes only.
        values, vectors = np.linalg.eig(system.averaged_generator())
        r = vectors[:, np.argmin(abs(values))].reshape(4, 4)
        r = r / np.trace(r)
        points = [system.modes(2 * np.pi * j / 4096) for j in range(4096)]
        result["mean_concurrence"] = float(np.mean([concurrence(u @ r @ u.conj().T) for u in points]))
        result["concurrence_periodic"] = float(concurrence(sum(periodic) / len(periodic)))
    print(name, result.get("mean_concurrence"), result.get("concurrence_periodic"), np.trace(periodic[7]))
    return result


def main():
    c = lambda re, im=0: (floquet.F(re), floquet.F(im))
    h3 = [[c(0), c("1/4", "1/8"), c(0)], [c("1/4", "-1/8"), c("7/10"), c("1/5")], [c(0), c("1/5"), c("19/10")]]
    v1 = [[c("1/5"), c("1/10", "1/5"), c("1/7")], [c(0, "1/3"), c("-2/5"), c("1/9")], [c("1/8"), c(0), c("1/4", "1/4")]]
    v2 = [[c(0), c("1/10"), c(0)], [c(0), c(0), c(0, "1/6")], [c("1/5"), c(0), c("1/10")]]
    a1 = [[c(1), c("1/2"), c(0)], [c("1/2"), c(0), c("1/3", "1/2")], [c(0), c("1/3", "-1/2"), c(-1)]]
    a2 = [[c(0), c(1), c(0, 1)], [c(1), c("1/2"), c(0)], [c(0, -1), c(0), c(0)]]
    hot = floquet.qubits("2", "6/5", "1/2", "1")
    cases = [
        case("off resonance", *floquet.qubits("19/5", "37/10", "1/10"), 40, ["1/3", "10", "700", "60000"]),
        case("hot", hot[0], hot[1], [{**hot[2][0], "T": "1/2"}], 36, ["2", "900"]),
        case("three levels", h3, {1: v1, 2: v2}, [
            {"coupling": a1, "kappa": "1/100", "wc": "5", "T": "1/2"},
            {"coupling": a2, "kappa": "1/40", "wc": "3", "T": "2"}], 36, ["1/3", "10", "250"]),
    ]
    write("floquet_evolution.json", "generate_floquet_evolution.py", systems("mpmath", "numpy", "scipy"), {"cases": cases})


if __name__ == "__main__":
    main()
