"""JAX: `jax_peer.py call|loop THREADS REPEATS WORKLOAD...`.

Call is one compiled step at a time from Python, loop a compiled loop of many steps.
"""

import math
import os
import sys

MODE, THREADS, REPEATS, *NAMES = sys.argv[1:]
# XLA reads this when it is loaded.
os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["XLA_FLAGS"] = (
    f"--xla_cpu_multi_thread_eigen={'true' if int(THREADS) > 1 else 'false'} intra_op_parallelism_threads={THREADS}"
)

import jax
import jax.numpy as jnp
from jax.nn import relu, softplus
from workloads import BETA1, BETA2, DEVIATION, EPSILON, MODES, PENALTY, RADIUS, RATE, SIZES, report, times


def network(key, widths):
    keys = jax.random.split(key, len(widths) - 1)
    return [
        (jax.random.normal(key, (before, after)) * math.sqrt(2 / before), jnp.zeros(after))
        for key, before, after in zip(keys, widths, widths[1:])
    ]


def applied(layers, points):
    for weights, bias in layers[:-1]:
        points = relu(points @ weights + bias)
    weights, bias = layers[-1]
    return points @ weights + bias


def ring(key, count):
    which, where = jax.random.split(key)
    angle = jax.random.randint(which, (count,), 0, MODES) * (2 * math.pi / MODES)
    centres = RADIUS * jnp.stack([jnp.cos(angle), jnp.sin(angle)], axis=1)
    return centres + DEVIATION * jax.random.normal(where, (count, 2))


def adam(player, slopes, time):
    parameters, first, second = player
    first = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g, first, slopes)
    second = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, second, slopes)
    rate = RATE * jnp.sqrt(1 - BETA2**time) / (1 - BETA1**time)
    root = EPSILON * jnp.sqrt(1 - BETA2**time)
    parameters = jax.tree.map(lambda p, m, v: p - rate * m / (jnp.sqrt(v) + root), parameters, first, second)
    return parameters, first, second


def logistic_of_d(discriminator, real, fake, _):
    return softplus(-applied(discriminator, real)).mean() + softplus(applied(discriminator, fake)).mean()


def logistic_of_g(generator, discriminator, noise):
    return softplus(-applied(discriminator, applied(generator, noise))).mean()


def critic(discriminator, real, fake, share):
    slope = jax.grad(lambda points: applied(discriminator, points).sum())(real + share * (fake - real))
    penalty = jnp.square(jnp.linalg.norm(slope, axis=1) - 1).mean()
    return applied(discriminator, fake).mean() - applied(discriminator, real).mean() + PENALTY * penalty


def fooling(generator, discriminator, noise):
    return -applied(discriminator, applied(generator, noise)).mean()


def beginning(size):
    """(generator, discriminator, time, key); a player is parameters and Adam's two memories."""
    key = jax.random.PRNGKey(1)
    players = [network(k, size.layers(outputs)) for k, outputs in zip(jax.random.split(key), (2, 1))]
    zeros = [jax.tree.map(jnp.zeros_like, player) for player in players]
    return tuple((p, z, z) for p, z in zip(players, zeros)) + (1.0, key)


def step_of(size, loss_of_d, loss_of_g):
    def step(state):
        generator, discriminator, time, key = state
        key, for_real, for_fake, for_share, for_noise = jax.random.split(key, 5)
        fake = applied(generator[0], jax.random.normal(for_fake, (size.batch, 2)))
        share = jax.random.uniform(for_share, (size.batch, 1))
        slopes = jax.grad(loss_of_d)(discriminator[0], ring(for_real, size.batch), fake, share)
        discriminator = adam(discriminator, slopes, time)
        noise = jax.random.normal(for_noise, (size.batch, 2))
        generator = adam(generator, jax.grad(loss_of_g)(generator[0], discriminator[0], noise), time)
        return generator, discriminator, time + 1, key

    return step


def runner(size, step):
    """A function that takes so many steps from the beginning."""
    state = beginning(size)
    if MODE == "loop":
        loop = jax.jit(lambda count, state: jax.lax.fori_loop(0, count, lambda _, state: step(state), state))
        return lambda count: jax.block_until_ready(loop(count, state))
    compiled = jax.jit(step)

    def run(count):
        now = state
        for _ in range(count):
            now = compiled(now)
        jax.block_until_ready(now)

    return run


def main():
    timings = {}
    for name in NAMES:
        size = SIZES["M" if name == "wgan-gp-step" else name.removeprefix("gan-step-")]
        losses = (critic, fooling) if name == "wgan-gp-step" else (logistic_of_d, logistic_of_g)
        timings[name] = times(runner(size, step_of(size, *losses)), int(REPEATS))
    report(f"JAX {MODE}", jax.__version__, **timings)


main()
