"""The loop that every rival in Python runs; see protocol.h for the requests.

A rival is an object with `name`; `prepare(workload, precision, points)`, which takes over the points
(lists of decimal strings, precision in bits or 0 for doubles) and returns whether it can;
`run(count)`, which evaluates point after point; `clock()`, the processor time in nanoseconds; and
`values(point)`, the outputs as decimals.
"""
import sys
import time


def serve(rival):
    """Answers requests until standard input ends."""
    print(rival.name, flush=True)
    for line in sys.stdin:
        words = line.split()
        if words[0] == "prepare":
            rows = [sys.stdin.readline().split() for _ in range(int(words[3]))]
            can = rival.prepare(words[1], int(words[2]), rows)
            print("ready" if can else "unsupported", flush=True)
        elif words[0] == "values":
            for i in range(int(words[1])):
                print(" ".join(rival.values(i)))
            sys.stdout.flush()
        elif words[0] == "run":
            start = rival.clock()
            rival.run(int(words[1]))
            print(rival.clock() - start, flush=True)
        else:
            sys.exit(1)


def absent(library, reason):
    """Says that the rival cannot run here, and ends."""
    print(f"absent {library}: {reason}", flush=True)
    sys.exit(0)


def digits(bits):
    """Decimal digits that say a number of so many bits."""
    return int(bits * 0.30103) + 3


class Looping:
    """A rival that evaluates a Python function at points; subclasses set `function` and `points`."""

    clock = staticmethod(time.process_time_ns)

    def run(self, count):
        function, points = self.function, self.points
        whole, rest = divmod(count, len(points))
        for _ in range(whole):
            for point in points:
                function(*point)
        for point in points[:rest]:
            function(*point)
