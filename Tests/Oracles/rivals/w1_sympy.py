"""The closed forms in SymPy, two ways, by the argument: `evalf`, which substitutes the point into the
symbolic formula and evaluates it to the precision asked for; `lambdify`, which prints the formula with
common subexpressions named as a Python function, over mpmath, or over NumPy's arrays for doubles."""
import sys

from formulas import Formulas
from protocol import Looping, absent, digits, serve

try:
    import mpmath
    import sympy
    from sympy.core.evalf import PrecisionExhausted
except ImportError as error:
    absent("SymPy", error)

INPUTS = {"a": 3, "b": 8, "c": 8}


def formula(workload):
    """The inputs and the outputs as symbolic expressions."""
    symbols = sympy.symbols(f"x0:{INPUTS[workload]}", real=True)
    formulas = Formulas(
        sympy.sqrt, sympy.exp, lambda x: sympy.Max(0, x), sympy.Rational(1, 2), sympy.pi)
    return symbols, getattr(formulas, workload)(*symbols)


class Evalf(Looping):
    name = f"SymPy {sympy.__version__}, evalf"

    def prepare(self, workload, precision, points):
        if precision == 0:
            return False
        symbols, outputs = formula(workload)
        # evalf counts in decimal digits; this many make at least the precision.
        count = int(precision / 3.3219280948873626) + 1
        self.points = [
            [{s: sympy.Float(x, count) for s, x in zip(symbols, point)}] for point in points]
        self.function = lambda point: [f.evalf(count, subs=point) for f in outputs]
        self.digits = digits(precision)
        return True

    def values(self, i):
        outputs = self.function(*self.points[i])
        return [mpmath.nstr(mpmath.mpf(v._mpf_), self.digits) if v else "0" for v in outputs]


class Lambdify(Looping):
    name = f"SymPy {sympy.__version__}, lambdify"

    def prepare(self, workload, precision, points):
        symbols, outputs = formula(workload)
        self.is_double = precision == 0
        if self.is_double:
            try:
                import numpy
            except ImportError:
                return False
            self.function = sympy.lambdify(symbols, outputs, "numpy", cse=True)
            self.columns = [numpy.array([float(x) for x in column]) for column in zip(*points)]
            self.points = points
            return True
        mpmath.mp.prec = precision
        self.function = sympy.lambdify(symbols, outputs, "mpmath", cse=True)
        self.points = [[mpmath.mpf(x) for x in point] for point in points]
        self.digits = digits(precision)
        return True

    def run(self, count):
        if not self.is_double:
            return super().run(count)
        whole, rest = divmod(count, len(self.points))
        for _ in range(whole):
            self.function(*self.columns)
        if rest:
            self.function(*[column[:rest] for column in self.columns])

    def values(self, i):
        if self.is_double:
            return [repr(float(v[i])) for v in self.function(*self.columns)]
        return [mpmath.nstr(mpmath.mpf(v), self.digits) for v in self.function(*self.points[i])]


if sys.argv[1:] == ["evalf"]:
    mpmath.mp.dps = 4000  # only prints
    serve(Evalf())
serve(Lambdify())
