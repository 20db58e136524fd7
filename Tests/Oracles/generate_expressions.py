"""Scalar expressions in the project's syntax: values, derivatives, identities, near-identities, limits.

x, y, z are positive reals. Operators + - * / ^, the last right associative and tighter than unary minus.
"expressions": "text", "at" (exact point), "value" (50 digits), "derivative" (with respect to x, 50 digits; no
point is near a switch of abs, sign, min or max). A value comes from this file's own evaluator over mpmath dual
numbers and again from SymPy's parser and evaluator; a derivative again from a difference quotient. "equal":
"left" and "right" agree for all positive x, y, z where both are defined (sampled to 85 digits; the rational
ones proved). "unequal": pairs that differ, with a point ("at"), both values to 100 digits and their difference.
"limits": "expression" as "variable" goes to "to", which is "0+" (from the right) or "oo"; "value" in the same
syntax, or oo, -oo.
"""
import random
from fractions import Fraction

import mpmath
import sympy as sp
from sympy.parsing.sympy_parser import parse_expr, rationalize, standard_transformations

from oracle import decimal, rational, systems, write

random.seed(20240605)
X, Y, Z = sp.symbols("x y z", positive=True)
NAMES = {"x": X, "y": Y, "z": Z, "pi": sp.pi, "abs": sp.Abs, "sign": sp.sign, "min": sp.Min, "max": sp.Max, "exp": sp.exp, "log": sp.log, "sqrt": sp.sqrt,
         "sin": sp.sin, "cos": sp.cos, "tan": sp.tan, "sinh": sp.sinh, "cosh": sp.cosh, "tanh": sp.tanh, "asin": sp.asin, "acos": sp.acos, "atan": sp.atan,
         "asinh": sp.asinh, "acosh": sp.acosh, "atanh": sp.atanh, "oo": sp.oo}


def read(text):
    return parse_expr(text.replace("^", "**"), local_dict=NAMES, transformations=standard_transformations + (rationalize,))


def mp(q):
    q = Fraction(q)
    return mpmath.mpf(q.numerator) / q.denominator


def numeric(text, at):
    """SymPy's parse, evaluated by mpmath at the current precision."""
    function = sp.lambdify((X, Y, Z), read(text), "mpmath")
    return 0 + mpmath.mpmathify(function(*(mp(at.get(n, 1)) for n in "xyz")))


# The evaluator of this file: trees of tuples, dual numbers ---------------------------------------------

DERIVATIVE = {
    "sqrt": lambda u, f: 1 / (2 * f), "exp": lambda u, f: f, "log": lambda u, f: 1 / u, "sin": lambda u, f: mpmath.cos(u),
    "cos": lambda u, f: -mpmath.sin(u), "tan": lambda u, f: 1 + f * f, "sinh": lambda u, f: mpmath.cosh(u), "cosh": lambda u, f: mpmath.sinh(u),
    "tanh": lambda u, f: 1 - f * f, "asin": lambda u, f: 1 / mpmath.sqrt(1 - u * u), "acos": lambda u, f: -1 / mpmath.sqrt(1 - u * u),
    "atan": lambda u, f: 1 / (1 + u * u), "asinh": lambda u, f: 1 / mpmath.sqrt(1 + u * u), "acosh": lambda u, f: 1 / mpmath.sqrt(u * u - 1),
    "atanh": lambda u, f: 1 / (1 - u * u)}


class Reject(Exception):
    pass


def dual(tree, at):
    """(value, d/dx) at the point; Reject outside the reals or too near a switch."""
    kind = tree[0]
    if kind == "number":
        return mp(tree[1]), mpmath.mpf(0)
    if kind == "pi":
        return +mpmath.pi, mpmath.mpf(0)
    if kind == "symbol":
        return mp(at[tree[1]]), mpmath.mpf(int(tree[1] == "x"))
    parts = [dual(t, at) for t in tree[1:]]
    (u, du) = parts[0]
    if kind == "neg":
        return -u, -du
    if kind in ("+", "-", "*", "/", "^"):
        (v, dv) = parts[1]
        if kind == "+":
            return u + v, du + dv
        if kind == "-":
            return u - v, du - dv
        if kind == "*":
            return u * v, du * v + u * dv
        if kind == "/":
            if abs(v) < mpmath.mpf("1e-3"):
                raise Reject
            return u / v, (du * v - u * dv) / (v * v)
        if u <= mpmath.mpf("1e-3") or abs(v) > 12:
            raise Reject
        value = mpmath.power(u, v)
        return value, value * (dv * mpmath.log(u) + v * du / u)
    if kind in ("min", "max"):
        (v, dv) = parts[1]
        if abs(u - v) < mpmath.mpf("1e-3"):
            raise Reject
        return (u, du) if (u < v) == (kind == "min") else (v, dv)
    if kind == "abs":
        if abs(u) < mpmath.mpf("1e-3"):
            raise Reject
        return abs(u), du * mpmath.sign(u)
    if kind == "sign":
        if abs(u) < mpmath.mpf("1e-3"):
            raise Reject
        return mpmath.sign(u), mpmath.mpf(0)
    if (kind in ("sqrt", "log") and u < mpmath.mpf("1e-3")) or (kind in ("exp", "sinh", "cosh", "tan") and abs(u) > 30) \
            or (kind in ("asin", "acos", "atanh") and abs(u) > mpmath.mpf("0.99")) or (kind == "acosh" and u < mpmath.mpf("1.01")):
        raise Reject
    value = getattr(mpmath, kind)(u)
    return value, du * DERIVATIVE[kind](u, value)


STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2, "neg": 3, "^": 4}


def spell(tree):
    """Text with no more parentheses than the grammar needs."""
    return spell_at(tree, 0)


def spell_at(tree, least):
    kind = tree[0]
    if kind == "number":
        text, strength = tree[1], 5 if "/" not in tree[1] else 2
    elif kind in ("pi", "symbol"):
        text, strength = tree[-1], 5
    elif kind == "neg":
        text, strength = "-" + spell_at(tree[1], 4), 3 if least <= 1 else 0
        if least == 0:
            strength = 3
    elif kind == "^":
        text, strength = spell_at(tree[1], 5) + "^" + spell_at(tree[2], 4), 4
    elif kind in STRENGTH:
        strength = STRENGTH[kind]
        gap = " " if strength == 1 else ""
        text = spell_at(tree[1], strength) + gap + kind + gap + spell_at(tree[2], strength + 1)
    else:
        text, strength = kind + "(" + ", ".join(spell_at(t, 0) for t in tree[1:]) + ")", 5
    return "(" + text + ")" if strength < least else text


def random_tree(depth):
    if depth == 0 or random.random() < 0.12:
        kind = random.random()
        if kind < 0.6:
            return ("symbol", random.choice("xxxyz"))
        if kind < 0.92:
            return ("number", random.choice(["1", "2", "3", "5", "7", "10", "1/2", "2/3", "0.25", "1.5"]))
        return ("pi", "pi")
    kind = random.random()
    if kind < 0.56:
        return (random.choice("++--**//"), random_tree(depth - 1), random_tree(depth - 1))
    if kind < 0.66:
        exponent = random.choice([("number", "2"), ("number", "3"), ("number", "1/2"), ("neg", ("number", "1")), ("number", "3/2"), random_tree(1),
                                  ("^", ("number", "2"), ("symbol", "y"))])
        return ("^", random_tree(depth - 1), exponent)
    if kind < 0.71:
        return ("neg", random_tree(depth - 1))
    if kind < 0.76:
        return (random.choice(["min", "max"]), random_tree(depth - 1), random_tree(depth - 1))
    if kind < 0.81:
        return (random.choice(["abs", "sign"]), random_tree(depth - 1))
    return (random.choice(sorted(DERIVATIVE)), random_tree(depth - 1))


def has_x(tree):
    return tree == ("symbol", "x") or any(has_x(t) for t in tree[1:] if isinstance(t, tuple))


def random_point():
    return {n: rational(Fraction(random.randrange(1, 40), random.randrange(1, 15))) for n in "xyz"}


def expression_case(tree, at):
    with mpmath.workdps(140):
        value, slope = dual(tree, at)
        if not all(mpmath.isfinite(t) for t in (value, slope)) or not (value == 0 or 1e-8 < abs(value) < 1e8) \
                or not (slope == 0 or 1e-12 < abs(slope) < 1e12):
            raise Reject
        text = spell(tree)
        again = numeric(text, at)
        if abs(again - value) > abs(value) * mpmath.mpf(10)**-100 + (mpmath.mpf(10)**-120):
            raise AssertionError((text, at, value, again))
        quotient = mpmath.diff(lambda t: numeric_tree(tree, at, t), mp(at["x"]))
        assert abs(quotient - slope) < mpmath.mpf(10)**-70 * (1 + abs(slope)), (text, quotient, slope)
        symbolic = sp.diff(read(text), X)
        if not symbolic.has(sp.Derivative, sp.DiracDelta, sp.Heaviside, sp.re, sp.im, sp.Subs):
            third = mpmath.mpmathify(sp.lambdify((X, Y, Z), symbolic, "mpmath")(*(mp(at[n]) for n in "xyz")))
            assert abs(third - slope) < mpmath.mpf(10)**-90 * (1 + abs(slope)), (text, third, slope)
        exact_zero = abs(value) < mpmath.mpf(10)**-110
        flat = abs(slope) < mpmath.mpf(10)**-110
        return {"text": text, "at": dict(at), "value": "0" if exact_zero else decimal(value, 50), "derivative": "0" if flat else decimal(slope, 50)}


def numeric_tree(tree, at, t):
    place = dict(at)

    def walk(node):
        if node == ("symbol", "x"):
            return t
        kind = node[0]
        if kind in ("number", "pi", "symbol"):
            return dual(node, place)[0]
        parts = [walk(n) for n in node[1:]]
        return {"neg": lambda a: -a, "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
                "^": mpmath.power, "min": min, "max": max, "abs": abs, "sign": mpmath.sign}.get(kind, getattr(mpmath, kind, None))(*parts)
    return walk(tree)


EXPRESSIONS, seen = [], set()
while len(EXPRESSIONS) < 130:
    tree = random_tree(random.choice([2, 3, 3, 4]))
    if not has_x(tree) or tree[0] == "symbol":
        continue
    try:
        record = expression_case(tree, random_point())
    except (Reject, ZeroDivisionError, OverflowError):
        continue
    if record["text"] not in seen and len(record["text"]) < 160:
        seen.add(record["text"])
        EXPRESSIONS.append(record)
s, n = lambda a: ("symbol", a), lambda a: ("number", a)
x, y = s("x"), s("y")
for tree in (("neg", ("^", x, n("2"))), ("^", n("2"), ("^", n("3"), ("/", n("2"), n("5")))), ("^", n("2"), ("^", x, y)), ("^", ("^", n("2"), x), y),
             ("-", ("-", x, y), n("3")), ("-", x, ("-", y, n("3"))), ("/", ("/", x, y), n("3")), ("/", x, ("/", y, n("3"))), ("*", ("/", x, y), n("3")),
             ("/", x, ("*", y, n("3"))), ("^", x, ("neg", y)), ("neg", ("neg", x)), ("-", x, ("neg", y)), ("*", x, ("neg", y)), ("^", ("neg", ("neg", x)), n("2")),
             ("/", n("1"), ("^", x, n("2"))), ("^", ("sqrt", x), n("4")), ("abs", ("-", y, ("*", n("5"), x))), ("min", x, ("max", y, n("1/7"))),
             ("sign", ("-", x, n("100")))):
    EXPRESSIONS.append(expression_case(tree, {"x": "3/7", "y": "5/4", "z": "1"}))

# Identities ------------------------------------------------------------------------------------------------
EQUAL = [
    ("sqrt(x^2*y)", "x*sqrt(y)"), ("sqrt(x*y)", "sqrt(x)*sqrt(y)"), ("sqrt(x/y)", "sqrt(x)/sqrt(y)"), ("sqrt(x^2 + 2*x*y + y^2)", "x + y"),
    ("sqrt((x - y)^2)", "abs(x - y)"), ("1/(sqrt(x + 1) + sqrt(x))", "sqrt(x + 1) - sqrt(x)"), ("sqrt(5 + 2*sqrt(6))", "sqrt(2) + sqrt(3)"),
    ("sqrt(3 + 2*sqrt(2))", "1 + sqrt(2)"), ("sqrt(3 - 2*sqrt(2))", "sqrt(2) - 1"), ("sqrt(x + y + 2*sqrt(x*y))", "sqrt(x) + sqrt(y)"),
    ("(sqrt(5) + 2)^(1/3) - (sqrt(5) - 2)^(1/3)", "1"), ("sqrt(2 + sqrt(3))", "(sqrt(6) + sqrt(2))/2"), ("sqrt(16 - 2*sqrt(29) + 2*sqrt(55 - 10*sqrt(29)))", "sqrt(5) + sqrt(22 + 2*sqrt(5)) - sqrt(11 + 2*sqrt(29))"),
    ("(2^(1/3) - 1)^(1/3)", "(1/9)^(1/3) - (2/9)^(1/3) + (4/9)^(1/3)"), ("exp(x)*exp(y)", "exp(x + y)"), ("exp(x)^3", "exp(3*x)"), ("exp(2*log(x))", "x^2"),
    ("log(x*y)", "log(x) + log(y)"), ("log(x^3)", "3*log(x)"), ("log(sqrt(x))", "log(x)/2"), ("log(exp(x)*y)", "x + log(y)"), ("exp(-x)*exp(x)", "1"),
    ("x^y*x^z", "x^(y + z)"), ("(x^y)^z", "x^(y*z)"), ("(x*y)^z", "x^z*y^z"), ("sin(x)^2 + cos(x)^2", "1"), ("sin(2*x)", "2*sin(x)*cos(x)"),
    ("cos(2*x)", "1 - 2*sin(x)^2"), ("cosh(x)^2 - sinh(x)^2", "1"), ("tanh(x)", "(exp(2*x) - 1)/(exp(2*x) + 1)"), ("sinh(x)", "(exp(x) - exp(-x))/2"),
    ("1 - tanh(x)^2", "1/cosh(x)^2"), ("tanh(x/2)", "sinh(x)/(1 + cosh(x))"), ("sin(x + y)", "sin(x)*cos(y) + cos(x)*sin(y)"), ("cos(3*x)", "4*cos(x)^3 - 3*cos(x)"),
    ("cosh(x + y)", "cosh(x)*cosh(y) + sinh(x)*sinh(y)"), ("asinh(x)", "log(x + sqrt(x^2 + 1))"), ("atan(x) + atan(1/x)", "pi/2"), ("4*atan(1/5) - atan(1/239)", "pi/4"),
    ("cos(pi/5)", "(1 + sqrt(5))/4"), ("1 + 2*cos(pi/7) + 2*cos(2*pi/7)", "1 + 2*sqrt(7/3)*cos(acos(sqrt(27/28))/3)"), ("sin(pi/12)", "(sqrt(6) - sqrt(2))/4"),
    ("max(x, y)", "(x + y + abs(x - y))/2"), ("min(x, y) + max(x, y)", "x + y"), ("abs(x*(y - z))", "x*abs(y - z)"), ("max(0, x)", "x"), ("sign(x)", "1"), ("(x^3 - y^3)/(x^2 + x*y + y^2)", "x - y"), ("1/(1 + 1/x)", "x/(x + 1)"),
    ("1/(exp(x) - 1) + 1", "exp(x)/(exp(x) - 1)"), ("1/(exp(x) - 1)", "(1/tanh(x/2) - 1)/2"), ("x^(1/2)*x^(1/3)", "x^(5/6)"), ("sqrt(x)^2", "x"), ("(x^6)^(1/3)", "x^2"),
    ("sqrt(sqrt(x^4 + 2*x^2 + 1) - 1)", "x"), ("-x^2", "-(x^2)"), ("2^3^2", "512"), ("0.1 + 0.2", "3/10"), ("sqrt(8)", "2*sqrt(2)")]


def check_equal(a, b):
    with mpmath.workdps(120):
        for _ in range(6):
            at = random_point()
            u, v = numeric(a, at), numeric(b, at)
            assert abs(u - v) < mpmath.mpf(10)**-85 * (1 + abs(u)), (a, b, at, u, v)


def random_rational_function():
    def polynomial():
        return sum(random.randrange(-5, 6) * X**random.randrange(3) * Y**random.randrange(3) for _ in range(3)) + random.randrange(1, 5)
    return polynomial(), sp.expand((X + random.randrange(1, 4)) * (Y + X * random.randrange(1, 4))), polynomial(), sp.expand((X + random.randrange(1, 4)) * (Y**2 + 1))


def ours(e):
    return str(e).replace("**", "^")


count = 0
while count < 12:
    p, q, u, v = random_rational_function()
    left = f"({ours(p)})/({ours(q)}) + ({ours(u)})/({ours(v)})"
    right = ours(sp.together(sp.cancel(p / q + u / v)))
    if sp.cancel(read(left) - read(right)) == 0 and len(right) < 400:
        EQUAL.append((left, right))
        count += 1
equal = []
for a, b in EQUAL:
    check_equal(a, b)
    equal.append({"left": a, "right": b})

UNEQUAL = [
    ("sqrt(x^2 + y^2)", "x + y"), ("sqrt(x^2*y)", "x*y"), ("sqrt(5 + 2*sqrt(6))", "sqrt(2) + sqrt(3) + 10^(-30)"), ("sqrt(x + y + 2*sqrt(x*y))", "sqrt(x + y)"),
    ("exp(pi*sqrt(163))", "262537412640768744"), ("exp(x)*exp(y)", "exp(x*y)"), ("exp(x)^2", "exp(x^2)"), ("log(x + y)", "log(x) + log(y)"), ("log(x)^2", "2*log(x)"),
    ("sqrt((x - y)^2)", "x - y"), ("abs(x - y)", "y - x"), ("sin(x)^2 - cos(x)^2", "1"), ("sin(2*x)", "2*sin(x)"), ("cosh(x)^2 + sinh(x)^2", "1"), ("asin(sin(x))", "x"),
    ("acos(cos(x))", "x"), ("atan(tan(x))", "x"), ("(x^y)^z", "x^(y^z)"), ("2^3^2", "64"), ("-x^2", "(-x)^2"), ("x - y - z", "x - (y - z)"), ("x/y/z", "x/(y/z)"),
    ("4*atan(1/5) - atan(1/240)", "pi/4"), ("cos(pi/5)", "(1 + sqrt(5))/4 + 10^(-25)"), ("1 + 2*cos(pi/7) + 2*cos(2*pi/7)", "4.04891733952230531352"), ("sqrt(2) + sqrt(3)", "3.14626436994197234233"),
    ("pi", "355/113"), ("pi", "3.14159265358979323846264338327950288419716939937510582"), ("sqrt(2)", "1.41421356237309504880168872420969807856967187537694807"), ("1/3", "0.33333333333333333333333333333333333333333333333333"),
    ("0.1", "0.1000000000000000055511151231257827"), ("max(x, y)", "x"), ("min(x, y)", "(x + y)/2"), ("sign(x - y)", "1"), ("tanh(x)", "(exp(2*x) - 1)/(exp(2*x) + 2)"), ("1/(exp(x) - 1)", "(1/tanh(x/2) + 1)/2"),
    ("1/(1 + 1/x)", "1/(x + 1)"), ("(x^3 - y^3)/(x^2 + x*y + y^2)", "x + y"), ("x^(1/2)*x^(1/3)", "x^(1/6)"), ("(x + y)^3", "x^3 + 3*x^2*y + 3*x*y^2 - y^3"), ("sqrt(x^2 + 10^(-40))", "x"),
    ("sqrt(x + 1) - sqrt(x)", "1/(2*sqrt(x))"), ("sinh(x)", "(exp(x) + exp(-x))/2"), ("asinh(x)", "log(x + sqrt(x^2 - 1) + 2)"), ("sqrt(16 - 2*sqrt(29) + 2*sqrt(55 - 10*sqrt(29)))", "sqrt(5) + sqrt(22 + 2*sqrt(5)) - sqrt(11 + 2*sqrt(29)) + 10^(-45)"),
    ("(sqrt(5) + 2)^(1/3) - (sqrt(5) - 2)^(1/3)", "1 + 10^(-60)"), ("sin(10^(-10))", "10^(-10)"), ("cos(10^(-12))", "1"), ("exp(10^(-15))", "1 + 10^(-15)"), ("tanh(50)", "1"), ("sqrt(10^40 + 1)", "10^20")]
while len(UNEQUAL) < 62:
    a, b = EQUAL[-12 + (len(UNEQUAL) - 51) % 12] if len(UNEQUAL) >= 51 else EQUAL[0]
    UNEQUAL.append((a, f"{b} + x/10^({12 + len(UNEQUAL)})" if len(UNEQUAL) % 2 else b.replace("x", "y", 1)))
unequal = []
for a, b in UNEQUAL:
    with mpmath.workdps(160):
        chosen = None
        for _ in range(60):
            at = random_point()
            u, v = numeric(a, at), numeric(b, at)
            if all(isinstance(t, mpmath.mpf) or t.imag == 0 for t in (u, v)) and abs(u - v) > mpmath.mpf(10)**-100 * (1 + abs(u)):
                chosen = at
                break
        assert chosen, (a, b)
        u, v = mpmath.mpf(mpmath.re(u)), mpmath.mpf(mpmath.re(v))
        unequal.append({"left": a, "right": b, "at": chosen, "left_value": decimal(u, 100), "right_value": decimal(v, 100),
                        "difference": decimal(u - v, 30)})

# Limits -----------------------------------------------------------------------------------------------------
LIMITS = [
    ("(2*x^2 + 3)/(x^2 - x)", "oo", "2"), ("(x + 1)/(x^2 + 1)", "oo", "0"), ("x^3/(x^2 + 1)", "oo", "oo"), ("(1 - x^3)/(x + 1)", "oo", "-oo"), ("x/(x + 1)", "0+", "0"),
    ("1/x", "0+", "oo"), ("-1/x", "0+", "-oo"), ("(x^2 + x)/(3*x)", "0+", "1/3"), ("sqrt(x^2 + x) - x", "oo", "1/2"), ("sqrt(x + 1) - sqrt(x)", "oo", "0"),
    ("x*(sqrt(x^2 + 1) - x)", "oo", "1/2"), ("(sqrt(1 + x) - 1)/x", "0+", "1/2"), ("(sqrt(4 + x) - 2)/x", "0+", "1/4"), ("(sqrt(1 + x) - sqrt(1 - x))/x", "0+", "1"),
    ("sqrt(x)/x", "0+", "oo"), ("sqrt(x)/x", "oo", "0"), ("x/sqrt(2*x^2 + 1)", "oo", "sqrt(2)/2"), ("sqrt(3*x^2 + x)/(x + sqrt(x))", "oo", "sqrt(3)"),
    ("sqrt(x^2 + 3*x + 1) - sqrt(x^2 + x)", "oo", "1"), ("((1 + x)^(1/3) - 1)/x", "0+", "1/3"), ("x^(3/2)*(sqrt(x + 1) + sqrt(x - 1) - 2*sqrt(x))", "oo", "-1/4"),
    ("x^2*(sqrt(1 + 1/x) - 1 - 1/(2*x))", "oo", "-1/8"), ("(1 + x - sqrt(1 + 2*x))/x^2", "0+", "1/2"), ("sin(x)/x", "0+", "1"), ("(1 - cos(x))/x^2", "0+", "1/2"),
    ("(exp(x) - 1)/x", "0+", "1"), ("log(1 + x)/x", "0+", "1"), ("x*log(x)", "0+", "0"), ("log(x)/x", "oo", "0"), ("x*exp(-x)", "oo", "0"), ("exp(x)/x^5", "oo", "oo"),
    ("(1 + 1/x)^x", "oo", "exp(1)"), ("tanh(x)", "oo", "1"), ("x/tanh(x)", "0+", "1"), ("1/(exp(x) - 1) - 1/x", "0+", "-1/2"), ("atan(x)", "oo", "pi/2"), ("x^x", "0+", "1"),
    ("x/2 - sqrt(x^2 - 4*(x + 1/2)^2/(x + 1))/2", "oo", "1"), ("x/2 + sqrt(x^2 - 4*(x + 1/2)^2/(x + 1))/2 - x", "oo", "-1"),
    ("(x*(1 + sqrt(3))*x - x^2)/(2*(2*x^2 + (1 + sqrt(3))^2*x^2))", "oo", "(sqrt(3) - 1)/8"), ("(x^2 - 1)/(2*x^2 + x) + 1/(x + sqrt(x))", "oo", "1/2"),
    ("(sqrt(x + sqrt(x)) - sqrt(x))", "oo", "1/2"), ("(sqrt(1 + x^2) - 1)/x", "0+", "0"), ("1/x - 1/(x + x^2)", "0+", "1")]
limits = []
for text, where, value in LIMITS:
    function, point = read(text), sp.oo if where == "oo" else 0
    found = sp.limit(function, X, point, "+" if where == "0+" else "-")
    assert found == read(value) or sp.simplify(found - read(value)) == 0, (text, found)
    with mpmath.workdps(300):
        far = mpmath.mpf(10)**(60 if not function.has(sp.exp, sp.tanh) and "^x" not in text else 3)
        near = numeric(text, {"x": Fraction(10**(60 if far > 10**4 else 3)) if where == "oo" else Fraction(1, 10**40)})
        if value in ("oo", "-oo"):
            assert (near > 0) == (value == "oo") and abs(near) > 10**3
        else:
            assert abs(near - numeric(value, {})) < mpmath.mpf("1e-2"), (text, near)
    limits.append({"expression": text, "variable": "x", "to": where, "value": value})

write("expressions.json", "generate_expressions.py", systems("sympy", "mpmath"),
      {"expressions": EXPRESSIONS, "equal": equal, "unequal": unequal, "limits": limits})
print(len(EXPRESSIONS), len(equal), len(unequal), len(limits))
