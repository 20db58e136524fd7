"""Algebraic numbers, abelian fields and integer relations.

"minimal": "expression" (a formula of roots and cosines in the project's syntax), "polynomial" (its minimal
polynomial, integer coefficients, constant term first, primitive, leading one positive; SymPy, checked with
PARI's algdep on 400 digits) and "value" (60 significant digits; mpmath at two precisions).
"abelian": "polynomial" of a generator of a real abelian field, irreducible (FLINT), with "conductor" and
"degree" (PARI's polsubcyclo; galoisinit says that it is abelian). "nonabelian": irreducible polynomials
with only real roots whose field is not abelian (PARI's galoisinit).
"relations": "value" (150 significant digits of "expression"), "basis" and "relation", integers c with
c0*value + c1*basis1 + ... = 0 (mpmath's pslq on 140 digits, checked at 300 digits).
"""
import random
import subprocess

import mpmath
import sympy as sp
from flint import fmpz_poly
from mpmath import mp

from oracle import stable_decimal, systems, write

random.seed(20250311)
X = sp.Symbol("x")


def gp(script):
    """The lines that PARI prints for a script."""
    done = subprocess.run(
        ["gp", "-q", "-f"], input=script, capture_output=True, text=True, check=True)
    assert "***" not in done.stderr and "***" not in done.stdout, done.stderr + done.stdout
    return done.stdout.split("\n")


def ours(text):
    return text.replace("**", "^")


def evaluate(text):
    names = {
        "sqrt": mpmath.sqrt, "cbrt": mpmath.cbrt, "cos": mpmath.cos, "sin": mpmath.sin,
        "tan": mpmath.tan, "pi": mp.pi, "log": mpmath.log, "exp": mpmath.exp, "atan": mpmath.atan,
        "zeta": mpmath.zeta, "mpf": mpmath.mpf,
    }
    import re
    exact = re.sub(r"\b(\d+)\b", r"mpf(\1)", text)
    return eval(exact, names)


def symbolic(text):
    names = {
        "sqrt": sp.sqrt, "cbrt": lambda a: sp.real_root(a, 3), "cos": sp.cos, "sin": sp.sin,
        "tan": sp.tan, "pi": sp.pi, "Integer": sp.Integer,
    }
    import re
    return eval(re.sub(r"\b(\d+)\b", r"Integer(\1)", text), names)


FORMULAS = [
    "sqrt(2) + sqrt(3)", "sqrt(2) + sqrt(3) + sqrt(5)", "sqrt(2 + sqrt(2))", "(sqrt(3) - 1)/8",
    "sqrt(2 + sqrt(2 + sqrt(2)))", "cbrt(2) + sqrt(2)", "cbrt(2) + cbrt(4)", "sqrt(7) - 1/5",
    "4*cos(2*pi/7)*(1 + cos(2*pi/7))", "cos(2*pi/9)", "sin(pi/7)", "cos(2*pi/11) + 1/3",
    "cos(2*pi/13) + cos(10*pi/13)", "1/(1 + sqrt(2) + sqrt(5))", "sqrt(5 + 2*sqrt(6))",
    "sqrt(3)*cos(pi/5) - 2/7", "cos(pi/15)*sqrt(2)", "cos(pi/5)*cos(pi/7)",
    "(1 + sqrt(5))/(3 - sqrt(2))", "sqrt(1 + cbrt(2))", "tan(pi/12) + sqrt(2)",
]


def minimal():
    rows = []
    for text in FORMULAS:
        p = sp.Poly(sp.minimal_polynomial(symbolic(text), X), X)
        coefficients = [int(c) for c in p.primitive()[1].all_coeffs()]
        if coefficients[0] < 0:
            coefficients = [-c for c in coefficients]
        degree = len(coefficients) - 1
        with mpmath.workdps(450):
            digits = mpmath.nstr(evaluate(text), 440)
        line = gp(f"default(realprecision,420);print(Vec(algdep({digits},{degree},400)))")[0]
        found = [int(c) for c in line.strip("[] ").split(",")]
        if found[0] < 0:
            found = [-c for c in found]
        assert found == coefficients, (text, found, coefficients)
        rows.append({
            "expression": ours(text),
            "polynomial": [str(c) for c in coefficients[::-1]],
            "value": stable_decimal(lambda text=text: evaluate(text), 60),
        })
    return rows


def irreducible(coefficients):
    factors = fmpz_poly(coefficients).factor()[1]
    return len(factors) == 1 and factors[0][1] == 1


def abelian():
    rows = []
    for n in [7, 9, 11, 13, 15, 16, 17, 19, 20, 21, 25, 28, 31, 33, 35, 37, 39, 41, 43, 45, 60]:
        for degree in [3, 4, 5, 6]:
            script = (
                f"v=polsubcyclo({n},{degree});if(type(v)!=\"t_VEC\",v=[v]);"
                "for(i=1,#v,if(polsturm(v[i])==poldegree(v[i]),print(v[i])))")
            fields = [line for line in gp(script) if line.strip()]
            for field in fields[:2]:
                # No smaller conductor, so that the answer is known.
                smaller = [
                    m for m in range(3, n) if n % m == 0 and any(
                        gp(f"v=polsubcyclo({m},{degree});if(type(v)!=\"t_VEC\",v=[v]);"
                           f"print(sum(i=1,#v,type(nfisisom({field},v[i]))!=\"t_INT\")>0)")[0].strip() == "1"
                        for _ in [0])]
                if smaller:
                    continue
                a, b, c = random.randrange(1, 4), random.randrange(-3, 4), random.randrange(1, 4)
                d = random.randrange(1, 4)
                line = gp(
                    f"f={field};p=charpoly(Mod(({a}+{b}*x+{c}*x^2)/{d},f));"
                    "p=p*denominator(content(p));p=p/content(p);"
                    "if(polisirreducible(p),print(Vec(p)),print(Vec(f)));"
                    f"g=galoisinit(f);print(#g>1&&galoisisabelian(g,1))")
                assert line[1].strip() == "1", field
                coefficients = [int(x) for x in line[0].strip("[] ").split(",")][::-1]
                if coefficients[-1] < 0:
                    coefficients = [-x for x in coefficients]
                assert irreducible(coefficients)
                rows.append({
                    "polynomial": [str(x) for x in coefficients], "conductor": n,
                    "degree": len(coefficients) - 1})
    return rows


def nonabelian():
    rows = []
    while len(rows) < 12:
        degree = random.choice([3, 4, 5])
        f = [random.randrange(-6, 7) for _ in range(degree)] + [1]
        if not irreducible(f):
            continue
        p = "+".join(f"({c})*x^{i}" for i, c in enumerate(f))
        lines = gp(
            f"f={p};print(polsturm(f)==poldegree(f));g=galoisinit(f);"
            "print(if(g==0,0,galoisisabelian(g,1)))")
        if lines[0].strip() == "1" and lines[1].strip() == "0":
            rows.append({"polynomial": [str(c) for c in f], "degree": degree})
    return rows


RELATIONS = [
    ("pi**2/6 + 3*log(2)/7", ["1", "pi**2", "log(2)"]),
    ("16*atan(1/5) - 4*atan(1/239) + 2/3", ["1", "pi"]),
    ("log(12) - 5*sqrt(2)/3", ["log(2)", "log(3)", "sqrt(2)"]),
    ("zeta(4)", ["1", "pi**4"]),
    ("sqrt(5 + 2*sqrt(6)) + 1/9", ["1", "sqrt(2)", "sqrt(3)"]),
    ("exp(1)*7/5 - pi/11 + 3", ["1", "exp(1)", "pi"]),
    ("cos(2*pi/7)**2 - 1/7", ["1", "cos(2*pi/7)", "cos(4*pi/7)"]),
    ("-31415926535*log(3)/27182818 + 1/1000003", ["1", "log(3)"]),
]


def relations():
    rows = []
    for text, basis in RELATIONS:
        with mpmath.workdps(140):
            values = [evaluate(text)] + [evaluate(b) for b in basis]
            found = mpmath.pslq(values, maxcoeff=10**40, maxsteps=10**5)
        assert found, text
        if found[0] < 0:
            found = [-c for c in found]
        with mpmath.workdps(300):
            values = [evaluate(text)] + [evaluate(b) for b in basis]
            assert abs(mpmath.fdot(values, found)) < mpmath.mpf(10) ** -280, text
        rows.append({
            "expression": ours(text),
            "value": stable_decimal(lambda text=text: evaluate(text), 150),
            "basis": [ours(b) for b in basis],
            "relation": [str(int(c)) for c in found],
        })
    return rows


if __name__ == "__main__":
    versions = systems("mpmath", "sympy", "python-flint")
    versions["pari"] = gp("print(version())")[0].strip()
    write("algebraic.json", "generate_algebraic.py", versions, {
        "minimal": minimal(), "abelian": abelian(), "nonabelian": nonabelian(),
        "relations": relations()})
