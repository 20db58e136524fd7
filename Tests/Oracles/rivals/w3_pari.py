"""Roots by PARI's solve, which brackets; gp runs it as a GP program, this script hands requests on."""
import shutil
import subprocess
import time

from protocol import absent
from w3_protocol import serve

if not shutil.which("gp"):
    absent("PARI", "gp not found")

PROGRAM = r"""
default(timer, 0);

calls = 0;

eigenvalue(e1, e2) = {my(g1 = 1/(1 - e1), g2 = 50/(1 - e2), gam = g1 + g2, eta = (g1*e1 + g2*e2)/gam, etap = e2,
  ratio = gam/g2, diff = etap - eta, eta2 = sqr(eta), z = 1 + eta, z2 = sqr(z), z3 = z2*z, c, b, s, t, p1, p4);
  c = ratio*diff*(1 - eta2)/(4*sqr(diff) + sqr(ratio)*z3*z
    - (1 + etap)*(1 + 3*eta2 + 3*etap + etap*eta2));
  b = c/(ratio*z3); s = etap*eta + etap - eta - 1; t = z*(eta + etap);
  p1 = 1/z2 + b*(t - 2*s); p4 = eta2/z2 + b*(t + 2*eta*s);
  (p1 + p4)/2 - sqrt(sqr(p1 - p4) + 4*sqr(c))/2};

value(t1, t2) = {calls++; eigenvalue(exp(-1/t1), exp(-1/t2))};

roots_of(ts) = {my(x = 8., r = List(), d = 1); for(i = 1, #ts,
  x = solve(t = x - d, x + d, value(t, ts[i])); d = 1/20; listput(r, x)); Vec(r)};

repeat_roots(n) = for(i = 1, n, roots_of(ts));

repeat_values(n) = for(i = 1, n, value(57./7, ts[1]));
"""


class Rival:
    counts = (0, 0)

    def __init__(self):
        self.gp = subprocess.Popen(
            ["gp", "-q", "-f", "-s", "128M"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        for statement in PROGRAM.strip().split("\n\n"):
            self.send(statement.replace("\n", " "))
        version = self.ask("v = version(); print(v[1], \".\", v[2], \".\", v[3])")
        self.name = f"PARI gp {version}, solve"

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

    def prepare(self, kind, digits, temperatures):
        self.send(f"default(realprecision, {digits});")
        self.send(f"ts = [{', '.join(temperatures)}]*1.;")
        return self.ask("print(1)") == "1"

    def solve(self):
        count = self.ask("calls = 0; found = roots_of(ts); print(calls)")
        self.counts = (int(count), 0)
        return range(1, int(self.ask("print(#found)")) + 1)

    def repeat(self, what, count):
        self.ask(f"repeat_{'roots' if what == 'run' else 'values'}({count}); print(1)")

    def evaluate(self):
        self.ask("repeat_values(1); print(1)")

    def text(self, i):
        return self.ask(f"print(found[{i}])").replace(" E", "e")


serve(Rival())
