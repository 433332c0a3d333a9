/* The network of the course in plain C: what tools/bench.mjs compares with.
 * train ACTIVATION EPOCHS < samples; prints the last epoch's loss and the seconds of the training.
 * Input: the number of samples, then x1 x2 label a sample, then 8 x 2 w1, 8 w2. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { HIDDEN = 8, INPUTS = 2, MOST_SAMPLES = 1000000 };

static double sigmoid(double x) { return 1 / (1 + exp(-x)); }
static double sigmoid_slope(double x) { return sigmoid(x) * sigmoid(-x); }
static double relu(double x) { return x > 0 ? x : 0; }
static double relu_slope(double x) { return x > 0; }
static double gelu(double x) { return x * erfc(-x * M_SQRT1_2) / 2; }
static double gelu_slope(double x) {
  return erfc(-x * M_SQRT1_2) / 2 + x * exp(-x * x / 2) / sqrt(2 * M_PI);
}

static double xs[MOST_SAMPLES][INPUTS], labels[MOST_SAMPLES];
static double w1[HIDDEN][INPUTS], b1[HIDDEN], w2[HIDDEN], b2;

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  double (*fn)(double) = !strcmp(argv[1], "sigmoid") ? sigmoid : !strcmp(argv[1], "relu") ? relu : gelu;
  double (*slope)(double) = fn == sigmoid ? sigmoid_slope : fn == relu ? relu_slope : gelu_slope;
  int epochs = atoi(argv[2]), n;
  if (scanf("%d", &n) != 1 || n > MOST_SAMPLES) return 2;
  for (int i = 0; i < n; i++) if (scanf("%lf %lf %lf", &xs[i][0], &xs[i][1], &labels[i]) != 3) return 2;
  for (int u = 0; u < HIDDEN; u++) if (scanf("%lf %lf", &w1[u][0], &w1[u][1]) != 2) return 2;
  for (int u = 0; u < HIDDEN; u++) if (scanf("%lf", &w2[u]) != 1) return 2;

  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  double loss = 0, step = 0.1;
  for (int epoch = 0; epoch < epochs; epoch++) {
    loss = 0;
    for (int i = 0; i < n; i++) {
      double z[HIDDEN], h[HIDDEN], logit = b2;
      for (int u = 0; u < HIDDEN; u++) {
        z[u] = b1[u] + w1[u][0] * xs[i][0] + w1[u][1] * xs[i][1];
        h[u] = fn(z[u]);
        logit += w2[u] * h[u];
      }
      double out = sigmoid(logit), error = out - labels[i], d = error * out * (1 - out);
      for (int u = 0; u < HIDDEN; u++) {
        double dz = d * w2[u] * slope(z[u]);
        w2[u] -= step * d * h[u];
        for (int j = 0; j < INPUTS; j++) w1[u][j] -= step * dz * xs[i][j];
        b1[u] -= step * dz;
      }
      b2 -= step * d;
      loss += error * error;
    }
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  printf("%.17g %.9f\n", loss / n, (end.tv_sec - start.tv_sec) + (end.tv_nsec - start.tv_nsec) * 1e-9);
}
