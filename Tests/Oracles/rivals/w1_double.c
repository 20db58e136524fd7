/* The closed forms in doubles, as compiled C over arrays of points: what a compiler makes of the
   formulas when they are written out and the loop over the points is left to it. */
#include <math.h>
#include "protocol.h"

static double in[MAX_INPUTS][MAX_POINTS], out[MAX_OUTPUTS][MAX_POINTS];
static int points, outputs;
static char workload;

static void reset_qubits(int from, int to) {
  for (int i = from; i < to; i++) {
    const double g = in[0][i], c = in[1][i], r = in[2][i];
    const double q = r + c / 2, s = r + c;
    const double n = c * q * q + g * g * s - r * g * s;
    const double value = -n / (2 * s * (2 * g * g + q * s));
    out[0][i] = value > 0 ? value : 0;
  }
}

static void two_bath_qubits(int from, int to) {
  for (int i = from; i < to; i++) {
    const double delta = in[0][i], T1 = in[1][i], T2 = in[2][i];
    const double J1 = in[3][i], J2 = in[4][i], K1 = in[5][i], K2 = in[6][i], xi = in[7][i];
    const double down1 = 1 - exp(-delta / T1), down2 = 1 - exp(-delta / T2);
    const double up1 = 1 - exp(delta / T1), up2 = 1 - exp(delta / T2);
    const double gamma = J1 / down1 + J2 / down2, beta = K1 / down1 + K2 / down2;
    const double eta = -(J1 / up1 + J2 / up2) / gamma, etap = -(K1 / up1 + K2 / up2) / beta;
    const double ratio = gamma / beta, difference = etap - eta, z = 1 + eta;
    const double c = ratio * difference * (1 - eta * eta)
        / (4 * difference * difference + ratio * ratio * z * z * z * (z + xi)
           - (1 + etap) * (1 + 3 * eta * eta + 3 * etap + etap * eta * eta));
    const double b = c * beta / gamma / (z * z * z), s = etap * eta + etap - eta - 1;
    const double sum = z * (eta + etap);
    const double p1 = 1 / (z * z) + b * (sum - 2 * s);
    const double p4 = eta * eta / (z * z) + b * (sum + 2 * eta * s);
    out[0][i] = c;
    out[1][i] = (p1 + p4) / 2 - sqrt((p1 - p4) * (p1 - p4) + 4 * c * c) / 2;
  }
}

static void driven_modes(int from, int to) {
  const double pi = 3.14159265358979323846;
  for (int i = from; i < to; i++) {
    const double wa = in[0][i], wb = in[1][i], wp = in[2][i], k = in[3][i];
    const double zeta1 = in[4][i], zeta2 = in[5][i], nu1 = in[6][i], nu2 = in[7][i];
    const double D1 = wa - wp, D2 = wb - wp, S = D1 + D2, R2 = S * S - 4 * k * k;
    const double q = sqrt(S * S / R2), x = sqrt(q / 2 + 0.5), y = sqrt(q / 2 - 0.5);
    const double shift = 2 * k * k / sqrt(R2);
    const double a11 = (D1 - D2) / 2 - shift + S * q / 2, a22 = -(D1 - D2) / 2 - shift + S * q / 2;
    const double w1 = wp + a11, w7 = wp - a11, v1 = wp + a22, v7 = wp - a22;
    const double C = x * x * (pi * zeta1 * w1 / (nu1 * nu1 + w1 * w1));
    const double D = y * y * (pi * zeta2 * w7 / (nu2 * nu2 + w7 * w7));
    const double E = x * x * (pi * zeta2 * v1 / (nu2 * nu2 + v1 * v1));
    const double F = y * y * (pi * zeta1 * v7 / (nu1 * nu1 + v7 * v7));
    out[0][i] = x;
    out[1][i] = y;
    out[2][i] = a11;
    out[3][i] = a22;
    out[4][i] = D / (C - D);
    out[5][i] = F / (E - F);
  }
}

static void evaluate(int from, int to) {
  if (workload == 'a') reset_qubits(from, to);
  if (workload == 'b') two_bath_qubits(from, to);
  if (workload == 'c') driven_modes(from, to);
}

static void rival_name(void) { puts("C, doubles"); }

static int rival_prepare(char name, long precision, int count, int width, char **text) {
  if (precision != 0) return 0;
  for (int i = 0; i < count; i++)
    for (int k = 0; k < width; k++) in[k][i] = strtod(text[i * width + k], NULL);
  points = count;
  workload = name;
  outputs = name == 'a' ? 1 : name == 'b' ? 2 : 6;
  return 1;
}

static void rival_run(long count) {
  for (; count >= points; count -= points) evaluate(0, points);
  evaluate(0, (int)count);
}

static void rival_print(int i) {
  evaluate(i, i + 1);
  for (int k = 0; k < outputs; k++) printf(k ? " %.17g" : "%.17g", out[k][i]);
}
