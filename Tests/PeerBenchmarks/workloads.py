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
    """A game's size, and how many steps make one timing long enough and no longer."""

    name: str
    width: int
    hidden: int
    batch: int
    steps: int

    def layers(self, outputs):
        """The widths from the two inputs to the outputs."""
        return [2] + [self.width] * self.hidden + [outputs]


SIZES = {
    size.name: size
    for size in (Size("S", 16, 2, 128, 300), Size("M", 128, 2, 256, 60), Size("L", 512, 3, 256, 5))
}
PENALTY = 10.0  # the weight of WGAN-GP's gradient penalty


def times(run, count, repeats):
    """Microseconds for one of `count` things that `run(count)` does, over several repeats after a warm-up."""
    run(count)
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        run(count)
        taken.append((time.perf_counter() - start) / count * 1e6)
    return taken


def report(peer, version, **timings):
    """Prints what was measured, for `run` to read: {workload: [microseconds, ...]}."""
    json.dump({"peer": peer, "version": version, "times_us": timings}, sys.stdout)
    print()
