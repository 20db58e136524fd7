"""Partial derivatives of formulas at exact rational points, 60 significant digits.

SymPy differentiates, mpmath evaluates the result; mpmath's own numerical differentiation of the formula, at
300 digits, must agree to 10^-62 relative. Cases have "text" in the project's syntax, "at", and "partials",
the derivatives by the symbols.
"""
from fractions import Fraction

import mpmath
import sympy

from oracle import decimal, rational, systems, write

DIGITS = 60
FORMULAS = [
    ("exp(-x*y)*sin(x + 2*z)/(1 + x^2)", {"x": "3/7", "y": "5/3", "z": "-2/9"}),
    ("sqrt(x^2 + y^2 - x*y)*log(1 + z)", {"x": "5/4", "y": "1/3", "z": "7/2"}),
    ("(x/y)^z + y^(x*z) - x^(7/3)", {"x": "3/2", "y": "4/5", "z": "-5/3"}),
    ("atan2(x*y, z + x)*tanh(y - z)", {"x": "2/3", "y": "-7/5", "z": "-3/2"}),
    ("acos(x*y/4)*asinh(z^3) + atanh(x/5)*cosh(y*z)", {"x": "7/5", "y": "3/8", "z": "11/7"}),
    ("(1 - exp(-x/z))*(1 - exp(-y/z))/(1 + exp(-(x + y)/z))^2", {"x": "1/2", "y": "9/4", "z": "6/5"}),
    ("tan(x*z)/cbrt(y) + expm1(x*y)*log1p(z/x)", {"x": "4/9", "y": "2/7", "z": "3/5"}),
    ("acosh(x + y*z)*asin(x/y)*sinh(z) + cos(x)^5", {"x": "5/6", "y": "7/4", "z": "8/9"}),
    ("besselj(2, x*y) + besselj(0, z)*x", {"x": "8/3", "y": "5/4", "z": "9/2"}),
    ("x^(-3)*y^11*z + (x - y)/(y - z)/(z + x)", {"x": "-5/3", "y": "6/7", "z": "3/4"}),
]
NAMES = {"besselj": sympy.besselj, "cbrt": lambda u: u ** sympy.Rational(1, 3), "expm1": lambda u: sympy.exp(u) - 1,
         "log1p": lambda u: sympy.log(1 + u)}
CASES = []
for text, at in FORMULAS:
    symbols = {name: sympy.Symbol(name, real=True) for name in at}
    formula = sympy.sympify(text.replace("^", "**"), locals={**symbols, **NAMES})
    values = {symbols[name]: sympy.Rational(v) for name, v in at.items()}
    partials = {}
    for name, symbol in symbols.items():
        numbers = [sympy.N(sympy.diff(formula, symbol).subs(values), n) for n in (140, 220)]
        with mpmath.workdps(230):
            first, second = [decimal(mpmath.mpf(v), DIGITS) for v in numbers]
        assert first == second, (text, name)
        with mpmath.workdps(300):
            f = sympy.lambdify(list(symbols.values()), formula, "mpmath")
            point = [mpmath.mpf(Fraction(v).numerator) / Fraction(v).denominator for v in at.values()]
            order = tuple(int(other == name) for other in at)
            slope = mpmath.diff(f, tuple(point), order)
            assert abs(slope - mpmath.mpf(numbers[1])) < abs(slope) * mpmath.mpf(10) ** -62, (text, name)
        partials[name] = first
    CASES.append({"text": text, "at": {name: rational(Fraction(v)) for name, v in at.items()}, "partials": partials})

write("derivatives.json", "generate_derivatives.py", systems("mpmath", "sympy"), {"digits": str(DIGITS), "cases": CASES})
print(len(CASES))
