/* What mpfr.h offers only as macros, under names that Swift imports. */
#ifndef SEPARATRIX_CMPFR_SHIM_H
#define SEPARATRIX_CMPFR_SHIM_H
#include <gmp.h>
#include <mpfr.h>

static inline int sx_mpfr_sgn(mpfr_srcptr x) { return mpfr_sgn(x); }

#endif
