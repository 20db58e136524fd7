"""The closed forms in SymEngine: numbers of its RealMPFR, plain Python around them; for doubles its
compiled function of the symbolic formula."""
from formulas import Formulas
from protocol import Looping, absent, digits, serve

try:
    import symengine
    from symengine import RealMPFR
except ImportError as error:
    absent("SymEngine", error)

INPUTS = {"a": 3, "b": 8, "c": 8}


class Rival(Looping):
    name = f"SymEngine {symengine.__version__}"

    def prepare(self, workload, precision, points):
        self.precision = precision
        if precision == 0:
            return self.prepare_doubles(workload, points)
        zero = RealMPFR("0", precision)
        formulas = Formulas(
            symengine.sqrt, symengine.exp, lambda x: x if x > 0 else zero,
            RealMPFR("0.5", precision), symengine.pi.n(precision, real=True))
        self.function = getattr(formulas, workload)
        self.points = [[RealMPFR(x, precision) for x in point] for point in points]
        self.digits = digits(precision)
        return True

    def prepare_doubles(self, workload, points):
        try:
            import numpy
        except ImportError:
            return False
        symbols = symengine.symbols(f"x0:{INPUTS[workload]}")
        formulas = Formulas(
            symengine.sqrt, symengine.exp, lambda x: symengine.Max(0, x),
            symengine.Rational(1, 2), symengine.pi)
        outputs = getattr(formulas, workload)(*symbols)
        self.points = points
        self.rows = numpy.array([[float(x) for x in point] for point in points])
        try:
            self.function = symengine.Lambdify(symbols, outputs, cse=True, backend="llvm")
        except Exception:
            self.function = symengine.Lambdify(symbols, outputs, cse=True)
        return True

    def run(self, count):
        if self.precision:
            return super().run(count)
        whole, rest = divmod(count, len(self.points))
        for _ in range(whole):
            self.function(self.rows)
        if rest:
            self.function(self.rows[:rest])

    def values(self, i):
        if self.precision == 0:
            return [repr(float(v)) for v in self.function(self.rows[i])]
        return [str(v) for v in self.function(*self.points[i])]


serve(Rival())
