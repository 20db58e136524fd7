/* The closed forms in C with Arb's balls, in place: as written, or, compiled with -DREWRITTEN, as
   somebody would who has the time to rearrange them by hand. */
#include <mpfr.h>
#if __has_include(<flint/arb.h>)
#include <flint/arb.h>
#else
#include <arb.h>
#endif
#include "protocol.h"

typedef arb_t num;
typedef arb_ptr ref;
#define ADD(x, a, b) arb_add(x, a, b, bits)
#define SUB(x, a, b) arb_sub(x, a, b, bits)
#define MUL(x, a, b) arb_mul(x, a, b, bits)
#define DIV(x, a, b) arb_div(x, a, b, bits)
#define SQR(x, a) arb_sqr(x, a, bits)
#define NEG(x, a) arb_neg(x, a)
#define SQRT(x, a) arb_sqrt(x, a, bits)
#define EXP(x, a) arb_exp(x, a, bits)
#define ADD_UI(x, a, n) arb_add_ui(x, a, n, bits)
#define SUB_UI(x, a, n) arb_sub_ui(x, a, n, bits)
#define UI_SUB(x, n, a) (arb_sub_ui(x, a, n, bits), arb_neg(x, x))
#define MUL_UI(x, a, n) arb_mul_ui(x, a, n, bits)
#define UI_DIV(x, n, a) arb_ui_div(x, n, a, bits)
#define MUL_2(x, a, n) arb_mul_2exp_si(x, a, n)
#define DIV_2(x, a, n) arb_mul_2exp_si(x, a, -(n))
#define POSITIVE_PART(x, a) positive_part(x, a)

static long bits;
static void positive_part(arb_t x, const arb_t a) {
  if (arb_is_nonpositive(a)) {
    arb_zero(x);
  } else if (arb_is_nonnegative(a)) {
    arb_set(x, a);
  } else { /* from 0 to the upper end */
    arf_t zero, upper;
    arf_init(zero);
    arf_init(upper);
    arb_get_ubound_arf(upper, a, bits);
    arb_set_interval_arf(x, zero, upper, bits);
    arf_clear(upper);
  }
}

#ifdef REWRITTEN
#include "arb_rewritten.h"
#else
#include "interval_rival.h"
#endif

#define INIT(x, bits) arb_init(x)
#define CLEAR(x) arb_clear(x)
#define READ(x, text) arb_set_str(x, text, bits)
#define SET_PI(x) arb_const_pi(x, bits)
#define PRINT(x) print(x)

static void print(const arb_t x) {
  mpfr_t middle;
  mpfr_init2(middle, bits + 2);
  arf_get_mpfr(middle, arb_midref(x), MPFR_RNDN);
  mpfr_printf("%.*Re", (int)(bits * 0.30103 + 3), middle);
  mpfr_clear(middle);
}

#include "enclosure_loop.h"

static void rival_name(void) {
#ifdef REWRITTEN
  printf("C with Arb %s, rewritten by hand\n", arb_version);
#else
  printf("C with Arb %s\n", arb_version);
#endif
}
