"""Polynomials: python-flint (FLINT) is the oracle; SymPy or an exact identity checks every case.

Univariate polynomials are lists of integer coefficients as strings, constant term first. "factorisations":
"content" (signed, so that every factor has a positive leading coefficient) and "factors", sorted by degree
and then by coefficients. "real_roots": the polynomial is squarefree, "count" its number of real roots,
"roots" their approximations in ascending order, 40 significant digits rounded ("0" is exact), each
proved by a change of sign of the polynomial within one unit of the last digit. Multivariate ones are text
in x, y, z, w. "gcds": "gcd" is up to sign (its leading coefficient in lexicographic order x > y > z > w
is positive). "products": the expanded product. "resultants" and "discriminants" are univariate (lists,
integer value) or with respect to x (text).
"""
import random
from fractions import Fraction

import flint
import sympy as sp
from flint import fmpz_poly
from sympy.polys.matrices import DomainMatrix

from oracle import decimal, systems, write

random.seed(20240604)
X = sp.Symbol("x")


def text(p):
    return [str(int(a)) for a in p.coeffs()]


def poly(*coefficients):
    return fmpz_poly(list(coefficients))


def sympy_poly(p):
    return sp.Poly([int(a) for a in p.coeffs()][::-1], X, domain=sp.ZZ)


def random_poly(degree, size=10):
    lead = random.randrange(1, size)
    return fmpz_poly([random.randrange(-size, size + 1) for _ in range(degree)] + [lead])


# Factorisation ----------------------------------------------------------------------------------------
FACTORISATIONS = []


def factorisation(p, label, check_with_sympy=True):
    content, factors = p.factor()
    content = int(content)
    listed = []
    for factor, multiplicity in factors:
        if int(factor[factor.degree()]) < 0:
            factor, content = -factor, content * (-1)**multiplicity
        listed.append((factor.degree(), [int(a) for a in factor.coeffs()], multiplicity))
    listed.sort()
    product = fmpz_poly([content])
    for _, coefficients, multiplicity in listed:
        product *= fmpz_poly(coefficients)**multiplicity
    assert product == p
    if check_with_sympy:
        other_content, other = sp.factor_list(sympy_poly(p))
        found = sorted((f.degree(), [int(a) for a in f.all_coeffs()][::-1], m) for f, m in other)
        assert found == listed and int(other_content) == content, label
    FACTORISATIONS.append({"label": label, "polynomial": text(p), "content": str(content),
                           "factors": [{"coefficients": [str(a) for a in cs], "multiplicity": m} for _, cs, m in listed]})


for n in (1, 2, 6, 8, 12, 15, 24, 30, 36, 45, 60, 64, 72):
    factorisation(fmpz_poly([-1] + [0] * (n - 1) + [1]), f"x^{n} - 1")
for n in (4, 6, 12, 24):
    factorisation(fmpz_poly([1] + [0] * (n - 1) + [1]), f"x^{n} + 1")
for n in (5, 12, 15, 30, 60, 105):
    factorisation(fmpz_poly.cyclotomic(n), f"cyclotomic {n}")
for n in (1, 2, 3, 4):
    factorisation(fmpz_poly.swinnerton_dyer(n), f"Swinnerton-Dyer {2**n}")
factorisation(fmpz_poly.swinnerton_dyer(3) * fmpz_poly.swinnerton_dyer(3)(poly(1, 1)), "Swinnerton-Dyer 8, twice shifted")
factorisation(poly(4, 0, 0, 0, 1), "Sophie Germain x^4 + 4")
factorisation(poly(1, 0, 1, 0, 1), "x^4 + x^2 + 1")
factorisation(poly(-1, -4, -3, 1), "irreducible cubic")
factorisation(poly(5), "constant")
factorisation(poly(-12), "negative constant")
factorisation(poly(0, -6), "-6 x")
factorisation(poly(0, 0, 0, 0, 7), "7 x^4")
factorisation(poly(-6, 12, -6) * poly(1, 1)**5, "repeated, negative content")
factorisation(poly(-1, 1)**7 * poly(1, 1)**4 * poly(2, 3)**2 * 36, "multiplicities 7 4 2")
factorisation(poly(-1, 2)**6, "(2 x - 1)^6")
for k in range(16):
    product = fmpz_poly([random.choice([1, 1, -1, 2, -6, 35])])
    for _ in range(random.randrange(2, 5)):
        product *= random_poly(random.randrange(1, 5), 12)**random.choice([1, 1, 1, 2, 3])
    factorisation(product, f"random product {k}")
for k in range(8):
    product = random_poly(random.randrange(3, 9), 10**12) * random_poly(random.randrange(2, 8), 10**9)
    factorisation(product, f"large coefficients {k}")
for k in range(8):
    factorisation(random_poly(random.randrange(8, 25), 20), f"random {k}")
for k in range(4):
    factorisation(random_poly(12, 5) * random_poly(13, 5), f"degree 12 times 13 number {k}")
factorisation(fmpz_poly.chebyshev_t(24), "Chebyshev T 24")
factorisation(fmpz_poly.chebyshev_u(23), "Chebyshev U 23")
factorisation(fmpz_poly.cos_minpoly(28) * fmpz_poly.cos_minpoly(36), "cosines 28 and 36")
wilkinson = poly(1)
for i in range(1, 21):
    wilkinson *= poly(-i, 1)
factorisation(wilkinson, "Wilkinson 20")

# Real roots -------------------------------------------------------------------------------------------
ROOTS = []


def evaluate(p, t):
    value = Fraction(0)
    for a in reversed(p.coeffs()):
        value = value * t + int(a)
    return value


def real_roots(p, label):
    assert p.gcd(p.derivative()).degree() == 0, label
    flint.ctx.dps = 120
    found = []
    for root, _ in p.complex_roots():
        root = flint.acb(root)
        if root.imag == 0:
            man, exp = root.real.mid().man_exp()
            found.append(Fraction(int(man)) * Fraction(2)**int(exp))
    flint.ctx.dps = 15
    found.sort()
    assert len(found) == sympy_poly(p).count_roots(), label
    rows = []
    for value in found:
        near = Fraction(0) if evaluate(p, Fraction(0)) == 0 and abs(value) < Fraction(1, 10**60) else value
        shown = decimal(near, 40)
        if shown != "0":
            mantissa, _, exponent = shown.partition("e")
            unit = Fraction(10)**(int(exponent or 0) - 39)
            centre = Fraction(mantissa) * Fraction(10)**int(exponent or 0)
            low, high = evaluate(p, centre - unit), evaluate(p, centre + unit)
            assert low * high < 0, (label, shown)
        rows.append(shown)
    ROOTS.append({"label": label, "polynomial": text(p), "count": len(rows), "roots": rows})


real_roots(wilkinson, "Wilkinson 20")
real_roots(wilkinson + poly(*([0] * 19 + [-1])), "Wilkinson 20 with x^19 perturbed")
for n, a in ((5, 10), (7, 100), (9, 1000), (15, 50), (21, 20)):
    real_roots(fmpz_poly([0] * n + [1]) - 2 * poly(-1, a)**2, f"Mignotte x^{n} - 2 ({a} x - 1)^2")
for n in (3, 8, 17, 30):
    real_roots(fmpz_poly.chebyshev_t(n), f"Chebyshev T {n}")
real_roots(fmpz_poly.chebyshev_u(25), "Chebyshev U 25")
for n in (1, 2, 3, 4):
    real_roots(fmpz_poly.swinnerton_dyer(n), f"Swinnerton-Dyer {2**n}")
real_roots(poly(-1, -4, -3, 1), "casus irreducibilis")
real_roots(poly(-2, 0, 1), "square root of two")
real_roots(poly(1, 0, 1), "no real root")
real_roots(poly(0, 1), "x")
real_roots(poly(-3, 7), "linear")
real_roots(poly(0, -1, 0, 1), "x^3 - x")
real_roots(fmpz_poly([-1] + [0] * 40 + [1]), "x^41 - 1")
real_roots(poly(-1, 10**6) * poly(-1 - 10**3, 10**9), "two near rational roots")
real_roots(poly(-10**30, 0, 1), "large roots")
real_roots(poly(-1, 0, 10**60), "small roots")
real_roots(poly(-1, 0, 0, 10**40) * poly(-10**40, 0, 1), "widely spread roots")
real_roots(poly(-2, 0, 10**0) * poly(-2 * 10**20 - 1, 0, 10**20), "pairs 10^-21 apart")
laguerre = sp.Poly(sp.laguerre(12, X) * sp.factorial(12), X)
real_roots(fmpz_poly([int(a) for a in laguerre.all_coeffs()[::-1]]), "Laguerre 12")
hermite = sp.Poly(sp.hermite(16, X), X)
real_roots(fmpz_poly([int(a) for a in hermite.all_coeffs()[::-1]]), "Hermite 16")
legendre = sp.Poly(sp.legendre(20, X) * 2**20, X).clear_denoms(convert=True)[1].primitive()[1]
real_roots(fmpz_poly([int(a) for a in legendre.all_coeffs()[::-1]]), "Legendre 20")
count = 0
while count < 16:
    p = random_poly(random.randrange(3, 22), random.choice([3, 10, 10**6]))
    if p[0] != 0 and p.gcd(p.derivative()).degree() == 0:
        real_roots(p, f"random {count}")
        count += 1
count = 0
while count < 10:
    p = poly(1)
    for _ in range(random.randrange(3, 10)):
        p *= poly(random.randrange(-50, 50), random.randrange(1, 30))
    p = p * random_poly(3, 6)
    if p.gcd(p.derivative()).degree() == 0:
        real_roots(p, f"rational roots {count}")
        count += 1

# Several variables ------------------------------------------------------------------------------------
NAMES = ("x", "y", "z", "w")
RING = flint.fmpz_mpoly_ctx.get(NAMES, flint.Ordering.lex)
SYMBOLS = sp.symbols("x y z w")


def mtext(p):
    return str(p)


def msympy(p):
    return sp.Poly.from_dict({m: int(a) for m, a in p.to_dict().items()}, *SYMBOLS, domain=sp.ZZ)


def random_mpoly(variables, terms, degree, size):
    value = RING.from_dict({})
    for _ in range(terms):
        exponents = [random.randrange(degree + 1) if i < variables else 0 for i in range(4)]
        value += RING.from_dict({tuple(exponents): random.choice([-1, 1]) * random.randrange(1, size)})
    return value


GCDS, PRODUCTS = [], []


def gcd_case(a, b, label):
    value = a.gcd(b)
    if not value.is_zero() and int(value.leading_coefficient()) < 0:
        value = -value
    other = sp.gcd(msympy(a), msympy(b))
    assert msympy(value) in (other, -other), label
    GCDS.append({"label": label, "a": mtext(a), "b": mtext(b), "gcd": mtext(value)})


x, y, z, w = RING.gens()
one = RING.from_dict({(0, 0, 0, 0): 1})
zero = RING.from_dict({})
for a, b, label in ((x * y, x * z, "monomials"), (6 * x**2 * y, 4 * x * y**3, "integer content"), (x**2 - y**2, x**2 + 2 * x * y + y**2, "squares"),
                    (x**3 - y**3, x**2 - y**2, "cubes and squares"), (zero, x + y, "zero first"), (x + y, zero, "zero second"), (x + 1, y + 1, "coprime"),
                    (12 * one, 18 * one, "integers"), (12 * one, 18 * x + 30, "integer and polynomial"), (x**6 - 1, x**4 - 1, "univariate"),
                    ((x * y - 1) * (x + y), (x * y - 1)**2, "repeated"), (-(x - y), y - x, "opposite signs"),
                    ((x + y + z + w)**4, (x + y + z + w)**2 * (x - y), "power of a linear form"),
                    (x**2 * y**2 - 1, (x * y + 1)**3, "product variable"), ((z - w) * (x + 1), (w - z) * (y + 1), "gcd free of x")):
    gcd_case(a, b, label)
for k in range(68):
    variables = random.choice([2, 2, 3, 3, 4])
    common = random_mpoly(variables, random.randrange(1, 6), 3, 9)
    size = random.choice([6, 20, 10**6])
    a = common * random_mpoly(variables, random.randrange(1, 6), 3, size)
    b = common * random_mpoly(variables, random.randrange(1, 6), 3, size)
    if k % 7 == 0:
        a, b = a * common, b * common
    if k % 9 == 0:
        a = random_mpoly(variables, 6, 4, size)
    gcd_case(a, b, f"random {k}, {variables} variables")
for k in range(40):
    variables = random.choice([2, 3, 4])
    a = random_mpoly(variables, random.randrange(1, 8), 4, random.choice([10, 10**10]))
    b = random_mpoly(variables, random.randrange(1, 8), 4, 10)
    product = a * b
    assert msympy(product) == msympy(a) * msympy(b)
    PRODUCTS.append({"a": mtext(a), "b": mtext(b), "product": mtext(product)})

# Resultants and discriminants --------------------------------------------------------------------------
RESULTANTS, DISCRIMINANTS = [], []


def sylvester(a, b):
    """The determinant of the Sylvester matrix in x. (SymPy 1.14's own `resultant` has the wrong sign where the
    first polynomial is linear and the second cubic or quintic; FLINT and the determinant agree.)"""
    ring = sp.ZZ[SYMBOLS]
    upper, lower = (sp.Poly(f.as_expr(), X).all_coeffs() for f in (a, b))
    m, n = len(upper) - 1, len(lower) - 1
    rows = [[0] * i + upper + [0] * (n - 1 - i) for i in range(n)] + [[0] * i + lower + [0] * (m - 1 - i) for i in range(m)]
    matrix = DomainMatrix([[ring.from_sympy(sp.sympify(e)) for e in row] for row in rows], (m + n, m + n), ring)
    return sp.Poly(ring.to_sympy(matrix.charpoly()[-1]) * (-1)**(m + n), *SYMBOLS, domain=sp.ZZ)


def classical_discriminant(a):
    """(-1)^(n(n-1)/2) res(a, a')/lc(a)."""
    in_x = sp.Poly(a.as_expr(), X)
    n = in_x.degree()
    lead = sp.Poly(in_x.LC(), *SYMBOLS, domain=sp.ZZ)
    quotient, rest = sp.div(sylvester(in_x, in_x.diff(X)), lead)
    assert rest.is_zero
    return quotient * (-1)**(n * (n - 1) // 2)


for k in range(12):
    a, b = random_poly(random.randrange(1, 7), 20), random_poly(random.randrange(1, 7), 20)
    if k == 3:
        a, b = a * poly(3, 2), b * poly(3, 2)
    value = int(a.resultant(b))
    assert value == int(sylvester(sympy_poly(a), sympy_poly(b)).as_expr())
    RESULTANTS.append({"variable": "x", "a": text(a), "b": text(b), "resultant": str(value)})
for k in range(8):
    a = random_mpoly(3, 5, 3, 8) + x**3 * (1 + y)
    b = random_mpoly(3, 4, 2, 8) + x**2
    value = a.resultant(b, "x")
    assert msympy(value) == sylvester(msympy(a), msympy(b))
    RESULTANTS.append({"variable": "x", "a": mtext(a), "b": mtext(b), "resultant": mtext(value)})
for p in [poly(-1, -4, -3, 1), poly(1, 2, 1), poly(5, 3), poly(-2, 0, 1), fmpz_poly.cyclotomic(15), wilkinson] + [random_poly(d, 20) for d in (2, 3, 4, 5, 6, 8)]:
    value = int(p.discriminant())
    assert value == 1 if p.degree() == 1 else value == int(classical_discriminant(sympy_poly(p)).as_expr())
    DISCRIMINANTS.append({"variable": "x", "a": text(p), "discriminant": str(value)})
for a in [x**2 * y + x * z + w, x**3 + y * x + z, x**4 + y * x**2 + z * x + w, y * x**2 + 2 * x * z + z**2] + \
        [random_mpoly(3, 4, 3, 6) + x**2 * y for _ in range(4)]:
    value = a.discriminant("x")
    assert msympy(value) == classical_discriminant(msympy(a))
    DISCRIMINANTS.append({"variable": "x", "a": mtext(a), "discriminant": mtext(value)})

write("polynomials.json", "generate_polynomials.py", systems("python-flint", "sympy"),
      {"factorisations": FACTORISATIONS, "real_roots": ROOTS, "gcds": GCDS, "products": PRODUCTS,
       "resultants": RESULTANTS, "discriminants": DISCRIMINANTS})
print(len(FACTORISATIONS), len(ROOTS), len(GCDS), len(PRODUCTS), len(RESULTANTS), len(DISCRIMINANTS))
