/* Loops over doubles in vectors of four, which Swift cannot ask for on processors that may lack them.
   Each operation is that of scalar code, neither contracted nor reassociated: every bit is the same,
   whatever the width of the processor's vectors. */
#ifndef SEPARATRIX_CVECTOR_SHIM_H
#define SEPARATRIX_CVECTOR_SHIM_H

typedef double sx_numbers __attribute__((vector_size(32), aligned(8)));
typedef long long sx_masks __attribute__((vector_size(32)));

#define SX_LOAD(p) (*(const sx_numbers *)(p))
#define SX_STORE(p, value) (*(sx_numbers *)(p) = (value))
#define SX_ALL(x) ((sx_numbers){(x), (x), (x), (x)})

/* One loop: c = f(a, b) for `count` numbers; a step of 0 stands for one number in all places. */
#define SX_LOOP(name, attributes, f)                                                            \
  attributes static inline void name(                                                           \
      double *restrict c, const double *a, long a_step, const double *b, long b_step,           \
      long count) {                                                                             \
    long i = 0;                                                                                 \
    if (a_step && b_step) {                                                                     \
      for (; i + 8 <= count; i += 8) {                                                          \
        const sx_numbers x = SX_LOAD(a + i), x4 = SX_LOAD(a + i + 4);                           \
        const sx_numbers y = SX_LOAD(b + i), y4 = SX_LOAD(b + i + 4);                           \
        SX_STORE(c + i, f(x, y));                                                               \
        SX_STORE(c + i + 4, f(x4, y4));                                                         \
      }                                                                                         \
    } else if (a_step) {                                                                        \
      const sx_numbers y = SX_ALL(*b);                                                          \
      for (; i + 8 <= count; i += 8) {                                                          \
        const sx_numbers x = SX_LOAD(a + i), x4 = SX_LOAD(a + i + 4);                           \
        SX_STORE(c + i, f(x, y));                                                               \
        SX_STORE(c + i + 4, f(x4, y));                                                          \
      }                                                                                         \
    } else if (b_step) {                                                                        \
      const sx_numbers x = SX_ALL(*a);                                                          \
      for (; i + 8 <= count; i += 8) {                                                          \
        const sx_numbers y = SX_LOAD(b + i), y4 = SX_LOAD(b + i + 4);                           \
        SX_STORE(c + i, f(x, y));                                                               \
        SX_STORE(c + i + 4, f(x, y4));                                                          \
      }                                                                                         \
    }                                                                                           \
    for (; i < count; i++) {                                                                    \
      const sx_numbers x = SX_ALL(a[i * a_step]), y = SX_ALL(b[i * b_step]);                    \
      const sx_numbers value = f(x, y);                                                         \
      c[i] = value[0];                                                                          \
    }                                                                                           \
  }

/* y where `mask` is set, else x. */
#define SX_CHOICE(x, y, mask)                                                                   \
  ((sx_numbers)(((sx_masks)(y) & (mask)) | ((sx_masks)(x) & ~(mask))))

#define SX_SUM(x, y) ((x) + (y))
#define SX_DIFFERENCE(x, y) ((x) - (y))
#define SX_PRODUCT(x, y) ((x) * (y))
/* NaN for a divisor of zero: its bits are then all set. */
#define SX_QUOTIENT(x, y) ((x) / (sx_numbers)((sx_masks)(y) | (sx_masks)((y) == SX_ALL(0.0))))
/* The second where it is less, or greater or equal, or NaN; a first that is NaN stays. */
#define SX_MINIMUM(x, y) SX_CHOICE(x, y, (sx_masks)((y) < (x)) | (sx_masks)((y) != (y)))
#define SX_MAXIMUM(x, y) SX_CHOICE(x, y, (sx_masks)((y) >= (x)) | (sx_masks)((y) != (y)))
#define SX_NEGATIVE(x, y) (-(x))
/* The first, NaN where the second is zero or NaN. */
#define SX_GUARD(x, y)                                                                          \
  ((sx_numbers)((sx_masks)(x) | (sx_masks)((y) == SX_ALL(0.0)) | (sx_masks)((y) != (y))))
#define SX_ROOT(x, y) __builtin_elementwise_sqrt(x)

/* An operation as two loops, for every processor and for those with vectors of four. */
#if defined(__x86_64__)
static inline int sx_has_wide_vectors(void) { return __builtin_cpu_supports("avx2") != 0; }
#define SX_OPERATION(name, f)                                                                   \
  SX_LOOP(name##_wide, __attribute__((target("avx2"))), f)                                      \
  SX_LOOP(name##_plain, , f)                                                                    \
  static inline void name(                                                                      \
      int is_wide, double *c, const double *a, long a_step, const double *b, long b_step,       \
      long count) {                                                                             \
    if (is_wide)                                                                                \
      name##_wide(c, a, a_step, b, b_step, count);                                              \
    else                                                                                        \
      name##_plain(c, a, a_step, b, b_step, count);                                             \
  }
#else
static inline int sx_has_wide_vectors(void) { return 0; }
#define SX_OPERATION(name, f)                                                                   \
  SX_LOOP(name##_plain, , f)                                                                    \
  static inline void name(                                                                      \
      int is_wide, double *c, const double *a, long a_step, const double *b, long b_step,       \
      long count) {                                                                             \
    (void)is_wide;                                                                              \
    name##_plain(c, a, a_step, b, b_step, count);                                               \
  }
#endif

SX_OPERATION(sx_add, SX_SUM)
SX_OPERATION(sx_subtract, SX_DIFFERENCE)
SX_OPERATION(sx_multiply, SX_PRODUCT)
SX_OPERATION(sx_divide, SX_QUOTIENT)
SX_OPERATION(sx_minimum, SX_MINIMUM)
SX_OPERATION(sx_maximum, SX_MAXIMUM)
SX_OPERATION(sx_negate, SX_NEGATIVE)
SX_OPERATION(sx_root, SX_ROOT)
SX_OPERATION(sx_guard_nonzero, SX_GUARD)

#undef SX_LOAD
#undef SX_STORE
#undef SX_ALL
#undef SX_LOOP
#undef SX_CHOICE
#undef SX_SUM
#undef SX_DIFFERENCE
#undef SX_PRODUCT
#undef SX_QUOTIENT
#undef SX_MINIMUM
#undef SX_MAXIMUM
#undef SX_NEGATIVE
#undef SX_GUARD
#undef SX_ROOT
#undef SX_OPERATION
#endif
