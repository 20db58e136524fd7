"""Exact algebra in python-flint: `fmpz_mpoly`, `fmpq_mat`; steady states by sparse elimination over fractions."""
from protocol import absent
from w2_protocol import VARIABLES, rational_system, serve, stationary_system, terms

try:
    import flint
except ImportError as error:
    absent("python-flint", error)


def reduced(n, d):
    common = n.gcd(d)
    return n // common, d // common


def eliminated(rows, size, zero, one):
    """The solution of a sparse system of fractions [{column: (numerator, denominator)}], right side last.

    Pivots by the fewest fill-ins (Markowitz 1957); every fraction in lowest terms.
    """
    rows = [dict(row) for row in rows]
    order = []
    while rows:
        counts = {}
        for row in rows:
            for column in row:
                counts[column] = counts.get(column, 0) + 1
        _, place, pivot = min(
            ((len(row) - 1) * (counts[column] - 1), i, column)
            for i, row in enumerate(rows) for column in row if column != size)
        chosen = rows.pop(place)
        n, d = chosen.pop(pivot)
        chosen = {c: reduced(a * d, b * n) for c, (a, b) in chosen.items()}
        order.append((pivot, chosen))
        for row in rows:
            if pivot not in row:
                continue
            n, d = row.pop(pivot)
            for c, (a, b) in chosen.items():
                p, q = row.get(c, (zero, one))
                value = reduced(p * d * b - n * a * q, q * d * b)
                if value[0] == 0:
                    row.pop(c, None)
                else:
                    row[c] = value
    found = {}
    for pivot, row in reversed(order):
        value = row.get(size, (zero, one))
        for c, (a, b) in row.items():
            if c != size:
                p, q = found[c]
                value = reduced(value[0] * b * q - a * p * value[1], value[1] * b * q)
        found[pivot] = value
    return [part for c in range(size) for part in found[c]]


class Rival:
    name = f"python-flint {flint.__version__}"

    def __init__(self):
        self.ring = flint.fmpz_mpoly_ctx.get(VARIABLES, flint.Ordering.lex)

    def prepare(self, kind, exponent, lines):
        if kind == "rationalSolve":
            d, rows, right = rational_system(lines)
            a = flint.fmpq_mat(flint.fmpz_mat(rows)) / d
            b = flint.fmpq_mat(flint.fmpz_mat([[x] for x in right])) / d
            return lambda: [part for x in a.solve(b, algorithm="dixon").entries() for part in (x.p, x.q)]
        if kind == "steadyState":
            # 64 unknowns take this elimination too long.
            if exponent > 16:
                return None
            zero, one = self.ring.constant(0), self.ring.constant(1)
            rows, right = stationary_system(lines)
            system = []
            for row, x in zip(rows, right):
                entries = {c: (self.ring.from_dict(terms(e)), one) for c, e in enumerate(row) if e != "0"}
                system.append(entries | ({exponent: (one, one)} if x else {}))
            return lambda: eliminated(system, exponent, zero, one)
        given = [self.ring.from_dict(terms(line)) for line in lines]
        if kind == "product":
            p = given[0] ** exponent
            q = p + 1
            return lambda: [p * q]
        if kind == "gcd":
            f, g = given
            return lambda: [f.gcd(g)]
        if kind == "factors":
            return lambda: [f for p in given for f, e in p.factor()[1] for _ in range(e)]
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
        return result if isinstance(result, flint.fmpz) else result(*point)


serve(Rival())
