/* Variables, points and the loop of the rivals that compute with enclosures. The including file also
   defines, for its type: INIT(x, bits), CLEAR(x), READ(x, text), SET_PI(x), PRINT(x). */
static int rival_prepare(char name, long precision, int count, int width, char **text) {
  static int was_initialised;
  if (precision < 2) return 0;
  if (was_initialised) {
    for (int i = 0; i < points; i++)
      for (int k = 0; k < inputs; k++) CLEAR(point[i][k]);
    for (int k = 0; k < TEMPORARIES; k++) CLEAR(t[k]);
    for (int k = 0; k < MAX_OUTPUTS; k++) CLEAR(out[k]);
    CLEAR(pi);
  }
  was_initialised = 1;
  bits = precision;
  points = count;
  inputs = width;
  workload = name;
  outputs = name == 'a' ? 1 : name == 'b' ? 2 : 6;
  for (int i = 0; i < points; i++)
    for (int k = 0; k < inputs; k++) {
      INIT(point[i][k], bits);
      READ(point[i][k], text[i * inputs + k]);
    }
  for (int k = 0; k < TEMPORARIES; k++) INIT(t[k], bits);
  for (int k = 0; k < MAX_OUTPUTS; k++) INIT(out[k], bits);
  INIT(pi, bits);
  SET_PI(pi);
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
  for (int k = 0; k < outputs; k++) {
    if (k) putchar(' ');
    PRINT(out[k]);
  }
}
