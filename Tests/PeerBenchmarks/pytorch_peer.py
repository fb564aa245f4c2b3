"""PyTorch: `pytorch_peer.py eager|fused|compile THREADS REPEATS SIZE...`.

Eager is PyTorch as most people write it; fused asks for the optimiser in one kernel; compile adds `torch.compile` round
the two losses. The wgan-gp step is eager or fused only: `torch.compile` cannot differentiate a gradient twice.
"""

import math
import sys

import torch
from torch import nn
from workloads import BETA1, BETA2, DEVIATION, EPSILON, MODES, PENALTY, RADIUS, RATE, SIZES, report, times


def network(widths):
    layers = []
    for before, after in zip(widths, widths[1:]):
        layers += [nn.Linear(before, after), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def ring(count):
    angle = torch.randint(MODES, (count,)) * (2 * math.pi / MODES)
    centres = torch.stack([torch.cos(angle), torch.sin(angle)], dim=1) * RADIUS
    return centres + DEVIATION * torch.randn(count, 2)


def optimiser(model, fused):
    return torch.optim.Adam(model.parameters(), lr=RATE, betas=(BETA1, BETA2), eps=EPSILON, fused=fused)


class Game:
    """Two networks and their optimisers; `step` is one update of each."""

    def __init__(self, size, mode, loss):
        torch.manual_seed(1)
        self.batch = size.batch
        self.generator, self.discriminator = network(size.layers(2)), network(size.layers(1))
        self.for_generator = optimiser(self.generator, mode != "eager")
        self.for_discriminator = optimiser(self.discriminator, mode != "eager")
        losses = {"logistic": (self.logistic_of_d, self.logistic_of_g), "wasserstein": (self.critic, self.fooling)}
        self.loss_of_d, self.loss_of_g = losses[loss]
        if mode == "compile":
            self.loss_of_d, self.loss_of_g = torch.compile(self.loss_of_d), torch.compile(self.loss_of_g)

    def logistic_of_d(self, real, noise):
        with torch.no_grad():
            fake = self.generator(noise)
        on_real, on_fake = self.discriminator(real), self.discriminator(fake)
        return nn.functional.softplus(-on_real).mean() + nn.functional.softplus(on_fake).mean()

    def logistic_of_g(self, noise):
        return nn.functional.softplus(-self.discriminator(self.generator(noise))).mean()

    def critic(self, real, noise):
        with torch.no_grad():
            fake = self.generator(noise)
        between = torch.lerp(real, fake, torch.rand(self.batch, 1)).requires_grad_()
        (slope,) = torch.autograd.grad(self.discriminator(between).sum(), between, create_graph=True)
        penalty = (slope.norm(dim=1) - 1).square().mean()
        return self.discriminator(fake).mean() - self.discriminator(real).mean() + PENALTY * penalty

    def fooling(self, noise):
        return -self.discriminator(self.generator(noise)).mean()

    def noise(self):
        return torch.randn(self.batch, 2)

    def step(self):
        self.for_discriminator.zero_grad()
        self.loss_of_d(ring(self.batch), self.noise()).backward()
        self.for_discriminator.step()
        # D stands still while G learns; its slopes would cost time and be thrown away.
        self.discriminator.requires_grad_(False)
        self.for_generator.zero_grad()
        self.loss_of_g(self.noise()).backward()
        self.for_generator.step()
        self.discriminator.requires_grad_(True)

    def steps(self, count):
        for _ in range(count):
            self.step()


def main(mode, threads, repeats, *names):
    torch.set_num_threads(int(threads))
    timings = {}
    for name in names:
        if name == "wgan-gp-step":
            if mode != "compile":
                timings[name] = times(Game(SIZES["M"], mode, "wasserstein").steps, int(repeats))
            continue
        size = SIZES[name.removeprefix("gan-step-")]
        timings[name] = times(Game(size, mode, "logistic").steps, int(repeats))
    report(f"PyTorch {mode}", torch.__version__, **timings)


main(*sys.argv[1:])
