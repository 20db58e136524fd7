"""Two qubits, Ising coupling, dephasing, random resets to |+>: exact and numeric answers.

Nothing here starts from a published solution. The Liouvillian is assembled from the definition in the
Pauli-product basis, where it is real; SymPy solves it over Q(g, gamma, r), python-flint solves it over Q
at points, and QuTiP solves the same model written as Lindblad jumps, in doubles.

Conventions: H = g sz sz, hbar = 1; dephasing (gamma/2)(sz rho sz - rho) on each qubit; reset
r(|+><+|_i (x) tr_i rho - rho) on each. Basis 00, 01, 10, 11, first qubit most significant, sz|0> = |0>.
Negativity N = (||rho^TA||_1 - 1)/2.

Fields, all in the project's syntax unless they are numbers: "steady_state" (row, column, re, im);
"partial_transpose_spectrum"; "negativity"; "characteristic_polynomial" (factors and multiplicities);
"exact_points" (g, gamma, r, re, im, partial_transpose_eigenvalues ascending as exact or null and decimal,
negativity, signed_negativity = F/(2(r+gamma)D) without the maximum); "qutip_points" (doubles, and the state
01 evolved for "time"); "onset_closed_form", "onset_in_r" and "smallest_r" (1000 digits, minimal polynomials
constant first); "boundary_*_branch", "maximum_in_*_line*" (coefficients of an expansion, see "meaning");
"supremum" with its certificate "gap"; "plotted_square"; "jordan" (kernel_dimensions of (L - lambda)^k, k = 1, 2, 3;
eigenvalues that are rational only); "without_reset"; "boundary_points" (both g at a rational r, gamma = 1);
"decay_channel", "imperfect_reset", "heisenberg_reset_01": variants.
"""
import itertools
from fractions import Fraction

import flint
import mpmath
import numpy as np
import qutip  # warns without matplotlib; harmless
import sympy as sp
from sympy.polys.matrices import DomainMatrix

from oracle import decimal, rational, stable_decimal, systems, write

g, c, r, lam = sp.symbols("g gamma r lambda")
half = sp.Rational(1, 2)
kron = sp.kronecker_product
ONE, SX, SZ = sp.eye(2), sp.Matrix([[0, 1], [1, 0]]), sp.diag(1, -1)
SY = sp.Matrix([[0, -sp.I], [sp.I, 0]])
PAULI = [ONE, SX, SY, SZ]
BASIS = [sp.Matrix(kron(a, b)) for a in PAULI for b in PAULI]
LABELS = ["00", "01", "10", "11"]
BODY = {}


def ours(expression):
    """SymPy's spelling turned into the project's: ^ for powers."""
    return str(expression).replace("**", "^")


# The Liouvillian, in the basis of Pauli products --------------------------------------------------

def partial_trace_and_reset(site, rho):
    """|+><+|_site (x) tr_site rho, by the definition."""
    result = sp.zeros(4)
    for a, b, a2, b2 in itertools.product(range(2), repeat=4):
        if site == 0:
            value = sum(rho[2 * s + b, 2 * s + b2] for s in range(2))
        else:
            value = sum(rho[2 * a + s, 2 * a2 + s] for s in range(2))
        result[2 * a + b, 2 * a2 + b2] = half * value
    return result


def liouville(rho):
    h = g * kron(SZ, SZ)
    out = -sp.I * (h * rho - rho * h)
    for site in range(2):
        s = kron(SZ, ONE) if site == 0 else kron(ONE, SZ)
        out += c / 2 * (s * rho * s - rho) + r * (partial_trace_and_reset(site, rho) - rho)
    return sp.Matrix(out)


PAULI_L = sp.zeros(16)
for column, element in enumerate(BASIS):
    image = liouville(element)
    for row, dual in enumerate(BASIS):
        PAULI_L[row, column] = sp.expand((dual * image).trace() / 4)
assert all(entry.is_real is not False and not entry.has(sp.I) for entry in PAULI_L)

# (i) The exact steady state -----------------------------------------------------------------------

FIELD = sp.QQ.frac_field(g, c, r)
DOMAIN_L = DomainMatrix.from_Matrix(PAULI_L).convert_to(FIELD)
kernel = DOMAIN_L.nullspace().to_Matrix()
assert kernel.shape[0] == 1
kernel = kernel / kernel[0]
RHO = sp.zeros(4)
for i in range(16):
    RHO += kernel[i] * BASIS[i] / 4
real_part, imaginary_part = sp.zeros(4), sp.zeros(4)
elements = []
for i, j in itertools.product(range(4), repeat=2):
    re = sp.factor((RHO[i, j]).subs(sp.I, 0)) if RHO[i, j].has(sp.I) else sp.factor(RHO[i, j])
    im = sp.factor(sp.cancel((RHO[i, j] - re) / sp.I))
    assert not re.has(sp.I) and not im.has(sp.I)
    real_part[i, j], imaginary_part[i, j] = re, im
    elements.append({"row": LABELS[i], "column": LABELS[j], "re": ours(re), "im": ours(im)})
STEADY = real_part + sp.I * imaginary_part
assert all(sp.cancel(sp.expand(e)) == 0 for e in liouville(STEADY)), "not stationary"
assert sp.cancel(STEADY.trace()) == 1
BODY["basis"] = LABELS
BODY["steady_state"] = elements

D = 2 * g**2 + (r + c / 2) * (r + c)
PRINTED = {(0, 0): half**2, (0, 3): r**2 * (r + c / 2) / (4 * (r + c) * D),
           (1, 2): r**2 * (r + c / 2) / (4 * (r + c) * D),
           (0, 1): r * (-sp.I * g + r + c / 2) / (4 * D), (0, 2): r * (-sp.I * g + r + c / 2) / (4 * D),
           (1, 3): r * (sp.I * g + r + c / 2) / (4 * D), (2, 3): r * (sp.I * g + r + c / 2) / (4 * D)}
for (i, j), claimed in PRINTED.items():
    assert sp.cancel(sp.expand(STEADY[i, j] - claimed)) == 0, (i, j)


def partial_transpose(matrix):
    """Transposes the first qubit."""
    out = sp.zeros(4)
    for a, b, a2, b2 in itertools.product(range(2), repeat=4):
        out[2 * a + b, 2 * a2 + b2] = matrix[2 * a2 + b, 2 * a + b2]
    return out


# Eigenvalues of the partial transpose: over Q(g, gamma, r) the symmetric/antisymmetric split under
# exchange and spin flip diagonalises it; here they are found from the characteristic polynomial.
TRANSPOSED = partial_transpose(STEADY)
complex_field = sp.QQ_I.frac_field(g, c, r)
coefficients = DomainMatrix.from_Matrix(TRANSPOSED.applyfunc(sp.cancel)).convert_to(complex_field).charpoly()
pt_polynomial = sum(complex_field.to_sympy(a) * lam**(4 - k) for k, a in enumerate(coefficients))
pt_polynomial = sp.cancel(pt_polynomial)
EQ3 = (r * g * (r + c) - c * (r + c / 2)**2 - g**2 * (r + c)) / (2 * (r + c) * D)
assert sp.cancel(pt_polynomial.subs(lam, -EQ3)) == 0, "-EQ3 is an eigenvalue of the partial transpose"
factors = sp.factor_list(sp.numer(sp.together(pt_polynomial)), lam)[1]
pt_roots, residual = [], []
for factor, multiplicity in factors:
    polynomial = sp.Poly(factor, lam)
    if polynomial.degree() == 1:
        root = sp.factor(-polynomial.coeff_monomial(1) / polynomial.coeff_monomial(lam))
        pt_roots += [root] * multiplicity
    elif polynomial.degree() > 1:
        residual.append((ours(sp.factor(factor)), multiplicity))
BODY["partial_transpose_spectrum"] = {
    "rational_eigenvalues": [ours(x) for x in pt_roots],
    "other_factors": [{"polynomial": f, "multiplicity": m} for f, m in residual]}
BODY["negativity"] = "max(0, " + ours(sp.factor(EQ3)) + ")"

# (iv) The characteristic polynomial of the Liouvillian ---------------------------------------------

char_coefficients = DOMAIN_L.charpoly()
charpoly = sp.Poly([FIELD.to_sympy(a) for a in char_coefficients], lam)
content, char_factors = sp.factor_list(charpoly.as_expr())
assert content == 1
w = c + r * half * 3
expected = lam * (lam + r)**2 * (lam + 2 * r) * (lam + 2 * r + 2 * c)**4 \
    * ((lam + w)**2 + 4 * g**2 - r**2 / 4)**4
assert sp.expand(charpoly.as_expr() - expected) == 0
BODY["characteristic_polynomial"] = {
    "variable": "lambda",
    "factors": [{"factor": ours(f), "multiplicity": m} for f, m in char_factors],
    "eigenvalues": [
        {"value": "0", "multiplicity": 1}, {"value": "-r", "multiplicity": 2},
        {"value": "-2*r", "multiplicity": 1}, {"value": "-2*(r + gamma)", "multiplicity": 4},
        {"value": "-(3*r/2 + gamma) + 2*i*sqrt(g^2 - r^2/16)", "multiplicity": 4},
        {"value": "-(3*r/2 + gamma) - 2*i*sqrt(g^2 - r^2/16)", "multiplicity": 4}]}


# (ii) Exact points ----------------------------------------------------------------------------------

def at_point(point):
    values = {g: sp.Rational(point[0]), c: sp.Rational(point[1]), r: sp.Rational(point[2])}
    return values


def flint_liouvillian(point):
    values = at_point(point)
    rows = [[PAULI_L[i, j].subs(values) for j in range(16)] for i in range(16)]
    return flint.fmpq_mat([[flint.fmpq(int(x.p), int(x.q)) for x in row] for row in rows])


def flint_steady(point):
    """Solves L v = 0 with v_0 = 1 over Q; the first row of L is zero because the trace is conserved."""
    matrix = flint_liouvillian(point)
    assert all(matrix[0, j] == 0 for j in range(16))
    reduced = flint.fmpq_mat(15, 15, [matrix[i, j] for i in range(1, 16) for j in range(1, 16)])
    right = flint.fmpq_mat(15, 1, [-matrix[i, 0] for i in range(1, 16)])
    solution = reduced.solve(right)
    vector = [Fraction(1)] + [Fraction(int(solution[i, 0].p), int(solution[i, 0].q)) for i in range(15)]
    re = [[Fraction(0)] * 4 for _ in range(4)]
    im = [[Fraction(0)] * 4 for _ in range(4)]
    for coefficient, element in zip(vector, BASIS):
        for i, j in itertools.product(range(4), repeat=2):
            x, y = sp.re(element[i, j]), sp.im(element[i, j])
            re[i][j] += coefficient * int(x) / 4
            im[i][j] += coefficient * int(y) / 4
    return re, im, matrix.charpoly()


def transpose_first(matrix):
    return [[matrix[2 * (j // 2) + i % 2][2 * (i // 2) + j % 2] for j in range(4)] for i in range(4)]


def hermitian_charpoly(re, im):
    """Coefficients (constant first) of det(x - A), A Hermitian over Q(i), by Faddeev and Le Verrier."""
    n = len(re)

    def multiply(a, b):
        (ar, ai), (br, bi) = a, b
        rr = [[sum(ar[i][k] * br[k][j] - ai[i][k] * bi[k][j] for k in range(n)) for j in range(n)] for i in range(n)]
        ii = [[sum(ar[i][k] * bi[k][j] + ai[i][k] * br[k][j] for k in range(n)) for j in range(n)] for i in range(n)]
        return rr, ii

    a = (re, im)
    current = ([[Fraction(int(i == j)) for j in range(n)] for i in range(n)], [[Fraction(0)] * n for _ in range(n)])
    coefficients = [Fraction(1)]
    for k in range(1, n + 1):
        product = multiply(a, current)
        trace = sum(product[0][i][i] for i in range(n))
        assert sum(product[1][i][i] for i in range(n)) == 0
        value = -trace / k
        coefficients.append(value)
        current = ([[product[0][i][j] + (value if i == j else 0) for j in range(n)] for i in range(n)], product[1])
    return coefficients[::-1]


def real_roots(coefficients, digits):
    """All roots of a polynomial with only real roots: (exact or None, decimal), ascending, repeated."""
    polynomial = flint.fmpq_poly([flint.fmpq(x.numerator, x.denominator) for x in coefficients])
    roots = []
    for factor, multiplicity in polynomial.factor()[1]:
        ints = [int(x) for x in flint.fmpq_poly(factor).numer().coeffs()]
        if len(ints) == 2:
            exact = Fraction(-ints[0], ints[1])
            roots += [(exact, rational(exact), decimal(exact, digits))] * multiplicity
        else:
            with mpmath.workdps(digits + 60):
                found = mpmath.polyroots(ints[::-1], maxsteps=400, extraprec=600)
                for root in sorted(mpmath.re(x) for x in found):
                    roots += [(root, None, decimal(mpmath.mpf(root), digits))] * multiplicity
                assert all(abs(mpmath.im(x)) < mpmath.mpf(10)**(-digits - 20) for x in found)
    return sorted(roots, key=lambda x: float(x[0]) if x[1] else float(x[2]))


POINTS = [("5/2", "1", "2"), ("5/2", "1", "20"), ("1", "1", "1"), ("1/2", "1", "3"), ("3", "1", "5"), ("3", "1", "9"),
          ("2", "1/3", "7/2"), ("7/3", "2/5", "11/7"), ("10", "1", "5"), ("10", "1", "27"), ("1/100", "1", "1/50"),
          ("1000", "1", "2732"), ("5", "1/1000", "13"), ("1", "1/10", "4"), ("1", "1", "4"), ("2", "1", "8"),
          ("2", "1", "41/10"), ("21/10", "1", "83/20"), ("6", "2", "17"), ("3", "1", "17/10"), ("8", "1", "20"),
          ("20", "1", "20"), ("19", "1", "20"), ("4", "3/2", "12"), ("1/7", "1/70", "1/2"), ("12345/678", "9/10", "987/20")]
points = []
for point in POINTS:
    re, im, numeric_charpoly = flint_steady(point)
    values = at_point(point)
    for i, j in itertools.product(range(4), repeat=2):
        assert re[i][j] == Fraction(str(real_part[i, j].subs(values))), "exact solvers disagree"
        assert im[i][j] == Fraction(str(imaginary_part[i, j].subs(values)))
    expected_poly = sp.Poly(charpoly.as_expr().subs(values), lam).all_coeffs()[::-1]
    assert [Fraction(str(x)) for x in expected_poly] == [Fraction(int(x.p), int(x.q)) for x in numeric_charpoly.coeffs()] \
        + [Fraction(0)] * (len(expected_poly) - len(numeric_charpoly.coeffs())), "characteristic polynomials disagree"
    tre, tim = transpose_first(re), transpose_first(im)
    roots = real_roots(hermitian_charpoly(tre, tim), 60)
    negative = [x for x in roots if x[2].startswith("-")]
    eq3 = Fraction(str(EQ3.subs(values)))
    assert len(negative) <= 1 and (len(negative) == 1) == (eq3 > 0)
    if negative:
        assert negative[0][1] is not None and Fraction(negative[0][1]) == -eq3
    doubles = np.linalg.eigvalsh(np.array(tre, dtype=float) + 1j * np.array(tim, dtype=float))
    assert np.allclose(doubles, [float(x[2]) for x in roots], atol=1e-13)
    points.append({"g": point[0], "gamma": point[1], "r": point[2],
                   "re": [[rational(x) for x in row] for row in re], "im": [[rational(x) for x in row] for row in im],
                   "partial_transpose_eigenvalues": [{"exact": x[1], "decimal": x[2]} for x in roots],
                   "negativity": rational(max(Fraction(0), eq3)),
                   "negativity_decimal": decimal(max(Fraction(0), eq3), 60),
                   "signed_negativity": rational(eq3)})
BODY["exact_points"] = points


# (iii) QuTiP -----------------------------------------------------------------------------------------

def qutip_model(gv, cv, rv):
    sz, one = qutip.sigmaz(), qutip.qeye(2)
    plus = (qutip.basis(2, 0) + qutip.basis(2, 1)).unit()
    jumps = []
    for site in range(2):
        def place(op):
            return qutip.tensor(op, one) if site == 0 else qutip.tensor(one, op)
        jumps.append(np.sqrt(cv / 2) * place(sz))
        jumps += [np.sqrt(rv) * place(plus * qutip.basis(2, s).dag()) for s in range(2)]
    return gv * qutip.tensor(sz, sz), jumps


numeric = []
for point in POINTS[:15]:
    gv, cv, rv = (float(Fraction(x)) for x in point)
    h, jumps = qutip_model(gv, cv, rv)
    steady = qutip.steadystate(h, jumps, method="direct")
    exact = next(x for x in points if (x["g"], x["gamma"], x["r"]) == point)
    matrix = steady.full()
    error = max(abs(matrix[i, j] - (float(Fraction(exact["re"][i][j])) + 1j * float(Fraction(exact["im"][i][j]))))
                for i in range(4) for j in range(4))
    assert error < 1e-10, (point, error)
    n_value = sum(-x for x in np.linalg.eigvalsh(qutip.partial_transpose(steady, [1, 0]).full()) if x < 0)
    assert abs(n_value - float(Fraction(exact["negativity"]))) < 1e-10
    start = qutip.tensor(qutip.basis(2, 0), qutip.basis(2, 1)).proj()
    rate = min(rv, 1.5 * rv + cv - np.sqrt(max(0.0, rv**2 / 4 - 4 * gv**2)))
    time = 40 / rate
    propagator = (qutip.liouvillian(h, jumps) * time).expm()
    evolved = qutip.vector_to_operator(propagator * qutip.operator_to_vector(start)).full()
    assert np.max(np.abs(evolved - matrix)) < 1e-8, (point, np.max(np.abs(evolved - matrix)))
    numeric.append({"g": point[0], "gamma": point[1], "r": point[2],
                    "re": [[repr(float(x.real)) for x in row] for row in matrix],
                    "im": [[repr(float(x.imag)) for x in row] for row in matrix],
                    "negativity": repr(float(n_value)), "initial_state": "01", "time": repr(float(time)),
                    "evolved_re": [[repr(float(x.real)) for x in row] for row in evolved],
                    "evolved_im": [[repr(float(x.imag)) for x in row] for row in evolved]})
BODY["qutip_points"] = numeric

# (v) Thresholds ---------------------------------------------------------------------------------------
# N > 0  <=>  f = r g (r+c) - c (r+c/2)^2 - g^2 (r+c) > 0, a quadratic in r:
F = sp.expand(r * g * (r + c) - c * (r + c / 2)**2 - g**2 * (r + c))
assert sp.expand(F - ((g - c) * r**2 - (g**2 - g * c + c**2) * r - c * (g**2 + c**2 / 4))) == 0
onsets = []
for gv, cv in [("5/2", "1"), ("2", "1"), ("11/10", "1"), ("3", "1"), ("10", "1"), ("101/100", "1"), ("20", "1"),
               ("7/3", "2/5"), ("1", "1/10"), ("1000", "1")]:
    gq, cq = Fraction(gv), Fraction(cv)
    coeffs = [-cq * (gq**2 + cq**2 / 4), -(gq**2 - gq * cq + cq**2), gq - cq]
    poly = flint.fmpq_poly([flint.fmpq(x.numerator, x.denominator) for x in coeffs]).numer()
    _, parts = poly.factor()
    root = stable_decimal(lambda: (mpmath.mpf(1) * (gq**2 - gq * cq + cq**2).numerator / (gq**2 - gq * cq + cq**2).denominator
                                   + mpmath.sqrt(mpmath.mpf((coeffs[1]**2 - 4 * coeffs[2] * coeffs[0]).numerator)
                                                 / (coeffs[1]**2 - 4 * coeffs[2] * coeffs[0]).denominator))
                          / (2 * (mpmath.mpf((gq - cq).numerator) / (gq - cq).denominator)), 1000)
    near = Fraction(root.split("e")[0]) * Fraction(10)**int(root.split("e")[1] if "e" in root else 0)
    minimal = [p for p, _ in parts if abs(sum(Fraction(int(x)) * near**k for k, x in enumerate(p.coeffs()))) < Fraction(1, 10**900)]
    assert len(minimal) == 1
    coefficients = [int(x) for x in minimal[0].coeffs()]
    if coefficients[-1] < 0:
        coefficients = [-x for x in coefficients]
    # the state entangles just above and not just below
    for step, wanted in ((Fraction(1, 10**6), True), (-Fraction(1, 10**6), False)):
        value = F.subs({g: sp.Rational(gv), c: sp.Rational(cv), r: sp.Rational(str(Fraction(str(round(float(near), 12))) + step))})
        assert (value > 0) == wanted
    onsets.append({"g": gv, "gamma": cv, "minimal_polynomial": [str(x) for x in coefficients], "onset": root})
BODY["onset_closed_form"] = ("((g^2 - g*gamma + gamma^2) + sqrt((g^2 - g*gamma + gamma^2)^2 + "
                             "gamma*(g - gamma)*(4*g^2 + gamma^2)))/(2*(g - gamma))")
closed = ((g**2 - g * c + c**2) + sp.sqrt((g**2 - g * c + c**2)**2 + c * (g - c) * (4 * g**2 + c**2))) / (2 * (g - c))
assert sp.simplify(sp.expand(F.subs(r, closed) * 4 * (g - c))) == 0
BODY["onset_in_r"] = onsets

discriminant = sp.discriminant(sp.Poly(F, g))
assert sp.expand(discriminant - (r + c) * (r**3 - 3 * c * r**2 - 4 * c**2 * r - c**3)) == 0
cubic = flint.fmpz_poly([-1, -4, -3, 1])
assert len(cubic.factor()[1]) == 1


def largest_root():
    x = mpmath.mpf("4.0489173395223053")
    for _ in range(14):
        x -= (((x - 3) * x - 4) * x - 1) / ((3 * x - 6) * x - 4)
    return x


minimum = stable_decimal(largest_root, 1000)
# an independent form: the discriminant 49 makes the field cyclic of degree 3, the roots trigonometric
assert sp.discriminant(sp.Poly(r**3 - 3 * r**2 - 4 * r - 1, r)) == 49
trigonometric = stable_decimal(
    lambda: 1 + 2 * mpmath.sqrt(mpmath.mpf(7) / 3) * mpmath.cos(mpmath.acos(mpmath.sqrt(mpmath.mpf(27) / 28)) / 3), 1000)
assert trigonometric == minimum
cosines = stable_decimal(lambda: 1 + 2 * mpmath.cos(mpmath.pi / 7) + 2 * mpmath.cos(2 * mpmath.pi / 7), 1000)
assert cosines == minimum
BODY["smallest_r"] = {"gamma": "1", "minimal_polynomial": ["-1", "-4", "-3", "1"], "value": minimum,
                      "closed_form": "1 + 2*cos(pi/7) + 2*cos(2*pi/7)",
                      "closed_form_2": "1 + 2*sqrt(7/3)*cos(acos(sqrt(27/28))/3)", "g_there": "r/2",
                      "g_value": stable_decimal(lambda: largest_root() / 2, 1000),
                      "attained": False}

# (vi) Asymptotes and lines of maximum -------------------------------------------------------------------
e, a = sp.symbols("e a")


def expansion(polynomial, first, terms):
    """Coefficients a_k of g = sum a_k r^(1-k) on polynomial(g, r) = 0 (gamma = 1), from the first one on."""
    poly = sp.Poly(polynomial.subs(c, 1), g, r)
    degree = poly.total_degree()
    found = [first]
    for k in range(1, terms):
        series = sum(x * e**j for j, x in enumerate(found)) + a * e**k
        shifted = sp.expand(sum(x * series**m[0] * e**(degree - sum(m)) for m, x in poly.terms()))
        for coefficient in sp.Poly(shifted, e).all_coeffs()[::-1]:
            coefficient = sp.expand(coefficient)
            if coefficient != 0:
                break
        solution = sp.solve(coefficient, a)
        assert len(solution) == 1
        found.append(sp.radsimp(sp.expand(solution[0])))
    return found


def solve_near(polynomial, rv, guess):
    function = sp.lambdify(g, polynomial.subs({c: 1, r: rv}), "mpmath")
    return mpmath.findroot(function, guess)


def checked(name, polynomial, first, terms, text):
    coefficients = expansion(polynomial, first, terms)
    with mpmath.workdps(80):
        scale = 10**6
        approximation = sum(mpmath.mpf(sp.N(x, 80)) * mpmath.mpf(scale)**(1 - k) for k, x in enumerate(coefficients))
        actual = solve_near(polynomial, scale, approximation)
        error = abs(actual - approximation) * mpmath.mpf(scale)**(terms - 1)
        assert error < 10**4, (name, mpmath.nstr(error, 5))
    BODY[name] = {"meaning": text, "coefficients": [ours(x) for x in coefficients]}
    return coefficients


NUMERATOR, DENOMINATOR = EQ3.as_numer_denom()
dg = sp.expand(sp.numer(sp.cancel(sp.diff(EQ3, g))))
dr = sp.expand(sp.numer(sp.cancel(sp.diff(EQ3, r))))
slope = (sp.sqrt(3) - 1) / 2
text = "gamma = 1; g = sum_k coefficients[k] * r^(1-k); restore gamma as gamma^k"
checked("boundary_lower_branch", F, sp.Integer(0), 8, text)
checked("boundary_upper_branch", F, sp.Integer(1), 8, text)
checked("maximum_in_g_line", dg, slope, 6, text)
checked("maximum_in_r_line", dr, slope, 6, text)

# the maximum in r at fixed g, as r in terms of g
series_r = []
rr = sp.Symbol("rr")
upper = expansion(sp.expand(dr.subs({g: rr}).subs({r: g}).subs({rr: r})), sp.sqrt(3) + 1, 5)
BODY["maximum_in_r_line_inverted"] = {"meaning": "gamma = 1; r = sum_k coefficients[k] * g^(1-k)",
                                      "coefficients": [ours(x) for x in upper]}
quadratic = sp.Poly(sp.cancel(dg / r), g)
qa, qb, qc = quadratic.all_coeffs()
best = (-qb - sp.sqrt(sp.expand(qb**2 - 4 * qa * qc))) / (2 * qa)
best_value = float(best.subs({c: 1, r: 20}))
if best_value < 0:
    best = (-qb + sp.sqrt(sp.expand(qb**2 - 4 * qa * qc))) / (2 * qa)
assert abs(float(best.subs({c: 1, r: 20})) - 7.86037615120348) < 1e-9
assert sp.simplify(sp.expand((dg / r).subs(g, best))) == 0
BODY["maximum_in_g_closed_form"] = ours(best)

# supremum: (sqrt3 - 1)/8 - N = [(r+c) k ((r-(1+sqrt3) g)^2 + (3 r c + c^2)/2) + c (r+c/2)^2] / (2 (r+c) D)
k = (sp.sqrt(3) - 1) / 4
gap = (sp.sqrt(3) - 1) / 8 - EQ3
certificate = ((r + c) * k * ((r - (1 + sp.sqrt(3)) * g)**2 + (3 * r * c + c**2) / 2) + c * (r + c / 2)**2) / (2 * (r + c) * D)
assert sp.expand(sp.numer(sp.together(gap - certificate))) == 0
BODY["supremum"] = {
    "value": "(sqrt(3) - 1)/8", "decimal": stable_decimal(lambda: (mpmath.sqrt(3) - 1) / 8, 60), "attained": False,
    "gap": "((r + gamma)*(sqrt(3) - 1)/4*((r - (1 + sqrt(3))*g)^2 + (3*r*gamma + gamma^2)/2)"
           " + gamma*(r + gamma/2)^2)/(2*(r + gamma)*(2*g^2 + (r + gamma/2)*(r + gamma)))",
    "meaning": "value - N equals gap, positive for all g, gamma, r > 0; it tends to 0 for r = (1 + sqrt(3))*g, g -> infinity"}

# (vii) The plotted square -----------------------------------------------------------------------------
res = sp.factor_list(sp.resultant(sp.Poly(dg.subs(c, 1), g), sp.Poly(dr.subs(c, 1), g)))[1]
for factor, _ in res:
    assert all(x >= 0 for x in sp.Poly(factor, r).coeffs()), "an interior critical point may exist"
edge = sp.Poly(dr.subs({c: 1, g: 20}), r)
assert edge.count_roots(0, 20) == 0
corner = EQ3.subs({c: 1, g: 20, r: 20})
top_g = (sp.sqrt(547801) - 410) / 42
top = -sp.Rational(241, 1764) + 5 * sp.sqrt(547801) / 18081
assert sp.simplify(EQ3.subs({c: 1, r: 20, g: top_g}) - top) == 0 and sp.simplify(dg.subs({c: 1, r: 20, g: top_g})) == 0
assert top > corner
grid = max((float(EQ3.subs({c: 1, g: x, r: y})) for x in range(1, 21) for y in range(1, 21)))
assert grid < float(top)
BODY["plotted_square"] = {"square": "r, g in 0..20, gamma = 1", "maximum": ours(top), "r": "20", "g": ours(top_g),
                          "maximum_decimal": stable_decimal(lambda: mpmath.mpf(-241) / 1764 + 5 * mpmath.sqrt(547801) / 18081, 60),
                          "g_decimal": stable_decimal(lambda: (mpmath.sqrt(547801) - 410) / 42, 60)}


# (viii) Jordan structure at g = r/4 and elsewhere -------------------------------------------------------

def structure(point):
    matrix = flint_liouvillian(point)
    identity = flint.fmpq_mat(16, 16, [flint.fmpq(int(i == j)) for i in range(16) for j in range(16)])
    result = []
    for factor, multiplicity in matrix.charpoly().factor()[1]:
        if factor.degree() == 1:
            root = -factor[0] / factor[1]
            power, dims = identity, []
            for _ in range(3):
                power = power * (matrix - identity * root)
                dims.append(16 - power.rank())
            result.append({"eigenvalue": rational(root), "algebraic": multiplicity, "geometric": dims[0],
                           "kernel_dimensions": dims})
    return result


defective = structure(("1", "1", "4"))
special = next(x for x in defective if x["eigenvalue"] == "-7")
assert special["algebraic"] == 8 and special["kernel_dimensions"] == [4, 8, 8]
assert all(x["algebraic"] == x["geometric"] for x in defective if x is not special)
other = structure(("1/2", "3/7", "2"))
assert any(x["algebraic"] == 8 and x["kernel_dimensions"] == [4, 8, 8] for x in other)
regular = structure(("1", "1", "5"))
assert all(x["algebraic"] == x["geometric"] for x in regular)
BODY["jordan"] = [{"g": "1", "gamma": "1", "r": "4", "eigenvalues": defective},
                  {"g": "1/2", "gamma": "3/7", "r": "2", "eigenvalues": other},
                  {"g": "1", "gamma": "1", "r": "5", "eigenvalues": regular}]

# (ix) No reset --------------------------------------------------------------------------------------------
free = DomainMatrix.from_Matrix(PAULI_L.subs(r, 0)).convert_to(sp.QQ.frac_field(g, c)).nullspace().to_Matrix()
assert free.shape[0] == 4
diagonal = {0, 3, 12, 15}
assert all(free[i, j] == 0 for i in range(4) for j in range(16) if j not in diagonal)
BODY["without_reset"] = {"kernel_dimension": 4, "kernel_is_diagonal": True,
                         "kernel": ["1 1", "1 sz", "sz 1", "sz sz"]}

# (x) The boundary curve --------------------------------------------------------------------------------
curve = []
for rv in ["81/20", "4.0490", "41/10", "21/5", "43/10", "22/5", "9/2", "23/5", "19/4", "5", "21/4", "11/2", "23/4", "6", "13/2", "7",
           "15/2", "8", "17/2", "9", "19/2", "10", "21/2", "11", "23/2", "12", "25/2", "13", "27/2", "14", "29/2", "15", "31/2", "16",
           "33/2", "17", "35/2", "18", "37/2", "19", "39/2", "20"]:
    rq = Fraction(rv)
    b, const = -rq * (rq + 1), (rq + Fraction(1, 2))**2
    disc = b * b - 4 * (rq + 1) * const
    assert disc > 0

    def root(sign):
        return (mpmath.mpf(-b.numerator) / b.denominator + sign * mpmath.sqrt(mpmath.mpf(disc.numerator) / disc.denominator)) \
            / (2 * mpmath.mpf((rq + 1).numerator) / (rq + 1).denominator)
    low, high = stable_decimal(lambda: root(-1), 60), stable_decimal(lambda: root(1), 60)
    check = sp.Poly(F.subs({c: 1, r: sp.Rational(rq.numerator, rq.denominator)}), g)
    assert check.count_roots() == 2
    nroots = sorted(check.nroots(n=40))
    assert abs(nroots[0] - sp.Float(low, 60)) < 1e-35 and abs(nroots[1] - sp.Float(high, 60)) < 1e-35
    curve.append({"r": rational(rq), "g": [low, high]})
for rv in ("1", "4", "4.0489", "0.001"):
    assert sp.Poly(F.subs({c: 1, r: sp.Rational(rv)}), g).count_roots() == 0
BODY["boundary_points"] = curve

# Two variants of the text: a decay channel without reset, and an imperfect reset ------------------------------
kappa, p = sp.symbols("kappa p")


def solve_variant(hamiltonian, jumps, names):
    """The steady state of a Lindblad equation, exactly; `jumps` are (rate, matrix)."""
    matrix = sp.zeros(16)
    for column, element in enumerate(BASIS):
        image = -sp.I * (hamiltonian * element - element * hamiltonian)
        for rate, jump in jumps:
            square = jump.H * jump
            image += rate * (jump * element * jump.H - (square * element + element * square) / 2)
        for row, dual in enumerate(BASIS):
            matrix[row, column] = sp.expand((dual * image).trace() / 4)
    null = DomainMatrix.from_Matrix(matrix).convert_to(sp.QQ.frac_field(*names)).nullspace().to_Matrix()
    assert null.shape[0] == 1
    null = null / null[0]
    state = sp.zeros(4)
    for i in range(16):
        state += null[i] * BASIS[i] / 4
    return state


def transposed_charpoly(state, names):
    field = sp.QQ_I.frac_field(*names)
    found = DomainMatrix.from_Matrix(partial_transpose(state).applyfunc(sp.cancel)).convert_to(field).charpoly()
    return sum(field.to_sympy(a) * lam**(4 - k) for k, a in enumerate(found))


def place(site, op):
    return sp.Matrix(kron(op, ONE) if site == 0 else kron(ONE, op))


# B/2 = C = kappa, s = 1: jumps sigma+ at rate B = 2 kappa and no extra dephasing (2C - B = 0)
raising = sp.Matrix([[0, 1], [0, 0]])
decayed = solve_variant(g * sp.Matrix(kron(SX, SX)), [(2 * kappa, place(i, raising)) for i in range(2)], (g, kappa))
decay_eigenvalues = [g * (g - 2 * kappa) / (4 * (g**2 + kappa**2)), g * (g + 2 * kappa) / (4 * (g**2 + kappa**2)),
                     (g**2 + 4 * kappa**2) / (4 * (g**2 + kappa**2)), g**2 / (4 * (g**2 + kappa**2))]
claimed = sp.Integer(1)
for value in decay_eigenvalues:
    claimed *= lam - value
assert sp.cancel(transposed_charpoly(decayed, (g, kappa)) - claimed) == 0
golden = (sp.sqrt(5) - 1) / 2
n_decay = g * (2 * kappa - g) / (4 * (g**2 + kappa**2))
assert sp.simplify(sp.diff(n_decay, g).subs({g: golden, kappa: 1})) == 0
assert sp.simplify(n_decay.subs({g: golden, kappa: 1}) - (sp.sqrt(5) - 1) / 8) == 0
BODY["decay_channel"] = {"model": "H = g sx sx, jumps |0><1| at rate 2 kappa on each qubit, no reset",
                         "negativity": "max(0, g*(2*kappa - g)/(4*(g^2 + kappa^2)))", "onset": "entangled for 0 < g < 2*kappa",
                         "maximum": "(sqrt(5) - 1)/8", "at": "g = kappa*(sqrt(5) - 1)/2"}

mixed_jumps = [(c / 2, place(i, SZ)) for i in range(2)]
for i in range(2):
    for sign in (1, -1):
        mixed_jumps += [(r * (1 + sign * p) / 4, place(i, sp.Matrix(2, 2, lambda a, b: sign**a * int(b == s)))) for s in range(2)]
mixed = solve_variant(g * sp.Matrix(kron(SZ, SZ)), mixed_jumps, (g, c, r, p))
eight = 8 * (c + r) * D
square = (c + 2 * r)
low = (4 * g * (c + r) * (g - p * r) + square * ((c + r)**2 - p**2 * r**2)) / eight
values = [low, low.subs(p, -p), (4 * g**2 * (c + r) + square * (c + r - p * r)**2) / eight, (4 * g**2 * (c + r) + square * (c + r + p * r)**2) / eight]
claimed = sp.Integer(1)
for value in values:
    claimed *= lam - value
assert sp.cancel(transposed_charpoly(mixed, (g, c, r, p)) - claimed) == 0
assert sp.cancel(low.subs(p, 1) + EQ3) == 0
# at the best g = p r / 2 it entangles when p^2 r^2 (2 c + 3 r) > (c + 2 r)(c + r)^2
assert sp.expand((-low * eight).subs(g, p * r / 2) - (p**2 * r**2 * (2 * c + 3 * r) - square * (c + r)**2)) == 0
BODY["imperfect_reset"] = {"model": "reset to (1 + p sx)/2 at rate r, dephasing gamma, H = g sz sz",
                           "negativity": "max(0, " + ours(sp.factor(-low)) + ")",
                           "condition": "4*g*(gamma + r)*(p*r - g) > (gamma + 2*r)*((gamma + r)^2 - p^2*r^2)",
                           "some_g_entangles": "p^2 > (gamma + 2*r)*(gamma + r)^2/(r^2*(2*gamma + 3*r))",
                           "smallest_p": "sqrt(2/3)", "attained": False}

heisenberg = g * sp.Matrix(kron(SX, SX) + kron(SY, SY) + kron(SZ, SZ))
opposite = [(c / 2, place(i, SZ)) for i in range(2)]
for i in range(2):
    opposite += [(r, place(i, sp.Matrix(2, 2, lambda a, b: int((a, b) == (i, s))))) for s in range(2)]
swapped = solve_variant(heisenberg, opposite, (g, c, r))
bottom = 8 * g**2 + c * r + r**2
claimed = sp.Integer(1)
for value in (2 * g**2 / bottom, g * (2 * g + r) / bottom, g * (2 * g - r) / bottom, (2 * g**2 + c * r + r**2) / bottom):
    claimed *= lam - value
assert sp.cancel(transposed_charpoly(swapped, (g, c, r)) - claimed) == 0
gap_heisenberg = (sp.sqrt(3) - 1) / 8 - g * (r - 2 * g) / bottom
shown = (sp.sqrt(3) - 1) * ((r - (2 + 2 * sp.sqrt(3)) * g)**2 + c * r) / (8 * bottom)
assert sp.expand(sp.numer(sp.together(gap_heisenberg - shown))) == 0
BODY["heisenberg_reset_01"] = {"model": "H = g (sx sx + sy sy + sz sz), dephasing gamma, reset of the first qubit to 0 and the second to 1 at rate r",
                               "negativity": "max(0, g*(r - 2*g)/(8*g^2 + gamma*r + r^2))", "onset": "r = 2*g, for every g and gamma",
                               "supremum": "(sqrt(3) - 1)/8", "attained": False,
                               "gap": "(sqrt(3) - 1)*((r - (2 + 2*sqrt(3))*g)^2 + gamma*r)/(8*(8*g^2 + gamma*r + r^2))"}

write("reset_qubits.json", "generate_reset_qubits.py", systems("sympy", "python-flint", "mpmath", "qutip", "numpy"), BODY)
