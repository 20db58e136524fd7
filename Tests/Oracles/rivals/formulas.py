"""The closed forms as somebody would type them in Python, over whatever numbers come in.

Each function takes the inputs in the order of the benchmark and returns the list of its outputs;
`Formulas` is given the functions that Python's operators do not cover.
"""


class Formulas:
    """The three closed forms over a library with these functions and this half and pi."""

    def __init__(self, sqrt, exp, positive_part, half, pi):
        self.sqrt, self.exp, self.positive_part = sqrt, exp, positive_part
        self.half, self.pi = half, pi

    def a(self, g, c, r):
        """Eq. (3) of the reset qubits."""
        q, s = r + c / 2, r + c
        g2 = g * g
        n = c * (q * q) + g2 * s - r * g * s
        return [self.positive_part(-n / (2 * s * (2 * g2 + q * s)))]

    def b(self, delta, t1, t2, j1, j2, k1, k2, xi):
        """c and lambda_- of the two-bath qubits, Eqs. (21), (23), (24)."""
        exp = self.exp
        x1, x2 = delta / t1, delta / t2
        down1, down2 = 1 - exp(-x1), 1 - exp(-x2)
        up1, up2 = 1 - exp(x1), 1 - exp(x2)
        gamma, beta = j1 / down1 + j2 / down2, k1 / down1 + k2 / down2
        eta, etap = -(j1 / up1 + j2 / up2) / gamma, -(k1 / up1 + k2 / up2) / beta
        ratio, difference, eta2, z = gamma / beta, etap - eta, eta * eta, 1 + eta
        z2 = z * z
        z3 = z2 * z
        c = ratio * difference * (1 - eta2) / (
            4 * (difference * difference) + ratio * ratio * z3 * (z + xi)
            - (1 + etap) * (1 + 3 * eta2 + 3 * etap + etap * eta2))
        b, s, total = c * beta / gamma / z3, etap * eta + etap - eta - 1, z * (eta + etap)
        p1 = 1 / z2 + b * (total - 2 * s)
        p4 = eta2 / z2 + b * (total + 2 * eta * s)
        step = p1 - p4
        return [c, (p1 + p4) / 2 - self.sqrt(step * step + 4 * (c * c)) / 2]

    def c(self, wa, wb, wp, k, zeta1, zeta2, nu1, nu2):
        """|alpha|, |beta|, a11, a22 and the occupations of the driven modes, Eqs. (7) to (9), (15)."""
        sqrt, half = self.sqrt, self.half
        d1, d2 = wa - wp, wb - wp
        s, k2 = d1 + d2, k * k
        s2 = s * s
        r2 = s2 - 4 * k2
        q = sqrt(s2 / r2)
        x, y = sqrt(q / 2 + half), sqrt(q / 2 - half)
        shift, mean, d = 2 * k2 / sqrt(r2), s * q / 2, (d1 - d2) / 2
        a11, a22 = d - shift + mean, -d - shift + mean
        x2, y2, n1, n2 = x * x, y * y, nu1 * nu1, nu2 * nu2
        pz1, pz2 = self.pi * zeta1, self.pi * zeta2
        w, v = wp + a11, wp - a11
        c, d = x2 * (pz1 * w / (n1 + w * w)), y2 * (pz2 * v / (n2 + v * v))
        w, v = wp + a22, wp - a22
        e, f = x2 * (pz2 * w / (n2 + w * w)), y2 * (pz1 * v / (n1 + v * v))
        return [x, y, a11, a22, d / (c - d), f / (e - f)]
