"""Factorisations in several variables: FLINT is the oracle, SymPy checks the smaller ones.

A polynomial is a list of terms, each a list of strings: the coefficient, then one exponent a variable.
"factorisations": over Q, with the factors up to sign and the number of variables. "gaussian": over Q(i), the
sorted total degrees of the irreducible factors, with multiplicity, from FLINT's factorisation of the norm,
checked by SymPy in one variable. "extensions": coefficients of a polynomial from the constant term upward and the
radicands whose square roots are adjoined to Q, the sorted degrees of the irreducible factors by SymPy.
"resultants": with respect to the first variable, by FLINT, checked at random points by resultants in one
variable; "discriminants" the same.
"""
import random

import flint
import sympy as sp

from oracle import systems, write

random.seed(20240811)
NAMES = ["x", "y", "z", "u", "v"]


def ring(n):
    return flint.fmpz_mpoly_ctx.get(NAMES[:n], "lex")


def terms(p):
    return [[str(int(c))] + [str(int(e)) for e in m] for m, c in p.to_dict().items()]


def as_sympy(p, n):
    symbols = sp.symbols(NAMES[:n])
    return sp.Poly({tuple(int(e) for e in m): int(c) for m, c in p.to_dict().items()}, *symbols)


def rand(ctx, n, count, degree, size):
    while True:
        p = ctx.from_dict({tuple(random.randint(0, degree) for _ in range(n)): random.randint(-size, size)
                           for _ in range(count)})
        if p.total_degree() > 0:
            return p


def homogeneous(ctx, n, count, degree, size):
    """What models give: homogeneous in the rates, mostly positive coefficients."""
    total = {}
    for _ in range(count):
        e = [0] * n
        for _ in range(degree):
            e[random.randrange(n)] += 1
        total[tuple(e)] = random.randint(-2, size) or 1
    return ctx.from_dict(total)


FACTORISATIONS = []


def factorisation(label, p, n):
    content, factors = p.factor()
    if len(p) < 20:
        theirs = as_sympy(p, n).factor_list()[1]
        assert sorted(e for _, e in factors) == sorted(e for _, e in theirs), label
    FACTORISATIONS.append({
        "label": label, "variables": n, "polynomial": terms(p),
        "factors": [{"polynomial": terms(f), "multiplicity": int(e)} for f, e in factors]})


for n in (2, 3, 4, 5):
    ctx = ring(n)
    for count, degree, size in [(3, 2, 5), (6, 3, 9), (10, 2, 1000), (4, 5, 3)]:
        for parts in (1, 2, 3):
            p = ctx.constant(random.choice([1, -6, 35]))
            for _ in range(parts):
                p *= rand(ctx, n, count, degree, size)
            if len(p) < 250:
                factorisation(f"{parts} factors of {count} terms in {n}", p, n)
for n in (3, 4):
    ctx = ring(n)
    g = ctx.gens()
    for count, degree in [(6, 2), (12, 4), (20, 6)]:
        p = homogeneous(ctx, n, 3, 1, 9) ** 2 * homogeneous(ctx, n, count, degree, 40) * g[0]
        p *= homogeneous(ctx, n, count, degree, 40)
        if len(p) < 400:
            factorisation(f"rates, degree {degree}, {n} variables", p, n)
ctx = ring(2)
x, y = ctx.gens()
for n in (6, 12, 15):
    factorisation(f"x^{n} - y^{n}", x ** n - y ** n, 2)
    factorisation(f"x^{n} + 2^{n} y^{n}", x ** n + 2 ** n * y ** n, 2)
factorisation("Eisenstein in y", x ** 9 + y * (x ** 4 + 2) * 3 + y, 2)
factorisation("weighted", (x ** 2 - 2 * y ** 3) * (x ** 2 + y ** 3), 2)
factorisation("high multiplicity", (x + y + 1) ** 12 * (x * y - 2) ** 5, 2)
factorisation("many linear", (x + y) * (x - y) * (x + 2 * y + 1) * (x - 3 * y + 2) * (2 * x + y - 5)
              * (x * y + 1) * (x * y - 7) * (x ** 2 + y + 1), 2)
factorisation("leading coefficients", ((y + 1) * (y + 2) * x ** 2 + y * x + 1)
              * ((y + 1) * (y - 3) * x ** 3 + x + 5) * ((y ** 2 + 1) * y * x + y + 7), 2)
factorisation("equal leading coefficients", ((y + 1) ** 3 * x ** 2 + y * x + 1)
              * ((y + 1) ** 2 * x ** 3 + x + 5) * ((y + 1) * x + y + 7), 2)
factorisation("constants in leading coefficients", (6 * (y + 1) * x ** 2 + y * x + 10)
              * (10 * (y + 3) * x ** 2 + 15) * 7, 2)
# The minimal polynomial of sqrt(y) + sqrt(y + 1) + sqrt(2): its images split modulo every prime.
s, t = sp.symbols("x y")
e = s
for radicand in (t, t + 1, sp.Integer(2)):
    e = sp.expand(e.subs(s, s - sp.sqrt(radicand)) * e.subs(s, s + sp.sqrt(radicand)))
swinnerton = ctx.from_dict({m: int(c) for m, c in sp.Poly(e, s, t).terms()})
factorisation("Swinnerton-Dyer", swinnerton, 2)
factorisation("Swinnerton-Dyer and another", swinnerton * (x ** 8 + y * x + 3), 2)

GAUSSIAN = []


def gaussian(re, im, n, degrees=None):
    """Where nothing real divides, the factors have half the degrees of those of the norm."""
    symbols = sp.symbols(NAMES[:n])
    if degrees is None:
        assert re.gcd(im).total_degree() == 0
        degrees = sorted(int(g.total_degree()) // 2 for g, k in (re * re + im * im).factor()[1]
                         for _ in range(int(k)))
    if n == 1 and re.total_degree() < 7:
        f = as_sympy(re, n).as_expr() + sp.I * as_sympy(im, n).as_expr()
        factors = sp.factor_list(f, *symbols, gaussian=True)[1]
        assert degrees == sorted(sp.Poly(g, *symbols).total_degree() for g, k in factors for _ in range(k))
    GAUSSIAN.append({"variables": n, "real": terms(re), "imaginary": terms(im), "degrees": degrees})
    return degrees


for n in (1, 2, 3):
    ctx = ring(n)
    zero = ctx.constant(0)
    for parts in (1, 2, 2, 3):
        re, im = ctx.constant(1), zero
        for _ in range(parts):
            a = rand(ctx, n, 3, 1 if n > 1 else 2, 4)
            b = rand(ctx, n, 2, 1 if n > 1 else 2, 4)
            re, im = re * a - im * b, re * b + im * a
        if re.gcd(im).total_degree() > 0:
            continue
        degrees = gaussian(re, im, n)
        gaussian(re * re + im * im, zero, n, sorted(2 * degrees))
    g = ctx.gens()
    gaussian(g[0] ** 2 + 1, zero, n, [1, 1])
    gaussian(g[0] ** 4 + 4, zero, n, [1, 1, 1, 1])
    gaussian(g[0] ** 4 + 2, zero, n, [4])
    gaussian(2 * g[0] + 2, 2 * g[0] - 4, n, [1])

EXTENSIONS = []
for coefficients, radicands in [
        ([-2, 0, 1], [2]), ([-3, 0, 1], [2]), ([-6, 0, 1], [2, 3]), ([-5, 0, 1], [2, 3]),
        ([1, 0, -10, 0, 1], [2]), ([1, 0, -10, 0, 1], [2, 3]), ([4, 0, 0, 0, 1], [-1]),
        ([1, 0, 0, 0, 1], [2]), ([-1, -1, 0, 1], [2]), ([-2, 0, 0, 1], [-3]),
        ([3, 1, -5, 2, 7], [2])]:
    f = sp.Poly(coefficients[::-1], s)
    factors = sp.factor_list(f.as_expr(), s, extension=[sp.sqrt(r) for r in radicands])[1]
    EXTENSIONS.append({"polynomial": [str(c) for c in coefficients], "radicands": [str(r) for r in radicands],
                       "degrees": sorted(sp.Poly(g, s).degree() for g, k in factors for _ in range(k))})

RESULTANTS, DISCRIMINANTS = [], []
for n, degree, count in [(2, 3, 5), (2, 5, 9), (3, 3, 6), (3, 4, 7), (4, 2, 5), (4, 3, 4), (5, 1, 4), (2, 7, 5)]:
    ctx = ring(n)
    for _ in range(2):
        a = rand(ctx, n, count, degree, 9)
        b = rand(ctx, n, count, max(degree - 1, 1), 9)
        value = a.resultant(b, "x")
        if len(value) > 900:
            continue
        for _ in range(3):
            point = {name: random.randint(-50, 50) for name in NAMES[1:n]}
            f, h = a.subs(point), b.subs(point)
            if f.degrees()[0] == a.degrees()[0] and h.degrees()[0] == b.degrees()[0]:
                dense = [flint.fmpz_poly([int(q.to_dict().get((k,) + (0,) * (n - 1), 0))
                                          for k in range(int(q.degrees()[0]) + 1)]) for q in (f, h)]
                exact = dense[0].resultant(dense[1])
                at = value.subs(point)
                assert int(at.to_dict().get((0,) * n, 0)) == int(exact)
        RESULTANTS.append({"variables": n, "a": terms(a), "b": terms(b), "value": terms(value)})
        if a.degrees()[0] > 1:
            d = a.discriminant("x")
            if len(d) <= 900:
                DISCRIMINANTS.append({"variables": n, "a": terms(a), "value": terms(d)})

write("factorizations.json", "generate_factorizations.py", systems("sympy", "python-flint"),
      {"factorisations": FACTORISATIONS, "gaussian": GAUSSIAN, "extensions": EXTENSIONS,
       "resultants": RESULTANTS, "discriminants": DISCRIMINANTS})
