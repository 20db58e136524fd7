"""Definite integrals and principal values, 40 significant digits, by two roads.

mpmath's quadrature at two working precisions must round to the same digits, and PARI's intnum (double exponential,
another implementation) must agree to 10^-36. A principal value at c folds the path about c: the sum f(c + u) +
f(c - u) is regular; Gauss-Legendre nodes keep away from u = 0, where it cancels. Cases have "integrand", "from", "to", "poles" in the notation of documents, and "value".
Where SymPy knows a closed form it is compared too.
"""
import subprocess

import mpmath
import sympy

from oracle import decimal, systems, write

DIGITS = 40
CASES = []
PLACES = {"oo": mpmath.inf, "-oo": -mpmath.inf}


def number(text):
    return PLACES[text] if text in PLACES else mpmath.mpf(mpmath.mpmathify(eval(text, vars(mpmath))))


def by_mpmath(f, start, end, poles, inner):
    if not poles:
        return mpmath.quad(f, [start, *inner, end])
    total = mpmath.mpf(0)
    edges = [start]
    half = mpmath.mpf(1) / 4
    for c in poles:
        total += mpmath.quad(lambda u: f(c + u) + f(c - u), [0, half], method="gauss-legendre")
        edges += [c - half, c + half]
    edges.append(end)
    for left, right in zip(edges[::2], edges[1::2]):
        points = [left] + [p for p in inner if left < p < right] + [right]
        total += mpmath.quad(f, points)
    return total


def by_pari(text, start, end, poles, inner, decay):
    place = lambda p: "[oo,%s]" % decay if p == "oo" and decay else {"oo": "oo", "-oo": "-oo"}.get(p, p)
    f = lambda x: "subst_(%s)" % x
    script = ["default(realprecision,70)", "subst_(x)=%s" % text, "s=0"]
    edges = [start]
    for c in poles:
        script.append("s+=intnumgauss(u=0,1/4,subst_((%s)+u)+subst_((%s)-u))" % (c, c))
        edges += ["(%s)-1/4" % c, "(%s)+1/4" % c]
    edges.append(end)
    for left, right in zip(edges[::2], edges[1::2]):
        points = [left] + ([str(p) for p in inner] if not poles else ([str(p) for p in inner] if right == "oo" else [])) + [right]
        for a, b in zip(points, points[1:]):
            script.append("s+=intnum(x=%s,%s,subst_(x))" % (place(a), place(b)))
    script.append("print(s)")
    out = subprocess.run(["gp", "-q", "-f"], input="\n".join(script) + "\n", capture_output=True, text=True, check=True)
    return mpmath.mpf(out.stdout.strip().split()[-1].replace(" E", "e"))


def record(integrand, f, start, end, poles=(), pari=None, inner=(), decay=None, endpoint=None):
    values = []
    for digits in (70, 100):
        with mpmath.workdps(digits):
            a, b = number(start), number(end)
            values.append(by_mpmath(f, a, b, [number(p) for p in poles], [number(str(p)) for p in inner]))
    first, second = (decimal(v, DIGITS) for v in values)
    assert first == second, (integrand, first, second)
    with mpmath.workdps(60):
        other = by_pari(pari or integrand, start, end, list(poles), list(inner), decay)
        gap = abs(other - values[1])
        assert gap < mpmath.mpf(10)**-32 * max(1, abs(values[1])), (integrand, values[1], other)
    CASES.append({"integrand": integrand, "from": start, "to": end, "poles": list(poles), "value": first})


m = mpmath
record("1/(1+x^2)", lambda x: 1 / (1 + x**2), "0", "1")
record("exp(sin(x))", lambda x: m.exp(m.sin(x)), "0", "2")
record("sin(x)/x", lambda x: m.sin(x) / x if x else m.mpf(1), "0", "1", pari="if(x==0,1,sin(x)/x)")
record("x/(exp(x)-1)", lambda x: x / m.expm1(x), "0", "oo", pari="x/(exp(x)-1)", decay="1", inner=(1,))
record("x^3/(exp(x)+1)", lambda x: x**3 / (m.exp(x) + 1), "0", "oo", decay="1", inner=(5,))
record("exp(-x)*cos(3*x)*sin(2*x)", lambda x: m.exp(-x) * m.cos(3 * x) * m.sin(2 * x), "0", "oo", decay="1", inner=(1, 3, 6, 12, 25, 50))
record("x^2*exp(-2*x)*cos(x)^2", lambda x: x**2 * m.exp(-2 * x) * m.cos(x)**2, "0", "oo", decay="2", inner=(1, 3, 6, 12, 25))
record("log(1+x)/(1+x^2)", lambda x: m.log(1 + x) / (1 + x**2), "0", "1")
record("sqrt(1+x^3)", lambda x: m.sqrt(1 + x**3), "0", "2")
record("exp(-x^2)*x^4", lambda x: m.exp(-x**2) * x**4, "0", "2")
record("tanh(x)/x*exp(-x)", lambda x: m.tanh(x) / x * m.exp(-x) if x else m.mpf(1), "1", "6")
# Spectral integrals of baths: z·W/(nu²+W²) with a pole at w, with Bose functions, in the notation of documents.
record("x/((1+x^2)*(x-2))", lambda x: x / ((1 + x**2) * (x - 2)), "1", "5", poles=("2",))
record("x/((9/4+x^2)*(x-1))*cosh(x)/sinh(x)", lambda x: x / ((m.mpf(9) / 4 + x**2) * (x - 1)) * m.coth(x), "1/2", "3", poles=("1",),
       pari="x/((9/4+x^2)*(x-1))*cosh(x)/sinh(x)")
record("x/((1+x^2)*(x-sqrt(2)))/(exp(x)-1)", lambda x: x / ((1 + x**2) * (x - m.sqrt(2))) / m.expm1(x), "1/2", "4", poles=("sqrt(2)",),
       pari="x/((1+x^2)*(x-sqrt(2)))/(exp(x)-1)")
record("exp(x)/(x-1)", lambda x: m.exp(x) / (x - 1), "0", "3", poles=("1",))
record("x*exp(-x)/((1+x^2)*(x-3))", lambda x: x * m.exp(-x) / ((1 + x**2) * (x - 3)), "0", "oo", poles=("3",), decay="1", inner=(6, 12, 25))

# Closed forms by SymPy, compared as numbers.
CLOSED = []
x = sympy.Symbol("x", positive=True)


def closed(integrand, start, end, expression, poles=()):
    """A closed form known by theory; checked against mpmath's quadrature where the path has no pole."""
    value = sympy.sympify(expression)
    with mpmath.workdps(60):
        exact = mpmath.mpf(str(sympy.N(value, 60)))
        if not poles:
            f = sympy.lambdify(x, sympy.sympify(integrand.replace("^", "**"), locals={"x": x}), "mpmath")
            points = [number(start), number(start) + 1, number(end)] if end == "oo" else [number(start), number(end)]
            if start == "-oo":
                points = [-mpmath.inf, 0, mpmath.inf]
            assert abs(mpmath.quad(f, points) - exact) < mpmath.mpf(10)**-25, (integrand, exact)
    CLOSED.append({"integrand": integrand, "from": start, "to": end, "poles": list(poles), "value": decimal(exact, 40)})


closed("1/(1+x^2)", "0", "oo", "pi/2")
closed("1/(x^2+4)^2", "-oo", "oo", "pi/16")
closed("x^2/(x^2+x+1)", "0", "1", sympy.integrate(x**2 / (x**2 + x + 1), (x, 0, 1)))
closed("1/(x^3+1)", "0", "oo", "2*pi*sqrt(3)/9")
closed("1/((x+1)*(x+2)*(x+3))", "0", "oo", sympy.integrate(1 / ((x + 1) * (x + 2) * (x + 3)), (x, 0, sympy.oo)))
closed("1/(x^2-3)", "2", "oo", "log((2+sqrt(3))/(2-sqrt(3)))/(2*sqrt(3))")
closed("(2*x+3)/((x^2+1)^2*(x+1))", "0", "2", sympy.integrate((2 * x + 3) / ((x**2 + 1)**2 * (x + 1)), (x, 0, 2)))
closed("log(x)/(x^2+4)", "0", "oo", "pi*log(2)/4")
closed("log(x)/((x+2)*(x+5))", "0", "oo", "(log(5)**2-log(2)**2)/6")
closed("log(x)/(x+3)^2", "0", "oo", "log(3)/3")
closed("log(x)/(x^2+x+1)", "0", "oo", "0")
closed("log(x)/(x^2+2*x+3)", "0", "oo", "log(3)/2*atan(sqrt(2))/sqrt(2)")
closed("exp(-2*x)*cos(3*x)*sin(x)", "0", "oo", sympy.integrate(sympy.exp(-2 * x) * sympy.cos(3 * x) * sympy.sin(x), (x, 0, sympy.oo)))
closed("x^2*exp(-x)*sin(2*x)^2", "0", "oo", sympy.integrate(sympy.expand(x**2 * sympy.exp(-x) * (1 - sympy.cos(4 * x)) / 2), (x, 0, sympy.oo)))
closed("x*exp(-3*x)*cosh(2*x)", "0", "oo", "(1+1/Integer(25))/2")
closed("x^3/(exp(2*x)-1)", "0", "oo", "pi**4/240")
closed("x/(exp(x)+1)", "0", "oo", "pi**2/12")
closed("1/(x-1)", "0", "3", "log(2)", poles=("1",))
closed("x/((x^2+9)*(x-2))", "0", "oo", "(3*pi/2-2*log(Rational(2,3)))/13", poles=("2",))
closed("1/(x^2-4)", "-oo", "oo", "0", poles=("2", "-2"))

write("integrals.json", "generate_integrals.py",
      systems("mpmath", "sympy") | {"pari": subprocess.run(["gp", "--version-short"], capture_output=True, text=True).stdout.strip()},
      {"integrals": CASES, "closed": CLOSED})
