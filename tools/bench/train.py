"""The network of the course in plain Python, for tools/bench.mjs: the same arguments, input and output as train.c."""

import math
import sys
import time


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


def gelu_slope(x):
    return math.erfc(-x * math.sqrt(0.5)) / 2 + x * math.exp(-x * x / 2) / math.sqrt(2 * math.pi)


FUNCTIONS = {
    "sigmoid": (sigmoid, lambda x: sigmoid(x) * sigmoid(-x)),
    "relu": (lambda x: x if x > 0 else 0.0, lambda x: 1.0 if x > 0 else 0.0),
    "gelu": (lambda x: x * math.erfc(-x * math.sqrt(0.5)) / 2, gelu_slope),
}

fn, slope = FUNCTIONS[sys.argv[1]]
epochs = int(sys.argv[2])
numbers = [float(word) for word in sys.stdin.read().split()]
n = int(numbers.pop(0))
samples = [tuple(numbers[3 * i : 3 * i + 3]) for i in range(n)]
weights = numbers[3 * n :]
w1 = [weights[2 * u : 2 * u + 2] for u in range(8)]
w2 = weights[16:]
b1 = [0.0] * 8
b2 = 0.0
step = 0.1

start = time.perf_counter()
for _ in range(epochs):
    loss = 0.0
    for x, y, label in samples:
        z = [b + w[0] * x + w[1] * y for w, b in zip(w1, b1)]
        h = [fn(value) for value in z]
        out = sigmoid(sum(w * value for w, value in zip(w2, h)) + b2)
        error = out - label
        d = error * out * (1 - out)
        for u in range(8):
            dz = d * w2[u] * slope(z[u])
            w2[u] -= step * d * h[u]
            w1[u][0] -= step * dz * x
            w1[u][1] -= step * dz * y
            b1[u] -= step * dz
        b2 -= step * d
        loss += error * error
print(repr(loss / n), time.perf_counter() - start)
