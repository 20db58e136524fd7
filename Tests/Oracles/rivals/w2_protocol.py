"""The loop that every rival in exact algebra runs (workload W2).

Requests on standard input:

    task KIND EXPONENT POINTS LINES    then POINTS lines of integers, the points at which results are
                                       evaluated, and LINES lines of polynomials in x, y, z, w as sums
                                       of terms -> "ready", or "unsupported"
    values                             -> the number of results, then for each a line of its values
    run COUNT                          -> nanoseconds of processor time for COUNT solutions

The kinds: `product` (p^EXPONENT times itself plus one, the powers not timed), `fractions` (numerators
and denominators in turn; each pair in lowest terms), `gcd` (two polynomials). The first line that a rival
prints is its name.

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
