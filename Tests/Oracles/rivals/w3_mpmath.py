"""Roots by mpmath's findroot, which is the secant method unless told otherwise."""
from protocol import absent
from w3_protocol import eigenvalue, serve

try:
    import mpmath
    from mpmath import mp, mpf
except ImportError as error:
    absent("mpmath", error)


class Rival:
    name = f"mpmath {mpmath.__version__}, findroot"
    counts = (0, 0)

    def prepare(self, kind, digits, temperatures):
        mp.dps = digits
        self.kind = kind
        self.temperatures = []
        for text in temperatures:
            p, q = text.split("/")
            self.temperatures.append(mpf(int(p)) / int(q))
        self.probe = mpf(8) + mpf(1) / 7
        return True

    def function(self, t2):
        def f(t1):
            self.values += 1
            return eigenvalue(mpmath.exp(-1 / t1), mpmath.exp(-1 / t2), mpmath.sqrt)
        return f

    def solve(self):
        self.values = 0
        start, roots = mpf(8), []
        for t2 in self.temperatures:
            # A little of the tolerance is left to rounding errors.
            start = mpmath.findroot(self.function(t2), start, tol=mpf(10) ** (4 - 2 * mp.dps))
            roots.append(start)
        self.counts = (self.values, 0)
        return roots

    def evaluate(self):
        self.values = 0
        self.function(self.temperatures[0])(self.probe)

    def text(self, root):
        return mpmath.nstr(root, mp.dps)


serve(Rival())
