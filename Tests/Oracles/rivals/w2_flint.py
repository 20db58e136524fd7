"""Exact algebra in python-flint: `fmpz_mpoly`."""
from protocol import absent
from w2_protocol import VARIABLES, serve, terms

try:
    import flint
except ImportError as error:
    absent("python-flint", error)


class Rival:
    name = f"python-flint {flint.__version__}"

    def __init__(self):
        self.ring = flint.fmpz_mpoly_ctx.get(VARIABLES, flint.Ordering.lex)

    def prepare(self, kind, exponent, lines):
        given = [self.ring.from_dict(terms(line)) for line in lines]
        if kind == "product":
            p = given[0] ** exponent
            q = p + 1
            return lambda: [p * q]
        if kind == "gcd":
            f, g = given
            return lambda: [f.gcd(g)]
        if kind == "fractions":
            def reduce():
                results = []
                for n, d in zip(given[::2], given[1::2]):
                    common = n.gcd(d)
                    results += [n // common, d // common]
                return results
            return reduce
        return None

    @staticmethod
    def value(result, point):
        return result(*point)


serve(Rival())
