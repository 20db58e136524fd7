"""Series, scalings and one-sided limits by SymPy, in the project's syntax.

"series": "expression" in x next to "point" ("0+" or "oo"), with "terms": [exponent of t, power of log t,
coefficient] for t = x or 1/x, and every term SymPy gives below "order". x > 0; a is a positive parameter. A Taylor
series is compared with PARI's. "limits": x to "to" ("oo", "0+"), by SymPy's Gruntz algorithm, with "value".
"""
import subprocess

import sympy as sp
from sympy.parsing.sympy_parser import parse_expr, rationalize, standard_transformations

from oracle import rational, systems, write

x, a, L = sp.symbols("x a L", positive=True)
NAMES = {"x": x, "a": a, "oo": sp.oo}


def read(text):
    return parse_expr(text.replace("^", "**"), local_dict=NAMES, transformations=standard_transformations + (rationalize,))


def show(value):
    return str(sp.nsimplify(sp.simplify(value))).replace("**", "^")


SERIES = []


def series(text, point, order, taylor=False):
    f = read(text)
    g = f if point == "0+" else f.subs(x, 1 / x)
    expansion = sp.series(sp.simplify(g) if point == "oo" else g, x, 0, order).removeO()
    expansion = sp.expand(sp.expand_log(expansion)).subs(sp.log(x), L)
    terms = {}
    for term in sp.Add.make_args(sp.expand(expansion)):
        c, e = term.as_coeff_exponent(x)
        c2, k = c.as_coeff_exponent(L)
        assert not c2.has(x) and not c2.has(L), (text, term)
        terms[(e, k)] = terms.get((e, k), 0) + c2
    if taylor:
        script = "f=%s+O(x^%d);for(i=0,%d,print(polcoeff(f,i)))" % (text, order, order - 1)
        out = subprocess.run(["gp", "-q", "-f"], input=script + "\n", capture_output=True, text=True, check=True).stdout.split()
        for i, value in enumerate(out):
            assert sp.Rational(value) == terms.get((sp.Integer(i), sp.Integer(0)), 0), (text, i, value)
    rows = [[rational(e), str(k), show(c)] for (e, k), c in sorted(terms.items(), key=lambda item: (item[0][0], -item[0][1])) if c != 0 and e < order]
    SERIES.append({"expression": text, "point": point, "order": rational(order), "terms": rows})


series("exp(x)/(1+x)", "0+", 6, taylor=True)
series("sin(x)*cos(2*x)", "0+", 7, taylor=True)
series("log(1+x)/(1-x)", "0+", 6, taylor=True)
series("sqrt(1+x+x^2)", "0+", 6, taylor=True)
series("tanh(x)", "0+", 8, taylor=True)
series("atan(x)/x", "0+", 6)
series("1/(exp(x)-1)", "0+", 6)
series("cosh(x)/sinh(x)", "0+", 6)
series("1/(x^2*(a+x))", "0+", 4)
series("sqrt(a^2+x)", "0+", 4)
series("sqrt(x+x^2)", "0+", 4)
series("x^(1/3)/(1+x)", "0+", 3)
series("log(x)*x/(1-x)", "0+", 4)
series("log(x)^2*sqrt(x)", "0+", 2)
series("exp(a*x)*log(a+x)", "0+", 3)
series("x^2/(x^2+a*x+1)", "oo", 5)
series("1/(1+sqrt(x))", "oo", 3)

LIMITS = []
for text, to in [("exp(x)/x^3", "oo"), ("(exp(x)+x)/(exp(x)-x^2)", "oo"), ("exp(x+exp(-x))-exp(x)", "oo"), ("x^(1/x)", "oo"),
                 ("log(exp(x)+exp(2*x))/x", "oo"), ("exp(1/x)*x", "0+"), ("(1+1/x)^x", "oo"), ("(1+a/x)^x", "oo"), ("exp(-1/x)/x^5", "0+"),
                 ("x*(sqrt(x^2+a)-x)", "oo"), ("exp(exp(x))/exp(exp(x-1/x))", "oo"), ("(exp(2*x)-exp(x))/sinh(2*x)", "oo"), ("x^x", "0+"),
                 ("x*exp(x)/(exp(x)-1)-x", "oo"), ("exp(x*(exp(-x)+1))-exp(x)-x", "oo"), ("tanh(x)^2", "oo"), ("exp(a*x)/exp(a*x+log(x))*x", "oo")]:
    f = read(text)
    value = sp.limit(f, x, sp.oo) if to == "oo" else sp.limit(f, x, 0, "+")
    LIMITS.append({"expression": text, "to": to, "value": str(sp.simplify(value).subs(sp.E, sp.exp(1, evaluate=False))).replace("**", "^").replace("E", "exp(1)")})

write("series.json", "generate_series.py", systems("sympy"), {"series": SERIES, "limits": LIMITS})
