"""Real points of algebraic curves on lines, near and far, by FLINT's isolation of complex roots.

Each curve "equation" (left side, = 0, in x and y) comes with "lines": the "axis" whose coordinate is fixed, "at" which
value, and all the real "roots" of the other coordinate, 60 digits, from balls at 400 bits and checked by the number of
real roots that SymPy counts by Sturm's theorem. "genus_zero" tells whether a parametrisation must be found.
"""
import flint
import sympy as sp
from sympy.parsing.sympy_parser import parse_expr, rationalize, standard_transformations

from oracle import systems, write

x, y = sp.symbols("x y")
flint.ctx.prec = 400
FAR = ["1000000000000", "-1000000000000"]
NEAR = ["1/3", "-7/5", "5/2", "-11/2", "6"]
CURVES = [
    ("x*y - 1", True), ("x^2*y - 1", True), ("x^2 + y^2 - 1", True), ("x^2 + y^2 - 3", True),
    ("x^2 - 2*y^2 - 1", True), ("x^2 + x*y + y^2 - 7*x + 2", True), ("y^2 - x", True),
    ("(x - 1/2)^2 + (y - 1/3)^2 - 1/1000", True), ("3*x^2 - 4*x*y - 5*y^2 + x - y - 11", True),
    ("x^3 + y^3 - 3*x*y", True), ("y^2 - x^2*(x + 1)", True), ("y^2 - x^3", True), ("y^2*(1 - x) - x^3", True),
    ("(y - 1)^2*(x + 2) - (x - 3)^2*(2*x + y)", True), ("(y - x^2)^2 - x^3*y", True), ("x^2*y^2 - x^2 - y^2", True),
    ("(x^2 + y^2)^2 - (x^2 - y^2)", False), ("y^2 - x^3 - 1", False), ("x^3 - x*y^2 - 1", False),
    ("y^3 - x^2*y - x + 1", False), ("4*x^2*y - 4*x*y^2 - 4*x^2 + 4*x*y - 4*y^2 - 4*x - 1", False),
    ("x^4 - 5*x^2*y^2 + y^4 + x - 3", False), ("y^4 - 3*x*y^2 + x^3 - 2*x", False),
]


def read(text):
    return parse_expr(text.replace("^", "**"), local_dict={"x": x, "y": y},
                      transformations=standard_transformations + (rationalize,))


def roots(f, axis, value):
    fixed, free = (x, y) if axis == "x" else (y, x)
    p = sp.Poly(f.subs(fixed, sp.Rational(value)), free)
    if p.is_zero or p.degree() == 0:
        return []
    q = flint.fmpz_poly([int(c) for c in reversed(sp.Poly(p.clear_denoms()[1]).all_coeffs())])
    real = sorted((r.real for r, _ in q.complex_roots() if r.imag == 0), key=lambda r: sp.Float(r.str(80, radius=False), 80))
    assert len(real) == p.count_roots() and sp.discriminant(p.as_expr(), free) != 0, (f, axis, value)
    return [r.str(60, radius=False) for r in real]


body = []
for text, rational in CURVES:
    f = sp.expand(read(text))
    assert sp.Poly(f, x, y).is_irreducible
    lines = [{"axis": axis, "at": value, "roots": roots(f, axis, value)} for axis in "xy" for value in NEAR + FAR]
    body.append({"equation": text, "genus_zero": rational, "lines": lines})
write("exact_curves.json", "generate_exact_curves.py", systems("python-flint", "sympy"), {"curves": body})
