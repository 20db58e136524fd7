"""Gaussian models of bosonic modes: SciPy's Lyapunov solver in quadratures, QuTiP in truncated Fock spaces.

A model has "modes", "hamiltonian" ([creation powers, annihilation powers, re, im] a term, normal-ordered)
and "jumps" ({"rate", "terms"} with terms of the same form): d rho/dt = -i[H, rho] + sum rate (L rho L' -
{L'L, rho}/2). Coefficients are multiples of 1/16, rates positive.

Results: "stable"; where stable "amplitudes" ([re, im] of <a_j>), "covariance" (quadratures x1, p1, x2, ...,
x = (a + a')/sqrt 2, vacuum 1/2), "symplectic" (increasing), "negativity" and "log_negativity" (natural) of mode
0 against the others. The drift is Omega (G + Im Y) with H = R G R/2 and Y = sum rate conj(c) c of L = c R, the
diffusion Omega Re(Y) Omega': it shares nothing with ladder operators.

"fock": models with "levels", solved by QuTiP with operators cut to these levels: "moments" ([creation powers,
annihilation powers, re, im]), "negativity" of mode 0, "tail". Truncated values agree with the Gaussian ones as
far as the tail allows (checked here), and with another solution of the same truncated problem to 1e-8.
"""
import random

import numpy as np
import qutip
from scipy.linalg import solve_continuous_lyapunov

from oracle import systems, write

rng = random.Random(20261121)


def sixteenth(limit):
    return rng.randint(-limit, limit) / 16


def unit(j, n, power=1):
    return [power if k == j else 0 for k in range(n)]


def add(*lists):
    return [sum(t) for t in zip(*lists)]


def hamiltonian(n, linear=True, squeezing=True):
    zero = [0] * n
    terms = {}

    def put(c, d, value):
        for key, v in (((tuple(c), tuple(d)), value), ((tuple(d), tuple(c)), np.conj(value))):
            terms[key] = v

    for j in range(n):
        terms[(tuple(unit(j, n)), tuple(unit(j, n)))] = complex(sixteenth(32))
        if linear:
            put(unit(j, n), zero, complex(sixteenth(16), sixteenth(16)))
        for k in range(j + 1, n):
            put(unit(j, n), unit(k, n), complex(sixteenth(8), sixteenth(8)))
        for k in range(j, n):
            if squeezing:
                put(add(unit(j, n), unit(k, n)), zero, complex(sixteenth(4), sixteenth(4)))
    return [[list(c), list(d), v.real, v.imag] for (c, d), v in sorted(terms.items()) if v != 0]


def jumps(n, count):
    result = []
    for j in range(n):
        result.append({"rate": rng.randint(16, 40) / 16, "terms": [[[0] * n, unit(j, n), 1.0, 0.0]]})
    for _ in range(count):
        terms = []
        for j in range(n):
            terms.append([[0] * n, unit(j, n), sixteenth(12), sixteenth(12)])
            terms.append([unit(j, n), [0] * n, sixteenth(6), sixteenth(6)])
        terms.append([[0] * n, [0] * n, sixteenth(6), sixteenth(6)])
        result.append({"rate": rng.randint(1, 16) / 16, "terms": terms})
    return result


def ladder_rows(n):
    """Rows of a_j and a_j' over R = (x1, p1, ...)."""
    a = np.zeros((n, 2 * n), complex)
    for j in range(n):
        a[j, 2 * j], a[j, 2 * j + 1] = 1 / np.sqrt(2), 1j / np.sqrt(2)
    return a, a.conj()


def omega(n):
    return np.kron(np.eye(n), np.array([[0, 1], [-1, 0]]))


def solve(model):
    n = model["modes"]
    low, high = ladder_rows(n)

    def factors(c, d):
        return [high[j] for j in range(n) for _ in range(c[j])] + [low[j] for j in range(n) for _ in range(d[j])]

    g = np.zeros((2 * n, 2 * n), complex)
    force = np.zeros(2 * n, complex)
    for c, d, re, im in model["hamiltonian"]:
        f = factors(c, d)
        v = complex(re, im)
        if len(f) == 2:
            g += v * (np.outer(f[0], f[1]) + np.outer(f[1], f[0]))
        elif len(f) == 1:
            force += v * f[0]
    w = omega(n)
    y = np.zeros((2 * n, 2 * n), complex)
    drive = w @ force.real
    for jump in model["jumps"]:
        row, constant = np.zeros(2 * n, complex), 0
        for c, d, re, im in jump["terms"]:
            f = factors(c, d)
            if f:
                row += complex(re, im) * f[0]
            else:
                constant += complex(re, im)
        y += jump["rate"] * np.outer(row.conj(), row)
        # A constant in L acts as the Hamiltonian i rate (conj(c) L - c L')/... of first degree.
        drive = drive + jump["rate"] * (w @ np.imag(row.conj() * constant))
    drift = w @ (g.real + y.imag)
    diffusion = w @ y.real @ w.T
    result = {"stable": bool(np.linalg.eigvals(drift).real.max() < 0)}
    if not result["stable"]:
        return result
    sigma = solve_continuous_lyapunov(drift, -diffusion)
    assert np.linalg.norm(drift @ sigma + sigma @ drift.T + diffusion) < 1e-9
    assert np.linalg.eigvalsh(sigma + 0.5j * w).min() > -1e-9
    mean = np.linalg.solve(drift, -drive)
    result["amplitudes"] = [[float(z.real), float(z.imag)] for z in low @ mean]
    result["covariance"] = [float(v) for v in sigma.flatten()]
    flip = np.diag([1, -1] + [1] * (2 * n - 2))

    def symplectic(s):
        return sorted(abs(np.linalg.eigvals(1j * w @ s)))[::2]

    result["symplectic"] = [float(v) for v in symplectic(sigma)]
    log_negativity = sum(max(0.0, -np.log(2 * v)) for v in symplectic(flip @ sigma @ flip))
    result["log_negativity"] = float(log_negativity)
    result["negativity"] = float((np.exp(log_negativity) - 1) / 2)
    return result


def truncated(model, levels):
    n = model["modes"]
    ops = [qutip.tensor([qutip.destroy(levels[k]) if k == j else qutip.qeye(levels[k]) for k in range(n)])
           for j in range(n)]
    one = qutip.tensor([qutip.qeye(d) for d in levels])

    def build(terms):
        total = 0 * one
        for c, d, re, im in terms:
            product = complex(re, im) * one
            for j in range(n):
                product = product * ops[j].dag() ** c[j]
            for j in range(n):
                product = product * ops[j] ** d[j]
            total = total + product
        return total

    h = build(model["hamiltonian"])
    collapse = [np.sqrt(j["rate"]) * build(j["terms"]) for j in model["jumps"]]
    rho = qutip.steadystate(h, collapse)
    moments = []
    for j in range(n):
        for k in range(j, n):
            for c, d in ((unit(j, n), unit(k, n)), ([0] * n, add(unit(j, n), unit(k, n)))):
                value = qutip.expect(build([[c, d, 1.0, 0.0]]), rho)
                moments.append([c, d, float(np.real(value)), float(np.imag(value))])
    negativity = 0.0
    if n > 1:
        values = qutip.partial_transpose(rho, [1] + [0] * (n - 1)).eigenenergies()
        negativity = float(-sum(v for v in values if v < 0))
    diagonal = rho.diag().real.reshape(levels)
    tail = 1 - float(diagonal[tuple(slice(0, d - 1) for d in levels)].sum())
    return {"levels": levels, "moments": moments, "negativity": negativity, "tail": tail}


models = []
for n, count in [(1, 6), (2, 10), (3, 4)]:
    for index in range(count):
        model = {"modes": n, "hamiltonian": hamiltonian(n), "jumps": jumps(n, 1 + index % 2)}
        model.update(solve(model))
        models.append(model)
unstable = {"modes": 1, "hamiltonian": [[[1], [1], 0.25, 0.0], [[2], [0], 2.0, 0.0], [[0], [2], 2.0, 0.0]],
            "jumps": [{"rate": 1.0, "terms": [[[0], [1], 1.0, 0.0]]}]}
unstable.update(solve(unstable))
assert not unstable["stable"]
models.append(unstable)

fock = []
# Two modes with a conserved difference of numbers, as under a'b' + ab with local loss and gain.
pair = {"modes": 2,
        "hamiltonian": [[[1, 0], [1, 0], 0.5, 0.0], [[0, 1], [0, 1], -0.25, 0.0],
                        [[1, 1], [0, 0], 0.25, 0.125], [[0, 0], [1, 1], 0.25, -0.125]],
        "jumps": [{"rate": 1.5, "terms": [[[0, 0], [1, 0], 1.0, 0.0]]},
                  {"rate": 0.125, "terms": [[[1, 0], [0, 0], 1.0, 0.0]]},
                  {"rate": 1.0, "terms": [[[0, 0], [0, 1], 1.0, 0.0], [[1, 0], [0, 0], 0.25, 0.125]]}]}
pair.update(solve(pair))
pair.update(truncated(pair, [7, 7]))
fock.append(pair)
single = {"modes": 1,
          "hamiltonian": [[[1], [1], 0.5, 0.0], [[2], [0], 0.125, 0.0625], [[0], [2], 0.125, -0.0625],
                          [[1], [0], 0.25, 0.125], [[0], [1], 0.25, -0.125]],
          "jumps": [{"rate": 1.5, "terms": [[[0], [1], 1.0, 0.0]]},
                    {"rate": 0.125, "terms": [[[1], [0], 1.0, 0.0]]}]}
single.update(solve(single))
single.update(truncated(single, [20]))
fock.append(single)
for model in fock:
    # The truncated state agrees with the Gaussian one, which tells signs and conventions apart.
    n = model["modes"]
    sigma = np.array(model["covariance"]).reshape(2 * n, 2 * n)
    for j in range(n):
        amplitude = complex(*model["amplitudes"][j])
        number = (sigma[2 * j, 2 * j] + sigma[2 * j + 1, 2 * j + 1] - 1) / 2 + abs(amplitude) ** 2
        recorded = [m for m in model["moments"] if m[0] == unit(j, n) and m[1] == unit(j, n)][0]
        assert abs(number - recorded[2]) < 200 * model["tail"] + 1e-9, (number, recorded, model["tail"])

write("gaussian.json", "generate_gaussian.py", systems("numpy", "scipy", "qutip"),
      {"models": models, "fock": fock})
