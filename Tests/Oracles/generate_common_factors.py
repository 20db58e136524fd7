"""Products and greatest common divisors of polynomials in one to six variables, by FLINT, checked by SymPy.

Writes recorded/common_factors.json. The operands are products with a common factor, dense and sparse, with
small and large coefficients, and a few that are coprime.
"""
import random

import flint
from sympy import ZZ
from sympy.polys.rings import ring

from oracle import systems, write

random.seed(20240917)
NAMES = ["x", "y", "z", "w", "u", "v"]
RING = flint.fmpz_mpoly_ctx.get(NAMES, flint.Ordering.lex)
SPARSE = ring(NAMES, ZZ)[0]


def polynomial(variables, terms, degree, size):
    """Nonzero, in the first `variables` variables."""
    while True:
        found = {}
        for _ in range(terms):
            exponents = [random.randrange(degree + 1) if i < variables else 0 for i in range(6)]
            found[tuple(exponents)] = random.choice([-1, 1]) * random.randrange(1, size)
        value = RING.from_dict(found)
        if not value.is_zero():
            return value


def sympy(value):
    return SPARSE.from_dict({m: ZZ(int(c)) for m, c in value.to_dict().items()})


CASES = []
for k in range(48):
    variables = 1 + k % 6
    terms = random.choice([2, 4, 8]) if variables > 3 else random.choice([3, 8, 16])
    degree = random.choice([2, 3]) if variables > 3 else random.choice([2, 5])
    size = random.choice([5, 100, 2**40, 2**70])
    common = RING.from_dict({(0,) * 6: 1}) if k % 8 == 7 else polynomial(variables, terms, degree, size)
    a, b = (polynomial(variables, terms, degree, size) for _ in range(2))
    if k % 5 == 4:
        a, common = a * common, common * common
    f, g = a * common, b * common
    assert sympy(f) == sympy(a) * sympy(common)
    divisor = f.gcd(g)
    if int(divisor.leading_coefficient()) < 0:
        divisor = -divisor
    other = sympy(f).gcd(sympy(g))
    assert sympy(divisor) in (other, -other), k
    CASES.append({"label": f"{k}, {variables} variables", "a": str(a), "common": str(common),
                  "f": str(f), "g": str(g), "gcd": str(divisor)})

write("common_factors.json", "generate_common_factors.py", systems("python-flint", "sympy"), {"cases": CASES})
