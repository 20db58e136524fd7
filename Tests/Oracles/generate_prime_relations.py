"""Small integer relations between logarithms of primes, for PrimeRelations.swift.

Lattice reduction of rows (w_i e_i, round(2^s log p_i)) for a range of s gives integer vectors d with
sum d_i log p_i small and positive. Of all that are found a chain is chosen whose values fall by a
factor of about 2^2.5 each; among equals the vector with the least sum |d_i| log p_i, the prime 2 left out.

Nothing depends on the choice but speed: the library computes the values itself. Prints Swift rows.
"""

import math

from flint import arb, ctx, fmpz_mat

PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89]
BITS = 128
STEP = 2.5


def integer(x):
    return int(str(x.mid().floor().unique_fmpz()))


def candidates():
    ctx.prec = 600
    logs = [arb(p).log() for p in PRIMES]
    weights = [1] + [round(8 * math.log2(p)) for p in PRIMES[1:]]
    n = len(PRIMES)
    found = {}
    for scale in range(BITS + 4 * n + 30):
        rows = [[0] * (n + 1) for _ in range(n)]
        for i in range(n):
            rows[i][i] = weights[i]
            rows[i][n] = integer(logs[i] * arb(2) ** scale)
        reduced = fmpz_mat(rows).lll()
        for i in range(n):
            vector = [int(reduced[i, k]) // weights[k] for k in range(n)]
            if any(vector):
                value = sum((a * c for a, c in zip(logs, vector)), arb(0))
                if value < 0:
                    vector, value = [-c for c in vector], -value
                size = float((value.log() / arb(2).log()).mid())
                cost = sum(abs(c) * math.log2(p) for c, p in zip(vector[1:], PRIMES[1:]))
                found[tuple(vector)] = (size, cost)
    return found


def chain(found):
    chosen, size = [], 0.0
    while size > -BITS - 0.05:
        window = [
            (cost, vector, s)
            for vector, (s, cost) in found.items()
            if size - STEP - 0.5 <= s < size - STEP + 0.5
        ]
        _, vector, size = min(window)
        chosen.append(vector)
    return chosen


for row in chain(candidates()):
    print("    [" + ", ".join(map(str, row)) + "],")
