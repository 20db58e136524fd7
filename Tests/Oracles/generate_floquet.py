"""Driven systems: quasienergies, rates, steady states and concurrences, to 40 digits, by two roads.

A case is "hamiltonian", "harmonics" (k > 0 and V_k of H(t) = H0 + sum_k (V_k e^{ikt} + h.c.)), and "baths":
couplings with kappa, wc, T of g(x) = kappa x e^{-|x|/wc}/(e^{x/T} - 1), g(0) = kappa T, x = E_final - E_initial. The
frequency of the drive is 1. Matrices are of [re, im] pairs of exact numbers. "labels" is a list of indices of
eigenstates of H0, in the order of the quasienergies.

First road: the Floquet matrix <m|F|n> = V_{m-n} + m delta_mn, cut at |m| <= M, by Rayleigh quotient iterations in
python-flint from NumPy's eigenvectors; A^K_ab = sum_L <u_a(L)|A|u_b(L+K)>. Second road: Taylor steps over a period, the
eigenvectors of the propagator, and trapezoidal sums over the period. They agree to 40 digits, or nothing is written.

The generator is L0_{ab,cd} = d_bd sum_e R_ee,ca + d_ac sum_e conj(R_ee,db) - R_ab,cd - conj(R_ba,dc) with
R_{ab,cd} = sum_K g(gamma_a - gamma_c + K) A^K_ac conj(A^K_bd), in the zone of quasienergies that is cut in the middle of
their largest circular gap; 0 = -i (gamma_a - gamma_b) r_ab - L0 r. "full" keeps all of it, "secular" the
populations.

QuTiP's FloquetBasis agrees with the quasienergies to 1e-6. Its fmmesolve knows neither a generator beyond the secular
one nor a bath without a spectrum of its own convention, so that rates and states have no other witness than
the second road.
"""
from fractions import Fraction as F

import mpmath as mp
import numpy as np
import qutip
from flint import acb, acb_mat, arb, ctx

from oracle import decimal, systems, write

DIGITS = 40
mp.mp.dps = 75
ctx.dps = 75
SX = [[0, 1], [1, 0]]
SZ = [[1, 0], [0, -1]]
ID = [[1, 0], [0, 1]]


def kron(a, b):
    return [[x * y for x in r for y in s] for r in a for s in b]


def total(*terms):
    n = len(terms[0][1])
    return [[sum((F(c) * m[i][j] for c, m in terms), F(0)) for j in range(n)] for i in range(n)]


def pairs(m):
    return [[e if isinstance(e, tuple) else (F(e), F(0)) for e in row] for row in m]


def number(e):
    return mp.mpc(mp.mpf(e[0].numerator) / e[0].denominator, mp.mpf(e[1].numerator) / e[1].denominator)


def mpm(m):
    return mp.matrix([[number(e) for e in row] for row in m])


def flint_number(z):
    z = mp.mpc(z)

    def part(x):
        s, man, e, _ = x._mpf_
        return arb((-int(man) if s else int(man), int(e)))

    return acb(part(z.real), part(z.imag))


def mp_number(z):
    def part(x):
        man, e = x.man_exp()
        return mp.mpf(int(man)) * mp.mpf(2) ** int(e)

    return mp.mpc(part(z.real.mid()), part(z.imag.mid()))


def bath_function(bath):
    kappa, wc, t = (mp.mpf(F(bath[k]).numerator) / F(bath[k]).denominator for k in ("kappa", "wc", "T"))

    def g(x):
        return kappa * t if x == 0 else kappa * x * mp.exp(-abs(x) / wc) / mp.expm1(x / t)

    return g


def zone(phases):
    """The quasienergies moved into the unit interval that begins in the middle of their largest circular gap."""
    q = sorted(p - mp.floor(p) for p in phases)
    gaps = [(q[(i + 1) % len(q)] + (1 if i + 1 == len(q) else 0)) - q[i] for i in range(len(q))]
    k = max(range(len(q)), key=lambda i: gaps[i])
    cut = q[k] + gaps[k] / 2 - (1 if q[k] + gaps[k] / 2 > mp.mpf(1) / 2 else 0)
    return cut


def modes_by_matrix(h, harmonics, m):
    d, n = h.rows, 2 * m + 1
    blocks = {0: h}
    for k, v in harmonics.items():
        blocks[k], blocks[-k] = v, v.H
    full = acb_mat(n * d, n * d)
    rough = np.zeros((n * d, n * d), complex)
    for i in range(n):
        for k, v in blocks.items():
            j = i - k
            if 0 <= j < n:
                for a in range(d):
                    for b in range(d):
                        z = v[a, b] + ((i - m) if k == 0 and a == b else 0)
                        if z != 0:
                            full[i * d + a, j * d + b] = flint_number(z)
                            rough[i * d + a, j * d + b] = complex(z)
    values, vectors = np.linalg.eigh(rough)
    cut = float(zone([mp.mpf(float(x)) for x in values[np.argsort(abs(values))[: 3 * d]] if -0.5 <= x < 0.5]))
    found = []
    for index in np.where((values >= cut) & (values < cut + 1))[0]:
        theta = flint_number(mp.mpf(float(values[index])))
        w = acb_mat(n * d, 1, [acb(complex(z).real, complex(z).imag) for z in vectors[:, index]])
        for _ in range(3):
            shifted = acb_mat(n * d, n * d, full.entries())
            for i in range(n * d):
                shifted[i, i] -= theta
            w = shifted.solve(w, algorithm="approx")
            norm = sum((z.real.mid() ** 2 + z.imag.mid() ** 2 for z in w.entries()), arb(0)).sqrt().mid()
            w = acb_mat(n * d, 1, [acb((z.real / norm).mid(), (z.imag / norm).mid()) for z in w.entries()])
            image = full * w
            theta = acb(sum(((a.conjugate() * b).real for a, b in zip(w.entries(), image.entries())), arb(0)).mid())
        residual = max(abs(complex(z)) for z in (full * w - w * acb_mat(1, 1, [theta])).entries())
        assert residual < 1e-65, residual
        u = [mp_number(z) for z in w.entries()]
        found.append((mp_number(theta).real, [u[i * d:(i + 1) * d] for i in range(n)]))
    found.sort(key=lambda p: p[0])
    return [p[0] for p in found], [p[1] for p in found]


def elements_by_matrix(u, coupling):
    d, n = len(u), len(u[0])
    out = {}
    for b in range(d):
        image = [[sum(coupling[i, j] * x[j] for j in range(coupling.rows)) for i in range(coupling.rows)] for x in u[b]]
        for a in range(d):
            for k in range(-n + 1, n):
                lo, hi = max(0, -k), min(n, n - k)
                out[k, a, b] = mp.fdot(
                    (mp.conj(x), y) for l in range(lo, hi) for x, y in zip(u[a][l], image[l + k]))
    return out


def modes_by_propagation(h, harmonics, steps, order):
    d = h.rows
    step = 2 * mp.pi / steps
    u = mp.eye(d) * mp.mpc(1)
    path = [u]
    for s in range(steps):
        t = s * step
        terms = [u]
        factors = {k: mp.exp(1j * k * t) for k in harmonics}
        hs = [h + sum((v * factors[k] + (v * factors[k]).H for k, v in harmonics.items()), mp.zeros(d))]
        for j in range(1, order):
            hs.append(sum((v * factors[k] * mp.mpc(0, k) ** j + (v * factors[k] * mp.mpc(0, k) ** j).H
                           for k, v in harmonics.items()), mp.zeros(d)) / mp.factorial(j))
        for j in range(order):
            terms.append(sum((hs[i] * terms[j - i] for i in range(j + 1)), mp.zeros(d)) * (mp.mpc(0, -1) / (j + 1)))
        u = sum((terms[j] * step ** j for j in reversed(range(order + 1))), mp.zeros(d))
        path.append(u)
    values, vectors = mp.eig(u)
    phases = [-mp.arg(v) / (2 * mp.pi) for v in values]
    cut = zone(phases)
    q = [p - mp.floor(p - cut) for p in phases]
    order_ = sorted(range(d), key=lambda i: q[i])
    gammas, modes = [], []
    for i in order_:
        v = vectors[:, i] / mp.norm(vectors[:, i])
        gammas.append(q[i])
        modes.append([path[s] * v * mp.exp(1j * q[i] * s * step) for s in range(steps)])
    return gammas, modes


def elements_by_propagation(modes, coupling, bound):
    d, n = len(modes), len(modes[0])
    roots = [mp.expjpi(mp.mpf(2) * j / n) for j in range(n)]
    out = {}
    for b in range(d):
        image = [coupling * x for x in modes[b]]
        for a in range(d):
            f = [mp.fdot(zip((mp.conj(z) for z in x), y)) for x, y in zip(modes[a], image)]
            # u_a^+ A u_b = sum_K A^K e^{iKt}
            for k in range(-bound, bound + 1):
                out[k, a, b] = mp.fdot((f[s], mp.conj(roots[s * k % n])) for s in range(n)) / n
    return out


def tensor(gammas, baths):
    d = len(gammas)
    r = {}
    for g, el in baths:
        ks = sorted({k for k, _, _ in el})
        weight = {(k, a, c): g(mp.mpf(0) if a == c and k == 0 else gammas[a] - gammas[c] + k)
                  for k in ks for a in range(d) for c in range(d)}
        for a in range(d):
            for c in range(d):
                row = [(k, weight[k, a, c] * el[k, a, c]) for k in ks]
                for b in range(d):
                    for e in range(d):
                        r[a, b, c, e] = r.get((a, b, c, e), 0) + mp.fdot((w, mp.conj(el[k, b, e])) for k, w in row)
    return r


def stationary(gammas, r, scale):
    d = len(gammas)
    size = d * d
    m = mp.zeros(size)
    for a in range(d):
        for b in range(d):
            m[a * d + b, a * d + b] += 1j * (gammas[a] - gammas[b])
            for c in range(d):
                for e in range(d):
                    x = -r[a, b, c, e] - mp.conj(r[b, a, e, c])
                    if b == e:
                        x += sum(r[k, k, c, a] for k in range(d))
                    if a == c:
                        x += sum(mp.conj(r[k, k, e, b]) for k in range(d))
                    m[a * d + b, c * d + e] += scale * x
    right = mp.zeros(size, 1)
    right[0] = 1
    for j in range(size):
        m[0, j] = 1 if j % (d + 1) == 0 else 0
    x = mp.lu_solve(m, right)
    return mp.matrix(d, d) + mp.matrix([[x[a * d + b] for b in range(d)] for a in range(d)])


def secular(r, d):
    m = mp.zeros(d)
    for a in range(d):
        for b in range(d):
            if a != b:
                m[a, b] += r[a, a, b, b].real
                m[b, b] -= r[a, a, b, b].real
    right = mp.zeros(d, 1)
    right[0] = 1
    for j in range(d):
        m[0, j] = 1
    return mp.diag(list(mp.lu_solve(m, right)))


def averaged(r, u, weight):
    d = len(u)
    n = len(u[0][0])
    out = mp.zeros(n)
    for a in range(d):
        for b in range(d):
            if r[a, b] == 0:
                continue
            for x, y in zip(u[a], u[b]):
                for i in range(n):
                    for j in range(n):
                        out[i, j] += r[a, b] * x[i] * mp.conj(y[j]) * weight
    return out


def concurrence(rho):
    values, vectors = mp.eighe((rho + rho.H) / 2)
    w = vectors * mp.diag([mp.sqrt(x) for x in values])
    y = mp.matrix([[0, 0, 0, -1], [0, 0, 1, 0], [0, 1, 0, 0], [-1, 0, 0, 0]])
    s = sorted((mp.re(x) for x in mp.svd_c(w.T * y * w, compute_uv=False)), reverse=True)
    return max(mp.mpf(0), s[0] - s[1] - s[2] - s[3])


def near(x, y, what, bound=mp.mpf(10) ** (-DIGITS - 3)):
    assert abs(x - y) < bound, (what, x, y)


def case(name, h, harmonics, baths, m, steps, order=45, scale=2):
    d = len(h)
    hm, vs = mpm(h), {k: mpm(v) for k, v in harmonics.items()}
    couplings = [mpm(b["coupling"]) for b in baths]
    gs = [bath_function(b) for b in baths]
    gammas, u = modes_by_matrix(hm, vs, m)
    elements = [elements_by_matrix(u, c) for c in couplings]
    r = tensor(gammas, list(zip(gs, elements)))
    full = stationary(gammas, r, mp.mpf(scale) / 2)
    rho = averaged(full, u, 1)
    sec = averaged(secular(r, d), u, 1)

    gammas2, path = modes_by_propagation(hm, vs, steps, order)
    elements2 = [elements_by_propagation(path, c, min(2 * m, steps // 2 - 1)) for c in couplings]
    r2 = tensor(gammas2, list(zip(gs, elements2)))
    rho2 = averaged(stationary(gammas2, r2, mp.mpf(scale) / 2), path, mp.mpf(1) / steps)
    sec2 = averaged(secular(r2, d), path, mp.mpf(1) / steps)
    for a in range(d):
        near(gammas[a], gammas2[a], (name, "quasienergy", a))
        for b in range(d):
            near(rho[a, b], rho2[a, b], (name, "rho", a, b))
            near(sec[a, b], sec2[a, b], (name, "secular", a, b))
            near(r[a, a, b, b], r2[a, a, b, b], (name, "rate", a, b))

    def rough(t, *_):
        z = np.array(hm.tolist(), complex)
        for k, v in vs.items():
            x = np.array(v.tolist(), complex) * np.exp(1j * k * t)
            z = z + x + x.conj().T
        return qutip.Qobj(z)

    basis = qutip.FloquetBasis(qutip.QobjEvo(rough), 2 * np.pi, options={"atol": 1e-11, "rtol": 1e-11})
    for e in basis.e_quasi:
        distance = min(abs((float(e) - float(g) + 0.5) % 1 - 0.5) for g in gammas)
        assert distance < 1e-6, (name, e, gammas)

    energies, states = mp.eighe(hm)
    overlaps = [[sum(abs(mp.fdot((mp.conj(states[i, k]), x[i]) for i in range(d))) ** 2 for x in u[a])
                 for k in range(d)] for a in range(d)]

    def out(x):
        return decimal(mp.mpf(mp.re(x)), DIGITS)

    def matrix(z):
        floor = mp.mpf(10) ** (-60)
        return [[[out(e) if abs(e) > floor else "0" for e in (mp.re(z[i, j]), mp.im(z[i, j]))] for j in range(d)]
                for i in range(d)]

    result = {
        "name": name, "hamiltonian": text(h), "harmonics": [{"k": k, "v": text(v)} for k, v in harmonics.items()],
        "baths": [{**b, "coupling": text(b["coupling"])} for b in baths], "scale": str(scale),
        "quasienergies": [out(g) for g in gammas],
        "rates": [[out(r[a, a, b, b]) for b in range(d)] for a in range(d)],
        "labels": [max(range(d), key=lambda k: overlaps[a][k]) for a in range(d)],
        "rho_full": matrix(rho), "rho_secular": matrix(sec),
        "populations": [out(sum(mp.conj(states[i, k]) * rho[i, j] * states[j, k] for i in range(d) for j in range(d)))
                        for k in range(d)],
        "concurrence_full": None, "concurrence_secular": None,
    }
    if d == 4:
        for key, state, other in (("full", rho, rho2), ("secular", sec, sec2)):
            c = concurrence(state)
            near(c, concurrence(other), (name, "concurrence", key), mp.mpf(10) ** (-35))
            result["concurrence_" + key] = decimal(c, 35) if c > mp.mpf(10) ** -35 else "0"
    print(name, result["quasienergies"][0], result["concurrence_full"])
    return result


def text(m):
    return [[[str(e[0]), str(e[1])] for e in row] for row in m]


def qubits(amplitude, eps, xi, j="-5/2", d1="1/10", d2="3/20"):
    z1, z2, x1, x2 = kron(SZ, ID), kron(ID, SZ), kron(SX, ID), kron(ID, SX)
    flip = [[0] * 4 for _ in range(4)]
    flip[1][2] = flip[2][1] = 1
    h = total((-F(eps) / 2, z1), (-F(eps) / 2, z2), (-F(d1) / 2, x1), (-F(d2) / 2, x2), (-F(j) / 2, flip))
    drive = total((-F(amplitude) / 4, z1), (-F(amplitude) / 4, z2))
    coupling = total((1, z1), (F(xi), z2))
    bath = {"coupling": pairs(coupling), "kappa": "1/1000", "wc": "10", "T": "467/100000"}
    return pairs(h), ({1: pairs(drive)} if F(amplitude) else {}), [bath]


def main():
    cases = [
        case("off resonance", *qubits("19/5", "37/10", "1/10"), 46, 128),
        case("equal couplings", *qubits("19/5", "37/10", "1"), 46, 128),
        case("no entanglement", *qubits("3/2", "37/10", "1"), 40, 128),
        case("hot", *(lambda h, v, b: (h, v, [{**b[0], "T": "1/2"}]))(*qubits("2", "6/5", "1/2", "1")), 40, 128),
    ]
    half, c = F(1, 2), lambda re, im=0: (F(re), F(im))
    # A rotating field: sz/2*Delta + B/2*(cos t sx + sin t sy), exactly solvable.
    cases.append(case(
        "rotating field", [[c("3/10"), c(0)], [c(0), c("-3/10")]], {1: [[c(0), c(0)], [c("2/5"), c(0)]]},
        [{"coupling": [[c(1), c("1/2", "1/4")], [c("1/2", "-1/4"), c(-1)]], "kappa": "1/50", "wc": "5", "T": "1/3"}],
        8, 32))
    # Three levels, two harmonics with complex elements, two baths.
    h3 = [[c(0), c("1/4", "1/8"), c(0)], [c("1/4", "-1/8"), c("7/10"), c("1/5")], [c(0), c("1/5"), c("19/10")]]
    v1 = [[c("1/5"), c("1/10", "1/5"), c("1/7")], [c(0, "1/3"), c("-2/5"), c("1/9")], [c("1/8"), c(0), c("1/4", "1/4")]]
    v2 = [[c(0), c("1/10"), c(0)], [c(0), c(0), c(0, "1/6")], [c("1/5"), c(0), c("1/10")]]
    a1 = [[c(1), c("1/2"), c(0)], [c("1/2"), c(0), c("1/3", "1/2")], [c(0), c("1/3", "-1/2"), c(-1)]]
    a2 = [[c(0), c(1), c(0, 1)], [c(1), c("1/2"), c(0)], [c(0, -1), c(0), c(0)]]
    cases.append(case("three levels", h3, {1: v1, 2: v2}, [
        {"coupling": a1, "kappa": "1/100", "wc": "5", "T": "1/2"},
        {"coupling": a2, "kappa": "1/40", "wc": "3", "T": "2"}], 40, 160))
    write("floquet.json", "generate_floquet.py", systems("mpmath", "python-flint", "numpy", "qutip"), {"cases": cases})


if __name__ == "__main__":
    main()
