/* Exact algebra in C with FLINT: fmpz_mpoly, and fmpq_mat by Dixon lifting. w2_protocol.py says what is asked. */
#define _GNU_SOURCE
#include <flint/flint.h>
#include <flint/fmpz.h>
#include <flint/fmpq_mat.h>
#include <flint/fmpz_mpoly.h>
#include <flint/fmpz_mpoly_factor.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { VARIABLES = 4, MAX_LINES = 512, MAX_POINTS = 8 };

static const char *names[] = {"x", "y", "z", "w"};
static fmpz_mpoly_ctx_t ring;
static fmpz_mpoly_t given[MAX_LINES], found[MAX_LINES];
static int given_count, found_count;
static char kind[16];
static fmpz points[MAX_POINTS][VARIABLES];
static int point_count;
static fmpq_mat_t matrix, right_side, solution;

static void factor_all(void) {
  fmpz_mpoly_factor_t factors;
  fmpz_mpoly_factor_init(factors, ring);
  found_count = 0;
  for (int i = 0; i < given_count; i++) {
    if (!fmpz_mpoly_factor(factors, given[i], ring)) exit(1);
    for (slong k = 0; k < fmpz_mpoly_factor_length(factors, ring); k++) {
      slong times = fmpz_mpoly_factor_get_exp_si(factors, k, ring);
      for (slong copy = 0; copy < times; copy++) {
        if (found_count >= MAX_LINES) exit(1);
        fmpz_mpoly_factor_get_base(found[found_count++], factors, k, ring);
      }
    }
  }
  fmpz_mpoly_factor_clear(factors, ring);
}

static void solve(void) {
  if (!strcmp(kind, "product")) {
    fmpz_mpoly_mul(found[0], given[0], given[1], ring);
    found_count = 1;
  } else if (!strcmp(kind, "gcd")) {
    if (!fmpz_mpoly_gcd(found[0], given[0], given[1], ring)) exit(1);
    found_count = 1;
  } else if (!strcmp(kind, "factors")) {
    factor_all();
  } else if (!strcmp(kind, "rationalSolve")) {
    if (!fmpq_mat_solve_dixon(solution, matrix, right_side)) exit(1);
    found_count = 2 * fmpq_mat_nrows(solution);
  } else {
    fmpz_mpoly_t common;
    fmpz_mpoly_init(common, ring);
    for (int i = 0; i + 1 < given_count; i += 2)
      if (!fmpz_mpoly_gcd_cofactors(common, found[i], found[i + 1], given[i], given[i + 1], ring)) exit(1);
    fmpz_mpoly_clear(common, ring);
    found_count = given_count;
  }
}

static char *read_line(void) {
  static char *line = NULL;
  static size_t capacity = 0;
  ssize_t length = getline(&line, &capacity, stdin);
  if (length < 1) exit(1);
  if (line[length - 1] == '\n') line[length - 1] = 0;
  return line;
}

/* The first line is the denominator of all that follows, rows with the right side last. */
static void read_system(long size) {
  fmpz_t denominator, number;
  fmpz_init(denominator);
  fmpz_init(number);
  fmpz_set_str(denominator, read_line(), 10);
  fmpq_mat_init(matrix, size, size);
  fmpq_mat_init(right_side, size, 1);
  fmpq_mat_init(solution, size, 1);
  for (long i = 0; i < size; i++) {
    char *word = strtok(read_line(), " ");
    for (long j = 0; j <= size && word; j++, word = strtok(NULL, " ")) {
      fmpz_set_str(number, word, 10);
      fmpq_set_fmpz_frac(j < size ? fmpq_mat_entry(matrix, i, j) : fmpq_mat_entry(right_side, i, 0), number, denominator);
    }
  }
  fmpz_clear(denominator);
  fmpz_clear(number);
}

static void prepare(const char *request) {
  unsigned long exponent;
  if (sscanf(request, "task %15s %lu %d %d", kind, &exponent, &point_count, &given_count) != 4) exit(1);
  if (point_count > MAX_POINTS || given_count > MAX_LINES) exit(1);
  for (int i = 0; i < point_count; i++) {
    char *word = strtok(read_line(), " \n");
    for (int k = 0; k < VARIABLES && word; k++, word = strtok(NULL, " \n")) fmpz_set_str(&points[i][k], word, 10);
  }
  if (!strcmp(kind, "rationalSolve")) {
    read_system(exponent);
    puts("ready");
    return;
  }
  if (!strcmp(kind, "steadyState")) {
    for (int i = 0; i < given_count; i++) read_line();
    puts("unsupported");
    return;
  }
  for (int i = 0; i < given_count; i++)
    if (fmpz_mpoly_set_str_pretty(given[i], read_line(), names, ring)) exit(1);
  if (!strcmp(kind, "product")) {
    fmpz_mpoly_pow_ui(given[0], given[0], exponent, ring);
    fmpz_mpoly_add_ui(given[1], given[0], 1, ring);
  }
  int known = !strcmp(kind, "product") || !strcmp(kind, "gcd") || !strcmp(kind, "fractions") || !strcmp(kind, "factors");
  puts(known ? "ready" : "unsupported");
}

int main(void) {
  fmpz_mpoly_ctx_init(ring, VARIABLES, ORD_LEX);
  for (int i = 0; i < MAX_LINES; i++) {
    fmpz_mpoly_init(given[i], ring);
    fmpz_mpoly_init(found[i], ring);
  }
  printf("C with FLINT %s\n", FLINT_VERSION);
  fflush(stdout);
  char *request = NULL;
  size_t capacity = 0;
  while (getline(&request, &capacity, stdin) > 0) {
    if (!strncmp(request, "task ", 5)) {
      prepare(request);
    } else if (!strncmp(request, "values", 6)) {
      fmpz_t value;
      fmpz_init(value);
      solve();
      printf("%d\n", found_count);
      for (int i = 0; i < found_count; i++) {
        for (int k = 0; k < point_count; k++) {
          fmpz *point[VARIABLES];
          for (int v = 0; v < VARIABLES; v++) point[v] = &points[k][v];
          if (!strcmp(kind, "rationalSolve")) {
            const fmpq *x = fmpq_mat_entry(solution, i / 2, 0);
            fmpz_set(value, i % 2 ? fmpq_denref(x) : fmpq_numref(x));
          } else if (!fmpz_mpoly_evaluate_all_fmpz(value, found[i], point, ring)) return 1;
          if (k) putchar(' ');
          fmpz_print(value);
        }
        putchar('\n');
      }
      fmpz_clear(value);
    } else {
      long count;
      struct timespec start, end;
      if (sscanf(request, "run %ld", &count) != 1) return 1;
      clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
      for (long i = 0; i < count; i++) solve();
      clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
      printf("%lld\n", (end.tv_sec - start.tv_sec) * 1000000000LL + end.tv_nsec - start.tv_nsec);
    }
    fflush(stdout);
  }
  return 0;
}
