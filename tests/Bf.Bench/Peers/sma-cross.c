// The grid of crossing averages in the manner of vectorbt: rolling sums of each length, then entries and exits as arrays for each pair,
// then a simulation that goes through every bar. Averages are compared exactly, on ticks, so that results can be compared too.
// sma-cross CLOSES FAST_FROM FAST_TO SLOW_FROM SLOW_TO CAPITAL FEES REPEAT; CLOSES: doubles, little-endian.
// Prints the milliseconds of each repetition, an empty line, then orders and final value of each pair, fast by fast.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <math.h>
#include <time.h>

static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1e3 + t.tv_nsec / 1e6; }

static void rolling(const int64_t *ticks, int n, int length, int64_t *sums) {
  int64_t sum = 0;
  for (int i = 0; i < n; i++) {
    sum += ticks[i] - (i >= length ? ticks[i - length] : 0);
    sums[i] = sum;
  }
}

static void signals(const int64_t *fast, const int64_t *slow, int n, int f, int s, uint8_t *entries, uint8_t *exits) {
  int was_above = 0, was_below = 0, ever_above = 0, ever_below = 0;
  for (int i = 0; i < n; i++) {
    int above = 0, below = 0;
    if (i >= s - 1) {
      int64_t a = fast[i] * s, b = slow[i] * f;
      above = a > b;
      below = a < b;
    }
    entries[i] = above & !was_above & ever_below;
    exits[i] = below & !was_below & ever_above;
    was_above = above; was_below = below; ever_above |= above; ever_below |= below;
  }
}

static double simulate(const double *close, int n, const uint8_t *entries, const uint8_t *exits, double capital, double fees, int *orders) {
  double cash = capital, shares = 0;
  for (int i = 0; i < n; i++) {
    if (entries[i] && shares == 0) {
      shares = cash / (close[i] * (1 + fees));
      cash = 0;
      ++*orders;
    } else if (exits[i] && shares > 0) {
      cash = shares * close[i] * (1 - fees);
      shares = 0;
      ++*orders;
    }
  }
  return cash + shares * close[n - 1];
}

int main(int argc, char **argv) {
  if (argc != 9) return 2;
  int f0 = atoi(argv[2]), f1 = atoi(argv[3]), s0 = atoi(argv[4]), s1 = atoi(argv[5]), repeat = atoi(argv[8]);
  double capital = atof(argv[6]), fees = atof(argv[7]);
  FILE *file = fopen(argv[1], "rb");
  if (!file) return 1;
  fseek(file, 0, SEEK_END);
  int n = (int)(ftell(file) / 8), nf = f1 - f0 + 1, ns = s1 - s0 + 1;
  rewind(file);
  double *close = malloc(n * 8);
  if (fread(close, 8, n, file) != (size_t)n) return 1;
  double *values = malloc(nf * ns * 8);
  int *orders = malloc(nf * ns * sizeof(int));
  for (int r = 0; r < repeat; r++) {
    double start = now();
    int64_t *ticks = malloc(n * 8), *fast = malloc((size_t)n * nf * 8), *slow = malloc((size_t)n * ns * 8);
    uint8_t *entries = malloc(n), *exits = malloc(n);
    for (int i = 0; i < n; i++) ticks[i] = llround(close[i] * 1e6);
    for (int f = 0; f < nf; f++) rolling(ticks, n, f0 + f, fast + (size_t)f * n);
    for (int s = 0; s < ns; s++) rolling(ticks, n, s0 + s, slow + (size_t)s * n);
    for (int f = 0; f < nf; f++)
      for (int s = 0; s < ns; s++) {
        int at = f * ns + s;
        orders[at] = 0;
        signals(fast + (size_t)f * n, slow + (size_t)s * n, n, f0 + f, s0 + s, entries, exits);
        values[at] = simulate(close, n, entries, exits, capital, fees, &orders[at]);
      }
    free(ticks); free(fast); free(slow); free(entries); free(exits);
    printf("%.4f\n", now() - start);
  }
  printf("\n");
  for (int at = 0; at < nf * ns; at++) printf("%d %.17g\n", orders[at], values[at]);
  return 0;
}
