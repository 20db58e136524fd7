"""Pairs of expressions over stated domains: equal everywhere, or different at a stated point.

"equal": "domain", "left", "right" agree at all points of the domain where both are defined: checked at
twelve random points to 85 digits by mpmath, and, where SymPy's own evaluator can, again by it.
"unequal": the same with "at", a point of the domain where the sides differ, and "difference", 30 digits.
All symbols (x, y) have the domain: positive, real, negative, unit = (0, 1), big = (1, oo), complex. Functions
are principal branches; cbrt is the real root.
"""
import random
import re
from fractions import Fraction

import mpmath
import sympy as sp

from oracle import decimal, rational, systems, write

random.seed(20251121)


def cbrt(u):
    u = mpmath.mpmathify(u)
    return mpmath.sign(u) * mpmath.cbrt(abs(u))


NAMES = {name: getattr(mpmath, name) for name in ("sqrt exp log sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh re im sign conj").split()}
NAMES |= {"abs": lambda u: mpmath.mpf(abs(u)), "max": max, "min": min, "cbrt": cbrt, "arg": mpmath.arg, "i": mpmath.mpc(0, 1)}


def value(text, at):
    """The expression at a point by Python's own parser, integers made exact numbers of mpmath."""
    source = re.sub(r"(?<![\w.])(\d+)(?![\w.])", r"N(\1)", text).replace("^", "**")
    return eval(source, {"__builtins__": {}}, NAMES | {"N": mpmath.mpf, "pi": +mpmath.pi} | at)


def again(text, at):
    """The same by SymPy's parser and evaluator."""
    source = text.replace("^", "**")
    names = {"cbrt": lambda u: sp.sign(u) * sp.Abs(u) ** sp.Rational(1, 3), "conj": sp.conjugate, "i": sp.I, "abs": sp.Abs, "max": sp.Max, "min": sp.Min}
    expression = sp.sympify(source, locals=names | {n: sp.Symbol(n) for n in "xy"}, rational=True)
    number = sp.N(expression.subs({sp.Symbol(n): v for n, v in at.items()}), 60)
    return mpmath.mpmathify(number)


def coordinate(domain):
    part = Fraction(random.randrange(1, 60), random.randrange(7, 23))
    return {"positive": part, "negative": -part, "real": part * random.choice([-1, 1]), "unit": Fraction(random.randrange(1, 97), 97), "big": 1 + part,
            "complex": part}[domain]


def point(domain):
    if domain != "complex":
        return {n: coordinate(domain) for n in "xy"}, None
    return {n: coordinate(domain) * random.choice([-1, 1]) for n in "xy"}, {n: coordinate("positive") * random.choice([-1, 1]) for n in "xy"}


def mp(place):
    re_, im_ = place
    number = lambda q: mpmath.mpf(q.numerator) / q.denominator
    return {n: number(re_[n]) if im_ is None else mpmath.mpc(number(re_[n]), number(im_[n])) for n in "xy"}


EQUAL = [line.split(" == ") for line in """
positive: sqrt(x*y) == sqrt(x)*sqrt(y)
real: sqrt(x^2) == abs(x)
real: abs(x*y) == abs(x)*abs(y)
negative: sqrt(x)*sqrt(y) == -sqrt(x*y)
negative: sqrt(-x) == -i*sqrt(x)
big: sqrt((x + 1)/2)*sqrt((x - 1)/2) == sqrt(x^2 - 1)/2
positive: sqrt((x + 1)/2)*sqrt((x - 1)/2) == sqrt(x^2 - 1)/2
positive: sqrt(x + sqrt(x^2 + 1))*sqrt(sqrt(x^2 + 1) - x) == 1
big: sqrt(x + sqrt(x^2 - 1)) == sqrt((x + 1)/2) + sqrt((x - 1)/2)
positive: sqrt(x + 2*sqrt(x) + 1) == 1 + sqrt(x)
positive: sqrt(x - 2*sqrt(x) + 1) == abs(1 - sqrt(x))
unit: sqrt(x - 2*sqrt(x) + 1) == 1 - sqrt(x)
positive: sqrt(x + y + 2*sqrt(x*y)) == sqrt(x) + sqrt(y)
positive: (x^3 + 3*x*y + (3*x^2 + y)*sqrt(y))^(1/3) == x + sqrt(y)
positive: 1/(x^(1/3) + y^(1/3)) == (x^(2/3) - x^(1/3)*y^(1/3) + y^(2/3))/(x + y)
positive: x^(1/2)*x^(1/3)*x^(1/6) == x
real: cbrt(x^3*y) == x*cbrt(y)
real: cbrt(x)*cbrt(y) == cbrt(x*y)
real: cbrt(-x) == -cbrt(x)
real: cbrt(x)^3 == x
positive: cbrt(2 + sqrt(5)) + cbrt(2 - sqrt(5)) == 1
positive: (2 + sqrt(5))^(1/3) - (sqrt(5) - 2)^(1/3) == 1
positive: cbrt(10 + 6*sqrt(3)) == 1 + sqrt(3)
positive: sqrt(2) + sqrt(3) == sqrt(5 + 2*sqrt(6))
positive: sqrt(10 + 2*sqrt(6) + 2*sqrt(10) + 2*sqrt(15)) == sqrt(2) + sqrt(3) + sqrt(5)
positive: (7 + 5*sqrt(2))^(1/3) == 1 + sqrt(2)
positive: sqrt(3 + 4*i) == 2 + i
positive: (-8)^(1/3) == 1 + i*sqrt(3)
real: max(x, y) == (x + y + abs(x - y))/2
real: abs(x + y) + abs(x - y) == 2*max(abs(x), abs(y))
real: abs(x - 1) + abs(x + 1) == max(2, 2*abs(x))
real: sqrt((x^2 + y^2 + 1)*(1 + (x - y)^2)) == sqrt(x^2 + y^2 + 1)*sqrt(1 + (x - y)^2)
complex: exp(x + y) == exp(x)*exp(y)
complex: sin(x + y) == sin(x)*cos(y) + cos(x)*sin(y)
complex: cosh(x) == cos(i*x)
complex: x*conj(x) == abs(x)^2
complex: re(x) + i*im(x) == x
complex: conj(exp(x)) == exp(conj(x))
complex: abs(x*y)^2 == abs(x)^2*abs(y)^2
positive: exp(2*log(x) - log(y)) == x^2/y
positive: x^y*x^(-2*y) == x^(-y)
positive: (x^y)^2 == x^(2*y)
positive: 6^x == 2^x*3^x
positive: 4^x == 2^(2*x)
positive: log(x^3/y) == 3*log(x) - log(y)
positive: log(x^2 - x*y + y^2) == log(x^3 + y^3) - log(x + y)
real: log(1 + exp(x)) == x + log(1 + exp(-x))
real: log(sqrt(x^2 + 1) - x) == -asinh(x)
real: asinh(-x) == -asinh(x)
real: sinh(asinh(x)) == x
unit: atanh(x) == log((1 + x)/(1 - x))/2
big: acosh(x) == log(x + sqrt(x^2 - 1))
big: cosh(acosh(x)) == x
real: tanh(x) == (1 - exp(-2*x))/(1 + exp(-2*x))
real: tanh(x/2) == (cosh(x) - 1)/sinh(x)
real: cosh(x)^3 == (cosh(3*x) + 3*cosh(x))/4
real: sin(x/2)^2 == (1 - cos(x))/2
real: tan(x) == sin(2*x)/(1 + cos(2*x))
real: sin(3*x)*cos(2*x) == (sin(5*x) + sin(x))/2
real: cos(x + pi/3) == cos(x)/2 - sqrt(3)*sin(x)/2
real: sin(x + y)*sin(x - y) == sin(x)^2 - sin(y)^2
real: exp(i*x) + exp(-i*x) == 2*cos(x)
real: cos(atan(x)) == 1/sqrt(1 + x^2)
real: atan(sinh(x)) == 2*atan(tanh(x/2))
unit: sin(2*asin(x)) == 2*x*sqrt(1 - x^2)
unit: asin(x) + acos(x) == pi/2
unit: 2*asin(x) == acos(1 - 2*x^2)
unit: atan(x) + atan((1 - x)/(1 + x)) == pi/4
positive: atan(x) + atan(1/x) == pi/2
negative: atan(x) + atan(1/x) == -pi/2
positive: atan(1/2) + atan(1/3) == pi/4
positive: 12*atan(1/18) + 8*atan(1/57) - 5*atan(1/239) == pi/4
positive: cos(2*pi/7)*cos(4*pi/7)*cos(6*pi/7) == 1/8
positive: sin(2*pi/7)*sin(4*pi/7)*sin(6*pi/7) == sqrt(7)/8
positive: sin(pi/9)*sin(2*pi/9)*sin(4*pi/9) == sqrt(3)/8
positive: tan(3*pi/11) + 4*sin(2*pi/11) == sqrt(11)
positive: cos(pi/17) == sqrt((1 + cos(2*pi/17))/2)
""".strip().splitlines()]
UNEQUAL = [line.split(" == ") for line in """
real: sqrt(x^2) == x
real: sqrt(x*y) == sqrt(x)*sqrt(y)
real: sqrt(-x) == i*sqrt(x)
real: sqrt((x + 1)/2)*sqrt((x - 1)/2) == sqrt(x^2 - 1)/2
positive: sqrt(x - 2*sqrt(x) + 1) == 1 - sqrt(x)
real: log(x^2) == 2*log(x)
complex: sqrt(x^2) == x
complex: conj(x) == x
complex: log(exp(x)) == x
complex: sqrt(x*y) == sqrt(x)*sqrt(y)
complex: abs(x + y) == abs(x) + abs(y)
real: atan(x) + atan(1/x) == pi/2
real: atan(x) + atan((1 - x)/(1 + x)) == pi/4
real: asin(sin(x)) == x
real: max(x, y) == x
real: cbrt(x + y) == cbrt(x) + cbrt(y)
positive: sqrt(x^2 + 1) == x + 1/(2*x)
positive: x^(1/2)*x^(1/3) == x^(2/3)
positive: sqrt(sqrt(2) + sqrt(3)) == 1.7737712281864233
positive: tan(3*pi/11) + 4*sin(2*pi/11) == 3.31662479035539984911493273667068668
positive: cbrt(2 + sqrt(5)) + cbrt(2 - sqrt(5)) == 1 + 10^(-40)
real: sin(x)^2 + cos(x)^2 == 1 + 10^(-30)*x
positive: log(x + y) == log(x) + log(y)
real: exp(i*x) == cos(x) - i*sin(x)
""".strip().splitlines()]

equal, unequal = [], []
with mpmath.workdps(110):
    for head, right in EQUAL:
        domain, left = head.split(": ", 1)
        for k in range(12):
            place = point(domain)
            u, v = value(left, mp(place)), value(right, mp(place))
            assert abs(u - v) < mpmath.mpf(10)**-85 * (1 + abs(u)), (domain, left, right, place, u, v)
            if k == 0 and place[1] is None:
                w = again(left, {n: sp.Rational(str(q)) for n, q in place[0].items()})
                assert abs(u - w) < mpmath.mpf(10)**-45 * (1 + abs(u)), (left, place, u, w)
        equal.append({"domain": domain, "left": left, "right": right})
    for head, right in UNEQUAL:
        domain, left = head.split(": ", 1)
        for _ in range(60):
            place = point(domain)
            difference = value(left, mp(place)) - value(right, mp(place))
            if abs(difference) > mpmath.mpf(10)**-60:
                break
        else:
            raise AssertionError((domain, left, right))
        re_, im_ = place
        at = {n: rational(re_[n]) if im_ is None else [rational(re_[n]), rational(im_[n])] for n in "xy"}
        unequal.append({"domain": domain, "left": left, "right": right, "at": {n: q if isinstance(q, str) else " + i*".join(q) for n, q in at.items()},
                        "difference": decimal(mpmath.mpf(abs(difference)), 30)})
write("identities.json", "generate_identities.py", systems("mpmath", "sympy"), {"equal": equal, "unequal": unequal})
