"""Elementary functions at exact rational arguments, 120 significant digits.

mpmath computes each value at two working precisions far above 120 digits; both must round (half to even)
to the same digits, and Arb's ball from python-flint must agree to 10^-150 relative. "real" cases have
"function", "x" (for pow also "y") and "value"; "complex" cases have "re", "im" of the argument and
"value_re", "value_im". Branches: principal; on the negative axis log and sqrt are continuous from above.
"""
import random
from fractions import Fraction

import flint
import mpmath

from oracle import decimal, exact_of_mpf, rational, systems, write

random.seed(20240603)
DIGITS, WORK = 120, 400
flint.ctx.dps = 600
REAL, COMPLEX = [], []

MP = {"sqrt": mpmath.sqrt, "cbrt": mpmath.cbrt, "exp": mpmath.exp, "expm1": mpmath.expm1, "log": mpmath.log, "log1p": mpmath.log1p,
      "sin": mpmath.sin, "cos": mpmath.cos, "tan": mpmath.tan, "asin": mpmath.asin, "acos": mpmath.acos, "atan": mpmath.atan,
      "sinh": mpmath.sinh, "cosh": mpmath.cosh, "tanh": mpmath.tanh, "asinh": mpmath.asinh, "acosh": mpmath.acosh, "atanh": mpmath.atanh}
ARB = {"cbrt": lambda x: x.root(3) if x > 0 else -((-x).root(3))}


def mp(x):
    return mpmath.mpf(x.numerator) / x.denominator


def arb(x):
    return flint.arb(flint.fmpq(x.numerator, x.denominator))


def exact_of_arb(ball):
    man, exp = ball.mid().man_exp()
    return Fraction(int(man)) * Fraction(2)**int(exp)


def settle(compute, ball):
    """The agreed 120 digits of a real value."""
    with mpmath.workdps(WORK):
        first_value = mpmath.mpf(compute())
        first = decimal(first_value, DIGITS)
    with mpmath.workdps(WORK + 200):
        second = decimal(mpmath.mpf(compute()), DIGITS)
    assert first == second, (first, second)
    a, b = exact_of_mpf(first_value), exact_of_arb(ball)
    assert a == b or abs(a - b) < abs(a) / 10**150, (first, ball)
    return first


def real(name, x, y=None):
    x = Fraction(x)
    record = {"function": name, "x": rational(x)}
    if name == "pow":
        y = Fraction(y)
        record["y"] = rational(y)
        value = settle(lambda: mpmath.power(mp(x), mp(y)), arb(x)**arb(y))
    elif name == "cbrt":
        value = settle(lambda: mpmath.sign(mp(x)) * mpmath.cbrt(abs(mp(x))), ARB["cbrt"](arb(x)) if x else flint.arb(0))
    else:
        ball = ARB.get(name, lambda t: getattr(t, name)())(arb(x))
        value = settle(lambda: MP[name](mp(x)), ball)
    record["value"] = value
    REAL.append(record)


EVERY = ["0", "1", "-1", "1/2", "-1/2", "1/3", "-2/3", "7/5", "22/7", "-355/113", "10", "1e-30", "-1e-30", "1/1000000007"]
WIDE = EVERY + ["100", "-100", "12345/67", "1e-6"]
for name in ("exp", "expm1"):
    for x in WIDE + ["1e5", "-1e5", "700", "-745", "1e-100"]:
        real(name, x)
for name in ("sin", "cos", "tan"):
    for x in WIDE + ["1e5", "1e20", "-1e20", "1e22", "355/226", "5419351/1725033", "1e40", "103993/33102", "104348/66430"]:
        real(name, x)
for name in ("sinh", "cosh", "tanh"):
    for x in WIDE + ["1e4", "-1e3"]:
        real(name, x)
for name in ("atan", "asinh"):
    for x in WIDE + ["1e20", "-1e20", "1e100", "1e5"]:
        real(name, x)
near = [str(Fraction(1) - Fraction(1, 10**k)) for k in (3, 10, 30)]
for name in ("asin", "acos"):
    for x in ["0", "1", "-1", "1/2", "-1/2", "1/3", "-2/3", "1e-30", "-1e-30", "99/100", "1/1000000007"] + near + ["-" + n for n in near]:
        real(name, x)
for x in ["0", "1/2", "-1/2", "1/3", "-2/3", "1e-30", "-1e-30", "99/100"] + near + ["-" + n for n in near]:
    real("atanh", x)
for x in ["1", "2", "3/2", "22/7", "10", "1e5", "1e20", str(1 + Fraction(1, 10**10)), str(1 + Fraction(1, 10**30))]:
    real("acosh", x)
POSITIVE = ["1", "2", "1/2", "1/3", "7/5", "10", "1e5", "1e20", "1e-30", "1e-100", "144", "9/4", "1000000007", str(1 + Fraction(1, 10**30)),
            str(1 - Fraction(1, 10**30)), "123456789/987654321"]
for x in POSITIVE + ["0"]:
    real("sqrt", x)
for x in POSITIVE + ["0", "27", "-8", "-1/3", "-27/64", "-1e-30"]:
    real("cbrt", x)
for x in POSITIVE:
    real("log", x)
for x in ["0", "1", "-1/2", "1/3", "1e-30", "-1e-30", "1e-100", "1e20", "-99/100"] + ["-" + n for n in near]:
    real("log1p", x)
for x, y in (("2", "1/2"), ("2", "-1/2"), ("3/2", "7/3"), ("1e-30", "1/7"), ("1e20", "-3/5"), ("10", "100"), ("2", "1000"), ("7/9", "-22/7"), ("5", "0"), ("1", "12345/7"),
             (str(1 + Fraction(1, 10**20)), "1e20"), ("1/2", "1e3"), ("123/7", "1e-30"), ("99/100", "10001/10"), ("4", "3/2"), ("8", "2/3"), ("1e10", "1e3"),
             ("2/3", "2/3"), ("1000001/1000000", "999999"), ("355/113", "355/113")):
    real("pow", x, y)
for _ in range(30):
    name = random.choice(["sin", "cos", "tan", "exp", "tanh", "atan", "asinh"])
    real(name, Fraction(random.randrange(-10**9, 10**9), random.randrange(1, 10**7)))

POINTS = [("1", "1"), ("-1", "2"), ("1/2", "-1/3"), ("-7/5", "-22/7"), ("0", "1"), ("0", "-5/2"), ("3", "0"), ("10", "-10"), ("1e-30", "1"), ("1", "1e-30"), ("355/113", "1/100")]
EXTRA = {"sqrt": [("-4", "0"), ("-2", "0"), ("-1", "1e-30"), ("-1", "-1e-30"), ("1e20", "1e-20")],
         "log": [("-2", "0"), ("-1", "1e-30"), ("-1", "-1e-30"), ("1", "1e-40"), ("3/5", "4/5"), ("1e20", "1e-20")],
         "exp": [("-100", "1e5"), ("0", "1e20")], "sin": [("1e5", "20"), ("22/7", "-30")], "cos": [("1e5", "20"), ("11/7", "1e-20")],
         "tan": [("11/7", "1e-10"), ("5", "50")], "sinh": [("20", "1e5")], "cosh": [("1e-10", "11/7")], "tanh": [("50", "5"), ("1e-10", "11/7")]}
for name in ("sqrt", "exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh"):
    for re, im in POINTS + EXTRA[name]:
        re, im = Fraction(re), Fraction(im)
        ball = getattr(flint.acb(arb(re), arb(im)), name)()

        def compute():
            return MP[name](mpmath.mpc(mp(re), mp(im)))
        if name == "log" and re**2 + im**2 == 1:
            value_re = "0"  # |z| = 1 exactly, though neither part is a binary fraction
            assert ball.real.contains(0)
        else:
            value_re = settle(lambda: compute().real, ball.real)
        value_im = settle(lambda: compute().imag, ball.imag)
        COMPLEX.append({"function": name, "re": rational(re), "im": rational(im), "value_re": value_re, "value_im": value_im})

write("functions.json", "generate_functions.py", systems("mpmath", "python-flint"),
      {"digits": str(DIGITS), "real": REAL, "complex": COMPLEX})
print(len(REAL), len(COMPLEX))
