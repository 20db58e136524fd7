"""Two identical two-level systems between two baths: the secular Lindblad generator as a 16 x 16 matrix.

Nothing here starts from a published solution. The generator is built from explicit matrices with the golden
rule's rates: a quantum goes into bath n at J_n/(1 - exp(-Delta/T_n)), comes out of it at
J_n/(exp(Delta/T_n) - 1), the rates between the two systems are the same with K_n, and each system dephases
so that the coherence of the two degenerate states loses an extra gamma xi. The steady state is its null vector
by LU decomposition at 90 digits and more; eigenvalues of the partial transpose are numerical.

Basis |1> = ++, |2> = +-, |3> = -+, |4> = --, where + is the state of lower energy; c = <2|rho|3>; negativity
(||rho^T||_1 - 1)/2. lambda_minus is the smaller eigenvalue of the partial transpose on the span of |1>, |4>.

Fields: "points": "at" (exact values of the parameters) and "values": for each name its rows, each element
[re, im], 45 digits; "large": the same for names in _large, where bath 2 is at zero temperature and bath 1 so
hot that its emission and absorption are both theta J2 while J1 itself is nothing. "bell": at xi = 0 the
populations of the Bell states from the same null vector.
"thresholds": "T1max" (both roots) at T2 = 1/10, J = (1, 50), K = (0, 50); "theta_max"; "T2bound": the root in T2
of lambda_minus with K1 = 0, K2 = J2, T1 infinite and rates of bath 1 of 1e-60 of those of bath 2;
"smallest_ratio": the root in J2/J1 with K2 = J2, K1 = J1 (1 - 1e-50), x2 = 0, x1 = 1e-110: the limit is the
rational number next to it; "distance_1d", "distance_2d", "distance_3d" from the equations of the fields.
"negativity_supremum": the greatest eigenvalue of that kind approached for T2 -> 0, theta -> 0.
"""
import mpmath
from mpmath import mp, mpf, mpc

from oracle import decimal, systems, write

DIGITS, WORK = 45, 90
NAMES = ["Delta", "T1", "T2", "J1", "J2", "K1", "K2", "xi"]
POINTS = [
    ["1", "1", "1/10", "1", "50", "0", "50", "0"],
    ["1", "5", "1/2", "1", "50", "0", "50", "0"],
    ["1", "8", "1/10", "1", "50", "0", "50", "0"],
    ["1", "2", "1/4", "1", "10", "1/2", "-19/2", "0"],
    ["2", "3", "1/3", "2", "21", "-1", "20", "1/10"],
    ["1/3", "1/5", "1/7", "3", "5", "-5/2", "4", "3"],
    ["1", "1/2", "2", "10", "1", "-9", "1/3", "1/100"],
    ["5/2", "7/3", "1/2", "1", "1000", "1", "-1000", "1/1000"],
    ["1", "30", "2", "4/3", "7/2", "0", "-7/2", "0"],
    ["1", "1/20", "1/30", "1", "10", "0", "10", "0"],
    ["1", "3/2", "3/2", "1", "2", "1/2", "-1/3", "1/5"],
    ["1", "6", "1/5", "1", "3", "1", "-3", "0"],
    ["7/5", "9", "2/5", "1", "20", "1/4", "97/5", "1/50"],
]
LARGE = [["1/100", "1"], ["1/10", "1"], ["3/20", "1"], ["1/5", "1"], ["1/10", "19/20"], ["1/20", "-19/20"],
         ["2", "1/3"], ["1/1000", "-1"]]


def number(text):
    p, _, q = text.partition("/")
    return mpf(p) / mpf(q or "1")


def kron(a, b):
    out = mpmath.zeros(a.rows * b.rows, a.cols * b.cols)
    for i in range(a.rows):
        for j in range(a.cols):
            if a[i, j]:
                for r in range(b.rows):
                    for s in range(b.cols):
                        out[i * b.rows + r, j * b.cols + s] = a[i, j] * b[r, s]
    return out


ONE2, ONE4 = mpmath.eye(2), mpmath.eye(4)
SZ = mpmath.diag([1, -1])
DOWN = mpmath.matrix([[0, 1], [0, 0]])  # from - to +, which has the lower energy
FALL = [kron(DOWN, ONE2), kron(ONE2, DOWN)]
PHASE = [kron(SZ, ONE2), kron(ONE2, SZ)]


def dissipator(left, right):
    """left rho right' - {right' left, rho}/2 on vectors of rows; all matrices are real."""
    product = right.T * left
    return kron(left, right) - (kron(product, ONE4) + kron(ONE4, product.T)) / 2


def generator(delta, emission, absorption, dephasing):
    """The generator; `emission` and `absorption` are (own, between the systems)."""
    h = -delta / 2 * (PHASE[0] + PHASE[1])
    out = mpc(0, -1) * (kron(h, ONE4) - kron(ONE4, h.T))
    for i in range(2):
        for j in range(2):
            place = 0 if i == j else 1
            out += emission[place] * dissipator(FALL[i], FALL[j])
            out += absorption[place] * dissipator(FALL[i].T, FALL[j].T)
        out += dephasing * dissipator(PHASE[i], PHASE[i])
    return out


def steady(matrix):
    system, right = matrix.copy(), mpmath.zeros(16, 1)
    scale = max(abs(x) for x in matrix)
    for k in range(16):
        system[0, k] = scale if k % 5 == 0 else 0
    right[0] = scale
    vector = mpmath.lu_solve(system, right)
    return mpmath.matrix([[vector[4 * i + j] for j in range(4)] for i in range(4)])


def transpose_first(rho):
    return mpmath.matrix([[rho[2 * (j // 2) + i % 2, 2 * (i // 2) + j % 2] for j in range(4)] for i in range(4)])


def entanglement(rho):
    other = transpose_first(rho)
    block = mpmath.matrix([[other[0, 0], other[0, 3]], [other[3, 0], other[3, 3]]])
    lower = min(mpmath.eighe(block, eigvals_only=True))
    negative = -sum(min(value, mpf(0)) for value in mpmath.eighe(other, eigvals_only=True))
    return mpmath.re(lower), negative


def rates(v):
    """(own, between) of emission and of absorption."""
    emission, absorption = [mpf(0), mpf(0)], [mpf(0), mpf(0)]
    for n in "12":
        occupation = 1 / mpmath.expm1(v["Delta"] / v["T" + n])
        for place, letter in enumerate("JK"):
            emission[place] += v[letter + n] * (occupation + 1)
            absorption[place] += v[letter + n] * occupation
    return emission, absorption


def state(v):
    emission, absorption = rates(v)
    return steady(generator(v["Delta"], emission, absorption, v["xi"] * emission[0] / 4))


def state_values(rho, ending):
    lower, negative = entanglement(rho)
    out = {"c": rho[1, 2], "lambda_minus": lower, "negativity": negative}
    out |= {f"p{k + 1}": rho[k, k] for k in range(4)}
    return {name + ending: value for name, value in out.items()}


def point_values(v):
    rho = state(v)
    emission, absorption = rates(v)
    out = state_values(rho, "") | {"rho": rho, "gamma": emission[0], "beta": emission[1],
                                   "gamma_up": absorption[0], "beta_up": absorption[1],
                                   "eta": absorption[0] / emission[0],
                                   "x1": mpmath.exp(-v["Delta"] / v["T1"]),
                                   "x2": mpmath.exp(-v["Delta"] / v["T2"])}
    if emission[1] != 0:
        out["eta_prime"] = absorption[1] / emission[1]
    if v["xi"] == 0:
        out["m_chain"] = rho[3, 3] / rho[0, 0]
        for name, sign in [("e_plus", 1), ("e_minus", -1)]:
            # p of the Bell state in terms of p1, p4: p = (e p1 + p4)/(1 + e).
            bell = (rho[1, 1] + rho[2, 2] + sign * (rho[1, 2] + rho[2, 1])) / 2
            if v["K1"] != -sign * v["J1"] or v["K2"] != -sign * v["J2"]:
                out[name] = (bell - rho[3, 3]) / (rho[0, 0] - bell)
    return out


def hot_state(theta, k):
    return steady(generator(mpf(1), [theta + 1, k], [theta, mpf(0)], mpf(0)))


def spelled(value):
    def part(x):
        return "0" if abs(x) < mpf(10) ** (-DIGITS - 25) else decimal(mpf(x), DIGITS)

    def pair(x):
        return [part(mpmath.re(x)), part(mpmath.im(x))]
    if isinstance(value, mpmath.matrix):
        return [[pair(value[r, s]) for s in range(value.cols)] for r in range(value.rows)]
    return [[pair(value)]]


def twice(compute):
    answers = []
    for digits in (WORK, WORK + 20):
        with mpmath.workdps(digits):
            answers.append({name: spelled(value) for name, value in compute().items()})
    assert answers[0] == answers[1], [k for k in answers[0] if answers[0][k] != answers[1][k]]
    return answers[0]


def record(point):
    at = dict(zip(NAMES, point))
    return {"at": at, "values": twice(lambda: point_values({n: number(t) for n, t in at.items()}))}


def record_large(point):
    at = dict(zip(["theta", "k"], point))
    return {"at": at, "values": twice(lambda: state_values(hot_state(*map(number, point)), "_large"))}


# Thresholds ---------------------------------------------------------------------------------------

def lambda_minus(rho):
    return entanglement(rho)[0]


def thresholds():
    mp.dps = 90
    v = dict(Delta=mpf(1), T2=mpf(1) / 10, J1=mpf(1), J2=mpf(50), K1=mpf(0), K2=mpf(50), xi=mpf(0))

    def root(function, a, b, tolerance=mpf(10) ** -60):
        return mpmath.findroot(function, (mpf(a), mpf(b)), tol=tolerance ** 2, maxsteps=60, verify=False)

    def at_T1(T1):
        return lambda_minus(state(v | {"T1": T1})) * mpmath.exp(10)

    found = [("T1max", [root(at_T1, "0.112", "0.113"), root(at_T1, "7.99", "8.0")]),
             ("theta_max", [root(lambda t: lambda_minus(hot_state(t, mpf(1))), "0.157", "0.158")])]
    mp.dps = 250

    def cold(T2):
        x = mpmath.exp(-1 / T2)
        own = mpf(10) ** -60
        return lambda_minus(steady(generator(
            mpf(1), [own + 1 / (1 - x), 1 / (1 - x)], [own + x / (1 - x), x / (1 - x)], mpf(0))))

    def ratio(r):
        x, k = mpf(10) ** -110, 1 - mpf(10) ** -50
        own, both = 1 / (1 - x), k / (1 - x)
        return lambda_minus(steady(generator(
            mpf(1), [own + r, both + r], [own * x, both * x], mpf(0)))) * mpf(10) ** 110

    found.append(("T2bound", [root(cold, "0.566", "0.568")]))
    found.append(("smallest_ratio", [root(ratio, "1.9", "2.1")]))
    found.append(("negativity_supremum", [-lambda_minus(hot_state(mpf(10) ** -60, mpf(1)))]))
    level = 1 / mpmath.sqrt(2)
    found.append(("distance_3d", [root(lambda d: mpmath.sin(d) / d - level, "1.3", "1.4")]))
    found.append(("distance_2d", [root(lambda d: mpmath.besselj(0, d) - level, "1.1", "1.2")]))
    return [{"name": name, "values": [decimal(value, DIGITS) for value in values]} for name, values in found]


if __name__ == "__main__":
    body = {"points": [record(point) for point in POINTS], "large": [record_large(point) for point in LARGE]}
    body["thresholds"] = thresholds()
    write("two_bath_qubits.json", "generate_two_bath_qubits.py", systems("mpmath"), body)
