"""The closed forms in python-flint: balls of its `arb`, plain Python around them."""
from formulas import Formulas
from protocol import Looping, absent, digits, serve

try:
    import flint
    from flint import arb, ctx
except ImportError as error:
    absent("python-flint", error)


class Rival(Looping):
    name = f"python-flint {flint.__version__}, arb"

    def prepare(self, workload, precision, points):
        if precision == 0:
            return False
        ctx.prec = precision
        zero = arb(0)
        formulas = Formulas(
            lambda x: x.sqrt(), lambda x: x.exp(), lambda x: x.max(zero), arb(1) / 2, arb.pi())
        self.function = getattr(formulas, workload)
        self.points = [[arb(x) for x in point] for point in points]
        self.digits = digits(precision)
        return True

    def values(self, i):
        # More digits than the ball decides, without its radius: the midpoint.
        outputs = self.function(*self.points[i])
        return [v.mid().str(self.digits, radius=False, more=True) for v in outputs]


serve(Rival())
