"""Roots by interval Newton with python-flint's arb: a start in doubles, precision that doubles, counted back from
the end, the value at the full precision of a step and the slope over the ball at half of it, as a power series of
length two. The last step proves the root."""
import math

from protocol import absent
from w3_protocol import eigenvalue, serve

try:
    import flint
    from flint import arb, arb_series, ctx, fmpq
except ImportError as error:
    absent("python-flint", error)


class Rival:
    name = f"python-flint {flint.__version__}, arb"
    counts = (0, 0)

    def prepare(self, kind, digits, temperatures):
        self.bits = int(digits * 3.33) + 8
        self.temperatures = [fmpq(*map(int, text.split("/"))) for text in temperatures]
        # Counted back from the end; a step loses a few bits.
        self.goals = [self.bits]
        while self.goals[0] > 90:
            self.goals.insert(0, self.goals[0] // 2 + 6)
        ctx.prec = self.bits
        self.probe = arb(8) + arb(1) / 7
        return True

    def value(self, t1, t2):
        return eigenvalue((-1 / t1).exp(), (-1 / arb(t2)).exp(), lambda x: x.sqrt())

    def slope(self, t1, t2):
        ctx.cap = 2
        x = arb_series([t1, 1])
        return eigenvalue((-1 / x).exp(), (-1 / arb(t2)).exp(), lambda x: x.sqrt())[1]

    @staticmethod
    def double(t1, t2):
        return eigenvalue(math.exp(-1 / t1), math.exp(-1 / t2), math.sqrt)

    def solve(self):
        values = slopes = 0
        start, roots = 8.0, []
        for t2 in self.temperatures:
            t, x, last = int(t2.p) / int(t2.q), start, start * (1 + 1e-4)
            f, g = self.double(x, t), self.double(last, t)
            for _ in range(30):
                if f == g:
                    break
                x, last, f, g = x - f * (x - last) / (f - g), x, None, f
                f = self.double(x, t)
                if abs(x - last) < 1e-14 * abs(x):
                    break
            start = x
            root = arb(x, x * 2.0 ** -44)
            for goal in self.goals:
                ctx.prec = max(goal // 2 + 20, 64)
                slope = self.slope(root, t2)
                ctx.prec = goal + 20
                middle = root.mid()
                image = middle - self.value(middle, t2) / slope
                values, slopes = values + 1, slopes + 1
                if not root.overlaps(image):
                    raise ArithmeticError("no root")
                root = image
            roots.append(root)
        self.counts = (values, slopes)
        return roots

    def evaluate(self):
        ctx.prec = self.bits
        self.value(self.probe, self.temperatures[0])

    def text(self, root):
        return root.mid().str(int(self.bits / 3.33), radius=False, more=True)


serve(Rival())
