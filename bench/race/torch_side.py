"""The side of PyTorch: torch_side.py [--compile] [--threads T]. Eager, or with torch.compile where the version has it.

Threads are also set by the environment (OMP_NUM_THREADS, OPENBLAS_NUM_THREADS, MKL_NUM_THREADS), which the race does before this process starts.
"""
import argparse

import torch
from torch import nn

import side
import torch_energy


def network(width, layers):
    """f(z, t) of the paper: dense layers with SiLU between them."""
    sizes = [side.DIMENSION + 1] + [width] * layers + [side.DIMENSION]
    parts = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        parts += [nn.Linear(inputs, outputs), nn.SiLU()]
    return nn.Sequential(*parts[:-1])


def adam(parameters):
    """Adam in the fastest form that this version has on the processor: fused, or else all tensors in one call."""
    try:
        return torch.optim.Adam(parameters, lr=side.LEARNING_RATE, fused=True)
    except (RuntimeError, TypeError):
        return torch.optim.Adam(parameters, lr=side.LEARNING_RATE, foreach=True)


class Training:
    """Steps of Algorithm 1 on a pool of noise."""

    def __init__(self, order, compiled):
        self.batch = order["batch"]
        self.net = network(order["width"], order["layers"])
        self.pool = torch.randn(side.POOL_SIZE, side.DIMENSION)
        self.order = torch.randperm(side.POOL_SIZE)[: side.POOL_SIZE // self.batch * self.batch]
        self.radii = torch.tensor(side.RADII)
        self.parameters = list(self.net.parameters())
        self.average = [p.detach().clone() for p in self.parameters]
        self.optimizer = adam(self.parameters)
        self.loss = torch.compile(self.losses) if compiled else self.losses
        self.next = 0
        self.steps = 0

    def losses(self, x):
        """t, e, z = t x + (1 - t) e, and both losses over max(1 - t, 0.05)^2."""
        t = torch.rand(x.shape[0], 1)
        z = torch.lerp(torch.randn_like(x), x, t)
        predicted = self.net(torch.cat((z, t), 1))
        weight = (1 - t).clamp_min(side.CLIP).square().reciprocal()
        velocity = (predicted - x).square().mean(1, keepdim=True)
        distance = (torch.linalg.vector_norm(predicted, dim=1, keepdim=True) - self.radii).abs()
        penalty = (distance - side.HALF_WIDTH).clamp_min(0).square().amin(1, keepdim=True)
        return ((velocity + penalty) * weight).mean()

    def __call__(self):
        x = self.pool[self.order[self.next : self.next + self.batch]]
        self.next = (self.next + self.batch) % self.order.shape[0]
        self.optimizer.zero_grad(set_to_none=True)
        self.loss(x).backward()
        self.optimizer.step()
        self.steps += 1
        share = side.average_share(self.steps)
        with torch.no_grad():
            if hasattr(torch, "_foreach_lerp_"):
                torch._foreach_lerp_(self.average, self.parameters, share)
            else:
                torch._foreach_mul_(self.average, 1 - share)
                torch._foreach_add_(self.average, self.parameters, alpha=share)


class Sampling:
    """Euler steps from noise."""

    def __init__(self, order, compiled):
        net = network(order["width"], order["layers"]).eval()
        self.net = torch.compile(net) if compiled else net
        self.count = order["count"]
        self.grid = side.times(order["steps"])

    @torch.inference_mode()
    def __call__(self):
        z = torch.randn(self.count, side.DIMENSION)
        for t, share in self.grid:
            z = torch.lerp(z, self.net(torch.cat((z, torch.full((self.count, 1), t)), 1)), share)
        return z


def libraries():
    """The arithmetic libraries that this process has loaded."""
    try:
        with open("/proc/self/maps") as maps:
            names = {line.rstrip().rsplit("/", 1)[-1] for line in maps if "/" in line}
    except OSError:
        return []
    return sorted(n for n in names if any(part in n for part in ("blas", "mkl", "dnnl", "gomp", "iomp")))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    compiled = options.compile
    if compiled and not hasattr(torch, "compile"):
        raise SystemExit(f"PyTorch {torch.__version__} has no torch.compile")
    makers = {"training": Training, "sampling": Sampling, "update": torch_energy.Update, "search": torch_energy.Search}
    machine = lambda: {"side": f"PyTorch {torch.__version__}, {'torch.compile' if compiled else 'eager'}", "libraries": libraries()}
    side.serve(machine, lambda order: makers[order["work"]](order, compiled))


if __name__ == "__main__":
    main()
