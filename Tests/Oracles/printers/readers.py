"""Small readers of what is printed for LaTeX and Julia, which are not installed everywhere, with
mpmath for the arithmetic: each gives the value of a text. They know what printers of Separatrix write
and nothing more, but read it by the rules of those languages."""
import re

from mpmath import mp, mpc, mpf


def real(x):
    """A complex number without an imaginary part as a real one, for what orders numbers."""
    x = mpc(x)
    if x.imag != 0:
        raise ValueError("not real")
    return x.real


def cbrt(x):
    x = real(x)
    return mp.sign(x) * mp.cbrt(abs(x))


FUNCTIONS = {
    "ln": mp.log, "arcsin": mp.asin, "arccos": mp.acos, "arctan": mp.atan, "arsinh": mp.asinh,
    "arcosh": mp.acosh, "artanh": mp.atanh, "sgn": mp.sign, "Re": mp.re, "Im": mp.im,
    "psi": lambda x: mp.digamma(real(x)), "exp": mp.exp, "arg": mp.arg,
    "atan2": lambda y, x: mp.atan2(real(y), real(x)),
    "min": lambda *a: min(map(real, a)), "max": lambda *a: max(map(real, a)),
    "sin": mp.sin, "cos": mp.cos, "tan": mp.tan, "sinh": mp.sinh, "cosh": mp.cosh, "tanh": mp.tanh,
}


class LaTeX:
    """A recursive descent over sums, rows of factors, powers and atoms."""

    token = re.compile(r"\\[A-Za-z]+|\d+|[A-Za-z]|\S")

    def __init__(self, text, values):
        self.tokens = self.token.findall(text)
        self.place = 0
        self.values = values

    def peek(self):
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def take(self, *expected):
        for token in expected or (self.peek(),):
            if self.peek() != token:
                raise SyntaxError(f"expected {token}, found {self.peek()}")
            self.place += 1
        return self.tokens[self.place - 1]

    def value(self):
        result = self.sum()
        if self.peek() is not None:
            raise SyntaxError(f"unread: {self.peek()}")
        return result

    def sum(self):
        sign = 1
        if self.peek() == "-":
            self.take()
            sign = -1
        result = sign * self.row()
        while self.peek() in ("+", "-"):
            sign = 1 if self.take() == "+" else -1
            result += sign * self.row()
        return result

    def row(self):
        result = self.power()
        while self.peek() not in (None, "+", "-", "}", "]", ",", "\\right"):
            isDot = self.peek() == "\\cdot"
            if isDot:
                self.take()
            elif re.match(r"\d", self.peek()):
                raise SyntaxError("a number runs into what is before it")
            result = result * self.power()
        return result

    def braces(self):
        self.take("{")
        result = self.sum()
        self.take("}")
        return result

    def power(self):
        if self.peek() == "e" and self.tokens[self.place + 1] == "^":
            self.take("e", "^")
            return mp.exp(self.braces())
        base = self.atom()
        if self.peek() == "^":
            self.take("^")
            base = mpc(base) ** self.braces()
            if self.peek() == "^":
                raise SyntaxError("a double superscript")
        return base

    def word(self):
        """A symbol: a letter, a Greek letter's command or upright words, with subscripts."""
        text = self.take()
        if text == "\\mathrm":
            self.take("{")
            text = ""
            while self.peek() != "}":
                text += self.take()
            self.take("}")
        if self.peek() == "_":
            self.take("_", "{")
            while self.peek() != "}":
                text += self.take()
            self.take("}")
        return text

    def arguments(self):
        self.take("\\left", "(")
        result = [self.sum()]
        while self.peek() == ",":
            self.take()
            result.append(self.sum())
        self.take("\\right", ")")
        return result

    def call(self, function):
        exponent = None
        if self.peek() == "^":
            self.take()
            exponent = self.braces()
        result = function(*self.arguments())
        return result if exponent is None else result**exponent

    def atom(self):
        token = self.peek()
        if token.isdigit():
            return mpf(int(self.take()))
        if token == "\\frac":
            self.take()
            above = self.braces()
            return above / mpc(self.braces())
        if token == "\\sqrt":
            self.take()
            if self.peek() == "[":
                self.take("[", "3", "]")
                return cbrt(self.braces())
            return mp.sqrt(self.braces())
        if token == "\\overline":
            self.take()
            return mp.conj(self.braces())
        if token == "\\left":
            bracket = self.tokens[self.place + 1]
            if bracket == "|":
                self.take("\\left", "|")
                result = abs(self.sum())
                self.take("\\right", "|")
                return result
            (result,) = self.arguments()
            return result
        if token == "\\pi":
            self.take()
            return +mp.pi
        if token == "\\operatorname":
            self.take("\\operatorname", "{")
            name = ""
            while self.peek() != "}":
                name += self.take()
            self.take("}")
            if name == "Li":
                self.take("_", "{", "2", "}")
                return self.call(lambda x: mp.polylog(2, real(x)))
            return self.call(FUNCTIONS[name])
        if token[0] == "\\" and token[1:] in FUNCTIONS:
            self.take()
            return self.call(FUNCTIONS[token[1:]])
        if token == "J":
            self.take("J", "_", "{")
            sign = -1 if self.peek() == "-" else 1
            if sign < 0:
                self.take()
            order = sign * int(self.take())
            self.take("}")
            return self.call(lambda x: mp.besselj(order, real(x)))
        name = self.word()
        if name == "i":
            return mp.j
        return self.values[name]


def latex(text, values):
    """The value of a text in LaTeX, `values` by names such as `\\lambda` and `T1`."""
    return LaTeX(text, values).value()


def julia(text, values):
    """The value of a Julia expression. `//` binds tighter than `*` there; this tests that it stands
    between two numbers only, where that makes no difference."""
    if re.search(r"//(?!big\(\d+\))", text) or re.search(r"(?<!\))//", text):
        raise SyntaxError("// between what is no number")
    if re.search(r"[^\w.](\d+\.\d*)", text):
        raise SyntaxError("a literal double")
    names = {
        "big": lambda x: x if isinstance(x, type(+mp.pi)) else mpf(x), "pi": +mp.pi, "Inf": mp.inf,
        "im": mp.j, "real": mp.re, "imag": mp.im, "angle": mp.arg, "abs": abs, "cbrt": cbrt,
        "atan": lambda y, x=None: mp.atan(y) if x is None else mp.atan2(real(y), real(x)),
        "min": FUNCTIONS["min"], "max": FUNCTIONS["max"], "sign": lambda x: mp.sign(real(x)),
        "besselj": lambda n, x: mp.besselj(n, real(x)), "digamma": FUNCTIONS["psi"],
        "reli": lambda n, x: mp.polylog(n, real(x)),
    }
    for name in ("sqrt exp expm1 log log1p sin cos tan asin acos sinh cosh tanh asinh acosh atanh"
                 " conj").split():
        names[name] = getattr(mp, name)
    # Signs bind below powers and powers group to the right, in Julia as in Python.
    code = text.replace("//", "/").replace("^", "**")
    return eval(code, {"__builtins__": {}}, {**names, **values})
