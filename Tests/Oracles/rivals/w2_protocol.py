"""The loop that every rival in exact algebra runs (workload W2).

Requests on standard input:

    task KIND EXPONENT POINTS LINES    then POINTS lines of integers, the points at which results are
                                       evaluated, and LINES lines of polynomials in x, y, z, w as sums
                                       of terms -> "ready", or "unsupported"
    values                             -> the number of results, then for each a line of its values
    run COUNT                          -> nanoseconds of processor time for COUNT solutions

The kinds: `product` (p^EXPONENT times itself plus one, the powers not timed), `fractions` (numerators
and denominators in turn; each pair in lowest terms), `gcd` (two polynomials), `factors` (the irreducible
factors of all lines, constants left out), `rationalSolve` (the first line is a common denominator, the others
rows of integers with the right side last; EXPONENT rows) and `steadyState` (a generator, its rows of polynomials
between semicolons; the first sqrt(EXPONENT) coordinates of the null vector add up to one). The last two give
numerators and denominators in turn. The first line that a rival prints is its name.

A rival is an object with `name`; `prepare(kind, exponent, lines)`, which returns a function without
arguments that solves the task and returns its results, or None; `value(result, point)`; and `clock()`.
"""
import re
import sys
import time

VARIABLES = ["x", "y", "z", "w"]
sys.set_int_max_str_digits(0)


def terms(text):
    """The exponents and coefficients of a sum of terms."""
    found = {}
    for term in re.findall(r"[+-]?[^+-]+", text.replace(" ", "")):
        coefficient, exponents = 1, [0] * len(VARIABLES)
        if term[0] in "+-":
            coefficient = -1 if term[0] == "-" else 1
            term = term[1:]
        for factor in term.split("*"):
            name, _, power = factor.partition("^")
            if name in VARIABLES:
                exponents[VARIABLES.index(name)] += int(power or 1)
            else:
                coefficient *= int(name)
        found[tuple(exponents)] = found.get(tuple(exponents), 0) + coefficient
    return found


def rational_system(lines):
    """The common denominator, the matrix of numerators and the right side."""
    rows = [[int(word) for word in line.split()] for line in lines]
    return rows[0][0], [row[:-1] for row in rows[1:]], [row[-1] for row in rows[1:]]


def stationary_system(lines):
    """The generator's rows as texts, the first replaced by the sum of the populations, and the right side."""
    rows = [line.split(";") for line in lines]
    count = len(rows)
    populations = round(count ** 0.5)
    rows[0] = ["1"] * populations + ["0"] * (count - populations)
    return rows, [1] + [0] * (count - 1)


def serve(rival):
    """Answers requests until standard input ends."""
    clock = getattr(rival, "clock", time.process_time_ns)
    run = getattr(rival, "run", None)
    solve, points = None, []
    print(rival.name, flush=True)
    for line in sys.stdin:
        words = line.split()
        if words[0] == "task":
            points = [[int(x) for x in sys.stdin.readline().split()] for _ in range(int(words[3]))]
            lines = [sys.stdin.readline().strip() for _ in range(int(words[4]))]
            solve = rival.prepare(words[1], int(words[2]), lines)
            print("ready" if solve else "unsupported", flush=True)
        elif words[0] == "values":
            results = solve()
            print(len(results))
            for result in results:
                print(" ".join(str(rival.value(result, point)) for point in points))
            sys.stdout.flush()
        elif words[0] == "run":
            start = clock()
            if run:
                run(int(words[1]))
            else:
                for _ in range(int(words[1])):
                    solve()
            print(clock() - start, flush=True)
        else:
            sys.exit(1)
