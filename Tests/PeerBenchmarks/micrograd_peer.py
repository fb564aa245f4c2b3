"""micrograd: `micrograd_peer.py REPEATS`: the network of its demonstration, 2-16-16-1, on 100 points, hinge loss.

One step builds the graph, runs it forward and backward, and updates.
"""

import random
import sys
from importlib.metadata import version

from micrograd.engine import Value
from micrograd.nn import MLP
from workloads import report, times

random.seed(1)
network = MLP(2, [16, 16, 1])
points = [(random.uniform(-1, 1), random.uniform(-1, 1)) for _ in range(100)]
labels = [1 if x * y > 0 else -1 for x, y in points]


def loss():
    scores = [network([Value(x), Value(y)]) for x, y in points]
    return sum((1 - label * score).relu() for label, score in zip(labels, scores)) * (1 / len(points))


def steps(count):
    for _ in range(count):
        total = loss()
        network.zero_grad()
        total.backward()
        for parameter in network.parameters():
            parameter.data -= 0.1 * parameter.grad


report("micrograd", version("micrograd"), **{"scalar-step": times(steps, int(sys.argv[1]))})
