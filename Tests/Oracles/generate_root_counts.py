"""How many real roots polynomials have that are hard to isolate, by python-flint's complex roots.

Nothing here isolates real roots by itself: all complex roots are enclosed, each alone (acb_poly_find_roots at rising
precision), and those with the imaginary part zero, which for real polynomials is certified by conjugation, are
counted: all of them, the positive ones, and those between 0 and 7/10.

Families, of degree n: "wilkinson", (x - 1)(x - 2)…(x - n); "moved wilkinson", the same plus x^(n-1) times 2^-23,
with denominators cleared; "mignotte", x^n - 2(ax - 1)^2, where two roots are as near as Mahler's bound allows;
"chebyshev", T_n; "chebyshev second", U_n; "chebyshev moved", T_n + 1, whose roots are double but one or none.

Fields of "polynomials": "family", "degree", "parameter", "counts".
"""
from flint import arb, fmpz_poly

from oracle import systems, write


def wilkinson(n, moved):
    x, p = fmpz_poly([0, 1]), fmpz_poly([1])
    for k in range(1, n + 1):
        p *= x - k
    return p * 2 ** 23 + x ** (n - 1) if moved else p


def chebyshev(n, first):
    x = fmpz_poly([0, 1])
    a, b = fmpz_poly([1]), x if first else 2 * x
    for _ in range(n - 1):
        a, b = b, 2 * x * b - a
    return b


def mignotte(n, a):
    x = fmpz_poly([0, 1])
    return x ** n - 2 * (a * x - 1) ** 2


def counts(p):
    real = [z.real for z, _ in p.complex_roots() if z.imag == 0]
    positive = [x for x in real if x > 0]
    assert all(x > 0 or x < 0 or x == 0 for x in real)
    bound = arb(7) / 10
    below = [x for x in positive if x < bound]
    assert all(x < bound or x > bound for x in positive)
    return [len(real), len(positive), len(below)]


def main():
    records = []
    for n in (50, 51, 100, 200):
        cases = [
            ("wilkinson", 0, wilkinson(n, False)), ("moved wilkinson", 0, wilkinson(n, True)),
            ("chebyshev", 0, chebyshev(n, True)), ("chebyshev second", 0, chebyshev(n, False)),
            ("chebyshev moved", 0, chebyshev(n, True) + 1)]
        # The nearer two roots are, the longer the oracle takes.
        largest = 1000 if n < 100 else 10
        cases += [("mignotte", a, mignotte(n, a)) for a in (3, 10, 1000) if a <= largest]
        for family, parameter, p in cases:
            records.append(
                {"family": family, "degree": n, "parameter": parameter, "counts": counts(p)})
    write("root_counts.json", "generate_root_counts.py", systems("python-flint"), {"polynomials": records})


if __name__ == "__main__":
    main()
