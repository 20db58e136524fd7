/* The closed forms rearranged by hand for fewer and cheaper operations, in Arb.

   (a) With s = r + c and p = 2 r + c: N = max(0, (4 g s (r-g) - c p^2)/(8 s (2 g^2 + p s/2))).

   (b) One exponential a bath: y = 1/(exp(D/T)-1), as 1/(1-exp(-D/T)) = 1 + y. With e = gamma eta,
       f = beta eta', H = J1 + J2, gamma = e + H, beta = f + K1 + K2, G = gamma + e and
       P = f gamma - e beta, over the common denominator (beta gamma)^2:
         c = P G H/(4 P^2 + G^3 (G + xi gamma) - (beta+f)(beta (gamma^2+3e^2) + f (3 gamma^2+e^2))).
       As s of Eq. (24) is (1+eta)(eta'-1), p1 = A/G^2 and p4 = B/G^2 with
         A = gamma^2 + c (2 beta gamma - P), B = e^2 + c (P + 2 e f),
       and lambda_- = (A + B - sqrt((A-B)^2 + 4 c^2 G^4))/(2 G^2).

   (c) With R = sqrt(S^2-4k^2) and S > 0: |alpha|^2, |beta|^2 = (S/R +- 1)/2 and
       -2 k^2/R + S^2/(2R) = R/2. Pi and 2R leave the occupations, and the fractions in them go:
         D/(C-D) = d/(c-d), c = (S+R) zeta1 w (nu2^2+v^2), d = (S-R) zeta2 v (nu1^2+w^2),
       w = wp + a11, v = wp - a11; the other one alike. */
enum { TEMPORARIES = 24 };

static arb_t point[MAX_POINTS][MAX_INPUTS], t[TEMPORARIES], out[MAX_OUTPUTS], pi;
static int points, inputs, outputs;
static char workload;

static void reset_qubits(arb_t *x) {
  ref g = x[0], c = x[1], r = x[2], p = t[0], s = t[1], n = t[2], u = t[3], d = t[4];
  ADD(s, r, c);
  ADD(p, r, s);
  SUB(u, r, g);
  MUL(n, g, s);
  MUL(n, n, u);
  MUL_2(n, n, 2);
  SQR(u, p);
  arb_submul(n, c, u, bits);
  SQR(d, g);
  MUL_2(d, d, 2);
  arb_addmul(d, p, s, bits); /* twice the second factor */
  MUL(d, d, s);
  MUL_2(d, d, 2);
  DIV(n, n, d);
  POSITIVE_PART(out[0], n);
}

static void two_bath_qubits(arb_t *x) {
  ref delta = x[0], T1 = x[1], T2 = x[2], J1 = x[3], J2 = x[4], K1 = x[5], K2 = x[6], xi = x[7];
  ref y1 = t[0], y2 = t[1], e = t[2], f = t[3], gamma = t[4], beta = t[5], H = t[6], G = t[7];
  DIV(y1, delta, T1);
  EXP(y1, y1);
  SUB_UI(y1, y1, 1);
  UI_DIV(y1, 1, y1);
  DIV(y2, delta, T2);
  EXP(y2, y2);
  SUB_UI(y2, y2, 1);
  UI_DIV(y2, 1, y2);
  MUL(e, J1, y1);
  arb_addmul(e, J2, y2, bits);
  MUL(f, K1, y1);
  arb_addmul(f, K2, y2, bits);
  ADD(H, J1, J2);
  ADD(gamma, e, H);
  ADD(beta, K1, K2);
  ADD(beta, f, beta);
  ADD(G, gamma, e);

  ref P = t[8], e2 = t[9], gamma2 = t[10], G2 = t[11], c = out[0], u = t[12], v = t[13], w = t[14];
  MUL(P, f, gamma);
  arb_submul(P, e, beta, bits);
  SQR(e2, e);
  SQR(gamma2, gamma);
  SQR(G2, G);
  MUL(u, xi, gamma);
  ADD(u, u, G);
  MUL(u, u, G);
  MUL(u, u, G2);
  SQR(v, P);
  arb_addmul_ui(u, v, 4, bits);
  arb_set(v, gamma2);
  arb_addmul_ui(v, e2, 3, bits);
  arb_set(w, e2);
  arb_addmul_ui(w, gamma2, 3, bits);
  MUL(v, beta, v);
  arb_addmul(v, f, w, bits);
  ADD(w, beta, f);
  arb_submul(u, v, w, bits);
  MUL(v, P, G);
  MUL(v, v, H);
  DIV(c, v, u);

  ref A = t[15], B = t[16];
  MUL(A, beta, gamma);
  MUL_2(A, A, 1);
  SUB(A, A, P);
  MUL(A, A, c);
  ADD(A, A, gamma2);
  MUL(B, e, f);
  MUL_2(B, B, 1);
  ADD(B, B, P);
  MUL(B, B, c);
  ADD(B, B, e2);
  SUB(u, A, B);
  SQR(u, u);
  MUL(v, c, G2);
  MUL_2(v, v, 1);
  arb_addmul(u, v, v, bits);
  SQRT(u, u);
  ADD(v, A, B);
  SUB(v, v, u);
  MUL_2(G2, G2, 1);
  DIV(out[1], v, G2);
}

/* to = d/(c-d) with c = plus zeta w (m + v^2), d = minus other v (n + w^2), w, v = wp +- shift */
static void occupation(
    ref to, ref wp, ref shift, ref plus, ref zeta, ref n, ref minus, ref other, ref m) {
  ref w = t[16], v = t[17], c = t[18], d = t[19], u = t[20];
  ADD(w, wp, shift);
  SUB(v, wp, shift);
  arb_set(u, m);
  arb_addmul(u, v, v, bits);
  MUL(c, plus, zeta);
  MUL(c, c, w);
  MUL(c, c, u);
  arb_set(u, n);
  arb_addmul(u, w, w, bits);
  MUL(d, minus, other);
  MUL(d, d, v);
  MUL(d, d, u);
  SUB(c, c, d);
  DIV(to, d, c);
}

static void driven_modes(arb_t *x) {
  ref wa = x[0], wb = x[1], wp = x[2], k = x[3], zeta1 = x[4], zeta2 = x[5], nu1 = x[6], nu2 = x[7];
  ref d = t[0], S = t[1], R = t[2], q = t[3], n1 = t[4], n2 = t[5], plus = t[6], minus = t[7];
  SUB(d, wa, wb);
  ADD(S, wa, wb);
  MUL_2(R, wp, 1);
  SUB(S, S, R);
  MUL_2(q, k, 1);
  SUB(R, S, q);
  ADD(q, S, q);
  MUL(R, R, q);
  SQRT(R, R);
  DIV(q, S, R);
  DIV_2(q, q, 1);
  arb_set_d(plus, 0.5);
  ADD(out[0], q, plus);
  SQRT(out[0], out[0]);
  SUB(out[1], q, plus);
  SQRT(out[1], out[1]);
  ADD(out[2], R, d);
  DIV_2(out[2], out[2], 1);
  SUB(out[3], R, d);
  DIV_2(out[3], out[3], 1);
  ADD(plus, S, R);
  SUB(minus, S, R);
  SQR(n1, nu1);
  SQR(n2, nu2);
  occupation(out[4], wp, out[2], plus, zeta1, n1, minus, zeta2, n2);
  occupation(out[5], wp, out[3], plus, zeta2, n2, minus, zeta1, n1);
}
