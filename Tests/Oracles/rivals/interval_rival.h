/* The closed forms as written, over a type of enclosures, for the rivals whose interface has the same
   shape: MPFI's intervals and Arb's balls. The including file defines the type `num`, a parameter by
   value `ref`, and the operations below, each with its result first:

     ADD SUB MUL DIV SQR NEG SQRT EXP        on two or one operands
     ADD_UI SUB_UI UI_SUB MUL_UI UI_DIV      with a small integer
     MUL_2 DIV_2                             by a power of two
     POSITIVE_PART                           the maximum with zero */
enum { TEMPORARIES = 24 };

static num point[MAX_POINTS][MAX_INPUTS], t[TEMPORARIES], out[MAX_OUTPUTS], pi;
static int points, inputs, outputs;
static long bits;
static char workload;

static void reset_qubits(num *x) {
  ref g = x[0], c = x[1], r = x[2], q = t[0], s = t[1], n = t[2], g2 = t[3], u = t[4], d = t[5];
  DIV_2(q, c, 1);
  ADD(q, r, q);
  ADD(s, r, c);
  SQR(n, q);
  MUL(n, c, n);
  SQR(g2, g);
  MUL(u, g2, s);
  ADD(n, n, u);
  MUL(u, r, g);
  MUL(u, u, s);
  SUB(n, n, u);
  MUL_2(g2, g2, 1);
  MUL(d, q, s);
  ADD(d, g2, d);
  MUL_2(s, s, 1);
  MUL(d, s, d);
  DIV(n, n, d);
  NEG(n, n);
  POSITIVE_PART(out[0], n);
}

static void two_quotients(ref to, ref a1, ref b1, ref a2, ref b2) {
  DIV(to, a1, b1);
  DIV(t[23], a2, b2);
  ADD(to, to, t[23]);
}

static void two_bath_qubits(num *x) {
  ref delta = x[0], T1 = x[1], T2 = x[2], J1 = x[3], J2 = x[4], K1 = x[5], K2 = x[6], xi = x[7];
  ref down1 = t[0], down2 = t[1], up1 = t[2], up2 = t[3];
  ref gamma = t[4], beta = t[5], eta = t[6], etap = t[7];
  DIV(up1, delta, T1);
  NEG(down1, up1);
  EXP(down1, down1);
  UI_SUB(down1, 1, down1);
  EXP(up1, up1);
  UI_SUB(up1, 1, up1);
  DIV(up2, delta, T2);
  NEG(down2, up2);
  EXP(down2, down2);
  UI_SUB(down2, 1, down2);
  EXP(up2, up2);
  UI_SUB(up2, 1, up2);

  two_quotients(gamma, J1, down1, J2, down2);
  two_quotients(eta, J1, up1, J2, up2);
  NEG(eta, eta);
  DIV(eta, eta, gamma);
  two_quotients(beta, K1, down1, K2, down2);
  two_quotients(etap, K1, up1, K2, up2);
  NEG(etap, etap);
  DIV(etap, etap, beta);

  ref ratio = t[8], difference = t[9], eta2 = t[10], z = t[11], z3 = t[12];
  ref c = out[0], d = t[13], u = t[14], v = t[15], w = t[16];
  DIV(ratio, gamma, beta);
  SUB(difference, etap, eta);
  SQR(eta2, eta);
  ADD_UI(z, eta, 1);
  MUL(c, ratio, difference);
  UI_SUB(u, 1, eta2);
  MUL(c, c, u);
  SQR(d, difference);
  MUL_2(d, d, 2);
  SQR(u, ratio);
  SQR(v, z);
  MUL(z3, v, z);
  MUL(u, u, z3);
  ADD(w, z, xi);
  MUL(u, u, w);
  ADD(d, d, u);
  MUL_UI(u, eta2, 3);
  ADD_UI(u, u, 1);
  MUL_UI(w, etap, 3);
  ADD(u, u, w);
  MUL(w, etap, eta2);
  ADD(u, u, w);
  ADD_UI(w, etap, 1);
  MUL(u, w, u);
  SUB(d, d, u);
  DIV(c, c, d);

  ref b = t[16], s = t[17], sum = t[18], p1 = t[19], p4 = t[20];
  MUL(b, c, beta);
  DIV(b, b, gamma);
  DIV(b, b, z3);
  MUL(s, etap, eta);
  ADD(s, s, etap);
  SUB(s, s, eta);
  SUB_UI(s, s, 1);
  MUL_2(s, s, 1);
  ADD(sum, eta, etap);
  MUL(sum, z, sum);
  SUB(u, sum, s);
  MUL(u, b, u);
  UI_DIV(p1, 1, v);
  ADD(p1, p1, u);
  MUL(s, eta, s);
  ADD(u, sum, s);
  MUL(u, b, u);
  DIV(p4, eta2, v);
  ADD(p4, p4, u);

  SUB(u, p1, p4);
  SQR(u, u);
  SQR(v, c);
  MUL_2(v, v, 2);
  ADD(u, u, v);
  SQRT(u, u);
  DIV_2(u, u, 1);
  ADD(v, p1, p4);
  DIV_2(v, v, 1);
  SUB(out[1], v, u);
}

static void rate(ref to, ref amplitude, ref pi_zeta, ref nu2, ref pump, ref shift, int sign) {
  ref w = t[22], u = t[23];
  if (sign > 0)
    ADD(w, pump, shift);
  else
    SUB(w, pump, shift);
  SQR(u, w);
  ADD(u, nu2, u);
  MUL(w, pi_zeta, w);
  DIV(w, w, u);
  MUL(to, amplitude, w);
}

static void driven_modes(num *x) {
  ref wa = x[0], wb = x[1], wp = x[2], k = x[3], zeta1 = x[4], zeta2 = x[5], nu1 = x[6], nu2 = x[7];
  ref D1 = t[0], D2 = t[1], S = t[2], S2 = t[3], k2 = t[4], R2 = t[5], q = t[6], u = t[7];
  SUB(D1, wa, wp);
  SUB(D2, wb, wp);
  ADD(S, D1, D2);
  SQR(S2, S);
  SQR(k2, k);
  MUL_2(R2, k2, 2);
  SUB(R2, S2, R2);
  DIV(q, S2, R2);
  SQRT(q, q);

  ADD_UI(out[0], q, 1);
  DIV_2(out[0], out[0], 1);
  SQRT(out[0], out[0]);
  SUB_UI(out[1], q, 1);
  DIV_2(out[1], out[1], 1);
  SQRT(out[1], out[1]);

  SQRT(R2, R2);
  MUL_2(k2, k2, 1);
  DIV(k2, k2, R2);
  MUL(u, S, q);
  DIV_2(u, u, 1);
  SUB(D1, D1, D2);
  DIV_2(D1, D1, 1);
  SUB(out[2], D1, k2);
  ADD(out[2], out[2], u);
  NEG(D1, D1);
  SUB(out[3], D1, k2);
  ADD(out[3], out[3], u);

  ref alpha2 = t[8], beta2 = t[9], pz1 = t[10], pz2 = t[11], n1 = t[12], n2 = t[13];
  ref C = t[14], D = t[15], E = t[16], F = t[17];
  SQR(alpha2, out[0]);
  SQR(beta2, out[1]);
  MUL(pz1, pi, zeta1);
  MUL(pz2, pi, zeta2);
  SQR(n1, nu1);
  SQR(n2, nu2);
  rate(C, alpha2, pz1, n1, wp, out[2], 1);
  rate(D, beta2, pz2, n2, wp, out[2], -1);
  rate(E, alpha2, pz2, n2, wp, out[3], 1);
  rate(F, beta2, pz1, n1, wp, out[3], -1);
  SUB(C, C, D);
  DIV(out[4], D, C);
  SUB(E, E, F);
  DIV(out[5], F, E);
}
