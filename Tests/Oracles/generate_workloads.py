"""The closed forms of the evaluation benchmark at three points each, to 60 digits.

The values come from the papers' formulas, typed here from the papers; each is checked by a road that does
not use them:

(a) Eq. (3) of the reset qubits, by the stationary state of the master equation (16 linear equations) and
    the eigenvalues of its partial transpose;
(b) Eqs. (21), (23), (24) of the two-bath qubits, by the stationary state of the Lindblad generator with
    the rate matrices [[gamma, beta], [beta, gamma]] down, eta and eta' times that up, and a dephasing that
    adds gamma xi to the decay of <+-|rho|-+>;
(c) Eqs. (7) to (9) and (15) of the driven modes, by the matrix of the Heisenberg equations, whose
    eigenvalues are a11 and -a22, and whose eigenvector has the ratio |beta|/|alpha|; and by the balance
    of the rates, nl (C - D) = D, with the spectral density integrated against a Lorentzian of width
    tending to zero (to 6 digits).

Fields: "workloads", each with "letter", "point" (decimals, in the order of the benchmark's inputs) and
"values" (60 significant digits, "0" if exactly zero).
"""
import itertools

import mpmath
from mpmath import mp, mpf

from oracle import decimal, systems, write

DIGITS = 60
POINTS = {
    "a": [["2.5", "1", "9"], ["0.37", "1.21", "4.4"], ["11.3", "0.83", "17.9"]],
    "b": [
        ["1", "2.3", "0.1", "1", "50", "0.25", "49", "0.125"],
        ["0.77", "0.31", "1.9", "0.6", "7.3", "0.11", "2.9", "0.02"],
        ["1.93", "1.07", "0.29", "1.3", "31.7", "0.49", "30.1", "0.61"],
    ],
    "c": [
        ["13.7", "14.9", "10.3", "0.31", "0.7", "1.9", "0.93", "1.21"],
        ["16", "13.1", "11.9", "0.47", "1.1", "0.6", "1.4", "0.55"],
        ["15.2", "15.2", "10.01", "0.12", "1", "1", "1", "1"],
    ],
}


# The formulas of the papers ------------------------------------------------------------------------

def reset_qubits(g, gamma, r):
    """In units of gamma, as the paper says that it may be written."""
    g, r = g / gamma, r / gamma
    bracket = 2 * g ** 2 + (r + mpf(1) / 2) * (r + 1)
    top = (r + mpf(1) / 2) ** 2 + g ** 2 * (r + 1) - r * g * (r + 1)
    return [max(mpf(0), -top / (2 * (r + 1) * bracket))]


def bath_rates(delta, temperatures, couplings):
    """Eq. (21): the rates towards the lower and the upper level."""
    down = sum(j / (1 - mpmath.exp(-delta / t)) for j, t in zip(couplings, temperatures))
    up = -sum(j / (1 - mpmath.exp(delta / t)) for j, t in zip(couplings, temperatures))
    return down, up


def two_bath_qubits(delta, t1, t2, j1, j2, k1, k2, xi):
    gamma, up = bath_rates(delta, (t1, t2), (j1, j2))
    beta, cross = bath_rates(delta, (t1, t2), (k1, k2))
    eta, eta1 = up / gamma, cross / beta
    braces = (4 * (eta1 - eta) ** 2 + gamma ** 2 / beta ** 2 * (1 + eta) ** 3 * (1 + eta + xi)
              - (1 + eta1) * (1 + 3 * eta ** 2 + 3 * eta1 + eta1 * eta ** 2))
    c = gamma / beta * (eta1 - eta) * (1 - eta ** 2) / braces
    z = 1 + eta
    last = eta1 * eta + eta1 - eta - 1
    p1, p4 = (
        first / z ** 2 + c * beta / (gamma * z ** 3) * (z * (eta + eta1) + second * last)
        for first, second in ((1, -2), (eta ** 2, 2 * eta)))
    return [c, (p1 + p4) / 2 - mpmath.sqrt((p1 - p4) ** 2 + 4 * c ** 2) / 2]


def drude(zeta, nu, frequency):
    """pi times the spectral density: the real part of the one-sided correlation."""
    return mp.pi * zeta * frequency / (nu ** 2 + frequency ** 2)


def driven_modes(wa, wb, wp, kappa, zeta1, zeta2, nu1, nu2):
    first, second = wa - wp, wb - wp
    root = mpmath.sqrt((first + second) ** 2 / ((first + second) ** 2 - 4 * kappa ** 2))
    alpha, beta = mpmath.sqrt(root / 2 + mpf(1) / 2), mpmath.sqrt(root / 2 - mpf(1) / 2)
    common = ((first + second) / 2 * root
              - 2 * kappa ** 2 / mpmath.sqrt((first + second) ** 2 - 4 * kappa ** 2))
    a11, a22 = (first - second) / 2 + common, -(first - second) / 2 + common
    c, d = alpha ** 2 * drude(zeta1, nu1, wp + a11), beta ** 2 * drude(zeta2, nu2, wp - a11)
    e, f = alpha ** 2 * drude(zeta2, nu2, wp + a22), beta ** 2 * drude(zeta1, nu1, wp - a22)
    return [alpha, beta, a11, a22, d / (c - d), f / (e - f)]


# The second roads ----------------------------------------------------------------------------------

def kron(a, b):
    return mpmath.matrix([
        [a[i // 2, j // 2] * b[i % 2, j % 2] for j in range(4)] for i in range(4)])


ONE = mpmath.eye(2)
SZ = mpmath.matrix([[1, 0], [0, -1]])
RAISE = mpmath.matrix([[0, 1], [0, 0]])  # to the first state


def site(operator, place):
    return kron(operator, ONE) if place == 0 else kron(ONE, operator)


def stationary(generator):
    """The matrix of trace 1 that the linear map sends to zero."""
    rows = [[mpmath.mpc(0)] * 16 for _ in range(16)]
    for column in range(16):
        unit = mpmath.zeros(4)
        unit[column // 4, column % 4] = 1
        image = generator(unit)
        for row in range(16):
            rows[row][column] = image[row // 4, row % 4]
    rows[0] = [1 if k % 5 == 0 else 0 for k in range(16)]  # trace instead of one dependent row
    solution = mpmath.lu_solve(mpmath.matrix(rows), mpmath.matrix([1] + [0] * 15))
    return mpmath.matrix([[solution[4 * i + j] for j in range(4)] for i in range(4)])


def least_of_partial_transpose(rho):
    """The least eigenvalue of rho with the first qubit transposed."""
    transposed = mpmath.zeros(4)
    for a, b, c, d in itertools.product(range(2), repeat=4):
        transposed[2 * a + b, 2 * c + d] = rho[2 * c + b, 2 * a + d]
    return min(mpmath.eighe(transposed, eigvals_only=True))


def check_reset_qubits(values, g, gamma, r):
    hamiltonian = g * kron(SZ, SZ)
    plus = mpmath.matrix([[mpf(1) / 2] * 2] * 2)

    def generator(rho):
        result = -1j * (hamiltonian * rho - rho * hamiltonian)
        for place in range(2):
            flip = site(SZ, place)
            result += gamma / 2 * (flip * rho * flip - rho)
            traced = mpmath.matrix(2)
            for i, j, k in itertools.product(range(2), repeat=3):
                traced[i, j] += rho[2 * k + i, 2 * k + j] if place == 0 else rho[2 * i + k, 2 * j + k]
            result += r * ((kron(plus, traced) if place == 0 else kron(traced, plus)) - rho)
        return result

    least = least_of_partial_transpose(stationary(generator))
    assert abs(values[0] - max(mpf(0), -least)) < mpf(10) ** -DIGITS, (values, least)


def check_two_bath_qubits(values, delta, t1, t2, j1, j2, k1, k2, xi):
    gamma, up = bath_rates(delta, (t1, t2), (j1, j2))
    beta, cross = bath_rates(delta, (t1, t2), (k1, k2))
    lower = [site(RAISE, place) for place in range(2)]  # the first state is the lower level

    def generator(rho):
        result = mpmath.zeros(4)
        for i, j in itertools.product(range(2), repeat=2):
            down_rate, up_rate = (gamma, up) if i == j else (beta, cross)
            for rate, a, b in ((down_rate, lower[i], lower[j]), (up_rate, lower[i].T, lower[j].T)):
                both = b.T * a
                result += rate * (a * rho * b.T - (both * rho + rho * both) / 2)
        for place in range(2):
            flip = site(SZ, place)
            result += gamma * xi / 4 * (flip * rho * flip - rho)
        return result

    rho = stationary(generator)
    c, least = rho[1, 2], least_of_partial_transpose(rho)
    assert abs(values[0] - c) < mpf(10) ** -DIGITS, (values[0], c)
    # The least eigenvalue is lambda_- or, far from entanglement, p2.
    assert abs(min(values[1], mpmath.re(rho[1, 1])) - least) < mpf(10) ** -DIGITS, (values[1], least)


def check_driven_modes(values, wa, wb, wp, kappa, zeta1, zeta2, nu1, nu2):
    alpha, beta, a11, a22, nl, nm = values
    small = mpf(10) ** -DIGITS
    # d/dt (a, b^dagger) = -i M (a, b^dagger); l and m^dagger are its eigenmodes.
    m = mpmath.matrix([[wa - wp, kappa], [-kappa, -(wb - wp)]])
    for eigenvalue in (a11, -a22):
        assert abs(mpmath.det(m - eigenvalue * mpmath.eye(2))) < small
    # a = alpha l + beta m^dagger, so that the column of a11 is (alpha, beta), up to signs.
    assert abs(abs((a11 - m[0, 0]) / kappa) - beta / alpha) < small
    assert abs(alpha ** 2 - beta ** 2 - 1) < small

    def width_to_zero(zeta, nu, frequency):
        def density(omega):
            return zeta * omega / (nu ** 2 + omega ** 2)
        width = mpf(10) ** -9
        cuts = [0, frequency / 2] + [frequency + k * width for k in (-1e4, -10, 0, 10, 1e4)]
        with mpmath.workdps(25):
            return mpmath.quad(
                lambda omega: density(omega) * width / (width ** 2 + (omega - frequency) ** 2),
                cuts + [2 * frequency, 100 * frequency])

    for n, a, near, far in ((nl, a11, (zeta1, nu1), (zeta2, nu2)), (nm, a22, (zeta2, nu2), (zeta1, nu1))):
        out = alpha ** 2 * width_to_zero(*near, wp + a)
        into = beta ** 2 * width_to_zero(*far, wp - a)
        assert abs(n * (out - into) / into - 1) < mpf(10) ** -6, (n, out, into)


ROADS = {
    "a": (reset_qubits, check_reset_qubits),
    "b": (two_bath_qubits, check_two_bath_qubits),
    "c": (driven_modes, check_driven_modes),
}
mp.dps = DIGITS + 40
recorded = []
for letter, points in POINTS.items():
    formula, check = ROADS[letter]
    for point in points:
        numbers = [mpf(text) for text in point]
        values = formula(*numbers)
        check(values, *numbers)
        recorded.append(
            {"letter": letter, "point": point, "values": [decimal(v, DIGITS) for v in values]})
write("workloads.json", "generate_workloads.py", systems("mpmath"), {"workloads": recorded})
