"""Bessel J, digamma and dilogarithm at exact rational arguments, 120 significant digits.

mpmath computes each value at two working precisions far above 120 digits; both must round (half to even)
to the same digits, and Arb's ball from python-flint must agree to 10^-150 relative. Cases have "function",
"x", "value", and for Bessel functions "order".
"""
import random
from fractions import Fraction

import flint
import mpmath

from oracle import decimal, exact_of_mpf, rational, systems, write

random.seed(20240917)
DIGITS, WORK = 120, 400
flint.ctx.dps = 600
CASES = []


def mp(x):
    return mpmath.mpf(x.numerator) / x.denominator


def exact_of_arb(ball):
    man, exp = ball.mid().man_exp()
    return Fraction(int(man)) * Fraction(2)**int(exp)


def record(name, x, order=None):
    x = Fraction(x)
    y = flint.arb(flint.fmpq(x.numerator, x.denominator))
    if name == "besselj":
        compute, ball = lambda: mpmath.besselj(order, mp(x)), y.bessel_j(order)
    elif name == "digamma":
        compute, ball = lambda: mpmath.digamma(mp(x)), y.digamma()
    else:
        compute, ball = lambda: mpmath.re(mpmath.polylog(2, mp(x))), (flint.arb(0) if x == 0 else flint.acb(y).polylog(2).real)
    with mpmath.workdps(WORK):
        first_value = mpmath.mpf(compute())
        first = decimal(first_value, DIGITS)
    with mpmath.workdps(WORK + 200):
        second = decimal(mpmath.mpf(compute()), DIGITS)
    assert first == second, (name, x, first, second)
    a, b = exact_of_mpf(first_value), exact_of_arb(ball)
    assert a == b or abs(a - b) < abs(a) / 10**150, (name, x, first, ball)
    case = {"function": name, "x": rational(x), "value": first}
    if order is not None:
        case["order"] = str(order)
    CASES.append(case)


for order in (0, 1, 2, 3, 7, 20, -1, -4):
    for x in ("0", "1", "-1", "1/3", "-7/5", "1e-30", "12/5", "383/100", "10", "-50", "100", "1234/7", "1e5", "-1e10"):
        record("besselj", x, order)
record("besselj", "1000", 100)
record("besselj", "5000", 300)
for x in ("1", "1/2", "-1/2", "1/3", "10", "100", "-7/3", "-99/10", "1e-30", "-1e-30", "1e20", "1461632144968362/1000000000000000", "12345/67", "-100001/1000",
          str(-2 + Fraction(1, 10**10)), str(-2 - Fraction(1, 10**10)), "1e-100", "22/7"):
    record("digamma", x)
for x in ("0", "1", "-1", "1/2", "-1/2", "1/3", "-2", "-10", "-100", "-1e20", "1e-30", "-1e-30", "99/100", str(1 - Fraction(1, 10**10)), str(1 - Fraction(1, 10**30)),
          "-355/113", "9/10", "-1e5", "1e-100"):
    record("dilog", x)
for _ in range(20):
    record("besselj", Fraction(random.randrange(-10**9, 10**9), random.randrange(1, 10**8)), random.randrange(-12, 12))
    record("digamma", Fraction(random.randrange(-10**9, 10**9), random.randrange(1, 10**8)))
    record("dilog", 1 - Fraction(random.randrange(0, 10**9), random.randrange(1, 10**8)))

write("special.json", "generate_special.py", systems("mpmath", "python-flint"), {"digits": str(DIGITS), "cases": CASES})
print(len(CASES))
