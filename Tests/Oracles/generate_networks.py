"""Networks of bosonic modes on heat baths: mpmath eigenvectors, quadrature and linear solves, QuTiP in Fock spaces.

A network has "hamiltonian" (rows of [re, im], exact), "parties" (lists of modes), "approach" ("global", "local") and
"baths": {"statistics" ("boson", "spin"), "modes", "weight" (rows of [re, im]), "position" (modes with eta = 1), "z"
(e^-beta), "mu" (an integer), "k", "nu"} with the density D(e) = (k/2pi) e/(nu^2 + e^2).

Results, decimals: "occupations" (<a_j' a_i>, rows of [re, im]) without the Lamb shift; "shift" (the matrix of the
Lamb shift in the modes a) and "shifted" (occupations with it); "symplectic" ([modes of one side, least symplectic
eigenvalue of the partial transpose]). Everything goes by Eqs. (30), (31), (34) with eigenvectors U found in floats and
equal frequencies found by their distance, the shifts by quadrature of principal values: nothing is exact here.
The same is checked by the closed form of bosonic shifts and by a second precision.

"squeezed": two modes with local baths and kappa (ab + a'b'): [gamma_a, gamma_b, n_a, n_b, delta, kappa of the onset
of entanglement, kappa of the end of stability], the last two by bisection on numeric eigenvalues; onset "none" where
there is none. "fock": small networks solved by QuTiP in truncated Fock spaces, in doubles.
"""
import itertools
import random
from fractions import Fraction as Q

import mpmath as mp
import numpy as np
import qutip

from oracle import decimal, rational, systems, write

rng = random.Random(20261121)
DIGITS = 30


def cx(value):
    return value if isinstance(value, tuple) else (Q(value), Q(0))


def mul(a, b):
    return (a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0])


def matmul(a, b):
    n, m, k = len(a), len(b[0]), len(b)
    return [[(sum(mul(a[i][l], b[l][j])[0] for l in range(k)), sum(mul(a[i][l], b[l][j])[1] for l in range(k)))
             for j in range(m)] for i in range(n)]


def dagger(a):
    return [[(a[j][i][0], -a[j][i][1]) for j in range(len(a))] for i in range(len(a[0]))]


def rotation(d):
    """A product of Pythagorean rotations with phases from {1, i, -1, -i}."""
    u = [[cx(int(i == j)) for j in range(d)] for i in range(d)]
    for i, j in itertools.combinations(range(d), 2):
        p, q = rng.choice([(1, 2), (1, 3), (2, 3), (0, 1)])
        c, s = Q(q * q - p * p, q * q + p * p), Q(2 * p * q, q * q + p * p)
        phase = rng.choice([(1, 0), (0, 1), (-1, 0), (0, -1)])
        g = [[cx(int(a == b)) for b in range(d)] for a in range(d)]
        g[i][i], g[j][j] = cx(c), cx(c)
        g[i][j] = (s * phase[0], s * phase[1])
        g[j][i] = (-s * phase[0], s * phase[1])
        u = matmul(u, g)
    return u


def network(d, parties, approach, energies):
    if approach == "global":
        u = rotation(d)
        h = matmul(matmul(u, [[cx(energies[i] if i == j else 0) for j in range(d)] for i in range(d)]), dagger(u))
    else:
        h = [[cx(0) for _ in range(d)] for _ in range(d)]
        for party in parties:
            u = rotation(len(party))
            e = [[cx(energies[m] if i == j else 0) for j in range(len(party))] for i, m in enumerate(party)]
            block = matmul(matmul(u, e), dagger(u))
            for i, m in enumerate(party):
                for j, n in enumerate(party):
                    h[m][n] = block[i][j]
        for p, q in itertools.combinations(parties, 2):
            for m in p:
                for n in q:
                    v = (Q(rng.randint(-4, 4), 8), Q(rng.randint(-4, 4), 8))
                    h[m][n], h[n][m] = v, (v[0], -v[1])
    baths = []
    for party in parties:
        size = len(party)
        f = [[(Q(rng.randint(-3, 3), 2), Q(rng.randint(-3, 3), 2)) for _ in range(size)] for _ in range(size)]
        w = matmul(f, dagger(f))
        for i in range(size):
            w[i][i] = (w[i][i][0] + Q(1, 2), Q(0))
        statistics = rng.choice(["boson", "spin"])
        baths.append({"statistics": statistics, "modes": party, "weight": w,
                      "position": [m for m in party if rng.random() < 0.5],
                      "z": Q(1, rng.randint(2, 4)), "mu": -rng.randint(0, 1) if statistics == "boson" else 0,
                      "k": Q(rng.randint(1, 3), 4), "nu": Q(rng.randint(1, 3))})
    return {"hamiltonian": h, "parties": parties, "approach": approach, "baths": baths}


def mpc(value):
    return mp.mpc(mp.mpf(value[0].numerator) / value[0].denominator, mp.mpf(value[1].numerator) / value[1].denominator)


def real(value):
    return mp.mpf(value.numerator) / value.denominator


def occupation(bath, e):
    xi = 1 if bath["statistics"] == "spin" else -1
    return 1 / (xi + mp.exp((e - bath["mu"]) * -mp.log(real(bath["z"])))), xi


def principal(bath, w):
    """PV int_0^inf D(e) ((1 + xi) p(e) - 1)/(e - w) de, w of either sign."""
    k, nu = real(bath["k"]), real(bath["nu"])

    def f(e):
        p, xi = occupation(bath, e) if bath["statistics"] == "spin" else (mp.mpf(0), -1)
        return k / (2 * mp.pi) * e / (nu ** 2 + e ** 2) * ((1 + xi) * p - 1)
    if w < 0:
        return mp.quad(lambda e: f(e) / (e - w), [0, 1, 2, 4, 8, 16, 64, mp.inf])
    near = mp.quad(lambda x: (f(w + x) - f(w - x)) / x, [0, w / 2, w])
    far = mp.quad(lambda e: f(e) / (e - w), [2 * w, 3 * w, 4 * w, 8 * w, 16 * w, 64 * w, mp.inf])
    if bath["statistics"] == "boson":
        closed = -k / (2 * mp.pi) * (mp.pi * nu / 2 - w * mp.log(w / nu)) / (nu ** 2 + w ** 2)
        assert abs(near + far - closed) < mp.mpf(10) ** -25, (near + far, closed)
    return near + far


def blocks(h):
    """Eigenvalues, eigenvectors, and the index sets of equal eigenvalues."""
    values, vectors = mp.eigh(h)
    groups = []
    for i in range(len(values)):
        if groups and abs(values[i] - values[groups[-1][0]]) < mp.mpf(10) ** -15:
            groups[-1].append(i)
        else:
            groups.append([i])
    return values, vectors, groups


def generator(net, lamb):
    d = len(net["hamiltonian"])
    h = mp.matrix(d, d)
    for i in range(d):
        for j in range(d):
            h[i, j] = mpc(net["hamiltonian"][i][j])
    damping, source, shift = mp.matrix(d, d), mp.matrix(d, d), mp.matrix(d, d)
    sectors = [list(range(d))] if net["approach"] == "global" else net["parties"]
    for sector in sectors:
        local = mp.matrix(len(sector), len(sector))
        for i, m in enumerate(sector):
            for j, n in enumerate(sector):
                local[i, j] = h[m, n]
        values, u, groups = blocks(local)
        for group in groups:
            w = values[group[0]]
            gamma1 = mp.matrix(len(sector), len(sector))
            gamma2 = mp.matrix(len(sector), len(sector))
            phi = mp.matrix(len(sector), len(sector))
            for bath in net["baths"]:
                if not set(bath["modes"]) <= set(sector):
                    continue
                p, xi = occupation(bath, w)
                density = real(bath["k"]) * w / (real(bath["nu"]) ** 2 + w ** 2)
                up = principal(bath, w) if lamb else 0
                down = principal(bath, -w) if lamb else 0
                for a, b in itertools.product(group, group):
                    for i, m in enumerate(bath["modes"]):
                        for j, n in enumerate(bath["modes"]):
                            wt = mpc(bath["weight"][i][j])
                            s, t = sector.index(m), sector.index(n)
                            gamma1[a, b] += density * p * wt * mp.conj(u[s, a]) * u[t, b]
                            gamma2[a, b] += density * (1 - xi * p) * mp.conj(wt) * u[s, a] * mp.conj(u[t, b])
                            both = m in bath["position"] and n in bath["position"]
                            value = wt * up + (mp.conj(wt) * down if both else 0)
                            phi[a, b] += value * mp.conj(u[s, a]) * u[t, b]
            for target, matrix in ((damping, gamma2.T - gamma1), (source, gamma1), (shift, phi)):
                full = u * matrix * u.H
                for i, m in enumerate(sector):
                    for j, n in enumerate(sector):
                        target[m, n] += full[i, j]
    return h, damping, source, shift


def solve(h, damping, source):
    d = h.rows
    r = -1j * h - damping / 2
    big, right = mp.matrix(d * d, d * d), mp.matrix(d * d, 1)
    for i in range(d):
        for j in range(d):
            right[i * d + j] = -source[i, j]
            for k in range(d):
                big[i * d + j, k * d + j] += r[i, k]
                big[i * d + j, i * d + k] += mp.conj(r[j, k])
    x = mp.lu_solve(big, right)
    return mp.matrix([[x[i * d + j] for j in range(d)] for i in range(d)])


def symplectic(x, side):
    """Least symplectic eigenvalue of the partial transpose, from i Omega sigma of the quadratures."""
    d = x.rows
    sigma = np.zeros((2 * d, 2 * d))
    for i in range(d):
        for j in range(d):
            n = complex(x[j, i]) + (0.5 if i == j else 0)  # <{a_i', a_j}>/2
            sigma[2 * i:2 * i + 2, 2 * j:2 * j + 2] = [[n.real, n.imag], [-n.imag, n.real]]
    sign = np.array([-1.0 if k % 2 == 1 and k // 2 in side else 1.0 for k in range(2 * d)])
    sigma = sigma * np.outer(sign, sign)
    omega = np.kron(np.eye(d), np.array([[0, 1], [-1, 0]]))
    return float(min(abs(np.linalg.eigvals(1j * omega @ sigma))))


def table(matrix):
    return [[[decimal(mp.re(matrix[i, j]) if abs(mp.re(matrix[i, j])) > mp.mpf(10) ** -40 else mp.mpf(0), DIGITS),
              decimal(mp.im(matrix[i, j]) if abs(mp.im(matrix[i, j])) > mp.mpf(10) ** -40 else mp.mpf(0), DIGITS)]
             for j in range(matrix.cols)] for i in range(matrix.rows)]


def exact(matrix):
    return [[[rational(v[0]), rational(v[1])] for v in row] for row in matrix]


def described(net):
    baths = [{**b, "weight": exact(b["weight"]), "z": rational(b["z"]), "k": rational(b["k"]), "nu": rational(b["nu"])}
             for b in net["baths"]]
    return {"hamiltonian": exact(net["hamiltonian"]), "parties": net["parties"], "approach": net["approach"],
            "baths": baths}


def record(net):
    mp.mp.dps = 50
    h, damping, source, shift = generator(net, True)
    plain, shifted = solve(h, damping, source), solve(h + shift, damping, source)
    mp.mp.dps = 65
    again = generator(net, False)
    assert mp.norm(solve(*again[:3]) - plain) < mp.mpf(10) ** -40
    d = h.rows
    sides = [s for n in range(1, d // 2 + 1) for s in itertools.combinations(range(d), n) if 0 in s or 2 * n < d]
    return {**described(net), "occupations": table(plain), "shift": table(shift), "shifted": table(shifted),
            "symplectic": [[list(s), repr(symplectic(plain, s))] for s in sides]}


networks = [record(network(*arguments)) for arguments in [
    (2, [[0], [1]], "global", [1, 2]), (2, [[0], [1]], "global", [2, 2]), (2, [[0], [1]], "local", [1, 3]),
    (3, [[0], [1, 2]], "global", [1, 1, 3]), (3, [[0], [1, 2]], "local", [2, 1, 1]),
    (3, [[0], [1], [2]], "local", [1, 2, 2]), (4, [[0, 1], [2, 3]], "global", [1, 2, 2, 3]),
    (4, [[0, 1, 2], [3]], "local", [1, 1, 2, 1])]]


def squeezed(ga, gb, na, nb, delta):
    """The covariance in ladder operators (a, b') of two modes with local baths under kappa (ab + a'b')."""
    def drift_of(kappa):
        return np.array([[-ga / 2, -1j * kappa], [1j * kappa, 1j * delta - gb / 2]])

    def unstable(kappa):
        return max(np.linalg.eigvals(drift_of(kappa)).real) >= 0

    def entangled(kappa):
        drift = drift_of(kappa)
        noise = np.diag([ga * (na + 0.5), gb * (nb + 0.5)]).astype(complex)
        big = np.kron(drift, np.eye(2)) + np.kron(np.eye(2), drift.conj())
        g = np.linalg.solve(big, -noise.reshape(4)).reshape(2, 2)
        # <{a, a'}>/2, <{b', b}>/2 and <a b>: the partial transpose has the eigenvalues of this block itself.
        return min(np.linalg.eigvalsh(g)) < 0.5

    def edge(test, low, high):
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if not test(middle) else (low, middle)
        return (low + high) / 2
    end = edge(unstable, 0.0, 100.0)
    found = [entangled(end * f / 1000) for f in range(1000)]
    if not any(found):
        return end, None
    first = found.index(True)
    return end, edge(entangled, end * (first - 1) / 1000, end * first / 1000)


thresholds = []
for ga, gb, na, nb, delta in [(1, 1, .1, .2, 0), (1, 1, .25, .25, .5), (2, 1, .125, .25, 1), (1, 3, .5, .0625, .75),
                              (1, 1, .5, .625, 0), (3, 1, .3125, .0625, 0), (4, 1, .25, .25, 0)]:
    end, onset = squeezed(ga, gb, na, nb, delta)
    thresholds.append([repr(float(v)) for v in (ga, gb, na, nb, delta)] + ["none" if onset is None else repr(onset), repr(end)])


def ladder(levels, mode):
    return qutip.tensor(*[qutip.destroy(n) if k == mode else qutip.qeye(n) for k, n in enumerate(levels)])


def fock(net, levels):
    """QuTiP with jumps from the eigenvectors of the rates' matrices."""
    mp.mp.dps = 30
    h, damping, source, _ = generator(net, False)
    d = h.rows
    a = [ladder(levels, j) for j in range(d)]
    number = lambda m: np.array([[complex(m[i, j]) for j in range(d)] for i in range(d)])
    hamiltonian = sum(number(h)[i, j] * a[i].dag() * a[j] for i in range(d) for j in range(d))
    jumps = []
    for matrix, operators in ((number(source), [x.dag() for x in a]), (number(damping + source).conj(), a)):
        values, vectors = np.linalg.eigh(matrix)
        jumps += [np.sqrt(max(v, 0)) * sum(vectors[j, i] * operators[j] for j in range(d)) for i, v in enumerate(values)]
    rho = qutip.steadystate(hamiltonian, jumps)
    x = [[complex(qutip.expect(a[j].dag() * a[i], rho)) for j in range(d)] for i in range(d)]
    expected = solve(h, damping, source)
    assert max(abs(complex(expected[i, j]) - x[i][j]) for i in range(d) for j in range(d)) < 1e-4
    return {**described(net), "levels": levels, "occupations": [[[repr(v.real), repr(v.imag)] for v in row] for row in x]}


cold = []
for approach, energies in (("global", [2, 3]), ("global", [3, 3]), ("local", [2, 3])):
    net = network(2, [[0], [1]], approach, energies)
    for bath in net["baths"]:
        bath["z"] = Q(1, 5)
    cold.append(fock(net, [7, 7]))

write("networks.json", "generate_networks.py", systems("mpmath", "numpy", "qutip"),
      {"networks": networks, "squeezed": thresholds, "fock": cold})
