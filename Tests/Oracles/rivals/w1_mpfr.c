/* The closed forms in C with MPFR, as written by hand: every variable initialised once, every
   operation in place, to nearest, common subexpressions named once. The mathematics is that of the
   printed formulas; nothing is rewritten. This is what every ratio of the benchmark refers to. */
#include <mpfr.h>
#include "protocol.h"

enum { TEMPORARIES = 24 };

static mpfr_t point[MAX_POINTS][MAX_INPUTS], t[TEMPORARIES], out[MAX_OUTPUTS], pi;
static int points, inputs, outputs;
static char workload;

/* Eq. (3) of the reset qubits:
   N = max(0, -(c (r+c/2)^2 + g^2 (r+c) - r g (r+c)) / (2 (r+c) D)), D = 2 g^2 + (r+c/2)(r+c). */
static void reset_qubits(mpfr_t *x) {
  mpfr_ptr g = x[0], c = x[1], r = x[2];
  mpfr_ptr q = t[0], s = t[1], n = t[2], g2 = t[3], u = t[4], d = t[5];
  mpfr_div_2ui(q, c, 1, MPFR_RNDN);
  mpfr_add(q, r, q, MPFR_RNDN); /* r + c/2 */
  mpfr_add(s, r, c, MPFR_RNDN); /* r + c */
  mpfr_sqr(n, q, MPFR_RNDN);
  mpfr_mul(n, c, n, MPFR_RNDN);
  mpfr_sqr(g2, g, MPFR_RNDN);
  mpfr_mul(u, g2, s, MPFR_RNDN);
  mpfr_add(n, n, u, MPFR_RNDN);
  mpfr_mul(u, r, g, MPFR_RNDN);
  mpfr_mul(u, u, s, MPFR_RNDN);
  mpfr_sub(n, n, u, MPFR_RNDN);
  mpfr_mul_2ui(g2, g2, 1, MPFR_RNDN);
  mpfr_mul(d, q, s, MPFR_RNDN);
  mpfr_add(d, g2, d, MPFR_RNDN);
  mpfr_mul_2ui(s, s, 1, MPFR_RNDN);
  mpfr_mul(d, s, d, MPFR_RNDN);
  mpfr_div(n, n, d, MPFR_RNDN);
  mpfr_neg(n, n, MPFR_RNDN);
  if (mpfr_sgn(n) > 0)
    mpfr_set(out[0], n, MPFR_RNDN);
  else
    mpfr_set_zero(out[0], 1);
}

/* to = a1/b1 + a2/b2 */
static void two_quotients(mpfr_ptr to, mpfr_ptr a1, mpfr_ptr b1, mpfr_ptr a2, mpfr_ptr b2) {
  mpfr_div(to, a1, b1, MPFR_RNDN);
  mpfr_div(t[23], a2, b2, MPFR_RNDN);
  mpfr_add(to, to, t[23], MPFR_RNDN);
}

/* c of Eq. (23) and lambda_- by Eq. (24) of the two-bath qubits, the rates by Eq. (21):
   gamma = sum J/(1-exp(-D/T)), gamma eta = -sum J/(1-exp(D/T)); beta, beta eta' the same with K. */
static void two_bath_qubits(mpfr_t *x) {
  mpfr_ptr delta = x[0], T1 = x[1], T2 = x[2], J1 = x[3], J2 = x[4], K1 = x[5], K2 = x[6], xi = x[7];
  mpfr_ptr down1 = t[0], down2 = t[1], up1 = t[2], up2 = t[3];
  mpfr_ptr gamma = t[4], beta = t[5], eta = t[6], etap = t[7];
  mpfr_div(up1, delta, T1, MPFR_RNDN);
  mpfr_neg(down1, up1, MPFR_RNDN);
  mpfr_exp(down1, down1, MPFR_RNDN);
  mpfr_ui_sub(down1, 1, down1, MPFR_RNDN);
  mpfr_exp(up1, up1, MPFR_RNDN);
  mpfr_ui_sub(up1, 1, up1, MPFR_RNDN);
  mpfr_div(up2, delta, T2, MPFR_RNDN);
  mpfr_neg(down2, up2, MPFR_RNDN);
  mpfr_exp(down2, down2, MPFR_RNDN);
  mpfr_ui_sub(down2, 1, down2, MPFR_RNDN);
  mpfr_exp(up2, up2, MPFR_RNDN);
  mpfr_ui_sub(up2, 1, up2, MPFR_RNDN);

  two_quotients(gamma, J1, down1, J2, down2);
  two_quotients(eta, J1, up1, J2, up2);
  mpfr_neg(eta, eta, MPFR_RNDN);
  mpfr_div(eta, eta, gamma, MPFR_RNDN);
  two_quotients(beta, K1, down1, K2, down2);
  two_quotients(etap, K1, up1, K2, up2);
  mpfr_neg(etap, etap, MPFR_RNDN);
  mpfr_div(etap, etap, beta, MPFR_RNDN);

  /* c = (gamma/beta)(eta'-eta)(1-eta^2) / (4 (eta'-eta)^2 + (gamma/beta)^2 (1+eta)^3 (1+eta+xi)
         - (1+eta')(1 + 3 eta^2 + 3 eta' + eta' eta^2)) */
  mpfr_ptr ratio = t[8], difference = t[9], eta2 = t[10], z = t[11], z3 = t[12];
  mpfr_ptr c = out[0], d = t[13], u = t[14], v = t[15];
  mpfr_div(ratio, gamma, beta, MPFR_RNDN);
  mpfr_sub(difference, etap, eta, MPFR_RNDN);
  mpfr_sqr(eta2, eta, MPFR_RNDN);
  mpfr_add_ui(z, eta, 1, MPFR_RNDN);
  mpfr_mul(c, ratio, difference, MPFR_RNDN);
  mpfr_ui_sub(u, 1, eta2, MPFR_RNDN);
  mpfr_mul(c, c, u, MPFR_RNDN);
  mpfr_sqr(d, difference, MPFR_RNDN);
  mpfr_mul_2ui(d, d, 2, MPFR_RNDN);
  mpfr_sqr(u, ratio, MPFR_RNDN);
  mpfr_sqr(v, z, MPFR_RNDN); /* z^2, which (24) needs again */
  mpfr_mul(z3, v, z, MPFR_RNDN);
  mpfr_mul(u, u, z3, MPFR_RNDN);
  mpfr_add(t[16], z, xi, MPFR_RNDN);
  mpfr_mul(u, u, t[16], MPFR_RNDN);
  mpfr_add(d, d, u, MPFR_RNDN);
  mpfr_mul_ui(u, eta2, 3, MPFR_RNDN);
  mpfr_add_ui(u, u, 1, MPFR_RNDN);
  mpfr_mul_ui(t[16], etap, 3, MPFR_RNDN);
  mpfr_add(u, u, t[16], MPFR_RNDN);
  mpfr_mul(t[16], etap, eta2, MPFR_RNDN);
  mpfr_add(u, u, t[16], MPFR_RNDN);
  mpfr_add_ui(t[16], etap, 1, MPFR_RNDN);
  mpfr_mul(u, t[16], u, MPFR_RNDN);
  mpfr_sub(d, d, u, MPFR_RNDN);
  mpfr_div(c, c, d, MPFR_RNDN);

  /* p1 = 1/z^2 + (c beta/gamma)/z^3 (z (eta+eta') - 2 s),
     p4 = eta^2/z^2 + (c beta/gamma)/z^3 (z (eta+eta') + 2 eta s), s = eta' eta + eta' - eta - 1 */
  mpfr_ptr b = t[16], s = t[17], sum = t[18], p1 = t[19], p4 = t[20];
  mpfr_mul(b, c, beta, MPFR_RNDN);
  mpfr_div(b, b, gamma, MPFR_RNDN);
  mpfr_div(b, b, z3, MPFR_RNDN);
  mpfr_mul(s, etap, eta, MPFR_RNDN);
  mpfr_add(s, s, etap, MPFR_RNDN);
  mpfr_sub(s, s, eta, MPFR_RNDN);
  mpfr_sub_ui(s, s, 1, MPFR_RNDN);
  mpfr_mul_2ui(s, s, 1, MPFR_RNDN);
  mpfr_add(sum, eta, etap, MPFR_RNDN);
  mpfr_mul(sum, z, sum, MPFR_RNDN);
  mpfr_sub(u, sum, s, MPFR_RNDN);
  mpfr_mul(u, b, u, MPFR_RNDN);
  mpfr_ui_div(p1, 1, v, MPFR_RNDN);
  mpfr_add(p1, p1, u, MPFR_RNDN);
  mpfr_mul(s, eta, s, MPFR_RNDN);
  mpfr_add(u, sum, s, MPFR_RNDN);
  mpfr_mul(u, b, u, MPFR_RNDN);
  mpfr_div(p4, eta2, v, MPFR_RNDN);
  mpfr_add(p4, p4, u, MPFR_RNDN);

  /* lambda_- = (p1+p4)/2 - sqrt((p1-p4)^2 + 4 c^2)/2 */
  mpfr_sub(u, p1, p4, MPFR_RNDN);
  mpfr_sqr(u, u, MPFR_RNDN);
  mpfr_sqr(v, c, MPFR_RNDN);
  mpfr_mul_2ui(v, v, 2, MPFR_RNDN);
  mpfr_add(u, u, v, MPFR_RNDN);
  mpfr_sqrt(u, u, MPFR_RNDN);
  mpfr_div_2ui(u, u, 1, MPFR_RNDN);
  mpfr_add(v, p1, p4, MPFR_RNDN);
  mpfr_div_2ui(v, v, 1, MPFR_RNDN);
  mpfr_sub(out[1], v, u, MPFR_RNDN);
}

/* to = amplitude pi zeta w / (nu^2 + w^2) with w = pump + shift or pump - shift */
static void rate(
    mpfr_ptr to, mpfr_ptr amplitude, mpfr_ptr pi_zeta, mpfr_ptr nu2, mpfr_ptr pump, mpfr_ptr shift,
    int sign) {
  mpfr_ptr w = t[22], u = t[23];
  if (sign > 0)
    mpfr_add(w, pump, shift, MPFR_RNDN);
  else
    mpfr_sub(w, pump, shift, MPFR_RNDN);
  mpfr_sqr(u, w, MPFR_RNDN);
  mpfr_add(u, nu2, u, MPFR_RNDN);
  mpfr_mul(w, pi_zeta, w, MPFR_RNDN);
  mpfr_div(w, w, u, MPFR_RNDN);
  mpfr_mul(to, amplitude, w, MPFR_RNDN);
}

/* The driven modes as printed, S = D1 + D2, q = sqrt(S^2/(S^2 - 4 k^2)): |alpha| = sqrt(q/2 + 1/2)
   and |beta| = sqrt(q/2 - 1/2) of Eqs. (7), (8); a11, a22 = +-(D1-D2)/2 - 2 k^2/sqrt(S^2-4k^2) + S q/2
   of Eq. (9); D/(C-D) and F/(E-F) of Eq. (15) for C = |alpha|^2 Gamma1, D = |beta|^2 gamma7,
   E = |alpha|^2 gamma1, F = |beta|^2 Gamma7. */
static void driven_modes(mpfr_t *x) {
  mpfr_ptr wa = x[0], wb = x[1], wp = x[2], k = x[3];
  mpfr_ptr zeta1 = x[4], zeta2 = x[5], nu1 = x[6], nu2 = x[7];
  mpfr_ptr D1 = t[0], D2 = t[1], S = t[2], S2 = t[3], k2 = t[4], R2 = t[5], q = t[6], u = t[7];
  mpfr_sub(D1, wa, wp, MPFR_RNDN);
  mpfr_sub(D2, wb, wp, MPFR_RNDN);
  mpfr_add(S, D1, D2, MPFR_RNDN);
  mpfr_sqr(S2, S, MPFR_RNDN);
  mpfr_sqr(k2, k, MPFR_RNDN);
  mpfr_mul_2ui(R2, k2, 2, MPFR_RNDN);
  mpfr_sub(R2, S2, R2, MPFR_RNDN);
  mpfr_div(q, S2, R2, MPFR_RNDN);
  mpfr_sqrt(q, q, MPFR_RNDN);

  mpfr_add_ui(out[0], q, 1, MPFR_RNDN);
  mpfr_div_2ui(out[0], out[0], 1, MPFR_RNDN);
  mpfr_sqrt(out[0], out[0], MPFR_RNDN);
  mpfr_sub_ui(out[1], q, 1, MPFR_RNDN);
  mpfr_div_2ui(out[1], out[1], 1, MPFR_RNDN);
  mpfr_sqrt(out[1], out[1], MPFR_RNDN);

  mpfr_sqrt(R2, R2, MPFR_RNDN);
  mpfr_mul_2ui(k2, k2, 1, MPFR_RNDN);
  mpfr_div(k2, k2, R2, MPFR_RNDN);
  mpfr_mul(u, S, q, MPFR_RNDN);
  mpfr_div_2ui(u, u, 1, MPFR_RNDN);
  mpfr_sub(D1, D1, D2, MPFR_RNDN);
  mpfr_div_2ui(D1, D1, 1, MPFR_RNDN);
  mpfr_sub(out[2], D1, k2, MPFR_RNDN);
  mpfr_add(out[2], out[2], u, MPFR_RNDN);
  mpfr_neg(D1, D1, MPFR_RNDN);
  mpfr_sub(out[3], D1, k2, MPFR_RNDN);
  mpfr_add(out[3], out[3], u, MPFR_RNDN);

  mpfr_ptr alpha2 = t[8], beta2 = t[9], pz1 = t[10], pz2 = t[11], n1 = t[12], n2 = t[13];
  mpfr_ptr C = t[14], D = t[15], E = t[16], F = t[17];
  mpfr_sqr(alpha2, out[0], MPFR_RNDN);
  mpfr_sqr(beta2, out[1], MPFR_RNDN);
  mpfr_mul(pz1, pi, zeta1, MPFR_RNDN);
  mpfr_mul(pz2, pi, zeta2, MPFR_RNDN);
  mpfr_sqr(n1, nu1, MPFR_RNDN);
  mpfr_sqr(n2, nu2, MPFR_RNDN);
  rate(C, alpha2, pz1, n1, wp, out[2], 1);
  rate(D, beta2, pz2, n2, wp, out[2], -1);
  rate(E, alpha2, pz2, n2, wp, out[3], 1);
  rate(F, beta2, pz1, n1, wp, out[3], -1);
  mpfr_sub(C, C, D, MPFR_RNDN);
  mpfr_div(out[4], D, C, MPFR_RNDN);
  mpfr_sub(E, E, F, MPFR_RNDN);
  mpfr_div(out[5], F, E, MPFR_RNDN);
}

static void rival_name(void) {
  printf("C with MPFR %s, GMP %s\n", mpfr_get_version(), gmp_version);
}

static int rival_prepare(char name, long precision, int count, int width, char **text) {
  if (precision < 2) return 0;
  static int initialised_inputs, initialised_points;
  if (initialised_points == 0) {
    for (int k = 0; k < TEMPORARIES; k++) mpfr_init(t[k]);
    for (int k = 0; k < MAX_OUTPUTS; k++) mpfr_init(out[k]);
    mpfr_init(pi);
  }
  for (int i = 0; i < initialised_points; i++)
    for (int k = 0; k < initialised_inputs; k++) mpfr_clear(point[i][k]);
  for (int i = 0; i < count; i++)
    for (int k = 0; k < width; k++) {
      mpfr_init2(point[i][k], precision);
      mpfr_set_str(point[i][k], text[i * width + k], 10, MPFR_RNDN);
    }
  initialised_points = points = count;
  initialised_inputs = inputs = width;
  for (int k = 0; k < TEMPORARIES; k++) mpfr_set_prec(t[k], precision);
  for (int k = 0; k < MAX_OUTPUTS; k++) mpfr_set_prec(out[k], precision);
  mpfr_set_prec(pi, precision);
  mpfr_const_pi(pi, MPFR_RNDN);
  workload = name;
  outputs = name == 'a' ? 1 : name == 'b' ? 2 : 6;
  return 1;
}

static void rival_run(long count) {
  int next = 0;
#define EVERY(f) \
  for (long n = 0; n < count; n++) { \
    f(point[next]); \
    if (++next == points) next = 0; \
  }
  if (workload == 'a') EVERY(reset_qubits)
  if (workload == 'b') EVERY(two_bath_qubits)
  if (workload == 'c') EVERY(driven_modes)
}

static void rival_print(int i) {
  if (workload == 'a') reset_qubits(point[i]);
  if (workload == 'b') two_bath_qubits(point[i]);
  if (workload == 'c') driven_modes(point[i]);
  for (int k = 0; k < outputs; k++)
    mpfr_printf(k ? " %.*Re" : "%.*Re", (int)(mpfr_get_prec(out[k]) * 0.30103 + 3), out[k]);
}
