/* The closed forms as written, in C with MPFI's intervals, in place. */
#include <mpfi.h>
#include <mpfi_io.h>
#include "protocol.h"

typedef mpfi_t num;
typedef mpfi_ptr ref;
#define ADD(x, a, b) mpfi_add(x, a, b)
#define SUB(x, a, b) mpfi_sub(x, a, b)
#define MUL(x, a, b) mpfi_mul(x, a, b)
#define DIV(x, a, b) mpfi_div(x, a, b)
#define SQR(x, a) mpfi_sqr(x, a)
#define NEG(x, a) mpfi_neg(x, a)
#define SQRT(x, a) mpfi_sqrt(x, a)
#define EXP(x, a) mpfi_exp(x, a)
#define ADD_UI(x, a, n) mpfi_add_ui(x, a, n)
#define SUB_UI(x, a, n) mpfi_sub_ui(x, a, n)
#define UI_SUB(x, n, a) mpfi_ui_sub(x, n, a)
#define MUL_UI(x, a, n) mpfi_mul_ui(x, a, n)
#define UI_DIV(x, n, a) mpfi_ui_div(x, n, a)
#define MUL_2(x, a, n) mpfi_mul_2ui(x, a, n)
#define DIV_2(x, a, n) mpfi_div_2ui(x, a, n)
#define POSITIVE_PART(x, a) positive_part(x, a)

static void positive_part(mpfi_ptr x, mpfi_srcptr a) {
  mpfi_set(x, a);
  if (mpfr_sgn(&x->left) < 0) mpfr_set_zero(&x->left, 1);
  if (mpfr_sgn(&x->right) < 0) mpfr_set_zero(&x->right, 1);
}

#include "interval_rival.h"

#define INIT(x, bits) mpfi_init2(x, bits)
#define CLEAR(x) mpfi_clear(x)
#define READ(x, text) mpfi_set_str(x, text, 10)
#define SET_PI(x) mpfi_const_pi(x)
#define PRINT(x) print(x)

static void print(mpfi_srcptr x) {
  mpfr_t middle;
  mpfr_init2(middle, bits + 2);
  mpfi_mid(middle, x);
  mpfr_printf("%.*Re", (int)(bits * 0.30103 + 3), middle);
  mpfr_clear(middle);
}

#include "enclosure_loop.h"

static void rival_name(void) { printf("C with MPFI %s\n", mpfi_get_version()); }
