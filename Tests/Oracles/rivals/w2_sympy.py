"""Exact algebra in SymPy, by its sparse rings: its polynomials and expressions are slower.

    w2_sympy.py heuristic    the rings' own gcd, which is the heuristic one
    w2_sympy.py modular      gcd by SymPy's modular algorithm
"""
import sys

from protocol import absent
from w2_protocol import VARIABLES, serve, terms

try:
    import sympy
    from sympy import ZZ
    from sympy.polys.modulargcd import modgcd_multivariate
    from sympy.polys.rings import ring
except ImportError as error:
    absent("SymPy", error)


class Rival:
    def __init__(self, method):
        self.ring = ring(VARIABLES, ZZ)[0]
        self.isModular = method == "modular"
        self.name = f"SymPy {sympy.__version__}, sparse ring" + (", modular gcd" if self.isModular else "")

    def cofactors(self, f, g):
        if self.isModular:
            return modgcd_multivariate(f, g)
        return f.cofactors(g)

    def prepare(self, kind, exponent, lines):
        given = [self.ring.from_dict({m: ZZ(c) for m, c in terms(line).items()}) for line in lines]
        if kind == "product" and not self.isModular:
            p = given[0] ** exponent
            q = p + 1
            return lambda: [p * q]
        if kind == "gcd":
            f, g = given
            return lambda: [self.cofactors(f, g)[0]]
        if kind == "fractions":
            return lambda: [
                part for n, d in zip(given[::2], given[1::2]) for part in self.cofactors(n, d)[1:]]
        return None

    @staticmethod
    def value(result, point):
        return sum(int(c) * x[0] * x[1] * x[2] * x[3] for c, x in (
            (c, [p ** e for p, e in zip(point, m)]) for m, c in result.terms()))


serve(Rival(sys.argv[1] if len(sys.argv) > 1 else "heuristic"))
