"""Exact algebra in SymPy, by its sparse rings: its polynomials and expressions are slower.

    w2_sympy.py heuristic    the rings' own gcd, which is the heuristic one
    w2_sympy.py modular      gcd by SymPy's modular algorithm
"""
import sys

from protocol import absent
from w2_protocol import VARIABLES, rational_system, serve, stationary_system, terms

try:
    import sympy
    from sympy import QQ, ZZ
    from sympy.polys.matrices import DomainMatrix
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

    def element(self, text):
        return self.ring.from_dict({m: ZZ(c) for m, c in terms(text).items() if c})

    def prepare(self, kind, exponent, lines):
        if self.isModular and kind in ("rationalSolve", "steadyState", "factors"):
            return None
        if kind == "rationalSolve":
            d, rows, right = rational_system(lines)
            a = DomainMatrix([[QQ(x, d) for x in row] for row in rows], (exponent, exponent), QQ)
            b = DomainMatrix([[QQ(x, d)] for x in right], (exponent, 1), QQ)
            return lambda: [
                part for x in a.lu_solve(b).to_list_flat() for part in (x.numerator, x.denominator)]
        if kind == "steadyState":
            if exponent > 16:
                return None
            field = self.ring.to_field().to_domain()
            rows, right = stationary_system(lines)
            a = DomainMatrix([[field(self.element(e)) for e in row] + [field(x)]
                              for row, x in zip(rows, right)], (exponent, exponent + 1), field).to_sparse()
            return lambda: [
                part for x in a.rref()[0].to_list() for part in (x[-1].numer, x[-1].denom)]
        given = [self.element(line) for line in lines]
        if kind == "product" and not self.isModular:
            p = given[0] ** exponent
            q = p + 1
            return lambda: [p * q]
        if kind == "gcd":
            f, g = given
            return lambda: [self.cofactors(f, g)[0]]
        if kind == "factors":
            return lambda: [f for p in given for f, e in p.factor_list()[1] for _ in range(e)]
        if kind == "fractions":
            return lambda: [
                part for n, d in zip(given[::2], given[1::2]) for part in self.cofactors(n, d)[1:]]
        return None

    @staticmethod
    def value(result, point):
        if not hasattr(result, "terms"):
            return result
        return sum(int(c) * x[0] * x[1] * x[2] * x[3] for c, x in (
            (c, [p ** e for p, e in zip(point, m)]) for m, c in result.terms()))


serve(Rival(sys.argv[1] if len(sys.argv) > 1 else "heuristic"))
