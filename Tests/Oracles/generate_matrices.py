"""Matrices with their determinants, Jordan forms, solutions, and Lyapunov solutions.

The values are computed by SymPy (Jordan forms, minimal polynomials, Lyapunov equations by Kronecker
products) and python-flint (determinants, solutions, characteristic polynomials), and each is checked
by the other where both can.
"""
import random

import flint
import sympy as sp

from oracle import rational as text, systems, write


def rows(m):
    return [[text(m[i, j]) for j in range(m.shape[1])] for i in range(m.shape[0])]


def to_flint(m):
    return flint.fmpq_mat(
        m.shape[0], m.shape[1], [flint.fmpq(int(x.p), int(x.q)) for x in m])


def rational(rng, top=9, bottom=4):
    return sp.Rational(rng.randint(-top, top), rng.randint(1, bottom))


def regular(rng, n):
    """An integer matrix with determinant one, so that similarity keeps numbers small."""
    lower = sp.Matrix(n, n, lambda i, j: 1 if i == j else (rng.randint(-1, 1) if i > j else 0))
    upper = sp.Matrix(n, n, lambda i, j: 1 if i == j else (rng.randint(-1, 1) if i < j else 0))
    return lower * upper


def companion(coefficients):
    """The companion matrix of a monic polynomial, given from the constant term up without the lead."""
    n = len(coefficients)
    return sp.Matrix(
        n, n, lambda i, j: -coefficients[i] if j == n - 1 else (1 if i == j + 1 else 0))


def jordan_block(polynomial, size):
    """A block for the roots of an irreducible polynomial, each with one Jordan block of the size."""
    c = companion(polynomial)
    d = c.shape[0]
    m = sp.zeros(d * size, d * size)
    for k in range(size):
        m[k * d:(k + 1) * d, k * d:(k + 1) * d] = c
        if k + 1 < size:
            m[k * d:(k + 1) * d, (k + 1) * d:(k + 2) * d] = sp.eye(d)
    return m


def jordan_cases(rng):
    lists = [
        [([-2], [2, 1])], [([-2], [3]), ([1], [1, 1])], [([1, 0], [1]), ([0], [2, 2])],
        [([2, 0], [2]), ([-1], [1])], [([-1, -1], [1, 1]), ([3], [2])], [([0], [3, 1])],
        [([1, 1], [2, 1])], [([-2, 0, 0], [1]), ([sp.Rational(1, 2)], [2])],
    ]
    for parts in lists:
        blocks = [jordan_block(p, size) for p, sizes in parts for size in sizes]
        m = sp.diag(*blocks)
        t = regular(rng, m.shape[0])
        a = t * m * t.inv()
        # SymPy's own Jordan form confirms the construction.
        x = sp.Symbol("x")
        _, j = a.jordan_form()
        found = {}
        i = 0
        while i < j.shape[0]:
            size = 1
            while i + size < j.shape[0] and j[i + size - 1, i + size] == 1:
                size += 1
            found.setdefault(sp.simplify(j[i, i]), []).append(size)
            i += size
        for p, sizes in parts:
            poly = sp.Poly([1] + list(reversed(p)), x)
            for root in sp.roots(poly):
                match = [s for value, s in found.items() if sp.simplify(value - root) == 0]
                assert match and sorted(match[0], reverse=True) == sizes, (p, found)
        charpoly = [sp.Rational(int(c.p), int(c.q)) for c in to_flint(a).charpoly().coeffs()]
        minimal = sp.Poly(1, x)
        for p, sizes in parts:
            minimal *= sp.Poly([1] + list(reversed(p)), x) ** max(sizes)
        value = sp.zeros(*a.shape)
        for c in minimal.all_coeffs():
            value = value * a + c * sp.eye(a.shape[0])
        assert value.is_zero_matrix
        yield {
            "matrix": rows(a),
            "parts": [
                {"polynomial": [text(c) for c in p] + ["1"], "sizes": sizes} for p, sizes in parts],
            "charpoly": [text(c) for c in charpoly],
            "minimal": [text(c) for c in reversed(minimal.all_coeffs())],
        }


def linear_cases(rng):
    for n, top, bottom in [(2, 9, 4), (5, 30, 7), (8, 99, 1), (12, 10**6, 10**3), (16, 10**9, 1)]:
        a = sp.Matrix(n, n, lambda i, j: rational(rng, top, bottom))
        b = sp.Matrix(n, 1, lambda i, j: rational(rng, top, bottom))
        fa = to_flint(a)
        x = fa.solve(to_flint(b))
        yield {
            "matrix": rows(a), "right": [text(v) for v in b], "determinant": text(fa.det()),
            "solution": [text(x[i, 0]) for i in range(n)],
        }


def lyapunov_cases(rng):
    for n in [1, 2, 3, 4]:
        a = sp.Matrix(n, n, lambda i, j: rational(rng, 4, 3) - (6 if i == j else 0))
        c = sp.Matrix(n, n, lambda i, j: rational(rng, 4, 3))
        one = sp.eye(n)
        system = sp.kronecker_product(a, one) + sp.kronecker_product(one, a)
        x = to_flint(system).solve(to_flint(c.reshape(n * n, 1)))
        x = sp.Matrix(n, n, lambda i, j: sp.Rational(int(x[i * n + j, 0].p), int(x[i * n + j, 0].q)))
        assert a * x + x * a.T == c
        yield {"a": rows(a), "c": rows(c), "x": rows(x)}


def main():
    rng = random.Random(20240117)
    write("matrices.json", "generate_matrices.py", systems("sympy", "python-flint"), {
        "jordan": list(jordan_cases(rng)),
        "linear": list(linear_cases(rng)),
        "lyapunov": list(lyapunov_cases(rng)),
    })


main()
