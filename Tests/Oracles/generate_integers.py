"""Integers: Python's own big integers are the oracle; python-flint's fmpz must agree on each case.

Operations: add, sub, mul, floordiv and floormod (quotient towards minus infinity), truncdiv and truncmod
(quotient towards zero; remainder with the sign of the dividend), gcd (not negative), pow (b a small
exponent), compare (-1, 0, 1), parse ("a" as text that a reader may meet, "result" the number printed),
isqrt, bitlength (of |a|). A case without a second operand has "b": "".
"""
import math
import random

import flint

from oracle import systems, write

random.seed(20240601)
CASES = []


def truncated(a, b):
    quotient = abs(a) // abs(b)
    quotient = quotient if (a < 0) == (b < 0) else -quotient
    return quotient, a - b * quotient


def result(op, a, b):
    x, y = flint.fmpz(a), flint.fmpz(b) if b is not None else None
    if op == "add":
        value, other = a + b, x + y
    elif op == "sub":
        value, other = a - b, x - y
    elif op == "mul":
        value, other = a * b, x * y
    elif op == "floordiv":
        value, other = a // b, x // y
    elif op == "floormod":
        value, other = a % b, x % y
        assert value == 0 or (value > 0) == (b > 0)
    elif op == "truncdiv":
        value, other = truncated(a, b)[0], (abs(x) // abs(y)) * (1 if (a < 0) == (b < 0) else -1)
    elif op == "truncmod":
        value, other = truncated(a, b)[1], x - y * truncated(a, b)[0]
        assert value == 0 or (value > 0) == (a > 0)
    elif op == "gcd":
        value, other = math.gcd(a, b), x.gcd(y)
    elif op == "pow":
        value, other = a**b, x**b
    elif op == "compare":
        value, other = (a > b) - (a < b), (x > y) - (x < y)
    elif op == "isqrt":
        value, other = math.isqrt(a), x.isqrt()
    elif op == "bitlength":
        value, other = a.bit_length(), abs(x).bit_length()
    assert value == int(other), (op, a, b)
    return value


def case(op, a, b=None):
    CASES.append({"op": op, "a": str(a), "b": "" if b is None else str(b), "result": str(result(op, a, b))})


EDGE = sorted({s * (2**k + d) for k in (31, 32, 61, 62, 63, 64, 127, 128) for d in (-1, 0, 1) for s in (-1, 1)})


def any_integer():
    kind = random.random()
    if kind < 0.5:
        return random.choice(EDGE)
    if kind < 0.6:
        return random.choice([0, 1, -1, 2, -2, 10, -10])
    value = random.randrange(10**random.randrange(1, 500 if kind > 0.93 else 60))
    return -value if random.random() < 0.5 else value


for op in ("add", "sub", "mul", "compare", "gcd"):
    for _ in range(30):
        case(op, any_integer(), any_integer())
for a, b in ((2**63 - 1, 1), (-2**63, -1), (2**62, 2**62), (-2**62, -2**62 - 1), (2**62 - 1, 1)):
    case("add", a, b)
for a, b in ((-2**63, 1), (-2**63, 2**63), (2**63 - 1, -1), (0, -2**63), (-2**62, 1)):
    case("sub", a, b)
for a, b in ((-2**63, -1), (2**32, 2**31), (-2**32, 2**31), (2**31, 2**31), (3037000500, 3037000500), (-2**62, 2), (2**64 - 1, 2**64 - 1)):
    case("mul", a, b)
DIVISION = ("floordiv", "floormod", "truncdiv", "truncmod")
for a, b in ((7, 2), (-7, 2), (7, -2), (-7, -2), (6, 3), (-6, 3), (6, -3), (0, -5), (-1, 2**64), (-2**63, -1), (-2**63, 1), (2**127, -2**63 - 1),
             (-2**127 + 1, 2**64)):
    for op in DIVISION:
        case(op, a, b)
for _ in range(14):
    a, b = any_integer(), any_integer() or 3
    for op in DIVISION:
        case(op, a, b)
for a, b in ((0, 0), (0, -2**63), (-2**63, 0), (-2**63, -2**63), (2**64, 2**63), (2 * 3 * 5 * 7 * 10**40, 77 * 10**38)):
    case("gcd", a, b)
shared = random.randrange(10**80)
case("gcd", shared * random.randrange(10**100), -shared * random.randrange(10**90))
for a, b in ((0, 0), (0, 5), (1, 10**6), (-1, 10**6 + 1), (2, 62), (2, 63), (2, 64), (-2, 63), (-2, 127), (3, 200), (-7, 101), (10, 400),
             (2**64 + 1, 7), (-2**63, 3), (12345678901234567890, 11)):
    case("pow", a, b)
for a in (0, 1, 3, 4, 2**62, 2**63 - 1, 2**64 - 1, 2**64, (10**60 + 7)**2, (10**60 + 7)**2 - 1):
    case("isqrt", a)
for a in (0, 1, -1, 2**62, 2**63 - 1, -2**63, 2**64, -10**100):
    case("bitlength", a)
for text in ("0", "-0", "+5", "007", "-000123", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809",
             "18446744073709551616", "4611686018427387904", "-4611686018427387905", "1" + "0" * 300, "-" + "9" * 499,
             "".join(random.choice("123456789") for _ in range(500))):
    value = int(text)
    assert value == int(flint.fmpz(text.lstrip("+")))
    CASES.append({"op": "parse", "a": text, "b": "", "result": str(value)})

write("integers.json", "generate_integers.py", systems("python-flint"), {"cases": CASES})
print(len(CASES), "cases")
