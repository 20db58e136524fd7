/* GMP's public names are macros, which Swift does not import; the __gmpz_ functions behind them
   import as they are. Only what exists as a macro body is wrapped here. */
#ifndef SEPARATRIX_CGMP_SHIM_H
#define SEPARATRIX_CGMP_SHIM_H
#include <gmp.h>

static inline int sx_mpz_sgn(mpz_srcptr z) { return mpz_sgn(z); }
static inline int sx_mpz_even(mpz_srcptr z) { return mpz_even_p(z); }

#endif
