"""Exact algebra in PARI: gp runs it as a GP program; this script hands requests on.

The time of a run is the processor time of gp, with one exchange of lines in it, or where the system does
not tell that to the nanosecond, the time that passes.
"""
import shutil
import subprocess
import time

from protocol import absent
from w2_protocol import rational_system, serve, stationary_system

if not shutil.which("gp"):
    absent("PARI", "gp not found")

SOLVERS = {
    "product": "work() = [p*q];",
    "gcd": "work() = [gcd(given[1], given[2])];",
    "fractions": "work() = vector(#given\\2, i, given[2*i-1]/given[2*i]);",
    "rationalSolve": "work() = matsolve(a, b)~;",
    "steadyState": "work() = matsolve(a, b)~;",
}


class Rival:
    def __init__(self):
        self.gp = subprocess.Popen(
            ["gp", "-q", "-f", "-s", "512M"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.send("[x, y, z, w];")
        # Numerators and denominators over the integers; PARI leaves rational numbers in them.
        self.send(
            "parts(f) = my(n = numerator(f), d = denominator(f), u, v, c);"
            " if(n == 0, return([0, 1])); u = content(n, 1); v = content(d, 1); c = u/v;"
            " [n/u*numerator(c), d/v*denominator(c)];")
        version = self.ask("v = version(); print(v[1], \".\", v[2], \".\", v[3])")
        self.name = f"PARI gp {version}"

    def send(self, text):
        self.gp.stdin.write(text + "\n")
        self.gp.stdin.flush()

    def ask(self, text):
        self.send(text)
        return self.gp.stdout.readline().strip()

    def clock(self):
        try:
            with open(f"/proc/{self.gp.pid}/schedstat") as file:
                return int(file.read().split()[0])
        except OSError:
            return time.perf_counter_ns()

    def prepare(self, kind, exponent, lines):
        # A system of 64 equations over functions takes elimination too long.
        if kind not in SOLVERS or (kind == "steadyState" and exponent > 16):
            return None
        self.isQuotient = kind not in ("product", "gcd")
        if kind in ("rationalSolve", "steadyState"):
            if kind == "rationalSolve":
                d, rows, right = rational_system(lines)
            else:
                d, (rows, right) = 1, stationary_system(lines)
            self.send(f"a = matrix({exponent}, {exponent});")
            for i, row in enumerate(rows):
                self.send(f"a[{i + 1},] = [{', '.join(str(x) for x in row)}]/({d});")
            self.send(f"b = [{', '.join(str(x) for x in right)}]~/({d});")
            self.send(SOLVERS[kind])
            return self.results
        self.send(f"given = vector({len(lines)});")
        for i, line in enumerate(lines):
            self.send(f"given[{i + 1}] = {line};")
        if kind == "product":
            self.send(f"p = given[1]^{exponent}; q = p + 1;")
        self.send(SOLVERS[kind])
        return self.results

    def results(self):
        if self.isQuotient:
            self.send("found = work();")
            self.send("found = concat(vector(#found, i, parts(found[i])));")
        else:
            self.send("found = work();")
        return range(1, int(self.ask("print(#found)")) + 1)

    def run(self, count):
        self.ask(f"for(i = 1, {count}, work()); print(1)")

    def value(self, i, point):
        return self.ask(f"print(substvec(found[{i}], [x, y, z, w], {point}))")


serve(Rival())
