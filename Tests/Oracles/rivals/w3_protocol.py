"""The loop that every rival in finding roots runs (workload W3), and the function.

The problem: two qubits between two baths, Delta = 1, J = (1, 50), K = (0, 50), xi = 0. The greater temperature
T1 at which the smallest eigenvalue of the partial transpose, Eq. (24), vanishes: `root` at T2 = 1/10, with nothing
known but that it lies between 7 and 9; `curve` at 50 values of T2 in turn, each starting from the one before.

Requests on standard input:

    problem KIND DIGITS T2 T2 ...   the temperatures as fractions -> "ready", or "unsupported"
    values                          -> for each root a line
    run COUNT                       -> nanoseconds of processor time for COUNT solutions (all roots of a curve)
    evaluate COUNT                  -> the same for COUNT values of the function at the final precision
    count                           -> how many values and how many slopes a solution took

The first line that a rival prints is its name. A rival is an object with `name`, `prepare(kind, digits, temperatures)`,
`solve()`, which returns the roots, `evaluate()`, `counts`, which is set by a solution, `text(root)`, and `clock()`
where its own process does not do the work.
"""
import sys
import time


def eigenvalue(e1, e2, sqrt):
    """lambda_- from e1 = exp(-1/T1), e2 = exp(-1/T2): one exponential a bath."""
    g1, g2 = 1 / (1 - e1), 50 / (1 - e2)
    gamma = g1 + g2
    eta, etap = (g1 * e1 + g2 * e2) / gamma, e2
    ratio, difference, eta2, z = gamma / g2, etap - eta, eta * eta, 1 + eta
    z2 = z * z
    z3 = z2 * z
    c = ratio * difference * (1 - eta2) / (
        4 * (difference * difference) + ratio * ratio * z3 * z
        - (1 + etap) * (1 + 3 * eta2 + 3 * etap + etap * eta2))
    b, s, total = c / (ratio * z3), etap * eta + etap - eta - 1, z * (eta + etap)
    p1 = 1 / z2 + b * (total - 2 * s)
    p4 = eta2 / z2 + b * (total + 2 * eta * s)
    step = p1 - p4
    return (p1 + p4) / 2 - sqrt(step * step + 4 * (c * c)) / 2


def serve(rival):
    """Answers requests until standard input ends."""
    clock = getattr(rival, "clock", time.process_time_ns)
    print(rival.name, flush=True)
    for line in sys.stdin:
        words = line.split()
        if words[0] == "problem":
            able = rival.prepare(words[1], int(words[2]), words[3:])
            print("ready" if able else "unsupported", flush=True)
        elif words[0] == "values":
            for root in rival.solve():
                print(rival.text(root))
            sys.stdout.flush()
        elif words[0] == "count":
            rival.solve()
            print(*rival.counts, flush=True)
        elif words[0] in ("run", "evaluate"):
            start = clock()
            repeat = rival.solve if words[0] == "run" else rival.evaluate
            if hasattr(rival, "repeat"):
                rival.repeat(words[0], int(words[1]))
            else:
                for _ in range(int(words[1])):
                    repeat()
            print(clock() - start, flush=True)
        else:
            sys.exit(1)
