"""Diffusion samplers for energies as their published code has them (Sendera et al. 2024), written plainly: a loop over the steps that keeps the graph of the policy, points detached.

Kept from that code: the network of path integral samplers, T = 100 steps, the Brownian bridge back, scores by automatic differentiation, Adam. Left out, in favour of this side: evaluations, the buffer's
sorting (points are drawn evenly), energies asked for twice, and the time features of each path (they are computed once for a step, as all paths have the same time).
"""
import math

import torch
from torch import nn

WIDTH = 64
LIMITS = {"score": 1e2, "drift": 1e4}
BUFFER = 600_000
CHAIN_STEPS = 200


def gmm_25(x):
    grid = torch.arange(-10.0, 11.0, 5.0)
    centers = torch.cartesian_prod(grid, grid)
    squares = (x[:, None] - centers).square().sum(2)
    return torch.logsumexp(-squares / 0.6, 1) - math.log(25 * 2 * math.pi * 0.3)


def many_well_32(x):
    a, b = x[:, ::2], x[:, 1::2]
    return (-(a**4) + 6 * a**2 + 0.5 * a - 0.5 * b**2).sum(1)


# log R, its dimension, and the variance of the process at its end.
ENERGIES = {"gmm-25": (gmm_25, 2, 5.0), "many-well-32": (many_well_32, 32, 1.0)}


def with_score(energy, x):
    x = x.detach().requires_grad_()
    with torch.enable_grad():
        log = energy(x)
        (score,) = torch.autograd.grad(log.sum(), x)
    return log.detach(), score


class TimeNetwork(nn.Module):
    """A network of sin and cos of the time."""

    def __init__(self, outputs, depth):
        super().__init__()
        self.register_buffer("speeds", torch.linspace(0.1, 100, WIDTH))
        self.phases = nn.Parameter(torch.randn(WIDTH))
        parts = [nn.Linear(2 * WIDTH, WIDTH)]
        for _ in range(depth):
            parts += [nn.GELU(), nn.Linear(WIDTH, WIDTH)]
        parts += [nn.GELU(), nn.Linear(WIDTH, outputs)]
        self.layers = nn.Sequential(*parts)

    def forward(self, t):
        angles = self.speeds * t + self.phases
        return self.layers(torch.cat((angles.sin(), angles.cos()))[None])


class Drift(nn.Module):
    """u(x, t), with a part of the score where langevin is asked for."""

    def __init__(self, dimension, langevin):
        super().__init__()
        self.time = TimeNetwork(WIDTH, 0)
        self.state = nn.Linear(dimension, WIDTH)
        self.joint = nn.Sequential(nn.GELU(), nn.Linear(WIDTH, WIDTH), nn.GELU(), nn.Linear(WIDTH, WIDTH), nn.GELU(), nn.Linear(WIDTH, dimension))
        self.scale = TimeNetwork(1, 2) if langevin else None

    def forward(self, x, t, score):
        u = self.joint(self.state(x) + self.time(t)).clamp(-LIMITS["drift"], LIMITS["drift"])
        return u if self.scale is None else u + self.scale(t) * score.clamp(-LIMITS["score"], LIMITS["score"])


class Update:
    """Updates by trajectory balance; with local search one on the drift's own paths and one on paths back."""

    def __init__(self, order, compiled):
        self.energy, self.dimension, self.variance = ENERGIES[order["problem"]]
        recipe = order["recipe"]
        self.batch, self.steps, self.langevin, self.replay = order["batch"], order["steps"], recipe.endswith("lp"), recipe.endswith("ls")
        self.exploration = 0.0 if recipe == "tb" else 0.1 if self.replay else 0.2
        self.net = Drift(self.dimension, self.langevin)
        self.log_z = nn.Parameter(torch.zeros(()))
        self.optimizer = torch.optim.Adam([{"params": self.net.parameters(), "lr": 1e-3}, {"params": [self.log_z], "lr": 1e-1}])
        self.buffer, self.rewards, self.next = torch.zeros(BUFFER, self.dimension), torch.zeros(BUFFER), 0
        if compiled:
            self.net = torch.compile(self.net)

    def log_normal(self, x, mean, variance):
        return -0.5 * ((x - mean).square().sum(1) / variance + self.dimension * math.log(2 * math.pi * variance))

    def drift(self, x, i):
        score = with_score(self.energy, x)[1] if self.langevin else None
        return self.net(x, i / self.steps, score)

    def forward_paths(self):
        h = 1 / self.steps
        x, forward, backward = torch.zeros(self.batch, self.dimension), 0.0, 0.0
        for i in range(self.steps):
            mean = x + h * self.drift(x, i)
            after = (mean + math.sqrt(self.variance * h + self.exploration**2) * torch.randn_like(x)).detach()
            forward = forward + self.log_normal(after, mean, self.variance * h)
            if i > 0:
                backward = backward + self.log_normal(x, after * (i / (i + 1)), self.variance * h * i / (i + 1))
            x = after
        return x, forward, backward

    def backward_paths(self, x):
        h = 1 / self.steps
        forward, backward = 0.0, 0.0
        for i in range(self.steps - 1, -1, -1):
            before = torch.zeros_like(x)
            if i > 0:
                mean, variance = x * (i / (i + 1)), self.variance * h * i / (i + 1)
                before = mean + math.sqrt(variance) * torch.randn_like(x)
                backward = backward + self.log_normal(before, mean, variance)
            forward = forward + self.log_normal(x, before + h * self.drift(before, i), self.variance * h)
            x = before
        return forward, backward

    def learn(self, forward, backward, reward):
        loss = 0.5 * (self.log_z + forward - backward - reward).square().mean()
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()

    def __call__(self):
        x, forward, backward = self.forward_paths()
        with torch.no_grad():
            reward = self.energy(x)
        self.learn(forward, backward, reward)
        if not self.replay:
            return
        places = (torch.arange(self.batch) + self.next) % BUFFER
        self.buffer[places], self.rewards[places] = x, reward
        self.next += self.batch
        places = torch.randint(min(self.next, BUFFER), (self.batch,))
        self.learn(*self.backward_paths(self.buffer[places]), self.rewards[places])


class Search:
    """Chains of the Metropolis-adjusted Langevin algorithm, one energy and one score for each step."""

    def __init__(self, order, compiled):
        self.energy, dimension, _ = ENERGIES[order["problem"]]
        self.x = torch.randn(order["batch"], dimension)

    def __call__(self):
        x, size, kept = self.x, 0.1, []
        log, score = with_score(self.energy, x)
        for step in range(CHAIN_STEPS):
            there = x + size * score + math.sqrt(2 * size) * torch.randn_like(x)
            log_there, score_there = with_score(self.energy, there)
            forth = (there - x - size * score).square().sum(1)
            back = (x - there - size * score_there).square().sum(1)
            accept = torch.rand(x.shape[0]).log() < log_there - log + (forth - back) / (4 * size)
            moved = accept[:, None]
            x, score, log = torch.where(moved, there, x), torch.where(moved, score_there, score), torch.where(accept, log_there, log)
            size *= 1.01 if accept.float().mean() > 0.574 else 0.99
            if step >= CHAIN_STEPS // 2:
                kept.append(there[accept])
        return torch.cat(kept)
