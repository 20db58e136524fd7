"""The closed forms in PARI: gp runs them as a GP program; this script hands requests on.

The time of a run is the processor time of gp, with one exchange of lines in it, or where the system does
not tell that to the nanosecond, the time that passes.
"""
import shutil
import subprocess
import time

from protocol import absent, serve

if not shutil.which("gp"):
    absent("PARI", "gp not found")

# One definition a paragraph: gp reads each from one line.
PROGRAM = r"""
default(timer, 0);

form_a(p) = {my(g = p[1], c = p[2], r = p[3], q = r + c/2, s = r + c, g2 = sqr(g), n);
  n = c*sqr(q) + g2*s - r*g*s;
  [max(0, -n/(2*s*(2*g2 + q*s)))]};

form_b(p) = {my(x1 = p[1]/p[2], x2 = p[1]/p[3], J1 = p[4], J2 = p[5], K1 = p[6], K2 = p[7], xi = p[8],
  down1 = 1 - exp(-x1), down2 = 1 - exp(-x2), up1 = 1 - exp(x1), up2 = 1 - exp(x2),
  gam = J1/down1 + J2/down2, bet = K1/down1 + K2/down2,
  eta = -(J1/up1 + J2/up2)/gam, etap = -(K1/up1 + K2/up2)/bet,
  ratio = gam/bet, diff = etap - eta, eta2 = sqr(eta), z = 1 + eta, z2 = sqr(z), z3 = z2*z, c, b, s, t,
  p1, p4);
  c = ratio*diff*(1 - eta2)/(4*sqr(diff) + sqr(ratio)*z3*(z + xi)
    - (1 + etap)*(1 + 3*eta2 + 3*etap + etap*eta2));
  b = c*bet/gam/z3; s = etap*eta + etap - eta - 1; t = z*(eta + etap);
  p1 = 1/z2 + b*(t - 2*s); p4 = eta2/z2 + b*(t + 2*eta*s);
  [c, (p1 + p4)/2 - sqrt(sqr(p1 - p4) + 4*sqr(c))/2]};

form_c(p) = {my(wp = p[3], zeta1 = p[5], zeta2 = p[6], d1 = p[1] - wp, d2 = p[2] - wp, S = d1 + d2,
  k2 = sqr(p[4]), s2 = sqr(S), r2 = s2 - 4*k2, q = sqrt(s2/r2), x = sqrt(q/2 + 1/2),
  y = sqrt(q/2 - 1/2), shift = 2*k2/sqrt(r2), mean = S*q/2, d = (d1 - d2)/2, a11 = d - shift + mean,
  a22 = -d - shift + mean, x2 = sqr(x), y2 = sqr(y), n1 = sqr(p[7]), n2 = sqr(p[8]),
  z1 = Pi*zeta1, z2 = Pi*zeta2, w = wp + a11, v = wp - a11, C, D, E, F);
  C = x2*(z1*w/(n1 + sqr(w))); D = y2*(z2*v/(n2 + sqr(v)));
  w = wp + a22; v = wp - a22;
  E = x2*(z2*w/(n2 + sqr(w))); F = y2*(z1*v/(n1 + sqr(v)));
  [x, y, a11, a22, D/(C - D), F/(E - F)]};

cycle(f, count) = {my(whole = count \ #points, rest = count % #points);
  for(n = 1, whole, for(i = 1, #points, f(points[i])));
  for(i = 1, rest, f(points[i]))};
"""


class Rival:
    def __init__(self):
        self.gp = subprocess.Popen(
            ["gp", "-q", "-f", "-s", "64M"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        for statement in PROGRAM.strip().split("\n\n"):
            self.send(statement.replace("\n", " "))
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

    def prepare(self, workload, precision, points):
        if precision == 0:
            return False
        # Rounded up to words, as PARI's numbers are.
        self.send(f"default(realbitprecision, {precision});")
        self.send("points = vector(%d);" % len(points))
        for i, point in enumerate(points):
            # With a point: without one a number would be an exact integer.
            numbers = ", ".join(x if "." in x else x + "." for x in point)
            self.send(f"points[{i + 1}] = [{numbers}];")
        self.workload = workload
        return self.ask("print(1)") == "1"

    def run(self, count):
        self.ask(f"cycle(form_{self.workload}, {count}); print(1)")

    def values(self, i):
        line = self.ask(f"print(form_{self.workload}(points[{i + 1}]))")
        return line.strip("[]").replace(" E", "e").replace(",", " ").split()


serve(Rival())
