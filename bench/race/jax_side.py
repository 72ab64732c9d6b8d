"""The side of JAX: jax_side.py [--threads T]. Every step is one compiled function; its state is handed on in place.

JAX takes as many threads as the process may use processors, so that the process is bound to the first T of them.
"""
import argparse
import functools
import os

import side


def bind(threads):
    """Leaves the process T processors; before JAX is imported, which counts them."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:threads])
    if threads == 1:
        os.environ["XLA_FLAGS"] = os.environ.get("XLA_FLAGS", "") + " --xla_cpu_multi_thread_eigen=false"
    os.environ.setdefault("JAX_PLATFORMS", "cpu")


def initial(key, width, layers):
    """Weights and biases, uniform in +-1/sqrt(inputs)."""
    sizes = [side.DIMENSION + 1] + [width] * layers + [side.DIMENSION]
    parameters = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        key, w, b = jax.random.split(key, 3)
        bound = inputs**-0.5
        parameters.append((jax.random.uniform(w, (inputs, outputs), minval=-bound, maxval=bound), jax.random.uniform(b, (outputs,), minval=-bound, maxval=bound)))
    return parameters


def network(parameters, z, t):
    """f(z, t): dense layers with SiLU between them."""
    h = jnp.concatenate((z, t), 1)
    for w, b in parameters[:-1]:
        h = jax.nn.silu(h @ w + b)
    w, b = parameters[-1]
    return h @ w + b


def losses(parameters, x, key):
    """t, e, z = t x + (1 - t) e, and both losses over max(1 - t, 0.05)^2."""
    for_time, for_noise = jax.random.split(key)
    t = jax.random.uniform(for_time, (x.shape[0], 1))
    z = t * x + (1 - t) * jax.random.normal(for_noise, x.shape)
    predicted = network(parameters, z, t)
    weight = jnp.maximum(1 - t, side.CLIP) ** -2
    velocity = jnp.mean((predicted - x) ** 2, 1, keepdims=True)
    distance = jnp.abs(jnp.sqrt(jnp.sum(predicted**2, 1, keepdims=True)) - jnp.array(side.RADII))
    penalty = jnp.min(jnp.maximum(distance - side.HALF_WIDTH, 0) ** 2, 1, keepdims=True)
    return jnp.mean((velocity + penalty) * weight)


def train(state, pool, order, start, batch):
    """One step: gradient, Adam, moving average. state = (key, step, parameters, average, first moment, second moment)."""
    key, step, parameters, average, first, second = state
    key, draws = jax.random.split(key)
    x = pool[jax.lax.dynamic_slice(order, (start,), (batch,))]
    gradient = jax.grad(losses)(parameters, x, draws)
    step = step + 1
    first = jax.tree_util.tree_map(lambda m, g: 0.9 * m + 0.1 * g, first, gradient)
    second = jax.tree_util.tree_map(lambda v, g: 0.999 * v + 0.001 * g * g, second, gradient)
    a, b = 1 - 0.9**step, 1 - 0.999**step
    parameters = jax.tree_util.tree_map(lambda p, m, v: p - side.LEARNING_RATE * (m / a) / (jnp.sqrt(v / b) + 1e-8), parameters, first, second)
    share = 1 - jnp.minimum(side.AVERAGE_DECAY, (1 + step) / (10 + step))
    average = jax.tree_util.tree_map(lambda e, p: e + share * (p - e), average, parameters)
    return key, step, parameters, average, first, second


class Training:
    """Steps of Algorithm 1 on a pool of noise."""

    def __init__(self, order):
        self.batch = order["batch"]
        key = jax.random.PRNGKey(1)
        parameters = initial(key, order["width"], order["layers"])
        zeros = lambda: jax.tree_util.tree_map(jnp.zeros_like, parameters)
        copy = jax.tree_util.tree_map(jnp.array, parameters)
        self.state = (key, jnp.float32(0), parameters, copy, zeros(), zeros())
        self.pool = jax.random.normal(jax.random.PRNGKey(2), (side.POOL_SIZE, side.DIMENSION))
        self.order = jax.random.permutation(jax.random.PRNGKey(3), side.POOL_SIZE)[: side.POOL_SIZE // self.batch * self.batch]
        self.step = jax.jit(functools.partial(train, batch=self.batch), donate_argnums=0)
        self.next = 0

    def __call__(self):
        self.state = self.step(self.state, self.pool, self.order, self.next)
        self.next = (self.next + self.batch) % self.order.shape[0]
        Training.last = self.state


class Sampling:
    """Euler steps from noise, all of them in one compiled function."""

    def __init__(self, order):
        self.key = jax.random.PRNGKey(4)
        self.parameters = initial(jax.random.PRNGKey(1), order["width"], order["layers"])
        grid = jnp.array(side.times(order["steps"]), dtype=jnp.float32)
        count = order["count"]

        def draw(parameters, key):
            key, start = jax.random.split(key)

            def step(z, moment):
                t, share = moment
                return z + share * (network(parameters, z, jnp.full((count, 1), t)) - z), None

            return key, jax.lax.scan(step, jax.random.normal(start, (count, side.DIMENSION)), grid)[0]

        self.draw = jax.jit(draw)

    def __call__(self):
        # Samples are wanted when they are drawn: each call waits for its own.
        self.key, z = self.draw(self.parameters, self.key)
        return z.block_until_ready()


def finish():
    """Waits for the training steps that are still under way."""
    if hasattr(Training, "last"):
        jax.block_until_ready(Training.last)


def main():
    global jax, jnp
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=1)
    bind(parser.parse_args().threads)
    import jax
    import jax.numpy as jnp

    makers = {"training": Training, "sampling": Sampling}
    machine = lambda: {"side": f"JAX {jax.__version__}, jit", "libraries": []}
    side.serve(machine, lambda order: makers[order["work"]](order), finish)


if __name__ == "__main__":
    main()
