"""Exact algebra in PARI: gp runs it as a GP program; this script hands requests on.

The time of a run is the processor time of gp, with one exchange of lines in it, or where the system does
not tell that to the nanosecond, the time that passes.
"""
import shutil
import subprocess
import time

from protocol import absent
from w2_protocol import serve

if not shutil.which("gp"):
    absent("PARI", "gp not found")

SOLVERS = {
    "product": "work() = [p*q];",
    "gcd": "work() = [gcd(given[1], given[2])];",
    "fractions": "work() = vector(#given\\2, i, given[2*i-1]/given[2*i]);",
}


class Rival:
    def __init__(self):
        self.gp = subprocess.Popen(
            ["gp", "-q", "-f", "-s", "512M"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.send("[x, y, z, w];")
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
        if kind not in SOLVERS:
            return None
        self.send(f"given = vector({len(lines)});")
        for i, line in enumerate(lines):
            self.send(f"given[{i + 1}] = {line};")
        if kind == "product":
            self.send(f"p = given[1]^{exponent}; q = p + 1;")
        self.send(SOLVERS[kind])
        self.isQuotient = kind == "fractions"
        return self.results

    def results(self):
        if self.isQuotient:
            self.send("found = work();")
            self.send("found = concat(vector(#found, i, [numerator(found[i]), denominator(found[i])]));")
        else:
            self.send("found = work();")
        return range(1, int(self.ask("print(#found)")) + 1)

    def run(self, count):
        self.ask(f"for(i = 1, {count}, work()); print(1)")

    def value(self, i, point):
        return self.ask(f"print(substvec(found[{i}], [x, y, z, w], {point}))")


serve(Rival())
