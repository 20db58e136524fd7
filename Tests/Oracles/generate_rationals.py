"""Rationals: Python's Fraction is the oracle; python-flint's fmpq and the decimal module must agree.

"arithmetic": op is add, sub, mul, div, compare (-1, 0, 1), floor, ceil, round_half_even, pow (b an integer,
may be negative); b is "" where there is no second operand. "decimals": "text" read exactly as "value".
"rounding": value ~ sign * d.ddd * 10^exponent with the `digits` digits in "mantissa", half to even;
"layout" is "positional" if -7 <= exponent < max(digits, 21), else "scientific".
"""
import decimal as pydecimal
import math
import random
from fractions import Fraction

import flint

from oracle import rational, round_significant, systems, write

random.seed(20240602)


def fmpq(x):
    return flint.fmpq(x.numerator, x.denominator)


def back(x):
    return Fraction(int(x.p), int(x.q))


ARITHMETIC = []


def case(op, a, b=None):
    a = Fraction(a)
    if op == "pow":
        value, other = a**b, fmpq(a)**b
    elif b is not None:
        b = Fraction(b)
    if op == "add":
        value, other = a + b, fmpq(a) + fmpq(b)
    elif op == "sub":
        value, other = a - b, fmpq(a) - fmpq(b)
    elif op == "mul":
        value, other = a * b, fmpq(a) * fmpq(b)
    elif op == "div":
        value, other = a / b, fmpq(a) / fmpq(b)
    elif op == "compare":
        value = Fraction((a > b) - (a < b))
        other = flint.fmpq(int(fmpq(a) > fmpq(b)) - int(fmpq(a) < fmpq(b)))
    elif op == "floor":
        value, other = Fraction(math.floor(a)), flint.fmpq(fmpq(a).floor())
    elif op == "ceil":
        value, other = Fraction(math.ceil(a)), flint.fmpq(fmpq(a).ceil())
    elif op == "round_half_even":
        value = Fraction(round(a))
        low = fmpq(a).floor()
        rest = fmpq(a) - low
        up = rest > flint.fmpq(1, 2) or (rest == flint.fmpq(1, 2) and int(low) % 2 == 1)
        other = flint.fmpq(low + (1 if up else 0))
    assert value == back(other), (op, a, b)
    ARITHMETIC.append({"op": op, "a": rational(a), "b": "" if b is None else rational(Fraction(b)), "result": rational(value)})


def any_rational():
    kind = random.random()
    if kind < 0.15:
        return Fraction(random.choice([0, 1, -1, 2, -3]))
    if kind < 0.55:
        return Fraction(random.randrange(-10**4, 10**4), random.randrange(1, 10**3))
    if kind < 0.8:
        edge = 2**random.choice([31, 32, 62, 63, 64])
        return Fraction(random.choice([-1, 1]) * (edge + random.randrange(-1, 2)), edge + random.randrange(-3, 4))
    size = random.randrange(20, 90)
    return Fraction(random.randrange(-10**size, 10**size), random.randrange(1, 10**size))


for op in ("add", "sub", "mul", "div", "compare"):
    for _ in range(16):
        a, b = any_rational(), any_rational()
        case(op, a, b if op != "div" or b else Fraction(1, 3))
case("add", Fraction(1, 2**63), Fraction(-1, 2**63))
case("sub", Fraction(2**63 - 1, 2**62), Fraction(-1, 2**62))
case("mul", Fraction(-2**63, 3), Fraction(-3, 2**63))
case("div", Fraction(-2**63, 7), Fraction(-1, 7))
case("compare", Fraction(2**63, 2**63 + 1), Fraction(2**63 - 1, 2**63))
case("compare", Fraction(10**40 + 1, 10**40), Fraction(10**40 + 2, 10**40 + 1))
for text in ("7/2", "-7/2", "5/2", "-5/2", "3", "-3", "0", "1/1000000", "-1/1000000", "9223372036854775807/2", "-9223372036854775809/2"):
    for op in ("floor", "ceil", "round_half_even"):
        case(op, text)
for a, b in (("2/3", 5), ("2/3", -5), ("-2/3", 3), ("-2/3", -3), ("7", 0), ("0", 4), ("-1", -7), ("-3/2", 60), ("1/10", 30), ("1/10", -30)):
    case("pow", a, b)

DECIMALS = []
for text in ("0.1", "1e-3", "2.5E+10", "0.000", "-0.0", "3", "-3.14159265358979323846", "1e0", "1E5", "12.50", ".5", "5.", "+0.75", "1e-30", "6.02214076e23",
             "0.333333333333333333333", "123456789012345678901234567890.125", "-2.5e-1", "00012.3400", "9.999999999e9", "1e100", "1e-100"):
    value = Fraction(text)
    assert value == Fraction(pydecimal.Decimal(text))
    DECIMALS.append({"text": text, "value": rational(value)})

ROUNDING = []


def rounding(value, digits):
    value = Fraction(value)
    sign, mantissa, exponent = round_significant(value, digits)
    if value:
        context = pydecimal.Context(prec=digits, rounding=pydecimal.ROUND_HALF_EVEN, Emin=-9999999, Emax=9999999)
        other = context.divide(pydecimal.Decimal(value.numerator), pydecimal.Decimal(value.denominator))
        osign, odigits, oexp = other.as_tuple()
        text = "".join(map(str, odigits))
        assert (mantissa, exponent) == (text.ljust(digits, "0"), other.adjusted()) and (sign < 0) == bool(osign)
    ROUNDING.append({"value": rational(value), "digits": digits, "sign": sign, "mantissa": mantissa, "exponent": exponent,
                     "layout": "positional" if -7 <= exponent < max(digits, 21) else "scientific"})


for text, digits in (("1/8", 2), ("3/8", 2), ("5/8", 2), ("7/8", 2), ("1/8", 1), ("-1/8", 2), ("25/2", 2), ("35/2", 2), ("45/2", 2), ("1/2", 1), ("3/2", 1), ("5/2", 1),
                     ("-5/2", 1), ("7/2", 1), ("999/1000", 2), ("9995/1000", 3), ("9985/1000", 3), ("99949/10000", 4), ("99995/10000", 4), ("19/2", 1), ("17/2", 1),
                     ("1999/2", 3), ("-1999/2", 3), ("0", 5), ("1", 1), ("10", 1), ("100", 5), ("1/3", 1), ("2/3", 1), ("1/3", 50), ("2/3", 50), ("22/7", 100),
                     ("99999999999999999999/2", 19), ("99999999999999999999999999999999999995/10", 38), ("1/10000000", 5), ("1/100000000", 5), ("-123/1000000000", 3),
                     ("1000000000000000000000", 5), ("100000000000000000000", 5), ("1000000000000000000000", 22), ("10000000000000000000000", 22),
                     ("999999999999999999999/1", 20), ("99999999999999999999999/100", 20)):
    rounding(text, digits)
rounding(Fraction(125, 1000) + Fraction(1, 10**80), 2)
rounding(Fraction(125, 1000) - Fraction(1, 10**80), 2)
rounding(Fraction(5, 10) * Fraction(1, 10**200), 1)
rounding(Fraction(15) * Fraction(10)**199, 1)
rounding(Fraction(25) * Fraction(10)**199, 1)
rounding(Fraction(2)**-500, 60)
rounding(Fraction(2)**500, 60)
for _ in range(30):
    rounding(any_rational(), random.choice([1, 2, 3, 5, 16, 17, 21, 40, 75]))
for _ in range(10):
    digits = random.randrange(1, 25)
    odd = 2 * random.randrange(10**(digits - 1), 10**digits) + 1
    rounding(Fraction(odd, 2) * Fraction(10)**random.randrange(-40, 40), digits)

write("rationals.json", "generate_rationals.py", systems("python-flint"),
      {"arithmetic": ARITHMETIC, "decimals": DECIMALS, "rounding": ROUNDING})
print(len(ARITHMETIC), len(DECIMALS), len(ROUNDING))
