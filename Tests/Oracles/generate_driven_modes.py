"""Two modes coupled by a driven squeezing interaction, each damped by a bath at zero temperature.

Nothing here starts from a published solution. The normal modes are eigenvectors of the matrix of the
Heisenberg equations, found numerically. The rates and the shifts are those of the golden rule: each part of
a + a' and b + b' that turns with one frequency w in the laboratory gives a jump with the rate 2 pi J(w) for
w > 0 and an energy shift PV int J(W)/(w - W) dW, by quadrature. The steady state solves the Lyapunov equation
of the quadratures of the normal modes as a system of 16 equations; the covariance of a and b follows with the
matrix of the transformation, and the partially transposed state's symplectic eigenvalues are numerical
eigenvalues of i Omega sigma.

Conventions: H = D1 a'a + D2 b'b + kappa (a'b' + ba) in the frame of the pump, a = alpha l + beta m',
b' = beta l + alpha m', alpha = i |alpha|; J(W) = zeta W/(nu^2 + W^2); x = (a + a')/sqrt 2; order x_a, p_a,
x_b, p_b; natural logarithm; negativity (||rho^T||_1 - 1)/2. Rates C, D, E, F are half the rates of the jumps
l, l', m, m', as the paper's Lindblad terms carry a factor 2.

Fields: "points": "at" (exact values of the parameters), "values": for each name its rows, each element
[re, im], 45 digits. Names that end in _printed: the same road with the normal modes and energies as printed
(Eqs. (7), (8) and below (9)) and with the short coefficients of p. 3; absent where they give no steady state.
"thresholds": "optimum", "optimum_printed": where the smallest symplectic eigenvalue is stationary in zeta1, by
differences at 160 digits; "stable_below": where an eigenvalue of the drift vanishes; "cutoff": nu1 = nu2 where
the symplectic eigenvalue is 1/2.
"""
import mpmath
from mpmath import mp, mpf, mpc

from oracle import decimal, systems, write

DIGITS, WORK = 45, 75
NAMES = ["omega_a", "omega_b", "omega_p", "kappa", "zeta1", "zeta2", "nu1", "nu2"]
FIGURE = ["1", "3/5", "10", "46/25", "1/100", "1/100", "1", "1"]
POINTS = [
    FIGURE,
    ["1", "1", "10", "9/5", "1/100", "1/100", "1", "1"],
    ["1", "3/5", "10", "-46/25", "1/100", "1/90", "1", "1"],
    ["1", "3/5", "10", "46/25", "11/1000", "1/100", "1", "9/8"],
    ["1", "4/5", "7", "5/2", "3/100", "3/100", "2", "7/3"],
    ["13", "11", "10", "3/2", "1/50", "1/70", "3/2", "5/2"],
    ["13", "11", "10", "-3/2", "1/50", "1/70", "3/2", "5/2"],
    ["3", "2", "1/10", "7/5", "1/20", "1/30", "1", "2"],
    ["4", "1", "1/2", "17/10", "1/200", "3", "1", "1"],
    ["5", "7/2", "4", "1/9", "1/7", "2/9", "4/3", "1/5"],
    ["1", "2", "9", "-13/3", "1/11", "1/12", "10", "11"],
    ["2", "2", "17/2", "6", "1", "1", "3", "3"],
    ["5/3", "7/5", "20", "-1/1000", "1/100", "1/99", "1/2", "3/7"],
]


def number(text):
    p, _, q = text.partition("/")
    return mpf(p) / mpf(q or "1")


class Unstable(Exception):
    pass


# The normal modes ---------------------------------------------------------------------------------

def normal_modes(v):
    """alpha, beta and the energies of l and m from i d/dt (a, b') = M (a, b')."""
    d1, d2, k = v["omega_a"] - v["omega_p"], v["omega_b"] - v["omega_p"], v["kappa"]
    values, vectors = mpmath.eig(mpmath.matrix([[d1, k], [-k, -d2]]))
    if any(abs(mpmath.im(e)) > mpf(10) ** (-mp.dps // 2) for e in values):
        raise Unstable("complex energies")
    found = {}
    for n in range(2):
        p, q = vectors[0, n], vectors[1, n]
        norm = abs(p) ** 2 - abs(q) ** 2
        found[norm > 0] = (values[n].real, p / mpmath.sqrt(abs(norm)), q / mpmath.sqrt(abs(norm)))
    energy_l, p, q = found[True]
    turn = mpc(0, 1) * abs(p) / p
    alpha, beta = p * turn, q * turn
    minus_energy_m, p, q = found[False]
    assert abs(p * alpha - q * beta) < mpf(10) ** (10 - mp.dps), "(beta, alpha) is the other eigenvector"
    return mpc(0, alpha.imag), mpc(0, beta.imag), energy_l, -minus_energy_m


def printed_modes(v):
    """The same as the paper prints them."""
    d1, d2, k = v["omega_a"] - v["omega_p"], v["omega_b"] - v["omega_p"], v["kappa"]
    total = (d1 + d2) ** 2
    root = mpmath.sqrt(total / (total - 4 * k ** 2))
    common = -2 * k ** 2 / mpmath.sqrt(total - 4 * k ** 2) + (d1 + d2) * root / 2
    return (mpc(0, mpmath.sqrt(root / 2 + mpf(1) / 2)), mpc(0, -mpmath.sqrt(root / 2 - mpf(1) / 2)),
            (d1 - d2) / 2 + common, (d2 - d1) / 2 + common)


# The baths ----------------------------------------------------------------------------------------

def density(zeta, nu, w):
    return zeta * w / (nu ** 2 + w ** 2)


def principal_value(zeta, nu, w):
    """PV int_0^oo J(W)/(W - w) dW; the poles of J are resolved by cutting the range at multiples of nu."""
    if w <= 0:
        cuts = [mpf(0)] + [nu * mpf(2) ** n for n in range(-1, 6)] + [mpmath.inf]
        return mpmath.quad(lambda W: density(zeta, nu, W) / (W - w), cuts)

    def even(u):
        # (J(w + u) - J(w - u))/u over the common denominator, so that nothing cancels.
        p, m = nu ** 2 + (w + u) ** 2, nu ** 2 + (w - u) ** 2
        return 2 * zeta * (nu ** 2 + u ** 2 - w ** 2) / (p * m)

    near = sorted({mpf(0), w} | {w - c for n in range(-2, 7) for c in [nu * mpf(2) ** n] if c < w})
    far = [2 * w] + [2 * w + (w + nu) * mpf(2) ** n for n in range(-1, 6)] + [mpmath.inf]
    return mpmath.quad(even, near) + mpmath.quad(lambda W: density(zeta, nu, W) / (W - w), far)


def transform(zeta, nu, w):
    """int_0^oo dt int_0^oo dW J(W) e^{i (W - w) t}, from pi delta + i PV."""
    return (mpmath.pi * density(zeta, nu, w) if w > 0 else mpf(0)), principal_value(zeta, nu, w)


# The master equation ------------------------------------------------------------------------------

def parts(modes, v):
    """The parts of the coupling operators: mode, dagger, |amplitude|^2, frequency, zeta, nu."""
    alpha, beta, el, em = modes
    wp = v["omega_p"]
    first, second = (v["zeta1"], v["nu1"]), (v["zeta2"], v["nu2"])
    lowered = [("l", False, abs(alpha) ** 2, wp + el, first), ("m", True, abs(beta) ** 2, wp - em, first),
               ("l", True, abs(beta) ** 2, wp - el, second), ("m", False, abs(alpha) ** 2, wp + em, second)]
    return lowered + [(mode, not dagger, size, -w, bath) for mode, dagger, size, w, bath in lowered]


def half_rates(modes, v):
    rates = {("l", False): mpf(0), ("l", True): mpf(0), ("m", False): mpf(0), ("m", True): mpf(0)}
    for mode, dagger, size, w, (zeta, nu) in parts(modes, v):
        if w > 0:
            rates[mode, dagger] += size * mpmath.pi * density(zeta, nu, w)
    return [rates[key] for key in [("l", False), ("l", True), ("m", False), ("m", True)]]


def short_rates(modes, v):
    """Only the terms that p. 3 keeps, at whatever sign of the frequency: the real part is 0 below zero."""
    alpha, beta, el, em = modes
    wp = v["omega_p"]
    x2, y2 = abs(alpha) ** 2, abs(beta) ** 2

    def real(zeta, nu, w):
        return mpmath.pi * density(zeta, nu, w) if w > 0 else mpf(0)
    return [x2 * real(v["zeta1"], v["nu1"], wp + el), y2 * real(v["zeta2"], v["nu2"], wp - el),
            x2 * real(v["zeta2"], v["nu2"], wp + em), y2 * real(v["zeta1"], v["nu1"], wp - em)]


def shifted_energies(modes, v):
    energies = {"l": modes[2], "m": modes[3]}
    for mode, _, size, w, (zeta, nu) in parts(modes, v):
        energies[mode] -= size * principal_value(zeta, nu, w)
    return energies["l"], energies["m"]


def lyapunov(drift, diffusion):
    """sigma with drift sigma + sigma drift^T + diffusion = 0."""
    n = drift.rows
    system, right = mpmath.zeros(n * n), mpmath.zeros(n * n, 1)
    for i in range(n):
        for j in range(n):
            right[n * i + j] = -diffusion[i, j]
            for s in range(n):
                system[n * i + j, n * s + j] += drift[i, s]
                system[n * i + j, n * i + s] += drift[j, s]
    solution = mpmath.lu_solve(system, right)
    return mpmath.matrix([[solution[n * i + j] for j in range(n)] for i in range(n)])


def normal_covariance(modes, rates):
    c, d, e, f = rates
    if not (c > d and e > f):
        raise Unstable("a normal mode is amplified")
    drift, diffusion = mpmath.zeros(4), mpmath.zeros(4)
    for place, energy, down, up in [(0, modes[2], c, d), (2, modes[3], e, f)]:
        drift[place, place] = drift[place + 1, place + 1] = up - down
        drift[place, place + 1], drift[place + 1, place] = energy, -energy
        diffusion[place, place] = diffusion[place + 1, place + 1] = up + down
    return lyapunov(drift, diffusion)


def bare_covariance(modes, sigma):
    """From the quadratures of l, m to those of a, b through the complex amplitudes."""
    alpha, beta = modes[0], modes[1]
    i, root = mpc(0, 1), mpmath.sqrt(2)
    to_complex = mpmath.matrix([[1, i, 0, 0], [1, -i, 0, 0], [0, 0, 1, i], [0, 0, 1, -i]]) / root
    ca, cb = mpmath.conj(alpha), mpmath.conj(beta)
    mix = mpmath.matrix([[alpha, 0, 0, beta], [0, ca, cb, 0], [0, cb, ca, 0], [beta, 0, 0, alpha]])
    whole = to_complex ** -1 * mix * to_complex
    assert all(abs(mpmath.im(whole[r, s])) < mpf(10) ** (8 - mp.dps) for r in range(4) for s in range(4))
    real = mpmath.matrix([[mpmath.re(whole[r, s]) for s in range(4)] for r in range(4)])
    return real * sigma * real.T


def symplectic_minimum(sigma):
    flip = mpmath.diag([1, 1, 1, -1])
    form = mpmath.matrix([[0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 1], [0, 0, -1, 0]])
    values = mpmath.eig(mpc(0, 1) * form * flip * sigma * flip, left=False, right=False)
    return min(abs(value) for value in values)


def entanglement(smallest):
    return max(mpf(0), -mpmath.log(2 * smallest)), max(mpf(0), (1 / (2 * smallest) - 1) / 2)


# Points -------------------------------------------------------------------------------------------

def transforms(modes, v, ending):
    el, em, wp = modes[2], modes[3], v["omega_p"]
    out = {}
    for name, (zeta, nu), first, other in [("Gamma", (v["zeta1"], v["nu1"]), el, em),
                                           ("gamma", (v["zeta2"], v["nu2"]), em, el)]:
        for n, w in enumerate([wp + first, -wp - first, other - wp, wp - other]):
            out[f"{name}{2 * n + 1}{ending}"], out[f"{name}{2 * n + 2}{ending}"] = transform(zeta, nu, w)
    return out


def state_values(modes, rates, ending):
    sigma = normal_covariance(modes, rates)
    covariance = bare_covariance(modes, sigma)
    smallest = symplectic_minimum(covariance)
    logneg, negativity = entanglement(smallest)
    out = {"nl": sigma[0, 0] - mpf(1) / 2, "nm": sigma[2, 2] - mpf(1) / 2, "covariance": covariance,
           "nuPT": smallest, "logneg": logneg, "negativity": negativity}
    return {name + ending: value for name, value in out.items()}


def point_values(v):
    modes = normal_modes(v)
    out = dict(zip(["alpha", "beta", "a11", "a22"], modes))
    out |= transforms(modes, v, "")
    out["A"], out["B"] = shifted_energies(modes, v)
    rates = half_rates(modes, v)
    out |= dict(zip("CDEF", rates))
    out |= state_values(modes, rates, "")
    printed = printed_modes(v)
    out |= dict(zip(["beta_printed", "a11_printed", "a22_printed"], printed[1:]))
    out |= transforms(printed, v, "_printed")
    rates = short_rates(printed, v)
    out |= {name + "_printed": value for name, value in zip("CDEF", rates)}
    try:
        out |= state_values(printed, rates, "_printed")
    except Unstable:
        pass
    return out


def spelled(value):
    def part(x):
        return "0" if abs(x) < mpf(10) ** (-DIGITS - 15) else decimal(mpf(x), DIGITS)
    if isinstance(value, mpmath.matrix):
        return [[[part(value[r, s]), "0"] for s in range(value.cols)] for r in range(value.rows)]
    return [[[part(mpmath.re(value)), part(mpmath.im(value))]]]


def record(point):
    answers = []
    for digits in (WORK, WORK + 15):
        with mpmath.workdps(digits):
            values = point_values({name: number(text) for name, text in zip(NAMES, point)})
            answers.append({name: spelled(value) for name, value in values.items()})
    assert answers[0] == answers[1], [k for k in answers[0] if answers[0][k] != answers[1][k]]
    return {"at": dict(zip(NAMES, point)), "values": answers[0]}


# Thresholds ---------------------------------------------------------------------------------------

def smallest_of(v, printed=False):
    modes = printed_modes(v) if printed else normal_modes(v)
    rates = (short_rates if printed else half_rates)(modes, v)
    return symplectic_minimum(bare_covariance(modes, normal_covariance(modes, rates)))


def thresholds():
    mp.dps = 160
    v = {name: number(text) for name, text in zip(NAMES, FIGURE)}
    step = mpf(10) ** -50

    def slope(z, printed):
        return (smallest_of(v | {"zeta1": z + step}, printed) - smallest_of(v | {"zeta1": z - step}, printed)) / step

    def damping(z):
        c, d, _, _ = half_rates(normal_modes(v), v | {"zeta1": z})
        return c - d

    def cutoff(nu):
        u = v | {"omega_b": mpf(1), "kappa": number("9/5"), "nu1": nu, "nu2": nu}
        return smallest_of(u) - mpf(1) / 2

    tolerance = mpf(10) ** -120
    found = {
        "optimum": mpmath.findroot(lambda z: slope(z, False), (mpf("0.0099"), mpf("0.0101")), tol=tolerance),
        "optimum_printed": mpmath.findroot(lambda z: slope(z, True), (mpf("0.003"), mpf("0.0032")), tol=tolerance),
        "stable_below": mpmath.findroot(damping, (mpf("1e-5"), mpf("2e-5")), tol=tolerance),
        "cutoff": mpmath.findroot(cutoff, (mpf(23), mpf(25)), tol=tolerance),
    }
    return [{"name": name, "value": decimal(value, DIGITS)} for name, value in found.items()]


if __name__ == "__main__":
    write("driven_modes.json", "generate_driven_modes.py", systems("mpmath"),
          {"points": [record(point) for point in POINTS], "thresholds": thresholds()})
