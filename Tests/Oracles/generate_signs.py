"""Recorded verdicts on signs of polynomials, from SymPy and from constructions with a known answer.

One variable: real roots in the range by SymPy's exact isolation (`real_roots`, `Poly.count_roots`).
Two variables: sums of squares with and without a common zero, products of factors of known sign, and
their perturbations, whose verdicts are known by construction and checked here on a grid.
"""

import random

import sympy as sp
from oracle import systems, write

x, y = sp.symbols("x y")
rng = random.Random(20261121)


def rational(size=5, den=4):
    return sp.Rational(rng.randint(-size, size), rng.randint(1, den))


def text(p):
    return str(sp.expand(p)).replace("**", "^")


def one_variable():
    """Domain (a, b), [a, b], half-lines; the verdicts on > 0 and >= 0."""
    cases = []
    for number in range(120):
        kind = number % 4
        if kind == 0:
            p = sum(rational() * x**k for k in range(rng.randint(2, 6)))
        elif kind == 1:
            q = sum(rational(3, 2) * x**k for k in range(rng.randint(2, 4)))
            p = q**2 + rng.choice([0, sp.Rational(1, 10**9), -sp.Rational(1, 10**9)])
        elif kind == 2:
            p = (x - rational()) ** 2 * (x**2 - rational() * x + 7)
        else:
            p = (x - rational()) * (x - rational()) * (x**2 + 1)
        p = sp.expand(p)
        if p.is_number:
            continue
        a = rng.choice([None, rational()])
        b = rng.choice([None, (a if a is not None else 0) + sp.Rational(rng.randint(1, 9), 2)])
        closed = rng.choice([False, True])
        poly = sp.Poly(p, x)
        found = sorted(set(poly.real_roots()), key=lambda r: sp.N(r, 60))

        def admits(u):
            low = a is None or u > a or (closed and u == a)
            return low and (b is None or u < b or (closed and u == b))

        inside = [r for r in found if bool(admits(r))]
        lo = a if a is not None else -(10**6)
        hi = b if b is not None else 10**6
        cuts = [lo] + [sp.Rational(str(sp.N(r, 50))) for r in inside] + [hi]
        signs = set()
        for u, v in zip(cuts, cuts[1:]):
            if v - u > sp.Rational(1, 10**40):
                signs.add(int(sp.sign(poly.eval((u + v) / 2))))
        if inside:
            signs.add(0)
        if closed:
            for end in (a, b):
                if end is not None:
                    signs.add(int(sp.sign(poly.eval(end))))
        for k in range(-400, 401):
            u = sp.Rational(k, 40)
            if admits(u):
                assert int(sp.sign(poly.eval(u))) in signs, (p, u)
        cases.append(
            {
                "text": text(p), "lower": None if a is None else str(a),
                "upper": None if b is None else str(b), "closed": closed,
                "positive": signs == {1}, "nonnegative": -1 not in signs,
            }
        )
    return cases


def two_variables():
    cases = []

    def add(p, positive, nonnegative):
        p = sp.expand(p)
        for i in range(-12, 13):
            for j in range(-12, 13):
                value = p.subs({x: sp.Rational(i, 4), y: sp.Rational(j, 4)})
                assert not (positive and value <= 0) and not (nonnegative and value < 0), p
        cases.append({"text": text(p), "positive": positive, "nonnegative": nonnegative})

    def linear():
        return rational(3, 2) * x + rational(3, 2) * y + rational(3, 2)

    while len(cases) < 24:
        # Curves through a common rational point; their squares have it as a zero.
        a, b = rational(3, 2), rational(3, 2)
        u = linear() + rational(2, 1) * x * y
        v = linear() + rational(2, 1) * x**2
        u, v = u - u.subs({x: a, y: b}), v - v.subs({x: a, y: b})
        if sp.expand(u) == 0 or sp.expand(v) == 0:
            continue
        tiny = sp.Rational(1, 10 ** rng.choice([3, 9, 30]))
        add(u**2 + v**2, False, True)
        add(u**2 + v**2 + tiny, True, True)
        add(u**2 + v**2 - tiny, False, False)
    for p, zero in [
        (x**4 * y**2 + x**2 * y**4 - 3 * x**2 * y**2 + 1, True),
        (x**4 * y**2 + x**2 * y**4 - 2 * x**2 * y**2 + 1, False),
        # Robinson's form with one variable 1: not a sum of squares, zero at (1, 1).
        (x**6 + y**6 + 1 - (x**4 * y**2 + x**2 * y**4 + x**4 + x**2 + y**4 + y**2)
         + 3 * x**2 * y**2, True),
        ((x**2 + y**2 - 2) ** 2, True),
        (x**4 + y**4 + 2 - 4 * x * y, True),
    ]:
        add(p, not zero, True)
    return cases


write(
    "signs.json", "generate_signs.py", systems("sympy"),
    {"one": one_variable(), "two": two_variables()})
