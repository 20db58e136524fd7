"""What every generator shares: how a recorded file is written and how numbers are spelled.

Numbers are strings: exact rationals "p/q" (or "p"), decimals with the digits asked for, and doubles
as Python's shortest round-trip form.
"""
import importlib.metadata
import json
import pathlib
import platform
import sys
from fractions import Fraction

import mpmath

sys.set_int_max_str_digits(0)  # exp(10^5) has a long exact numerator
RECORDED = pathlib.Path(__file__).resolve().parent / "recorded"


def systems(*names):
    """The versions of Python and of the named packages, as they go into the head of a file."""
    found = {"python": platform.python_version()}
    for name in names:
        found[name] = importlib.metadata.version(name)
    return found


def write(name, generator, versions, body):
    """Writes recorded/<name>: the two head keys, then `body` in its own order, one item a line."""
    document = {"generator": generator, "systems": versions}
    document.update(body)
    lines = []
    for key, value in document.items():
        if isinstance(value, list) and value:
            items = ",\n".join("    " + json.dumps(v, ensure_ascii=False) for v in value)
            lines.append(f"  {json.dumps(key)}: [\n{items}\n  ]")
        else:
            lines.append(f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    json.loads(text)
    RECORDED.mkdir(exist_ok=True)
    (RECORDED / name).write_text(text, encoding="utf-8")
    print(f"{name}: {len(text)} bytes")


def rational(value):
    """"p/q" in lowest terms, or "p" for an integer; for int, Fraction, fmpq, fmpz, gmpy or SymPy."""
    if hasattr(value, "p") and hasattr(value, "q"):
        p, q = value.p, value.q
        value = Fraction(int(p() if callable(p) else p), int(q() if callable(q) else q))
    elif hasattr(value, "numerator") and hasattr(value, "denominator"):
        n, d = value.numerator, value.denominator
        value = Fraction(int(n() if callable(n) else n), int(d() if callable(d) else d))
    value = Fraction(value) if not isinstance(value, Fraction) else value
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


def round_significant(value, digits):
    """(sign, mantissa of `digits` digits, exponent e): value ~ sign * d.ddd * 10^e, half to even."""
    value = Fraction(value)
    if value == 0:
        return 0, "0" * digits, 0
    sign = 1 if value > 0 else -1
    value = abs(value)
    n, d = value.numerator, value.denominator
    e = len(str(n)) - len(str(d))
    if n * 10 ** max(0, -e) < d * 10 ** max(0, e):
        e -= 1
    shift = digits - 1 - e
    scaled = value * Fraction(10) ** shift
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    if 2 * rest > scaled.denominator or (2 * rest == scaled.denominator and whole % 2 == 1):
        whole += 1
    if whole == 10 ** digits:
        whole, e = whole // 10, e + 1
    return sign, str(whole), e


def exact_of_mpf(value):
    """The rational that a finite mpmath float is."""
    sign, man, exp, _ = value._mpf_
    man = int(man)
    number = Fraction(man) * Fraction(2) ** exp
    return -number if sign else number


def decimal(value, digits):
    """An mpf (or a rational) rounded to `digits` significant digits: "-1.2345e-7", "0" if zero."""
    exact = exact_of_mpf(value) if isinstance(value, mpmath.mpf) else Fraction(value)
    sign, mantissa, e = round_significant(exact, digits)
    if sign == 0:
        return "0"
    body = mantissa[0] + ("." + mantissa[1:] if digits > 1 else "")
    return ("-" if sign < 0 else "") + body + (f"e{e}" if e else "")


def stable_decimal(compute, digits, work=None, extra=60):
    """`compute()` at two working precisions; the `digits`-digit roundings must agree."""
    work = work or digits + 40
    with mpmath.workdps(work):
        first = decimal(mpmath.mpf(compute()), digits)
    with mpmath.workdps(work + extra):
        second = decimal(mpmath.mpf(compute()), digits)
    assert first == second, (first, second)
    return first
