"""Recorded solutions of systems of equations in boxes.

Polynomial systems: all real solutions by SymPy's Groebner basis in lexicographic order (the last element has the last
unknown alone; its real roots, then the others by substitution, all refined by Newton's iteration), and Newton's iteration from a grid
must find no other. The rest: Newton's iteration in mpmath from a dense grid of starts.
"""

import itertools

import mpmath as mp
import sympy as sp
from oracle import decimal, systems, write

mp.mp.dps = 60
NAMES = ("x", "y", "z")


def functions(equations, unknowns):
    symbols = sp.symbols(" ".join(unknowns))
    forms = [sp.sympify(e.replace("^", "**"), rational=True) for e in equations]
    f = sp.lambdify(symbols, forms, "mpmath")
    jacobian = sp.lambdify(symbols, sp.Matrix(forms).jacobian(symbols), "mpmath")
    return symbols, forms, f, jacobian


def newton(f, jacobian, start, steps=60):
    x = mp.matrix(start)
    for _ in range(steps):
        try:
            step = mp.lu_solve(jacobian(*x), mp.matrix(f(*x)))
        except (ZeroDivisionError, ValueError, TypeError, OverflowError):
            return None
        x = x - step
        if any(mp.im(v) != 0 or abs(v) > 1e6 for v in x):
            return None
        if max(abs(v) for v in step) < mp.mpf(10) ** -52:
            return [mp.re(v) for v in x]
    return None


def inside(point, box):
    eps = mp.mpf(10) ** -40
    return all(mp.mpf(a) - eps <= v <= mp.mpf(b) + eps for v, (a, b) in zip(point, box))


def add(found, point):
    if not any(max(abs(u - v) for u, v in zip(point, other)) < mp.mpf(10) ** -30 for other in found):
        found.append(point)


def by_starts(equations, unknowns, box, grid):
    _, _, f, jacobian = functions(equations, unknowns)
    found = []
    axes = [[mp.mpf(a) + (mp.mpf(b) - mp.mpf(a)) * (2 * k + 1) / (2 * grid) for k in range(grid)] for a, b in box]
    for start in itertools.product(*axes):
        with mp.workdps(20):
            rough = newton_rough(f, jacobian, start)
        if rough is None:
            continue
        point = newton(f, jacobian, rough)
        if point is not None and inside(point, box):
            add(found, point)
    return found


def newton_rough(f, jacobian, start):
    x = mp.matrix(start)
    for _ in range(40):
        try:
            step = mp.lu_solve(jacobian(*x), mp.matrix(f(*x)))
        except (ZeroDivisionError, ValueError, TypeError, OverflowError):
            return None
        x = x - step
        if any(mp.im(v) != 0 or abs(v) > 1e4 for v in x):
            return None
        if max(abs(v) for v in step) < mp.mpf(10) ** -12:
            return [mp.re(v) for v in x]
    return None


def by_groebner(equations, unknowns, box):
    symbols, forms, f, jacobian = functions(equations, unknowns)
    symbols = list(symbols) if isinstance(symbols, (tuple, list)) else [symbols]
    found = []
    for values in _triangular(forms, symbols):
        point = newton(f, jacobian, [mp.mpf(str(v)) for v in values])
        if point is not None and inside(point, box):
            add(found, point)
    return found


def _triangular(forms, symbols):
    """Approximate real solutions: for each real value of the last unknown, those of the others."""
    basis = sp.groebner(forms, *symbols, order="lex")
    last = symbols[-1]
    alone = [g for g in basis.exprs if g.free_symbols == {last}]
    for value in sp.Poly(alone[-1], last).nroots(n=50, maxsteps=500):
        if abs(sp.im(value)) > 1e-25:
            continue
        value = sp.re(value)
        if len(symbols) == 1:
            yield [value]
            continue
        partial = [[value]]
        for k in range(len(symbols) - 2, -1, -1):
            extended = []
            for values in partial:
                table = dict(zip(symbols[k + 1:], values))
                candidates = []
                for g in basis.exprs:
                    if symbols[k] in g.free_symbols and g.free_symbols <= set(symbols[k:]):
                        p = sp.Poly(g.subs(table), symbols[k])
                        coefficients = [c if abs(c) > sp.Float("1e-25", 50) else 0 for c in p.all_coeffs()]
                        while coefficients and coefficients[0] == 0:
                            coefficients.pop(0)
                        if len(coefficients) > 1:
                            candidates.append(coefficients)
                if not candidates:
                    continue
                for root in mp.polyroots([mp.mpf(str(c)) for c in min(candidates, key=len)], maxsteps=400, extraprec=200):
                    if abs(mp.im(root)) < mp.mpf(10) ** -15:
                        extended.append([sp.Float(str(mp.re(root)), 50)] + values)
            partial = extended
        yield from partial


CASES = [
    ("circle and line", ["x^2 + y^2 - 4", "y - x/2 - 1/3"], [("-3", "3")] * 2, "groebner", 2),
    ("circle and ellipse", ["x^2 + y^2 - 4", "x^2/9 + 3*y^2 - 2"], [("-3", "3")] * 2, "groebner", 4),
    ("Himmelblau's function, its critical points",
     ["4*x*(x^2 + y - 11) + 2*(x + y^2 - 7)", "2*(x^2 + y - 11) + 4*y*(x + y^2 - 7)"], [("-5", "5")] * 2, "groebner", 9),
    ("Rosenbrock's function, its minimum", ["-2*(1 - x) - 400*x*(y - x^2)", "200*(y - x^2)"], [("-4", "4")] * 2, "groebner", 1),
    ("Freudenstein and Roth", ["-13 + x + ((5 - y)*y - 2)*y", "-29 + x + ((y + 1)*y - 14)*y"], [("-10", "15"), ("-10", "15")],
     "groebner", 1),
    ("three spheres", ["x^2 + y^2 + z^2 - 1", "(x - 1)^2 + y^2 + z^2 - 1", "x^2 + (y - 1/3)^2 + z^2 - 1"], [("-2", "2")] * 3,
     "groebner", 2),
    ("Broyden's tridiagonal system",
     ["(3 - 2*x)*x - 2*y + 1", "(3 - 2*y)*y - x - 2*z + 1", "(3 - 2*z)*z - y + 1"], [("-3", "3")] * 3, "groebner", None),
    ("on faces and corners", ["x*y", "x^2 + y^2 - 1"], [("0", "1"), ("0", "1")], "groebner", 2),
    ("two zeros 10^-12 apart", ["(x - 1/3)^2 - 1/4*10^-24", "y - x^2 - 1/7"], [("-1", "1")] * 2, "groebner", 2),
    ("exponential and circle", ["exp(x) - y", "x^2 + y^2 - 4"], [("-3", "3")] * 2, "starts", 2),
    ("sine and parabola", ["sin(x*y) - 1/2", "x^2 - y - 1"], [("-3", "3"), ("-2", "6")], "starts", None),
    ("cosines", ["cos(2*x) - cos(2*y) - 2/5", "2*(y - x) + sin(2*y) - sin(2*x) - 6/5"], [("-2", "2")] * 2, "starts", None),
    ("exponentials in three unknowns", ["exp(x) + y*z - 2", "x - y^2 + z/3", "x*y + exp(z) - 3/2"], [("-2", "2")] * 3, "starts", None),
    ("logarithm and root", ["log(x) + sqrt(y) - 3/2", "x*y - 2"], [("1/10", "9"), ("1/10", "9")], "starts", None),
    ("tangents", ["tan(x/2) - y", "x^2 + y^2/4 - 1"], [("-3/2", "3/2"), ("-3", "3")], "starts", 2),
]


def main():
    body = []
    for name, equations, box, road, count in CASES:
        unknowns = NAMES[:len(equations)]
        exact = [(str(sp.Rational(a)), str(sp.Rational(b))) for a, b in box]
        numbers = [(mp.mpf(sp.Rational(a).p) / sp.Rational(a).q, mp.mpf(sp.Rational(b).p) / sp.Rational(b).q) for a, b in box]
        if road == "groebner":
            found = by_groebner(equations, unknowns, numbers)
            # A second road: Newton's iteration from a grid finds no others.
            for point in by_starts(equations, unknowns, numbers, 7 if len(unknowns) == 3 else 14):
                add(found, point) if name != "two zeros 10^-12 apart" else None
        else:
            found = by_starts(equations, unknowns, numbers, 9 if len(unknowns) == 3 else 24)
        assert count is None or len(found) == count, (name, len(found))
        found.sort()
        body.append({
            "name": name, "equations": equations, "unknowns": list(unknowns), "box": [list(b) for b in exact],
            "points": [[decimal(v, 30) if abs(v) > mp.mpf(10) ** -45 else "0" for v in point] for point in found],
        })
        print(name, len(found))
    write("systems.json", "generate_systems.py", systems("mpmath", "sympy"), {"cases": body})


if __name__ == "__main__":
    main()
