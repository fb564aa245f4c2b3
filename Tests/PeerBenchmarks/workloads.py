"""What every peer is asked to do: the same sizes as `gan bench`, and one way of timing for all of them.

A step of a game: a discriminator's update and then a generator's, on fresh real samples and fresh noise, by
Adam(1e-3, 0.5, 0.999), with ReLU and the logistic loss. The data are a ring of eight bumps, radius 1, standard
deviation 0.01; the noise is normal, two numbers a point.
"""

import json
import sys
import time
from dataclasses import dataclass

MODES, RADIUS, DEVIATION = 8, 1.0, 0.01
RATE, BETA1, BETA2, EPSILON = 1e-3, 0.5, 0.999, 1e-8


@dataclass(frozen=True)
class Size:
    """A game's size."""

    name: str
    width: int
    hidden: int
    batch: int

    def layers(self, outputs):
        """The widths from the two inputs to the outputs."""
        return [2] + [self.width] * self.hidden + [outputs]


SIZES = {
    size.name: size
    for size in (Size("S", 16, 2, 128), Size("M", 128, 2, 256), Size("L", 512, 3, 256))
}
PENALTY = 10.0  # the weight of WGAN-GP's gradient penalty


def times(run, most):
    """Microseconds for one of what `run(count)` does so many of, timed as `gan bench` does it: after a warm-up, repeats
    of at least 5 ms each, at most so many, and no more than three that together take longer than 3 s."""

    def seconds(count):
        start = time.perf_counter()
        run(count)
        return time.perf_counter() - start

    seconds(1)  # compilation, if there is any
    count = 1
    while seconds(count) < 0.005:
        count *= 2
    taken = []
    while len(taken) < most and (len(taken) < 3 or sum(taken) < 3):
        taken.append(seconds(count))
    return [total / count * 1e6 for total in taken]


def report(peer, version, **timings):
    """Prints what was measured, for `run` to read: {workload: [microseconds, ...]}."""
    json.dump({"peer": peer, "version": version, "times_us": timings}, sys.stdout)
    print()
