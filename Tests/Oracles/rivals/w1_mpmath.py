"""The closed forms in mpmath: numbers of its `mpf`, plain Python around them."""
from formulas import Formulas
from protocol import Looping, absent, digits, serve

try:
    import mpmath
    from mpmath import libmp
except ImportError as error:
    absent("mpmath", error)


class Rival(Looping):
    name = f"mpmath {mpmath.__version__} ({libmp.BACKEND} integers)"

    def prepare(self, workload, precision, points):
        if precision == 0:
            return False
        mpmath.mp.prec = precision
        zero = mpmath.mpf(0)
        formulas = Formulas(
            mpmath.sqrt, mpmath.exp, lambda x: x if x > 0 else zero, mpmath.mpf(1) / 2, +mpmath.pi)
        self.function = getattr(formulas, workload)
        self.points = [[mpmath.mpf(x) for x in point] for point in points]
        self.digits = digits(precision)
        return True

    def values(self, i):
        return [mpmath.nstr(v, self.digits) for v in self.function(*self.points[i])]


serve(Rival())
